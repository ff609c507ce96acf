//! The application: its parts put together, started and stopped.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;

use actix_web::HttpServer;
use actix_web::dev::{Server, ServerHandle};
use actix_web::middleware::from_fn;
use actix_web::web::{self, Data};
use tokio::sync::Semaphore;
use uuid::Uuid;

use crate::auth::cookies::CookieStyle;
use crate::auth::mandates::SuomiFi;
use crate::auth::oidc::Providers;
use crate::auth::{
    Gate, IdentityVault, Seal, id_token_seal, identity_keys, second_factor_seal, signing_keys,
};
use crate::clock::Clock;
use crate::config::Settings;
use crate::db::{Db, DbConn, Engine, migrate, once};
use crate::deliveries;
use crate::edge::edge;
use crate::ehr::Ehr;
use crate::error::{AppError, form_error, json_error, path_error, query_error};
use crate::fetching;
use crate::files::Files;
use crate::jobs;
use crate::live::{Bus, Hub, Signal};
use crate::notifying::Notifier;
use crate::receiving::LOOKED_AT_AT_ONCE;
use crate::repos::sessions;
use crate::routes;
use crate::routing;
use crate::services::questionnaires;
use crate::telemetry::Metrics;

/// How many passwords are checked at the same time; each takes 19 MiB and a core.
const PASSWORDS_AT_ONCE: usize = 2;

/// What routes need.
pub struct AppState {
    /// The settings.
    pub settings: Settings,
    /// The database.
    pub db: Db,
    /// Makes and checks tokens.
    pub gate: Arc<Gate>,
    /// How cookies look.
    pub cookies: CookieStyle,
    /// Seals identity codes.
    pub vault: IdentityVault,
    /// Seals the ID tokens that providers gave.
    pub id_tokens: Seal,
    /// Seals the secrets of second factors.
    pub second_factors: Seal,
    /// The providers through which people sign in.
    pub providers: Providers,
    /// Suomi.fi Valtuudet, when mandates are fetched from it.
    pub suomi_fi: Option<SuomiFi>,
    /// The patient information system, when entries are saved to one.
    pub ehr: Option<Ehr>,
    /// The ways by which people are told outside the apps.
    pub notifier: Notifier,
    /// The open live streams.
    pub hub: Hub,
    /// Files beside the database.
    pub files: Files,
    /// The time.
    pub clock: Clock,
    /// The figures.
    pub metrics: Metrics,
    /// Permits to check a password.
    pub password_permits: Semaphore,
    /// Permits to look at an uploaded file.
    pub attachment_permits: Semaphore,
}

/// A server that is ready to run.
pub struct Application {
    server: Server,
    state: Data<AppState>,
    address: SocketAddr,
}

impl Application {
    /// Opens the database and the port. An SQLite database is brought up to date; PostgreSQL waits for
    /// `omasote migrate`.
    ///
    /// # Errors
    /// When a key, the database or the port is not to be had.
    pub fn build(settings: Settings, clock: Clock) -> Result<Self, StartError> {
        let gate = Gate::new(signing_keys(&settings)?, &settings.public_url, settings.access_token_life);
        let keys = identity_keys(&settings)?;
        let (vault, id_tokens) = (IdentityVault::new(keys.clone())?, id_token_seal(&keys)?);
        let (gate, hub) = (Arc::new(gate), Hub::default());
        let bus = bus(&gate, &hub, &clock);
        let db = open_database(&settings, &bus, &gate, &clock)?;
        let state = Data::new(AppState {
            cookies: CookieStyle { is_plain_http: settings.is_plain_http() },
            db,
            gate,
            vault,
            id_tokens,
            second_factors: second_factor_seal(&keys)?,
            providers: Providers::of(&settings)?,
            suomi_fi: SuomiFi::of(&settings)?,
            ehr: Ehr::of(&settings)?,
            notifier: Notifier::of(&settings)?,
            hub,
            files: Files::in_folder(&settings.data_dir.join("files"))?,
            clock,
            metrics: Metrics::new()?,
            password_permits: Semaphore::new(PASSWORDS_AT_ONCE),
            attachment_permits: Semaphore::new(LOOKED_AT_AT_ONCE),
            settings,
        });
        let listener = TcpListener::bind(state.settings.listen).map_err(StartError::Port)?;
        let address = listener.local_addr().map_err(StartError::Port)?;
        Ok(Self { server: serve(listener, state.clone())?, state, address })
    }

    /// Where it listens.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// What routes share.
    #[must_use]
    pub const fn state(&self) -> &Data<AppState> {
        &self.state
    }

    /// What stops it.
    #[must_use]
    pub fn handle(&self) -> Stopper {
        Stopper { server: self.server.handle(), hub: self.state.hub.clone() }
    }

