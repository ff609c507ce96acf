//! What a task asks for: chosen while it is given.

use leptos::prelude::*;
use omasote_types::guides::{GuideQuery, GuideSummary};
use omasote_types::ids::{GuideId, QuestionnaireId};
use omasote_types::page::PageQuery;
use omasote_types::questionnaires::QuestionnaireSummary;
use omasote_types::tasks::TaskKind;
use omasote_ui::form::{Form, LineField};
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::questionnaires::words;
use omasote_ui::remote::Remote;
use omasote_ui::session::use_session;
use omasote_ui::view::{dynamic, optional, text};

/// What is asked for. A guide is to be chosen after that it is one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Asked {
    #[default]
    ToDo,
    Questionnaire(QuestionnaireId),
    Guide(Option<GuideId>),
    Document,
    Booking,
}

impl Asked {
    fn read(value: &str) -> Self {
        match value {
            "guide" => Self::Guide(None),
            "document" => Self::Document,
            "booking" => Self::Booking,
            id => id.parse().map_or(Self::ToDo, Self::Questionnaire),
        }
    }
}

/// What is chosen, and what the task is called unless it is a questionnaire.
#[derive(Clone, Copy)]
pub(super) struct Chosen {
    asked: RwSignal<Asked>,
    title: RwSignal<String>,
}

impl Chosen {
    pub(super) fn new() -> Self {
        Self { asked: RwSignal::new(Asked::default()), title: RwSignal::new(String::new()) }
    }

    /// What the task asks for and its title; none as long as the guide is not chosen.
    pub(super) fn read(self) -> Option<(TaskKind, String)> {
        let kind = match self.asked.get() {
            Asked::Questionnaire(questionnaire_id) => {
                return Some((TaskKind::Questionnaire { questionnaire_id }, String::new()));
            }
            Asked::Guide(guide) => TaskKind::Guide { guide_id: guide? },
            Asked::Document => TaskKind::Document {},
            Asked::Booking => TaskKind::Booking {},
            Asked::ToDo => TaskKind::ToDo {},
        };
        Some((kind, self.title.with(|title| title.trim().to_owned())))
    }
}

#[component]
pub(super) fn KindFields(chosen: Chosen, form: Form) -> impl IntoView {
    let Chosen { asked, title } = chosen;
    let is_guide = Memo::new(move |_| matches!(asked.get(), Asked::Guide(_)));
    let has_title = Memo::new(move |_| !matches!(asked.get(), Asked::Questionnaire(_)));
    let guide = optional(move || is_guide.get().then(|| view! { <GuideChoice chosen /> }.into_any()));
    let titled = optional(move || {
        has_title.get().then(|| {
            view! {
                <LineField id="task-name" label=Key::TASK_NAME value=title error=form.error_of("title") />
            }
            .into_any()
        })
    });
    view! {
        <KindChoice asked />
        {guide}
        {titled}
    }
}

/// A questionnaire that is published, or something else.
#[component]
fn KindChoice(asked: RwSignal<Asked>) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let all = Remote::new(move || {
        session.ask(async move |client| client.list_questionnaires(&PageQuery::default()).await)
    });
    let option = move |one: QuestionnaireSummary| {
        view! { <option value=one.id.to_string()>{text(move || words(i18n, &one.title))}</option> }
    };
    let options = dynamic(move || {
        let mut all = all.with(|page| page.items.clone()).unwrap_or_default();
        all.retain(|one| one.published.is_some());
        all.into_iter().map(option).collect_view().into_any()
    });
    view! {
        <div class="ds-field">
            <label class="ds-label" for="task-kind">{i18n.t(Key::TASK_KIND)}</label>
            <select
                class="ds-input"
                id="task-kind"
                on:change=move |event| asked.set(Asked::read(&event_target_value(&event)))
            >
                <option value="">{i18n.t(Key::TASK_KIND_TO_DO)}</option>
                <option value="guide">{i18n.t(Key::TASK_KIND_GUIDE)}</option>
                <option value="document">{i18n.t(Key::TASK_KIND_DOCUMENT)}</option>
                <option value="booking">{i18n.t(Key::TASK_KIND_BOOKING)}</option>
                {options}
            </select>
        </div>
    }
}

/// A guide that is published. The task is called as it is, until somebody writes something else.
#[component]
fn GuideChoice(chosen: Chosen) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let all = Remote::new(move || {
        let query = GuideQuery { limit: Some(200), ..GuideQuery::default() };
        session.ask(async move |client| client.list_guides(&query).await)
    });
    let option = move |one: GuideSummary| {
        view! { <option value=one.id.to_string()>{text(move || words(i18n, &one.title))}</option> }
    };
    let options = dynamic(move || {
        let all = all.with(|page| page.items.clone()).unwrap_or_default();
        all.into_iter().map(option).collect_view().into_any()
    });
    let choose = move |value: String| {
        let guide: Option<GuideId> = value.parse().ok();
        chosen.asked.set(Asked::Guide(guide));
        let titles = untrack(|| all.with(|page| page.items.clone())).unwrap_or_default();
        let is_own = |title: &str| titles.iter().any(|one| words(i18n, &one.title) == title);
        let named = titles.iter().find(|one| Some(one.id) == guide);
        if let Some(named) = named
            && chosen.title.with_untracked(|title| title.trim().is_empty() || is_own(title))
        {
            chosen.title.set(words(i18n, &named.title));
        }
    };
    view! {
        <div class="ds-field">
            <label class="ds-label" for="task-guide">{i18n.t(Key::TASK_GUIDE)}</label>
            <select class="ds-input" id="task-guide" on:change=move |event| choose(event_target_value(&event))>
                <option value="">{i18n.t(Key::TASK_GUIDE_CHOOSE)}</option>
                {options}
            </select>
        </div>
    }
}
