//! What the agenda has of a citizen's tasks.

use chrono::{NaiveDate, NaiveTime};
use diesel::prelude::*;
use omasote_types::events::AgendaList;
use omasote_types::ids::CitizenId;
use uuid::Uuid;

use super::{Kept, NamedTask, TO_DO, TaskRow, UnitNames, named_tasks, to_kept};
use crate::cursor::{Place, Window};
use crate::db::schema::{citizens, questionnaires, tasks, units};
use crate::db::{DbConn, Id, MultiBackend};
use crate::repos::people::CitizenNames;

/// A page of what a part of the agenda has of a citizen's tasks. A task stands where its day begins by the clock of UTC: its last day,
/// or its first while it is ahead.
pub fn list_for_agenda(
    conn: &mut DbConn,
    of: CitizenId,
    (list, today): (AgendaList, NaiveDate),
    window: &Window,
) -> QueryResult<Vec<Kept>> {
    let query = named_tasks!().filter(tasks::citizen_id.eq(Id::from(of)));
    let after = window.after.map(goes_on);
    let query = match list {
        AgendaList::Now => {
            let query = query.filter(tasks::state.eq_any(TO_DO)).filter(tasks::from_day.le(today));
            let query = match after {
                Some((day, id)) => {
                    query.filter(tasks::to_day.gt(day).or(tasks::to_day.eq(day).and(tasks::id.gt(id))))
                }
                None => query,
            };
            query.order((tasks::to_day.asc(), tasks::id.asc()))
        }
        AgendaList::Coming => {
            let query = query.filter(tasks::state.eq_any(TO_DO)).filter(tasks::from_day.gt(today));
            let query = match after {
                Some((day, id)) => {
                    query.filter(tasks::from_day.gt(day).or(tasks::from_day.eq(day).and(tasks::id.gt(id))))
                }
                None => query,
            };
            query.order((tasks::from_day.asc(), tasks::id.asc()))
        }
        AgendaList::Done => {
            let query = query.filter(tasks::state.ne_all(TO_DO));
            let query = match after {
                Some((day, id)) => {
                    query.filter(tasks::to_day.lt(day).or(tasks::to_day.eq(day).and(tasks::id.lt(id))))
                }
                None => query,
            };
            query.order((tasks::to_day.desc(), tasks::id.desc()))
        }
    };
    let rows: Vec<NamedTask> = query.limit(window.fetch()).load(conn)?;
    Ok(rows.into_iter().map(to_kept).collect())
}

/// After which task the list goes on. An event later on a day stands after every task of that day.
fn goes_on(place: Place) -> (NaiveDate, Id) {
    let is_of_task = place.time.time() == NaiveTime::MIN;
    (place.time.date_naive(), Id::from_uuid(if is_of_task { place.id } else { Uuid::max() }))
}
