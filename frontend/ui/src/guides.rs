//! The text of a guide as it is read: headings, paragraphs and lists, and every word in them as text.

use leptos::prelude::*;
use omasote_rules::guides::{Block, blocks};
use omasote_types::ids::GuideId;
use omasote_types::language::Language;

/// Under what the headings of a text stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Under {
    /// The title of the page.
    Page,
    /// The title of a part of a page.
    Part,
}

/// Where everybody finds the guides.
pub const LIST: &str = "/ohjeet";

/// Where everybody reads a guide.
#[must_use]
pub fn address(id: GuideId) -> String {
    format!("{LIST}/{id}")
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
