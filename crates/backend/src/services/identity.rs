//! Changing the identity key: everything that is sealed is sealed anew, in steps, while servers run.

use crate::auth::{IdentityKeys, IdentityVault, Seal, id_token_seal, second_factor_seal};
use crate::db::{DbConn, Tx, once};
use crate::error::AppError;
use crate::repos::{oidc, people, second_factors};

/// How many rows a transaction takes: servers that write meanwhile wait no longer than for this.
const STEP: i64 = 500;

/// How much was sealed anew; what was sealed with the current key already is not counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rotated {
    /// Identity codes.
    pub codes: usize,
    /// Secrets of second factors.
    pub second_factors: usize,
    /// ID tokens.
    pub id_tokens: usize,
}

/// Seals everything anew that the current key did not seal. It may be stopped and run again: what is done is done.
///
/// # Errors
/// When something opens with neither key, or the database fails; steps before are kept.
pub fn rotate(conn: &mut DbConn, keys: &IdentityKeys) -> Result<Rotated, AppError> {
    let vault = IdentityVault::new(keys.clone())?;
    let (factors, tokens) = (second_factor_seal(keys)?, id_token_seal(keys)?);
    Ok(Rotated {
        codes: in_steps(conn, people::list_sealed, |tx, (id, before)| match vault.reseal(before)? {
            Some(anew) => Ok(people::update_sealed(tx.conn(), *id, before, &anew)?),
            None => Ok(0),
        })?,
        second_factors: in_steps(conn, second_factors::list_sealed, |tx, (id, before)| {
            match reseal(&factors, before, id.as_uuid())? {
                Some(anew) => Ok(second_factors::update_sealed(tx.conn(), *id, before, &anew)?),
                None => Ok(0),
            }
        })?,
        id_tokens: in_steps(conn, oidc::list_sealed, |tx, (id, before)| {
            match reseal(&tokens, before, id.as_uuid())? {
                Some(anew) => Ok(oidc::update_sealed(tx.conn(), *id, before, &anew)?),
                None => Ok(0),
            }
        })?,
    })
}

fn reseal(seal: &Seal, sealed: &[u8], owner: &uuid::Uuid) -> Result<Option<Vec<u8>>, AppError> {
    seal.reseal(sealed, owner.as_bytes())
}

type Row<I> = (I, Vec<u8>);

/// Goes through all rows by id, one transaction for each step.
fn in_steps<I: Copy, E>(
    conn: &mut DbConn,
    list: impl Fn(&mut DbConn, Option<I>, i64) -> Result<Vec<Row<I>>, E>,
    change: impl Fn(&mut Tx<'_>, &Row<I>) -> Result<usize, AppError>,
) -> Result<usize, AppError>
where
    AppError: From<E>,
{
    let (mut changed, mut after) = (0, None);
    loop {
        let (count, last) = once(conn, |tx| {
            let rows = list(tx.conn(), after, STEP)?;
            let mut count = 0;
            for row in &rows {
                count += change(tx, row)?;
            }
            Ok((count, rows.last().map(|(id, _)| *id)))
        })?;
        changed += count;
        match last {
            Some(last) => after = Some(last),
            None => return Ok(changed),
        }
    }
}
