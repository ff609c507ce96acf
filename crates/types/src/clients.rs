//! Third-party programs: a unit's systems, and apps that citizens let in. OAuth 2.0 (RFC 6749, 7636, 7523, 9068).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::error::{FieldError, FieldErrorCode};
use crate::ids::{ClientId, ConsentId, UnitId};
use crate::units::UnitRef;
use crate::validation::Validation;

/// How many characters the name of a program may have.
pub const MAX_NAME_CHARACTERS: usize = 100;
/// How many addresses an app may be sent back to.
pub const MAX_REDIRECT_URIS: usize = 10;
/// How many characters such an address may have.
pub const MAX_REDIRECT_URI_CHARACTERS: usize = 500;
/// How many public keys a program may have at a time: the one in use and the next.
pub const MAX_PUBLIC_KEYS: usize = 5;
/// How many characters an app's `state` may have.
pub const MAX_STATE_CHARACTERS: usize = 1000;

/// What a program may do: a feature, and whether reading or writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub enum Scope {
    /// Name, birth date, language and where the person is reached.
    #[serde(rename = "people:read")]
    PeopleRead,
    /// Threads and their messages; a unit's inbox.
    #[serde(rename = "messages:read")]
    MessagesRead,
    /// Begin threads, write into them, mark them read, close them.
    #[serde(rename = "messages:write")]
    MessagesWrite,
    /// Measurements, targets and what is counted of them.
    #[serde(rename = "measurements:read")]
    MeasurementsRead,
    /// Record measurements, and strike through those that were entered wrong.
    #[serde(rename = "measurements:write")]
    MeasurementsWrite,
    /// Who has seen or changed the data.
    #[serde(rename = "audit:read")]
    AuditRead,
}

impl Scope {
    /// Every scope.
    pub const ALL: [Self; 6] = [
        Self::PeopleRead,
        Self::MessagesRead,
        Self::MessagesWrite,
        Self::MeasurementsRead,
        Self::MeasurementsWrite,
        Self::AuditRead,
    ];

    /// The scope as it stands in requests and tokens.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PeopleRead => "people:read",
            Self::MessagesRead => "messages:read",
            Self::MessagesWrite => "messages:write",
            Self::MeasurementsRead => "measurements:read",
            Self::MeasurementsWrite => "measurements:write",
            Self::AuditRead => "audit:read",
        }
    }

    /// The scopes of a text, names with spaces between; none when one is not known.
    #[must_use]
    pub fn read_all(text: &str) -> Option<Vec<Self>> {
        let named = |name: &str| Self::ALL.into_iter().find(|scope| scope.as_str() == name);
        let mut scopes: Vec<Self> =
            text.split(' ').filter(|name| !name.is_empty()).map(named).collect::<Option<_>>()?;
        scopes.sort_unstable();
        scopes.dedup();
        Some(scopes)
    }

    /// Scopes as a text.
    #[must_use]
    pub fn write_all(scopes: &[Self]) -> String {
        scopes.iter().map(|scope| scope.as_str()).collect::<Vec<_>>().join(" ")
    }
}

/// For whom a program acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ClientKind {
    /// A system of a unit: it sees what the unit's members see. OAuth's client credentials.
    System,
    /// An app that citizens let in, each for their own data. OAuth's authorization code, with PKCE.
    App,
}

/// How a program proves that it is itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ClientAuth {
    /// By a secret that the server made.
    Secret,
    /// By assertions that it signs with a key of its own (RFC 7523); the server knows the public keys.
    PrivateKeyJwt,
    /// Not at all: an app on people's devices can keep no secret. PKCE protects it.
    None,
}

/// A public key, as a JSON Web Key (RFC 7517). A private one is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PublicKey {
    /// `EC`, `RSA` or `OKP`.
    pub kty: String,
    /// Its name; assertions say by which key they are signed.
    pub kid: String,
    /// For which algorithm: `ES256`, `ES384`, `RS256`, `PS256` or `EdDSA`.
    pub alg: String,
    /// For what: `sig`, when it is said.
    #[serde(default, rename = "use", skip_serializing_if = "Option::is_none")]
    pub usage: Option<String>,
    /// The curve of an elliptic key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub crv: Option<String>,
    /// A coordinate of an elliptic key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub x: Option<String>,
    /// The other coordinate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub y: Option<String>,
    /// The modulus of an RSA key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub n: Option<String>,
    /// The exponent of an RSA key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub e: Option<String>,
}

