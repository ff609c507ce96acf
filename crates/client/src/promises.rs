//! How units keep what they promise.

use omasote_types::ids::UnitId;
use omasote_types::promises::UnitPromises;

use crate::{Client, ClientResult};

impl Client {
    /// How a unit keeps its promises, for its lead and the administrators.
    ///
    /// # Errors
    /// `role_required`, `not_found`.
    pub async fn get_unit_promises(&self, of: UnitId) -> ClientResult<UnitPromises> {
        self.get(&format!("units/{of}/promises")).await
    }
}
