//! What is saved of threads and tasks to the patient record.

use diesel::prelude::*;
use omasote_types::Instant;
use omasote_types::ids::{CitizenId, MessageId, ProfessionalId, RecordId, TaskId, ThreadId, UnitId};
use omasote_types::people::Professional;
use omasote_types::records::{Record, RecordKind, RecordState, RecordTrouble};

use crate::db::schema::{professionals, record_messages, records, threads};
use crate::db::{DbConn, DbText, Id, MultiBackend, Stored, TextColumn};
use crate::per_backend;
use crate::repos::people::full_name;

impl TextColumn for RecordKind {
    fn as_text(self) -> &'static str {
        self.code()
    }

    fn from_text(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == text)
    }
}

impl TextColumn for RecordState {
    fn as_text(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Saved => "saved",
            Self::Failed => "failed",
        }
    }

    fn from_text(text: &str) -> Option<Self> {
        [Self::Waiting, Self::Saved, Self::Failed].into_iter().find(|state| state.as_text() == text)
    }
}

impl TextColumn for RecordTrouble {
    fn as_text(self) -> &'static str {
        self.code()
    }

    fn from_text(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|trouble| trouble.code() == text)
    }
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = records, check_for_backend(MultiBackend), treat_none_as_default_value = false)]
struct RecordRow {
    id: Id,
    citizen_id: Id,
    thread_id: Option<Id>,
    task_id: Option<Id>,
    unit_id: Id,
    professional_id: Id,
    kind: DbText<RecordKind>,
    summary: String,
    state: DbText<RecordState>,
    trouble: Option<DbText<RecordTrouble>>,
    created_at: Stored,
    saved_at: Option<Stored>,
    patient_key: Option<String>,
}

type Author = (Id, String, String, String);

fn to_record((row, author): (RecordRow, Author)) -> Record {
    let (id, given, family, title) = author;
    Record {
        id: row.id.into(),
        kind: row.kind.0,
        summary: row.summary,
        message_ids: Vec::new(),
        state: row.state.0,
        trouble: row.trouble.map(|trouble| trouble.0),
        by: Some(Professional { id: id.into(), name: full_name(&given, &family), title, absent_until: None }),
        created_at: row.created_at.into(),
        saved_at: row.saved_at.map(Instant::from),
    }
}

/// What something that is saved is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A thread.
    Thread(ThreadId),
    /// A task that was answered.
    Task(TaskId),
}

impl Origin {
    /// Its id.
    #[must_use]
    pub const fn id(&self) -> &uuid::Uuid {
        match self {
            Self::Thread(id) => id.as_uuid(),
            Self::Task(id) => id.as_uuid(),
        }
    }

    fn columns(self) -> (Option<Id>, Option<Id>) {
        match self {
            Self::Thread(id) => (Some(id.into()), None),
            Self::Task(id) => (None, Some(id.into())),
        }
    }

    fn of(row: &RecordRow) -> Option<Self> {
        let thread = row.thread_id.map(|id| Self::Thread(id.into()));
        thread.or_else(|| row.task_id.map(|id| Self::Task(id.into())))
    }
}

/// Where something that is saved belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Whose it is.
    pub citizen: CitizenId,
    /// What it is of.
    pub of: Origin,
    /// The unit that saves it.
    pub unit: UnitId,
}

/// Something to be saved.
#[derive(Clone, Copy, Debug)]
pub struct NewRecordRow<'a> {
    /// Its id.
    pub id: RecordId,
    /// Where it belongs.
    pub place: Place,
    /// Who saves it.
    pub by: ProfessionalId,
    /// What kind of an entry it becomes.
    pub kind: RecordKind,
    /// The summary.
    pub summary: &'a str,
    /// The messages that go with it.
    pub messages: &'a [MessageId],
    /// When.
    pub now: Instant,
}

/// Keeps what is to be saved. A batch is beyond the enum of both engines.
pub fn insert(conn: &mut DbConn, new: &NewRecordRow<'_>) -> QueryResult<usize> {
    let (thread_id, task_id) = new.place.of.columns();
    let row = RecordRow {
        id: new.id.into(),
        citizen_id: new.place.citizen.into(),
        thread_id,
        task_id,
        unit_id: new.place.unit.into(),
        professional_id: new.by.into(),
        kind: DbText(new.kind),
        summary: new.summary.to_owned(),
        state: DbText(RecordState::Waiting),
        trouble: None,
        created_at: new.now.into(),
        saved_at: None,
        patient_key: None,
    };
    diesel::insert_into(records::table).values(row).execute(conn)?;
    let chosen = new.messages.iter().map(|message| {
        (
            record_messages::record_id.eq(Id::from(new.id)),
            record_messages::message_id.eq(Id::from(*message)),
            record_messages::citizen_id.eq(Id::from(new.place.citizen)),
        )
    });
    let chosen: Vec<_> = chosen.collect();
    if chosen.is_empty() {
        return Ok(0);
    }
    per_backend!(conn, conn => diesel::insert_into(record_messages::table).values(&chosen).execute(conn))
}

