//! Giving a client a task.

use chrono::Days;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use omasote_client::IdempotencyKey;
use omasote_types::error::FieldErrorCode;
use omasote_types::ids::{CitizenId, QuestionnaireId, UnitId};
use omasote_types::page::PageQuery;
use omasote_types::questionnaires::QuestionnaireSummary;
use omasote_types::sessions::Me;
use omasote_types::tasks::{NewTask, TaskKind, Window};
use omasote_types::units::UnitRef;
use omasote_ui::announce::use_announcer;
use omasote_ui::clock::use_clock;
use omasote_ui::form::{Form, LineField, ReasonField, SubmitButton};
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::intl;
use omasote_ui::questionnaires::words;
use omasote_ui::remote::Remote;
use omasote_ui::session::use_session;
use omasote_ui::view::{dynamic, optional, text};

/// How many days a task has, unless the professional says otherwise.
const USUAL_DAYS: u64 = 14;

#[component]
pub(super) fn GiveForm(client: CitizenId, given: Callback<()>) -> impl IntoView {
    let (session, announcer, form, clock) = (use_session(), use_announcer(), Form::new(), use_clock());
    let units = expect_context::<Me>().units;
    let unit = RwSignal::new(units.first().map(|unit| unit.id));
    let questionnaire = RwSignal::new(None::<QuestionnaireId>);
    let today = intl::today(clock.milliseconds());
    let (title, said) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let from = RwSignal::new(today.to_string());
    let to = RwSignal::new((today + Days::new(USUAL_DAYS)).to_string());
    let key = StoredValue::new(IdempotencyKey::random());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let (Some(unit_id), Some(from), Some(to)) = (
            unit.get_untracked(),
            intl::written_date(&from.get_untracked()),
            intl::written_date(&to.get_untracked()),
        ) else {
            announcer.say(Key::TASK_DAYS_INVALID);
            return;
        };
        let (kind, title) = match questionnaire.get_untracked() {
            Some(questionnaire_id) => (TaskKind::Questionnaire { questionnaire_id }, String::new()),
            None => (TaskKind::ToDo {}, title.with_untracked(|title| title.trim().to_owned())),
        };
        let text = said.get_untracked();
        let new = NewTask { unit_id, kind, title, text, minutes: None, window: Window { from, to }, follow_up: None };
        if form.accepts(new.validate()) {
            let key = key.get_value();
            let answer = session.ask(async move |api| api.create_task(client, &new, &key).await);
            form.send(answer, move |_| {
                announcer.say(Key::TASK_GIVEN);
                given.try_run(());
            });
        }
    };
    // What is asked for anew is something else.
    Effect::new(move || {
        let _ = (questionnaire.get(), title.get(), said.get(), from.get(), to.get(), unit.get());
        key.set_value(IdempotencyKey::random());
    });
    let titled = optional(move || {
        questionnaire.get().is_none().then(|| {
            view! {
                <LineField id="task-name" label=Key::TASK_NAME value=title error=form.error_of("title") />
            }
            .into_any()
        })
    });
    let window_error =
        Signal::derive(move || form.error_of("window.to").get().map(|_| FieldErrorCode::InvalidFormat));
    view! {
        <form class="card form" novalidate=true on:submit=submit>
            <UnitChoice units unit />
            <KindChoice questionnaire />
            {titled}
            <ReasonField id="task-words" label=Key::TASK_WORDS value=said error=form.error_of("text") />
            <LineField id="task-from" label=Key::TASK_FROM kind="date" value=from error=form.error_of("window.from") />
            <LineField
                id="task-to"
                label=Key::TASK_TO
                kind="date"
                value=to
                error=window_error
                invalid=Key::TASK_DAYS_INVALID
            />
            <SubmitButton form label=Key::TASK_GIVE_NOW />
        </form>
    }
}

#[component]
fn UnitChoice(units: Vec<UnitRef>, unit: RwSignal<Option<UnitId>>) -> impl IntoView {
    let i18n = use_i18n();
    (units.len() > 1).then(|| {
        let option = move |one: UnitRef| {
            view! { <option value=one.id.to_string()>{text(move || i18n.local(&one.name))}</option> }
        };
        view! {
            <div class="ds-field">
                <label class="ds-label" for="task-unit">{i18n.t(Key::TASK_UNIT)}</label>
                <select
                    class="ds-input"
                    id="task-unit"
                    on:change=move |event| unit.set(event_target_value(&event).parse().ok())
                >
                    {units.into_iter().map(option).collect_view()}
                </select>
            </div>
        }
    })
}

/// A questionnaire that is published, or something else.
#[component]
fn KindChoice(questionnaire: RwSignal<Option<QuestionnaireId>>) -> impl IntoView {
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
                on:change=move |event| questionnaire.set(event_target_value(&event).parse().ok())
            >
                <option value="">{i18n.t(Key::TASK_KIND_TO_DO)}</option>
                {options}
            </select>
        </div>
    }
}
