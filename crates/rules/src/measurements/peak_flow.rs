//! How peak flow stands to the person's own best, and how much it varies within a day.

use chrono::NaiveDate;
use omasote_types::decimal::Decimal;
use omasote_types::measurements::{DayFigures, PeakFlow};

use super::rounding::{difference, percent};

/// How many days are told one by one.
const MOST_DAYS: usize = 31;
/// From so many per cent of the mean on a variation is great,
const GREAT_PERCENT: i128 = 20;
/// and from so many thousandths of l/min on: a small flow soon varies by many per cent.
const GREAT_DIFFERENCE: i128 = 60_000;

/// Between which values peak flow was on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayRange {
    /// The day, by the clock of Finland.
    pub day: NaiveDate,
    /// The least value.
    pub least: Decimal,
    /// The greatest value.
    pub greatest: Decimal,
    /// How many there are.
    pub count: u32,
}

impl DayRange {
    fn difference(&self) -> i128 {
        i128::from(self.greatest.thousandths()) - i128::from(self.least.thousandths())
    }

    /// The least and the greatest together: twice their mean.
    fn both(&self) -> i128 {
        i128::from(self.greatest.thousandths()) + i128::from(self.least.thousandths())
    }

    /// Whether the variation is great. What is just below 20 % is not, even where one decimal shows it as 20.0.
    fn is_great(&self) -> bool {
        self.difference() >= GREAT_DIFFERENCE && self.difference() * 200 >= self.both() * GREAT_PERCENT
    }

    fn figures(&self) -> DayFigures {
        DayFigures {
            day: self.day,
            difference: difference(self.greatest, self.least),
            percent: percent(self.difference() * 2, self.both()).unwrap_or_default(),
        }
    }
}

/// What is counted of peak flow, from the best of all times, the latest value, and the days of the period in any order. Days with
/// fewer than two measurements say nothing of variation.
#[must_use]
pub fn peak_flow(best: Decimal, latest: Decimal, days: &[DayRange]) -> PeakFlow {
    let mut days: Vec<&DayRange> = days.iter().filter(|day| day.count >= 2).collect();
    days.sort_unstable_by_key(|day| day.day);
    let great = days.iter().filter(|day| day.is_great()).count();
    let told = days.iter().skip(days.len().saturating_sub(MOST_DAYS));
    PeakFlow {
        best,
        latest_percent: percent(latest.thousandths().into(), best.thousandths().into()).unwrap_or_default(),
        days: told.map(|day| day.figures()).collect(),
        days_of_great_variation: u32::try_from(great).unwrap_or(u32::MAX),
    }
}
