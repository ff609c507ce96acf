//! Checks that forms and the server share. A check names the field and says why, never what was written.

use crate::error::{FieldError, FieldErrorCode};

/// How many characters a written reason must have at least.
pub const MIN_REASON_CHARACTERS: usize = 10;
/// How many characters a written reason may have.
pub const MAX_REASON_CHARACTERS: usize = 1000;

/// Gathers the refused fields of one input, so that a form can show them all at once.
#[derive(Debug, Default)]
pub struct Validation {
    errors: Vec<FieldError>,
}

impl Validation {
    /// Nothing refused yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Refuses `field` for the reason of `code`.
    pub fn refuse(&mut self, field: &str, code: FieldErrorCode) {
        self.errors.push(FieldError { field: field.to_owned(), code });
    }

    /// A text that must say something, in at most `limit` Unicode characters, and hold no U+0000.
    pub fn text(&mut self, field: &str, text: &str, limit: usize) {
        if text.trim().is_empty() {
            self.refuse(field, FieldErrorCode::Required);
        }
        self.draft(field, text, limit);
    }

    /// The same for a text that is still being written, and need not say anything yet.
    pub fn draft(&mut self, field: &str, text: &str, limit: usize) {
        if text.chars().nth(limit).is_some() {
            self.refuse(field, FieldErrorCode::TooLong);
        }
        if text.contains('\0') {
            self.refuse(field, FieldErrorCode::ForbiddenCharacter);
        }
    }

    /// At most `limit` of something.
    pub fn count(&mut self, field: &str, count: usize, limit: usize) {
        if count > limit {
            self.refuse(field, FieldErrorCode::TooLong);
        }
    }

    /// A reason written down for others to read: at least ten characters that are not white space around it.
    pub fn reason(&mut self, field: &str, text: &str) {
        self.text(field, text, MAX_REASON_CHARACTERS);
        if (1..MIN_REASON_CHARACTERS).contains(&text.trim().chars().count()) {
            self.refuse(field, FieldErrorCode::TooShort);
        }
    }

    /// All that was refused.
    ///
    /// # Errors
    /// The refused fields, when there is at least one.
    pub fn finish(self) -> Result<(), Vec<FieldError>> {
        if self.errors.is_empty() { Ok(()) } else { Err(self.errors) }
    }
}
