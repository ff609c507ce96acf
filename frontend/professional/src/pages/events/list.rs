//! A client's events: those to come, and those that are over.

use leptos::prelude::*;
use omasote_rules::events::{Phase, Standing};
use omasote_types::events::{EhrState, Event, EventList, EventQuery, EventState};
use omasote_types::ids::CitizenId;
use omasote_types::messages::Side;
use omasote_types::sessions::Me;
use omasote_ui::clock::use_clock;
use omasote_ui::events::{begins, kind_name, lasts};
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::loading::Loading;
use omasote_ui::paged::{MoreButton, PagedList, Refresh};
use omasote_ui::session::use_session;
use omasote_ui::updates::use_updates;
use omasote_ui::view::{dynamic, optional, said, text};

use super::giving::GiveForm;
use crate::paths;

/// Where an event stands, as the unit sees it, and the colour of its mark: what waits for the unit stands out.
pub(super) fn stands(event: &Event, phase: Phase) -> (Key, &'static str) {
    if event.ehr == Some(EhrState::Failed) {
        return (Key::EVENT_PRO_EHR_FAILED, "danger");
    }
    let is_of_unit = event.cancelled.as_ref().is_some_and(|cancelled| cancelled.by == Side::Unit);
    match phase {
        Phase::Cancelled if is_of_unit => (Key::EVENT_PRO_CALLED_OFF, "neutral"),
        Phase::Cancelled => (Key::EVENT_PRO_CANCELLED, "danger"),
        Phase::Past => (Key::EVENT_PRO_PAST, "neutral"),
        Phase::Now => (Key::EVENT_PRO_NOW, "success"),
        Phase::Coming if event.asked_other_time.is_some() => (Key::EVENT_PRO_ASKED, "warning"),
        Phase::Coming if event.state == EventState::Booked => (Key::EVENT_PRO_UNCONFIRMED, "info"),
        Phase::Coming => (Key::EVENT_PRO_CONFIRMED, "success"),
    }
}

/// Whose name a row says.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Names {
    Client,
    Unit,
}

/// One row: what, when, where it stands, and the wish of the citizen.
pub(super) fn row(event: Event, names: Names) -> AnyView {
    let (i18n, clock) = (use_i18n(), use_clock());
    let (time, kind) = (event.time, event.content.kind);
    let href = paths::event(event.citizen.id, event.id);
    let title = event.content.title.clone();
    let is_restricted = event.is_restricted && title.is_empty();
    let what = text(move || match is_restricted {
        true => i18n.text(Key::EVENT_PRO_RESTRICTED).to_owned(),
        false => title.clone(),
    });
    let name = match names {
        Names::Client => Signal::stored(event.citizen.name.clone()),
        Names::Unit => {
            let unit = event.unit.name.clone();
            text(move || i18n.local(&unit))
        }
    };
    let when = text(move || {
        let begins = begins(i18n, time.starts_at, clock.milliseconds(), clock.now());
        format!("{begins}, {}, {}", lasts(i18n, time), i18n.text(kind_name(kind)).to_lowercase())
    });
    let wish = event.asked_other_time.clone().map(|asked| {
        view! { <p class="message-text" dir="auto"><strong>{i18n.t(Key::EVENT_WISH_SAID)} ": "</strong> {asked.wish}</p> }
    });
    let standing = Standing::from(&event);
    let tag = dynamic(move || {
        let (state, colour) = stands(&event, standing.phase(clock.now()));
        view! { <span class="ds-tag" data-color=colour>{i18n.t(state)}</span> }.into_any()
    });
    view! {
        <li class="card access">
            <p class="access-what">
                <a class="ds-link" href=href>{what}</a>
                " "
                {tag}
            </p>
            <p>{when}</p>
            {wish}
            <p class="access-ground">{name}</p>
        </li>
    }
    .into_any()
}

#[component]
pub(super) fn ClientEvents(client: CitizenId) -> impl IntoView {
    let i18n = use_i18n();
    let has_units = !expect_context::<Me>().units.is_empty();
    let (coming, past) = (listed(client, EventList::Coming), listed(client, EventList::Past));
    let is_giving = RwSignal::new(false);
    let form = optional(move || {
        let given = Callback::new(move |()| {
            is_giving.set(false);
            coming.refresh();
        });
        is_giving.get().then(|| view! { <GiveForm client given /> }.into_any())
    });
    view! {
        <section class="part" aria-labelledby="events-title">
            <div class="part-head">
                <h2 class="ds-heading" data-size="xs" id="events-title">{i18n.t(Key::EVENTS_TITLE)}</h2>
                {has_units.then(|| view! {
                    <button
                        type="button"
                        class="ds-button"
                        data-variant="secondary"
                        data-size="sm"
                        aria-expanded=said(is_giving)
                        on:click=move |_| is_giving.update(|is| *is = !*is)
                    >
                        {i18n.t(Key::EVENT_GIVE)}
                    </button>
                })}
            </div>
            {form}
            <Loading data=coming.page() rows=1 let:page>
                {rows(Signal::derive(move || page.get().items), Names::Unit, Key::EVENTS_NOTHING)}
                <MoreButton list=coming label=Key::SHOW_MORE />
            </Loading>
            <details class="contact-details">
                <summary>{i18n.t(Key::EVENTS_PAST)}</summary>
                <Loading data=past.page() rows=1 let:page>
                    {rows(Signal::derive(move || page.get().items), Names::Unit, Key::EVENTS_NONE_PAST)}
                    <MoreButton list=past label=Key::SHOW_MORE />
                </Loading>
            </details>
        </section>
    }
}

fn listed(client: CitizenId, list: EventList) -> PagedList<Event> {
    let session = use_session();
    let events = PagedList::new(Refresh::Everything, move |page| {
        let query = EventQuery { list, cursor: page.cursor, limit: page.limit };
        session.ask(async move |api| api.list_events(client, &query).await)
    });
    use_updates().on_agenda_change(move || events.refresh());
    events
}

/// The rows of events, or that there is none.
pub(super) fn rows(events: Signal<Vec<Event>>, names: Names, nothing: Key) -> AnyView {
    let i18n = use_i18n();
    dynamic(move || {
        let events = events.get();
        if events.is_empty() {
            return view! { <p class="fine">{i18n.t(nothing)}</p> }.into_any();
        }
        let rows: Vec<_> = events.into_iter().map(|event| row(event, names)).collect();
        view! { <ul class="accesses">{rows}</ul> }.into_any()
    })
}
