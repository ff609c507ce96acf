//! Reads the scripts in `corpus/`: plain text, so that those who know the work can write them. The format is told in
//! `corpus/README.md`. A line that cannot be read is left out; a test sees to it that there is none.

use std::ops::RangeInclusive;

use crate::chance::Chance;
use crate::people::Gender;

const SCRIPTS: &[&str] = &[
    include_str!("../corpus/appointments.txt"),
    include_str!("../corpus/blood-pressure.txt"),
    include_str!("../corpus/certificates.txt"),
    include_str!("../corpus/child-health.txt"),
    include_str!("../corpus/diabetes-and-heart.txt"),
    include_str!("../corpus/families.txt"),
    include_str!("../corpus/home-care.txt"),
    include_str!("../corpus/laboratory.txt"),
    include_str!("../corpus/mental-health.txt"),
    include_str!("../corpus/older-people.txt"),
    include_str!("../corpus/oral-health.txt"),
    include_str!("../corpus/physiotherapy.txt"),
    include_str!("../corpus/prescriptions.txt"),
    include_str!("../corpus/symptoms.txt"),
    include_str!("../corpus/vaccinations-and-wounds.txt"),
];

const PHRASES: &str = include_str!("../corpus/phrases.txt");

/// Words that can stand in a gap: the gap's name and what may fill it.
pub(crate) type Slot = (&'static str, Vec<&'static str>);

/// How a matter goes, from the first question to the last thanks.
#[derive(Default)]
pub(crate) struct Script {
    /// The key of the topic it belongs to.
    pub(crate) topic: &'static str,
    /// How old those may be whose matter it is; when all are under 16, a parent writes.
    pub(crate) ages: Option<RangeInclusive<u32>>,
    pub(crate) gender: Option<Gender>,
    /// Whether the parent who writes is the mother.
    pub(crate) is_mothers: bool,
    /// Whether it is answered at once.
    pub(crate) is_urgent: bool,
    /// In which months it may begin; in any when empty.
    pub(crate) months: Vec<u32>,
    pub(crate) slots: Vec<Slot>,
    pub(crate) turns: Vec<Turn>,
}

/// One message of a script, in several wordings.
pub(crate) struct Turn {
    role: Role,
    /// So many days pass before it, at least.
    days: u32,
    wordings: Vec<Wording>,
}

/// A wording, and the tracks of the script it belongs to; to all when there are none.
struct Wording {
    tracks: &'static str,
    text: &'static str,
}

/// A turn in the wording that was chosen.
#[derive(Clone, Copy)]
pub(crate) struct Line {
    pub(crate) role: Role,
    pub(crate) days: u32,
    pub(crate) text: &'static str,
}

/// Who speaks, and whether an answer is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// The citizen, who wants an answer.
    Asks,
    /// The citizen, who has got what was needed.
    Thanks,
    /// A professional of the unit who is not a physician.
    Answers,
    /// A physician of the unit, if it has one.
    Physician,
}

impl Role {
    /// The role of a mark such as `?`, and the tracks that follow it, as in `?12`.
    fn of_mark(mark: &str) -> Option<(Self, &str)> {
        let role = match mark.chars().next()? {
            '?' => Self::Asks,
            '.' => Self::Thanks,
            '!' => Self::Answers,
            '+' => Self::Physician,
            _ => return None,
        };
        let tracks = mark.get(1..)?;
        tracks.chars().all(|track| track.is_ascii_digit()).then_some((role, tracks))
    }

    /// Whether it is the citizen who speaks.
    pub(crate) const fn is_citizen(self) -> bool {
        matches!(self, Self::Asks | Self::Thanks)
    }
}

impl Script {
    /// Whether the matter is a child's, so that a parent writes.
    pub(crate) fn is_childs(&self) -> bool {
        self.ages.as_ref().is_some_and(|ages| *ages.end() <= 15)
    }

    /// Whether somebody of this age and gender may have the matter.
    pub(crate) fn suits(&self, age: u32, gender: Gender) -> bool {
        let is_of_age = self.ages.as_ref().map_or(age >= 18, |ages| ages.contains(&age));
        is_of_age && self.gender.is_none_or(|wanted| wanted == gender)
    }

    /// One way through the script. The first wording with tracks decides which track is followed; turns that have
    /// nothing for it are left out.
    pub(crate) fn path(&self, chance: &mut Chance) -> Vec<Line> {
        let mut track: Option<char> = None;
        let mut path = Vec::new();
        for turn in &self.turns {
            let is_on_track = |wording: &&Wording| {
                wording.tracks.is_empty() || track.is_none_or(|track| wording.tracks.contains(track))
            };
            let fitting: Vec<&Wording> = turn.wordings.iter().filter(is_on_track).collect();
            let Some(wording) = chance.pick(&fitting) else { continue };
            if track.is_none() {
                let tracks: Vec<char> = wording.tracks.chars().collect();
                track = chance.pick(&tracks).copied();
            }
            path.push(Line { role: turn.role, days: turn.days, text: wording.text });
        }
        path
    }

