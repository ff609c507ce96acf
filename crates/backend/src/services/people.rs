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
use crate::repos::people as repo;
use crate::repos::sessions::{self, Account};
use crate::repos::units;

/// One citizen.
///
/// # Errors
/// `not_found`.
pub fn get_citizen(conn: &mut DbConn, call: &mut Call, id: CitizenId) -> Result<Citizen, AppError> {
    policy::require(conn, call, Action::Read, Resource::Citizen(id))?;
    repo::find_citizen(conn, id)?.ok_or_else(AppError::not_found)
}

/// A professional to be added, with a local account.
#[derive(Clone)]
pub struct NewProfessional {
    /// The user name.
    pub username: String,
    /// Given name.
    pub given_name: String,
    /// Family name.
    pub family_name: String,
    /// Professional title in Finnish.
    pub title: String,
    /// Finnish names of the units.
    pub units: Vec<String>,
    /// The password.
    pub password: String,
}

const MIN_PASSWORD_CHARACTERS: usize = 12;

/// Adds a professional with a local account. Who may run the command may do this; there is no actor.
///
/// # Errors
/// `validation_failed`, `conflict` when the user name is taken, `not_found` when there is no such unit.
pub fn create_professional(
    tx: &mut Tx<'_>,
    new: &NewProfessional,
    now: Instant,
) -> Result<ProfessionalId, AppError> {
    Credentials { username: new.username.clone(), password: new.password.clone() }.validate()?;
    if new.password.chars().count() < MIN_PASSWORD_CHARACTERS {
        return Err(
            AppError::of(ErrorCode::ValidationFailed).note("the password must have 12 characters or more")
        );
    }
    if sessions::is_username_taken(tx.conn(), &new.username)? {
        return Err(AppError::of(ErrorCode::Conflict).note("the user name is taken"));
    }
    let id = ProfessionalId::at(now);
    repo::insert_professional(tx.conn(), id, (&new.given_name, &new.family_name), &new.title, now)?;
    for name in &new.units {
        let unit = units::find_by_name(tx.conn(), name)?;
        let unit = unit.ok_or_else(|| AppError::not_found().note("there is no unit of that Finnish name"))?;
        repo::insert_membership(tx.conn(), id, unit, now)?;
    }
    let account =
        Account { person: PersonId::Professional(id), password_hash: passwords::hash(&new.password)? };
    sessions::insert_account(tx.conn(), AccountId::at(now), &new.username, &account, now)?;
    Ok(id)
}
