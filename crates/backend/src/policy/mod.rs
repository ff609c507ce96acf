//! Who may what. The only place that decides: services ask with an actor, an action and a resource.
//!
//! What an actor may not see does not exist for them: the answer is 404. 403 is for what they may see and not do, and says
//! by its code what they lack.

mod citizens;
mod professionals;
mod programs;

use std::time::Duration;

use omasote_rules::messages::Standing;
use omasote_types::Instant;
use omasote_types::audit::{AccessAction, AccessGround};
use omasote_types::error::ErrorCode;
use omasote_types::ids::{CitizenId, EventId, ProfessionalId, TaskId, ThreadId, UnitId};
use omasote_types::messages::Side;
use omasote_types::people::Role;
use omasote_types::proxies::ProxyScope;
use omasote_types::sessions::PersonId;

use crate::audit::Call;
use crate::auth::Actor;
use crate::db::DbConn;
use crate::error::AppError;
use crate::repos::audit::Line;
use crate::repos::care::{self, Standing as CareStanding};
use crate::repos::templates::Keeper;

/// What somebody wants to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// See it.
    Read,
    /// Add to it or change it: send a message into a thread, or begin one.
    Write,
    /// End it, or open it again.
    Close,
    /// See what only the unit sees of it: notes.
    Inspect,
    /// Take it, let it go, send it to another unit, note something on it: what only the unit that has it does.
    Handle,
    /// Answer what the unit told the citizen to do.
    Answer,
    /// Hide it from those who act for the citizen, or show it to them again.
    Hide,
}

impl From<Action> for AccessAction {
    fn from(action: Action) -> Self {
        match action {
            Action::Read | Action::Inspect => Self::Read,
            Action::Write | Action::Close | Action::Handle | Action::Answer | Action::Hide => Self::Write,
        }
    }
}

/// What it is to be done with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resource {
    /// A part of a citizen's data.
    Citizen(CitizenId, Part),
    /// A thread, with what is to be weighed of it.
    Thread(ThreadId, ThreadFacts),
    /// An event, with what is to be weighed of it.
    Event(EventId, EventFacts),
    /// What the members of a unit share: its inbox, its list of members.
    Unit(UnitId),
    /// Whether a member of a unit is away.
    Colleague(UnitId, ProfessionalId),
    /// What a unit keeps for itself: its hours, what it promises, its topics.
    UnitSettings(UnitId),
    /// What a unit or a professional keeps for the work with messages: reply templates, views.
    Kept(Keeper),
    /// Questionnaires: what a unit keeps, or the county when none does; reading them is for every professional.
    Questionnaires(Option<UnitId>),
    /// A task, with what is to be weighed of it.
    Task(TaskId, Parties),
    /// Guides, for those who keep them; reading published ones asks nobody.
    Guides(Guides),
    /// What a role is for. Of a citizen, when it concerns just one.
    Duty(Duty, Option<CitizenId>),
}

/// What of guides somebody wants to read or change as one who keeps them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Guides {
    /// The unit that keeps them; none for the county.
    pub keeper: Option<UnitId>,
    /// Whether it is a draft, of which others do not know.
    pub is_draft: bool,
}

/// A part of a citizen's data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Name, age, language, where they are reached.
    Person,
    /// Where a protected citizen is reached.
    ProtectedContact,
    /// Threads.
    Messages,
    /// Tasks.
    Tasks,
    /// Measurements and targets.
    Measurements,
    /// Events, and the times that are offered.
    Appointments,
    /// The address by which the citizen's calendar fetches their events.
    CalendarFeed,
    /// Who saw or changed the data, and who may.
    Accesses,
    /// Who may act for the citizen.
    Proxies,
    /// All of it, to take away.
    Everything,
    /// The apps that the citizen has let in.
    Consents,
}

/// What professionals do by their role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Duty {
    /// Enter who may act for whom, from documents.
    Register,
    /// Look after the access log.
    AccessLog,
    /// Register third-party programs.
    Clients,
    /// Look after the accounts of professionals.
    Accounts,
    /// Restrict the processing of somebody's data and erase it; read what was done.
    DataRights,
}

impl Duty {
    /// Any of these may.
    const fn roles(self, action: Action) -> &'static [Role] {
        match (self, action) {
            (Self::DataRights, Action::Read) => &[Role::Administrator, Role::PrivacyOfficer],
            (Self::Register | Self::Accounts | Self::Clients | Self::DataRights, _) => &[Role::Administrator],
            (Self::AccessLog, _) => &[Role::PrivacyOfficer],
        }
    }
}

