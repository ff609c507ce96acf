//! What the citizen, or who acts for them, does with an event: confirm it, ask for another time, cancel it.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use omasote_rules::events::{Act, Standing};
use omasote_types::events::{Event, EventCancellation, OtherTimeRequest};
use omasote_types::ids::EventId;
use omasote_types::messages::Side;
use omasote_ui::action::Action;
use omasote_ui::clock::use_clock;
use omasote_ui::events::{Outcome, begins};
use omasote_ui::form::{Form, ReasonField, SubmitButton};
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::session::use_session;
use omasote_ui::view::{dynamic, said, text};

/// Which form is open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Nothing,
    OtherTime,
    Cancelling,
}

#[component]
pub(super) fn Answering(event: Signal<Event>, outcome: Outcome) -> impl IntoView {
    let (i18n, clock) = (use_i18n(), use_clock());
    let (id, until, confirmed_at, standing) = event.with_untracked(|event| {
        (event.id, event.changeable_until, event.confirmed_at, Standing::from(event))
    });
    let now = untrack(move || clock.now());
    let can = |act| standing.after(act, Side::Citizen, now).is_ok();
    let (can_change, can_cancel_or_begin) = (can(Act::Cancel), can(Act::Confirm));
    let needs_answer = can_cancel_or_begin && confirmed_at.is_none();
    let open = RwSignal::new(Open::Nothing);
    let limit = text(move || {
        let moment = begins(i18n, until, clock.milliseconds(), clock.now());
        i18n.filled(Key::EVENT_CHANGE_UNTIL, &[("time", &moment)])
    });
    let toggle = move |what: Open, label: Key| {
        let is_open = Signal::derive(move || open.get() == what);
        let press = move |_| open.update(|open| *open = if *open == what { Open::Nothing } else { what });
        view! {
            <button type="button" class="ds-button" data-variant="secondary" aria-expanded=said(is_open) on:click=press>
                {i18n.t(label)}
            </button>
        }
    };
    let form = dynamic(move || match open.get() {
        Open::Nothing => ().into_any(),
        Open::OtherTime => view! { <OtherTime id outcome /> }.into_any(),
        Open::Cancelling => view! { <Cancelling id outcome /> }.into_any(),
    });
    let confirm = needs_answer.then(|| view! { <Confirm id outcome /> });
    let change = can_change.then(|| {
        view! {
            {toggle(Open::OtherTime, Key::EVENT_ASK_OTHER)}
            {toggle(Open::Cancelling, Key::EVENT_CANCEL)}
        }
    });
    let told = match (can_change, can_cancel_or_begin) {
        (true, _) => Some(view! { <p class="fine">{limit}</p> }.into_any()),
        (false, true) => Some(view! { <p>{i18n.t(Key::EVENT_TOO_LATE)}</p> }.into_any()),
        (false, false) => None,
    };
    view! {
        <div class="event-answers">
            <div class="actions">{confirm} {change}</div>
            {told}
            {form}
        </div>
    }
}

#[component]
fn Confirm(id: EventId, outcome: Outcome) -> impl IntoView {
    let (i18n, session, action) = (use_i18n(), use_session(), Action::new());
    let press = move |_| {
        let answer = session.ask(async move |client| client.confirm_event(id).await);
        action.run(answer, move |answer| outcome.take(Key::EVENT_CONFIRMED_NOW, answer));
    };
    view! {
        <div class="action">
            <button
                type="button"
                class="ds-button"
                data-variant="primary"
                aria-disabled=said(action.is_busy())
                on:click=press
            >
                {i18n.t(Key::EVENT_CONFIRM)}
            </button>
            {action.problem()}
        </div>
    }
}

#[component]
fn OtherTime(id: EventId, outcome: Outcome) -> impl IntoView {
    let (session, form, wish) = (use_session(), Form::new(), RwSignal::new(String::new()));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let request = OtherTimeRequest { wish: wish.with_untracked(|wish| wish.trim().to_owned()) };
        if form.accepts(request.validate()) {
            let answer = session.ask(async move |client| client.request_other_time(id, &request).await);
            form.send_or(answer, move |answer| outcome.take(Key::EVENT_ASKED_NOW, answer));
        }
    };
    view! {
        <form class="card form" novalidate=true on:submit=submit>
            <ReasonField
                id="event-wish"
                label=Key::EVENT_WISH
                hint=Key::EVENT_WISH_HINT
                value=wish
                error=form.error_of("wish")
            />
            <SubmitButton form label=Key::EVENT_WISH_SEND />
        </form>
    }
}

#[component]
fn Cancelling(id: EventId, outcome: Outcome) -> impl IntoView {
    let (i18n, session, form) = (use_i18n(), use_session(), Form::new());
    let reason = RwSignal::new(String::new());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let reason = reason.with_untracked(|reason| reason.trim().to_owned());
        let cancellation = EventCancellation { reason: (!reason.is_empty()).then_some(reason) };
        if form.accepts(cancellation.validate()) {
            let answer = session.ask(async move |client| client.cancel_event(id, &cancellation).await);
            form.send_or(answer, move |answer| outcome.take(Key::EVENT_CANCELLED_NOW, answer));
        }
    };
    view! {
        <form class="card form" novalidate=true on:submit=submit>
            <p>{i18n.t(Key::EVENT_CANCEL_QUESTION)}</p>
            <ReasonField id="event-reason" label=Key::EVENT_REASON value=reason error=form.error_of("reason") />
            <SubmitButton form label=Key::EVENT_CANCEL_NOW color="danger" />
        </form>
    }
}
