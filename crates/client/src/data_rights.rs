//! Restricting the processing of somebody's data, and erasing it.

use omasote_types::data_rights::{DataRights, Erasure, ErasurePreview, Restriction, WrittenReason};
use omasote_types::ids::CitizenId;
use omasote_types::people::CitizenSearch;

use crate::{Client, ClientResult};

impl Client {
    /// Restrictions and erasures of the citizen of an identity code; for administrators and the privacy officer.
    ///
    /// # Errors
    /// `role_required`, `validation_failed`, `not_found`.
    pub async fn search_data_rights(&self, search: &CitizenSearch) -> ClientResult<DataRights> {
        self.post("data-rights/search", search).await
    }

    /// Restrictions and erasures of a citizen's data, for the citizen.
    ///
    /// # Errors
    /// `not_found`, `outside_mandate`.
    pub async fn list_data_rights(&self, of: CitizenId) -> ClientResult<DataRights> {
        self.get(&format!("citizens/{of}/data-rights")).await
    }

    /// Restricts the processing of a citizen's data.
    ///
    /// # Errors
    /// `role_required`, `not_found`, `validation_failed`, `conflict`.
    pub async fn restrict_citizen(&self, of: CitizenId, why: &WrittenReason) -> ClientResult<Restriction> {
        self.post(&format!("citizens/{of}/restrictions"), why).await
    }

    /// Lifts the restriction in force.
    ///
    /// # Errors
    /// `role_required`, `not_found`, `validation_failed`, `conflict`.
    pub async fn lift_restriction(&self, of: CitizenId, why: &WrittenReason) -> ClientResult<Restriction> {
        self.post(&format!("citizens/{of}/restrictions/lift"), why).await
    }

    /// What an erasure would erase, what would stay, and why.
    ///
    /// # Errors
    /// `role_required`, `not_found`.
    pub async fn preview_erasure(&self, of: CitizenId) -> ClientResult<ErasurePreview> {
        self.get(&format!("citizens/{of}/erasure-preview")).await
    }

    /// Erases what no law makes stay.
    ///
    /// # Errors
    /// `role_required`, `not_found`, `validation_failed`, `data_restricted`.
    pub async fn erase_citizen(&self, of: CitizenId, why: &WrittenReason) -> ClientResult<Erasure> {
        self.post(&format!("citizens/{of}/erasures"), why).await
    }
}
