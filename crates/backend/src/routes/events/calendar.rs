//! Events in calendars outside the apps.

use actix_web::http::header::CONTENT_DISPOSITION;
use actix_web::web::{Data, Json, Path, Query};
use actix_web::{HttpResponse, delete, get, post};
use omasote_types::events::{CalendarFeedState, CreatedCalendarFeed, EventFileQuery, NewCalendarFeed};
use omasote_types::ids::EventId;

use super::super::extract::CitizenPath;
use crate::app::AppState;
use crate::auth::{Actor, FeedToken};
use crate::error::{AppError, Refusals};
use crate::routing::ServiceConfig;
use crate::services::events;

const MEDIA_TYPE: &str = "text/calendar; charset=utf-8";

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_event_file).service(get_calendar);
    config.service(get_calendar_feed).service(create_calendar_feed).service(delete_calendar_feed);
}

/// An event as an iCalendar file (RFC 5545). Without `details` it says that there is something and when, and nothing about what.
#[utoipa::path(tag = "events", params(
    ("eventId" = EventId, Path, description = "The event"),
    EventFileQuery,
), responses(
    (status = 200, description = "The file", body = String, content_type = "text/calendar"),
    Refusals,
))]
#[get("/events/{eventId}/calendar.ics")]
async fn get_event_file(
    state: Data<AppState>,
    actor: Actor,
    id: Path<EventId>,
    query: Query<EventFileQuery>,
) -> Result<HttpResponse, AppError> {
    let public_url = state.settings.public_url.clone();
    let text = state
        .read_as(actor, "getEventFile", move |conn, call| {
            events::get_event_file(conn, call, (*id, *query), &public_url)
        })
        .await?;
    Ok(file(text))
}

/// Whether the citizen's calendar has an address to fetch the events from. The address itself is told once, when it is made.
#[utoipa::path(tag = "events", params(
    ("citizenId" = String, Path, description = "The citizen's id, or `me`"),
), responses(
    (status = 200, description = "What there is", body = CalendarFeedState),
    Refusals,
))]
#[get("/citizens/{citizenId}/calendar-feed")]
async fn get_calendar_feed(
    state: Data<AppState>,
    actor: Actor,
    citizen: Path<CitizenPath>,
) -> Result<Json<CalendarFeedState>, AppError> {
    let of = citizen.into_inner().of(&actor)?;
    state
        .read_as(actor, "getCalendarFeed", move |conn, call| events::get_feed(conn, call, of))
        .await
        .map(Json)
}

/// Makes an address from which a calendar fetches the citizen's events; one that there was is worth nothing then. For the citizen
/// alone: the address goes on to work when a right to act for them has ended.
#[utoipa::path(tag = "events", params(
    ("citizenId" = String, Path, description = "The citizen's id, or `me`"),
), responses(
    (status = 201, description = "The address, told this once", body = CreatedCalendarFeed),
    Refusals,
))]
#[post("/citizens/{citizenId}/calendar-feed")]
async fn create_calendar_feed(
    state: Data<AppState>,
    actor: Actor,
    citizen: Path<CitizenPath>,
    new: Json<NewCalendarFeed>,
) -> Result<HttpResponse, AppError> {
    let of = citizen.into_inner().of(&actor)?;
    let (token, public_url) = (FeedToken::random()?, state.settings.public_url.clone());
    let created = state
        .write_as(actor, "createCalendarFeed", move |tx, call| {
            events::create_feed(tx, call, (of, *new), (&token, &public_url))
        })
        .await?;
    Ok(HttpResponse::Created().json(created))
}

/// The address from which the calendar fetches the events is worth nothing from now on.
#[utoipa::path(tag = "events", params(
    ("citizenId" = String, Path, description = "The citizen's id, or `me`"),
), responses(
    (status = 204, description = "There is none any more"),
    Refusals,
))]
#[delete("/citizens/{citizenId}/calendar-feed")]
async fn delete_calendar_feed(
    state: Data<AppState>,
    actor: Actor,
    citizen: Path<CitizenPath>,
) -> Result<HttpResponse, AppError> {
    let of = citizen.into_inner().of(&actor)?;
    state.write_as(actor, "deleteCalendarFeed", move |tx, call| events::delete_feed(tx, call, of)).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// The events of the citizen whose calendar has this address, as iCalendar (RFC 5545): of the last 90 days and all to come. Without
/// a session: the address is the secret.
#[utoipa::path(tag = "events", security(()), params(
    ("token" = String, Path, description = "The secret in the address"),
), responses(
    (status = 200, description = "The calendar", body = String, content_type = "text/calendar"),
    Refusals,
))]
#[get("/calendar/{token}.ics")]
async fn get_calendar(state: Data<AppState>, token: Path<String>) -> Result<HttpResponse, AppError> {
    let (token, now) = (FeedToken::from_text(&token), state.clock.now());
    let public_url = state.settings.public_url.clone();
    let text = state.db.write(move |tx| events::fetch_calendar(tx, &token, &public_url, now)).await?;
    Ok(file(text))
}

fn file(text: String) -> HttpResponse {
    let name = (CONTENT_DISPOSITION, "attachment; filename=\"omasote.ics\"");
    HttpResponse::Ok().content_type(MEDIA_TYPE).insert_header(name).body(text)
}
