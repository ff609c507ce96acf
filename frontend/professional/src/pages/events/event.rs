//! One event of a client: as it stands, changed, moved or called off by the unit that has it.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use omasote_rules::events::{Act, Phase, Standing};
use omasote_types::events::{EhrState, Event, EventCancellation, EventUpdate};
use omasote_types::ids::{CitizenId, EventId, LinkedId};
use omasote_types::messages::Side;
use omasote_types::sessions::Me;
use omasote_ui::clock::use_clock;
use omasote_ui::events::{Outcome, Said, in_full, kind_name, lasts};
use omasote_ui::focus::PageTitle;
use omasote_ui::form::{Form, ReasonField, SubmitButton};
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::icon::Icon;
use omasote_ui::loading::Loading;
use omasote_ui::remote::Remote;
use omasote_ui::session::use_session;
use omasote_ui::updates::use_updates;
use omasote_ui::view::{dynamic, optional, said, text};

use super::list::stands;
use super::written::{ContentFields, TimeFields, WrittenContent, WrittenTime};
use crate::pages::clients::MattersAbout;
use crate::pages::tasks;
use crate::paths;

#[component]
pub(super) fn EventPage(client: CitizenId, id: EventId) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let event = Remote::new(move || session.ask(async move |api| api.get_event(id).await));
    use_updates().on_agenda_change(move || event.refresh());
    let changed = Callback::new(move |()| event.refresh());
    view! {
        <div class="page office">
            <a class="back" href=paths::client(client)>{Icon::BACK} {i18n.t(Key::CLIENT_CARD)}</a>
            <Loading data=event rows=5 let:event>
                <Body event changed />
            </Loading>
        </div>
    }
}

#[component]
fn Body(event: Signal<Event>, changed: Callback<()>) -> impl IntoView {
    let (i18n, clock, me) = (use_i18n(), use_clock(), expect_context::<Me>());
    let outcome = Outcome::new(changed);
    let is_own = event.with_untracked(|event| me.units.iter().any(|own| own.id == event.unit.id));
    let is_kept_here = event.with_untracked(|event| event.ehr.is_none());
    let title = text(move || event.with(|event| event.content.title.clone()));
    let whose =
        text(move || event.with(|event| format!("{}, {}", event.citizen.name, i18n.local(&event.unit.name))));
    let phase = Memo::new(move |_| event.with(|event| Standing::from(event)).phase(clock.now()));
    let state = text(move || event.with(|event| i18n.text(stands(event, phase.get()).0).to_owned()));
    let (client, id) = event.with_untracked(|event| (event.citizen.id, event.id));
    let may_give = Memo::new(move |_| matches!(phase.get(), Phase::Coming | Phase::Now));
    let version = Memo::new(move |_| event.with(|event| event.version));
    let handling = move || {
        let _ = (version.get(), phase.get());
        (is_own && is_kept_here)
            .then(|| view! { <Handling event=event.get_untracked() phase=phase.get() outcome /> }.into_any())
    };
    view! {
        <header>
            <PageTitle text=title />
            <p class="fine">{whose}</p>
        </header>
        <p class="event-state"><strong>{state}</strong></p>
        <Said event />
        <KeptInEhr event />
        <Facts event />
        {outcome.show()}
        {optional(handling)}
        {dynamic(move || tasks::of_event(client, id, is_own && may_give.get()))}
        <MattersAbout client thing=LinkedId::from_uuid(*id.as_uuid()) />
    }
}

/// That it is changed where it is kept, and what is to be done there.
#[component]
fn KeptInEhr(event: Signal<Event>) -> impl IntoView {
    let i18n = use_i18n();
    optional(move || {
        let (about, colour) = match event.with(|event| event.ehr)? {
            EhrState::InStep => (Key::EVENT_PRO_EHR, "info"),
            EhrState::Waiting => (Key::EVENT_PRO_EHR_WAITING, "info"),
            EhrState::Failed => (Key::EVENT_PRO_EHR_FAILED_ABOUT, "warning"),
        };
        Some(view! { <div class="ds-alert" data-color=colour><p>{i18n.t(about)}</p></div> }.into_any())
    })
}

