//! By when a unit answers: its response time counted in the minutes that it is open.

use chrono::{Datelike, Days, NaiveDate, TimeDelta};
use omasote_types::Instant;
use omasote_types::units::{OpeningBlock, OpeningException, OpeningSpan};

use crate::helsinki::{at_minute, to_local};
use crate::holidays::holiday;

/// From how many answers on it is said how long one usually takes.
pub const ENOUGH_ANSWERS: usize = 10;
/// Over how many days it is looked at how long answers took.
pub const USUAL_OVER_DAYS: i64 = 28;
/// A unit that does not open in so many days promises nothing.
const HORIZON_DAYS: u64 = 400;
/// A promise is told at full quarters of an hour.
const QUARTER_SECONDS: i64 = 15 * 60;

/// When a unit is open.
#[derive(Clone, Copy, Debug)]
pub struct Opening<'a> {
    /// The ordinary week.
    pub hours: &'a [OpeningBlock],
    /// Days that are not as their weekday is.
    pub exceptions: &'a [OpeningException],
    /// Whether public holidays are as their weekday is; most units are closed on them.
    pub opens_on_holidays: bool,
}

/// A stretch of time.
type Stretch = (Instant, Instant);

impl Opening<'_> {
    /// When the unit is open on a day: as the unit says of that day, otherwise not at all on a public holiday, otherwise as
    /// on that weekday. In order; blocks that meet are one.
    #[must_use]
    pub fn on(&self, date: NaiveDate) -> Vec<OpeningSpan> {
        let weekday = date.weekday().number_from_monday();
        let exception = self.exceptions.iter().find(|exception| exception.date == date);
        let mut spans: Vec<OpeningSpan> = match exception {
            Some(exception) => exception.spans.clone(),
            None if holiday(date).is_some() && !self.opens_on_holidays => Vec::new(),
            None => {
                let blocks = self.hours.iter().filter(|block| u32::from(block.weekday) == weekday);
                blocks.map(OpeningBlock::span).collect()
            }
        };
        spans.sort_unstable();
        spans.dedup_by(|next, last| {
            let meets = next.opens_minute <= last.closes_minute;
            if meets {
                last.closes_minute = last.closes_minute.max(next.closes_minute);
            }
            meets
        });
        spans
    }

    /// The moment when the unit has been open for so many minutes since `from`; none when that is more than a year ahead.
    #[must_use]
    pub fn due(&self, from: Instant, minutes: u32) -> Option<Instant> {
        self.place(from, minutes).map(|(due, _)| due)
    }

    /// The moment that is promised: when it is due, put off to the next full quarter of an hour, or to the closing when that
    /// comes first.
    #[must_use]
    pub fn promise(&self, from: Instant, minutes: u32) -> Option<Instant> {
        let (due, closes) = self.place(from, minutes)?;
        let over = due.timestamp().rem_euclid(QUARTER_SECONDS);
        let is_full = over == 0 && due.timestamp_subsec_nanos() == 0;
        let quarter = chrono::DateTime::from_timestamp(due.timestamp() - over, 0)?;
        let rounded = if is_full { quarter } else { quarter + TimeDelta::seconds(QUARTER_SECONDS) };
        Some(rounded.min(closes))
    }

    /// For how many whole minutes the unit was open from one moment to another.
    #[must_use]
    pub fn open_minutes(&self, from: Instant, to: Instant) -> u32 {
        let open = self.stretches(from).take_while(|(opens, _)| *opens < to);
        let seconds: i64 = open.map(|(opens, closes)| (closes.min(to) - opens).num_seconds()).sum();
        u32::try_from(seconds / 60).unwrap_or(u32::MAX)
    }

    /// When it is due, and when the unit closes after that.
    fn place(&self, from: Instant, minutes: u32) -> Option<Stretch> {
        let mut left = TimeDelta::minutes(minutes.into());
        self.stretches(from).find_map(|(opens, closes)| {
            let length = closes - opens;
            if left <= length {
                return Some((opens + left, closes));
            }
            left -= length;
            None
        })
    }

    /// The stretches of opening time since `from`, in order.
    fn stretches(&self, from: Instant) -> impl Iterator<Item = Stretch> {
        let today = to_local(from).date();
        let days = (0..HORIZON_DAYS).filter_map(move |ahead| today.checked_add_days(Days::new(ahead)));
        days.flat_map(|date| {
            let spans = self.on(date).into_iter();
            spans.map(move |span| (at_minute(date, span.opens_minute), at_minute(date, span.closes_minute)))
        })
        .filter_map(move |(opens, closes)| (closes > from).then_some((opens.max(from), closes)))
        .filter(|(opens, closes)| opens < closes)
    }
}

