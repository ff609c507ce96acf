//! A new account, and the password for its first sign-in.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use omasote_types::accounts::{MadeStaffAccount, NewStaffAccount};
use omasote_types::error::FieldErrorCode;
use omasote_ui::announce::use_announcer;
use omasote_ui::focus::PageTitle;
use omasote_ui::form::{Form, LineField, RadioChoice, SubmitButton};
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::icon::Icon;
use omasote_ui::session::use_session;
use omasote_ui::view::{dynamic, text};

use super::fields::{Fields, Written};
use super::first_password::ShownPassword;
use crate::paths;

const DIRECTORY: &str = "directory";
const USERNAME: &str = "username";

#[component]
pub(super) fn NewPage() -> impl IntoView {
    let i18n = use_i18n();
    let made = RwSignal::new(None::<MadeStaffAccount>);
    view! {
        <div class="page office">
            <a class="back" href=paths::ACCOUNTS>{Icon::BACK} {i18n.t(Key::NAV_ACCOUNTS)}</a>
            <PageTitle text=text(move || i18n.text(Key::ACCOUNTS_ADD).to_owned()) />
            {dynamic(move || match made.get() {
                None => view! { <NewForm made /> }.into_any(),
                Some(made) => view! { <Made made /> }.into_any(),
            })}
        </div>
    }
}

#[component]
fn Made(made: MadeStaffAccount) -> impl IntoView {
    let i18n = use_i18n();
    let name = format!("{} {}", made.account.given_name, made.account.family_name);
    let told = match made.first_password {
        Some(first) => view! { <ShownPassword first /> }.into_any(),
        None => view! { <p>{i18n.t(Key::ACCOUNTS_CREATED_DIRECTORY)}</p> }.into_any(),
    };
    view! {
        <p class="lead">{name}</p>
        {told}
        <p>
            <a class="ds-link" href=paths::account(made.account.id)>{i18n.t(Key::ACCOUNTS_TO_ACCOUNT)}</a>
        </p>
    }
}

#[component]
fn NewForm(made: RwSignal<Option<MadeStaffAccount>>) -> impl IntoView {
    let (session, announcer) = (use_session(), use_announcer());
    let (form, written) = (Form::new(), Written::empty());
    let how = RwSignal::new(DIRECTORY.to_owned());
    let (username, directory_name) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let is_local = how.get_untracked() == USERNAME;
        let new = NewStaffAccount {
            given_name: written.given_name.get_untracked(),
            family_name: written.family_name.get_untracked(),
            title: written.title.get_untracked(),
            unit_ids: written.units.get_untracked(),
            roles: written.roles.get_untracked(),
            username: is_local.then(|| username.get_untracked().trim().to_owned()),
            directory_name: (!is_local).then(|| directory_name.get_untracked()),
        };
        if form.accepts(new.validate()) {
            form.send(session.ask(async move |client| client.create_account(&new).await), move |account| {
                announcer.say(Key::ACCOUNTS_CREATED);
                made.try_set(Some(account));
            });
        }
    };
    view! {
        <form class="card form" novalidate=true on:submit=submit>
            <Fields form written />
            <HowToSignIn form how username directory_name />
            <SubmitButton form label=Key::ACCOUNTS_SAVE />
        </form>
    }
}

/// What is said of a name that somebody else has, and otherwise.
fn or_taken(error: Signal<Option<FieldErrorCode>>, otherwise: Key) -> Signal<Key> {
    Signal::derive(move || match error.get() {
        Some(FieldErrorCode::Taken) => Key::FIELD_TAKEN,
        _ => otherwise,
    })
}

#[component]
fn HowToSignIn(
    form: Form,
    how: RwSignal<String>,
    username: RwSignal<String>,
    directory_name: RwSignal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let ways = [(DIRECTORY, Key::ACCOUNTS_HOW_DIRECTORY), (USERNAME, Key::ACCOUNTS_HOW_USERNAME)];
    let ways = ways.map(|(value, key)| (value.to_owned(), text(move || i18n.text(key).to_owned())));
    let field = move || match how.get() == USERNAME {
        true => view! {
            <LineField
                id="new-username"
                label=Key::ACCOUNTS_USERNAME
                hint=Key::ACCOUNTS_USERNAME_HINT
                value=username
                error=form.error_of("username")
                invalid=or_taken(form.error_of("username"), Key::ACCOUNTS_USERNAME_INVALID)
            />
        }
        .into_any(),
        false => view! {
            <LineField
                id="directory-name"
                label=Key::ACCOUNTS_DIRECTORY_NAME
                hint=Key::ACCOUNTS_DIRECTORY_HINT
                value=directory_name
                error=form.error_of("directoryName")
                invalid=or_taken(form.error_of("directoryName"), Key::FIELD_INVALID)
            />
        }
        .into_any(),
    };
    view! {
        <RadioChoice
            name="how"
            label=Key::ACCOUNTS_HOW
            options=ways.to_vec()
            chosen=how
            error=Signal::derive(|| None)
        />
        {dynamic(field)}
    }
}
