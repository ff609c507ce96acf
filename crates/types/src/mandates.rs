//! Fetching from a national register for whom one may act: a visit there, and what was brought back.

use serde::{Deserialize, Serialize};

use crate::error::FieldError;
use crate::language::Language;
use crate::validation::Validation;

/// How many characters the state or the code of a visit may have.
pub const MAX_ANSWER_CHARACTERS: usize = 500;

/// From where mandates can be fetched here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct MandateMethods {
    /// Whether they can be fetched from Suomi.fi Valtuudet (e-Authorizations).
    pub has_suomi_fi: bool,
}

/// A visit to be made to the register.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewMandateVisit {
    /// In which language the register's pages are to be.
    pub language: Language,
}

/// A visit that begins: the browser goes to `address`. It comes back to `/omat-tiedot/toisen-puolesta` of the citizens' app,
/// with `state` and `code` in the query, or with `error`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct MandateVisit {
    /// Where the browser goes.
    pub address: String,
}

impl std::fmt::Debug for MandateVisit {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("MandateVisit")
    }
}

/// What the browser brought back from the register. It is good once, in the session in which the visit began.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MandateAnswer {
    /// What names the visit.
    #[cfg_attr(feature = "server", schema(min_length = 1, max_length = 500))]
    pub state: String,
    /// What the mandates are exchanged for.
    #[cfg_attr(feature = "server", schema(min_length = 1, max_length = 500))]
    pub code: String,
}

impl std::fmt::Debug for MandateAnswer {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("MandateAnswer")
    }
}

impl MandateAnswer {
    /// The app and the server ask the same question.
    ///
    /// # Errors
    /// The refused fields.
    pub fn validate(&self) -> Result<(), Vec<FieldError>> {
        let mut validation = Validation::new();
        validation.text("state", &self.state, MAX_ANSWER_CHARACTERS);
        validation.text("code", &self.code, MAX_ANSWER_CHARACTERS);
        validation.finish()
    }
}
