//! Signing in, staying signed in, signing out.

use std::time::Duration;

use omasote_backend::db::Engine;
use omasote_client::Client;
use omasote_types::error::ErrorCode;
use omasote_types::sessions::{App, Credentials, PersonId};

use crate::harness::{TestApp, code, cookies_of, on_both_engines};

const MINUTE: Duration = Duration::from_secs(60);

fn credentials(username: &str, password: &str) -> Credentials {
    Credentials {
        username: username.to_owned(),
        password: password.to_owned(),
        code: None,
        new_password: None,
    }
}

async fn refresh(app: &TestApp, token: &str) -> reqwest::Response {
    let request = TestApp::http().post(app.url("/api/v1/sessions/refresh")).header("omasote-app", "citizen");
    request.header("cookie", format!("omasote-citizen-refresh={token}")).send().await.unwrap()
}

/// Refreshes as a browser does whose person has not used the session for some seconds.
async fn refresh_unused(app: &TestApp, token: &str, seconds: u64) -> reqwest::Response {
    let request = TestApp::http().post(app.url("/api/v1/sessions/refresh")).header("omasote-app", "citizen");
    let request = request.header("cookie", format!("omasote-citizen-refresh={token}"));
    let body = serde_json::json!({ "unusedSeconds": seconds }).to_string();
    request.header("content-type", "application/json").body(body).send().await.unwrap()
}

async fn me_by_bearer(app: &TestApp, token: &str) -> (u16, String) {
    let response = TestApp::http().get(app.url("/api/v1/me")).bearer_auth(token).send().await.unwrap();
    (response.status().as_u16(), response.text().await.unwrap())
}

