//! The conversation opened from the inbox: who it is with, what was said, the answer, and closing the matter.

use leptos::prelude::*;
use omasote_rules::proxies::{AGE_OF_MAJORITY, AGE_OF_OWN_SAY, age};
use omasote_types::ids::{ThreadId, UnitId};
use omasote_types::language::Language;
use omasote_types::messages::{Side, Thread, ThreadState, ThreadVisibility};
use omasote_types::people::Role;
use omasote_types::records::ThreadRecords;
use omasote_types::sessions::PersonId;
use omasote_ui::action::{ActionButton, Look};
use omasote_ui::clock::use_clock;
use omasote_ui::focus::PartTitle;
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::icon::Icon;
use omasote_ui::intl;
use omasote_ui::loading::Loading;
use omasote_ui::messages::{
    Conversation, FieldTools, LinkPlaces, Linking, RecordStamp, StateTag, Transfers, Typists,
};
use omasote_ui::remote::Remote;
use omasote_ui::session::use_session;
use omasote_ui::updates::use_updates;
use omasote_ui::view::{dynamic, optional, text};

use super::handling::Handling;
use super::inbox::use_desk;
use super::notes::Notes;
use super::records::{PatientLink, records_of, records_of_thread};
use super::writing::writing_tools;
use crate::pages::notifications::ReachLine;
use crate::pages::scheduling::{Scheduled, send_later};
use crate::pages::templates::Addressee;
use crate::{has_role, paths};

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
    let records = records_of(id);
    view! {
        <div class="thread-pane">
            <a class="back" href=text(move || paths::inbox(desk.unit, desk.state.get()))>
                {Icon::BACK}
                {i18n.t(Key::INBOX_BACK)}
            </a>
            <Loading data=thread rows=4 let:thread>
                <ThreadHead thread records on_closed=refresh />
                <ThreadBody thread records on_change=refresh />
            </Loading>
        </div>
    }
}

/// The conversation. It is written into by who has it, or takes it by answering, and by nobody once another unit has it.
#[component]
fn ThreadBody(
    thread: Signal<Thread>,
    records: Remote<ThreadRecords>,
    on_change: Callback<()>,
) -> impl IntoView {
    let (i18n, desk, session) = (use_i18n(), use_desk(), use_session());
    let (id, unit) = (thread.with_untracked(|thread| thread.id), desk.unit);
    let elsewhere =
        Memo::new(move |_| thread.with(|thread| (thread.unit.id != unit).then(|| thread.unit.name.clone())));
    let is_of_colleague = move |thread: &Thread| {
        let holder = thread.holder.as_ref().map(|holder| PersonId::Professional(holder.id));
        holder.is_some_and(|holder| Some(holder) != session.person_now())
    };
    let is_taken = Memo::new(move |_| thread.with(is_of_colleague));
    let is_read_only = Signal::derive(move || is_taken.get() || elsewhere.get().is_some());
    let is_elsewhere = Signal::derive(move || elsewhere.get().is_some());
    let told = optional(move || {
        let name = elsewhere.get()?;
        let words = text(move || i18n.filled(Key::INBOX_ELSEWHERE, &[("unit", &i18n.local(&name))]));
        Some(view! { <div class="ds-alert" data-color="info"><p>{words}</p></div> }.into_any())
    });
    let handling = dynamic(move || match is_elsewhere.get() {
        true => ().into_any(),
        false => view! { <Handling thread on_change /> }.into_any(),
    });
    let (tools, links) = (tools_for(thread, unit), Linking::provide());
    let client = thread.with_untracked(|thread| thread.citizen.id);
    LinkPlaces::provide(move |link| paths::of_link(client, link));
    let beside = Callback::new(move |unsent| send_later(id, unsent));
    view! {
        <div class="pane-work">
            {told}
            {handling}
            <Transfers thread />
            <Scheduled of=id links />
            <Notes id is_read_only=is_elsewhere />
            {records_of_thread(thread, records, is_elsewhere)}
        </div>
        <Conversation thread mine=Side::Unit label=Key::INBOX_REPLY on_sent=on_change is_read_only tools beside />
        <Typists thread=id unit />
    }
}

