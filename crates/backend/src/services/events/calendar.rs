//! Events in calendars outside the apps: a file of one, and an address by which a calendar fetches them all. Without the citizen's
//! wish neither says what an event is about.

use std::time::Duration;

use omasote_types::Instant;
use omasote_types::audit::{AccessAction, AccessGround};
use omasote_types::events::{
    CalendarFeed, CalendarFeedState, CreatedCalendarFeed, Event, EventFileQuery, EventKind, EventState,
    NewCalendarFeed,
};
use omasote_types::ids::{AccessId, CitizenId, EventId, RequestId, SessionId};
use omasote_types::language::Language;
use omasote_types::sessions::PersonId;
use uuid::Uuid;

use super::visible;
use crate::audit::Call;
use crate::auth::FeedToken;
use crate::db::{DbConn, Tx};
use crate::error::AppError;
use crate::ical::{self, Entry, Status};
use crate::policy::{self, Action, Part, Resource};
use crate::repos::audit::{self, Line};
use crate::repos::events as repo;

/// What was before stays in the calendar for so long.
const SHOWN_BACK: Duration = Duration::from_secs(90 * 24 * 3600);
const SHOWN_AT_MOST: i64 = 500;
/// By which name the access log knows that a calendar fetched the events.
const FETCHING: &str = "getCalendar";

/// One event as a file.
///
/// # Errors
/// `not_found`, `outside_mandate`, `data_restricted`.
pub fn get_event_file(
    conn: &mut DbConn,
    call: &mut Call,
    (id, query): (EventId, EventFileQuery),
    public_url: &str,
) -> Result<String, AppError> {
    let (event, _) = visible(conn, call, Action::Read, id)?;
    Ok(write(&[event], query.details, public_url))
}

/// Whether a citizen's calendar has an address to fetch from.
///
/// # Errors
/// `not_found`, `outside_mandate`.
pub fn get_feed(conn: &mut DbConn, call: &mut Call, of: CitizenId) -> Result<CalendarFeedState, AppError> {
    policy::require(conn, call, Action::Read, Resource::Citizen(of, Part::CalendarFeed))?;
    Ok(CalendarFeedState { feed: repo::find_feed(conn, of)? })
}

/// Makes the address; one that there was is worth nothing then.
///
/// # Errors
/// `not_found`, `outside_mandate`.
pub fn create_feed(
    tx: &mut Tx<'_>,
    call: &mut Call,
    (of, new): (CitizenId, NewCalendarFeed),
    (token, public_url): (&FeedToken, &str),
) -> Result<CreatedCalendarFeed, AppError> {
    policy::require(tx.conn(), call, Action::Write, Resource::Citizen(of, Part::CalendarFeed))?;
    let feed = CalendarFeed { shows_details: new.shows_details, created_at: call.now(), fetched_at: None };
    repo::replace_feed(tx.conn(), of, &token.hash(), &feed)?;
    let address = format!("{}/api/v1/calendar/{}.ics", public_url.trim_end_matches('/'), token.as_str());
    Ok(CreatedCalendarFeed { feed, address })
}

/// The address is worth nothing from now on.
///
/// # Errors
/// `not_found`, also when there is none; `outside_mandate`.
pub fn delete_feed(tx: &mut Tx<'_>, call: &mut Call, of: CitizenId) -> Result<(), AppError> {
    policy::require(tx.conn(), call, Action::Write, Resource::Citizen(of, Part::CalendarFeed))?;
    match repo::delete_feed(tx.conn(), of)? {
        0 => Err(AppError::not_found()),
        _ => Ok(()),
    }
}

/// The events of the citizen whose calendar has the address. Nobody is signed in: the secret is who asks.
///
/// # Errors
/// `not_found`.
pub fn fetch_calendar(
    tx: &mut Tx<'_>,
    token: &FeedToken,
    public_url: &str,
    now: Instant,
) -> Result<String, AppError> {
    let (of, feed) = repo::find_feed_by_hash(tx.conn(), &token.hash())?.ok_or_else(AppError::not_found)?;
    let events = repo::list_for_calendar(tx.conn(), of, now - SHOWN_BACK, SHOWN_AT_MOST)?;
    repo::set_fetched(tx.conn(), of, now)?;
    audit::insert(tx.conn(), &line(of, now))?;
    Ok(write(&events, feed.shows_details, public_url))
}

/// The line of the access log: the citizen's own, without a session.
fn line(of: CitizenId, now: Instant) -> Line {
    Line {
        id: AccessId::at(now),
        at: now,
        actor: Some(PersonId::Citizen(of)),
        title: None,
        unit: None,
        action: AccessAction::Read,
        operation: FETCHING.to_owned(),
        resource: None,
        ground: AccessGround::Own,
        session: SessionId::from_uuid(Uuid::nil()),
        request: RequestId::from_uuid(Uuid::nil()),
        subjects: vec![of],
        client: None,
        reason: None,
    }
}

fn write(events: &[Event], details: bool, public_url: &str) -> String {
    let entries: Vec<Entry> = events.iter().map(|event| entry(event, details, public_url)).collect();
    ical::write("Omasote", &entries)
}

fn entry(event: &Event, details: bool, public_url: &str) -> Entry {
    let status = match event.state {
        EventState::Booked => Status::Tentative,
        EventState::Confirmed => Status::Confirmed,
        EventState::Cancelled => Status::Cancelled,
    };
    let bare = Entry {
        uid: event.id.to_string(),
        sequence: event.version.saturating_sub(1),
        status,
        time: (event.time.starts_at, event.time.ends_at),
        changed: (event.given_at, event.changed_at),
        summary: discreet(event.citizen.language).to_owned(),
        location: String::new(),
        description: String::new(),
        url: public_url.to_owned(),
    };
    if !details {
        return bare;
    }
    let content = &event.content;
    let link = content.link.as_deref().unwrap_or_default();
    let parts = [content.directions.as_str(), content.preparation.as_str(), link];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.trim().is_empty()).collect();
    let location = match content.kind {
        EventKind::Video if content.place.is_empty() => link.to_owned(),
        EventKind::Visit | EventKind::Phone | EventKind::Video => content.place.clone(),
    };
    Entry { summary: content.title.clone(), location, description: parts.join("\n\n"), ..bare }
}

/// What an event is called where others may read it over the citizen's shoulder.
const fn discreet(language: Language) -> &'static str {
    match language {
        Language::Fi => "Aika: Omasote",
        Language::Sv => "Tid: Omasote",
        Language::En => "Appointment: Omasote",
    }
}
