//! Events: units give them, citizens answer to them, both see what became of them.

mod agenda;
mod appointments;
mod booking;
mod calendar;

use std::time::Duration;

use omasote_backend::jobs::close_past_events;
use omasote_client::IdempotencyKey;
use omasote_types::audit::{AccessAction, AccessGround};
use omasote_types::care::{Matter, NewEmergencyAccess};
use omasote_types::data_rights::WrittenReason;
use omasote_types::error::ErrorCode;
use omasote_types::events::{
    AgendaQuery, Booking, Event, EventCancellation, EventContent, EventKind, EventList, EventQuery,
    EventSettings, EventState, EventTime, EventUpdate, EventVisibility, NewCalendarFeed, NewEvent, NewSlots,
    OtherTimeRequest,
};
use omasote_types::ids::{CitizenId, EventId, ProfessionalId, SlotId, UnitId};
use omasote_types::messages::Side;
use omasote_types::page::PageQuery;
use omasote_types::people::Role;
use omasote_types::proxies::{NewProxyInvitation, ProxyAcceptance, ProxyScope};
use serde_json::{Value, json};

use crate::harness::{Person, TestApp, TestUnit, code, on_both_engines};

type Citizen = Person<CitizenId>;
type Professional = Person<ProfessionalId>;

const HOUR: Duration = Duration::from_secs(3600);
const DAY: Duration = Duration::from_secs(86_400);

pub(crate) fn content(kind: EventKind) -> EventContent {
    EventContent {
        kind,
        title: "Verenpaineen mittaus".to_owned(),
        place: "Kuhmon terveysasema, huone 2; 1. krs".to_owned(),
        directions: "Ilmoittaudu ovella\nja odota.".to_owned(),
        preparation: "Älä juo kahvia, ota lääkelista mukaan.".to_owned(),
        link: (kind == EventKind::Video).then(|| "https://video.esimerkki.fi/huone/1?a=b".to_owned()),
    }
}

/// So many hours from now, for half an hour.
pub(crate) fn in_hours(app: &TestApp, hours: i64) -> EventTime {
    let seconds = app.state.clock.now().timestamp() + hours * 3600;
    let at = |seconds| chrono::DateTime::from_timestamp(seconds, 0).unwrap();
    EventTime { starts_at: at(seconds), ends_at: at(seconds + 1800) }
}

fn new(app: &TestApp, unit: UnitId, hours: i64) -> NewEvent {
    let (content, time) = (content(EventKind::Visit), in_hours(app, hours));
    NewEvent { unit_id: unit, content, time, is_hidden_from_proxies: false }
}

async fn give(app: &TestApp, (by, unit): (&Professional, UnitId), of: &Citizen, hours: i64) -> Event {
    let new = new(app, unit, hours);
    by.create_event(of.id, &new, &IdempotencyKey::random()).await.unwrap()
}

/// An event of a citizen who has a matter in the unit, for other tests.
pub(crate) async fn of_citizen(app: &TestApp, by: &Professional, unit: UnitId, of: &Citizen) -> EventId {
    give(app, (by, unit), of, 72).await.id
}

/// A time that is offered to a citizen, and the secret of an address for their calendar.
pub(crate) async fn offered(
    app: &TestApp,
    by: &Professional,
    unit: UnitId,
    to: &Citizen,
) -> (SlotId, String) {
    let (content, times) = (content(EventKind::Visit), vec![in_hours(app, 48)]);
    let new = NewSlots { content, times, citizen_id: Some(to.id) };
    let slot = by.create_slots(unit, &new, &IdempotencyKey::random()).await.unwrap().remove(0);
    let made = to.create_calendar_feed(to.id, NewCalendarFeed::default()).await.unwrap();
    (slot.id, calendar::secret_of(&made.address).to_owned())
}

