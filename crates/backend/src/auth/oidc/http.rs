//! How providers are asked: by TLS, without following redirects, within a time and a size.

use std::time::Duration;

use openidconnect::http::Response;
use openidconnect::{HttpRequest, HttpResponse};

const CONNECT_PATIENCE: Duration = Duration::from_secs(5);
const PATIENCE: Duration = Duration::from_secs(10);
const MAX_ANSWER_BYTES: usize = 1024 * 1024;

/// Asks providers.
#[derive(Clone, Debug)]
pub(crate) struct Asker(reqwest::Client);

/// Why a provider did not answer. What it said stays out of it.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NoAnswer {
    /// It cannot be reached, or not in time.
    #[error("the provider cannot be reached")]
    Unreachable(#[source] reqwest::Error),
    /// The answer is larger than any that makes sense.
    #[error("the provider's answer is too large")]
    TooLarge,
    /// The answer is none that HTTP knows.
    #[error("the provider's answer is not readable")]
    Unreadable(#[from] openidconnect::http::Error),
}

impl Asker {
    /// An asker that keeps its connections.
    pub(super) fn new() -> Result<Self, reqwest::Error> {
        Self::patient_for(PATIENCE)
    }

    /// An asker that waits so long for an answer.
    pub(crate) fn patient_for(patience: Duration) -> Result<Self, reqwest::Error> {
        let builder = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
        Ok(Self(builder.connect_timeout(CONNECT_PATIENCE.min(patience)).timeout(patience).build()?))
    }

    /// Asks.
    pub(crate) async fn ask(self, request: HttpRequest) -> Result<HttpResponse, NoAnswer> {
        let (parts, body) = request.into_parts();
        let asked = self.0.request(parts.method, parts.uri.to_string()).headers(parts.headers).body(body);
        let mut answer = asked.send().await.map_err(unreachable)?;
        let mut response = Response::builder().status(answer.status());
        if let Some(headers) = response.headers_mut() {
            headers.clone_from(answer.headers());
        }
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(unreachable)? {
            if body.len() + chunk.len() > MAX_ANSWER_BYTES {
                return Err(NoAnswer::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(response.body(body)?)
    }
}

/// Without the address, whose query may hold what is nobody's business.
fn unreachable(cause: reqwest::Error) -> NoAnswer {
    NoAnswer::Unreachable(cause.without_url())
}
