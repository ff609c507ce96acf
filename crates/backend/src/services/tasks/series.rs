//! Series of tasks: given at once by a professional, and made task by task when their days come.
//!
//! A time of a series is given from eight in the morning of its first day on, so that nobody is told of it at night; the first one,
//! when its day has come already, at once. What is given is kept with the task in one transaction, so a server that is killed in the
//! middle, or two at once, give nothing twice and leave nobody out.

use chrono::{Days, NaiveDate, NaiveTime};
use omasote_rules::helsinki::to_local;
use omasote_rules::tasks::recurrence::{MAX_COUNT, Recurrence};
use omasote_rules::tasks::{Act, Change, closes_at};
use omasote_types::Instant;
use omasote_types::audit::{AccessAction, AccessGround};
use omasote_types::care::Matter;
use omasote_types::error::{ErrorCode, FieldError, FieldErrorCode};
use omasote_types::ids::{
    AccessId, CitizenId, QuestionnaireId, RequestId, SessionId, TaskId, TaskSeriesId, UnitId,
};
use omasote_types::page::{Page, PageQuery};
use omasote_types::sessions::PersonId;
use omasote_types::tasks::{
    FollowUp, NewTaskSeries, TaskActor, TaskSeries, TaskSeriesCancellation, TaskSeriesState, Window as Span,
};
use uuid::Uuid;

use super::super::codes;
use super::super::idempotency::{self, Claim, Key};
use super::follow_up::{following, usual};
use super::giving::{CODE_LENGTH, check_kind, find_asked, give, said};
use super::{With, keep, refused};
use crate::audit::Call;
use crate::cursor::{List, Place, Window};
use crate::db::{DbConn, Tx};
use crate::error::AppError;
use crate::policy::{self, Action, Parties, Resource};
use crate::repos::tasks::NewRow;
use crate::repos::tasks::series::{self as repo, Kept, Plan};
use crate::repos::{audit, care, tasks};

/// How many tasks are given, or called off, in one transaction.
const TASKS_AT_ONCE: i64 = 100;
/// From which hour on a time is given.
const MORNING: u32 = 8;
/// How many citizens of whom the unit does not care a refusal names.
const MAX_NAMED: usize = 100;
/// By which names the access log knows what is done when nobody asks for it just then.
const GIVING: &str = "createTask";
const CALLING_OFF: &str = "cancelTask";

/// Gives a series of tasks. Its tasks are made by and by.
///
/// # Errors
/// `not_found`, `not_allowed`, `validation_failed`, `idempotency_key_reused`.
pub fn create(
    tx: &mut Tx<'_>,
    call: &mut Call,
    (of, new): (UnitId, &NewTaskSeries),
    key: Option<&Key>,
) -> Result<TaskSeries, AppError> {
    let now = call.now();
    policy::require(tx.conn(), call, Action::Handle, Resource::Unit(of))?;
    let PersonId::Professional(by) = call.actor.person else {
        return Err(AppError::of(ErrorCode::NotAllowed).detail("units give tasks"));
    };
    new.validate()?;
    if closes_at(new.window) <= now {
        return Err(AppError::field("window.to", FieldErrorCode::InvalidFormat));
    }
    let questionnaire = check_kind(tx.conn(), new.kind)?;
    let follow_up = match new.follow_up {
        Some(follow_up) => follow_up,
        None => usual(tx.conn(), of)?,
    };
    let plan = plan(new, (questionnaire, follow_up))?;
    check_care(tx.conn(), call, of, &new.citizen_ids)?;
    let id = TaskSeriesId::at(now);
    let claim = idempotency::claim(tx, &call.actor, key, ("createTaskSeries", &(of, new)), id.into(), now)?;
    if let Claim::Done(made) = claim {
        return shown(tx.conn(), made.into());
    }
    repo::insert(tx.conn(), id, (of, by), (new, plan), now)?;
    // As long as it goes on the unit cares for its citizens, however rarely it comes.
    care::insert_many(tx.conn(), &new.citizen_ids, (of, Matter::Task, *id.as_uuid()), now)?;
    call.showed(new.citizen_ids.iter().copied());
    shown(tx.conn(), id)
}

/// A unit's series, the newest first.
///
/// # Errors
/// `not_found`, `invalid_cursor`, `invalid_parameter`.
pub fn list(
    conn: &mut DbConn,
    call: &mut Call,
    of: UnitId,
    query: &PageQuery,
) -> Result<Page<TaskSeries>, AppError> {
    policy::require(conn, call, Action::Read, Resource::Unit(of))?;
    let window = Window::read(List::TaskSeries, query.cursor.as_deref(), query.limit)?;
    let found = repo::list(conn, of, &window)?;
    let place = |kept: &Kept| Place { time: Instant::default(), id: *kept.series.id.as_uuid() };
    let Page { items, next_cursor } = window.page(List::TaskSeries, found, place);
    let items = items.into_iter().map(|kept| counted(conn, kept)).collect::<Result<_, _>>()?;
    Ok(Page { items, next_cursor })
}

