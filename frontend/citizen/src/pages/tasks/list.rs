//! What is asked of the citizen: now, coming, and done.

use leptos::prelude::*;
use omasote_rules::tasks::{Phase, Standing};
use omasote_types::Instant;
use omasote_types::page::Page;
use omasote_types::tasks::{Task, TaskList, TaskQuery, TaskState};
use omasote_ui::clock::use_clock;
use omasote_ui::focus::PageTitle;
use omasote_ui::i18n::{I18n, Key, use_i18n};
use omasote_ui::intl;
use omasote_ui::loading::Loading;
use omasote_ui::paged::{MoreButton, PagedList, Refresh};
use omasote_ui::questionnaires::words;
use omasote_ui::session::use_session;
use omasote_ui::view::{dynamic, text};

use crate::{paths, use_citizen};

/// Where a task stands, as the rules weigh it.
pub(super) fn standing(task: &Task) -> Standing {
    Standing {
        state: task.state,
        window: task.window,
        started_at: task.started_at,
        answered_at: task.answered_at,
        times_sent_back: task.times_sent_back,
    }
}

#[component]
pub(super) fn TasksPage() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="page">
            <header>
                <PageTitle text=text(move || i18n.text(Key::TASKS_TITLE).to_owned()) />
                <p class="lead">{i18n.t(Key::TASKS_INTRO)}</p>
            </header>
            <Tasks list=TaskList::ToDo />
            <Tasks list=TaskList::Done />
        </div>
    }
}

fn listed(list: TaskList) -> PagedList<Task> {
    let (session, citizen) = (use_session(), use_citizen());
    PagedList::new(Refresh::Everything, move |page| {
        let query = TaskQuery { list, cursor: page.cursor, limit: page.limit };
        session.ask(async move |client| client.list_tasks(citizen, &query).await)
    })
}

#[component]
fn Tasks(list: TaskList) -> impl IntoView {
    let (i18n, tasks) = (use_i18n(), listed(list));
    let (title, id) = match list {
        TaskList::ToDo => (Key::TASKS_TO_DO, "tasks-to-do"),
        TaskList::Done => (Key::TASKS_DONE, "tasks-done"),
    };
    view! {
        <section aria-labelledby=id>
            <div class="section-head">
                <h2 class="ds-heading" data-size="xs" id=id>{i18n.t(title)}</h2>
            </div>
            <Loading data=tasks.page() let:page>
                <Cards page list />
                <MoreButton list=tasks label=Key::SHOW_MORE />
            </Loading>
        </section>
    }
}

#[component]
fn Cards(page: Signal<Page<Task>>, list: TaskList) -> impl IntoView {
    let i18n = use_i18n();
    let is_empty = Memo::new(move |_| page.with(|page| page.items.is_empty()));
    let nothing = match list {
        TaskList::ToDo => Key::TASKS_NOTHING,
        TaskList::Done => Key::TASKS_NONE_DONE,
    };
    dynamic(move || match is_empty.get() {
        true => view! { <p class="fine">{i18n.t(nothing)}</p> }.into_any(),
        false => view! {
            <ul class="task-cards">
                <For each=move || page.get().items key=|task| (task.id, task.version) let:task>
                    <TaskCard task />
                </For>
            </ul>
        }
        .into_any(),
    })
}

#[component]
fn TaskCard(task: Task) -> impl IntoView {
    let (i18n, clock) = (use_i18n(), use_clock());
    let (title, unit) = (task.title.clone(), task.unit.name.clone());
    let phase = Memo::new({
        let standing = standing(&task);
        move |_| standing.phase(clock.now())
    });
    let mark = move || match phase.get() {
        Phase::Late => "late",
        Phase::Open => "open",
        _ => "other",
    };
    let href = paths::task(task.id);
    let when = text(move || due(i18n, &task, phase.get()));
    view! {
        <li class="card task-card" data-phase=mark>
            <h3 class="ds-heading" data-size="2xs">
                <a class="ds-link" href=href>{text(move || words(i18n, &title))}</a>
            </h3>
            <p>{when}</p>
            <p class="fine">{text(move || i18n.local(&unit))}</p>
        </li>
    }
}

/// By when, how long it takes, and who waits for what.
pub(super) fn due(i18n: I18n, task: &Task, phase: Phase) -> String {
    let language = i18n.language();
    let (from, to) = (intl::date(language, task.window.from), intl::date(language, task.window.to));
    let when = match phase {
        Phase::Upcoming => i18n.filled(Key::TASK_UPCOMING, &[("from", &from), ("to", &to)]),
        Phase::Open => i18n.filled(Key::TASK_OPEN, &[("to", &to)]),
        Phase::Late => i18n.filled(Key::TASK_LATE, &[("to", &to)]),
        Phase::Done | Phase::DoneLate => done(i18n, task),
        Phase::Cancelled => i18n.text(Key::TASK_CANCELLED).to_owned(),
    };
    let is_to_do = matches!(phase, Phase::Upcoming | Phase::Open | Phase::Late);
    match task.minutes.filter(|_| is_to_do) {
        Some(minutes) => {
            format!("{when} {}", i18n.filled(Key::TASK_TAKES, &[("count", &minutes.to_string())]))
        }
        None => when,
    }
}

fn done(i18n: I18n, task: &Task) -> String {
    let at = task.answered_at.map(|at: Instant| intl::day(i18n.language(), at)).unwrap_or_default();
    let key = match task.state {
        TaskState::Reviewed => Key::TASK_REVIEWED,
        _ => Key::TASK_DONE,
    };
    i18n.filled(key, &[("day", &at)])
}
