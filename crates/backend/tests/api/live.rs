//! Live streams: who hears what, across servers too, and when they end.

use std::time::Duration;

use futures_util::StreamExt as _;
use omasote_backend::db::Engine;
use omasote_client::IdempotencyKey;
use omasote_types::sessions::PersonId;
use omasote_types::tasks::TaskCompletion;
use omasote_types::updates::Update;

use crate::harness::{TestApp, on_both_engines};

/// An open live stream.
struct Stream {
    bytes: std::pin::Pin<Box<dyn futures_util::Stream<Item = reqwest::Result<Vec<u8>>>>>,
    text: String,
}

impl Stream {
    async fn open(app: &TestApp, person: PersonId) -> (Self, String) {
        let (token, _) = app.tokens(person).await;
        let cookie = format!("omasote-{}={token}", person.app().as_str());
        let url = app.url(&format!("/api/v1/updates?app={}", person.app().as_str()));
        let response = TestApp::http().get(url).header("cookie", cookie).send().await.unwrap();
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        let bytes = Box::pin(response.bytes_stream().map(|bytes| bytes.map(|bytes| bytes.to_vec())));
        let mut stream = Self { bytes, text: String::new() };
        assert_eq!(stream.next().await, Some(Update::Connected));
        (stream, token)
    }

    /// The next update; none when the stream has ended. Fails after five seconds of silence.
    async fn next(&mut self) -> Option<Update> {
        loop {
            if let Some((event, rest)) = self.text.split_once("\n\n") {
                let update = event.strip_prefix("data: ").map(|data| serde_json::from_str(data).unwrap());
                self.text = rest.to_owned();
                match update {
                    Some(update) => return Some(update),
                    None => continue,
                }
            }
            let more = tokio::time::timeout(Duration::from_secs(5), self.bytes.next()).await;
            match more.expect("an update within five seconds") {
                Some(Ok(bytes)) => self.text.push_str(&String::from_utf8(bytes).unwrap()),
                Some(Err(_)) | None => return None,
            }
        }
    }
}

on_both_engines! {
    async fn the_unit_hears_of_a_message_and_the_citizen_of_the_answer(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        let (mut inbox, _) = Stream::open(&app, hanna.person).await;
        let (mut own, _) = Stream::open(&app, aino.person).await;
        let thread = aino.begin(unit.topic, "Hei").await;
        let expected = Some(Update::ThreadChanged { thread_id: thread.id, citizen_id: aino.id, unit_id: unit.id });
        assert_eq!(inbox.next().await, expected);
        assert_eq!(own.next().await, expected);
        hanna.write(thread.id, "Hei").await;
        assert_eq!(own.next().await, expected);
    }

    async fn both_sides_hear_of_tasks_and_events(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        aino.begin(unit.topic, "Hei").await;
        let (mut of_unit, _) = Stream::open(&app, hanna.person).await;
        let (mut own, _) = Stream::open(&app, aino.person).await;
        let expected = Some(Update::AgendaChanged { citizen_id: aino.id, unit_id: unit.id });
        let event = crate::events::of_citizen(&app, &hanna, unit.id, &aino).await;
        assert_eq!((of_unit.next().await, own.next().await), (expected, expected));
        aino.confirm_event(event).await.unwrap();
        assert_eq!((of_unit.next().await, own.next().await), (expected, expected));
        let task = crate::tasks::to_do(&app, unit.id);
        let task = hanna.create_task(aino.id, &task, &IdempotencyKey::random()).await.unwrap();
        assert_eq!((of_unit.next().await, own.next().await), (expected, expected));
        aino.complete_task(task.id, &TaskCompletion::default()).await.unwrap();
        assert_eq!((of_unit.next().await, own.next().await), (expected, expected));
    }

    async fn others_hear_nothing(app: TestApp) {
        let (unit, other) = (app.unit("Kuhmon vastaanotto").await, app.unit("Kajaanin neuvola").await);
        let (aino, eero, katja) = (app.citizen().await, app.citizen().await, app.professional(other.id).await);
        let (mut of_eero, _) = Stream::open(&app, eero.person).await;
        let (mut of_katja, _) = Stream::open(&app, katja.person).await;
        aino.begin(unit.topic, "Hei").await;
        let after = eero.begin(other.topic, "Moi").await;
        for stream in [&mut of_eero, &mut of_katja] {
            let heard = stream.next().await;
            assert!(matches!(heard, Some(Update::ThreadChanged { thread_id, .. }) if thread_id == after.id));
        }
    }

    async fn a_stream_ends_when_its_session_does(app: TestApp) {
        let aino = app.citizen().await;
        let (mut stream, token) = Stream::open(&app, aino.person).await;
        let out = TestApp::http().delete(app.url("/api/v1/sessions/current")).bearer_auth(&token);
        assert_eq!(out.send().await.unwrap().status(), 200);
        assert_eq!(stream.next().await, None);
    }

    async fn streams_do_not_keep_a_server_from_stopping(app: TestApp) {
        let aino = app.citizen().await;
        let (mut stream, _) = Stream::open(&app, aino.person).await;
        let stopper = app.stopper.clone();
        let stop = actix_web::rt::spawn(async move { stopper.stop().await });
        assert_eq!(stream.next().await, None);
        tokio::time::timeout(Duration::from_secs(4), stop).await.expect("stops before its patience ends").unwrap();
    }
}

#[actix_web::test]
async fn a_second_server_on_the_same_postgres_hears_updates_and_ended_sessions() {
    let one = TestApp::start(Engine::Postgres).await;
    let two = TestApp::start_on(one.database.clone(), &[("demo", "true")]).await;
    let unit = one.unit("Kuhmon vastaanotto").await;
    let (aino, hanna) = (one.citizen().await, one.professional(unit.id).await);
    let (mut stream, token) = Stream::open(&two, hanna.person).await;
    // The second server's listener may have connected just now and then says so.
    let thread = aino.begin(unit.topic, "Hei").await;
    let mut heard = stream.next().await;
    while heard == Some(Update::Connected) {
        heard = stream.next().await;
    }
    assert!(matches!(heard, Some(Update::ThreadChanged { thread_id, .. }) if thread_id == thread.id));

    let out = TestApp::http().delete(one.url("/api/v1/sessions/current")).bearer_auth(&token);
    assert_eq!(out.send().await.unwrap().status(), 200);
    while let Some(update) = stream.next().await {
        assert_eq!(update, Update::Connected);
    }
    let refused = TestApp::http().get(two.url("/api/v1/me")).bearer_auth(&token).send().await.unwrap();
    assert_eq!(refused.status(), 401);
}
