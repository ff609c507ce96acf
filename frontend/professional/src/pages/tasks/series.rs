//! The series of tasks that a unit has given: how far they are, and calling them off.

use leptos::prelude::*;
use omasote_types::ids::{TaskSeriesId, UnitId};
use omasote_types::page::PageQuery;
use omasote_types::tasks::{TaskSeries, TaskSeriesCancellation, TaskSeriesState};
use omasote_ui::action::ConfirmedButton;
use omasote_ui::i18n::{I18n, Key, use_i18n};
use omasote_ui::intl;
use omasote_ui::loading::Loading;
use omasote_ui::questionnaires::words;
use omasote_ui::remote::Remote;
use omasote_ui::session::use_session;
use omasote_ui::view::{dynamic, text};

use super::following::every_of;

#[component]
pub(super) fn UnitSeries(unit: UnitId) -> impl IntoView {
    let session = use_session();
    let series = Remote::new(move || {
        session.ask(async move |client| Ok(client.list_task_series(unit, &PageQuery::default()).await?.items))
    });
    let changed = Callback::new(move |()| series.refresh());
    view! {
        <Loading data=series rows=2 let:all>
            {rows(all, changed)}
        </Loading>
    }
}

fn rows(all: Signal<Vec<TaskSeries>>, changed: Callback<()>) -> AnyView {
    let i18n = use_i18n();
    dynamic(move || {
        let all = all.get();
        if all.is_empty() {
            return view! { <p class="fine">{i18n.t(Key::SERIES_NOTHING)}</p> }.into_any();
        }
        let rows = all.into_iter().map(|series| row(i18n, series, changed)).collect_view();
        view! { <ul class="accesses">{rows}</ul> }.into_any()
    })
}

fn row(i18n: I18n, series: TaskSeries, changed: Callback<()>) -> AnyView {
    let (id, title) = (series.id, series.title.clone());
    let is_going = series.state == TaskSeriesState::Going;
    let has_open = series.answered < series.given && series.state != TaskSeriesState::Cancelled;
    let shown = series.clone();
    let how_often = text(move || often_in_words(i18n, &shown));
    let shown = series.clone();
    let how_far = text(move || progress_in_words(i18n, &shown));
    let state = text(move || state_in_words(i18n, &series));
    view! {
        <li class="card access">
            <p class="access-what">{text(move || words(i18n, &title))}</p>
            <p>{how_often}</p>
            <p>{how_far}</p>
            <p class="access-ground">{state}</p>
            {is_going.then(|| view! { <CallOff id cancels_given=false changed /> })}
            {has_open.then(|| view! { <CallOff id cancels_given=true changed /> })}
        </li>
    }
    .into_any()
}

/// To how many, and how often.
fn often_in_words(i18n: I18n, series: &TaskSeries) -> String {
    let to = i18n.counted(Key::SERIES_TO_ONE, Key::SERIES_TO_OTHER, series.citizens);
    let often = match series.recurrence.as_deref().map(every_of) {
        None => i18n.text(Key::SERIES_ONCE),
        Some(Some(every)) => i18n.text(every),
        Some(None) => i18n.text(Key::SERIES_OTHER_RULE),
    };
    let times = i18n.counted(Key::SERIES_COMES_ONE, Key::SERIES_COMES_OTHER, series.times);
    if series.times == 1 { format!("{to} · {often}") } else { format!("{to} · {often} · {times}") }
}

fn progress_in_words(i18n: I18n, series: &TaskSeries) -> String {
    let (given, answered) = (series.given.to_string(), series.answered.to_string());
    let all = series.citizens.saturating_mul(series.times).to_string();
    i18n.filled(Key::SERIES_PROGRESS, &[("given", &given), ("all", &all), ("answered", &answered)])
}

fn state_in_words(i18n: I18n, series: &TaskSeries) -> String {
    let language = i18n.language();
    match (series.state, series.next, series.cancelled_at) {
        (TaskSeriesState::Going, Some(next), _) => {
            i18n.filled(Key::SERIES_NEXT, &[("day", &intl::date(language, next.from))])
        }
        (_, _, Some(at)) => i18n.filled(Key::SERIES_CALLED_OFF_ON, &[("day", &intl::day(language, at))]),
        _ => i18n.text(Key::SERIES_FINISHED).to_owned(),
    }
}

#[component]
fn CallOff(id: TaskSeriesId, cancels_given: bool, changed: Callback<()>) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let (label, question) = match cancels_given {
        false => (Key::SERIES_CALL_OFF, Key::SERIES_CALL_OFF_QUESTION),
        true => (Key::SERIES_CALL_OFF_ALL, Key::SERIES_CALL_OFF_ALL_QUESTION),
    };
    let question = text(move || i18n.text(question).to_owned());
    let run = Callback::new(move |()| {
        let how = TaskSeriesCancellation { cancels_given, ..TaskSeriesCancellation::default() };
        session.ask(async move |api| api.cancel_task_series(id, &how).await.map(drop))
    });
    view! { <ConfirmedButton label question confirm=label run done=Key::SERIES_CALLED_OFF on_done=changed /> }
}
