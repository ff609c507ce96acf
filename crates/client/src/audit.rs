//! The access log.

use omasote_types::audit::{Access, AccessQuery, AuditLine, AuditSearch};
use omasote_types::ids::CitizenId;
use omasote_types::page::Page;

use crate::{Client, ClientResult, query};

impl Client {
    /// Who saw or changed a citizen's data, and who was refused; the newest first.
    ///
    /// # Errors
    /// `not_found`, `invalid_cursor`, `invalid_parameter`.
    pub async fn list_accesses(&self, of: CitizenId, wanted: &AccessQuery) -> ClientResult<Page<Access>> {
        let limit = wanted.limit.map(|limit| limit.to_string());
        let others = wanted.others_only.then_some("true");
        let pairs =
            [("othersOnly", others), ("cursor", wanted.cursor.as_deref()), ("limit", limit.as_deref())];
        self.get(&format!("citizens/{of}/accesses{}", query(&pairs))).await
    }

    /// Searches the access log, the newest lines first; for privacy officers.
    ///
    /// # Errors
    /// `role_required`, `not_found`, `validation_failed`, `invalid_cursor`.
    pub async fn search_accesses(&self, search: &AuditSearch) -> ClientResult<Page<AuditLine>> {
        self.post("audit/search", search).await
    }
}
