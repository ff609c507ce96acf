//! Tasks, what is answered to them, and what became of them.

mod agenda;
mod changes;
mod columns;
pub mod follow_up;
mod links;
pub mod series;

use chrono::NaiveDate;
use diesel::prelude::*;
use omasote_rules::tasks::{Standing, Timing};
use omasote_types::Instant;
use omasote_types::ids::{CitizenId, EventId, ProfessionalId, QuestionnaireId, TaskId, TaskSeriesId, UnitId};
use omasote_types::language::LocalText;
use omasote_types::questionnaires::Answers;
use omasote_types::tasks::{Task, TaskKind, TaskList, TaskState, UnitTaskList, Window as Days};

pub use agenda::list_for_agenda;
pub use changes::{Changed, insert_change, list_changes};
use columns::KindName;
use follow_up::Following;
pub(super) use links::list_targets;

use super::json;
use super::messages::UnitNames;
use super::people::CitizenNames;
use crate::cursor::Window;
use crate::db::schema::{citizens, questionnaires, task_answers, tasks, units};
use crate::db::{DbConn, DbText, Id, MultiBackend, Stored};
use crate::policy::Parties;

#[derive(Queryable, Selectable)]
#[diesel(table_name = tasks, check_for_backend(MultiBackend))]
struct TaskRow {
    id: Id,
    citizen_id: Id,
    unit_id: Id,
    kind: DbText<KindName>,
    questionnaire_id: Option<Id>,
    number: Option<i32>,
    title: String,
    words: String,
    minutes: Option<i32>,
    from_day: NaiveDate,
    to_day: NaiveDate,
    state: DbText<TaskState>,
    given_at: Stored,
    started_at: Option<Stored>,
    answered_at: Option<Stored>,
    times_sent_back: i32,
    is_urgent: bool,
    remark: Option<String>,
    code: String,
    version: i32,
    series_id: Option<Id>,
    follow_up: Option<String>,
    remind_on: Option<NaiveDate>,
    call_on: Option<NaiveDate>,
    event_id: Option<Id>,
    event_from: Option<i32>,
    event_to: Option<i32>,
    guide_id: Option<Id>,
}

/// A task as it is kept, with what is weighed of it.
#[derive(Clone, Debug)]
pub struct Kept {
    /// What it shows.
    pub task: Task,
    /// Whose it is and who asks.
    pub parties: Parties,
    /// Where it stands.
    pub standing: Standing,
    /// What is answered: of a guide or a document a questionnaire of ours.
    pub questionnaire: Option<QuestionnaireId>,
    /// Which version of it is answered, once it was opened.
    pub number: Option<u32>,
    /// How it is followed.
    pub following: Following,
}

type NamedTask = (TaskRow, CitizenNames, UnitNames, Option<(String, String, String)>);

/// What is kept of a task when it is given.
#[derive(Clone, Debug)]
pub struct NewRow<'a> {
    /// Its id.
    pub id: TaskId,
    /// Whose it is and who asks.
    pub parties: Parties,
    /// What it asks for.
    pub kind: TaskKind,
    /// What is answered.
    pub questionnaire: Option<QuestionnaireId>,
    /// What it is called; empty of a questionnaire.
    pub title: &'a str,
    /// What is said of it.
    pub text: &'a str,
    /// How many minutes it takes.
    pub minutes: Option<u16>,
    /// The days on which to do it.
    pub window: Days,
    /// Who gave it.
    pub by: ProfessionalId,
    /// What stands on its paper form.
    pub code: &'a str,
    /// The series it is of, and which time of it, from 0.
    pub series: Option<(TaskSeriesId, u32)>,
    /// The event it hangs on, and how.
    pub event: Option<(EventId, Timing)>,
    /// How it is followed.
    pub following: Following,
}

