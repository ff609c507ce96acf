//! Citizens and professionals.

use omasote_types::Instant;
use omasote_types::accounts::{AccountEventKind, MIN_PASSWORD_CHARACTERS};
use omasote_types::audit::AccessGround;
use omasote_types::error::{ErrorCode, FieldErrorCode};
use omasote_types::identity_code::IdentityCode;
use omasote_types::ids::{AccountId, CitizenId, ProfessionalId};
use omasote_types::people::{Citizen, CitizenSearch, ContactDetails, Need, Protection, Role};
use omasote_types::sessions::{Credentials, PersonId};

use crate::audit::Call;
use crate::auth::{IdentityVault, passwords};
use crate::db::{DbConn, Tx};
use crate::error::AppError;
use crate::policy::{self, Action, Part, Permit, Resource};
use crate::repos::accounts::{self, NewEvent};
use crate::repos::sessions::{self, Account};
use crate::repos::units;
use crate::repos::{mandates, oidc, people as repo};
use crate::services::oidc::as_kept;

/// One citizen.
///
/// # Errors
/// `not_found`.
pub fn get_citizen(conn: &mut DbConn, call: &mut Call, id: CitizenId) -> Result<Citizen, AppError> {
    let permit = policy::require(conn, call, Action::Read, Resource::Citizen(id, Part::Person))?;
    shown(conn, id, &permit)
}

/// The citizen as who has the permit sees them.
fn shown(conn: &mut DbConn, id: CitizenId, permit: &Permit) -> Result<Citizen, AppError> {
    let mut citizen = repo::find_citizen(conn, id)?.ok_or_else(AppError::not_found)?;
    let is_own = permit.ground == AccessGround::Own;
    if permit.is_on_behalf() || (citizen.is_non_disclosed && !is_own) {
        citizen.contact = ContactDetails::default();
    }
    Ok(citizen)
}

/// Finds a citizen with whom the professional's unit has a care relation, by identity code.
///
/// # Errors
/// `not_found`, also when the citizen is known but not to the professional; `validation_failed`.
pub fn find_citizen(
    conn: &mut DbConn,
    call: &mut Call,
    vault: &IdentityVault,
    search: &CitizenSearch,
) -> Result<Citizen, AppError> {
    let id = find_by_code(conn, vault, ("identityCode", &search.identity_code))?;
    let id = id.ok_or_else(AppError::not_found)?;
    let permit = policy::require(conn, call, Action::Read, Resource::Citizen(id, Part::Person))?;
    shown(conn, id, &permit)
}

/// The citizen of an identity code that came in a field.
///
/// # Errors
/// `validation_failed` when it is none.
pub(super) fn find_by_code(
    conn: &mut DbConn,
    vault: &IdentityVault,
    (field, code): (&str, &str),
) -> Result<Option<CitizenId>, AppError> {
    let code = IdentityCode::parse(code);
    let code = code.map_err(|_| AppError::field(field, FieldErrorCode::InvalidFormat))?;
    Ok(repo::find_citizen_by_hashes(conn, &vault.hashes(&code))?)
}

/// Where a protected citizen is reached, for who has written down why they need it.
///
/// # Errors
/// `not_found`, `validation_failed`.
pub fn reveal_contact_details(
    conn: &mut DbConn,
    call: &mut Call,
    id: CitizenId,
    need: &Need,
) -> Result<ContactDetails, AppError> {
    policy::require(conn, call, Action::Read, Resource::Citizen(id, Part::ProtectedContact))?;
    need.validate()?;
    call.because(&need.reason);
    let citizen = repo::find_citizen(conn, id)?.ok_or_else(AppError::not_found)?;
    Ok(citizen.contact)
}

