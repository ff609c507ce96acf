//! Who may what. The only place that decides: services ask with an actor, an action and a resource.
//!
//! What an actor may not see does not exist for them: the answer is 404. 403 is for what they may see and not do.

use omasote_types::error::ErrorCode;
use omasote_types::ids::{CitizenId, ProfessionalId, UnitId};
use omasote_types::messages::Side;
use omasote_types::sessions::PersonId;

use crate::auth::Actor;
use crate::db::DbConn;
use crate::error::AppError;
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

/// What it is to be done with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resource {
    /// A citizen's own data.
    Citizen(CitizenId),
    /// A thread, by whose it is and who has it.
    Thread(Parties),
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

/// Lets the actor do it, or answers why not.
///
/// # Errors
/// `not_found` when the actor may not know of the resource, `not_allowed` when they may not do this with it.
pub fn require(conn: &mut DbConn, actor: &Actor, action: Action, resource: Resource) -> Result<(), AppError> {
    match actor.person {
        PersonId::Citizen(id) => require_citizen(id, action, resource),
        PersonId::Professional(id) => require_professional(conn, id, resource),
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

fn require_citizen(id: CitizenId, action: Action, resource: Resource) -> Result<(), AppError> {
    match resource {
        Resource::Citizen(citizen) if citizen == id => Ok(()),
        Resource::Thread(parties) if parties.citizen == id => match action {
            Action::Read | Action::Write => Ok(()),
            Action::Close => Err(AppError::of(ErrorCode::NotAllowed).detail("the unit closes a matter")),
        },
        Resource::Citizen(_) | Resource::Thread(_) | Resource::Unit(_) => Err(AppError::not_found()),
    }
}

fn require_professional(conn: &mut DbConn, id: ProfessionalId, resource: Resource) -> Result<(), AppError> {
    let unit = match resource {
        Resource::Thread(parties) => parties.unit,
        Resource::Unit(unit) => unit,
        Resource::Citizen(_) => return Err(AppError::not_found()),
    };
    if people::is_member(conn, id, unit)? { Ok(()) } else { Err(AppError::not_found()) }
}
