//! Codes of the second factor: those that an app makes of a shared secret and the time (RFC 6238: SHA-1, six digits, thirty
//! seconds, which every app knows), and those for who has lost the app.

use std::fmt::Write as _;

use omasote_types::Instant;
use omasote_types::ids::AccountId;
use sha2::{Digest, Sha256};
use totp_rs::{Builder, Secret, Totp};

use crate::error::AppError;

const SECRET_BYTES: usize = 20;
const ISSUER: &str = "Omasote";
const RECOVERY_CODES: usize = 10;
/// Of five bits each: 80 bits cannot be found by trying, so a plain hash keeps them.
const RECOVERY_CHARACTERS: usize = 16;
/// Without what looks alike.
const ALPHABET: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/// The secret that we share with an app.
pub struct SharedSecret([u8; SECRET_BYTES]);

impl SharedSecret {
    /// A new secret: 160 random bits.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub fn random() -> Result<Self, AppError> {
        let mut bytes = [0_u8; SECRET_BYTES];
        getrandom::fill(&mut bytes).map_err(|_| AppError::internal("no randomness"))?;
        Ok(Self(bytes))
    }

    /// A secret that was kept.
    ///
    /// # Errors
    /// When it is of another length.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, AppError> {
        let bytes = bytes.try_into().map_err(|_| AppError::internal("a second factor's secret is cut"))?;
        Ok(Self(bytes))
    }

    /// What is kept, sealed.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// In Base32, for who types it.
    #[must_use]
    pub fn to_text(&self) -> String {
        Secret::new_stack(self.0).to_base32()
    }

    /// As an address that apps read from a QR code.
    #[must_use]
    pub fn to_uri(&self, username: &str) -> String {
        let (name, secret) = (percent_encoded(username), self.to_text());
        format!(
            "otpauth://totp/{ISSUER}:{name}?secret={secret}&issuer={ISSUER}&algorithm=SHA1&digits=6&period=30"
        )
    }

    /// The step of time whose code this is: the present one, the one before or the one after, as clocks differ.
    ///
    /// # Errors
    /// When the secret cannot be used.
    pub fn step_of(&self, code: &str, now: Instant) -> Result<Option<i64>, AppError> {
        let Ok(seconds) = u64::try_from(now.timestamp()) else { return Ok(None) };
        let step = self.totp()?.check(code, seconds);
        Ok(step.and_then(|step| i64::try_from(step).ok()))
    }

    fn totp(&self) -> Result<Totp, AppError> {
        let built = Builder::new().with_secret(Secret::new_stack(self.0)).build();
        built.map_err(|_| AppError::internal("a second factor's secret cannot be used"))
    }
}

/// Ten new recovery codes, such as `ABCD-EFGH-JKLM-NPQR`.
///
/// # Errors
/// When the system has no randomness to give.
pub fn new_recovery_codes() -> Result<Vec<String>, AppError> {
    (0..RECOVERY_CODES).map(|_| new_recovery_code()).collect()
}

fn new_recovery_code() -> Result<String, AppError> {
    let mut bytes = [0_u8; RECOVERY_CHARACTERS];
    getrandom::fill(&mut bytes).map_err(|_| AppError::internal("no randomness"))?;
    let letters = bytes.iter().filter_map(|byte| ALPHABET.get(usize::from(byte % 32)));
    let letters: Vec<char> = letters.map(|letter| char::from(*letter)).collect();
    let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
    Ok(groups.join("-"))
}

/// What is kept of a recovery code, however it was typed.
#[must_use]
pub fn recovery_hash(account: AccountId, code: &str) -> Vec<u8> {
    let plain: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    let mut hash = Sha256::new();
    hash.update(account.as_uuid().as_bytes());
    hash.update(plain.to_ascii_uppercase().as_bytes());
    hash.finalize().to_vec()
}

fn percent_encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B: the secret "12345678901234567890", the last six of the eight digits.
    #[test]
    fn codes_are_those_of_the_standard() {
        let secret = SharedSecret::from_bytes(b"12345678901234567890").unwrap();
        for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804"), (2_000_000_000, "279037")] {
            let at = |seconds| Instant::from_timestamp(seconds, 0).unwrap();
            assert_eq!(secret.step_of(code, at(seconds)).unwrap(), Some(seconds / 30));
            assert_eq!(secret.step_of(code, at(seconds + 30)).unwrap(), Some(seconds / 30));
            assert_eq!(secret.step_of(code, at(seconds + 90)).unwrap(), None);
            assert_eq!(secret.step_of("000000", at(seconds)).unwrap(), None);
        }
        assert_eq!(secret.to_text(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        let uri = secret.to_uri("hanna huotari:ä");
        assert!(uri.starts_with("otpauth://totp/Omasote:hanna%20huotari%3A%C3%A4?secret=GEZD"), "{uri}");
    }

    #[test]
    fn recovery_codes_are_all_different_and_known_however_they_are_typed() {
        let codes = new_recovery_codes().unwrap();
        let different: std::collections::BTreeSet<_> = codes.iter().collect();
        assert_eq!((different.len(), codes[0].len()), (10, 19));
        let account = AccountId::at(Instant::from_timestamp(1_790_000_000, 0).unwrap());
        let typed = codes[0].to_lowercase().replace('-', " ");
        assert_eq!(recovery_hash(account, &codes[0]), recovery_hash(account, &typed));
        assert_ne!(recovery_hash(account, &codes[0]), recovery_hash(account, &codes[1]));
    }
}
