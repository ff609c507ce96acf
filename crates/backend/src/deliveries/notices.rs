//! Telling people what waits for them.

use actix_web::web::Data;
use omasote_types::ids::NoticeId;
use tokio::time::timeout;

use super::chance;
use crate::app::AppState;
use crate::db::Tx;
use crate::error::AppError;
use crate::repos::outbox::Delivery;
use crate::services::notifications::{self, NoticeTrouble, Outcome, Prepared};
use crate::services::outbox::Attempt;

pub(super) async fn deliver(state: &Data<AppState>, delivery: Delivery) -> Result<bool, AppError> {
    let id = NoticeId::from_uuid(delivery.subject);
    let (connected, gathering) = (state.notifier.connected(), state.notifier.gathering());
    let now = state.clock.now();
    let prepared =
        state.db.read(move |conn| notifications::prepare(conn, id, (&connected, gathering), now)).await?;
    let outcome = match prepared {
        Prepared::Needless => Outcome::LeftOut,
        Prepared::NotBefore(then) => Outcome::PutOff(then),
        Prepared::Ready(outgoing) => {
            let sent = timeout(state.notifier.patience(), state.notifier.send(&outgoing)).await;
            Outcome::Tried(sent.unwrap_or(Attempt::Passing(NoticeTrouble::Unreachable, None)))
        }
    };
    let (now, chance) = (state.clock.now(), chance()?);
    let settle = move |tx: &mut Tx<'_>| notifications::settle(tx, &delivery, outcome, (now, chance));
    let was_ours = state.db.write(settle).await?;
    tell(id, outcome, was_ours);
    Ok(matches!(outcome, Outcome::Tried(_)))
}

fn tell(id: NoticeId, outcome: Outcome, was_ours: bool) {
    match outcome {
        _ if !was_ours => tracing::warn!(notice = %id, "a notice took so long that another server took it"),
        Outcome::Tried(Attempt::Delivered) => tracing::info!(notice = %id, "somebody was told"),
        Outcome::Tried(Attempt::Passing(NoticeTrouble::Denied, _)) => {
            tracing::warn!(notice = %id, "the mail server or the gateway does not let this service send; trying again");
        }
        Outcome::Tried(Attempt::Passing(..)) => {
            tracing::info!(notice = %id, "somebody could not be told yet")
        }
        Outcome::Tried(Attempt::Lasting(_)) => tracing::info!(notice = %id, "an address is not good"),
        Outcome::PutOff(_) | Outcome::LeftOut => {}
    }
}
