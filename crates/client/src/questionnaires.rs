//! Questionnaires.

use omasote_types::ids::QuestionnaireId;
use omasote_types::page::{Page, PageQuery};
use omasote_types::questionnaires::{
    Form, NewQuestionnaire, Questionnaire, QuestionnaireSummary, QuestionnaireVersion,
};

use crate::units::page_query;
use crate::{Client, ClientResult, IdempotencyKey};

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