/// Gives a task.
pub fn insert(conn: &mut DbConn, new: &NewRow<'_>, now: Instant) -> QueryResult<usize> {
    let (kind, guide) = KindName::of(new.kind);
    let never: Option<Stored> = None;
    let (series, number) = new.series.unzip();
    let (event, timing) = new.event.unzip();
    let row = (
        tasks::id.eq(Id::from(new.id)),
        tasks::citizen_id.eq(Id::from(new.parties.citizen)),
        tasks::unit_id.eq(Id::from(new.parties.unit)),
        tasks::kind.eq(DbText(kind)),
        tasks::questionnaire_id.eq(new.questionnaire.map(Id::from)),
        tasks::guide_id.eq(guide.map(Id::from)),
        tasks::number.eq(None::<i32>),
        tasks::title.eq(new.title),
        tasks::words.eq(new.text),
        tasks::minutes.eq(new.minutes.map(i32::from)),
        tasks::from_day.eq(new.window.from),
        tasks::to_day.eq(new.window.to),
        tasks::state.eq(DbText(TaskState::Given)),
        tasks::given_at.eq(Stored::from(now)),
        tasks::given_by.eq(Id::from(new.by)),
        tasks::started_at.eq(never),
        tasks::answered_at.eq(never),
        tasks::times_sent_back.eq(0),
        tasks::is_urgent.eq(false),
        tasks::remark.eq(None::<String>),
        tasks::code.eq(new.code),
        tasks::version.eq(1),
        tasks::series_id.eq(series.map(Id::from)),
        tasks::series_number.eq(number.and_then(|number| i32::try_from(number).ok())),
        tasks::follow_up.eq(Some(follow_up::write(new.following.follow_up)?)),
        tasks::remind_on.eq(new.following.remind_on),
        tasks::call_on.eq(new.following.call_on),
        tasks::event_id.eq(event.map(Id::from)),
        tasks::event_from.eq(timing.map(|timing| timing.from_days)),
        tasks::event_to.eq(timing.map(|timing| timing.to_days)),
    );
    diesel::insert_into(tasks::table).values(row).execute(conn)
}

macro_rules! named_tasks {
    () => {
        tasks::table
            .inner_join(citizens::table)
            .inner_join(units::table)
            .left_join(questionnaires::table)
            .select((
                TaskRow::as_select(),
                CitizenNames::as_select(),
                UnitNames::as_select(),
                (questionnaires::title_fi, questionnaires::title_sv, questionnaires::title_en).nullable(),
            ))
            .into_boxed::<MultiBackend>()
    };
}
use named_tasks;

/// A task.
pub fn find(conn: &mut DbConn, id: TaskId) -> QueryResult<Option<Kept>> {
    let row: Option<NamedTask> = named_tasks!().filter(tasks::id.eq(Id::from(id))).first(conn).optional()?;
    Ok(row.map(to_kept))
}

/// The same for a task that is about to be changed: until that is done nobody else changes it.
pub fn find_to_change(conn: &mut DbConn, id: TaskId) -> QueryResult<Option<Kept>> {
    // SQLite has one writer.
    if let DbConn::Pg(conn) = conn {
        tasks::table.find(Id::from(id)).select(tasks::id).for_update().first::<Id>(conn).optional()?;
    }
    find(conn, id)
}

/// The task of a unit by what stands on its paper form.
pub fn find_by_code(conn: &mut DbConn, of: UnitId, code: &str) -> QueryResult<Option<Kept>> {
    let row: Option<NamedTask> = named_tasks!()
        .filter(tasks::unit_id.eq(Id::from(of)))
        .filter(tasks::code.eq(code.to_owned()))
        .first(conn)
        .optional()?;
    Ok(row.map(to_kept))
}

const TO_DO: [DbText<TaskState>; 3] =
    [DbText(TaskState::Given), DbText(TaskState::Started), DbText(TaskState::SentBack)];

/// A citizen's tasks: what is to be done by its last day, what is done by when it was given.
pub fn list(conn: &mut DbConn, of: CitizenId, wanted: TaskList, window: &Window) -> QueryResult<Vec<Kept>> {
    let query = named_tasks!().filter(tasks::citizen_id.eq(Id::from(of)));
    let rows: Vec<NamedTask> = match wanted {
        TaskList::ToDo => {
            let mut query = query.filter(tasks::state.eq_any(TO_DO));
            if let Some((day, id)) = after(window) {
                let later = tasks::to_day.gt(day).or(tasks::to_day.eq(day).and(tasks::id.gt(id)));
                query = query.filter(later);
            }
            query.order((tasks::to_day.asc(), tasks::id.asc())).limit(window.fetch()).load(conn)?
        }
        TaskList::Done => {
            let mut query = query.filter(tasks::state.ne_all(TO_DO));
            if let Some((_, id)) = after(window) {
                query = query.filter(tasks::id.lt(id));
            }
            query.order(tasks::id.desc()).limit(window.fetch()).load(conn)?
        }
    };
    Ok(rows.into_iter().map(to_kept).collect())
}

