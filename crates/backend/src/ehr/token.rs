//! The token by which the other side lets this service in: OAuth 2.0 client credentials, kept until shortly before it ends.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use form_urlencoded::{Serializer, byte_serialize};
use omasote_types::records::RecordTrouble;
use openidconnect::http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use openidconnect::http::{Method, Request};
use serde::Deserialize;
use tokio::sync::Mutex;
use tokio::time::Instant;

use super::FORM;
use super::answers::{Answer, Trouble};
use crate::auth::oidc::http::Asker;
use crate::config::EhrSettings;

const MAX_TOKEN_CHARACTERS: usize = 8000;
/// Sooner than it ends another is asked for, as it must last until the answer.
const MARGIN: Duration = Duration::from_secs(60);
/// How long a token is kept that does not say how long it lasts.
const USUAL_LIFE: Duration = Duration::from_secs(120);

/// What the other side gave.
#[derive(Deserialize)]
struct Given {
    access_token: String,
    expires_in: Option<u64>,
}

impl Given {
    fn is_usable(&self) -> bool {
        let token = &self.access_token;
        !token.is_empty()
            && token.len() <= MAX_TOKEN_CHARACTERS
            && token.bytes().all(|byte| byte.is_ascii_graphic())
    }
}

struct Kept {
    token: String,
    until: Instant,
}

/// The token in use.
#[derive(Default)]
pub(super) struct Tokens(Mutex<Option<Kept>>);

impl Tokens {
    /// The token in use, or another when its time is over. Who asks meanwhile waits for the same.
    pub(super) async fn get(&self, settings: &EhrSettings, asker: &Asker) -> Result<String, Trouble> {
        let mut kept = self.0.lock().await;
        if let Some(kept) = kept.as_ref().filter(|kept| kept.until > Instant::now()) {
            return Ok(kept.token.clone());
        }
        let given = request(settings, asker).await?;
        let life = given.expires_in.map_or(USUAL_LIFE, Duration::from_secs).min(Duration::from_secs(86_400));
        let until = Instant::now() + life.saturating_sub(MARGIN);
        *kept = Some(Kept { token: given.access_token.clone(), until });
        Ok(given.access_token)
    }

    /// The other side does not take a token any more.
    pub(super) async fn forget(&self, token: &str) {
        let mut kept = self.0.lock().await;
        kept.take_if(|kept| kept.token == token);
    }
}

async fn request(settings: &EhrSettings, asker: &Asker) -> Result<Given, Trouble> {
    let mut form = Serializer::new(String::new());
    form.append_pair("grant_type", "client_credentials");
    if !settings.scopes.is_empty() {
        form.append_pair("scope", &settings.scopes.join(" "));
    }
    // RFC 6749, 2.3.1: both are encoded as in a form, before they are put together.
    let encoded = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
    let credentials =
        format!("{}:{}", encoded(&settings.client_id), encoded(settings.client_secret.as_str()));
    let request = Request::builder()
        .method(Method::POST)
        .uri(&settings.token_url)
        .header(AUTHORIZATION, format!("Basic {}", STANDARD.encode(credentials)))
        .header(CONTENT_TYPE, FORM)
        .header(ACCEPT, "application/json")
        .body(form.finish().into_bytes())
        .map_err(|_| Trouble::Lasting(RecordTrouble::AccessDenied))?;
    let answer = asker.clone().ask(request).await;
    let answer = answer.map_err(|_| Trouble::passing(RecordTrouble::Unreachable))?;
    let wrong = Trouble::passing(RecordTrouble::WrongAnswer);
    let said = Answer::of(&answer).checked().map_err(|trouble| match trouble {
        // "invalid_client", "invalid_scope": nothing that passes by itself.
        Trouble::Lasting(_) => Trouble::Lasting(RecordTrouble::AccessDenied),
        Trouble::Passing(..) => trouble,
    })?;
    let given: Given = serde_json::from_value(said).map_err(|_| wrong)?;
    if given.is_usable() { Ok(given) } else { Err(wrong) }
}
