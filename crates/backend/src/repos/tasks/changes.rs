//! What became of a task: who, when, on whose behalf.

use diesel::prelude::*;
use omasote_types::Instant;
use omasote_types::ids::{CitizenId, ProfessionalId, TaskId};
use omasote_types::questionnaires::Answers;
use omasote_types::tasks::{AnswerSource, TaskChange, TaskState};

use super::super::json;
use crate::db::schema::{citizens, professionals, task_changes};
use crate::db::{DbConn, DbText, Id, Stored};

/// One change, as it is kept.
#[derive(Clone, Debug)]
pub struct Changed<'a> {
    /// The task, and whose it is.
    pub task: (TaskId, CitizenId),
    /// Where it stands now.
    pub state: TaskState,
    /// The professional who did it.
    pub professional: Option<ProfessionalId>,
    /// Who did it for the citizen.
    pub proxy: Option<CitizenId>,
    /// How the citizen answered, when a professional entered it.
    pub source: Option<AnswerSource>,
    /// What was said.
    pub remark: Option<&'a str>,
    /// What was sent.
    pub answers: Option<&'a Answers>,
}

/// Keeps a change after those there are.
pub fn insert_change(conn: &mut DbConn, new: &Changed<'_>, now: Instant) -> QueryResult<usize> {
    let (task, of) = new.task;
    let last: Option<i32> = task_changes::table
        .filter(task_changes::task_id.eq(Id::from(task)))
        .select(diesel::dsl::max(task_changes::number))
        .get_result(conn)?;
    let row = (
        task_changes::task_id.eq(Id::from(task)),
        task_changes::number.eq(last.unwrap_or_default().saturating_add(1)),
        task_changes::citizen_id.eq(Id::from(of)),
        task_changes::state.eq(DbText(new.state)),
        task_changes::at.eq(Stored::from(now)),
        task_changes::professional_id.eq(new.professional.map(Id::from)),
        task_changes::proxy_id.eq(new.proxy.map(Id::from)),
        task_changes::source.eq(new.source.map(DbText)),
        task_changes::remark.eq(new.remark),
        task_changes::answers.eq(new.answers.map(json::write).transpose()?),
    );
    diesel::insert_into(task_changes::table).values(row).execute(conn)
}

type ChangeRow = (
    DbText<TaskState>,
    Stored,
    Option<(String, String, String)>,
    Option<Id>,
    Id,
    Option<DbText<AnswerSource>>,
    Option<String>,
);

/// What became of a task, the first change at the beginning.
pub fn list_changes(conn: &mut DbConn, of: TaskId) -> QueryResult<Vec<TaskChange>> {
    let rows: Vec<ChangeRow> = task_changes::table
        .left_join(professionals::table)
        .filter(task_changes::task_id.eq(Id::from(of)))
        .order(task_changes::number.asc())
        .select((
            task_changes::state,
            task_changes::at,
            (professionals::given_name, professionals::family_name, professionals::title).nullable(),
            task_changes::proxy_id,
            task_changes::citizen_id,
            task_changes::source,
            task_changes::remark,
        ))
        .load(conn)?;
    let mut changes = Vec::with_capacity(rows.len());
    for (state, at, professional, proxy, citizen, source, remark) in rows {
        let whose = name_of(conn, citizen)?;
        let (by, on_behalf_of) = match (professional, proxy) {
            (Some((given_name, family_name, title)), _) => {
                (format!("{given_name} {family_name}, {title}"), source.is_some().then_some(whose))
            }
            (None, Some(proxy)) => (name_of(conn, proxy)?, Some(whose)),
            (None, None) => (whose, None),
        };
        let source = source.map(|source| source.0);
        changes.push(TaskChange { state: state.0, at: at.into(), by, on_behalf_of, source, remark });
    }
    Ok(changes)
}

fn name_of(conn: &mut DbConn, citizen: Id) -> QueryResult<String> {
    let (given_name, family_name): (String, String) =
        citizens::table.find(citizen).select((citizens::given_name, citizens::family_name)).first(conn)?;
    Ok(format!("{given_name} {family_name}"))
}
