//! The guides that a unit or the county keeps, in whatever state.

use leptos::prelude::*;
use omasote_types::guides::{GuideQuery, GuideState, GuideSummary};
use omasote_types::ids::UnitId;
use omasote_types::language::Language;
use omasote_types::page::Page;
use omasote_types::people::Role;
use omasote_ui::focus::PageTitle;
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::icon::Icon;
use omasote_ui::intl;
use omasote_ui::loading::Loading;
use omasote_ui::paged::{MoreButton, PagedList, Refresh};
use omasote_ui::session::use_session;
use omasote_ui::view::{dynamic, text};

use crate::pages::messages::name_of;
use crate::{has_role, paths};

/// Makes the part of a unit's page.
pub(crate) fn of_unit(unit: UnitId) -> AnyView {
    let i18n = use_i18n();
    view! {
        <section class="part" aria-labelledby="guides-title">
            <h2 class="ds-heading" data-size="xs" id="guides-title">{i18n.t(Key::GUIDE_UNIT)}</h2>
            <p>{i18n.t(Key::GUIDE_UNIT_HINT)}</p>
            <Kept of=Some(unit) />
        </section>
    }
    .into_any()
}

/// Leads to what the county keeps, for those who keep it.
pub(crate) fn county_link() -> Option<AnyView> {
    let i18n = use_i18n();
    let may = has_role(Role::Administrator) || has_role(Role::Editor);
    may.then(|| {
        view! {
            <p>
                <a class="ds-link" href=paths::GUIDES>{i18n.t(Key::GUIDE_COUNTY)}</a>
            </p>
        }
        .into_any()
    })
}

/// Makes the page of what the county keeps.
pub(super) fn county() -> AnyView {
    let i18n = use_i18n();
    view! {
        <div class="page office">
            <a class="back" href=paths::UNIT_SETTINGS>{Icon::BACK} {i18n.t(Key::NAV_UNIT_SETTINGS)}</a>
            <PageTitle text=text(move || i18n.text(Key::GUIDE_COUNTY).to_owned()) />
            <p>{i18n.t(Key::GUIDE_COUNTY_HINT)}</p>
            <Kept of=None />
        </div>
    }
    .into_any()
}

#[component]
fn Kept(of: Option<UnitId>) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let guides = PagedList::new(Refresh::Everything, move |page| {
        let query = GuideQuery { unit: of, cursor: page.cursor, limit: page.limit };
        session.ask(async move |client| client.list_kept_guides(&query).await)
    });
    view! {
        <Loading data=guides.page() rows=3 let:page>
            {dynamic(move || rows(&page.get()))}
            <MoreButton list=guides label=Key::SHOW_MORE />
        </Loading>
        <div>
            <a class="ds-button" data-variant="secondary" data-size="sm" href=paths::new_guide(of)>
                {i18n.t(Key::GUIDE_ADD)}
            </a>
        </div>
    }
}

fn rows(page: &Page<GuideSummary>) -> AnyView {
    let i18n = use_i18n();
    if page.items.is_empty() {
        return view! { <p>{i18n.t(Key::GUIDES_NONE)}</p> }.into_any();
    }
    let rows: Vec<_> = page.items.iter().map(row).collect();
    view! { <ul class="accesses">{rows}</ul> }.into_any()
}

/// A guide: where it stands, which languages it lacks, and when somebody went through it.
fn row(guide: &GuideSummary) -> AnyView {
    let i18n = use_i18n();
    let (title, language) = title_in(guide, i18n.language());
    let (id, state, reviewed_on) = (guide.id, guide.state, guide.reviewed_on);
    let reviewed = text(move || {
        i18n.filled(Key::GUIDES_REVIEWED, &[("date", &intl::date(i18n.language(), reviewed_on))])
    });
    let lacking: Vec<_> = Language::ALL
        .into_iter()
        .filter(|language| !guide.has(*language))
        .map(|language| lacks(language).into_any())
        .collect();
    view! {
        <li class="card access">
            <p class="access-what">
                <a class="ds-link" href=paths::guide(id) lang=language.code()>{title}</a>
            </p>
            <p class="guide-facts">
                {state_tag(state)}
                {lacking}
                <span class="fine">{reviewed}</span>
            </p>
        </li>
    }
    .into_any()
}

pub(super) fn lacks(language: Language) -> impl IntoView {
    let i18n = use_i18n();
    let words = text(move || i18n.filled(Key::GUIDES_LACKS, &[("language", i18n.text(name_of(language)))]));
    view! { <span class="ds-tag" data-size="sm" data-color="warning">{words}</span> }
}

/// Where a guide stands.
pub(super) fn state_tag(state: GuideState) -> AnyView {
    let i18n = use_i18n();
    let (color, label) = match state {
        GuideState::Draft => ("info", Key::GUIDE_DRAFT),
        GuideState::Published => ("success", Key::GUIDE_PUBLISHED),
        GuideState::Retired => ("neutral", Key::GUIDE_RETIRED),
    };
    view! { <span class="ds-tag" data-size="sm" data-color=color>{i18n.t(label)}</span> }.into_any()
}

/// The title in a language, or in Finnish.
pub(crate) fn title_in(guide: &GuideSummary, wanted: Language) -> (String, Language) {
    let language = if guide.has(wanted) { wanted } else { Language::Fi };
    (guide.title.text(language).to_owned(), language)
}
