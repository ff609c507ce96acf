//! The database: one set of queries on SQLite and PostgreSQL, and the only bridge between async routes and plain
//! services.
//!
//! Belongs here: connections, column types, transactions, migrations, the schema. Does not: queries (`repos`).

mod columns;
mod connection;
mod group_commit;
mod lane;
mod listener;
mod migrations;
pub mod schema;

use std::sync::Arc;

pub use columns::{DbId, DbInstant, DbText, Id, Stored, TextColumn};
pub use connection::{DbConn, DbUrl, Engine, MultiBackend};
use group_commit::{Job, WriteJob, run_writer};
pub use group_commit::{Tx, once};
pub(crate) use lane::Health;
use lane::Lane;
use listener::{Listening, listen};
pub use migrations::{is_current, migrate, revert_all};
use tokio::sync::oneshot;

use crate::error::AppError;
use crate::live::Bus;

/// Runs `$body` with the concrete connection of either engine, for what the enum of both cannot express.
#[macro_export]
macro_rules! per_backend {
    ($conn:expr, $concrete:ident => $body:expr) => {
        match $conn {
            $crate::db::DbConn::Pg($concrete) => $body,
            $crate::db::DbConn::Sqlite($concrete) => $body,
        }
    };
}

type ReadJob = Box<dyn FnOnce(&mut DbConn) -> Health + Send>;

/// How many connections of each kind.
#[derive(Clone, Copy, Debug)]
pub struct PoolSize {
    /// Connections that read.
    pub readers: usize,
    /// Connections that write; SQLite always has one.
    pub writers: usize,
}

/// The open database. Cheap to clone.
#[derive(Clone)]
pub struct Db {
    engine: Engine,
    readers: Arc<Lane<ReadJob>>,
    writers: Arc<Lane<Box<dyn WriteJob>>>,
    _listening: Option<Arc<Listening>>,
}

impl Db {
    /// Opens the connections. What writers change is told on `bus` once it is committed.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub fn open(url: &DbUrl, size: PoolSize, bus: &Bus) -> Result<Self, AppError> {
        let engine = url.engine();
        let writer_count = if engine == Engine::Sqlite { 1 } else { size.writers };
        let writers = Lane::open("writer", url, writer_count, {
            let bus = bus.clone();
            move |conn, first, waiting| run_writer(conn, first, waiting, &bus)
        })?;
        let readers = Lane::open("reader", url, size.readers, |conn, job: ReadJob, _| job(conn))?;
        Ok(Self { engine, readers: Arc::new(readers), writers: Arc::new(writers), _listening: None })
    }

    /// Hears, for as long as it is open, what other servers change in the same database, and passes it on to `bus`. `reload` runs
    /// after each connect, for what was missed while nobody listened.
    #[must_use]
    pub fn hearing_others(
        self,
        url: &DbUrl,
        bus: &Bus,
        reload: impl Fn(&mut DbConn) + Send + 'static,
    ) -> Self {
        Self { _listening: Some(Arc::new(listen(url, bus, reload))), ..self }
    }

    /// Which engine it is.
    #[must_use]
    pub const fn engine(&self) -> Engine {
        self.engine
    }

    /// Runs a job that only reads.
    ///
    /// # Errors
    /// What the job returns; `unavailable` when the database cannot take it.
    pub async fn read<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut DbConn) -> Result<T, AppError> + Send + 'static,
    ) -> Result<T, AppError> {
        let (sender, receiver) = oneshot::channel();
        let job: ReadJob = Box::new(move |conn| {
            let outcome = job(conn);
            let health = AppError::health_of(&outcome);
            // The receiver is gone when the caller hung up; then nobody misses the answer.
            let _ = sender.send(outcome);
            health
        });
        self.readers.submit(job)?;
        receiver.await.map_err(|_| AppError::internal("a read job did not finish"))?
    }

    /// Runs a job as one transaction and answers after it is durable. The job may run more than once: when the
    /// transaction it shared with others had to be given up, it runs again by itself.
    ///
    /// # Errors
    /// What the job returns, and then nothing is stored; `unavailable` when the database cannot take it.
    pub async fn write<T: Send + 'static>(
        &self,
        job: impl FnMut(&mut Tx<'_>) -> Result<T, AppError> + Send + 'static,
    ) -> Result<T, AppError> {
        let (sender, receiver) = oneshot::channel();
        self.writers.submit(Box::new(Job::new(job, sender)))?;
        receiver.await.map_err(|_| AppError::internal("a write job did not finish"))?
    }
}
