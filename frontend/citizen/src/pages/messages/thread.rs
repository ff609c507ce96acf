//! One thread of the citizen.

use leptos::prelude::*;
use omasote_types::ids::{ThreadId, UnitId};
use omasote_types::messages::{Side, Thread, ThreadState};
use omasote_ui::focus::PageTitle;
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::icon::Icon;
use omasote_ui::loading::Loading;
use omasote_ui::messages::{Conversation, StateTag};
use omasote_ui::remote::Remote;
use omasote_ui::session::use_session;
use omasote_ui::units::UnitContact;
use omasote_ui::updates::use_updates;
use omasote_ui::view::text;

use crate::paths;

#[component]
pub(crate) fn ThreadPage(id: ThreadId) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let thread = Remote::new(move || session.ask(async move |client| client.get_thread(id).await));
    use_updates().on_thread_change(id, move || thread.refresh());
    let on_sent = Callback::new(move |()| thread.refresh());
    view! {
        <div class="page">
            <a class="back" href=paths::THREADS>{Icon::BACK} {i18n.t(Key::THREAD_BACK)}</a>
            <Loading data=thread rows=4 let:thread>
                <ThreadHead thread />
                <Conversation thread mine=Side::Citizen label=Key::THREAD_REPLY on_sent />
            </Loading>
        </div>
    }
}

#[component]
fn ThreadHead(thread: Signal<Thread>) -> impl IntoView {
    let i18n = use_i18n();
    let state = Memo::new(move |_| thread.with(|thread| thread.state));
    let unit = thread.with_untracked(|thread| thread.unit.clone());
    let unit_id = unit.id;
    let explained = Signal::derive(move || {
        i18n.text(match state.get() {
            ThreadState::Waiting => Key::THREAD_WAITING,
            ThreadState::Answered => Key::THREAD_ANSWERED,
            ThreadState::Closed => Key::THREAD_CLOSED,
        })
    });
    view! {
        <header class="thread-head">
            <PageTitle text=text(move || thread.with(|thread| i18n.local(&thread.topic))) />
            <p class="thread-unit">{text(move || i18n.local(&unit.name))}</p>
            <p class="thread-state"><StateTag state=state.into() /> <span>{explained}</span></p>
            <ContactDetails unit_id />
        </header>
    }
}

#[component]
fn ContactDetails(unit_id: UnitId) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let unit = Remote::new(move || session.ask(async move |client| client.get_unit(unit_id).await));
    view! {
        <details class="contact-details">
            <summary>{i18n.t(Key::UNIT_CONTACT)}</summary>
            <Loading data=unit rows=1 let:unit>
                <UnitContact unit=unit.get_untracked() />
            </Loading>
        </details>
    }
}
