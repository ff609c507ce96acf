//! The statements of each operation, on a connection of one engine. A test runs ours and these side by side and
//! compares what reaches the database.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::connection::{AnsiTransactionManager, LoadConnection, TransactionManager};
use diesel::prelude::*;
use omasote_backend::db::schema::{
    citizens, drafts, idempotency_keys, memberships, messages, professionals, threads, topics, units,
};
use omasote_backend::db::{DbConn, DbText, Id, Stored};
use omasote_types::ids::{AccessId, MessageId, ProfessionalId, ThreadId, UnitId};
use omasote_types::language::{Language, LocalText};
use omasote_types::messages::{Holder, Message, Sender, Side, Thread, ThreadState, excerpt};
use omasote_types::page::Page;
use omasote_types::people::CitizenRef;
use omasote_types::units::UnitRef;

/// Items on a page.
const PAGE: usize = 50;
/// One more than a page tells whether there is a next one.
const FETCH: i64 = 51;

/// A message that is about to be sent by the citizen of the thread.
pub struct NewBareMessage {
    /// Into which thread.
    pub thread: ThreadId,
    /// The text.
    pub text: String,
    /// The request's Idempotency-Key.
    pub key: String,
    /// When.
    pub now: DateTime<Utc>,
}

/// What is done on a connection of one engine.
pub trait Bare: LoadConnection + Send + 'static {
    /// The connection, when it is of this engine.
    fn of(conn: DbConn) -> Option<Self>;
    /// Begins a transaction that is going to write.
    fn begin_write(&mut self) -> QueryResult<()>;
    /// Sends a message; nothing when there is no such thread.
    fn send_message(&mut self, new: &NewBareMessage) -> QueryResult<Option<Message>>;
    /// A thread's messages; nothing when there is no such thread.
    fn list_messages(&mut self, of: ThreadId) -> QueryResult<Option<Page<Message>>>;
    /// Who waits for an answer of a unit; nothing when the professional does not belong to it.
    fn list_inbox(&mut self, of: UnitId, reader: ProfessionalId) -> QueryResult<Option<Page<Thread>>>;
}

/// Ends a transaction that [`Bare::begin_write`] began.
pub fn commit<C: Bare>(conn: &mut C) -> QueryResult<()> {
    C::TransactionManager::commit_transaction(conn)
}

type Names = (String, String);
type CitizenColumns = (String, String, NaiveDate, DbText<Language>, Option<Stored>);
type MessageColumns = (
    (Id, Id, Id, Option<Id>, String, Stored),
    (Option<Id>, Option<String>, Option<Stored>, Option<String>, i32, i32, i32),
);
type NamedMessage = (MessageColumns, Names, Option<(String, String, String)>);
type ThreadColumns = (
    (Id, Id, Id, Id, DbText<ThreadState>, Stored, Option<Stored>),
    (Stored, DbText<Side>, String, i32, i32, i32, Option<Stored>, Option<Id>),
    (Option<Id>, Option<Stored>, Option<Stored>, i32, Option<Id>, Option<Stored>),
    (Option<Stored>, i32, Option<Stored>),
);
type ThreeNames = (String, String, String);
type NamedThread = (ThreadColumns, CitizenColumns, ThreeNames, ThreeNames);

fn full_name((given, family): Names) -> String {
    format!("{given} {family}")
}

fn to_message((row, citizen, professional): NamedMessage) -> Message {
    let ((id, thread, citizen_id, professional_id, text, sent_at), (_, proxy, ..)) = row;
    let sender = match (professional_id, professional) {
        (Some(id), Some((given, family, title))) => {
            Sender::Unit { id: id.into(), name: full_name((given, family)), title }
        }
        _ => Sender::Citizen { id: citizen_id.into(), name: full_name(citizen), proxy },
    };
    Message {
        id: id.into(),
        thread_id: thread.into(),
        sender,
        text,
        sent_at: sent_at.into(),
        opened: None,
        instructions: Vec::new(),
        attachments: Vec::new(),
        links: Vec::new(),
    }
}