/// All of a citizen's tasks, the newest first.
pub fn list_all(conn: &mut DbConn, of: CitizenId) -> QueryResult<Vec<Kept>> {
    let rows: Vec<NamedTask> =
        named_tasks!().filter(tasks::citizen_id.eq(Id::from(of))).order(tasks::id.desc()).load(conn)?;
    Ok(rows.into_iter().map(to_kept).collect())
}

/// Forgets what a citizen has half-answered: what was sent once stays.
pub fn delete_half_answered(conn: &mut DbConn, of: CitizenId) -> QueryResult<usize> {
    let unsent: Vec<Id> = tasks::table
        .filter(tasks::citizen_id.eq(Id::from(of)))
        .filter(tasks::answered_at.is_null())
        .select(tasks::id)
        .load(conn)?;
    diesel::delete(task_answers::table.filter(task_answers::task_id.eq_any(unsent))).execute(conn)
}

/// Whether a citizen has tasks that are to be done and that nobody has opened.
pub fn has_unopened(conn: &mut DbConn, of: CitizenId) -> QueryResult<bool> {
    let unopened = tasks::table
        .filter(tasks::citizen_id.eq(Id::from(of)))
        .filter(tasks::state.eq_any(TO_DO))
        .filter(tasks::started_at.is_null());
    diesel::select(diesel::dsl::exists(unopened)).get_result(conn)
}

/// A unit's tasks. What is late is so by `today`.
pub fn list_of_unit(
    conn: &mut DbConn,
    of: UnitId,
    (wanted, today): (UnitTaskList, NaiveDate),
    window: &Window,
) -> QueryResult<Vec<Kept>> {
    let mut query = named_tasks!().filter(tasks::unit_id.eq(Id::from(of)));
    query = match wanted {
        UnitTaskList::ToReview => query
            .filter(tasks::state.eq(DbText(TaskState::Answered)))
            .filter(tasks::kind.eq_any(KindName::LOOKED_AT).or(tasks::is_urgent.eq(true))),
        UnitTaskList::Open => query.filter(tasks::state.eq_any(TO_DO)),
        UnitTaskList::Late => query
            .filter(tasks::state.eq_any(TO_DO))
            .filter(tasks::to_day.lt(today))
            .filter(tasks::started_at.is_not_null()),
        UnitTaskList::Silent => query
            .filter(tasks::state.eq_any(TO_DO))
            .filter(tasks::to_day.lt(today))
            .filter(tasks::started_at.is_null()),
    };
    if let Some((day, id)) = after(window) {
        query = query.filter(tasks::to_day.gt(day).or(tasks::to_day.eq(day).and(tasks::id.gt(id))));
    }
    let rows: Vec<NamedTask> =
        query.order((tasks::to_day.asc(), tasks::id.asc())).limit(window.fetch()).load(conn)?;
    Ok(rows.into_iter().map(to_kept).collect())
}

/// What a unit has asked a citizen to book and is not booked.
pub fn list_open_bookings(conn: &mut DbConn, of: CitizenId, unit: UnitId) -> QueryResult<Vec<Kept>> {
    let rows: Vec<NamedTask> = named_tasks!()
        .filter(tasks::citizen_id.eq(Id::from(of)))
        .filter(tasks::unit_id.eq(Id::from(unit)))
        .filter(tasks::kind.eq(DbText(KindName::Booking)))
        .filter(tasks::state.eq_any(TO_DO))
        .order(tasks::id.asc())
        .load(conn)?;
    Ok(rows.into_iter().map(to_kept).collect())
}

/// The tasks of a series that are given and not done: so many of them.
pub fn list_open_of_series(conn: &mut DbConn, of: TaskSeriesId, limit: i64) -> QueryResult<Vec<Kept>> {
    let query =
        named_tasks!().filter(tasks::series_id.eq(Some(Id::from(of)))).filter(tasks::state.eq_any(TO_DO));
    let rows: Vec<NamedTask> = query.order(tasks::id.asc()).limit(limit).load(conn)?;
    Ok(rows.into_iter().map(to_kept).collect())
}

