//! Questionnaires as they are kept: a draft, and the versions that were published of it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::Form;
use crate::ids::{QuestionnaireId, UnitId};
use crate::language::LocalText;

/// A questionnaire, with what it says now to who keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Questionnaire {
    /// What a list shows of it.
    #[serde(flatten)]
    pub summary: QuestionnaireSummary,
    /// The draft: what the next version would hold. It may be unsound as long as it is not published.
    pub form: Form,
}

/// What a list shows of a questionnaire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct QuestionnaireSummary {
    /// The questionnaire's id.
    pub id: QuestionnaireId,
    /// The unit that keeps it; absent when all of the county uses it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_id: Option<UnitId>,
    /// Its name among those that come with Omasote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What it is called: in its published version, or in the draft when there is none.
    pub title: LocalText,
    /// The number of the version that is given now; absent when none was published, or when it is retired.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<u32>,
    /// Whether the draft differs from what was last published.
    pub has_changes: bool,
    /// When it was retired: it is given no more, and what was given goes on.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "crate::wire::optional_instant"
    )]
    pub retired_at: Option<DateTime<Utc>>,
    /// Which version of the draft this is; the `ETag` says the same.
    pub version: u32,
}

/// What begins a questionnaire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewQuestionnaire {
    /// The unit that keeps it; absent for one that all of the county uses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_id: Option<UnitId>,
    /// What it says.
    pub form: Form,
}

/// Who is to keep a questionnaire that comes from elsewhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct QuestionnaireImportQuery {
    /// The unit that is to keep it; absent for one that all of the county uses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
}

/// A questionnaire that came from elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ImportedQuestionnaire {
    /// The questionnaire, as a draft.
    pub questionnaire: Questionnaire,
    /// What it had that there is no place for here, and that does not change what is asked, such as a publisher.
    pub left_out: Vec<LeftOut>,
}

/// Something of a questionnaire from elsewhere that is not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct LeftOut {
    /// The link id of the item; empty for the whole.
    pub link_id: String,
    /// The element or the extension, as FHIR names it.
    pub element: String,
}

/// A version that was published. It does not change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct QuestionnaireVersion {
    /// The questionnaire.
    pub questionnaire_id: QuestionnaireId,
    /// Which version: 1, 2 and so on.
    pub number: u32,
    /// When it was published.
    #[serde(deserialize_with = "crate::wire::instant")]
    pub published_at: DateTime<Utc>,
    /// What it says.
    pub form: Form,
}
