//! How threads moved from unit to unit.

use diesel::prelude::*;
use omasote_types::Instant;
use omasote_types::ids::{CitizenId, ProfessionalId, ThreadId, TransferId, UnitId};
use omasote_types::language::LocalText;
use omasote_types::messages::{Transfer, TransferKind};
use omasote_types::people::Professional;
use omasote_types::units::UnitRef;

use crate::db::schema::{professionals, thread_transfers, units};
use crate::db::{DbConn, DbText, Id, MultiBackend, Stored};
use crate::repos::people::full_name;

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = thread_transfers, check_for_backend(MultiBackend))]
struct TransferRow {
    id: Id,
    thread_id: Id,
    citizen_id: Id,
    from_unit_id: Id,
    to_unit_id: Id,
    professional_id: Id,
    kind: DbText<TransferKind>,
    reason: String,
    stays_informed: bool,
    at: Stored,
}

/// The moves of a thread, oldest first.
pub fn list(conn: &mut DbConn, of: ThreadId) -> QueryResult<Vec<Transfer>> {
    let rows: Vec<(TransferRow, (String, String, String))> = thread_transfers::table
        .inner_join(professionals::table)
        .filter(thread_transfers::thread_id.eq(Id::from(of)))
        .order(thread_transfers::id.asc())
        .select((
            TransferRow::as_select(),
            (professionals::given_name, professionals::family_name, professionals::title),
        ))
        .load(conn)?;
    let ids: Vec<Id> = rows.iter().flat_map(|(row, _)| [row.from_unit_id, row.to_unit_id]).collect();
    let names: Vec<(Id, String, String, String)> = units::table
        .filter(units::id.eq_any(ids))
        .select((units::id, units::name_fi, units::name_sv, units::name_en))
        .load(conn)?;
    let named = |id: Id| {
        let found = names.iter().find(|(of, ..)| *of == id);
        let (_, fi, sv, en) = found.cloned().unwrap_or((id, String::new(), String::new(), String::new()));
        UnitRef { id: id.into(), name: LocalText { fi, sv, en } }
    };
    let transfers = rows.into_iter().map(|(row, (given, family, title))| Transfer {
        id: row.id.into(),
        kind: row.kind.0,
        from: named(row.from_unit_id),
        to: named(row.to_unit_id),
        reason: row.reason,
        at: row.at.into(),
        by: Some(Professional {
            id: row.professional_id.into(),
            name: full_name(&given, &family),
            title,
            absent_until: None,
        }),
    });
    Ok(transfers.collect())
}

/// A move to be kept.
#[derive(Clone, Copy, Debug)]
pub struct NewTransfer<'a> {
    /// The thread.
    pub thread: ThreadId,
    /// Whose it is.
    pub citizen: CitizenId,
    /// The unit that had it.
    pub from: UnitId,
    /// The unit that gets it.
    pub to: UnitId,
    /// Who sends it.
    pub by: ProfessionalId,
    /// Which way.
    pub kind: TransferKind,
    /// Why.
    pub reason: &'a str,
    /// Whether the sending unit goes on following it.
    pub stays_informed: bool,
}

/// Keeps a move.
pub fn insert(conn: &mut DbConn, new: &NewTransfer<'_>, now: Instant) -> QueryResult<usize> {
    let row = TransferRow {
        id: TransferId::at(now).into(),
        thread_id: new.thread.into(),
        citizen_id: new.citizen.into(),
        from_unit_id: new.from.into(),
        to_unit_id: new.to.into(),
        professional_id: new.by.into(),
        kind: DbText(new.kind),
        reason: new.reason.to_owned(),
        stays_informed: new.stays_informed,
        at: now.into(),
    };
    diesel::insert_into(thread_transfers::table).values(row).execute(conn)
}
