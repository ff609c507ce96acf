//! Whom a live stream concerns.

use omasote_types::sessions::PersonId;

use crate::auth::Actor;
use crate::db::DbConn;
use crate::error::AppError;
use crate::live::Interest;
use crate::repos::people;

/// What the actor hears about: a citizen their own matters, a professional those of their units.
///
/// # Errors
/// When the database does not answer.
pub fn interests(conn: &mut DbConn, actor: &Actor) -> Result<Vec<Interest>, AppError> {
    match actor.person {
        PersonId::Citizen(id) => Ok(vec![Interest::Citizen(id)]),
        PersonId::Professional(id) => {
            let units = people::list_unit_ids(conn, id)?;
            Ok(units.into_iter().map(Interest::Unit).collect())
        }
    }
}