/// Public keys, as a JSON Web Key Set.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PublicKeys {
    /// The keys.
    pub keys: Vec<PublicKey>,
}

/// A program that may use the API.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Client {
    /// Its id: OAuth's `client_id`.
    pub id: ClientId,
    /// What people know it by.
    pub name: String,
    /// For whom it acts.
    pub kind: ClientKind,
    /// The unit whose system it is; absent for an app.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitRef>,
    /// How it proves that it is itself.
    pub auth: ClientAuth,
    /// Its public keys.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub public_keys: Vec<PublicKey>,
    /// Where an app's users are sent back to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub redirect_uris: Vec<String>,
    /// What it may do at most.
    pub scopes: Vec<Scope>,
    /// When it was registered.
    #[serde(deserialize_with = "crate::wire::instant")]
    pub created_at: DateTime<Utc>,
    /// Since when it is shut out; absent when it is not.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "crate::wire::optional_instant"
    )]
    pub disabled_at: Option<DateTime<Utc>>,
}

/// A program to be registered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewClient {
    /// What people know it by.
    #[cfg_attr(feature = "server", schema(min_length = 1, max_length = 100))]
    pub name: String,
    /// For whom it acts.
    pub kind: ClientKind,
    /// The unit whose system it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_id: Option<UnitId>,
    /// How it proves that it is itself.
    pub auth: ClientAuth,
    /// Its public keys.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "server", schema(max_items = 5))]
    pub public_keys: Vec<PublicKey>,
    /// Where an app's users are sent back to: `https`, a loopback address, or a scheme of the app's own (RFC 8252).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "server", schema(max_items = 10))]
    pub redirect_uris: Vec<String>,
    /// What it may do at most.
    #[cfg_attr(feature = "server", schema(min_items = 1))]
    pub scopes: Vec<Scope>,
}

impl NewClient {
    /// The form and the server ask the same question.
    ///
    /// # Errors
    /// The refused fields.
    pub fn validate(&self) -> Result<(), Vec<FieldError>> {
        let mut validation = Validation::new();
        validation.text("name", &self.name, MAX_NAME_CHARACTERS);
        check_scopes(&mut validation, &self.scopes);
        check_uris(&mut validation, &self.redirect_uris);
        let is_system = self.kind == ClientKind::System;
        match (is_system, self.unit_id) {
            (true, None) => validation.refuse("unitId", FieldErrorCode::Required),
            (false, Some(_)) => validation.refuse("unitId", FieldErrorCode::InvalidFormat),
            _ => {}
        }
        match (is_system, self.redirect_uris.is_empty()) {
            (false, true) => validation.refuse("redirectUris", FieldErrorCode::Required),
            (true, false) => validation.refuse("redirectUris", FieldErrorCode::InvalidFormat),
            _ => {}
        }
        if is_system && self.auth == ClientAuth::None {
            validation.refuse("auth", FieldErrorCode::InvalidFormat);
        }
        check_keys(&mut validation, self.auth, &self.public_keys);
        validation.finish()
    }
}

/// What is changed of a program. What is absent stays as it is. A system's tokens end at once, those of an app that is shut
/// out too; other apps have their next access token by what holds then. The name stays: under another name it would be another
/// program to those who let it in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ClientUpdate {
    /// Its public keys.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(max_items = 5))]
    pub public_keys: Option<Vec<PublicKey>>,
    /// Where an app's users are sent back to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(max_items = 10))]
    pub redirect_uris: Option<Vec<String>>,
    /// What it may do at most. What citizens have let it do stays within.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(min_items = 1))]
    pub scopes: Option<Vec<Scope>>,
    /// Whether it is shut out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_disabled: Option<bool>,
}

/// A secret that a program has from now on. It is shown this once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClientSecret {
    /// Of which program.
    pub client_id: ClientId,
    /// The secret: OAuth's `client_secret`.
    pub client_secret: String,
}

