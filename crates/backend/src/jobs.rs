//! Work that no request asks for: forgetting what is too old to matter.

use std::time::Duration;

use actix_web::web::Data;
use omasote_types::Instant;

use crate::app::AppState;
use crate::db::Tx;
use crate::error::AppError;
use crate::repos::{idempotency, sessions};

const PAUSE: Duration = Duration::from_secs(3600);
const KEYS_KEPT_FOR: Duration = Duration::from_secs(7 * 24 * 3600);
const FAILURES_KEPT_FOR: Duration = Duration::from_secs(24 * 3600);
const SESSIONS_KEPT_FOR: Duration = Duration::from_secs(30 * 24 * 3600);

/// Runs once an hour, for as long as the server does.
pub async fn keep_house(state: Data<AppState>) {
    loop {
        tokio::time::sleep(PAUSE).await;
        let now = state.clock.now();
        if state.db.write(move |tx| forget_old(tx, now)).await.is_err() {
            tracing::error!("old keys and tokens could not be deleted; trying again in an hour");
        }
    }
}

/// Forgets what is too old to matter.
///
/// # Errors
/// When the database fails.
pub fn forget_old(tx: &mut Tx<'_>, now: Instant) -> Result<(), AppError> {
    idempotency::delete_before(tx.conn(), now - KEYS_KEPT_FOR)?;
    sessions::delete_failures_before(tx.conn(), now - FAILURES_KEPT_FOR)?;
    sessions::delete_tokens_of_sessions_before(tx.conn(), now)?;
    sessions::delete_before(tx.conn(), now - SESSIONS_KEPT_FOR)?;
    Ok(())
}
