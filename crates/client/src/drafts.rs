//! Half-written messages.

use omasote_types::attachments::PlaceQuery;
use omasote_types::drafts::{Draft, DraftUpdate};
use omasote_types::ids::CitizenId;

use crate::attachments::place;
use crate::{Client, ClientResult};

impl Client {
    /// What the caller has half-written at a place, and the files they uploaded there.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn get_draft(&self, of: CitizenId, at: PlaceQuery) -> ClientResult<Draft> {
        self.get(&format!("citizens/{of}/draft{}", place(at))).await
    }

    /// Keeps what the caller has written so far, unless what is kept is newer; gives what is kept.
    ///
    /// # Errors
    /// `not_found`, `validation_failed`.
    pub async fn save_draft(&self, of: CitizenId, at: PlaceQuery, new: &DraftUpdate) -> ClientResult<Draft> {
        self.put(&format!("citizens/{of}/draft{}", place(at)), new).await
    }

    /// Forgets what the caller has half-written at a place.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn delete_draft(&self, of: CitizenId, at: PlaceQuery) -> ClientResult<()> {
        self.delete(&format!("citizens/{of}/draft{}", place(at))).await
    }
}
