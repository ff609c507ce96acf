//! Reply templates.

use omasote_types::ids::{TemplateId, UnitId};
use omasote_types::templates::{Template, TemplateContent};

use crate::{Client, ClientResult};

impl Client {
    /// The reply templates there are for the caller in a unit: the unit's, and the caller's own.
    ///
    /// # Errors
    /// `not_found` when the caller neither belongs to the unit nor looks after units.
    pub async fn list_templates(&self, of: UnitId) -> ClientResult<Vec<Template>> {
        self.get(&format!("units/{of}/templates")).await
    }

    /// Adds a template to a unit.
    ///
    /// # Errors
    /// `not_found`, `role_required`, `validation_failed`, `too_many_templates`.
    pub async fn create_unit_template(
        &self,
        of: UnitId,
        content: &TemplateContent,
    ) -> ClientResult<Template> {
        self.post(&format!("units/{of}/templates"), content).await
    }

    /// The caller's own templates.
    ///
    /// # Errors
    /// `not_found` for citizens.
    pub async fn list_own_templates(&self) -> ClientResult<Vec<Template>> {
        self.get("me/templates").await
    }

    /// Adds a template of the caller's own.
    ///
    /// # Errors
    /// `not_found` for citizens; `validation_failed`, `too_many_templates`.
    pub async fn create_own_template(&self, content: &TemplateContent) -> ClientResult<Template> {
        self.post("me/templates", content).await
    }

    /// Changes a template.
    ///
    /// # Errors
    /// `not_found`, `role_required`, `validation_failed`; `precondition_failed` when `version` is not the present one.
    pub async fn update_template(
        &self,
        id: TemplateId,
        version: u32,
        content: &TemplateContent,
    ) -> ClientResult<Template> {
        self.put_version(&format!("templates/{id}"), version, content).await
    }

    /// Deletes a template. What was written with it stays as it is.
    ///
    /// # Errors
    /// `not_found`, `role_required`.
    pub async fn delete_template(&self, id: TemplateId) -> ClientResult<()> {
        self.delete(&format!("templates/{id}")).await
    }
}
