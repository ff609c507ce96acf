//! Citizens and professionals.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::ids::{CitizenId, ProfessionalId};
use crate::language::Language;

/// A citizen, as they and those who serve them see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Citizen {
    /// The citizen's id.
    pub id: CitizenId,
    /// Given names.
    pub given_name: String,
    /// Family name.
    pub family_name: String,
    /// Date of birth.
    #[serde(deserialize_with = "crate::wire::date")]
    pub birth_date: NaiveDate,
    /// Municipality of residence.
    pub municipality: String,
    /// The language the citizen wants to be served in.
    pub language: Language,
}

/// A citizen, named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct CitizenRef {
    /// The citizen's id.
    pub id: CitizenId,
    /// Given and family name.
    pub name: String,
    /// Date of birth: tells apart people of the same name.
    #[serde(deserialize_with = "crate::wire::date")]
    pub birth_date: NaiveDate,
    /// The language the citizen wants to be served in.
    pub language: Language,
}

/// A health or social care professional.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Professional {
    /// The professional's id.
    pub id: ProfessionalId,
    /// Given and family name.
    pub name: String,
    /// Professional title in Finnish, such as "sairaanhoitaja".
    pub title: String,
}
