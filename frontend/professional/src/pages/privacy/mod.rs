//! The privacy officer's pages: break-glass, what was looked at without an open matter, and searching the access log.

mod emergencies;
mod lines;
mod search;

use leptos::prelude::*;
use omasote_types::audit::{AuditFlag, AuditSearch};
use omasote_types::ids::AccessId;
use omasote_ui::focus::PageTitle;
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::icon::Icon;
use omasote_ui::router::use_router;
use omasote_ui::view::{dynamic, flag, text};

use crate::paths::{self, PrivacyPart};
use emergencies::EmergencyList;
use lines::Lines;
pub(crate) use lines::person;
use search::SearchPart;

/// A page of the privacy officer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PrivacyPage {
    Parts,
    /// One line of the log: the one a citizen asks about.
    Line(AccessId),
}

/// Makes a page of the privacy officer.
pub(crate) fn page(page: PrivacyPage) -> AnyView {
    match page {
        PrivacyPage::Parts => view! { <Parts /> }.into_any(),
        PrivacyPage::Line(line) => view! { <LinePage line /> }.into_any(),
    }
}

const PARTS: [(PrivacyPart, Key); 3] = [
    (PrivacyPart::Emergencies, Key::PRIVACY_EMERGENCIES),
    (PrivacyPart::NoOpenMatter, Key::PRIVACY_NO_OPEN_MATTER),
    (PrivacyPart::Search, Key::PRIVACY_SEARCH),
];

#[component]
fn Parts() -> impl IntoView {
    let (i18n, router) = (use_i18n(), use_router());
    let part = Memo::new(move |_| paths::privacy_part(router.query(paths::PART).as_deref()));
    let link = move |(to, label): (PrivacyPart, Key)| {
        view! {
            <li>
                <a href=paths::privacy(to) aria-current=flag("page", move || part.get() == to)>
                    {i18n.t(label)}
                </a>
            </li>
        }
    };
    let flagged = || AuditSearch { flag: Some(AuditFlag::NoOpenMatter), ..AuditSearch::default() };
    let content = move || match part.get() {
        PrivacyPart::Emergencies => view! { <EmergencyList /> }.into_any(),
        PrivacyPart::NoOpenMatter => view! {
            <p>{i18n.t(Key::PRIVACY_NO_OPEN_MATTER_INTRO)}</p>
            <Lines search=flagged() />
        }
        .into_any(),
        PrivacyPart::Search => view! { <SearchPart /> }.into_any(),
    };
    view! {
        <div class="page office">
            <PageTitle text=text(move || i18n.text(Key::NAV_PRIVACY).to_owned()) />
            <nav class="parts" aria-label=i18n.t(Key::PRIVACY_PARTS)>
                <ul>{PARTS.map(link).collect_view()}</ul>
            </nav>
            {dynamic(content)}
            <p>
                <a class="ds-link" href=paths::DATA_RIGHTS>{i18n.t(Key::RIGHTS_TITLE)}</a>
            </p>
        </div>
    }
}

#[component]
fn LinePage(line: AccessId) -> impl IntoView {
    let i18n = use_i18n();
    let search = AuditSearch { line: Some(line), ..AuditSearch::default() };
    view! {
        <div class="page office">
            <a class="back" href=paths::PRIVACY>{Icon::BACK} {i18n.t(Key::NAV_PRIVACY)}</a>
            <PageTitle text=text(move || i18n.text(Key::PRIVACY_LINE).to_owned()) />
            <Lines search />
        </div>
    }
}
