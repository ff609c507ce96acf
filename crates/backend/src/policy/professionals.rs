//! What professionals may: what their units care for, what they break the glass for, what their roles are for.

use omasote_rules::proxies::{AGE_OF_MAJORITY, AGE_OF_OWN_SAY};
use omasote_types::Instant;
use omasote_types::audit::AccessGround;
use omasote_types::error::ErrorCode;
use omasote_types::ids::{CitizenId, ProfessionalId, ThreadId, UnitId};
use omasote_types::people::Role;

use super::citizens::age_of;
use super::{Action, Decision, EventFacts, Guides, Part, Parties, Permit, Resource, ThreadFacts};
use crate::audit::Call;
use crate::db::DbConn;
use crate::error::AppError;
use crate::repos::care::Standing;
use crate::repos::templates::Keeper;
use crate::repos::{care, people};

pub(super) fn decide(
    conn: &mut DbConn,
    call: &Call,
    id: ProfessionalId,
    action: Action,
    resource: Resource,
) -> Result<Decision, AppError> {
    match resource {
        Resource::Citizen(citizen, part) => of_citizen(conn, call, id, action, (citizen, part)),
        Resource::Thread(thread, facts) => of_thread(conn, call, id, action, (thread, facts)),
        Resource::Task(_, parties) => of_task(conn, call, id, action, parties),
        Resource::Questionnaires(keeper) => of_questionnaires(conn, id, action, keeper),
        Resource::Event(_, facts) => of_event(conn, call, id, action, facts),
        Resource::Unit(unit) => member(conn, id, unit),
        Resource::Colleague(unit, colleague) => of_colleague(conn, id, unit, colleague),
        Resource::UnitSettings(unit) => lead(conn, id, unit),
        Resource::Kept(Keeper::Unit(unit)) => kept_by_unit(conn, id, action, unit),
        Resource::Kept(Keeper::Professional(keeper)) => Ok(kept_by_oneself(id, keeper)),
        Resource::Guides(guides) => of_guides(conn, id, guides),
        Resource::Duty(duty, _) => by_role(conn, id, duty.roles(action)),
    }
}

fn of_citizen(
    conn: &mut DbConn,
    call: &Call,
    id: ProfessionalId,
    action: Action,
    (citizen, part): (CitizenId, Part),
) -> Result<Decision, AppError> {
    let decision = in_care(conn, call, id, Wanted { citizen, thread: None })?;
    let Decision::Allow(permit) = &decision else { return Ok(decision) };
    let is_emergency = permit.ground == AccessGround::Emergency;
    Ok(match (part, action) {
        (Part::Messages | Part::Tasks | Part::Measurements, Action::Write) if is_emergency => {
            Decision::Refuse(ErrorCode::NotAllowed, "break-glass lets see, not act")
        }
        (Part::Appointments | Part::Measurements, Action::Handle) if is_emergency => {
            Decision::Refuse(ErrorCode::NotAllowed, "break-glass lets see, not act")
        }
        (Part::Appointments, Action::Read | Action::Handle) => decision,
        (Part::Appointments, _) => {
            Decision::Refuse(ErrorCode::NotAllowed, "the citizen books; a unit gives an event")
        }
        (Part::CalendarFeed, _) => Decision::Hide,
        (Part::Accesses | Part::Everything | Part::Consents, _) => Decision::Hide,
        (Part::Proxies, Action::Read)
        | (Part::Person | Part::ProtectedContact | Part::Messages | Part::Tasks | Part::Measurements, _) => {
            decision
        }
        (Part::Proxies, _) => Decision::Refuse(ErrorCode::NotAllowed, "the person decides who acts for them"),
    })
}

fn of_thread(
    conn: &mut DbConn,
    call: &Call,
    id: ProfessionalId,
    action: Action,
    (thread, facts): (ThreadId, ThreadFacts),
) -> Result<Decision, AppError> {
    let Parties { citizen, unit } = facts.parties;
    let decision = in_care(conn, call, id, Wanted { citizen, thread: Some((thread, facts)) })?;
    let Decision::Allow(permit) = decision else { return Ok(decision) };
    let is_emergency = permit.ground == AccessGround::Emergency;
    let is_elsewhere = permit.standing.as_ref().is_some_and(|standing| standing.unit != unit);
    match action {
        Action::Read | Action::Inspect => Ok(Decision::Allow(permit)),
        Action::Answer => Ok(Decision::Refuse(ErrorCode::NotAllowed, "the citizen answers that")),
        _ if is_emergency => Ok(Decision::Refuse(ErrorCode::NotAllowed, "break-glass lets see, not act")),
        _ if is_elsewhere => Ok(Decision::Refuse(ErrorCode::NotAllowed, "another unit has the matter")),
        Action::Hide if !(AGE_OF_OWN_SAY..AGE_OF_MAJORITY).contains(&age_of(conn, call, citizen)?) => {
            Ok(Decision::Refuse(ErrorCode::NotAllowed, "professionals mark it for people of 12 to 17 years"))
        }
        Action::Write | Action::Close | Action::Handle | Action::Hide => Ok(Decision::Allow(permit)),
    }
}