fn to_thread((columns, citizen, unit, topic): NamedThread) -> Thread {
    let ((id, citizen_id, unit_id, _, state, created_at, waiting_since), rest, handling, kept) = columns;
    let (holder, held_since, closed_at, moves, returns_to, raised_at) = handling;
    let (promised, missed, recorded_at) = kept;
    let holder = holder.zip(held_since);
    let (last_message_at, last_sender, excerpt, message_count, _, unread, hidden_at, about) = rest;
    let text = |(fi, sv, en): ThreeNames| LocalText { fi, sv, en };
    Thread {
        id: id.into(),
        citizen: CitizenRef {
            id: citizen_id.into(),
            name: full_name((citizen.0.clone(), citizen.1)),
            given_name: citizen.0,
            birth_date: citizen.2,
            language: citizen.3.0,
        },
        unit: UnitRef { id: unit_id.into(), name: text(unit) },
        topic: text(topic),
        state: state.0,
        created_at: created_at.into(),
        waiting_since: waiting_since.map(DateTime::from),
        promised_at: promised.map(DateTime::from),
        promises_missed: u32::try_from(missed).unwrap_or_default(),
        last_message_at: last_message_at.into(),
        last_sender: last_sender.0,
        excerpt,
        message_count: u32::try_from(message_count).unwrap_or_default(),
        unread_count: u32::try_from(unread).unwrap_or_default(),
        holder: holder.map(|(id, since)| Holder { id: id.into(), name: String::new(), since: since.into() }),
        closed_at: closed_at.map(DateTime::from),
        moves: u32::try_from(moves).unwrap_or_default(),
        can_be_returned: returns_to.is_some(),
        is_raised: raised_at.is_some(),
        recorded_at: recorded_at.map(DateTime::from),
        is_hidden_from_proxies: hidden_at.is_some(),
        is_restricted: citizen.4.is_some_and(|since| DateTime::from(created_at) <= DateTime::from(since)),
        about_access: about.map(AccessId::from),
    }
}

type ProfessionalColumns = (Id, String, String, String, Option<Stored>);

macro_rules! professional_columns {
    () => {
        (
            professionals::id,
            professionals::given_name,
            professionals::family_name,
            professionals::title,
            professionals::absent_until,
        )
    };
}

fn name_holders(threads: &mut [Thread], names: &[ProfessionalColumns]) {
    for holder in threads.iter_mut().filter_map(|thread| thread.holder.as_mut()) {
        if let Some((_, given, family, ..)) = names.iter().find(|(id, ..)| holder.id == (*id).into()) {
            holder.name = format!("{given} {family}");
        }
    }
}

fn page<T>(mut items: Vec<T>, cursor: impl Fn(&T) -> String) -> Page<T> {
    let has_more = items.len() > PAGE;
    items.truncate(PAGE);
    let next_cursor = items.last().filter(|_| has_more).map(cursor);
    Page { items, next_cursor }
}

type StandingColumns = (
    Id,
    DbText<ThreadState>,
    Option<Stored>,
    Option<Id>,
    Option<Stored>,
    Option<Stored>,
    i32,
    Option<Id>,
    Option<Stored>,
);
type Facts = (Id, StandingColumns, Option<Stored>, Stored);

macro_rules! facts {
    () => {
        (
            threads::citizen_id,
            (
                threads::unit_id,
                threads::state,
                threads::waiting_since,
                threads::holder_id,
                threads::held_since,
                threads::closed_at,
                threads::moves,
                threads::returns_to_id,
                threads::raised_at,
            ),
            threads::hidden_from_proxies_at,
            threads::created_at,
        )
    };
}

macro_rules! named_messages {
    () => {
        messages::table.inner_join(citizens::table).left_join(professionals::table).select((
            (
                (
                    messages::id,
                    messages::thread_id,
                    messages::citizen_id,
                    messages::professional_id,
                    messages::text,
                    messages::sent_at,
                ),
                (
                    messages::proxy_id,
                    messages::proxy_name,
                    messages::opened_at,
                    messages::opened_title,
                    messages::instruction_count,
                    messages::attachment_count,
                    messages::link_count,
                ),
            ),
            (citizens::given_name, citizens::family_name),
            (professionals::given_name, professionals::family_name, professionals::title).nullable(),
        ))
    };
}

macro_rules! named_threads {
    () => {
        threads::table.inner_join(citizens::table).inner_join(units::table).inner_join(topics::table).select(
            (
                (
                    (
                        threads::id,
                        threads::citizen_id,
                        threads::unit_id,
                        threads::topic_id,
                        threads::state,
                        threads::created_at,
                        threads::waiting_since,
                    ),
                    (
                        threads::last_message_at,
                        threads::last_sender,
                        threads::excerpt,
                        threads::message_count,
                        threads::unread_by_citizen,
                        threads::unread_by_unit,
                        threads::hidden_from_proxies_at,
                        threads::about_access_id,
                    ),
                    (
                        threads::holder_id,
                        threads::held_since,
                        threads::closed_at,
                        threads::moves,
                        threads::returns_to_id,
                        threads::raised_at,
                    ),
                    (threads::promised_at, threads::promises_missed, threads::recorded_at),
                ),
                (
                    citizens::given_name,
                    citizens::family_name,
                    citizens::birth_date,
                    citizens::language,
                    citizens::restricted_since,
                ),
                (units::name_fi, units::name_sv, units::name_en),
                (topics::name_fi, topics::name_sv, topics::name_en),
            ),
        )
    };
}

