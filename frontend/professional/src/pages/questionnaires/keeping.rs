//! The questionnaires that there are: those that come with Omasote, the county's and the units'.

use leptos::ev::Event;
use leptos::prelude::*;
use leptos::task::spawn_local;
use omasote_client::{ClientError, IdempotencyKey};
use omasote_types::ids::UnitId;
use omasote_types::page::Page;
use omasote_types::people::Role;
use omasote_types::questionnaires::{ImportedQuestionnaire, QuestionnaireSummary};
use omasote_types::sessions::Me;
use omasote_types::units::UnitRef;
use omasote_ui::action::Action;
use omasote_ui::file::{chosen_file, text_of};
use omasote_ui::focus::PageTitle;
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::loading::Loading;
use omasote_ui::paged::{MoreButton, PagedList, Refresh};
use omasote_ui::questionnaires::words;
use omasote_ui::session::use_session;
use omasote_ui::view::{dynamic, optional, text};

use crate::pages::guides;
use crate::{has_role, paths};

/// Makes the page.
pub(super) fn page() -> AnyView {
    let (i18n, session) = (use_i18n(), use_session());
    let all = PagedList::new(Refresh::Everything, move |page| {
        session.ask(async move |client| client.list_questionnaires(&page).await)
    });
    view! {
        <div class="page office">
            <PageTitle text=text(move || i18n.text(Key::NAV_QUESTIONNAIRES).to_owned()) />
            <p>{i18n.t(Key::QUESTIONNAIRES_HINT)}</p>
            <Loading data=all.page() rows=4 let:page>
                {dynamic(move || rows(&page.get()))}
                <MoreButton list=all label=Key::SHOW_MORE />
            </Loading>
            {beginning()}
            {guides::county_link()}
        </div>
    }
    .into_any()
}

fn rows(page: &Page<QuestionnaireSummary>) -> AnyView {
    let rows: Vec<_> = page.items.iter().map(row).collect();
    view! { <ul class="accesses">{rows}</ul> }.into_any()
}

fn row(one: &QuestionnaireSummary) -> AnyView {
    let i18n = use_i18n();
    let (id, title) = (one.id, one.title.clone());
    let units = expect_context::<Me>().units;
    let keeper = match (one.unit_id, &one.name) {
        (Some(unit), _) => units.into_iter().find(|known| known.id == unit).map(|unit| unit.name),
        (None, _) => None,
    };
    let is_shipped = one.name.is_some();
    let keeper = text(move || match &keeper {
        Some(name) => i18n.local(name),
        None if is_shipped => i18n.text(Key::QUESTIONNAIRE_SHIPPED).to_owned(),
        None => String::new(),
    });
    view! {
        <li class="card access">
            <p class="access-what">
                <a class="ds-link" href=paths::questionnaire(id)>{text(move || words(i18n, &title))}</a>
            </p>
            {standing(one)}
            <p class="fine">{keeper}</p>
        </li>
    }
    .into_any()
}

/// Where a questionnaire stands.
pub(super) fn standing(one: &QuestionnaireSummary) -> AnyView {
    let i18n = use_i18n();
    let (color, label) = match (one.published, one.retired_at) {
        (Some(_), _) => ("success", Key::GUIDE_PUBLISHED),
        (None, Some(_)) => ("neutral", Key::GUIDE_RETIRED),
        (None, None) => ("info", Key::GUIDE_DRAFT),
    };
    let version = one.published.map(|number| {
        text(move || i18n.filled(Key::QUESTIONNAIRE_VERSION, &[("number", &number.to_string())]))
    });
    let changes = (one.has_changes && one.published.is_some()).then(|| {
        view! { <span class="ds-tag" data-size="sm" data-color="warning">{i18n.t(Key::QUESTIONNAIRE_CHANGES)}</span> }
    });
    view! {
        <p class="guide-facts">
            <span class="ds-tag" data-size="sm" data-color=color>{i18n.t(label)}</span>
            <span class="fine">{version}</span>
            {changes}
        </p>
    }
    .into_any()
}

