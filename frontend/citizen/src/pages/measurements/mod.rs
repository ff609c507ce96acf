//! Home measurements: what one measures, entering, and one kind of them.

mod entry;
mod keys;
mod kind;
mod overview;
mod period;
mod rest;
mod saved;
mod waiting;
mod written;

use leptos::prelude::*;
use omasote_types::measurements::MeasurementKind;
use omasote_ui::measurements::waiting::Waiting;
use omasote_ui::router::use_router;
use omasote_ui::view::dynamic;

use super::not_found::NotFoundPage;
use crate::{paths, use_citizen};
use entry::EntryPage;
use kind::KindPage;
use overview::{NewPage, OverviewPage};

/// A page of the measurements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MeasurementsPage {
    Overview,
    /// What to enter.
    New,
    Entry(MeasurementKind),
    Kind(MeasurementKind),
    NotFound,
}

impl MeasurementsPage {
    /// The page of an address below that of the measurements.
    pub(crate) fn at(path: &str) -> Self {
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        let of = |code: &str, page: fn(MeasurementKind) -> Self| {
            MeasurementKind::from_code(code).map_or(Self::NotFound, page)
        };
        match parts.as_slice() {
            [_] => Self::Overview,
            [_, "uusi"] => Self::New,
            [_, "uusi", code] => of(code, Self::Entry),
            [_, code] => of(code, Self::Kind),
            _ => Self::NotFound,
        }
    }
}

/// Makes the pages.
pub(crate) fn pages() -> AnyView {
    let router = use_router();
    // On the way out the address is another's already, and the page is still here for a moment.
    let page = Memo::new(move |before: Option<&MeasurementsPage>| {
        let path = router.path();
        match before {
            Some(before) if !path.starts_with(paths::MEASUREMENTS) => *before,
            _ => MeasurementsPage::at(&path),
        }
    });
    dynamic(move || match page.get() {
        MeasurementsPage::Overview => view! { <OverviewPage /> }.into_any(),
        MeasurementsPage::New => view! { <NewPage /> }.into_any(),
        MeasurementsPage::Entry(kind) => view! { <EntryPage kind /> }.into_any(),
        MeasurementsPage::Kind(kind) => view! { <KindPage kind /> }.into_any(),
        MeasurementsPage::NotFound => view! { <NotFoundPage /> }.into_any(),
    })
}

/// Sends what was entered without a connection, on whichever page the citizen is.
pub(crate) fn send_waiting() -> AnyView {
    let _ = Waiting::open(use_citizen());
    ().into_any()
}

/// Runs when something that waited has been sent.
fn when_sent(waiting: Waiting, run: impl Fn() + 'static) {
    let sent = waiting.sent();
    Effect::new(move |before: Option<u32>| {
        let now = sent.get();
        if before.is_some_and(|before| before != now) {
            run();
        }
        now
    });
}
