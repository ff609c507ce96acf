//! A unit's system: by a secret or by a key of its own.

use std::time::Duration;

use ed25519_dalek::pkcs8::EncodePrivateKey;
use ed25519_dalek::pkcs8::spki::der::pem::LineEnding;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use omasote_types::accounts::AccountQuery;
use omasote_types::audit::{AccessAction, AccessGround, AccessQuery};
use omasote_types::clients::ClientUpdate;
use omasote_types::error::ErrorCode;
use omasote_types::messages::Sender;
use omasote_types::page::PageQuery;
use omasote_types::people::Role;
use serde_json::json;

use super::*;
use crate::harness::{code, on_both_engines};

const ASSERTION: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// The pair of keys of a seed; the public one is registered.
fn public_key(seed: u8, kid: &str) -> PublicKey {
    let key = ed25519_dalek::SigningKey::from_bytes(&[seed; 32]);
    PublicKey {
        kty: "OKP".to_owned(),
        kid: kid.to_owned(),
        alg: "EdDSA".to_owned(),
        usage: Some("sig".to_owned()),
        crv: Some("Ed25519".to_owned()),
        x: Some(URL_SAFE_NO_PAD.encode(key.verifying_key().as_bytes())),
        y: None,
        n: None,
        e: None,
    }
}

fn sign(seed: u8, kid: &str, claims: &Value) -> String {
    let key = ed25519_dalek::SigningKey::from_bytes(&[seed; 32]);
    let pem = key.to_pkcs8_pem(LineEnding::LF).unwrap();
    let header = Header { kid: Some(kid.to_owned()), ..Header::new(Algorithm::EdDSA) };
    jsonwebtoken::encode(&header, claims, &EncodingKey::from_ed_pem(pem.as_bytes()).unwrap()).unwrap()
}

async fn by_assertion(app: &TestApp, assertion: &str) -> (u16, Value) {
    ask(
        app,
        None,
        &[
            ("grant_type", "client_credentials"),
            ("client_assertion_type", ASSERTION),
            ("client_assertion", assertion),
        ],
    )
    .await
}

