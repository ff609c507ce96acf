//! Requests by the browser's `fetch`; the browser keeps the session's cookies, out of our reach.

use gloo_net::http::{Method as HttpMethod, RequestBuilder};
use omasote_types::sessions::App;

use super::{Answer, Body, Method, Request};
use crate::error::{ClientError, ClientResult};

#[derive(Clone, Debug)]
pub(crate) struct Transport;

impl Transport {
    pub(crate) fn new() -> ClientResult<Self> {
        Ok(Self)
    }

    pub(crate) async fn send(&self, url: &str, app: App, request: &Request) -> ClientResult<Answer> {
        let method = match request.method {
            Method::Get => HttpMethod::GET,
            Method::Post => HttpMethod::POST,
            Method::Put => HttpMethod::PUT,
            Method::Patch => HttpMethod::PATCH,
            Method::Delete => HttpMethod::DELETE,
        };
        let mut builder = RequestBuilder::new(url).method(method).header(App::HEADER, app.as_str());
        if let Some((name, value)) = &request.header {
            builder = builder.header(name, value);
        }
        let built = match &request.body {
            Body::Nothing => builder.build(),
            Body::Json(body) => builder.header("content-type", "application/json").body(body.as_str()),
            Body::File(content) => {
                builder.header("content-type", "application/octet-stream").body(content.clone())
            }
        };
        let ready = built.map_err(|_| ClientError::Unreachable)?;
        let response = ready.send().await.map_err(|_| ClientError::Unreachable)?;
        let status = response.status();
        let body = response.text().await.map_err(|_| ClientError::Unreachable)?;
        Ok(Answer { status, body })
    }
}
