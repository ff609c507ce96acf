//! Which part of the agenda a task or an event belongs into.

use chrono::Days;
use omasote_types::Instant;
use omasote_types::events::{AgendaList, EventState};

use super::{Phase, Standing};
use crate::helsinki::{at_minute, to_local};
use crate::tasks;

/// The part of an event: now is what waits for the citizen to say that they come, and what is today in Finland.
#[must_use]
pub fn part_of_event(standing: &Standing, now: Instant) -> AgendaList {
    let waits_for_citizen = standing.state == EventState::Booked && standing.asked_at.is_none();
    match standing.phase(now) {
        Phase::Past | Phase::Cancelled => AgendaList::Done,
        Phase::Now => AgendaList::Now,
        Phase::Coming if waits_for_citizen || standing.time.starts_at < tomorrow(now) => AgendaList::Now,
        Phase::Coming => AgendaList::Coming,
    }
}

/// The part of a task: now is what is to be done, from its first day on and however late.
#[must_use]
pub fn part_of_task(standing: &tasks::Standing, now: Instant) -> AgendaList {
    match standing.phase(now) {
        tasks::Phase::Open | tasks::Phase::Late => AgendaList::Now,
        tasks::Phase::Upcoming => AgendaList::Coming,
        tasks::Phase::Done | tasks::Phase::DoneLate | tasks::Phase::Cancelled => AgendaList::Done,
    }
}

/// When the day is over in Finland.
fn tomorrow(now: Instant) -> Instant {
    let today = to_local(now).date();
    at_minute(today.checked_add_days(Days::new(1)).unwrap_or(today), 0)
}

#[cfg(test)]
mod tests {
    use omasote_types::events::EventTime;
    use omasote_types::messages::Side;
    use omasote_types::tasks::{TaskState, Window};

    use super::super::Act;
    use super::*;

    fn at(text: &str) -> Instant {
        text.parse().unwrap()
    }

    fn booked(starts_at: &str) -> Standing {
        let starts_at = at(starts_at);
        let time = EventTime { starts_at, ends_at: starts_at + chrono::TimeDelta::minutes(30) };
        Standing::booked(time, 24, at("2026-11-01T08:00:00Z"))
    }

    #[test]
    fn an_event_is_now_when_it_waits_for_an_answer_or_is_today_in_finland() {
        let now = at("2026-11-27T21:59:00Z");
        let part = |standing: Standing| part_of_event(&standing, now);
        assert_eq!(
            part(booked("2026-11-27T21:59:59Z")),
            AgendaList::Now,
            "a minute before midnight in Finland"
        );
        assert_eq!(part(booked("2026-11-27T22:00:00Z")), AgendaList::Coming);
        assert_eq!(part(booked("2027-11-27T08:00:00Z")), AgendaList::Coming, "however far");
        let given = Standing::given(booked("2027-06-01T08:00:00Z").time, 24);
        assert_eq!(part(given), AgendaList::Now);
        let asked = given.after(Act::AskOtherTime, Side::Citizen, now).unwrap();
        assert_eq!(part(asked), AgendaList::Coming, "it waits for the unit");
        assert_eq!(part(booked("2026-11-27T21:30:00Z")), AgendaList::Now, "it lasts");
        assert_eq!(part(booked("2026-11-27T21:29:00Z")), AgendaList::Done);
        assert_eq!(part(given.after(Act::Cancel, Side::Unit, now).unwrap()), AgendaList::Done);
    }

    #[test]
    fn a_task_is_now_from_its_first_day_until_it_is_done() {
        let window = Window { from: "2026-11-28".parse().unwrap(), to: "2026-11-30".parse().unwrap() };
        let given = tasks::Standing::given(window);
        let part = |text| part_of_task(&given, at(text));
        assert_eq!(part("2026-11-27T21:59:59Z"), AgendaList::Coming);
        assert_eq!(part("2026-11-27T22:00:00Z"), AgendaList::Now);
        assert_eq!(part("2027-11-27T22:00:00Z"), AgendaList::Now, "late is still to be done");
        for (state, answered_at) in
            [(TaskState::Answered, Some(at("2026-11-28T22:00:00Z"))), (TaskState::Cancelled, None)]
        {
            let ended = tasks::Standing { state, answered_at, ..given };
            assert_eq!(part_of_task(&ended, at("2026-11-29T22:00:00Z")), AgendaList::Done);
        }
    }
}
