//! The threads of the personas, written one by one in `corpus/personas.txt`. Times are told in working days before
//! today, so that the demo looks the same on any day.

use chrono::{DateTime, Duration, NaiveTime, Utc};
use omasote_types::messages::Side;

use crate::calendar::{to_local, to_utc, working_days_before};
use crate::chance::Chance;
use crate::corpus::Corpus;
use crate::model::{DemoMessage, DemoThread};
use crate::phrase::Phrases;
use crate::threads::Setting;
use crate::units::UNITS;

const PERSONAS: &str = include_str!("../corpus/personas.txt");

/// Every thread of the personas. One that names somebody or something unknown is left out; a test sees to it that there
/// is none.
pub(crate) fn all(setting: &Setting<'_>, corpus: &Corpus) -> Vec<DemoThread> {
    blocks().filter_map(|(head, lines)| thread(setting, corpus, head, lines)).collect()
}

fn blocks() -> impl Iterator<Item = (&'static str, &'static str)> {
    PERSONAS.split("\n== ").skip(1).filter_map(|block| block.split_once('\n'))
}

fn thread(setting: &Setting<'_>, corpus: &Corpus, head: &str, lines: &str) -> Option<DemoThread> {
    let mut words = head.split_whitespace();
    let (username, unit_key, topic_key) = (words.next()?, words.next()?, words.next()?);
    let citizen = setting.people.iter().position(|person| person.citizen.username == username)?;
    let unit = UNITS.iter().position(|unit| unit.key == unit_key)?;
    let spec = UNITS.get(unit)?;
    let topic = spec.topics.iter().position(|(key, _)| *key == topic_key)?;
    let mut phrases = Phrases::new(corpus, &[], setting.people.get(citizen)?, spec.phone);
    let mut chance = Chance::of(setting.seed, 5, unit * 100 + topic);

    let mut messages: Vec<DemoMessage> = Vec::new();
    let (mut closed_at, mut unread) = (None, 0);
    for line in lines.lines().filter(|line| !line.trim().is_empty()) {
        let (word, rest) = line.split_once(' ')?;
        match word {
            "closed" => closed_at = Some(moment(setting.today, rest)?.0),
            "document" => messages.last_mut()?.has_document = true,
            "unread" => unread = rest.trim().parse().ok()?,
            _ => {
                let (sent_at, rest) = moment(setting.today, line)?;
                let (writer, text) = rest.split_once(' ')?;
                let text = phrases.fill(text, to_local(sent_at), &mut chance).replace("\\n", "\n");
                let (side, professional) = match writer {
                    "?" => (Side::Citizen, None),
                    _ => (Side::Unit, Some(professional(setting, writer)?)),
                };
                messages.push(DemoMessage { side, professional, text, sent_at, has_document: false });
            }
        }
    }
    let all: usize = messages.len();
    let read = all.saturating_sub(unread);
    let (unit_has_read, citizen_has_read) = match messages.last()?.side {
        Side::Citizen => (read, all),
        Side::Unit => (all, read),
    };
    Some(DemoThread { citizen, unit, topic, messages, closed_at, unit_has_read, citizen_has_read })
}

fn professional(setting: &Setting<'_>, username: &str) -> Option<usize> {
    setting.professionals.iter().position(|professional| professional.username == username)
}

/// "12d 18:40 …": on the 12th working day before today; "25min …": so many minutes ago. And what follows.
fn moment(today: DateTime<Utc>, text: &str) -> Option<(DateTime<Utc>, &str)> {
    let (when, rest) = text.split_once(' ').unwrap_or((text, ""));
    if let Some(minutes) = when.strip_suffix("min") {
        return Some((today - Duration::minutes(minutes.parse().ok()?), rest));
    }
    let days = when.strip_suffix('d')?.parse().ok()?;
    let (time, rest) = rest.split_once(' ').unwrap_or((rest, ""));
    let time = NaiveTime::parse_from_str(time, "%H:%M").ok()?;
    let date = working_days_before(to_local(today).date(), days);
    Some((to_utc(date.and_time(time)), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_thread_of_the_personas_can_be_read() {
        let county = crate::county(1, "2026-11-23T09:00:00Z".parse().unwrap());
        let of_personas =
            county.threads.iter().filter(|thread| thread.citizen < crate::personas::CITIZENS.len()).count();
        assert!(of_personas >= blocks().count(), "{of_personas} of {}", blocks().count());
    }
}
