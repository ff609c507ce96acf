//! What a client does before an event: the tasks that hang on it, and giving one.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use omasote_client::IdempotencyKey;
use omasote_types::error::FieldErrorCode;
use omasote_types::ids::{CitizenId, EventId};
use omasote_types::tasks::{NewEventTask, Task};
use omasote_ui::announce::use_announcer;
use omasote_ui::clock::use_clock;
use omasote_ui::form::{Form, LineField, ReasonField, SubmitButton};
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::loading::Loading;
use omasote_ui::questionnaires::words;
use omasote_ui::remote::Remote;
use omasote_ui::session::use_session;
use omasote_ui::updates::use_updates;
use omasote_ui::view::{dynamic, optional, said, text};

use super::kind::{Chosen, KindFields};
use super::list::standing_in_words;
use crate::paths;

/// From how many days before the event it is usually done, and until how many.
const USUAL_DAYS: (&str, &str) = ("14", "1");

/// Makes the part of an event's page.
pub(super) fn of_event(client: CitizenId, id: EventId, may_give: bool) -> AnyView {
    view! { <EventTasks client id may_give /> }.into_any()
}

#[component]
fn EventTasks(client: CitizenId, id: EventId, may_give: bool) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let tasks = Remote::new(move || session.ask(async move |api| api.list_event_tasks(id).await));
    use_updates().on_agenda_change(move || tasks.refresh());
    let is_open = RwSignal::new(false);
    let given = Callback::new(move |()| {
        is_open.try_set(false);
        tasks.refresh();
    });
    let form = optional(move || is_open.get().then(|| view! { <GiveForm id given /> }.into_any()));
    let giving = may_give.then(|| {
        view! {
            <div class="action">
                <button
                    type="button"
                    class="ds-button"
                    data-variant="secondary"
                    aria-expanded=said(is_open)
                    on:click=move |_| is_open.update(|is_open| *is_open = !*is_open)
                >
                    {i18n.t(Key::EVENT_TASK_GIVE)}
                </button>
            </div>
            {form}
        }
    });
    view! {
        <section class="part" aria-labelledby="event-tasks-title">
            <h2 class="ds-heading" data-size="xs" id="event-tasks-title">{i18n.t(Key::EVENT_TASKS)}</h2>
            <Loading data=tasks rows=1 let:tasks>
                {dynamic(move || rows(client, tasks.get()))}
            </Loading>
            {giving}
        </section>
    }
}

fn rows(client: CitizenId, tasks: Vec<Task>) -> AnyView {
    let (i18n, clock) = (use_i18n(), use_clock());
    if tasks.is_empty() {
        return view! { <p>{i18n.t(Key::EVENT_TASKS_NONE)}</p> }.into_any();
    }
    let row = |task: Task| {
        let (title, address) = (task.title.clone(), paths::task(client, task.id));
        let standing = text(move || standing_in_words(i18n, &task, clock.now()));
        view! {
            <li class="card access">
                <p class="access-what">
                    <a class="ds-link" href=address>{text(move || words(i18n, &title))}</a>
                </p>
                <p class="fine">{standing}</p>
            </li>
        }
    };
    view! { <ul class="accesses">{tasks.into_iter().map(row).collect_view()}</ul> }.into_any()
}

#[component]
fn GiveForm(id: EventId, given: Callback<()>) -> impl IntoView {
    let (session, announcer, form) = (use_session(), use_announcer(), Form::new());
    let chosen = Chosen::new();
    let [words, from, to] = ["", USUAL_DAYS.0, USUAL_DAYS.1].map(|first| RwSignal::new(first.to_owned()));
    // The same sent again is done once.
    let sent = StoredValue::new(None::<(NewEventTask, IdempotencyKey)>);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let (Some(from_days), Some(to_days)) = (days_before(from), days_before(to)) else {
            announcer.say(Key::EVENT_TASK_DAYS_INVALID);
            return;
        };
        let Some((kind, title)) = untrack(|| chosen.read()) else {
            announcer.say(Key::TASK_GUIDE_CHOOSE);
            return;
        };
        let text = words.get_untracked();
        let new = NewEventTask { kind, title, text, minutes: None, from_days, to_days, follow_up: None };
        if form.accepts(new.validate()) {
            let before = sent.get_value().filter(|(before, _)| *before == new);
            let (new, key) = before.unwrap_or_else(|| (new, IdempotencyKey::random()));
            sent.set_value(Some((new.clone(), key.clone())));
            let answer = session.ask(async move |api| api.create_event_task(id, &new, &key).await);
            form.send(answer, move |_| {
                announcer.say(Key::TASK_GIVEN);
                given.try_run(());
            });
        }
    };
    view! {
        <form class="card form" novalidate=true on:submit=submit>
            <KindFields chosen form />
            <ReasonField id="task-words" label=Key::TASK_WORDS value=words error=form.error_of("text") />
            {days_field(form, ("event-task-from", "fromDays"), Key::EVENT_TASK_FROM, from)}
            {days_field(form, ("event-task-to", "toDays"), Key::EVENT_TASK_TO, to)}
            <SubmitButton form label=Key::TASK_GIVE_NOW />
        </form>
    }
}

fn days_field(
    form: Form,
    (id, field): (&'static str, &'static str),
    label: Key,
    value: RwSignal<String>,
) -> AnyView {
    let error = Signal::derive(move || form.error_of(field).get().map(|_| FieldErrorCode::InvalidFormat));
    view! { <LineField id label value error invalid=Key::EVENT_TASK_DAYS_INVALID /> }.into_any()
}

/// So many days before the event, counted from it.
fn days_before(written: RwSignal<String>) -> Option<i32> {
    written.with_untracked(|written| written.trim().parse::<i32>().ok()).and_then(i32::checked_neg)
}
