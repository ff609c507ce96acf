//! Who may what. The only place that decides: services ask with an actor, an action and a resource.
//!
//! What an actor may not see does not exist for them: the answer is 404. 403 is for what they may see and not do.

use omasote_types::audit::{AccessAction, AccessGround};
use omasote_types::error::ErrorCode;
use omasote_types::ids::{CitizenId, ProfessionalId, ThreadId, UnitId};
use omasote_types::messages::Side;
use omasote_types::sessions::PersonId;

use crate::audit::Call;
use crate::auth::Actor;
use crate::db::DbConn;
use crate::error::AppError;
use crate::repos::audit::Line;
use crate::repos::people;

/// What somebody wants to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// See it.
    Read,
    /// Send a message into it, or begin one under it.
    Write,
    /// End it.
    Close,
}

impl From<Action> for AccessAction {
    fn from(action: Action) -> Self {
        match action {
            Action::Read => Self::Read,
            Action::Write | Action::Close => Self::Write,
        }
    }
}

/// What it is to be done with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resource {
    /// A citizen's own data.
    Citizen(CitizenId),
    /// A thread, with whose it is and who has it.
    Thread(ThreadId, Parties),
    /// What the members of a unit share: its inbox, its list of members.
    Unit(UnitId),
}

/// The two sides of a thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parties {
    /// Whose it is.
    pub citizen: CitizenId,
    /// The unit that has it.
    pub unit: UnitId,
}

/// Lets the actor do it, or answers why not. Either is noted for the access log.
///
/// # Errors
/// `not_found` when the actor may not know of the resource, `not_allowed` when they may not do this with it.
pub fn require(
    conn: &mut DbConn,
    call: &mut Call,
    action: Action,
    resource: Resource,
) -> Result<(), AppError> {
    match call.actor.person {
        PersonId::Citizen(id) => require_citizen(call, id, action, resource),
        PersonId::Professional(id) => require_professional(conn, call, id, action, resource),
    }
}

/// On which side of threads the actor stands.
#[must_use]
pub const fn side_of(actor: &Actor) -> Side {
    match actor.person {
        PersonId::Citizen(_) => Side::Citizen,
        PersonId::Professional(_) => Side::Unit,
    }
}

fn require_citizen(
    call: &mut Call,
    id: CitizenId,
    action: Action,
    resource: Resource,
) -> Result<(), AppError> {
    let refusal = match resource {
        Resource::Citizen(citizen) if citizen == id => None,
        Resource::Thread(_, parties) if parties.citizen == id => match action {
            Action::Read | Action::Write => None,
            Action::Close => Some(AppError::of(ErrorCode::NotAllowed).detail("the unit closes a matter")),
        },
        Resource::Citizen(_) | Resource::Thread(..) | Resource::Unit(_) => Some(AppError::not_found()),
    };
    match refusal {
        None => {
            note(call, action.into(), AccessGround::Own, resource);
            Ok(())
        }
        Some(refusal) => {
            note(call, AccessAction::Refused, AccessGround::None, resource);
            Err(refusal)
        }
    }
}

fn require_professional(
    conn: &mut DbConn,
    call: &mut Call,
    id: ProfessionalId,
    action: Action,
    resource: Resource,
) -> Result<(), AppError> {
    let unit = match resource {
        Resource::Thread(_, parties) => Some(parties.unit),
        Resource::Unit(unit) => Some(unit),
        Resource::Citizen(_) => None,
    };
    if let Some(unit) = unit
        && let Some(title) = people::find_title_of_member(conn, id, unit)?
    {
        note(call, action.into(), AccessGround::Unit, resource).by(title, unit);
        return Ok(());
    }
    let title = people::find_professional(conn, id)?.map(|professional| professional.title);
    note(call, AccessAction::Refused, AccessGround::None, resource).title = title;
    Err(AppError::not_found())
}

fn note(call: &mut Call, action: AccessAction, ground: AccessGround, resource: Resource) -> &mut Line {
    let line = call.note(action, ground);
    match resource {
        Resource::Citizen(citizen) => line.of(citizen),
        Resource::Thread(id, parties) => line.of(parties.citizen).with(*id.as_uuid()),
        // Whom the list shows is known when it is read.
        Resource::Unit(_) => line,
    }
}
