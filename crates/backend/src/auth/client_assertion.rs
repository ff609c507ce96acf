//! Assertions by which a program proves that it is itself (RFC 7523): signed with a key of its own.

use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use omasote_types::Instant;
use omasote_types::clients::PublicKey;
use serde::Deserialize;

/// The algorithms that are taken.
pub const ALGORITHMS: [&str; 5] = ["ES256", "ES384", "RS256", "PS256", "EdDSA"];

/// How long an assertion may be good at most, in seconds.
const LONGEST_LIFE: i64 = 600;

/// RSA keys have at least 2048 bits: so many characters of base64url.
const SHORTEST_MODULUS: usize = 342;

/// An assertion that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assertion {
    /// What makes it one of its kind.
    pub jti: String,
    /// How long it is good.
    pub expires_at: Instant,
}

#[derive(Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    exp: i64,
    jti: String,
}

/// Whether a key is one that can be used.
#[must_use]
pub fn is_usable(key: &PublicKey) -> bool {
    let is_long = key.kty != "RSA" || key.n.as_ref().is_some_and(|n| n.len() >= SHORTEST_MODULUS);
    is_long && !key.kid.is_empty() && algorithm(key).is_some() && decoding_key(key).is_some()
}

/// The algorithm of a key: what it says of itself, when it fits its type. What an assertion says is not asked.
fn algorithm(key: &PublicKey) -> Option<Algorithm> {
    match (key.kty.as_str(), key.crv.as_deref(), key.alg.as_str()) {
        ("EC", Some("P-256"), "ES256") => Some(Algorithm::ES256),
        ("EC", Some("P-384"), "ES384") => Some(Algorithm::ES384),
        ("RSA", None, "RS256") => Some(Algorithm::RS256),
        ("RSA", None, "PS256") => Some(Algorithm::PS256),
        ("OKP", Some("Ed25519"), "EdDSA") => Some(Algorithm::EdDSA),
        _ => None,
    }
}

fn decoding_key(key: &PublicKey) -> Option<DecodingKey> {
    let jwk: Jwk = serde_json::from_value(serde_json::to_value(key).ok()?).ok()?;
    DecodingKey::from_jwk(&jwk).ok()
}

/// The program's id that an assertion claims; not to be believed.
#[must_use]
pub fn claimed_issuer(assertion: &str) -> Option<String> {
    Some(jsonwebtoken::dangerous::insecure_decode::<Claims>(assertion).ok()?.claims.iss)
}

/// Checks signature, key, issuer, subject, audience and time.
#[must_use]
pub fn check(
    assertion: &str,
    keys: &[PublicKey],
    client_id: &str,
    audiences: &[String],
    now: Instant,
) -> Option<Assertion> {
    let header = jsonwebtoken::decode_header(assertion).ok()?;
    let key = keys.iter().find(|key| Some(key.kid.as_str()) == header.kid.as_deref())?;
    let mut validation = Validation::new(algorithm(key)?);
    validation.validate_exp = false;
    validation.set_audience(audiences);
    validation.set_required_spec_claims(&["iss", "sub", "aud", "exp"]);
    let claims = jsonwebtoken::decode::<Claims>(assertion, &decoding_key(key)?, &validation).ok()?.claims;
    let is_own = claims.iss == client_id && claims.sub == client_id;
    let left = claims.exp.checked_sub(now.timestamp())?;
    let expires_at = Instant::from_timestamp(claims.exp, 0)?;
    (is_own && (1..=LONGEST_LIFE).contains(&left) && !claims.jti.is_empty())
        .then_some(Assertion { jti: claims.jti, expires_at })
}
