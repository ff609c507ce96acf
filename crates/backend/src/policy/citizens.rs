//! What citizens may: their own, and what those let them do for whom they act.

use omasote_rules::proxies::{AGE_OF_OWN_SAY, Reach, Wanted, age, reach, sees_hidden};
use omasote_types::audit::AccessGround;
use omasote_types::error::ErrorCode;
use omasote_types::ids::CitizenId;
use omasote_types::proxies::ProxyKind;

use super::{Action, Decision, EventFacts, Guides, Part, Permit, Resource, ThreadFacts, scope_of};
use crate::audit::Call;
use crate::db::DbConn;
use crate::error::AppError;
use crate::repos::{people, proxies};

pub(super) fn decide(
    conn: &mut DbConn,
    call: &Call,
    id: CitizenId,
    action: Action,
    resource: Resource,
) -> Result<Decision, AppError> {
    match resource {
        Resource::Citizen(citizen, Part::ProtectedContact) if citizen != id => Ok(Decision::Hide),
        Resource::Citizen(citizen, part @ (Part::Appointments | Part::Measurements)) => {
            not_handled(conn, call, (id, citizen), action, part)
        }
        Resource::Citizen(citizen, Part::CalendarFeed) if citizen != id => feed(conn, call, (id, citizen)),
        Resource::Citizen(citizen, _) if citizen == id => Ok(own()),
        Resource::Citizen(citizen, part) => on_behalf(conn, call, (id, citizen), scope_of(part)),
        Resource::Thread(_, facts) => thread(conn, call, id, action, facts),
        Resource::Event(_, facts) => event(conn, call, id, action, facts),
        Resource::Task(_, parties) => task(conn, call, id, action, parties.citizen),
        Resource::Unit(_)
        | Resource::Colleague(..)
        | Resource::Kept(_)
        | Resource::Guides(Guides { is_draft: true, .. }) => Ok(Decision::Hide),
        Resource::Duty(..)
        | Resource::UnitSettings(_)
        | Resource::Questionnaires(_)
        | Resource::Guides(_) => {
            Ok(Decision::Refuse(ErrorCode::RoleRequired, "this is for professionals of a certain role"))
        }
    }
}

const fn own() -> Decision {
    Decision::Allow(Permit::of(AccessGround::Own))
}

fn thread(
    conn: &mut DbConn,
    call: &Call,
    id: CitizenId,
    action: Action,
    facts: ThreadFacts,
) -> Result<Decision, AppError> {
    let citizen = facts.parties.citizen;
    let decision = match citizen == id {
        true => own(),
        false => on_behalf(conn, call, (id, citizen), scope_of(Part::Messages))?,
    };
    let Decision::Allow(permit) = decision else { return Ok(decision) };
    if facts.is_hidden && !permit.sees_hidden {
        return Ok(Decision::Hide);
    }
    match action {
        Action::Read | Action::Write | Action::Close | Action::Answer => Ok(Decision::Allow(permit)),
        Action::Inspect | Action::Handle => {
            Ok(Decision::Refuse(ErrorCode::NotAllowed, "this is for the professionals of the unit"))
        }
        Action::Hide => hide(conn, call, citizen, permit),
    }
}

/// Only the person hides something from who acts for them, and not before they have a say of their own.
fn hide(conn: &mut DbConn, call: &Call, citizen: CitizenId, permit: Permit) -> Result<Decision, AppError> {
    if permit.is_on_behalf() {
        let why = "only the person hides a matter from who acts for them";
        return Ok(Decision::Refuse(ErrorCode::NotAllowed, why));
    }
    Ok(match age_of(conn, call, citizen)? < AGE_OF_OWN_SAY {
        true => Decision::Refuse(ErrorCode::NotAllowed, "guardians see every matter of a child under 12"),
        false => Decision::Allow(permit),
    })
}

