//! What links of messages to events lead to.

use diesel::prelude::*;
use omasote_types::events::EventState;
use omasote_types::ids::LinkedId;
use omasote_types::language::LocalText;

use super::rows::{EventRow, NamedEvent, named_events, to_event};
use crate::db::schema::{citizens, events, units};
use crate::db::{DbConn, Id, MultiBackend};
use crate::repos::messages::Target;

/// What links to events lead to. Whoever acts for the citizen may read the message, so of an event that is hidden from them nothing
/// is told but that it is one.
pub(in crate::repos) fn list_targets(conn: &mut DbConn, ids: &[LinkedId]) -> QueryResult<Vec<Target>> {
    let ids: Vec<Id> = ids.iter().map(|id| Id::from(*id)).collect();
    let rows: Vec<NamedEvent> = named_events!().filter(events::id.eq_any(ids)).load(conn)?;
    let target = |row: NamedEvent| {
        let event = to_event(row);
        let is_hidden = event.is_hidden_from_proxies;
        let title = if is_hidden { String::new() } else { event.content.title };
        let is_retired = event.state == EventState::Cancelled;
        Target {
            id: LinkedId::from_uuid(*event.id.as_uuid()),
            title: LocalText { fi: title.clone(), sv: title.clone(), en: title },
            starts_at: (!is_hidden).then_some(event.time.starts_at),
            citizen: Some(event.citizen.id),
            can_be_sent: !is_retired,
            is_retired,
        }
    };
    Ok(rows.into_iter().map(target).collect())
}
