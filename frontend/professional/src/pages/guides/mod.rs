//! Guides: keeping those of a unit and of the county.

mod form;
mod keeping;
mod preview;
mod written;

use leptos::prelude::*;
use omasote_types::ids::GuideId;

pub(crate) use keeping::{county_link, of_unit, title_in};

/// A page about guides that are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum GuidesPage {
    /// What the county keeps.
    County,
    /// A new one.
    New,
    /// One that is kept.
    One(GuideId),
}

/// Makes the page.
pub(crate) fn page(page: GuidesPage) -> AnyView {
    match page {
        GuidesPage::County => keeping::county(),
        GuidesPage::New => form::new_guide(),
        GuidesPage::One(id) => form::kept_guide(id),
    }
}
