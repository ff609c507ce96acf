//! A citizen's own data, packed for them to take away: asking for it, fetching it, and what goes into it.

use std::time::Duration;

use omasote_types::audit::Access;
use omasote_types::care::CareRelation;
use omasote_types::data_rights::DataRights;
use omasote_types::error::ErrorCode;
use omasote_types::events::{CalendarFeed, Event, Slot};
use omasote_types::exports::{Export, ExportState};
use omasote_types::ids::{CitizenId, ExportId};
use omasote_types::measurements::{KINDS, Measurement, Target};
use omasote_types::messages::{Message, Side, Thread};
use omasote_types::notifications::NotificationSettings;
use omasote_types::page::MAX_LIMIT;
use omasote_types::people::Citizen;
use omasote_types::proxies::Proxy;
use omasote_types::records::Record;
use omasote_types::sessions::PersonId;
use omasote_types::tasks::{Task, TaskCall, TaskChange, TaskResponse};
use serde::Serialize;

use super::data_rights::{rights_of, without_names};
use super::{notifications, records, tasks};
use crate::audit::Call;
use crate::auth::IdentityVault;
use crate::cursor::{Place, Window};
use crate::db::{DbConn, Tx};
use crate::error::AppError;
use crate::policy::{self, Action, Limits, Part, Resource};
use crate::repos::messages::Sight;
use crate::repos::records::Origin;
use crate::repos::{
    audit, care, events, exports as repo, measurements, messages, people, proxies, tasks as tasks_repo,
};

/// How long a package can be fetched.
const KEPT_FOR: Duration = Duration::from_secs(7 * 24 * 3600);

/// Asks for a package; one that is being packed is given again.
///
/// # Errors
/// `not_found`, `outside_mandate`.
pub fn create_export(tx: &mut Tx<'_>, call: &mut Call, of: CitizenId) -> Result<Export, AppError> {
    let now = call.now();
    policy::require(tx.conn(), call, Action::Read, Resource::Citizen(of, Part::Everything))?;
    let known = repo::list_of_citizen(tx.conn(), of, now)?;
    let is_going_on = |export: &Export| matches!(export.state, ExportState::Waiting | ExportState::Working);
    if let Some(going_on) = known.into_iter().find(is_going_on) {
        return Ok(going_on);
    }
    let id = ExportId::at(now);
    repo::insert(tx.conn(), id, of, now, now + KEPT_FOR)?;
    repo::find(tx.conn(), id, now)?.map(|(_, export)| export).ok_or_else(AppError::not_found)
}

/// A citizen's packages, the newest first.
///
/// # Errors
/// `not_found`, `outside_mandate`.
pub fn list_exports(conn: &mut DbConn, call: &mut Call, of: CitizenId) -> Result<Vec<Export>, AppError> {
    policy::require(conn, call, Action::Read, Resource::Citizen(of, Part::Everything))?;
    Ok(repo::list_of_citizen(conn, of, call.now())?)
}

/// Lets the file of a package be fetched.
///
/// # Errors
/// `not_found`, `outside_mandate`; `conflict` while it is not packed.
pub fn fetch_export(conn: &mut DbConn, call: &mut Call, id: ExportId) -> Result<Export, AppError> {
    let (citizen, export) = repo::find(conn, id, call.now())?.ok_or_else(AppError::not_found)?;
    policy::require(conn, call, Action::Read, Resource::Citizen(citizen, Part::Everything))?;
    match export.state {
        ExportState::Ready => Ok(export),
        _ => Err(AppError::of(ErrorCode::Conflict).detail("the package is not packed yet")),
    }
}

/// Everything the service holds of a citizen.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Everything {
    /// Who.
    pub citizen: Citizen,
    /// Their identity code.
    pub identity_code: String,
    /// Their matters, the newest message first.
    pub matters: Vec<Matter>,
    /// What units have asked them to do, the newest first.
    pub tasks: Vec<TaskDone>,
    /// Their events, the latest first.
    pub events: Vec<Event>,
    /// What they measured, by kind and the newest first.
    pub measurements: Vec<Measurement>,
    /// Their targets, the one that was set last at the beginning.
    pub targets: Vec<Target>,
    /// The times that are offered to them alone.
    pub offered_times: Vec<Slot>,
    /// What their calendar fetches; the secret in its address is not known here.
    pub calendar_feed: Option<CalendarFeed>,
    /// Who may act for them.
    pub proxies: Vec<Proxy>,
    /// The units that may see their data.
    pub care_relations: Vec<CareRelation>,
    /// How they are told that something waits for them.
    pub notifications: NotificationSettings,
    /// Restrictions and erasures of their data.
    pub data_rights: DataRights,
    /// Who saw or changed their data, the newest first.
    pub accesses: Vec<Access>,
}

