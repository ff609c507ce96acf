//! What programs may: what those may for whom they act, as far as their token covers it. An app that a citizen lets in acts
//! for that citizen alone, never for those for whom the citizen may act.

use omasote_types::audit::AccessGround;
use omasote_types::clients::Scope;
use omasote_types::error::ErrorCode;

use super::{Action, Decision, Part, Permit, Resource};
use crate::auth::Via;

/// Narrows what was decided for the person or the unit's member whom a program acts for.
pub(super) fn narrow(decision: Decision, via: Via, action: Action, resource: Resource) -> Decision {
    let Decision::Allow(permit) = decision else { return decision };
    if permit.is_on_behalf() {
        return Decision::Hide;
    }
    match scope_of(action, resource) {
        None => Decision::Refuse(ErrorCode::InsufficientScope, "this is for people, not for programs"),
        Some(scope) if !via.covers(scope) => {
            Decision::Refuse(ErrorCode::InsufficientScope, "the token does not cover this")
        }
        Some(_) if permit.ground == AccessGround::Own => {
            Decision::Allow(Permit { ground: AccessGround::Consent, ..permit })
        }
        Some(_) => Decision::Allow(permit),
    }
}

/// The scope that covers it; none for what no program does.
const fn scope_of(action: Action, resource: Resource) -> Option<Scope> {
    match (resource, action) {
        (Resource::Citizen(_, Part::Person), Action::Read) => Some(Scope::PeopleRead),
        (Resource::Citizen(_, Part::Messages) | Resource::Thread(..) | Resource::Unit(_), Action::Read) => {
            Some(Scope::MessagesRead)
        }
        (
            Resource::Citizen(_, Part::Messages) | Resource::Thread(..) | Resource::Unit(_),
            Action::Write | Action::Close,
        ) => Some(Scope::MessagesWrite),
        (Resource::Citizen(_, Part::Measurements), Action::Read) => Some(Scope::MeasurementsRead),
        (Resource::Citizen(_, Part::Measurements), Action::Write) => Some(Scope::MeasurementsWrite),
        (Resource::Citizen(_, Part::Accesses), Action::Read) => Some(Scope::AuditRead),
        _ => None,
    }
}