/// A body that an operation takes.
pub(crate) fn body(app: &TestApp, unit: UnitId, operation: &str, slot: &str) -> Option<Value> {
    let (content, time) = (content(EventKind::Visit), in_hours(app, 72));
    Some(match operation {
        "createEvent" => serde_json::to_value(new(app, unit, 72)).unwrap(),
        "updateEvent" => serde_json::to_value(EventUpdate { content, time }).unwrap(),
        "createSlots" => {
            let new = NewSlots { content, times: vec![time], citizen_id: None };
            serde_json::to_value(new).unwrap()
        }
        "bookSlot" => json!({ "slotId": slot }),
        "cancelEvent" | "createCalendarFeed" => json!({}),
        "requestOtherTime" => json!({ "wish": "Iltapäivä" }),
        "setEventVisibility" => json!({ "isHiddenFromProxies": false }),
        "updateEventSettings" => json!({ "cancelHours": 24 }),
        _ => return None,
    })
}

/// Does each operation that touches a citizen's data once, and says which line it leaves.
pub(crate) async fn every_operation(
    app: &TestApp,
    by: &Professional,
    unit: UnitId,
    of: &Citizen,
) -> Vec<(&'static str, AccessAction, AccessGround)> {
    let (read, write) = (AccessAction::Read, AccessAction::Write);
    let (own, as_unit) = (AccessGround::Own, AccessGround::Unit);
    let (coming, page) = (EventQuery::default(), PageQuery::default());
    let given = give(app, (by, unit), of, 72).await;
    let (first, _) = offered(app, by, unit, of).await;
    let (second, secret) = offered(app, by, unit, of).await;
    of.list_slots(of.id, &page).await.unwrap();
    of.book_slot(of.id, Booking { slot_id: first }, &IdempotencyKey::random()).await.unwrap();
    by.list_unit_slots(unit, &page).await.unwrap();
    by.delete_slot(second).await.unwrap();
    of.list_events(of.id, &coming).await.unwrap();
    of.list_agenda(of.id, &AgendaQuery::default()).await.unwrap();
    by.list_unit_events(unit, &coming).await.unwrap();
    by.get_event(given.id).await.unwrap();
    of.get_event_file(given.id, false).await.unwrap();
    of.confirm_event(given.id).await.unwrap();
    of.request_other_time(given.id, &wish()).await.unwrap();
    by.update_event(given.id, 3, &EventUpdate { content: given.content, time: given.time }).await.unwrap();
    of.set_event_visibility(given.id, EventVisibility { is_hidden_from_proxies: false }).await.unwrap();
    of.cancel_event(given.id, &because("")).await.unwrap();
    of.get_calendar_feed(of.id).await.unwrap();
    of.get_calendar(&secret).await.unwrap();
    of.delete_calendar_feed(of.id).await.unwrap();
    vec![
        ("createEvent", write, as_unit),
        ("createSlots", write, as_unit),
        ("createCalendarFeed", write, own),
        ("createSlots", write, as_unit),
        ("createCalendarFeed", write, own),
        ("listSlots", read, own),
        ("bookSlot", write, own),
        ("listUnitSlots", read, as_unit),
        ("deleteSlot", write, as_unit),
        ("listEvents", read, own),
        ("listAgenda", read, own),
        ("listUnitEvents", read, as_unit),
        ("getEvent", read, as_unit),
        ("getEventFile", read, own),
        ("confirmEvent", write, own),
        ("requestOtherTime", write, own),
        ("updateEvent", write, as_unit),
        ("setEventVisibility", write, own),
        ("cancelEvent", write, own),
        ("getCalendarFeed", read, own),
        ("getCalendar", read, own),
        ("deleteCalendarFeed", write, own),
    ]
}

/// A unit, somebody who works in it, and a citizen whom it cares for.
async fn scene(app: &TestApp) -> (TestUnit, Professional, Citizen) {
    let unit = app.unit("Kuhmon vastaanotto").await;
    let (hanna, aino) = (app.professional(unit.id).await, app.citizen().await);
    aino.begin(unit.topic, "Hei").await;
    (unit, hanna, aino)
}

fn because(reason: &str) -> EventCancellation {
    EventCancellation { reason: Some(reason.to_owned()) }
}

