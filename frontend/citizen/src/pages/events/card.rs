//! An event in the agenda, and where it stands in words.

use leptos::prelude::*;
use omasote_rules::events::{Phase, Standing};
use omasote_types::events::{Event, EventKind, EventState};
use omasote_types::messages::Side;
use omasote_ui::clock::use_clock;
use omasote_ui::events::{begins, kind_name, lasts};
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::view::text;

use crate::paths;

#[component]
pub(super) fn EventCard(event: Event) -> impl IntoView {
    let (i18n, clock) = (use_i18n(), use_clock());
    let (title, unit, href) = (event.content.title.clone(), event.unit.name.clone(), paths::event(event.id));
    let (time, kind, place) = (event.time, event.content.kind, event.content.place.clone());
    let phase = Memo::new({
        let standing = Standing::from(&event);
        move |_| standing.phase(clock.now())
    });
    let waits = waits_for_citizen(&event);
    let mark = move || match phase.get() {
        Phase::Now => "open",
        Phase::Coming if waits => "open",
        Phase::Cancelled => "cancelled",
        _ => "other",
    };
    let stands = text(move || i18n.text(stands(&event, phase.get())).to_owned());
    let when = text(move || {
        let begins = begins(i18n, time.starts_at, clock.milliseconds(), clock.now());
        format!("{begins}, {}", lasts(i18n, time))
    });
    let where_to = text(move || match place.as_str() {
        "" => i18n.text(kind_name(kind)).to_owned(),
        place => format!("{}: {place}", i18n.text(kind_name(kind))),
    });
    view! {
        <li class="card event-card" data-phase=mark>
            <h3 class="ds-heading" data-size="2xs">
                <a class="ds-link" href=href>{title}</a>
            </h3>
            <p class="event-when">{when}</p>
            <p>{where_to}</p>
            <p>{stands}</p>
            <p class="fine">{text(move || i18n.local(&unit))}</p>
        </li>
    }
}

fn waits_for_citizen(event: &Event) -> bool {
    event.state == EventState::Booked && event.asked_other_time.is_none()
}

/// Who waits for what.
pub(super) fn stands(event: &Event, phase: Phase) -> Key {
    let is_of_unit = event.cancelled.as_ref().is_some_and(|cancelled| cancelled.by == Side::Unit);
    match phase {
        Phase::Cancelled if is_of_unit => Key::EVENT_CANCELLED_BY_UNIT,
        Phase::Cancelled => Key::EVENT_CANCELLED,
        Phase::Past => Key::EVENT_PAST,
        Phase::Now => Key::EVENT_NOW,
        Phase::Coming if event.asked_other_time.is_some() => Key::EVENT_ASKED,
        Phase::Coming if waits_for_citizen(event) => Key::EVENT_TO_CONFIRM,
        Phase::Coming => match event.content.kind {
            EventKind::Visit => Key::EVENT_CONFIRMED_VISIT,
            EventKind::Phone => Key::EVENT_CONFIRMED_PHONE,
            EventKind::Video => Key::EVENT_CONFIRMED_VIDEO,
        },
    }
}
