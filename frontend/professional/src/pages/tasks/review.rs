//! One task on one screen: what is flagged first, what it comes to, what has changed, what is open; and what is done about it.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use omasote_rules::questionnaires::Prepared;
use omasote_types::ids::{CitizenId, TaskId};
use omasote_types::questionnaires::{Answers, Form as Questions};
use omasote_types::tasks::{
    AnswerSource, Task, TaskCancellation, TaskChange, TaskCompletion, TaskKind, TaskResponse, TaskReview,
    TaskState,
};
use omasote_ui::action::{ActionButton, ConfirmedButton, Look};
use omasote_ui::announce::use_announcer;
use omasote_ui::clock::use_clock;
use omasote_ui::focus::PageTitle;
use omasote_ui::form::{Form, ReasonField, SubmitButton};
use omasote_ui::guides::guide_of;
use omasote_ui::i18n::{I18n, Key, use_i18n};
use omasote_ui::icon::Icon;
use omasote_ui::loading::Loading;
use omasote_ui::messages::Moment;
use omasote_ui::questionnaires::{Filling, FormFields, PaperForm, Results, answer_in_words, words};
use omasote_ui::remote::Remote;
use omasote_ui::session::use_session;
use omasote_ui::view::{dynamic, text};

use super::list::{standing_in_words, urgent_mark};
use super::recording::recording;
use super::scores::ScoreHistory;
use super::sending_back::SendBack;
use crate::paths;

#[component]
pub(super) fn ReviewPage(client: CitizenId, id: TaskId) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let task = Remote::new(move || session.ask(async move |api| api.get_task(id).await));
    let changed = Callback::new(move |()| task.refresh());
    view! {
        <div class="page office">
            <a class="back" href=paths::client(client)>{Icon::BACK} {i18n.t(Key::CLIENT_CARD)}</a>
            <Loading data=task rows=4 let:task>
                <Body task changed />
            </Loading>
        </div>
    }
}

#[component]
fn Body(task: Signal<Task>, changed: Callback<()>) -> impl IntoView {
    let (i18n, clock) = (use_i18n(), use_clock());
    let title = text(move || task.with(|task| words(i18n, &task.title)));
    let client = text(move || task.with(|task| task.citizen.name.clone()));
    let when = text(move || task.with(|task| standing_in_words(i18n, task, clock.now())));
    let urgent = move || task.with(urgent_mark).map(|mark| view! { <p>{mark}</p> }).into_any();
    let version = Memo::new(move |_| task.with(|task| task.version));
    let content = move || {
        let _ = version.get();
        task.with_untracked(|task| view! { <Content task=task.clone() changed /> }.into_any())
    };
    view! {
        <header>
            <PageTitle text=title />
            <p>{client} " · " {when}</p>
            {dynamic(urgent)}
        </header>
        {dynamic(content)}
    }
}

#[component]
fn Content(task: Task, changed: Callback<()>) -> impl IntoView {
    let (i18n, session, id) = (use_i18n(), use_session(), task.id);
    let is_open = matches!(task.state, TaskState::Given | TaskState::Started | TaskState::SentBack);
    let (asks, counts) = (task.kind.asks(), matches!(task.kind, TaskKind::Questionnaire { .. }));
    let recorded = task.clone();
    let answers = (asks && !is_open).then(move || {
        let response = Remote::new(move || session.ask(async move |api| api.get_task_response(id).await));
        view! {
            <Loading data=response rows=4 let:response>
                {summary(&recorded, response.get_untracked())}
            </Loading>
            {counts.then(|| view! { <ScoreHistory id /> })}
        }
    });
    let is_done = matches!(task.state, TaskState::Answered | TaskState::Reviewed);
    let plain = (!asks && is_done).then(|| recording(&task, None));
    let code = task.code.clone();
    view! {
        <p class="message-text" dir="auto">{task.text.clone()}</p>
        {guide_of(task.kind)}
        {answers}
        {plain}
        {(task.state == TaskState::Answered).then(|| view! { <ReviewForm id changed /> <SendBack id changed /> })}
        {(is_open && asks).then(|| view! { <Entering id changed /> })}
        {is_open.then(|| view! { <CallOff id changed /> })}
        {is_open.then(|| view! { <PaperForm task=task.clone() /> })}
        <p class="fine">{text(move || i18n.filled(Key::TASK_CODE, &[("code", &code)]))}</p>
        <History id />
    }
}

