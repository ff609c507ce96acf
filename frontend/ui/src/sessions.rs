//! The signed-in person's open sessions, and ending one of them.

use leptos::prelude::*;
use omasote_types::sessions::OpenSession;

use crate::action::{ActionButton, Look};
use crate::clock::use_clock;
use crate::i18n::{Key, use_i18n};
use crate::intl;
use crate::loading::Loading;
use crate::remote::Remote;
use crate::session::use_session;
use crate::view::{dynamic, text};

/// The list, with a heading of its own.
#[component]
pub fn OpenSessions() -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let open = Remote::new(move || session.ask(async |client| client.list_sessions().await));
    let rows = move |sessions: Signal<Vec<OpenSession>>| {
        dynamic(move || {
            let row =
                |session| view! { <SessionRow session on_ended=Callback::new(move |()| open.refresh()) /> };
            sessions.get().into_iter().map(row).collect_view().into_any()
        })
    };
    view! {
        <section class="part" aria-labelledby="sessions-title">
            <h2 class="ds-heading" data-size="xs" id="sessions-title">{i18n.t(Key::SESSIONS_TITLE)}</h2>
            <p>{i18n.t(Key::SESSIONS_INTRO)}</p>
            <Loading data=open rows=2 let:sessions>
                <ul class="accesses">{rows(sessions)}</ul>
            </Loading>
        </section>
    }
}

#[component]
fn SessionRow(session: OpenSession, on_ended: Callback<()>) -> impl IntoView {
    let (i18n, clock) = (use_i18n(), use_clock());
    let OpenSession { id, opened_at, used_at, device, is_current } = session;
    let name = text(move || match &device {
        Some(device) => device.clone(),
        None => i18n.text(Key::SESSIONS_UNKNOWN_DEVICE).to_owned(),
    });
    let moment = move |key, at| i18n.filled(key, &[("time", &intl::moment(i18n, at, clock.milliseconds()))]);
    let this = is_current
        .then(|| view! { <span class="ds-tag" data-color="success">{i18n.t(Key::SESSIONS_THIS)}</span> });
    let ask = use_session();
    let run = Callback::new(move |()| ask.ask(async move |client| client.end_session(id).await));
    let end = (!is_current).then(|| {
        view! {
            <ActionButton
                label=Key::SESSIONS_END
                look=Look::SMALL
                run
                done=Key::SESSIONS_ENDED
                on_done=on_ended
            />
        }
    });
    view! {
        <li class="card access">
            <p class="access-what">{name} " " {this}</p>
            <p class="access-ground">{text(move || moment(Key::SESSIONS_OPENED, opened_at))}</p>
            <p class="access-ground">{text(move || moment(Key::SESSIONS_USED, used_at))}</p>
            {end}
        </li>
    }
}