/// A series, with how far it is.
///
/// # Errors
/// `not_found`.
pub fn get(conn: &mut DbConn, call: &mut Call, id: TaskSeriesId) -> Result<TaskSeries, AppError> {
    let kept = repo::find(conn, id)?.ok_or_else(AppError::not_found)?;
    policy::require(conn, call, Action::Read, Resource::Unit(kept.series.unit.id))?;
    counted(conn, kept)
}

/// Nothing more of a series is given. What is given stays, unless it is to be called off as well: that is done by and by.
///
/// # Errors
/// `not_found`, `validation_failed`; `task_cancelled` when it was called off already and what is given is to stay.
pub fn cancel(
    tx: &mut Tx<'_>,
    call: &mut Call,
    id: TaskSeriesId,
    new: &TaskSeriesCancellation,
) -> Result<TaskSeries, AppError> {
    let kept = repo::find_to_change(tx.conn(), id)?.ok_or_else(AppError::not_found)?;
    policy::require(tx.conn(), call, Action::Handle, Resource::Unit(kept.series.unit.id))?;
    let PersonId::Professional(by) = call.actor.person else {
        return Err(AppError::of(ErrorCode::NotAllowed).detail("the unit does that"));
    };
    new.validate()?;
    // What is given may be called off later.
    if kept.series.state == TaskSeriesState::Cancelled && !new.cancels_given {
        return Err(AppError::of(ErrorCode::TaskCancelled));
    }
    let how = (by, said(&new.remark), new.cancels_given);
    repo::cancel(tx.conn(), id, how, call.now())?;
    care::close(tx.conn(), *id.as_uuid(), call.now())?;
    call.showed(repo::list_citizens(tx.conn(), id)?.into_iter());
    shown(tx.conn(), id)
}

/// The series of which something is to be done now.
///
/// # Errors
/// When the database fails.
pub fn list_due(conn: &mut DbConn, now: Instant, limit: i64) -> Result<Vec<TaskSeriesId>, AppError> {
    Ok(repo::list_due(conn, days_due(now), limit)?)
}

/// Gives the next tasks of a series, or calls off the next that are given; says whether there may be more to do now.
///
/// # Errors
/// When the database fails.
pub fn give_next(tx: &mut Tx<'_>, id: TaskSeriesId, now: Instant) -> Result<bool, AppError> {
    let Some(kept) = repo::find_to_change(tx.conn(), id)? else { return Ok(false) };
    if kept.calls_off {
        return call_off_next(tx, &kept, now);
    }
    let (until, today) = days_due(now);
    let Some(window) = kept.series.next else { return Ok(false) };
    if window.from > until && (kept.next_number > 0 || window.from > today) {
        return Ok(false);
    }
    let turn = (id, kept.next_number);
    // Nobody is asked for what was to be done in days that are past, or for answers to a form that is retired.
    let asked = find_asked(tx.conn(), kept.series.kind)?.filter(|_| closes_at(window) > now);
    let waiting =
        if asked.is_some() { repo::list_waiting(tx.conn(), turn, TASKS_AT_ONCE)? } else { Vec::new() };
    if waiting.is_empty() {
        return go_on(tx, &kept, window, now);
    }
    for (citizen, is_restricted) in &waiting {
        if !is_restricted {
            give_one(tx, (&kept, asked.flatten()), (*citizen, window), now)?;
        }
    }
    repo::set_given(tx.conn(), turn, &waiting)?;
    Ok(true)
}

fn give_one(
    tx: &mut Tx<'_>,
    (kept, questionnaire): (&Kept, Option<QuestionnaireId>),
    (citizen, window): (CitizenId, Span),
    now: Instant,
) -> Result<(), AppError> {
    let (id, series) = (TaskId::at(now), &kept.series);
    let row = NewRow {
        id,
        parties: Parties { citizen, unit: series.unit.id },
        kind: series.kind,
        questionnaire,
        title: &kept.title,
        text: &series.text,
        minutes: series.minutes,
        window,
        by: series.given_by.id,
        code: &codes::random::<CODE_LENGTH>()?,
        series: Some((series.id, kept.next_number)),
        event: None,
        following: following(series.follow_up, window, now),
    };
    give(tx, &row, now)?;
    audit::insert(tx.conn(), &line(series, (GIVING, id, citizen), now))?;
    Ok(())
}

