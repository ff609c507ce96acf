//! The agenda: tasks and events in one list.

use omasote_rules::events::{Standing, part_of_event, part_of_task};
use omasote_types::events::{AgendaItem, AgendaList};
use omasote_types::tasks::{NewTask, Task, Window};

use super::*;

async fn mandate(of: &Citizen, to: &Citizen, scope: ProxyScope) {
    let new = NewProxyInvitation { scopes: vec![scope], ends_at: None };
    let invitation = of.create_proxy_invitation(of.id, &new).await.unwrap();
    to.accept_proxy_invitation(&ProxyAcceptance { code: invitation.code }).await.unwrap();
}

/// What a page has, in its order: titles.
fn titles(items: &[AgendaItem]) -> Vec<&str> {
    let mut titles = Vec::new();
    for item in items {
        titles.push(match item {
            AgendaItem::Task(task) => task.title.fi.as_str(),
            AgendaItem::Event(event) => event.content.title.as_str(),
        });
    }
    titles
}

fn standing(task: &Task) -> omasote_rules::tasks::Standing {
    omasote_rules::tasks::Standing {
        state: task.state,
        window: task.window,
        started_at: task.started_at,
        answered_at: task.answered_at,
        times_sent_back: task.times_sent_back,
    }
}

async fn part(of: &Person<CitizenId>, whose: CitizenId, list: AgendaList) -> Vec<AgendaItem> {
    let query = AgendaQuery { list, ..AgendaQuery::default() };
    of.list_agenda(whose, &query).await.unwrap().items
}

/// A task of some days from today.
fn task(app: &TestApp, unit: UnitId, title: &str, (from, to): (i64, i64)) -> NewTask {
    let today = app.state.clock.now().with_timezone(&chrono_tz::Europe::Helsinki).date_naive();
    let day = |days| today + chrono::TimeDelta::days(days);
    let window = Window { from: day(from), to: day(to) };
    NewTask { title: title.to_owned(), window, ..crate::tasks::to_do(app, unit) }
}

/// Gives a task, and an event.
async fn ask(app: &TestApp, by: &Professional, of: &Citizen, unit: UnitId, what: (&str, (i64, i64))) -> Task {
    let new = task(app, unit, what.0, what.1);
    by.create_task(of.id, &new, &IdempotencyKey::random()).await.unwrap()
}

async fn meet(
    app: &TestApp,
    by: &Professional,
    of: &Citizen,
    unit: UnitId,
    (title, hours): (&str, i64),
) -> Event {
    let content = EventContent { title: title.to_owned(), ..content(EventKind::Visit) };
    let new = NewEvent { content, ..new(app, unit, hours) };
    by.create_event(of.id, &new, &IdempotencyKey::random()).await.unwrap()
}

