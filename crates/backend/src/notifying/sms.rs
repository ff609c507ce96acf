//! The gateway of text messages: JSON over HTTP, with the names of its fields from the settings.

use std::time::Duration;

use openidconnect::http::header::{AUTHORIZATION, CONTENT_TYPE, RETRY_AFTER};
use openidconnect::http::{Method, Request, StatusCode};
use serde_json::{Map, Value};

use crate::auth::oidc::http::Asker;
use crate::config::SmsSettings;
use crate::services::notifications::{NoticeTrouble, Outgoing};
use crate::services::outbox::Attempt;

/// The gateway.
pub(super) struct Sms {
    settings: SmsSettings,
    asker: Asker,
}

impl Sms {
    pub(super) fn of(settings: &SmsSettings) -> Result<Self, String> {
        let asker = Asker::patient_for(settings.patience).map_err(|error| error.to_string())?;
        Ok(Self { settings: settings.clone(), asker })
    }

    pub(super) const fn patience(&self) -> Duration {
        self.settings.patience
    }

    pub(super) async fn send(&self, outgoing: &Outgoing, text: &str) -> Attempt<NoticeTrouble> {
        let fields = &self.settings.fields;
        let mut body = Map::new();
        body.insert(fields.to.clone(), Value::from(outgoing.to.as_str()));
        body.insert(fields.text.clone(), Value::from(text));
        if let Some(sender) = &self.settings.sender {
            body.insert(fields.from.clone(), Value::from(sender.as_str()));
        }
        let request = Request::builder()
            .method(Method::POST)
            .uri(&self.settings.url)
            .header(AUTHORIZATION, format!("Bearer {}", self.settings.token.as_str()))
            .header(CONTENT_TYPE, "application/json")
            // Sent twice, it is one message to gateways that know this.
            .header("Idempotency-Key", outgoing.id.to_string())
            .body(Value::Object(body).to_string().into_bytes());
        let Ok(request) = request else { return Attempt::Passing(NoticeTrouble::Denied, None) };
        let Ok(answer) = self.asker.clone().ask(request).await else {
            return Attempt::Passing(NoticeTrouble::Unreachable, None);
        };
        let wish = answer.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok());
        meaning(answer.status(), wish.and_then(|text| text.parse().ok()).map(Duration::from_secs))
    }
}

fn meaning(status: StatusCode, wish: Option<Duration>) -> Attempt<NoticeTrouble> {
    match status {
        status if status.is_success() => Attempt::Delivered,
        StatusCode::BAD_REQUEST | StatusCode::UNPROCESSABLE_ENTITY => {
            Attempt::Lasting(NoticeTrouble::Refused)
        }
        status if status.is_client_error() && status != StatusCode::TOO_MANY_REQUESTS => {
            Attempt::Passing(NoticeTrouble::Denied, wish)
        }
        _ => Attempt::Passing(NoticeTrouble::Unreachable, wish),
    }
}
