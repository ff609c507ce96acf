//! Taking a file in: from the network to the disk, past the scanner, known by its content, rid of what it tells beside itself, into
//! the file store.
//!
//! Belongs here: everything that is done with the bytes. Does not: who may (`services/attachments`), and what is known of the file
//! afterwards (`repos/attachments`).

mod heic;
mod jpeg;
mod orientation;
mod png;
mod scanner;
mod sniff;

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};

use actix_web::web::{self, BytesMut, Payload};
use futures_util::StreamExt as _;
use omasote_rules::attachments::clean_name;
use omasote_types::attachments::{Attachment, MAX_ATTACHMENT_BYTES, MediaType};
use omasote_types::error::ErrorCode;
use omasote_types::ids::AttachmentId;

pub use scanner::ScannerAddress;

use crate::app::AppState;
use crate::error::AppError;
use crate::files;
use crate::repos::attachments as repo;

/// So much of a file is in memory while it comes in.
const PIECE: usize = 256 * 1024;

/// What is too large is read on to here, without being kept, so that the answer reaches who sends it.
const PATIENCE_BYTES: u64 = 4 * MAX_ATTACHMENT_BYTES;

/// How many files are looked at at the same time: each is in memory twice while it is.
pub const LOOKED_AT_AT_ONCE: usize = 2;

/// Takes in the content of a file that was announced; when it cannot be taken, it is forgotten.
///
/// # Errors
/// `attachment_empty`, `attachment_too_large`, `attachment_type_not_allowed`, `attachment_broken`, `attachment_infected`,
/// `attachment_not_scanned`; when the disk, the file store or the database fails.
pub async fn receive(
    state: &AppState,
    id: AttachmentId,
    name: &str,
    body: Payload,
) -> Result<Attachment, AppError> {
    let taken = take_in(state, id, name, body).await;
    if let Err(refusal) = &taken {
        if refusal.code() == ErrorCode::AttachmentInfected {
            tracing::warn!(attachment = %id, "malware was found in an upload");
        }
        forget(state, id).await?;
    }
    taken
}

async fn take_in(
    state: &AppState,
    id: AttachmentId,
    name: &str,
    body: Payload,
) -> Result<Attachment, AppError> {
    let folder = state.settings.data_dir.clone();
    let incoming = in_background(move || Ok(tempfile::tempfile_in(folder)?)).await?;
    let incoming = keep_on_disk(incoming, body).await?;
    let permit = state.attachment_permits.acquire().await;
    let _held = permit.map_err(|cause| AppError::unavailable().because(cause))?;
    let scanner = state.settings.clamav.clone();
    let (media_type, content) = in_background(move || look_at(incoming, scanner.as_ref())).await?;
    let bytes = u64::try_from(content.len()).unwrap_or(u64::MAX);
    let file = Attachment { id, name: clean_name(name, media_type), media_type, bytes };
    state.files.put(&files::attachment(id), content).await?;
    let (known, now) = (file.clone(), state.clock.now());
    state.db.write(move |tx| Ok(repo::set_ready(tx.conn(), &known, now)?)).await?;
    Ok(file)
}

/// Deletes a file that was not sent: its content first, so that none is left that nobody knows of.
///
/// # Errors
/// When the file store or the database fails; housekeeping tries again.
pub async fn forget(state: &AppState, id: AttachmentId) -> Result<(), AppError> {
    state.files.delete(&files::attachment(id)).await?;
    state.db.write(move |tx| Ok(repo::delete(tx.conn(), id)?)).await.map(drop)
}

/// The file has no name on the disk: when the server stops it is gone.
async fn keep_on_disk(mut file: File, mut body: Payload) -> Result<File, AppError> {
    let (mut piece, mut size) = (BytesMut::with_capacity(PIECE), 0_u64);
    while let Some(bytes) = body.next().await {
        let bytes = bytes.map_err(|cause| AppError::of(ErrorCode::MalformedBody).because(cause))?;
        size = size.saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        if size > PATIENCE_BYTES {
            break;
        }
        if size > MAX_ATTACHMENT_BYTES {
            continue;
        }
        piece.extend_from_slice(&bytes);
        if piece.len() >= PIECE {
            file = write(file, piece.split()).await?;
        }
    }
    match size {
        0 => Err(AppError::of(ErrorCode::AttachmentEmpty)),
        1..=MAX_ATTACHMENT_BYTES => write(file, piece).await,
        _ => Err(AppError::of(ErrorCode::AttachmentTooLarge)),
    }
}

async fn write(mut file: File, piece: BytesMut) -> Result<File, AppError> {
    in_background(move || {
        file.write_all(&piece)?;
        Ok(file)
    })
    .await
}

/// Has it scanned, knows it by its content, and takes out what it tells beside itself.
fn look_at(mut file: File, scanner: Option<&ScannerAddress>) -> Result<(MediaType, Vec<u8>), Trouble> {
    if let Some(scanner) = scanner {
        file.seek(SeekFrom::Start(0))?;
        match scanner.scan(&mut file) {
            Ok(scanner::Finding::Clean) => {}
            Ok(scanner::Finding::Infected) => return Err(Trouble::Refused(ErrorCode::AttachmentInfected)),
            Err(cause) => return Err(Trouble::NotScanned(cause)),
        }
    }
    let mut content = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    file.read_to_end(&mut content)?;
    clean(content).map_err(Trouble::Refused)
}

/// Knows a file by its content, and takes out what it tells beside itself: where and with what a photo was taken.
///
/// # Errors
/// `attachment_type_not_allowed`, `attachment_broken`.
pub fn clean(content: Vec<u8>) -> Result<(MediaType, Vec<u8>), ErrorCode> {
    let kind = sniff::kind_of(&content).ok_or(ErrorCode::AttachmentTypeNotAllowed)?;
    let cleaned = match kind {
        MediaType::Pdf => Some(content),
        MediaType::Jpeg => jpeg::cleaned(&content),
        MediaType::Png => png::cleaned(&content),
        MediaType::Heic => heic::cleaned(content),
    };
    Ok((kind, cleaned.ok_or(ErrorCode::AttachmentBroken)?))
}

/// Why a file could not be looked at.
#[derive(Debug)]
enum Trouble {
    Refused(ErrorCode),
    NotScanned(std::io::Error),
    Disk(std::io::Error),
}

impl From<std::io::Error> for Trouble {
    fn from(cause: std::io::Error) -> Self {
        Self::Disk(cause)
    }
}

/// How soon a scanner that does not answer is asked again.
const SCANNER_RETRY_SECONDS: u32 = 30;

impl From<Trouble> for AppError {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Refused(code) => Self::of(code),
            Trouble::NotScanned(cause) => Self::of(ErrorCode::AttachmentNotScanned)
                .note("the scanner for malware does not answer")
                .retry_after(SCANNER_RETRY_SECONDS)
                .because(cause),
            Trouble::Disk(cause) => {
                Self::unavailable().note("an upload could not be kept on the disk").because(cause)
            }
        }
    }
}

async fn in_background<T: Send + 'static>(
    job: impl FnOnce() -> Result<T, Trouble> + Send + 'static,
) -> Result<T, AppError> {
    let done = web::block(job).await;
    done.map_err(|_| AppError::unavailable())?.map_err(AppError::from)
}
