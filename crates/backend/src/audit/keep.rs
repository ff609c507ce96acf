//! Keeping the line of a call: before the answer goes out, or there is no answer.

use std::sync::{Arc, Mutex, PoisonError};

use omasote_types::audit::AccessAction;

use super::Call;
use crate::app::AppState;
use crate::auth::Actor;
use crate::db::{DbConn, Tx};
use crate::error::AppError;
use crate::repos::audit::{self as repo, Line};

impl AppState {
    /// Runs an operation that only reads, and keeps its line before anything is answered.
    ///
    /// # Errors
    /// What the operation returns; `unavailable` when its line cannot be kept.
    pub async fn read_as<T: Send + 'static>(
        &self,
        actor: Actor,
        operation: &'static str,
        job: impl FnOnce(&mut DbConn, &mut Call) -> Result<T, AppError> + Send + 'static,
    ) -> Result<T, AppError> {
        let mut call = Call::new(actor, operation, self.settings.limits, self.clock.now());
        let read = self.db.read(move |conn| match job(conn, &mut call) {
            // Of a failure nothing is known, and nothing is answered.
            Err(error) if error.code().status() >= 500 => Err(error),
            outcome => {
                let line = line_due(call, &outcome);
                Ok((outcome, line))
            }
        });
        let (outcome, line) = read.await?;
        self.keep(line).await?;
        outcome
    }

    /// Runs an operation that changes something. What it did and its line are stored together or not at all; a refusal
    /// is kept by itself, as nothing else of it stays.
    ///
    /// # Errors
    /// What the operation returns, and then nothing else is stored; `unavailable` when its line cannot be kept.
    pub async fn write_as<T: Send + 'static>(
        &self,
        actor: Actor,
        operation: &'static str,
        mut job: impl FnMut(&mut Tx<'_>, &mut Call) -> Result<T, AppError> + Send + 'static,
    ) -> Result<T, AppError> {
        let call = Call::new(actor, operation, self.settings.limits, self.clock.now());
        let refused = Arc::new(Mutex::new(None));
        let refusal = Arc::clone(&refused);
        let written = self.db.write(move |tx| {
            let mut call = call.clone();
            let outcome = job(tx, &mut call);
            let line = line_due(call, &outcome);
            match (&outcome, &line) {
                (Ok(_), Some(line)) => drop(repo::insert(tx.conn(), line)?),
                (Ok(_), None) => {}
                (Err(_), _) => *refusal.lock().unwrap_or_else(PoisonError::into_inner) = line,
            }
            outcome
        });
        let outcome = written.await;
        if outcome.is_err() {
            let line = refused.lock().unwrap_or_else(PoisonError::into_inner).take();
            self.keep(line).await?;
        }
        outcome
    }

    async fn keep(&self, line: Option<Line>) -> Result<(), AppError> {
        let Some(line) = line.filter(|_| is_kept()) else { return Ok(()) };
        let kept = self.db.write(move |tx| Ok(repo::insert(tx.conn(), &line)?)).await;
        kept.map(drop).map_err(|cause| {
            AppError::unavailable().note("a line of the access log was not kept").because(cause)
        })
    }
}

/// Whether lines of reads are kept: always, but in the twin.
#[cfg(not(feature = "unaudited"))]
const fn is_kept() -> bool {
    true
}

#[cfg(feature = "unaudited")]
static IS_TWIN: std::sync::atomic::AtomicBool = std::sync::atomic::AtomicBool::new(false);

#[cfg(feature = "unaudited")]
fn is_kept() -> bool {
    !IS_TWIN.load(std::sync::atomic::Ordering::Relaxed)
}

/// Makes this process the twin that `bin/bench` compares with: from now on reads leave no line.
#[cfg(feature = "unaudited")]
pub fn keep_no_lines_of_reads() {
    IS_TWIN.store(true, std::sync::atomic::Ordering::Relaxed);
}

/// The line of a call that has ended. What was let through and then came to nothing, because of a wrong cursor say,
/// showed nobody anything.
fn line_due<T>(call: Call, outcome: &Result<T, AppError>) -> Option<Line> {
    call.into_line().filter(|line| outcome.is_ok() || line.action == AccessAction::Refused)
}
