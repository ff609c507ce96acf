//! What the demo's citizens are asked to do.

use chrono::TimeDelta;
use omasote_demo::{DemoAsked, DemoSeries, DemoTask};
use omasote_forms::{DOCUMENT, GUIDE_READ};
use omasote_rules::helsinki;
use omasote_rules::tasks::call_day;
use omasote_types::Instant;
use omasote_types::care::Matter;
use omasote_types::ids::{CitizenId, ProfessionalId, QuestionnaireId, TaskId, TaskSeriesId, UnitId};
use omasote_types::tasks::{CallWhen, FollowUp, NewTaskSeries, TaskKind, TaskState, Window};

use crate::cursor;
use crate::db::DbConn;
use crate::error::AppError;
use crate::policy::Parties;
use crate::repos::care::{self, NewRelation};
use crate::repos::tasks::follow_up::Following;
use crate::repos::tasks::series::{Plan, insert as insert_series};
use crate::repos::tasks::{self as repo, Changed, NewRow};
use crate::repos::{guides, questionnaires};
use crate::services::codes;

const CALLED_AFTER_DAYS: u16 = 3;

/// Gives a task. What is not there is not asked for.
pub(super) fn store(
    conn: &mut DbConn,
    task: &DemoTask,
    (parties, by): (Parties, ProfessionalId),
    now: Instant,
) -> Result<(), AppError> {
    let Some((kind, questionnaire)) = asked(conn, task.asked, parties.unit)? else { return Ok(()) };
    let (id, today) = (TaskId::at(now), helsinki::to_local(now).date());
    let window =
        Window { from: today + TimeDelta::days(task.from_days), to: today + TimeDelta::days(task.to_days) };
    let code = codes::random::<8>()?;
    let minutes = Some(task.minutes);
    let row = NewRow {
        id,
        parties,
        kind,
        questionnaire,
        title: task.title,
        text: task.text,
        minutes,
        window,
        by,
        code: &code,
        series: None,
        event: None,
        following: following(window),
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

/// Who does not answer is called a few days later. The demo reminds nobody.
fn following(window: Window) -> Following {
    let follow_up =
        FollowUp { call_when: CallWhen::Unopened, call_after_days: CALLED_AFTER_DAYS, ..FollowUp::NOTHING };
    Following { follow_up, remind_on: None, call_on: call_day(follow_up, window) }
}

/// Gives some citizens a task again and again: the server makes the tasks.
pub(super) fn store_series(
    conn: &mut DbConn,
    series: &DemoSeries,
    (citizen_ids, unit, by): (Vec<CitizenId>, UnitId, ProfessionalId),
    now: Instant,
) -> Result<(), AppError> {
    let (id, today) = (TaskSeriesId::at(now), helsinki::to_local(now).date());
    let (rule, times) = series.rule;
    let new = NewTaskSeries {
        citizen_ids,
        kind: TaskKind::ToDo {},
        title: series.title.to_owned(),
        text: series.text.to_owned(),
        minutes: Some(series.minutes),
        window: Window { from: today, to: today + TimeDelta::days(series.days - 1) },
        recurrence: Some(rule.to_owned()),
        follow_up: None,
    };
    let plan = Plan { times, questionnaire: None, first_day: today, follow_up: FollowUp::default() };
    insert_series(conn, id, (unit, by), (&new, plan), now)?;
    care::insert_many(conn, &new.citizen_ids, (unit, Matter::Task, *id.as_uuid()), now)?;
    Ok(())
}

/// What is asked for, and what is answered.
fn asked(
    conn: &mut DbConn,
    what: DemoAsked,
    unit: UnitId,
) -> Result<Option<(TaskKind, Option<QuestionnaireId>)>, AppError> {
    let name = match what {
        DemoAsked::Questionnaire(name) => name,
        DemoAsked::Guide => GUIDE_READ,
        DemoAsked::Document => DOCUMENT,
        DemoAsked::Booking => return Ok(Some((TaskKind::Booking {}, None))),
        DemoAsked::ToDo => return Ok(Some((TaskKind::ToDo {}, None))),
    };
    let Some(questionnaire) = questionnaires::find_shipped(conn, name)?.map(|found| found.id) else {
        return Ok(None);
    };
    let kind = match what {
        DemoAsked::Guide => {
            let window = cursor::Window::read(cursor::List::Guides, None, Some(1))?;
            let guide = guides::list(conn, Some(unit), &window)?.into_iter().next();
            guide.map(|guide| TaskKind::Guide { guide_id: guide.id })
        }
        DemoAsked::Document => Some(TaskKind::Document {}),
        _ => Some(TaskKind::Questionnaire { questionnaire_id: questionnaire }),
    };
    Ok(kind.map(|kind| (kind, Some(questionnaire))))
}
