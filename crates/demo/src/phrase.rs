//! Fills the gaps of a script: `{a|b}` is one of the two, `{3-8}` a number, `{name}` a word of the script, of the
//! person or of the calendar. A word once chosen stays the same through the thread; `{name.1}` is its second form.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDateTime};

use crate::calendar::{day_in_words, is_working_day, working_day_from};
use crate::chance::Chance;
use crate::corpus::{Corpus, Slot, alternatives, range};
use crate::people::{Gender, Person};

/// The municipalities in the forms "Kuhmo; in Kuhmo; of Kuhmo".
const MUNICIPALITY_FORMS: &[(&str, &str)] = &[
    ("Kajaani", "Kajaani;Kajaanissa;Kajaanin"),
    ("Sotkamo", "Sotkamo;Sotkamossa;Sotkamon"),
    ("Kuhmo", "Kuhmo;Kuhmossa;Kuhmon"),
    ("Suomussalmi", "Suomussalmi;Suomussalmella;Suomussalmen"),
    ("Paltamo", "Paltamo;Paltamossa;Paltamon"),
    ("Puolanka", "Puolanka;Puolangalla;Puolangan"),
    ("Hyrynsalmi", "Hyrynsalmi;Hyrynsalmella;Hyrynsalmen"),
    ("Ristijärvi", "Ristijärvi;Ristijärvellä;Ristijärven"),
];

/// Writes the messages of one thread.
pub(crate) struct Phrases<'a> {
    pub(crate) corpus: &'a Corpus,
    pub(crate) slots: &'a [Slot],
    pub(crate) person: &'a Person,
    pub(crate) phone: &'a str,
    chosen: BTreeMap<String, String>,
}

impl<'a> Phrases<'a> {
    /// Nothing chosen yet.
    pub(crate) fn new(corpus: &'a Corpus, slots: &'a [Slot], person: &'a Person, phone: &'a str) -> Self {
        Self { corpus, slots, person, phone, chosen: BTreeMap::new() }
    }

    /// `template` in full, as it is written at `now`.
    pub(crate) fn fill(&mut self, template: &str, now: NaiveDateTime, chance: &mut Chance) -> String {
        let mut text = String::new();
        let mut rest = template;
        while let Some((before, gap, after)) = next_gap(rest) {
            text.push_str(before);
            let choices = alternatives(gap);
            if choices.len() > 1 {
                let choice = chance.pick(&choices).copied().unwrap_or_default();
                text.push_str(&self.fill(choice, now, chance));
            } else {
                text.push_str(&self.word(gap, now, chance));
            }
            rest = after;
        }
        text.push_str(rest);
        // A date ends in a full stop of its own.
        text.replace("..", ".")
    }

    fn word(&mut self, gap: &str, now: NaiveDateTime, chance: &mut Chance) -> String {
        if let Some(numbers) = range(gap) {
            return chance.between(*numbers.start(), *numbers.end()).to_string();
        }
        if let Some((_, wordings)) = self.corpus.phrases.iter().find(|(name, _)| *name == gap) {
            let wording = chance.pick(wordings).copied().unwrap_or_default();
            return self.fill(wording, now, chance);
        }
        let (name, form) = gap.split_once('.').unwrap_or((gap, "0"));
        let word = match self.chosen.get(name) {
            Some(word) => word.clone(),
            None => match self.choose(name, now, chance) {
                Some(word) => self.chosen.entry(name.to_owned()).or_insert(word).clone(),
                None => return format!("{{{gap}}}"),
            },
        };
        let form = form.parse().unwrap_or(0);
        word.split(';').nth(form).map_or_else(|| format!("{{{gap}}}"), |form| form.trim().to_owned())
    }

    fn choose(&mut self, name: &str, now: NaiveDateTime, chance: &mut Chance) -> Option<String> {
        let slots = self.slots;
        if let Some((_, words)) = slots.iter().find(|(slot, _)| *slot == name) {
            let word = chance.pick(words).copied()?;
            return Some(self.fill(word, now, chance));
        }
        let citizen = &self.person.citizen;
        match name {
            "nimi" => Some(citizen.given_name.clone()),
            "puhelin" => Some(self.phone.to_owned()),
            "kunta" => {
                let forms = MUNICIPALITY_FORMS.iter().find(|(name, _)| *name == citizen.municipality);
                forms.map(|(_, forms)| (*forms).to_owned())
            }
            "lapsi" => Some(self.child(now)),
            "vuosi" => Some(now.year().to_string()),
            "aika" => Some(appointment(now, 3, 10, chance)),
            "uusiaika" => Some(appointment(now, 9, 21, chance)),
            "työpäivä" => Some(next_working_day(now)),
            "äsken" => {
                let date = now.date() - Days::new(u64::from(chance.between(2, 8)));
                Some(format!("{}.{}.", date.day(), date.month()))
            }
            _ => None,
        }
    }

    /// The child as a parent calls it: nominative, partitive, genitive, "on the child".
    fn child(&self, now: NaiveDateTime) -> String {
        let age = self.person.age(now.date());
        match (age, self.person.gender) {
            (0, _) => "vauva;vauvaa;vauvan;vauvalla".to_owned(),
            (_, Gender::Woman) => format!(
                "{age}-vuotias tyttö;{age}-vuotiasta tyttöä;{age}-vuotiaan tytön;{age}-vuotiaalla tytöllä"
            ),
            (_, Gender::Man) => format!(
                "{age}-vuotias poika;{age}-vuotiasta poikaa;{age}-vuotiaan pojan;{age}-vuotiaalla pojalla"
            ),
        }
    }
}

/// What stands before the first gap, the gap without its braces, and the rest.
fn next_gap(text: &str) -> Option<(&str, &str, &str)> {
    let (before, from_gap) = text.split_once('{')?;
    let mut depth = 1_i32;
    let end = from_gap.find(|letter: char| {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        depth == 0
    })?;
    let (gap, rest) = from_gap.split_at_checked(end)?;
    Some((before, gap, rest.strip_prefix('}')?))
}

fn appointment(now: NaiveDateTime, first_day: u32, last_day: u32, chance: &mut Chance) -> String {
    let days = chance.between(first_day, last_day);
    let date = working_day_from(now.date() + Days::new(u64::from(days)));
    let (hour, quarter) = (chance.between(8, 14), chance.between(0, 3));
    format!("{} klo {hour}.{:02}", day_in_words(date), quarter * 15)
}

fn next_working_day(now: NaiveDateTime) -> String {
    let tomorrow = now.date() + Days::new(1);
    if is_working_day(tomorrow) { "huomenna".to_owned() } else { day_in_words(working_day_from(tomorrow)) }
}
