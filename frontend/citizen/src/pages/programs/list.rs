//! The apps that the citizen has let in.

use leptos::prelude::*;
use omasote_types::clients::Consent;
use omasote_ui::action::ConfirmedButton;
use omasote_ui::clock::use_clock;
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::intl;
use omasote_ui::loading::Loading;
use omasote_ui::programs::ProgramScopes;
use omasote_ui::remote::Remote;
use omasote_ui::session::use_session;
use omasote_ui::view::{dynamic, text};

use crate::pages::my_data::{BackToHub, TitleOf};
use crate::use_citizen;

#[component]
pub(crate) fn AppsPage() -> impl IntoView {
    let (i18n, session, citizen) = (use_i18n(), use_session(), use_citizen());
    let consents = Remote::new(move || session.ask(async move |client| client.list_consents(citizen).await));
    let refresh = Callback::new(move |()| consents.refresh());
    let list = move |all: Signal<Vec<Consent>>| {
        dynamic(move || {
            let all = all.get();
            if all.is_empty() {
                return view! { <p>{i18n.t(Key::APPS_NONE)}</p> }.into_any();
            }
            let rows = all.into_iter().map(|consent| view! { <ConsentCard consent on_revoked=refresh /> });
            view! { <ul class="accesses">{rows.collect_view()}</ul> }.into_any()
        })
    };
    view! {
        <div class="page">
            <BackToHub />
            <TitleOf key=Key::APPS_TITLE />
            <p>{i18n.t(Key::APPS_INTRO)}</p>
            <Loading data=consents rows=2 let:all>
                {list(all)}
            </Loading>
        </div>
    }
}

#[component]
fn ConsentCard(consent: Consent, on_revoked: Callback<()>) -> impl IntoView {
    let (i18n, session, clock) = (use_i18n(), use_session(), use_clock());
    let Consent { id, client_name, scopes, given_at, ends_at, used_at } = consent;
    let run = Callback::new(move |()| session.ask(async move |client| client.revoke_consent(id).await));
    let name = client_name.clone();
    let question = text(move || i18n.filled(Key::APPS_REVOKE_QUESTION, &[("name", &name)]));
    let since = text(move || {
        let (given, end) = (intl::day(i18n.language(), given_at), intl::day(i18n.language(), ends_at));
        i18n.filled(Key::APPS_SINCE, &[("given", &given), ("end", &end)])
    });
    let used = text(move || match used_at {
        Some(at) => {
            let time = intl::moment(i18n, at, clock.milliseconds());
            i18n.filled(Key::APPS_USED, &[("time", &time)])
        }
        None => i18n.text(Key::APPS_UNUSED).to_owned(),
    });
    view! {
        <li class="card access">
            <p class="access-what">{client_name}</p>
            <p>{i18n.t(Key::APPS_MAY)}</p>
            <ProgramScopes scopes />
            <p class="access-ground">{since} " " {used}</p>
            <ConfirmedButton
                label=Key::APPS_REVOKE
                question
                confirm=Key::APPS_REVOKE
                run
                done=Key::APPS_REVOKED
                on_done=on_revoked
            />
        </li>
    }
}
