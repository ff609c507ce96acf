//! Care relations and break-glass.

use omasote_types::care::{CareRelation, EmergencyAccess, NewEmergencyAccess};
use omasote_types::ids::{CitizenId, EmergencyAccessId};
use omasote_types::page::{Page, PageQuery};

use crate::units::page_query;
use crate::{Client, ClientResult};

impl Client {
    /// The units whose professionals may see a citizen's data, and until when.
    ///
    /// # Errors
    /// `not_found`, `outside_mandate`.
    pub async fn list_care_relations(&self, of: CitizenId) -> ClientResult<Vec<CareRelation>> {
        self.get(&format!("citizens/{of}/care-relations")).await
    }

    /// The break-glass accesses to a citizen's data that are open now.
    ///
    /// # Errors
    /// `not_found`, `outside_mandate`.
    pub async fn list_citizen_emergency_accesses(&self, of: CitizenId) -> ClientResult<Vec<EmergencyAccess>> {
        self.get(&format!("citizens/{of}/emergency-accesses")).await
    }

    /// Opens a citizen's data without a care relation, with a written reason.
    ///
    /// # Errors
    /// `not_found`, `validation_failed`.
    pub async fn open_emergency_access(&self, new: &NewEmergencyAccess) -> ClientResult<EmergencyAccess> {
        self.post("emergency-accesses", new).await
    }

    /// Every break-glass access, the newest first; for privacy officers.
    ///
    /// # Errors
    /// `role_required`, `invalid_cursor`, `invalid_parameter`.
    pub async fn list_emergency_accesses(&self, page: &PageQuery) -> ClientResult<Page<EmergencyAccess>> {
        self.get(&format!("emergency-accesses{}", page_query(page))).await
    }

    /// The signed-in professional's break-glass accesses that are open.
    ///
    /// # Errors
    /// `unauthenticated`.
    pub async fn list_own_emergency_accesses(&self) -> ClientResult<Vec<EmergencyAccess>> {
        self.get("me/emergency-accesses").await
    }

    /// Ends one of the signed-in professional's break-glass accesses before its time.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn end_emergency_access(&self, id: EmergencyAccessId) -> ClientResult<()> {
        self.delete(&format!("emergency-accesses/{id}")).await
    }
}