/// Seeing events and booking, seeing measurements and adding to them is for the citizen and who acts for them; giving events and setting
/// targets is for professionals.
fn not_handled(
    conn: &mut DbConn,
    call: &Call,
    (id, citizen): (CitizenId, CitizenId),
    action: Action,
    part: Part,
) -> Result<Decision, AppError> {
    let decision = match citizen == id {
        true => own(),
        false => on_behalf(conn, call, (id, citizen), scope_of(part))?,
    };
    Ok(match (&decision, action) {
        (Decision::Allow(_), Action::Inspect | Action::Handle) => {
            Decision::Refuse(ErrorCode::NotAllowed, "this is for professionals")
        }
        _ => decision,
    })
}

fn event(
    conn: &mut DbConn,
    call: &Call,
    id: CitizenId,
    action: Action,
    facts: EventFacts,
) -> Result<Decision, AppError> {
    let citizen = facts.parties.citizen;
    match not_handled(conn, call, (id, citizen), action, Part::Appointments)? {
        Decision::Allow(permit) if facts.is_hidden && !permit.sees_hidden => Ok(Decision::Hide),
        Decision::Allow(permit) if action == Action::Hide => hide(conn, call, citizen, permit),
        decision => Ok(decision),
    }
}

/// The address goes on to work when a right to act has ended, so nobody has one by such a right.
fn feed(
    conn: &mut DbConn,
    call: &Call,
    (proxy, citizen): (CitizenId, CitizenId),
) -> Result<Decision, AppError> {
    Ok(match on_behalf(conn, call, (proxy, citizen), scope_of(Part::CalendarFeed))? {
        Decision::Allow(_) => Decision::Refuse(
            ErrorCode::OutsideMandate,
            "only the person has such an address for their events",
        ),
        decision => decision,
    })
}

/// The citizen does a task, or who acts for them; giving and looking at it is for the unit.
fn task(
    conn: &mut DbConn,
    call: &Call,
    id: CitizenId,
    action: Action,
    citizen: CitizenId,
) -> Result<Decision, AppError> {
    let decision = match citizen == id {
        true => own(),
        false => on_behalf(conn, call, (id, citizen), scope_of(Part::Tasks))?,
    };
    Ok(match (&decision, action) {
        (Decision::Allow(_), Action::Read | Action::Write) | (Decision::Hide | Decision::Refuse(..), _) => {
            decision
        }
        (Decision::Allow(_), _) => {
            Decision::Refuse(ErrorCode::NotAllowed, "this is for the professionals of the unit")
        }
    })
}

/// What a citizen may do for another: the best that their rights give.
fn on_behalf(
    conn: &mut DbConn,
    call: &Call,
    (proxy, citizen): (CitizenId, CitizenId),
    wanted: Wanted,
) -> Result<Decision, AppError> {
    let rights =
        proxies::list_rights(conn, proxies::Pair { citizen, proxy }, call.actor.session, call.now())?;
    let today = call.today();
    let best = rights
        .iter()
        .map(|right| {
            let age = age(right.born, today);
            (reach(right.kind, &right.scopes, age, wanted), sees_hidden(right.kind, age), right.kind)
        })
        .max_by_key(|(reach, sees_hidden, _)| (*reach, *sees_hidden));
    Ok(match best {
        None | Some((Reach::Nothing, ..)) => Decision::Hide,
        Some((Reach::Outside, ..)) => {
            Decision::Refuse(ErrorCode::OutsideMandate, "the right to act for the person does not cover this")
        }
        Some((Reach::Covered, sees_hidden, kind)) => {
            let ground = match kind {
                ProxyKind::Guardian => AccessGround::Guardian,
                ProxyKind::Mandate => AccessGround::Mandate,
            };
            Decision::Allow(Permit { sees_hidden, ..Permit::of(ground) })
        }
    })
}

/// The age of a citizen today.
pub(super) fn age_of(conn: &mut DbConn, call: &Call, citizen: CitizenId) -> Result<i32, AppError> {
    let born = people::find_birth_date(conn, citizen)?.ok_or_else(AppError::not_found)?;
    Ok(age(born, call.today()))
}
