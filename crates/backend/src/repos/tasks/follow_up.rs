//! How tasks are followed: what a unit usually does, whom to remind, whom to call, and the calls that were made.

use chrono::NaiveDate;
use diesel::dsl::count_star;
use diesel::prelude::*;
use omasote_types::Instant;
use omasote_types::ids::{CitizenId, ProfessionalId, TaskId, UnitId};
use omasote_types::tasks::{CallOutcome, FollowUp, NewTaskCall, TaskCall};

use super::super::json;
use super::TO_DO;
use crate::db::schema::{professionals, task_calls, tasks, unit_follow_ups};
use crate::db::{DbConn, DbText, Id, Stored, TextColumn};
use crate::repos::people::full_name;

impl TextColumn for CallOutcome {
    fn as_text(self) -> &'static str {
        match self {
            Self::AnswerEntered => "answer_entered",
            Self::Reached => "reached",
            Self::NotReached => "not_reached",
        }
    }

    fn from_text(text: &str) -> Option<Self> {
        [Self::AnswerEntered, Self::Reached, Self::NotReached]
            .into_iter()
            .find(|outcome| outcome.as_text() == text)
    }
}

/// How a task is followed, and what is due of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Following {
    /// What was chosen when it was given.
    pub follow_up: FollowUp,
    /// The day on which the citizen is reminded next.
    pub remind_on: Option<NaiveDate>,
    /// The day from which on the unit calls.
    pub call_on: Option<NaiveDate>,
}

pub(super) fn write(follow_up: FollowUp) -> QueryResult<String> {
    json::write(&follow_up)
}

/// What stands in a column; nothing is done about what was given before there was anything to choose.
pub(super) fn read(written: Option<&str>) -> FollowUp {
    written.and_then(|written| serde_json::from_str(written).ok()).unwrap_or(FollowUp::NOTHING)
}

/// What a unit usually does; none when it has not said.
pub fn find_usual(conn: &mut DbConn, of: UnitId) -> QueryResult<Option<FollowUp>> {
    let written: Option<String> = unit_follow_ups::table
        .find(Id::from(of))
        .select(unit_follow_ups::follow_up)
        .first(conn)
        .optional()?;
    Ok(written.map(|written| read(Some(&written))))
}

/// Keeps what a unit usually does.
pub fn save_usual(conn: &mut DbConn, of: UnitId, follow_up: FollowUp) -> QueryResult<usize> {
    diesel::delete(unit_follow_ups::table.find(Id::from(of))).execute(conn)?;
    let row = (unit_follow_ups::unit_id.eq(Id::from(of)), unit_follow_ups::follow_up.eq(write(follow_up)?));
    diesel::insert_into(unit_follow_ups::table).values(row).execute(conn)
}

/// The tasks that are to be done and of which citizens are to be reminded by a day.
pub fn list_to_remind(conn: &mut DbConn, until: NaiveDate, limit: i64) -> QueryResult<Vec<TaskId>> {
    let ids: Vec<Id> = tasks::table
        .filter(tasks::remind_on.le(Some(until)))
        .filter(tasks::state.eq_any(TO_DO))
        .order((tasks::remind_on.asc(), tasks::id.asc()))
        .limit(limit)
        .select(tasks::id)
        .load(conn)?;
    Ok(ids.into_iter().map(TaskId::from).collect())
}

/// A citizen was reminded of a task; when it is done next.
pub fn set_reminded(
    conn: &mut DbConn,
    id: TaskId,
    (at, next): (Instant, Option<NaiveDate>),
) -> QueryResult<usize> {
    diesel::update(tasks::table.find(Id::from(id)))
        .set((tasks::reminded_at.eq(Some(Stored::from(at))), tasks::remind_on.eq(next)))
        .execute(conn)
}

/// Whether a citizen has tasks that are to be done and of which they were to be told again since a moment.
pub fn has_reminded(conn: &mut DbConn, of: CitizenId, since: Instant) -> QueryResult<bool> {
    let reminded = tasks::table
        .filter(tasks::citizen_id.eq(Id::from(of)))
        .filter(tasks::state.eq_any(TO_DO))
        .filter(tasks::reminded_at.ge(Some(Stored::from(since))));
    diesel::select(diesel::dsl::exists(reminded)).get_result(conn)
}

/// Nobody is to be called about a task any more.
pub fn set_called(conn: &mut DbConn, id: TaskId) -> QueryResult<usize> {
    diesel::update(tasks::table.find(Id::from(id))).set(tasks::call_on.eq(None::<NaiveDate>)).execute(conn)
}

/// Keeps a call after those there are.
pub fn insert_call(
    conn: &mut DbConn,
    (task, of, by): (TaskId, CitizenId, ProfessionalId),
    new: &NewTaskCall,
    now: Instant,
) -> QueryResult<usize> {
    let made: i64 =
        task_calls::table.filter(task_calls::task_id.eq(Id::from(task))).select(count_star()).first(conn)?;
    let row = (
        task_calls::task_id.eq(Id::from(task)),
        task_calls::number.eq(i32::try_from(made).unwrap_or(i32::MAX).saturating_add(1)),
        task_calls::citizen_id.eq(Id::from(of)),
        task_calls::at.eq(Stored::from(now)),
        task_calls::professional_id.eq(Id::from(by)),
        task_calls::outcome.eq(DbText(new.outcome)),
        task_calls::note.eq(&new.note),
    );
    diesel::insert_into(task_calls::table).values(row).execute(conn)
}

type CallRow = (DbText<CallOutcome>, String, Stored, (String, String, String));

/// The calls that were made about a task, the newest first.
pub fn list_calls(conn: &mut DbConn, of: TaskId) -> QueryResult<Vec<TaskCall>> {
    let rows: Vec<CallRow> = task_calls::table
        .inner_join(professionals::table)
        .filter(task_calls::task_id.eq(Id::from(of)))
        .order(task_calls::number.desc())
        .select((
            task_calls::outcome,
            task_calls::note,
            task_calls::at,
            (professionals::given_name, professionals::family_name, professionals::title),
        ))
        .load(conn)?;
    let call = |(outcome, note, at, (given, family, title)): CallRow| TaskCall {
        outcome: outcome.0,
        note,
        at: at.into(),
        by: format!("{}, {title}", full_name(&given, &family)),
    };
    Ok(rows.into_iter().map(call).collect())
}