/// The two sides of a thread or a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parties {
    /// Whose it is.
    pub citizen: CitizenId,
    /// The unit that has it.
    pub unit: UnitId,
}

/// What the policy weighs of a thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ThreadFacts {
    /// Whose it is and who has it.
    pub parties: Parties,
    /// Where it stands.
    pub standing: Standing,
    /// Whether it is hidden from those who act for the citizen.
    pub is_hidden: bool,
    /// When it began.
    pub began_at: Instant,
}

/// What the policy weighs of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EventFacts {
    /// Whose it is and whose unit's.
    pub parties: Parties,
    /// Whether it is hidden from those who act for the citizen.
    pub is_hidden: bool,
}

/// How long rights last, from the settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// A care relation, after its last matter was closed.
    pub care: Duration,
    /// A break-glass access.
    pub emergency: Duration,
    /// A citizen's consent to an app.
    pub consent: Duration,
}

/// On what ground somebody may, and as what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permit {
    /// The ground.
    pub ground: AccessGround,
    /// As what and for which unit a professional may.
    pub standing: Option<CareStanding>,
    /// Whether what the citizen hid from those who act for them is shown all the same.
    pub sees_hidden: bool,
}

impl Permit {
    const fn of(ground: AccessGround) -> Self {
        Self { ground, standing: None, sees_hidden: true }
    }

    const fn by(ground: AccessGround, standing: CareStanding) -> Self {
        Self { ground, standing: Some(standing), sees_hidden: true }
    }

    /// Whether it is of somebody who acts for the citizen.
    #[must_use]
    pub const fn is_on_behalf(&self) -> bool {
        matches!(self.ground, AccessGround::Guardian | AccessGround::Mandate)
    }
}

