//! What ties citizens to units: care relations; and break-glass, for when there is none.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::error::FieldError;
use crate::ids::{EmergencyAccessId, UnitId};
use crate::people::{CitizenRef, Professional};
use crate::units::UnitRef;
use crate::validation::Validation;

/// What opens a care relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Matter {
    /// A message thread.
    Thread,
    /// A task.
    Task,
    /// An event.
    Event,
    /// An enrolment in a pathway.
    Enrolment,
    /// Somebody entered it by hand.
    Explicit,
}

/// A unit whose professionals may see a citizen's data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct CareRelation {
    /// The unit.
    pub unit: UnitRef,
    /// What opened it; of several matters, the newest.
    pub matter: Matter,
    /// How many matters are open.
    pub open_matters: u32,
    /// Since when.
    #[serde(deserialize_with = "crate::wire::instant")]
    pub opened_at: DateTime<Utc>,
    /// When it ends, as the last matter is closed; absent while one is open.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "crate::wire::optional_instant"
    )]
    pub ends_at: Option<DateTime<Utc>>,
}

/// Opens a citizen's data to a professional who has no care relation with them. The citizen and the privacy officer see
/// that it was done, and why.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewEmergencyAccess {
    /// The citizen's personal identity code (henkilötunnus).
    #[cfg_attr(feature = "server", schema(min_length = 11, max_length = 11))]
    pub identity_code: String,
    /// The professional's unit for which it is done.
    pub unit_id: UnitId,
    /// Why: 10 to 1,000 Unicode characters.
    #[cfg_attr(feature = "server", schema(min_length = 10, max_length = 1_000))]
    pub reason: String,
}

impl std::fmt::Debug for NewEmergencyAccess {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("NewEmergencyAccess")
    }
}

impl NewEmergencyAccess {
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

/// A break-glass access.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct EmergencyAccess {
    /// Its id.
    pub id: EmergencyAccessId,
    /// Whose data.
    pub citizen: CitizenRef,
    /// Who opened it.
    pub professional: Professional,
    /// For which unit.
    pub unit: UnitRef,
    /// Why.
    pub reason: String,
    /// When.
    #[serde(deserialize_with = "crate::wire::instant")]
    pub opened_at: DateTime<Utc>,
    /// When it ends or was ended.
    #[serde(deserialize_with = "crate::wire::instant")]
    pub ends_at: DateTime<Utc>,
}
