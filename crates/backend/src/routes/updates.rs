//! The live stream: server-sent events that carry ids only.

use std::time::Duration;

use actix_web::http::header::CACHE_CONTROL;
use actix_web::web::{Bytes, Data};
use actix_web::{HttpResponse, get};
use futures_util::stream::{Stream, unfold};
use omasote_types::sessions::App;
use omasote_types::updates::Update;

use crate::app::AppState;
use crate::auth::Actor;
use crate::error::{AppError, Refusals};
use crate::live::Subscription;
use crate::routing::ServiceConfig;
use crate::services::updates;

/// Keeps proxies from taking a silent stream for a dead one, and lets clients notice a dead one by its silence.
const HEARTBEAT: Duration = Duration::from_secs(20);

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(stream_updates);
}

/// What changes for the signed-in person, as it happens.
///
/// Each event's data is one `Update`; the first is `connected`. A stream that says nothing for more than 20 seconds is
/// dead: open it again and look at everything anew.
#[utoipa::path(tag = "updates", params(
    ("app" = inline(Option<App>), Query, description = "The app whose session it is; `citizen` when absent"),
), responses(
    (status = 200, description = "The stream", body = Update, content_type = "text/event-stream"),
    Refusals,
))]
#[get("/updates")]
async fn stream_updates(state: Data<AppState>, actor: Actor) -> Result<HttpResponse, AppError> {
    let interests = state.db.read(move |conn| updates::interests(conn, &actor)).await?;
    let left = (actor.session_ends_at - state.clock.now()).to_std().unwrap_or_default();
    let events = events(state.hub.subscribe(actor.session, interests), left);
    Ok(HttpResponse::Ok()
        .content_type("text/event-stream")
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header(("x-accel-buffering", "no"))
        .streaming(events))
}

/// Ends with the session, or when the hub closes the subscription.
fn events(subscription: Subscription, left: Duration) -> impl Stream<Item = Result<Bytes, AppError>> {
    let ends = tokio::time::Instant::now() + left;
    let begin = Some(Update::Connected);
    unfold((subscription, begin), move |(mut subscription, begin)| async move {
        if let Some(update) = begin {
            return Some((Ok(event(&update)), (subscription, None)));
        }
        let next = tokio::time::timeout(HEARTBEAT, subscription.next());
        let bytes = match tokio::time::timeout_at(ends, next).await {
            Err(_) | Ok(Ok(None)) => return None,
            Ok(Ok(Some(update))) => event(&update),
            Ok(Err(_)) => event(&Update::Alive),
        };
        Some((Ok(bytes), (subscription, None)))
    })
}

fn event(update: &Update) -> Bytes {
    let data = serde_json::to_string(update).unwrap_or_default();
    Bytes::from(format!("data: {data}\n\n"))
}

#[cfg(test)]
mod tests {
    use futures_util::StreamExt as _;
    use omasote_types::ids::SessionId;

    use super::*;
    use crate::live::Hub;

    #[tokio::test(start_paused = true)]
    async fn a_silent_stream_says_that_it_is_alive_until_the_session_ends() {
        let now = chrono::DateTime::from_timestamp(1_790_000_000, 0).unwrap();
        let hub = Hub::default();
        let subscription = hub.subscribe(SessionId::at(now), Vec::new());
        let heard: Vec<Bytes> = events(subscription, HEARTBEAT * 5 / 2).map(Result::unwrap).collect().await;
        let expected = [Update::Connected, Update::Alive, Update::Alive];
        assert_eq!(heard, expected.each_ref().map(event));
        assert_eq!(hub.open_streams(), 0);
    }
}
