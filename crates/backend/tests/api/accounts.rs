//! The accounts of professionals: who looks after them, what signing in makes of it, and that it can be traced.

use std::time::Duration;

use omasote_client::{Client, ClientResult};
use omasote_types::accounts::{
    AccountEventKind, AccountField, AccountQuery, AccountState, NewStaffAccount, PasswordChange,
    StaffAccount, StaffAccountUpdate,
};
use omasote_types::error::{ErrorCode, FieldErrorCode};
use omasote_types::ids::ProfessionalId;
use omasote_types::page::PageQuery;
use omasote_types::people::Role;
use omasote_types::second_factors::{PasswordAgain, SecondFactorCode};
use omasote_types::sessions::{App, Credentials, SessionInfo};

use crate::harness::{Person, TestApp, code, on_both_engines};
use crate::second_factors::shown;

const CHOSEN: &str = "kesäyö ja lämmin sauna";

fn new(given: &str, family: &str, username: &str) -> NewStaffAccount {
    NewStaffAccount {
        given_name: given.to_owned(),
        family_name: family.to_owned(),
        title: "sairaanhoitaja".to_owned(),
        unit_ids: Vec::new(),
        roles: Vec::new(),
        username: Some(username.to_owned()),
        directory_name: None,
    }
}

fn credentials(username: &str, password: &str) -> Credentials {
    Credentials {
        username: username.to_owned(),
        password: password.to_owned(),
        code: None,
        new_password: None,
    }
}

fn client(app: &TestApp) -> Client {
    Client::new(&app.base, App::Professional).unwrap()
}

async fn sign_in(app: &TestApp, username: &str, password: &str) -> ClientResult<SessionInfo> {
    client(app).create_session(&credentials(username, password)).await
}

/// Somebody with an account of their own choice of password.
async fn settled(app: &TestApp, administrator: &Person<ProfessionalId>, username: &str) -> StaffAccount {
    let made = administrator.create_account(&new("Hanna", "Huotari", username)).await.unwrap();
    let first = made.first_password.unwrap().password;
    let choosing = Credentials { new_password: Some(CHOSEN.to_owned()), ..credentials(username, &first) };
    client(app).create_session(&choosing).await.unwrap();
    made.account
}

async fn kinds(administrator: &Person<ProfessionalId>, of: ProfessionalId) -> Vec<AccountEventKind> {
    let events = administrator.list_account_events(of, &PageQuery::default()).await.unwrap().items;
    events.into_iter().map(|event| event.kind).collect()
}

#[track_caller]
fn field<T: std::fmt::Debug>(outcome: ClientResult<T>) -> (String, FieldErrorCode) {
    let Err(omasote_client::ClientError::Refused(problem)) = outcome else { panic!("{outcome:?}") };
    (problem.errors[0].field.clone(), problem.errors[0].code)
}

