//! Identity codes at rest: sealed so that only the key opens them, and hashed with the key so that they can be found.

use hmac::{Hmac, Mac};
use omasote_types::identity_code::IdentityCode;
use sha2::Sha256;

use super::seal::{IdentityKeys, Seal, derive, mac};
use crate::error::AppError;

/// An identity code as the database keeps it.
pub struct SealedIdentity {
    /// HMAC-SHA-256 of the code, for look-up.
    pub hash: Vec<u8>,
    /// Nonce and XChaCha20-Poly1305 ciphertext.
    pub sealed: Vec<u8>,
}

/// Seals and opens identity codes.
pub struct IdentityVault {
    seal: Seal,
    hash_key: Hmac<Sha256>,
    previous_hash_key: Option<Hmac<Sha256>>,
}

impl IdentityVault {
    /// A vault of one key, or of two while they change; sealing and hashing use keys derived from them.
    ///
    /// # Errors
    /// When a key cannot be used.
    pub fn new(keys: impl Into<IdentityKeys>) -> Result<Self, AppError> {
        let keys = keys.into();
        let hash_key = |key| mac(&derive(key, b"omasote identity hash")?);
        Ok(Self {
            seal: Seal::new(&keys, b"omasote identity seal")?,
            hash_key: hash_key(&keys.current)?,
            previous_hash_key: keys.previous.as_ref().map(hash_key).transpose()?,
        })
    }

    /// What is kept for look-up.
    #[must_use]
    pub fn hash(&self, code: &IdentityCode) -> Vec<u8> {
        hash_with(&self.hash_key, code)
    }

    /// What look-up compares: with each key there is.
    #[must_use]
    pub fn hashes(&self, code: &IdentityCode) -> Vec<Vec<u8>> {
        let keys = [Some(&self.hash_key), self.previous_hash_key.as_ref()];
        keys.into_iter().flatten().map(|key| hash_with(key, code)).collect()
    }

    /// A code sealed and hashed with the current key; none when it is already.
    ///
    /// # Errors
    /// When it cannot be opened with either key.
    pub fn reseal(&self, sealed: &[u8]) -> Result<Option<SealedIdentity>, AppError> {
        match self.seal.reseal(sealed, &[])? {
            Some(anew) => Ok(Some(SealedIdentity { hash: self.hash(&self.open(sealed)?), sealed: anew })),
            None => Ok(None),
        }
    }

    /// Seals a code.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub fn seal(&self, code: &IdentityCode) -> Result<SealedIdentity, AppError> {
        let sealed = self.seal.seal(code.as_str().as_bytes(), &[])?;
        Ok(SealedIdentity { hash: self.hash(code), sealed })
    }

    /// Opens a sealed code.
    ///
    /// # Errors
    /// When it was sealed with another key or has been changed.
    pub fn open(&self, sealed: &[u8]) -> Result<IdentityCode, AppError> {
        let failed = || AppError::internal("a sealed identity code cannot be opened");
        let code = String::from_utf8(self.seal.open(sealed, &[])?).map_err(|_| failed())?;
        IdentityCode::parse(&code).map_err(|_| failed())
    }
}

fn hash_with(key: &Hmac<Sha256>, code: &IdentityCode) -> Vec<u8> {
    let mut mac = key.clone();
    mac.update(code.as_str().as_bytes());
    mac.finalize().into_bytes().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_code_opens_with_its_key_only_and_unchanged_only() {
        let code = IdentityCode::parse("010594Y9032").unwrap();
        let vault = IdentityVault::new(&[7; 32]).unwrap();
        let mut sealed = vault.seal(&code).unwrap().sealed;
        assert_eq!(vault.open(&sealed).unwrap(), code);
        assert!(IdentityVault::new(&[8; 32]).unwrap().open(&sealed).is_err());
        sealed[30] ^= 1;
        assert!(vault.open(&sealed).is_err());
    }

    #[test]
    fn the_same_code_has_the_same_hash_and_another_seal() {
        let code = IdentityCode::parse("010594Y9032").unwrap();
        let vault = IdentityVault::new(&[7; 32]).unwrap();
        let (one, two) = (vault.seal(&code).unwrap(), vault.seal(&code).unwrap());
        assert_eq!(one.hash, two.hash);
        assert_ne!(one.sealed, two.sealed);
    }
}
