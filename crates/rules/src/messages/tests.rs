use proptest::prelude::*;

use super::*;

fn unit(number: u8) -> UnitId {
    uuid(number).parse().unwrap()
}

fn nurse(number: u8) -> ProfessionalId {
    uuid(number).parse().unwrap()
}

fn uuid(number: u8) -> String {
    format!("01890a5d-ac96-774b-bcce-b302099a80{number:02x}")
}

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_790_000_000 + seconds, 0).unwrap()
}

const DAY: i64 = 24 * 3600;

fn waiting() -> Standing {
    Standing::begun_by_citizen(unit(0), at(0))
}

/// Does the acts one after the other, a second apart.
fn through(start: Standing, acts: &[Act]) -> Standing {
    acts.iter().zip(1..).fold(start, |standing, (act, second)| standing.after(*act, at(second)).unwrap())
}

#[test]
fn a_citizens_message_waits_and_the_units_answers_it() {
    let answered = through(waiting(), &[Act::UnitWrites(nurse(1))]);
    assert_eq!((answered.queue(), answered.waiting_since), (Queue::Answered, None));
    let asked = through(answered, &[Act::CitizenWrites]);
    assert_eq!(asked.queue(), Queue::Taken(nurse(1)), "who answered goes on");
    assert_eq!(asked.hold.unwrap().since, at(1), "and has time from the new message on");
}

#[test]
fn one_takes_and_another_is_told_who_did() {
    let taken = through(waiting(), &[Act::Take(nurse(1))]);
    for act in [
        Act::Take(nurse(2)),
        Act::UnitWrites(nurse(2)),
        Act::UnitCloses(nurse(2)),
        Act::Forward { by: nurse(2), to: unit(1) },
    ] {
        assert_eq!(taken.after(act, at(5)), Err(Refusal::TakenBy(nurse(1))), "{act:?}");
    }
    assert_eq!(taken.after(Act::Release(nurse(2)), at(5)), Err(Refusal::NotTakenBy(nurse(2))));
    let handed = through(taken, &[Act::TakeFrom { by: nurse(2), from: nurse(1) }]);
    assert_eq!(handed.queue(), Queue::Taken(nurse(2)));
    let late = handed.after(Act::TakeFrom { by: nurse(3), from: nurse(1) }, at(9));
    assert_eq!(late, Err(Refusal::NotTakenBy(nurse(1))), "it is not taken from who no longer has it");
}

#[test]
fn the_clock_goes_on_in_the_next_unit_and_a_return_is_possible_once() {
    let forwarded = through(waiting(), &[Act::Take(nurse(1)), Act::Forward { by: nurse(1), to: unit(1) }]);
    assert_eq!((forwarded.unit, forwarded.queue()), (unit(1), Queue::Free));
    assert_eq!(forwarded.waiting_since, Some(at(0)));
    assert!(!forwarded.is_misrouted());
    let back = through(forwarded, &[Act::Return(nurse(2))]);
    assert_eq!((back.unit, back.waiting_since), (unit(0), Some(at(0))));
    assert!(back.is_misrouted());
    assert_eq!(back.after(Act::Return(nurse(1)), at(9)), Err(Refusal::NotReturnable));
    let same = back.after(Act::Forward { by: nurse(1), to: unit(0) }, at(9));
    assert_eq!(same, Err(Refusal::SameUnit));
}

#[test]
fn an_answered_matter_that_is_forwarded_waits_in_the_next_unit() {
    let forwarded =
        through(waiting(), &[Act::UnitWrites(nurse(1)), Act::Forward { by: nurse(1), to: unit(1) }]);
    assert_eq!((forwarded.queue(), forwarded.waiting_since), (Queue::Free, Some(at(2))));
}

#[test]
fn an_ended_matter_opens_again_for_thirty_days() {
    let ended = through(waiting(), &[Act::CitizenCloses]);
    assert_eq!(ended.queue(), Queue::Closed);
    for act in [Act::CitizenWrites, Act::CitizenReopens, Act::NotUnderstood, Act::UnitReopens(nurse(1))] {
        assert!(ended.after(act, at(1 + 30 * DAY)).is_ok(), "{act:?}");
        assert_eq!(ended.after(act, at(2 + 30 * DAY)), Err(Refusal::EndedLongAgo), "{act:?}");
    }
    assert_eq!(ended.after(Act::Take(nurse(1)), at(9)), Err(Refusal::Closed));
}

