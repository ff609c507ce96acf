//! Series of tasks: what is given to many, and how far the giving is.

use chrono::NaiveDate;
use diesel::dsl::count_star;
use diesel::prelude::*;
use omasote_types::Instant;
use omasote_types::ids::{CitizenId, ProfessionalId, QuestionnaireId, TaskSeriesId, UnitId};
use omasote_types::language::LocalText;
use omasote_types::people::Professional;
use omasote_types::tasks::{FollowUp, NewTaskSeries, TaskKind, TaskSeries, TaskSeriesState, Window as Days};

use super::columns::KindName;
use super::follow_up;
use crate::cursor::Window;
use crate::db::schema::{
    citizens, professionals, questionnaires, task_series, task_series_citizens, tasks, units,
};
use crate::db::{DbConn, DbText, Id, MultiBackend, Stored};
use crate::per_backend;
use crate::repos::messages::UnitNames;
use crate::repos::people::full_name;

/// How many rows one statement keeps: SQLite takes 32,766 values.
const ROWS_AT_ONCE: usize = 2_000;

#[derive(Queryable, Selectable)]
#[diesel(table_name = task_series, check_for_backend(MultiBackend))]
struct SeriesRow {
    id: Id,
    unit_id: Id,
    kind: DbText<KindName>,
    questionnaire_id: Option<Id>,
    title: String,
    words: String,
    minutes: Option<i32>,
    from_day: NaiveDate,
    to_day: NaiveDate,
    rule: Option<String>,
    times: i32,
    given_at: Stored,
    given_by: Id,
    next_number: i32,
    next_day: Option<NaiveDate>,
    cancelled_at: Option<Stored>,
    cancelled_by: Option<Id>,
    remark: Option<String>,
    calls_off: bool,
    follow_up: Option<String>,
    guide_id: Option<Id>,
}

type Named = (SeriesRow, UnitNames, (String, String, String), Option<(String, String, String)>);

macro_rules! named_series {
    () => {
        task_series::table
            .inner_join(units::table)
            .inner_join(professionals::table)
            .left_join(questionnaires::table)
            .select((
                SeriesRow::as_select(),
                UnitNames::as_select(),
                (professionals::given_name, professionals::family_name, professionals::title),
                (questionnaires::title_fi, questionnaires::title_sv, questionnaires::title_en).nullable(),
            ))
            .into_boxed::<MultiBackend>()
    };
}

/// A series as it is kept, with what decides about its giving.
#[derive(Clone, Debug)]
pub struct Kept {
    /// What it shows, but for what is counted.
    pub series: TaskSeries,
    /// What its tasks are called; empty of a questionnaire.
    pub title: String,
    /// Which time is given next, from 0.
    pub next_number: u32,
    /// Who called it off.
    pub cancelled_by: Option<ProfessionalId>,
    /// Whether tasks that are given and not done are still to be called off.
    pub calls_off: bool,
}

/// When a series is given.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// How many times in all.
    pub times: u32,
    /// What is answered.
    pub questionnaire: Option<QuestionnaireId>,
    /// The first day of the first time.
    pub first_day: NaiveDate,
    /// How its tasks are followed.
    pub follow_up: FollowUp,
}

/// Keeps a series of which nothing is given yet.
pub fn insert(
    conn: &mut DbConn,
    id: TaskSeriesId,
    (unit, by): (UnitId, ProfessionalId),
    (new, plan): (&NewTaskSeries, Plan),
    now: Instant,
) -> QueryResult<usize> {
    let (kind, guide) = KindName::of(new.kind);
    let row = (
        task_series::id.eq(Id::from(id)),
        task_series::unit_id.eq(Id::from(unit)),
        task_series::kind.eq(DbText(kind)),
        task_series::questionnaire_id.eq(plan.questionnaire.map(Id::from)),
        task_series::guide_id.eq(guide.map(Id::from)),
        task_series::title.eq(&new.title),
        task_series::words.eq(&new.text),
        task_series::minutes.eq(new.minutes.map(i32::from)),
        task_series::from_day.eq(new.window.from),
        task_series::to_day.eq(new.window.to),
        task_series::rule.eq(new.recurrence.as_deref()),
        task_series::times.eq(to_column(plan.times)),
        task_series::given_at.eq(Stored::from(now)),
        task_series::given_by.eq(Id::from(by)),
        task_series::next_number.eq(0),
        task_series::next_day.eq(Some(plan.first_day)),
        task_series::cancelled_at.eq(None::<Stored>),
        task_series::cancelled_by.eq(None::<Id>),
        task_series::remark.eq(None::<String>),
        task_series::calls_off.eq(false),
        task_series::follow_up.eq(Some(follow_up::write(plan.follow_up)?)),
    );
    diesel::insert_into(task_series::table).values(row).execute(conn)?;
    let row = |citizen: &CitizenId| {
        (
            task_series_citizens::series_id.eq(Id::from(id)),
            task_series_citizens::citizen_id.eq(Id::from(*citizen)),
            task_series_citizens::times_given.eq(0),
        )
    };
    let mut kept = 0;
    for part in new.citizen_ids.chunks(ROWS_AT_ONCE) {
        let rows: Vec<_> = part.iter().map(row).collect();
        // Many rows in one statement are beyond the enum.
        kept += per_backend!(conn, conn => {
            diesel::insert_into(task_series_citizens::table).values(rows).execute(conn)
        })?;
    }
    Ok(kept)
}

