//! A client's tasks, and those of a unit that somebody is to look at.

use leptos::prelude::*;
use omasote_rules::tasks::{Phase, Standing};
use omasote_types::ids::{CitizenId, UnitId};
use omasote_types::sessions::Me;
use omasote_types::tasks::{Task, TaskKind, TaskList, TaskQuery, TaskState, UnitTaskList, UnitTaskQuery};
use omasote_types::units::UnitRef;
use omasote_ui::clock::use_clock;
use omasote_ui::i18n::{I18n, Key, use_i18n};
use omasote_ui::intl;
use omasote_ui::loading::Loading;
use omasote_ui::questionnaires::words;
use omasote_ui::remote::Remote;
use omasote_ui::session::use_session;
use omasote_ui::view::{dynamic, optional, said, text};

use super::calls::UnitCalls;
use super::giving::GiveForm;
use super::group::GroupTask;
use super::series::UnitSeries;
use crate::paths;

/// What the worklist is divided into.
const LISTS: [(Part, Key); 5] = [
    (Part::Tasks(UnitTaskList::ToReview), Key::WORKLIST_TO_REVIEW),
    (Part::Calls, Key::CALLS_LIST),
    (Part::Tasks(UnitTaskList::Late), Key::WORKLIST_LATE),
    (Part::Tasks(UnitTaskList::Silent), Key::WORKLIST_SILENT),
    (Part::Tasks(UnitTaskList::Open), Key::WORKLIST_OPEN),
];

/// A part of the worklist.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Tasks(UnitTaskList),
    /// Whom to call.
    Calls,
}

/// Where a task stands, in words.
pub(super) fn standing_in_words(i18n: I18n, task: &Task, now: omasote_types::Instant) -> String {
    let standing = Standing {
        state: task.state,
        window: task.window,
        started_at: task.started_at,
        answered_at: task.answered_at,
        times_sent_back: task.times_sent_back,
    };
    let language = i18n.language();
    let (from, to) = (intl::date(language, task.window.from), intl::date(language, task.window.to));
    let answered = task.answered_at.map(|at| intl::day(language, at)).unwrap_or_default();
    match (task.state, standing.phase(now)) {
        (TaskState::Cancelled, _) => i18n.text(Key::TASK_CANCELLED).to_owned(),
        (TaskState::Reviewed, _) => i18n.filled(Key::WORKLIST_REVIEWED, &[("day", &answered)]),
        (_, Phase::Done | Phase::DoneLate) => i18n.filled(Key::WORKLIST_ANSWERED, &[("day", &answered)]),
        (_, Phase::Upcoming) => i18n.filled(Key::WORKLIST_FROM, &[("from", &from), ("to", &to)]),
        (TaskState::Given, Phase::Late) => i18n.filled(Key::WORKLIST_UNOPENED, &[("to", &to)]),
        (_, Phase::Late) => i18n.filled(Key::WORKLIST_PAST, &[("to", &to)]),
        _ => i18n.filled(Key::WORKLIST_UNTIL, &[("to", &to)]),
    }
}

#[component]
pub(super) fn ClientTasks(client: CitizenId) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let has_units = !expect_context::<Me>().units.is_empty();
    let tasks = Remote::new(move || {
        session.ask(async move |api| {
            let of = |list| TaskQuery { list, ..TaskQuery::default() };
            let mut all = api.list_tasks(client, &of(TaskList::ToDo)).await?.items;
            all.extend(api.list_tasks(client, &of(TaskList::Done)).await?.items);
            Ok(all)
        })
    });
    let is_giving = RwSignal::new(false);
    let form = optional(move || {
        let given = Callback::new(move |()| {
            is_giving.set(false);
            tasks.refresh();
        });
        is_giving.get().then(|| view! { <GiveForm client given /> }.into_any())
    });
    view! {
        <section class="part" aria-labelledby="tasks-title">
            <div class="part-head">
                <h2 class="ds-heading" data-size="xs" id="tasks-title">{i18n.t(Key::TASKS_TITLE)}</h2>
                {has_units.then(|| view! {
                    <button
                        type="button"
                        class="ds-button"
                        data-variant="secondary"
                        data-size="sm"
                        aria-expanded=said(is_giving)
                        on:click=move |_| is_giving.update(|is| *is = !*is)
                    >
                        {i18n.t(Key::TASK_GIVE)}
                    </button>
                })}
            </div>
            {form}
            <Loading data=tasks rows=2 let:all>
                {rows(all, false)}
            </Loading>
        </section>
    }
}