/// A question with what is answered.
type Line = (String, String);

fn summary(task: &Task, response: TaskResponse) -> AnyView {
    let i18n = use_i18n();
    let TaskResponse { form, answers, last, .. } = response;
    let before = last.map(|last| (last.form, last.answers));
    let recording =
        task.answered_at.is_some().then(|| recording(task, Some(&(form.clone(), answers.clone()))));
    let results = Filling::new(form.clone(), answers.clone()).map(|filling| view! { <Results filling /> });
    let parts = dynamic(move || match read(i18n, &form, &answers, before.as_ref()) {
        None => view! { <p>{i18n.t(Key::ERROR_INTERNAL)}</p> }.into_any(),
        Some(parts) => {
            let parts = parts.into_iter().filter(|(_, lines)| !lines.is_empty());
            parts.map(|(title, lines)| part(i18n, title, lines)).collect_view().into_any()
        }
    });
    view! { <section class="card">{results} {parts} {recording}</section> }.into_any()
}

fn part(i18n: I18n, title: Key, lines: Vec<Line>) -> AnyView {
    let lines = lines.into_iter().map(|(question, answer)| {
        view! {
            <div>
                <dt>{question}</dt>
                <dd class="message-text" dir="auto">{answer}</dd>
            </div>
        }
    });
    view! {
        <h2 class="ds-heading" data-size="2xs">{i18n.t(title)}</h2>
        <dl class="answers">{lines.collect_view()}</dl>
    }
    .into_any()
}

/// The answers on one screen: flagged first, then what has changed, what is open, and all of it.
fn read(
    i18n: I18n,
    form: &Questions,
    answers: &Answers,
    before: Option<&(Questions, Answers)>,
) -> Option<[(Key, Vec<Line>); 4]> {
    let prepared = Prepared::new(form.clone()).ok()?;
    let past = before.and_then(|(form, answers)| Some((Prepared::new(form.clone()).ok()?, answers)));
    let reading = prepared.read(answers);
    let last = past.as_ref().map(|(prepared, answers)| prepared.read(answers));
    let summary = reading.summary(last.as_ref());
    let flagged = summary
        .flagged
        .iter()
        .map(|(item, answer)| (words(i18n, &item.text), answer_in_words(i18n, item, answer)));
    let nothing = || i18n.text(Key::SUMMARY_NO_ANSWER).to_owned();
    let changes = summary.changes.iter().map(|change| {
        let said = |answer: Option<_>| {
            answer.map_or_else(nothing, |answer| answer_in_words(i18n, change.item, answer))
        };
        (words(i18n, &change.item.text), format!("{} → {}", said(change.before), said(change.after)))
    });
    let open = summary.open.iter().map(|item| (words(i18n, &item.text), nothing()));
    let all = prepared.items().filter_map(|item| {
        let answer = reading.answer(&item.link_id)?;
        Some((words(i18n, &item.text), answer_in_words(i18n, item, answer)))
    });
    Some([
        (Key::SUMMARY_FLAGGED, flagged.collect()),
        (Key::SUMMARY_CHANGED, changes.collect()),
        (Key::SUMMARY_OPEN, open.collect()),
        (Key::SUMMARY_ALL, all.collect()),
    ])
}

#[component]
fn ReviewForm(id: TaskId, changed: Callback<()>) -> impl IntoView {
    let (session, announcer, form) = (use_session(), use_announcer(), Form::new());
    let remark = RwSignal::new(String::new());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let review = TaskReview { remark: remark.get_untracked() };
        if form.accepts(review.validate()) {
            form.send(session.ask(async move |api| api.review_task(id, &review).await), move |_| {
                announcer.say(Key::REVIEW_DONE);
                changed.try_run(());
            });
        }
    };
    view! {
        <form class="form" novalidate=true on:submit=submit>
            <ReasonField
                id="review-remark"
                label=Key::REVIEW_REMARK
                value=remark
                error=form.error_of("remark")
            />
            <SubmitButton form label=Key::REVIEW_MARK />
        </form>
    }
}