/// What comes of a question.
enum Decision {
    Allow(Permit),
    /// There is no such thing, for them.
    Hide,
    /// They may know of it, but not do this; why, by its code and in words for developers.
    Refuse(ErrorCode, &'static str),
}

/// Lets the actor do it, or answers why not. Either is noted for the access log.
///
/// # Errors
/// `not_found` when the actor may not know of the resource; `not_allowed`, `outside_mandate` or `role_required` when they
/// may not do this with it; `insufficient_scope` when a program's token does not cover it.
pub fn require(
    conn: &mut DbConn,
    call: &mut Call,
    action: Action,
    resource: Resource,
) -> Result<Permit, AppError> {
    let decision = decide(conn, call, action, resource)?;
    settle(conn, call, action, (resource, decision))
}

/// Lets the actor do it with one of two things or with both, whatever they may; the answer when they may with neither is that of the
/// first.
///
/// # Errors
/// As `require`.
pub fn require_either(
    conn: &mut DbConn,
    call: &mut Call,
    action: Action,
    (first, second): (Resource, Resource),
) -> Result<(Option<Permit>, Option<Permit>), AppError> {
    let decisions = (decide(conn, call, action, first)?, decide(conn, call, action, second)?);
    match decisions {
        (Decision::Hide | Decision::Refuse(..), Decision::Allow(permit)) => {
            let permit = settle(conn, call, action, (second, Decision::Allow(permit)))?;
            Ok((None, Some(permit)))
        }
        (decision, other) => {
            let permit = settle(conn, call, action, (first, decision))?;
            let other = match other {
                Decision::Allow(permit) => Some(permit),
                Decision::Hide | Decision::Refuse(..) => None,
            };
            Ok((Some(permit), other))
        }
    }
}

/// Whether the actor may do it, without a line of it: for what stands beside what they do.
///
/// # Errors
/// When the database fails.
pub fn allows(conn: &mut DbConn, call: &Call, action: Action, resource: Resource) -> Result<bool, AppError> {
    Ok(matches!(decide(conn, call, action, resource)?, Decision::Allow(_)))
}

fn decide(conn: &mut DbConn, call: &Call, action: Action, resource: Resource) -> Result<Decision, AppError> {
    let decision = match call.actor.person {
        PersonId::Citizen(id) => citizens::decide(conn, call, id, action, resource)?,
        PersonId::Professional(id) => professionals::decide(conn, call, id, action, resource)?,
    };
    Ok(match call.actor.via {
        Some(via) => programs::narrow(decision, via, action, resource),
        None => decision,
    })
}

/// Notes what was decided, and answers accordingly.
fn settle(
    conn: &mut DbConn,
    call: &mut Call,
    action: Action,
    (resource, decision): (Resource, Decision),
) -> Result<Permit, AppError> {
    match decision {
        Decision::Allow(permit) => {
            let title = of_office(conn, call, &permit)?;
            let line = note(call, action.into(), permit.ground, resource).by(permit.standing.as_ref());
            line.title = title.or(line.title.take());
            Ok(permit)
        }
        Decision::Hide => {
            refuse(conn, call, resource)?;
            Err(AppError::not_found())
        }
        Decision::Refuse(code, why) => {
            refuse(conn, call, resource)?;
            Err(AppError::of(code).detail(why))
        }
    }
}

/// Those of some citizens to whom a unit may not give anything just now, by their places: it does not care for them, or the
/// processing of their data is restricted.
///
/// # Errors
/// When the database fails.
pub fn find_outside_care(
    conn: &mut DbConn,
    call: &Call,
    unit: UnitId,
    citizens: &[CitizenId],
) -> Result<Vec<usize>, AppError> {
    let in_care = care::list_in_care(conn, unit, citizens, call.now() - call.limits.care)?;
    let outside = citizens.iter().enumerate().filter(|(_, citizen)| !in_care.contains(citizen));
    Ok(outside.map(|(place, _)| place).collect())
}

/// Lets a professional do what their role is for, and tells who it is.
///
/// # Errors
/// `role_required`; `insufficient_scope` to a program.
pub fn require_duty(
    conn: &mut DbConn,
    call: &mut Call,
    action: Action,
    (duty, of): (Duty, Option<CitizenId>),
) -> Result<ProfessionalId, AppError> {
    require(conn, call, action, Resource::Duty(duty, of))?;
    match call.actor.person {
        PersonId::Professional(id) => Ok(id),
        PersonId::Citizen(_) => Err(AppError::of(ErrorCode::RoleRequired)),
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

/// What a mandate must cover for a part of somebody's data.
const fn scope_of(part: Part) -> omasote_rules::proxies::Wanted {
    use omasote_rules::proxies::Wanted;
    match part {
        Part::Person => Wanted::Person,
        Part::Messages => Wanted::Scope(ProxyScope::Messages),
        Part::Tasks => Wanted::Scope(ProxyScope::Tasks),
        Part::Measurements => Wanted::Scope(ProxyScope::Measurements),
        Part::Appointments => Wanted::Scope(ProxyScope::Appointments),
        Part::CalendarFeed => Wanted::OwnBusiness,
        Part::ProtectedContact | Part::Accesses | Part::Proxies | Part::Everything | Part::Consents => {
            Wanted::OwnBusiness
        }
    }
}

/// Who acts by their office has a title and no unit.
fn of_office(conn: &mut DbConn, call: &Call, permit: &Permit) -> Result<Option<String>, AppError> {
    match call.actor.person {
        PersonId::Professional(id) if permit.ground == AccessGround::Office => {
            professionals::title_of(conn, id)
        }
        PersonId::Citizen(_) | PersonId::Professional(_) => Ok(None),
    }
}

fn refuse(conn: &mut DbConn, call: &mut Call, resource: Resource) -> Result<(), AppError> {
    let title = match call.actor.person {
        PersonId::Citizen(_) => None,
        PersonId::Professional(id) => professionals::title_of(conn, id)?,
    };
    note(call, AccessAction::Refused, AccessGround::None, resource).title = title;
    Ok(())
}

fn note(call: &mut Call, action: AccessAction, ground: AccessGround, resource: Resource) -> &mut Line {
    let line = call.note(action, ground);
    match resource {
        Resource::Citizen(citizen, _) | Resource::Duty(_, Some(citizen)) => line.of(citizen),
        Resource::Thread(id, facts) => line.of(facts.parties.citizen).with(*id.as_uuid()),
        Resource::Task(id, parties) => line.of(parties.citizen).with(*id.as_uuid()),
        Resource::Event(id, facts) => line.of(facts.parties.citizen).with(*id.as_uuid()),
        // Whom the list shows is known when it is read.
        Resource::Unit(_)
        | Resource::Colleague(..)
        | Resource::UnitSettings(_)
        | Resource::Kept(_)
        | Resource::Questionnaires(_)
        | Resource::Guides(_)
        | Resource::Duty(_, None) => line,
    }
}
