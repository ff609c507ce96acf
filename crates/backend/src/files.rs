//! Files beside the database: a folder here, by one small interface that other stores have too.

use std::io::{Read as _, Seek as _, SeekFrom};

use actix_web::web::{self, Bytes};
use futures_util::{Stream, StreamExt as _};
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt as _};
use omasote_types::ids::{AttachmentId, ExportId};

use crate::error::AppError;

/// The store of files.
pub struct Files {
    store: Box<dyn ObjectStore>,
}

/// Where the file of a package is.
#[must_use]
pub fn export(id: ExportId) -> Path {
    Path::from(format!("exports/{id}.zip"))
}

/// Where the content of a file that was sent, or is to be, is.
#[must_use]
pub fn attachment(id: AttachmentId) -> Path {
    Path::from(format!("attachments/{id}"))
}

/// So much of a large file is stored at once: less is too little for a part in S3.
const PART: usize = 8 * 1024 * 1024;

impl Files {
    /// A folder; it is made when it is missing.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn in_folder(folder: &std::path::Path) -> Result<Self, AppError> {
        let failed = |cause: std::io::Error| AppError::internal("no folder for files").because(cause);
        std::fs::create_dir_all(folder).map_err(failed)?;
        let store = LocalFileSystem::new_with_prefix(folder);
        let store = store.map_err(|cause| AppError::internal("no folder for files").because(cause))?;
        Ok(Self { store: Box::new(store.with_fsync(true)) })
    }

    /// A file's content.
    ///
    /// # Errors
    /// `not_found`; when the store fails.
    pub async fn get(&self, path: &Path) -> Result<Bytes, AppError> {
        let found = self.store.get(path).await.map_err(failed)?;
        found.bytes().await.map_err(failed)
    }

    /// A file's size, and its content as it is read.
    ///
    /// # Errors
    /// `not_found`; when the store fails.
    pub async fn open(
        &self,
        path: &Path,
    ) -> Result<(u64, impl Stream<Item = Result<Bytes, AppError>> + use<>), AppError> {
        let found = self.store.get(path).await.map_err(failed)?;
        let size = found.meta.size;
        Ok((size, found.into_stream().map(|piece| piece.map_err(failed))))
    }

    /// Keeps a file that is on the disk, without having all of it in memory.
    ///
    /// # Errors
    /// When the disk or the store fails; then nothing is kept.
    pub async fn put_file(&self, path: &Path, mut file: std::fs::File) -> Result<(), AppError> {
        let mut upload = self.store.put_multipart(path).await.map_err(failed)?;
        let mut at = 0;
        loop {
            let read = web::block(move || part_of(file, at)).await.map_err(|_| AppError::unavailable())?;
            let part;
            (file, part) = read.map_err(|cause| AppError::unavailable().because(cause))?;
            at += u64::try_from(part.len()).unwrap_or_default();
            let done = match part.is_empty() {
                true => upload.complete().await.map(|_| true),
                false => upload.put_part(part.into()).await.map(|()| false),
            };
            match done {
                Ok(true) => return Ok(()),
                Ok(false) => {}
                Err(cause) => {
                    let _ = upload.abort().await;
                    return Err(failed(cause));
                }
            }
        }
    }

    /// Keeps a file.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn put(&self, path: &Path, content: Vec<u8>) -> Result<(), AppError> {
        self.store.put(path, content.into()).await.map(drop).map_err(failed)
    }

    /// Deletes a file; one that is not there is no error.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn delete(&self, path: &Path) -> Result<(), AppError> {
        match self.store.delete(path).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(cause) => Err(failed(cause)),
        }
    }
}

/// The next part of a file from `at` on; empty at its end.
fn part_of(mut file: std::fs::File, at: u64) -> std::io::Result<(std::fs::File, Vec<u8>)> {
    file.seek(SeekFrom::Start(at))?;
    let mut part = Vec::with_capacity(PART);
    file.by_ref().take(u64::try_from(PART).unwrap_or(u64::MAX)).read_to_end(&mut part)?;
    Ok((file, part))
}

fn failed(cause: object_store::Error) -> AppError {
    match cause {
        object_store::Error::NotFound { .. } => AppError::not_found(),
        cause => AppError::unavailable().note("the file store failed").because(cause),
    }
}
