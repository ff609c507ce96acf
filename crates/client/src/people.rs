//! Citizens and professionals.

use omasote_types::ids::CitizenId;
use omasote_types::people::Citizen;

use crate::{Client, ClientResult};

impl Client {
    /// One citizen.
    ///
    /// # Errors
    /// `not_found` when there is none or the caller may not know.
    pub async fn get_citizen(&self, id: CitizenId) -> ClientResult<Citizen> {
        self.get(&format!("citizens/{id}")).await
    }
}