#[component]
fn CallOff(id: TaskId, changed: Callback<()>) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let question = text(move || i18n.text(Key::TASK_CALL_OFF_QUESTION).to_owned());
    let run = Callback::new(move |()| {
        session.ask(async move |api| api.cancel_task(id, &TaskCancellation::default()).await.map(drop))
    });
    view! {
        <ConfirmedButton
            label=Key::TASK_CALL_OFF
            question
            confirm=Key::TASK_CALL_OFF
            run
            done=Key::TASK_CALLED_OFF
            on_done=changed
        />
    }
}

/// What came on paper or was told on the telephone, entered for the client.
#[component]
fn Entering(id: TaskId, changed: Callback<()>) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let is_open = RwSignal::new(false);
    dynamic(move || {
        if !is_open.get() {
            return view! {
                <button
                    type="button"
                    class="ds-button"
                    data-variant="secondary"
                    on:click=move |_| is_open.set(true)
                >
                    {i18n.t(Key::ENTER_ANSWERS)}
                </button>
            }
            .into_any();
        }
        let response = Remote::new(move || session.ask(async move |api| api.get_task_response(id).await));
        view! {
            <Loading data=response rows=4 let:response>
                {entering(id, response.get_untracked().form, changed)}
            </Loading>
        }
        .into_any()
    })
}

fn entering(id: TaskId, form: Questions, changed: Callback<()>) -> AnyView {
    let (i18n, session) = (use_i18n(), use_session());
    let Some(filling) = Filling::new(form, Answers::new()) else {
        return view! { <p>{i18n.t(Key::ERROR_INTERNAL)}</p> }.into_any();
    };
    let send = move |source: AnswerSource| {
        Callback::new(move |()| {
            let answers = filling.to_send();
            session.ask(async move |api| {
                let completion =
                    TaskCompletion { answers, source: Some(source), ..TaskCompletion::default() };
                api.complete_task(id, &completion).await.map(drop)
            })
        })
    };
    let button = |source, label| {
        view! {
            <ActionButton label look=Look::MAIN run=send(source) done=Key::ENTERED on_done=changed />
        }
    };
    view! {
        <div class="card form questionnaire">
            <FormFields filling />
            {button(AnswerSource::Paper, Key::ENTER_FROM_PAPER)}
            {button(AnswerSource::Phone, Key::ENTER_FROM_PHONE)}
        </div>
    }
    .into_any()
}

/// Who did what with it, and when.
#[component]
fn History(id: TaskId) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let changes = Remote::new(move || session.ask(async move |api| api.list_task_changes(id).await));
    let row = move |change: TaskChange| {
        let TaskChange { state, at, by, on_behalf_of, remark, .. } = change;
        let name = match state {
            TaskState::Given => Key::CHANGE_GIVEN,
            TaskState::Started => Key::CHANGE_STARTED,
            TaskState::Answered => Key::CHANGE_ANSWERED,
            TaskState::Reviewed => Key::CHANGE_REVIEWED,
            TaskState::SentBack => Key::CHANGE_SENT_BACK,
            TaskState::Cancelled => Key::TASK_CANCELLED,
        };
        let behalf =
            on_behalf_of.map(|whose| text(move || i18n.filled(Key::CHANGE_ON_BEHALF, &[("name", &whose)])));
        view! {
            <li>
                <p class="fine"><strong>{i18n.t(name)}</strong> " " <Moment at=at /> " " {by} " " {behalf}</p>
                {remark.map(|remark| view! { <p class="message-text" dir="auto">{remark}</p> })}
            </li>
        }
    };
    view! {
        <details>
            <summary>{i18n.t(Key::CHANGES_TITLE)}</summary>
            <Loading data=changes rows=1 let:all>
                {dynamic(move || {
                    let rows = all.get().into_iter().map(row).collect_view();
                    view! { <ul class="notes">{rows}</ul> }.into_any()
                })}
            </Loading>
        </details>
    }
}
