//! The accounts, by family name; found by words.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use omasote_types::accounts::{AccountQuery, AccountState, StaffAccount};
use omasote_types::page::Page;
use omasote_ui::clock::use_clock;
use omasote_ui::focus::PageTitle;
use omasote_ui::form::{Form, LineField, SubmitButton};
use omasote_ui::i18n::{I18n, Key, use_i18n};
use omasote_ui::intl;
use omasote_ui::loading::Loading;
use omasote_ui::paged::{MoreButton, PagedList, Refresh};
use omasote_ui::router::use_router;
use omasote_ui::session::use_session;
use omasote_ui::view::{dynamic, flag, text};

use super::fields::role_name;
use crate::paths;

#[component]
pub(super) fn ListPage() -> impl IntoView {
    let (i18n, router) = (use_i18n(), use_router());
    let state = Memo::new(move |_| paths::account_state(router.query(paths::STATE).as_deref()));
    let (form, words) = (Form::new(), RwSignal::new(String::new()));
    let asked = RwSignal::new(String::new());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        asked.set(words.get_untracked());
    };
    let link = move |(to, label): (AccountState, Key)| {
        view! {
            <li>
                <a href=paths::accounts(to) aria-current=flag("page", move || state.get() == to)>
                    {i18n.t(label)}
                </a>
            </li>
        }
    };
    let states = [(AccountState::Open, Key::ACCOUNTS_OPEN), (AccountState::Closed, Key::ACCOUNTS_CLOSED)];
    let no_error = Signal::derive(|| None);
    view! {
        <div class="page office">
            <PageTitle text=text(move || i18n.text(Key::NAV_ACCOUNTS).to_owned()) />
            <p>{i18n.t(Key::ACCOUNTS_INTRO)}</p>
            <div class="action">
                <a class="ds-button" data-variant="primary" href=paths::NEW_ACCOUNT>{i18n.t(Key::ACCOUNTS_ADD)}</a>
            </div>
            <form class="card form" role="search" novalidate=true on:submit=submit>
                <LineField id="account-words" label=Key::ACCOUNTS_SEARCH value=words error=no_error />
                <SubmitButton form label=Key::ACCOUNTS_SEARCH_NOW />
            </form>
            <nav class="parts" aria-label=i18n.t(Key::ACCOUNTS_PARTS)>
                <ul>{states.map(link).collect_view()}</ul>
            </nav>
            {dynamic(move || {
                let search = Some(asked.get()).filter(|words| !words.trim().is_empty());
                view! { <Rows query=AccountQuery { search, state: state.get(), ..AccountQuery::default() } /> }
                    .into_any()
            })}
        </div>
    }
}

#[component]
fn Rows(query: AccountQuery) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let accounts = PagedList::new(Refresh::Everything, move |page| {
        let query = AccountQuery { cursor: page.cursor, limit: page.limit, ..query.clone() };
        session.ask(async move |client| client.list_accounts(&query).await)
    });
    let list = move |page: Signal<Page<StaffAccount>>| {
        dynamic(move || {
            let items = page.get().items;
            if items.is_empty() {
                return view! { <p>{i18n.t(Key::ACCOUNTS_NONE)}</p> }.into_any();
            }
            let rows = items.into_iter().map(|account| view! { <Row account /> });
            view! { <ul class="accesses">{rows.collect_view()}</ul> }.into_any()
        })
    };
    view! {
        <Loading data=accounts.page() rows=5 let:page>
            {list(page)}
            <MoreButton list=accounts label=Key::SHOW_MORE />
        </Loading>
    }
}

#[component]
fn Row(account: StaffAccount) -> impl IntoView {
    let (i18n, clock) = (use_i18n(), use_clock());
    let name = format!("{} {}", account.given_name, account.family_name);
    let roles = account.roles.iter().map(|role| {
        let name = role_name(*role);
        view! { <span class="ds-tag" data-color="info">{i18n.t(name)}</span> " " }
    });
    let roles = roles.collect_view();
    let path = paths::account(account.id);
    let (title, shown, at) = (account.title.clone(), account.clone(), account.last_sign_in_at);
    view! {
        <li class="card access">
            <p class="access-what">
                <a class="ds-link" href=path>{name}</a> ", " {title}
            </p>
            <p>{text(move || units_of(i18n, &shown))}</p>
            <p>{roles} {state_tags(i18n, &account)}</p>
            <p class="access-ground">{text(move || last_sign_in(i18n, at, clock.milliseconds()))}</p>
        </li>
    }
}

/// The units by their names.
pub(super) fn units_of(i18n: I18n, account: &StaffAccount) -> String {
    let names: Vec<_> = account.units.iter().map(|unit| i18n.local(&unit.name)).collect();
    if names.is_empty() { i18n.text(Key::ACCOUNTS_UNITS_NONE).to_owned() } else { names.join("; ") }
}

/// When somebody last signed in.
pub(super) fn last_sign_in(i18n: I18n, at: Option<omasote_types::Instant>, now_ms: f64) -> String {
    match at {
        Some(at) => i18n.filled(Key::ACCOUNTS_LAST_SIGN_IN, &[("time", &intl::moment(i18n, at, now_ms))]),
        None => i18n.text(Key::ACCOUNTS_NEVER_SIGNED_IN).to_owned(),
    }
}

/// What stands out of an account.
pub(super) fn state_tags(i18n: I18n, account: &StaffAccount) -> AnyView {
    let tag = |color: &'static str, key: Key| view! { <span class="ds-tag" data-color=color>{i18n.t(key)}</span> " " };
    let closed = account.closed_at.map(|_| tag("warning", Key::ACCOUNTS_CLOSED_TAG));
    let waits = (account.closed_at.is_none() && account.sign_in.must_change_password)
        .then(|| tag("neutral", Key::ACCOUNTS_FIRST_PASSWORD_TAG));
    view! {
        {closed}
        {waits}
    }
    .into_any()
}
