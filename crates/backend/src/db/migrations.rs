//! Migrations, embedded; one folder for each engine with the same names.

use diesel::migration::{Migration, MigrationSource};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::DbConn;
use crate::error::AppError;

const POSTGRES: EmbeddedMigrations = embed_migrations!("../../migrations/postgres");
const SQLITE: EmbeddedMigrations = embed_migrations!("../../migrations/sqlite");

/// Brings the schema up to date and says how many migrations that took.
///
/// # Errors
/// When a migration fails; it is then undone.
pub fn migrate(conn: &mut DbConn) -> Result<usize, AppError> {
    let ran = match conn {
        DbConn::Pg(conn) => conn.run_pending_migrations(POSTGRES).map(|ran| ran.len()),
        DbConn::Sqlite(conn) => conn.run_pending_migrations(SQLITE).map(|ran| ran.len()),
    };
    ran.map_err(|cause| AppError::internal("a migration failed").because(cause))
}

/// Undoes every migration: all data goes. For the tests that prove that `down.sql` undoes `up.sql`.
///
/// # Errors
/// When a migration fails.
pub fn revert_all(conn: &mut DbConn) -> Result<usize, AppError> {
    let reverted = match conn {
        DbConn::Pg(conn) => conn.revert_all_migrations(POSTGRES).map(|ran| ran.len()),
        DbConn::Sqlite(conn) => conn.revert_all_migrations(SQLITE).map(|ran| ran.len()),
    };
    reverted.map_err(|cause| AppError::internal("a migration failed").because(cause))
}

/// Whether the newest migration this version knows has been run. Reads only.
///
/// # Errors
/// When the database does not answer.
pub fn is_current(conn: &mut DbConn) -> Result<bool, AppError> {
    let newest = match conn {
        DbConn::Pg(_) => newest::<Pg>(&POSTGRES),
        DbConn::Sqlite(_) => newest::<Sqlite>(&SQLITE),
    };
    let Some(newest) = newest else { return Ok(true) };
    // Diesel's own question would make the table first, which a server's role need not be allowed to.
    let ran = schema_migrations::table.find(newest);
    let has_run = diesel::select(diesel::dsl::exists(ran)).get_result(conn);
    has_run.map_err(|cause| AppError::unavailable().because(cause))
}

diesel::table! {
    #[sql_name = "__diesel_schema_migrations"]
    schema_migrations (version) {
        version -> Text,
    }
}

fn newest<B: diesel::backend::Backend>(source: &impl MigrationSource<B>) -> Option<String> {
    let known: Vec<Box<dyn Migration<B>>> = source.migrations().unwrap_or_default();
    known.iter().map(|migration| migration.name().version().to_string()).max()
}
