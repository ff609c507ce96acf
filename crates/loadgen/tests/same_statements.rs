//! The comparison is only worth something when the bare server asks the database what ours asks. So both are run on one
//! database, and what reaches it is compared. When this fails, a query of ours has changed: change
//! `crates/loadgen/src/bare/queries.rs` likewise.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::sync::{Arc, Mutex};

use chrono::{TimeDelta, Utc};
use diesel::SqliteConnection;
use diesel::connection::{Connection, InstrumentationEvent};
use omasote_backend::audit::Call;
use omasote_backend::auth::Actor;
use omasote_backend::db::{DbConn, DbUrl, once};
use omasote_backend::policy::Limits;
use omasote_backend::services::idempotency::Key;
use omasote_backend::services::messages;
use omasote_loadgen::bare::queries::{Bare, NewBareMessage, commit};
use omasote_loadgen::data::{Targets, fill};
use omasote_types::Instant;
use omasote_types::ids::{RequestId, SessionId};
use omasote_types::messages::{InboxQuery, NewMessage};
use omasote_types::page::PageQuery;
use omasote_types::sessions::PersonId;

type Statements = Arc<Mutex<Vec<String>>>;

struct Stage {
    ours: DbConn,
    bare: SqliteConnection,
    targets: Targets,
    now: Instant,
    _folder: tempfile::TempDir,
}

fn stage() -> Stage {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("test.sqlite").display());
    let (url, now) = (DbUrl::parse(&url).unwrap(), Utc::now());
    let targets = fill(&url, now).unwrap();
    let bare = SqliteConnection::of(url.connect().unwrap()).unwrap();
    Stage { ours: url.connect().unwrap(), bare, targets, now, _folder: folder }
}

/// Notes what reaches the database from now on, without the values.
fn listen(conn: &mut impl Connection) -> Statements {
    let statements = Statements::default();
    let noted = Arc::clone(&statements);
    conn.set_instrumentation(move |event: InstrumentationEvent<'_>| {
        if let InstrumentationEvent::StartQuery { query, .. } = event {
            let query = query.to_string();
            let text = query.split("-- binds").next().unwrap_or_default().trim().to_lowercase();
            noted.lock().unwrap().push(text);
        }
    });
    statements
}

fn call(person: PersonId, now: Instant) -> Call {
    let later = now + TimeDelta::hours(1);
    let (session, request) = (SessionId::at(now), RequestId::at(now));
    let actor =
        Actor { person, session, request, token_expires_at: later, session_ends_at: later, via: None };
    let day = std::time::Duration::from_secs(86_400);
    Call::new(actor, "measured", Limits { care: 90 * day, emergency: day, consent: day }, now)
}

fn assert_same(ours: &Statements, bare: &Statements) {
    let (ours, bare) = (ours.lock().unwrap(), bare.lock().unwrap());
    assert!(!ours.is_empty());
    assert_eq!(*ours, *bare);
}

#[test]
fn a_message_is_sent_by_the_same_statements() {
    let Stage { mut ours, mut bare, targets, now, _folder } = stage();
    let (of_ours, of_bare) = (listen(&mut ours), listen(&mut bare));
    let citizen = targets.citizens[0];
    let (new, key) = (NewMessage::of("Hei"), Key::parse(b"one").unwrap());
    let mut call = call(PersonId::Citizen(citizen.id), now);
    once(&mut ours, |tx| messages::send_message(tx, &mut call, citizen.short_thread, &new, Some(&key)))
        .unwrap();
    bare.begin_write().unwrap();
    let (text, key) = (new.text, "other".to_owned());
    let sent = bare.send_message(&NewBareMessage { thread: citizen.short_thread, text, key, now }).unwrap();
    commit(&mut bare).unwrap();
    assert!(sent.is_some());
    assert_same(&of_ours, &of_bare);
}

#[test]
fn a_thread_is_listed_by_the_same_statements() {
    let Stage { mut ours, mut bare, targets, now, _folder } = stage();
    let (of_ours, of_bare) = (listen(&mut ours), listen(&mut bare));
    let citizen = targets.citizens[0];
    let mut call = call(PersonId::Citizen(citizen.id), now);
    let listed =
        messages::list_messages(&mut ours, &mut call, citizen.long_thread, &PageQuery::default()).unwrap();
    let page = bare.list_messages(citizen.long_thread).unwrap().unwrap();
    assert_eq!(listed.items, page.items);
    assert_eq!(page.items.len(), 50);
    assert_same(&of_ours, &of_bare);
}

#[test]
fn an_inbox_is_listed_by_the_same_statements() {
    let Stage { mut ours, mut bare, targets, now, _folder } = stage();
    let (of_ours, of_bare) = (listen(&mut ours), listen(&mut bare));
    let (reader, unit) = targets.professionals[0];
    let mut call = call(PersonId::Professional(reader), now);
    let listed = messages::list_inbox(&mut ours, &mut call, unit, &InboxQuery::default()).unwrap();
    let page = bare.list_inbox(unit, reader).unwrap().unwrap();
    assert_eq!(listed.items, page.items);
    assert_eq!(page.items.len(), 50);
    assert_same(&of_ours, &of_bare);
}
