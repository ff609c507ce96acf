//! Delivering what the outbox holds: takes what is due, asks the system outside, keeps what came of it.
//!
//! Belongs here: the work of one server, of which several may run. Does not: when something is due again (`services/outbox`), or
//! how a system is asked (`ehr`, `notifying`).

use std::time::Duration;

use actix_web::web::Data;
use futures_util::future::join_all;

use crate::app::AppState;
use crate::ehr::Ehr;
use crate::error::AppError;
use crate::repos::outbox::{self, Delivery, DeliveryKind};
use crate::services::outbox::claim;

mod appointments;
mod notices;
mod records;

const PAUSE: Duration = Duration::from_secs(1);
/// How many deliveries of a server are under way at the same time.
const AT_ONCE: usize = 8;
/// How many are looked at to find so many that can be taken.
const LOOKED_AT: i64 = 64;
/// How long keeping what came of a delivery may take, before another server takes it.
const MARGIN: Duration = Duration::from_secs(30);

/// Delivers what is due, for as long as the server runs.
pub async fn keep_delivering(state: Data<AppState>) {
    loop {
        if let Err(error) = deliver_due(&state).await {
            tracing::error!(%error, "what waits to be delivered could not be looked after; trying again in a moment");
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// Delivers what is due, until nothing is that can be taken; says how many times a system outside was asked.
///
/// # Errors
/// When the database fails: what was on its way is tried again when its time is over.
pub async fn deliver_due(state: &Data<AppState>) -> Result<usize, AppError> {
    // Entries wait until there is a patient information system. Notices that cannot be sent are left out: later they would be old.
    let mut kinds = vec![DeliveryKind::Notice];
    if state.ehr.is_some() {
        kinds.extend([DeliveryKind::Record, DeliveryKind::Appointment]);
    }
    let mut tried = 0;
    loop {
        let taken = take_due(state, kinds.clone()).await?;
        if taken.is_empty() {
            return Ok(tried);
        }
        for was_tried in join_all(taken.into_iter().map(|delivery| deliver(state, delivery))).await {
            tried += usize::from(was_tried?);
        }
    }
}

async fn take_due(state: &Data<AppState>, kinds: Vec<DeliveryKind>) -> Result<Vec<Delivery>, AppError> {
    let now = state.clock.now();
    let due = state.db.read(move |conn| Ok(outbox::list_due(conn, &kinds, now, LOOKED_AT)?)).await?;
    let mut taken = Vec::new();
    for delivery in due {
        if taken.len() == AT_ONCE {
            break;
        }
        let until = now + patience(state, delivery.kind) + MARGIN;
        taken.extend(state.db.write(move |tx| claim(tx, delivery, now, until)).await?);
    }
    Ok(taken)
}

fn patience(state: &AppState, kind: DeliveryKind) -> Duration {
    match kind {
        DeliveryKind::Record | DeliveryKind::Appointment => {
            state.ehr.as_ref().map(Ehr::patience).unwrap_or_default()
        }
        DeliveryKind::Notice => state.notifier.patience(),
    }
}

/// Looks after a delivery; says whether a system outside was asked.
async fn deliver(state: &Data<AppState>, delivery: Delivery) -> Result<bool, AppError> {
    match (delivery.kind, &state.ehr) {
        (DeliveryKind::Notice, _) => notices::deliver(state, delivery).await,
        (DeliveryKind::Record, Some(ehr)) => records::deliver(state, ehr, delivery).await,
        (DeliveryKind::Appointment, Some(ehr)) => appointments::deliver(state, ehr, delivery).await,
        (DeliveryKind::Record | DeliveryKind::Appointment, None) => Ok(false),
    }
}

fn chance() -> Result<u16, AppError> {
    let mut bytes = [0_u8; 2];
    getrandom::fill(&mut bytes).map_err(|_| AppError::internal("no randomness"))?;
    Ok(u16::from_le_bytes(bytes))
}