    /// Runs until it is stopped.
    ///
    /// # Errors
    /// When the server fails.
    pub async fn run(self) -> std::io::Result<()> {
        let jobs = [
            actix_web::rt::spawn(jobs::keep_house(self.state.clone())),
            actix_web::rt::spawn(jobs::keep_sealing(self.state.clone())),
            actix_web::rt::spawn(jobs::keep_threads_moving(self.state.clone())),
            actix_web::rt::spawn(jobs::keep_promises(self.state.clone())),
            actix_web::rt::spawn(jobs::keep_schedule(self.state.clone())),
            actix_web::rt::spawn(jobs::keep_series(self.state.clone())),
            actix_web::rt::spawn(jobs::keep_reminding(self.state.clone())),
            actix_web::rt::spawn(jobs::keep_events(self.state.clone())),
            actix_web::rt::spawn(jobs::keep_searchable(self.state.clone())),
            actix_web::rt::spawn(fetching::keep_fetching(self.state.clone())),
            actix_web::rt::spawn(deliveries::keep_delivering(self.state.clone())),
            actix_web::rt::spawn(jobs::keep_packing(self.state)),
        ];
        let outcome = self.server.await;
        jobs.iter().for_each(|job| job.abort());
        outcome
    }
}

/// Stops a running application.
#[derive(Clone)]
pub struct Stopper {
    server: ServerHandle,
    hub: Hub,
}

impl Stopper {
    /// Takes no more requests, ends the live streams, finishes what is in flight.
    pub async fn stop(&self) {
        self.hub.close_all();
        self.server.stop(true).await;
    }
}

/// Why the server cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// A setting is wrong.
    #[error(transparent)]
    Setting(#[from] crate::config::SettingError),
    /// The database cannot be opened.
    #[error("the database cannot be opened: {0}")]
    Database(#[from] diesel::ConnectionError),
    /// The port cannot be taken.
    #[error("setting listen: the address cannot be taken: {0}")]
    Port(std::io::Error),
    /// The access log is not whole.
    #[error("the access log is not whole: {0}")]
    Audit(crate::audit::Breach),
    /// Something else.
    #[error("{0}")]
    Other(#[from] AppError),
}

fn bus(gate: &Arc<Gate>, hub: &Hub, clock: &Clock) -> Bus {
    let (gate, hub, clock) = (Arc::clone(gate), hub.clone(), clock.clone());
    let to_gate = move |signal: &Signal| {
        if let Signal::SessionEnded(session) = signal {
            gate.forget(*session, clock.now());
        }
    };
    Bus::new(Uuid::new_v4(), vec![Box::new(to_gate), Box::new(move |signal: &Signal| hub.hear(signal))])
}

fn open_database(settings: &Settings, bus: &Bus, gate: &Arc<Gate>, clock: &Clock) -> Result<Db, StartError> {
    let url = &settings.database_url;
    if let Some(folder) = url.sqlite_path().and_then(std::path::Path::parent) {
        std::fs::create_dir_all(folder)
            .map_err(|cause| AppError::internal("no data folder").because(cause))?;
    }
    let mut conn = url.connect()?;
    if url.engine() == Engine::Sqlite {
        migrate(&mut conn)?;
    }
    keep_questionnaires(&mut conn, clock);
    remember_ended(&mut conn, gate, clock);
    let (gate, clock) = (Arc::clone(gate), clock.clone());
    let reload = move |conn: &mut DbConn| remember_ended(conn, &gate, &clock);
    Ok(Db::open(url, settings.pool, bus)?.hearing_others(url, bus, reload))
}

/// Keeps the questionnaires that come with this version. A server that cannot still answers everything else.
fn keep_questionnaires(conn: &mut DbConn, clock: &Clock) {
    let kept = once(conn, |tx| questionnaires::keep_shipped(tx, clock.now()));
    if let Err(error) = kept {
        tracing::error!(%error, "the questionnaires that come with Omasote cannot be kept; is the database migrated?");
    }
}

/// Learns which sessions ended while their tokens would still be good.
fn remember_ended(conn: &mut DbConn, gate: &Gate, clock: &Clock) {
    let now = clock.now();
    match sessions::list_ended_since(conn, gate.horizon(now)) {
        Ok(ended) => ended.into_iter().for_each(|session| gate.forget(session, now)),
        Err(_) => tracing::error!("ended sessions cannot be read; is the database migrated?"),
    }
}

fn serve(listener: TcpListener, state: Data<AppState>) -> Result<Server, StartError> {
    let (workers, patience) = (state.settings.workers, state.settings.shutdown_patience);
    let max_body = state.settings.max_body_bytes;
    let server = HttpServer::new(move || {
        let json = web::JsonConfig::default()
            .limit(max_body)
            .content_type(|mime| matches!(mime.essence_str(), "application/json" | "application/fhir+json"))
            .error_handler(json_error);
        let form = web::FormConfig::default().limit(max_body).error_handler(form_error);
        actix_web::App::new()
            .wrap(from_fn(edge))
            .app_data(state.clone())
            .app_data(json)
            .app_data(form)
            .app_data(web::PathConfig::default().error_handler(path_error))
            .app_data(web::QueryConfig::default().error_handler(query_error))
            .configure(routes::health::configure)
            .service(web::scope("/api/v1").configure(routing::serve(routes::configure)))
            .default_service(web::to(routes::site::serve))
    });
    let server = server.workers(workers).shutdown_timeout(patience.as_secs()).disable_signals();
    Ok(server.listen(listener).map_err(StartError::Port)?.run())
}
