//! Saved views of inboxes.

use omasote_types::ids::{UnitId, ViewId};
use omasote_types::views::{NewView, View};

use crate::{Client, ClientResult, IdempotencyKey};

impl Client {
    /// The saved views of a unit's inbox: the unit's, and the caller's own.
    ///
    /// # Errors
    /// `not_found` when the caller does not belong to the unit.
    pub async fn list_views(&self, of: UnitId) -> ClientResult<Vec<View>> {
        self.get(&format!("units/{of}/views")).await
    }

    /// Saves a view.
    ///
    /// # Errors
    /// `not_found`, `validation_failed`, `too_many_views`; `role_required` for a shared one of who does not lead the unit.
    pub async fn create_view(&self, of: UnitId, new: &NewView, key: &IdempotencyKey) -> ClientResult<View> {
        self.post_once(&format!("units/{of}/views"), new, key).await
    }

    /// Deletes a view.
    ///
    /// # Errors
    /// `not_found`, `role_required`.
    pub async fn delete_view(&self, id: ViewId) -> ClientResult<()> {
        self.delete(&format!("views/{id}")).await
    }
}
