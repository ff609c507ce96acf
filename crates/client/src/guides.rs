//! Guides.

use omasote_types::guides::{Guide, GuideContent, GuideQuery, GuideSearch, GuideSummary, NewGuide};
use omasote_types::ids::GuideId;
use omasote_types::page::Page;

use crate::transport::Method;
use crate::{Client, ClientResult, query};

impl Client {
    /// The published guides. Needs no signing in.
    ///
    /// # Errors
    /// `invalid_cursor`, `invalid_parameter`.
    pub async fn list_guides(&self, query: &GuideQuery) -> ClientResult<Page<GuideSummary>> {
        self.get(&format!("guides{}", guide_query(query))).await
    }

    /// Finds published guides by words. Needs no signing in.
    ///
    /// # Errors
    /// `validation_failed`, `invalid_cursor`, `invalid_parameter`.
    pub async fn search_guides(&self, wanted: &GuideSearch) -> ClientResult<Page<GuideSummary>> {
        self.post("guides/search", wanted).await
    }

    /// A guide that is published, or was. Needs no signing in.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn get_guide(&self, id: GuideId) -> ClientResult<Guide> {
        self.get(&format!("guides/{id}")).await
    }

    /// What a unit, or the county, keeps, in whatever state.
    ///
    /// # Errors
    /// `role_required`, `invalid_cursor`, `invalid_parameter`.
    pub async fn list_kept_guides(&self, query: &GuideQuery) -> ClientResult<Page<GuideSummary>> {
        self.get(&format!("kept-guides{}", guide_query(query))).await
    }

    /// A guide in whatever state, for those who keep it.
    ///
    /// # Errors
    /// `not_found`, `role_required`.
    pub async fn get_kept_guide(&self, id: GuideId) -> ClientResult<Guide> {
        self.get(&format!("kept-guides/{id}")).await
    }

    /// Keeps a new guide, as a draft.
    ///
    /// # Errors
    /// `role_required`, `validation_failed`.
    pub async fn create_guide(&self, new: &NewGuide) -> ClientResult<Guide> {
        self.post("guides", new).await
    }

    /// Changes what a guide says.
    ///
    /// # Errors
    /// `not_found`, `role_required`, `validation_failed`; `precondition_failed` when `version` is not the present one.
    pub async fn update_guide(
        &self,
        id: GuideId,
        version: u32,
        content: &GuideContent,
    ) -> ClientResult<Guide> {
        self.put_version(&format!("guides/{id}"), version, content).await
    }

    /// Publishes a draft, or a guide that was retired.
    ///
    /// # Errors
    /// `not_found`, `role_required`; `precondition_failed` when `version` is not the present one.
    pub async fn publish_guide(&self, id: GuideId, version: u32) -> ClientResult<Guide> {
        self.ask_version(Method::Post, &format!("guides/{id}/publish"), version).await
    }

    /// Retires a published guide.
    ///
    /// # Errors
    /// `not_found`, `role_required`; `precondition_failed` when `version` is not the present one; `conflict` when it was never
    /// published.
    pub async fn retire_guide(&self, id: GuideId, version: u32) -> ClientResult<Guide> {
        self.ask_version(Method::Post, &format!("guides/{id}/retire"), version).await
    }

    /// Deletes a guide that was never published.
    ///
    /// # Errors
    /// `not_found`, `role_required`; `conflict` when it was published.
    pub async fn delete_guide(&self, id: GuideId) -> ClientResult<()> {
        self.delete(&format!("guides/{id}")).await
    }
}

fn guide_query(of: &GuideQuery) -> String {
    let (unit, limit) = (of.unit.map(|unit| unit.to_string()), of.limit.map(|limit| limit.to_string()));
    query(&[("unit", unit.as_deref()), ("cursor", of.cursor.as_deref()), ("limit", limit.as_deref())])
}
