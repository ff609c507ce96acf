//! What who acts for another may do.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use omasote_types::proxies::{ProxyKind, ProxyScope};

/// From this age on a young person may hide a matter from their guardians.
pub const AGE_OF_OWN_SAY: i32 = 12;
/// From this age on nobody is a guardian.
pub const AGE_OF_MAJORITY: i32 = 18;

/// What somebody wants who acts for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// To see whom they act for.
    Person,
    /// What a scope covers.
    Scope(ProxyScope),
    /// What is the person's own business: who acts for them, who saw their data.
    OwnBusiness,
}

/// How far a right reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// It does not hold, or the person has hidden this.
    Nothing,
    /// It holds, but not for this.
    Outside,
    /// It holds for this.
    Covered,
}

/// The age in full years.
#[must_use]
pub fn age(born: NaiveDate, today: NaiveDate) -> i32 {
    let had_birthday = (today.month(), today.day()) >= (born.month(), born.day());
    today.year() - born.year() - i32::from(!had_birthday)
}

/// Whether a right of `kind` with `scopes`, for a person of `age`, reaches what is wanted.
#[must_use]
pub fn reach(kind: ProxyKind, scopes: &[ProxyScope], age: i32, wanted: Wanted) -> Reach {
    match (kind, wanted) {
        (ProxyKind::Guardian, _) if age >= AGE_OF_MAJORITY => Reach::Nothing,
        (ProxyKind::Guardian, _) if age < AGE_OF_OWN_SAY => Reach::Covered,
        (_, Wanted::Person) => Reach::Covered,
        (_, Wanted::Scope(scope)) if scopes.contains(&scope) => Reach::Covered,
        (_, Wanted::Scope(_) | Wanted::OwnBusiness) => Reach::Outside,
    }
}

/// Whether what the person has hidden is shown all the same: the guardians of a small child see all.
#[must_use]
pub const fn sees_hidden(kind: ProxyKind, age: i32) -> bool {
    matches!(kind, ProxyKind::Guardian) && age < AGE_OF_OWN_SAY
}

/// As what somebody acts for a person of `age` by a national register. Nobody acts for a young person by it: a competent one
/// decides that themselves, and who acts for them is agreed on with those who treat them.
#[must_use]
pub const fn by_national_register(age: i32) -> Option<ProxyKind> {
    match age {
        ..AGE_OF_OWN_SAY => Some(ProxyKind::Guardian),
        AGE_OF_OWN_SAY..AGE_OF_MAJORITY => None,
        AGE_OF_MAJORITY.. => Some(ProxyKind::Mandate),
    }
}

/// The day on which a child is of an age to have a say of their own, so that a right of today ends with it.
#[must_use]
pub fn day_of_own_say(born: NaiveDate) -> Option<NaiveDate> {
    let year = born.year() + AGE_OF_OWN_SAY;
    // Who was born on a leap day waits for March.
    born.with_year(year).or_else(|| NaiveDate::from_ymd_opt(year, 3, 1))
}

/// What is known here of two people before a national register is listened to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Known {
    /// Nothing that bears on it.
    Nothing,
    /// The one may act for the other by what was entered or given here. That stands; nothing is added to it.
    Stands,
    /// The person has paused it, or the person or staff ended it, and nobody has given it anew since.
    Withdrawn,
    /// The person has narrowed what the register told before.
    Narrowed(Vec<ProxyScope>),
}

/// A right of two people, as far as [`known`] weighs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownRight {
    /// Whether it came from a national register; otherwise it was entered or given here.
    pub is_national: bool,
    /// What it lets do.
    pub scopes: Vec<ProxyScope>,
    /// When it began.
    pub starts_at: DateTime<Utc>,
    /// When it ends by itself.
    pub ends_at: Option<DateTime<Utc>>,
    /// Since when it is paused.
    pub paused_at: Option<DateTime<Utc>>,
    /// When it was narrowed by the person.
    pub narrowed_at: Option<DateTime<Utc>>,
    /// When it was ended, and whether by the person or by staff: not by who had it, nor with their session.
    pub ended: Option<(DateTime<Utc>, bool)>,
}

