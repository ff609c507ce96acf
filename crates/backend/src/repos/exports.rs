//! Packages of citizens' own data: what was asked for, and where the packing stands.

use diesel::prelude::*;
use omasote_types::Instant;
use omasote_types::exports::{Export, ExportState};
use omasote_types::ids::{CitizenId, ExportId};

use crate::db::schema::exports;
use crate::db::{DbConn, DbText, Id, MultiBackend, Stored, TextColumn};

impl TextColumn for ExportState {
    fn as_text(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Working => "working",
            Self::Ready => "ready",
            Self::Failed => "failed",
        }
    }

    fn from_text(text: &str) -> Option<Self> {
        let all = [Self::Waiting, Self::Working, Self::Ready, Self::Failed];
        all.into_iter().find(|state| state.as_text() == text)
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = exports, check_for_backend(MultiBackend))]
struct ExportRow {
    id: Id,
    state: DbText<ExportState>,
    progress: i32,
    created_at: Stored,
    size: Option<i64>,
    expires_at: Stored,
}

impl From<ExportRow> for Export {
    fn from(row: ExportRow) -> Self {
        Self {
            id: row.id.into(),
            state: row.state.0,
            progress: u8::try_from(row.progress).unwrap_or_default(),
            created_at: row.created_at.into(),
            size_bytes: row.size.and_then(|size| u64::try_from(size).ok()),
            expires_at: row.expires_at.into(),
        }
    }
}

/// Keeps a wish for a package.
pub fn insert(
    conn: &mut DbConn,
    id: ExportId,
    of: CitizenId,
    now: Instant,
    expires_at: Instant,
) -> QueryResult<usize> {
    let row = (
        exports::id.eq(Id::from(id)),
        exports::citizen_id.eq(Id::from(of)),
        exports::state.eq(DbText(ExportState::Waiting)),
        exports::progress.eq(0),
        exports::attempts.eq(0),
        exports::created_at.eq(Stored::from(now)),
        exports::started_at.eq(None::<Stored>),
        exports::ready_at.eq(None::<Stored>),
        exports::size.eq(None::<i64>),
        exports::expires_at.eq(Stored::from(expires_at)),
    );
    diesel::insert_into(exports::table).values(row).execute(conn)
}

/// A citizen's packages, the newest first.
pub fn list_of_citizen(conn: &mut DbConn, of: CitizenId, now: Instant) -> QueryResult<Vec<Export>> {
    let query = exports::table
        .filter(exports::citizen_id.eq(Id::from(of)).and(exports::expires_at.gt(Stored::from(now))))
        .order(exports::id.desc());
    let rows: Vec<ExportRow> = query.select(ExportRow::as_select()).load(conn)?;
    Ok(rows.into_iter().map(Export::from).collect())
}

/// One package, and whose it is.
pub fn find(conn: &mut DbConn, id: ExportId, now: Instant) -> QueryResult<Option<(CitizenId, Export)>> {
    let query = exports::table.find(Id::from(id)).filter(exports::expires_at.gt(Stored::from(now)));
    let found: Option<(Id, ExportRow)> =
        query.select((exports::citizen_id, ExportRow::as_select())).first(conn).optional()?;
    Ok(found.map(|(citizen, row)| (citizen.into(), row.into())))
}

/// The oldest package that nobody is packing: one that waits, or whose packer has been silent since `silent_since`.
pub fn find_due(conn: &mut DbConn, silent_since: Instant) -> QueryResult<Option<(ExportId, CitizenId, i32)>> {
    let silent = exports::state
        .eq(DbText(ExportState::Working))
        .and(exports::started_at.lt(Some(Stored::from(silent_since))));
    let due = exports::table.filter(exports::state.eq(DbText(ExportState::Waiting)).or(silent));
    let found: Option<(Id, Id, i32)> = due
        .order(exports::id.asc())
        .select((exports::id, exports::citizen_id, exports::attempts))
        .first(conn)
        .optional()?;
    Ok(found.map(|(id, citizen, attempts)| (id.into(), citizen.into(), attempts)))
}

/// Takes a package for packing; says whether nobody else did meanwhile.
pub fn claim(conn: &mut DbConn, id: ExportId, attempts: i32, now: Instant) -> QueryResult<bool> {
    let same = exports::table.filter(exports::id.eq(Id::from(id)).and(exports::attempts.eq(attempts)));
    let claimed = diesel::update(same)
        .set((
            exports::state.eq(DbText(ExportState::Working)),
            exports::attempts.eq(attempts + 1),
            exports::started_at.eq(Some(Stored::from(now))),
        ))
        .execute(conn)?;
    Ok(claimed == 1)
}

/// Notes how far the packing is, in per cent.
pub fn set_progress(conn: &mut DbConn, id: ExportId, progress: u8) -> QueryResult<usize> {
    let package = exports::table.find(Id::from(id));
    diesel::update(package).set(exports::progress.eq(i32::from(progress))).execute(conn)
}

/// The package is packed.
pub fn set_ready(conn: &mut DbConn, id: ExportId, size: u64, now: Instant) -> QueryResult<usize> {
    diesel::update(exports::table.find(Id::from(id)))
        .set((
            exports::state.eq(DbText(ExportState::Ready)),
            exports::progress.eq(100),
            exports::size.eq(i64::try_from(size).ok()),
            exports::ready_at.eq(Some(Stored::from(now))),
        ))
        .execute(conn)
}

/// The packing did not succeed: it is tried again, or given up.
pub fn set_state(conn: &mut DbConn, id: ExportId, state: ExportState) -> QueryResult<usize> {
    diesel::update(exports::table.find(Id::from(id)))
        .set((exports::state.eq(DbText(state)), exports::progress.eq(0)))
        .execute(conn)
}

/// Packages whose time is over, and that nobody is packing: whose packer, if there is one, has been silent since
/// `silent_since`.
pub fn list_expired(conn: &mut DbConn, now: Instant, silent_since: Instant) -> QueryResult<Vec<ExportId>> {
    let is_idle = exports::state
        .ne(DbText(ExportState::Working))
        .or(exports::started_at.lt(Some(Stored::from(silent_since))));
    let over = exports::table.filter(exports::expires_at.le(Stored::from(now))).filter(is_idle);
    Ok(over.select(exports::id).load::<Id>(conn)?.into_iter().map(ExportId::from).collect())
}

/// Forgets a package.
pub fn delete(conn: &mut DbConn, id: ExportId) -> QueryResult<usize> {
    diesel::delete(exports::table.find(Id::from(id))).execute(conn)
}
