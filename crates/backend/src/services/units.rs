//! Service units: open to all, but for who works in them and what they keep for themselves.

use chrono::{NaiveDate, TimeDelta};
use omasote_rules::helsinki::to_local;
use omasote_rules::promises::Opening;
use omasote_types::Instant;
use omasote_types::error::{ErrorCode, FieldErrorCode};
use omasote_types::ids::{ProfessionalId, TopicId, UnitId};
use omasote_types::page::{Page, PageQuery};
use omasote_types::people::{Absence, Professional};
use omasote_types::units::{TopicEntry, TopicList, TopicRouting, Unit, UnitService, UnitSettings};

use super::messages;
use crate::audit::Call;
use crate::cursor::{List, Place, Window};
use crate::db::{DbConn, Tx};
use crate::error::AppError;
use crate::policy::{self, Action, Resource};
use crate::repos::units::TopicChange;
use crate::repos::{people, units as repo};

const ROUTING_OVER: TimeDelta = TimeDelta::days(90);

/// The units, in the order they were added.
///
/// # Errors
/// `invalid_cursor`, `invalid_parameter`.
pub fn list(conn: &mut DbConn, query: &PageQuery, now: Instant) -> Result<Page<Unit>, AppError> {
    let window = Window::read(List::Units, query.cursor.as_deref(), query.limit)?;
    let today = to_local(now).date();
    let units = repo::list(conn, &window, today)?.into_iter().map(|unit| present(unit, today, now)).collect();
    Ok(window.page(List::Units, units, |unit: &Unit| by_id(*unit.id.as_uuid())))
}

/// One unit.
///
/// # Errors
/// `not_found`.
pub fn get(conn: &mut DbConn, id: UnitId, now: Instant) -> Result<Unit, AppError> {
    let today = to_local(now).date();
    let unit = repo::find(conn, id, today)?.ok_or_else(AppError::not_found)?;
    Ok(present(unit, today, now))
}

/// Adds what changes with the time of day: when the unit is open today, and by when it would answer.
fn present(mut unit: Unit, today: NaiveDate, now: Instant) -> Unit {
    let opening = Opening {
        hours: &unit.hours,
        exceptions: &unit.exceptions,
        opens_on_holidays: unit.opens_on_holidays,
    };
    let open_today = opening.on(today);
    let promised_at = unit.response_minutes.and_then(|minutes| opening.promise(now, minutes));
    unit.today = open_today;
    unit.promised_at = promised_at;
    unit
}

/// The professionals of a unit.
///
/// # Errors
/// `not_found`, `invalid_cursor`, `invalid_parameter`.
pub fn list_members(
    conn: &mut DbConn,
    call: &mut Call,
    of: UnitId,
    query: &PageQuery,
) -> Result<Page<Professional>, AppError> {
    policy::require(conn, call, Action::Read, Resource::Unit(of))?;
    let window = Window::read(List::Members, query.cursor.as_deref(), query.limit)?;
    let members = people::list_members(conn, of, &window)?;
    Ok(window.page(List::Members, members, |member| by_id(*member.id.as_uuid())))
}

/// Keeps that a member of a unit is away, or back. What they have taken is free for their colleagues at once, in all their units.
///
/// # Errors
/// `not_found`, `role_required`; `validation_failed` when the time is over already.
pub fn set_absence(
    tx: &mut Tx<'_>,
    call: &mut Call,
    (of, who): (UnitId, ProfessionalId),
    absence: Absence,
) -> Result<(), AppError> {
    policy::require(tx.conn(), call, Action::Write, Resource::Colleague(of, who))?;
    if absence.until.is_some_and(|until| until <= call.now()) {
        return Err(AppError::field("until", FieldErrorCode::InvalidFormat));
    }
    people::set_absent(tx.conn(), who, absence.until)?;
    if absence.until.is_some() {
        messages::let_go_of(tx, who, call.now())?;
    }
    Ok(())
}

fn by_id(id: uuid::Uuid) -> Place {
    Place { time: Instant::default(), id }
}

/// Which version of a unit's settings is to be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// Whatever there is.
    Any,
    /// This one.
    Version(u32),
    /// None that there ever was.
    NoVersion,
}

