//! What is coming in the professional's units: what waits for the unit first, then what nobody has confirmed.

use leptos::prelude::*;
use omasote_types::events::{EhrState, Event, EventQuery, EventState};
use omasote_types::sessions::Me;
use omasote_types::units::UnitRef;
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::icon::Icon;
use omasote_ui::loading::Loading;
use omasote_ui::paged::{MoreButton, PagedList, Refresh};
use omasote_ui::session::use_session;
use omasote_ui::updates::use_updates;
use omasote_ui::view::text;

use super::list::{Names, rows};
use crate::paths;

/// The events to come of each unit.
#[component]
pub(super) fn UnitsEvents() -> impl IntoView {
    let units = expect_context::<Me>().units;
    units.into_iter().map(|unit| view! { <UnitEvents unit /> }).collect_view()
}

#[component]
fn UnitEvents(unit: UnitRef) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let (id, name) = (unit.id, unit.name);
    let events = PagedList::new(Refresh::Everything, move |page| {
        let query = EventQuery { cursor: page.cursor, limit: page.limit, ..EventQuery::default() };
        session.ask(async move |client| client.list_unit_events(id, &query).await)
    });
    use_updates().on_agenda_change(move || events.refresh());
    let title = text(move || i18n.filled(Key::EVENTS_OF_UNIT, &[("unit", &i18n.local(&name))]));
    let heading = format!("unit-events-{id}");
    let labelled = heading.clone();
    view! {
        <section class="part" aria-labelledby=labelled>
            <div class="part-head">
                <h2 class="ds-heading" data-size="xs" id=heading>{title}</h2>
                <a class="ds-button" data-variant="secondary" data-size="sm" href=paths::slots(id)>
                    {Icon::CLOCK}
                    {i18n.t(Key::SLOTS_TITLE)}
                </a>
            </div>
            <Loading data=events.page() rows=2 let:page>
                {rows(Signal::derive(move || waiting_first(page.get().items)), Names::Client, Key::EVENTS_NOTHING)}
                <MoreButton list=events label=Key::SHOW_MORE />
            </Loading>
        </section>
    }
}

/// What is to be called off elsewhere, wishes for another time, then what is to be confirmed, then the rest; each in the order of time.
fn waiting_first(mut events: Vec<Event>) -> Vec<Event> {
    events.sort_by_key(|event| match (event.state, &event.asked_other_time) {
        _ if event.ehr == Some(EhrState::Failed) => 0,
        (EventState::Booked, Some(_)) => 0,
        (EventState::Booked, None) => 1,
        (EventState::Confirmed, _) => 2,
        (EventState::Cancelled, _) => 3,
    });
    events
}