/// What `rights` of two people, in any order, say together. What was said here goes before what a national register says,
/// and of what was said here the latest counts.
#[must_use]
pub fn known(rights: &[KnownRight], now: DateTime<Utc>) -> Known {
    let is_over = |right: &KnownRight| right.ends_at.is_some_and(|end| end <= now);
    let open: Vec<&KnownRight> = rights.iter().filter(|right| right.ended.is_none()).collect();
    // A pause of what a national register told outlasts the session for which it was told.
    if open.iter().any(|right| right.paused_at.is_some() && (right.is_national || !is_over(right))) {
        return Known::Withdrawn;
    }
    if open.iter().any(|right| !right.is_national && !is_over(right)) {
        return Known::Stands;
    }
    let last_given = rights.iter().filter(|right| !right.is_national).map(|right| right.starts_at).max();
    let is_last_word = |at: DateTime<Utc>| last_given.is_none_or(|given| given <= at);
    let mut ended = rights.iter().filter_map(|right| right.ended);
    if ended.any(|(at, by_person_or_staff)| by_person_or_staff && is_last_word(at)) {
        return Known::Withdrawn;
    }
    let narrowed = rights.iter().filter_map(|right| Some((right.narrowed_at?, &right.scopes)));
    match narrowed.filter(|(at, _)| is_last_word(*at)).max_by_key(|(at, _)| *at) {
        Some((_, scopes)) => Known::Narrowed(scopes.clone()),
        None => Known::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn an_age_changes_on_the_birthday_and_a_leap_days_child_waits_for_march() {
        assert_eq!(age(day("2014-11-24"), day("2026-11-23")), 11);
        assert_eq!(age(day("2014-11-24"), day("2026-11-24")), 12);
        assert_eq!(age(day("2012-02-29"), day("2024-02-29")), 12);
        assert_eq!(age(day("2012-02-29"), day("2030-02-28")), 17);
        assert_eq!(age(day("2012-02-29"), day("2030-03-01")), 18);
    }

    #[test]
    fn a_guardian_sees_all_of_a_small_child_less_of_a_young_person_and_nothing_of_an_adult() {
        let messages = [ProxyScope::Messages];
        let reach = |age, wanted| reach(ProxyKind::Guardian, &messages, age, wanted);
        assert_eq!(reach(11, Wanted::OwnBusiness), Reach::Covered);
        assert_eq!(reach(11, Wanted::Scope(ProxyScope::Tasks)), Reach::Covered);
        assert_eq!(reach(12, Wanted::OwnBusiness), Reach::Outside);
        assert_eq!(reach(12, Wanted::Scope(ProxyScope::Tasks)), Reach::Outside);
        assert_eq!(reach(17, Wanted::Scope(ProxyScope::Messages)), Reach::Covered);
        assert_eq!(reach(18, Wanted::Person), Reach::Nothing);
        assert!(sees_hidden(ProxyKind::Guardian, 11) && !sees_hidden(ProxyKind::Guardian, 12));
    }

    #[test]
    fn a_national_register_gives_small_children_and_adults_only() {
        let kinds = [11, 12, 17, 18].map(by_national_register);
        assert_eq!(kinds, [Some(ProxyKind::Guardian), None, None, Some(ProxyKind::Mandate)]);
        assert_eq!(day_of_own_say(day("2014-11-24")), Some(day("2026-11-24")));
        assert_eq!(day_of_own_say(day("2016-02-29")), Some(day("2028-02-29")));
    }

    fn minute(minute: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(60 * minute, 0).unwrap()
    }

    fn right(starts_at: i64) -> KnownRight {
        let (scopes, starts_at) = (vec![ProxyScope::Tasks], minute(starts_at));
        KnownRight {
            is_national: false,
            scopes,
            starts_at,
            ends_at: None,
            paused_at: None,
            narrowed_at: None,
            ended: None,
        }
    }

    #[test]
    fn what_was_said_here_goes_before_a_national_register_and_the_latest_word_counts() {
        let at = minute(100);
        let national = || KnownRight { is_national: true, ..right(1) };
        assert_eq!(known(&[], at), Known::Nothing);
        assert_eq!(known(&[right(1)], at), Known::Stands);
        assert_eq!(
            known(&[KnownRight { ends_at: Some(at), ..right(1) }], at),
            Known::Nothing,
            "its time is over"
        );
        let paused = KnownRight { paused_at: Some(minute(5)), ..right(1) };
        assert_eq!(known(&[right(1), paused.clone()], at), Known::Withdrawn);
        assert_eq!(known(&[KnownRight { ends_at: Some(at), ..paused }], at), Known::Nothing);
        let paused_for_good =
            KnownRight { paused_at: Some(minute(5)), ends_at: Some(minute(50)), ..national() };
        assert_eq!(known(&[paused_for_good], at), Known::Withdrawn, "the pause goes on after the session");

        let ended =
            |by_person_or_staff| KnownRight { ended: Some((minute(20), by_person_or_staff)), ..national() };
        assert_eq!(known(&[ended(true)], at), Known::Withdrawn);
        assert_eq!(
            known(&[ended(false)], at),
            Known::Nothing,
            "who had it gave it up, or their session ended"
        );
        assert_eq!(known(&[right(30), ended(true)], at), Known::Stands, "given anew");
        let given_and_over = KnownRight { ends_at: Some(minute(40)), ..right(30) };
        assert_eq!(known(&[given_and_over.clone(), ended(true)], at), Known::Nothing);

        let narrowed = KnownRight { narrowed_at: Some(minute(20)), ..ended(false) };
        assert_eq!(known(&[national(), narrowed.clone()], at), Known::Narrowed(vec![ProxyScope::Tasks]));
        assert_eq!(known(&[given_and_over, narrowed], at), Known::Nothing);
    }

    #[test]
    fn a_mandate_covers_its_scopes_and_whose_it_is() {
        let scopes = [ProxyScope::Tasks, ProxyScope::Appointments];
        let reach = |wanted| reach(ProxyKind::Mandate, &scopes, 80, wanted);
        assert_eq!(reach(Wanted::Person), Reach::Covered);
        assert_eq!(reach(Wanted::Scope(ProxyScope::Tasks)), Reach::Covered);
        assert_eq!(reach(Wanted::Scope(ProxyScope::Messages)), Reach::Outside);
        assert_eq!(reach(Wanted::OwnBusiness), Reach::Outside);
        assert!(!sees_hidden(ProxyKind::Mandate, 5));
    }
}