/// The tasks of a unit about which citizens are silent and to be called by `today`: who has waited longest first.
pub fn list_to_call(
    conn: &mut DbConn,
    of: UnitId,
    today: NaiveDate,
    window: &Window,
) -> QueryResult<Vec<Kept>> {
    let mut query = named_tasks!()
        .filter(tasks::unit_id.eq(Id::from(of)))
        .filter(tasks::state.eq_any(TO_DO))
        .filter(tasks::call_on.le(Some(today)));
    if let Some((day, id)) = after(window) {
        let later = tasks::call_on.gt(Some(day)).or(tasks::call_on.eq(Some(day)).and(tasks::id.gt(id)));
        query = query.filter(later);
    }
    let rows: Vec<NamedTask> =
        query.order((tasks::call_on.asc(), tasks::id.asc())).limit(window.fetch()).load(conn)?;
    Ok(rows.into_iter().map(to_kept).collect())
}

/// The tasks that hang on an event, each with how, the one that ends first at the beginning.
pub fn list_of_event(conn: &mut DbConn, of: EventId) -> QueryResult<Vec<(Kept, Option<Timing>)>> {
    let query = named_tasks!().filter(tasks::event_id.eq(Some(Id::from(of))));
    let rows: Vec<NamedTask> = query.order((tasks::to_day.asc(), tasks::id.asc())).load(conn)?;
    let timed = |row: NamedTask| {
        let days = row.0.event_from.zip(row.0.event_to);
        (to_kept(row), days.map(|(from_days, to_days)| Timing { from_days, to_days }))
    };
    Ok(rows.into_iter().map(timed).collect())
}

/// Where a list ordered by the last day goes on.
fn after(window: &Window) -> Option<(NaiveDate, Id)> {
    window.after.map(|place| (place.time.date_naive(), Id::from_uuid(place.id)))
}

/// What changes of a task by an act.
#[derive(Clone, Debug)]
pub struct Progress<'a> {
    /// Where it stands.
    pub standing: &'a Standing,
    /// The version of the questionnaire that is answered.
    pub number: Option<u32>,
    /// Whether an answer calls for a look at once.
    pub is_urgent: bool,
    /// What the unit said.
    pub remark: Option<&'a str>,
    /// What is due of it.
    pub following: Following,
}

/// Keeps where a task stands.
pub fn save(conn: &mut DbConn, id: TaskId, progress: &Progress<'_>) -> QueryResult<usize> {
    let Standing { state, window, started_at, answered_at, times_sent_back } = *progress.standing;
    diesel::update(tasks::table.find(Id::from(id)))
        .set((
            tasks::state.eq(DbText(state)),
            tasks::from_day.eq(window.from),
            tasks::to_day.eq(window.to),
            tasks::started_at.eq(started_at.map(Stored::from)),
            tasks::answered_at.eq(answered_at.map(Stored::from)),
            tasks::times_sent_back.eq(i32::try_from(times_sent_back).unwrap_or(i32::MAX)),
            tasks::number.eq(progress.number.and_then(|number| i32::try_from(number).ok())),
            tasks::is_urgent.eq(progress.is_urgent),
            tasks::remark.eq(progress.remark),
            tasks::remind_on.eq(progress.following.remind_on),
            tasks::call_on.eq(progress.following.call_on),
            tasks::version.eq(tasks::version + 1),
        ))
        .execute(conn)
}

/// What is answered so far, and when it was written.
pub fn find_answers(conn: &mut DbConn, id: TaskId) -> QueryResult<Option<(Answers, Instant)>> {
    let found: Option<(String, Stored)> = task_answers::table
        .find(Id::from(id))
        .select((task_answers::answers, task_answers::written_at))
        .first(conn)
        .optional()?;
    found.map(|(answers, written_at)| Ok((json::read(&answers)?, written_at.into()))).transpose()
}

/// Keeps what is answered so far.
pub fn save_answers(
    conn: &mut DbConn,
    (id, of): (TaskId, CitizenId),
    (answers, written_at): (&Answers, Instant),
    now: Instant,
) -> QueryResult<usize> {
    diesel::delete(task_answers::table.find(Id::from(id))).execute(conn)?;
    let row = (
        task_answers::task_id.eq(Id::from(id)),
        task_answers::citizen_id.eq(Id::from(of)),
        task_answers::answers.eq(json::write(answers)?),
        task_answers::written_at.eq(Stored::from(written_at)),
        task_answers::saved_at.eq(Stored::from(now)),
    );
    diesel::insert_into(task_answers::table).values(row).execute(conn)
}

