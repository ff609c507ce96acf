//! By what the patient information system says that appointments have changed: a hook of a FHIR R4 Subscription. What it sends is not
//! read: it is a hint to fetch what has changed.

use actix_web::http::header::AUTHORIZATION;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, post, put};
use omasote_types::error::ErrorCode;
use sha2::{Digest, Sha256};

use crate::app::AppState;
use crate::error::{AppError, Refusals};
use crate::routing::ServiceConfig;

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(hint_appointments).service(hint_appointment);
}

/// Something has changed among the appointments of the patient information system: they are fetched soon. For that system, with the
/// secret of the settings as its bearer token; as FHIR R4 has a Subscription of the channel `rest-hook` without a payload.
#[utoipa::path(tag = "events", security(()), responses(
    (status = 204, description = "They will be fetched"),
    Refusals,
))]
#[post("/ehr/appointments")]
async fn hint_appointments(state: Data<AppState>, request: HttpRequest) -> Result<HttpResponse, AppError> {
    hint(&state, &request)
}

/// The same for a Subscription with a payload, which is not read.
#[utoipa::path(tag = "events", security(()), params(
    ("appointmentId" = String, Path, description = "What that system calls the appointment"),
), responses(
    (status = 204, description = "It will be fetched"),
    Refusals,
))]
#[put("/ehr/appointments/Appointment/{appointmentId}")]
async fn hint_appointment(
    state: Data<AppState>,
    request: HttpRequest,
    _id: Path<String>,
) -> Result<HttpResponse, AppError> {
    hint(&state, &request)
}

fn hint(state: &AppState, request: &HttpRequest) -> Result<HttpResponse, AppError> {
    let ehr = state.ehr.as_ref().ok_or_else(AppError::not_found)?;
    let secret = ehr.appointments().and_then(|settings| settings.hook_secret.as_ref());
    let secret = secret.ok_or_else(AppError::not_found)?;
    let given = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let given = given.and_then(|value| value.strip_prefix("Bearer ")).unwrap_or_default();
    // Of digests the time of comparing tells nothing of what was compared.
    if Sha256::digest(given) != Sha256::digest(secret.as_str()) {
        return Err(AppError::of(ErrorCode::Unauthenticated));
    }
    ehr.hint();
    Ok(HttpResponse::NoContent().finish())
}