on_both_engines! {
    async fn a_system_reads_and_writes_as_a_member_of_its_unit(app: TestApp) {
        let (unit, elsewhere) = (app.unit("Kuhmon vastaanotto").await, app.unit("Sotkamon neuvola").await);
        let (aino, administrator) = (app.citizen().await, app.official(Role::Administrator).await);
        let (own, other) = (aino.begin(unit.topic, "Hei").await, aino.begin(elsewhere.topic, "Hei").await);
        let (client, secret) = register(&administrator, &system(unit.id, ClientAuth::Secret, Vec::new())).await;
        let id = client.id.to_string();

        let granted = tokens(ask(&app, Some((&id, &secret)), &[("grant_type", "client_credentials")]).await);
        assert_eq!((granted.token_type.as_str(), granted.refresh_token.is_none()), ("Bearer", true));
        assert_eq!(granted.scope, "people:read messages:read messages:write measurements:read measurements:write audit:read");
        let token = granted.access_token;
        let inbox = read(&app, &token, &format!("/units/{}/inbox", unit.id)).await.1;
        assert_eq!(inbox["items"][0]["id"], own.id.to_string());
        assert_eq!(read(&app, &token, &format!("/units/{}/inbox", elsewhere.id)).await.0, 404);
        assert_eq!(read(&app, &token, &format!("/threads/{}", other.id)).await.0, 404);
        let path = format!("/threads/{}/messages", own.id);
        assert_eq!(with_token(&app, &token, "POST", &path, Some(json!({ "text": "Tulokset" }))).await.0, 201);
        let messages = aino.list_messages(own.id, &PageQuery::default()).await.unwrap().items;
        let by_system = messages.iter().any(|message| matches!(
            &message.sender,
            Sender::Unit { name, title, .. } if name == "Kuhmon potilastietojärjestelmä" && title == "järjestelmä"
        ));
        assert!(by_system, "{messages:?}");
        let staff = administrator.list_accounts(&AccountQuery::default()).await.unwrap().items;
        assert!(staff.iter().all(|account| account.given_name != client.name), "a system has no account");
        // What people do about themselves is not for programs.
        for path in ["/me", "/sessions", "/clients", "/me/represented"] {
            assert_eq!(read(&app, &token, path).await.1["code"], "insufficient_scope", "{path}");
        }

        app.seal().await;
        let lines = aino.list_accesses(aino.id, &AccessQuery::default()).await.unwrap().items;
        let by_program: Vec<_> = lines.iter().filter(|line| line.program.is_some()).collect();
        let sent = by_program.iter().find(|line| line.operation == "sendMessage").unwrap();
        assert_eq!(sent.program.as_deref(), Some("Kuhmon potilastietojärjestelmä"));
        assert_eq!((sent.action, sent.ground), (AccessAction::Write, AccessGround::Unit));
        assert_eq!(sent.unit.as_ref().unwrap().fi, "Kuhmon vastaanotto");
        assert!(by_program.iter().any(|line| line.action == AccessAction::Refused));
    }

    async fn a_token_covers_what_was_asked_for_and_no_more(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, administrator) = (app.citizen().await, app.official(Role::Administrator).await);
        let thread = aino.begin(unit.topic, "Hei").await;
        let (client, secret) = register(&administrator, &system(unit.id, ClientAuth::Secret, Vec::new())).await;
        let id = client.id.to_string();
        let form = [("grant_type", "client_credentials"), ("scope", "messages:read")];
        let granted = tokens(ask(&app, Some((&id, &secret)), &form).await);
        assert_eq!(granted.scope, "messages:read");
        let path = format!("/threads/{}/messages", thread.id);
        assert_eq!(read(&app, &granted.access_token, &path).await.0, 200);
        let refused = with_token(&app, &granted.access_token, "POST", &path, Some(json!({ "text": "Hei" }))).await;
        assert_eq!((refused.0, refused.1["code"].as_str()), (403, Some("insufficient_scope")));

        let wrong = [("grant_type", "client_credentials"), ("scope", "messages:read everything")];
        assert_problem(&ask(&app, Some((&id, &secret)), &wrong).await, "invalid_scope");
        let update = ClientUpdate { scopes: Some(vec![Scope::PeopleRead]), ..ClientUpdate::default() };
        administrator.update_client(client.id, &update).await.unwrap();
        assert_eq!(read(&app, &granted.access_token, &path).await.0, 401, "a changed program's tokens end");
        assert_problem(&ask(&app, Some((&id, &secret)), &form).await, "invalid_scope");
    }

    async fn who_cannot_prove_to_be_the_program_gets_nothing_and_waits(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let administrator = app.official(Role::Administrator).await;
        let (client, secret) = register(&administrator, &system(unit.id, ClientAuth::Secret, Vec::new())).await;
        let (id, form) = (client.id.to_string(), [("grant_type", "client_credentials")]);
        let by_form = [form[0], ("client_id", id.as_str()), ("client_secret", secret.as_str())];
        tokens(ask(&app, None, &by_form).await);
        assert_problem(&ask(&app, None, &[form[0], ("client_id", id.as_str())]).await, "invalid_client");
        assert_problem(&ask(&app, Some(("nobody", "nothing")), &form).await, "invalid_client");
        assert_problem(&ask(&app, None, &form).await, "invalid_client");
        let renewed = administrator.create_client_secret(client.id).await.unwrap().client_secret;
        assert_problem(&ask(&app, Some((&id, &secret)), &form).await, "invalid_client");
        tokens(ask(&app, Some((&id, &renewed)), &form).await);
        assert_problem(&ask(&app, Some((&id, &renewed)), &[("grant_type", "password")]).await, "unsupported_grant_type");
        assert_problem(&ask(&app, Some((&id, &renewed)), &[("code", "x")]).await, "invalid_request");
        for _ in 0..6 {
            ask(&app, Some((&id, "guess")), &form).await;
        }
        let held = ask(&app, Some((&id, &renewed)), &form).await;
        assert_eq!((held.0, held.1["code"].as_str()), (429, Some("too_many_attempts")));
        app.advance(Duration::from_secs(3600));
        tokens(ask(&app, Some((&id, &renewed)), &form).await);
    }

    async fn a_system_that_is_shut_out_is_out_at_once(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let administrator = app.official(Role::Administrator).await;
        let (client, secret) = register(&administrator, &system(unit.id, ClientAuth::Secret, Vec::new())).await;
        let (id, form) = (client.id.to_string(), [("grant_type", "client_credentials")]);
        let token = tokens(ask(&app, Some((&id, &secret)), &form).await).access_token;
        let path = format!("/units/{}/inbox", unit.id);
        assert_eq!(read(&app, &token, &path).await.0, 200);
        let shut = |is_disabled| ClientUpdate { is_disabled: Some(is_disabled), ..ClientUpdate::default() };
        administrator.update_client(client.id, &shut(true)).await.unwrap();
        assert_eq!(read(&app, &token, &path).await.1["code"], "session_ended");
        assert_problem(&ask(&app, Some((&id, &secret)), &form).await, "invalid_client");
        administrator.update_client(client.id, &shut(false)).await.unwrap();
        tokens(ask(&app, Some((&id, &secret)), &form).await);
    }

    async fn an_assertion_is_believed_once_and_only_when_all_of_it_holds(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let administrator = app.official(Role::Administrator).await;
        let keys = vec![public_key(1, "a"), public_key(2, "b")];
        let client = administrator.create_client(&system(unit.id, ClientAuth::PrivateKeyJwt, keys.clone())).await.unwrap();
        let (id, now) = (client.id.to_string(), app.state.clock.now().timestamp());
        let claims = |jti: &str| json!({
            "iss": id, "sub": id, "aud": "http://127.0.0.1/api/v1/oauth2/token", "exp": now + 300, "jti": jti,
        });
        let good = sign(1, "a", &claims("1"));
        assert_eq!(tokens(by_assertion(&app, &good).await).token_type, "Bearer");
        assert_problem(&by_assertion(&app, &good).await, "invalid_client");
        let mut by_issuer = claims("2");
        by_issuer["aud"] = json!(["http://127.0.0.1"]);
        tokens(by_assertion(&app, &sign(2, "b", &by_issuer)).await);

        let changed = |name: &str, value: Value| {
            let mut changed = claims("3");
            changed[name] = value;
            changed
        };
        let by_public_key = {
            let secret = keys[0].x.as_ref().unwrap();
            let header = Header { kid: Some("a".to_owned()), ..Header::new(Algorithm::HS256) };
            jsonwebtoken::encode(&header, &claims("3"), &EncodingKey::from_secret(secret.as_bytes())).unwrap()
        };
        let unsigned = {
            let header = URL_SAFE_NO_PAD.encode(r#"{"alg":"none","kid":"a"}"#);
            format!("{header}.{}.", URL_SAFE_NO_PAD.encode(claims("3").to_string()))
        };
        let lies = [
            sign(3, "a", &claims("3")),
            sign(1, "b", &claims("3")),
            sign(1, "c", &claims("3")),
            sign(1, "a", &changed("aud", json!("https://toinen.example"))),
            sign(1, "a", &changed("exp", json!(now - 1))),
            sign(1, "a", &changed("exp", json!(now + 3600))),
            sign(1, "a", &changed("sub", json!("somebody"))),
            sign(1, "a", &changed("iss", json!("somebody"))),
            sign(1, "a", &changed("jti", json!(""))),
            by_public_key,
            unsigned,
            "no token".to_owned(),
        ];
        for lie in lies {
            let answer = by_assertion(&app, &lie).await;
            assert!(answer.0 == 401 || answer.0 == 429, "{lie} {answer:?}");
        }
        app.advance(Duration::from_secs(3600));
        let later = app.state.clock.now().timestamp();
        tokens(by_assertion(&app, &sign(1, "a", &changed("exp", json!(later + 60)))).await);
        assert_eq!(code(administrator.create_client_secret(client.id).await), ErrorCode::Conflict);
    }

    async fn only_what_can_be_used_is_registered(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let administrator = app.official(Role::Administrator).await;
        let refused = async |new: NewClient| fields(administrator.create_client(&new).await);
        let good = || system(unit.id, ClientAuth::Secret, Vec::new());
        assert_eq!(refused(NewClient { unit_id: None, ..good() }).await, ["unitId"]);
        let nowhere = omasote_types::ids::UnitId::at(app.state.clock.now());
        assert_eq!(refused(NewClient { unit_id: Some(nowhere), ..good() }).await, ["unitId"]);
        assert_eq!(refused(NewClient { auth: ClientAuth::None, ..good() }).await, ["auth"]);
        assert_eq!(refused(NewClient { scopes: Vec::new(), ..good() }).await, ["scopes"]);
        assert_eq!(refused(NewClient { auth: ClientAuth::PrivateKeyJwt, ..good() }).await, ["publicKeys"]);
        let confused = PublicKey { alg: "HS256".to_owned(), ..public_key(1, "a") };
        let with_key = |key| system(unit.id, ClientAuth::PrivateKeyJwt, vec![key]);
        assert_eq!(refused(with_key(confused)).await, ["publicKeys"]);
        assert_eq!(refused(with_key(PublicKey { x: None, ..public_key(1, "a") })).await, ["publicKeys"]);
        let app_to = |uri: &str| NewClient { redirect_uris: vec![uri.to_owned()], ..app_named("Mittari", &Scope::ALL) };
        assert_eq!(refused(app_to("http://mittari.example/")).await, ["redirectUris"]);
        assert_eq!(refused(NewClient { redirect_uris: Vec::new(), ..app_to("x") }).await, ["redirectUris"]);
        assert!(administrator.list_clients().await.unwrap().is_empty());
    }
}
