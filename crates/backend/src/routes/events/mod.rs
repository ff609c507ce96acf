//! Events, the times that units offer, and calendars outside the apps.

mod appointments;
mod calendar;
mod slots;

use actix_web::http::header::{ETAG, HeaderValue};
use actix_web::web::{Data, Json, Path, Query};
use actix_web::{HttpResponse, HttpResponseBuilder, get, post, put};
use omasote_types::events::{
    AgendaItem, AgendaQuery, Event, EventCancellation, EventQuery, EventSettings, EventUpdate,
    EventVisibility, NewEvent, OtherTimeRequest,
};
use omasote_types::ids::{EventId, UnitId};
use omasote_types::page::Page;

use super::extract::{CitizenPath, IdempotencyKey, IfMatch};
use crate::app::AppState;
use crate::auth::Actor;
use crate::error::{AppError, Refusals};
use crate::routing::ServiceConfig;
use crate::services::events;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(list_agenda)
        .service(list_events)
        .service(create_event)
        .service(get_event)
        .service(update_event);
    config.service(confirm_event).service(cancel_event).service(request_other_time);
    config.service(set_event_visibility).service(list_unit_events);
    config.service(get_event_settings).service(update_event_settings);
    config.configure(slots::configure);
    config.configure(calendar::configure);
    config.configure(appointments::configure);
}

/// A citizen's tasks and events in one list: what is to be done now, what waits for an answer and what is today; what is ahead; what is
/// done or over. Whose mandate covers one of both sees that one.
#[utoipa::path(tag = "events", params(
    ("citizenId" = String, Path, description = "The citizen's id, or `me`"),
    AgendaQuery,
), responses(
    (status = 200, description = "A page of the agenda", body = Page<AgendaItem>),
    Refusals,
))]
#[get("/citizens/{citizenId}/agenda")]
async fn list_agenda(
    state: Data<AppState>,
    actor: Actor,
    citizen: Path<CitizenPath>,
    query: Query<AgendaQuery>,
) -> Result<Json<Page<AgendaItem>>, AppError> {
    let of = citizen.into_inner().of(&actor)?;
    let read = move |conn: &mut _, call: &mut _| events::list_agenda(conn, call, of, &query);
    state.read_as(actor, "listAgenda", read).await.map(Json)
}

/// A citizen's events: those to come, the next first, or those that are over, the latest first.
#[utoipa::path(tag = "events", params(
    ("citizenId" = String, Path, description = "The citizen's id, or `me`"),
    EventQuery,
), responses(
    (status = 200, description = "A page of events", body = Page<Event>),
    Refusals,
))]
#[get("/citizens/{citizenId}/events")]
async fn list_events(
    state: Data<AppState>,
    actor: Actor,
    citizen: Path<CitizenPath>,
    query: Query<EventQuery>,
) -> Result<Json<Page<Event>>, AppError> {
    let of = citizen.into_inner().of(&actor)?;
    state.read_as(actor, "listEvents", move |conn, call| events::list(conn, call, of, &query)).await.map(Json)
}

/// Gives an event to a citizen. For the professionals of the unit; the citizen is asked to confirm it.
#[utoipa::path(tag = "events", params(
    ("citizenId" = String, Path, description = "The citizen's id, or `me`"),
    ("Idempotency-Key" = Option<String>, Header,
        description = "1 to 100 visible ASCII characters; the same key with the same request is done once"),
), responses(
    (status = 201, description = "The event", body = Event,
        headers(("ETag" = String, description = "Its version, for `If-Match`"))),
    Refusals,
))]
#[post("/citizens/{citizenId}/events")]
async fn create_event(
    state: Data<AppState>,
    actor: Actor,
    citizen: Path<CitizenPath>,
    IdempotencyKey(key): IdempotencyKey,
    new: Json<NewEvent>,
) -> Result<HttpResponse, AppError> {
    let of = citizen.into_inner().of(&actor)?;
    let event = state
        .write_as(actor, "createEvent", move |tx, call| events::create(tx, call, of, &new, key.as_ref()))
        .await?;
    tagged(HttpResponse::Created(), &event)
}

/// One event.
#[utoipa::path(tag = "events", params(
    ("eventId" = EventId, Path, description = "The event"),
), responses(
    (status = 200, description = "The event", body = Event,
        headers(("ETag" = String, description = "Its version, for `If-Match`"))),
    Refusals,
))]
#[get("/events/{eventId}")]
async fn get_event(state: Data<AppState>, actor: Actor, id: Path<EventId>) -> Result<HttpResponse, AppError> {
    let event = state.read_as(actor, "getEvent", move |conn, call| events::get(conn, call, *id)).await?;
    tagged(HttpResponse::Ok(), &event)
}

/// Changes an event: its words, or its time as well. Then it is for the citizen to confirm again, and a wish for another time is
/// answered. For the professionals of the unit.
#[utoipa::path(tag = "events", params(
    ("eventId" = EventId, Path, description = "The event"),
    ("If-Match" = String, Header, description = "The `ETag` the event was read with: its `version` in quotes, or `*`"),
), responses(
    (status = 200, description = "The event", body = Event,
        headers(("ETag" = String, description = "Its version, for `If-Match`"))),
    Refusals,
))]
#[put("/events/{eventId}")]
async fn update_event(
    state: Data<AppState>,
    actor: Actor,
    id: Path<EventId>,
    IfMatch(expected): IfMatch,
    update: Json<EventUpdate>,
) -> Result<HttpResponse, AppError> {
    let event = state
        .write_as(actor, "updateEvent", move |tx, call| events::update(tx, call, (*id, expected), &update))
        .await?;
    tagged(HttpResponse::Ok(), &event)
}

