//! A server with a database of its own for each test, people who use it, and time that can be moved.

use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use actix_web::web::Data;
use chrono::{NaiveDate, Utc};
use omasote_backend::app::{AppState, Application, Stopper};
use omasote_backend::auth::passwords;
use omasote_backend::clock::Clock;
use omasote_backend::config::{Settings, Source};
use omasote_backend::db::{DbUrl, Engine, migrate};
use omasote_backend::error::AppError;
use omasote_backend::repos::sessions::Account;
use omasote_backend::repos::{people, sessions, units};
use omasote_client::{Client, ClientError, IdempotencyKey};
use omasote_types::error::ErrorCode;
use omasote_types::identity_code::IdentityCode;
use omasote_types::ids::{AccountId, CitizenId, ProfessionalId, ThreadId, TopicId, UnitId};
use omasote_types::language::{Language, LocalText};
use omasote_types::messages::{Message, NewMessage, NewThread, Thread};
use omasote_types::people::{Citizen, ContactDetails, Role};
use omasote_types::sessions::PersonId;
use omasote_types::units::{OpeningBlock, Topic, Unit};

mod databases;

pub(crate) use databases::TestDatabase;

/// Makes two tests of a function: one on each engine.
macro_rules! on_both_engines {
    ($($(#[$meta:meta])* async fn $name:ident($app:ident: TestApp) $body:block)*) => {
        mod sqlite {
            $($(#[$meta])* #[actix_web::test] async fn $name() {
                let app = crate::harness::TestApp::start(omasote_backend::db::Engine::Sqlite).await;
                crate::harness::in_time(super::on_engine::$name(app)).await;
            })*
        }
        mod postgres {
            $($(#[$meta])* #[actix_web::test] async fn $name() {
                let app = crate::harness::TestApp::start(omasote_backend::db::Engine::Postgres).await;
                crate::harness::in_time(super::on_engine::$name(app)).await;
            })*
        }
        mod on_engine {
            use super::*;
            $(pub(super) async fn $name($app: crate::harness::TestApp) $body)*
        }
    };
}
pub(crate) use on_both_engines;

/// No test takes as long as this by far, on any machine: what does, waits for something that never comes.
const PATIENCE: Duration = Duration::from_secs(300);

/// Runs a test and fails when it does not end, so that it is told by its name.
pub(crate) async fn in_time(test: impl Future<Output = ()>) {
    tokio::time::timeout(PATIENCE, test).await.expect("the test waits for something that never comes");
}

/// A running server.
pub(crate) struct TestApp {
    pub(crate) base: String,
    pub(crate) state: Data<AppState>,
    pub(crate) stopper: Stopper,
    moved_seconds: Arc<AtomicI64>,
    pub(crate) database: Arc<TestDatabase>,
}

impl TestApp {
    pub(crate) async fn start(engine: Engine) -> Self {
        Self::start_with(engine, &[("demo", "true")]).await
    }

    pub(crate) async fn start_with(engine: Engine, settings: &[(&str, &str)]) -> Self {
        Self::start_on(Arc::new(TestDatabase::migrated(engine)), settings).await
    }

    /// A server on a database that another may use as well.
    pub(crate) async fn start_on(database: Arc<TestDatabase>, more: &[(&str, &str)]) -> Self {
        migrate(&mut DbUrl::parse(&database.url).unwrap().connect().unwrap()).unwrap();
        Self::start_as_it_is(database, more)
    }

    /// A server on a database that somebody else has migrated.
    pub(crate) fn start_as_it_is(database: Arc<TestDatabase>, more: &[(&str, &str)]) -> Self {
        let folder = database.folder();
        let own = [
            ("listen", "127.0.0.1:0"),
            ("database_url", database.url.as_str()),
            ("data_dir", folder.as_str()),
            ("public_url", "http://127.0.0.1"),
            ("workers", "1"),
            ("db_readers", "2"),
            ("shutdown_seconds", "5"),
            ("idle_minutes", "300"),
        ];
        let settings = Settings::read(&Source::of_pairs(&[own.as_slice(), more].concat())).unwrap();
        let moved_seconds = Arc::new(AtomicI64::new(0));
        let moved = Arc::clone(&moved_seconds);
        let clock = Clock::new(move || Utc::now() + chrono::Duration::seconds(moved.load(Ordering::SeqCst)));
        let application = Application::build(settings, clock).unwrap();
        let app = Self {
            base: format!("http://{}", application.address()),
            state: application.state().clone(),
            stopper: application.handle(),
            moved_seconds,
            database,
        };
        actix_web::rt::spawn(application.run());
        app
    }

    /// Moves the server's clock forward.
    pub(crate) fn advance(&self, time: Duration) {
        self.moved_seconds.fetch_add(i64::try_from(time.as_secs()).unwrap(), Ordering::SeqCst);
    }

    /// A bare HTTP client, without cookies.
    pub(crate) fn http() -> reqwest::Client {
        reqwest::Client::new()
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    async fn store(
        &self,
        mut job: impl FnMut(&mut omasote_backend::db::Tx<'_>) -> Result<(), AppError> + Send + 'static,
    ) {
        self.state.db.write(move |tx| job(tx)).await.unwrap();
    }

    /// A unit with one topic.
    pub(crate) async fn unit(&self, name: &str) -> TestUnit {
        self.unit_that(name, |_| {}).await
    }

    /// A unit that is always open and answers within so many minutes.
    pub(crate) async fn promising_unit(&self, minutes: u32) -> TestUnit {
        let always = |weekday| OpeningBlock { weekday, opens_minute: 0, closes_minute: 1440 };
        self.unit_that("Kuhmon vastaanotto", move |unit| {
            unit.hours = (1..=7).map(always).collect();
            unit.opens_on_holidays = true;
            unit.response_minutes = Some(minutes);
        })
        .await
    }

    async fn unit_that(&self, name: &str, change: impl FnOnce(&mut Unit)) -> TestUnit {
        let now = self.state.clock.now();
        let unit = TestUnit { id: UnitId::at(now), topic: TopicId::at(now) };
        let named = |name: &str| LocalText { fi: name.to_owned(), sv: name.to_owned(), en: name.to_owned() };
        let mut row = Unit {
            id: unit.id,
            name: named(name),
            municipality: "Kuhmo".to_owned(),
            phone: "08 000 0001".to_owned(),
            hours: vec![OpeningBlock { weekday: 1, opens_minute: 480, closes_minute: 960 }],
            exceptions: Vec::new(),
            opens_on_holidays: false,
            today: Vec::new(),
            response_minutes: None,
            promised_at: None,
            usual_minutes: None,
            topics: vec![Topic {
                id: unit.topic,
                unit_id: unit.id,
                name: named("Reseptin uusiminen"),
                words: LocalText::default(),
                purpose: None,
            }],
        };
        change(&mut row);
        self.store(move |tx| Ok(units::insert(tx.conn(), &row)?)).await;
        unit
    }

    /// A citizen, signed in.
    pub(crate) async fn citizen(&self) -> Person<CitizenId> {
        static NUMBER: AtomicI64 = AtomicI64::new(0);
        let number = NUMBER.fetch_add(1, Ordering::SeqCst);
        let birth_date = NaiveDate::from_ymd_opt(1950, 1, 1).unwrap() + chrono::Days::new(number as u64);
        self.citizen_born(birth_date, number).await
    }

    /// A citizen of an age in years, signed in.
    pub(crate) async fn citizen_of_age(&self, years: u32) -> Person<CitizenId> {
        static NUMBER: AtomicI64 = AtomicI64::new(0);
        let number = NUMBER.fetch_add(1, Ordering::SeqCst);
        let today = self.state.clock.now().date_naive();
        let birthday = today - chrono::Months::new(12 * years) - chrono::Days::new(10 + number as u64);
        self.citizen_born(birthday, number).await
    }

    async fn citizen_born(&self, birth_date: NaiveDate, number: i64) -> Person<CitizenId> {
        let now = self.state.clock.now();
        let id = CitizenId::at(now);
        let citizen = Citizen {
            id,
            given_name: "Aino".to_owned(),
            family_name: format!("Testinen{number}"),
            birth_date,
            language: Language::Fi,
            is_non_disclosed: false,
            contact: ContactDetails {
                address: Some("Koivukatu 5, 88900 Kuhmo".to_owned()),
                municipality: Some("Kuhmo".to_owned()),
                phone: Some("040 000 0002".to_owned()),
            },
        };
        let code = IdentityCode::for_testing(birth_date, 900).unwrap();
        let (state, sealed_code) = (self.state.clone(), code.clone());
        self.store(move |tx| {
            people::insert_citizen(tx.conn(), &citizen, state.vault.seal(&sealed_code)?, now)?;
            make_persona(tx, PersonId::Citizen(id))
        })
        .await;
        let person = self.sign_in(PersonId::Citizen(id), id).await;
        Person { code: Some(code.as_str().to_owned()), ..person }
    }

    /// A professional of no unit with a role, signed in.
    pub(crate) async fn official(&self, role: Role) -> Person<ProfessionalId> {
        let (id, now) = (self.professional_without_session(None).await, self.state.clock.now());
        self.store(move |tx| {
            people::insert_role(tx.conn(), id, role, now)?;
            Ok(())
        })
        .await;
        self.sign_in(PersonId::Professional(id), id).await
    }

    /// A professional of a unit, signed in.
    pub(crate) async fn professional(&self, unit: UnitId) -> Person<ProfessionalId> {
        let id = self.professional_without_session(Some(unit)).await;
        self.sign_in(PersonId::Professional(id), id).await
    }

    /// The lead of a unit, signed in.
    pub(crate) async fn lead(&self, unit: UnitId) -> Person<ProfessionalId> {
        let lead = self.professional(unit).await;
        let (id, now) = (lead.id, self.state.clock.now());
        self.store(move |tx| {
            people::set_leads(tx.conn(), id, unit, Some(now))?;
            Ok(())
        })
        .await;
        lead
    }

    async fn professional_without_session(&self, unit: Option<UnitId>) -> ProfessionalId {
        let now = self.state.clock.now();
        let id = ProfessionalId::at(now);
        self.store(move |tx| {
            people::insert_professional(tx.conn(), id, ("Hanna", "Hoitaja"), "sairaanhoitaja", now)?;
            if let Some(unit) = unit {
                people::insert_membership(tx.conn(), id, unit, now)?;
            }
            make_persona(tx, PersonId::Professional(id))
        })
        .await;
        id
    }

    /// A professional with a local account, not signed in.
    pub(crate) async fn account(&self, username: &str, password: &str) -> PersonId {
        let person = PersonId::Professional(self.professional_without_session(None).await);
        let (username, now) = (username.to_owned(), self.state.clock.now());
        let account = Account { person, password_hash: passwords::hash(password).unwrap() };
        self.store(move |tx| {
            sessions::insert_account(tx.conn(), AccountId::at(now), &username, &account, now)?;
            Ok(())
        })
        .await;
        person
    }

    /// The id of somebody else with a local account.
    pub(crate) async fn account_id(&self) -> ProfessionalId {
        match self.account(&uuid::Uuid::new_v4().to_string(), "kesäyö ja lämmin sauna").await {
            PersonId::Professional(id) => id,
            PersonId::Citizen(_) => unreachable!("accounts here are of professionals"),
        }
    }

    async fn sign_in<I>(&self, person: PersonId, id: I) -> Person<I> {
        let client = Client::new(&self.base, person.app()).unwrap();
        client.create_demo_session(person).await.unwrap();
        Person { id, person, code: None, client }
    }

    /// The same person, signed in anew: after days the session is over.
    pub(crate) async fn again<I: Copy>(&self, person: Person<I>) -> Person<I> {
        let fresh = self.sign_in(person.person, person.id).await;
        Person { code: person.code, ..fresh }
    }

    /// A citizen whose session was ended, signed in anew.
    pub(crate) async fn anew(&self, person: &Person<CitizenId>) -> Person<CitizenId> {
        let fresh = self.sign_in(person.person, person.id).await;
        Person { code: person.code.clone(), ..fresh }
    }

    /// Seals the waiting lines of the access log, so that they are found; says how many.
    pub(crate) async fn seal(&self) -> usize {
        let now = self.state.clock.now();
        omasote_backend::audit::seal_all(&self.state.db, now).await.unwrap()
    }

    /// Signs in by hand: the access and the refresh token as the cookies hold them.
    pub(crate) async fn tokens(&self, person: PersonId) -> (String, String) {
        let body = serde_json::to_string(&omasote_types::sessions::DemoSignIn { person }).unwrap();
        let response = Self::http()
            .post(self.url("/api/v1/sessions/demo"))
            .header("omasote-app", person.app().as_str())
            .header("content-type", "application/json")
            .body(body)
            .send()
            .await
            .unwrap();
        cookies_of(&response)
    }
}

/// The access and the refresh token of an answer.
pub(crate) fn cookies_of(response: &reqwest::Response) -> (String, String) {
    let cookies = response.headers().get_all("set-cookie").iter().map(|value| value.to_str().unwrap());
    let values: Vec<(bool, String)> = cookies
        .map(|cookie| {
            let (pair, _) = cookie.split_once(';').unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            (name.ends_with("-refresh"), value.to_owned())
        })
        .collect();
    let find = |is_refresh| values.iter().find(|(refresh, _)| *refresh == is_refresh).unwrap().1.clone();
    (find(false), find(true))
}

fn make_persona(tx: &mut omasote_backend::db::Tx<'_>, person: PersonId) -> Result<(), AppError> {
    static POSITION: AtomicI64 = AtomicI64::new(1);
    let position = i32::try_from(POSITION.fetch_add(1, Ordering::SeqCst)).unwrap();
    let description = LocalText { fi: "Testi".to_owned(), sv: "Test".to_owned(), en: "Test".to_owned() };
    people::insert_persona(tx.conn(), position, person, &description)?;
    Ok(())
}

/// A unit and its topic.
#[derive(Clone, Copy)]
pub(crate) struct TestUnit {
    pub(crate) id: UnitId,
    pub(crate) topic: TopicId,
}

/// Somebody signed in; uses the API as the client does.
pub(crate) struct Person<I> {
    pub(crate) id: I,
    pub(crate) person: PersonId,
    code: Option<String>,
    client: Client,
}

impl<I> Deref for Person<I> {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

impl<I> Person<I> {
    /// Sends a message, once.
    pub(crate) async fn write(&self, to: ThreadId, text: &str) -> Message {
        let new = NewMessage::of(text);
        self.send_message(to, &new, &IdempotencyKey::random()).await.unwrap()
    }
}

impl Person<CitizenId> {
    /// The identity code.
    pub(crate) fn code(&self) -> String {
        self.code.clone().unwrap()
    }

    /// Begins a thread.
    pub(crate) async fn begin(&self, topic: TopicId, text: &str) -> Thread {
        let new = NewThread {
            topic_id: topic,
            text: text.to_owned(),
            about_access: None,
            attachment_ids: Vec::new(),
            links: Vec::new(),
        };
        self.create_thread(self.id, &new, &IdempotencyKey::random()).await.unwrap()
    }
}

/// The code of a refusal.
#[track_caller]
pub(crate) fn code<T: std::fmt::Debug>(outcome: Result<T, ClientError>) -> ErrorCode {
    outcome.expect_err("must be refused").code().expect("must be a refusal")
}
