//! The conversation opened from the inbox: who it is with, what was said, the answer, and closing the matter.

use leptos::prelude::*;
use omasote_types::ids::ThreadId;
use omasote_types::language::Language;
use omasote_types::messages::{Side, Thread, ThreadState};
use omasote_ui::action::{ActionButton, Look};
use omasote_ui::focus::PartTitle;
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::icon::Icon;
use omasote_ui::intl;
use omasote_ui::loading::Loading;
use omasote_ui::messages::{Conversation, StateTag};
use omasote_ui::remote::Remote;
use omasote_ui::session::use_session;
use omasote_ui::updates::use_updates;
use omasote_ui::view::{dynamic, text};

use super::inbox::use_desk;
use crate::paths;

/// What stands beside the inbox while no conversation is open.
#[component]
pub(super) fn NoConversation() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="empty">
            <span class="disc">{Icon::ENVELOPE}</span>
            <p>{i18n.t(Key::INBOX_CHOOSE)}</p>
        </div>
    }
}

/// Makes the pane of one thread.
pub(crate) fn thread_pane(id: ThreadId) -> AnyView {
    view! { <ThreadPane id /> }.into_any()
}

#[component]
fn ThreadPane(id: ThreadId) -> impl IntoView {
    let (i18n, session, desk) = (use_i18n(), use_session(), use_desk());
    let thread = Remote::new(move || session.ask(async move |client| client.get_thread(id).await));
    use_updates().on_thread_change(id, move || thread.refresh());
    let refresh = Callback::new(move |()| thread.refresh());
    view! {
        <div class="thread-pane">
            <a class="back" href=text(move || paths::inbox(desk.unit, desk.state.get()))>
                {Icon::BACK}
                {i18n.t(Key::INBOX_BACK)}
            </a>
            <Loading data=thread rows=4 let:thread>
                <ThreadHead thread on_closed=refresh />
                <Conversation thread mine=Side::Unit label=Key::INBOX_REPLY on_sent=refresh />
            </Loading>
        </div>
    }
}

#[component]
fn ThreadHead(thread: Signal<Thread>, on_closed: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (id, citizen) = thread.with_untracked(|thread| (thread.id, thread.citizen.clone()));
    let state = Memo::new(move |_| thread.with(|thread| thread.state));
    let (name, birth_date) = (citizen.name, citizen.birth_date);
    let born =
        text(move || i18n.filled(Key::INBOX_BORN, &[("date", &intl::date(i18n.language(), birth_date))]));
    // In which language to write.
    let spoken =
        text(move || i18n.filled(Key::INBOX_LANGUAGE, &[("language", i18n.text(name_of(citizen.language)))]));
    view! {
        <header class="pane-head">
            <div class="pane-who">
                <PartTitle text=text(move || name.clone()) />
                <p class="pane-facts">
                    <span>{born}</span>
                    <span>{spoken}</span>
                </p>
            </div>
            <div class="pane-matter">
                <p>
                    <strong>{text(move || thread.with(|thread| i18n.local(&thread.topic)))}</strong>
                    " "
                    <StateTag state=state.into() />
                </p>
                <CloseButton id state on_closed />
            </div>
        </header>
    }
}

/// The name of a language that citizens are served in.
pub(super) const fn name_of(language: Language) -> Key {
    match language {
        Language::Fi => Key::LANGUAGE_FI,
        Language::Sv => Key::LANGUAGE_SV,
        Language::En => Key::LANGUAGE_EN,
    }
}

#[component]
fn CloseButton(id: ThreadId, state: Memo<ThreadState>, on_closed: Callback<()>) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let run =
        Callback::new(move |()| session.ask(async move |client| client.close_thread(id).await.map(drop)));
    let look = Look { icon: Some(Icon::TICK), ..Look::default() };
    dynamic(move || match state.get() {
        ThreadState::Closed => view! { <p class="fine">{i18n.t(Key::INBOX_REOPENS)}</p> }.into_any(),
        ThreadState::Waiting | ThreadState::Answered => view! {
            <ActionButton
                label=Key::INBOX_CLOSE
                look
                run
                done=Key::INBOX_CLOSED_NOW
                on_done=on_closed
            />
        }
        .into_any(),
    })
}
