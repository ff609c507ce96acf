//! What a message leads to.

use leptos::prelude::*;
use omasote_types::ids::GuideId;
use omasote_types::language::Language;
use omasote_types::messages::{Link, LinkKind};
use omasote_types::sessions::App;

use crate::guides;
use crate::i18n::{Key, use_i18n};
use crate::icon::Icon;
use crate::session::use_session;
use crate::view::{dynamic, text};

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
        LinkKind::Guide => (guides::address(GuideId::from_uuid(*link.id.as_uuid())), Key::LINKS_OPEN_GUIDE),
    };
    let retired =
        link.is_retired.then(|| view! { <span class="fine">{i18n.t(Key::GUIDES_RETIRED_SHORT)}</span> });
    let named = link.clone();
    let name = text(move || format!("{}: {}", i18n.text(open), title(&named, i18n.language()).0));
    view! {
        <li>
            {icon_of(link.kind)}
            <span class="linked-what">
                <span class="fine">{i18n.t(kind_of(link.kind))}</span>
                {shown_title(link)}
                {retired}
            </span>
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
        </li>
    }
}

/// The title in the reader's language, or in the Finnish that there always is.
pub(super) fn shown_title(link: Link) -> AnyView {
    let i18n = use_i18n();
    dynamic(move || {
        let (title, language) = title(&link, i18n.language());
        view! { <strong lang=language.code()>{title}</strong> }.into_any()
    })
}

pub(super) fn title(link: &Link, wanted: Language) -> (String, Language) {
    let language = if link.title.text(wanted).is_empty() { Language::Fi } else { wanted };
    (link.title.text(language).to_owned(), language)
}

/// The picture of a kind of thing.
pub(super) const fn icon_of(kind: LinkKind) -> Icon {
    match kind {
        LinkKind::Guide => Icon::BOOK,
    }
}

/// What a kind of thing is called.
const fn kind_of(kind: LinkKind) -> Key {
    match kind {
        LinkKind::Guide => Key::LINKS_GUIDE,
    }
}
