//! The pause between two blood pressures: a minute that is seen to pass, and told when it is over.

use std::time::Duration;

use leptos::prelude::*;
use omasote_types::Instant;
use omasote_ui::announce::use_announcer;
use omasote_ui::clock::use_clock;
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::view::text;

/// How long it lasts.
const SECONDS: i64 = 60;
const TICK: Duration = Duration::from_millis(500);

/// How many seconds are left, rounded up.
fn seconds_left(began: Instant, now: Instant) -> i64 {
    let passed = now.signed_duration_since(began).num_seconds();
    SECONDS.saturating_sub(passed).clamp(0, SECONDS)
}

/// The pause, from now on.
#[component]
pub(super) fn Rest() -> impl IntoView {
    let (i18n, clock, announcer) = (use_i18n(), use_clock(), use_announcer());
    let began = clock.present();
    let left = RwSignal::new(SECONDS);
    let is_over = StoredValue::new(false);
    let tick = move || {
        let now = seconds_left(began, clock.present());
        if left.try_get_untracked().is_some_and(|before| before != now) {
            left.set(now);
        }
        if now == 0 && is_over.try_get_value() == Some(false) {
            is_over.set_value(true);
            announcer.say(Key::MEASURE_REST_OVER);
        }
    };
    if let Ok(ticking) = set_interval_with_handle(tick, TICK) {
        on_cleanup(move || ticking.clear());
    }
    let words = text(move || match left.get() {
        0 => i18n.text(Key::MEASURE_REST_OVER).to_owned(),
        left => i18n.filled(Key::MEASURE_REST, &[("seconds", &left.to_string())]),
    });
    view! {
        <div class="measure-rest">
            <p class="fine">{i18n.t(Key::MEASURE_REST_ABOUT)}</p>
            <p role="timer"><strong>{words}</strong></p>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pause_counts_down_and_stays_over() {
        let began = Instant::from_timestamp(1000, 0).unwrap();
        let at = |seconds: i64| seconds_left(began, Instant::from_timestamp(1000 + seconds, 0).unwrap());
        assert_eq!([at(0), at(1), at(59), at(60), at(500), at(-5)], [60, 59, 1, 0, 0, 60]);
    }
}
