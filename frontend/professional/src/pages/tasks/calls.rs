//! Whom a unit is to call, and writing down what came of a call.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use omasote_types::ids::{TaskId, UnitId};
use omasote_types::page::PageQuery;
use omasote_types::tasks::{CallOutcome, NewTaskCall, SilenceKind, TaskCall, UnitCall};
use omasote_ui::announce::use_announcer;
use omasote_ui::form::{Form, ReasonField};
use omasote_ui::i18n::{I18n, Key, use_i18n};
use omasote_ui::intl;
use omasote_ui::loading::Loading;
use omasote_ui::messages::Moment;
use omasote_ui::questionnaires::words;
use omasote_ui::remote::Remote;
use omasote_ui::session::use_session;
use omasote_ui::view::{dynamic, optional, said, text};

use crate::paths;

#[component]
pub(super) fn UnitCalls(unit: UnitId) -> impl IntoView {
    let session = use_session();
    let calls = Remote::new(move || {
        session.ask(async move |client| Ok(client.list_unit_calls(unit, &PageQuery::default()).await?.items))
    });
    let changed = Callback::new(move |()| calls.refresh());
    view! {
        <Loading data=calls rows=2 let:all>
            {rows(all, changed)}
        </Loading>
    }
}

fn rows(all: Signal<Vec<UnitCall>>, changed: Callback<()>) -> AnyView {
    let i18n = use_i18n();
    dynamic(move || {
        let all = all.get();
        if all.is_empty() {
            return view! { <p class="fine">{i18n.t(Key::CALLS_NOTHING)}</p> }.into_any();
        }
        let rows = all.into_iter().map(|call| view! { <CallRow call changed /> }).collect_view();
        view! { <ul class="accesses">{rows}</ul> }.into_any()
    })
}

#[component]
fn CallRow(call: UnitCall, changed: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let UnitCall { task, phone, is_protected, silence, since, made } = call;
    let (id, title, name) = (task.id, task.title, task.citizen.name);
    let href = paths::task(task.citizen.id, id);
    let label = name.clone();
    let is_open = RwSignal::new(false);
    let why = text(move || why(i18n, silence, &intl::date(i18n.language(), since)));
    let tries = made.iter().filter(|call| call.outcome == CallOutcome::NotReached).count();
    let tries = u32::try_from(tries).unwrap_or(u32::MAX);
    let tried = (tries > 0).then(|| {
        let tried = text(move || i18n.counted(Key::CALLS_TRIED_ONE, Key::CALLS_TRIED_OTHER, tries));
        view! { <p class="fine">{tried}</p> }
    });
    let last = made.into_iter().next().map(|call| last_call(i18n, call));
    let form = optional(move || is_open.get().then(|| view! { <CallForm id changed /> }.into_any()));
    view! {
        <li class="card access">
            <p class="access-what">{name}</p>
            <p>{number(i18n, phone, is_protected)}</p>
            <p class="access-ground">{why}</p>
            <p>
                <a class="ds-link" href=href>{text(move || words(i18n, &title))}</a>
            </p>
            {tried}
            {last}
            <button
                type="button"
                class="ds-button"
                data-variant="secondary"
                data-size="sm"
                aria-expanded=said(is_open)
                aria-label=text(move || i18n.filled(Key::CALLS_MARK_FOR, &[("name", &label)]))
                on:click=move |_| is_open.update(|is| *is = !*is)
            >
                {i18n.t(Key::CALLS_MARK)}
            </button>
            {form}
        </li>
    }
}

fn number(i18n: I18n, phone: Option<String>, is_protected: bool) -> AnyView {
    match phone {
        Some(phone) => {
            let href = format!("tel:{}", phone.replace(' ', ""));
            view! { <a class="ds-link" href=href>{phone}</a> }.into_any()
        }
        None if is_protected => view! { <span>{i18n.t(Key::CALLS_PROTECTED)}</span> }.into_any(),
        None => view! { <span>{i18n.t(Key::CALLS_NO_NUMBER)}</span> }.into_any(),
    }
}

fn why(i18n: I18n, silence: SilenceKind, day: &str) -> String {
    let key = match silence {
        SilenceKind::Unopened => Key::CALLS_UNOPENED,
        SilenceKind::Unanswered => Key::CALLS_UNANSWERED,
    };
    i18n.filled(key, &[("day", day)])
}

/// The newest call.
fn last_call(i18n: I18n, call: TaskCall) -> AnyView {
    let TaskCall { outcome, note, at, by } = call;
    let note = (!note.is_empty()).then(|| view! { <p class="message-text" dir="auto">{note}</p> });
    view! {
        <p class="fine"><strong>{i18n.t(outcome_in_words(outcome))}</strong> " " <Moment at=at /> " " {by}</p>
        {note}
    }
    .into_any()
}

pub(super) const fn outcome_in_words(outcome: CallOutcome) -> Key {
    match outcome {
        CallOutcome::AnswerEntered => Key::CALLS_ENTERED,
        CallOutcome::Reached => Key::CALLS_REACHED,
        CallOutcome::NotReached => Key::CALLS_NOT_REACHED,
    }
}

#[component]
fn CallForm(id: TaskId, changed: Callback<()>) -> impl IntoView {
    let (i18n, session, announcer, form) = (use_i18n(), use_session(), use_announcer(), Form::new());
    let note = RwSignal::new(String::new());
    let mark = move |outcome: CallOutcome| {
        let new = NewTaskCall { outcome, note: note.get_untracked() };
        if form.accepts(new.validate()) {
            form.send(session.ask(async move |api| api.record_task_call(id, &new).await), move |_| {
                announcer.say(Key::CALLS_MARKED);
                changed.try_run(());
            });
        }
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        mark(CallOutcome::Reached);
    };
    view! {
        <form class="form" novalidate=true on:submit=submit>
            <ReasonField id="call-note" label=Key::CALLS_NOTE value=note error=form.error_of("note") />
            <omasote_ui::form::SubmitButton form label=Key::CALLS_REACHED />
            <button
                type="button"
                class="ds-button"
                data-variant="secondary"
                on:click=move |_| mark(CallOutcome::NotReached)
            >
                {i18n.t(Key::CALLS_NOT_REACHED)}
            </button>
        </form>
    }
}