/// Protects a citizen's contact details, or no longer.
///
/// # Errors
/// `not_found`, `not_allowed`.
pub fn update_protection(
    tx: &mut Tx<'_>,
    call: &mut Call,
    id: CitizenId,
    wanted: Protection,
) -> Result<(), AppError> {
    policy::require(tx.conn(), call, Action::Write, Resource::Citizen(id, Part::ProtectedContact))?;
    repo::set_non_disclosed(tx.conn(), id, wanted.is_non_disclosed.then(|| call.now()))?;
    if wanted.is_non_disclosed {
        mandates::end_national(tx.conn(), id, call.now())?;
    }
    Ok(())
}

/// A professional to be added.
#[derive(Clone)]
pub struct NewProfessional {
    /// A local account to sign in with.
    pub account: Option<Credentials>,
    /// The name by which the organisation's directory knows them, to sign in through it.
    pub directory_name: Option<String>,
    /// Given name.
    pub given_name: String,
    /// Family name.
    pub family_name: String,
    /// Professional title in Finnish.
    pub title: String,
    /// Finnish names of the units.
    pub units: Vec<String>,
    /// What they are entrusted with.
    pub roles: Vec<Role>,
}

/// Adds a professional. Who may run the command may do this; there is no actor.
///
/// # Errors
/// `validation_failed`, `conflict` when a name is taken, `not_found` when there is no such unit.
pub fn create_professional(
    tx: &mut Tx<'_>,
    new: &NewProfessional,
    now: Instant,
) -> Result<ProfessionalId, AppError> {
    if new.account.is_none() && new.directory_name.is_none() {
        return Err(refused("a user name or a directory name is needed, or nobody could sign in"));
    }
    let id = ProfessionalId::at(now);
    repo::insert_professional(tx.conn(), id, (&new.given_name, &new.family_name), &new.title, now)?;
    for name in &new.units {
        let unit = units::find_by_name(tx.conn(), name)?;
        let unit = unit.ok_or_else(|| AppError::not_found().note("there is no unit of that Finnish name"))?;
        repo::insert_membership(tx.conn(), id, unit, now)?;
    }
    for role in &new.roles {
        repo::insert_role(tx.conn(), id, *role, now)?;
    }
    if let Some(account) = &new.account {
        add_account(tx, id, account, now)?;
    }
    if let Some(name) = &new.directory_name {
        add_directory_name(tx, id, &as_kept(name), now)?;
    }
    let made = NewEvent { of: id, actor: None, kind: AccountEventKind::Created, changes: &[], now };
    accounts::insert_event(tx.conn(), &made)?;
    Ok(id)
}

fn add_account(
    tx: &mut Tx<'_>,
    of: ProfessionalId,
    credentials: &Credentials,
    now: Instant,
) -> Result<(), AppError> {
    credentials.validate()?;
    let Credentials { username, password, .. } = credentials;
    if password.chars().count() < MIN_PASSWORD_CHARACTERS {
        return Err(refused("the password must have 12 characters or more"));
    }
    if passwords::is_common(password) {
        return Err(refused("the password is one of the commonest, which are guessed first; choose another"));
    }
    if sessions::is_username_taken(tx.conn(), username)? {
        return Err(AppError::of(ErrorCode::Conflict).note("the user name is taken"));
    }
    let account = Account { person: PersonId::Professional(of), password_hash: passwords::hash(password)? };
    sessions::insert_account(tx.conn(), AccountId::at(now), username, &account, now)?;
    Ok(())
}

fn add_directory_name(tx: &mut Tx<'_>, of: ProfessionalId, name: &str, now: Instant) -> Result<(), AppError> {
    if name.is_empty() {
        return Err(refused("the directory name is empty"));
    }
    if oidc::is_directory_name_taken(tx.conn(), name)? {
        return Err(AppError::of(ErrorCode::Conflict).note("the directory name is taken"));
    }
    oidc::insert_directory_account(tx.conn(), of, name, now)?;
    Ok(())
}

fn refused(why: &'static str) -> AppError {
    AppError::of(ErrorCode::ValidationFailed).note(why)
}
