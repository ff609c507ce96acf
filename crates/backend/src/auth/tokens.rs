//! Access tokens (JWT, EdDSA) and refresh tokens (opaque, kept only as a hash).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, Header, Validation};
use omasote_types::Instant;
use omasote_types::clients::Scope;
use omasote_types::error::ErrorCode;
use omasote_types::ids::{CitizenId, ClientId, ProfessionalId, SessionId};
use omasote_types::sessions::PersonId;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{SigningKeys, Via};
use crate::error::AppError;

/// For whom tokens are made.
const AUDIENCE: &str = "omasote";

/// What an access token says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    iss: String,
    aud: String,
    /// `citizen:` or `professional:` and the id.
    sub: String,
    /// The session.
    pub sid: SessionId,
    iat: i64,
    /// When the token's time is over, in seconds since 1970.
    pub exp: i64,
    /// When the session ends, in seconds since 1970.
    pub session_exp: i64,
    /// The program that has the token; none in our own apps.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    client_id: Option<ClientId>,
    /// What a program's token covers, names with spaces between.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    scope: Option<String>,
}

impl Claims {
    /// Claims of a person in a session.
    #[must_use]
    pub fn new(
        issuer: &str,
        person: PersonId,
        session: SessionId,
        now: Instant,
        expires_at: Instant,
        session_ends_at: Instant,
        via: Option<Via>,
    ) -> Self {
        let sub = match person {
            PersonId::Citizen(id) => format!("citizen:{id}"),
            PersonId::Professional(id) => format!("professional:{id}"),
        };
        Self {
            iss: issuer.to_owned(),
            aud: AUDIENCE.to_owned(),
            sub,
            sid: session,
            iat: now.timestamp(),
            exp: expires_at.timestamp(),
            session_exp: session_ends_at.timestamp(),
            client_id: via.map(|via| via.client),
            scope: via.map(|via| Scope::write_all(&via.scopes())),
        }
    }

    /// The program that has the token. A scope that this version does not know covers nothing.
    #[must_use]
    pub fn via(&self) -> Option<Via> {
        let scopes = self.scope.as_deref().and_then(Scope::read_all).unwrap_or_default();
        self.client_id.map(|client| Via::new(client, &scopes))
    }

    /// Who the token is about.
    #[must_use]
    pub fn person(&self) -> Option<PersonId> {
        match self.sub.split_once(':')? {
            ("citizen", id) => id.parse::<CitizenId>().ok().map(PersonId::Citizen),
            ("professional", id) => id.parse::<ProfessionalId>().ok().map(PersonId::Professional),
            _ => None,
        }
    }

    /// Signs.
    ///
    /// # Errors
    /// When the key cannot sign.
    pub fn sign(&self, keys: &SigningKeys) -> Result<String, AppError> {
        let header = Header { kid: Some(keys.id().to_owned()), ..Header::new(Algorithm::EdDSA) };
        jsonwebtoken::encode(&header, self, keys.private())
            .map_err(|cause| AppError::internal("a token cannot be signed").because(cause))
    }

    /// Checks algorithm, key, signature, issuer and audience; not the time, which moves while a token is cached.
    ///
    /// # Errors
    /// `invalid_token`.
    pub fn verify(token: &str, keys: &SigningKeys, issuer: &str) -> Result<Self, AppError> {
        let invalid = || AppError::of(ErrorCode::InvalidToken);
        let header = jsonwebtoken::decode_header(token).map_err(|_| invalid())?;
        let key = header.kid.as_deref().and_then(|kid| keys.public(kid)).ok_or_else(invalid)?;
        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.validate_exp = false;
        validation.set_issuer(&[issuer]);
        validation.set_audience(&[AUDIENCE]);
        validation.set_required_spec_claims(&["iss", "aud", "sub", "exp"]);
        let decoded = jsonwebtoken::decode::<Self>(token, key, &validation).map_err(|_| invalid())?;
        Ok(decoded.claims)
    }
}

/// A refresh token as the browser holds it. The server keeps only its hash.
#[derive(Clone)]
pub struct RefreshToken(String);

impl RefreshToken {
    /// A new token: 256 random bits.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub fn random() -> Result<Self, AppError> {
        let mut bytes = [0_u8; 32];
        getrandom::fill(&mut bytes).map_err(|_| AppError::internal("no randomness"))?;
        Ok(Self(URL_SAFE_NO_PAD.encode(bytes)))
    }

    /// A token that came with a request.
    #[must_use]
    pub fn from_text(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The text for the cookie.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What the database keeps.
    #[must_use]
    pub fn hash(&self) -> Vec<u8> {
        Sha256::digest(self.0.as_bytes()).to_vec()
    }
}

/// The secret in the address by which a calendar fetches a citizen's events. The server keeps only its hash.
#[derive(Clone)]
pub struct FeedToken(String);

impl FeedToken {
    /// A new secret: 256 random bits.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub fn random() -> Result<Self, AppError> {
        RefreshToken::random().map(|token| Self(token.0))
    }

    /// A secret that came with a request.
    #[must_use]
    pub fn from_text(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The text for the address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What the database keeps.
    #[must_use]
    pub fn hash(&self) -> Vec<u8> {
        Sha256::digest(self.0.as_bytes()).to_vec()
    }
}
