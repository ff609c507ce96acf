//! What links of messages to tasks lead to.

use diesel::prelude::*;
use omasote_types::ids::LinkedId;
use omasote_types::tasks::TaskState;

use super::{NamedTask, TaskRow, named_tasks, to_kept};
use crate::db::schema::{citizens, questionnaires, tasks, units};
use crate::db::{DbConn, Id, MultiBackend};
use crate::repos::messages::{Target, UnitNames};
use crate::repos::people::CitizenNames;

/// What links to tasks lead to. A task that was called off is sent to nobody any more.
pub(in crate::repos) fn list_targets(conn: &mut DbConn, ids: &[LinkedId]) -> QueryResult<Vec<Target>> {
    let ids: Vec<Id> = ids.iter().map(|id| Id::from(*id)).collect();
    let rows: Vec<NamedTask> = named_tasks!().filter(tasks::id.eq_any(ids)).load(conn)?;
    let target = |row: NamedTask| {
        let kept = to_kept(row);
        let is_retired = kept.task.state == TaskState::Cancelled;
        Target {
            id: LinkedId::from_uuid(*kept.task.id.as_uuid()),
            title: kept.task.title,
            starts_at: None,
            citizen: Some(kept.parties.citizen),
            can_be_sent: !is_retired,
            is_retired,
        }
    };
    Ok(rows.into_iter().map(target).collect())
}