/// A thread with its messages, oldest first.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Matter {
    /// The thread.
    pub thread: Thread,
    /// Its messages.
    pub messages: Vec<Message>,
    /// What was saved of it to the patient record, the newest first.
    pub records: Vec<Record>,
}

/// A task with what became of it.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TaskDone {
    /// The task.
    pub task: Task,
    /// What became of it.
    pub changes: Vec<TaskChange>,
    /// What it asked, and what is answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response: Option<TaskResponse>,
    /// What of it was saved to the patient record.
    pub records: Vec<Record>,
    /// The calls that the unit made about it, the newest first.
    pub calls: Vec<TaskCall>,
}

/// Gathers what goes into a package. The one who packs has no actor: the citizen asked for it.
///
/// # Errors
/// `not_found` when there is no such citizen; when the database or the identity key fails.
pub fn gather(
    conn: &mut DbConn,
    vault: &IdentityVault,
    of: CitizenId,
    (limits, log_life, now): (Limits, Duration, omasote_types::Instant),
) -> Result<Everything, AppError> {
    let citizen = people::find_citizen(conn, of)?.ok_or_else(AppError::not_found)?;
    let sealed = people::find_sealed_identity(conn, of)?.ok_or_else(AppError::not_found)?;
    let threads = every(
        |window| Ok(messages::list_threads(conn, (of, None), (Side::Citizen, &Sight::All), window)?),
        |thread: &Thread| Place { time: thread.last_message_at, id: *thread.id.as_uuid() },
    )?;
    let mut matters = Vec::with_capacity(threads.len());
    for thread in threads {
        let mut texts = every(
            |window| Ok(messages::list_messages(conn, thread.id, window)?),
            |message: &Message| Place { time: message.sent_at, id: *message.id.as_uuid() },
        )?;
        texts.reverse();
        let records = records::list_for_citizen(conn, Origin::Thread(thread.id))?;
        matters.push(Matter { thread, messages: texts, records });
    }
    let accesses = every(
        |window| Ok(audit::list_of_citizen(conn, of, false, window)?),
        |access: &Access| Place { time: access.at, id: *access.id.as_uuid() },
    )?;
    Ok(Everything {
        citizen,
        identity_code: vault.open(&sealed)?.as_str().to_owned(),
        matters,
        tasks: tasks_of(conn, of)?,
        events: events::list_all(conn, of)?,
        measurements: measurements_of(conn, of)?,
        targets: measurements::list_targets(conn, of, None)?,
        offered_times: events::list_slots_of_citizen(conn, of)?,
        calendar_feed: events::find_feed(conn, of)?,
        proxies: proxies::list_of_citizen(conn, of, now)?,
        care_relations: care::list_of_citizen(conn, of, now - limits.care)?,
        notifications: notifications::shown(conn, PersonId::Citizen(of), &[])?,
        data_rights: without_names(rights_of(conn, of, log_life)?),
        accesses,
    })
}

fn measurements_of(conn: &mut DbConn, of: CitizenId) -> Result<Vec<Measurement>, AppError> {
    let mut all = Vec::new();
    for facts in KINDS {
        all.extend(every(
            |window| Ok(measurements::list(conn, (of, facts.kind), (None, None), window)?),
            |one: &Measurement| Place { time: one.taken_at, id: *one.id.as_uuid() },
        )?);
    }
    Ok(all)
}

fn tasks_of(conn: &mut DbConn, of: CitizenId) -> Result<Vec<TaskDone>, AppError> {
    let mut tasks = Vec::new();
    for kept in tasks_repo::list_all(conn, of)? {
        let changes = tasks_repo::list_changes(conn, kept.task.id)?;
        let response = match kept.task.kind {
            kind if kind.asks() && kept.number.is_some() => Some(tasks::response(conn, &kept)?),
            _ => None,
        };
        let records = records::list_for_citizen(conn, Origin::Task(kept.task.id))?;
        let calls = tasks_repo::follow_up::list_calls(conn, kept.task.id)?;
        tasks.push(TaskDone { task: kept.task, changes, response, records, calls });
    }
    Ok(tasks)
}

/// Every page of a list.
fn every<T>(
    mut page: impl FnMut(&Window) -> Result<Vec<T>, AppError>,
    place: impl Fn(&T) -> Place,
) -> Result<Vec<T>, AppError> {
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let mut items = page(&Window { after, limit: MAX_LIMIT })?;
        let has_more = items.len() > usize::from(MAX_LIMIT);
        items.truncate(usize::from(MAX_LIMIT));
        after = items.last().map(&place);
        all.append(&mut items);
        if !has_more {
            return Ok(all);
        }
    }
}
