//! A task in the agenda.

use leptos::prelude::*;
use omasote_rules::tasks::{Phase, Standing};
use omasote_types::Instant;
use omasote_types::tasks::{Task, TaskState};
use omasote_ui::clock::use_clock;
use omasote_ui::i18n::{I18n, Key, use_i18n};
use omasote_ui::intl;
use omasote_ui::questionnaires::words;
use omasote_ui::view::text;

use crate::paths;

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
pub(crate) fn TaskCard(task: Task) -> impl IntoView {
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
