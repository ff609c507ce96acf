//! What was acknowledged is there, once, whatever happened to the server: killed twenty times in the middle of
//! writing, or told to stop.

use std::collections::HashMap;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use futures_util::future::join_all;
use omasote_backend::db::{Db, DbUrl, Engine, PoolSize};
use omasote_backend::live::Bus;
use omasote_backend::repos::units;
use omasote_client::{Client, IdempotencyKey};
use omasote_types::ids::ThreadId;
use omasote_types::messages::NewMessage;
use omasote_types::page::PageQuery;
use omasote_types::sessions::{App, PersonId};

use crate::harness::{TestApp, TestDatabase, on_both_engines};

const KILLS: usize = 20;
const WRITERS: usize = 8;

pub(crate) fn spawn(database: &TestDatabase, port: u16) -> Child {
    Command::new(env!("CARGO_BIN_EXE_omasote"))
        .arg("serve")
        .env("OMASOTE_DEMO", "true")
        .env("OMASOTE_LISTEN", format!("127.0.0.1:{port}"))
        .env("OMASOTE_DATABASE_URL", &database.url)
        .env("OMASOTE_DATA_DIR", database.folder())
        .env("OMASOTE_LOG", "error")
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

pub(crate) fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

pub(crate) async fn wait_until_ready(base: &str) {
    for _ in 0..200 {
        let answer = TestApp::http().get(format!("{base}/health/ready")).send().await;
        if answer.is_ok_and(|answer| answer.status() == 200) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("the server must start within five seconds");
}

async fn sign_in(base: &str, person: PersonId) -> Client {
    let client = Client::new(base, App::Citizen).unwrap();
    client.create_demo_session(person).await.unwrap();
    client
}

/// Writes until the server is gone; says what it acknowledged.
async fn write_until_gone(client: &Client, thread: ThreadId, name: &str) -> Vec<String> {
    let mut acknowledged = Vec::new();
    for number in 0.. {
        let text = format!("{name} {number}");
        let new = NewMessage::of(text.clone());
        match client.send_message(thread, &new, &IdempotencyKey::random()).await {
            Ok(_) => acknowledged.push(text),
            Err(_) => break,
        }
    }
    acknowledged
}

async fn texts(client: &Client, thread: ThreadId) -> HashMap<String, usize> {
    let (mut counted, mut cursor) = (HashMap::new(), None);
    loop {
        let page = client.list_messages(thread, &PageQuery { cursor, limit: Some(200) }).await.unwrap();
        for message in page.items {
            *counted.entry(message.text).or_default() += 1;
        }
        cursor = page.next_cursor;
        if cursor.is_none() {
            return counted;
        }
    }
}

fn check(there: &HashMap<String, usize>, acknowledged: &[String]) {
    for text in acknowledged {
        assert_eq!(there.get(text), Some(&1), "acknowledged, so it must be there once: {text}");
    }
    assert!(there.values().all(|count| *count == 1));
}

#[actix_web::test]
async fn a_database_that_is_gone_does_not_keep_a_server_from_stopping() {
    let database = TestDatabase::create(Engine::Postgres);
    let (url, size) = (DbUrl::parse(&database.url).unwrap(), PoolSize { readers: 1, writers: 1 });
    let bus = Bus::new(uuid::Uuid::new_v4(), Vec::new());
    let db = Db::open(&url, size, &bus).unwrap().hearing_others(&url, &bus, |_| ());
    drop(database);
    let answer = db.read(|conn| Ok(units::is_any(conn)?)).await;
    assert!(answer.is_err(), "the database is gone");
    let (done, ended) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        drop(db);
        done.send(())
    });
    ended.recv_timeout(Duration::from_secs(60)).unwrap();
}

on_both_engines! {
    async fn nothing_acknowledged_is_lost_when_the_server_is_killed(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let aino = app.citizen().await;
        let thread = aino.begin(unit.topic, "alku").await.id;
        app.stopper.stop().await;
        let port = free_port();
        let base = format!("http://127.0.0.1:{port}");
        let mut acknowledged = Vec::new();
        for round in 0..KILLS {
            let mut server = spawn(&app.database, port);
            wait_until_ready(&base).await;
            let client = sign_in(&base, aino.person).await;
            let names: Vec<String> = (0..WRITERS).map(|writer| format!("{round}/{writer}")).collect();
            let writing = join_all(names.iter().map(|name| write_until_gone(&client, thread, name)));
            let kill = async {
                tokio::time::sleep(Duration::from_millis(60 + 17 * (round as u64 % 7))).await;
                server.kill().unwrap();
                server.wait().unwrap();
            };
            let (written, ()) = futures_util::future::join(writing, kill).await;
            acknowledged.extend(written.into_iter().flatten());
        }
        let mut server = spawn(&app.database, port);
        wait_until_ready(&base).await;
        let client = sign_in(&base, aino.person).await;
        check(&texts(&client, thread).await, &acknowledged);
        assert!(acknowledged.len() > KILLS, "the kills must have met writes: {}", acknowledged.len());
        let counted = client.get_thread(thread).await.unwrap().message_count as usize;
        assert_eq!(counted, texts(&client, thread).await.len());
        server.kill().unwrap();
        server.wait().unwrap();
    }

    async fn a_server_told_to_stop_finishes_what_is_in_flight(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let aino = app.citizen().await;
        let thread = aino.begin(unit.topic, "alku").await.id;
        app.stopper.stop().await;
        let port = free_port();
        let base = format!("http://127.0.0.1:{port}");
        let mut server = spawn(&app.database, port);
        wait_until_ready(&base).await;
        let client = sign_in(&base, aino.person).await;
        let names: Vec<String> = (0..WRITERS).map(|writer| writer.to_string()).collect();
        let writing = join_all(names.iter().map(|name| write_until_gone(&client, thread, name)));
        let stop = async {
            tokio::time::sleep(Duration::from_millis(150)).await;
            let id = server.id().to_string();
            assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        };
        let (written, ()) = futures_util::future::join(writing, stop).await;
        assert!(server.wait().unwrap().success(), "a stopped server ends well");
        let acknowledged: Vec<String> = written.into_iter().flatten().collect();
        let mut server = spawn(&app.database, port);
        wait_until_ready(&base).await;
        check(&texts(&sign_in(&base, aino.person).await, thread).await, &acknowledged);
        server.kill().unwrap();
        server.wait().unwrap();
    }
}