fn wish() -> OtherTimeRequest {
    OtherTimeRequest { wish: "Iltapäivä sopisi paremmin.".to_owned() }
}

fn past() -> EventQuery {
    EventQuery { list: EventList::Past, ..EventQuery::default() }
}

async fn ids(of: &Citizen, query: &EventQuery) -> Vec<EventId> {
    of.list_events(of.id, query).await.unwrap().items.iter().map(|event| event.id).collect()
}

on_both_engines! {
    async fn a_citizen_confirms_asks_for_another_time_and_cancels(app: TestApp) {
        let (unit, hanna, aino) = scene(&app).await;
        let given = give(&app, (&hanna, unit.id), &aino, 72).await;
        assert_eq!((given.state, given.version, given.unit.id), (EventState::Booked, 1, unit.id));
        assert_eq!(given.time.starts_at - given.changeable_until, chrono::TimeDelta::hours(24));
        assert_eq!(aino.get_event(given.id).await.unwrap(), given);

        let confirmed = aino.confirm_event(given.id).await.unwrap();
        assert_eq!((confirmed.state, confirmed.version), (EventState::Confirmed, 2));
        assert_eq!(aino.confirm_event(given.id).await.unwrap(), confirmed, "twice is once");
        let asked = aino.request_other_time(given.id, &wish()).await.unwrap();
        assert_eq!((asked.state, asked.confirmed_at, asked.time), (EventState::Booked, None, given.time));
        let seen = hanna.list_unit_events(unit.id, &EventQuery::default()).await.unwrap().items.remove(0);
        assert_eq!(seen.asked_other_time.as_ref().unwrap().wish, wish().wish);
        assert_eq!(seen.citizen.id, aino.id);

        let cancelled = aino.cancel_event(given.id, &because("Olen matkoilla")).await.unwrap();
        let told = cancelled.cancelled.clone().unwrap();
        assert_eq!((cancelled.state, told.by, told.reason.as_deref()), (EventState::Cancelled, Side::Citizen, Some("Olen matkoilla")));
        assert_eq!(cancelled.asked_other_time, None);
        for refused in [aino.confirm_event(given.id).await, hanna.cancel_event(given.id, &because("")).await] {
            assert_eq!(code(refused), ErrorCode::EventCancelled);
        }
        assert_eq!(ids(&aino, &EventQuery::default()).await, [given.id], "that it was cancelled is to be seen");
    }

    async fn a_unit_moves_an_event_and_it_is_to_be_confirmed_anew(app: TestApp) {
        let (unit, hanna, aino) = scene(&app).await;
        let given = give(&app, (&hanna, unit.id), &aino, 72).await;
        aino.request_other_time(given.id, &wish()).await.unwrap();
        let words = EventUpdate { content: EventContent { title: "Mittaus".to_owned(), ..content(EventKind::Visit) }, time: given.time };
        let changed = hanna.update_event(given.id, 2, &words).await.unwrap();
        assert_eq!((changed.content.title.as_str(), changed.version), ("Mittaus", 3));
        assert!(changed.asked_other_time.is_some(), "words are no answer to a wish");
        let moved = EventUpdate { time: in_hours(&app, 100), ..words.clone() };
        assert_eq!(code(hanna.update_event(given.id, 2, &moved).await), ErrorCode::PreconditionFailed);
        let answered = hanna.update_event(given.id, 3, &moved).await.unwrap();
        assert_eq!((answered.state, answered.asked_other_time, answered.time), (EventState::Booked, None, moved.time));

        let back = EventUpdate { time: in_hours(&app, -1), ..words };
        assert_eq!(code(hanna.update_event(given.id, 4, &back).await), ErrorCode::ValidationFailed);
        assert_eq!(code(aino.update_event(given.id, 4, &moved).await), ErrorCode::NotAllowed);
        assert_eq!(code(hanna.confirm_event(given.id).await), ErrorCode::NotAllowed);
        assert_eq!(code(hanna.request_other_time(given.id, &wish()).await), ErrorCode::NotAllowed);
    }

    async fn until_when_a_citizen_may_change_it_is_the_units_to_say(app: TestApp) {
        let (unit, hanna, aino) = scene(&app).await;
        let lead = app.lead(unit.id).await;
        assert_eq!(lead.get_event_settings(unit.id).await.unwrap(), EventSettings { cancel_hours: 24 });
        let before = give(&app, (&hanna, unit.id), &aino, 30).await;
        lead.update_event_settings(unit.id, EventSettings { cancel_hours: 2 }).await.unwrap();
        lead.update_event_settings(unit.id, EventSettings { cancel_hours: 1 }).await.unwrap();
        assert_eq!(code(hanna.update_event_settings(unit.id, EventSettings { cancel_hours: 0 }).await), ErrorCode::RoleRequired);
        assert_eq!(code(lead.update_event_settings(unit.id, EventSettings { cancel_hours: 337 }).await), ErrorCode::ValidationFailed);
        let later = give(&app, (&hanna, unit.id), &aino, 30).await;
        assert_eq!(aino.get_event(before.id).await.unwrap().changeable_until, before.changeable_until, "what was promised holds");

        app.advance(7 * HOUR);
        let (aino, hanna) = (app.again(aino).await, app.again(hanna).await);
        assert_eq!(code(aino.cancel_event(before.id, &because("")).await), ErrorCode::TooLateToChange);
        assert_eq!(code(aino.request_other_time(before.id, &wish()).await), ErrorCode::TooLateToChange);
        assert_eq!(aino.confirm_event(before.id).await.unwrap().state, EventState::Confirmed);
        assert_eq!(hanna.cancel_event(before.id, &because("Sairastuin")).await.unwrap().cancelled.unwrap().by, Side::Unit);
        assert_eq!(aino.cancel_event(later.id, &because(" ")).await.unwrap().cancelled.unwrap().reason, None);
        let soon = give(&app, (&hanna, unit.id), &aino, 3).await;
        app.advance(4 * HOUR);
        let (aino, hanna) = (app.again(aino).await, app.again(hanna).await);
        assert_eq!(code(aino.confirm_event(soon.id).await), ErrorCode::EventOver);
        assert_eq!(code(hanna.cancel_event(soon.id, &because("")).await), ErrorCode::EventOver);
    }

    async fn events_are_coming_and_then_past_and_tie_the_citizen_to_the_unit_meanwhile(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (hanna, aino) = (app.professional(unit.id).await, app.citizen().await);
        let thread = aino.begin(unit.topic, "Hei").await;
        let mut given = Vec::new();
        for hours in [50, 10, 20, 30] {
            given.push(give(&app, (&hanna, unit.id), &aino, hours).await.id);
        }
        hanna.close_thread(thread.id).await.unwrap();
        let relation = aino.list_care_relations(aino.id).await.unwrap().remove(0);
        assert_eq!((relation.matter, relation.open_matters), (Matter::Event, 4));
        let first = EventQuery { limit: Some(3), ..EventQuery::default() };
        let page = aino.list_events(aino.id, &first).await.unwrap();
        let next = EventQuery { cursor: page.next_cursor.clone(), ..EventQuery::default() };
        assert_eq!(page.items.iter().map(|event| event.id).collect::<Vec<_>>(), [given[1], given[2], given[3]]);
        assert_eq!(ids(&aino, &next).await, [given[0]]);
        let wrong = EventQuery { list: EventList::Past, ..next };
        assert_eq!(code(aino.list_events(aino.id, &wrong).await), ErrorCode::InvalidCursor);

        app.advance(25 * HOUR);
        let (aino, hanna) = (app.again(aino).await, app.again(hanna).await);
        close_past_events(&app.state).await.unwrap();
        assert_eq!(aino.list_care_relations(aino.id).await.unwrap()[0].open_matters, 2);
        assert_eq!(ids(&aino, &EventQuery::default()).await, [given[3], given[0]]);
        let both = aino.list_events(aino.id, &past()).await.unwrap().items;
        assert_eq!(both.iter().map(|event| event.id).collect::<Vec<_>>(), [given[2], given[1]]);
        let one = EventQuery { limit: Some(1), ..past() };
        let cursor = aino.list_events(aino.id, &one).await.unwrap().next_cursor;
        assert_eq!(ids(&aino, &EventQuery { cursor, ..past() }).await, [given[1]]);
        for id in [given[3], given[0]] {
            hanna.cancel_event(id, &because("")).await.unwrap();
        }
        let relation = aino.list_care_relations(aino.id).await.unwrap().remove(0);
        assert!(relation.open_matters == 0 && relation.ends_at.is_some());

        app.advance(100 * DAY);
        let (aino, hanna) = (app.again(aino).await, app.again(hanna).await);
        assert_eq!(code(hanna.get_event(given[1]).await), ErrorCode::NotFound);
        assert_eq!(hanna.list_unit_events(unit.id, &past()).await.unwrap().items, []);
        assert_eq!(ids(&aino, &past()).await.len(), 4, "one's own stay");
    }

    async fn who_acts_for_a_citizen_does_as_they_do_but_for_what_is_hidden(app: TestApp) {
        let (unit, hanna, aino) = scene(&app).await;
        let liisa = app.citizen().await;
        let offer = NewProxyInvitation { scopes: vec![ProxyScope::Appointments], ends_at: None };
        let invitation = aino.create_proxy_invitation(aino.id, &offer).await.unwrap();
        liisa.accept_proxy_invitation(&ProxyAcceptance { code: invitation.code }).await.unwrap();
        let (open, hidden) = (give(&app, (&hanna, unit.id), &aino, 72).await.id, give(&app, (&hanna, unit.id), &aino, 96).await.id);
        let hide = EventVisibility { is_hidden_from_proxies: true };
        assert!(aino.set_event_visibility(hidden, hide).await.unwrap().is_hidden_from_proxies);
        assert_eq!(code(liisa.set_event_visibility(open, hide).await), ErrorCode::NotAllowed);
        assert_eq!(code(hanna.set_event_visibility(open, hide).await), ErrorCode::NotAllowed, "Aino is no child");
        let seen = liisa.list_events(aino.id, &EventQuery::default()).await.unwrap().items;
        assert_eq!(seen.iter().map(|event| event.id).collect::<Vec<_>>(), [open]);
        assert_eq!(code(liisa.get_event(hidden).await), ErrorCode::NotFound);
        assert_eq!(code(liisa.cancel_event(hidden, &because("")).await), ErrorCode::NotFound);
        assert_eq!(liisa.confirm_event(open).await.unwrap().state, EventState::Confirmed);
        assert_eq!(liisa.cancel_event(open, &because("")).await.unwrap().cancelled.unwrap().by, Side::Citizen);
    }

    async fn a_young_persons_event_is_given_hidden_when_they_wish(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (hanna, young, child) = (app.professional(unit.id).await, app.citizen_of_age(15).await, app.citizen_of_age(9).await);
        for who in [&young, &child] {
            who.begin(unit.topic, "Hei").await;
        }
        let hidden = NewEvent { is_hidden_from_proxies: true, ..new(&app, unit.id, 72) };
        let given = hanna.create_event(young.id, &hidden, &IdempotencyKey::random()).await.unwrap();
        assert!(given.is_hidden_from_proxies);
        assert_eq!(code(hanna.create_event(child.id, &hidden, &IdempotencyKey::random()).await), ErrorCode::NotAllowed);
        assert_eq!(ids(&child, &EventQuery::default()).await, []);
    }

    async fn only_the_unit_that_gave_it_handles_an_event(app: TestApp) {
        let (unit, hanna, aino) = scene(&app).await;
        let elsewhere = app.unit("Sotkamon neuvola").await;
        let matti = app.professional(elsewhere.id).await;
        let given = give(&app, (&hanna, unit.id), &aino, 72).await;
        let key = IdempotencyKey::random();
        assert_eq!(code(matti.create_event(aino.id, &new(&app, elsewhere.id, 72), &key).await), ErrorCode::NotFound);
        assert_eq!(code(matti.get_event(given.id).await), ErrorCode::NotFound);
        let emergency = NewEmergencyAccess { identity_code: aino.code(), unit_id: elsewhere.id, reason: "Potilas on tajuton".to_owned() };
        matti.open_emergency_access(&emergency).await.unwrap();
        assert_eq!(matti.get_event(given.id).await.unwrap().id, given.id);
        assert_eq!(code(matti.cancel_event(given.id, &because("")).await), ErrorCode::NotAllowed);
        assert_eq!(code(matti.create_event(aino.id, &new(&app, elsewhere.id, 72), &key).await), ErrorCode::NotAllowed);
        aino.begin(elsewhere.topic, "Hei").await;
        assert_eq!(matti.list_events(aino.id, &EventQuery::default()).await.unwrap().items.len(), 1, "who cares for her sees");
        assert_eq!(code(matti.cancel_event(given.id, &because("")).await), ErrorCode::NotAllowed);
        assert_eq!(code(hanna.create_event(aino.id, &new(&app, elsewhere.id, 72), &key).await), ErrorCode::NotFound);
        assert_eq!(code(aino.create_event(aino.id, &new(&app, unit.id, 72), &key).await), ErrorCode::NotAllowed);
    }

    async fn what_is_not_sound_is_refused_and_the_same_is_given_once(app: TestApp) {
        let (unit, hanna, aino) = scene(&app).await;
        let good = new(&app, unit.id, 72);
        let video = content(EventKind::Video);
        for bad in [
            NewEvent { time: in_hours(&app, -2), ..good.clone() },
            NewEvent { time: in_hours(&app, 24 * 732), ..good.clone() },
            NewEvent { time: EventTime { ends_at: good.time.starts_at, ..good.time }, ..good.clone() },
            NewEvent { content: EventContent { link: Some("http://video.esimerkki.fi".to_owned()), ..video.clone() }, ..good.clone() },
            NewEvent { content: EventContent { title: "\0".to_owned(), ..good.content.clone() }, ..good.clone() },
        ] {
            assert_eq!(code(hanna.create_event(aino.id, &bad, &IdempotencyKey::random()).await), ErrorCode::ValidationFailed);
        }
        let key = IdempotencyKey::random();
        let given = hanna.create_event(aino.id, &NewEvent { content: video, ..good.clone() }, &key).await.unwrap();
        let again = hanna.create_event(aino.id, &NewEvent { content: content(EventKind::Video), ..good.clone() }, &key).await.unwrap();
        assert_eq!(again, given);
        assert_eq!(code(hanna.create_event(aino.id, &good, &key).await), ErrorCode::IdempotencyKeyReused);
        assert_eq!(ids(&aino, &EventQuery::default()).await, [given.id]);
    }

    async fn what_is_restricted_stays_in_the_units_list_without_its_words(app: TestApp) {
        let (unit, hanna, aino) = scene(&app).await;
        let given = give(&app, (&hanna, unit.id), &aino, 72).await;
        aino.request_other_time(given.id, &wish()).await.unwrap();
        let administrator = app.official(Role::Administrator).await;
        let why = WrittenReason { reason: "Asiakas kiistää tietojen oikeellisuuden".to_owned() };
        administrator.restrict_citizen(aino.id, &why).await.unwrap();
        let seen = hanna.list_unit_events(unit.id, &EventQuery::default()).await.unwrap().items.remove(0);
        assert!(seen.is_restricted && seen.content.title.is_empty() && seen.content.place.is_empty());
        assert_eq!((seen.asked_other_time, seen.time), (None, given.time));
        assert_eq!(code(hanna.get_event(given.id).await), ErrorCode::DataRestricted);
        assert_eq!(aino.get_event(given.id).await.unwrap().content, given.content);
    }
}