/// Who cares for the citizen sees the event; the unit that gave it handles it.
fn of_event(
    conn: &mut DbConn,
    call: &Call,
    id: ProfessionalId,
    action: Action,
    facts: EventFacts,
) -> Result<Decision, AppError> {
    let Parties { citizen, unit } = facts.parties;
    let decision = in_care(conn, call, id, Wanted { citizen, thread: None })?;
    let Decision::Allow(permit) = &decision else { return Ok(decision) };
    let is_emergency = permit.ground == AccessGround::Emergency;
    match action {
        Action::Read | Action::Inspect => Ok(decision),
        Action::Answer => Ok(Decision::Refuse(ErrorCode::NotAllowed, "the citizen answers that")),
        _ if is_emergency => Ok(Decision::Refuse(ErrorCode::NotAllowed, "break-glass lets see, not act")),
        Action::Hide if !(AGE_OF_OWN_SAY..AGE_OF_MAJORITY).contains(&age_of(conn, call, citizen)?) => {
            Ok(Decision::Refuse(ErrorCode::NotAllowed, "professionals mark it for people of 12 to 17 years"))
        }
        Action::Write | Action::Close | Action::Handle | Action::Hide => Ok(match member(conn, id, unit)? {
            Decision::Allow(permit) => Decision::Allow(permit),
            _ => Decision::Refuse(ErrorCode::NotAllowed, "another unit has the event"),
        }),
    }
}

/// Who cares for the citizen sees the task; the unit that asks handles it.
fn of_task(
    conn: &mut DbConn,
    call: &Call,
    id: ProfessionalId,
    action: Action,
    parties: Parties,
) -> Result<Decision, AppError> {
    let decision = in_care(conn, call, id, Wanted { citizen: parties.citizen, thread: None })?;
    let Decision::Allow(permit) = &decision else { return Ok(decision) };
    if action == Action::Read {
        return Ok(decision);
    }
    if permit.ground == AccessGround::Emergency {
        return Ok(Decision::Refuse(ErrorCode::NotAllowed, "break-glass lets see, not act"));
    }
    Ok(match member(conn, id, parties.unit)? {
        Decision::Allow(permit) => Decision::Allow(permit),
        _ => Decision::Refuse(ErrorCode::NotAllowed, "another unit has given the task"),
    })
}

/// Every professional reads them; a unit's lead keeps its own, and content editors those of the county.
fn of_questionnaires(
    conn: &mut DbConn,
    id: ProfessionalId,
    action: Action,
    keeper: Option<UnitId>,
) -> Result<Decision, AppError> {
    match (action, keeper) {
        (Action::Read, _) => Ok(Decision::Allow(Permit::of(AccessGround::Office))),
        (_, Some(unit)) => lead(conn, id, unit),
        (_, None) => by_role(conn, id, &[Role::Editor, Role::Administrator]),
    }
}

/// Whose data somebody wants, all of it or one thread.
#[derive(Clone, Copy)]
struct Wanted {
    citizen: CitizenId,
    thread: Option<(ThreadId, ThreadFacts)>,
}

impl Wanted {
    /// Whether it is closed to units: all that was there when the processing was restricted. What the citizen begins later
    /// they bring to the unit themselves.
    fn is_restricted(self, since: Option<Instant>) -> bool {
        since.is_some_and(|since| self.thread.is_none_or(|(_, thread)| thread.began_at <= since))
    }
}