/// What helps with writing an answer.
fn tools_for(thread: Signal<Thread>, unit: UnitId) -> FieldTools {
    let citizen = thread.with_untracked(|thread| thread.citizen.clone());
    let to = Addressee {
        citizen: citizen.id,
        given_name: citizen.given_name,
        name: citizen.name,
        language: citizen.language,
        unit: Signal::stored(Some(unit)),
    };
    Callback::new(move |written| writing_tools(to.clone(), written))
}

#[component]
fn ThreadHead(
    thread: Signal<Thread>,
    records: Remote<ThreadRecords>,
    on_closed: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (id, citizen, about_access) =
        thread.with_untracked(|thread| (thread.id, thread.citizen.clone(), thread.about_access));
    let state = Memo::new(move |_| thread.with(|thread| thread.state));
    let (client, name, birth_date) = (citizen.id, citizen.name, citizen.birth_date);
    let asked = about_access.filter(|_| has_role(Role::PrivacyOfficer)).map(|line| {
        view! {
            <p>
                <a class="ds-link" href=paths::audit_line(line)>{i18n.t(Key::INBOX_ABOUT_ACCESS)}</a>
            </p>
        }
    });
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
                    <a class="ds-link" href=paths::client(client)>{i18n.t(Key::CLIENT_CARD)}</a>
                    <PatientLink all=records />
                </p>
                <ReachLine of=id />
            </div>
            <div class="pane-matter">
                <p>
                    <strong>{text(move || thread.with(|thread| i18n.local(&thread.topic)))}</strong>
                    " "
                    <StateTag state=state.into() />
                </p>
                <div class="actions">
                    <HideButton thread on_change=on_closed />
                    <CloseButton id state on_closed />
                </div>
            </div>
            <RecordStamp thread />
            {asked}
        </header>
    }
}

/// The name of a language that citizens are served in.
pub(crate) const fn name_of(language: Language) -> Key {
    match language {
        Language::Fi => Key::LANGUAGE_FI,
        Language::Sv => Key::LANGUAGE_SV,
        Language::En => Key::LANGUAGE_EN,
    }
}

/// Hides the matter of a young person from their guardians, or shows it again.
#[component]
fn HideButton(thread: Signal<Thread>, on_change: Callback<()>) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let (id, born) = thread.with_untracked(|thread| (thread.id, thread.citizen.birth_date));
    let is_hidden = Memo::new(move |_| thread.with(|thread| thread.is_hidden_from_proxies));
    let age = age(born, intl::today(use_clock().milliseconds()));
    let is_young = (AGE_OF_OWN_SAY..AGE_OF_MAJORITY).contains(&age);
    let tag = move || {
        let tag = view! { <span class="ds-tag" data-color="info">{i18n.t(Key::CLIENT_HIDDEN)}</span> };
        is_hidden.get().then(|| tag.into_any())
    };
    let button = move || {
        let wanted = ThreadVisibility { is_hidden_from_proxies: !is_hidden.get() };
        let run = Callback::new(move |()| {
            session.ask(async move |client| client.set_thread_visibility(id, wanted).await.map(drop))
        });
        let (label, done) = match wanted.is_hidden_from_proxies {
            true => (Key::CLIENT_HIDE, Key::THREAD_HIDDEN_NOW),
            false => (Key::CLIENT_SHOW, Key::CLIENT_SHOWN_NOW),
        };
        view! { <ActionButton label run done on_done=on_change /> }.into_any()
    };
    is_young.then(|| view! { {optional(tag)} {dynamic(button)} })
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
            <span data-shortcut="done">
                <ActionButton
                    label=Key::INBOX_CLOSE
                    look
                    run
                    done=Key::INBOX_CLOSED_NOW
                    on_done=on_closed
                />
            </span>
        }
        .into_any(),
    })
}
