//! The second factor of a local account: set up, asked for, ended. Who acts proves it by a password or a code each time, so a
//! browser that somebody left open is not enough.

use omasote_types::Instant;
use omasote_types::error::ErrorCode;
use omasote_types::ids::AccountId;
use omasote_types::second_factors::{NewSecondFactor, RecoveryCodes, SecondFactor};
use omasote_types::sessions::PersonId;

use super::sessions::{hold_back, record_failure};
use crate::auth::second_factor::{SharedSecret, new_recovery_codes, recovery_hash};
use crate::auth::{Actor, Seal};
use crate::db::{DbConn, Tx};
use crate::error::AppError;
use crate::repos::second_factors::{self as repo, Kept};
use crate::repos::sessions::{self, KnownAccount};

/// What came of a code, or of its absence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The account has no second factor.
    NotOn,
    /// It has one, and no code came.
    Missing,
    /// The code is wrong, or was used before.
    Wrong,
    /// The code is right, and cannot be used again.
    Right,
}

/// The local account of the actor.
///
/// # Errors
/// `not_found` when they sign in in another way.
pub fn account_of(conn: &mut DbConn, person: PersonId) -> Result<KnownAccount, AppError> {
    sessions::find_account_of(conn, person)?.ok_or_else(AppError::not_found)
}

/// Where the second factor of the actor's account stands.
///
/// # Errors
/// `not_found` when they have no local account.
pub fn get(conn: &mut DbConn, actor: &Actor) -> Result<SecondFactor, AppError> {
    let account = account_of(conn, actor.person)?;
    let is_on = repo::find(conn, account.id)?.is_some_and(|kept| kept.is_on);
    let left = if is_on { repo::count_recovery_codes(conn, account.id)? } else { 0 };
    Ok(SecondFactor { is_on, recovery_codes_left: u32::try_from(left).unwrap_or_default() })
}

/// Begins to set one up, after the password was proven. One that was begun and not confirmed is forgotten.
///
/// # Errors
/// `conflict` when one is on: it is ended first, which takes a code.
pub fn begin(
    tx: &mut Tx<'_>,
    seal: &Seal,
    account: &KnownAccount,
    now: Instant,
) -> Result<NewSecondFactor, AppError> {
    if repo::find(tx.conn(), account.id)?.is_some_and(|kept| kept.is_on) {
        return Err(AppError::of(ErrorCode::Conflict));
    }
    forget(tx, account.id)?;
    let secret = SharedSecret::random()?;
    let sealed = seal.seal(secret.as_bytes(), account.id.as_uuid().as_bytes())?;
    repo::insert(tx.conn(), account.id, &sealed, now)?;
    Ok(NewSecondFactor {
        secret: secret.to_text(),
        uri: secret.to_uri(&account.username),
        recovery_codes: renew_codes(tx, account.id)?,
    })
}

/// What the actor wants to do with a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// Turn the second factor on that was begun.
    Confirm,
    /// End it.
    End,
}

/// Turns the second factor on or ends it, by a code. A wrong code is counted, so it is an answer and not an error, which
/// would take the count back.
///
/// # Errors
/// `not_found`, `conflict` when there is nothing to confirm or to end, `too_many_attempts`.
pub fn change(
    tx: &mut Tx<'_>,
    seal: &Seal,
    actor: &Actor,
    wish: Wish,
    (code, address): (&str, &str),
    now: Instant,
) -> Result<Result<(), ErrorCode>, AppError> {
    let account = account_of(tx.conn(), actor.person)?;
    let is_on = repo::find(tx.conn(), account.id)?.map(|kept| kept.is_on);
    if is_on != Some(wish == Wish::End) {
        return Err(AppError::of(ErrorCode::Conflict));
    }
    let verdict = check(tx, seal, &account, Some(code), address, now)?;
    if verdict != Verdict::Right {
        return Ok(Err(ErrorCode::WrongCredentials));
    }
    if wish == Wish::End {
        forget(tx, account.id)?;
    }
    Ok(Ok(()))
}

/// Makes new recovery codes, by a code; the old ones do not count any more.
///
/// # Errors
/// `not_found`, `conflict` when none is on, `too_many_attempts`.
pub fn renew_recovery_codes(
    tx: &mut Tx<'_>,
    seal: &Seal,
    actor: &Actor,
    (code, address): (&str, &str),
    now: Instant,
) -> Result<Result<RecoveryCodes, ErrorCode>, AppError> {
    let account = account_of(tx.conn(), actor.person)?;
    if !repo::find(tx.conn(), account.id)?.is_some_and(|kept| kept.is_on) {
        return Err(AppError::of(ErrorCode::Conflict));
    }
    match check(tx, seal, &account, Some(code), address, now)? {
        Verdict::Right => Ok(Ok(RecoveryCodes { recovery_codes: renew_codes(tx, account.id)? })),
        _ => Ok(Err(ErrorCode::WrongCredentials)),
    }
}

/// Checks a code and uses it up. A wrong one counts as a failed sign-in; a right one of a factor that was begun turns it on.
pub(super) fn check(
    tx: &mut Tx<'_>,
    seal: &Seal,
    account: &KnownAccount,
    code: Option<&str>,
    address: &str,
    now: Instant,
) -> Result<Verdict, AppError> {
    let Some(kept) = repo::find(tx.conn(), account.id)? else { return Ok(Verdict::NotOn) };
    let Some(code) = code else {
        return Ok(if kept.is_on { Verdict::Missing } else { Verdict::NotOn });
    };
    hold_back(tx.conn(), &account.username, address, now)?;
    if !is_right(tx, seal, account.id, &kept, code, now)? {
        record_failure(tx, &account.username, address, now)?;
        return Ok(Verdict::Wrong);
    }
    if !kept.is_on {
        repo::confirm(tx.conn(), account.id, now)?;
    }
    Ok(Verdict::Right)
}

fn is_right(
    tx: &mut Tx<'_>,
    seal: &Seal,
    account: AccountId,
    kept: &Kept,
    code: &str,
    now: Instant,
) -> Result<bool, AppError> {
    let digits: String = code.chars().filter(|character| !character.is_whitespace()).collect();
    if digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        let secret = seal.open(&kept.secret_sealed, account.as_uuid().as_bytes())?;
        return match SharedSecret::from_bytes(&secret)?.step_of(&digits, now)? {
            Some(step) => Ok(repo::take_step(tx.conn(), account, step)?),
            None => Ok(false),
        };
    }
    Ok(kept.is_on && repo::delete_recovery_code(tx.conn(), account, &recovery_hash(account, code))?)
}

/// Forgets the second factor of an account, with its recovery codes.
pub(super) fn forget(tx: &mut Tx<'_>, account: AccountId) -> Result<(), AppError> {
    repo::delete_recovery_codes(tx.conn(), account)?;
    repo::delete(tx.conn(), account)?;
    Ok(())
}

fn renew_codes(tx: &mut Tx<'_>, account: AccountId) -> Result<Vec<String>, AppError> {
    repo::delete_recovery_codes(tx.conn(), account)?;
    let codes = new_recovery_codes()?;
    for code in &codes {
        repo::insert_recovery_code(tx.conn(), account, &recovery_hash(account, code))?;
    }
    Ok(codes)
}
