//! Second factors of local accounts. The codes are made by Debian's oathtool, not by the library that checks them.

use std::process::Command;
use std::time::Duration;

use omasote_backend::error::AppError;
use omasote_client::{Client, ClientError};
use omasote_types::error::ErrorCode;
use omasote_types::second_factors::{NewSecondFactor, PasswordAgain, SecondFactorCode};
use omasote_types::sessions::{App, Credentials, SessionInfo};

use crate::harness::{TestApp, code, on_both_engines};

const PASSWORD: &str = "kesäyö ja lämmin sauna";
const STEP: Duration = Duration::from_secs(30);

fn credentials(code: Option<&str>) -> Credentials {
    let (username, password) = ("hanna".to_owned(), PASSWORD.to_owned());
    Credentials { username, password, code: code.map(str::to_owned), new_password: None }
}

fn typed(code: &str) -> SecondFactorCode {
    SecondFactorCode { code: code.to_owned() }
}

fn again(password: &str) -> PasswordAgain {
    PasswordAgain { password: password.to_owned() }
}

/// What an app with the secret shows at the time of the server.
pub(crate) fn shown(app: &TestApp, secret: &str) -> String {
    let now = format!("--now=@{}", app.state.clock.now().timestamp());
    let asked = Command::new("oathtool").args(["--totp", "--base32", &now, secret]).output();
    let output =
        asked.expect("the tests of second factors need oathtool: install Debian's package of that name");
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

async fn sign_in(app: &TestApp, code: Option<&str>) -> Result<SessionInfo, ClientError> {
    client(app).create_session(&credentials(code)).await
}

fn client(app: &TestApp) -> Client {
    Client::new(&app.base, App::Professional).unwrap()
}

/// A signed-in professional whose account has a second factor.
async fn with_second_factor(app: &TestApp) -> (Client, NewSecondFactor) {
    app.account("hanna", PASSWORD).await;
    let hanna = client(app);
    hanna.create_session(&credentials(None)).await.unwrap();
    let new = hanna.begin_second_factor(&again(PASSWORD)).await.unwrap();
    hanna.confirm_second_factor(&typed(&shown(app, &new.secret))).await.unwrap();
    app.advance(STEP);
    (hanna, new)
}

on_both_engines! {
    async fn once_it_is_on_signing_in_asks_for_a_code_and_takes_each_once(app: TestApp) {
        let (hanna, new) = with_second_factor(&app).await;
        let status = hanna.get_second_factor().await.unwrap();
        assert!(status.is_on && status.recovery_codes_left == 10);
        assert_eq!(code(sign_in(&app, None).await), ErrorCode::SecondFactorRequired);
        assert_eq!(code(sign_in(&app, Some("000000")).await), ErrorCode::WrongCredentials);
        let now = shown(&app, &new.secret);
        sign_in(&app, Some(&now)).await.unwrap();
        assert_eq!(code(sign_in(&app, Some(&now)).await), ErrorCode::WrongCredentials, "a code is taken once");
        app.advance(STEP);
        let spaced = shown(&app, &new.secret);
        sign_in(&app, Some(&format!("{} {}", &spaced[..3], &spaced[3..]))).await.unwrap();
        assert_eq!(code(sign_in(&app, Some(&now)).await), ErrorCode::WrongCredentials, "nor one from before");
    }

    async fn two_who_bring_the_same_code_at_the_same_moment_do_not_both_come_in(app: TestApp) {
        let (_, new) = with_second_factor(&app).await;
        let now = shown(&app, &new.secret);
        let (one, two) = futures_util::future::join(sign_in(&app, Some(&now)), sign_in(&app, Some(&now))).await;
        assert_eq!([one.is_ok(), two.is_ok()].iter().filter(|is_in| **is_in).count(), 1);
    }

    async fn until_a_code_has_shown_that_the_app_has_the_secret_nothing_changes(app: TestApp) {
        app.account("hanna", PASSWORD).await;
        let hanna = client(&app);
        hanna.create_session(&credentials(None)).await.unwrap();
        assert_eq!(code(hanna.begin_second_factor(&again("väärä")).await), ErrorCode::WrongCredentials);
        let first = hanna.begin_second_factor(&again(PASSWORD)).await.unwrap();
        assert!(!hanna.get_second_factor().await.unwrap().is_on);
        sign_in(&app, None).await.expect("nobody is locked out by beginning");
        let second = hanna.begin_second_factor(&again(PASSWORD)).await.unwrap();
        let of_first = hanna.confirm_second_factor(&typed(&shown(&app, &first.secret))).await;
        assert_eq!(code(of_first), ErrorCode::WrongCredentials);
        let recovery = hanna.confirm_second_factor(&typed(&second.recovery_codes[0])).await;
        assert_eq!(code(recovery), ErrorCode::WrongCredentials, "a recovery code shows nothing of the app");
        hanna.confirm_second_factor(&typed(&shown(&app, &second.secret))).await.unwrap();
        assert_eq!(code(hanna.begin_second_factor(&again(PASSWORD)).await), ErrorCode::Conflict);
    }

    async fn a_recovery_code_stands_in_for_the_app_once(app: TestApp) {
        let (hanna, new) = with_second_factor(&app).await;
        let typed_badly = new.recovery_codes[3].to_lowercase().replace('-', " ");
        sign_in(&app, Some(&typed_badly)).await.unwrap();
        assert_eq!(code(sign_in(&app, Some(&new.recovery_codes[3])).await), ErrorCode::WrongCredentials);
        assert_eq!(hanna.get_second_factor().await.unwrap().recovery_codes_left, 9);
        let renewed = hanna.renew_recovery_codes(&typed(&shown(&app, &new.secret))).await.unwrap().recovery_codes;
        assert_eq!(code(sign_in(&app, Some(&new.recovery_codes[4])).await), ErrorCode::WrongCredentials);
        sign_in(&app, Some(&renewed[0])).await.unwrap();
    }

    async fn it_ends_by_a_code_and_not_without(app: TestApp) {
        let (hanna, new) = with_second_factor(&app).await;
        assert_eq!(code(hanna.end_second_factor(&typed("000000")).await), ErrorCode::WrongCredentials);
        hanna.end_second_factor(&typed(&shown(&app, &new.secret))).await.unwrap();
        sign_in(&app, None).await.unwrap();
        assert_eq!(code(hanna.end_second_factor(&typed("000000")).await), ErrorCode::Conflict);
    }

    async fn codes_cannot_be_tried_one_after_the_other(app: TestApp) {
        let (_, new) = with_second_factor(&app).await;
        for _ in 0..5 {
            assert_eq!(code(sign_in(&app, None).await), ErrorCode::SecondFactorRequired, "forgives nothing");
            assert_eq!(code(sign_in(&app, Some("000000")).await), ErrorCode::WrongCredentials);
        }
        assert_eq!(code(sign_in(&app, Some(&shown(&app, &new.secret))).await), ErrorCode::TooManyAttempts);
        app.advance(Duration::from_secs(60));
        sign_in(&app, Some(&shown(&app, &new.secret))).await.unwrap();
    }

    async fn who_must_have_one_sets_it_up_after_the_password_and_can_do_nothing_before(app: TestApp) {
        app.account("hanna", PASSWORD).await;
        let settings = [("demo", "true"), ("second_factor", "required")];
        let app = TestApp::start_on(app.database.clone(), &settings).await;
        assert_eq!(code(sign_in(&app, None).await), ErrorCode::SecondFactorSetupRequired);
        assert_eq!(code(sign_in(&app, Some("123456")).await), ErrorCode::SecondFactorSetupRequired);
        let hanna = client(&app);
        let wrong = Credentials { password: "väärä".to_owned(), ..credentials(None) };
        assert_eq!(code(hanna.begin_second_factor_at_sign_in(&wrong).await), ErrorCode::WrongCredentials);
        let new = hanna.begin_second_factor_at_sign_in(&credentials(None)).await.unwrap();
        assert_eq!(code(hanna.get_me().await), ErrorCode::Unauthenticated, "no session yet");
        assert_eq!(code(sign_in(&app, None).await), ErrorCode::SecondFactorSetupRequired);
        hanna.create_session(&credentials(Some(&shown(&app, &new.secret)))).await.unwrap();
        assert!(hanna.get_second_factor().await.unwrap().is_on);
        let taken_over = hanna.begin_second_factor_at_sign_in(&credentials(None)).await;
        assert_eq!(code(taken_over), ErrorCode::Conflict, "who knows the password alone cannot put another in its place");
        assert_eq!(code(sign_in(&app, None).await), ErrorCode::SecondFactorRequired);
    }

    async fn who_has_no_local_account_has_no_second_factor(app: TestApp) {
        let aino = app.citizen().await;
        assert_eq!(code(aino.get_second_factor().await), ErrorCode::NotFound);
        assert_eq!(code(aino.begin_second_factor(&again(PASSWORD)).await), ErrorCode::NotFound);
        assert_eq!(code(aino.end_second_factor(&typed("000000")).await), ErrorCode::NotFound);
    }

    async fn neither_secret_nor_recovery_codes_stand_in_the_database_as_they_are(app: TestApp) {
        use diesel::prelude::*;
        use omasote_backend::db::schema::{recovery_codes, second_factors};
        let (_, new) = with_second_factor(&app).await;
        let (secret, hashes) = app.state.db.read(|conn| {
            let secret: Vec<u8> = second_factors::table.select(second_factors::secret_sealed).first(conn)?;
            let hashes: Vec<Vec<u8>> = recovery_codes::table.select(recovery_codes::code_hash).load(conn)?;
            Ok::<_, AppError>((secret, hashes))
        }).await.unwrap();
        assert_eq!((secret.len(), hashes.len()), (24 + 20 + 16, 10));
        assert!(hashes.iter().all(|hash| hash.len() == 32));
        assert!(!format!("{new:?}").contains(&new.secret));
    }

    async fn an_unknown_name_costs_as_much_work_as_a_wrong_password(app: TestApp) {
        app.account("hanna", PASSWORD).await;
        let checks = || app.state.metrics.password_checks.get();
        for username in ["hanna", "nobody"] {
            let before = checks();
            let wrong = Credentials { username: username.to_owned(), password: "väärä".to_owned(), code: None, new_password: None };
            assert_eq!(code(client(&app).create_session(&wrong).await), ErrorCode::WrongCredentials);
            assert_eq!(checks(), before + 1, "{username}");
        }
    }
}
