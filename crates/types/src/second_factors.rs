//! The second factor of a local account: codes that an app makes, and codes for who has lost the app.

use serde::{Deserialize, Serialize};

use crate::error::FieldError;
use crate::sessions::MAX_PASSWORD_CHARACTERS;
use crate::validation::Validation;

/// How many characters a code may hold: six digits, or a recovery code with its hyphens.
pub const MAX_CODE_CHARACTERS: usize = 40;

/// Where the second factor of the signed-in person's account stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SecondFactor {
    /// Whether signing in asks for a code.
    pub is_on: bool,
    /// How many recovery codes are left.
    pub recovery_codes_left: u32,
}

/// A second factor that is to be set up: it counts once a code has shown that the app has the secret. Shown once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct NewSecondFactor {
    /// The secret in Base32, to be typed into an app.
    pub secret: String,
    /// The same as an `otpauth:` address, to be shown as a QR code.
    pub uri: String,
    /// Ten codes, each of which stands in for the app once.
    pub recovery_codes: Vec<String>,
}

impl std::fmt::Debug for NewSecondFactor {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("NewSecondFactor")
    }
}

/// New recovery codes; the old ones do not count any more. Shown once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct RecoveryCodes {
    /// Ten codes, each of which stands in for the app once.
    pub recovery_codes: Vec<String>,
}

impl std::fmt::Debug for RecoveryCodes {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("RecoveryCodes")
    }
}

/// The password of the signed-in person's account, given once more.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PasswordAgain {
    /// The password.
    #[cfg_attr(feature = "server", schema(min_length = 1, max_length = 200, format = Password))]
    pub password: String,
}

impl std::fmt::Debug for PasswordAgain {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("PasswordAgain")
    }
}

impl PasswordAgain {
    /// The form and the server ask the same question.
    ///
    /// # Errors
    /// The refused fields.
    pub fn validate(&self) -> Result<(), Vec<FieldError>> {
        let mut validation = Validation::new();
        validation.text("password", &self.password, MAX_PASSWORD_CHARACTERS);
        validation.finish()
    }
}

/// A code of the app, or a recovery code.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SecondFactorCode {
    /// The code.
    #[cfg_attr(feature = "server", schema(min_length = 1, max_length = 40))]
    pub code: String,
}

impl std::fmt::Debug for SecondFactorCode {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("SecondFactorCode")
    }
}

impl SecondFactorCode {
    /// The form and the server ask the same question.
    ///
    /// # Errors
    /// The refused fields.
    pub fn validate(&self) -> Result<(), Vec<FieldError>> {
        let mut validation = Validation::new();
        validation.text("code", &self.code, MAX_CODE_CHARACTERS);
        validation.finish()
    }
}