on_both_engines! {
    async fn a_demo_person_signs_in_and_is_known(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        let me = aino.get_me().await.unwrap();
        assert_eq!((me.person, me.units.len(), me.title), (PersonId::Citizen(aino.id), 0, None));
        let me = hanna.get_me().await.unwrap();
        assert_eq!((me.person, me.units[0].id), (PersonId::Professional(hanna.id), unit.id));
        assert_eq!(me.title.as_deref(), Some("sairaanhoitaja"));
    }

    async fn nobody_is_known_without_a_session(app: TestApp) {
        let stranger = Client::new(&app.base, App::Citizen).unwrap();
        assert_eq!(code(stranger.get_me().await), ErrorCode::Unauthenticated);
        assert_eq!(code(stranger.count_unread().await), ErrorCode::Unauthenticated);
        assert!(stranger.list_sign_in_methods().await.unwrap().has_local_accounts);
    }

    async fn a_local_account_signs_in_with_its_password_only(app: TestApp) {
        let person = app.account("hanna", "kesäyö ja lämmin sauna").await;
        let client = Client::new(&app.base, App::Professional).unwrap();
        for wrong in [credentials("hanna", "kesäyö"), credentials("pekka", "kesäyö ja lämmin sauna")] {
            assert_eq!(code(client.create_session(&wrong).await), ErrorCode::WrongCredentials);
        }
        client.create_session(&credentials("hanna", "kesäyö ja lämmin sauna")).await.unwrap();
        assert_eq!(client.get_me().await.unwrap().person, person);
    }

    async fn an_account_signs_in_to_its_own_app_only(app: TestApp) {
        app.account("hanna", "kesäyö ja lämmin sauna").await;
        let client = Client::new(&app.base, App::Citizen).unwrap();
        let refused = client.create_session(&credentials("hanna", "kesäyö ja lämmin sauna")).await;
        assert_eq!(code(refused), ErrorCode::NotAllowed);
    }

    async fn sign_in_is_held_back_after_failures_and_let_through_after_a_pause(app: TestApp) {
        app.account("hanna", "kesäyö ja lämmin sauna").await;
        let client = Client::new(&app.base, App::Professional).unwrap();
        for _ in 0..5 {
            assert_eq!(code(client.create_session(&credentials("hanna", "väärä")).await), ErrorCode::WrongCredentials);
        }
        let right = credentials("hanna", "kesäyö ja lämmin sauna");
        assert_eq!(code(client.create_session(&right).await), ErrorCode::TooManyAttempts);
        app.advance(MINUTE);
        client.create_session(&right).await.unwrap();
        assert_eq!(code(client.create_session(&credentials("hanna", "väärä")).await), ErrorCode::WrongCredentials);
        client.create_session(&right).await.unwrap();
    }

    async fn one_address_cannot_try_many_accounts(app: TestApp) {
        let client = Client::new(&app.base, App::Professional).unwrap();
        for number in 0..30 {
            let refused = client.create_session(&credentials(&format!("nimi{number}"), "x")).await;
            assert_eq!(code(refused), ErrorCode::WrongCredentials);
        }
        assert_eq!(code(client.create_session(&credentials("toinen", "x")).await), ErrorCode::TooManyAttempts);
    }

    async fn the_client_refreshes_a_session_whose_token_expired(app: TestApp) {
        let aino = app.citizen().await;
        let before = aino.get_me().await.unwrap().session;
        app.advance(11 * MINUTE);
        let after = aino.get_me().await.unwrap().session;
        assert_eq!(after.id, before.id);
        assert!(after.refresh_by > before.refresh_by);
    }

    async fn a_session_ends_when_its_time_is_over_however_much_it_is_used(app: TestApp) {
        let aino = app.citizen().await;
        for _ in 0..71 {
            app.advance(10 * MINUTE);
            aino.get_me().await.unwrap();
        }
        app.advance(11 * MINUTE);
        assert_eq!(code(aino.get_me().await), ErrorCode::SessionEnded);
    }

    async fn a_stolen_refresh_token_ends_the_session_for_thief_and_owner(app: TestApp) {
        let aino = app.citizen().await;
        let (_, first) = app.tokens(aino.person).await;
        let response = refresh(&app, &first).await;
        assert_eq!(response.status(), 201);
        let (access, second) = cookies_of(&response);

        app.advance(MINUTE);
        let reused = refresh(&app, &first).await;
        assert_eq!(reused.status(), 401);
        assert!(reused.text().await.unwrap().contains("session_ended"));
        assert_eq!(refresh(&app, &second).await.status(), 401);
        let (status, body) = me_by_bearer(&app, &access).await;
        assert_eq!(status, 401);
        assert!(body.contains("session_ended"), "{body}");
    }

    async fn two_tabs_may_refresh_at_the_same_moment(app: TestApp) {
        let aino = app.citizen().await;
        let (_, token) = app.tokens(aino.person).await;
        assert_eq!(refresh(&app, &token).await.status(), 201);
        let second = refresh(&app, &token).await;
        assert_eq!(second.status(), 201);
        let (access, _) = cookies_of(&second);
        assert_eq!(me_by_bearer(&app, &access).await.0, 200);
    }

    async fn signing_out_ends_the_session_at_once_for_every_copy_of_its_token(app: TestApp) {
        let aino = app.citizen().await;
        let (access, token) = app.tokens(aino.person).await;
        assert_eq!(me_by_bearer(&app, &access).await.0, 200);
        let out = TestApp::http().delete(app.url("/api/v1/sessions/current")).bearer_auth(&access);
        assert_eq!(out.send().await.unwrap().status(), 200);
        assert_eq!(me_by_bearer(&app, &access).await.0, 401);
        assert_eq!(refresh(&app, &token).await.status(), 401);
        aino.get_me().await.expect("her other session goes on");
        aino.end_current_session().await.unwrap();
        assert_eq!(code(aino.get_me().await), ErrorCode::Unauthenticated);
    }

    async fn a_session_that_was_ended_stays_ended_when_the_server_starts_again(app: TestApp) {
        let aino = app.citizen().await;
        let (access, _) = app.tokens(aino.person).await;
        let out = TestApp::http().delete(app.url("/api/v1/sessions/current")).bearer_auth(&access);
        assert_eq!(out.send().await.unwrap().status(), 200);
        let again = TestApp::start_on(app.database.clone(), &[("demo", "true")]).await;
        assert_eq!(me_by_bearer(&again, &access).await.0, 401);
    }

    async fn a_change_by_cookie_needs_the_header_that_other_sites_cannot_send(app: TestApp) {
        let aino = app.citizen().await;
        let (access, _) = app.tokens(aino.person).await;
        let cookie = format!("omasote-citizen={access}");
        let bare = TestApp::http().delete(app.url("/api/v1/sessions/current")).header("cookie", &cookie);
        let refused = bare.send().await.unwrap();
        assert_eq!(refused.status(), 403);
        assert!(refused.text().await.unwrap().contains("cross_site_request"));
        assert_eq!(me_by_bearer(&app, &access).await.0, 200);
    }

    async fn a_session_that_somebody_put_into_the_browser_is_not_gone_on_with(app: TestApp) {
        let (aino, onni) = (app.citizen().await, app.citizen().await);
        let (planted, refresh) = app.tokens(onni.person).await;
        let body = serde_json::json!({ "person": aino.person }).to_string();
        let request = TestApp::http().post(app.url("/api/v1/sessions/demo")).header("omasote-app", "citizen");
        let request = request.header("cookie", format!("omasote-citizen={planted}; omasote-citizen-refresh={refresh}"));
        let response = request.header("content-type", "application/json").body(body).send().await.unwrap();
        let (access, _) = cookies_of(&response);
        assert!(me_by_bearer(&app, &access).await.1.contains(&aino.id.to_string()));
        let theirs = me_by_bearer(&app, &planted).await.1;
        assert!(theirs.contains(&onni.id.to_string()) && !theirs.contains(&aino.id.to_string()));
        assert_eq!(aino.list_sessions().await.unwrap().len(), 2, "a new session, beside the one of the client here");
    }

    async fn the_cookies_are_out_of_reach_of_scripts_and_other_sites(app: TestApp) {
        let aino = app.citizen().await;
        let body = serde_json::json!({ "person": aino.person }).to_string();
        let request = TestApp::http().post(app.url("/api/v1/sessions/demo")).header("omasote-app", "citizen");
        let response = request.header("content-type", "application/json").body(body).send().await.unwrap();
        for cookie in response.headers().get_all("set-cookie") {
            let cookie = cookie.to_str().unwrap();
            assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
        }
    }

    async fn a_citizen_and_a_professional_share_one_browser(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        let (citizen, _) = app.tokens(aino.person).await;
        let (professional, _) = app.tokens(hanna.person).await;
        let jar = format!("omasote-citizen={citizen}; omasote-professional={professional}");
        for (name, id) in [("citizen", aino.id.to_string()), ("professional", hanna.id.to_string())] {
            let request = TestApp::http().get(app.url("/api/v1/me")).header("cookie", &jar);
            let body = request.header("omasote-app", name).send().await.unwrap().text().await.unwrap();
            assert!(body.contains(&id), "{body}");
        }
    }

    async fn outside_demo_mode_nobody_signs_in_as_a_demo_person(app: TestApp) {
        let aino = app.citizen().await;
        let folder = app.database.folder();
        let keys = [("signing_key_file", format!("{folder}/demo-signing-key.pem")),
            ("identity_key_file", format!("{folder}/demo-identity-key"))];
        let keys: Vec<(&str, &str)> = keys.iter().map(|(name, path)| (*name, path.as_str())).collect();
        let real = TestApp::start_on(app.database.clone(), &keys).await;
        let client = Client::new(&real.base, App::Citizen).unwrap();
        assert_eq!(code(client.create_demo_session(aino.person).await), ErrorCode::NotFound);
        assert!(client.list_sign_in_methods().await.unwrap().demo_personas.is_empty());
    }

    async fn a_person_sees_their_sessions_and_ends_one(app: TestApp) {
        let (aino, onni) = (app.citizen().await, app.citizen().await);
        let (token, refresh_token) = app.tokens(aino.person).await;
        app.advance(MINUTE);
        aino.refresh_session().await.unwrap();
        let open = aino.list_sessions().await.unwrap();
        assert_eq!(open.iter().map(|session| session.is_current).collect::<Vec<_>>(), [true, false]);
        assert!(open[0].used_at - open[0].opened_at >= chrono::Duration::minutes(1));
        let other = open[1].id;

        assert_eq!(code(onni.end_session(other).await), ErrorCode::NotFound);
        assert_eq!(me_by_bearer(&app, &token).await.0, 200);
        aino.end_session(other).await.unwrap();
        assert_eq!(me_by_bearer(&app, &token).await.0, 401, "at once");
        assert_eq!(refresh(&app, &refresh_token).await.status(), 401);
        assert_eq!(code(aino.end_session(other).await), ErrorCode::NotFound);
        assert_eq!(aino.list_sessions().await.unwrap().len(), 1);
        assert!(aino.get_me().await.is_ok());
    }

    async fn a_session_tells_its_browser_in_words(app: TestApp) {
        let aino = app.citizen().await;
        let body = serde_json::to_string(&omasote_types::sessions::DemoSignIn { person: aino.person }).unwrap();
        let request = TestApp::http().post(app.url("/api/v1/sessions/demo")).header("omasote-app", "citizen");
        let request = request.header("user-agent", "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Firefox/140.0");
        request.header("content-type", "application/json").body(body).send().await.unwrap();
        let mut open = aino.list_sessions().await.unwrap();
        open.retain(|session| !session.is_current);
        assert_eq!(open[0].device.as_deref(), Some("Firefox, Windows"));
    }

    async fn a_session_that_is_not_used_ends(app: TestApp) {
        let aino = app.citizen().await;
        for _ in 0..2 {
            app.advance(299 * MINUTE);
            aino.refresh_session().await.unwrap();
        }
        let (_, refresh_token) = app.tokens(aino.person).await;
        app.advance(301 * MINUTE);
        assert!(aino.list_sessions().await.is_err());
        assert_eq!(code(aino.refresh_session().await), ErrorCode::SessionEnded);
        assert_eq!(refresh(&app, &refresh_token).await.status(), 401);
        let again = app.citizen().await;
        assert_eq!(again.list_sessions().await.unwrap().len(), 1);
    }

    async fn what_a_browser_does_by_itself_does_not_keep_a_session_alive(app: TestApp) {
        let aino = app.citizen().await;
        let (_, mut token) = app.tokens(aino.person).await;
        for minutes in [100, 200] {
            app.advance(100 * MINUTE);
            let renewed = refresh_unused(&app, &token, minutes * 60).await;
            assert_eq!(renewed.status(), 201);
            token = cookies_of(&renewed).1;
        }
        let open = aino.list_sessions().await.unwrap();
        let used_at = open.iter().find(|session| !session.is_current).unwrap().used_at;
        let unused = app.state.clock.now() - used_at;
        assert!(unused >= chrono::Duration::minutes(199), "no use was told since the beginning");
        app.advance(101 * MINUTE);
        let ended = refresh_unused(&app, &token, 301 * 60).await;
        assert!(ended.text().await.unwrap().contains("session_ended"));
    }

    async fn what_the_person_does_keeps_it_alive_also_when_it_is_told_later_or_by_another_tab(app: TestApp) {
        let aino = app.citizen().await;
        let (_, first) = app.tokens(aino.person).await;
        app.advance(200 * MINUTE);
        let told_later = refresh_unused(&app, &first, 10 * 60).await;
        let (_, second) = cookies_of(&told_later);
        app.advance(Duration::from_secs(1));
        let other_tab = refresh_unused(&app, &second, 200 * 60).await;
        assert_eq!(other_tab.status(), 201);
        app.advance(280 * MINUTE);
        assert_eq!(refresh(&app, &cookies_of(&other_tab).1).await.status(), 201, "290 minutes after she used it");
    }

    async fn no_token_is_good_for_longer_than_a_session_that_is_not_used(app: TestApp) {
        let aino = app.citizen().await;
        let (_, token) = app.tokens(aino.person).await;
        app.advance(295 * MINUTE);
        let (access, _) = cookies_of(&refresh_unused(&app, &token, 295 * 60).await);
        assert_eq!(me_by_bearer(&app, &access).await.0, 200);
        app.advance(6 * MINUTE);
        let (status, body) = me_by_bearer(&app, &access).await;
        assert!(status == 401 && body.contains("expired_token"), "{body}");
    }

    async fn a_session_is_forgotten_a_month_after_its_end(app: TestApp) {
        use diesel::prelude::*;
        use omasote_backend::db::schema::{refresh_tokens, sessions};
        use omasote_backend::{error::AppError, jobs::forget_old};

        let aino = app.citizen().await;
        let kept = async || {
            let counts = app.state.db.read(|conn| {
                let sessions: i64 = sessions::table.count().get_result(conn)?;
                let tokens: i64 = refresh_tokens::table.count().get_result(conn)?;
                Ok::<_, AppError>((sessions, tokens))
            });
            counts.await.unwrap()
        };
        let forget = async || {
            let now = app.state.clock.now();
            app.state.db.write(move |tx| forget_old(tx, now)).await.unwrap();
        };
        forget().await;
        assert_eq!(kept().await, (1, 1));
        assert!(aino.get_me().await.is_ok());
        app.advance(Duration::from_secs(29 * 24 * 3600));
        forget().await;
        assert_eq!(kept().await, (1, 0), "a token of a session that is over is of no use");
        app.advance(Duration::from_secs(3 * 24 * 3600));
        forget().await;
        assert_eq!(kept().await, (0, 0));
    }
}

#[actix_web::test]
async fn with_tls_the_cookies_are_bound_to_the_host() {
    let app =
        TestApp::start_with(Engine::Sqlite, &[("demo", "true"), ("public_url", "https://omasote.example")])
            .await;
    app.account("hanna", "kesäyö ja lämmin sauna").await;
    let body = serde_json::to_string(&credentials("hanna", "kesäyö ja lämmin sauna")).unwrap();
    let request = TestApp::http().post(app.url("/api/v1/sessions")).header("omasote-app", "professional");
    let response = request.header("content-type", "application/json").body(body).send().await.unwrap();
    let cookies: Vec<&str> =
        response.headers().get_all("set-cookie").iter().map(|cookie| cookie.to_str().unwrap()).collect();
    assert!(cookies[0].starts_with("__Host-omasote-professional=") && cookies[0].contains("; Path=/;"));
    assert!(cookies.iter().all(|cookie| cookie.contains("; Secure")));
    assert!(response.headers().contains_key("strict-transport-security"));
}
