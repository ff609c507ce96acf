use chrono::{DateTime, Days, NaiveDate, TimeDelta};
use chrono_tz::Europe::Helsinki;
use omasote_types::ids::{CitizenId, ProfessionalId, QuestionnaireId};
use proptest::prelude::*;

use super::*;

const NURSE: &str = "00000000-0000-7000-8000-000000000001";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn window(from: &str, to: &str) -> Window {
    Window { from: day(from), to: day(to) }
}

fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

fn nurse() -> TaskActor {
    TaskActor::Professional { professional_id: NURSE.parse::<ProfessionalId>().unwrap() }
}

fn proxy() -> TaskActor {
    TaskActor::Proxy { citizen_id: NURSE.parse::<CitizenId>().unwrap() }
}

fn change(act: Act, by: TaskActor, when: &str) -> Change {
    Change { act, by, at: at(when) }
}

#[test]
fn a_task_is_given_started_answered_and_reviewed() {
    let given = Standing::given(window("2026-12-01", "2026-12-05"));
    let started = given.after(change(Act::Start, TaskActor::Citizen {}, "2026-12-01T08:00:00Z")).unwrap();
    assert_eq!(started.state, TaskState::Started);
    let answered = started.after(change(Act::Answer, proxy(), "2026-12-02T08:00:00Z")).unwrap();
    assert_eq!(
        (answered.state, answered.phase(at("2026-12-09T08:00:00Z"))),
        (TaskState::Answered, Phase::Done)
    );
    assert!(change(Act::Answer, proxy(), "2026-12-02T08:00:00Z").is_on_behalf());
    let reviewed = answered.after(change(Act::Review, nurse(), "2026-12-03T08:00:00Z")).unwrap();
    assert_eq!(reviewed.state, TaskState::Reviewed);
    let again = reviewed.after(change(Act::Cancel, nurse(), "2026-12-03T09:00:00Z"));
    assert_eq!(again, Err(Refusal::ReviewedAlready));
}

#[test]
fn what_is_sent_back_is_to_be_done_in_new_days() {
    let given = Standing::given(window("2026-12-01", "2026-12-05"));
    let answered = given.after(change(Act::Answer, TaskActor::Citizen {}, "2026-12-02T08:00:00Z")).unwrap();
    let back = |window| answered.after(change(Act::SendBack { window }, nurse(), "2026-12-08T08:00:00Z"));
    assert_eq!(back(window("2026-12-01", "2026-12-07")), Err(Refusal::WrongWindow));
    assert_eq!(back(window("2026-12-12", "2026-12-10")), Err(Refusal::WrongWindow));
    let sent_back = back(window("2026-12-08", "2026-12-10")).unwrap();
    assert_eq!(sent_back.phase(at("2026-12-09T08:00:00Z")), Phase::Open);
    let silence = sent_back.silence(at("2026-12-11T08:00:00Z"));
    assert_eq!(silence, Some(Silence::Unopened { since: at("2026-12-10T22:00:00Z") }));
    let done = sent_back.after(change(Act::Answer, TaskActor::Citizen {}, "2026-12-11T08:00:00Z")).unwrap();
    assert_eq!((done.phase(at("2026-12-12T08:00:00Z")), done.times_sent_back), (Phase::DoneLate, 1));
}

#[test]
fn days_begin_and_end_by_the_clock_in_finland() {
    let over_spring = Standing::given(window("2026-03-29", "2026-03-29"));
    let phase = |text: &str| over_spring.phase(at(text));
    assert_eq!(phase("2026-03-28T21:59:59Z"), Phase::Upcoming);
    assert_eq!(phase("2026-03-28T22:00:00Z"), Phase::Open);
    assert_eq!(phase("2026-03-29T20:59:59Z"), Phase::Open);
    assert_eq!(phase("2026-03-29T21:00:00Z"), Phase::Late);
    let over_autumn = window("2026-10-25", "2026-10-25");
    assert_eq!(closes_at(over_autumn) - opens_at(over_autumn), TimeDelta::hours(25));
    assert_eq!(closes_at(over_spring.window) - opens_at(over_spring.window), TimeDelta::hours(23));
}

#[test]
fn what_is_too_early_or_not_ones_own_to_do_is_refused() {
    let given = Standing::given(window("2026-12-01", "2026-12-05"));
    let refused = |act, by, when| given.after(change(act, by, when)).unwrap_err();
    let (early, on_time) = ("2026-11-30T21:00:00Z", "2026-12-01T21:00:00Z");
    assert_eq!(refused(Act::Answer, TaskActor::Citizen {}, early), Refusal::TooEarly);
    assert_eq!(refused(Act::Answer, nurse(), on_time), Refusal::NotTheCitizen);
    assert_eq!(refused(Act::Answer, TaskActor::Pathway {}, on_time), Refusal::NotTheCitizen);
    assert_eq!(refused(Act::Review, proxy(), on_time), Refusal::NotTheUnit);
    assert_eq!(refused(Act::Review, TaskActor::Pathway {}, on_time), Refusal::NotTheUnit);
    assert_eq!(refused(Act::Cancel, TaskActor::Citizen {}, on_time), Refusal::NotTheUnit);
    assert_eq!(refused(Act::Review, nurse(), on_time), Refusal::NotAnswered);
    let cancelled = given.after(change(Act::Cancel, TaskActor::Pathway {}, early)).unwrap();
    assert_eq!(cancelled.phase(at(on_time)), Phase::Cancelled);
    let answer = cancelled.after(change(Act::Answer, TaskActor::Citizen {}, on_time));
    assert_eq!(answer, Err(Refusal::Cancelled));
}

