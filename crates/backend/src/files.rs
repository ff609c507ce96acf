//! Files beside the database: a folder here, by one small interface that other stores have too.

use actix_web::web::Bytes;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt as _};
use omasote_types::ids::ExportId;

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

fn failed(cause: object_store::Error) -> AppError {
    match cause {
        object_store::Error::NotFound { .. } => AppError::not_found(),
        cause => AppError::unavailable().note("the file store failed").because(cause),
    }
}
