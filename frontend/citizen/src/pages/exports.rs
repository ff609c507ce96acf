//! Taking one's own data away: asking for the file, seeing how far it is, fetching it.

use std::time::Duration;

use leptos::prelude::*;
use omasote_types::exports::{Export, ExportState};
use omasote_types::ids::ExportId;
use omasote_ui::action::{ActionButton, Look};
use omasote_ui::clock::use_clock;
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::intl;
use omasote_ui::loading::Loading;
use omasote_ui::remote::Remote;
use omasote_ui::session::use_session;
use omasote_ui::view::{dynamic, text};

use super::my_data::{BackToHub, TitleOf};
use crate::use_citizen;

/// How often one looks how far the file is.
const LOOK_EVERY: Duration = Duration::from_millis(1500);

#[component]
pub(super) fn ExportsPage() -> impl IntoView {
    let (i18n, session, citizen) = (use_i18n(), use_session(), use_citizen());
    let exports = Remote::new(move || session.ask(async move |client| client.list_exports(citizen).await));
    look_while_going_on(exports);
    let run = Callback::new(move |()| {
        session.ask(async move |client| client.create_export(citizen).await.map(drop))
    });
    let rows = move |all: Signal<Vec<Export>>| {
        dynamic(move || {
            let row = |export| view! { <ExportRow export /> };
            all.get().into_iter().map(row).collect_view().into_any()
        })
    };
    view! {
        <div class="page">
            <BackToHub />
            <TitleOf key=Key::EXPORTS_TITLE />
            <p>{i18n.t(Key::EXPORTS_INTRO)}</p>
            <ActionButton
                label=Key::EXPORTS_ASK
                look=Look::MAIN
                run
                done=Key::EXPORTS_ASKED
                on_done=Callback::new(move |()| exports.refresh())
            />
            <Loading data=exports rows=1 let:all>
                <ul class="accesses">{rows(all)}</ul>
            </Loading>
        </div>
    }
}

fn is_going_on(export: &Export) -> bool {
    matches!(export.state, ExportState::Waiting | ExportState::Working)
}

fn look_while_going_on(exports: Remote<Vec<Export>>) {
    let look = move || {
        if untrack(|| exports.get()).is_some_and(|all| all.iter().any(is_going_on)) {
            exports.refresh();
        }
    };
    if let Ok(looking) = set_interval_with_handle(look, LOOK_EVERY) {
        on_cleanup(move || looking.clear());
    }
}

#[component]
fn ExportRow(export: Export) -> impl IntoView {
    let (i18n, clock) = (use_i18n(), use_clock());
    let Export { id, state, progress, created_at, size_bytes, expires_at } = export;
    let moment = move |at| intl::moment(i18n, at, clock.milliseconds());
    let kilobytes = size_bytes.map_or(0, |bytes| bytes.div_ceil(1000));
    let words = text(move || match state {
        ExportState::Waiting | ExportState::Working => {
            i18n.filled(Key::EXPORTS_GOING_ON, &[("progress", &progress.to_string())])
        }
        ExportState::Ready => {
            let size = kilobytes.to_string();
            i18n.filled(Key::EXPORTS_READY, &[("time", &moment(created_at)), ("size", &size)])
        }
        ExportState::Failed => i18n.text(Key::EXPORTS_FAILED).to_owned(),
    });
    let kept = text(move || i18n.filled(Key::EXPORTS_KEPT, &[("time", &moment(expires_at))]));
    let ready = (state == ExportState::Ready).then(|| {
        view! {
            <p class="access-ground">{kept}</p>
            <p>
                // The target tells our router that the link leads out of the app.
                <a class="ds-link" href=file(id) target="_self" download="">
                    {i18n.t(Key::EXPORTS_DOWNLOAD)}
                </a>
            </p>
        }
    });
    view! {
        <li class="card access" aria-live="polite">
            <p class="access-what">{words}</p>
            {ready}
        </li>
    }
}

fn file(id: ExportId) -> String {
    format!("/api/v1/exports/{id}/file")
}
