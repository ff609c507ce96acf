//! The words of threads. SQLite keeps them in a full-text index of stems that are made here; PostgreSQL makes them itself, by
//! its `finnish` dictionary. Both are the Finnish stemmer of Snowball, and both find the beginnings of words.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use omasote_types::Instant;
use omasote_types::ids::{ThreadId, UnitId};
use omasote_types::language::LocalText;
use omasote_types::messages::{Side, Thread};
use rust_stemmers::{Algorithm, Stemmer};

use super::threads::{NamedThread, ThreadRow, TopicNames, UnitNames, named_threads, to_threads};
use crate::cursor::{Place, Window};
use crate::db::schema::{care_relations, citizens, messages, threads, topics, units};
use crate::db::{DbConn, DbId, DbInstant, Id, MultiBackend, Stored};
use crate::repos::people::CitizenNames;

/// Of a thread of thousands of messages the newest are found.
const MESSAGES_SEARCHED: i64 = 300;

/// What is found by the words of a thread, as it was when it was read.
#[derive(Clone, Debug)]
pub struct Searchable {
    /// The thread.
    pub thread: ThreadId,
    /// The unit that has it.
    pub unit: UnitId,
    /// When its last message was sent.
    pub last_message_at: Instant,
    /// Its words, parted by spaces.
    pub words: String,
    due_at: Stored,
    message_count: i32,
}

