//! Home measurements as both apps show them: numbers in words, how they stand to targets, a chart, a table by day, figures; and those that
//! wait for a connection.
//!
//! Belongs here: what citizens and professionals see alike. Does not: how they are entered, which is the citizens' app's, and how they are
//! judged and counted, which is in `omasote-rules`.

#![expect(unreachable_pub, reason = "#[component] makes a part of every component public")]

mod bands;
mod chart;
mod csv;
mod day_table;
mod figures;
mod glossary;
mod parts;
mod plot;
mod said;
mod state;
mod targets;
mod value;
pub mod waiting;

pub use chart::{Chart, charts_of};
pub use csv::csv;
pub use day_table::{Beside, DayTable};
pub use figures::FiguresOf;
pub use glossary::Glossary;
pub use state::{AlarmNote, StateShape, StateTag, state_words};
pub use targets::{Targets, bands_on};
pub use value::{context_name, measurement, measurement_in, number, numbers, part_name, range, signed};
