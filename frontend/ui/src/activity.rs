//! When the person last used the app, in any of its tabs. What the page does by itself is no use, or a session that somebody
//! left open would never end.

use std::cell::Cell;

use leptos::ev;
use leptos::prelude::*;
use omasote_types::sessions::App;

use crate::storage::{self, Lasting};

/// Other tabs learn of use this often.
const TELL_AFTER_MS: f64 = 5_000.0;

thread_local! {
    static USED_AT: Cell<f64> = const { Cell::new(0.0) };
    static TOLD_AT: Cell<f64> = const { Cell::new(0.0) };
    static KEY: Cell<&'static str> = const { Cell::new("") };
    /// Set while the person is asked whether to go on: then only their answer counts.
    static IS_ASKED: Cell<bool> = const { Cell::new(false) };
}

/// Follows what the person does, from now on.
pub(crate) fn follow(app: App) {
    KEY.set(match app {
        App::Citizen => "omasote.used.citizen",
        App::Professional => "omasote.used.professional",
    });
    note();
    let _ = window_event_listener(ev::pointerdown, |_| note_unasked());
    let _ = window_event_listener(ev::keydown, |_| note_unasked());
    let _ = window_event_listener(ev::wheel, |_| note_unasked());
    let _ = window_event_listener(ev::touchmove, |_| note_unasked());
}

/// The person uses the app.
pub(crate) fn note() {
    let now = js_sys::Date::now();
    USED_AT.set(now);
    if now - TOLD_AT.get() >= TELL_AFTER_MS {
        TOLD_AT.set(now);
        // By the browser: Rust's own way of writing a fraction is larger than all of this.
        if let Ok(written) = js_sys::Number::from(now).to_string_with_radix(10) {
            storage::put(Lasting::Forever, KEY.get(), &String::from(written));
        }
    }
}

fn note_unasked() {
    if !IS_ASKED.get() {
        note();
    }
}

/// Begins or ends to ask the person whether to go on.
pub(crate) fn ask(is_asked: bool) {
    IS_ASKED.set(is_asked);
}

/// When the app was last used, in milliseconds since 1970. Another tab whose clock was ahead does not count.
pub(crate) fn used_at() -> f64 {
    let elsewhere = storage::get(Lasting::Forever, KEY.get()).map(|told| js_sys::parse_float(&told));
    let elsewhere = elsewhere.filter(|told| *told <= js_sys::Date::now()).unwrap_or_default();
    USED_AT.get().max(elsewhere)
}

/// For how many seconds it has not been used.
#[expect(clippy::as_conversions, reason = "f64 to integer saturates, as it should here")]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the part of a second is to go")]
pub(crate) fn unused_seconds() -> u32 {
    ((js_sys::Date::now() - used_at()) / 1000.0) as u32
}
