//! The seam between the typed methods and the platform's HTTP: reqwest natively, `fetch` in the browser.

use std::pin::Pin;

#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(not(target_arch = "wasm32"))]
mod native;

#[cfg(target_arch = "wasm32")]
pub(crate) use browser::Transport;
#[cfg(not(target_arch = "wasm32"))]
pub(crate) use native::Transport;
use omasote_types::error::ApiError;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::attachments::FileContent;
use crate::error::{ClientError, ClientResult};
use crate::idempotency::IdempotencyKey;
use crate::json;

/// An answer on its way. Boxed, for the browser's sake: it is compiled once, not into every operation.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) type Sending<'a> = Pin<Box<dyn Future<Output = ClientResult<Answer>> + Send + 'a>>;
/// An answer on its way; the browser's things stay in its one thread.
#[cfg(target_arch = "wasm32")]
pub(crate) type Sending<'a> = Pin<Box<dyn Future<Output = ClientResult<Answer>> + 'a>>;

#[derive(Clone, Copy, Debug)]
pub(crate) enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

/// What is sent.
#[derive(Debug)]
pub(crate) enum Body {
    Nothing,
    Json(String),
    File(FileContent),
}

#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) method: Method,
    /// Below `/api/v1/`, the query with it.
    pub(crate) path: String,
    pub(crate) body: Body,
    /// A header beside the usual ones.
    pub(crate) header: Option<(&'static str, String)>,
}

impl Request {
    pub(crate) fn new(method: Method, path: &str) -> Self {
        Self { method, path: path.to_owned(), body: Body::Nothing, header: None }
    }

    pub(crate) fn json(mut self, body: &impl Serialize) -> ClientResult<Self> {
        self.body = Body::Json(json::write(body).ok_or(ClientError::Unreadable { status: 0 })?);
        Ok(self)
    }

    pub(crate) fn with_file(mut self, content: FileContent) -> Self {
        self.body = Body::File(content);
        self
    }

    pub(crate) fn once(mut self, key: &IdempotencyKey) -> Self {
        self.header = Some(("idempotency-key", key.as_str().to_owned()));
        self
    }

    pub(crate) fn of_version(mut self, version: u32) -> Self {
        self.header = Some(("if-match", format!("\"{version}\"")));
        self
    }
}

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: String,
}

impl Answer {
    /// Turns a refusal into an error.
    pub(crate) fn checked(self) -> ClientResult<Self> {
        if (200..300).contains(&self.status) {
            return Ok(self);
        }
        match json::read::<ApiError>(&self.body) {
            Some(problem) => Err(ClientError::Refused(Box::new(problem))),
            None => Err(ClientError::Unreadable { status: self.status }),
        }
    }

    pub(crate) fn json<T: DeserializeOwned>(&self) -> ClientResult<T> {
        json::read(&self.body).ok_or(ClientError::Unreadable { status: self.status })
    }
}
