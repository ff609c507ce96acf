//! A key that lets a request be sent again without being done twice.

use std::fmt;

/// The value of the header `Idempotency-Key`. Keep it with what is being sent, and use a new one for a new thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdempotencyKey(String);

impl IdempotencyKey {
    /// A key that has not been used before.
    #[cfg(not(target_arch = "wasm32"))]
    #[must_use]
    pub fn random() -> Self {
        Self(uuid::Uuid::new_v4().to_string())
    }

    /// A key that has not been used before.
    #[cfg(target_arch = "wasm32")]
    #[must_use]
    pub fn random() -> Self {
        let parts: [u32; 4] = std::array::from_fn(|_| random_part());
        Self(parts.iter().map(|part| format!("{part:08x}")).collect())
    }

    /// A key the caller made: 1 to 100 visible ASCII characters, never used for anything else.
    #[must_use]
    pub fn from_text(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The key as it stands in the header.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Uniqueness is all that is needed here, so `Math.random` does: it is no secret and is kept apart by person.
#[cfg(target_arch = "wasm32")]
#[expect(clippy::as_conversions, reason = "a float below 2^32 becomes the integer part it has")]
fn random_part() -> u32 {
    (js_sys::Math::random() * f64::from(u32::MAX)) as u32
}

impl fmt::Display for IdempotencyKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}
