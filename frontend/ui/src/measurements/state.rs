//! How a measurement stands to its target: always a colour, a word and a shape together.

use leptos::prelude::*;
use omasote_types::measurements::TargetState;

use crate::i18n::{Key, use_i18n};
use crate::units::PhoneLink;

/// The state in words.
#[must_use]
pub const fn state_words(state: TargetState) -> Key {
    match state {
        TargetState::NoTarget => Key::MEASURE_STATE_NONE,
        TargetState::In => Key::MEASURE_STATE_IN,
        TargetState::Below => Key::MEASURE_STATE_BELOW,
        TargetState::Above => Key::MEASURE_STATE_ABOVE,
        TargetState::BelowAlarm => Key::MEASURE_STATE_BELOW_ALARM,
        TargetState::AboveAlarm => Key::MEASURE_STATE_ABOVE_ALARM,
    }
}

/// The state as style sheets know it.
pub(super) const fn mark(state: TargetState) -> &'static str {
    match state {
        TargetState::NoTarget => "none",
        TargetState::In => "in",
        TargetState::Below => "below",
        TargetState::Above => "above",
        TargetState::BelowAlarm => "below-alarm",
        TargetState::AboveAlarm => "above-alarm",
    }
}

const fn color(state: TargetState) -> &'static str {
    match state {
        TargetState::NoTarget => "neutral",
        TargetState::In => "success",
        TargetState::Below | TargetState::Above => "warning",
        TargetState::BelowAlarm | TargetState::AboveAlarm => "danger",
    }
}

/// A tick in a circle, a triangle, two filled triangles, a dash: told apart without colour.
const fn shape(state: TargetState) -> &'static str {
    match state {
        TargetState::NoTarget => "M6 12h12",
        TargetState::In => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM8 12.500l3 3 5.500-6",
        TargetState::Below => "M4 6.500h16L12 19z",
        TargetState::Above => "M4 17.500h16L12 5z",
        TargetState::BelowAlarm => "M3.500 3h17L12 12zM3.500 12h17L12 21z",
        TargetState::AboveAlarm => "M3.500 12h17L12 3zM3.500 21h17L12 12z",
    }
}

/// The shape of a state. A text beside it says the same.
#[component]
pub fn StateShape(
    /// The state.
    state: TargetState,
) -> impl IntoView {
    view! {
        <svg class="state-shape" data-state=mark(state) viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d=shape(state)></path>
        </svg>
    }
}

/// The state: its colour, its shape and its word.
#[component]
pub fn StateTag(
    /// The state.
    state: TargetState,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <span class="ds-tag state-tag" data-color=color(state)>
            <StateShape state />
            {i18n.t(state_words(state))}
        </span>
    }
}

/// What to do when a number is far out of its target.
#[component]
pub fn AlarmNote() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="ds-alert alarm-note" data-color="danger">
            <p>
                <strong>{i18n.t(Key::MEASURE_ALARM)}</strong>
                " "
                {i18n.t(Key::MEASURE_ALARM_URGENT)}
                " "
                <PhoneLink number="116 117" />
                ", "
                {i18n.t(Key::MEASURE_ALARM_EMERGENCY)}
                " "
                <PhoneLink number="112" />
                "."
            </p>
        </div>
    }
}
