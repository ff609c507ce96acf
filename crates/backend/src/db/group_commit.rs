//! Group commit: writes that wait at the same moment share one transaction, each in a savepoint of its own, and each
//! is answered only after the commit. One disk flush then serves many; an error undoes only its own write.

use crossbeam_channel::Receiver;
use diesel::connection::{AnsiTransactionManager, TransactionManager as _};
use diesel::prelude::*;
use tokio::sync::oneshot;

use super::DbConn;
use super::lane::Health;
use crate::error::AppError;
use crate::live::{Bus, Signal};

/// How many writes share a commit at most: bounds how long the first of them waits.
const MAX_GROUP: usize = 128;
/// How often a write that collided with another is tried alone.
const MAX_ATTEMPTS: u32 = 4;

/// The handle of a write: only who holds one can change anything, and it ends with the transaction.
pub struct Tx<'c> {
    conn: &'c mut DbConn,
    signals: &'c mut Vec<Signal>,
}

impl Tx<'_> {
    /// The connection, inside the transaction.
    pub const fn conn(&mut self) -> &mut DbConn {
        self.conn
    }

    /// Tells `signal` to whom it concerns once the transaction is committed.
    pub fn announce(&mut self, signal: Signal) {
        self.signals.push(signal);
    }
}

/// Runs one write as a transaction of its own, for commands that run without a server. What it announces nobody hears.
///
/// # Errors
/// What the job returns, and then nothing is stored.
pub fn once<T>(
    conn: &mut DbConn,
    job: impl FnOnce(&mut Tx<'_>) -> Result<T, AppError>,
) -> Result<T, AppError> {
    begin(conn)?;
    let mut signals = Vec::new();
    let outcome = job(&mut Tx { conn, signals: &mut signals });
    match &outcome {
        Ok(_) => Manager::commit_transaction(conn)?,
        Err(_) => Manager::rollback_transaction(conn)?,
    }
    outcome
}

/// One waiting write.
pub(super) trait WriteJob: Send {
    /// Runs inside an open transaction or savepoint; an error means that it must be rolled back.
    fn run(&mut self, tx: &mut Tx<'_>) -> Result<(), Undo>;
    /// Answers the caller: what `run` found, or `failure` when the commit did not happen.
    fn answer(self: Box<Self>, failure: Option<AppError>);
}

/// Why a write was rolled back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Undo {
    /// The job refused or failed: the answer is known.
    Refused,
    /// It collided with another write, or the shared transaction failed: it may succeed alone.
    Collided,
    /// The transaction cannot even be rolled back.
    ConnectionLost,
}

pub(super) struct Job<F, T> {
    job: F,
    outcome: Option<Result<T, AppError>>,
    reply: oneshot::Sender<Result<T, AppError>>,
}

impl<F, T> Job<F, T> {
    pub(super) const fn new(job: F, reply: oneshot::Sender<Result<T, AppError>>) -> Self {
        Self { job, outcome: None, reply }
    }
}

impl<F, T> WriteJob for Job<F, T>
where
    F: FnMut(&mut Tx<'_>) -> Result<T, AppError> + Send,
    T: Send,
{
    fn run(&mut self, tx: &mut Tx<'_>) -> Result<(), Undo> {
        let outcome = (self.job)(tx);
        let verdict = match &outcome {
            Ok(_) => Ok(()),
            Err(error) if error.is_collision() => Err(Undo::Collided),
            Err(_) if AppError::health_of(&outcome) == Health::Suspect => Err(Undo::ConnectionLost),
            Err(_) => Err(Undo::Refused),
        };
        self.outcome = Some(outcome);
        verdict
    }

    fn answer(self: Box<Self>, failure: Option<AppError>) {
        let Self { outcome, reply, .. } = *self;
        let outcome = failure.map(Err).or(outcome).unwrap_or_else(|| Err(AppError::unavailable()));
        // The receiver is gone when the caller hung up; the write stands all the same.
        let _ = reply.send(outcome);
    }
}

type BoxedJob = Box<dyn WriteJob>;
type Manager = <DbConn as Connection>::TransactionManager;

/// Takes `first` and what waits behind it through one transaction.
pub(super) fn run_writer(
    conn: &mut DbConn,
    first: BoxedJob,
    waiting: &Receiver<BoxedJob>,
    bus: &Bus,
) -> Health {
    let mut group = Group::default();
    let shared = transaction(conn, bus, |conn, signals| {
        let mut next = Some(first);
        while let Some(job) = next {
            group.take(job, conn, signals)?;
            next = if group.len() < MAX_GROUP { waiting.try_recv().ok() } else { None };
        }
        Ok(())
    });
    if shared.is_err() {
        // Not one write of the group stands; each is run again in a transaction of its own.
        group.alone.append(&mut group.done);
    }
    for job in group.done {
        job.answer(None);
    }
    let lost = matches!(shared, Err(Undo::ConnectionLost));
    group.alone.into_iter().fold(if lost { Health::Suspect } else { Health::Sound }, |health, job| {
        match health {
            Health::Sound => run_alone(conn, job, bus),
            Health::Suspect => {
                job.answer(Some(AppError::unavailable()));
                health
            }
        }
    })
}

#[derive(Default)]
struct Group {
    /// Ran, with an answer that holds once the commit has happened.
    done: Vec<BoxedJob>,
    /// To be run again in a transaction of their own.
    alone: Vec<BoxedJob>,
}

impl Group {
    const fn len(&self) -> usize {
        self.done.len() + self.alone.len()
    }

    fn take(&mut self, mut job: BoxedJob, conn: &mut DbConn, signals: &mut Vec<Signal>) -> Result<(), Undo> {
        let before = signals.len();
        Manager::begin_transaction(conn).map_err(|_| Undo::ConnectionLost)?;
        let verdict = job.run(&mut Tx { conn, signals });
        let ended = match verdict {
            Ok(()) => Manager::commit_transaction(conn),
            Err(_) => Manager::rollback_transaction(conn),
        };
        if verdict.is_err() {
            signals.truncate(before);
        }
        match verdict {
            Ok(()) | Err(Undo::Refused) => self.done.push(job),
            Err(_) => self.alone.push(job),
        }
        ended.map_err(|_| Undo::Collided)
    }
}

fn run_alone(conn: &mut DbConn, mut job: BoxedJob, bus: &Bus) -> Health {
    for _ in 0..MAX_ATTEMPTS {
        match transaction(conn, bus, |conn, signals| job.run(&mut Tx { conn, signals })) {
            Ok(()) | Err(Undo::Refused) => {
                job.answer(None);
                return Health::Sound;
            }
            Err(Undo::Collided) => {}
            Err(Undo::ConnectionLost) => {
                job.answer(Some(AppError::unavailable()));
                return Health::Suspect;
            }
        }
    }
    job.answer(Some(AppError::unavailable()));
    Health::Sound
}

/// One transaction: what it announces is published once it is durable, to this server's own listeners directly and
/// to the other servers by the database.
fn transaction(
    conn: &mut DbConn,
    bus: &Bus,
    work: impl FnOnce(&mut DbConn, &mut Vec<Signal>) -> Result<(), Undo>,
) -> Result<(), Undo> {
    begin(conn).map_err(|_| Undo::ConnectionLost)?;
    let mut signals = Vec::new();
    let told = |conn: &mut DbConn, signals: &[Signal]| super::listener::notify(conn, bus, signals);
    let worked = work(conn, &mut signals);
    let worked = worked.and_then(|()| told(conn, &signals).map_err(|_| Undo::Collided));
    let worked = worked.and_then(|()| Manager::commit_transaction(conn).map_err(|_| Undo::Collided));
    if let Err(undo) = worked {
        roll_back(conn).map_err(|_| Undo::ConnectionLost)?;
        return Err(undo);
    }
    bus.publish(&signals);
    Ok(())
}

/// SQLite takes its write lock at once: a transaction that begins by reading could not always get it later.
fn begin(conn: &mut DbConn) -> QueryResult<()> {
    match conn {
        DbConn::Pg(conn) => AnsiTransactionManager::begin_transaction(conn),
        DbConn::Sqlite(conn) => AnsiTransactionManager::begin_transaction_sql(conn, "begin immediate"),
    }
}

/// Rolls back however deep in savepoints the failure happened; a failed commit may have done so already.
fn roll_back(conn: &mut DbConn) -> QueryResult<()> {
    while matches!(depth(conn), Ok(Some(_))) {
        Manager::rollback_transaction(conn)?;
    }
    depth(conn).map(drop)
}

fn depth(conn: &mut DbConn) -> QueryResult<Option<std::num::NonZeroU32>> {
    Manager::transaction_manager_status_mut(conn)
        .transaction_depth()
        .map_err(|_| diesel::result::Error::BrokenTransactionManager)
}
