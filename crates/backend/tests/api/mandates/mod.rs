//! Mandates from Suomi.fi: what they let do, what goes before them, and a register that lies.

mod register;

use std::time::Duration;

use chrono::{Datelike, Months, NaiveDate};
use chrono_tz::Europe::Helsinki;
use diesel::prelude::*;
use omasote_backend::db::Engine;
use omasote_backend::error::AppError;
use omasote_client::{Client, ClientResult};
use omasote_types::audit::{AccessAction, AccessGround, AccessQuery};
use omasote_types::error::ErrorCode;
use omasote_types::identity_code::IdentityCode;
use omasote_types::ids::CitizenId;
use omasote_types::language::Language;
use omasote_types::mandates::{MandateAnswer, NewMandateVisit};
use omasote_types::page::PageQuery;
use omasote_types::people::{Protection, Role};
use omasote_types::proxies::{
    NewProxy, NewProxyInvitation, ProxyAcceptance, ProxyKind, ProxyScope, ProxySource, ProxyUpdate,
    Represented,
};
use omasote_types::sessions::App;
use register::{API_KEY, APPOINTMENTS, Entry, HEALTH, Register};
use reqwest::redirect::Policy;

use crate::harness::{Person, TestApp, code, on_both_engines};

type Citizen = Person<CitizenId>;

/// A server like `app`, on its database, that fetches mandates from a stand-in.
async fn with_register(app: &TestApp) -> (Register, TestApp) {
    let register = Register::start();
    let file = register.settings(&app.database.folder(), API_KEY);
    let settings = [("demo", "true"), ("valtuudet_file", file.as_str())];
    (register, TestApp::start_on(app.database.clone(), &settings).await)
}

/// Goes to the register and chooses everybody; what the browser brings back.
async fn visit(client: &Client, register: &Register) -> MandateAnswer {
    let visit = client.start_mandate_visit(&NewMandateVisit { language: Language::Sv }).await.unwrap();
    assert!(visit.address.starts_with(&format!("{}/oauth/authorize?", register.base)));
    let browser = reqwest::Client::builder().redirect(Policy::none()).build().unwrap();
    let answer = browser.get(&visit.address).send().await.unwrap();
    let back = answer.headers()["location"].to_str().unwrap().to_owned();
    let (page, query) = back.split_once('?').unwrap();
    assert_eq!(page, "http://127.0.0.1/omat-tiedot/toisen-puolesta");
    let value = |name: &str| query.split('&').find_map(|pair| pair.strip_prefix(name)).unwrap().to_owned();
    MandateAnswer { state: value("state="), code: value("code=") }
}

async fn fetch(client: &Client, register: &Register) -> ClientResult<Vec<Represented>> {
    client.finish_mandate_visit(&visit(client, register).await).await
}

/// Another session of the same person.
async fn another_session(app: &TestApp, of: &Citizen) -> Client {
    let client = Client::new(&app.base, App::Citizen).unwrap();
    client.create_demo_session(of.person).await.unwrap();
    client
}

