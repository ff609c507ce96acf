//! Packing a citizen's own data into one file: a page to read, all of it as JSON, and what maps as a FHIR R4 Bundle.
//!
//! Belongs here: how the file is made of what was gathered. Does not: gathering it (`services/exports`), or keeping it.

mod fhir;
mod page;
mod texts;

use std::io::{Cursor, Write as _};

use omasote_types::Instant;
use serde::Serialize;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::error::AppError;
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

/// The zip file.
///
/// # Errors
/// When something cannot be written.
pub fn pack(everything: &Everything, now: Instant) -> Result<Vec<u8>, AppError> {
    let packed = Packed { format: "omasote-export-1", packed_at: now, everything };
    let name = texts::of(everything.citizen.language).get("file_name").map_or("read-me.html", String::as_str);
    let files = [
        (name, page::write(everything, now).into_bytes()),
        ("all.json", json(&packed)?),
        ("fhir-r4-bundle.json", json(&fhir::bundle(everything, now))?),
    ];
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(name, options).map_err(failed)?;
        zip.write_all(&bytes)
            .map_err(|cause| AppError::internal("a package cannot be packed").because(cause))?;
    }
    Ok(zip.finish().map_err(failed)?.into_inner())
}

fn failed(cause: zip::result::ZipError) -> AppError {
    AppError::internal("a package cannot be packed").because(cause)
}

fn json(value: &impl Serialize) -> Result<Vec<u8>, AppError> {
    let written = serde_json::to_vec_pretty(value);
    written.map_err(|cause| AppError::internal("a package cannot be written as JSON").because(cause))
}
