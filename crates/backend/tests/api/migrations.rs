//! Every migration can be undone and done again, and both engines end up with the same tables and columns.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;
use omasote_backend::db::{DbConn, DbUrl, Engine, is_current, migrate, revert_all};

use crate::harness::TestDatabase;

#[derive(QueryableByName, PartialEq, Eq, Debug, PartialOrd, Ord)]
struct Column {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    column_name: String,
}

/// The full-text index, in several tables; PostgreSQL has its own in an index of `thread_searches`.
const ONLY_SQLITE: &str = "thread_words";

fn columns(conn: &mut DbConn) -> Vec<Column> {
    let mut columns: Vec<Column> = match conn {
        DbConn::Pg(conn) => diesel::sql_query(
            "select table_name::text, column_name::text from information_schema.columns where table_schema = 'public'",
        )
        .load(conn)
        .unwrap(),
        DbConn::Sqlite(conn) => diesel::sql_query(
            "select m.name as table_name, p.name as column_name from sqlite_master m, pragma_table_info(m.name) p
             where m.type = 'table' and m.name not like 'sqlite_%'",
        )
        .load(conn)
        .unwrap(),
    };
    let is_ours = |name: &str| !name.starts_with("__diesel") && !name.starts_with(ONLY_SQLITE);
    columns.retain(|column| is_ours(&column.table_name));
    columns.sort();
    columns
}

fn up_down_up(engine: Engine) -> Vec<Column> {
    let database = TestDatabase::create(engine);
    let mut conn = DbUrl::parse(&database.url).unwrap().connect().unwrap();
    let ran = migrate(&mut conn).unwrap();
    let first = columns(&mut conn);
    assert!(ran > 0 && is_current(&mut conn).unwrap());
    assert_eq!(revert_all(&mut conn).unwrap(), ran);
    assert_eq!(columns(&mut conn), []);
    assert!(!is_current(&mut conn).unwrap());
    assert_eq!(migrate(&mut conn).unwrap(), ran);
    assert_eq!(columns(&mut conn), first);
    conn.batch_execute("delete from units").unwrap();
    first
}

#[test]
fn migrations_go_up_down_and_up_again_and_both_engines_have_the_same_columns() {
    assert_eq!(up_down_up(Engine::Sqlite), up_down_up(Engine::Postgres));
}