/// A time has been given to all: the next one follows, or the series has come to its end.
fn go_on(tx: &mut Tx<'_>, kept: &Kept, window: Span, now: Instant) -> Result<bool, AppError> {
    let series = &kept.series;
    let next = match &series.recurrence {
        None => None,
        Some(rule) => {
            let recurrence = Recurrence::parse(rule, series.window.from, length(series.window))
                .map_err(|_| AppError::internal("a kept rule that is not sound"))?;
            let after = window.from.checked_add_days(Days::new(1));
            after.and_then(|after| recurrence.windows_from(after, 1).into_iter().next())
        }
    };
    let number = kept.next_number.saturating_add(1);
    repo::go_on(tx.conn(), series.id, (number, next.map(|next| next.from)))?;
    if next.is_none() {
        care::close(tx.conn(), *series.id.as_uuid(), now)?;
    }
    Ok(next.is_some())
}

fn call_off_next(tx: &mut Tx<'_>, kept: &Kept, now: Instant) -> Result<bool, AppError> {
    let series = &kept.series;
    let open = tasks::list_open_of_series(tx.conn(), series.id, TASKS_AT_ONCE)?;
    let professional_id = kept.cancelled_by.unwrap_or(series.given_by.id);
    let by = TaskActor::Professional { professional_id };
    for task in &open {
        let standing = task.standing.after(Change { act: Act::Cancel, by, at: now }).map_err(refused)?;
        let with = With { remark: series.remark.as_deref(), ..With::default() };
        keep(tx, task, (by, Act::Cancel), (&standing, with), now)?;
        let of = (CALLING_OFF, task.task.id, task.parties.citizen);
        audit::insert(tx.conn(), &line(series, of, now))?;
    }
    if open.is_empty() {
        repo::set_called_off(tx.conn(), series.id)?;
    }
    Ok(!open.is_empty())
}

/// When a series comes.
fn plan(
    new: &NewTaskSeries,
    (questionnaire, follow_up): (Option<QuestionnaireId>, FollowUp),
) -> Result<Plan, AppError> {
    let Some(rule) = &new.recurrence else {
        return Ok(Plan { times: 1, questionnaire, first_day: new.window.from, follow_up });
    };
    let wrong = || AppError::field("recurrence", FieldErrorCode::InvalidFormat);
    let recurrence = Recurrence::parse(rule, new.window.from, length(new.window)).map_err(|_| wrong())?;
    // One more than may be tells that there is no end, or that it is too far.
    let limit = u16::try_from(MAX_COUNT + 1).map_err(|_| wrong())?;
    let windows = recurrence.windows_from(new.window.from, limit);
    let times = u32::try_from(windows.len()).ok().filter(|times| (1..=MAX_COUNT).contains(times));
    let first = windows.first().ok_or_else(wrong)?;
    Ok(Plan { times: times.ok_or_else(wrong)?, questionnaire, first_day: first.from, follow_up })
}

fn length(window: Span) -> u32 {
    u32::try_from((window.to - window.from).num_days() + 1).unwrap_or_default()
}

fn check_care(conn: &mut DbConn, call: &Call, unit: UnitId, citizens: &[CitizenId]) -> Result<(), AppError> {
    let outside = policy::find_outside_care(conn, call, unit, citizens)?;
    let code = FieldErrorCode::UnknownReference;
    let errors: Vec<FieldError> = outside
        .into_iter()
        .take(MAX_NAMED)
        .map(|place| FieldError { field: format!("citizenIds.{place}"), code })
        .collect();
    if errors.is_empty() { Ok(()) } else { Err(errors.into()) }
}

/// Until which first day times are given now, and today.
pub(super) fn days_due(now: Instant) -> (NaiveDate, NaiveDate) {
    let local = to_local(now);
    let is_morning = NaiveTime::from_hms_opt(MORNING, 0, 0).is_some_and(|morning| local.time() >= morning);
    let today = local.date();
    let yesterday = today.pred_opt().unwrap_or(today);
    (if is_morning { today } else { yesterday }, today)
}

fn shown(conn: &mut DbConn, id: TaskSeriesId) -> Result<TaskSeries, AppError> {
    let kept = repo::find(conn, id)?.ok_or_else(AppError::not_found)?;
    counted(conn, kept)
}

fn counted(conn: &mut DbConn, kept: Kept) -> Result<TaskSeries, AppError> {
    let (citizens, given, answered) = repo::count(conn, kept.series.id)?;
    Ok(TaskSeries { citizens, given, answered, ..kept.series })
}

/// The line of the access log: of who gave the series, without a session, as they need not be there.
fn line(
    series: &TaskSeries,
    (operation, task, citizen): (&str, TaskId, CitizenId),
    now: Instant,
) -> audit::Line {
    audit::Line {
        id: AccessId::at(now),
        at: now,
        actor: Some(PersonId::Professional(series.given_by.id)),
        title: Some(series.given_by.title.clone()),
        unit: Some(series.unit.id),
        action: AccessAction::Write,
        operation: operation.to_owned(),
        resource: Some(*task.as_uuid()),
        ground: AccessGround::Unit,
        session: SessionId::from_uuid(Uuid::nil()),
        request: RequestId::from_uuid(Uuid::nil()),
        subjects: vec![citizen],
        client: None,
        reason: None,
    }
}
