//! Secrets at rest: sealed so that only the server's key opens them, each kind with a key derived for it.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use sha2::Sha256;

use crate::error::AppError;

const NONCE_BYTES: usize = 24;

/// The keys from which all others are derived: one that seals, and one that was used before or will be used next and opens
/// as well.
#[derive(Clone)]
pub struct IdentityKeys {
    /// What seals.
    pub current: [u8; 32],
    /// What opens as well.
    pub previous: Option<[u8; 32]>,
}

impl From<&[u8; 32]> for IdentityKeys {
    fn from(key: &[u8; 32]) -> Self {
        Self { current: *key, previous: None }
    }
}

/// Seals and opens secrets of one kind: nonce and XChaCha20-Poly1305 ciphertext.
pub struct Seal {
    current: XChaCha20Poly1305,
    previous: Option<XChaCha20Poly1305>,
}

impl Seal {
    /// A seal whose keys are derived from `keys` for `purpose`.
    ///
    /// # Errors
    /// When a key cannot be used.
    pub fn new(keys: &IdentityKeys, purpose: &[u8]) -> Result<Self, AppError> {
        let cipher = |key| Ok::<_, AppError>(XChaCha20Poly1305::new(&Key::from(derive(key, purpose)?)));
        Ok(Self {
            current: cipher(&keys.current)?,
            previous: keys.previous.as_ref().map(cipher).transpose()?,
        })
    }

    /// Seals a secret. It opens only for the same `owner`, so that nobody can give it to another by moving the bytes.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub fn seal(&self, secret: &[u8], owner: &[u8]) -> Result<Vec<u8>, AppError> {
        let mut nonce = [0_u8; NONCE_BYTES];
        getrandom::fill(&mut nonce).map_err(|_| AppError::internal("no randomness"))?;
        let ciphertext = self.current.encrypt(&XNonce::from(nonce), Payload { msg: secret, aad: owner });
        let ciphertext = ciphertext.map_err(|_| AppError::internal("a secret cannot be sealed"))?;
        Ok([nonce.as_slice(), &ciphertext].concat())
    }

    /// Opens a sealed secret, with either key.
    ///
    /// # Errors
    /// When it was sealed with another key or for another owner, or has been changed.
    pub fn open(&self, sealed: &[u8], owner: &[u8]) -> Result<Vec<u8>, AppError> {
        let opened = [Some(&self.current), self.previous.as_ref()];
        let opened = opened.into_iter().flatten().find_map(|cipher| open_with(cipher, sealed, owner));
        opened.ok_or_else(|| AppError::internal("a sealed secret cannot be opened"))
    }

    /// The secret sealed with the current key; none when it is already.
    ///
    /// # Errors
    /// When it cannot be opened with either key.
    pub fn reseal(&self, sealed: &[u8], owner: &[u8]) -> Result<Option<Vec<u8>>, AppError> {
        if open_with(&self.current, sealed, owner).is_some() {
            return Ok(None);
        }
        self.seal(&self.open(sealed, owner)?, owner).map(Some)
    }
}

fn open_with(cipher: &XChaCha20Poly1305, sealed: &[u8], owner: &[u8]) -> Option<Vec<u8>> {
    let (nonce, ciphertext) = sealed.split_first_chunk::<NONCE_BYTES>()?;
    cipher.decrypt(&XNonce::from(*nonce), Payload { msg: ciphertext, aad: owner }).ok()
}

/// What seals the ID tokens of providers.
///
/// # Errors
/// When a key cannot be used.
pub fn id_token_seal(keys: &IdentityKeys) -> Result<Seal, AppError> {
    Seal::new(keys, b"omasote id token")
}

/// What seals the secrets of second factors.
///
/// # Errors
/// When a key cannot be used.
pub fn second_factor_seal(keys: &IdentityKeys) -> Result<Seal, AppError> {
    Seal::new(keys, b"omasote second factor")
}

/// HMAC-SHA-256 with `key`.
pub(super) fn mac(key: &[u8]) -> Result<Hmac<Sha256>, AppError> {
    Hmac::<Sha256>::new_from_slice(key).map_err(|_| AppError::internal("the identity key cannot be used"))
}

/// A key for one purpose, from which the others cannot be told.
pub(super) fn derive(key: &[u8; 32], purpose: &[u8]) -> Result<[u8; 32], AppError> {
    let mut mac = mac(key)?;
    mac.update(purpose);
    Ok(mac.finalize().into_bytes().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_opens_with_its_key_and_purpose_for_its_owner_and_unchanged_only() {
        let seal = Seal::new(&(&[7; 32]).into(), b"one").unwrap();
        let mut sealed = seal.seal(b"secret", b"owner").unwrap();
        assert_eq!(seal.open(&sealed, b"owner").unwrap(), b"secret");
        assert!(seal.open(&sealed, b"other").is_err());
        assert!(Seal::new(&(&[7; 32]).into(), b"two").unwrap().open(&sealed, b"owner").is_err());
        assert!(Seal::new(&(&[8; 32]).into(), b"one").unwrap().open(&sealed, b"owner").is_err());
        sealed[30] ^= 1;
        assert!(seal.open(&sealed, b"owner").is_err());
    }

    #[test]
    fn either_key_opens_and_the_current_one_seals() {
        let old = Seal::new(&(&[1; 32]).into(), b"one").unwrap();
        let both = Seal::new(&IdentityKeys { current: [2; 32], previous: Some([1; 32]) }, b"one").unwrap();
        let sealed = old.seal(b"secret", b"owner").unwrap();
        assert_eq!(both.open(&sealed, b"owner").unwrap(), b"secret");
        let anew = both.reseal(&sealed, b"owner").unwrap().unwrap();
        assert!(old.open(&anew, b"owner").is_err());
        assert_eq!(both.reseal(&anew, b"owner").unwrap(), None);
    }
}
