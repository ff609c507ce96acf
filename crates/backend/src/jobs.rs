//! Work that no request asks for: forgetting what is too old to matter.

use std::time::Duration;

use actix_web::web::Data;
use omasote_types::Instant;
use omasote_types::exports::ExportState;
use omasote_types::ids::{CitizenId, ExportId};

use crate::app::AppState;
use crate::audit::{seal_all, seal_waiting};
use crate::db::{DbConn, Tx};
use crate::error::AppError;
use crate::repos::{
    attachments, audit, clients, drafts, events, exports, idempotency, mandates, notifications, oidc,
    promises, scheduling, sessions, units,
};
use crate::services::attachments::UPLOAD_ENDS_WITHIN;
use crate::services::events::close_over;
use crate::services::exports::gather;
use crate::services::messages;
use crate::services::promises::{find_usual, missed};
use crate::services::scheduling::send_due;
use crate::services::tasks::follow_up::{list_to_remind, remind};
use crate::services::tasks::series::{give_next, list_due};
use crate::{files, packing, receiving};

const PAUSE: Duration = Duration::from_secs(3600);
const SEALING_PAUSE: Duration = Duration::from_secs(2);
const MOVING_PAUSE: Duration = Duration::from_secs(60);
const PROMISES_PAUSE: Duration = Duration::from_secs(15);
/// So many pauses are between two looks at how long answers usually take.
const PAUSES_TO_USUAL: u32 = 40;
const PROMISES_AT_ONCE: i64 = 100;
const SCHEDULE_PAUSE: Duration = Duration::from_secs(5);
const SCHEDULED_AT_ONCE: i64 = 100;
const SERIES_PAUSE: Duration = Duration::from_secs(5);
const SERIES_AT_ONCE: i64 = 100;
const REMINDERS_PAUSE: Duration = Duration::from_secs(60);
const REMINDED_AT_ONCE: i64 = 100;
const EVENTS_PAUSE: Duration = Duration::from_secs(60);
const EVENTS_AT_ONCE: i64 = 100;
const SEARCH_PAUSE: Duration = Duration::from_millis(500);
const SEARCH_AT_ONCE: i64 = 50;
const PACKING_PAUSE: Duration = Duration::from_secs(1);
/// After so long a packer that has not finished is taken for dead.
const PACKER_IS_GONE_AFTER: Duration = Duration::from_secs(600);
const PACKING_ATTEMPTS: i32 = 3;
const KEYS_KEPT_FOR: Duration = Duration::from_secs(7 * 24 * 3600);
const ATTEMPTS_KEPT_FOR: Duration = Duration::from_secs(3600);
/// A code that comes again after it was used says that somebody has a copy.
const CODES_KEPT_FOR: Duration = Duration::from_secs(24 * 3600);
const ANSWERS_KEPT_FOR: Duration = Duration::from_secs(60 * 24 * 3600);
const UNSENT_KEPT_FOR: Duration = Duration::from_secs(24 * 3600);
const DRAFTS_KEPT_FOR: Duration = Duration::from_secs(30 * 24 * 3600);
const FAILURES_KEPT_FOR: Duration = Duration::from_secs(24 * 3600);
const NOTICES_KEPT_FOR: Duration = Duration::from_secs(180 * 24 * 3600);
const SESSIONS_KEPT_FOR: Duration = Duration::from_secs(30 * 24 * 3600);
const FREE_SLOTS_KEPT_FOR: Duration = Duration::from_secs(7 * 24 * 3600);

