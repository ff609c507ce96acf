//! A lane: a few threads, each with a connection of its own, that take jobs from one bounded queue.
//!
//! Threads that own their connection need no pool, no lock and no check-out; a connection that broke is replaced
//! before the next job.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};

use super::{DbConn, DbUrl};
use crate::error::AppError;

/// How many jobs may wait; beyond it a caller hears `unavailable` at once and can try again.
const QUEUE_LENGTH: usize = 4096;
const RECONNECT_PAUSE: Duration = Duration::from_millis(200);

/// What a job says of the connection it used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Health {
    /// It can be used again.
    Sound,
    /// An error may mean that it is lost.
    Suspect,
}

pub(super) struct Lane<J: Send + 'static> {
    queue: Option<Sender<J>>,
    threads: Vec<JoinHandle<()>>,
    is_closing: Arc<AtomicBool>,
}

impl<J: Send + 'static> Lane<J> {
    /// Opens `count` connections; each runs `work` with the next job and the queue it came from.
    pub(super) fn open(
        name: &str,
        url: &DbUrl,
        count: usize,
        work: impl Fn(&mut DbConn, J, &Receiver<J>) -> Health + Send + Sync + 'static,
    ) -> Result<Self, AppError> {
        let (queue, jobs) = bounded(QUEUE_LENGTH);
        let work = Arc::new(work);
        let (is_closing, mut threads) = (Arc::new(AtomicBool::new(false)), Vec::new());
        for number in 0..count.max(1) {
            let conn = url.connect().map_err(|cause| AppError::unavailable().because(cause))?;
            let place = Place { url: url.clone(), is_closing: Arc::clone(&is_closing) };
            let (jobs, work) = (jobs.clone(), Arc::clone(&work));
            let builder = std::thread::Builder::new().name(format!("db-{name}-{number}"));
            let thread = builder.spawn(move || serve(conn, &place, &jobs, &*work));
            threads.push(thread.map_err(|cause| AppError::internal("a thread cannot start").because(cause))?);
        }
        Ok(Self { queue: Some(queue), threads, is_closing })
    }

    pub(super) fn submit(&self, job: J) -> Result<(), AppError> {
        let Some(queue) = &self.queue else { return Err(AppError::unavailable()) };
        queue.try_send(job).map_err(|refused| match refused {
            TrySendError::Full(_) => AppError::unavailable(),
            TrySendError::Disconnected(_) => AppError::internal("the database threads are gone"),
        })
    }
}

impl<J: Send + 'static> Drop for Lane<J> {
    /// What was taken into the queue is still done, unless the database is gone.
    fn drop(&mut self) {
        self.is_closing.store(true, Ordering::Relaxed);
        self.queue = None;
        for thread in self.threads.drain(..) {
            // A thread that panicked has said so already.
            let _ = thread.join();
        }
    }
}

/// Where a thread connects to, and whether it still should.
struct Place {
    url: DbUrl,
    is_closing: Arc<AtomicBool>,
}

fn serve<J>(
    mut conn: DbConn,
    place: &Place,
    jobs: &Receiver<J>,
    work: &impl Fn(&mut DbConn, J, &Receiver<J>) -> Health,
) {
    while let Ok(job) = jobs.recv() {
        let outcome = catch_unwind(AssertUnwindSafe(|| work(&mut conn, job, jobs)));
        if outcome.is_err() {
            tracing::error!("a database job panicked");
        }
        if !matches!(outcome, Ok(Health::Sound)) {
            let Some(anew) = reconnect(place) else { return };
            conn = anew;
        }
    }
}

/// A new connection; none when the lane closes before there is one.
fn reconnect(place: &Place) -> Option<DbConn> {
    loop {
        if let Ok(conn) = place.url.connect() {
            return Some(conn);
        }
        if place.is_closing.load(Ordering::Relaxed) {
            return None;
        }
        tracing::error!("the database cannot be reached; trying again");
        std::thread::sleep(RECONNECT_PAUSE);
    }
}
