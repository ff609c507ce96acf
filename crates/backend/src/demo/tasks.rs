//! What the demo's citizens are asked to do.

use chrono::TimeDelta;
use omasote_demo::DemoTask;
use omasote_rules::helsinki;
use omasote_types::Instant;
use omasote_types::care::Matter;
use omasote_types::ids::{ProfessionalId, TaskId};
use omasote_types::tasks::{TaskKind, TaskState, Window};

use crate::db::DbConn;
use crate::error::AppError;
use crate::policy::Parties;
use crate::repos::care::{self, NewRelation};
use crate::repos::questionnaires;
use crate::repos::tasks::{self as repo, Changed, NewRow};
use crate::services::codes;

/// Gives a task. A questionnaire that is not there is not given.
pub(super) fn store(
    conn: &mut DbConn,
    task: &DemoTask,
    (parties, by): (Parties, ProfessionalId),
    now: Instant,
) -> Result<(), AppError> {
    let kind = match task.questionnaire {
        None => TaskKind::ToDo {},
        Some(name) => match questionnaires::find_shipped(conn, name)? {
            Some(found) => TaskKind::Questionnaire { questionnaire_id: found.id },
            None => return Ok(()),
        },
    };
    let (id, today) = (TaskId::at(now), helsinki::to_local(now).date());
    let window =
        Window { from: today + TimeDelta::days(task.from_days), to: today + TimeDelta::days(task.to_days) };
    let code = codes::random::<8>()?;
    let minutes = Some(task.minutes);
    let row = NewRow {
        id,
        parties,
        kind,
        title: task.title,
        text: task.text,
        minutes,
        window,
        by,
        code: &code,
        series: None,
    };
    let given_at = now + TimeDelta::days(task.from_days.min(0) - 1);
    repo::insert(conn, &row, given_at)?;
    let given = Changed {
        task: (id, parties.citizen),
        state: TaskState::Given,
        professional: Some(by),
        proxy: None,
        source: None,
        remark: None,
        answers: None,
    };
    repo::insert_change(conn, &given, given_at)?;
    let matter = Matter::Task;
    let relation =
        NewRelation { citizen: parties.citizen, unit: parties.unit, matter, matter_id: *id.as_uuid() };
    care::insert(conn, &relation, given_at)?;
    Ok(())
}
