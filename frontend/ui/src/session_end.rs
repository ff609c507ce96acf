//! The end of the session told before it comes: a person who is reading, or has gone to fetch something, can go on.

#![expect(unreachable_pub, reason = "#[component] makes a part of every component public")]

use std::time::Duration;

use leptos::html::Dialog;
use leptos::prelude::*;

use crate::activity;
use crate::app;
use crate::chunk::Chunk;
use crate::i18n::{Key, use_i18n};
use crate::intl;
use crate::session::{Phase, Session, use_session};
use crate::view::{optional, text};

const LOOK_EVERY: Duration = Duration::from_secs(5);
const WARN_MS: f64 = 120_000.0;

/// What ends the session.
#[derive(Clone, Copy, PartialEq)]
enum End {
    /// It is not used; the person can go on.
    Unused,
    /// It has lasted as long as a session may.
    TooLong,
}

/// A warning that shows: why, and when the session ends.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct Warning {
    end: End,
    at: f64,
    watch: Watch,
}

/// What the watch shows, and the end that the person knows of already.
#[derive(Clone, Copy, PartialEq)]
struct Watch {
    shown: RwSignal<Option<Shown>>,
    known: StoredValue<f64>,
}

#[derive(Clone, Copy, PartialEq)]
struct Shown {
    end: End,
    at: f64,
}

/// Watches the session, and renews its token in the meantime. The dialog is fetched when it is needed.
#[component]
pub(crate) fn SessionEnd() -> impl IntoView {
    let session = use_session();
    let watch = Watch { shown: RwSignal::new(None), known: StoredValue::new(0.0) };
    set_interval(move || look(session, watch), LOOK_EVERY);
    let dialog = Chunk::new(app::session_warning);
    optional(move || watch.shown.get().map(|Shown { end, at }| dialog.show_about(Warning { end, at, watch })))
}

fn look(session: Session, watch: Watch) {
    let now = js_sys::Date::now();
    let limits = session.limits().filter(|_| session.phase_now() == Phase::SignedIn);
    let Some((ends_at, idle)) = limits else {
        return watch.show(None);
    };
    let unused_until = activity::used_at() + idle;
    let is_near = |at: f64| at - now <= WARN_MS;
    // A computer whose clock is wrong would find every end past: there the server tells when it comes.
    let is_known = (watch.known.get_value() - ends_at).abs() < 1.0;
    let warning = if is_near(ends_at) && ends_at > now && !is_known {
        Some(Shown { end: End::TooLong, at: ends_at })
    } else if is_near(unused_until) {
        Some(Shown { end: End::Unused, at: unused_until })
    } else {
        None
    };
    watch.show(warning);
    if unused_until <= now {
        session.renew_now();
    } else {
        session.renew_soon();
    }
}

impl Watch {
    fn show(self, warning: Option<Shown>) {
        if self.shown.get_untracked() != warning {
            activity::ask(warning.is_some_and(|warning| warning.end == End::Unused));
            self.shown.set(warning);
        }
    }
}

/// The dialog. A modal one takes the focus, so that screen readers read it out at once.
pub(crate) fn warning(warning: Warning) -> AnyView {
    let (i18n, session) = (use_i18n(), use_session());
    let Warning { end, at, watch } = warning;
    let dialog: NodeRef<Dialog> = NodeRef::new();
    dialog.on_load(|dialog| drop(dialog.show_modal()));
    let (told, answer) = match end {
        End::Unused => (Key::SESSION_END_UNUSED, Key::SESSION_END_GO_ON),
        End::TooLong => (Key::SESSION_END_TOO_LONG, Key::SESSION_END_UNDERSTOOD),
    };
    let go_on = move || {
        activity::note();
        match end {
            End::Unused => session.renew_now(),
            End::TooLong => watch.known.set_value(at),
        }
        watch.show(None);
    };
    let time = text(move || i18n.filled(told, &[("time", &intl::time_of_day(i18n.language(), at))]));
    view! {
        <dialog
            class="dialog"
            role="alertdialog"
            aria-labelledby="session-end-title"
            aria-describedby="session-end-text"
            node_ref=dialog
            on:cancel=move |_: web_sys::Event| go_on()
        >
            <h2 class="ds-heading" data-size="xs" id="session-end-title">{i18n.t(Key::SESSION_END_TITLE)}</h2>
            <p id="session-end-text">{time}</p>
            <div class="dialog-buttons">
                <button type="button" class="ds-button" data-variant="primary" on:click=move |_| go_on()>
                    {i18n.t(answer)}
                </button>
                <button
                    type="button"
                    class="ds-button"
                    data-variant="secondary"
                    on:click=move |_| session.sign_out(|| ())
                >
                    {i18n.t(Key::SESSION_SIGN_OUT)}
                </button>
            </div>
        </dialog>
    }
    .into_any()
}