/// The words of a text: letters and digits, in small letters, parted by spaces.
#[must_use]
pub fn words_of(text: &str) -> String {
    let words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// The stem of each of the words of [`words_of`].
pub fn stems(words: &str) -> impl Iterator<Item = String> {
    let stemmer = Stemmer::create(Algorithm::Finnish);
    words.split(' ').filter(|word| !word.is_empty()).map(move |word| stemmer.stem(word).into_owned())
}

/// That a thread has changed in what it is found by.
pub fn set_search_due(conn: &mut DbConn, id: ThreadId, now: Instant) -> QueryResult<usize> {
    diesel::update(threads::table.find(Id::from(id)))
        .set(threads::search_due_at.eq(Some(Stored::from(now))))
        .execute(conn)
}

/// Threads whose words are due to be read, the oldest change first, with their words.
pub fn list_search_due(conn: &mut DbConn, limit: i64) -> QueryResult<Vec<Searchable>> {
    type Row = (Id, Id, Stored, Option<Stored>, i32, (String, String), (String, String, String));
    let rows: Vec<Row> = threads::table
        .inner_join(citizens::table)
        .inner_join(topics::table)
        .filter(threads::search_due_at.is_not_null())
        .order(threads::search_due_at.asc())
        .limit(limit)
        .select((
            threads::id,
            threads::unit_id,
            threads::last_message_at,
            threads::search_due_at,
            threads::message_count,
            (citizens::given_name, citizens::family_name),
            (topics::name_fi, topics::name_sv, topics::name_en),
        ))
        .load(conn)?;
    let mut due = Vec::with_capacity(rows.len());
    for (id, unit, last_message_at, due_at, message_count, name, (fi, sv, en)) in rows {
        let Some(due_at) = due_at else { continue };
        let topic = LocalText { fi, sv, en };
        due.push(Searchable {
            thread: id.into(),
            unit: unit.into(),
            last_message_at: last_message_at.into(),
            words: read_words(conn, id, &name, &topic)?,
            due_at,
            message_count,
        });
    }
    Ok(due)
}

fn read_words(
    conn: &mut DbConn,
    of: Id,
    (given_name, family_name): &(String, String),
    topic: &LocalText,
) -> QueryResult<String> {
    let mut texts: Vec<String> = messages::table
        .filter(messages::thread_id.eq(of))
        .order((messages::sent_at.desc(), messages::id.desc()))
        .limit(MESSAGES_SEARCHED)
        .select(messages::text)
        .load(conn)?;
    let names = [given_name, family_name, &topic.fi, &topic.sv, &topic.en];
    texts.extend(names.into_iter().cloned());
    Ok(words_of(&texts.join(" ")))
}

/// Keeps the words of a thread in place of those it had. When it has changed since they were read, or is being changed, it stays
/// due: then false.
pub fn save_words(conn: &mut DbConn, of: &Searchable) -> QueryResult<bool> {
    match conn {
        DbConn::Pg(conn) => {
            // Waiting for who writes into it, with other threads in hand, could have two writers wait for each other.
            if is_in_other_hands(conn, of.thread)? {
                return Ok(false);
            }
            save_in_postgres(conn, of)?;
        }
        DbConn::Sqlite(conn) => save_in_sqlite(conn, of)?,
    }
    let as_read = threads::table
        .filter(threads::id.eq(Id::from(of.thread)))
        .filter(threads::unit_id.eq(Id::from(of.unit)))
        .filter(threads::search_due_at.eq(Some(of.due_at)))
        .filter(threads::message_count.eq(of.message_count));
    let never: Option<Stored> = None;
    Ok(diesel::update(as_read).set(threads::search_due_at.eq(never)).execute(conn)? == 1)
}

fn is_in_other_hands(conn: &mut PgConnection, thread: ThreadId) -> QueryResult<bool> {
    let row = threads::table.find(Id::from(thread)).select(threads::id).for_update().skip_locked();
    Ok(row.first::<Id>(conn).optional()?.is_none())
}

fn save_in_postgres(conn: &mut PgConnection, of: &Searchable) -> QueryResult<()> {
    diesel::sql_query(
        "insert into thread_searches (thread_id, unit_id, last_message_at, document)
         values ($1, $2, $3, strip(to_tsvector('finnish', $4)))
         on conflict (thread_id) do update
         set unit_id = excluded.unit_id, last_message_at = excluded.last_message_at, document = excluded.document",
    )
    .bind::<DbId, _>(Id::from(of.thread))
    .bind::<DbId, _>(Id::from(of.unit))
    .bind::<DbInstant, _>(Stored::from(of.last_message_at))
    .bind::<Text, _>(&of.words)
    .execute(conn)?;
    Ok(())
}

fn save_in_sqlite(conn: &mut SqliteConnection, of: &Searchable) -> QueryResult<()> {
    let thread = Id::from(of.thread);
    diesel::sql_query(
        "delete from thread_words where rowid = (select document from thread_searches where thread_id = ?)",
    )
    .bind::<DbId, _>(thread)
    .execute(conn)?;
    diesel::sql_query("delete from thread_searches where thread_id = ?")
        .bind::<DbId, _>(thread)
        .execute(conn)?;
    let document = free_document(conn, of.last_message_at.timestamp_micros())?;
    diesel::sql_query(
        "insert into thread_searches (thread_id, unit_id, last_message_at, document) values (?, ?, ?, ?)",
    )
    .bind::<DbId, _>(thread)
    .bind::<DbId, _>(Id::from(of.unit))
    .bind::<DbInstant, _>(Stored::from(of.last_message_at))
    .bind::<BigInt, _>(document)
    .execute(conn)?;
    let stems: Vec<String> = stems(&of.words).collect();
    diesel::sql_query("insert into thread_words (rowid, unit, words) values (?, ?, ?)")
        .bind::<BigInt, _>(document)
        .bind::<Text, _>(unit_word(of.unit))
        .bind::<Text, _>(stems.join(" "))
        .execute(conn)?;
    Ok(())
}

#[derive(QueryableByName)]
struct Document {
    #[diesel(sql_type = BigInt)]
    document: i64,
}

/// The time as a number, or one after those that are taken when it is taken itself.
fn free_document(conn: &mut SqliteConnection, wanted: i64) -> QueryResult<i64> {
    const SECOND: i64 = 1_000_000;
    let found: Document = diesel::sql_query(
        "select case when exists (select 1 from thread_searches where document = ?1)
         then (select max(document) + 1 from thread_searches where document < ?1 + ?2) else ?1 end as document",
    )
    .bind::<BigInt, _>(wanted)
    .bind::<BigInt, _>(SECOND)
    .get_result(conn)?;
    Ok(found.document)
}

/// A unit as a word of the index.
fn unit_word(unit: UnitId) -> String {
    format!("u{}", unit.as_uuid().simple())
}

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = DbId)]
    thread_id: Id,
    #[diesel(sql_type = DbInstant)]
    place: Stored,
}

