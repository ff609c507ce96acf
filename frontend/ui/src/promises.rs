//! By when a unit answers, in words: to who waits, and to who is to answer.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use omasote_types::messages::Thread;

use crate::clock::{Clock, use_clock};
use crate::elapsed::Elapsed;
use crate::i18n::{I18n, Key, use_i18n};
use crate::icon::Icon;
use crate::intl;
use crate::view::{dynamic, text};

/// From so many seconds before it on a promise is soon due.
const SOON_SECONDS: i64 = 2 * 3600;
/// Within so many seconds it is said how much time is left.
const COUNTDOWN_SECONDS: i64 = 24 * 3600;

/// What was promised to who waits in a thread.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Promise {
    due_at: Option<DateTime<Utc>>,
    is_missed: bool,
}

impl Promise {
    /// Of a thread; none when nothing is promised.
    #[must_use]
    pub fn of(thread: &Thread) -> Option<Self> {
        let promise = Self { due_at: thread.promised_at, is_missed: thread.promises_missed > 0 };
        (promise != Self::default()).then_some(promise)
    }

    /// Whether it holds so far. One whose time has just come is missed, even before the server says so.
    fn is_kept(self, clock: Clock) -> bool {
        !self.is_missed && self.coming(clock).is_some()
    }

    fn coming(self, clock: Clock) -> Option<DateTime<Utc>> {
        self.due_at.filter(|due| due.timestamp() > clock.seconds())
    }

    /// What the citizen is told: by when, how long that is, and honestly when it did not hold.
    #[must_use]
    pub fn words(self, i18n: I18n, clock: Clock) -> String {
        let coming = self.coming(clock).map(|due| {
            let moment = intl::coming(i18n, due, clock.milliseconds());
            let key = if self.is_missed { Key::PROMISE_ANEW } else { Key::PROMISE_BY };
            let promised = i18n.filled(key, &[("moment", &moment)]);
            let left = due.timestamp() - clock.seconds();
            match left < COUNTDOWN_SECONDS {
                true => format!(
                    "{promised} {}",
                    i18n.filled(Key::PROMISE_LEFT, &[("time", &left_words(i18n, left))])
                ),
                false => promised,
            }
        });
        let sorry = (!self.is_kept(clock)).then(|| i18n.text(Key::PROMISE_MISSED).to_owned());
        [sorry, coming].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

fn left_words(i18n: I18n, seconds: i64) -> String {
    Elapsed::between(0, seconds).words(i18n.language())
}

/// What the citizen is told of a promise, in a list or over a conversation.
#[component]
pub fn PromiseNote(
    /// The promise.
    promise: Promise,
) -> impl IntoView {
    let (i18n, clock) = (use_i18n(), use_clock());
    let words = text(move || promise.words(i18n, clock));
    let state = Signal::derive(move || if promise.is_kept(clock) { "ok" } else { "late" });
    view! { <span class="promise" data-promise=state>{Icon::CLOCK} <span>{words}</span></span> }
}

/// How a promise stands, for who is to answer: in time, soon due, or missed. Colour, picture and words say the same.
#[component]
pub fn PromiseAge(
    /// The promise.
    promise: Promise,
) -> impl IntoView {
    let (i18n, clock) = (use_i18n(), use_clock());
    dynamic(move || {
        let moment = |due| intl::coming(i18n, due, clock.milliseconds());
        let (state, icon, words) = match promise.coming(clock) {
            Some(due) if promise.is_missed => {
                ("late", Icon::BREAK, i18n.filled(Key::PROMISE_LATE_ANEW, &[("moment", &moment(due))]))
            }
            None => ("late", Icon::BREAK, i18n.text(Key::PROMISE_LATE).to_owned()),
            Some(due) => {
                let left = due.timestamp() - clock.seconds();
                match left < SOON_SECONDS {
                    true => {
                        let time = left_words(i18n, left);
                        ("soon", Icon::HOURGLASS, i18n.filled(Key::PROMISE_SOON, &[("time", &time)]))
                    }
                    false => ("ok", Icon::CLOCK, i18n.filled(Key::PROMISE_OK, &[("moment", &moment(due))])),
                }
            }
        };
        view! { <span class="promise" data-promise=state>{icon} <span>{words}</span></span> }.into_any()
    })
}

/// How long a unit usually takes, in a sentence. Nobody needs the minutes.
#[must_use]
pub fn usual_words(i18n: I18n, minutes: u32) -> String {
    match minutes {
        0..50 => i18n.text(Key::PROMISE_USUAL_HOUR).to_owned(),
        _ => i18n.counted(Key::PROMISE_USUAL_ONE, Key::PROMISE_USUAL_OTHER, (minutes + 30) / 60),
    }
}
