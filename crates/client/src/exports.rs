//! A citizen's own data, packed for them to take away.

use omasote_types::exports::Export;
use omasote_types::ids::CitizenId;

use crate::transport::{Method, Request};
use crate::{Client, ClientResult};

impl Client {
    /// Asks for a package of all of a citizen's data.
    ///
    /// # Errors
    /// `not_found`, `outside_mandate`.
    pub async fn create_export(&self, of: CitizenId) -> ClientResult<Export> {
        self.send(Request::new(Method::Post, &format!("citizens/{of}/exports"))).await?.json()
    }

    /// A citizen's packages, the newest first. The file of one is at `exports/{id}/file`.
    ///
    /// # Errors
    /// `not_found`, `outside_mandate`.
    pub async fn list_exports(&self, of: CitizenId) -> ClientResult<Vec<Export>> {
        self.get(&format!("citizens/{of}/exports")).await
    }
}