fn rows(all: Signal<Vec<Task>>, names_client: bool) -> AnyView {
    let (i18n, clock) = (use_i18n(), use_clock());
    dynamic(move || {
        let all = all.get();
        if all.is_empty() {
            return view! { <p class="fine">{i18n.t(Key::WORKLIST_NOTHING)}</p> }.into_any();
        }
        let row = |task: Task| {
            let (title, name) = (task.title.clone(), task.citizen.name.clone());
            let href = paths::task(task.citizen.id, task.id);
            let urgent = urgent_mark(&task);
            let when = text(move || standing_in_words(i18n, &task, clock.now()));
            view! {
                <li class="card access">
                    <p class="access-what">
                        <a class="ds-link" href=href>{text(move || words(i18n, &title))}</a>
                        " "
                        {urgent}
                    </p>
                    {names_client.then(|| view! { <p>{name}</p> })}
                    <p class="access-ground">{when}</p>
                </li>
            }
        };
        view! { <ul class="accesses">{all.into_iter().map(row).collect_view()}</ul> }.into_any()
    })
}

/// The worklists of the professional's units, each for itself.
#[component]
pub(super) fn Worklists() -> impl IntoView {
    let units = expect_context::<Me>().units;
    units.into_iter().map(|unit| view! { <Worklist unit /> }).collect_view()
}

#[component]
fn Worklist(unit: UnitRef) -> impl IntoView {
    let (i18n, list) = (use_i18n(), RwSignal::new(Part::Tasks(UnitTaskList::default())));
    let (id, name) = (unit.id, unit.name.clone());
    let part = move || match list.get() {
        Part::Tasks(list) => view! { <UnitTasks unit=id list /> }.into_any(),
        Part::Calls => view! { <UnitCalls unit=id /> }.into_any(),
    };
    let title = text(move || i18n.filled(Key::WORKLIST_TITLE, &[("unit", &i18n.local(&name))]));
    let chip = move |(one, label): (Part, Key)| {
        let is_on = Signal::derive(move || list.get() == one);
        view! {
            <button type="button" class="chip" aria-pressed=said(is_on) on:click=move |_| list.set(one)>
                {i18n.t(label)}
            </button>
        }
    };
    let heading = format!("worklist-{id}");
    let labelled = heading.clone();
    view! {
        <section class="part" aria-labelledby=labelled>
            <h2 class="ds-heading" data-size="xs" id=heading>{title}</h2>
            <div class="worklist-parts" role="group" aria-label=title>{LISTS.map(chip).collect_view()}</div>
            {dynamic(part)}
        </section>
        <SeriesOfUnit unit />
    }
}

/// What the unit has given to groups, or again and again.
#[component]
fn SeriesOfUnit(unit: UnitRef) -> impl IntoView {
    let (i18n, again) = (use_i18n(), RwSignal::new(()));
    let (id, name) = (unit.id, unit.name);
    let title = text(move || i18n.filled(Key::SERIES_TITLE, &[("unit", &i18n.local(&name))]));
    let heading = format!("series-{id}");
    let labelled = heading.clone();
    let given = Callback::new(move |()| again.set(()));
    let series = move || {
        again.get();
        view! { <UnitSeries unit=id /> }.into_any()
    };
    view! {
        <section class="part" aria-labelledby=labelled>
            <h2 class="ds-heading" data-size="xs" id=heading>{title}</h2>
            <GroupTask unit=id given />
            {dynamic(series)}
        </section>
    }
}

#[component]
fn UnitTasks(unit: UnitId, list: UnitTaskList) -> impl IntoView {
    let session = use_session();
    let tasks = Remote::new(move || {
        session.ask(async move |client| {
            let query = UnitTaskQuery { list, ..UnitTaskQuery::default() };
            let mut tasks = client.list_unit_tasks(unit, &query).await?.items;
            tasks.sort_by_key(|task| !task.is_urgent);
            Ok(tasks)
        })
    });
    view! {
        <Loading data=tasks rows=2 let:all>
            {rows(all, true)}
        </Loading>
    }
}

/// That something in the answers calls for a look at once.
pub(super) fn urgent_mark(task: &Task) -> Option<AnyView> {
    let i18n = use_i18n();
    let (label, colour) = match task.kind {
        TaskKind::Guide { .. } => (Key::WORKLIST_NOT_CLEAR, "warning"),
        _ => (Key::WORKLIST_URGENT, "danger"),
    };
    let shown = move || view! { <span class="ds-tag" data-color=colour>{i18n.t(label)}</span> }.into_any();
    task.is_urgent.then(shown)
}
