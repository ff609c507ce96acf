//! Idempotency keys: which request a key stood for and what came of it.

use diesel::prelude::*;
use omasote_types::Instant;

use crate::db::schema::idempotency_keys;
use crate::db::{DbConn, Id, MultiBackend, Stored};
use crate::per_backend;

/// A key as it is kept.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = idempotency_keys, check_for_backend(MultiBackend), treat_none_as_default_value = false)]
pub struct KeyRow {
    /// Who used it.
    pub person_id: Id,
    /// The key.
    pub key: String,
    /// What it was used for.
    pub operation: String,
    /// SHA-256 of the request.
    pub request_hash: Vec<u8>,
    /// What was made.
    pub resource_id: Id,
    /// When.
    pub created_at: Stored,
}

/// Keeps the key unless the person has used it before; says whether it was kept. ON CONFLICT is beyond the enum.
pub fn insert_new(conn: &mut DbConn, row: &KeyRow) -> QueryResult<bool> {
    let kept = per_backend!(conn, conn => {
        diesel::insert_into(idempotency_keys::table).values(row).on_conflict_do_nothing().execute(conn)
    })?;
    Ok(kept == 1)
}

/// The key as the person used it first.
pub fn find(conn: &mut DbConn, person: Id, key: &str) -> QueryResult<KeyRow> {
    idempotency_keys::table.find((person, key)).select(KeyRow::as_select()).first(conn)
}

/// Forgets keys older than `before`.
pub fn delete_before(conn: &mut DbConn, before: Instant) -> QueryResult<usize> {
    diesel::delete(idempotency_keys::table.filter(idempotency_keys::created_at.lt(Stored::from(before))))
        .execute(conn)
}
