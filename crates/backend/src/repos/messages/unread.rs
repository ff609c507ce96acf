//! How much each side has not read.

use diesel::dsl::{count_star, sum};
use diesel::prelude::*;
use omasote_types::ids::{CitizenId, ThreadId, UnitId};
use omasote_types::messages::{Side, UnitUnread};

use crate::db::schema::threads;
use crate::db::{DbConn, Id};

/// Sets how many messages `side` has not read; says whether that changed anything.
pub fn set_unread(conn: &mut DbConn, id: ThreadId, side: Side, count: i64) -> QueryResult<bool> {
    let count = i32::try_from(count).unwrap_or(i32::MAX);
    let thread = threads::table.filter(threads::id.eq(Id::from(id)));
    let changed = match side {
        Side::Citizen => diesel::update(thread.filter(threads::unread_by_citizen.ne(count)))
            .set(threads::unread_by_citizen.eq(count))
            .execute(conn)?,
        Side::Unit => diesel::update(thread.filter(threads::unread_by_unit.ne(count)))
            .set(threads::unread_by_unit.eq(count))
            .execute(conn)?,
    };
    Ok(changed == 1)
}

/// How many messages a citizen has not read.
pub fn sum_of_citizen(conn: &mut DbConn, citizen: CitizenId) -> QueryResult<i64> {
    let own = threads::table.filter(threads::citizen_id.eq(Id::from(citizen)));
    let total: Option<i64> = own.select(sum(threads::unread_by_citizen)).first(conn)?;
    Ok(total.unwrap_or_default())
}

/// What awaits each of the units.
pub fn list_of_units(conn: &mut DbConn, of: &[UnitId]) -> QueryResult<Vec<UnitUnread>> {
    let ids: Vec<Id> = of.iter().copied().map(Id::from).collect();
    let unread: Vec<(Id, Option<i64>)> = threads::table
        .filter(threads::unit_id.eq_any(&ids).and(threads::unread_by_unit.gt(0)))
        .group_by(threads::unit_id)
        .select((threads::unit_id, sum(threads::unread_by_unit)))
        .load(conn)?;
    let waiting: Vec<(Id, i64)> = threads::table
        .filter(threads::unit_id.eq_any(&ids).and(threads::waiting_since.is_not_null()))
        .group_by(threads::unit_id)
        .select((threads::unit_id, count_star()))
        .load(conn)?;
    let counted = ids.into_iter().map(|id| {
        let messages = unread.iter().find(|(unit, _)| *unit == id).and_then(|(_, count)| *count);
        let waiting = waiting.iter().find(|(unit, _)| *unit == id).map(|(_, count)| *count);
        UnitUnread {
            unit_id: id.into(),
            messages: u32::try_from(messages.unwrap_or_default()).unwrap_or_default(),
            waiting_threads: u32::try_from(waiting.unwrap_or_default()).unwrap_or_default(),
        }
    });
    Ok(counted.collect())
}
