//! Who has seen or changed the citizen's data.

use leptos::prelude::*;
use omasote_types::audit::{Access, AccessAction, AccessGround, AccessQuery};
use omasote_types::page::Page;
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::icon::Icon;
use omasote_ui::loading::Loading;
use omasote_ui::messages::Moment;
use omasote_ui::paged::{MoreButton, PagedList, Refresh};
use omasote_ui::session::use_session;
use omasote_ui::view::{dynamic, text};

use crate::use_citizen;

/// The log, with a heading of its own.
#[component]
pub(crate) fn AccessLog() -> impl IntoView {
    let i18n = use_i18n();
    let shows_own = RwSignal::new(false);
    let toggle = move |_| shows_own.update(|shows| *shows = !*shows);
    view! {
        <section class="part" aria-labelledby="audit-title">
            <h2 class="ds-heading" data-size="xs" id="audit-title">{i18n.t(Key::AUDIT_TITLE)}</h2>
            <p>{i18n.t(Key::AUDIT_INTRO)}</p>
            <div class="ds-field">
                <input
                    class="ds-input"
                    type="checkbox"
                    id="shows-own"
                    prop:checked=shows_own
                    on:change=toggle
                />
                <label class="ds-label" data-weight="regular" for="shows-own">{i18n.t(Key::AUDIT_SHOW_OWN)}</label>
            </div>
            {dynamic(move || view! { <Accesses others_only=!shows_own.get() /> }.into_any())}
        </section>
    }
}

#[component]
fn Accesses(others_only: bool) -> impl IntoView {
    let (session, citizen) = (use_session(), use_citizen());
    let accesses = PagedList::new(Refresh::Everything, move |page| {
        let wanted = AccessQuery { others_only, cursor: page.cursor, limit: page.limit };
        session.ask(async move |client| client.list_accesses(citizen, &wanted).await)
    });
    view! {
        <Loading data=accesses.page() rows=5 let:page>
            <AccessList page />
            <MoreButton list=accesses label=Key::SHOW_MORE />
        </Loading>
    }
}

#[component]
fn AccessList(page: Signal<Page<Access>>) -> impl IntoView {
    let i18n = use_i18n();
    let is_empty = Memo::new(move |_| page.with(|page| page.items.is_empty()));
    dynamic(move || {
        if is_empty.get() {
            let empty = view! {
                <div class="card empty">
                    <span class="disc">{Icon::TICK}</span>
                    <p>{i18n.t(Key::AUDIT_NONE)}</p>
                </div>
            };
            return empty.into_any();
        }
        let list = view! {
            <ul class="accesses">
                <For each=move || page.get().items key=|access| access.id let:access>
                    <AccessRow access />
                </For>
            </ul>
        };
        list.into_any()
    })
}

#[component]
fn AccessRow(access: Access) -> impl IntoView {
    let i18n = use_i18n();
    let Access { at, action, operation, ground, title, unit, .. } = access;
    let what = what(action, &operation);
    let who = text(move || match (&title, &unit) {
        (Some(title), Some(unit)) => format!("{}, {}", capitalised(title), i18n.local(unit)),
        (Some(title), None) => capitalised(title),
        (None, _) if ground == AccessGround::None => i18n.text(Key::AUDIT_SOMEONE).to_owned(),
        (None, _) => i18n.text(Key::AUDIT_YOU).to_owned(),
    });
    let refused = (action == AccessAction::Refused)
        .then(|| view! { <span class="ds-tag" data-color="warning">{i18n.t(Key::AUDIT_REFUSED)}</span> });
    let reason = (ground == AccessGround::Unit)
        .then(|| view! { <p class="access-ground">{i18n.t(Key::AUDIT_GROUND_UNIT)}</p> });
    view! {
        <li class="card access">
            <div class="thread-line">
                <p class="access-what">{i18n.t(what)} " " {refused}</p>
                <Moment at />
            </div>
            <p class="access-who">{who}</p>
            {reason}
        </li>
    }
}

/// An operation in words; one that this version does not know in general ones.
fn what(action: AccessAction, operation: &str) -> Key {
    match operation {
        _ if action == AccessAction::SignedIn => Key::AUDIT_SIGNED_IN,
        "getCitizen" => Key::AUDIT_READ_DETAILS,
        "listThreads" => Key::AUDIT_READ_LIST,
        "listInbox" => Key::AUDIT_READ_INBOX,
        "getThread" => Key::AUDIT_READ_THREAD,
        "listMessages" => Key::AUDIT_READ_MESSAGES,
        "markThreadRead" => Key::AUDIT_MARK_READ,
        "createThread" => Key::AUDIT_BEGIN_THREAD,
        "sendMessage" => Key::AUDIT_SEND_MESSAGE,
        "closeThread" => Key::AUDIT_CLOSE_THREAD,
        "listAccesses" => Key::AUDIT_READ_LOG,
        _ => Key::AUDIT_OTHER,
    }
}

/// With a capital first letter, as it begins a line.
fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::capitalised;

    #[test]
    fn a_line_begins_with_a_capital() {
        assert_eq!(capitalised("äitiyshuollon kätilö"), "Äitiyshuollon kätilö");
        assert_eq!(capitalised(""), "");
    }
}
