//! A made-up county for demonstrations, tests and load: units, people and a year of messages in Finnish, the same for
//! the same seed and day.
//!
//! Belongs here: what the county consists of, as plain data. Does not: storing it, ids, passwords, the clock. Names are
//! put together by chance, phone numbers and identity codes are of kinds that nobody has.

mod calendar;
mod chance;
mod corpus;
pub mod document;
mod events;
mod guides;
mod measurements;
mod model;
mod names;
mod people;
mod persona_threads;
mod personas;
mod phrase;
mod professionals;
mod promises;
mod search_words;
mod tasks;
mod templates;
mod threads;
mod topics;
mod units;
mod views;
mod voice;

use chrono::{DateTime, NaiveDate, Utc};
use omasote_types::units::TopicPurpose;

pub use crate::model::{
    DemoAsked, DemoCitizen, DemoCounty, DemoEvent, DemoMeasured, DemoMessage, DemoPerson, DemoPersonaSpec,
    DemoProfessional, DemoProxy, DemoSeries, DemoSlot, DemoTarget, DemoTask, DemoThread, DemoUnit, DemoView,
};

/// How many citizens [`county`] has.
pub const CITIZENS: usize = 300;
/// How many messages [`county`] has.
pub const MESSAGES: usize = 1_500;

/// The county as the demo shows it: 13 units, 33 professionals, 300 citizens and 1,500 messages of the year before
/// `today`, some 40 of them waiting for an answer.
#[must_use]
pub fn county(seed: u64, today: DateTime<Utc>) -> DemoCounty {
    scaled(seed, today, CITIZENS, MESSAGES)
}

/// A county of another size with the same units, professionals and personas. It has at least 50 citizens and the
/// personas' messages (some fifty), and at most a million citizens: the identity codes for testing would run out.
#[must_use]
pub fn scaled(seed: u64, today: DateTime<Utc>, citizens: usize, messages: usize) -> DemoCounty {
    let people = people::citizens(seed, calendar::to_local(today).date(), citizens);
    let professionals = professionals::all();
    let units: Vec<DemoUnit> =
        units::UNITS.iter().map(|spec| unit(spec, calendar::to_local(today).date())).collect();
    let threads = threads::all(&threads::Setting {
        seed,
        today,
        people: &people,
        professionals: &professionals,
        units: &units,
        messages,
    });
    let citizens: Vec<DemoCitizen> = people.into_iter().map(|person| person.citizen).collect();
    let personas = personas::personas();
    let series = tasks::series(&threads, &personas);
    let tasks = tasks::all(&citizens).into_iter().chain(series.iter().filter_map(tasks::silent)).collect();
    DemoCounty {
        units,
        professionals,
        citizens,
        threads,
        events: events::events(today),
        slots: events::slots(today),
        personas,
        proxies: personas::proxies(),
        tasks,
        series,
        guides: guides::of_county(calendar::to_local(today).date()),
        measured: measurements::measured(seed, today),
        targets: measurements::targets(today),
    }
}

fn unit(spec: &units::UnitSpec, today: NaiveDate) -> DemoUnit {
    let topics: Vec<_> = spec.topics.iter().map(|(_, name)| units::local_text(*name)).collect();
    DemoUnit {
        name: units::local_text(spec.name),
        municipality: spec.municipality.to_owned(),
        phone: spec.phone.to_owned(),
        hours: spec.opening_blocks(),
        exceptions: promises::exceptions(spec.key, today),
        opens_on_holidays: spec.key == promises::NEVER_CLOSED,
        response_minutes: promises::response_minutes(spec.key),
        topic_words: spec.topics.iter().map(|(key, _)| units::local_text(search_words::of(key))).collect(),
        purpose: (spec.key == "tietosuoja").then_some(TopicPurpose::Privacy),
        members: professionals::members(spec.key),
        leads: professionals::leads(spec.key),
        templates: templates::of_unit(spec.key),
        views: views::of_unit(&topics),
        topics,
        guides: guides::of_unit(spec.key, today),
    }
}