on_both_engines! {
    async fn tasks_and_events_stand_in_one_list_by_when_they_are(app: TestApp) {
        let (unit, hanna, aino) = scene(&app).await;
        ask(&app, &hanna, &aino, unit.id, ("t ends in 9 days", (0, 9))).await;
        ask(&app, &hanna, &aino, unit.id, ("t ends tomorrow", (0, 1))).await;
        ask(&app, &hanna, &aino, unit.id, ("t begins in 20 days", (20, 30))).await;
        let called_off = ask(&app, &hanna, &aino, unit.id, ("t called off", (0, 3))).await;
        hanna.cancel_task(called_off.id, &<_>::default()).await.unwrap();
        meet(&app, &hanna, &aino, unit.id, ("e to confirm in 5 days", 5 * 24)).await;
        let far = meet(&app, &hanna, &aino, unit.id, ("e confirmed in a year", 365 * 24)).await;
        aino.confirm_event(far.id).await.unwrap();
        let wished = meet(&app, &hanna, &aino, unit.id, ("e asked in 10 days", 10 * 24)).await;
        aino.request_other_time(wished.id, &wish()).await.unwrap();
        let cancelled = meet(&app, &hanna, &aino, unit.id, ("e cancelled in 4 days", 4 * 24)).await;
        aino.cancel_event(cancelled.id, &because("")).await.unwrap();

        let now = part(&aino, aino.id, AgendaList::Now).await;
        assert_eq!(titles(&now), ["t ends tomorrow", "e to confirm in 5 days", "t ends in 9 days"]);
        let coming = part(&aino, aino.id, AgendaList::Coming).await;
        assert_eq!(titles(&coming), ["e asked in 10 days", "t begins in 20 days", "e confirmed in a year"]);
        let done = part(&aino, aino.id, AgendaList::Done).await;
        assert_eq!(titles(&done), ["e cancelled in 4 days", "t called off"]);
        let now = app.state.clock.now();
        for list in AgendaList::ALL {
            for item in part(&aino, aino.id, list).await {
                let weighed = match &item {
                    AgendaItem::Task(task) => part_of_task(&standing(task), now),
                    AgendaItem::Event(event) => part_of_event(&Standing::from(event.as_ref()), now),
                };
                assert_eq!(weighed, list, "the rules say the same: {item:?}");
            }
        }

        app.advance(6 * DAY);
        let aino = app.again(aino).await;
        let now = part(&aino, aino.id, AgendaList::Now).await;
        assert_eq!(titles(&now), ["t ends tomorrow", "t ends in 9 days"], "late is still to be done");
        let done = part(&aino, aino.id, AgendaList::Done).await;
        assert_eq!(titles(&done), ["e to confirm in 5 days", "e cancelled in 4 days", "t called off"]);
    }

    async fn page_by_page_the_agenda_is_the_same(app: TestApp) {
        let (unit, hanna, aino) = scene(&app).await;
        for days in 1..6 {
            ask(&app, &hanna, &aino, unit.id, ("now", (0, days))).await;
            ask(&app, &hanna, &aino, unit.id, ("coming", (days, 9))).await;
            ask(&app, &hanna, &aino, unit.id, ("now", (0, days))).await;
            meet(&app, &hanna, &aino, unit.id, ("now", days * 24)).await;
            let coming = meet(&app, &hanna, &aino, unit.id, ("coming", 24 + days * 24)).await;
            aino.confirm_event(coming.id).await.unwrap();
            let over = meet(&app, &hanna, &aino, unit.id, ("done", days * 24)).await;
            hanna.cancel_event(over.id, &because("")).await.unwrap();
            let done = ask(&app, &hanna, &aino, unit.id, ("done", (0, days))).await;
            aino.complete_task(done.id, &<_>::default()).await.unwrap();
        }
        for (list, count) in [(AgendaList::Now, 15), (AgendaList::Coming, 10), (AgendaList::Done, 10)] {
            let whole = part(&aino, aino.id, list).await;
            assert_eq!(whole.len(), count, "{list:?}");
            for limit in [1, 2, 3, 7] {
                let (mut paged, mut cursor) = (Vec::new(), None);
                loop {
                    let query = AgendaQuery { list, cursor, limit: Some(limit) };
                    let page = aino.list_agenda(aino.id, &query).await.unwrap();
                    paged.extend(page.items);
                    cursor = page.next_cursor;
                    if cursor.is_none() {
                        break;
                    }
                }
                assert_eq!(paged, whole, "{list:?} by {limit}");
            }
        }
        let query = AgendaQuery { limit: Some(1), ..AgendaQuery::default() };
        let cursor = aino.list_agenda(aino.id, &query).await.unwrap().next_cursor;
        let other = AgendaQuery { list: AgendaList::Done, cursor, limit: None };
        assert_eq!(code(aino.list_agenda(aino.id, &other).await), ErrorCode::InvalidCursor);
    }

    async fn who_acts_for_the_citizen_sees_of_the_agenda_what_their_mandate_covers(app: TestApp) {
        let (unit, hanna, aino) = scene(&app).await;
        ask(&app, &hanna, &aino, unit.id, ("a task", (0, 9))).await;
        meet(&app, &hanna, &aino, unit.id, ("an event", 48)).await;
        let (tasks, events, messages) = (app.citizen().await, app.citizen().await, app.citizen().await);
        mandate(&aino, &tasks, ProxyScope::Tasks).await;
        mandate(&aino, &events, ProxyScope::Appointments).await;
        mandate(&aino, &messages, ProxyScope::Messages).await;
        assert_eq!(titles(&part(&tasks, aino.id, AgendaList::Now).await), ["a task"]);
        assert_eq!(titles(&part(&events, aino.id, AgendaList::Now).await), ["an event"]);
        let refused = messages.list_agenda(aino.id, &AgendaQuery::default()).await;
        assert_eq!(code(refused), ErrorCode::OutsideMandate);
        assert_eq!(code(app.citizen().await.list_agenda(aino.id, &AgendaQuery::default()).await), ErrorCode::NotFound);
        assert_eq!(hanna.list_agenda(aino.id, &AgendaQuery::default()).await.unwrap().items.len(), 2);
    }
}
