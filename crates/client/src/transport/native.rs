//! Requests by reqwest, which keeps the session's cookies.

use std::time::Duration;

use omasote_types::sessions::App;

use super::{Answer, Body, Method, Request};
use crate::error::{ClientError, ClientResult};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const TIMEOUT: Duration = Duration::from_secs(60);

#[derive(Clone, Debug)]
pub(crate) struct Transport {
    http: reqwest::Client,
}

impl Transport {
    pub(crate) fn new() -> ClientResult<Self> {
        let builder = reqwest::Client::builder().cookie_store(true);
        let builder = builder.connect_timeout(CONNECT_TIMEOUT).timeout(TIMEOUT);
        let http = builder.build().map_err(|_| ClientError::Unreachable)?;
        Ok(Self { http })
    }

    pub(crate) async fn send(&self, url: &str, app: App, request: &Request) -> ClientResult<Answer> {
        let method = match request.method {
            Method::Get => reqwest::Method::GET,
            Method::Post => reqwest::Method::POST,
            Method::Put => reqwest::Method::PUT,
            Method::Patch => reqwest::Method::PATCH,
            Method::Delete => reqwest::Method::DELETE,
        };
        let mut builder = self.http.request(method, url).header(App::HEADER, app.as_str());
        if let Some((name, value)) = &request.header {
            builder = builder.header(*name, value);
        }
        builder = match &request.body {
            Body::Nothing => builder,
            Body::Json(body) => builder.header("content-type", "application/json").body(body.clone()),
            Body::File(content) => {
                builder.header("content-type", "application/octet-stream").body(content.clone())
            }
        };
        let response = builder.send().await.map_err(|_| ClientError::Unreachable)?;
        let status = response.status().as_u16();
        let body = response.text().await.map_err(|_| ClientError::Unreachable)?;
        Ok(Answer { status, body })
    }
}
