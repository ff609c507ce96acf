//! Answering a questionnaire: what is answered saves itself and goes on on another device.

use std::time::Duration;

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use omasote_types::Instant;
use omasote_types::ids::TaskId;
use omasote_types::questionnaires::Answers;
use omasote_types::tasks::{TaskCompletion, TaskResponse, TaskResponseUpdate};
use omasote_ui::announce::use_announcer;
use omasote_ui::clock::{Clock, use_clock};
use omasote_ui::form::{Form, SubmitButton};
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::loading::Loading;
use omasote_ui::questionnaires::{Alerts, Filling, FormFields, Results, answer_in_words, words};
use omasote_ui::remote::Remote;
use omasote_ui::session::{Session, use_session};
use omasote_ui::view::{dynamic, text};

/// How long nothing is typed before what is there is saved.
const QUIET_FOR: Duration = Duration::from_millis(700);
/// How long after a failed save it is tried again.
const TRY_AGAIN_AFTER: Duration = Duration::from_secs(5);

#[component]
pub(super) fn Answering(id: TaskId, is_done: bool, changed: Callback<()>) -> impl IntoView {
    let session = use_session();
    // Opening it is what the unit learns of, until something is answered.
    let response = Remote::new(move || {
        session.ask(async move |client| {
            if !is_done {
                client.start_task(id).await?;
            }
            client.get_task_response(id).await
        })
    });
    view! {
        <Loading data=response rows=6 let:response>
            {answered_or_open(id, response.get_untracked(), is_done, changed)}
        </Loading>
    }
}

fn answered_or_open(id: TaskId, response: TaskResponse, is_done: bool, changed: Callback<()>) -> AnyView {
    let i18n = use_i18n();
    match Filling::new(response.form, response.answers) {
        None => view! { <p>{i18n.t(Key::ERROR_INTERNAL)}</p> }.into_any(),
        Some(filling) if is_done => view! { <Answered filling /> }.into_any(),
        Some(filling) => view! { <OpenForm id filling changed /> }.into_any(),
    }
}

/// What was sent.
#[component]
fn Answered(filling: Filling) -> impl IntoView {
    let i18n = use_i18n();
    let list = move || {
        let lines = filling.with(|prepared, answers| {
            let reading = prepared.read(answers);
            let lines = prepared.items().filter_map(|item| {
                let answer = reading.answer(&item.link_id)?;
                Some((words(i18n, &item.text), answer_in_words(i18n, item, answer)))
            });
            lines.collect::<Vec<_>>()
        });
        let lines = lines.into_iter().map(|(question, answer)| {
            view! {
                <div>
                    <dt>{question}</dt>
                    <dd class="message-text" dir="auto">{answer}</dd>
                </div>
            }
        });
        view! { <dl class="answers">{lines.collect_view()}</dl> }.into_any()
    };
    view! {
        <section class="card">
            <h2 class="ds-heading" data-size="xs">{i18n.t(Key::TASK_ANSWERS)}</h2>
            <Results filling />
            {dynamic(list)}
        </section>
    }
}

/// How keeping goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kept {
    Nothing,
    Saving,
    Saved,
    Offline,
}

/// Keeps the answers as they are given.
#[derive(Clone, Copy)]
struct Keeping {
    id: TaskId,
    session: Session,
    filling: Filling,
    state: RwSignal<Kept>,
    saved: StoredValue<Answers>,
    timer: StoredValue<Option<TimeoutHandle>>,
    is_sent: StoredValue<bool>,
    clock: Clock,
}

impl Keeping {
    fn begin(id: TaskId, filling: Filling) -> Self {
        let keeping = Self {
            id,
            session: use_session(),
            filling,
            state: RwSignal::new(Kept::Nothing),
            saved: StoredValue::new(filling.answers().get_untracked()),
            timer: StoredValue::new(None),
            is_sent: StoredValue::new(false),
            clock: use_clock(),
        };
        Effect::new(move || {
            filling.answers().track();
            keeping.save_after(QUIET_FOR);
        });
        on_cleanup(move || keeping.save());
        keeping
    }

    fn save_after(self, pause: Duration) {
        if let Some(Some(timer)) = self.timer.try_update_value(Option::take) {
            timer.clear();
        }
        if let Ok(timer) = set_timeout_with_handle(move || self.save(), pause) {
            self.timer.try_set_value(Some(timer));
        }
    }

    fn save(self) {
        let Some(answers) = self.filling.answers().try_get_untracked() else { return };
        let is_needless = self.is_sent.try_get_value() != Some(false)
            || self.saved.try_with_value(|saved| *saved == answers) != Some(false);
        if is_needless {
            return;
        }
        self.keep(answers, self.clock.present());
    }

    fn keep(self, answers: Answers, written_at: Instant) {
        self.state.try_set(Kept::Saving);
        let (id, update) = (self.id, TaskResponseUpdate { answers: answers.clone(), written_at });
        let asked = self.session.ask(async move |client| client.save_task_response(id, &update).await);
        spawn_local(async move {
            match asked.await {
                Ok(_) => {
                    self.saved.try_set_value(answers);
                    self.state.try_set(Kept::Saved);
                }
                Err(error) if error.is_passing() => {
                    self.state.try_set(Kept::Offline);
                    if self.timer.try_get_value().is_some() {
                        self.save_after(TRY_AGAIN_AFTER);
                    }
                }
                // What is refused is told at its question when it is sent.
                Err(_) => {
                    self.state.try_set(Kept::Nothing);
                }
            }
        });
    }
}

#[component]
fn OpenForm(id: TaskId, filling: Filling, changed: Callback<()>) -> impl IntoView {
    let (i18n, session, announcer, form) = (use_i18n(), use_session(), use_announcer(), Form::new());
    let keeping = Keeping::begin(id, filling);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(answers) = filling.to_send() else {
            announcer.say(Key::TASK_INCOMPLETE);
            return;
        };
        let completion = TaskCompletion { answers: Some(answers), ..TaskCompletion::default() };
        let answer = session.ask(async move |client| client.complete_task(id, &completion).await);
        form.send(answer, move |_| {
            keeping.is_sent.try_set_value(true);
            announcer.say(Key::TASK_SENT);
            changed.try_run(());
        });
    };
    let description = filling.with(|prepared, _| prepared.form().description.clone());
    let attribution = filling.with(|prepared, _| prepared.form().rights.attribution.clone());
    let progress = text(move || {
        let (all, answered) = filling.progress();
        i18n.filled(Key::TASK_PROGRESS, &[("answered", &answered.to_string()), ("all", &all.to_string())])
    });
    let kept = text(move || match keeping.state.get() {
        Kept::Nothing => String::new(),
        Kept::Saving => i18n.text(Key::TASK_SAVING).to_owned(),
        Kept::Saved => i18n.text(Key::TASK_SAVED).to_owned(),
        Kept::Offline => i18n.text(Key::TASK_OFFLINE).to_owned(),
    });
    view! {
        <p class="message-text">{text(move || words(i18n, &description))}</p>
        <form class="form questionnaire" novalidate=true on:submit=submit>
            <FormFields filling />
            <Alerts filling />
            <p class="fine" role="status">{progress} " " {kept}</p>
            <SubmitButton form label=Key::TASK_SEND />
            <p class="fine">{text(move || words(i18n, &attribution))}</p>
        </form>
    }
}
