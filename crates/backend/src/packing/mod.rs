//! Packing a citizen's own data into one file: a page to read, all of it as JSON, and what maps as a FHIR R4 Bundle.
//!
//! Belongs here: how the file is made of what was gathered. Does not: gathering it (`services/exports`), or keeping it.

mod fhir;
mod measurements;
mod page;
mod texts;

use std::fs::File;
use std::io::Write as _;
use std::path::Path;

use actix_web::web;
use omasote_types::Instant;
use omasote_types::attachments::Attachment;
use omasote_types::messages::Message;
use serde::Serialize;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::error::AppError;
use crate::files::{self, Files};
use crate::services::exports::Everything;

/// What `all.json` says beside the data.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Packed<'a> {
    /// Which form the file has.
    format: &'static str,
    packed_at: Instant,
    #[serde(flatten)]
    everything: &'a Everything,
}

/// Where in the package a file that was sent with a message is.
fn folder_of(file: &Attachment) -> String {
    format!("attachments/{}", file.id)
}

/// The zip file: on the disk without a name, as there may be many pictures in it.
///
/// # Errors
/// When something cannot be read or written.
pub async fn pack(
    folder: &Path,
    store: &Files,
    everything: Everything,
    now: Instant,
) -> Result<File, AppError> {
    let messages = everything.matters.iter().flat_map(|matter| &matter.messages);
    let sent: Vec<Attachment> = messages.flat_map(|message: &Message| message.attachments.clone()).collect();
    let place = folder.to_owned();
    let mut zip = in_background(move || begin(&place, &everything, now)).await?;
    for file in sent {
        let content = store.get(&files::attachment(file.id)).await?;
        zip = in_background(move || add(zip, &file, &content)).await?;
    }
    in_background(move || zip.finish().map_err(failed)).await
}

async fn in_background<T: Send + 'static>(
    job: impl FnOnce() -> Result<T, AppError> + Send + 'static,
) -> Result<T, AppError> {
    web::block(job).await.map_err(|_| AppError::unavailable())?
}

/// One file that was sent with a message. None of their kinds becomes smaller by packing.
fn add(mut zip: ZipWriter<File>, file: &Attachment, content: &[u8]) -> Result<ZipWriter<File>, AppError> {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    zip.start_file(format!("{}/{}", folder_of(file), file.name), options).map_err(failed)?;
    zip.write_all(content)
        .map_err(|cause| AppError::internal("a package cannot be packed").because(cause))?;
    Ok(zip)
}

/// The package without the files that were sent.
fn begin(folder: &Path, everything: &Everything, now: Instant) -> Result<ZipWriter<File>, AppError> {
    let packed = Packed { format: "omasote-export-1", packed_at: now, everything };
    let name = texts::of(everything.citizen.language).get("file_name").map_or("read-me.html", String::as_str);
    let files = [
        (name, page::write(everything, now).into_bytes()),
        ("all.json", json(&packed)?),
        ("fhir-r4-bundle.json", json(&fhir::bundle(everything, now))?),
    ];
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let file = tempfile::tempfile_in(folder)
        .map_err(|cause| AppError::unavailable().note("no file for a package").because(cause))?;
    let mut zip = ZipWriter::new(file);
    for (name, bytes) in files {
        zip.start_file(name, options).map_err(failed)?;
        zip.write_all(&bytes)
            .map_err(|cause| AppError::internal("a package cannot be packed").because(cause))?;
    }
    Ok(zip)
}

fn failed(cause: zip::result::ZipError) -> AppError {
    AppError::internal("a package cannot be packed").because(cause)
}

fn json(value: &impl Serialize) -> Result<Vec<u8>, AppError> {
    let written = serde_json::to_vec_pretty(value);
    written.map_err(|cause| AppError::internal("a package cannot be written as JSON").because(cause))
}
