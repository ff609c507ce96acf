//! How people greet, sign and slip: each has a manner, and keeps it.

use crate::chance::Chance;
use crate::model::DemoProfessional;
use crate::people::{Gender, Person, given_name};

/// Who writes about a child's matter.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Parent {
    Mother,
    Either,
}

/// How a citizen, or the parent of one, writes.
pub(crate) struct CitizenVoice {
    greeting: &'static str,
    separator: &'static str,
    closing: String,
    short_closing: String,
    is_lower_case: bool,
}

const YOUNG_GREETINGS: &[&str] = &["Moi!", "Moikka!", "Hei!", "Heippa!", "Moi", "Hei", "", ""];
const ADULT_GREETINGS: &[&str] = &["Hei!", "Hei!", "Hei", "Moi!", "Terve!", "Hyvää päivää!", "Hei vaan!", ""];
const OLD_GREETINGS: &[&str] = &[
    "Hyvää päivää!",
    "Hyvää päivää.",
    "Päivää!",
    "Hei!",
    "Terve!",
    "Hei.",
    "Tervehdys!",
    "Arvoisa vastaanottaja,",
];

impl CitizenVoice {
    /// The manner of the `index`th citizen, or of a parent when the matter is a child's.
    pub(crate) fn of(seed: u64, index: usize, person: &Person, age: u32, parent: Option<Parent>) -> Self {
        let mut chance = Chance::of(seed, 2, index);
        let writer_age = if parent.is_some() { 35 } else { age };
        let greetings = match writer_age {
            0..=32 => YOUNG_GREETINGS,
            33..=66 => ADULT_GREETINGS,
            _ => OLD_GREETINGS,
        };
        let greeting = chance.pick(greetings).copied().unwrap_or_default();
        let separator = if chance.percent(45) { "\n\n" } else { " " };
        let is_lower_case = writer_age < 33 && chance.percent(14);
        let (closing, short_closing) = match parent {
            Some(parent) => parents_closing(parent, &mut chance),
            None => own_closing(person, writer_age, &mut chance),
        };
        Self { greeting, separator, closing, short_closing, is_lower_case }
    }

    /// The first message of a thread.
    pub(crate) fn open(&self, body: &str, chance: &mut Chance) -> String {
        let greeting = self.greeting;
        let mut text = String::new();
        if !greeting.is_empty() {
            text.push_str(greeting);
            let ends_sentence = greeting.ends_with(['!', '.']);
            text.push_str(if ends_sentence { self.separator } else { "\n\n" });
        }
        text.push_str(&slip(body, chance));
        if !self.closing.is_empty() {
            text.push('\n');
            text.push_str(&self.closing);
        }
        self.in_case(text)
    }

    /// A later message.
    pub(crate) fn go_on(&self, body: &str, chance: &mut Chance) -> String {
        let mut text = slip(body, chance);
        if !self.short_closing.is_empty() && chance.percent(30) {
            text.push('\n');
            text.push_str(&self.short_closing);
        }
        self.in_case(text)
    }

    fn in_case(&self, text: String) -> String {
        if self.is_lower_case { text.to_lowercase() } else { text }
    }
}

fn own_closing(person: &Person, age: u32, chance: &mut Chance) -> (String, String) {
    let (given, family) = (&person.citizen.given_name, &person.citizen.family_name);
    let choice = chance.between(0, 9);
    let closing = match age {
        0..=32 => match choice {
            0..=5 => String::new(),
            6..=7 => format!("t. {given}"),
            _ => "Kiitos jo etukäteen!".to_owned(),
        },
        33..=66 => match choice {
            0..=2 => String::new(),
            3 => format!("Terv. {given}"),
            4..=5 => format!("t. {given} {family}"),
            6 => format!("Ystävällisin terveisin\n{given} {family}"),
            7 => format!("Kiitos etukäteen!\n{given}"),
            _ => format!("Terveisin {given} {family}"),
        },
        _ => match choice {
            0..=1 => format!("Terveisin {given}"),
            2..=4 => format!("Terveisin {given} {family}"),
            5 => format!("Kunnioittaen\n{given} {family}"),
            6..=7 => format!("Ystävällisesti {given} {family}"),
            _ => format!("t. {given} {family}"),
        },
    };
    (closing, format!("t. {given}"))
}

fn parents_closing(parent: Parent, chance: &mut Chance) -> (String, String) {
    let is_mother = chance.percent(72) || parent == Parent::Mother;
    let (gender, word) = if is_mother { (Gender::Woman, "äiti") } else { (Gender::Man, "isä") };
    let name = given_name(1989, gender, chance);
    match chance.between(0, 3) {
        0 => (format!("t. {word}"), String::new()),
        1 => (format!("t. {name}, {word}"), format!("t. {name}")),
        2 => (format!("Terveisin {name} ({word})"), String::new()),
        _ => (format!("Kiitos! t. {word} {name}"), format!("t. {word}")),
    }
}

/// Now and then two letters change places, as they do on a phone.
fn slip(body: &str, chance: &mut Chance) -> String {
    if !chance.percent(4) {
        return body.to_owned();
    }
    let words: Vec<&str> = body.split(' ').collect();
    let place = chance.below(words.len());
    let words = words.iter().enumerate().map(
        |(index, word)| {
            if index == place { swapped(word) } else { (*word).to_owned() }
        },
    );
    words.collect::<Vec<String>>().join(" ")
}

fn swapped(word: &str) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let is_plain = letters.iter().all(|letter| letter.is_lowercase());
    if is_plain && letters.len() >= 6 {
        letters.swap(3, 4);
    }
    letters.into_iter().collect()
}

/// How a professional writes.
pub(crate) struct ProfessionalVoice {
    greeting: u32,
    closing: String,
}

impl ProfessionalVoice {
    /// The manner of the `index`th professional.
    pub(crate) fn of(seed: u64, index: usize, professional: &DemoProfessional) -> Self {
        let mut chance = Chance::of(seed, 3, index);
        let DemoProfessional { given_name, family_name, title, .. } = professional;
        let closing = match chance.between(0, 5) {
            0 => format!("Ystävällisin terveisin\n{given_name} {family_name}\n{title}"),
            1 => format!("Terveisin {given_name} {family_name}, {title}"),
            2 => format!("Terv. {given_name}, {title}"),
            3 => format!("t. {given_name}/{title}"),
            4 => format!("Terveisin\n{title} {given_name} {family_name}"),
            _ => format!("Yst. terv. {given_name} {family_name}, {title}"),
        };
        Self { greeting: chance.between(0, 4), closing }
    }

    /// A message to the citizen called `name`; no name when a parent reads it.
    pub(crate) fn answer(&self, body: &str, name: Option<&str>, chance: &mut Chance) -> String {
        let style = if self.greeting == 3 { chance.between(3, 4) } else { self.greeting };
        let greeting = match (style, name) {
            (0 | 1, Some(name)) => format!("Hei {name},\n"),
            (2, Some(name)) => format!("Hei {name}!\n\n"),
            (3, _) => "Hei ja kiitos viestistäsi.\n".to_owned(),
            (_, Some(name)) => format!("Hei {name}! "),
            (0..=2, None) => "Hei,\n".to_owned(),
            (_, None) => "Hei! ".to_owned(),
        };
        format!("{greeting}{body}\n\n{}", self.closing)
    }

    /// A further message to somebody who was just greeted.
    pub(crate) fn go_on(&self, body: &str) -> String {
        format!("{body}\n{}", self.closing)
    }
}
