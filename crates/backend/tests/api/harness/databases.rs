//! A database for each test: empty, or a copy of one that was migrated once.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use std::sync::LazyLock;

use diesel::connection::SimpleConnection;
use omasote_backend::db::{DbUrl, Engine, migrate};
use tempfile::TempDir;

const SQLITE_FILE: &str = "test.sqlite";

/// A database that goes when the test ends.
pub(crate) struct TestDatabase {
    pub(crate) url: String,
    admin: Option<(String, String)>,
    folder: TempDir,
}

impl TestDatabase {
    /// A database without anything in it.
    pub(crate) fn create(engine: Engine) -> Self {
        let folder = tempfile::tempdir().unwrap();
        if engine == Engine::Sqlite {
            let url = format!("sqlite://{}", folder.path().join(SQLITE_FILE).display());
            return Self { url, admin: None, folder };
        }
        Self::in_postgres(folder, "")
    }

    /// A database with our tables: a copy of one that was migrated once.
    pub(crate) fn migrated(engine: Engine) -> Self {
        let folder = tempfile::tempdir().unwrap();
        if engine == Engine::Sqlite {
            let file = folder.path().join(SQLITE_FILE);
            std::fs::write(&file, sqlite_template()).unwrap();
            return Self { url: format!("sqlite://{}", file.display()), admin: None, folder };
        }
        Self::in_postgres(folder, &format!("template {}", postgres_template()))
    }

    fn in_postgres(folder: TempDir, of: &str) -> Self {
        let admin = postgres_url();
        let name = format!("test_{}", uuid::Uuid::new_v4().simple());
        let mut conn = DbUrl::parse(&admin).unwrap().connect().unwrap();
        conn.batch_execute(&format!("create database {name} {of}")).unwrap();
        let url = format!("{}/{name}", postgres_server(&admin));
        Self { url, admin: Some((admin, name)), folder }
    }

    pub(crate) fn folder(&self) -> String {
        self.folder.path().display().to_string()
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        if let Some((admin, name)) = &self.admin {
            let conn = DbUrl::parse(admin).unwrap().connect();
            let dropped =
                conn.map(|mut conn| conn.batch_execute(&format!("drop database {name} with (force)")));
            assert!(matches!(dropped, Ok(Ok(()))) || std::thread::panicking(), "the test's database must go");
        }
    }
}

fn postgres_url() -> String {
    std::env::var("TEST_POSTGRES_URL")
        .expect("TEST_POSTGRES_URL must lead to a PostgreSQL; bin/test starts one")
}

fn postgres_server(url: &str) -> &str {
    url.rsplit_once('/').unwrap().0
}

/// The bytes of a migrated SQLite database.
fn sqlite_template() -> &'static [u8] {
    static MADE: LazyLock<Vec<u8>> = LazyLock::new(|| {
        let database = TestDatabase::create(Engine::Sqlite);
        let mut conn = DbUrl::parse(&database.url).unwrap().connect().unwrap();
        migrate(&mut conn).unwrap();
        conn.batch_execute("pragma wal_checkpoint(truncate)").unwrap();
        std::fs::read(database.folder.path().join(SQLITE_FILE)).unwrap()
    });
    &MADE
}

/// The name of a migrated PostgreSQL database to which nobody is connected. It is of these migrations and stays for
/// the next run of the tests.
fn postgres_template() -> &'static str {
    static MADE: LazyLock<String> = LazyLock::new(|| {
        let name = format!("test_template_{:016x}", hash_of_migrations());
        let mut database = TestDatabase::create(Engine::Postgres);
        let (admin, made) = database.admin.take().unwrap();
        let mut conn = DbUrl::parse(&admin).unwrap().connect().unwrap();
        migrate(&mut DbUrl::parse(&database.url).unwrap().connect().unwrap()).unwrap();
        // Another run may have made it already, or make it just now.
        if conn.batch_execute(&format!("alter database {made} rename to {name}")).is_err() {
            conn.batch_execute(&format!("drop database {made} with (force)")).unwrap();
        }
        name
    });
    &MADE
}

fn hash_of_migrations() -> u64 {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../migrations/postgres");
    let mut names: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    let mut hasher = DefaultHasher::new();
    for name in names {
        std::fs::read(name.join("up.sql")).unwrap().hash(&mut hasher);
    }
    hasher.finish()
}
