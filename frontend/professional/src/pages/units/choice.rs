//! Which unit: those one leads, or all of them for an administrator.

use leptos::prelude::*;
use omasote_types::page::{MAX_LIMIT, PageQuery};
use omasote_types::people::Role;
use omasote_types::sessions::Me;
use omasote_types::units::{Unit, UnitRef};
use omasote_ui::focus::PageTitle;
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::loading::Loading;
use omasote_ui::remote::Remote;
use omasote_ui::router::use_router;
use omasote_ui::session::use_session;
use omasote_ui::view::text;

use crate::pages::{guides, questionnaires};
use crate::paths;

#[component]
pub(super) fn UnitChoice() -> impl IntoView {
    let (i18n, me, router) = (use_i18n(), expect_context::<Me>(), use_router());
    let sees_all = me.roles.contains(&Role::Administrator);
    let led: Vec<UnitRef> = me.units.into_iter().filter(|unit| me.leads.contains(&unit.id)).collect();
    let has_units = !led.is_empty();
    let only = match led.as_slice() {
        [only] if !sees_all => Some(paths::unit_settings(only.id)),
        _ => None,
    };
    Effect::new(move |_| {
        if let Some(only) = &only {
            router.replace(only);
        }
    });
    let list = match sees_all {
        true => view! { <EveryUnit /> }.into_any(),
        false => view! { <UnitLinks units=led /> }.into_any(),
    };
    view! {
        <div class="page office">
            <PageTitle text=text(move || i18n.text(Key::NAV_UNIT_SETTINGS).to_owned()) />
            {guides::county_link()}
            {questionnaires::link()}
            {(sees_all || has_units).then(|| view! { <p>{i18n.t(Key::UNIT_SETTINGS_CHOOSE)}</p> })}
            {list}
        </div>
    }
}

#[component]
fn EveryUnit() -> impl IntoView {
    let session = use_session();
    let units = Remote::new(move || {
        session.ask(async move |client| {
            let page = PageQuery { limit: Some(MAX_LIMIT), ..PageQuery::default() };
            client.list_units(&page).await.map(|page| page.items)
        })
    });
    let named = |unit: Unit| UnitRef { id: unit.id, name: unit.name };
    view! {
        <Loading data=units rows=6 let:units>
            <UnitLinks units=units.get_untracked().into_iter().map(named).collect() />
        </Loading>
    }
}

#[component]
fn UnitLinks(units: Vec<UnitRef>) -> impl IntoView {
    let i18n = use_i18n();
    let link = move |unit: UnitRef| {
        let (path, name) = (paths::unit_settings(unit.id), unit.name);
        view! {
            <li class="card access">
                <p class="access-what">
                    <a class="ds-link" href=path>{text(move || i18n.local(&name))}</a>
                </p>
            </li>
        }
    };
    view! { <ul class="accesses">{units.into_iter().map(link).collect_view()}</ul> }
}