#[component]
fn Facts(event: Signal<Event>) -> impl IntoView {
    let i18n = use_i18n();
    let when = text(move || in_full(i18n, event.with(|event| event.time)));
    let duration = text(move || lasts(i18n, event.with(|event| event.time)));
    let kind = text(move || i18n.text(event.with(|event| kind_name(event.content.kind))).to_owned());
    let line = move |label: Key, of: fn(&Event) -> String| {
        optional(move || {
            let words = event.with(of);
            let shown = move || {
                view! { <div><dt>{i18n.t(label)}</dt><dd class="message-text" dir="auto">{words}</dd></div> }
            };
            (!event.with(of).is_empty()).then(|| shown().into_any())
        })
    };
    view! {
        <dl class="card facts">
            <div><dt>{i18n.t(Key::EVENT_WHEN)}</dt><dd>{when}</dd></div>
            <div><dt>{i18n.t(Key::EVENT_LASTS)}</dt><dd>{duration}</dd></div>
            <div><dt>{i18n.t(Key::EVENT_KIND)}</dt><dd>{kind}</dd></div>
            {line(Key::EVENT_PLACE, |event| event.content.place.clone())}
            {line(Key::EVENT_LINK, |event| event.content.link.clone().unwrap_or_default())}
            {line(Key::EVENT_DIRECTIONS, |event| event.content.directions.clone())}
            {line(Key::EVENT_PREPARATION, |event| event.content.preparation.clone())}
        </dl>
    }
}

/// Which form is open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Nothing,
    Changing,
    CallingOff,
}

#[component]
fn Handling(event: Event, phase: Phase, outcome: Outcome) -> impl IntoView {
    let (i18n, clock) = (use_i18n(), use_clock());
    let now = untrack(move || clock.now());
    let can_change = matches!(phase, Phase::Coming | Phase::Now);
    let can_call_off = Standing::from(&event).after(Act::Cancel, Side::Unit, now).is_ok();
    let (id, open) = (event.id, RwSignal::new(Open::Nothing));
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
        Open::Changing => view! { <Changing event=event.clone() outcome /> }.into_any(),
        Open::CallingOff => view! { <CallingOff id outcome /> }.into_any(),
    });
    view! {
        <div class="event-answers">
            <div class="actions">
                {can_change.then(|| toggle(Open::Changing, Key::EVENT_CHANGE))}
                {can_call_off.then(|| toggle(Open::CallingOff, Key::EVENT_CALL_OFF))}
            </div>
            {form}
        </div>
    }
}

#[component]
fn Changing(event: Event, outcome: Outcome) -> impl IntoView {
    let (i18n, session, form) = (use_i18n(), use_session(), Form::new());
    let (id, version) = (event.id, event.version);
    let (content, time) = (WrittenContent::of(Some(&event.content)), WrittenTime::of(event.time));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let time = match time.read() {
            Ok(time) => time,
            Err(refused) => {
                let _ = form.accepts(Err(refused));
                return;
            }
        };
        let update = EventUpdate { content: content.read(), time };
        if form.accepts(update.validate()) {
            let answer = session.ask(async move |client| client.update_event(id, version, &update).await);
            form.send_or(answer, move |answer| outcome.take(Key::EVENT_CHANGED, answer));
        }
    };
    view! {
        <form class="card form" novalidate=true on:submit=submit>
            <TimeFields written=time form />
            <p class="fine">{i18n.t(Key::EVENT_MOVING_ABOUT)}</p>
            <ContentFields written=content form />
            <SubmitButton form label=Key::EVENT_CHANGE_NOW />
        </form>
    }
}

#[component]
fn CallingOff(id: EventId, outcome: Outcome) -> impl IntoView {
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
            <p>{i18n.t(Key::EVENT_CALL_OFF_ABOUT)}</p>
            <ReasonField
                id="event-reason"
                label=Key::EVENT_CALL_OFF_REASON
                value=reason
                error=form.error_of("reason")
            />
            <SubmitButton form label=Key::EVENT_CALL_OFF_NOW color="danger" />
        </form>
    }
}
