//! What every answer has in common, and what operators see.

use omasote_backend::db::{DbUrl, Engine, revert_all};
use serde_json::Value;

use crate::harness::{TestApp, on_both_engines};

on_both_engines! {
    async fn what_does_not_exist_is_a_problem_too(app: TestApp) {
        for (method, path, status, code) in [
            (reqwest::Method::GET, "/api/v1/nothing", 404, "not_found"),
            (reqwest::Method::POST, "/nothing", 404, "not_found"),
            (reqwest::Method::GET, "/assets/nothing-000000000000.js", 404, "not_found"),
            (reqwest::Method::PUT, "/api/v1/me", 405, "method_not_allowed"),
            (reqwest::Method::GET, "/api/v1/sessions/demo", 405, "method_not_allowed"),
            (reqwest::Method::DELETE, "/api/v1/citizens/me/threads", 405, "method_not_allowed"),
        ] {
            let response = TestApp::http().request(method, app.url(path)).send().await.unwrap();
            assert_eq!(response.status().as_u16(), status, "{path}");
            assert_eq!(response.headers()["content-type"], "application/problem+json", "{path}");
            assert_eq!(response.headers().contains_key("allow"), status == 405, "{path}");
            let body: Value = serde_json::from_str(&response.text().await.unwrap()).unwrap();
            assert_eq!((body["code"].as_str(), body["status"].as_u64()), (Some(code), Some(u64::from(status))), "{path}");
        }
    }

    async fn every_answer_has_the_security_headers_and_a_request_id(app: TestApp) {
        for path in ["/health/live", "/api/v1/units", "/api/v1/me", "/api/v1/openapi.json", "/nothing.png"] {
            let response = TestApp::http().get(app.url(path)).send().await.unwrap();
            let headers = response.headers();
            assert_eq!(headers["x-content-type-options"], "nosniff", "{path}");
            assert_eq!(headers["referrer-policy"], "no-referrer", "{path}");
            assert_eq!(headers["content-security-policy"], "default-src 'none'; frame-ancestors 'none'", "{path}");
            assert!(headers.contains_key("cache-control"), "{path}");
            assert_eq!(headers["x-request-id"].len(), 32, "{path}");
        }
    }

    async fn what_comes_in_never_becomes_a_header(app: TestApp) {
        let broken = "%0d%0aInjected:%20yes%0d%0a%0d%0aX";
        for path in [
            format!("/api/v1/sessions/oidc/none/start?returnTo=/{broken}"),
            format!("/api/v1/sessions/oidc/{broken}/start"),
            format!("/api/v1/sessions/oidc/none/callback?state={broken}&code={broken}"),
            format!("/api/v1/me/app-request?redirectUri=https://a.example/{broken}"),
            format!("/api/v1/units/{broken}"),
            format!("/viestit/{broken}"),
            format!("/assets/{broken}"),
        ] {
            let request = TestApp::http().get(app.url(&path)).header("x-request-id", "mine").header("origin", "https://a.example");
            let response = request.send().await.unwrap();
            let headers = response.headers();
            assert!(!headers.contains_key("injected") && headers["x-request-id"] != "mine", "{path}");
            let says_nothing_of_it = headers.values().all(|value| !value.to_str().unwrap().contains("Injected"));
            assert!(says_nothing_of_it, "{path} {headers:?}");
            assert!(!headers.contains_key("access-control-allow-origin"), "{path}");
        }
    }

    async fn ready_means_that_the_database_answers_and_its_schema_is_current(app: TestApp) {
        let ready = TestApp::http().get(app.url("/health/ready")).send().await.unwrap();
        assert_eq!(ready.status(), 200);
        let mut conn = DbUrl::parse(&app.database.url).unwrap().connect().unwrap();
        revert_all(&mut conn).unwrap();
        let not_ready = TestApp::http().get(app.url("/health/ready")).send().await.unwrap();
        assert_eq!(not_ready.status(), 503);
        assert!(not_ready.headers().contains_key("retry-after"));
        let live = TestApp::http().get(app.url("/health/live")).send().await.unwrap();
        assert_eq!(live.status(), 200);
    }

    async fn the_document_that_is_served_is_the_document_that_is_committed(app: TestApp) {
        let served = TestApp::http().get(app.url("/api/v1/openapi.json")).send().await.unwrap().text().await.unwrap();
        assert_eq!(served, include_str!("../../../../openapi/omasote.json"));
    }
}

#[actix_web::test]
async fn metrics_count_requests_by_route_without_ids() {
    let app = TestApp::start(Engine::Sqlite).await;
    let unit = app.unit("Kuhmon vastaanotto").await;
    TestApp::http().get(app.url(&format!("/api/v1/units/{}", unit.id))).send().await.unwrap();
    let text = TestApp::http().get(app.url("/metrics")).send().await.unwrap().text().await.unwrap();
    let line =
        r#"omasote_http_request_seconds_count{method="GET",route="/api/v1/units/{unitId}",status="200"} 1"#;
    assert!(text.contains(line), "{text}");
    assert!(!text.contains(&unit.id.to_string()));
}

#[actix_web::test]
async fn metrics_ask_for_their_token() {
    let app = TestApp::start_with(Engine::Sqlite, &[("demo", "true"), ("metrics_token", "salaisuus")]).await;
    let bare = TestApp::http().get(app.url("/metrics")).send().await.unwrap();
    assert_eq!(bare.status(), 404);
    let with_token = TestApp::http().get(app.url("/metrics")).bearer_auth("salaisuus").send().await.unwrap();
    assert_eq!(with_token.status(), 200);
}
