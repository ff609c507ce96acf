//! Citizens and professionals.

use omasote_types::ids::CitizenId;
use omasote_types::people::{Citizen, CitizenSearch, ContactDetails, Need, Protection};

use crate::{Client, ClientResult};

impl Client {
    /// One citizen.
    ///
    /// # Errors
    /// `not_found` when there is none or the caller may not know.
    pub async fn get_citizen(&self, id: CitizenId) -> ClientResult<Citizen> {
        self.get(&format!("citizens/{id}")).await
    }

    /// Finds a citizen whom the professional's unit cares for, by identity code.
    ///
    /// # Errors
    /// `not_found` when there is none or the caller may not know; `validation_failed`.
    pub async fn search_citizens(&self, search: &CitizenSearch) -> ClientResult<Citizen> {
        self.post("citizens/search", search).await
    }

    /// Where a citizen is reached whose contact details are protected; the need is written down.
    ///
    /// # Errors
    /// `not_found`, `validation_failed`.
    pub async fn reveal_contact_details(&self, id: CitizenId, need: &Need) -> ClientResult<ContactDetails> {
        self.post(&format!("citizens/{id}/contact-details"), need).await
    }

    /// Protects a citizen's contact details, or no longer.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn update_protection(&self, id: CitizenId, wanted: Protection) -> ClientResult<()> {
        self.put_for_nothing(&format!("citizens/{id}/protection"), &wanted).await
    }
}