/// The citizen, or who acts for them, says that they come. A wish for another time is taken back by it.
#[utoipa::path(tag = "events", params(
    ("eventId" = EventId, Path, description = "The event"),
), responses(
    (status = 200, description = "The event", body = Event,
        headers(("ETag" = String, description = "Its version, for `If-Match`"))),
    Refusals,
))]
#[post("/events/{eventId}/confirm")]
async fn confirm_event(
    state: Data<AppState>,
    actor: Actor,
    id: Path<EventId>,
) -> Result<HttpResponse, AppError> {
    let event = state.write_as(actor, "confirmEvent", move |tx, call| events::confirm(tx, call, *id)).await?;
    tagged(HttpResponse::Ok(), &event)
}

/// Cancels an event: the citizen until `changeableUntil`, the unit until it is over. A time that the citizen had booked is free for
/// others again.
#[utoipa::path(tag = "events", params(
    ("eventId" = EventId, Path, description = "The event"),
), responses(
    (status = 200, description = "The event", body = Event,
        headers(("ETag" = String, description = "Its version, for `If-Match`"))),
    Refusals,
))]
#[post("/events/{eventId}/cancel")]
async fn cancel_event(
    state: Data<AppState>,
    actor: Actor,
    id: Path<EventId>,
    cancellation: Json<EventCancellation>,
) -> Result<HttpResponse, AppError> {
    let event = state
        .write_as(actor, "cancelEvent", move |tx, call| events::cancel(tx, call, *id, &cancellation))
        .await?;
    tagged(HttpResponse::Ok(), &event)
}

/// The citizen, or who acts for them, asks for another time, until `changeableUntil`. The event stays where it is until the unit
/// moves it.
#[utoipa::path(tag = "events", params(
    ("eventId" = EventId, Path, description = "The event"),
), responses(
    (status = 200, description = "The event", body = Event,
        headers(("ETag" = String, description = "Its version, for `If-Match`"))),
    Refusals,
))]
#[post("/events/{eventId}/other-time")]
async fn request_other_time(
    state: Data<AppState>,
    actor: Actor,
    id: Path<EventId>,
    request: Json<OtherTimeRequest>,
) -> Result<HttpResponse, AppError> {
    let event = state
        .write_as(actor, "requestOtherTime", move |tx, call| {
            events::request_other_time(tx, call, *id, &request)
        })
        .await?;
    tagged(HttpResponse::Ok(), &event)
}

/// Hides an event from those who act for the citizen, or shows it to them again. The citizen does, from 12 years on; professionals of
/// the unit do it for people of 12 to 17 years.
#[utoipa::path(tag = "events", params(
    ("eventId" = EventId, Path, description = "The event"),
), responses(
    (status = 200, description = "The event", body = Event,
        headers(("ETag" = String, description = "Its version, for `If-Match`"))),
    Refusals,
))]
#[put("/events/{eventId}/visibility")]
async fn set_event_visibility(
    state: Data<AppState>,
    actor: Actor,
    id: Path<EventId>,
    visibility: Json<EventVisibility>,
) -> Result<HttpResponse, AppError> {
    let event = state
        .write_as(actor, "setEventVisibility", move |tx, call| {
            events::set_visibility(tx, call, *id, *visibility)
        })
        .await?;
    tagged(HttpResponse::Ok(), &event)
}

/// A unit's events: those to come, the next first, or those that are over, the latest first. For its professionals.
#[utoipa::path(tag = "events", params(
    ("unitId" = UnitId, Path, description = "The unit"),
    EventQuery,
), responses(
    (status = 200, description = "A page of events", body = Page<Event>),
    Refusals,
))]
#[get("/units/{unitId}/events")]
async fn list_unit_events(
    state: Data<AppState>,
    actor: Actor,
    of: Path<UnitId>,
    query: Query<EventQuery>,
) -> Result<Json<Page<Event>>, AppError> {
    state
        .read_as(actor, "listUnitEvents", move |conn, call| events::list_of_unit(conn, call, *of, &query))
        .await
        .map(Json)
}

/// What a unit lets citizens do with their times. Its lead and the administrators see it.
#[utoipa::path(tag = "events", params(
    ("unitId" = UnitId, Path, description = "The unit"),
), responses(
    (status = 200, description = "What the unit has said, or what is usual", body = EventSettings),
    Refusals,
))]
#[get("/units/{unitId}/event-settings")]
async fn get_event_settings(
    state: Data<AppState>,
    actor: Actor,
    of: Path<UnitId>,
) -> Result<Json<EventSettings>, AppError> {
    state
        .read_as(actor, "getEventSettings", move |conn, call| events::get_settings(conn, call, *of))
        .await
        .map(Json)
}

/// Changes what a unit lets citizens do with their times. Its lead and the administrators do. Events that there are keep what they
/// promised.
#[utoipa::path(tag = "events", params(
    ("unitId" = UnitId, Path, description = "The unit"),
), responses(
    (status = 200, description = "What the unit says", body = EventSettings),
    Refusals,
))]
#[put("/units/{unitId}/event-settings")]
async fn update_event_settings(
    state: Data<AppState>,
    actor: Actor,
    of: Path<UnitId>,
    settings: Json<EventSettings>,
) -> Result<Json<EventSettings>, AppError> {
    state
        .write_as(actor, "updateEventSettings", move |tx, call| {
            events::update_settings(tx, call, *of, *settings)
        })
        .await
        .map(Json)
}

fn tagged(mut response: HttpResponseBuilder, event: &Event) -> Result<HttpResponse, AppError> {
    let tag = HeaderValue::from_str(&format!("\"{}\"", event.version));
    let tag = tag.map_err(|_| AppError::internal("a version that is no header"))?;
    Ok(response.insert_header((ETAG, tag)).json(event))
}
