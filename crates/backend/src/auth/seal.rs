//! Secrets at rest: sealed so that only the server's key opens them, each kind with a key derived for it.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use sha2::Sha256;

use crate::error::AppError;

const NONCE_BYTES: usize = 24;

/// Seals and opens secrets of one kind: nonce and XChaCha20-Poly1305 ciphertext.
pub struct Seal {
    cipher: XChaCha20Poly1305,
}

impl Seal {
    /// A seal whose key is derived from `key` for `purpose`.
    ///
    /// # Errors
    /// When the key cannot be used.
    pub fn new(key: &[u8; 32], purpose: &[u8]) -> Result<Self, AppError> {
        Ok(Self { cipher: XChaCha20Poly1305::new(&Key::from(derive(key, purpose)?)) })
    }

    /// Seals a secret. It opens only for the same `owner`, so that nobody can give it to another by moving the bytes.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub fn seal(&self, secret: &[u8], owner: &[u8]) -> Result<Vec<u8>, AppError> {
        let mut nonce = [0_u8; NONCE_BYTES];
        getrandom::fill(&mut nonce).map_err(|_| AppError::internal("no randomness"))?;
        let ciphertext = self.cipher.encrypt(&XNonce::from(nonce), Payload { msg: secret, aad: owner });
        let ciphertext = ciphertext.map_err(|_| AppError::internal("a secret cannot be sealed"))?;
        Ok([nonce.as_slice(), &ciphertext].concat())
    }

    /// Opens a sealed secret.
    ///
    /// # Errors
    /// When it was sealed with another key or for another owner, or has been changed.
    pub fn open(&self, sealed: &[u8], owner: &[u8]) -> Result<Vec<u8>, AppError> {
        let failed = || AppError::internal("a sealed secret cannot be opened");
        let (nonce, ciphertext) = sealed.split_first_chunk::<NONCE_BYTES>().ok_or_else(failed)?;
        let payload = Payload { msg: ciphertext, aad: owner };
        self.cipher.decrypt(&XNonce::from(*nonce), payload).map_err(|_| failed())
    }
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
        let seal = Seal::new(&[7; 32], b"one").unwrap();
        let mut sealed = seal.seal(b"secret", b"owner").unwrap();
        assert_eq!(seal.open(&sealed, b"owner").unwrap(), b"secret");
        assert!(seal.open(&sealed, b"other").is_err());
        assert!(Seal::new(&[7; 32], b"two").unwrap().open(&sealed, b"owner").is_err());
        assert!(Seal::new(&[8; 32], b"one").unwrap().open(&sealed, b"owner").is_err());
        sealed[30] ^= 1;
        assert!(seal.open(&sealed, b"owner").is_err());
    }
}
