//! What a message leads to.

use leptos::prelude::*;
use omasote_types::ids::GuideId;
use omasote_types::language::Language;
use omasote_types::messages::{Link, LinkKind, NewLink};
use omasote_types::sessions::App;

use crate::clock::use_clock;
use crate::guides;
use crate::i18n::{Key, use_i18n};
use crate::icon::Icon;
use crate::intl;
use crate::session::use_session;
use crate::view::{dynamic, text};

/// Where an app has the things that links lead to: provided by a page that shows messages.
#[derive(Clone, Copy, Debug)]
pub struct LinkPlaces(Callback<NewLink, Option<String>>);

impl LinkPlaces {
    /// Provides them to all that is made on a page.
    pub fn provide(places: impl Fn(NewLink) -> Option<String> + Send + Sync + 'static) {
        provide_context(Self(Callback::new(places)));
    }
}

/// Makes the cards; nothing when there are no links.
#[must_use]
pub fn linked(links: Vec<Link>) -> Option<AnyView> {
    let i18n = use_i18n();
    if links.is_empty() {
        return None;
    }
    let cards: Vec<_> = links.into_iter().map(|link| view! { <LinkCard link /> }).collect();
    Some(view! { <ul class="linked" aria-label=i18n.t(Key::LINKS_LIST)>{cards}</ul> }.into_any())
}

/// A professional goes on writing in the page that they are on.
#[component]
fn LinkCard(link: Link) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let opens_beside = (session.app() == App::Professional).then_some("_blank");
    let (address, open) = match link.kind {
        LinkKind::Guide => {
            (Some(guides::address(GuideId::from_uuid(*link.id.as_uuid()))), Key::LINKS_OPEN_GUIDE)
        }
        LinkKind::Task => (place_of(&link), Key::LINKS_OPEN_TASK),
        LinkKind::Event => (place_of(&link), Key::LINKS_OPEN_EVENT),
    };
    let over = match link.kind {
        LinkKind::Guide => Key::GUIDES_RETIRED_SHORT,
        LinkKind::Task | LinkKind::Event => Key::LINKS_CANCELLED,
    };
    let over = link.is_retired.then(|| view! { <span class="fine">{i18n.t(over)}</span> });
    let named = link.clone();
    let name = text(move || {
        let title = title(&named, i18n.language()).0;
        if title.is_empty() { i18n.text(open).to_owned() } else { format!("{}: {title}", i18n.text(open)) }
    });
    let opening = address.map(|address| {
        view! {
            <a
                class="ds-button"
                data-variant="secondary"
                data-size="sm"
                href=address
                target=opens_beside
                aria-label=name
            >
                {i18n.t(open)}
            </a>
        }
    });
    view! {
        <li>
            {link_icon(link.kind)}
            <span class="linked-what">
                <span class="fine">{i18n.t(link_kind(link.kind))}</span>
                {link_title(link)}
                {over}
            </span>
            {opening}
        </li>
    }
}

/// Where the app has a thing, when the page knows.
fn place_of(link: &Link) -> Option<String> {
    use_context::<LinkPlaces>().and_then(|places| places.0.run(link.into()))
}

/// The title in the reader's language, or in the Finnish that there always is; of an event with when it is.
#[must_use]
pub fn link_title(link: Link) -> AnyView {
    let (i18n, clock) = (use_i18n(), use_clock());
    dynamic(move || {
        let (title, language) = title(&link, i18n.language());
        let when =
            link.starts_at.map(|at| view! { <span>{intl::coming(i18n, at, clock.milliseconds())}</span> });
        let title = (!title.is_empty()).then(|| view! { <strong lang=language.code()>{title}</strong> });
        view! { {title} {when} }.into_any()
    })
}

pub(super) fn title(link: &Link, wanted: Language) -> (String, Language) {
    let language = if link.title.text(wanted).is_empty() { Language::Fi } else { wanted };
    (link.title.text(language).to_owned(), language)
}

/// The picture of a kind of thing.
#[must_use]
pub const fn link_icon(kind: LinkKind) -> Icon {
    match kind {
        LinkKind::Guide => Icon::BOOK,
        LinkKind::Task => Icon::LIST,
        LinkKind::Event => Icon::CLOCK,
    }
}

/// What a kind of thing is called.
#[must_use]
pub const fn link_kind(kind: LinkKind) -> Key {
    match kind {
        LinkKind::Guide => Key::LINKS_GUIDE,
        LinkKind::Task => Key::LINKS_TASK,
        LinkKind::Event => Key::LINKS_EVENT,
    }
}
