//! What a unit keeps for itself: its hours, what it promises, its topics. For its lead and the administrators.

mod choice;
mod fields;
mod figures;
mod routing;
mod service;
mod topics;

use leptos::prelude::*;
use omasote_types::ids::UnitId;
use omasote_types::sessions::Me;
use omasote_types::units::UnitSettings;
use omasote_ui::focus::PageTitle;
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::icon::Icon;
use omasote_ui::loading::Loading;
use omasote_ui::remote::Remote;
use omasote_ui::session::use_session;
use omasote_ui::view::text;

use crate::pages::{events, guides, questionnaires, tasks, templates};
use crate::paths;
use choice::UnitChoice;
pub(crate) use fields::{RowField, UnitSelect};
use figures::Figures;
use routing::Routing;
use service::ServiceForm;
use topics::TopicsForm;

/// A page about what units keep for themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UnitsPage {
    Choice,
    One(UnitId),
}

/// Makes the page.
pub(crate) fn page(page: UnitsPage) -> AnyView {
    match page {
        UnitsPage::Choice => view! { <UnitChoice /> }.into_any(),
        UnitsPage::One(id) => view! { <UnitPage id /> }.into_any(),
    }
}

#[component]
fn UnitPage(id: UnitId) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let settings = Remote::new(move || session.ask(async move |client| client.get_unit_settings(id).await));
    let has_choice = expect_context::<Me>().leads.len() != 1;
    let back = has_choice.then(|| {
        view! { <a class="back" href=paths::UNIT_SETTINGS>{Icon::BACK} {i18n.t(Key::NAV_UNIT_SETTINGS)}</a> }
    });
    view! {
        <div class="page office">
            {back}
            <Loading data=settings rows=6 let:settings>
                <Settings first=settings.get_untracked() />
            </Loading>
        </div>
    }
}

/// Made once: what comes back from a change goes on from there, and what is half written elsewhere on the page stays.
#[component]
fn Settings(first: UnitSettings) -> impl IntoView {
    let i18n = use_i18n();
    let version = RwSignal::new(first.version);
    let UnitSettings { unit, service, topics, .. } = first;
    let (id, name) = (unit.id, unit.name);
    view! {
        <PageTitle text=text(move || i18n.local(&name)) />
        <Figures unit=id />
        <ServiceForm unit=id version service />
        <TopicsForm unit=id version topics />
        <Routing unit=id />
        {events::settings_of(id)}
        {tasks::settings_of(id)}
        {templates::of_unit(id)}
        {guides::of_unit(id)}
        {questionnaires::link()}
    }
}
