//! Signing in through OpenID providers: a real one, on both engines, and ones that lie.

pub(crate) mod world;

use std::time::Duration;

use diesel::prelude::*;
use omasote_backend::db::Engine;
use omasote_backend::error::AppError;
use omasote_backend::services::people::{NewProfessional, create_professional};
use serde_json::json;
use world::{Browser, Node, location, parameter, really, with_providers};

use crate::harness::{TestApp, on_both_engines};

async fn with_real_provider(app: &TestApp) -> (Node, TestApp) {
    let node = Node::provider();
    let issuer = node.issuer().to_owned();
    let app =
        with_providers(app, &[("strong", "citizen", &issuer), ("directory", "professional", &issuer)]).await;
    (node, app)
}

async fn count(app: &TestApp, table: &'static str) -> i64 {
    #[derive(QueryableByName)]
    struct Count {
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        count: i64,
    }
    let query = diesel::sql_query(format!("select count(*) as count from {table}"));
    let found: Count =
        app.state.db.read(move |conn| Ok::<_, AppError>(query.get_result(conn)?)).await.unwrap();
    found.count
}

async fn add_professional(app: &TestApp, given_name: &str, directory_name: &str) {
    let new = NewProfessional {
        account: None,
        directory_name: Some(directory_name.to_owned()),
        given_name: given_name.to_owned(),
        family_name: "Huotari".to_owned(),
        title: "sairaanhoitaja".to_owned(),
        units: Vec::new(),
        roles: Vec::new(),
    };
    let now = app.state.clock.now();
    app.state.db.write(move |tx| create_professional(tx, &new, now)).await.unwrap();
}

