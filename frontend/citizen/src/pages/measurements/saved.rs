//! What was recorded: how it stands in words, and what comes next.

use leptos::prelude::*;
use omasote_types::measurements::{Measurement, MeasurementKind, NewMeasurement, TargetState};
use omasote_ui::clock::use_clock;
use omasote_ui::focus::PartTitle;
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::intl;
use omasote_ui::measurements::{AlarmNote, StateTag, measurement_in};
use omasote_ui::view::text;

use super::rest::Rest;
use crate::paths;

/// What became of an entry.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Saved {
    /// The server has it.
    Kept(Box<Measurement>),
    /// It waits on this device.
    Waits(Box<NewMeasurement>),
}

impl Saved {
    fn kind(&self) -> MeasurementKind {
        match self {
            Self::Kept(kept) => kept.kind,
            Self::Waits(new) => new.kind,
        }
    }
}

#[component]
pub(super) fn SavedCard(saved: Saved, again: Callback<()>) -> impl IntoView {
    let (i18n, clock) = (use_i18n(), use_clock());
    let kind = saved.kind();
    let (title, state, note) = match &saved {
        Saved::Kept(kept) => (Key::MEASURE_SAVED_TITLE, Some(kept.state), None),
        Saved::Waits(_) => (Key::MEASURE_WAITS, None, Some(Key::MEASURE_WAITING_ABOUT)),
    };
    let (values, unit, taken_at) = match saved {
        Saved::Kept(kept) => (kept.values, None, kept.taken_at),
        Saved::Waits(new) => (new.values, new.unit, new.taken_at),
    };
    let words = text(move || measurement_in(i18n.language(), kind, &values, unit.as_deref()));
    let when = text(move || intl::moment(i18n, taken_at, clock.milliseconds()));
    let shown = state.filter(|state| *state != TargetState::NoTarget);
    let is_alarm = state.is_some_and(TargetState::is_alarm);
    view! {
        <section class="card measure-saved">
            <PartTitle text=text(move || i18n.text(title).to_owned()) />
            <p class="measure-latest">{words}</p>
            <p class="fine">{when}</p>
            {shown.map(|state| view! { <p><StateTag state /></p> })}
            {is_alarm.then(|| view! { <AlarmNote /> })}
            {note.map(|note| view! { <p>{i18n.t(note)}</p> })}
            {(kind == MeasurementKind::BloodPressure).then(|| view! { <Rest /> })}
            <div class="actions">
                <button
                    type="button"
                    class="ds-button"
                    data-variant="secondary"
                    on:click=move |_| again.run(())
                >
                    {i18n.t(Key::MEASURE_AGAIN)}
                </button>
                <a class="ds-button" data-variant="primary" href=paths::measurements_of(kind)>
                    {i18n.t(Key::MEASURE_DONE)}
                </a>
            </div>
        </section>
    }
}