    /// Takes in one line; false when it cannot be read.
    fn read_line(&mut self, line: &'static str) -> bool {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        let rest = rest.trim();
        if let Some((role, tracks)) = Role::of_mark(word) {
            self.add_wording(role, Wording { tracks, text: rest });
            return !rest.is_empty();
        }
        match word {
            "--" => self.turns.push(Turn::begin(0)),
            "after" => match rest.parse() {
                Ok(days) => self.turns.push(Turn::begin(days)),
                Err(_) => return false,
            },
            "women" => self.gender = Some(Gender::Woman),
            "men" => self.gender = Some(Gender::Man),
            "urgent" => self.is_urgent = true,
            "mother" => self.is_mothers = true,
            "months" => self.months = rest.split(' ').filter_map(|month| month.parse().ok()).collect(),
            "ages" => self.ages = range(rest),
            _ => match slot(line) {
                Some(slot) => self.slots.push(slot),
                None => return false,
            },
        }
        true
    }

    fn add_wording(&mut self, role: Role, wording: Wording) {
        match self.turns.last_mut() {
            Some(turn) if turn.wordings.is_empty() => {
                turn.role = role;
                turn.wordings.push(wording);
            }
            Some(turn) if turn.role == role => turn.wordings.push(wording),
            _ => self.turns.push(Turn { role, days: 0, wordings: vec![wording] }),
        }
    }
}

impl Turn {
    /// A turn that waits for its first wording, and with it its role.
    const fn begin(days: u32) -> Self {
        Self { role: Role::Asks, days, wordings: Vec::new() }
    }
}

/// The corpus, and the lines that could not be read.
pub(crate) struct Corpus {
    pub(crate) scripts: Vec<Script>,
    pub(crate) phrases: Vec<Slot>,
    /// For the test that sees to it that there is none.
    pub(crate) unread: Vec<&'static str>,
}

/// Reads the whole corpus.
pub(crate) fn read() -> Corpus {
    let mut corpus = Corpus { scripts: Vec::new(), phrases: Vec::new(), unread: Vec::new() };
    for line in lines(PHRASES) {
        match slot(line) {
            Some(phrase) => corpus.phrases.push(phrase),
            None => corpus.unread.push(line),
        }
    }
    for line in SCRIPTS.iter().flat_map(|text| lines(text)) {
        if let Some(topic) = line.strip_prefix("== ") {
            corpus.scripts.push(Script { topic: topic.trim(), ..Script::default() });
        } else if !corpus.scripts.last_mut().is_some_and(|script| script.read_line(line)) {
            corpus.unread.push(line);
        }
    }
    corpus
}

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn slot(line: &'static str) -> Option<Slot> {
    let (name, values) = line.split_once(" = ")?;
    Some((name.trim(), alternatives(values).into_iter().map(str::trim).collect()))
}

/// "18-100"
pub(crate) fn range(text: &str) -> Option<RangeInclusive<u32>> {
    let (first, last) = text.trim().split_once('-')?;
    Some(first.parse().ok()?..=last.parse().ok()?)
}

/// The parts of `text` between the bars that stand outside all braces.
pub(crate) fn alternatives(text: &str) -> Vec<&str> {
    let mut depth = 0_i32;
    let is_bar = |letter: char| {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        letter == '|' && depth == 0
    };
    text.split(is_bar).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::UNITS;

    #[test]
    fn every_line_of_the_corpus_can_be_read() {
        let corpus = read();
        assert_eq!(corpus.unread, Vec::<&str>::new());
        let is_empty = |turn: &Turn| turn.wordings.is_empty();
        assert!(!corpus.scripts.iter().any(|script| script.turns.iter().any(is_empty)));
    }

    #[test]
    fn every_topic_has_a_script_and_every_script_a_topic() {
        let corpus = read();
        let written_to = UNITS.iter().filter(|unit| unit.share > 0);
        let topics: Vec<&str> = written_to.flat_map(|unit| unit.topics).map(|(key, _)| *key).collect();
        for topic in &topics {
            assert!(corpus.scripts.iter().any(|script| script.topic == *topic), "{topic}");
        }
        for script in &corpus.scripts {
            assert!(topics.contains(&script.topic), "{}", script.topic);
        }
    }

    #[test]
    fn every_way_through_a_script_begins_with_a_question_and_ends_with_an_answer_or_thanks() {
        let mut chance = Chance::new(7);
        for script in read().scripts {
            for _ in 0..40 {
                let path = script.path(&mut chance);
                let roles: Vec<Role> = path.iter().map(|line| line.role).collect();
                let about = format!("{} {:?} {roles:?}", script.topic, path.first().map(|line| line.text));
                assert_eq!(roles.first(), Some(&Role::Asks), "{about}");
                assert!((2..=8).contains(&roles.len()), "{about}");
                assert_ne!(roles.last(), Some(&Role::Asks), "{about}");
                assert!(!roles.windows(2).any(|two| two.iter().all(|role| role.is_citizen())), "{about}");
                let thanks = roles.iter().position(|role| *role == Role::Thanks);
                assert!(thanks.is_none_or(|place| place + 1 == roles.len()), "{about}");
            }
        }
    }

    #[test]
    fn bars_inside_braces_do_not_part() {
        assert_eq!(alternatives("a {b|c} | d"), vec!["a {b|c} ", " d"]);
    }
}