/// The task by which a citizen last answered a questionnaire before `before`, with the version and the answers.
pub fn find_last_answered(
    conn: &mut DbConn,
    (of, questionnaire): (CitizenId, QuestionnaireId),
    before: Instant,
) -> QueryResult<Option<(TaskId, u32, Instant, Answers)>> {
    let found: Option<(Id, Option<i32>, Option<Stored>, String)> = tasks::table
        .inner_join(task_answers::table)
        .filter(tasks::citizen_id.eq(Id::from(of)))
        .filter(tasks::questionnaire_id.eq(Some(Id::from(questionnaire))))
        .filter(tasks::answered_at.lt(Some(Stored::from(before))))
        .order(tasks::answered_at.desc())
        .select((tasks::id, tasks::number, tasks::answered_at, task_answers::answers))
        .first(conn)
        .optional()?;
    found.map(to_answered).transpose().map(Option::flatten)
}

/// The tasks by which a citizen has answered a questionnaire, with the version and the answers, the newest first.
pub fn list_answered(
    conn: &mut DbConn,
    (of, questionnaire): (CitizenId, QuestionnaireId),
    most: i64,
) -> QueryResult<Vec<(TaskId, u32, Instant, Answers)>> {
    let found: Vec<(Id, Option<i32>, Option<Stored>, String)> = tasks::table
        .inner_join(task_answers::table)
        .filter(tasks::citizen_id.eq(Id::from(of)))
        .filter(tasks::questionnaire_id.eq(Some(Id::from(questionnaire))))
        .filter(tasks::answered_at.is_not_null())
        .order(tasks::answered_at.desc())
        .limit(most)
        .select((tasks::id, tasks::number, tasks::answered_at, task_answers::answers))
        .load(conn)?;
    found.into_iter().filter_map(|row| to_answered(row).transpose()).collect()
}

fn to_answered(
    (id, number, answered_at, answers): (Id, Option<i32>, Option<Stored>, String),
) -> QueryResult<Option<(TaskId, u32, Instant, Answers)>> {
    let number = number.and_then(|number| u32::try_from(number).ok());
    let (Some(number), Some(answered_at)) = (number, answered_at) else { return Ok(None) };
    Ok(Some((id.into(), number, answered_at.into(), json::read(&answers)?)))
}

fn to_kept((row, citizen, unit, title): NamedTask) -> Kept {
    let window = Days { from: row.from_day, to: row.to_day };
    let times_sent_back = u32::try_from(row.times_sent_back).unwrap_or_default();
    let (started_at, answered_at) = (row.started_at.map(Instant::from), row.answered_at.map(Instant::from));
    let standing = Standing { state: row.state.0, window, started_at, answered_at, times_sent_back };
    let following = Following {
        follow_up: follow_up::read(row.follow_up.as_deref()),
        remind_on: row.remind_on,
        call_on: row.call_on,
    };
    let kind = row.kind.0.with((row.questionnaire_id, row.guide_id));
    let title = match (title, kind) {
        (Some((fi, sv, en)), TaskKind::Questionnaire { .. }) => LocalText { fi, sv, en },
        _ => LocalText { fi: row.title.clone(), sv: row.title.clone(), en: row.title },
    };
    let task = Task {
        id: row.id.into(),
        citizen: citizen.named(row.citizen_id.into()),
        unit: unit.named(row.unit_id.into()),
        kind,
        title,
        text: row.words,
        minutes: row.minutes.and_then(|minutes| u16::try_from(minutes).ok()),
        window,
        state: standing.state,
        given_at: row.given_at.into(),
        started_at,
        answered_at,
        times_sent_back,
        is_urgent: row.is_urgent,
        remark: row.remark,
        code: row.code,
        series_id: row.series_id.map(TaskSeriesId::from),
        event_id: row.event_id.map(EventId::from),
        version: u32::try_from(row.version).unwrap_or_default(),
    };
    let parties = Parties { citizen: row.citizen_id.into(), unit: row.unit_id.into() };
    Kept {
        task,
        parties,
        standing,
        following,
        questionnaire: row.questionnaire_id.map(QuestionnaireId::from),
        number: row.number.and_then(|number| u32::try_from(number).ok()),
    }
}
