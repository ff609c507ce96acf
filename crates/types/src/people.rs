//! Citizens and professionals.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::error::FieldError;
use crate::ids::{CitizenId, ProfessionalId};
use crate::language::Language;
use crate::validation::Validation;

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
    /// The language the citizen wants to be served in.
    pub language: Language,
    /// Whether the contact details are protected (turvakielto): nobody else sees them without a written need.
    pub is_non_disclosed: bool,
    /// Where the citizen is reached. Of a protected citizen it is empty for everyone else; of another it is empty for
    /// those who act for them.
    pub contact: ContactDetails,
}

/// Where a citizen is reached.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ContactDetails {
    /// Street address, postal code and town.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Municipality of residence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub municipality: Option<String>,
    /// Telephone number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
}

/// Why something is looked at that is usually hidden.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Need {
    /// The reason, for the citizen and the privacy officer to read: 10 to 1,000 Unicode characters.
    #[cfg_attr(feature = "server", schema(min_length = 10, max_length = 1_000))]
    pub reason: String,
}

impl Need {
    /// The form and the server ask the same question.
    ///
    /// # Errors
    /// The refused fields.
    pub fn validate(&self) -> Result<(), Vec<FieldError>> {
        let mut validation = Validation::new();
        validation.reason("reason", &self.reason);
        validation.finish()
    }
}

/// Whether a citizen's contact details are protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Protection {
    /// Whether they are (turvakielto).
    pub is_non_disclosed: bool,
}

/// Finds a citizen by their identity code. It goes in the body, never in an address.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CitizenSearch {
    /// The personal identity code (henkilötunnus).
    #[cfg_attr(feature = "server", schema(min_length = 11, max_length = 11))]
    pub identity_code: String,
}

impl std::fmt::Debug for CitizenSearch {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("CitizenSearch")
    }
}

/// What a professional is entrusted with beside the care of citizens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Pathways, guides, announcements.
    Editor,
    /// People, units, mandates, programs. Sees no health data.
    Administrator,
    /// The access log, and citizens' questions about it.
    PrivacyOfficer,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 3] = [Self::Editor, Self::Administrator, Self::PrivacyOfficer];
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
    /// The given name alone, by which the citizen is addressed.
    #[serde(default)]
    pub given_name: String,
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
    /// Until when they are away; what they have taken is free for their colleagues meanwhile.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "crate::wire::optional_instant"
    )]
    pub absent_until: Option<DateTime<Utc>>,
}

/// Being away, or back again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Absence {
    /// Until when; absent or null: back again.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "crate::wire::optional_instant"
    )]
    pub until: Option<DateTime<Utc>>,
}
