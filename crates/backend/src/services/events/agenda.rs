//! The agenda: tasks and events in one list. Each has its own table; of each as many are read as a page may need, and put together.

use std::cmp::Reverse;

use chrono::{Days, NaiveTime};
use omasote_rules::helsinki::at_minute;
use omasote_types::events::{AgendaItem, AgendaList, AgendaQuery, Event};
use omasote_types::ids::CitizenId;
use omasote_types::page::Page;
use omasote_types::tasks::Task;

use crate::audit::Call;
use crate::cursor::{List, Place, Window};
use crate::db::DbConn;
use crate::error::AppError;
use crate::policy::{self, Action, Part, Resource};
use crate::repos::events::{self as repo, Shown};
use crate::repos::tasks;

/// A page of a part of a citizen's agenda: what the actor may see of their tasks and of their events.
///
/// # Errors
/// `not_found`, `outside_mandate` when neither is covered; `data_restricted`, `invalid_cursor`, `invalid_parameter`.
pub fn list_agenda(
    conn: &mut DbConn,
    call: &mut Call,
    of: CitizenId,
    query: &AgendaQuery,
) -> Result<Page<AgendaItem>, AppError> {
    let parts = (Resource::Citizen(of, Part::Appointments), Resource::Citizen(of, Part::Tasks));
    let (appointments, of_tasks) = policy::require_either(conn, call, Action::Read, parts)?;
    let (list, part) = (cursors(query.list), query.list);
    let window = Window::read(list, query.cursor.as_deref(), query.limit)?;
    let (now, today) = (call.now(), call.today());
    let mut entries = Vec::new();
    if let Some(permit) = appointments {
        let shown = if permit.sees_hidden { Shown::All } else { Shown::Unhidden };
        let tomorrow = at_minute(today.checked_add_days(Days::new(1)).unwrap_or(today), 0);
        let events = repo::list_for_agenda(conn, (of, shown), (part, now, tomorrow), &window)?;
        entries
            .extend(events.into_iter().map(|event| (of_event(&event), AgendaItem::Event(Box::new(event)))));
    }
    if of_tasks.is_some() {
        let tasks = tasks::list_for_agenda(conn, of, (part, today), &window)?;
        let tasks = tasks.into_iter().map(|kept| kept.task);
        entries.extend(tasks.map(|task| (of_task(&task, part), AgendaItem::Task(Box::new(task)))));
    }
    match part {
        AgendaList::Now | AgendaList::Coming => entries.sort_by_key(|(place, _)| (place.time, place.id)),
        AgendaList::Done => entries.sort_by_key(|(place, _)| Reverse((place.time, place.id))),
    }
    let Page { items, next_cursor } = window.page(list, entries, |(place, _)| *place);
    Ok(Page { items: items.into_iter().map(|(_, item)| item).collect(), next_cursor })
}

const fn cursors(list: AgendaList) -> List {
    match list {
        AgendaList::Now => List::AgendaNow,
        AgendaList::Coming => List::AgendaComing,
        AgendaList::Done => List::AgendaDone,
    }
}

fn of_event(event: &Event) -> Place {
    Place { time: event.time.starts_at, id: *event.id.as_uuid() }
}

/// A task has no time of its day: it comes before the day's events.
fn of_task(task: &Task, list: AgendaList) -> Place {
    let day = match list {
        AgendaList::Coming => task.window.from,
        AgendaList::Now | AgendaList::Done => task.window.to,
    };
    Place { time: day.and_time(NaiveTime::MIN).and_utc(), id: *task.id.as_uuid() }
}
