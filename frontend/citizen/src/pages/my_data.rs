//! The citizen's own data and settings: the way to each part, and the small parts themselves.

use leptos::prelude::*;
use omasote_ui::acting::use_acting;
use omasote_ui::chunk::Chunk;
use omasote_ui::focus::PageTitle;
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::icon::Icon;
use omasote_ui::sessions::OpenSessions;
use omasote_ui::view::text;

use super::audit::AccessesPage;
use super::care::SightPage;
use super::exports::ExportsPage;
use super::notifications::NotificationsPage;
use super::programs::{AppRequestPage, AppsPage};
use super::proxies::{ProxiesPage, RepresentedPage};
use crate::{chunks, paths};

/// A part of the citizen's own data and settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MyDataPage {
    Hub,
    Accesses,
    Sight,
    Proxies,
    Represented,
    Sessions,
    Exports,
    Notifications,
    Apps,
    AppRequest,
}

/// Makes a page of the citizen's own data.
pub(crate) fn page(page: MyDataPage) -> AnyView {
    match page {
        MyDataPage::Hub => view! { <Hub /> }.into_any(),
        MyDataPage::Accesses => view! { <AccessesPage /> }.into_any(),
        MyDataPage::Sight => view! { <SightPage /> }.into_any(),
        MyDataPage::Proxies => view! { <ProxiesPage /> }.into_any(),
        MyDataPage::Represented => view! { <RepresentedPage /> }.into_any(),
        MyDataPage::Exports => view! { <ExportsPage /> }.into_any(),
        MyDataPage::Notifications => view! { <NotificationsPage /> }.into_any(),
        MyDataPage::Apps => view! { <AppsPage /> }.into_any(),
        MyDataPage::AppRequest => view! { <AppRequestPage /> }.into_any(),
        MyDataPage::Sessions => view! { <SessionsPage /> }.into_any(),
    }
}

/// A way from the hub.
struct Way {
    path: &'static str,
    icon: Icon,
    title: Key,
    about: Key,
    /// Whether it is there while one acts for another.
    is_anothers: bool,
}

const WAYS: [Way; 8] = [
    Way {
        path: paths::ACCESSES,
        icon: Icon::LIST,
        title: Key::AUDIT_TITLE,
        about: Key::MY_DATA_ABOUT_ACCESSES,
        is_anothers: true,
    },
    Way {
        path: paths::SIGHT,
        icon: Icon::EYE,
        title: Key::CARE_TITLE,
        about: Key::MY_DATA_ABOUT_SIGHT,
        is_anothers: true,
    },
    Way {
        path: paths::PROXIES,
        icon: Icon::PEOPLE,
        title: Key::PROXIES_TITLE,
        about: Key::MY_DATA_ABOUT_PROXIES,
        is_anothers: true,
    },
    Way {
        path: paths::REPRESENTED,
        icon: Icon::PERSON,
        title: Key::REPRESENTED_TITLE,
        about: Key::MY_DATA_ABOUT_REPRESENTED,
        is_anothers: false,
    },
    Way {
        path: paths::NOTIFICATIONS,
        icon: Icon::ENVELOPE,
        title: Key::NOTIFICATIONS_TITLE,
        about: Key::MY_DATA_ABOUT_NOTIFICATIONS,
        is_anothers: false,
    },
    Way {
        path: paths::SESSIONS,
        icon: Icon::SCREEN,
        title: Key::MY_DATA_SESSIONS,
        about: Key::MY_DATA_ABOUT_SESSIONS,
        is_anothers: false,
    },
    Way {
        path: paths::APPS,
        icon: Icon::APPS,
        title: Key::APPS_TITLE,
        about: Key::MY_DATA_ABOUT_APPS,
        is_anothers: false,
    },
    Way {
        path: paths::EXPORTS,
        icon: Icon::DOCUMENT,
        title: Key::EXPORTS_TITLE,
        about: Key::MY_DATA_ABOUT_EXPORTS,
        is_anothers: true,
    },
];

#[component]
fn Hub() -> impl IntoView {
    let (i18n, acting) = (use_i18n(), use_acting());
    let is_own = acting.citizen().is_none();
    let may = acting.covers_own_business();
    let title = text(move || match acting.name() {
        Some(name) => i18n.filled(Key::ACTING_MY_DATA, &[("name", &name)]),
        None => i18n.text(Key::NAV_MY_DATA).to_owned(),
    });
    let ways = WAYS.iter().filter(|way| is_own || way.is_anothers).map(|way| {
        view! {
            <li class="card way">
                <span class="disc">{way.icon}</span>
                <h2 class="way-title">
                    <a href=way.path>{i18n.t(way.title)}</a>
                </h2>
                <p class="way-about">{i18n.t(way.about)}</p>
            </li>
        }
    });
    let outside = (!may).then(|| view! { <p>{i18n.t(Key::ERROR_OUTSIDE_MANDATE)}</p> });
    view! {
        <div class="page">
            <PageTitle text=title />
            {outside}
            {may.then(|| view! { <ul class="ways">{ways.collect_view()}</ul> })}
        </div>
    }
}

#[component]
fn SessionsPage() -> impl IntoView {
    view! {
        <div class="page">
            <BackToHub />
            <TitleOf key=Key::MY_DATA_SESSIONS />
            {Chunk::new(chunks::local_account).show()}
            <OpenSessions />
        </div>
    }
}

/// The way back from a part.
#[component]
pub(super) fn BackToHub() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <a class="back" href=paths::MY_DATA>
            {Icon::BACK}
            {i18n.t(Key::NAV_MY_DATA)}
        </a>
    }
}

/// The heading of a part.
#[component]
pub(super) fn TitleOf(key: Key) -> impl IntoView {
    let i18n = use_i18n();
    view! { <PageTitle text=text(move || i18n.text(key).to_owned()) /> }
}
