use proptest::prelude::*;

use super::*;

const NOON: i64 = 1_800_000_000;

fn at(minutes: i64) -> Instant {
    Instant::from_timestamp(NOON + minutes * 60, 0).unwrap()
}

fn time(from: i64, minutes: i64) -> EventTime {
    EventTime { starts_at: at(from), ends_at: at(from + minutes) }
}

/// In three days, for half an hour, changeable until a day before.
fn given() -> Standing {
    Standing::given(time(3 * 1440, 30), 24)
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        Just(Act::Confirm),
        Just(Act::AskOtherTime),
        Just(Act::Cancel),
        (-100_i64..10_000, -10_i64..600, 0_u16..=336)
            .prop_map(|(from, minutes, cancel_hours)| Act::Move { to: time(from, minutes), cancel_hours }),
    ]
}

fn side() -> impl Strategy<Value = Side> {
    prop_oneof![Just(Side::Citizen), Just(Side::Unit)]
}

#[test]
fn a_citizen_confirms_wishes_another_time_and_confirms_after_all() {
    let confirmed = given().after(Act::Confirm, Side::Citizen, at(0)).unwrap();
    assert_eq!((confirmed.state, confirmed.confirmed_at), (EventState::Confirmed, Some(at(0))));
    assert_eq!(confirmed.after(Act::Confirm, Side::Citizen, at(5)), Ok(confirmed), "twice is once");
    let asked = confirmed.after(Act::AskOtherTime, Side::Citizen, at(10)).unwrap();
    assert_eq!((asked.state, asked.confirmed_at, asked.asked_at), (EventState::Booked, None, Some(at(10))));
    let again = asked.after(Act::Confirm, Side::Citizen, at(20)).unwrap();
    assert_eq!((again.confirmed_at, again.asked_at), (Some(at(20)), None));
}

#[test]
fn a_citizen_confirms_until_it_begins_and_changes_it_until_the_limit() {
    let limit = 2 * 1440;
    for act in [Act::Cancel, Act::AskOtherTime] {
        assert!(given().after(act, Side::Citizen, at(limit - 1)).is_ok());
        assert_eq!(given().after(act, Side::Citizen, at(limit)), Err(Refusal::TooLate));
        assert_eq!(given().after(act, Side::Citizen, at(3 * 1440)), Err(Refusal::Begun));
    }
    assert!(given().after(Act::Confirm, Side::Citizen, at(3 * 1440 - 1)).is_ok());
    assert_eq!(given().after(Act::Confirm, Side::Citizen, at(3 * 1440)), Err(Refusal::Begun));
}

#[test]
fn a_unit_cancels_and_moves_until_it_is_over() {
    assert!(given().after(Act::Cancel, Side::Unit, at(3 * 1440 + 29)).is_ok());
    assert_eq!(given().after(Act::Cancel, Side::Unit, at(3 * 1440 + 30)), Err(Refusal::Begun));
    let asked = given().after(Act::AskOtherTime, Side::Citizen, at(0)).unwrap();
    let to = time(5 * 1440, 45);
    let moved = asked.after(Act::Move { to, cancel_hours: 2 }, Side::Unit, at(1)).unwrap();
    assert_eq!(moved, Standing::given(to, 2), "to be confirmed anew, and the wish is answered");
    let past = Act::Move { to: time(-60, 30), cancel_hours: 2 };
    assert_eq!(given().after(past, Side::Unit, at(0)), Err(Refusal::WrongTime));
}

#[test]
fn how_it_stands_follows_from_the_clock() {
    let phases = [0, 3 * 1440, 3 * 1440 + 29, 3 * 1440 + 30].map(|minute| given().phase(at(minute)));
    assert_eq!(phases, [Phase::Coming, Phase::Now, Phase::Now, Phase::Past]);
    let cancelled = given().after(Act::Cancel, Side::Unit, at(0)).unwrap();
    assert_eq!(cancelled.phase(at(9 * 1440)), Phase::Cancelled);
}

proptest! {
    #[test]
    fn whatever_is_done_in_whatever_order_the_event_holds_together(
        steps in prop::collection::vec((act(), side(), 0_i64..200), 0..40),
    ) {
        let (mut standing, mut now) = (given(), 0);
        for (act, by, minutes) in steps {
            now += minutes;
            let before = standing;
            match standing.after(act, by, at(now)) {
                Ok(after) => standing = after,
                Err(_) => continue,
            }
            prop_assert!(before.state != EventState::Cancelled, "what was cancelled stays so");
            prop_assert!(at(now) < before.time.ends_at, "nothing is done with what is over");
            prop_assert_eq!(standing.confirmed_at.is_some() && standing.state != EventState::Cancelled,
                standing.state == EventState::Confirmed);
            prop_assert!(standing.asked_at.is_none() || standing.state == EventState::Booked);
            prop_assert!(standing.changeable_until <= standing.time.starts_at);
            prop_assert!(standing.time.starts_at < standing.time.ends_at);
            if by == Side::Citizen {
                prop_assert_eq!(standing.time, before.time, "a citizen moves nothing");
                prop_assert!(act == Act::Confirm || at(now) < before.changeable_until);
            }
        }
    }

    #[test]
    fn a_refusal_is_the_same_however_often_it_is_asked(act in act(), by in side(), minute in 0_i64..6000) {
        let first = given().after(act, by, at(minute));
        prop_assert_eq!(given().after(act, by, at(minute)), first);
    }
}
