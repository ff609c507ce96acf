//! What messages lead to: whether a link may be sent. What a kind of link leads to is known to the repo alone.

use omasote_types::error::{ErrorCode, FieldErrorCode};
use omasote_types::ids::CitizenId;
use omasote_types::messages::NewLink;

use crate::db::DbConn;
use crate::error::AppError;
use crate::repos::messages as repo;

/// Links lead only to what is there, may be sent, and is the citizen's if it is anybody's; those of citizens only to what is theirs.
///
/// # Errors
/// `not_allowed` to citizens who lead to a guide; `validation_failed` at the link that may not be sent.
pub(super) fn check(
    conn: &mut DbConn,
    (of, is_professional): (CitizenId, bool),
    links: &[NewLink],
) -> Result<(), AppError> {
    if !is_professional && links.iter().any(|link| !link.kind.is_own()) {
        return Err(
            AppError::of(ErrorCode::NotAllowed).detail("citizens lead to their own tasks and events only")
        );
    }
    check_links(conn, of, links)
}

/// The same for links of a professional.
///
/// # Errors
/// `validation_failed` at the link that may not be sent.
pub fn check_links(conn: &mut DbConn, of: CitizenId, links: &[NewLink]) -> Result<(), AppError> {
    match find_unsendable(conn, of, links)? {
        Some(place) => Err(AppError::field(&format!("links.{place}"), FieldErrorCode::UnknownReference)),
        None => Ok(()),
    }
}

/// The place of the first link that may not be sent to a citizen.
///
/// # Errors
/// When the database fails.
pub fn find_unsendable(
    conn: &mut DbConn,
    of: CitizenId,
    links: &[NewLink],
) -> Result<Option<usize>, AppError> {
    if links.is_empty() {
        return Ok(None);
    }
    let targets = repo::list_targets(conn, links)?;
    let may_be_sent = |link: &NewLink| {
        targets.iter().any(|(kind, target)| {
            let is_theirs = target.citizen.is_none_or(|citizen| citizen == of);
            *kind == link.kind && target.id == link.id && target.can_be_sent && is_theirs
        })
    };
    Ok(links.iter().position(|link| !may_be_sent(link)))
}
