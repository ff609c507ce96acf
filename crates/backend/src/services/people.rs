//! Citizens and professionals.

use omasote_types::Instant;
use omasote_types::error::ErrorCode;
use omasote_types::ids::{AccountId, CitizenId, ProfessionalId};
use omasote_types::people::Citizen;
use omasote_types::sessions::{Credentials, PersonId};

use crate::audit::Call;
use crate::auth::passwords;
use crate::db::{DbConn, Tx};
use crate::error::AppError;
use crate::policy::{self, Action, Resource};
use crate::repos::sessions::{self, Account};
use crate::repos::units;
use crate::repos::{oidc, people as repo};
use crate::services::oidc::as_kept;

/// One citizen.
///
/// # Errors
/// `not_found`.
pub fn get_citizen(conn: &mut DbConn, call: &mut Call, id: CitizenId) -> Result<Citizen, AppError> {
    policy::require(conn, call, Action::Read, Resource::Citizen(id))?;
    repo::find_citizen(conn, id)?.ok_or_else(AppError::not_found)
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
}

const MIN_PASSWORD_CHARACTERS: usize = 12;

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
    if let Some(account) = &new.account {
        add_account(tx, id, account, now)?;
    }
    if let Some(name) = &new.directory_name {
        add_directory_name(tx, id, &as_kept(name), now)?;
    }
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
