//! One thread in the inbox: what is needed to decide what to open next.

use leptos::prelude::*;
use omasote_types::language::Language;
use omasote_types::messages::{Holder, Side, Thread, ThreadState};
use omasote_types::sessions::PersonId;
use omasote_ui::clock::use_clock;
use omasote_ui::elapsed::Elapsed;
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::icon::Icon;
use omasote_ui::intl;
use omasote_ui::messages::{Excerpt, Moment, UnreadTag};
use omasote_ui::promises::{Promise, PromiseAge};
use omasote_ui::session::use_session;
use omasote_ui::view::{flag, text};

use super::conversation::name_of;
use super::inbox::use_desk;
use crate::paths;

#[component]
pub(super) fn InboxRow(thread: Thread) -> impl IntoView {
    let (i18n, desk) = (use_i18n(), use_desk());
    let waiting = match Promise::of(&thread) {
        Some(promise) => Some(view! { <PromiseAge promise /> }.into_any()),
        None => thread
            .waiting_since
            .map(|since| view! { <WaitingTime since_seconds=since.timestamp() /> }.into_any()),
    };
    let is_restricted = thread.is_restricted;
    let Thread { id, citizen, topic, state, last_message_at, last_sender, excerpt, unread_count, .. } =
        thread;
    let restricted = is_restricted.then(|| {
        view! { <span class="ds-tag" data-size="sm" data-color="warning">{i18n.t(Key::INBOX_RESTRICTED)}</span> " " }
    });
    let raised = thread.is_raised.then(|| {
        view! { <span class="ds-tag" data-size="sm" data-color="danger">{Icon::BREAK} {i18n.t(Key::ROW_RAISED)}</span> }
    });
    let moved = (thread.moves > 0).then(|| {
        view! { <span class="ds-tag" data-size="sm" data-color="info">{Icon::FORWARD} {i18n.t(Key::ROW_FORWARDED)}</span> }
    });
    let holder = thread.holder.map(|holder| view! { <HolderTag holder /> });
    let is_open = move || desk.open.get() == Some(id);
    let birth_date = text(move || intl::date(i18n.language(), citizen.birth_date));
    // Finnish goes without saying.
    let language = (citizen.language != Language::Fi)
        .then(|| view! { <span class="row-language">{i18n.t(name_of(citizen.language))}</span> });
    let address = text(move || paths::thread(desk.unit, id, desk.state.get()));
    let replied = last_sender == Side::Unit && state != ThreadState::Waiting;
    let own = replied.then(|| view! { <span class="own">{i18n.t(Key::INBOX_WE_WROTE)} " "</span> });
    view! {
        <li class="row" data-unread=(unread_count > 0).to_string()>
            <a class="row-link" href=address aria-current=flag("true", is_open)>
                <span class="row-name">{citizen.name}</span>
                <span class="row-birth">{birth_date}</span>
                {language}
            </a>
            <span class="row-time"><Moment at=last_message_at brief=true /></span>
            <span class="row-topic">{text(move || i18n.local(&topic))}</span>
            <span class="row-excerpt">{own} <Excerpt text=excerpt /></span>
            <span class="row-tags">{restricted} {waiting} {raised} {moved} {holder} <UnreadTag count=unread_count /></span>
        </li>
    }
}

/// Who has taken it.
#[component]
fn HolderTag(holder: Holder) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let is_own = session.person_now() == Some(PersonId::Professional(holder.id));
    let words = text(move || match is_own {
        true => i18n.text(Key::HOLDER_YOU).to_owned(),
        false => holder.name.clone(),
    });
    view! { <span class="row-holder" data-own=is_own.to_string()>{Icon::PERSON} <span>{words}</span></span> }
}

/// How long the citizen has waited for an answer, in words that move with the clock.
#[component]
fn WaitingTime(since_seconds: i64) -> impl IntoView {
    let (i18n, clock) = (use_i18n(), use_clock());
    let words = text(move || {
        let waited = Elapsed::between(since_seconds, clock.seconds()).words(i18n.language());
        i18n.filled(Key::INBOX_HAS_WAITED, &[("time", &waited)])
    });
    view! { <span class="waited">{Icon::CLOCK} <span>{words}</span></span> }
}
