//! Input that is wrong: each kind gets its status and its code, and nothing is stored.

use omasote_types::page::PageQuery;
use serde_json::{Value, json};

use crate::harness::{TestApp, on_both_engines};

struct Caller<'a> {
    app: &'a TestApp,
    token: String,
}

impl Caller<'_> {
    async fn post(&self, path: &str, body: String) -> (u16, Value) {
        let request = TestApp::http().post(self.app.url(path)).bearer_auth(&self.token);
        read(request.header("content-type", "application/json").body(body)).await
    }

    async fn get(&self, path: &str) -> (u16, Value) {
        read(TestApp::http().get(self.app.url(path)).bearer_auth(&self.token)).await
    }
}

async fn read(request: reqwest::RequestBuilder) -> (u16, Value) {
    let response = request.send().await.unwrap();
    assert_eq!(response.headers()["content-type"], "application/problem+json");
    let status = response.status().as_u16();
    let body: Value = serde_json::from_str(&response.text().await.unwrap()).unwrap();
    assert_eq!(body["status"], status);
    assert!(body["requestId"].is_string(), "{body}");
    (status, body)
}

on_both_engines! {
    async fn a_wrong_body_is_refused_by_its_code_and_nothing_is_stored(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let aino = app.citizen().await;
        let thread = aino.begin(unit.topic, "Hei").await;
        let caller = Caller { app: &app, token: app.tokens(aino.person).await.0 };
        let send = format!("/api/v1/threads/{}/messages", thread.id);
        let begin = "/api/v1/citizens/me/threads".to_owned();
        let topic = unit.topic.to_string();
        let long = "a".repeat(10_001);
        let cases: &[(&str, String, u16, &str, &str)] = &[
            (&send, "{".into(), 400, "malformed_body", ""),
            (&send, "".into(), 400, "malformed_body", ""),
            (&send, "[]".into(), 400, "malformed_body", ""),
            (&send, "{}".into(), 400, "malformed_body", ""),
            (&send, json!({ "text": 5 }).to_string(), 400, "malformed_body", ""),
            (&send, json!({ "text": null }).to_string(), 400, "malformed_body", ""),
            (&send, json!({ "text": "a", "sentAt": "2026-01-01T00:00:00Z" }).to_string(), 400, "malformed_body", ""),
            (&send, r#"{ "text": "a", "text": "b" }"#.into(), 400, "malformed_body", ""),
            (&send, r#"{ "text": "\ud800" }"#.into(), 400, "malformed_body", ""),
            (&send, json!({ "text": "" }).to_string(), 422, "validation_failed", "required"),
            (&send, json!({ "text": " \n " }).to_string(), 422, "validation_failed", "required"),
            (&send, json!({ "text": long }).to_string(), 422, "validation_failed", "too_long"),
            (&send, json!({ "text": "a\u{0}b" }).to_string(), 422, "validation_failed", "forbidden_character"),
            (&begin, json!({ "text": "a" }).to_string(), 400, "malformed_body", ""),
            (&begin, json!({ "text": "a", "topicId": "x" }).to_string(), 400, "malformed_body", ""),
            (&begin, json!({ "text": "a", "topicId": topic, "unitId": "x" }).to_string(), 400, "malformed_body", ""),
            (&begin, json!({ "text": "a", "topicId": thread.id }).to_string(), 422, "validation_failed", "unknown_reference"),
            (&begin, json!({ "text": "", "topicId": topic }).to_string(), 422, "validation_failed", "required"),
        ];
        for (path, body, status, code, field_code) in cases {
            let shown: String = body.chars().take(80).collect();
            let (given, problem) = caller.post(path, body.clone()).await;
            assert_eq!((given, problem["code"].as_str().unwrap()), (*status, *code), "{shown}");
            if !field_code.is_empty() {
                assert_eq!(problem["errors"][0]["code"], *field_code, "{shown}");
            }
        }
        assert_eq!(aino.list_messages(thread.id, &PageQuery::default()).await.unwrap().items.len(), 1);
        assert_eq!(aino.list_threads(aino.id, &PageQuery::default()).await.unwrap().items.len(), 1);
    }

    async fn a_body_that_is_too_large_or_of_another_type_is_refused(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let aino = app.citizen().await;
        let thread = aino.begin(unit.topic, "Hei").await;
        let token = app.tokens(aino.person).await.0;
        let url = app.url(&format!("/api/v1/threads/{}/messages", thread.id));
        let large = json!({ "text": "a".repeat(600 * 1024) }).to_string();
        let request = TestApp::http().post(&url).bearer_auth(&token).header("content-type", "application/json");
        assert_eq!(read(request.body(large)).await.1["code"], "body_too_large");
        for kind in ["text/plain", "application/x-www-form-urlencoded", "application/jsonx"] {
            let request = TestApp::http().post(&url).bearer_auth(&token).header("content-type", kind);
            let (status, problem) = read(request.body(r#"{"text":"a"}"#)).await;
            assert_eq!((status, problem["code"].as_str().unwrap()), (415, "unsupported_media_type"), "{kind}");
        }
        let without = TestApp::http().post(&url).bearer_auth(&token).body(r#"{"text":"a"}"#);
        assert_eq!(read(without).await.0, 415);
        assert_eq!(aino.get_thread(thread.id).await.unwrap().message_count, 1);
    }

    async fn wrong_ids_cursors_and_parameters_are_refused_by_their_codes(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let hanna = app.professional(unit.id).await;
        for _ in 0..2 {
            app.citizen().await.begin(unit.topic, "Hei").await;
        }
        let caller = Caller { app: &app, token: app.tokens(hanna.person).await.0 };
        let query = omasote_types::messages::InboxQuery { limit: Some(1), ..Default::default() };
        let cursor = hanna.list_inbox(unit.id, &query).await.unwrap().next_cursor.unwrap();
        let inbox = format!("/api/v1/units/{}/inbox", unit.id);
        let cases = [
            ("/api/v1/threads/123".to_owned(), 400, "invalid_parameter"),
            ("/api/v1/threads/00000000-0000-0000-0000-000000000000".to_owned(), 404, "not_found"),
            ("/api/v1/citizens/moi/threads".to_owned(), 400, "invalid_parameter"),
            ("/api/v1/citizens/me/threads".to_owned(), 404, "not_found"),
            (format!("{inbox}?limit=0"), 400, "invalid_parameter"),
            (format!("{inbox}?limit=201"), 400, "invalid_parameter"),
            (format!("{inbox}?limit=-1"), 400, "invalid_parameter"),
            (format!("{inbox}?limit=99999999999"), 400, "invalid_parameter"),
            (format!("{inbox}?state=avoin"), 400, "invalid_parameter"),
            (format!("{inbox}?unknown=1"), 400, "invalid_parameter"),
            (format!("{inbox}?cursor=abc"), 400, "invalid_cursor"),
            (format!("{inbox}?cursor=%00"), 400, "invalid_cursor"),
            (format!("{inbox}?state=closed&cursor={cursor}"), 400, "invalid_cursor"),
            (format!("/api/v1/units?cursor={cursor}"), 400, "invalid_cursor"),
        ];
        for (path, status, code) in cases {
            let (given, problem) = caller.get(&path).await;
            assert_eq!((given, problem["code"].as_str().unwrap()), (status, code), "{path}");
        }
    }

    async fn a_wrong_idempotency_key_is_refused(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let aino = app.citizen().await;
        let thread = aino.begin(unit.topic, "Hei").await;
        let token = app.tokens(aino.person).await.0;
        let url = app.url(&format!("/api/v1/threads/{}/messages", thread.id));
        for key in ["", "a b", "ä", &"x".repeat(101)] {
            let request = TestApp::http().post(&url).bearer_auth(&token).header("content-type", "application/json");
            let (status, problem) = read(request.header("idempotency-key", key).body(r#"{"text":"a"}"#)).await;
            assert_eq!((status, problem["code"].as_str().unwrap()), (400, "invalid_parameter"), "{key}");
        }
        assert_eq!(aino.get_thread(thread.id).await.unwrap().message_count, 1);
    }

    async fn a_read_mark_must_be_a_message_of_its_thread(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        let (one, other) = (aino.begin(unit.topic, "yksi").await, aino.begin(unit.topic, "toinen").await);
        let elsewhere = aino.list_messages(other.id, &PageQuery::default()).await.unwrap().items.remove(0);
        let caller = Caller { app: &app, token: app.tokens(hanna.person).await.0 };
        let body = json!({ "upTo": elsewhere.id }).to_string();
        let (status, problem) = caller.post(&format!("/api/v1/threads/{}/read", one.id), body).await;
        assert_eq!((status, problem["errors"][0]["code"].as_str().unwrap()), (422, "unknown_reference"));
        assert_eq!(hanna.count_unread().await.unwrap().messages, 2);
    }

    async fn credentials_are_checked_before_anything_is_looked_up(app: TestApp) {
        for (body, status, code) in [
            (json!({ "username": "a" }).to_string(), 400, "malformed_body"),
            (json!({ "username": "", "password": "x" }).to_string(), 422, "validation_failed"),
            (json!({ "username": "a\u{0}", "password": "x" }).to_string(), 422, "validation_failed"),
            (json!({ "username": "a", "password": "x".repeat(201) }).to_string(), 422, "validation_failed"),
        ] {
            let request = TestApp::http().post(app.url("/api/v1/sessions")).header("omasote-app", "citizen");
            let (given, problem) = read(request.header("content-type", "application/json").body(body)).await;
            assert_eq!((given, problem["code"].as_str().unwrap()), (status, code));
        }
    }
}