impl std::fmt::Debug for ClientSecret {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("ClientSecret")
    }
}

/// What an app asks of a citizen: the parameters with which it opens the page `/lupa`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AppRequest {
    /// Which app: `client_id`.
    pub client_id: ClientId,
    /// Where the person is sent back to: `redirect_uri`.
    #[cfg_attr(feature = "server", schema(max_length = 500))]
    pub redirect_uri: String,
    /// What it would like to do, names with spaces between: `scope`.
    #[cfg_attr(feature = "server", schema(max_length = 500))]
    pub scope: String,
    /// What `response_type` said: only `code` is answered.
    #[cfg_attr(feature = "server", schema(max_length = 50))]
    pub response_type: String,
    /// What the app wants to be told when the person is back: `state`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(max_length = 1000))]
    pub state: Option<String>,
    /// PKCE's `code_challenge`: 43 characters of base64url.
    #[cfg_attr(feature = "server", schema(max_length = 200))]
    pub code_challenge: String,
    /// PKCE's `code_challenge_method`: only `S256` is taken.
    #[cfg_attr(feature = "server", schema(max_length = 50))]
    pub code_challenge_method: String,
}

/// An app that asks to be let in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct AskingApp {
    /// What people know it by.
    pub name: String,
    /// What it would do.
    pub scopes: Vec<Scope>,
    /// The host that the person is sent back to, or the app's own scheme.
    pub returns_to: String,
    /// Where the browser goes when the person says no.
    pub refusal: String,
}

/// Where the browser goes on to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct LetIn {
    /// The app's address, with its code.
    pub continue_at: String,
}

/// An app that a citizen has let in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Consent {
    /// Its id.
    pub id: ConsentId,
    /// The app's name.
    pub client_name: String,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// When it was let in.
    #[serde(deserialize_with = "crate::wire::instant")]
    pub given_at: DateTime<Utc>,
    /// When it must ask again.
    #[serde(deserialize_with = "crate::wire::instant")]
    pub ends_at: DateTime<Utc>,
    /// When it last came for new tokens; absent when it has not yet.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "crate::wire::optional_instant"
    )]
    pub used_at: Option<DateTime<Utc>>,
}

/// A request for tokens (RFC 6749, 7636, 7523), as form fields. A program proves itself by HTTP Basic, by `client_secret`, or
/// by `client_assertion`.
#[derive(Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct TokenRequest {
    /// `client_credentials`, `authorization_code` or `refresh_token`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grant_type: Option<String>,
    /// The code that the browser brought.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The address to which it was brought.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redirect_uri: Option<String>,
    /// What PKCE's challenge was made from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code_verifier: Option<String>,
    /// The refresh token; each is good once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refresh_token: Option<String>,
    /// What the access token should cover; all that may be, when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    /// Which program.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// Its secret, when it does not come by HTTP Basic.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_secret: Option<String>,
    /// `urn:ietf:params:oauth:client-assertion-type:jwt-bearer`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_assertion_type: Option<String>,
    /// A JWT that the program signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_assertion: Option<String>,
    /// The token to be revoked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
}

impl std::fmt::Debug for TokenRequest {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("TokenRequest")
    }
}

/// Tokens for a program.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Tokens {
    /// What goes into `Authorization: Bearer`.
    pub access_token: String,
    /// `Bearer`.
    pub token_type: String,
    /// For how many seconds the access token is good.
    pub expires_in: i64,
    /// What it covers.
    pub scope: String,
    /// By which an app has the next tokens; absent for a unit's system.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refresh_token: Option<String>,
}

impl std::fmt::Debug for Tokens {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Tokens")
    }
}

/// Why there are no tokens, as RFC 6749 has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct TokenProblem {
    /// `invalid_request`, `invalid_client`, `invalid_grant`, `unauthorized_client`, `unsupported_grant_type` or
    /// `invalid_scope`.
    pub error: String,
    /// Why, in words for developers.
    pub error_description: String,
}

fn check_scopes(validation: &mut Validation, scopes: &[Scope]) {
    if scopes.is_empty() {
        validation.refuse("scopes", FieldErrorCode::Required);
    }
}

