//! One connection, to either engine.

#![expect(missing_docs, reason = "the derive writes public items without docs")]

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::{ConnectionError, ConnectionResult};

/// A connection to SQLite or PostgreSQL.
#[derive(diesel::MultiConnection)]
pub enum DbConn {
    /// PostgreSQL.
    Pg(PgConnection),
    /// SQLite.
    Sqlite(SqliteConnection),
}

/// Which engine a database runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// PostgreSQL.
    Postgres,
    /// SQLite.
    Sqlite,
}

/// The address of a database: `sqlite://path` or `postgres://…`. The scheme alone decides the engine: SQLite would
/// take any text as a file name.
#[derive(Clone)]
pub struct DbUrl {
    engine: Engine,
    address: String,
}

impl DbUrl {
    /// Reads a URL.
    ///
    /// # Errors
    /// A sentence that says what was expected; it does not repeat the URL, which may hold a password.
    pub fn parse(url: &str) -> Result<Self, &'static str> {
        match url.split_once("://") {
            Some(("postgres" | "postgresql", _)) => {
                Ok(Self { engine: Engine::Postgres, address: url.to_owned() })
            }
            Some(("sqlite", path)) if !path.is_empty() => {
                Ok(Self { engine: Engine::Sqlite, address: path.to_owned() })
            }
            _ => Err("must be sqlite://PATH or postgres://USER@HOST/DATABASE"),
        }
    }

    /// Which engine it leads to.
    #[must_use]
    pub const fn engine(&self) -> Engine {
        self.engine
    }

    /// The file of an SQLite database.
    #[must_use]
    pub fn sqlite_path(&self) -> Option<&std::path::Path> {
        (self.engine == Engine::Sqlite).then(|| std::path::Path::new(&self.address))
    }

    /// Connects and sets the connection up.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub fn connect(&self) -> ConnectionResult<DbConn> {
        match self.engine {
            Engine::Postgres => PgConnection::establish(&self.address).map(DbConn::Pg),
            Engine::Sqlite => connect_sqlite(&self.address).map(DbConn::Sqlite),
        }
    }
}

impl std::fmt::Debug for DbUrl {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "DbUrl({:?})", self.engine)
    }
}

/// WAL lets readers go on while the writer writes; FULL makes what was answered survive a power cut.
fn connect_sqlite(path: &str) -> ConnectionResult<SqliteConnection> {
    let mut conn = SqliteConnection::establish(path)?;
    conn.batch_execute(
        "pragma busy_timeout = 10000;
         pragma journal_mode = wal;
         pragma synchronous = full;
         pragma foreign_keys = on;
         pragma cache_size = -4000;
         pragma temp_store = memory;",
    )
    .map_err(ConnectionError::CouldntSetupConfiguration)?;
    Ok(conn)
}

#[cfg(test)]
mod tests {
    use super::*;

    diesel::define_sql_function! {
        /// Whether SQLite was built with an option.
        fn sqlite_compileoption_used(name: diesel::sql_types::Text) -> Bool;
    }

    #[test]
    fn sqlite_is_built_as_cargo_config_wants_it() {
        let mut conn = connect_sqlite(":memory:").unwrap();
        for (option, is_wanted) in [("ENABLE_QPSG", true), ("ENABLE_MEMORY_MANAGEMENT", false)] {
            let is_used: bool =
                diesel::select(sqlite_compileoption_used(option)).get_result(&mut conn).unwrap();
            assert_eq!(is_used, is_wanted, "{option}");
        }
    }
}
