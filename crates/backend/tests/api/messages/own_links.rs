//! Messages about the citizen's own tasks and events, and finding them from there.

use omasote_client::IdempotencyKey;
use omasote_types::error::{ErrorCode, FieldErrorCode};
use omasote_types::events::{EventCancellation, EventVisibility};
use omasote_types::ids::{CitizenId, EventId, LinkedId, ProfessionalId, TaskId, ThreadId};
use omasote_types::messages::{Link, LinkKind, NewLink, NewMessage, NewThread, ThreadVisibility};
use omasote_types::page::PageQuery;
use omasote_types::proxies::ProxyScope;
use omasote_types::tasks::TaskCancellation;

use super::links::{newest, refused};
use crate::harness::{Person, TestApp, TestUnit, code, on_both_engines};
use crate::{events, proxies, tasks};

type Citizen = Person<CitizenId>;
type Professional = Person<ProfessionalId>;

fn to_task(id: TaskId) -> NewLink {
    NewLink { kind: LinkKind::Task, id: LinkedId::from_uuid(*id.as_uuid()) }
}

fn to_event(id: EventId) -> NewLink {
    NewLink { kind: LinkKind::Event, id: LinkedId::from_uuid(*id.as_uuid()) }
}

fn leading_to(links: &[NewLink]) -> NewMessage {
    NewMessage { links: links.to_vec(), ..NewMessage::of("Tästä on kyse.") }
}

/// A citizen with a matter in a unit, a task and an event of theirs.
struct Case {
    unit: TestUnit,
    aino: Citizen,
    hanna: Professional,
    thread: ThreadId,
    task: TaskId,
    event: EventId,
}

async fn case(app: &TestApp) -> Case {
    let unit = app.unit("Kuhmon vastaanotto").await;
    let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
    let thread = aino.begin(unit.topic, "Hei").await.id;
    let event = events::of_citizen(app, &hanna, unit.id, &aino).await;
    let new = tasks::to_do(app, unit.id);
    let task = hanna.create_task(aino.id, &new, &IdempotencyKey::random()).await.unwrap().id;
    Case { unit, aino, hanna, thread, task, event }
}

async fn about(of: &Citizen, by: &Citizen, thing: NewLink) -> Vec<ThreadId> {
    let page = by.list_threads_leading_to(of.id, thing.id, &PageQuery::default()).await.unwrap();
    page.items.into_iter().map(|thread| thread.id).collect()
}

