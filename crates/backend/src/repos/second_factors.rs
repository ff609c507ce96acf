//! Second factors of local accounts, and recovery codes.

use diesel::prelude::*;
use omasote_types::Instant;
use omasote_types::ids::AccountId;

use crate::db::schema::{recovery_codes, second_factors};
use crate::db::{DbConn, Id, MultiBackend, Stored};

/// A second factor as it is kept.
#[derive(Clone)]
pub struct Kept {
    /// The secret, sealed for the account.
    pub secret_sealed: Vec<u8>,
    /// Whether a code has shown that the app has the secret.
    pub is_on: bool,
}

/// The second factor of an account.
pub fn find(conn: &mut DbConn, account: AccountId) -> QueryResult<Option<Kept>> {
    let columns = (second_factors::secret_sealed, second_factors::confirmed_at);
    let row: Option<(Vec<u8>, Option<Stored>)> =
        second_factors::table.find(Id::from(account)).select(columns).first(conn).optional()?;
    Ok(row.map(|(secret_sealed, confirmed_at)| Kept { secret_sealed, is_on: confirmed_at.is_some() }))
}

/// Sealed secrets, by account, after `after`.
pub fn list_sealed(
    conn: &mut DbConn,
    after: Option<AccountId>,
    limit: i64,
) -> QueryResult<Vec<(AccountId, Vec<u8>)>> {
    let columns = (second_factors::account_id, second_factors::secret_sealed);
    let mut query = second_factors::table.select(columns).into_boxed::<MultiBackend>();
    if let Some(after) = after {
        query = query.filter(second_factors::account_id.gt(Id::from(after)));
    }
    let rows: Vec<(Id, Vec<u8>)> = query.order(second_factors::account_id.asc()).limit(limit).load(conn)?;
    Ok(rows.into_iter().map(|(id, sealed)| (id.into(), sealed)).collect())
}

/// Puts a secret sealed anew in the place of `before`, unless somebody else has changed it.
pub fn update_sealed(conn: &mut DbConn, of: AccountId, before: &[u8], anew: &[u8]) -> QueryResult<usize> {
    let unchanged = second_factors::table.find(Id::from(of)).filter(second_factors::secret_sealed.eq(before));
    diesel::update(unchanged).set(second_factors::secret_sealed.eq(anew)).execute(conn)
}

/// Adds a second factor that is not on yet.
pub fn insert(
    conn: &mut DbConn,
    account: AccountId,
    secret_sealed: &[u8],
    now: Instant,
) -> QueryResult<usize> {
    let row = (
        second_factors::account_id.eq(Id::from(account)),
        second_factors::secret_sealed.eq(secret_sealed),
        second_factors::created_at.eq(Stored::from(now)),
        second_factors::confirmed_at.eq(None::<Stored>),
        second_factors::last_step.eq(None::<i64>),
    );
    diesel::insert_into(second_factors::table).values(row).execute(conn)
}

/// Takes the code of a step; says whether no code of it or of a later one was taken before.
pub fn take_step(conn: &mut DbConn, account: AccountId, step: i64) -> QueryResult<bool> {
    let fresh = second_factors::table
        .find(Id::from(account))
        .filter(second_factors::last_step.is_null().or(second_factors::last_step.lt(Some(step))));
    let taken = diesel::update(fresh).set(second_factors::last_step.eq(Some(step))).execute(conn)?;
    Ok(taken == 1)
}

/// Turns a second factor on.
pub fn confirm(conn: &mut DbConn, account: AccountId, now: Instant) -> QueryResult<usize> {
    let waiting =
        second_factors::table.find(Id::from(account)).filter(second_factors::confirmed_at.is_null());
    diesel::update(waiting).set(second_factors::confirmed_at.eq(Some(Stored::from(now)))).execute(conn)
}

/// Forgets the second factor of an account.
pub fn delete(conn: &mut DbConn, account: AccountId) -> QueryResult<usize> {
    diesel::delete(second_factors::table.find(Id::from(account))).execute(conn)
}

/// Adds a recovery code.
pub fn insert_recovery_code(conn: &mut DbConn, account: AccountId, hash: &[u8]) -> QueryResult<usize> {
    let row = (recovery_codes::account_id.eq(Id::from(account)), recovery_codes::code_hash.eq(hash));
    diesel::insert_into(recovery_codes::table).values(row).execute(conn)
}

/// Uses a recovery code up; says whether it was there.
pub fn delete_recovery_code(conn: &mut DbConn, account: AccountId, hash: &[u8]) -> QueryResult<bool> {
    Ok(diesel::delete(recovery_codes::table.find((Id::from(account), hash))).execute(conn)? == 1)
}

/// Forgets the recovery codes of an account.
pub fn delete_recovery_codes(conn: &mut DbConn, account: AccountId) -> QueryResult<usize> {
    let all = recovery_codes::table.filter(recovery_codes::account_id.eq(Id::from(account)));
    diesel::delete(all).execute(conn)
}

/// How many recovery codes are left.
pub fn count_recovery_codes(conn: &mut DbConn, account: AccountId) -> QueryResult<i64> {
    recovery_codes::table.filter(recovery_codes::account_id.eq(Id::from(account))).count().get_result(conn)
}
