//! Signing in, staying signed in, signing out.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::accounts::check_new_password;
use crate::error::FieldError;
use crate::ids::{CitizenId, ProfessionalId, SessionId};
use crate::language::{Language, LocalText};
use crate::people::Role;
use crate::second_factors::MAX_CODE_CHARACTERS;
use crate::units::UnitRef;
use crate::validation::Validation;

/// How many characters a user name may hold.
pub const MAX_USERNAME_CHARACTERS: usize = 100;
/// How many characters a password may hold.
pub const MAX_PASSWORD_CHARACTERS: usize = 200;

/// The app, and so the kind of person, a browser session belongs to. Browsers name it in the header `Omasote-App`
/// of each request (in the query `app` of a live stream), so that a citizen's and a professional's session live side
/// by side in one browser, and other sites cannot use either.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum App {
    /// The citizens' app.
    Citizen,
    /// The professionals' app.
    Professional,
}

impl App {
    /// The header in which a browser names the app.
    pub const HEADER: &'static str = "omasote-app";

    /// The name as it stands in the header.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Citizen => "citizen",
            Self::Professional => "professional",
        }
    }

    /// The app of a header's value.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Citizen, Self::Professional].into_iter().find(|app| app.as_str() == name)
    }
}

/// Who a person is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum PersonId {
    /// A citizen.
    Citizen(CitizenId),
    /// A professional.
    Professional(ProfessionalId),
}

impl PersonId {
    /// The app this person uses.
    #[must_use]
    pub const fn app(&self) -> App {
        match self {
            Self::Citizen(_) => App::Citizen,
            Self::Professional(_) => App::Professional,
        }
    }
}

/// A user name and a password.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Credentials {
    /// The user name.
    #[cfg_attr(feature = "server", schema(min_length = 1, max_length = 100))]
    pub username: String,
    /// The password.
    #[cfg_attr(feature = "server", schema(min_length = 1, max_length = 200, format = Password))]
    pub password: String,
    /// A code of the second factor, or a recovery code, when the account has one.
    #[cfg_attr(feature = "server", schema(min_length = 1, max_length = 40))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The password that is to be from now on, for an account whose password must be changed; otherwise it is left out.
    #[cfg_attr(feature = "server", schema(min_length = 12, max_length = 200, format = Password))]
    #[serde(default, rename = "newPassword", skip_serializing_if = "Option::is_none")]
    pub new_password: Option<String>,
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Credentials")
    }
}

impl Credentials {
    /// The form and the server ask the same question.
    ///
    /// # Errors
    /// The refused fields.
    pub fn validate(&self) -> Result<(), Vec<FieldError>> {
        let mut validation = Validation::new();
        validation.text("username", &self.username, MAX_USERNAME_CHARACTERS);
        validation.text("password", &self.password, MAX_PASSWORD_CHARACTERS);
        if let Some(code) = &self.code {
            validation.text("code", code, MAX_CODE_CHARACTERS);
        }
        if let Some(new) = &self.new_password {
            check_new_password(&mut validation, new, &self.password);
        }
        validation.finish()
    }
}

/// Which demo person to sign in as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DemoSignIn {
    /// The demo person.
    pub person: PersonId,
}

/// A made-up person one can sign in as in demo mode.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct DemoPersona {
    /// The demo person.
    pub person: PersonId,
    /// Given and family name.
    pub name: String,
    /// Who they are and what can be tried as them.
    pub description: LocalText,
}

/// The ways to sign in that this server offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SignInMethods {
    /// Whether local accounts can sign in.
    pub has_local_accounts: bool,
    /// The demo people; empty outside demo mode.
    pub demo_personas: Vec<DemoPersona>,
    /// The OpenID providers, of both apps.
    pub providers: Vec<SignInProvider>,
}

/// An OpenID provider through which one can sign in: the browser goes to
/// `/api/v1/sessions/oidc/{id}/start?returnTo=/path`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SignInProvider {
    /// Its name in addresses.
    pub id: String,
    /// The app it signs in to.
    pub app: App,
    /// What people call it.
    pub name: LocalText,
}

/// Why a sign-in through a provider did not succeed. It stands in the query of the page that the browser is sent back
/// to, as `signInProblem`; apps translate it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignInProblem {
    /// The person turned back at the provider.
    Cancelled,
    /// The sign-in took too long, was used already, or began in another browser.
    Expired,
    /// The provider cannot be reached.
    ProviderUnavailable,
    /// What the provider said does not hold.
    Failed,
    /// The provider did not tell who it is: no valid identity code, or no name.
    NotIdentified,
    /// The provider knows the person, and this service does not.
    UnknownPerson,
}

impl SignInProblem {
    /// The query parameter that names the problem.
    pub const PARAMETER: &'static str = "signInProblem";

    const ALL: [Self; 6] = [
        Self::Cancelled,
        Self::Expired,
        Self::ProviderUnavailable,
        Self::Failed,
        Self::NotIdentified,
        Self::UnknownPerson,
    ];

    /// The code in the query.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Cancelled => "cancelled",
            Self::Expired => "expired",
            Self::ProviderUnavailable => "provider_unavailable",
            Self::Failed => "failed",
            Self::NotIdentified => "not_identified",
            Self::UnknownPerson => "unknown_person",
        }
    }

    /// The problem of a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|problem| problem.as_str() == code)
    }
}

/// What is left to do after signing out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SignedOut {
    /// Where the browser goes to end the provider's session as well; absent when there is none to end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub continue_at: Option<String>,
}

/// The signed-in person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Me {
    /// Who.
    pub person: PersonId,
    /// Given and family name.
    pub name: String,
    /// The language the person wants to be served in.
    pub language: Language,
    /// A professional's title in Finnish; absent for a citizen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// A professional's units; empty for a citizen.
    pub units: Vec<UnitRef>,
    /// Which of them the professional leads.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub leads: Vec<crate::ids::UnitId>,
    /// What a professional is entrusted with beside their units' work.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<Role>,
    /// For how many minutes a professional opens data by break-glass; absent for a citizen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub emergency_minutes: Option<u32>,
    /// The session.
    pub session: SessionInfo,
}

/// How long the session lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SessionInfo {
    /// The session's id.
    pub id: SessionId,
    /// When the access token must be refreshed.
    #[serde(deserialize_with = "crate::wire::instant")]
    pub refresh_by: DateTime<Utc>,
    /// When the session ends however much it is used.
    #[serde(deserialize_with = "crate::wire::instant")]
    pub ends_at: DateTime<Utc>,
    /// After how many seconds without being used it ends sooner.
    pub idle_seconds: u32,
}

/// How a session goes on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Renewal {
    /// For how many seconds the person has not used the session; 0 when it is in use just now. What a browser does by itself
    /// is no use.
    pub unused_seconds: u32,
}

/// A session as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct OpenSession {
    /// The session's id.
    pub id: SessionId,
    /// When it was opened.
    #[serde(deserialize_with = "crate::wire::instant")]
    pub opened_at: DateTime<Utc>,
    /// When it was last used, to within the life of an access token.
    #[serde(deserialize_with = "crate::wire::instant")]
    pub used_at: DateTime<Utc>,
    /// The browser and the system it was opened from, such as "Firefox, Windows"; absent when they said nothing known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<String>,
    /// Whether it is the caller's own.
    pub is_current: bool,
}