/// By a care relation of one of the professional's units (of one that has or had the thread), unless the processing of the data
/// is restricted; by break-glass otherwise.
fn in_care(conn: &mut DbConn, call: &Call, id: ProfessionalId, wanted: Wanted) -> Result<Decision, AppError> {
    let (since, citizen) = (call.now() - call.limits.care, wanted.citizen);
    let thread = wanted.thread.map(|(id, thread)| (id, thread.parties.unit));
    let refusal = match care::find_standing(conn, id, citizen, thread, since)? {
        Some((standing, restricted_since)) if !wanted.is_restricted(restricted_since) => {
            return Ok(Decision::Allow(Permit::by(AccessGround::Unit, standing)));
        }
        Some(_) => {
            Decision::Refuse(ErrorCode::DataRestricted, "the processing of the person's data is restricted")
        }
        None => Decision::Hide,
    };
    let emergency = care::find_emergency_standing(conn, id, citizen, call.now())?;
    Ok(emergency.map_or(refusal, |standing| Decision::Allow(Permit::by(AccessGround::Emergency, standing))))
}

fn member(conn: &mut DbConn, id: ProfessionalId, unit: UnitId) -> Result<Decision, AppError> {
    let title = people::find_title_of_member(conn, id, unit)?;
    Ok(title.map_or(Decision::Hide, |title| {
        Decision::Allow(Permit::by(AccessGround::Unit, Standing { title, unit }))
    }))
}

/// Everybody says when they are away themselves; who leads the unit also says it of others.
fn of_colleague(
    conn: &mut DbConn,
    id: ProfessionalId,
    unit: UnitId,
    colleague: ProfessionalId,
) -> Result<Decision, AppError> {
    let decision = member(conn, id, unit)?;
    if !matches!(decision, Decision::Allow(_)) {
        return Ok(decision);
    }
    if people::find_title_of_member(conn, colleague, unit)?.is_none() {
        return Ok(Decision::Hide);
    }
    Ok(match colleague == id || people::find_title_of_lead(conn, id, unit)?.is_some() {
        true => decision,
        false => Decision::Refuse(ErrorCode::RoleRequired, "who leads the unit says that of others"),
    })
}

/// Who leads the unit; administrators look after every unit.
fn lead(conn: &mut DbConn, id: ProfessionalId, unit: UnitId) -> Result<Decision, AppError> {
    match people::find_title_of_lead(conn, id, unit)? {
        Some(title) => Ok(Decision::Allow(Permit::by(AccessGround::Unit, Standing { title, unit }))),
        None => by_role(conn, id, &[Role::Administrator]),
    }
}

/// All who work in the unit use it; who keeps what the unit has for itself keeps it, too.
fn kept_by_unit(
    conn: &mut DbConn,
    id: ProfessionalId,
    action: Action,
    unit: UnitId,
) -> Result<Decision, AppError> {
    let (as_member, as_keeper) = (member(conn, id, unit)?, lead(conn, id, unit)?);
    Ok(match (&as_member, &as_keeper, action) {
        (Decision::Allow(_), _, Action::Read) => as_member,
        (_, Decision::Allow(_), _) | (Decision::Allow(_), ..) => as_keeper,
        _ => Decision::Hide,
    })
}

/// Content editors and administrators keep the county's guides and every unit's, who leads a unit keeps its own. Others may read
/// what is published, and do not know of drafts.
fn of_guides(conn: &mut DbConn, id: ProfessionalId, guides: Guides) -> Result<Decision, AppError> {
    let as_lead = match guides.keeper {
        Some(unit) => lead(conn, id, unit)?,
        None => by_role(conn, id, &[])?,
    };
    let decision = match as_lead {
        Decision::Allow(_) => as_lead,
        _ => by_role(conn, id, &[Role::Editor, Role::Administrator])?,
    };
    Ok(match decision {
        Decision::Refuse(..) if guides.is_draft => Decision::Hide,
        decision => decision,
    })
}

fn kept_by_oneself(id: ProfessionalId, keeper: ProfessionalId) -> Decision {
    match id == keeper {
        true => Decision::Allow(Permit::of(AccessGround::Own)),
        false => Decision::Hide,
    }
}

fn by_role(conn: &mut DbConn, id: ProfessionalId, roles: &[Role]) -> Result<Decision, AppError> {
    let has_role = people::list_roles(conn, id)?.iter().any(|role| roles.contains(role));
    Ok(match has_role {
        true => Decision::Allow(Permit::of(AccessGround::Office)),
        false => Decision::Refuse(ErrorCode::RoleRequired, "this is for professionals of a certain role"),
    })
}

/// The title of a professional.
pub(super) fn title_of(conn: &mut DbConn, id: ProfessionalId) -> Result<Option<String>, AppError> {
    Ok(people::find_professional(conn, id)?.map(|professional| professional.title))
}