/// The same for either engine; Diesel wants to see a concrete one.
macro_rules! bare {
    ($conn:ty, $variant:ident, $begin:expr) => {
        impl Bare for $conn {
            fn of(conn: DbConn) -> Option<Self> {
                if let DbConn::$variant(conn) = conn { Some(conn) } else { None }
            }

            fn begin_write(&mut self) -> QueryResult<()> {
                $begin(self)
            }

            fn send_message(&mut self, new: &NewBareMessage) -> QueryResult<Option<Message>> {
                let (thread, now) = (Id::from(new.thread), Stored::from(new.now));
                let facts = threads::table.find(thread).select(facts!());
                let Some((citizen, standing, ..)) = facts.first::<Facts>(self).optional()? else {
                    return Ok(None);
                };
                let (unit, _, waiting_since, holder, held_since, _, moves, returns_to, raised_at) = standing;
                let id = Id::from(MessageId::at(new.now));
                let key = (
                    idempotency_keys::person_id.eq(citizen),
                    idempotency_keys::key.eq(&new.key),
                    idempotency_keys::operation.eq("sendMessage"),
                    idempotency_keys::request_hash.eq([0_u8; 32].as_slice()),
                    idempotency_keys::resource_id.eq(id),
                    idempotency_keys::created_at.eq(now),
                );
                diesel::insert_into(idempotency_keys::table)
                    .values(key)
                    .on_conflict_do_nothing()
                    .execute(self)?;
                let message = (
                    messages::id.eq(id),
                    messages::thread_id.eq(thread),
                    messages::citizen_id.eq(citizen),
                    messages::professional_id.eq(None::<Id>),
                    messages::text.eq(&new.text),
                    messages::sent_at.eq(now),
                    messages::proxy_id.eq(None::<Id>),
                    messages::proxy_name.eq(None::<String>),
                    messages::opened_at.eq(None::<Stored>),
                    messages::opened_title.eq(None::<String>),
                    messages::instruction_count.eq(0),
                    messages::attachment_count.eq(0),
                    messages::link_count.eq(0),
                );
                diesel::insert_into(messages::table).values(message).execute(self)?;
                let growth = (
                    (
                        (
                            threads::unit_id.eq(unit),
                            threads::state.eq(DbText(ThreadState::Waiting)),
                            threads::waiting_since.eq(waiting_since.or(Some(now))),
                            threads::holder_id.eq(holder),
                            threads::held_since.eq(held_since),
                            threads::closed_at.eq(None::<Stored>),
                            threads::moves.eq(moves),
                            threads::returns_to_id.eq(returns_to),
                            threads::raised_at.eq(raised_at),
                        ),
                        threads::last_message_at.eq(now),
                        threads::last_sender.eq(DbText(Side::Citizen)),
                        threads::excerpt.eq(excerpt(&new.text)),
                        threads::message_count.eq(threads::message_count + 1),
                        threads::search_due_at.eq(Some(now)),
                    ),
                    threads::unread_by_unit.eq(threads::unread_by_unit + 1),
                );
                diesel::update(threads::table.find(thread)).set(growth).execute(self)?;
                diesel::delete(drafts::table.find((citizen, thread))).execute(self)?;
                let sent = named_messages!().filter(messages::id.eq(id)).first::<NamedMessage>(self)?;
                Ok(Some(to_message(sent)))
            }

            fn list_messages(&mut self, of: ThreadId) -> QueryResult<Option<Page<Message>>> {
                let of = Id::from(of);
                let facts = threads::table.find(of).select(facts!());
                if facts.first::<Facts>(self).optional()?.is_none() {
                    return Ok(None);
                }
                let query = named_messages!().filter(messages::thread_id.eq(of));
                let query = query.order(messages::id.desc()).limit(FETCH);
                let rows: Vec<NamedMessage> = query.load(self)?;
                let items = rows.into_iter().map(to_message).collect();
                Ok(Some(page(items, |message| message.id.to_string())))
            }

            fn list_inbox(
                &mut self,
                of: UnitId,
                reader: ProfessionalId,
            ) -> QueryResult<Option<Page<Thread>>> {
                let membership = memberships::table.find((Id::from(reader), Id::from(of)));
                let title = membership.inner_join(professionals::table).select(professionals::title);
                if title.first::<String>(self).optional()?.is_none() {
                    return Ok(None);
                }
                let query = named_threads!()
                    .filter(threads::unit_id.eq(Id::from(of)))
                    .filter(threads::waiting_since.is_not_null())
                    .order((threads::waiting_since.asc(), threads::id.asc()))
                    .limit(FETCH);
                let rows: Vec<NamedThread> = query.load(self)?;
                let mut items: Vec<Thread> = rows.into_iter().map(to_thread).collect();
                let holders: Vec<Id> = items
                    .iter()
                    .filter_map(|thread| thread.holder.as_ref())
                    .map(|one| one.id.into())
                    .collect();
                if !holders.is_empty() {
                    let named = professionals::table.filter(professionals::id.eq_any(holders));
                    let names: Vec<ProfessionalColumns> = named.select(professional_columns!()).load(self)?;
                    name_holders(&mut items, &names);
                }
                Ok(Some(page(items, |thread| thread.id.to_string())))
            }
        }
    };
}

bare!(PgConnection, Pg, AnsiTransactionManager::begin_transaction);
bare!(SqliteConnection, Sqlite, |conn| AnsiTransactionManager::begin_transaction_sql(
    conn,
    "begin immediate"
));
