//! Saving entries to the patient record.

use actix_web::web::Data;
use omasote_types::ids::RecordId;
use omasote_types::records::RecordTrouble;
use tokio::time::timeout;

use super::chance;
use crate::app::AppState;
use crate::db::Tx;
use crate::ehr::Ehr;
use crate::error::AppError;
use crate::repos::outbox::Delivery;
use crate::services::outbox::{Attempt, Next};
use crate::services::records::{self, Outcome, Prepared};

pub(super) async fn deliver(state: &Data<AppState>, ehr: &Ehr, delivery: Delivery) -> Result<bool, AppError> {
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
    Ok(true)
}

async fn prepared(state: &Data<AppState>, id: RecordId) -> Result<Prepared, AppError> {
    let inner = state.clone();
    state.db.read(move |conn| records::prepare(conn, (&inner.vault, &inner.settings.public_url), id)).await
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
