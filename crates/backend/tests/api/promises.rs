//! By when units answer: promised, kept, missed.

use std::time::Duration;

use chrono::TimeDelta;
use omasote_backend::jobs::{note_usual, tell_missed};
use omasote_types::data_rights::WrittenReason;
use omasote_types::error::ErrorCode;
use omasote_types::ids::UnitId;
use omasote_types::messages::{InboxQuery, Take, Thread};
use omasote_types::people::Role;
use omasote_types::promises::UnitPromises;

use crate::harness::{TestApp, code, on_both_engines};

const HOUR: Duration = Duration::from_secs(3600);

/// A promise is told at full quarters of an hour.
fn is_promised(thread: &Thread, after: TimeDelta) -> bool {
    let since = thread.waiting_since.unwrap();
    let promised = thread.promised_at.unwrap() - since;
    (after..after + TimeDelta::minutes(15)).contains(&promised)
}

async fn figures(app: &TestApp, unit: UnitId) -> UnitPromises {
    app.official(Role::Administrator).await.get_unit_promises(unit).await.unwrap()
}

on_both_engines! {
    async fn who_begins_to_wait_is_promised_an_answer_until_it_comes(app: TestApp) {
        let unit = app.promising_unit(120).await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        let began = aino.begin(unit.topic, "Hei").await;
        assert!(is_promised(&began, TimeDelta::hours(2)), "{began:?}");

        app.advance(HOUR);
        aino.write(began.id, "Vielä yksi asia").await;
        let goes_on = aino.get_thread(began.id).await.unwrap();
        assert_eq!(goes_on.promised_at, began.promised_at, "writing more does not put the answer off");
        assert_eq!(hanna.list_inbox(unit.id, &InboxQuery::default()).await.unwrap().items[0].promised_at, began.promised_at);

        hanna.write(began.id, "Hei Aino").await;
        assert_eq!(aino.get_thread(began.id).await.unwrap().promised_at, None);
        aino.write(began.id, "Kiitos, mutta").await;
        let anew = aino.get_thread(began.id).await.unwrap();
        assert!(is_promised(&anew, TimeDelta::hours(2)) && anew.promised_at > began.promised_at);
        hanna.close_thread(began.id).await.unwrap();
        let closed = aino.get_thread(began.id).await.unwrap();
        assert_eq!((closed.promised_at, closed.promises_missed), (None, 0));
    }

    async fn a_unit_says_by_when_it_answers_or_promises_nothing(app: TestApp) {
        let (promising, silent) = (app.promising_unit(60).await, app.unit("Sotkamon neuvola").await);
        let aino = app.citizen().await;
        let told = aino.get_unit(promising.id).await.unwrap();
        let wait = told.promised_at.unwrap() - app.state.clock.now();
        assert!((58..=75).contains(&wait.num_minutes()), "{wait}");
        assert_eq!((told.response_minutes, told.today.len(), told.usual_minutes), (Some(60), 1, None));
        assert_eq!(aino.get_unit(silent.id).await.unwrap().promised_at, None);
        let thread = aino.begin(silent.topic, "Hei").await;
        assert_eq!((thread.promised_at, thread.promises_missed), (None, 0));
    }

    async fn a_missed_promise_is_counted_once_and_made_anew(app: TestApp) {
        let unit = app.promising_unit(60).await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        let (late, other) = (aino.begin(unit.topic, "Hei").await, app.citizen().await);
        app.advance(2 * HOUR);
        other.begin(unit.topic, "Hei").await;
        for _ in 0..2 {
            tell_missed(&app.state).await.unwrap();
        }
        let thread = aino.get_thread(late.id).await.unwrap();
        assert_eq!((thread.promises_missed, thread.waiting_since), (1, late.waiting_since));
        let wait = thread.promised_at.unwrap() - app.state.clock.now();
        assert!((58..=75).contains(&wait.num_minutes()), "{wait}");
        let now = figures(&app, unit.id).await;
        assert_eq!((now.waiting_threads, now.late_threads, now.promised_answers), (2, 1, 0));

        for thread in hanna.list_inbox(unit.id, &InboxQuery::default()).await.unwrap().items {
            hanna.write(thread.id, "Hei").await;
        }
        let then = figures(&app, unit.id).await;
        assert_eq!((then.waiting_threads, then.promised_answers, then.kept_promises), (0, 2, 1));
        assert_eq!(aino.get_thread(late.id).await.unwrap().promises_missed, 0);
    }

    async fn a_missed_promise_gives_the_thread_back_to_all_of_the_unit(app: TestApp) {
        let unit = app.promising_unit(60).await;
        let (aino, hanna, antti) =
            (app.citizen().await, app.professional(unit.id).await, app.professional(unit.id).await);
        let thread = aino.begin(unit.topic, "Hei").await;
        hanna.take_thread(thread.id, Take::default()).await.unwrap();
        app.advance(HOUR / 2);
        tell_missed(&app.state).await.unwrap();
        assert!(hanna.get_thread(thread.id).await.unwrap().holder.is_some(), "there is still time");
        app.advance(2 * HOUR);
        tell_missed(&app.state).await.unwrap();
        let free = hanna.get_thread(thread.id).await.unwrap();
        assert_eq!((free.holder, free.promises_missed), (None, 1));
        let taken = antti.take_thread(thread.id, Take::default()).await.unwrap();
        assert_eq!(taken.holder.map(|holder| holder.id), Some(antti.id));
    }

    async fn a_second_miss_is_counted_too(app: TestApp) {
        let unit = app.promising_unit(60).await;
        let aino = app.citizen().await;
        let thread = aino.begin(unit.topic, "Hei").await;
        for missed in 1..=3 {
            app.advance(2 * HOUR);
            tell_missed(&app.state).await.unwrap();
            let thread = aino.get_thread(thread.id).await.unwrap();
            assert_eq!(thread.promises_missed, missed);
            assert!(thread.promised_at.unwrap() > app.state.clock.now());
        }
    }

    async fn what_the_unit_may_not_open_it_does_not_promise_and_does_not_miss(app: TestApp) {
        let unit = app.promising_unit(60).await;
        let (aino, jari) = (app.citizen().await, app.official(Role::Administrator).await);
        let thread = aino.begin(unit.topic, "Hei").await;
        app.advance(Duration::from_secs(1));
        let reason = WrittenReason { reason: "Rekisteröity on pyytänyt rajoitusta".to_owned() };
        jari.restrict_citizen(aino.id, &reason).await.unwrap();
        app.advance(2 * HOUR);
        tell_missed(&app.state).await.unwrap();
        let thread = aino.get_thread(thread.id).await.unwrap();
        assert_eq!((thread.promised_at, thread.promises_missed), (None, 0));
    }

    async fn how_long_answers_usually_take_is_said_from_the_tenth_on(app: TestApp) {
        let unit = app.promising_unit(600).await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        let thread = aino.begin(unit.topic, "Hei").await;
        for answered in 1..=10 {
            app.advance(Duration::from_secs(600));
            hanna.write(thread.id, "Hei").await;
            note_usual(&app.state).await.unwrap();
            let usual = aino.get_unit(unit.id).await.unwrap().usual_minutes;
            assert_eq!(usual.is_some(), answered == 10, "after {answered}: {usual:?}");
            aino.write(thread.id, "Hei").await;
        }
        let usual = aino.get_unit(unit.id).await.unwrap().usual_minutes.unwrap();
        assert!((10..=12).contains(&usual), "{usual}");
        app.advance(29 * 24 * HOUR);
        note_usual(&app.state).await.unwrap();
        assert_eq!(app.again(aino).await.get_unit(unit.id).await.unwrap().usual_minutes, None);
    }

    async fn only_who_leads_the_unit_sees_how_it_keeps_its_promises(app: TestApp) {
        let (unit, elsewhere) = (app.promising_unit(60).await, app.promising_unit(60).await);
        let lead = app.lead(unit.id).await;
        assert_eq!(lead.get_unit_promises(unit.id).await.unwrap().waiting_threads, 0);
        assert_eq!(code(lead.get_unit_promises(elsewhere.id).await), ErrorCode::RoleRequired);
        let member = app.professional(unit.id).await;
        assert_eq!(code(member.get_unit_promises(unit.id).await), ErrorCode::RoleRequired);
    }
}
