//! Days and hours as a clinic in Finland keeps them. Time zone Europe/Helsinki by the European Union's rule, which is
//! enough for a year of made-up messages; the apps use the real time zone database.

use chrono::{
    DateTime, Datelike, Days, Duration, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc, Weekday,
};
use omasote_types::units::OpeningBlock;

use crate::chance::Chance;

/// The wall clock in Finland at `moment`.
pub(crate) fn to_local(moment: DateTime<Utc>) -> NaiveDateTime {
    moment.naive_utc() + offset(moment.naive_utc())
}

/// The moment when the wall clock in Finland shows `local`.
pub(crate) fn to_utc(local: NaiveDateTime) -> DateTime<Utc> {
    (local - offset(local - Duration::hours(2))).and_utc()
}

fn offset(utc: NaiveDateTime) -> TimeDelta {
    let changes_at = |month| {
        let last_day = NaiveDate::from_ymd_opt(utc.year(), month, 31)?;
        let sunday = last_day - Days::new(u64::from(last_day.weekday().num_days_from_sunday()));
        sunday.and_hms_opt(1, 0, 0)
    };
    let is_summer = changes_at(3).is_some_and(|spring| spring <= utc)
        && changes_at(10).is_some_and(|autumn| utc < autumn);
    Duration::hours(if is_summer { 3 } else { 2 })
}

/// Whether clinics are open on `date`: not at weekends, and not on public holidays.
pub(crate) fn is_working_day(date: NaiveDate) -> bool {
    let is_weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
    let is_midsummer_eve =
        date.month() == 6 && (19..=25).contains(&date.day()) && date.weekday() == Weekday::Fri;
    let is_holiday = matches!((date.month(), date.day()), (1, 1 | 6) | (5, 1) | (12, 6 | 24..=26));
    // Good Friday, Easter Monday and Ascension Day, in days from Easter.
    let is_by_easter =
        easter(date.year()).is_some_and(|easter| matches!((date - easter).num_days(), -2 | 1 | 39));
    !(is_weekend || is_midsummer_eve || is_holiday || is_by_easter)
}

/// Easter Sunday, by the method of Meeus, Jones and Butcher.
fn easter(year: i32) -> Option<NaiveDate> {
    let (golden, century, of_century) = (year % 19, year / 100, year % 100);
    let epact = (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30;
    let to_sunday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - epact - of_century % 4) % 7;
    let late = (golden + 11 * epact + 22 * to_sunday) / 451;
    let days = epact + to_sunday - 7 * late + 114;
    NaiveDate::from_ymd_opt(year, u32::try_from(days / 31).ok()?, u32::try_from(days % 31 + 1).ok()?)
}

/// The `count`th working day before `date`.
pub(crate) fn working_days_before(date: NaiveDate, count: usize) -> NaiveDate {
    let days = (1..).map(|back| date - Days::new(back));
    days.filter(|day| is_working_day(*day)).nth(count.saturating_sub(1)).unwrap_or(date)
}

/// The first working day that is `date` or later.
pub(crate) fn working_day_from(date: NaiveDate) -> NaiveDate {
    (0..30).map(|ahead| date + Days::new(ahead)).find(|day| is_working_day(*day)).unwrap_or(date)
}

/// A moment when somebody is at work: `wanted` itself in opening hours, otherwise a while after the next opening.
pub(crate) fn at_work(hours: &[OpeningBlock], wanted: NaiveDateTime, chance: &mut Chance) -> NaiveDateTime {
    let days = (0..30).map(|ahead| wanted.date() + Days::new(ahead)).filter(|day| is_working_day(*day));
    let mut blocks = days.flat_map(|day| {
        let weekday = day.weekday().number_from_monday();
        let on_day = hours.iter().filter(move |block| u32::from(block.weekday) == weekday);
        on_day.map(move |block| (minute_of(day, block.opens_minute), minute_of(day, block.closes_minute)))
    });
    let Some((opens, closes)) = blocks.find(|(_, closes)| *closes - Duration::minutes(5) > wanted) else {
        return wanted;
    };
    if opens <= wanted {
        return wanted;
    }
    let length = u32::try_from((closes - opens).num_minutes()).unwrap_or(60);
    opens
        + Duration::minutes(i64::from(chance.between(3, (length - 5).clamp(4, 150))))
        + Duration::seconds(i64::from(chance.between(0, 59)))
}

fn minute_of(day: NaiveDate, minute: u16) -> NaiveDateTime {
    day.and_time(NaiveTime::MIN) + Duration::minutes(i64::from(minute))
}

/// "tiistaina 25.11."
pub(crate) fn day_in_words(date: NaiveDate) -> String {
    let weekday = match date.weekday() {
        Weekday::Mon => "maanantaina",
        Weekday::Tue => "tiistaina",
        Weekday::Wed => "keskiviikkona",
        Weekday::Thu => "torstaina",
        Weekday::Fri => "perjantaina",
        Weekday::Sat => "lauantaina",
        Weekday::Sun => "sunnuntaina",
    };
    format!("{weekday} {}.{}.", date.day(), date.month())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn local(text: &str) -> NaiveDateTime {
        text.parse().unwrap()
    }

    #[test]
    fn the_clock_in_finland_is_two_hours_ahead_in_winter_and_three_in_summer() {
        let winter = "2026-03-29T00:59:59Z".parse().unwrap();
        let summer = "2026-03-29T01:00:00Z".parse().unwrap();
        assert_eq!(to_local(winter), local("2026-03-29T02:59:59"));
        assert_eq!(to_local(summer), local("2026-03-29T04:00:00"));
        assert_eq!(to_local("2026-10-25T01:00:00Z".parse().unwrap()), local("2026-10-25T03:00:00"));
        for moment in ["2026-01-05T08:15:00", "2026-07-05T08:15:00"] {
            assert_eq!(to_local(to_utc(local(moment))), local(moment));
        }
    }

    #[test]
    fn nobody_answers_at_the_weekend_or_after_closing() {
        let hours: Vec<OpeningBlock> =
            (1..=5).map(|weekday| OpeningBlock { weekday, opens_minute: 480, closes_minute: 960 }).collect();
        let mut chance = Chance::new(1);
        let answered = at_work(&hours, local("2026-11-20T16:30:00"), &mut chance);
        assert_eq!(answered.date(), local("2026-11-23T00:00:00").date());
        let at_noon = local("2026-11-23T12:00:00");
        assert_eq!(at_work(&hours, at_noon, &mut chance), at_noon);
    }

    #[test]
    fn holidays_that_move_are_known() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        for holiday in ["2026-04-03", "2026-04-06", "2026-05-14", "2026-06-19", "2027-03-26", "2028-04-17"] {
            assert!(!is_working_day(day(holiday)), "{holiday}");
        }
        assert!(is_working_day(day("2026-04-07")));
    }

    #[test]
    fn days_are_named_as_in_a_letter() {
        assert_eq!(day_in_words(local("2026-11-24T00:00:00").date()), "tiistaina 24.11.");
        let friday = working_days_before(local("2026-11-23T00:00:00").date(), 1);
        assert_eq!(day_in_words(friday), "perjantaina 20.11.");
    }
}
