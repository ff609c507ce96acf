//! What messages lead to: whether a link may be sent. What a kind of link leads to is known to the repo alone.

use omasote_types::error::{ErrorCode, FieldErrorCode};
use omasote_types::ids::CitizenId;
use omasote_types::language::LocalText;
use omasote_types::messages::{LinkKind, Message, NewLink};

use crate::audit::Call;
use crate::db::DbConn;
use crate::error::AppError;
use crate::policy::{self, Action, Part, Resource};
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

/// Messages as somebody may see them: of a task or an event that they may not see they learn only that it is one.
///
/// # Errors
/// When the database fails.
pub(super) fn told(
    conn: &mut DbConn,
    call: &Call,
    of: CitizenId,
    mut messages: Vec<Message>,
) -> Result<Vec<Message>, AppError> {
    for kind in LinkKind::ALL {
        let part = match kind {
            LinkKind::Guide => continue,
            LinkKind::Task => Part::Tasks,
            LinkKind::Event => Part::Appointments,
        };
        let links = || messages.iter().flat_map(|message| &message.links);
        if links().any(|link| link.kind == kind)
            && !policy::allows(conn, call, Action::Read, Resource::Citizen(of, part))?
        {
            let all = messages.iter_mut().flat_map(|message| &mut message.links);
            for link in all.filter(|link| link.kind == kind) {
                (link.title, link.starts_at) = (LocalText::default(), None);
            }
        }
    }
    Ok(messages)
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