#[test]
fn silence_is_told_from_the_end_of_the_last_day_on() {
    let given = Standing::given(window("2026-12-01", "2026-12-05"));
    let (last, over) = (at("2026-12-05T21:59:59Z"), at("2026-12-05T22:00:00Z"));
    assert_eq!((given.silence(last), given.silence(over)), (None, Some(Silence::Unopened { since: over })));
    let started = given.after(change(Act::Start, proxy(), "2026-12-03T08:00:00Z")).unwrap();
    assert_eq!(started.silence(over), Some(Silence::Unanswered { since: over }));
    let answered = started.after(Change { act: Act::Answer, by: proxy(), at: over }).unwrap();
    assert_eq!((answered.silence(over), answered.phase(over)), (None, Phase::DoneLate));
}

#[test]
fn only_what_has_answers_waits_for_the_unit() {
    let answered =
        Standing { state: TaskState::Answered, ..Standing::given(window("2026-12-01", "2026-12-05")) };
    let questionnaire_id = NURSE.parse::<QuestionnaireId>().unwrap();
    let waiting =
        [TaskKind::Questionnaire { questionnaire_id }, TaskKind::Measurement {}, TaskKind::Document {}];
    assert!(waiting.into_iter().all(|kind| answered.waits_for_unit(kind, false)));
    let guide = TaskKind::Guide { guide_id: NURSE.parse().unwrap() };
    let done = [guide, TaskKind::Booking {}, TaskKind::ToDo {}];
    assert!(!done.into_iter().any(|kind| answered.waits_for_unit(kind, false)));
    assert!(answered.waits_for_unit(guide, true), "it was not clear");
}

#[test]
fn a_task_hangs_on_the_day_of_its_event() {
    let before = Timing { from_days: -7, to_days: -1 };
    assert_eq!(relative_to(day("2028-03-01"), before), Some(window("2028-02-23", "2028-02-29")));
    assert_eq!(relative_to(day("2026-03-01"), before), Some(window("2026-02-22", "2026-02-28")));
    assert_eq!(relative_to(day("2026-03-01"), Timing { from_days: 1, to_days: 0 }), None);
    assert_eq!(relative_to(NaiveDate::MAX, Timing { from_days: 0, to_days: 1 }), None);
}

fn any_change() -> impl Strategy<Value = (Act, TaskActor, i64)> {
    let window = (0_u64..60, 0_u64..30).prop_map(|(from, days)| {
        let from = day("2026-03-01") + Days::new(from);
        Window { from, to: from + Days::new(days) }
    });
    let act = prop_oneof![
        Just(Act::Start),
        Just(Act::Answer),
        Just(Act::Review),
        window.prop_map(|window| Act::SendBack { window }),
        Just(Act::Cancel),
    ];
    let actors = [TaskActor::Citizen {}, proxy(), nurse(), TaskActor::Pathway {}];
    (act, prop::sample::select(actors.to_vec()), 0_i64..5 * 24 * 3600)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_done_a_task_stays_whole(changes in prop::collection::vec(any_change(), 1..20), days in 0_u64..20) {
        let from = day("2026-03-05");
        let mut standing = Standing::given(Window { from, to: from + Days::new(days) });
        let mut now = at("2026-03-01T00:00:00Z");
        for (act, by, pause) in changes {
            now += TimeDelta::seconds(pause);
            let Ok(next) = standing.after(Change { act, by, at: now }) else { continue };
            let is_citizen = matches!(by, TaskActor::Citizen {} | TaskActor::Proxy { .. });
            prop_assert_eq!(is_citizen, matches!(act, Act::Start | Act::Answer));
            prop_assert!(!matches!(standing.state, TaskState::Reviewed | TaskState::Cancelled), "an end is an end");
            let is_done = matches!(next.state, TaskState::Answered | TaskState::Reviewed);
            prop_assert!(!is_done || next.answered_at.is_some());
            prop_assert!(next.answered_at.is_none() || next.started_at.is_some());
            prop_assert_eq!(next.times_sent_back - standing.times_sent_back, u32::from(matches!(act, Act::SendBack { .. })));
            let phase = next.phase(now);
            prop_assert_eq!(phase == Phase::Cancelled, next.state == TaskState::Cancelled);
            prop_assert_eq!(next.silence(now).is_some(), phase == Phase::Late);
            if next.state != TaskState::Cancelled {
                prop_assert_eq!(is_done, matches!(phase, Phase::Done | Phase::DoneLate));
            }
            standing = next;
        }
    }

    #[test]
    fn a_moment_is_in_the_days_that_the_time_zone_database_says(seconds in 1_700_000_000_i64..2_000_000_000, before in 0_u64..3, after in 0_u64..3) {
        let now = DateTime::from_timestamp(seconds, 0).unwrap();
        let today = now.with_timezone(&Helsinki).date_naive();
        let window = Window { from: today - Days::new(before), to: today + Days::new(after) };
        prop_assert!(is_in(window, now));
        prop_assert!(opens_at(window) <= now && now < closes_at(window));
        prop_assert_eq!(Standing::given(window).phase(now), Phase::Open);
        let over = Window { from: today - Days::new(before + 1), to: today - Days::new(1) };
        prop_assert_eq!(Standing::given(over).phase(now), Phase::Late);
        let ahead = Window { from: today + Days::new(1), to: today + Days::new(after + 1) };
        prop_assert_eq!(Standing::given(ahead).phase(now), Phase::Upcoming);
    }
}
