//! Errors as HTTP: `application/problem+json` for each, whoever found it.

use actix_web::body::BoxBody;
use actix_web::error::{JsonPayloadError, PathError, QueryPayloadError, UrlencodedError};
use actix_web::http::StatusCode;
use actix_web::http::header::{RETRY_AFTER, WWW_AUTHENTICATE};
use actix_web::{HttpRequest, HttpResponse, ResponseError};
use omasote_types::error::{ApiError, ErrorCode};

use super::AppError;

/// The media type of every error.
pub const MEDIA_TYPE: &str = "application/problem+json";

/// The refusals and failures of every operation, for the OpenAPI document.
#[derive(Clone, Debug, utoipa::IntoResponses)]
pub enum Refusals {
    /// Refused
    #[response(status = "4XX", content_type = "application/problem+json")]
    Refused(ApiError),
    /// Failed
    #[response(status = "5XX", content_type = "application/problem+json")]
    Failed(ApiError),
}

impl ResponseError for AppError {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.code().status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse<BoxBody> {
        let mut response = HttpResponse::build(self.status_code());
        if let Some(seconds) = self.inner.retry_after_seconds {
            response.insert_header((RETRY_AFTER, seconds.to_string()));
        }
        if self.status_code() == StatusCode::UNAUTHORIZED {
            response.insert_header((WWW_AUTHENTICATE, "Bearer"));
        }
        response.content_type(MEDIA_TYPE).json(problem(self))
    }
}

fn problem(error: &AppError) -> ApiError {
    let mut problem = ApiError::new(error.code());
    problem.detail.clone_from(&error.inner.detail);
    problem.errors.clone_from(&error.inner.fields);
    problem
}

/// The body of `error` with the request's id in it.
#[must_use]
pub fn body_of(error: &AppError, request_id: &str) -> String {
    let mut problem = problem(error);
    problem.request_id = Some(request_id.to_owned());
    serde_json::to_string(&problem).unwrap_or_default()
}

/// A body that cannot be read.
#[expect(clippy::needless_pass_by_value, reason = "the HTTP library hands the error over")]
pub fn json_error(error: JsonPayloadError, _: &HttpRequest) -> actix_web::Error {
    let refused = match &error {
        JsonPayloadError::ContentType => AppError::of(ErrorCode::UnsupportedMediaType)
            .detail("the body must come with content-type: application/json"),
        JsonPayloadError::OverflowKnownLength { .. } | JsonPayloadError::Overflow { .. } => {
            AppError::of(ErrorCode::BodyTooLarge)
        }
        JsonPayloadError::Deserialize(why) => AppError::of(ErrorCode::MalformedBody).detail(why.to_string()),
        _ => AppError::of(ErrorCode::MalformedBody),
    };
    refused.into()
}

/// A form that cannot be read.
#[expect(clippy::needless_pass_by_value, reason = "the HTTP library hands the error over")]
pub fn form_error(error: UrlencodedError, _: &HttpRequest) -> actix_web::Error {
    let refused = match &error {
        UrlencodedError::ContentType => AppError::of(ErrorCode::UnsupportedMediaType)
            .detail("the body must come with content-type: application/x-www-form-urlencoded"),
        UrlencodedError::Overflow { .. } => AppError::of(ErrorCode::BodyTooLarge),
        _ => AppError::of(ErrorCode::MalformedBody),
    };
    refused.into()
}

/// A path parameter that is not of its form.
pub fn path_error(_: PathError, _: &HttpRequest) -> actix_web::Error {
    AppError::of(ErrorCode::InvalidParameter).detail("an id in the path is not a UUID").into()
}

/// Query parameters that are unknown or not of their form.
#[expect(clippy::needless_pass_by_value, reason = "the HTTP library hands the error over")]
pub fn query_error(error: QueryPayloadError, _: &HttpRequest) -> actix_web::Error {
    AppError::of(ErrorCode::InvalidParameter).detail(error.to_string()).into()
}