/// A series.
pub fn find(conn: &mut DbConn, id: TaskSeriesId) -> QueryResult<Option<Kept>> {
    let row: Option<Named> =
        named_series!().filter(task_series::id.eq(Id::from(id))).first(conn).optional()?;
    Ok(row.map(to_kept))
}

/// The same for a series of which something is about to be given: until that is done nobody else gives any of it.
pub fn find_to_change(conn: &mut DbConn, id: TaskSeriesId) -> QueryResult<Option<Kept>> {
    // SQLite has one writer.
    if let DbConn::Pg(conn) = conn {
        task_series::table
            .find(Id::from(id))
            .select(task_series::id)
            .for_update()
            .first::<Id>(conn)
            .optional()?;
    }
    find(conn, id)
}

/// A unit's series, the newest first.
pub fn list(conn: &mut DbConn, of: UnitId, window: &Window) -> QueryResult<Vec<Kept>> {
    let mut query = named_series!().filter(task_series::unit_id.eq(Id::from(of)));
    if let Some(after) = window.after {
        query = query.filter(task_series::id.lt(Id::from_uuid(after.id)));
    }
    let rows: Vec<Named> = query.order(task_series::id.desc()).limit(window.fetch()).load(conn)?;
    Ok(rows.into_iter().map(to_kept).collect())
}

/// Counts what is shown of a series: to how many it is given, how many tasks there are, how many of them are done.
pub fn count(conn: &mut DbConn, of: TaskSeriesId) -> QueryResult<(u32, u32, u32)> {
    let citizens: i64 = task_series_citizens::table
        .filter(task_series_citizens::series_id.eq(Id::from(of)))
        .select(count_star())
        .first(conn)?;
    let given: i64 =
        tasks::table.filter(tasks::series_id.eq(Some(Id::from(of)))).select(count_star()).first(conn)?;
    let answered: i64 = tasks::table
        .filter(tasks::series_id.eq(Some(Id::from(of))))
        .filter(tasks::answered_at.is_not_null())
        .select(count_star())
        .first(conn)?;
    let number = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
    Ok((number(citizens), number(given), number(answered)))
}

/// The series of which something is to be done: a time whose first day is `until` or before, the first of all times until `today`, or
/// tasks to be called off.
pub fn list_due(
    conn: &mut DbConn,
    (until, today): (NaiveDate, NaiveDate),
    limit: i64,
) -> QueryResult<Vec<TaskSeriesId>> {
    let is_due = task_series::next_day
        .le(Some(until))
        .or(task_series::next_number.eq(0).and(task_series::next_day.le(Some(today))));
    let mut ids: Vec<Id> = task_series::table
        .filter(task_series::next_day.is_not_null())
        .filter(is_due)
        .order((task_series::next_day.asc(), task_series::id.asc()))
        .limit(limit)
        .select(task_series::id)
        .load(conn)?;
    let to_call_off: Vec<Id> =
        task_series::table.filter(task_series::calls_off).limit(limit).select(task_series::id).load(conn)?;
    ids.extend(to_call_off);
    Ok(ids.into_iter().map(TaskSeriesId::from).collect())
}

/// All citizens of a series.
pub fn list_citizens(conn: &mut DbConn, of: TaskSeriesId) -> QueryResult<Vec<CitizenId>> {
    let ids: Vec<Id> = task_series_citizens::table
        .filter(task_series_citizens::series_id.eq(Id::from(of)))
        .select(task_series_citizens::citizen_id)
        .load(conn)?;
    Ok(ids.into_iter().map(CitizenId::from).collect())
}

