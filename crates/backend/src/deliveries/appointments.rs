//! Telling the patient information system that a citizen does not come.

use actix_web::web::Data;
use omasote_types::ids::EventId;
use omasote_types::records::RecordTrouble;
use tokio::time::timeout;

use super::chance;
use crate::app::AppState;
use crate::db::Tx;
use crate::ehr::Ehr;
use crate::error::AppError;
use crate::repos::outbox::Delivery;
use crate::services::events;
use crate::services::outbox::{Attempt, Next};

pub(super) async fn deliver(state: &Data<AppState>, ehr: &Ehr, delivery: Delivery) -> Result<bool, AppError> {
    let id = EventId::from_uuid(delivery.subject);
    let wanted = state.db.read(move |conn| events::prepare(conn, id)).await?;
    let attempt = match &wanted {
        Some(wanted) => timeout(ehr.patience(), ehr.call_off(wanted))
            .await
            .unwrap_or(Attempt::Passing(RecordTrouble::Unreachable, None)),
        None => Attempt::Delivered,
    };
    let (now, chance) = (state.clock.now(), chance()?);
    let settle = move |tx: &mut Tx<'_>| events::settle(tx, &delivery, &attempt, (now, chance));
    match state.db.write(settle).await? {
        Some(Next::Person) => {
            tracing::warn!(event = %id, "the patient information system does not take that a citizen does not come");
        }
        Some(Next::Again) => tracing::info!(event = %id, "not called off there yet"),
        Some(Next::Done) => tracing::info!(event = %id, "called off in the patient information system"),
        None => tracing::warn!(event = %id, "a delivery took so long that another server took it"),
    }
    Ok(wanted.is_some())
}
