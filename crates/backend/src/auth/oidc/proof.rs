//! From the code that the browser brought back to who the person is. Nothing is believed that the provider has not signed
//! for us, for this sign-in and just now.

use chrono::Duration;
use omasote_types::Instant;
use omasote_types::sessions::{App, SignInProblem};
use openidconnect::core::{
    CoreGenderClaim, CoreIdToken, CoreIdTokenClaims, CoreIdTokenVerifier, CoreJwsSigningAlgorithm,
    CoreTokenResponse,
};
use openidconnect::{
    AccessTokenHash, AdditionalClaims, AuthorizationCode, ClaimsVerificationError, Nonce,
    OAuth2TokenResponse as _, PkceCodeVerifier, RequestTokenError, SignatureVerificationError,
    TokenResponse as _, UserInfoClaims,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::claims::{self, Claims, Proven};
use super::known::Metadata;
use super::{Client, Failure, Provider};

/// Only what a key signs whose private half the provider alone has. Never `none`; never HMAC, whose key could be one that is
/// published.
const ALGORITHMS: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// How far the provider's clock may be ahead of ours.
const CLOCK_SKEW: Duration = Duration::minutes(1);
/// A token answers a sign-in of the last ten minutes, so it cannot be much older.
const OLDEST: Duration = Duration::minutes(11);

/// What the browser brought back, and what was kept of the sign-in meanwhile.
pub struct Answer {
    /// The code.
    pub code: String,
    /// Who the browser says has answered.
    pub issuer: Option<String>,
    /// What the ID token must hold.
    pub nonce: String,
    /// What shows that we asked for the code.
    pub code_verifier: String,
}

/// Who the person is, and what ends the provider's session later.
pub struct Proof {
    /// Who.
    pub person: Proven,
    /// The ID token, unless it holds an identity code: as a hint it would stand in an address.
    pub id_token: Option<String>,
}

/// Claims beside those of the standard.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct More(Claims);
impl AdditionalClaims for More {}

impl Provider {
    /// Exchanges the code and reads who the person is.
    ///
    /// # Errors
    /// When anything does not hold.
    pub async fn prove(&self, answer: Answer, now: Instant) -> Result<Proof, Failure> {
        let mut known = self.known.get(now).await?;
        self.check_issuer(answer.issuer.as_deref(), &known)?;
        let client = self.client(&known);
        let asker = &self.asker;
        let ask = |request| asker.clone().ask(request);
        let exchange =
            client.exchange_code(AuthorizationCode::new(answer.code)).map_err(|cause| failed(&cause))?;
        let verifier = PkceCodeVerifier::new(answer.code_verifier);
        let exchanged = exchange.set_pkce_verifier(verifier).request_async(&ask).await;
        let tokens = exchanged.map_err(|cause| match &cause {
            RequestTokenError::Request(_) => {
                Failure::of(SignInProblem::ProviderUnavailable, &cause.to_string())
            }
            cause => failure(&cause.to_string()),
        })?;
        let id_token = tokens.id_token().ok_or_else(|| failure("there is no ID token"))?;
        let nonce = Nonce::new(answer.nonce);

        let mut verified = verify(&client, &tokens, id_token, &nonce, now);
        if matches!(&verified, Err(Refused::UnknownKey))
            && let Some(newer) = self.known_after(&known, now).await?
        {
            known = newer;
            verified = verify(&self.client(&known), &tokens, id_token, &nonce, now);
        }
        let subject = verified.map_err(Failure::from)?;
        let id_token = id_token.to_string();
        let mut claims = payload(&id_token).ok_or_else(|| failure("the ID token cannot be read"))?;
        let may_be_hint = !self.holds_identity_code(&claims);
        if !claims::are_enough(&claims, &self.settings) {
            claims.extend(self.ask_for_more(&client, &tokens, &subject).await?);
        }
        let person = claims::read(&claims, &subject, &self.settings)?;
        Ok(Proof { person, id_token: may_be_hint.then_some(id_token) })
    }

    /// RFC 9207: an answer of another provider, mixed in, is not taken.
    fn check_issuer(&self, told: Option<&str>, known: &Metadata) -> Result<(), Failure> {
        let is_told_always = known.additional_metadata().authorization_response_iss_parameter_supported;
        match told {
            Some(issuer) if issuer == self.settings.issuer => Ok(()),
            None if !is_told_always => Ok(()),
            _ => Err(failure("the answer is of another issuer")),
        }
    }

    fn holds_identity_code(&self, claims: &Claims) -> bool {
        let name = self.settings.claims.identity_code.as_deref();
        self.app() == App::Citizen && name.is_some_and(|name| claims.contains_key(name))
    }

    /// Many providers keep the ID token small and tell the rest to who has the access token.
    async fn ask_for_more(
        &self,
        client: &Client,
        tokens: &CoreTokenResponse,
        subject: &str,
    ) -> Result<Claims, Failure> {
        let subject = openidconnect::SubjectIdentifier::new(subject.to_owned());
        let Ok(request) = client.user_info(tokens.access_token().clone(), Some(subject)) else {
            return Ok(Claims::new());
        };
        let asker = &self.asker;
        let ask = |request| asker.clone().ask(request);
        let told: UserInfoClaims<More, CoreGenderClaim> =
            request.request_async(&ask).await.map_err(|cause| failure(&cause.to_string()))?;
        match serde_json::to_value(told) {
            Ok(Value::Object(claims)) => Ok(claims),
            _ => Err(failure("the provider's user information cannot be read")),
        }
    }
}

/// Why a token is not believed.
enum Refused {
    /// It names a key that we do not know: the provider may have a new one.
    UnknownKey,
    Because(Failure),
}

impl From<Refused> for Failure {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::UnknownKey => {
                failure("the ID token is signed with a key that the provider does not publish")
            }
            Refused::Because(failure) => failure,
        }
    }
}