/// Runs once an hour, for as long as the server does.
pub async fn keep_house(state: Data<AppState>) {
    loop {
        tokio::time::sleep(PAUSE).await;
        tell_seal(&state).await;
        if delete_old_packages(&state).await.is_err() {
            tracing::error!("old packages could not be deleted; trying again in an hour");
        }
        let now = state.clock.now();
        if state.db.write(move |tx| forget_old(tx, now)).await.is_err() {
            tracing::error!("old keys and tokens could not be deleted; trying again in an hour");
        }
        if forget_unsent(&state).await.is_err() {
            tracing::error!("files that were not sent could not be deleted; trying again in an hour");
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

/// Gives back to their units the threads that somebody took and has not moved for too long, for as long as the server runs.
pub async fn keep_threads_moving(state: Data<AppState>) {
    loop {
        if let_lapsed_go(&state).await.is_err() {
            tracing::error!("threads that wait too long could not be given back; trying again in a minute");
        }
        tokio::time::sleep(MOVING_PAUSE).await;
    }
}

/// Gives back what has lapsed; says how many threads.
///
/// # Errors
/// When the database fails.
pub async fn let_lapsed_go(state: &AppState) -> Result<usize, AppError> {
    let now = state.clock.now();
    let before = now - state.settings.take_life;
    state.db.write(move |tx| messages::let_lapsed_go(tx, before, now)).await
}

/// Sends messages whose time has come, for as long as the server runs.
pub async fn keep_schedule(state: Data<AppState>) {
    loop {
        if send_scheduled(&state).await.is_err() {
            tracing::error!("messages whose time has come could not be sent; trying again in a moment");
        }
        tokio::time::sleep(SCHEDULE_PAUSE).await;
    }
}

/// Sends messages whose time has come, or holds them; each by itself.
///
/// # Errors
/// When the database fails.
pub async fn send_scheduled(state: &AppState) -> Result<(), AppError> {
    loop {
        let now = state.clock.now();
        let due = state.db.read(move |conn| Ok(scheduling::list_due(conn, now, SCHEDULED_AT_ONCE)?)).await?;
        if due.is_empty() {
            return Ok(());
        }
        for id in due {
            state.db.write(move |tx| send_due(tx, id, now)).await?;
        }
    }
}

/// Gives the tasks of series whose days have come, for as long as the server runs.
pub async fn keep_series(state: Data<AppState>) {
    loop {
        if give_series(&state).await.is_err() {
            tracing::error!("tasks of series could not be given; trying again in a moment");
        }
        tokio::time::sleep(SERIES_PAUSE).await;
    }
}

/// Gives the tasks of series whose days have come, and calls off those of series that were called off; in parts, between which others
/// have their turn.
///
/// # Errors
/// When the database fails.
pub async fn give_series(state: &AppState) -> Result<(), AppError> {
    let now = state.clock.now();
    for id in state.db.read(move |conn| list_due(conn, now, SERIES_AT_ONCE)).await? {
        while state.db.write(move |tx| give_next(tx, id, now)).await? {}
    }
    Ok(())
}

/// Reminds citizens of tasks that wait, for as long as the server runs.
pub async fn keep_reminding(state: Data<AppState>) {
    loop {
        if remind_of_tasks(&state).await.is_err() {
            tracing::error!("citizens could not be reminded of tasks; trying again in a minute");
        }
        tokio::time::sleep(REMINDERS_PAUSE).await;
    }
}

/// Reminds citizens of tasks that wait.
///
/// # Errors
/// When the database fails.
pub async fn remind_of_tasks(state: &AppState) -> Result<(), AppError> {
    loop {
        let now = state.clock.now();
        let due = state.db.read(move |conn| list_to_remind(conn, now, REMINDED_AT_ONCE)).await?;
        if due.is_empty() {
            return Ok(());
        }
        state.db.write(move |tx| due.iter().try_for_each(|id| remind(tx, *id, now))).await?;
    }
}

/// Closes the care relations of events that are over, for as long as the server runs.
pub async fn keep_events(state: Data<AppState>) {
    loop {
        if close_past_events(&state).await.is_err() {
            tracing::error!("events that are over could not be closed; trying again in a minute");
        }
        tokio::time::sleep(EVENTS_PAUSE).await;
    }
}

/// Closes the care relations of events that are over.
///
/// # Errors
/// When the database fails.
pub async fn close_past_events(state: &AppState) -> Result<(), AppError> {
    loop {
        let now = state.clock.now();
        let over = state.db.read(move |conn| Ok(events::list_over(conn, now, EVENTS_AT_ONCE)?)).await?;
        if over.is_empty() {
            return Ok(());
        }
        state.db.write(move |tx| close_over(tx, &over)).await?;
    }
}

/// Looks after promises whose time has come, and now and then how long answers usually take, for as long as the server runs.
pub async fn keep_promises(state: Data<AppState>) {
    for turn in 0_u32.. {
        if tell_missed(&state).await.is_err() {
            tracing::error!("promises could not be looked after; trying again in a moment");
        }
        if turn % PAUSES_TO_USUAL == 0 && note_usual(&state).await.is_err() {
            tracing::error!("the usual time of answers could not be counted; trying again later");
        }
        tokio::time::sleep(PROMISES_PAUSE).await;
    }
}

/// Finds the promises that were missed, and does with each what is to be done.
///
/// # Errors
/// When the database fails.
pub async fn tell_missed(state: &AppState) -> Result<(), AppError> {
    loop {
        let now = state.clock.now();
        let due = state.db.read(move |conn| Ok(promises::list_due(conn, now, PROMISES_AT_ONCE)?)).await?;
        if due.is_empty() {
            return Ok(());
        }
        state.db.write(move |tx| due.iter().try_for_each(|due| missed(tx, due, now))).await?;
    }
}

/// Notes in what time units usually answer.
///
/// # Errors
/// When the database fails.
pub async fn note_usual(state: &AppState) -> Result<(), AppError> {
    let now = state.clock.now();
    let changed = state.db.read(move |conn| find_usual(conn, now)).await?;
    if changed.is_empty() {
        return Ok(());
    }
    let note = move |tx: &mut Tx<'_>| {
        changed.iter().try_for_each(|(unit, usual)| units::set_usual(tx.conn(), *unit, *usual).map(drop))?;
        Ok(())
    };
    state.db.write(note).await
}

/// Reads the words of threads that have changed, for as long as the server runs.
pub async fn keep_searchable(state: Data<AppState>) {
    loop {
        tokio::time::sleep(SEARCH_PAUSE).await;
        if read_changed(&state).await.is_err() {
            tracing::error!("changed threads could not be made searchable; trying again in a moment");
        }
    }
}

/// Makes threads that have changed searchable.
///
/// # Errors
/// When the database fails.
pub async fn read_changed(state: &AppState) -> Result<(), AppError> {
    loop {
        let read = state.db.read(|conn| messages::read_words(conn, SEARCH_AT_ONCE)).await?;
        if read.is_empty() {
            return Ok(());
        }
        // What somebody writes into just now has its turn the next time.
        if state.db.write(move |tx| messages::save_words(tx, &read)).await? == 0 {
            return Ok(());
        }
    }
}

/// Packs what citizens asked for, for as long as the server runs.
pub async fn keep_packing(state: Data<AppState>) {
    loop {
        tokio::time::sleep(PACKING_PAUSE).await;
        if pack_next(&state).await.is_err() {
            tracing::error!("a package could not be packed; trying again in a moment");
        }
    }
}

/// Packs the oldest package that waits, if there is one.
async fn pack_next(state: &Data<AppState>) -> Result<(), AppError> {
    let now = state.clock.now();
    let due = state.db.read(move |conn| Ok(exports::find_due(conn, now - PACKER_IS_GONE_AFTER)?)).await?;
    let Some((id, citizen, attempts)) = due else { return Ok(()) };
    if !state.db.write(move |tx| Ok(exports::claim(tx.conn(), id, attempts, now)?)).await? {
        return Ok(());
    }
    let packed = pack(state, id, citizen).await;
    if packed.is_err() {
        let next = if attempts + 1 < PACKING_ATTEMPTS { ExportState::Waiting } else { ExportState::Failed };
        state.db.write(move |tx| Ok(exports::set_state(tx.conn(), id, next)?)).await?;
    }
    packed
}

async fn pack(state: &Data<AppState>, id: ExportId, citizen: CitizenId) -> Result<(), AppError> {
    let (inner, now) = (state.clone(), state.clock.now());
    let (limits, log_life) = (state.settings.limits, state.settings.access_log_life);
    seal_all(&state.db, now).await?;
    let gather = move |conn: &mut DbConn| gather(conn, &inner.vault, citizen, (limits, log_life, now));
    let everything = state.db.read(gather).await?;
    state.db.write(move |tx| Ok(exports::set_progress(tx.conn(), id, 40)?)).await?;
    let file = packing::pack(&state.settings.data_dir, &state.files, everything, now).await?;
    state.db.write(move |tx| Ok(exports::set_progress(tx.conn(), id, 80)?)).await?;
    let size = file.metadata().map_err(|cause| AppError::unavailable().because(cause))?.len();
    state.files.put_file(&files::export(id), file).await?;
    state.db.write(move |tx| Ok(exports::set_ready(tx.conn(), id, size, now)?)).await.map(drop)
}

/// Deletes packages whose time is over: the file first. One that is being packed waits until it is, or its file would be left.
///
/// # Errors
/// When the database or the file store fails.
pub async fn delete_old_packages(state: &AppState) -> Result<(), AppError> {
    let now = state.clock.now();
    for id in
        state.db.read(move |conn| Ok(exports::list_expired(conn, now, now - PACKER_IS_GONE_AFTER)?)).await?
    {
        state.files.delete(&files::export(id)).await?;
        state.db.write(move |tx| Ok(exports::delete(tx.conn(), id)?)).await?;
    }
    Ok(())
}

/// Deletes files that were uploaded and not sent within a day, unless a draft is about them.
///
/// # Errors
/// When the database or the file store fails.
pub async fn forget_unsent(state: &AppState) -> Result<(), AppError> {
    let now = state.clock.now();
    let (before, abandoned) = (now - UNSENT_KEPT_FOR, now - UPLOAD_ENDS_WITHIN);
    for id in state.db.read(move |conn| Ok(attachments::list_forgotten(conn, before, abandoned)?)).await? {
        receiving::forget(state, id).await?;
    }
    Ok(())
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
    clients::delete_assertions_before(tx.conn(), now)?;
    clients::delete_codes_before(tx.conn(), now - CODES_KEPT_FOR)?;
    oidc::delete_attempts_before(tx.conn(), now - ATTEMPTS_KEPT_FOR)?;
    mandates::delete_visits_before(tx.conn(), now - ATTEMPTS_KEPT_FOR)?;
    oidc::delete_sessions_before(tx.conn(), now)?;
    sessions::delete_tokens_of_sessions_before(tx.conn(), now)?;
    sessions::delete_before(tx.conn(), now - SESSIONS_KEPT_FOR)?;
    drafts::delete_before(tx.conn(), now - DRAFTS_KEPT_FOR)?;
    notifications::delete_before(tx.conn(), now - NOTICES_KEPT_FOR)?;
    promises::delete_answers_before(tx.conn(), now - ANSWERS_KEPT_FOR)?;
    events::delete_free_slots_before(tx.conn(), now - FREE_SLOTS_KEPT_FOR)?;
    Ok(())
}
