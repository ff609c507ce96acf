//! Databases for one measurement: made, filled once, copied for each server, and dropped at the end.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use chrono::{DateTime, Utc};
use diesel::QueryableByName;
use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use omasote_backend::db::{DbConn, Engine};

use super::database_url;
use crate::data::{Targets, fill};

/// The databases of one engine.
pub(super) struct Databases {
    folder: PathBuf,
    place: Place,
}

enum Place {
    Sqlite,
    Postgres {
        /// The URL up to and with the slash before the database's name, and what follows the name.
        around: (String, String),
        /// Where databases are created from.
        home: String,
        made: Vec<String>,
    },
}

const FILLED: &str = "filled";

#[derive(QueryableByName)]
struct Version {
    #[diesel(sql_type = diesel::sql_types::Text)]
    version: String,
}

impl Databases {
    /// Files in a folder.
    pub(super) fn sqlite(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), place: Place::Sqlite }
    }

    /// Databases of a PostgreSQL; what servers keep beside them goes into the folder.
    pub(super) fn postgres(home: &str, folder: &Path) -> Result<Self> {
        let (address, parameters) = home.split_once('?').unwrap_or((home, ""));
        let (before, _) = address.rsplit_once('/').context("the URL of PostgreSQL names no database")?;
        let after = if parameters.is_empty() { String::new() } else { format!("?{parameters}") };
        let (around, home) = ((format!("{before}/"), after), home.to_owned());
        Ok(Self { folder: folder.to_owned(), place: Place::Postgres { around, home, made: Vec::new() } })
    }

    pub(super) const fn engine(&self) -> Engine {
        match self.place {
            Place::Sqlite => Engine::Sqlite,
            Place::Postgres { .. } => Engine::Postgres,
        }
    }

    /// A folder of a server's own.
    pub(super) fn folder(&self, name: &str) -> Result<PathBuf> {
        let folder = self.folder.join(format!("{:?}-{name}", self.engine()));
        std::fs::create_dir_all(&folder)?;
        Ok(folder)
    }

    /// The name a database has among all of the machine.
    pub(super) fn name_of(name: &str) -> String {
        format!("omasote_bench_{}_{name}", std::process::id())
    }

    fn url_of(&self, name: &str) -> Result<String> {
        Ok(match &self.place {
            Place::Sqlite => format!("sqlite://{}", self.folder(name)?.join("bench.sqlite").display()),
            Place::Postgres { around: (before, after), .. } => {
                format!("{before}{}{after}", Self::name_of(name))
            }
        })
    }

    /// An empty database; its URL.
    pub(super) fn create(&mut self, name: &str) -> Result<String> {
        self.create_from(name, "")?;
        self.url_of(name)
    }

    fn create_from(&mut self, name: &str, template: &str) -> Result<()> {
        if let Place::Postgres { home, made, .. } = &mut self.place {
            let name = Self::name_of(name);
            let mut conn = database_url(home)?.connect()?;
            conn.batch_execute(&format!("create database {name} {template}"))?;
            made.push(name);
        }
        Ok(())
    }

    /// Makes the database that the others are copied from.
    pub(super) fn fill(&mut self, now: DateTime<Utc>) -> Result<Targets> {
        let targets = fill(&database_url(&self.create(FILLED)?)?, now)?;
        self.settle(FILLED)?;
        Ok(targets)
    }

    /// Has a database do now what it would do while it is measured.
    pub(super) fn settle(&self, name: &str) -> Result<()> {
        let tidy = match self.engine() {
            Engine::Sqlite => "pragma wal_checkpoint(truncate)",
            Engine::Postgres => "vacuum analyze",
        };
        database_url(&self.url_of(name)?)?.connect()?.batch_execute(tidy)?;
        Ok(())
    }

    /// A copy of the filled database; its URL.
    pub(super) fn copy(&mut self, name: &str) -> Result<String> {
        match &self.place {
            Place::Sqlite => {
                let file = "bench.sqlite";
                std::fs::copy(self.folder(FILLED)?.join(file), self.folder(name)?.join(file))?;
            }
            Place::Postgres { .. } => {
                self.create_from(name, &format!("template {}", Self::name_of(FILLED)))?;
            }
        }
        self.url_of(name)
    }

    /// The engine's version.
    pub(super) fn version(&self) -> Result<String> {
        let found: Version = match database_url(&self.url_of(FILLED)?)?.connect()? {
            DbConn::Sqlite(mut conn) => {
                diesel::sql_query("select sqlite_version() as version").get_result(&mut conn)?
            }
            DbConn::Pg(mut conn) => diesel::sql_query("select current_setting('server_version') as version")
                .get_result(&mut conn)?,
        };
        Ok(found.version)
    }
}

impl Drop for Databases {
    fn drop(&mut self) {
        let Place::Postgres { home, made, .. } = &self.place else { return };
        let Some(mut conn) = database_url(home).ok().and_then(|url| url.connect().ok()) else { return };
        for name in made {
            // One that cannot be dropped goes with the cluster.
            let _ = conn.batch_execute(&format!("drop database if exists {name} with (force)"));
        }
    }
}
