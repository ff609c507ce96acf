//! Home measurements: what becomes of what was entered, how it stands to targets, and what is counted of it; the same on the server and in
//! the apps.
//!
//! The numbers are whole thousandths and are counted in whole numbers, so that no figure depends on the order of the measurements
//! or on whether they come one by one or counted by value.

mod figures;
mod glucose;
mod judging;
mod peak_flow;
mod reading;
mod rounding;
mod standing;
mod trend;
mod weight;

pub use figures::{Tally, change};
pub use glucose::bands;
pub use judging::{Judgement, Moment, deviation, judge, judge_all, range_at};
pub use peak_flow::{DayRange, peak_flow};
pub use reading::{Reading, day_of, in_other_unit, in_unit_of, is_change_asked, is_unusual_change, read};
pub use standing::{Standing, Step};
pub use trend::{Bucket, MOST_POINTS, bucket_of, trend_of_buckets, trend_of_points};
pub use weight::weight_change;

#[cfg(test)]
mod tests;
