//! Files that are sent with messages.

use actix_web::http::header::{
    CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, Charset, ContentDisposition, DispositionParam,
    DispositionType, ExtendedValue,
};
use actix_web::web::{Data, Path, Payload, Query};
use actix_web::{FromRequest, HttpRequest, HttpResponse, delete, get, post};
use omasote_types::attachments::{Attachment, FILE_NAME_HEADER, PlaceQuery};
use omasote_types::ids::AttachmentId;
use std::future::{Ready, ready};

use super::extract::CitizenPath;
use crate::app::AppState;
use crate::auth::Caller;
use crate::error::{AppError, Refusals};
use crate::routing::ServiceConfig;
use crate::services::attachments::{self, Place};
use crate::{files, receiving};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(create_attachment).service(get_attachment).service(delete_attachment);
}

/// The header that names a file. A name that cannot be read is no name.
struct FileName(String);

impl FromRequest for FileName {
    type Error = AppError;
    type Future = Ready<Result<Self, AppError>>;

    fn from_request(request: &HttpRequest, _: &mut actix_web::dev::Payload) -> Self::Future {
        let header = request.headers().get(FILE_NAME_HEADER).and_then(|value| value.to_str().ok());
        let pair = format!("name={}", header.unwrap_or_default().replace('+', "%2B"));
        let name = form_urlencoded::parse(pair.as_bytes()).next().map(|(_, name)| name.into_owned());
        ready(Ok(Self(name.unwrap_or_default())))
    }
}

/// Uploads a file that a message will take along: name its id in the message. What is not sent within a day is forgotten, unless a
/// draft at the same place is kept. What a photo tells beside the picture (place, time, device) is taken out.
#[utoipa::path(tag = "attachments", params(
    ("citizenId" = String, Path, description = "The citizen's id, or `me`"), PlaceQuery,
    ("Omasote-File-Name" = Option<String>, Header, description = "What the file is called, percent-encoded UTF-8"),
), request_body(
    content = Vec<u8>, content_type = "application/octet-stream",
    description = "The file: PDF, JPEG, PNG or HEIC by its content, at most 20 MB",
), responses(
    (status = 201, description = "The file", body = Attachment),
    Refusals,
))]
#[post("/citizens/{citizenId}/attachments")]
async fn create_attachment(
    state: Data<AppState>,
    Caller(actor): Caller,
    citizen: Path<CitizenPath>,
    place: Query<PlaceQuery>,
    name: FileName,
    body: Payload,
) -> Result<HttpResponse, AppError> {
    let at = Place { citizen: citizen.into_inner().of(&actor)?, thread: place.thread };
    let announce = move |tx: &mut crate::db::Tx<'_>, call: &mut crate::audit::Call| {
        attachments::create_attachment(tx, call, at)
    };
    let id = state.write_as(actor, "createAttachment", announce).await?;
    let file = receiving::receive(&state, id, &name.0, body).await?;
    Ok(HttpResponse::Created().json(file))
}

/// The content of a file.
#[utoipa::path(tag = "attachments", params(
    ("attachmentId" = AttachmentId, Path, description = "The file"),
), responses(
    (status = 200, description = "The content, with its type and its name", content(
        (Vec<u8> = "application/pdf"), (Vec<u8> = "image/jpeg"), (Vec<u8> = "image/png"), (Vec<u8> = "image/heic"),
    )),
    Refusals,
))]
#[get("/attachments/{attachmentId}")]
async fn get_attachment(
    state: Data<AppState>,
    Caller(actor): Caller,
    id: Path<AttachmentId>,
) -> Result<HttpResponse, AppError> {
    let id = id.into_inner();
    let file = state
        .read_as(actor, "getAttachment", move |conn, call| attachments::get_attachment(conn, call, id))
        .await?;
    let (size, content) = state.files.open(&files::attachment(id)).await?;
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, file.media_type.as_str()))
        .insert_header((CONTENT_LENGTH, size))
        .insert_header(disposition(file.name))
        // Whatever a browser makes of it, it runs nothing and reaches nothing.
        .insert_header((CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'; frame-ancestors 'none'"))
        .streaming(content))
}

/// To be saved, under its name.
fn disposition(name: String) -> ContentDisposition {
    let plain = name.chars().map(|letter| if letter.is_ascii() { letter } else { '_' }).collect();
    let extended = ExtendedValue {
        charset: Charset::Ext("UTF-8".to_owned()),
        language_tag: None,
        value: name.into_bytes(),
    };
    ContentDisposition {
        disposition: DispositionType::Attachment,
        parameters: vec![DispositionParam::Filename(plain), DispositionParam::FilenameExt(extended)],
    }
}

/// Takes back a file that was not sent.
#[utoipa::path(tag = "attachments", params(
    ("attachmentId" = AttachmentId, Path, description = "The file"),
), responses(
    (status = 204, description = "Deleted"),
    Refusals,
))]
#[delete("/attachments/{attachmentId}")]
async fn delete_attachment(
    state: Data<AppState>,
    Caller(actor): Caller,
    id: Path<AttachmentId>,
) -> Result<HttpResponse, AppError> {
    let id = id.into_inner();
    state
        .write_as(actor, "deleteAttachment", move |tx, call| attachments::delete_attachment(tx, call, id))
        .await?;
    receiving::forget(&state, id).await?;
    Ok(HttpResponse::NoContent().finish())
}