/// Beginning a new one, empty or from a file: for whoever may.
fn beginning() -> AnyView {
    let i18n = use_i18n();
    let me = expect_context::<Me>();
    let of_county = (has_role(Role::Administrator) || has_role(Role::Editor)).then_some(None);
    let led = me.units.into_iter().filter(|unit| me.leads.contains(&unit.id)).map(Some);
    let keepers: Vec<Option<UnitRef>> = of_county.into_iter().chain(led).collect();
    let parts = keepers.into_iter().map(|keeper| {
        let unit = keeper.as_ref().map(|unit| unit.id);
        let title = text(move || match &keeper {
            Some(unit) => i18n.local(&unit.name),
            None => i18n.text(Key::QUESTIONNAIRE_COUNTY).to_owned(),
        });
        view! {
            <div class="card builder-card">
                <h2 class="ds-heading" data-size="2xs">{title}</h2>
                <div class="actions">
                    <a class="ds-button" data-variant="secondary" data-size="sm" href=paths::new_questionnaire(unit)>
                        {i18n.t(Key::BUILDER_NEW)}
                    </a>
                </div>
                {importing(unit)}
            </div>
        }
    });
    view! { {parts.collect_view()} }.into_any()
}

/// Taking a FHIR Questionnaire from a file. What was left out and what does not fit is told by name.
fn importing(unit: Option<UnitId>) -> AnyView {
    let (i18n, session, action) = (use_i18n(), use_session(), Action::new());
    let imported = RwSignal::new(None::<ImportedQuestionnaire>);
    let refused = RwSignal::new(Vec::<String>::new());
    let id = format!("import-{}", unit.map_or_else(|| "county".to_owned(), |unit| unit.to_string()));
    let choose = move |event: Event| {
        let Some(file) = chosen_file(&event) else { return };
        imported.set(None);
        refused.set(Vec::new());
        spawn_local(async move {
            let resource = text_of(file).await.unwrap_or_default();
            let answer = session.ask(async move |client| {
                client.import_questionnaire(unit, resource, &IdempotencyKey::random()).await
            });
            action.run(answer, move |outcome| match outcome {
                Ok(taken) => {
                    imported.try_set(Some(taken));
                    None
                }
                Err(ClientError::Refused(problem)) if !problem.errors.is_empty() => {
                    let fields = problem.errors.into_iter().map(|error| error.field);
                    refused.try_set(fields.collect());
                    None
                }
                Err(error) => Some(error),
            });
        });
    };
    let taken = optional(move || imported.get().map(taken));
    let reasons = optional(move || {
        let all = refused.get();
        (!all.is_empty()).then(|| {
            let rows = all.into_iter().map(|field| view! { <li>{field}</li> });
            view! {
                <div role="alert">
                    <p>{i18n.t(Key::IMPORT_REFUSED)}</p>
                    <ul>{rows.collect_view()}</ul>
                </div>
            }
            .into_any()
        })
    });
    view! {
        <div class="ds-field">
            <label class="ds-label" for=id.clone()>{i18n.t(Key::IMPORT_FILE)}</label>
            <input class="ds-input" type="file" id=id accept=".json,application/json,application/fhir+json" on:change=choose />
        </div>
        {action.problem()}
        {taken}
        {reasons}
    }
    .into_any()
}

fn taken(taken: ImportedQuestionnaire) -> AnyView {
    let i18n = use_i18n();
    let left_out = (!taken.left_out.is_empty()).then(|| {
        let rows = taken.left_out.into_iter().map(|one| {
            let place = if one.link_id.is_empty() {
                one.element
            } else {
                format!("{}: {}", one.link_id, one.element)
            };
            view! { <li>{place}</li> }
        });
        view! {
            <p class="fine">{i18n.t(Key::IMPORT_LEFT_OUT)}</p>
            <ul class="fine">{rows.collect_view()}</ul>
        }
    });
    let summary = taken.questionnaire.summary;
    view! {
        <div role="status">
            <p>
                {i18n.t(Key::IMPORT_DONE)} " "
                <a class="ds-link" href=paths::questionnaire(summary.id)>{words(i18n, &summary.title)}</a>
            </p>
            {left_out}
        </div>
    }
    .into_any()
}