/// `select … from records join professionals`, boxed so that filters can be added.
macro_rules! named_records {
    () => {
        records::table
            .inner_join(professionals::table)
            .select((
                RecordRow::as_select(),
                (
                    professionals::id,
                    professionals::given_name,
                    professionals::family_name,
                    professionals::title,
                ),
            ))
            .into_boxed::<MultiBackend>()
    };
}

fn with_messages(conn: &mut DbConn, mut found: Vec<Record>) -> QueryResult<Vec<Record>> {
    let ids: Vec<Id> = found.iter().map(|record| record.id.into()).collect();
    let chosen: Vec<(Id, Id)> = record_messages::table
        .filter(record_messages::record_id.eq_any(&ids))
        .order((record_messages::record_id.asc(), record_messages::message_id.asc()))
        .select((record_messages::record_id, record_messages::message_id))
        .load(conn)?;
    for record in &mut found {
        let own = chosen.iter().filter(|(of, _)| RecordId::from(*of) == record.id);
        record.message_ids = own.map(|(_, message)| MessageId::from(*message)).collect();
    }
    Ok(found)
}

/// What is saved of a thread, the newest first.
pub fn list_of_thread(conn: &mut DbConn, of: ThreadId) -> QueryResult<Vec<Record>> {
    let query = named_records!().filter(records::thread_id.eq(Some(Id::from(of))));
    let rows: Vec<(RecordRow, Author)> = query.order(records::id.desc()).load(conn)?;
    with_messages(conn, rows.into_iter().map(to_record).collect())
}

/// What is saved of a task, the newest first.
pub fn list_of_task(conn: &mut DbConn, of: TaskId) -> QueryResult<Vec<Record>> {
    let query = named_records!().filter(records::task_id.eq(Some(Id::from(of))));
    let rows: Vec<(RecordRow, Author)> = query.order(records::id.desc()).load(conn)?;
    Ok(rows.into_iter().map(to_record).collect())
}

/// One of these, and where it belongs.
pub fn find(conn: &mut DbConn, id: RecordId) -> QueryResult<Option<(Place, Record)>> {
    let query = named_records!().filter(records::id.eq(Id::from(id)));
    let Some((row, author)) = query.first::<(RecordRow, Author)>(conn).optional()? else { return Ok(None) };
    let Some(of) = Origin::of(&row) else { return Ok(None) };
    let place = Place { citizen: row.citizen_id.into(), of, unit: row.unit_id.into() };
    let record = with_messages(conn, vec![to_record((row, author))])?.pop();
    Ok(record.map(|record| (place, record)))
}

/// What the other system called a citizen the last time that it knew them.
pub fn find_patient_key(conn: &mut DbConn, of: CitizenId) -> QueryResult<Option<String>> {
    let known = records::table
        .filter(records::citizen_id.eq(Id::from(of)))
        .filter(records::patient_key.is_not_null())
        .order(records::id.desc())
        .select(records::patient_key);
    Ok(known.first::<Option<String>>(conn).optional()?.flatten())
}

/// Notes what the other system calls the citizen.
pub fn set_patient_key(conn: &mut DbConn, id: RecordId, key: &str) -> QueryResult<usize> {
    let record = records::table.find(Id::from(id));
    diesel::update(record).set(records::patient_key.eq(Some(key))).execute(conn)
}

/// The other system has acknowledged it: that is noted on a thread as well.
pub fn set_saved(conn: &mut DbConn, id: RecordId, of: Origin, now: Instant) -> QueryResult<usize> {
    if let Origin::Thread(thread) = of {
        diesel::update(threads::table.find(Id::from(thread)))
            .set(threads::recorded_at.eq(Some(Stored::from(now))))
            .execute(conn)?;
    }
    diesel::update(records::table.find(Id::from(id)))
        .set((
            records::state.eq(DbText(RecordState::Saved)),
            records::saved_at.eq(Some(Stored::from(now))),
            records::trouble.eq(None::<DbText<RecordTrouble>>),
        ))
        .execute(conn)
}

/// Where it stands while it is not saved.
pub fn set_state(
    conn: &mut DbConn,
    id: RecordId,
    state: RecordState,
    trouble: Option<RecordTrouble>,
) -> QueryResult<usize> {
    diesel::update(records::table.find(Id::from(id)))
        .set((records::state.eq(DbText(state)), records::trouble.eq(trouble.map(DbText))))
        .execute(conn)
}