#[test]
fn not_understood_raises_the_matter_until_it_is_answered() {
    let raised = through(waiting(), &[Act::UnitWrites(nurse(1)), Act::NotUnderstood]);
    assert!(raised.is_raised && raised.queue() == Queue::Taken(nurse(1)));
    assert!(!through(raised, &[Act::UnitWrites(nurse(1))]).is_raised);
}

#[test]
fn a_missed_promise_brings_it_back_to_all() {
    let missed = through(waiting(), &[Act::Take(nurse(1)), Act::PromiseMissed]);
    assert_eq!((missed.queue(), missed.waiting_since), (Queue::Free, Some(at(0))));
}

fn any_act() -> impl Strategy<Value = Act> {
    let who = || (0_u8..3).prop_map(nurse);
    prop_oneof![
        Just(Act::CitizenWrites),
        Just(Act::NotUnderstood),
        Just(Act::CitizenCloses),
        Just(Act::CitizenReopens),
        Just(Act::HoldLapses),
        Just(Act::PromiseMissed),
        who().prop_map(Act::UnitWrites),
        who().prop_map(Act::Take),
        (who(), who()).prop_map(|(by, from)| Act::TakeFrom { by, from }),
        who().prop_map(Act::Release),
        (who(), 0_u8..3).prop_map(|(by, to)| Act::Forward { by, to: unit(to) }),
        who().prop_map(Act::Return),
        who().prop_map(Act::UnitCloses),
        who().prop_map(Act::UnitReopens),
    ]
}

fn any_start() -> impl Strategy<Value = Standing> {
    prop_oneof![Just(waiting()), Just(Standing::begun_by_unit(unit(0), nurse(0), at(0)))]
}

/// What must hold of a thread whatever was done with it.
fn check(standing: &Standing) {
    let is_waiting = standing.state == ThreadState::Waiting;
    assert_eq!(is_waiting, standing.waiting_since.is_some(), "waits exactly when the state says so");
    assert_eq!(standing.state == ThreadState::Closed, standing.closed_at.is_some());
    assert!(standing.closed_at.is_none() || standing.hold.is_none(), "nobody has an ended matter");
    assert!(!standing.is_raised || is_waiting, "who did not understand waits");
    assert_ne!(standing.returns_to, Some(standing.unit));
}

/// Whether an act may stop the clock: an answer or an end.
fn stops_the_clock(act: Act) -> bool {
    matches!(act, Act::UnitWrites(_) | Act::UnitCloses(_) | Act::CitizenCloses)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_sequence_of_acts_loses_a_thread_or_resets_its_clock(
        start in any_start(),
        acts in prop::collection::vec((any_act(), 0_i64..20 * DAY), 1..40),
    ) {
        let (mut standing, mut seconds) = (start, 0);
        for (act, pause) in acts {
            seconds += pause;
            let Ok(next) = standing.after(act, at(seconds)) else { continue };
            check(&next);
            if let Some(since) = standing.waiting_since {
                let may_stop = next.waiting_since.is_none() && stops_the_clock(act);
                prop_assert!(next.waiting_since == Some(since) || may_stop, "{act:?} changed the clock");
            }
            let is_move = matches!(act, Act::Forward { .. } | Act::Return(_));
            prop_assert_eq!(next.moves - standing.moves, u32::from(is_move));
            prop_assert_eq!(next.unit != standing.unit, is_move, "{:?}", act);
            if next.hold.map(|hold| hold.by) != standing.hold.map(|hold| hold.by) && standing.state == ThreadState::Waiting {
                let is_handed = matches!(act, Act::TakeFrom { .. });
                prop_assert!(standing.hold.is_none() || next.hold.is_none() || is_handed);
            }
            standing = next;
        }
    }

    #[test]
    fn every_open_thread_can_be_answered_by_somebody(
        start in any_start(),
        acts in prop::collection::vec(any_act(), 1..30),
    ) {
        let now = at(60);
        let standing = acts.into_iter().fold(start, |standing, act| standing.after(act, now).unwrap_or(standing));
        let by = match standing.hold {
            Some(hold) => hold.by,
            None => nurse(9),
        };
        prop_assert_eq!(standing.after(Act::UnitWrites(by), now).unwrap().queue(), Queue::Answered);
    }
}