/// Those whose turn it is: to whom this time is not given yet; and whether the processing of their data is restricted.
pub fn list_waiting(
    conn: &mut DbConn,
    (of, number): (TaskSeriesId, u32),
    limit: i64,
) -> QueryResult<Vec<(CitizenId, bool)>> {
    let rows: Vec<(Id, Option<Stored>)> = task_series_citizens::table
        .inner_join(citizens::table)
        .filter(task_series_citizens::series_id.eq(Id::from(of)))
        .filter(task_series_citizens::times_given.le(to_column(number)))
        .order(task_series_citizens::citizen_id.asc())
        .limit(limit)
        .select((task_series_citizens::citizen_id, citizens::restricted_since))
        .load(conn)?;
    Ok(rows.into_iter().map(|(citizen, restricted)| (citizen.into(), restricted.is_some())).collect())
}

/// This time has been given to some citizens.
pub fn set_given(
    conn: &mut DbConn,
    (of, number): (TaskSeriesId, u32),
    to: &[(CitizenId, bool)],
) -> QueryResult<usize> {
    let to: Vec<Id> = to.iter().map(|(citizen, _)| Id::from(*citizen)).collect();
    let rows = task_series_citizens::table
        .filter(task_series_citizens::series_id.eq(Id::from(of)))
        .filter(task_series_citizens::citizen_id.eq_any(to));
    let times = task_series_citizens::times_given.eq(to_column(number.saturating_add(1)));
    diesel::update(rows).set(times).execute(conn)
}

/// A time has been given to all: the next one follows on a day, or none.
pub fn go_on(
    conn: &mut DbConn,
    id: TaskSeriesId,
    (number, day): (u32, Option<NaiveDate>),
) -> QueryResult<usize> {
    diesel::update(task_series::table.find(Id::from(id)))
        .set((task_series::next_number.eq(to_column(number)), task_series::next_day.eq(day)))
        .execute(conn)
}

/// Nothing more of a series is given.
pub fn cancel(
    conn: &mut DbConn,
    id: TaskSeriesId,
    (by, remark, calls_off): (ProfessionalId, Option<&str>, bool),
    now: Instant,
) -> QueryResult<usize> {
    diesel::update(task_series::table.find(Id::from(id)))
        .set((
            task_series::next_day.eq(None::<NaiveDate>),
            task_series::cancelled_at.eq(Some(Stored::from(now))),
            task_series::cancelled_by.eq(Some(Id::from(by))),
            task_series::remark.eq(remark),
            task_series::calls_off.eq(calls_off),
        ))
        .execute(conn)
}

/// All tasks that were to be called off are.
pub fn set_called_off(conn: &mut DbConn, id: TaskSeriesId) -> QueryResult<usize> {
    diesel::update(task_series::table.find(Id::from(id))).set(task_series::calls_off.eq(false)).execute(conn)
}

/// A citizen is given nothing more of any series.
pub fn delete_of_citizen(conn: &mut DbConn, of: CitizenId) -> QueryResult<usize> {
    diesel::delete(task_series_citizens::table.filter(task_series_citizens::citizen_id.eq(Id::from(of))))
        .execute(conn)
}

fn to_kept((row, unit, (given, family, title), questionnaire): Named) -> Kept {
    let kind = row.kind.0.with((row.questionnaire_id, row.guide_id));
    let window = Days { from: row.from_day, to: row.to_day };
    let next = row.next_day.map(|from| Days { from, to: from + (window.to - window.from) });
    let state = match (row.cancelled_at, next) {
        (Some(_), _) => TaskSeriesState::Cancelled,
        (None, Some(_)) => TaskSeriesState::Going,
        (None, None) => TaskSeriesState::Finished,
    };
    let own = row.title;
    let shown = match (questionnaire, kind) {
        (Some((fi, sv, en)), TaskKind::Questionnaire { .. }) => LocalText { fi, sv, en },
        _ => LocalText { fi: own.clone(), sv: own.clone(), en: own.clone() },
    };
    let given_by =
        Professional { id: row.given_by.into(), name: full_name(&given, &family), title, absent_until: None };
    let series = TaskSeries {
        id: row.id.into(),
        unit: unit.named(row.unit_id.into()),
        kind,
        title: shown,
        text: row.words,
        minutes: row.minutes.and_then(|minutes| u16::try_from(minutes).ok()),
        window,
        recurrence: row.rule,
        follow_up: follow_up::read(row.follow_up.as_deref()),
        state,
        citizens: 0,
        times: u32::try_from(row.times).unwrap_or_default(),
        given: 0,
        answered: 0,
        next,
        given_by,
        given_at: row.given_at.into(),
        cancelled_at: row.cancelled_at.map(Instant::from),
        remark: row.remark,
    };
    Kept {
        series,
        title: own,
        next_number: u32::try_from(row.next_number).unwrap_or_default(),
        cancelled_by: row.cancelled_by.map(ProfessionalId::from),
        calls_off: row.calls_off,
    }
}

fn to_column(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}
