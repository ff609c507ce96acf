//! Which programs there are; administrators look after them.

use omasote_types::clients::{Client, ClientAuth, ClientKind, ClientUpdate, NewClient, PublicKey};
use omasote_types::error::{ErrorCode, FieldErrorCode};
use omasote_types::ids::{CitizenId, ClientId, ProfessionalId};

use crate::audit::Call;
use crate::auth::client_assertion;
use crate::db::{DbConn, Tx};
use crate::error::AppError;
use crate::policy::{self, Action, Duty};
use crate::repos::clients::{self as repo, KnownClient};
use crate::repos::{people, units};
use crate::services::sessions;

const DUTY: (Duty, Option<CitizenId>) = (Duty::Clients, None);

/// The title of a unit's system among its members.
const SYSTEM_TITLE: &str = "järjestelmä";

/// Every program.
///
/// # Errors
/// `role_required`.
pub fn list_clients(conn: &mut DbConn, call: &mut Call) -> Result<Vec<Client>, AppError> {
    policy::require_duty(conn, call, Action::Read, DUTY)?;
    Ok(repo::list(conn)?)
}

/// Registers a program. A unit's system becomes a member of its unit.
///
/// # Errors
/// `role_required`, `validation_failed`.
pub fn create_client(tx: &mut Tx<'_>, call: &mut Call, new: &NewClient) -> Result<Client, AppError> {
    let by = policy::require_duty(tx.conn(), call, Action::Write, DUTY)?;
    new.validate()?;
    check_keys(&new.public_keys)?;
    let now = call.now();
    let unit = match new.unit_id {
        Some(id) => {
            let unit = units::find_named(tx.conn(), id)?;
            Some(unit.ok_or_else(|| AppError::field("unitId", FieldErrorCode::UnknownReference))?)
        }
        None => None,
    };
    let member = match (new.kind, new.unit_id) {
        (ClientKind::System, Some(unit)) => {
            let member = ProfessionalId::at(now);
            people::insert_professional(tx.conn(), member, (new.name.trim(), ""), SYSTEM_TITLE, now)?;
            people::insert_membership(tx.conn(), member, unit, now)?;
            Some(member)
        }
        _ => None,
    };
    let client = Client {
        id: ClientId::at(now),
        name: new.name.trim().to_owned(),
        kind: new.kind,
        unit,
        auth: new.auth,
        public_keys: new.public_keys.clone(),
        redirect_uris: new.redirect_uris.clone(),
        scopes: new.scopes.clone(),
        created_at: now,
        disabled_at: None,
    };
    let known = KnownClient { client, member, secret_hash: None };
    repo::insert(tx.conn(), &known, by)?;
    Ok(known.client)
}

/// Changes a program. Its tokens end at once, everywhere.
///
/// # Errors
/// `role_required`, `not_found`, `validation_failed`.
pub fn update_client(
    tx: &mut Tx<'_>,
    call: &mut Call,
    id: ClientId,
    update: &ClientUpdate,
) -> Result<Client, AppError> {
    policy::require_duty(tx.conn(), call, Action::Write, DUTY)?;
    let mut client = repo::find(tx.conn(), id)?.ok_or_else(AppError::not_found)?.client;
    update.validate(client.auth, client.kind)?;
    if let Some(keys) = &update.public_keys {
        check_keys(keys)?;
        client.public_keys.clone_from(keys);
    }
    if let Some(uris) = &update.redirect_uris {
        client.redirect_uris.clone_from(uris);
    }
    if let Some(scopes) = &update.scopes {
        client.scopes.clone_from(scopes);
    }
    if let Some(is_disabled) = update.is_disabled {
        client.disabled_at = is_disabled.then(|| client.disabled_at.unwrap_or_else(|| call.now()));
    }
    repo::update(tx.conn(), &client)?;
    end_tokens(tx, call, &client)?;
    Ok(client)
}

/// Gives a program another secret; with the one before it comes in no more.
///
/// # Errors
/// `role_required`, `not_found`, `conflict` when it proves itself in another way.
pub fn set_secret(tx: &mut Tx<'_>, call: &mut Call, id: ClientId, hash: &[u8]) -> Result<(), AppError> {
    policy::require_duty(tx.conn(), call, Action::Write, DUTY)?;
    let client = repo::find(tx.conn(), id)?.ok_or_else(AppError::not_found)?.client;
    if client.auth != ClientAuth::Secret {
        return Err(AppError::of(ErrorCode::Conflict).detail("the program has no secret"));
    }
    repo::set_secret(tx.conn(), id, hash)?;
    Ok(())
}

/// A shut-out system's tokens, and those of a changed one: it fetches new ones, as it may now. An app goes on by its refresh
/// token, unless it is shut out.
fn end_tokens(tx: &mut Tx<'_>, call: &Call, client: &Client) -> Result<(), AppError> {
    if client.kind == ClientKind::App && client.disabled_at.is_none() {
        return Ok(());
    }
    for session in repo::list_sessions(tx.conn(), client.id, call.now())? {
        sessions::end(tx, session, call.now())?;
    }
    Ok(())
}

fn check_keys(keys: &[PublicKey]) -> Result<(), AppError> {
    match keys.iter().all(client_assertion::is_usable) {
        true => Ok(()),
        false => Err(AppError::field("publicKeys", FieldErrorCode::InvalidFormat)),
    }
}
