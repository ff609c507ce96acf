//! Delivering what the outbox holds: takes what is due, asks the system outside, keeps what came of it.
//!
//! Belongs here: the work of one server, of which several may run. Does not: when something is due again (`services/outbox`), or
//! how a system is asked (`ehr`).

use std::time::Duration;

use actix_web::web::Data;
use futures_util::future::join_all;
use omasote_types::ids::RecordId;
use omasote_types::records::RecordTrouble;
use tokio::time::timeout;

use crate::app::AppState;
use crate::db::Tx;
use crate::ehr::Ehr;
use crate::error::AppError;
use crate::repos::outbox::{self, Delivery};
use crate::services::outbox::{Attempt, Next, claim};
use crate::services::records::{self, Outcome, Prepared};

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

/// Delivers what is due, until nothing is that can be taken; says how many times something was tried.
///
/// # Errors
/// When the database fails: what was on its way is tried again when its time is over.
pub async fn deliver_due(state: &Data<AppState>) -> Result<usize, AppError> {
    let Some(ehr) = &state.ehr else { return Ok(0) };
    let mut tried = 0;
    loop {
        let now = state.clock.now();
        let due = state.db.read(move |conn| Ok(outbox::list_due(conn, now, LOOKED_AT)?)).await?;
        let mut taken = Vec::new();
        for delivery in due {
            if taken.len() == AT_ONCE {
                break;
            }
            let until = now + ehr.patience() + MARGIN;
            taken.extend(state.db.write(move |tx| claim(tx, delivery, now, until)).await?);
        }
        if taken.is_empty() {
            return Ok(tried);
        }
        tried += taken.len();
        let delivered = join_all(taken.into_iter().map(|delivery| deliver(state, ehr, delivery))).await;
        delivered.into_iter().collect::<Result<(), AppError>>()?;
    }
}

async fn deliver(state: &Data<AppState>, ehr: &Ehr, delivery: Delivery) -> Result<(), AppError> {
    let id = RecordId::from_uuid(delivery.subject);
    let outcome = match prepared(state, id).await? {
        Prepared::Stopped(trouble) => Outcome::without_patient(Attempt::Lasting(trouble)),
        Prepared::Ready(outgoing) => {
            let saved = timeout(ehr.patience(), ehr.save(&outgoing, delivery.turn > 1)).await;
            let late = Attempt::Passing(RecordTrouble::Unreachable, None);
            saved.unwrap_or_else(|_| Outcome::without_patient(late))
        }
    };
    let (now, chance) = (state.clock.now(), chance()?);
    let kept = outcome.clone();
    let settle = move |tx: &mut Tx<'_>| records::settle(tx, &delivery, &kept, (now, chance));
    let next = state.db.write(settle).await?;
    tell(id, delivery.turn, &outcome, next);
    Ok(())
}

async fn prepared(state: &Data<AppState>, id: RecordId) -> Result<Prepared, AppError> {
    let inner = state.clone();
    state.db.read(move |conn| records::prepare(conn, &inner.vault, id)).await
}

fn chance() -> Result<u16, AppError> {
    let mut bytes = [0_u8; 2];
    getrandom::fill(&mut bytes).map_err(|_| AppError::internal("no randomness"))?;
    Ok(u16::from_le_bytes(bytes))
}

fn tell(id: RecordId, turn: i32, outcome: &Outcome, next: Option<Next>) {
    let trouble = match outcome.attempt {
        Attempt::Delivered => "",
        Attempt::Passing(trouble, _) | Attempt::Lasting(trouble) => trouble.code(),
    };
    match next {
        Some(Next::Done) => tracing::info!(record = %id, turn, "saved to the patient record"),
        Some(Next::Again) => {
            tracing::info!(record = %id, turn, trouble, "not saved to the patient record yet")
        }
        Some(Next::Person) => {
            tracing::warn!(record = %id, turn, trouble, "not saved to the patient record; waits for a person");
        }
        None => tracing::warn!(record = %id, turn, "a delivery took so long that another server took it"),
    }
}
