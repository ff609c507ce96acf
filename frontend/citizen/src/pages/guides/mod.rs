//! Guides, which one reads without signing in.

mod guide;
mod list;

use leptos::prelude::*;
use omasote_types::ids::GuideId;
use omasote_ui::router::use_router;
use omasote_ui::view::dynamic;

use crate::paths::Page;

/// A page about guides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum GuidesPage {
    List,
    One(GuideId),
}

/// Makes the pages.
pub(crate) fn pages() -> AnyView {
    let router = use_router();
    let page = Memo::new(move |_| Page::at(&router.path()));
    dynamic(move || match page.get() {
        Page::Guides(GuidesPage::List) => list::page(),
        Page::Guides(GuidesPage::One(id)) => guide::page(id),
        _ => ().into_any(),
    })
}
