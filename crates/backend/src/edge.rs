//! The edge: what happens to every request and answer, whoever made it. Request id, security headers, problems, one
//! log line, one figure.

use std::error::Error as StdError;
use std::time::Instant as Stopwatch;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{HttpMessage as _, ResponseError as _};
use omasote_types::error::ErrorCode;
use omasote_types::ids::RequestId;
use uuid::Uuid;

use crate::app::AppState;
use crate::error::{AppError, MEDIA_TYPE, body_of};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Sent with every answer, whatever it is.
const SECURITY_HEADERS: &[(&str, &str)] = &[
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("x-frame-options", "DENY"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
];
const NO_CONTENT_POLICY: &str = "default-src 'none'; frame-ancestors 'none'";

/// Put into an error whose form another standard lays down.
#[derive(Clone, Copy, Debug)]
pub struct InOtherWords;

/// The middleware.
///
/// # Errors
/// None of its own: what fails in a route is an answer already.
pub async fn edge(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let state = request.app_data::<Data<AppState>>().cloned();
    let state = state.ok_or_else(|| AppError::internal("no state"))?;
    let (started, id) = (Stopwatch::now(), Uuid::new_v4());
    request.extensions_mut().insert(RequestId::from_uuid(id));
    let id = id.simple().to_string();
    let answer = next.call(request).await?.map_into_boxed_body();
    let mut answer = as_problem(answer, &id);
    add_headers(answer.headers_mut(), &id, &state);
    observe(&answer, &state, &id, started);
    Ok(answer)
}

/// Makes a problem of every error that is none yet, puts the request's id into each, and logs the cause of failures.
fn as_problem(answer: ServiceResponse<BoxBody>, id: &str) -> ServiceResponse<BoxBody> {
    let status = answer.status();
    if !status.is_client_error() && !status.is_server_error() {
        return answer;
    }
    let found = answer.response().error().and_then(|error| error.as_error::<AppError>());
    if let Some(error) = found {
        if status.is_server_error() {
            log_failure(error, id);
        }
        let body = body_of(error, id);
        return answer.map_body(|_, _| BoxBody::new(body));
    }
    if answer.response().extensions().contains::<InOtherWords>() {
        return answer;
    }
    let is_problem = answer.headers().get(CONTENT_TYPE).is_some_and(|kind| kind == MEDIA_TYPE);
    if is_problem {
        return answer;
    }
    let error = AppError::of(code_for(status));
    let body = body_of(&error, id);
    let (request, _) = answer.into_parts();
    ServiceResponse::new(request, error.error_response().set_body(BoxBody::new(body)))
}

/// For refusals that the HTTP library made by itself.
fn code_for(status: StatusCode) -> ErrorCode {
    match status {
        StatusCode::NOT_FOUND => ErrorCode::NotFound,
        StatusCode::METHOD_NOT_ALLOWED => ErrorCode::MethodNotAllowed,
        StatusCode::PAYLOAD_TOO_LARGE => ErrorCode::BodyTooLarge,
        StatusCode::UNSUPPORTED_MEDIA_TYPE => ErrorCode::UnsupportedMediaType,
        status if status.is_client_error() => ErrorCode::InvalidParameter,
        _ => ErrorCode::Internal,
    }
}

/// Once, with the whole chain.
fn log_failure(error: &AppError, id: &str) {
    let mut chain = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        chain = format!("{chain}: {error}");
        cause = error.source();
    }
    tracing::error!(request_id = id, code = error.code().as_str(), "{chain}");
}

fn add_headers(headers: &mut HeaderMap, id: &str, state: &AppState) {
    for (name, value) in SECURITY_HEADERS {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    let policy = HeaderName::from_static("content-security-policy");
    if !headers.contains_key(&policy) {
        headers.insert(policy, HeaderValue::from_static(NO_CONTENT_POLICY));
    }
    let caching = HeaderName::from_static("cache-control");
    if !headers.contains_key(&caching) {
        headers.insert(caching, HeaderValue::from_static("no-store"));
    }
    if !state.settings.is_plain_http() {
        let value = HeaderValue::from_static("max-age=31536000; includeSubDomains");
        headers.insert(HeaderName::from_static("strict-transport-security"), value);
    }
    if let Ok(id) = HeaderValue::from_str(id) {
        headers.insert(REQUEST_ID, id);
    }
}

fn observe(answer: &ServiceResponse<BoxBody>, state: &AppState, id: &str, started: Stopwatch) {
    let request = answer.request();
    let route = request.match_pattern().unwrap_or_else(|| "other".to_owned());
    let (method, status) = (request.method().as_str(), answer.status());
    let seconds = started.elapsed().as_secs_f64();
    // A method we do not know must not add a figure of its own.
    let known = if method.len() <= 7 { method } else { "other" };
    state.metrics.requests(known, &route, status.as_str()).observe(seconds);
    tracing::info!(request_id = id, method = known, route, status = status.as_u16(), seconds, "answered");
}
