//! Work that no request asks for: forgetting what is too old to matter.

use std::time::Duration;

use actix_web::web::Data;
use omasote_types::Instant;

use crate::app::AppState;
use crate::audit::seal_waiting;
use crate::db::Tx;
use crate::error::AppError;
use crate::repos::{audit, idempotency, oidc, sessions};

const PAUSE: Duration = Duration::from_secs(3600);
const SEALING_PAUSE: Duration = Duration::from_secs(2);
const KEYS_KEPT_FOR: Duration = Duration::from_secs(7 * 24 * 3600);
const ATTEMPTS_KEPT_FOR: Duration = Duration::from_secs(3600);
const FAILURES_KEPT_FOR: Duration = Duration::from_secs(24 * 3600);
const SESSIONS_KEPT_FOR: Duration = Duration::from_secs(30 * 24 * 3600);

/// Runs once an hour, for as long as the server does.
pub async fn keep_house(state: Data<AppState>) {
    loop {
        tokio::time::sleep(PAUSE).await;
        tell_seal(&state).await;
        let now = state.clock.now();
        if state.db.write(move |tx| forget_old(tx, now)).await.is_err() {
            tracing::error!("old keys and tokens could not be deleted; trying again in an hour");
        }
    }
}

/// Seals new lines of the access log every few seconds, for as long as the server runs.
pub async fn keep_sealing(state: Data<AppState>) {
    let mut pause = SEALING_PAUSE;
    loop {
        tokio::time::sleep(pause).await;
        let now = state.clock.now();
        let is_waiting = state.db.read(|conn| Ok(audit::has_unsealed(conn)?)).await;
        let sealed = match is_waiting {
            Ok(true) => state.db.write(move |tx| seal_waiting(tx, now)).await,
            outcome => outcome.map(|_| 0),
        };
        match sealed {
            // There may be more: others get their turn in between.
            Ok(1..) => pause = Duration::from_millis(50),
            Ok(0) => pause = SEALING_PAUSE,
            Err(_) => {
                pause = SEALING_PAUSE;
                tracing::error!("the access log could not be sealed; trying again in a moment");
            }
        }
    }
}

/// Tells the newest seal where the database's owner cannot change it.
async fn tell_seal(state: &AppState) {
    if let Ok(Some(seal)) = state.db.read(|conn| Ok(audit::find_last_seal(conn)?)).await {
        let hash: String = seal.hash.iter().map(|byte| format!("{byte:02x}")).collect();
        tracing::info!(day = seal.day, number = seal.number, hash, "newest seal of the access log");
    }
}

/// Forgets what is too old to matter.
///
/// # Errors
/// When the database fails.
pub fn forget_old(tx: &mut Tx<'_>, now: Instant) -> Result<(), AppError> {
    idempotency::delete_before(tx.conn(), now - KEYS_KEPT_FOR)?;
    sessions::delete_failures_before(tx.conn(), now - FAILURES_KEPT_FOR)?;
    oidc::delete_attempts_before(tx.conn(), now - ATTEMPTS_KEPT_FOR)?;
    oidc::delete_sessions_before(tx.conn(), now)?;
    sessions::delete_tokens_of_sessions_before(tx.conn(), now)?;
    sessions::delete_before(tx.conn(), now - SESSIONS_KEPT_FOR)?;
    Ok(())
}
