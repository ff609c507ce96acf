//! Tasks that hang on an event: given before the visit, moved with it, called off with it.

use chrono::{Days, TimeDelta};
use omasote_client::IdempotencyKey;
use omasote_rules::helsinki::to_local;
use omasote_types::error::{ErrorCode, FieldErrorCode};
use omasote_types::events::{Event, EventCancellation, EventTime, EventUpdate};
use omasote_types::ids::{CitizenId, ProfessionalId, UnitId};
use omasote_types::proxies::ProxyScope;
use omasote_types::tasks::{NewEventTask, Task, TaskCompletion, TaskKind, TaskState, Window};

use super::refused_fields;
use crate::harness::{Person, TestApp, code, on_both_engines};

/// From three days before the visit to the day before it.
pub(crate) fn before_visit() -> NewEventTask {
    NewEventTask {
        kind: TaskKind::ToDo {},
        title: "Ota verenpaineet".to_owned(),
        text: String::new(),
        minutes: None,
        from_days: -3,
        to_days: -1,
        follow_up: None,
    }
}

/// A visit in ten days.
async fn visit(app: &TestApp, by: &Person<ProfessionalId>, unit: UnitId, of: &Person<CitizenId>) -> Event {
    let id = crate::events::of_citizen(app, by, unit, of).await;
    let event = by.get_event(id).await.unwrap();
    at(app, by, &event, 10).await
}

/// The visit moved to so many days from now.
async fn at(app: &TestApp, by: &Person<ProfessionalId>, event: &Event, days: i64) -> Event {
    let starts_at = app.state.clock.now() + TimeDelta::days(days);
    let time = EventTime { starts_at, ends_at: starts_at + TimeDelta::minutes(30) };
    let update = EventUpdate { time, content: event.content.clone() };
    by.update_event(event.id, event.version, &update).await.unwrap()
}

fn before(event: &Event) -> Window {
    let day = to_local(event.time.starts_at).date();
    Window { from: day - Days::new(3), to: day - Days::new(1) }
}

async fn give(by: &Person<ProfessionalId>, event: &Event) -> Task {
    by.create_event_task(event.id, &before_visit(), &IdempotencyKey::random()).await.unwrap()
}

on_both_engines! {
    async fn the_days_of_a_task_move_with_its_event_and_it_is_called_off_with_it(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        aino.begin(unit.topic, "Hei").await;
        let event = visit(&app, &hanna, unit.id, &aino).await;
        let key = IdempotencyKey::random();
        let task = hanna.create_event_task(event.id, &before_visit(), &key).await.unwrap();
        assert_eq!(hanna.create_event_task(event.id, &before_visit(), &key).await.unwrap(), task);
        assert_eq!((task.window, task.event_id), (before(&event), Some(event.id)));
        let sooner = at(&app, &hanna, &event, 2).await;
        let listed = aino.list_event_tasks(event.id).await.unwrap();
        assert_eq!((listed.len(), listed[0].window), (1, before(&sooner)));
        // One is done before the event moves again: it stays where it was.
        let other = give(&hanna, &sooner).await;
        aino.complete_task(other.id, &TaskCompletion::default()).await.unwrap();
        let later = at(&app, &hanna, &sooner, 20).await;
        assert_eq!(aino.get_task(task.id).await.unwrap().window, before(&later));
        assert_eq!(aino.get_task(other.id).await.unwrap().window, before(&sooner));

        let why = EventCancellation { reason: Some("Lääkäri on sairastunut.".to_owned()) };
        hanna.cancel_event(event.id, &why).await.unwrap();
        let off = aino.get_task(task.id).await.unwrap();
        assert_eq!((off.state, off.remark), (TaskState::Cancelled, why.reason));
        assert_eq!(aino.get_task(other.id).await.unwrap().state, TaskState::Answered);
        let refused = hanna.create_event_task(event.id, &before_visit(), &IdempotencyKey::random()).await;
        assert_eq!(code(refused), ErrorCode::EventCancelled);
    }

    async fn what_the_citizen_cancels_takes_its_tasks_along(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        aino.begin(unit.topic, "Hei").await;
        let event = visit(&app, &hanna, unit.id, &aino).await;
        let task = give(&hanna, &event).await;
        aino.cancel_event(event.id, &EventCancellation { reason: None }).await.unwrap();
        assert_eq!(aino.get_task(task.id).await.unwrap().state, TaskState::Cancelled);
        let changes = hanna.list_task_changes(task.id).await.unwrap();
        assert!(changes.last().unwrap().by.starts_with("Aino "), "the citizen cancelled it");
    }

    async fn what_is_wrong_is_told_and_who_may_not_see_tasks_sees_none(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, matti, hanna) = (app.citizen().await, app.citizen().await, app.professional(unit.id).await);
        aino.begin(unit.topic, "Hei").await;
        crate::proxies::mandate(&aino, &matti, &[ProxyScope::Appointments]).await;
        let event = visit(&app, &hanna, unit.id, &aino).await;
        let wrong = [
            (NewEventTask { title: String::new(), ..before_visit() }, "title", FieldErrorCode::Required),
            (NewEventTask { from_days: 0, to_days: -1, ..before_visit() }, "toDays", FieldErrorCode::InvalidFormat),
            (NewEventTask { from_days: -400, ..before_visit() }, "fromDays", FieldErrorCode::InvalidFormat),
            // It would be over before it is given.
            (NewEventTask { from_days: -30, to_days: -20, ..before_visit() }, "toDays", FieldErrorCode::InvalidFormat),
        ];
        for (new, field, why) in wrong {
            let refused = hanna.create_event_task(event.id, &new, &IdempotencyKey::random()).await;
            assert_eq!(refused_fields(refused), [(field.to_owned(), why)]);
        }
        assert!(aino.list_event_tasks(event.id).await.unwrap().is_empty());
        assert_eq!(code(matti.list_event_tasks(event.id).await), ErrorCode::OutsideMandate);
    }
}