/// Where a unit's threads stand that have all of the words of [`words_of`] or words that begin with them, the newest first.
pub fn find_by_words(conn: &mut DbConn, of: UnitId, words: &str, window: &Window) -> QueryResult<Vec<Place>> {
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let found = match conn {
        DbConn::Pg(conn) => find_in_postgres(conn, of, words, window)?,
        DbConn::Sqlite(conn) => find_in_sqlite(conn, of, words, window)?,
    };
    let places = found.into_iter();
    Ok(places.map(|found| Place { time: found.place.into(), id: *found.thread_id.as_uuid() }).collect())
}

fn find_in_postgres(
    conn: &mut PgConnection,
    of: UnitId,
    words: &str,
    window: &Window,
) -> QueryResult<Vec<Found>> {
    let wanted: Vec<String> = words.split(' ').map(|word| format!("{word}:*")).collect();
    let after = window.after.unwrap_or(Place { time: Instant::MAX_UTC, id: uuid::Uuid::max() });
    let has_place = window.after.is_some();
    diesel::sql_query(
        "select thread_id, last_message_at as place from thread_searches
         where unit_id = $1 and document @@ to_tsquery('finnish', $2)
         and (not $3 or (last_message_at, thread_id) < ($4, $5))
         order by last_message_at desc, thread_id desc limit $6",
    )
    .bind::<DbId, _>(Id::from(of))
    .bind::<Text, _>(wanted.join(" & "))
    .bind::<diesel::sql_types::Bool, _>(has_place)
    .bind::<DbInstant, _>(Stored::from(if has_place { after.time } else { Instant::UNIX_EPOCH }))
    .bind::<DbId, _>(Id::from_uuid(after.id))
    .bind::<BigInt, _>(window.fetch())
    .load(conn)
}

fn find_in_sqlite(
    conn: &mut SqliteConnection,
    of: UnitId,
    words: &str,
    window: &Window,
) -> QueryResult<Vec<Found>> {
    let stems: Vec<String> = stems(words).map(|stem| format!("\"{stem}\" *")).collect();
    let wanted = format!("unit : {} AND words : ({})", unit_word(of), stems.join(" AND "));
    let before = window.after.map_or(i64::MAX, |after| after.time.timestamp_micros());
    diesel::sql_query(
        "select s.thread_id as thread_id, s.document as place
         from thread_words join thread_searches s on s.document = thread_words.rowid
         where thread_words match ? and thread_words.rowid < ?
         order by thread_words.rowid desc limit ?",
    )
    .bind::<Text, _>(wanted)
    .bind::<BigInt, _>(before)
    .bind::<BigInt, _>(window.fetch())
    .load(conn)
}

/// Of the threads found, those that the unit still has and may see: what moved on or is restricted is left out, and what ended
/// before `since` with the care relation. In the order found.
pub fn list_found(
    conn: &mut DbConn,
    of: UnitId,
    since: Instant,
    places: &[Place],
) -> QueryResult<Vec<Thread>> {
    let ids: Vec<Id> = places.iter().map(|place| Id::from_uuid(place.id)).collect();
    let is_current =
        care_relations::closed_at.is_null().or(care_relations::closed_at.gt(Some(Stored::from(since))));
    let relation = care_relations::table
        .filter(care_relations::citizen_id.eq(threads::citizen_id))
        .filter(care_relations::unit_id.eq(threads::unit_id))
        .filter(is_current);
    let rows: Vec<NamedThread> = named_threads!()
        .filter(threads::id.eq_any(ids))
        .filter(threads::closed_at.is_null().or(diesel::dsl::exists(relation)))
        .load(conn)?;
    let mut found = to_threads(conn, rows, Side::Unit)?;
    // Asked for by its unit, SQLite would read all threads of the unit instead of the few by their ids.
    found.retain(|thread| thread.unit.id == of && !thread.is_restricted);
    found.sort_by_key(|thread| places.iter().position(|place| place.id == *thread.id.as_uuid()));
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_letters_and_digits_in_small_letters() {
        assert_eq!(words_of("  Hei! Verenpaine 131/85, ÄITI-asia…"), "hei verenpaine 131 85 äiti asia");
        assert_eq!(words_of("\" * () : -- '"), "");
    }

    #[test]
    fn forms_of_a_word_have_one_stem() {
        let stem = |word: &str| stems(word).next().unwrap();
        for form in ["resepti", "reseptin", "reseptiä", "reseptini"] {
            assert!(stem(form).starts_with(&stem("resepti")), "{form}: {}", stem(form));
        }
    }
}
