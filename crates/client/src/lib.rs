//! A typed client of the Omasote API: one method per operation, named as the operation is.
//!
//! Belongs here: how a request is written and an answer is read. Does not: what the answers mean to a user.
//!
//! Natively the requests go out by reqwest, which keeps the session's cookies; in the browser by its own `fetch`.

mod accounts;
mod attachments;
mod audit;
mod care;
mod clients;
mod data_rights;
mod drafts;
mod error;
mod events;
mod exports;
mod guides;
mod idempotency;
pub mod json;
mod mandates;
mod measurements;
mod messages;
mod notifications;
mod people;
mod promises;
mod proxies;
mod questionnaires;
mod records;
mod scheduling;
mod second_factors;
mod sessions;
mod tasks;
mod templates;
mod transport;
mod units;
mod views;

pub use attachments::FileContent;
pub use error::{ClientError, ClientResult};
pub use idempotency::IdempotencyKey;
use omasote_types::error::ErrorCode;
use omasote_types::sessions::{App, Renewal};
use serde::Serialize;
use serde::de::DeserializeOwned;
use transport::{Method, Request, Sending, Transport};

/// A client of one server, with the session of one person.
#[derive(Clone, Debug)]
pub struct Client {
    base: String,
    app: App,
    transport: Transport,
    /// For how many seconds the person has not used the session.
    unused_seconds: fn() -> u32,
}

impl Client {
    /// A client of the server at `base` (such as `https://omasote.example`, no slash at the end) that uses the
    /// session of `app`. Connects to nothing yet.
    ///
    /// # Errors
    /// When the platform's HTTP cannot be set up.
    pub fn new(base: &str, app: App) -> ClientResult<Self> {
        Ok(Self { base: base.to_owned(), app, transport: Transport::new()?, unused_seconds: || 0 })
    }

    /// Has the server told for how many seconds the person has not used the session, when it is refreshed. A client that is
    /// not told this is in use whenever it asks something.
    #[must_use]
    pub fn telling_use(mut self, unused_seconds: fn() -> u32) -> Self {
        self.unused_seconds = unused_seconds;
        self
    }

    async fn get<T: DeserializeOwned>(&self, path: &str) -> ClientResult<T> {
        let answer = self.send(Request::new(Method::Get, path)).await?;
        answer.json()
    }

    async fn post<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> ClientResult<T> {
        let answer = self.send(Request::new(Method::Post, path).json(body)?).await?;
        answer.json()
    }

    async fn post_once<T: DeserializeOwned>(
        &self,
        path: &str,
        body: &impl Serialize,
        key: &IdempotencyKey,
    ) -> ClientResult<T> {
        let answer = self.send(Request::new(Method::Post, path).json(body)?.once(key)).await?;
        answer.json()
    }

    async fn put<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> ClientResult<T> {
        self.send(Request::new(Method::Put, path).json(body)?).await?.json()
    }

    /// Changes a version of a shared thing.
    async fn put_version<T: DeserializeOwned>(
        &self,
        path: &str,
        version: u32,
        body: &impl Serialize,
    ) -> ClientResult<T> {
        self.send(Request::new(Method::Put, path).json(body)?.of_version(version)).await?.json()
    }

    /// Does something with a version of a shared thing, without a body.
    async fn post_version<T: DeserializeOwned>(&self, path: &str, version: u32) -> ClientResult<T> {
        self.send(Request::new(Method::Post, path).of_version(version)).await?.json()
    }

    async fn put_for_nothing(&self, path: &str, body: &impl Serialize) -> ClientResult<()> {
        self.send(Request::new(Method::Put, path).json(body)?).await.map(drop)
    }

    async fn patch<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> ClientResult<T> {
        self.send(Request::new(Method::Patch, path).json(body)?).await?.json()
    }

    async fn post_for_nothing(&self, path: &str, body: &impl Serialize) -> ClientResult<()> {
        self.send(Request::new(Method::Post, path).json(body)?).await.map(drop)
    }

    /// Without a body, with an answer.
    async fn ask<T: DeserializeOwned>(&self, method: Method, path: &str) -> ClientResult<T> {
        self.send(Request::new(method, path)).await?.json()
    }

    /// Does something with a version of a shared thing.
    async fn ask_version<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        version: u32,
    ) -> ClientResult<T> {
        self.send(Request::new(method, path).of_version(version)).await?.json()
    }

    async fn delete(&self, path: &str) -> ClientResult<()> {
        self.send(Request::new(Method::Delete, path)).await.map(drop)
    }

    /// Sends; when the access token's time is over, refreshes the session and sends once more.
    fn send(&self, request: Request) -> Sending<'_> {
        Box::pin(async move {
            let first = self.send_once(&request).await;
            match first {
                Err(error) if error.code() == Some(ErrorCode::ExpiredToken) => {
                    self.send_once(&self.renewal()?).await?;
                    self.send_once(&request).await
                }
                outcome => outcome,
            }
        })
    }

    fn renewal(&self) -> ClientResult<Request> {
        let renewal = Renewal { unused_seconds: (self.unused_seconds)() };
        Request::new(Method::Post, "sessions/refresh").json(&renewal)
    }

    fn send_once<'a>(&'a self, request: &'a Request) -> Sending<'a> {
        Box::pin(async move {
            let url = format!("{}/api/v1/{}", self.base, request.path);
            self.transport.send(&url, self.app, request).await?.checked()
        })
    }
}

/// Writes `?name=value&…` of the values that are there; empty when none is.
fn query(pairs: &[(&str, Option<&str>)]) -> String {
    let present = pairs.iter().filter_map(|(name, value)| value.map(|value| (*name, value)));
    let mut written = form_urlencoded::Serializer::new(String::new());
    written.extend_pairs(present);
    let written = written.finish();
    if written.is_empty() { written } else { format!("?{written}") }
}
