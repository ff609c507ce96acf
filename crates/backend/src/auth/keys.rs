//! The keys: one Ed25519 key that signs tokens, one symmetric key that seals identity codes.
//!
//! In production both come from files that the settings name. In demo mode they are made once and kept in the data
//! folder.

use std::io::Write;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ed25519_dalek::SigningKey;
use ed25519_dalek::pkcs8::spki::der::pem::LineEnding;
use ed25519_dalek::pkcs8::{DecodePrivateKey, EncodePrivateKey};
use jsonwebtoken::{DecodingKey, EncodingKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::seal::IdentityKeys;
use crate::config::{SettingError, Settings};

/// The key pair that signs and checks tokens.
pub struct SigningKeys {
    id: String,
    private: EncodingKey,
    public: DecodingKey,
    x: String,
}

impl SigningKeys {
    /// Reads a PKCS#8 PEM text.
    ///
    /// # Errors
    /// When it is not an Ed25519 key.
    pub fn from_pem(pem: &str) -> Result<Self, &'static str> {
        let expected = "the file must hold an Ed25519 private key in PKCS#8 PEM";
        let key = SigningKey::from_pkcs8_pem(pem).map_err(|_| expected)?;
        let private = EncodingKey::from_ed_pem(pem.as_bytes()).map_err(|_| expected)?;
        let x = URL_SAFE_NO_PAD.encode(key.verifying_key().as_bytes());
        let public = DecodingKey::from_ed_components(&x).map_err(|_| expected)?;
        // RFC 7638: the thumbprint of the key is its id.
        let thumbprint = Sha256::digest(format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}"#));
        Ok(Self { id: URL_SAFE_NO_PAD.encode(thumbprint), private, public, x })
    }

    /// The key's id, the `kid` of tokens.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What signs.
    #[must_use]
    pub const fn private(&self) -> &EncodingKey {
        &self.private
    }

    /// What checks a token of that `kid`.
    #[must_use]
    pub fn public(&self, id: &str) -> Option<&DecodingKey> {
        (id == self.id).then_some(&self.public)
    }

    /// The public keys as RFC 7517 writes them.
    #[must_use]
    pub fn to_jwks(&self) -> Value {
        json!({ "keys": [{
            "kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "use": "sig", "kid": self.id, "x": self.x,
        }] })
    }
}

/// The signing key that the settings name.
///
/// # Errors
/// When the file cannot be read or holds something else.
pub fn signing_keys(settings: &Settings) -> Result<SigningKeys, SettingError> {
    let wrong = |expected: &str| SettingError::new("signing_key_file", expected);
    let file = settings.signing_key_file.as_deref();
    let pem = read_or_make(file, &settings.data_dir.join("demo-signing-key.pem"), new_signing_key)
        .map_err(|why| wrong(&why))?;
    SigningKeys::from_pem(&pem).map_err(wrong)
}

/// The identity keys that the settings name.
///
/// # Errors
/// When a file cannot be read or holds something else.
pub fn identity_keys(settings: &Settings) -> Result<IdentityKeys, SettingError> {
    let name = "identity_key_file";
    let file = settings.identity_key_file.as_deref();
    let text = read_or_make(file, &settings.data_dir.join("demo-identity-key"), new_identity_key);
    let current = identity_key(name, text)?;
    let previous = settings.identity_key_previous_file.as_deref().map(|file| {
        let text = std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()));
        identity_key("identity_key_previous_file", text)
    });
    Ok(IdentityKeys { current, previous: previous.transpose()? })
}

fn identity_key(setting: &str, text: Result<String, String>) -> Result<[u8; 32], SettingError> {
    let text = text.map_err(|why| SettingError::new(setting, why))?;
    let bytes = STANDARD.decode(text.trim()).ok().and_then(|bytes| bytes.try_into().ok());
    bytes.ok_or_else(|| SettingError::new(setting, "the file must hold 32 bytes in Base64"))
}

/// Reads the named file; with none named (demo mode), the demo file, which is made when it is missing.
fn read_or_make(
    named: Option<&Path>,
    demo_file: &Path,
    make: impl Fn([u8; 32]) -> Result<String, &'static str>,
) -> Result<String, String> {
    let file = named.unwrap_or(demo_file);
    if named.is_none() && !demo_file.exists() {
        let mut seed = [0_u8; 32];
        getrandom::fill(&mut seed).map_err(|_| "no randomness")?;
        write_private(demo_file, &make(seed)?)
            .map_err(|error| format!("{}: {error}", demo_file.display()))?;
    }
    std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))
}

fn new_signing_key(seed: [u8; 32]) -> Result<String, &'static str> {
    let pem = SigningKey::from_bytes(&seed).to_pkcs8_pem(LineEnding::LF);
    pem.map(|pem| pem.to_string()).map_err(|_| "the key cannot be written")
}

fn new_identity_key(seed: [u8; 32]) -> Result<String, &'static str> {
    Ok(STANDARD.encode(seed))
}

/// Only the owner may read the file.
fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt;
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(text.as_bytes())
}
