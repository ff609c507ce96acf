//! What a citizen may ask of their data beside seeing it: that its processing is restricted (GDPR, article 18), and that it
//! is erased where no law makes it stay (article 17). Administrators do it, and a record of it is kept.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::error::FieldError;
use crate::ids::{ErasureId, RestrictionId};
use crate::people::CitizenRef;
use crate::validation::Validation;

/// Why it is done, in writing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WrittenReason {
    /// The reason, for the citizen and the privacy officer to read: 10 to 1,000 Unicode characters.
    #[cfg_attr(feature = "server", schema(min_length = 10, max_length = 1_000))]
    pub reason: String,
}

impl WrittenReason {
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

/// What was done by the citizen's rights, and what is in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct DataRights {
    /// Whose data.
    pub citizen: CitizenRef,
    /// Restrictions, the newest first; the first is in force unless it was lifted.
    pub restrictions: Vec<Restriction>,
    /// Erasures, the newest first.
    pub erasures: Vec<Erasure>,
    /// For how many years lines of the access log are kept.
    pub access_log_years: u32,
}

impl DataRights {
    /// The restriction that is in force.
    #[must_use]
    pub fn in_force(&self) -> Option<&Restriction> {
        self.restrictions.iter().find(|restriction| restriction.lifted_at.is_none())
    }
}

/// A restriction of the processing of somebody's data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Restriction {
    /// Its id.
    pub id: RestrictionId,
    /// Since when.
    #[serde(deserialize_with = "crate::wire::instant")]
    pub placed_at: DateTime<Utc>,
    /// Why.
    pub reason: String,
    /// The name of the administrator who placed it; told to administrators and the privacy officer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub placed_by: Option<String>,
    /// When it was lifted; absent while it is in force.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "crate::wire::optional_instant"
    )]
    pub lifted_at: Option<DateTime<Utc>>,
    /// Why it was lifted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lift_reason: Option<String>,
    /// The name of the administrator who lifted it; told as `placedBy` is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lifted_by: Option<String>,
}

/// An erasure: what was erased, by count, and what stayed. What was erased is not in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Erasure {
    /// Its id.
    pub id: ErasureId,
    /// When.
    #[serde(deserialize_with = "crate::wire::instant")]
    pub erased_at: DateTime<Utc>,
    /// Why.
    pub reason: String,
    /// The name of the administrator who did it; told to administrators and the privacy officer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub erased_by: Option<String>,
    /// What was erased; what there was none of is left out.
    pub erased: Vec<ErasedItem>,
    /// What stayed, and why; what there was none of is left out.
    pub kept: Vec<KeptItem>,
}

/// What an erasure would erase and what would stay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ErasurePreview {
    /// What would be erased; what there is none of is left out.
    pub erased: Vec<ErasedItem>,
    /// What would stay, and why; what there is none of is left out.
    pub kept: Vec<KeptItem>,
    /// For how many years lines of the access log are kept.
    pub access_log_years: u32,
}

/// Something that is erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct ErasedItem {
    /// What.
    pub what: ErasedData,
    /// How many there are.
    pub count: u32,
}

/// What is erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ErasedData {
    /// User name and password with the second factor, of who has a local account.
    Credentials,
    /// Where and when the citizen was signed in.
    Sessions,
    /// Address, municipality and telephone number.
    ContactDetails,
    /// Mandates that the citizen gave or took in this service, or that came from Suomi.fi for a session.
    Mandates,
    /// Invitations to act for the citizen.
    Invitations,
    /// Permissions given to third-party apps.
    Consents,
    /// Packages of the citizen's own data.
    Exports,
    /// Half-written messages, the citizen's own and those to the citizen, and half-answered questionnaires.
    Drafts,
    /// Files that were uploaded and not sent.
    UnsentAttachments,
    /// How the citizen was told that something waits for them, and when they were.
    Notifications,
    /// The address of the citizen's calendar, and times that were offered to them alone and are free.
    Calendar,
    /// What keeps a request from being done twice.
    IdempotencyKeys,
}

/// Something that stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct KeptItem {
    /// What.
    pub what: KeptData,
    /// How many there are.
    pub count: u32,
    /// Why.
    pub ground: KeepGround,
}

/// What stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum KeptData {
    /// Name, date of birth, identity code, language of service, and that contact details are protected.
    Identity,
    /// Matters with units.
    Threads,
    /// Messages in them.
    Messages,
    /// Files sent with them.
    Attachments,
    /// What units have asked the citizen to do, and what was answered.
    Tasks,
    /// What was saved of matters to the patient record.
    RecordEntries,
    /// Events: visits and calls with units.
    Events,
    /// Home measurements and targets.
    Measurements,
    /// Which unit has had a matter of the citizen.
    CareRelations,
    /// Who acts for whom by the register that staff keep from documents.
    RegisterEntries,
    /// Break-glass accesses.
    EmergencyAccesses,
    /// Lines of the access log.
    AccessLog,
    /// Records of restrictions and erasures.
    Records,
}

/// Why something stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum KeepGround {
    /// Client and patient documents (act 703/2023).
    ClientRecords,
    /// Log data (act 703/2023), for as long as the installation keeps it.
    LogData,
    /// What stays cannot be found without it.
    FindsWhatStays,
    /// It is about another person as well, and rests on a document.
    AnothersRight,
    /// It shows that the request was heeded.
    Record,
}
