//! Events in words, and what becomes of what is tried with them.

use leptos::prelude::*;
use omasote_client::{ClientError, ClientResult};
use omasote_rules::helsinki::at_minute;
use omasote_types::Instant;
use omasote_types::error::ErrorCode;
use omasote_types::events::{Event, EventKind, EventTime};

use crate::announce::{Announcer, use_announcer};
use crate::i18n::{I18n, Key, use_i18n};
use crate::intl;
use crate::view::optional;

/// How far ahead a day says which it is without its year.
const NEAR_DAYS: i64 = 300;

/// How the two sides meet, in a word.
#[must_use]
pub const fn kind_name(kind: EventKind) -> Key {
    match kind {
        EventKind::Visit => Key::EVENT_KIND_VISIT,
        EventKind::Phone => Key::EVENT_KIND_PHONE,
        EventKind::Video => Key::EVENT_KIND_VIDEO,
    }
}

/// How long it takes: "45 minuuttia", "1 tunti 30 minuuttia".
#[must_use]
pub fn lasts(i18n: I18n, time: EventTime) -> String {
    let all = u32::try_from((time.ends_at - time.starts_at).num_minutes()).unwrap_or_default();
    let (hours, minutes) = (all / 60, all % 60);
    let hours = (hours > 0).then(|| i18n.counted(Key::EVENT_HOUR, Key::EVENT_HOURS, hours));
    let minutes = (minutes > 0).then(|| i18n.counted(Key::EVENT_MINUTE, Key::EVENT_MINUTES, minutes));
    hours.into_iter().chain(minutes).collect::<Vec<_>>().join(" ")
}

/// When it begins, for a list: "huomenna klo 9.15", "ti 24.11. klo 14.00"; with its year when that is not plain.
#[must_use]
pub fn begins(i18n: I18n, at: Instant, now_ms: f64, now: Instant) -> String {
    if at <= now {
        intl::moment(i18n, at, now_ms)
    } else if (at - now).num_days() <= NEAR_DAYS {
        intl::coming(i18n, at, now_ms)
    } else {
        intl::full_moment(i18n.language(), at)
    }
}

/// From when to when by the clock: "10.00–10.45".
#[must_use]
pub fn from_to(i18n: I18n, time: EventTime) -> String {
    format!("{}–{}", clock_time(i18n, time.starts_at), clock_time(i18n, time.ends_at))
}

/// With its day, nothing left out: "maanantai 16. marraskuuta 2026 klo 10.00–10.45".
#[must_use]
pub fn in_full(i18n: I18n, time: EventTime) -> String {
    format!("{}–{}", intl::full_moment(i18n.language(), time.starts_at), clock_time(i18n, time.ends_at))
}

fn clock_time(i18n: I18n, at: Instant) -> String {
    let seconds = u32::try_from(at.timestamp()).unwrap_or_default();
    intl::time_of_day(i18n.language(), f64::from(seconds) * 1000.0)
}

/// The time that is written in a date field, a field of time and one of minutes, by the clock in Finland; none when one of them is not
/// whole.
#[must_use]
pub fn written_time(date: &str, clock: &str, minutes: &str) -> Option<EventTime> {
    let (hours, minute) = clock.split_once(':')?;
    let from_midnight =
        hours.parse::<u16>().ok()?.checked_mul(60)?.checked_add(minute.get(..2)?.parse().ok()?)?;
    let starts_at = at_minute(intl::written_date(date)?, from_midnight);
    let lasts = chrono::TimeDelta::minutes(minutes.trim().parse::<u16>().ok()?.into());
    Some(EventTime { starts_at, ends_at: starts_at + lasts })
}

/// Why something cannot be done with an event or an offered time, in words that help; none for other failures.
fn refusal(error: &ClientError) -> Option<Key> {
    match error.code()? {
        ErrorCode::SlotTaken => Some(Key::EVENT_SLOT_TAKEN),
        ErrorCode::EventCancelled => Some(Key::EVENT_IS_CANCELLED),
        ErrorCode::EventOver => Some(Key::EVENT_IS_OVER),
        ErrorCode::KeptInEhr => Some(Key::EVENT_PRO_EHR),
        ErrorCode::TooLateToChange => Some(Key::EVENT_TOO_LATE),
        ErrorCode::TooManyBookings => Some(Key::EVENT_TOO_MANY),
        ErrorCode::PreconditionFailed => Some(Key::EVENT_CHANGED_MEANWHILE),
        _ => None,
    }
}

/// What became of what was last tried, told where it stays when the page shows the event anew.
#[derive(Clone, Copy, Debug)]
pub struct Outcome {
    told: RwSignal<Option<Key>>,
    announcer: Announcer,
    changed: Callback<()>,
}

impl Outcome {
    /// Nothing tried yet; `changed` fetches anew what is shown.
    #[must_use]
    pub fn new(changed: Callback<()>) -> Self {
        Self { told: RwSignal::new(None), announcer: use_announcer(), changed }
    }

    /// Takes an answer: says `done`, or why not.
    pub fn take<T>(self, done: Key, answer: ClientResult<T>) -> Option<ClientError> {
        let error = answer.err();
        self.told.try_set(error.as_ref().and_then(refusal));
        if error.is_none() {
            self.announcer.say(done);
        }
        let is_told = error.as_ref().is_none_or(|error| refusal(error).is_some());
        if is_told {
            self.changed.try_run(());
        }
        error.filter(|_| !is_told)
    }

    /// Shows why the last try failed.
    #[must_use]
    pub fn show(self) -> AnyView {
        let i18n = use_i18n();
        let problem = optional(move || {
            let told = self.told.get()?;
            Some(view! { <div class="ds-alert" data-color="warning"><p>{i18n.t(told)}</p></div> }.into_any())
        });
        view! { <div role="alert">{problem}</div> }.into_any()
    }
}

/// What the two sides have said of an event: why it was cancelled, which other time was wished.
#[component]
pub fn Said(
    /// The event.
    event: Signal<Event>,
) -> impl IntoView {
    let i18n = use_i18n();
    optional(move || {
        let (label, words) = event.with(|event| {
            let why = event.cancelled.as_ref().and_then(|cancelled| cancelled.reason.clone());
            let why = why.filter(|why| !why.is_empty()).map(|why| (Key::EVENT_WHY, why));
            why.or_else(|| {
                event.asked_other_time.as_ref().map(|asked| (Key::EVENT_WISH_SAID, asked.wish.clone()))
            })
        })?;
        let said = view! {
            <div class="ds-alert" data-color="info">
                <p><strong>{i18n.t(label)}</strong></p>
                <p class="message-text" dir="auto">{words}</p>
            </div>
        };
        Some(said.into_any())
    })
}
