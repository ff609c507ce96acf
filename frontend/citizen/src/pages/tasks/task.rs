//! One task: what is asked, by when, and the way to do it.

use leptos::prelude::*;
use omasote_rules::tasks::Phase;
use omasote_types::ids::TaskId;
use omasote_types::tasks::{Task, TaskCompletion, TaskKind, TaskState};
use omasote_ui::action::{ActionButton, Look};
use omasote_ui::clock::use_clock;
use omasote_ui::focus::PageTitle;
use omasote_ui::guides::guide_of;
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::icon::Icon;
use omasote_ui::loading::Loading;
use omasote_ui::questionnaires::{PaperForm, words};
use omasote_ui::remote::Remote;
use omasote_ui::session::use_session;
use omasote_ui::view::{dynamic, text};

use super::answering::Answering;
use super::card::{due, standing};
use crate::paths;

#[component]
pub(super) fn TaskPage(id: TaskId) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let task = Remote::new(move || session.ask(async move |client| client.get_task(id).await));
    let changed = Callback::new(move |()| task.refresh());
    view! {
        <div class="page">
            <a class="back" href=paths::AGENDA>{Icon::BACK} {i18n.t(Key::AGENDA_TITLE)}</a>
            <Loading data=task let:task>
                <Body task changed />
            </Loading>
        </div>
    }
}

#[component]
fn Body(task: Signal<Task>, changed: Callback<()>) -> impl IntoView {
    let (i18n, clock) = (use_i18n(), use_clock());
    let id = task.with_untracked(|task| task.id);
    let title = text(move || task.with(|task| words(i18n, &task.title)));
    let phase = Memo::new(move |_| task.with(standing).phase(clock.now()));
    let when = text(move || task.with(|task| due(i18n, task, phase.get())));
    let unit = text(move || task.with(|task| i18n.local(&task.unit.name)));
    let state = Memo::new(move |_| task.with(|task| (task.state, task.remark.clone())));
    let remark = move || {
        let (state, remark) = state.get();
        let label = match state {
            TaskState::SentBack => Key::TASK_SENT_BACK,
            _ => Key::TASK_REMARK,
        };
        let shown = remark.map(|remark| {
            view! {
                <div class="ds-alert" data-color="info">
                    <p><strong>{i18n.t(label)}</strong></p>
                    <p class="message-text" dir="auto">{remark}</p>
                </div>
            }
        });
        shown.into_any()
    };
    let said = text(move || task.with(|task| task.text.clone()));
    let doing = move || task.with_untracked(|task| doing(task, phase.get(), changed));
    let doing = move || {
        // Made anew when it goes from being done to done, not with each save.
        let _ = (state.get().0, phase.get());
        doing()
    };
    view! {
        <header>
            <PageTitle text=title />
            <p>{unit} " · " {when}</p>
        </header>
        {dynamic(remark)}
        <p class="message-text" dir="auto">{said}</p>
        {dynamic(doing)}
        <p>
            <a class="ds-link" href=paths::write_about_task(id)>{i18n.t(Key::TASK_WRITE)}</a>
        </p>
    }
}

/// The way to do it, as it stands.
fn doing(task: &Task, phase: Phase, changed: Callback<()>) -> AnyView {
    let i18n = use_i18n();
    let id = task.id;
    match (phase, task.kind) {
        (Phase::Cancelled, _) => view! { <p>{i18n.t(Key::TASK_NOT_ASKED)}</p> }.into_any(),
        (Phase::Upcoming, _) => view! { <p>{i18n.t(Key::TASK_WAITS)}</p> }.into_any(),
        (_, kind) if kind.asks() => {
            let is_done = matches!(phase, Phase::Done | Phase::DoneLate);
            let paper = (!is_done).then(|| view! { <PaperForm task=task.clone() /> });
            let by_message = (kind == TaskKind::Document {} && !is_done).then(|| {
                view! {
                    <p>
                        <a class="ds-button" data-variant="secondary" href=paths::write_about_task(id)>
                            {i18n.t(Key::TASK_DOCUMENT_BY_MESSAGE)}
                        </a>
                    </p>
                }
            });
            view! { {guide_of(kind)} {by_message} <Answering id is_done changed /> {paper} }.into_any()
        }
        (Phase::Done | Phase::DoneLate, _) => ().into_any(),
        (_, TaskKind::Booking {}) => view! {
            <p>
                <a class="ds-button" data-variant="primary" href=paths::BOOKING>{i18n.t(Key::TASK_BOOK)}</a>
            </p>
            <p>{i18n.t(Key::TASK_BOOKED_ELSEWHERE)}</p>
            <DoneButton id changed />
        }
        .into_any(),
        _ => view! { <DoneButton id changed /> }.into_any(),
    }
}

#[component]
fn DoneButton(id: TaskId, changed: Callback<()>) -> impl IntoView {
    let session = use_session();
    let run = Callback::new(move |()| {
        session.ask(async move |client| client.complete_task(id, &TaskCompletion::default()).await.map(drop))
    });
    view! {
        <ActionButton label=Key::TASK_MARK_DONE look=Look::MAIN run done=Key::TASK_MARKED on_done=changed />
    }
}
