//! Asking for it anew: what was answered goes back to the client, with why and by when.

use chrono::Days;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use omasote_types::error::FieldErrorCode;
use omasote_types::ids::TaskId;
use omasote_types::tasks::{TaskReturn, Window};
use omasote_ui::announce::use_announcer;
use omasote_ui::clock::use_clock;
use omasote_ui::form::{Form, LineField, ReasonField, SubmitButton};
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::intl;
use omasote_ui::session::use_session;
use omasote_ui::view::{optional, said};

/// How many days the client has to complete it, unless the professional says otherwise.
const USUAL_DAYS: u64 = 7;

#[component]
pub(super) fn SendBack(id: TaskId, changed: Callback<()>) -> impl IntoView {
    let (i18n, is_open) = (use_i18n(), RwSignal::new(false));
    let form = optional(move || is_open.get().then(|| view! { <ReturnForm id changed /> }.into_any()));
    view! {
        <button
            type="button"
            class="ds-button"
            data-variant="secondary"
            aria-expanded=said(is_open)
            on:click=move |_| is_open.update(|open| *open = !*open)
        >
            {i18n.t(Key::SEND_BACK)}
        </button>
        {form}
    }
}

#[component]
fn ReturnForm(id: TaskId, changed: Callback<()>) -> impl IntoView {
    let (session, announcer, form) = (use_session(), use_announcer(), Form::new());
    let today = intl::today(use_clock().milliseconds());
    let remark = RwSignal::new(String::new());
    let to = RwSignal::new((today + Days::new(USUAL_DAYS)).to_string());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(to) = to.with_untracked(|day| intl::written_date(day)) else {
            announcer.say(Key::TASK_DAYS_INVALID);
            return;
        };
        let remark = remark.with_untracked(|remark| remark.trim().to_owned());
        let new = TaskReturn { remark, window: Window { from: today, to } };
        if form.accepts(new.validate()) {
            form.send(session.ask(async move |api| api.send_task_back(id, &new).await), move |_| {
                announcer.say(Key::SEND_BACK_DONE);
                changed.try_run(());
            });
        }
    };
    let day_error =
        Signal::derive(move || form.error_of("window.to").get().map(|_| FieldErrorCode::InvalidFormat));
    view! {
        <form class="card form" novalidate=true on:submit=submit>
            <ReasonField
                id="send-back-remark"
                label=Key::SEND_BACK_REMARK
                value=remark
                error=form.error_of("remark")
            />
            <LineField
                id="send-back-to"
                label=Key::TASK_TO
                kind="date"
                value=to
                error=day_error
                invalid=Key::TASK_DAYS_INVALID
            />
            <SubmitButton form label=Key::SEND_BACK_NOW />
        </form>
    }
}
