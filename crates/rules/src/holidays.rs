//! The public holidays of Finland, by the rules that hold since 1992.

use chrono::{Datelike, Days, NaiveDate, Weekday};

/// A day that offices keep closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holiday {
    /// Uudenvuodenpäivä.
    NewYear,
    /// Loppiainen.
    Epiphany,
    /// Pitkäperjantai.
    GoodFriday,
    /// Pääsiäispäivä.
    Easter,
    /// Toinen pääsiäispäivä.
    EasterMonday,
    /// Vappu.
    MayDay,
    /// Helatorstai.
    Ascension,
    /// Helluntai.
    Pentecost,
    /// Juhannusaatto: no public holiday by law, but offices are closed.
    MidsummerEve,
    /// Juhannuspäivä.
    Midsummer,
    /// Pyhäinpäivä.
    AllSaints,
    /// Itsenäisyyspäivä.
    Independence,
    /// Jouluaatto: no public holiday by law, but offices are closed.
    ChristmasEve,
    /// Joulupäivä.
    Christmas,
    /// Tapaninpäivä.
    SecondChristmasDay,
}

/// The holiday of a day, if it is one. Every one of them is a closed day unless a unit says otherwise.
#[must_use]
pub fn holiday(date: NaiveDate) -> Option<Holiday> {
    fixed(date).or_else(|| moving(date)).or_else(|| by_easter(date))
}

fn fixed(date: NaiveDate) -> Option<Holiday> {
    Some(match (date.month(), date.day()) {
        (1, 1) => Holiday::NewYear,
        (1, 6) => Holiday::Epiphany,
        (5, 1) => Holiday::MayDay,
        (12, 6) => Holiday::Independence,
        (12, 24) => Holiday::ChristmasEve,
        (12, 25) => Holiday::Christmas,
        (12, 26) => Holiday::SecondChristmasDay,
        _ => return None,
    })
}

/// Midsummer is the Saturday from 20 to 26 June, All Saints' the one from 31 October to 6 November.
fn moving(date: NaiveDate) -> Option<Holiday> {
    Some(match (date.weekday(), date.month(), date.day()) {
        (Weekday::Fri, 6, 19..=25) => Holiday::MidsummerEve,
        (Weekday::Sat, 6, 20..=26) => Holiday::Midsummer,
        (Weekday::Sat, 10, 31) | (Weekday::Sat, 11, 1..=6) => Holiday::AllSaints,
        _ => return None,
    })
}

fn by_easter(date: NaiveDate) -> Option<Holiday> {
    Some(match (date - easter(date.year())?).num_days() {
        -2 => Holiday::GoodFriday,
        0 => Holiday::Easter,
        1 => Holiday::EasterMonday,
        39 => Holiday::Ascension,
        49 => Holiday::Pentecost,
        _ => return None,
    })
}

/// Easter Sunday of the Gregorian calendar, by Gauss: the full moon, and the Sunday after it.
fn easter(year: i32) -> Option<NaiveDate> {
    let century = year / 100;
    let moon_shift = (15 + century - century / 4 - (8 * century + 13) / 25) % 30;
    let moon = (19 * (year % 19) + moon_shift) % 30;
    let sunday_shift = (4 + century - century / 4) % 7;
    let sunday = (2 * (year % 4) + 4 * (year % 7) + 6 * moon + sunday_shift) % 7;
    let is_week_too_late = sunday == 6 && (moon == 29 || (moon == 28 && (11 * moon_shift + 11) % 30 < 19));
    let days = moon + sunday - if is_week_too_late { 7 } else { 0 };
    NaiveDate::from_ymd_opt(year, 3, 22)?.checked_add_days(Days::new(u64::try_from(days).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All of 2024 to 2030, as the package `holidays` 0.109 of PyPI has them:
    /// `holidays.Finland(years=range(2024, 2031))`, run once by hand on 24 November 2026.
    const BY_OTHERS: [(i32, &str); 7] = [
        (2024, "01-01 01-06 03-29 03-31 04-01 05-01 05-09 05-19 06-21 06-22 11-02 12-06 12-24 12-25 12-26"),
        (2025, "01-01 01-06 04-18 04-20 04-21 05-01 05-29 06-08 06-20 06-21 11-01 12-06 12-24 12-25 12-26"),
        (2026, "01-01 01-06 04-03 04-05 04-06 05-01 05-14 05-24 06-19 06-20 10-31 12-06 12-24 12-25 12-26"),
        (2027, "01-01 01-06 03-26 03-28 03-29 05-01 05-06 05-16 06-25 06-26 11-06 12-06 12-24 12-25 12-26"),
        (2028, "01-01 01-06 04-14 04-16 04-17 05-01 05-25 06-04 06-23 06-24 11-04 12-06 12-24 12-25 12-26"),
        (2029, "01-01 01-06 03-30 04-01 04-02 05-01 05-10 05-20 06-22 06-23 11-03 12-06 12-24 12-25 12-26"),
        (2030, "01-01 01-06 04-19 04-21 04-22 05-01 05-30 06-09 06-21 06-22 11-02 12-06 12-24 12-25 12-26"),
    ];

    #[test]
    fn the_holidays_are_those_that_another_implementation_has() {
        for (year, days) in BY_OTHERS {
            let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
            let ours: Vec<String> = first
                .iter_days()
                .take_while(|day| day.year() == year)
                .filter(|day| holiday(*day).is_some())
                .map(|day| format!("{:02}-{:02}", day.month(), day.day()))
                .collect();
            assert_eq!(ours.join(" "), days, "{year}");
        }
    }

    #[test]
    fn the_earliest_and_the_latest_easters_are_found() {
        for day in ["1818-03-22", "2038-04-25", "1954-04-18", "1981-04-19", "2008-03-23", "2049-04-18"] {
            let day: NaiveDate = day.parse().unwrap();
            assert_eq!(easter(day.year()), Some(day));
        }
    }
}
