//! Apps that citizens let in.

use std::time::Duration;

use omasote_types::audit::{AccessGround, AccessQuery};
use omasote_types::clients::ClientUpdate;
use omasote_types::data_rights::{ErasedData, ErasedItem, WrittenReason};
use omasote_types::error::ErrorCode;
use omasote_types::people::Role;
use omasote_types::proxies::{NewProxyInvitation, ProxyAcceptance, ProxyScope};
use serde_json::json;

use super::*;
use crate::harness::{code, on_both_engines};

async fn renew(app: &TestApp, client: ClientId, refresh_token: &str) -> (u16, Value) {
    let id = client.to_string();
    let form =
        [("grant_type", "refresh_token"), ("client_id", id.as_str()), ("refresh_token", refresh_token)];
    ask(app, None, &form).await
}

on_both_engines! {
    async fn an_app_does_what_the_citizen_let_it_do_for_that_citizen_alone(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, matti, administrator) = (app.citizen().await, app.citizen().await, app.official(Role::Administrator).await);
        let thread = aino.begin(unit.topic, "Hei").await;
        let hers = matti.begin(unit.topic, "Hei").await;
        // Aino may act for Matti; the app that she lets in may not.
        let offer = NewProxyInvitation { scopes: vec![ProxyScope::Messages], ends_at: None };
        let invitation = matti.create_proxy_invitation(matti.id, &offer).await.unwrap();
        aino.accept_proxy_invitation(&ProxyAcceptance { code: invitation.code }).await.unwrap();

        let its = let_in(&app, &administrator, &aino, "messages:write messages:read").await;
        let token = &its.access_token;
        let threads = read(&app, token, "/citizens/me/threads").await;
        assert_eq!(threads.1["items"][0]["id"], thread.id.to_string());
        let path = format!("/threads/{}/messages", thread.id);
        assert_eq!(with_token(&app, token, "POST", &path, Some(json!({ "text": "Kiitos" }))).await.0, 201);
        assert_eq!(read(&app, token, &format!("/threads/{}", hers.id)).await.0, 404);
        assert_eq!(read(&app, token, &format!("/citizens/{}/threads", matti.id)).await.0, 404);
        for (path, expected) in [
            ("/citizens/me", "insufficient_scope"),
            ("/citizens/me/accesses", "insufficient_scope"),
            ("/citizens/me/proxies", "insufficient_scope"),
            ("/citizens/me/consents", "insufficient_scope"),
            ("/citizens/me/exports", "insufficient_scope"),
            ("/me", "insufficient_scope"),
            ("/updates", "insufficient_scope"),
        ] {
            let answer = read(&app, token, path).await;
            assert_eq!((answer.0, answer.1["code"].as_str()), (403, Some(expected)), "{path}");
        }
        let own = aino.list_sessions().await.unwrap();
        assert_eq!(own.len(), 1, "an app's session is not one of the citizen's own");

        app.seal().await;
        let lines = aino.list_accesses(aino.id, &AccessQuery::default()).await.unwrap().items;
        let line = lines.iter().find(|line| line.operation == "sendMessage" && line.program.is_some()).unwrap();
        assert_eq!((line.program.as_deref(), line.ground), (Some("Mittari"), AccessGround::Consent));
    }

    async fn the_browser_goes_back_with_a_code_that_is_good_once(app: TestApp) {
        let (aino, administrator) = (app.citizen().await, app.official(Role::Administrator).await);
        let client = administrator.create_client(&app_named("Mittari", &[Scope::MessagesRead])).await.unwrap();
        let asks = request(client.id, "messages:read");
        let shown = aino.find_app_request(&asks).await.unwrap();
        assert_eq!((shown.name.as_str(), shown.returns_to.as_str()), ("Mittari", "mittari.example"));
        assert_eq!(part_of(&shown.refusal, "error"), "access_denied");

        let address = aino.create_consent(aino.id, &asks).await.unwrap().continue_at;
        assert!(address.starts_with("https://mittari.example/paluu?versio=2&code="), "{address}");
        assert_eq!((part_of(&address, "state"), part_of(&address, "iss")), ("xyz &=?#å".to_owned(), "http://127.0.0.1".to_owned()));
        let its = code_in(&address);
        let (id, other) = (client.id.to_string(), administrator.create_client(&app_named("Toinen", &Scope::ALL)).await.unwrap());
        let form = |verifier: &'static str, redirect: &'static str| [
            ("grant_type", "authorization_code"), ("client_id", id.as_str()), ("code", its.as_str()),
            ("redirect_uri", redirect), ("code_verifier", verifier),
        ];
        let wrong = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXX";
        assert_problem(&ask(&app, None, &form(wrong, REDIRECT)).await, "invalid_grant");
        assert_problem(&ask(&app, None, &form("", REDIRECT)).await, "invalid_grant");
        assert_problem(&ask(&app, None, &form(VERIFIER, "https://mittari.example/paluu")).await, "invalid_grant");
        assert_problem(&exchange(&app, other.id, &its).await, "invalid_grant");
        let granted = tokens(exchange(&app, client.id, &its).await);
        assert_eq!(read(&app, &granted.access_token, "/citizens/me/threads").await.0, 200);

        // The code comes again: somebody has a copy, and what it opened is closed.
        assert_problem(&exchange(&app, client.id, &its).await, "invalid_grant");
        assert_eq!(read(&app, &granted.access_token, "/citizens/me/threads").await.1["code"], "session_ended");
        assert!(aino.list_consents(aino.id).await.unwrap().is_empty());

        let late = code_in(&aino.create_consent(aino.id, &asks).await.unwrap().continue_at);
        app.advance(Duration::from_secs(61));
        assert_problem(&exchange(&app, client.id, &late).await, "invalid_grant");
    }

    async fn an_app_that_asks_otherwise_than_it_must_is_not_let_in(app: TestApp) {
        let (aino, administrator) = (app.citizen().await, app.official(Role::Administrator).await);
        let hanna = app.professional(app.unit("Kuhmon vastaanotto").await.id).await;
        let client = administrator.create_client(&app_named("Mittari", &[Scope::MessagesRead])).await.unwrap();
        let good = request(client.id, "messages:read");
        let refused = async |asks: AppRequest| {
            let seen = fields(aino.find_app_request(&asks).await);
            assert_eq!(fields(aino.create_consent(aino.id, &asks).await), seen);
            seen
        };
        let to = |uri: &str| AppRequest { redirect_uri: uri.to_owned(), ..good.clone() };
        for uri in [
            "https://mittari.example/paluu",
            "https://mittari.example/paluu?versio=2&x",
            "https://mittari.example.evil.example/paluu?versio=2",
            "http://127.0.0.1.evil.example/paluu",
            "http://127.0.0.1:80/muualle",
            "http://user@127.0.0.1:8000/paluu",
            "https://mittari.example/paluu?versio=2\r\nSet-Cookie: a=b",
            "javascript:alert(1)",
            "",
        ] {
            assert_eq!(refused(to(uri)).await, ["redirectUri"], "{uri}");
        }
        assert!(aino.find_app_request(&to("http://127.0.0.1:49152/paluu")).await.is_ok(), "a loopback port is free");
        assert_eq!(refused(request(client.id, "messages:write")).await, ["scope"]);
        assert_eq!(refused(request(client.id, "")).await, ["scope"]);
        assert_eq!(refused(AppRequest { response_type: "token".to_owned(), ..good.clone() }).await, ["responseType"]);
        assert_eq!(refused(AppRequest { code_challenge_method: "plain".to_owned(), ..good.clone() }).await, ["codeChallenge"]);
        assert_eq!(refused(AppRequest { code_challenge: "short".to_owned(), ..good.clone() }).await, ["codeChallenge"]);
        assert_eq!(refused(AppRequest { state: Some("x".repeat(1001)), ..good.clone() }).await, ["state"]);
        assert_eq!(code(hanna.find_app_request(&good).await), ErrorCode::NotFound);
        let shut = ClientUpdate { is_disabled: Some(true), ..ClientUpdate::default() };
        administrator.update_client(client.id, &shut).await.unwrap();
        assert_eq!(code(aino.create_consent(aino.id, &good).await), ErrorCode::NotFound);
        assert!(aino.list_consents(aino.id).await.unwrap().is_empty());
    }

    async fn each_refresh_token_is_good_once(app: TestApp) {
        let (aino, administrator) = (app.citizen().await, app.official(Role::Administrator).await);
        let its = let_in(&app, &administrator, &aino, "messages:read people:read").await;
        let next = tokens(renew(&app, its.client, &its.refresh_token).await);
        assert_eq!(next.scope, "people:read messages:read");
        assert_eq!(read(&app, &next.access_token, "/citizens/me").await.0, 200);
        let used = aino.list_consents(aino.id).await.unwrap().remove(0);
        assert!(used.used_at.is_some());
        // An answer may be lost on the way: for a moment the same token is taken again.
        let next = tokens(renew(&app, its.client, &its.refresh_token).await);
        app.advance(Duration::from_secs(31));
        assert_problem(&renew(&app, its.client, &its.refresh_token).await, "invalid_grant");
        assert_problem(&renew(&app, its.client, &next.refresh_token.unwrap()).await, "invalid_grant");
        assert_eq!(read(&app, &next.access_token, "/citizens/me").await.1["code"], "session_ended");
    }

    async fn a_browser_cannot_go_on_by_an_apps_token_nor_another_app(app: TestApp) {
        let (aino, administrator) = (app.citizen().await, app.official(Role::Administrator).await);
        let its = let_in(&app, &administrator, &aino, "messages:read").await;
        let other = administrator.create_client(&app_named("Toinen", &Scope::ALL)).await.unwrap();
        assert_problem(&renew(&app, other.id, &its.refresh_token).await, "invalid_grant");
        let cookie = format!("omasote-citizen-refresh={0}; __Host-omasote-citizen-refresh={0}; __Secure-omasote-citizen-refresh={0}", its.refresh_token);
        let response = TestApp::http().post(app.url("/api/v1/sessions/refresh"))
            .header("omasote-app", "citizen").header("cookie", cookie).send().await.unwrap();
        assert_eq!(response.status(), 401);
        let (_, own) = app.tokens(aino.person).await;
        assert_problem(&renew(&app, its.client, &own).await, "invalid_grant");
    }

    async fn what_is_taken_back_ends_at_once(app: TestApp) {
        let (aino, onni, administrator) = (app.citizen().await, app.citizen().await, app.official(Role::Administrator).await);
        let its = let_in(&app, &administrator, &aino, "messages:read").await;
        assert_eq!(code(onni.revoke_consent(its.consent).await), ErrorCode::NotFound);
        aino.revoke_consent(its.consent).await.unwrap();
        assert_eq!(read(&app, &its.access_token, "/citizens/me/threads").await.1["code"], "session_ended");
        assert_problem(&renew(&app, its.client, &its.refresh_token).await, "invalid_grant");
        assert!(aino.list_consents(aino.id).await.unwrap().is_empty());
        aino.revoke_consent(its.consent).await.unwrap();

        let its = let_in(&app, &administrator, &aino, "messages:read").await;
        let id = its.client.to_string();
        let form = [("client_id", id.as_str()), ("token", its.refresh_token.as_str())];
        assert_eq!(post(&app, "/api/v1/oauth2/revoke", None, &form).await.0, 200);
        assert_eq!(read(&app, &its.access_token, "/citizens/me/threads").await.0, 401);
        assert_eq!(post(&app, "/api/v1/oauth2/revoke", None, &form).await.0, 200, "nothing is said of what is no token");

        let its = let_in(&app, &administrator, &aino, "messages:read").await;
        let shut = ClientUpdate { is_disabled: Some(true), ..ClientUpdate::default() };
        administrator.update_client(its.client, &shut).await.unwrap();
        assert_eq!(read(&app, &its.access_token, "/citizens/me/threads").await.0, 401);
        assert_problem(&renew(&app, its.client, &its.refresh_token).await, "invalid_client");
    }

    async fn an_erasure_shuts_apps_out(app: TestApp) {
        let (aino, administrator) = (app.citizen().await, app.official(Role::Administrator).await);
        let its = let_in(&app, &administrator, &aino, "messages:read").await;
        let why = WrittenReason { reason: "Asiakas pyysi tietojensa poistamista".to_owned() };
        let done = administrator.erase_citizen(aino.id, &why).await.unwrap();
        assert!(done.erased.contains(&ErasedItem { what: ErasedData::Consents, count: 1 }), "{:?}", done.erased);
        assert_eq!(read(&app, &its.access_token, "/citizens/me/threads").await.1["code"], "session_ended");
        assert_problem(&renew(&app, its.client, &its.refresh_token).await, "invalid_grant");
        assert!(app.anew(&aino).await.list_consents(aino.id).await.unwrap().is_empty());
    }

    async fn an_app_must_ask_again_when_its_time_is_over(app: TestApp) {
        let (aino, administrator) = (app.citizen().await, app.official(Role::Administrator).await);
        let its = let_in(&app, &administrator, &aino, "messages:read").await;
        app.advance(Duration::from_secs(179 * 86_400));
        let next = tokens(renew(&app, its.client, &its.refresh_token).await);
        app.advance(Duration::from_secs(2 * 86_400));
        assert_problem(&renew(&app, its.client, &next.refresh_token.unwrap()).await, "invalid_grant");
        let aino = app.again(aino).await;
        assert!(aino.list_consents(aino.id).await.unwrap().is_empty());
    }
}
