//! Questionnaires.

use omasote_types::ids::{QuestionnaireId, UnitId};
use omasote_types::page::{Page, PageQuery};
use omasote_types::questionnaires::{
    Form, ImportedQuestionnaire, NewQuestionnaire, Questionnaire, QuestionnaireSummary, QuestionnaireVersion,
};

use crate::transport::{Body, Method, Request};
use crate::units::page_query;
use crate::{Client, ClientResult, IdempotencyKey, query};

impl Client {
    /// All questionnaires there are, for professionals.
    ///
    /// # Errors
    /// `role_required` for citizens; `invalid_cursor`.
    pub async fn list_questionnaires(&self, page: &PageQuery) -> ClientResult<Page<QuestionnaireSummary>> {
        self.get(&format!("questionnaires{}", page_query(page))).await
    }

    /// Keeps a new questionnaire, as a draft.
    ///
    /// # Errors
    /// `role_required`, `validation_failed`, `idempotency_key_reused`.
    pub async fn create_questionnaire(
        &self,
        new: &NewQuestionnaire,
        key: &IdempotencyKey,
    ) -> ClientResult<Questionnaire> {
        self.post_once("questionnaires", new, key).await
    }

    /// A questionnaire with its draft.
    ///
    /// # Errors
    /// `not_found`; `role_required` for citizens.
    pub async fn get_questionnaire(&self, id: QuestionnaireId) -> ClientResult<Questionnaire> {
        self.get(&format!("questionnaires/{id}")).await
    }

    /// Changes the draft.
    ///
    /// # Errors
    /// `not_found`, `role_required`, `validation_failed`; `precondition_failed` when `version` is not the present one.
    pub async fn update_questionnaire(
        &self,
        id: QuestionnaireId,
        version: u32,
        form: &Form,
    ) -> ClientResult<Questionnaire> {
        self.put_version(&format!("questionnaires/{id}"), version, form).await
    }

    /// Publishes the draft as the next version.
    ///
    /// # Errors
    /// `not_found`, `role_required`, `validation_failed`; `precondition_failed` when `version` is not the present one.
    pub async fn publish_questionnaire(
        &self,
        id: QuestionnaireId,
        version: u32,
    ) -> ClientResult<QuestionnaireVersion> {
        self.post_version(&format!("questionnaires/{id}/publish"), version).await
    }

    /// Retires a questionnaire.
    ///
    /// # Errors
    /// `not_found`, `role_required`; `precondition_failed` when `version` is not the present one.
    pub async fn retire_questionnaire(
        &self,
        id: QuestionnaireId,
        version: u32,
    ) -> ClientResult<Questionnaire> {
        self.post_version(&format!("questionnaires/{id}/retire"), version).await
    }

    /// Keeps a FHIR R4 Questionnaire, which is written in JSON, as a draft of the unit or of the county.
    ///
    /// # Errors
    /// `role_required`, `malformed_body`, `idempotency_key_reused`; `validation_failed` with every reason why it does not fit.
    pub async fn import_questionnaire(
        &self,
        unit: Option<UnitId>,
        resource: String,
        key: &IdempotencyKey,
    ) -> ClientResult<ImportedQuestionnaire> {
        let unit = unit.map(|unit| unit.to_string());
        let path = format!("questionnaires/import{}", query(&[("unit", unit.as_deref())]));
        let mut request = Request::new(Method::Post, &path).once(key);
        request.body = Body::Json(resource);
        self.send(request).await?.json()
    }

    /// A published version as a FHIR R4 Questionnaire in JSON, for everybody.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn export_questionnaire(&self, id: QuestionnaireId, number: u32) -> ClientResult<String> {
        let path = format!("questionnaires/{id}/versions/{number}/fhir");
        Ok(self.send(Request::new(Method::Get, &path)).await?.body)
    }

    /// A published version, for everybody.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn get_questionnaire_version(
        &self,
        id: QuestionnaireId,
        number: u32,
    ) -> ClientResult<QuestionnaireVersion> {
        self.get(&format!("questionnaires/{id}/versions/{number}")).await
    }
}
