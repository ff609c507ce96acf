//! The frame around every page: header, navigation, the news, the connection's state, and where to call.

use leptos::prelude::*;
use omasote_types::language::Language;
use omasote_types::sessions::App;

use crate::announce::NewsRegion;
use crate::i18n::{Key, use_i18n};
use crate::icon::{Icon, Mark};
use crate::router::use_router;
use crate::session::use_session;
use crate::session_end::SessionEnd;
use crate::units::PhoneLink;
use crate::updates::use_updates;
use crate::view::{flag, optional, said, text};

const MAIN: &str = "main";
const BRAND: &str = "Omasote";

/// One entry of the navigation.
#[derive(Clone, Copy, Debug)]
pub struct NavEntry {
    /// Where it leads.
    pub path: &'static str,
    /// What it says.
    pub label: Key,
    /// The picture over it on a phone.
    pub icon: Icon,
    /// Addresses that begin so belong to it too.
    pub covers: Option<&'static str>,
    /// How many unread messages to show beside it.
    pub unread: Option<fn() -> u32>,
    /// Whether it is there; always when absent.
    pub is_shown: Option<fn() -> bool>,
    /// Whether it is left out at the bottom of a phone, where five fit.
    pub is_wide_only: bool,
}

/// The frame. The navigation and the person show when somebody is signed in.
#[component]
pub fn Shell(
    /// The app's front page.
    home: &'static str,
    /// The navigation.
    #[prop(default = &[])]
    navigation: &'static [NavEntry],
    /// The page.
    children: Children,
) -> impl IntoView {
    let is_citizens = use_session().app() == App::Citizen;
    view! {
        <SkipLink />
        <Header home navigation />
        <main id=MAIN class="main" tabindex="-1">
            {children()}
        </main>
        {is_citizens.then(|| view! { <Footer /> })}
        <div class="edge">
            <ConnectionBanner />
            <NewsRegion />
        </div>
        <SessionEnd />
    }
}

/// The router takes every click on a link, so the focus is moved by hand.
#[component]
fn SkipLink() -> impl IntoView {
    let i18n = use_i18n();
    let skip = move |click: leptos::ev::MouseEvent| {
        click.prevent_default();
        crate::focus::focus_id(MAIN);
    };
    view! {
        <a class="ds-skip-link" href="#main" on:click=skip>
            {i18n.t(Key::SHELL_SKIP)}
        </a>
    }
}

#[component]
fn Header(home: &'static str, navigation: &'static [NavEntry]) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let audience = (session.app() == App::Professional)
        .then(|| view! { <span class="brand-for">{i18n.t(Key::SHELL_FOR_PROFESSIONALS)}</span> });
    let second_row = move || {
        let me = session.me()?;
        Some(view! { <SignedInRow name=me.name title=me.title home navigation /> }.into_any())
    };
    view! {
        <header class="top">
            <div class="top-row">
                <a class="brand" href=home>
                    <Mark />
                    <span>{BRAND}</span>
                    {audience}
                </a>
                <LanguageSwitch />
            </div>
            {optional(second_row)}
        </header>
    }
}

#[component]
fn SignedInRow(
    name: String,
    title: Option<String>,
    home: &'static str,
    navigation: &'static [NavEntry],
) -> impl IntoView {
    let (i18n, session, router) = (use_i18n(), use_session(), use_router());
    let sign_out = move |_| session.sign_out(move || router.go(home));
    let title = title.map(|title| view! { ", " <span lang="fi">{title}</span> });
    view! {
        <div class="top-row second">
            <nav class="main-nav" aria-label=i18n.t(Key::SHELL_NAVIGATION)>
                <ul>{navigation.iter().map(nav_link).collect_view()}</ul>
            </nav>
            <div class="person">
                <span class="person-name">{name}{title}</span>
                <button type="button" class="ds-button" data-variant="tertiary" data-size="sm" on:click=sign_out>
                    {i18n.t(Key::SESSION_SIGN_OUT)}
                </button>
            </div>
        </div>
    }
}

fn nav_link(entry: &'static NavEntry) -> AnyView {
    let (i18n, router) = (use_i18n(), use_router());
    let is_here = move || {
        let path = router.path();
        let is_covered = entry.covers.is_some_and(|covered| path.starts_with(covered));
        is_covered || path.trim_end_matches('/') == entry.path.trim_end_matches('/')
    };
    let unread = Signal::derive(move || entry.unread.map_or(0, |count| count()));
    let is_shown = Memo::new(move |_| entry.is_shown.is_none_or(|is_shown| is_shown()));
    optional(move || {
        let link = view! {
            <li class=entry.is_wide_only.then_some("wide-only")>
                <a href=entry.path aria-current=flag("page", is_here)>
                    {entry.icon}
                    <span>{i18n.t(entry.label)}</span>
                    <UnreadBadge count=unread />
                </a>
            </li>
        };
        is_shown.get().then(|| link.into_any())
    })
}

/// A number of unread messages: the figure to be seen, the words to be heard.
#[component]
pub fn UnreadBadge(
    /// How many; nothing shows when none are.
    count: Signal<u32>,
) -> impl IntoView {
    let i18n = use_i18n();
    let count = Memo::new(move |_| count.get());
    optional(move || {
        let count = Some(count.get()).filter(|count| *count > 0)?;
        let words = text(move || i18n.counted(Key::UNREAD_ONE, Key::UNREAD_OTHER, count));
        let badge = view! {
            <span class="badge" aria-hidden="true">
                {count.to_string()}
            </span>
            <span class="ds-sr-only">{words}</span>
        };
        Some(badge.into_any())
    })
}

#[component]
fn LanguageSwitch() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="languages" role="group" aria-label=i18n.t(Key::SHELL_LANGUAGE)>
            {Language::ALL.map(language_button).collect_view()}
        </div>
    }
}

fn language_button(language: Language) -> AnyView {
    let i18n = use_i18n();
    let (code, name) = (language.code(), own_name(language));
    let is_chosen = Signal::derive(move || i18n.language() == language);
    let button = view! {
        <button
            type="button"
            class="language"
            lang=code
            aria-pressed=said(is_chosen)
            on:click=move |_| i18n.choose(language)
        >
            <span class="language-name">{name}</span>
            <span class="language-code">{code}</span>
        </button>
    };
    button.into_any()
}

/// A language is named in itself, for who reads no other.
const fn own_name(language: Language) -> &'static str {
    match language {
        Language::Fi => "Suomi",
        Language::Sv => "Svenska",
        Language::En => "English",
    }
}

/// Tells that the page may be out of date. The region stays, so that screen readers notice the change.
#[component]
fn ConnectionBanner() -> impl IntoView {
    let (i18n, updates) = (use_i18n(), use_updates());
    let banner = move || {
        let lost = view! {
            <p class="connection-lost">
                {Icon::BREAK}
                <span>{i18n.t(Key::SHELL_CONNECTION_LOST)}</span>
            </p>
        };
        updates.is_broken().then(|| lost.into_any())
    };
    view! { <div role="status">{optional(banner)}</div> }
}

/// The service is never the only way to reach somebody.
#[component]
fn Footer() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <footer class="footer">
            <div class="footer-inner">
                <p>
                    <strong>{i18n.t(Key::SHELL_EMERGENCY)}</strong>
                    " "
                    <PhoneLink number="112" />
                </p>
                <p>{i18n.t(Key::SHELL_URGENT_HELP)} " " <PhoneLink number="116 117" /></p>
                <p class="footer-wide">{i18n.t(Key::SHELL_PHONE_WORKS)}</p>
            </div>
        </footer>
    }
}
