//! The text of a guide as it is read: headings, paragraphs and lists, and every word in them as text.

use leptos::prelude::*;
use omasote_rules::guides::{Block, blocks};
use omasote_types::guides::Guide;
use omasote_types::ids::GuideId;
use omasote_types::language::Language;
use omasote_types::tasks::TaskKind;

use crate::i18n::use_i18n;
use crate::loading::Loading;
use crate::remote::Remote;
use crate::session::use_session;
use crate::view::dynamic;

/// Under what the headings of a text stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Under {
    /// The title of the page.
    Page,
    /// The title of a part of a page.
    Part,
    /// The title of a part inside a part.
    Inner,
}

/// Where everybody finds the guides.
pub const LIST: &str = "/ohjeet";

/// Where everybody reads a guide.
#[must_use]
pub fn address(id: GuideId) -> String {
    format!("{LIST}/{id}")
}

/// The guide that a task asks to read, as it is read in the language of the app, or in one that it has.
#[must_use]
pub fn guide_of(kind: TaskKind) -> Option<AnyView> {
    let TaskKind::Guide { guide_id } = kind else { return None };
    let (i18n, session) = (use_i18n(), use_session());
    let guide = Remote::new(move || session.ask(async move |client| client.get_guide(guide_id).await));
    let shown = move |guide: &Guide| {
        let language = guide.content.language_for(i18n.language());
        let title = guide.content.title.text(language).to_owned();
        view! {
            <h2 class="ds-heading" data-size="sm" lang=language.code()>{title}</h2>
            {guide_text(guide.content.body.text(language), language, Under::Part)}
        }
        .into_any()
    };
    let read = view! {
        <Loading data=guide rows=6 let:guide>
            <article class="card">{dynamic(move || guide.with(shown))}</article>
        </Loading>
    };
    Some(read.into_any())
}

/// Makes the parts of a text, which is in `language`.
#[must_use]
pub fn guide_text(body: &str, language: Language, under: Under) -> AnyView {
    let parts: Vec<AnyView> = blocks(body).into_iter().map(|block| part(block, under)).collect();
    view! { <div class="guide-text" lang=language.code()>{parts}</div> }.into_any()
}

fn part(block: Block, under: Under) -> AnyView {
    match (block, under) {
        (Block::Heading(text), Under::Page) => {
            view! { <h2 class="ds-heading" data-size="xs">{text}</h2> }.into_any()
        }
        (Block::Heading(text), Under::Part) => {
            view! { <h3 class="ds-heading" data-size="2xs">{text}</h3> }.into_any()
        }
        (Block::Heading(text), Under::Inner) => {
            view! { <h4 class="ds-heading" data-size="2xs">{text}</h4> }.into_any()
        }
        (Block::Paragraph(lines), _) => view! { <p>{lines.join("\n")}</p> }.into_any(),
        (Block::List(texts), _) => view! { <ul>{items(texts)}</ul> }.into_any(),
        (Block::Steps(texts), _) => view! { <ol>{items(texts)}</ol> }.into_any(),
    }
}

fn items(texts: Vec<String>) -> Vec<AnyView> {
    texts.into_iter().map(|text| view! { <li>{text}</li> }.into_any()).collect()
}
