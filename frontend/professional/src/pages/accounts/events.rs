//! What was done with an account, by whom and when.

use leptos::prelude::*;
use omasote_types::accounts::{AccountChange, AccountEvent, AccountEventKind, AccountField};
use omasote_types::ids::ProfessionalId;
use omasote_types::page::Page;
use omasote_types::people::Role;
use omasote_ui::i18n::{I18n, Key, use_i18n};
use omasote_ui::loading::Loading;
use omasote_ui::messages::Moment;
use omasote_ui::paged::{MoreButton, PagedList, Refresh};
use omasote_ui::session::use_session;
use omasote_ui::view::{dynamic, text};

use super::fields::role_name;

#[component]
pub(super) fn Events(of: ProfessionalId) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let events = PagedList::new(Refresh::Everything, move |page| {
        session.ask(async move |client| client.list_account_events(of, &page).await)
    });
    let list = move |page: Signal<Page<AccountEvent>>| {
        dynamic(move || {
            let items = page.get().items;
            if items.is_empty() {
                return view! { <p>{i18n.t(Key::ACCOUNTS_EVENTS_NONE)}</p> }.into_any();
            }
            let rows = items.into_iter().map(|event| view! { <Row event /> });
            view! { <ul class="accesses">{rows.collect_view()}</ul> }.into_any()
        })
    };
    view! {
        <section class="part" aria-labelledby="events-title">
            <h2 class="ds-heading" data-size="xs" id="events-title">{i18n.t(Key::ACCOUNTS_EVENTS)}</h2>
            <Loading data=events.page() rows=2 let:page>
                {list(page)}
                <MoreButton list=events label=Key::SHOW_MORE />
            </Loading>
        </section>
    }
}

const fn kind_name(kind: AccountEventKind) -> Key {
    match kind {
        AccountEventKind::Created => Key::ACCOUNTS_EVENT_CREATED,
        AccountEventKind::Changed => Key::ACCOUNTS_EVENT_CHANGED,
        AccountEventKind::Closed => Key::ACCOUNTS_EVENT_CLOSED,
        AccountEventKind::Reopened => Key::ACCOUNTS_EVENT_REOPENED,
        AccountEventKind::PasswordReset => Key::ACCOUNTS_EVENT_PASSWORD_RESET,
        AccountEventKind::PasswordChanged => Key::ACCOUNTS_EVENT_PASSWORD_CHANGED,
        AccountEventKind::SecondFactorRemoved => Key::ACCOUNTS_EVENT_FACTOR_REMOVED,
    }
}

#[component]
fn Row(event: AccountEvent) -> impl IntoView {
    let i18n = use_i18n();
    let AccountEvent { at, kind, actor_name, changes, .. } = event;
    let who = text(move || match &actor_name {
        Some(name) => i18n.filled(Key::ACCOUNTS_EVENT_BY, &[("name", name)]),
        None => i18n.text(Key::ACCOUNTS_EVENT_BY_COMMAND).to_owned(),
    });
    let changes = changes.into_iter().map(|change| view! { <p>{text(move || in_words(i18n, &change))}</p> });
    view! {
        <li class="card access">
            <div class="thread-line">
                <p class="access-what">{i18n.t(kind_name(kind))}</p>
                <Moment at />
            </div>
            {changes.collect_view()}
            <p class="access-ground">{who}</p>
        </li>
    }
}

fn in_words(i18n: I18n, change: &AccountChange) -> String {
    let what = i18n.text(match change.field {
        AccountField::Name => Key::ACCOUNTS_FIELD_NAME,
        AccountField::Title => Key::ACCOUNTS_FIELD_TITLE,
        AccountField::Units => Key::ACCOUNTS_UNITS,
        AccountField::Leads => Key::ACCOUNTS_LEADS,
        AccountField::Roles => Key::ACCOUNTS_ROLES,
    });
    let shown = |values: &[String]| match values {
        [] => i18n.text(Key::ACCOUNTS_NOTHING).to_owned(),
        _ => values
            .iter()
            .map(|value| value_in_words(i18n, change.field, value))
            .collect::<Vec<_>>()
            .join("; "),
    };
    let (before, after) = (shown(&change.before), shown(&change.after));
    i18n.filled(Key::ACCOUNTS_CHANGE, &[("what", what), ("before", &before), ("after", &after)])
}

/// Roles are kept by their codes.
fn value_in_words(i18n: I18n, field: AccountField, value: &str) -> String {
    let role = match value {
        "editor" => Some(Role::Editor),
        "administrator" => Some(Role::Administrator),
        "privacy_officer" => Some(Role::PrivacyOfficer),
        _ => None,
    };
    match role.filter(|_| field == AccountField::Roles) {
        Some(role) => i18n.text(role_name(role)).to_owned(),
        None => value.to_owned(),
    }
}
