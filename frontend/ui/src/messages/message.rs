//! One message. What people wrote goes into the page as text, never as markup, with every line break in its place.

use leptos::prelude::*;
use omasote_types::messages::{Message, Opened, Sender, Side};
use omasote_types::sessions::PersonId;

use super::attached::attached;
use super::history::side_of;
use super::instructions::Instructions;
use super::linked::linked;
use super::moments::Moment;
use crate::i18n::{Key, use_i18n};
use crate::icon::Icon;
use crate::session::use_session;
use crate::view::{optional, text};

/// The `id` of a message's element.
pub(super) fn element_id(id: omasote_types::ids::MessageId) -> String {
    format!("message-{id}")
}

#[component]
pub(super) fn MessageItem(message: Message, mine: Side, is_new: Signal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let tag = move || {
        let tag = view! { <span class="unread-tag">{i18n.t(Key::MESSAGE_NEW)}</span> };
        is_new.get().then(|| tag.into_any())
    };
    let side = if side_of(&message) == mine { "mine" } else { "theirs" };
    let is_own = side == "mine" && mine == Side::Citizen;
    let opened = is_own.then(|| view! { <Receipt opened=message.opened /> });
    view! {
        <li class="message" data-side=side id=element_id(message.id)>
            <p class="message-head">
                <SenderName sender=message.sender />
                <span class="message-time"><Moment at=message.sent_at /></span>
                {optional(tag)}
            </p>
            <p class="message-text" dir="auto">{message.text}</p>
            {linked(message.links)}
            {attached(message.attachments)}
            <Instructions of=message.id instructions=message.instructions mine />
            {opened}
        </li>
    }
}

/// Whether, when and as what somebody of the unit opened the message.
#[component]
fn Receipt(opened: Option<Opened>) -> impl IntoView {
    let i18n = use_i18n();
    match opened {
        None => view! { <p class="receipt fine">{i18n.t(Key::MESSAGE_NOT_OPENED)}</p> }.into_any(),
        Some(Opened { at, title }) => view! {
            <p class="receipt fine">
                {Icon::EYE}
                <span>
                    {i18n.t(Key::MESSAGE_OPENED)} " " <Moment at />
                    <span lang="fi">{(!title.is_empty()).then(|| format!(" · {title}"))}</span>
                </span>
            </p>
        }
        .into_any(),
    }
}

#[component]
fn SenderName(sender: Sender) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let (person, name, title, proxy) = match sender {
        Sender::Citizen { id, name, proxy } => (PersonId::Citizen(id), name, None, proxy),
        Sender::Unit { id, name, title } => (PersonId::Professional(id), name, Some(title), None),
    };
    let is_self = session.person_now() == Some(person) && proxy.is_none();
    let shown = text(move || match &proxy {
        Some(proxy) => i18n.filled(Key::MESSAGE_BY_PROXY, &[("proxy", proxy), ("name", &name)]),
        None if is_self => i18n.text(Key::MESSAGE_YOU).to_owned(),
        None => name.clone(),
    });
    let title = title.filter(|title| !is_self && !title.is_empty());
    view! {
        <strong class="message-sender">{shown}</strong>
        {title.map(|title| view! { <span class="message-title" lang="fi">{title}</span> })}
    }
}
