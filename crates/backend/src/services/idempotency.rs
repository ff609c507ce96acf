//! Doing a thing once, however often it is asked for with the same key.

use omasote_types::Instant;
use omasote_types::error::ErrorCode;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::auth::Actor;
use crate::db::{Id, Tx};
use crate::error::AppError;
use crate::repos::idempotency::{self as repo, KeyRow};

const MAX_KEY_CHARACTERS: usize = 100;

/// A valid value of the header `Idempotency-Key`.
#[derive(Clone, Debug)]
pub struct Key(String);

impl Key {
    /// Reads the header's value.
    ///
    /// # Errors
    /// `invalid_parameter`.
    pub fn parse(text: &[u8]) -> Result<Self, AppError> {
        let is_valid =
            (1..=MAX_KEY_CHARACTERS).contains(&text.len()) && text.iter().all(u8::is_ascii_graphic);
        let key = std::str::from_utf8(text).ok().filter(|_| is_valid);
        key.map(|key| Self(key.to_owned())).ok_or_else(|| {
            AppError::of(ErrorCode::InvalidParameter)
                .detail("Idempotency-Key must be 1 to 100 visible ASCII characters")
        })
    }

    /// The key of one of many things that are asked for with this one.
    #[must_use]
    pub fn part(&self, which: &impl std::fmt::Display) -> Self {
        let digest = Sha256::digest(format!("{} {which}", self.0));
        Self(digest.iter().map(|byte| format!("{byte:02x}")).collect())
    }
}

/// Whether the thing is to be done now or was done before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// Do it.
    New,
    /// It was done; this came of it.
    Done(Id),
}

/// Claims the key for `resource`, which is about to be made by `operation` from `request`.
///
/// # Errors
/// `idempotency_key_reused` when the key stood for something else.
pub fn claim(
    tx: &mut Tx<'_>,
    actor: &Actor,
    key: Option<&Key>,
    (operation, request): (&str, &impl Serialize),
    resource: Id,
    now: Instant,
) -> Result<Claim, AppError> {
    let Some(key) = key else { return Ok(Claim::New) };
    let written =
        serde_json::to_vec(request).map_err(|cause| AppError::internal("unwritable").because(cause))?;
    let row = KeyRow {
        person_id: actor.person.into(),
        key: key.0.clone(),
        operation: operation.to_owned(),
        request_hash: Sha256::digest(written).to_vec(),
        resource_id: resource,
        created_at: now.into(),
    };
    if repo::insert_new(tx.conn(), &row)? {
        return Ok(Claim::New);
    }
    let first = repo::find(tx.conn(), row.person_id, &row.key)?;
    if first.operation == row.operation && first.request_hash == row.request_hash {
        Ok(Claim::Done(first.resource_id))
    } else {
        Err(AppError::of(ErrorCode::IdempotencyKeyReused))
    }
}