fn by_mandate(of: &Citizen, issues: &[&'static str]) -> Entry {
    Entry { code: of.code(), name: "Testinen Aino", by_role: false, issues: issues.to_vec() }
}

/// The code of somebody who was never here, so many years old.
fn code_of_age(app: &TestApp, years: u32) -> String {
    let born: NaiveDate = app.state.clock.now().date_naive() - Months::new(12 * years + 1);
    assert!(born.year() > 1900);
    IdentityCode::for_testing(born, 951).unwrap().as_str().to_owned()
}

fn child(code: String) -> Entry {
    Entry { code, name: "Lapsi Venla Maria", by_role: true, issues: Vec::new() }
}

/// How many rights there ever were, citizens, and visits on their way.
async fn counts(app: &TestApp) -> [i64; 3] {
    #[derive(QueryableByName)]
    struct Count {
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        count: i64,
    }
    let mut found = [0; 3];
    for (place, table) in found.iter_mut().zip(["proxies", "citizens", "mandate_visits"]) {
        let query = diesel::sql_query(format!("select count(*) as count from {table}"));
        let counted: Count =
            app.state.db.read(move |conn| Ok::<_, AppError>(query.get_result(conn)?)).await.unwrap();
        *place = counted.count;
    }
    found
}

async fn invite(from: &Citizen, to: &Citizen, scope: ProxyScope) -> Represented {
    let offer = NewProxyInvitation { scopes: vec![scope], ends_at: None };
    let invitation = from.create_proxy_invitation(from.id, &offer).await.unwrap();
    to.accept_proxy_invitation(&ProxyAcceptance { code: invitation.code }).await.unwrap()
}

on_both_engines! {
    async fn who_gave_a_mandate_is_acted_for_in_this_session_and_in_no_other(app: TestApp) {
        let (register, app) = with_register(&app).await;
        let (liisa, aino) = (app.citizen().await, app.citizen().await);
        register.hold(&[by_mandate(&aino, &[HEALTH])]);
        let elsewhere = another_session(&app, &liisa).await;
        assert_eq!(code(liisa.get_citizen(aino.id).await), ErrorCode::NotFound);

        let found = fetch(&liisa, &register).await.unwrap();
        let [right] = &found[..] else { panic!("one: {found:?}") };
        assert_eq!((right.citizen.id, right.kind), (aino.id, ProxyKind::Mandate));
        assert_eq!(right.scopes, [ProxyScope::Messages, ProxyScope::Tasks]);
        assert_eq!(liisa.list_represented().await.unwrap(), found);
        liisa.list_threads(aino.id, &PageQuery::default()).await.unwrap();
        assert_eq!(code(liisa.list_proxies(aino.id).await), ErrorCode::OutsideMandate);
        assert_eq!(elsewhere.list_represented().await.unwrap(), []);
        assert_eq!(code(elsewhere.get_citizen(aino.id).await), ErrorCode::NotFound);
        let seen = aino.list_proxies(aino.id).await.unwrap();
        assert_eq!((seen.len(), seen[0].source), (1, ProxySource::SuomiFi));
        assert!(seen[0].ends_at.unwrap() <= app.state.clock.now() + Duration::from_secs(12 * 3600));

        app.seal().await;
        let log = aino.list_accesses(aino.id, &AccessQuery::default()).await.unwrap().items;
        let line = log.iter().find(|line| line.operation == "finishMandateVisit").unwrap();
        assert_eq!((line.action, line.ground), (AccessAction::Write, AccessGround::Mandate));
        let log = liisa.list_accesses(liisa.id, &AccessQuery::default()).await.unwrap().items;
        let own = |operation: &str| log.iter().any(|line| line.operation == operation && line.ground == AccessGround::Own);
        assert!(own("startMandateVisit") && own("finishMandateVisit"));

        liisa.end_current_session().await.unwrap();
        assert_eq!(aino.list_proxies(aino.id).await.unwrap(), [], "over with the session");
        let liisa = app.again(liisa).await;
        assert_eq!(liisa.list_represented().await.unwrap(), []);
        assert_eq!(fetch(&liisa, &register).await.unwrap().len(), 1);
        register.hold(&[by_mandate(&aino, &[APPOINTMENTS])]);
        assert_eq!(fetch(&liisa, &register).await.unwrap()[0].scopes, [ProxyScope::Appointments], "as it is told now");
        register.hold(&[by_mandate(&aino, &[])]);
        assert_eq!(fetch(&liisa, &register).await.unwrap(), [], "the mandate was taken back");
        assert_eq!(code(liisa.get_citizen(aino.id).await), ErrorCode::NotFound);
    }

    async fn a_small_child_who_was_never_here_is_added_and_nobody_else_who_is_not_given(app: TestApp) {
        let (register, app) = with_register(&app).await;
        let mother = app.citizen().await;
        let [_, before, _] = counts(&app).await;
        let grown = Entry { code: code_of_age(&app, 45), name: "Vieras Ville", by_role: true, issues: Vec::new() };
        let young = Entry { issues: vec![HEALTH], ..child(code_of_age(&app, 14)) };
        let foster = Entry { by_role: false, ..child(code_of_age(&app, 6)) };
        register.hold(&[child(code_of_age(&app, 8)), young, grown, foster]);
        let found = fetch(&mother, &register).await.unwrap();
        let [right] = &found[..] else { panic!("the child: {found:?}") };
        assert_eq!((right.kind, right.citizen.name.as_str()), (ProxyKind::Guardian, "Venla Maria Lapsi"));
        assert_eq!(counts(&app).await[1], before + 1);
        let id = right.citizen.id;
        mother.list_accesses(id, &AccessQuery::default()).await.unwrap();
        assert_eq!(fetch(&mother, &register).await.unwrap()[0].citizen.id, id, "known again");
        assert_eq!((counts(&app).await[1], mother.list_represented().await.unwrap().len()), (before + 1, 1));
        let asked = register.seen();
        assert!(asked.iter().all(|address| !address.contains(&code_of_age(&app, 14))), "no question about who is 14");
    }

    async fn a_guardians_right_ends_on_the_day_the_child_has_a_say(app: TestApp) {
        let register = Register::start();
        let file = register.settings(&app.database.folder(), API_KEY);
        let settings = [("demo", "true"), ("valtuudet_file", file.as_str()), ("session_hours", "168")];
        let app = TestApp::start_on(app.database.clone(), &settings).await;
        let (mother, today) = (app.citizen().await, app.state.clock.now().with_timezone(&Helsinki).date_naive());
        let tomorrow_twelve = today + chrono::Days::new(1) - Months::new(144);
        register.hold(&[child(IdentityCode::for_testing(tomorrow_twelve, 953).unwrap().as_str().to_owned())]);
        let child = fetch(&mother, &register).await.unwrap()[0].citizen.id;
        let ends_at = mother.list_proxies(child).await.unwrap()[0].ends_at.unwrap();
        let expected = (today + chrono::Days::new(1)).and_time(chrono::NaiveTime::MIN);
        assert_eq!(ends_at.with_timezone(&Helsinki).naive_local(), expected);
    }

    async fn what_the_person_paused_narrowed_or_ended_does_not_come_back_by_the_register(app: TestApp) {
        let (register, app) = with_register(&app).await;
        let (liisa, aino) = (app.citizen().await, app.citizen().await);
        register.hold(&[by_mandate(&aino, &[HEALTH])]);
        fetch(&liisa, &register).await.unwrap();
        let id = aino.list_proxies(aino.id).await.unwrap()[0].id;
        let narrow = ProxyUpdate { scopes: Some(vec![ProxyScope::Tasks]), ..ProxyUpdate::default() };
        aino.update_proxy(id, &narrow).await.unwrap();
        assert_eq!(fetch(&liisa, &register).await.unwrap()[0].scopes, [ProxyScope::Tasks]);
        liisa.end_current_session().await.unwrap();
        let liisa = app.again(liisa).await;
        assert_eq!(fetch(&liisa, &register).await.unwrap()[0].scopes, [ProxyScope::Tasks], "in the next session");

        let pause = |is_paused| ProxyUpdate { is_paused: Some(is_paused), ..ProxyUpdate::default() };
        let id = aino.list_proxies(aino.id).await.unwrap()[0].id;
        aino.update_proxy(id, &pause(true)).await.unwrap();
        assert_eq!(fetch(&liisa, &register).await.unwrap(), []);
        liisa.end_current_session().await.unwrap();
        app.advance(Duration::from_secs(60));
        let liisa = app.again(liisa).await;
        assert_eq!(fetch(&liisa, &register).await.unwrap(), []);
        let paused = aino.list_proxies(aino.id).await.unwrap();
        assert_eq!(paused.len(), 1, "the pause is there to be ended");
        aino.update_proxy(paused[0].id, &pause(false)).await.unwrap();
        let right = fetch(&liisa, &register).await.unwrap().remove(0);
        liisa.end_proxy(right.id).await.unwrap();
        assert_eq!(liisa.list_represented().await.unwrap(), []);
        let right = fetch(&liisa, &register).await.unwrap().remove(0);

        aino.end_proxy(right.id).await.unwrap();
        assert_eq!(fetch(&liisa, &register).await.unwrap(), [], "ended by the person");
        let given = invite(&aino, &liisa, ProxyScope::Pathways).await;
        liisa.end_proxy(given.id).await.unwrap();
        let found = fetch(&liisa, &register).await.unwrap();
        assert_eq!(found[0].scopes, [ProxyScope::Messages, ProxyScope::Tasks], "given anew since");
    }

    async fn what_the_person_does_with_a_right_counts_in_every_session_of_who_has_it(app: TestApp) {
        let (register, app) = with_register(&app).await;
        let (liisa, aino) = (app.citizen().await, app.citizen().await);
        let elsewhere = another_session(&app, &liisa).await;
        register.hold(&[by_mandate(&aino, &[HEALTH])]);
        let narrow = ProxyUpdate { scopes: Some(vec![ProxyScope::Tasks]), ..ProxyUpdate::default() };
        let pause = ProxyUpdate { is_paused: Some(true), ..ProxyUpdate::default() };
        for update in [narrow, pause] {
            let right = fetch(&liisa, &register).await.unwrap().remove(0);
            fetch(&elsewhere, &register).await.unwrap();
            aino.update_proxy(right.id, &update).await.unwrap();
            assert_eq!(elsewhere.list_represented().await.unwrap(), [], "{update:?}");
        }
        let paused = aino.list_proxies(aino.id).await.unwrap().remove(0);
        aino.update_proxy(paused.id, &ProxyUpdate { is_paused: Some(false), ..ProxyUpdate::default() }).await.unwrap();
        fetch(&elsewhere, &register).await.unwrap();
        aino.end_proxy(paused.id).await.unwrap();
        assert_eq!(elsewhere.list_represented().await.unwrap(), []);
        assert_eq!(code(elsewhere.get_citizen(aino.id).await), ErrorCode::NotFound);
    }

    async fn what_was_entered_or_given_here_stands_and_nothing_is_added_to_it(app: TestApp) {
        let (register, app) = with_register(&app).await;
        let (liisa, aino, registrar) = (app.citizen().await, app.citizen().await, app.official(Role::Administrator).await);
        register.hold(&[by_mandate(&aino, &[HEALTH])]);
        fetch(&liisa, &register).await.unwrap();
        let entry = NewProxy {
            citizen_identity_code: aino.code(), proxy_identity_code: liisa.code(), kind: ProxyKind::Mandate,
            scopes: vec![ProxyScope::Appointments], ends_at: None, basis: "Käräjäoikeuden päätös 1.10.2026".to_owned(),
        };
        let entered = registrar.create_proxy(&entry).await.unwrap();
        assert_eq!(code(liisa.list_threads(aino.id, &PageQuery::default()).await), ErrorCode::OutsideMandate, "at once");
        let found = fetch(&liisa, &register).await.unwrap();
        assert_eq!((found.len(), found[0].id, &found[0].scopes[..]), (1, entered.id, &[ProxyScope::Appointments][..]));
        assert_eq!(code(liisa.list_threads(aino.id, &PageQuery::default()).await), ErrorCode::OutsideMandate);
        registrar.end_proxy(entered.id).await.unwrap();
        assert_eq!(fetch(&liisa, &register).await.unwrap(), [], "staff ended it");
    }

    async fn a_protected_person_and_the_child_of_a_protected_guardian_are_not_given(app: TestApp) {
        let (register, app) = with_register(&app).await;
        let (liisa, aino) = (app.citizen().await, app.citizen().await);
        register.hold(&[by_mandate(&aino, &[HEALTH])]);
        fetch(&liisa, &register).await.unwrap();
        aino.update_protection(aino.id, Protection { is_non_disclosed: true }).await.unwrap();
        assert_eq!(code(liisa.get_citizen(aino.id).await), ErrorCode::NotFound, "at once");
        assert_eq!(fetch(&liisa, &register).await.unwrap(), []);

        let (small, mother, registrar) = (app.citizen_of_age(8).await, app.citizen().await, app.official(Role::Administrator).await);
        let entry = NewProxy {
            citizen_identity_code: small.code(), proxy_identity_code: mother.code(), kind: ProxyKind::Guardian,
            scopes: ProxyScope::ALL.to_vec(), ends_at: None, basis: "Ote 1.10.2026".to_owned(),
        };
        registrar.create_proxy(&entry).await.unwrap();
        register.hold(&[child(small.code())]);
        assert_eq!(fetch(&liisa, &register).await.unwrap().len(), 1);
        mother.update_protection(mother.id, Protection { is_non_disclosed: true }).await.unwrap();
        assert_eq!(fetch(&liisa, &register).await.unwrap(), []);
        assert_eq!(code(liisa.get_citizen(small.id).await), ErrorCode::NotFound);
    }

    async fn an_answer_is_good_once_in_time_and_in_the_session_where_the_visit_began(app: TestApp) {
        let (register, app) = with_register(&app).await;
        let (liisa, eero, aino) = (app.citizen().await, app.citizen().await, app.citizen().await);
        let hanna = app.official(Role::Administrator).await;
        register.hold(&[by_mandate(&aino, &[HEALTH])]);
        let over = |outcome| assert_eq!(code::<Vec<Represented>>(outcome), ErrorCode::NotFound);
        let elsewhere = another_session(&app, &liisa).await;
        let answer = visit(&liisa, &register).await;

        let with = |state: &str, code: &str| MandateAnswer { state: state.to_owned(), code: code.to_owned() };
        over(liisa.finish_mandate_visit(&with("something-else", &answer.code)).await);
        assert_eq!(code(liisa.finish_mandate_visit(&with("", &answer.code)).await), ErrorCode::ValidationFailed);
        assert_eq!(code(liisa.finish_mandate_visit(&with(&answer.state, "")).await), ErrorCode::ValidationFailed);
        assert_eq!(code(liisa.finish_mandate_visit(&with(&"x".repeat(501), "y")).await), ErrorCode::ValidationFailed);
        over(eero.finish_mandate_visit(&answer).await);
        over(elsewhere.finish_mandate_visit(&answer).await);
        assert_eq!(code(hanna.finish_mandate_visit(&answer).await), ErrorCode::NotFound);
        assert_eq!(code(hanna.start_mandate_visit(&NewMandateVisit { language: Language::Fi }).await), ErrorCode::NotFound);
        let nobody = Client::new(&app.base, App::Citizen).unwrap();
        assert_eq!(code(nobody.finish_mandate_visit(&answer).await), ErrorCode::Unauthenticated);
        assert_eq!(counts(&app).await[0], 0);

        let own = visit(&eero, &register).await;
        let crossed = eero.finish_mandate_visit(&with(&own.state, &answer.code)).await;
        assert_eq!(code(crossed), ErrorCode::MandateSourceFailed, "the code of another visit names another session");
        assert_eq!(counts(&app).await[0], 0);

        let answer = visit(&liisa, &register).await;
        assert_eq!(liisa.finish_mandate_visit(&answer).await.unwrap().len(), 1, "not spoilt by others");
        over(liisa.finish_mandate_visit(&answer).await);
        let again = visit(&liisa, &register).await;
        let replayed = liisa.finish_mandate_visit(&with(&again.state, &answer.code)).await;
        assert_eq!(code(replayed), ErrorCode::MandateSourceFailed, "the code is good once at the register");

        let (first, second) = (visit(&liisa, &register).await, visit(&liisa, &register).await);
        over(liisa.finish_mandate_visit(&first).await);
        liisa.end_current_session().await.unwrap();
        assert!(liisa.finish_mandate_visit(&second).await.is_err());
        let late = visit(&elsewhere, &register).await;
        app.advance(Duration::from_secs(20 * 60 + 1));
        over(elsewhere.finish_mandate_visit(&late).await);
        app.advance(Duration::from_secs(3601));
        let now = app.state.clock.now();
        app.state.db.write(move |tx| omasote_backend::jobs::forget_old(tx, now)).await.unwrap();
        assert_eq!(counts(&app).await[2], 0);
    }

    async fn without_the_setting_nothing_can_be_fetched(app: TestApp) {
        let (liisa, answer) = (app.citizen().await, MandateAnswer { state: "s".to_owned(), code: "c".to_owned() });
        assert!(!liisa.list_mandate_methods().await.unwrap().has_suomi_fi);
        assert_eq!(code(liisa.start_mandate_visit(&NewMandateVisit { language: Language::Fi }).await), ErrorCode::NotFound);
        assert_eq!(code(liisa.finish_mandate_visit(&answer).await), ErrorCode::NotFound);
        let (_register, app) = with_register(&app).await;
        assert!(app.citizen().await.list_mandate_methods().await.unwrap().has_suomi_fi);
    }

    async fn a_register_that_is_down_or_does_not_know_us_is_told_by_a_code(app: TestApp) {
        let new = NewMandateVisit { language: Language::Fi };
        let register = Register::start();
        let file = register.settings(&app.database.folder(), "another-key");
        let stranger = TestApp::start_on(app.database.clone(), &[("demo", "true"), ("valtuudet_file", &file)]).await;
        assert_eq!(code(stranger.citizen().await.start_mandate_visit(&new).await), ErrorCode::MandateSourceFailed);

        let text = std::fs::read_to_string(&file).unwrap().replace(&register.base, "http://127.0.0.1:9");
        std::fs::write(&file, text).unwrap();
        let cut_off = TestApp::start_on(app.database.clone(), &[("demo", "true"), ("valtuudet_file", &file)]).await;
        assert_eq!(code(cut_off.citizen().await.start_mandate_visit(&new).await), ErrorCode::Unavailable);
        assert_eq!(counts(&app).await[2], 0);
    }
}

/// What a register may do wrong, and the code of the refusal. At the first step nothing has begun.
const LIES: [(&str, ErrorCode); 24] = [
    ("register-500", ErrorCode::Unavailable),
    ("register-hangs", ErrorCode::Unavailable),
    ("register-403", ErrorCode::MandateSourceFailed),
    ("register-garbage", ErrorCode::MandateSourceFailed),
    ("register-path", ErrorCode::MandateSourceFailed),
    ("token-500", ErrorCode::Unavailable),
    ("token-403", ErrorCode::MandateSourceFailed),
    ("token-garbage", ErrorCode::MandateSourceFailed),
    ("token-newline", ErrorCode::MandateSourceFailed),
    ("token-elsewhere", ErrorCode::MandateSourceFailed),
    ("delegate-500", ErrorCode::Unavailable),
    ("delegate-hangs", ErrorCode::Unavailable),
    ("delegate-garbage", ErrorCode::MandateSourceFailed),
    ("delegate-null", ErrorCode::MandateSourceFailed),
    ("delegate-endless", ErrorCode::Unavailable),
    ("delegate-invalid-code", ErrorCode::MandateSourceFailed),
    ("delegate-own-code", ErrorCode::MandateSourceFailed),
    ("delegate-own-code-small", ErrorCode::MandateSourceFailed),
    ("delegate-nameless", ErrorCode::MandateSourceFailed),
    ("delegate-twice", ErrorCode::MandateSourceFailed),
    ("delegate-many", ErrorCode::MandateSourceFailed),
    ("authorization-500", ErrorCode::Unavailable),
    ("authorization-garbage", ErrorCode::MandateSourceFailed),
    ("authorization-perhaps", ErrorCode::MandateSourceFailed),
];

#[actix_web::test]
async fn what_a_register_says_that_does_not_hold_gives_nothing() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let (register, app) = with_register(&TestApp::start(engine).await).await;
        let (liisa, aino) = (app.citizen().await, app.citizen().await);
        register.hold(&[by_mandate(&aino, &[HEALTH]), child(code_of_age(&app, 8))]);
        let [_, citizens, _] = counts(&app).await;
        for (lie, expected) in LIES {
            let outcome = if lie.starts_with("register") {
                register.lie(lie);
                liisa
                    .start_mandate_visit(&NewMandateVisit { language: Language::Fi })
                    .await
                    .map(|_| Vec::new())
            } else {
                register.lie("");
                let answer = visit(&liisa, &register).await;
                register.lie(lie);
                liisa.finish_mandate_visit(&answer).await
            };
            assert_eq!(code(outcome), expected, "{lie}");
            assert_eq!(counts(&app).await, [0, citizens, 0], "{lie}");
        }
        register.lie("");
        assert_eq!(fetch(&liisa, &register).await.unwrap().len(), 2);
        register.hold(&[]);
        assert_eq!(fetch(&liisa, &register).await.unwrap(), [], "an empty answer is no lie");
    }
}