on_both_engines! {
    async fn a_message_leads_to_a_task_and_an_event_of_the_citizen(app: TestApp) {
        let Case { aino, hanna, thread, task, event, .. } = case(&app).await;
        let new = leading_to(&[to_task(task), to_event(event)]);
        let sent = hanna.send_message(thread, &new, &IdempotencyKey::random()).await.unwrap();
        let (task, event) = (aino.get_task(task).await.unwrap(), aino.get_event(event).await.unwrap());
        assert_eq!(sent.links, [Link::from(&task), Link::from(&event)]);
        assert_eq!(sent.links[1].starts_at, Some(event.time.starts_at));
        assert_eq!(newest(thread, &aino).await.links, sent.links);
    }

    async fn what_is_of_somebody_else_is_refused_like_what_is_not_there(app: TestApp) {
        let Case { unit, thread, task, event, hanna, aino, .. } = case(&app).await;
        let other = app.citizen().await;
        let theirs = other.begin(unit.topic, "Hei").await.id;
        for link in [to_task(task), to_event(event), NewLink { kind: LinkKind::Event, ..to_task(task) }] {
            let expected = ("links.0".to_owned(), FieldErrorCode::UnknownReference);
            let by_unit = hanna.send_message(theirs, &leading_to(&[link]), &IdempotencyKey::random()).await;
            assert_eq!(refused(by_unit), expected);
            let by_them = other.send_message(theirs, &leading_to(&[link]), &IdempotencyKey::random()).await;
            assert_eq!(refused(by_them), expected);
        }
        assert_eq!(other.get_thread(theirs).await.unwrap().message_count, 1);
        assert_eq!(aino.get_thread(thread).await.unwrap().message_count, 1);
    }

    async fn what_was_called_off_is_sent_no_more_and_says_so_where_it_was_sent(app: TestApp) {
        let Case { aino, hanna, thread, task, event, .. } = case(&app).await;
        let new = leading_to(&[to_task(task), to_event(event)]);
        hanna.send_message(thread, &new, &IdempotencyKey::random()).await.unwrap();
        hanna.cancel_task(task, &TaskCancellation::default()).await.unwrap();
        aino.cancel_event(event, &EventCancellation::default()).await.unwrap();
        let links = newest(thread, &aino).await.links;
        assert!(links.iter().all(|link| link.is_retired));
        for link in [to_task(task), to_event(event)] {
            let sent = hanna.send_message(thread, &leading_to(&[link]), &IdempotencyKey::random()).await;
            assert_eq!(refused(sent), ("links.0".to_owned(), FieldErrorCode::UnknownReference));
        }
    }

    async fn citizens_write_about_what_is_theirs_and_find_it_from_there(app: TestApp) {
        let Case { unit, aino, hanna, thread, task, event, .. } = case(&app).await;
        let new = NewThread {
            topic_id: unit.topic,
            text: "Voinko syödä ennen käyntiä?".to_owned(),
            about_access: None,
            attachment_ids: Vec::new(),
            links: vec![to_event(event)],
        };
        let begun = aino.create_thread(aino.id, &new, &IdempotencyKey::random()).await.unwrap().id;
        aino.send_message(thread, &leading_to(&[to_task(task)]), &IdempotencyKey::random()).await.unwrap();
        aino.send_message(thread, &leading_to(&[to_task(task)]), &IdempotencyKey::random()).await.unwrap();
        assert_eq!(about(&aino, &aino, to_event(event)).await, [begun]);
        assert_eq!(about(&aino, &aino, to_task(task)).await, [thread], "a thread stands once");
        let seen = hanna.list_threads_leading_to(aino.id, to_event(event).id, &PageQuery::default()).await.unwrap();
        assert_eq!(seen.items.len(), 1);
        let other = app.citizen().await;
        assert_eq!(about(&other, &other, to_event(event)).await, []);
    }

    async fn who_acts_for_somebody_learns_nothing_of_what_is_hidden_from_them(app: TestApp) {
        let Case { aino, hanna, thread, event, .. } = case(&app).await;
        let liisa = app.citizen().await;
        proxies::mandate(&aino, &liisa, &[ProxyScope::Messages, ProxyScope::Appointments]).await;
        let onni = app.citizen().await;
        proxies::mandate(&aino, &onni, &[ProxyScope::Messages]).await;
        hanna.send_message(thread, &leading_to(&[to_event(event)]), &IdempotencyKey::random()).await.unwrap();
        assert_eq!(newest(thread, &liisa).await.links[0].title.fi, "Verenpaineen mittaus");
        // A right for messages alone does not tell of appointments.
        let told = newest(thread, &onni).await.links.remove(0);
        assert_eq!((told.title.fi.as_str(), told.starts_at), ("", None));
        let hide = EventVisibility { is_hidden_from_proxies: true };
        aino.set_event_visibility(event, hide).await.unwrap();
        let link = newest(thread, &liisa).await.links.remove(0);
        assert_eq!((link.title.fi.as_str(), link.starts_at), ("", None));
        assert_eq!(about(&aino, &liisa, to_event(event)).await, [thread]);
        let hide = ThreadVisibility { is_hidden_from_proxies: true };
        aino.set_thread_visibility(thread, hide).await.unwrap();
        assert_eq!(about(&aino, &liisa, to_event(event)).await, []);
        let unit = app.unit("Sotkamon vastaanotto").await;
        let stranger = app.professional(unit.id).await;
        let asked = stranger.list_threads_leading_to(aino.id, to_event(event).id, &PageQuery::default()).await;
        assert_eq!(code(asked), ErrorCode::NotFound);
    }
}