on_both_engines! {
    async fn a_first_password_is_good_for_choosing_another_and_for_nothing_else(app: TestApp) {
        let administrator = app.official(Role::Administrator).await;
        let unit = app.unit("Kuhmon vastaanotto").await;
        let wanted = NewStaffAccount { unit_ids: vec![unit.id, unit.id], ..new("Hanna", "Huotari", "hanna") };
        let made = administrator.create_account(&wanted).await.unwrap();
        assert!(made.account.sign_in.must_change_password && made.account.last_sign_in_at.is_none());
        assert_eq!(made.account.units[0].name.fi, "Kuhmon vastaanotto");
        let first = made.first_password.unwrap().password;
        assert_eq!(code(sign_in(&app, "hanna", &first).await), ErrorCode::PasswordChangeRequired);
        let choosing = |new: &str| Credentials { new_password: Some(new.to_owned()), ..credentials("hanna", &first) };
        for (poor, why) in [
            ("lyhyt", FieldErrorCode::TooShort),
            ("Password-2026-2026", FieldErrorCode::TooCommon),
            (first.as_str(), FieldErrorCode::Unchanged),
        ] {
            let refused = client(&app).create_session(&choosing(poor)).await;
            assert_eq!(field(refused), ("newPassword".to_owned(), why));
        }
        let hanna = client(&app);
        hanna.create_session(&choosing(CHOSEN)).await.unwrap();
        assert_eq!(hanna.get_me().await.unwrap().units.len(), 1);
        assert_eq!(code(sign_in(&app, "hanna", &first).await), ErrorCode::WrongCredentials);
        sign_in(&app, "hanna", CHOSEN).await.unwrap();
        let needless = Credentials { new_password: Some("talvinen järven jää".to_owned()), ..credentials("hanna", CHOSEN) };
        assert_eq!(field(client(&app).create_session(&needless).await).1, FieldErrorCode::InvalidFormat);
        let account = administrator.get_account(made.account.id).await.unwrap();
        assert!(!account.sign_in.must_change_password && account.last_sign_in_at.is_some());
        assert_eq!(kinds(&administrator, account.id).await, [AccountEventKind::PasswordChanged, AccountEventKind::Created]);
    }

    async fn who_must_have_a_second_factor_sets_it_up_with_the_first_password_and_both_count_together(app: TestApp) {
        let administrator = app.official(Role::Administrator).await;
        let made = administrator.create_account(&new("Hanna", "Huotari", "hanna")).await.unwrap();
        let first = made.first_password.unwrap().password;
        let strict = TestApp::start_on(app.database.clone(), &[("demo", "true"), ("second_factor", "required")]).await;
        let choosing = Credentials { new_password: Some(CHOSEN.to_owned()), ..credentials("hanna", &first) };
        assert_eq!(code(sign_in(&strict, "hanna", &first).await), ErrorCode::PasswordChangeRequired);
        assert_eq!(code(client(&strict).create_session(&choosing).await), ErrorCode::SecondFactorSetupRequired);
        let factor = client(&strict).begin_second_factor_at_sign_in(&choosing).await.unwrap();
        let with = |code: String| Credentials { code: Some(code), ..choosing.clone() };
        assert_eq!(code(client(&strict).create_session(&with("000000".to_owned())).await), ErrorCode::WrongCredentials);
        assert_eq!(code(sign_in(&strict, "hanna", CHOSEN).await), ErrorCode::WrongCredentials, "nothing was changed yet");
        client(&strict).create_session(&with(shown(&strict, &factor.secret))).await.unwrap();
        assert_eq!(code(sign_in(&strict, "hanna", CHOSEN).await), ErrorCode::SecondFactorRequired);
    }

    async fn a_first_password_does_not_wait_for_ever(app: TestApp) {
        let administrator = app.official(Role::Administrator).await;
        let made = administrator.create_account(&new("Hanna", "Huotari", "hanna")).await.unwrap();
        let first = made.first_password.unwrap();
        app.advance(Duration::from_secs(8 * 86_400));
        assert!(first.expires_at < app.state.clock.now());
        let late = Credentials { new_password: Some(CHOSEN.to_owned()), ..credentials("hanna", &first.password) };
        assert_eq!(code(client(&app).create_session(&late).await), ErrorCode::FirstPasswordExpired);
        assert_eq!(code(client(&app).begin_second_factor_at_sign_in(&late).await), ErrorCode::FirstPasswordExpired);
        let again = app.again(administrator).await.reset_password(made.account.id).await.unwrap();
        let choosing = Credentials { new_password: Some(CHOSEN.to_owned()), ..credentials("hanna", &again.password) };
        client(&app).create_session(&choosing).await.unwrap();
    }

    async fn a_closed_account_is_out_at_once_and_everywhere_and_comes_back_as_it_was(app: TestApp) {
        let administrator = app.official(Role::Administrator).await;
        let account = settled(&app, &administrator, "hanna").await;
        let other = TestApp::start_on(app.database.clone(), &[("demo", "true")]).await;
        let (here, there) = (client(&app), client(&other));
        here.create_session(&credentials("hanna", CHOSEN)).await.unwrap();
        there.create_session(&credentials("hanna", CHOSEN)).await.unwrap();
        let closed = administrator.close_account(account.id).await.unwrap();
        assert!(closed.closed_at.is_some());
        assert_eq!(code(administrator.close_account(account.id).await), ErrorCode::Conflict);
        assert_eq!(code(here.get_me().await), ErrorCode::SessionEnded);
        // The other server hears of it through the database, or asks it when the session is to go on.
        if app.database.url.starts_with("postgres") {
            let mut answer = there.get_me().await;
            for _ in 0..50 {
                if answer.is_err() {
                    break;
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
                answer = there.get_me().await;
            }
            assert_eq!(code(answer), ErrorCode::SessionEnded);
        }
        assert_eq!(code(sign_in(&app, "hanna", CHOSEN).await), ErrorCode::WrongCredentials);
        assert_eq!(code(sign_in(&other, "hanna", CHOSEN).await), ErrorCode::WrongCredentials);
        administrator.reopen_account(account.id).await.unwrap();
        assert_eq!(code(administrator.reopen_account(account.id).await), ErrorCode::Conflict);
        sign_in(&app, "hanna", CHOSEN).await.unwrap();
        let kinds = kinds(&administrator, account.id).await;
        assert_eq!(kinds[..2], [AccountEventKind::Reopened, AccountEventKind::Closed]);
    }

    async fn a_person_whose_account_is_closed_is_no_member_and_does_not_come_in_as_a_demo_person(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (administrator, hanna) = (app.official(Role::Administrator).await, app.professional(unit.id).await);
        let liisa = app.professional(unit.id).await;
        administrator.close_account(hanna.id).await.unwrap();
        let members = liisa.list_unit_members(unit.id, &PageQuery::default()).await.unwrap().items;
        assert_eq!(members.iter().map(|member| member.id).collect::<Vec<_>>(), [liisa.id]);
        assert_eq!(code(client(&app).create_demo_session(hanna.person).await), ErrorCode::NotFound);
    }

    async fn changes_are_kept_with_what_was_before_and_who_made_them(app: TestApp) {
        let administrator = app.official(Role::Administrator).await;
        let (kuhmo, sotkamo) = (app.unit("Kuhmon vastaanotto").await, app.unit("Sotkamon neuvola").await);
        let wanted = NewStaffAccount { unit_ids: vec![kuhmo.id], ..new("Hanna", "Huotari", "hanna") };
        let id = administrator.create_account(&wanted).await.unwrap().account.id;
        let update = StaffAccountUpdate {
            family_name: Some(" Heikkinen ".to_owned()),
            title: Some("terveydenhoitaja".to_owned()),
            unit_ids: Some(vec![sotkamo.id]),
            lead_unit_ids: None,
            roles: Some(vec![Role::Editor]),
            given_name: None,
        };
        let changed = administrator.update_account(id, &update).await.unwrap();
        assert_eq!((changed.given_name.as_str(), changed.family_name.as_str()), ("Hanna", "Heikkinen"));
        assert_eq!(changed.units[0].id, sotkamo.id);
        assert_eq!(changed.roles, [Role::Editor]);
        administrator.update_account(id, &update).await.unwrap();
        let events = administrator.list_account_events(id, &PageQuery::default()).await.unwrap().items;
        assert_eq!(events.len(), 2, "what changes nothing is no event");
        assert_eq!(events[0].actor_name.as_deref(), Some("Hanna Hoitaja"));
        let fields: Vec<_> = events[0].changes.iter().map(|change| change.field).collect();
        assert_eq!(fields, [AccountField::Name, AccountField::Title, AccountField::Units, AccountField::Roles]);
        assert_eq!(events[0].changes[2].before, ["Kuhmon vastaanotto"]);
        assert_eq!(events[0].changes[2].after, ["Sotkamon neuvola"]);
        let nowhere = StaffAccountUpdate { unit_ids: Some(vec![omasote_types::ids::UnitId::at(app.state.clock.now())]), ..StaffAccountUpdate::default() };
        assert_eq!(field(administrator.update_account(id, &nowhere).await), ("unitIds".to_owned(), FieldErrorCode::UnknownReference));
    }

    async fn a_name_is_taken_once(app: TestApp) {
        let administrator = app.official(Role::Administrator).await;
        let both = NewStaffAccount { directory_name: Some("HANNA@kunta.fi".to_owned()), ..new("Hanna", "Huotari", "hanna") };
        administrator.create_account(&both).await.unwrap();
        assert_eq!(field(administrator.create_account(&new("Hanna", "Toinen", "hanna")).await), ("username".to_owned(), FieldErrorCode::Taken));
        let directory = NewStaffAccount { username: None, directory_name: Some("hanna@KUNTA.fi".to_owned()), ..new("Hanna", "Toinen", "x") };
        assert_eq!(field(administrator.create_account(&directory).await), ("directoryName".to_owned(), FieldErrorCode::Taken));
        let nobody = NewStaffAccount { username: None, ..new("Hanna", "Toinen", "x") };
        assert_eq!(field(administrator.create_account(&nobody).await), ("username".to_owned(), FieldErrorCode::Required));
    }

    async fn accounts_are_listed_by_name_page_by_page_and_found_by_words(app: TestApp) {
        let administrator = app.official(Role::Administrator).await;
        for (given, family, username) in [("Hanna", "Berg", "hb"), ("Olli", "Aho", "oa"), ("Liisa", "Cajander", "lc-100")] {
            administrator.create_account(&new(given, family, username)).await.unwrap();
        }
        let names = |accounts: &[StaffAccount]| accounts.iter().map(|account| account.family_name.clone()).collect::<Vec<_>>();
        let first = AccountQuery { limit: Some(2), ..AccountQuery::default() };
        let page = administrator.list_accounts(&first).await.unwrap();
        assert_eq!(names(&page.items), ["Aho", "Berg"]);
        let next = AccountQuery { cursor: page.next_cursor, ..first };
        let page = administrator.list_accounts(&next).await.unwrap();
        assert_eq!((names(&page.items), page.next_cursor), (vec!["Cajander".to_owned(), "Hoitaja".to_owned()], None));
        let find = async |words: &str| {
            let query = AccountQuery { search: Some(words.to_owned()), ..AccountQuery::default() };
            names(&administrator.list_accounts(&query).await.unwrap().items)
        };
        assert_eq!(find("hanna berg").await, ["Berg"]);
        assert_eq!(find("LC-100").await, ["Cajander"]);
        assert_eq!(find("%").await.len(), 4, "a sign of the query language is no wildcard and no word");
        assert_eq!(find("sairaanhoitaja aho").await, ["Aho"]);
        assert_eq!(find("Nobody").await, [""; 0]);
        let closed = AccountQuery { state: AccountState::Closed, ..AccountQuery::default() };
        assert_eq!(administrator.list_accounts(&closed).await.unwrap().items, []);
    }

    async fn administrators_neither_lock_themselves_out_nor_leave_nobody(app: TestApp) {
        let (one, other) = (app.official(Role::Administrator).await, app.official(Role::Administrator).await);
        let without = StaffAccountUpdate { roles: Some(Vec::new()), ..StaffAccountUpdate::default() };
        assert_eq!(code(one.update_account(one.id, &without).await), ErrorCode::OwnAccount);
        assert_eq!(code(one.close_account(one.id).await), ErrorCode::OwnAccount);
        assert_eq!(code(one.reset_password(one.id).await), ErrorCode::OwnAccount);
        assert_eq!(code(one.remove_second_factor(one.id).await), ErrorCode::OwnAccount);
        let (first, second) = tokio::join!(one.update_account(other.id, &without), other.update_account(one.id, &without));
        assert_eq!([first.is_ok(), second.is_ok()].iter().filter(|is_ok| **is_ok).count(), 1, "{first:?} {second:?}");
        let refused = code(if first.is_ok() { second } else { first });
        assert!(matches!(refused, ErrorCode::LastAdministrator | ErrorCode::RoleRequired | ErrorCode::Unavailable), "{refused:?}");
    }

    async fn a_lost_second_factor_is_taken_away_and_the_sessions_end(app: TestApp) {
        let administrator = app.official(Role::Administrator).await;
        let account = settled(&app, &administrator, "hanna").await;
        let hanna = client(&app);
        hanna.create_session(&credentials("hanna", CHOSEN)).await.unwrap();
        assert_eq!(code(administrator.remove_second_factor(account.id).await), ErrorCode::Conflict);
        let factor = hanna.begin_second_factor(&PasswordAgain { password: CHOSEN.to_owned() }).await.unwrap();
        hanna.confirm_second_factor(&SecondFactorCode { code: shown(&app, &factor.secret) }).await.unwrap();
        assert!(administrator.get_account(account.id).await.unwrap().sign_in.has_second_factor);
        assert_eq!(code(sign_in(&app, "hanna", CHOSEN).await), ErrorCode::SecondFactorRequired);
        let after = administrator.remove_second_factor(account.id).await.unwrap();
        assert!(!after.sign_in.has_second_factor);
        assert_eq!(code(hanna.get_me().await), ErrorCode::SessionEnded);
        sign_in(&app, "hanna", CHOSEN).await.unwrap();
        assert_eq!(kinds(&administrator, account.id).await[0], AccountEventKind::SecondFactorRemoved);
    }

    async fn one_changes_ones_own_password_and_the_other_sessions_end(app: TestApp) {
        let administrator = app.official(Role::Administrator).await;
        settled(&app, &administrator, "hanna").await;
        let (here, elsewhere) = (client(&app), client(&app));
        here.create_session(&credentials("hanna", CHOSEN)).await.unwrap();
        elsewhere.create_session(&credentials("hanna", CHOSEN)).await.unwrap();
        let change = |current: &str, new: &str| PasswordChange { current_password: current.to_owned(), new_password: new.to_owned() };
        let better = "talvinen järven jää";
        for (poor, why) in [("lyhyt", FieldErrorCode::TooShort), ("unbelievable", FieldErrorCode::TooCommon), (CHOSEN, FieldErrorCode::Unchanged)] {
            assert_eq!(field(here.change_password(&change(CHOSEN, poor)).await), ("newPassword".to_owned(), why));
        }
        assert_eq!(code(here.change_password(&change("väärä", better)).await), ErrorCode::WrongCredentials);
        here.change_password(&change(CHOSEN, better)).await.unwrap();
        here.get_me().await.unwrap();
        assert_eq!(code(elsewhere.get_me().await), ErrorCode::SessionEnded);
        assert_eq!(code(sign_in(&app, "hanna", CHOSEN).await), ErrorCode::WrongCredentials);
        sign_in(&app, "hanna", better).await.unwrap();
        for _ in 0..5 {
            assert_eq!(code(here.change_password(&change("väärä", CHOSEN)).await), ErrorCode::WrongCredentials);
        }
        assert_eq!(code(here.change_password(&change(better, CHOSEN)).await), ErrorCode::TooManyAttempts, "held back as sign-in is");
        assert_eq!(code(administrator.change_password(&change(better, CHOSEN)).await), ErrorCode::NotFound);
    }

    async fn an_administrator_makes_a_member_the_lead_of_their_unit(app: TestApp) {
        let (unit, elsewhere) = (app.unit("Kuhmon vastaanotto").await, app.unit("Sotkamon neuvola").await);
        let (jari, hanna) = (app.official(Role::Administrator).await, app.professional(unit.id).await);
        let update = |lead_unit_ids| StaffAccountUpdate { lead_unit_ids: Some(lead_unit_ids), ..StaffAccountUpdate::default() };
        let led = jari.update_account(hanna.id, &update(vec![unit.id])).await.unwrap();
        assert_eq!(led.leads, [unit.id]);
        hanna.get_unit_settings(unit.id).await.unwrap();
        let refused = jari.update_account(hanna.id, &update(vec![elsewhere.id])).await;
        assert_eq!(code(refused), ErrorCode::ValidationFailed);
        let events = jari.list_account_events(hanna.id, &PageQuery::default()).await.unwrap().items;
        assert_eq!(events[0].changes[0].after, ["Kuhmon vastaanotto"]);
        jari.update_account(hanna.id, &update(Vec::new())).await.unwrap();
        assert_eq!(code(hanna.get_unit_settings(unit.id).await), ErrorCode::RoleRequired);
    }
}