/// How long an answer usually takes, in minutes of opening time: the median, once there are enough answers to say.
#[must_use]
pub fn usual_minutes(mut taken: Vec<u32>) -> Option<u32> {
    if taken.len() < ENOUGH_ANSWERS {
        return None;
    }
    taken.sort_unstable();
    let upper = *taken.get(taken.len() / 2)?;
    let lower = *taken.get((taken.len() - 1) / 2)?;
    Some(lower.midpoint(upper))
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use proptest::prelude::*;

    use super::*;

    fn block(weekday: u8, opens_minute: u16, closes_minute: u16) -> OpeningBlock {
        OpeningBlock { weekday, opens_minute, closes_minute }
    }

    /// Monday to Friday 8–11 and 12–16.
    fn office() -> Vec<OpeningBlock> {
        (1..=5).flat_map(|day| [block(day, 480, 660), block(day, 720, 960)]).collect()
    }

    fn ordinary(hours: &[OpeningBlock]) -> Opening<'_> {
        Opening { hours, exceptions: &[], opens_on_holidays: false }
    }

    fn at(text: &str) -> Instant {
        text.parse().unwrap()
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn only_open_minutes_count() {
        let hours = office();
        let opening = ordinary(&hours);
        // Each: since when, how many minutes, and when it is due. Finland is two hours ahead in November, three in June.
        for (from, minutes, due) in [
            ("2026-11-24T07:00:00Z", 60, "2026-11-24T08:00:00Z"),
            // Over the lunch hour.
            ("2026-11-24T08:30:00Z", 60, "2026-11-24T10:30:00Z"),
            // Over the night, and sent in the night.
            ("2026-11-24T13:30:00Z", 60, "2026-11-25T06:30:00Z"),
            ("2026-11-24T23:30:00Z", 60, "2026-11-25T07:00:00Z"),
            // Over the weekend.
            ("2026-11-27T13:30:00Z", 60, "2026-11-30T06:30:00Z"),
            // Over Christmas and the weekend after it.
            ("2026-12-23T13:30:00Z", 60, "2026-12-28T06:30:00Z"),
            // Over Midsummer.
            ("2026-06-18T12:30:00Z", 60, "2026-06-22T05:30:00Z"),
            // Two days of seven hours, to the minute when the second one closes.
            ("2026-11-24T06:00:00Z", 840, "2026-11-25T14:00:00Z"),
            // Over the last Sundays of March and October.
            ("2026-03-27T13:30:00Z", 60, "2026-03-30T05:30:00Z"),
            ("2026-10-23T12:30:00Z", 60, "2026-10-26T06:30:00Z"),
        ] {
            assert_eq!(opening.due(at(from), minutes), Some(at(due)), "{minutes} minutes from {from}");
            assert_eq!(opening.open_minutes(at(from), at(due)), minutes, "{from}–{due}");
        }
    }

    #[test]
    fn a_night_when_the_clock_changes_has_an_hour_less_or_more() {
        let hours: Vec<OpeningBlock> = (1..=7).map(|weekday| block(weekday, 0, 1440)).collect();
        let opening = ordinary(&hours);
        for (date, length) in [("2026-03-29", 23), ("2026-10-25", 25), ("2026-11-24", 24)] {
            let (begins, ends) = (at_minute(day(date), 0), at_minute(day(date), 1440));
            assert_eq!(opening.open_minutes(begins, ends), length * 60, "{date}");
            assert_eq!(opening.due(begins, length * 60), Some(ends), "{date}");
        }
    }

    #[test]
    fn a_unit_may_be_closed_on_a_day_or_open_on_a_holiday() {
        let hours = office();
        let closed = OpeningException { date: day("2026-11-25"), spans: Vec::new() };
        let spans = vec![OpeningSpan { opens_minute: 600, closes_minute: 720 }];
        let independence = OpeningException { date: day("2026-12-06"), spans: spans.clone() };
        let exceptions = [closed, independence];
        let opening = Opening { hours: &hours, exceptions: &exceptions, opens_on_holidays: false };
        assert_eq!(opening.due(at("2026-11-24T13:30:00Z"), 60), Some(at("2026-11-26T06:30:00Z")));
        assert_eq!(opening.on(day("2026-12-06")), spans);
        assert!(opening.on(day("2026-12-24")).is_empty());
        let always = Opening { opens_on_holidays: true, ..opening };
        assert_eq!(always.on(day("2026-12-24")).len(), 2);
    }

    #[test]
    fn a_promise_is_told_at_full_quarters_and_never_after_the_closing() {
        let hours = [block(2, 480, 950)];
        let opening = ordinary(&hours);
        let promise = |from: &str, minutes| opening.promise(at(from), minutes).unwrap();
        assert_eq!(promise("2026-11-24T07:00:00Z", 60), at("2026-11-24T08:00:00Z"));
        assert_eq!(promise("2026-11-24T07:00:01Z", 60), at("2026-11-24T08:15:00Z"));
        assert_eq!(promise("2026-11-24T07:07:00.000001Z", 60), at("2026-11-24T08:15:00Z"));
        assert_eq!(promise("2026-11-24T13:46:00Z", 1), at("2026-11-24T13:50:00Z"));
    }

    #[test]
    fn a_unit_that_never_opens_promises_nothing() {
        assert_eq!(ordinary(&[]).due(at("2026-11-24T07:00:00Z"), 60), None);
        assert_eq!(ordinary(&[]).open_minutes(at("2026-11-24T07:00:00Z"), at("2026-11-25T07:00:00Z")), 0);
    }

    #[test]
    fn the_usual_time_is_the_median_of_enough_answers() {
        assert_eq!(usual_minutes(vec![5; ENOUGH_ANSWERS - 1]), None);
        assert_eq!(usual_minutes(vec![900, 1, 2, 3, 4, 5, 6, 7, 8, 10]), Some(5));
        assert_eq!(usual_minutes((0..=10).rev().collect()), Some(5));
    }

    fn any_hours() -> impl Strategy<Value = Vec<OpeningBlock>> {
        let one = (1_u8..=7, 0_u16..1440, 1_u16..=600)
            .prop_map(|(weekday, opens, length)| block(weekday, opens, (opens + length).min(1440)));
        prop::collection::vec(one, 1..12)
    }

    fn any_moment() -> impl Strategy<Value = Instant> {
        (1_700_000_000_i64..1_900_000_000).prop_map(|seconds| DateTime::from_timestamp(seconds, 0).unwrap())
    }

    proptest! {
        #[test]
        fn when_it_is_due_exactly_so_many_minutes_have_been_open(
            hours in any_hours(), from in any_moment(), minutes in 1_u32..6_000,
        ) {
            let opening = ordinary(&hours);
            if let Some(due) = opening.due(from, minutes) {
                prop_assert_eq!(opening.open_minutes(from, due), minutes);
                let before = due - TimeDelta::seconds(1);
                prop_assert!(opening.open_minutes(from, before) < minutes);
            }
        }

        #[test]
        fn who_writes_later_is_not_answered_sooner(
            hours in any_hours(), from in any_moment(), later in 0_i64..1_000_000, minutes in 1_u32..3_000,
        ) {
            let opening = ordinary(&hours);
            let first = opening.promise(from, minutes);
            let second = opening.promise(from + TimeDelta::seconds(later), minutes);
            prop_assert!(first <= second || second.is_none());
        }

        #[test]
        fn a_promise_is_at_most_a_quarter_of_an_hour_after_it_is_due_and_in_opening_time(
            hours in any_hours(), from in any_moment(), minutes in 1_u32..3_000,
        ) {
            let opening = ordinary(&hours);
            if let (Some(due), Some(promise)) = (opening.due(from, minutes), opening.promise(from, minutes)) {
                prop_assert!(due <= promise && promise - due < TimeDelta::minutes(15));
                prop_assert_eq!(TimeDelta::minutes(opening.open_minutes(due, promise).into()).num_minutes(), (promise - due).num_minutes());
            }
        }

        #[test]
        fn nothing_is_due_on_a_holiday(hours in any_hours(), from in any_moment(), minutes in 1_u32..3_000) {
            if let Some(due) = ordinary(&hours).due(from, minutes) {
                let date = to_local(due - TimeDelta::seconds(1)).date();
                prop_assert!(holiday(date).is_none(), "{date}");
            }
        }
    }
}