/// Checks signature, issuer, audience, times, nonce and that the access token belongs to it; gives the subject.
fn verify(
    client: &Client,
    tokens: &CoreTokenResponse,
    id_token: &CoreIdToken,
    nonce: &Nonce,
    now: Instant,
) -> Result<String, Refused> {
    let issued = move |at: Instant| {
        let is_now = at <= now + CLOCK_SKEW && at >= now - OLDEST;
        is_now.then_some(()).ok_or_else(|| "the ID token was not issued just now".to_owned())
    };
    let verifier: CoreIdTokenVerifier<'_> = client.id_token_verifier();
    let verifier =
        verifier.set_allowed_algs(ALGORITHMS).set_time_fn(move || now).set_issue_time_verifier_fn(issued);
    let claims: &CoreIdTokenClaims = id_token.claims(&verifier, nonce).map_err(|cause| match cause {
        ClaimsVerificationError::SignatureVerification(SignatureVerificationError::NoMatchingKey) => {
            Refused::UnknownKey
        }
        cause => Refused::Because(failed(&cause)),
    })?;
    if let Some(expected) = claims.access_token_hash() {
        let because = |cause: &dyn std::error::Error| Refused::Because(failed(cause));
        let algorithm = id_token.signing_alg().map_err(|cause| because(&cause))?;
        let key = id_token.signing_key(&verifier).map_err(|cause| because(&cause))?;
        let found = AccessTokenHash::from_token(tokens.access_token(), algorithm, key)
            .map_err(|cause| because(&cause))?;
        if found != *expected {
            return Err(Refused::Because(failure("the access token is not that of the ID token")));
        }
    }
    Ok(claims.subject().as_str().to_owned())
}

/// The claims of a token whose signature was checked.
fn payload(token: &str) -> Option<Claims> {
    use base64::Engine as _;
    let part = token.split('.').nth(1)?;
    let json = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(part).ok()?;
    serde_json::from_slice(&json).ok()
}

fn failure(cause: &str) -> Failure {
    Failure::of(SignInProblem::Failed, cause)
}

fn failed(cause: &dyn std::error::Error) -> Failure {
    Failure::because(SignInProblem::Failed, cause)
}
