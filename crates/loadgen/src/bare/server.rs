//! The bare server's HTTP: three routes, no middleware.

use std::net::SocketAddr;
use std::sync::Arc;

use actix_web::web::{self, Data, Json, Path, Query};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer};
use anyhow::Result;
use chrono::Utc;
use diesel::QueryResult;
use diesel::r2d2::Pool;
use omasote_backend::db::{DbUrl, Engine};
use omasote_types::ids::{ProfessionalId, ThreadId, UnitId};
use omasote_types::messages::NewMessage;
use serde::{Deserialize, Serialize};

use super::queries::{Bare, NewBareMessage};
use super::writers::{Manager, Writers, pool};

/// How writes are committed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Commit {
    /// Each by itself.
    Own,
    /// Those that wait at the same moment together.
    Group,
}

/// How the bare server runs.
#[derive(Clone, Debug)]
pub struct Options {
    /// The database.
    pub database_url: DbUrl,
    /// Where it listens.
    pub listen: SocketAddr,
    /// How writes are committed.
    pub commit: Commit,
}

/// How many connections; the readers are as many as ours has.
struct Connections {
    readers: u32,
    own_commit: u32,
    group_commit: u32,
}

impl Connections {
    /// SQLite lets one write at a time, so its pool of writers is one: more would only wait for its lock.
    fn of(engine: Engine) -> Self {
        let cores =
            std::thread::available_parallelism().ok().and_then(|cores| u32::try_from(cores.get()).ok());
        let cores = cores.unwrap_or(1);
        match engine {
            Engine::Sqlite => Self { readers: cores, own_commit: 1, group_commit: 1 },
            Engine::Postgres => Self { readers: 2 * cores, own_commit: 8 * cores, group_commit: 2 },
        }
    }
}

/// Runs the server until it is killed.
///
/// # Errors
/// When the database or the port is not to be had.
pub fn serve(options: &Options) -> Result<()> {
    match options.database_url.engine() {
        Engine::Postgres => serve_engine::<diesel::PgConnection>(options),
        Engine::Sqlite => serve_engine::<diesel::SqliteConnection>(options),
    }
}

struct State<C: Bare> {
    readers: Pool<Manager<C>>,
    writers: Arc<Writers<C>>,
}

fn serve_engine<C: Bare>(options: &Options) -> Result<()> {
    let (url, listen) = (&options.database_url, options.listen);
    let connections = Connections::of(url.engine());
    let writers = match options.commit {
        Commit::Own => Writers::own(url, connections.own_commit)?,
        Commit::Group => Writers::grouped(url, connections.group_commit)?,
    };
    let state =
        Data::new(State::<C> { readers: pool(url, connections.readers)?, writers: Arc::new(writers) });
    let app = move || {
        App::new()
            .app_data(state.clone())
            .route("/api/v1/threads/{id}/messages", web::get().to(list_messages::<C>))
            .route("/api/v1/threads/{id}/messages", web::post().to(send_message::<C>))
            .route("/api/v1/units/{id}/inbox", web::get().to(list_inbox::<C>))
    };
    actix_web::rt::System::new().block_on(HttpServer::new(app).bind(listen)?.run())?;
    Ok(())
}

async fn send_message<C: Bare>(
    state: Data<State<C>>,
    thread: Path<ThreadId>,
    request: HttpRequest,
    new: Json<NewMessage>,
) -> HttpResponse {
    let key = request.headers().get("idempotency-key").and_then(|key| key.to_str().ok());
    let (key, text) = (key.unwrap_or_default().to_owned(), new.into_inner().text);
    let new = NewBareMessage { thread: *thread, text, key, now: Utc::now() };
    match state.writers.send(new).await {
        Some(Ok(Some(message))) => HttpResponse::Created().json(message),
        Some(Ok(None)) => HttpResponse::NotFound().finish(),
        Some(Err(_)) | None => HttpResponse::InternalServerError().finish(),
    }
}

async fn list_messages<C: Bare>(state: Data<State<C>>, thread: Path<ThreadId>) -> HttpResponse {
    read(state, move |conn: &mut C| conn.list_messages(*thread)).await
}

/// Whose inbox; ours learns it from the session.
#[derive(Deserialize)]
struct Reader {
    reader: ProfessionalId,
}

async fn list_inbox<C: Bare>(
    state: Data<State<C>>,
    unit: Path<UnitId>,
    reader: Query<Reader>,
) -> HttpResponse {
    read(state, move |conn: &mut C| conn.list_inbox(*unit, reader.reader)).await
}

async fn read<C: Bare, T: Serialize + Send + 'static>(
    state: Data<State<C>>,
    job: impl FnOnce(&mut C) -> QueryResult<Option<T>> + Send + 'static,
) -> HttpResponse {
    let found = web::block(move || job(&mut *state.readers.get().ok()?).ok()).await;
    match found {
        Ok(Some(Some(found))) => HttpResponse::Ok().json(found),
        Ok(Some(None)) => HttpResponse::NotFound().finish(),
        Ok(None) | Err(_) => HttpResponse::InternalServerError().finish(),
    }
}
