//! Codes that people read out and type: no letter or digit is easily taken for another.

use crate::error::AppError;

const CHARACTERS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/// A random code of `LENGTH` characters, in groups of four.
///
/// # Errors
/// When the system has no randomness.
pub fn random<const LENGTH: usize>() -> Result<String, AppError> {
    let mut bytes = [0_u8; LENGTH];
    getrandom::fill(&mut bytes).map_err(|_| AppError::internal("no randomness"))?;
    let character = |byte: &u8| CHARACTERS.get(usize::from(byte % 32)).copied().map(char::from);
    let code: Vec<char> = bytes.iter().filter_map(character).collect();
    Ok(code.chunks(4).map(String::from_iter).collect::<Vec<_>>().join("-"))
}

/// A code as somebody typed it: its letters and digits alone, in capitals.
#[must_use]
pub fn plain(typed: &str) -> String {
    let plain: String = typed.chars().filter(char::is_ascii_alphanumeric).collect();
    plain.to_ascii_uppercase()
}