on_both_engines! {
    async fn a_citizen_who_was_never_here_is_added_once_and_known_again(app: TestApp) {
        let (_node, app) = with_real_provider(&app).await;
        let browser = Browser::new();
        assert_eq!(browser.sign_in(&app, "strong", "tessa").await, "/viestit");
        let me = browser.me(&app, "citizen").await.unwrap();
        assert_eq!(me["name"], "Tessa Testilä");
        let details = browser.ask(&app, "citizen", "/api/v1/citizens/me").await.text().await.unwrap();
        assert!(details.contains("Kajaani") && details.contains("1980-02-01"), "{details}");

        let elsewhere = Browser::new();
        elsewhere.sign_in(&app, "strong", "tessa").await;
        assert_eq!(elsewhere.me(&app, "citizen").await.unwrap()["person"], me["person"]);
        assert_eq!((count(&app, "citizens").await, count(&app, "sign_in_attempts").await), (1, 0));
        assert_ne!(elsewhere.me(&app, "citizen").await.unwrap()["session"]["id"], me["session"]["id"]);
    }

    async fn a_citizen_who_is_here_already_is_found_and_the_sign_in_is_in_the_access_log(app: TestApp) {
        let (_node, app) = with_real_provider(&app).await;
        let now = app.state.clock.now();
        let (id, state) = (omasote_types::ids::CitizenId::at(now), app.state.clone());
        app.state.db.write(move |tx| {
            let code = omasote_types::identity_code::IdentityCode::parse("010594Y9032").unwrap();
            let citizen = omasote_types::people::Citizen {
                id, given_name: "Olli".into(), family_name: "Aiempi".into(), birth_date: code.birth_date(),
                language: omasote_types::language::Language::Sv, is_non_disclosed: false,
                contact: omasote_types::people::ContactDetails::default(),
            };
            omasote_backend::repos::people::insert_citizen(tx.conn(), &citizen, state.vault.seal(&code)?, now)?;
            Ok::<_, AppError>(())
        }).await.unwrap();
        let browser = Browser::new();
        browser.sign_in(&app, "strong", "olli").await;
        assert_eq!(browser.me(&app, "citizen").await.unwrap()["name"], "Olli Aiempi");
        app.state.db.write(move |tx| omasote_backend::audit::seal_waiting(tx, now)).await.unwrap();
        let log = browser.ask(&app, "citizen", "/api/v1/citizens/me/accesses").await.text().await.unwrap();
        assert!(log.contains("finishOidcSignIn") && log.contains("signed_in"), "{log}");
    }

    async fn who_has_no_valid_identity_code_is_not_let_in(app: TestApp) {
        let (_node, app) = with_real_provider(&app).await;
        for who in ["wrong", "nobody"] {
            let browser = Browser::new();
            assert_eq!(browser.sign_in(&app, "strong", who).await, "/?signInProblem=not_identified");
            assert!(browser.me(&app, "citizen").await.is_none());
        }
        assert_eq!((count(&app, "citizens").await, count(&app, "sessions").await), (0, 0));
    }

    async fn a_professional_is_linked_once_and_then_known_by_the_directorys_own_name_for_them(app: TestApp) {
        let (node, app) = with_real_provider(&app).await;
        add_professional(&app, "Hanna", "hanna.huotari@kainuu.example").await;
        let browser = Browser::new();
        assert_eq!(browser.sign_in(&app, "directory", "hanna").await, "/pro/");
        let me = browser.me(&app, "professional").await.unwrap();
        assert_eq!(me["name"], "Hanna Huotari");

        for stranger in ["kaisa", "impostor"] {
            let browser = Browser::new();
            let back = browser.sign_in(&app, "directory", stranger).await;
            assert_eq!(back, "/pro/?signInProblem=unknown_person", "{stranger}");
            assert!(browser.me(&app, "professional").await.is_none());
        }
        node.control("person", &json!({ "name": "hanna", "claims": { "account": "hanna.virtanen@kainuu.example" } })).await;
        let renamed = Browser::new();
        renamed.sign_in(&app, "directory", "hanna").await;
        assert_eq!(renamed.me(&app, "professional").await.unwrap()["person"], me["person"]);
    }

    async fn a_key_that_the_provider_changed_is_fetched_but_not_at_every_try(app: TestApp) {
        let (node, app) = with_real_provider(&app).await;
        assert_eq!(Browser::new().sign_in(&app, "strong", "tessa").await, "/viestit");
        node.control("rotate", &json!({})).await;
        assert_eq!(Browser::new().sign_in(&app, "strong", "tessa").await, "/?signInProblem=failed", "fetched a moment ago");
        app.advance(Duration::from_secs(31));
        assert_eq!(Browser::new().sign_in(&app, "strong", "tessa").await, "/viestit");
    }

    async fn signing_out_goes_on_to_end_the_providers_session(app: TestApp) {
        let (node, app) = with_real_provider(&app).await;
        let browser = Browser::new();
        browser.sign_in(&app, "strong", "tessa").await;
        assert_eq!(count(&app, "oidc_sessions").await, 1);
        let next = browser.sign_out(&app, "citizen").await;
        assert!(browser.me(&app, "citizen").await.is_none());
        assert_eq!(count(&app, "oidc_sessions").await, 0, "nothing is left of the provider's tokens");
        let next = next["continueAt"].as_str().unwrap();
        assert!(next.starts_with(&format!("{}/session/end?", node.issuer())), "{next}");
        let claims = parameter(next, "id_token_hint");
        assert_eq!(claims.split('.').count(), 3);
        assert!(!payload(&claims).contains("010280"), "no identity code in an address");
        assert_eq!(parameter(next, "client_id"), "omasote");
        assert_eq!(parameter(next, "post_logout_redirect_uri"), "http%3A%2F%2F127.0.0.1%2F");
        let asked = browser.get(next).await;
        assert_eq!(asked.status(), 200);
        assert!(asked.text().await.unwrap().contains("Kirjaudu ulos"), "the provider knows whose session to end");

        let aino = app.citizen().await;
        assert_eq!(aino.end_current_session().await.unwrap().continue_at, None, "no provider opened this one");
    }

    async fn a_sign_in_is_taken_once(app: TestApp) {
        let (_node, app) = with_real_provider(&app).await;
        let browser = Browser::new();
        let there = browser.start(&app, "strong", "/").await;
        let back = browser.identify(&there, "who=tessa&do=sign-in").await;
        assert_eq!(browser.come_back(&app, &back).await, "/");
        assert_eq!(browser.come_back(&app, &back).await, "/?signInProblem=expired", "the same state again");
        assert_eq!(count(&app, "sessions").await, 1);
    }

    async fn a_code_is_taken_once(app: TestApp) {
        let (_node, app) = with_real_provider(&app).await;
        let browser = Browser::new();
        let there = browser.start(&app, "strong", "/").await;
        let first = browser.identify(&there, "who=tessa&do=sign-in").await;
        let again = browser.start(&app, "strong", "/").await;
        let forged = first.replace(&parameter(&first, "state"), &parameter(&again, "state"));
        assert_eq!(browser.come_back(&app, &forged).await, "/?signInProblem=failed", "the code of another sign-in");
        assert_eq!(count(&app, "sessions").await, 0);
    }

    async fn a_sign_in_that_began_in_another_browser_opens_nothing_and_is_not_spoilt(app: TestApp) {
        let (_node, app) = with_real_provider(&app).await;
        let (thief, victim) = (Browser::new(), Browser::new());
        let there = thief.start(&app, "strong", "/").await;
        let back = thief.identify(&there, "who=tessa&do=sign-in").await;
        assert_eq!(victim.come_back(&app, &back).await, "/?signInProblem=expired", "without a sign-in of its own");
        victim.start(&app, "strong", "/").await;
        assert_eq!(victim.come_back(&app, &back).await, "/?signInProblem=expired", "with one of its own");
        assert!(victim.me(&app, "citizen").await.is_none());
        assert_eq!(thief.come_back(&app, &back).await, "/");
    }

    async fn a_sign_in_of_one_provider_does_not_end_at_another(app: TestApp) {
        let (_node, app) = with_real_provider(&app).await;
        add_professional(&app, "Hanna", "hanna.huotari@kainuu.example").await;
        let browser = Browser::new();
        browser.start(&app, "directory", "/pro/").await;
        let there = browser.start(&app, "strong", "/").await;
        let back = browser.identify(&there, "who=hanna&do=sign-in").await;
        let crossed = back.replace("/oidc/strong/", "/oidc/directory/");
        assert_eq!(browser.come_back(&app, &crossed).await, "/pro/?signInProblem=expired");
        assert!(browser.me(&app, "professional").await.is_none());
    }

    async fn a_sign_in_lasts_ten_minutes(app: TestApp) {
        let (_node, app) = with_real_provider(&app).await;
        let browser = Browser::new();
        let there = browser.start(&app, "strong", "/").await;
        let back = browser.identify(&there, "who=tessa&do=sign-in").await;
        app.advance(Duration::from_secs(601));
        assert_eq!(browser.come_back(&app, &back).await, "/?signInProblem=expired");
        browser.start(&app, "strong", "/").await;
        app.advance(Duration::from_secs(3601));
        let now = app.state.clock.now();
        app.state.db.write(move |tx| omasote_backend::jobs::forget_old(tx, now)).await.unwrap();
        assert_eq!(count(&app, "sign_in_attempts").await, 0);
    }

    async fn who_turns_back_at_the_provider_is_told_in_our_words(app: TestApp) {
        let (_node, app) = with_real_provider(&app).await;
        let browser = Browser::new();
        let there = browser.start(&app, "strong", "/").await;
        let back = browser.identify(&there, "do=cancel").await;
        assert!(back.contains("script"), "the provider's own words came along");
        assert_eq!(browser.come_back(&app, &back).await, "/?signInProblem=cancelled");
    }

    async fn nobody_is_sent_to_another_site_after_signing_in(app: TestApp) {
        let (_node, app) = with_real_provider(&app).await;
        let browser = Browser::new();
        for elsewhere in [
            "//evil.example", "https://evil.example", "/%5Cevil.example", "/%09/evil.example", "%2F%2Fevil.example",
            "/..%2F/evil.example", "/pro/", "/api/v1/me", "javascript:alert(1)", "/%0D%0ASet-Cookie:a=b", "",
        ] {
            let address = app.url(&format!("/api/v1/sessions/oidc/strong/start?returnTo={elsewhere}"));
            let refused = browser.get(&address).await;
            assert_eq!(refused.status(), 400, "{elsewhere}");
            assert!(refused.headers().get("set-cookie").is_none());
        }
        assert_eq!(count(&app, "sign_in_attempts").await, 0);
    }

    async fn a_provider_that_is_down_is_told_and_the_server_runs_all_the_same(app: TestApp) {
        let app = with_providers(&app, &[("strong", "citizen", "http://127.0.0.1:9")]).await;
        let browser = Browser::new();
        assert_eq!(browser.start(&app, "strong", "/").await, "/?signInProblem=provider_unavailable");
        let methods = browser.ask(&app, "citizen", "/api/v1/sessions/methods").await.text().await.unwrap();
        assert!(methods.contains(r#""providers":[{"id":"strong","app":"citizen","name":{"fi":"Vahva""#), "{methods}");
        assert_eq!(browser.get(&app.url("/api/v1/sessions/oidc/other/start")).await.status(), 404);
    }
}

#[actix_web::test]
async fn what_a_provider_says_that_does_not_hold_opens_nothing() {
    let node = Node::start("oidc/hostile.mjs", &json!({}));
    let base = node.said["base"].as_str().unwrap();
    let lies: Vec<&str> =
        node.said["lies"].as_array().unwrap().iter().map(|lie| lie.as_str().unwrap()).collect();
    let issuers: Vec<String> = lies.iter().map(|lie| format!("{base}/{lie}")).collect();
    let providers: Vec<_> =
        lies.iter().zip(&issuers).map(|(lie, issuer)| (*lie, "citizen", issuer.as_str())).collect();
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let app = with_providers(&TestApp::start(engine).await, &providers).await;
        for lie in &lies {
            let browser = Browser::new();
            let there = browser.start(&app, lie, "/").await;
            let outcome = match *lie {
                "discovery-of-another" => there,
                _ => {
                    let back = location(&browser.get(&there).await);
                    browser.come_back(&app, &back).await
                }
            };
            let expected = match *lie {
                "no-lie" => "/",
                "discovery-of-another" => "/?signInProblem=provider_unavailable",
                _ => "/?signInProblem=failed",
            };
            assert_eq!(outcome, expected, "{lie}");
            assert_eq!(browser.me(&app, "citizen").await.is_some(), *lie == "no-lie", "{lie}");
        }
        assert_eq!((count(&app, "sessions").await, count(&app, "citizens").await), (1, 1));
    }
}

#[actix_web::test]
async fn an_identity_code_in_the_id_token_does_not_come_into_an_address() {
    let node = Node::start("oidc/hostile.mjs", &json!({}));
    let issuer = format!("{}/no-lie", node.said["base"].as_str().unwrap());
    let app = with_providers(&TestApp::start(Engine::Sqlite).await, &[("strong", "citizen", &issuer)]).await;
    let browser = Browser::new();
    let there = browser.start(&app, "strong", "/").await;
    let back = location(&browser.get(&there).await);
    browser.come_back(&app, &back).await;
    let kept = "oidc_sessions where id_token_sealed is not null";
    assert_eq!((count(&app, "oidc_sessions").await, count(&app, kept).await), (1, 0));
    assert!(
        browser.sign_out(&app, "citizen").await.get("continueAt").is_none(),
        "this one cannot end its sessions"
    );
}

#[actix_web::test]
async fn with_tls_the_sign_in_is_bound_to_the_host_and_sent_with_the_way_back_only() {
    let node = Node::start("oidc/hostile.mjs", &json!({}));
    let issuer = format!("{}/no-lie", node.said["base"].as_str().unwrap());
    let app = with_providers(&TestApp::start(Engine::Sqlite).await, &[("strong", "citizen", &issuer)]).await;
    let folder = app.database.folder();
    let file = format!("{folder}/oidc.toml");
    let settings =
        [("demo", "true"), ("oidc_file", file.as_str()), ("public_url", "https://omasote.example")];
    let app = TestApp::start_on(app.database.clone(), &settings).await;
    let answer =
        Browser::new().get(&really(&app, "http://127.0.0.1/api/v1/sessions/oidc/strong/start")).await;
    let cookie = answer.headers().get("set-cookie").unwrap().to_str().unwrap().to_owned();
    assert!(cookie.starts_with("__Host-omasote-citizen-sign-in="), "{cookie}");
    for part in ["HttpOnly", "SameSite=Lax", "Secure", "Path=/", "Max-Age=600"] {
        assert!(cookie.contains(part), "{cookie} lacks {part}");
    }
    let there = location(&answer);
    assert_eq!(parameter(&there, "code_challenge_method"), "S256");
    assert!(parameter(&there, "state").len() >= 43 && parameter(&there, "nonce").len() >= 43, "{there}");
}

fn payload(token: &str) -> String {
    use base64::Engine as _;
    let part = token.split('.').nth(1).unwrap();
    String::from_utf8(base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}