fn check_uris(validation: &mut Validation, uris: &[String]) {
    if uris.len() > MAX_REDIRECT_URIS {
        validation.refuse("redirectUris", FieldErrorCode::TooLong);
    }
    for uri in uris {
        validation.text("redirectUris", uri, MAX_REDIRECT_URI_CHARACTERS);
        if !is_redirect_uri(uri) {
            validation.refuse("redirectUris", FieldErrorCode::InvalidFormat);
        }
    }
}

fn check_keys(validation: &mut Validation, auth: ClientAuth, keys: &[PublicKey]) {
    match (auth == ClientAuth::PrivateKeyJwt, keys.is_empty()) {
        (true, true) => validation.refuse("publicKeys", FieldErrorCode::Required),
        (false, false) => validation.refuse("publicKeys", FieldErrorCode::InvalidFormat),
        _ => {}
    }
    if keys.len() > MAX_PUBLIC_KEYS {
        validation.refuse("publicKeys", FieldErrorCode::TooLong);
    }
}

/// Whether an app's users may be sent there: `https`, a loopback address, or a scheme with a dot, which is the app's own
/// (RFC 8252). Without a fragment, spaces or control characters.
#[must_use]
pub fn is_redirect_uri(uri: &str) -> bool {
    let is_printable =
        uri.chars().all(|character| character.is_ascii_graphic() && !"\"<>\\^`{|}#".contains(character));
    let Some((scheme, rest)) = uri.split_once(':') else { return false };
    let host = rest.strip_prefix("//").map(|rest| rest.split(['/', '?']).next().unwrap_or_default());
    let has_host = host.is_some_and(|host| !host.is_empty() && !host.contains('@'));
    let name = host.and_then(|host| host.split(':').next());
    is_printable
        && match scheme {
            "https" => has_host,
            "http" => {
                matches!(name, Some("127.0.0.1" | "localhost"))
                    || host.is_some_and(|host| host.starts_with("[::1]"))
            }
            _ => {
                scheme.contains('.') && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
            }
        }
}

impl ClientUpdate {
    /// The form and the server ask the same question; how the program proves itself does not change.
    ///
    /// # Errors
    /// The refused fields.
    pub fn validate(&self, auth: ClientAuth, kind: ClientKind) -> Result<(), Vec<FieldError>> {
        let mut validation = Validation::new();
        if let Some(scopes) = &self.scopes {
            check_scopes(&mut validation, scopes);
        }
        if let Some(uris) = &self.redirect_uris {
            check_uris(&mut validation, uris);
            if (kind == ClientKind::App) == uris.is_empty() {
                validation.refuse("redirectUris", FieldErrorCode::InvalidFormat);
            }
        }
        if let Some(keys) = &self.public_keys {
            check_keys(&mut validation, auth, keys);
        }
        validation.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn users_are_sent_back_to_safe_addresses_only() {
        for good in [
            "https://app.example/back",
            "https://app.example:8443/back?from=omasote",
            "http://127.0.0.1:5000/back",
            "http://[::1]/back",
            "fi.example.app:/back",
        ] {
            assert!(is_redirect_uri(good), "{good}");
        }
        for bad in [
            "http://app.example/back",
            "https://",
            "https:///back",
            "https://app.example@evil.example/",
            "https://app.example/#part",
            "https://app.example/a\r\nSet-Cookie: a=b",
            "https://app.example/a b",
            "javascript:alert(1)",
            "data:text/html,x",
            "app:/back",
            "/back",
            "",
        ] {
            assert!(!is_redirect_uri(bad), "{bad}");
        }
    }

    #[test]
    fn scopes_are_read_as_they_are_written() {
        assert_eq!(
            Scope::read_all("messages:write  people:read messages:write"),
            Some(vec![Scope::PeopleRead, Scope::MessagesWrite])
        );
        assert_eq!(Scope::read_all("messages:write everything"), None);
        assert_eq!(
            Scope::write_all(&Scope::ALL),
            "people:read messages:read messages:write measurements:read measurements:write audit:read"
        );
    }
}
