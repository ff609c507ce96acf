//! Acting for another: guardians of children, and adults by mandate.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::error::{FieldError, FieldErrorCode};
use crate::ids::ProxyId;
use crate::people::CitizenRef;
use crate::validation::Validation;

/// How many characters the basis of an entry in the register may have.
pub const MAX_BASIS_CHARACTERS: usize = 500;

/// Why somebody may act for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ProxyKind {
    /// The guardian of a child under 18. Of a child under 12 they see all; later what the young person has not hidden.
    Guardian,
    /// An adult's mandate, or a court's for an adult.
    Mandate,
}

/// Where it was learned from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ProxySource {
    /// The person gave it in this service.
    Citizen,
    /// Staff entered it in the register, from a document.
    Register,
    /// Suomi.fi Valtuudet (e-Authorizations); good for one session.
    SuomiFi,
}

/// What a proxy may do for the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ProxyScope {
    /// See and answer messages.
    Messages,
    /// Do tasks.
    Tasks,
    /// See and enter measurements.
    Measurements,
    /// See pathways.
    Pathways,
    /// Handle appointments.
    Appointments,
}

impl ProxyScope {
    /// Every scope.
    pub const ALL: [Self; 5] =
        [Self::Messages, Self::Tasks, Self::Measurements, Self::Pathways, Self::Appointments];
}

/// Somebody who may act for a citizen, as that citizen sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Proxy {
    /// Its id.
    pub id: ProxyId,
    /// For whom.
    pub citizen: CitizenRef,
    /// The name of who acts.
    pub proxy_name: String,
    /// Why.
    pub kind: ProxyKind,
    /// Where it was learned from.
    pub source: ProxySource,
    /// What they may do.
    pub scopes: Vec<ProxyScope>,
    /// Since when.
    #[serde(deserialize_with = "crate::wire::instant")]
    pub starts_at: DateTime<Utc>,
    /// When it ends; absent when it goes on until somebody ends it.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "crate::wire::optional_instant"
    )]
    pub ends_at: Option<DateTime<Utc>>,
    /// Since when it is paused; absent when it is not.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "crate::wire::optional_instant"
    )]
    pub paused_at: Option<DateTime<Utc>>,
}

/// Somebody for whom the signed-in citizen may act just now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Represented {
    /// The id of the right to act.
    pub id: ProxyId,
    /// For whom.
    pub citizen: CitizenRef,
    /// Why.
    pub kind: ProxyKind,
    /// What may be done.
    pub scopes: Vec<ProxyScope>,
}

/// What a citizen changes of a proxy's right. What is absent stays as it is. The proxy is not told.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ProxyUpdate {
    /// What they may do from now on; at least one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scopes: Option<Vec<ProxyScope>>,
    /// When it ends; `null` when it is to go on until somebody ends it.
    #[cfg_attr(feature = "server", schema(value_type = Option<DateTime<Utc>>))]
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "crate::wire::changed_instant"
    )]
    pub ends_at: Option<Option<DateTime<Utc>>>,
    /// Whether it is paused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_paused: Option<bool>,
}

impl ProxyUpdate {
    /// The form and the server ask the same question.
    ///
    /// # Errors
    /// The refused fields.
    pub fn validate(&self) -> Result<(), Vec<FieldError>> {
        let mut validation = Validation::new();
        if let Some(scopes) = &self.scopes {
            require_scopes(&mut validation, scopes);
        }
        validation.finish()
    }
}

/// What a citizen offers to somebody who is to act for them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewProxyInvitation {
    /// What they may do; at least one.
    pub scopes: Vec<ProxyScope>,
    /// When the right ends; absent when it goes on until somebody ends it.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "crate::wire::optional_instant"
    )]
    pub ends_at: Option<DateTime<Utc>>,
}

impl NewProxyInvitation {
    /// The form and the server ask the same question.
    ///
    /// # Errors
    /// The refused fields.
    pub fn validate(&self) -> Result<(), Vec<FieldError>> {
        let mut validation = Validation::new();
        require_scopes(&mut validation, &self.scopes);
        validation.finish()
    }
}

/// An invitation to act for somebody: who gives the code, once and in time, may.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ProxyInvitation {
    /// The code to be told to the other. It is shown this once.
    pub code: String,
    /// Until when it can be used.
    #[serde(deserialize_with = "crate::wire::instant")]
    pub expires_at: DateTime<Utc>,
}

impl std::fmt::Debug for ProxyInvitation {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("ProxyInvitation")
    }
}

/// Takes an invitation.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ProxyAcceptance {
    /// The code; spaces, hyphens and small letters are forgiven.
    #[cfg_attr(feature = "server", schema(min_length = 1, max_length = 40))]
    pub code: String,
}

impl std::fmt::Debug for ProxyAcceptance {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("ProxyAcceptance")
    }
}

/// An entry in the register, made by staff from a document.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewProxy {
    /// The identity code of the person.
    #[cfg_attr(feature = "server", schema(min_length = 11, max_length = 11))]
    pub citizen_identity_code: String,
    /// The identity code of who is to act for them.
    #[cfg_attr(feature = "server", schema(min_length = 11, max_length = 11))]
    pub proxy_identity_code: String,
    /// Why.
    pub kind: ProxyKind,
    /// What they may do; at least one.
    pub scopes: Vec<ProxyScope>,
    /// When it ends; absent when it goes on until somebody ends it.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "crate::wire::optional_instant"
    )]
    pub ends_at: Option<DateTime<Utc>>,
    /// The document it rests on, such as a court's decision and its date.
    #[cfg_attr(feature = "server", schema(min_length = 1, max_length = 500))]
    pub basis: String,
}

impl std::fmt::Debug for NewProxy {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("NewProxy")
    }
}

impl NewProxy {
    /// The form and the server ask the same question.
    ///
    /// # Errors
    /// The refused fields.
    pub fn validate(&self) -> Result<(), Vec<FieldError>> {
        let mut validation = Validation::new();
        require_scopes(&mut validation, &self.scopes);
        validation.text("basis", &self.basis, MAX_BASIS_CHARACTERS);
        validation.finish()
    }
}

fn require_scopes(validation: &mut Validation, scopes: &[ProxyScope]) {
    if scopes.is_empty() {
        validation.refuse("scopes", FieldErrorCode::Required);
    }
}
