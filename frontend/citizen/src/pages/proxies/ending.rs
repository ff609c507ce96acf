//! What the forms about rights to act share: the day on which a right ends.

use omasote_types::Instant;
use omasote_types::error::{FieldError, FieldErrorCode};
use omasote_ui::intl;

/// The end of the day of a date field; none when it is empty.
pub(super) fn last_day(written: &str) -> Result<Option<Instant>, Vec<FieldError>> {
    if written.is_empty() {
        return Ok(None);
    }
    let day = intl::written_date(written);
    let refused = || vec![FieldError { field: "endsAt".to_owned(), code: FieldErrorCode::InvalidFormat }];
    day.map(|day| Some(intl::end_of_day(day))).ok_or_else(refused)
}
