//! What who acts for another may do.

use chrono::{Datelike, NaiveDate};
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
