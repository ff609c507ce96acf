//! One thread of the citizen.

use leptos::prelude::*;
use omasote_rules::messages::REOPENS_FOR;
use omasote_rules::proxies::{AGE_OF_OWN_SAY, age};
use omasote_types::Instant;
use omasote_types::ids::{ThreadId, UnitId};
use omasote_types::messages::{Side, Thread, ThreadState, ThreadVisibility};
use omasote_ui::acting::use_acting;
use omasote_ui::action::{ActionButton, ConfirmedButton, Look};
use omasote_ui::clock::use_clock;
use omasote_ui::focus::PageTitle;
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::icon::Icon;
use omasote_ui::intl;
use omasote_ui::loading::Loading;
use omasote_ui::messages::{Conversation, LinkPlaces, RecordStamp, StateTag, Transfers};
use omasote_ui::promises::{Promise, PromiseNote};
use omasote_ui::remote::Remote;
use omasote_ui::session::use_session;
use omasote_ui::units::UnitContact;
use omasote_ui::updates::use_updates;
use omasote_ui::view::{dynamic, optional, text};

use crate::paths;

#[component]
pub(crate) fn ThreadPage(id: ThreadId) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    LinkPlaces::provide(paths::of_link);
    let thread = Remote::new(move || session.ask(async move |client| client.get_thread(id).await));
    use_updates().on_thread_change(id, move || thread.refresh());
    let on_sent = Callback::new(move |()| thread.refresh());
    view! {
        <div class="page">
            <a class="back" href=paths::THREADS>{Icon::BACK} {i18n.t(Key::THREAD_BACK)}</a>
            <Loading data=thread rows=4 let:thread>
                <ThreadHead thread on_change=on_sent />
                <CitizensConversation thread on_sent />
            </Loading>
        </div>
    }
}

/// The conversation; it is only read once it does not open again.
#[component]
fn CitizensConversation(thread: Signal<Thread>, on_sent: Callback<()>) -> impl IntoView {
    let clock = use_clock();
    let is_over =
        move |thread: &Thread| thread.closed_at.is_some_and(|closed_at| !reopens(closed_at, clock.seconds()));
    let is_read_only = Signal::derive(move || thread.with(is_over));
    view! { <Conversation thread mine=Side::Citizen label=Key::THREAD_REPLY on_sent is_read_only /> }
}

#[component]
fn ThreadHead(thread: Signal<Thread>, on_change: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let state = Memo::new(move |_| thread.with(|thread| thread.state));
    let unit = thread.with_untracked(|thread| thread.unit.clone());
    let unit_id = unit.id;
    let hidden = optional(move || {
        let is_hidden = thread.with(|thread| thread.is_hidden_from_proxies);
        let tag = move || view! { <span class="ds-tag" data-size="sm" data-color="info">{i18n.t(Key::THREAD_HIDDEN)}</span> };
        is_hidden.then(|| tag().into_any())
    });
    let restricted = optional(move || {
        let note = move || view! { <div class="ds-alert" data-color="warning"><p>{i18n.t(Key::THREAD_RESTRICTED)}</p></div> };
        thread.with(|thread| thread.is_restricted).then(|| note().into_any())
    });
    // A promise to answer would not hold.
    let is_restricted = Memo::new(move |_| thread.with(|thread| thread.is_restricted));
    let promise = Memo::new(move |_| thread.with(Promise::of).filter(|_| !is_restricted.get()));
    let promised = optional(move || {
        let promise = promise.get()?;
        Some(view! { <p class="thread-promise"><PromiseNote promise /></p> }.into_any())
    });
    let explained = Signal::derive(move || {
        if is_restricted.get() || promise.get().is_some() {
            return "";
        }
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
            <p class="thread-state"><StateTag state=state.into() /> {hidden} <span>{explained}</span></p>
            {promised}
            {restricted}
            <RecordStamp thread />
            <Transfers thread />
            <Ending thread on_change />
            <ContactDetails unit_id />
            <SeenBy thread on_change />
        </header>
    }
}

/// Ending the matter, or opening it again.
#[component]
fn Ending(thread: Signal<Thread>, on_change: Callback<()>) -> impl IntoView {
    let (i18n, session, clock) = (use_i18n(), use_session(), use_clock());
    let id = thread.with_untracked(|thread| thread.id);
    let closed_at = Memo::new(move |_| thread.with(|thread| thread.closed_at));
    dynamic(move || match closed_at.get() {
        None => {
            let run = Callback::new(move |()| {
                session.ask(async move |client| client.close_thread(id).await.map(drop))
            });
            let question = text(move || i18n.text(Key::THREAD_END_QUESTION).to_owned());
            view! {
                <ConfirmedButton
                    label=Key::THREAD_END
                    question
                    confirm=Key::THREAD_END_CONFIRM
                    run
                    done=Key::THREAD_ENDED_NOW
                    on_done=on_change
                />
            }
            .into_any()
        }
        Some(closed_at) if reopens(closed_at, clock.seconds()) => {
            let run = Callback::new(move |()| {
                session.ask(async move |client| client.reopen_thread(id).await.map(drop))
            });
            let look = Look::SMALL;
            view! { <ActionButton label=Key::THREAD_REOPEN look run done=Key::THREAD_REOPENED_NOW on_done=on_change /> }
                .into_any()
        }
        Some(_) => view! {
            <p>
                {i18n.t(Key::ERROR_THREAD_ENDED)} " "
                <a class="ds-link" href=paths::NEW_THREAD>{i18n.t(Key::MESSAGES_WRITE)}</a>
            </p>
        }
        .into_any(),
    })
}

/// Whether an ended matter still opens again.
fn reopens(closed_at: Instant, now_seconds: i64) -> bool {
    let open_for = i64::try_from(REOPENS_FOR.as_secs()).unwrap_or(i64::MAX);
    now_seconds.saturating_sub(closed_at.timestamp()) <= open_for
}

/// Who sees the matter, and hiding it from those who act for the person: only the person does that, from 12 years on.
#[component]
fn SeenBy(thread: Signal<Thread>, on_change: Callback<()>) -> impl IntoView {
    let (i18n, session, acting) = (use_i18n(), use_session(), use_acting());
    let (id, born) = thread.with_untracked(|thread| (thread.id, thread.citizen.birth_date));
    let is_hidden = Memo::new(move |_| thread.with(|thread| thread.is_hidden_from_proxies));
    let is_of_age = age(born, intl::today(use_clock().milliseconds())) >= AGE_OF_OWN_SAY;
    let may_hide = is_of_age && acting.citizen().is_none();
    let who = text(move || {
        i18n.text(if is_hidden.get() { Key::THREAD_SEEN_BY_UNIT } else { Key::THREAD_SEEN_BY_ALL }).to_owned()
    });
    let button = move || {
        let wanted = ThreadVisibility { is_hidden_from_proxies: !is_hidden.get() };
        let run = Callback::new(move |()| {
            session.ask(async move |client| client.set_thread_visibility(id, wanted).await.map(drop))
        });
        let (label, done) = match wanted.is_hidden_from_proxies {
            true => (Key::THREAD_HIDE, Key::THREAD_HIDDEN_NOW),
            false => (Key::THREAD_SHOW, Key::THREAD_SHOWN_NOW),
        };
        view! { <ActionButton label look=Look::SMALL run done on_done=on_change /> }.into_any()
    };
    may_hide.then(|| {
        view! {
            <details class="contact-details">
                <summary>{i18n.t(Key::THREAD_SEEN_BY)}</summary>
                <div class="form seen-by">
                    <p>{who}</p>
                    {dynamic(button)}
                </div>
            </details>
        }
    })
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
