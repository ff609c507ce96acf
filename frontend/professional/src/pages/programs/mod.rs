//! Third-party programs, which administrators look after: those there are, and registering one.

mod entry;

use entry::Entry;
use leptos::prelude::*;
use omasote_client::ClientResult;
use omasote_types::clients::{Client, ClientAuth, ClientKind, ClientUpdate};
use omasote_ui::action::{ActionButton, ConfirmedButton, Look};
use omasote_ui::clipboard::CopyButton;
use omasote_ui::focus::PageTitle;
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::loading::Loading;
use omasote_ui::programs::ProgramScopes;
use omasote_ui::remote::Remote;
use omasote_ui::session::use_session;
use omasote_ui::view::{dynamic, text};

/// Makes the page.
pub(crate) fn page() -> AnyView {
    view! { <ProgramsPage /> }.into_any()
}

#[component]
fn ProgramsPage() -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let programs = Remote::new(move || session.ask(async move |client| client.list_clients().await));
    let refresh = Callback::new(move |()| programs.refresh());
    let list = move |all: Signal<Vec<Client>>| {
        dynamic(move || {
            if all.with(Vec::is_empty) {
                return view! { <p>{i18n.t(Key::PROGRAMS_NONE)}</p> }.into_any();
            }
            // A secret that was just made stays in its card.
            let list = view! {
                <ul class="accesses">
                    <For each=move || all.get() key=|client| (client.id, client.disabled_at) let:client>
                        <ProgramCard client on_change=refresh />
                    </For>
                </ul>
            };
            list.into_any()
        })
    };
    view! {
        <div class="page office">
            <PageTitle text=text(move || i18n.text(Key::PROGRAMS_TITLE).to_owned()) />
            <p>{i18n.t(Key::PROGRAMS_INTRO)}</p>
            <section class="part" aria-labelledby="list-title">
                <h2 class="ds-heading" data-size="xs" id="list-title">{i18n.t(Key::PROGRAMS_LIST)}</h2>
                <Loading data=programs rows=2 let:all>
                    {list(all)}
                </Loading>
            </section>
            <Entry on_made=refresh />
        </div>
    }
}

const fn kind_name(kind: ClientKind) -> Key {
    match kind {
        ClientKind::System => Key::PROGRAMS_KIND_SYSTEM,
        ClientKind::App => Key::PROGRAMS_KIND_APP,
    }
}

const fn auth_name(auth: ClientAuth) -> Key {
    match auth {
        ClientAuth::Secret => Key::PROGRAMS_AUTH_SECRET,
        ClientAuth::PrivateKeyJwt => Key::PROGRAMS_AUTH_KEY,
        ClientAuth::None => Key::PROGRAMS_AUTH_NONE,
    }
}

#[component]
fn ProgramCard(client: Client, on_change: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let id = client.id.to_string();
    let shut = client
        .disabled_at
        .map(|_| view! { <span class="ds-tag" data-color="warning">{i18n.t(Key::PROGRAMS_SHUT_OUT)}</span> });
    let unit = client.unit.clone().map(|unit| view! { <p>{text(move || i18n.local(&unit.name))}</p> });
    let has_secret = client.auth == ClientAuth::Secret;
    view! {
        <li class="card access">
            <p class="access-what">
                {client.name.clone()} " "
                <span class="ds-tag" data-color="neutral">{i18n.t(kind_name(client.kind))}</span> " " {shut}
            </p>
            {unit}
            <ProgramScopes scopes=client.scopes.clone() />
            <p class="access-ground">{i18n.t(auth_name(client.auth))}</p>
            <p class="access-ground">{text(move || i18n.filled(Key::PROGRAMS_ID, &[("id", &id)]))}</p>
            {has_secret.then(|| view! { <Secret client=client.clone() /> })}
            <Door client on_change />
        </li>
    }
}

/// Making a secret, which is shown once.
#[component]
fn Secret(client: Client) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let (id, made) = (client.id, RwSignal::new(None::<String>));
    let run = Callback::new(move |()| {
        session.ask(async move |client| {
            let secret = client.create_client_secret(id).await?;
            made.try_set(Some(secret.client_secret));
            ClientResult::Ok(())
        })
    });
    dynamic(move || match made.get() {
        Some(secret) => view! {
            <div class="question" role="status">
                <p>
                    <code>{secret.clone()}</code>
                </p>
                <p>
                    <strong>{i18n.t(Key::PROGRAMS_SECRET_ONCE)}</strong>
                </p>
                <CopyButton text=secret />
            </div>
        }
        .into_any(),
        None => view! {
            <ConfirmedButton
                label=Key::PROGRAMS_SECRET
                question=text(move || i18n.text(Key::PROGRAMS_SECRET_QUESTION).to_owned())
                confirm=Key::PROGRAMS_SECRET
                run
                done=Key::PROGRAMS_SECRET_MADE
                on_done=Callback::new(|()| ())
            />
        }
        .into_any(),
    })
}

/// Shutting out, and letting in again.
#[component]
fn Door(client: Client, on_change: Callback<()>) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let (id, is_shut, name) = (client.id, client.disabled_at.is_some(), client.name);
    let run = Callback::new(move |()| {
        let update = ClientUpdate { is_disabled: Some(!is_shut), ..ClientUpdate::default() };
        session.ask(async move |client| client.update_client(id, &update).await.map(drop))
    });
    if is_shut {
        let reopen = view! {
            <ActionButton
                label=Key::PROGRAMS_REOPEN
                look=Look::SMALL
                run
                done=Key::PROGRAMS_OPENED
                on_done=on_change
            />
        };
        return reopen.into_any();
    }
    let question = text(move || i18n.filled(Key::PROGRAMS_SHUT_QUESTION, &[("name", &name)]));
    view! {
        <ConfirmedButton
            label=Key::PROGRAMS_SHUT
            question
            confirm=Key::PROGRAMS_SHUT
            run
            done=Key::PROGRAMS_SHUT_DONE
            on_done=on_change
        />
    }
    .into_any()
}