/// What a unit keeps for itself.
///
/// # Errors
/// `role_required`, `not_found`.
pub fn get_settings(conn: &mut DbConn, call: &mut Call, of: UnitId) -> Result<UnitSettings, AppError> {
    policy::require(conn, call, Action::Read, Resource::UnitSettings(of))?;
    settings(conn, call, of)
}

fn settings(conn: &mut DbConn, call: &Call, of: UnitId) -> Result<UnitSettings, AppError> {
    repo::find_settings(conn, of, call.today())?.ok_or_else(AppError::not_found)
}

/// How well the topics of a unit lead to the right unit, over the last 90 days.
///
/// # Errors
/// `role_required`.
pub fn list_routing(conn: &mut DbConn, call: &mut Call, of: UnitId) -> Result<Vec<TopicRouting>, AppError> {
    policy::require(conn, call, Action::Read, Resource::UnitSettings(of))?;
    Ok(repo::list_routing(conn, of, call.now() - ROUTING_OVER)?)
}

/// Changes how a unit is reached, when it is open and what it promises. What was promised before stays promised.
///
/// # Errors
/// `role_required`, `not_found`, `validation_failed`, `precondition_failed`.
pub fn update_service(
    tx: &mut Tx<'_>,
    call: &mut Call,
    (of, expected): (UnitId, Expected),
    service: &UnitService,
) -> Result<UnitSettings, AppError> {
    policy::require(tx.conn(), call, Action::Write, Resource::UnitSettings(of))?;
    service.validate()?;
    begin_change(tx.conn(), call, of, expected)?;
    repo::set_service(tx.conn(), of, service, call.today())?;
    settings(tx.conn(), call, of)
}

/// Changes the topics of a unit: what they are called, their words and their order; adds new ones and retires old ones.
///
/// # Errors
/// `role_required`, `not_found`, `precondition_failed`; `validation_failed` also when one of the unit's topics is left out,
/// or when one is not the unit's.
pub fn update_topics(
    tx: &mut Tx<'_>,
    call: &mut Call,
    (of, expected): (UnitId, Expected),
    list: &TopicList,
) -> Result<UnitSettings, AppError> {
    policy::require(tx.conn(), call, Action::Write, Resource::UnitSettings(of))?;
    list.validate()?;
    let before = begin_change(tx.conn(), call, of, expected)?;
    check_topics(&before.topics, &list.topics)?;
    for (position, topic) in (0..).zip(&list.topics) {
        let (name, words) = (&topic.name, &topic.words);
        let change = TopicChange { position, name, words, retired_at: topic.is_retired.then(|| call.now()) };
        match topic.id {
            Some(id) => repo::set_topic(tx.conn(), id, &change)?,
            None => repo::insert_topic(tx.conn(), TopicId::at(call.now()), of, &change)?,
        };
    }
    settings(tx.conn(), call, of)
}

/// Takes the version that is to be changed; gives back what there was.
fn begin_change(
    conn: &mut DbConn,
    call: &Call,
    of: UnitId,
    expected: Expected,
) -> Result<UnitSettings, AppError> {
    let before = settings(conn, call, of)?;
    let is_taken = match expected {
        Expected::Any => repo::take_version(conn, of, before.version)?,
        Expected::Version(version) => repo::take_version(conn, of, version)?,
        Expected::NoVersion => false,
    };
    if is_taken { Ok(before) } else { Err(AppError::of(ErrorCode::PreconditionFailed)) }
}

/// Threads go on under every topic there ever was, so none disappears; and each is there once.
fn check_topics(before: &[TopicEntry], wanted: &[TopicEntry]) -> Result<(), AppError> {
    for (place, topic) in wanted.iter().enumerate().filter(|(_, topic)| topic.id.is_some()) {
        let is_known = before.iter().any(|known| known.id == topic.id);
        let is_second = wanted.iter().take(place).any(|other| other.id == topic.id);
        if !is_known || is_second {
            return Err(AppError::field(&format!("topics.{place}.id"), FieldErrorCode::UnknownReference));
        }
    }
    let is_left_out = |known: &&TopicEntry| !wanted.iter().any(|topic| topic.id == known.id);
    match before.iter().find(is_left_out) {
        Some(_) => Err(AppError::field("topics", FieldErrorCode::Required)),
        None => Ok(()),
    }
}
