//! Passwords of local accounts: argon2id, with the parameters OWASP names (19 MiB, 2 passes), and which are too common.

mod common;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};

pub use common::is_common;

use crate::error::AppError;

/// The hash that an unknown user name is checked against, so that it takes as long as a known one. Of no password.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$b21hc290ZS1ub2JvZHk$Kf1fvjLHjm5Sb9fSgCyyPCyRPvE5iAeDPyQZQTtmLdU";

/// Hashes a new password. Slow by design.
///
/// # Errors
/// When the system has no randomness to give.
pub fn hash(password: &str) -> Result<String, AppError> {
    let hashed = Argon2::default().hash_password(password.as_bytes());
    hashed
        .map(|hash| hash.to_string())
        .map_err(|cause| AppError::internal("a password cannot be hashed").because(cause))
}

/// Characters of a first password: none that look alike. 16 of 32 are 80 bits.
const FIRST_CHARACTERS: &[u8; 32] = b"abcdefghjklmnpqrstuvwxyz23456789";
const FIRST_LENGTH: usize = 16;

/// A password for one sign-in: four groups of four, easy to read out and to type.
///
/// # Errors
/// When the system has no randomness to give.
pub fn first() -> Result<String, AppError> {
    let mut bytes = [0_u8; FIRST_LENGTH];
    getrandom::fill(&mut bytes).map_err(|_| AppError::internal("no randomness"))?;
    let character = |byte: &u8| FIRST_CHARACTERS.get(usize::from(byte % 32)).copied().map(char::from);
    let drawn: Vec<char> = bytes.iter().filter_map(character).collect();
    Ok(drawn.chunks(4).map(String::from_iter).collect::<Vec<_>>().join("-"))
}

/// Whether the password is that of the hash; with no hash (unknown user) it is not, after as long. Slow by design.
#[must_use]
pub fn verify(password: &str, hash: Option<&str>) -> bool {
    let is_known = hash.is_some();
    let Ok(parsed) = PasswordHash::new(hash.unwrap_or(NOBODY)) else { return false };
    Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok() && is_known
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_first_password_is_new_each_time_and_none_of_the_commonest() {
        let (one, other) = (first().unwrap(), first().unwrap());
        assert_ne!(one, other);
        assert_eq!((one.len(), one.split('-').count()), (19, 4));
        assert!(!is_common(&one));
    }

    #[test]
    fn a_password_is_verified_by_its_hash_and_nothing_else_is() {
        let hash = hash("kesäyö ja lämmin sauna").unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(verify("kesäyö ja lämmin sauna", Some(&hash)));
        assert!(!verify("kesäyö ja lämmin Sauna", Some(&hash)));
        assert!(!verify("kesäyö ja lämmin sauna", None));
        assert!(
            PasswordHash::new(NOBODY).is_ok(),
            "the stand-in must be a real hash, or it would answer too fast"
        );
        let work = |hash: &str| hash.split('$').take(4).collect::<Vec<_>>().join("$");
        assert_eq!(work(NOBODY), work(&hash), "an unknown name must cost as much work as a known one");
    }
}
