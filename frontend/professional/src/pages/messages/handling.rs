//! Who has the matter, and what can be done with it: taking it, letting it go, sending it on or back, opening it again.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use omasote_types::error::{FieldError, FieldErrorCode};
use omasote_types::ids::{ProfessionalId, ThreadId, UnitId};
use omasote_types::messages::{Holder, NewForward, NewReturn, Take, Thread, ThreadState};
use omasote_types::page::{MAX_LIMIT, PageQuery};
use omasote_types::sessions::PersonId;
use omasote_ui::action::{ActionButton, Look};
use omasote_ui::announce::use_announcer;
use omasote_ui::form::{FieldProblem, Form, ReasonField, SubmitButton, Tick};
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::icon::Icon;
use omasote_ui::remote::Remote;
use omasote_ui::session::use_session;
use omasote_ui::view::{dynamic, optional, said, text};

use super::inbox::use_desk;

/// What is open under the bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Panel {
    Forward,
    Return,
}

/// The bar of what can be done.
#[component]
pub(super) fn Handling(thread: Signal<Thread>, on_change: Callback<()>) -> impl IntoView {
    let open = RwSignal::new(None::<Panel>);
    let id = thread.with_untracked(|thread| thread.id);
    let shape = Memo::new(move |_| thread.with(shape_of));
    let done = Callback::new(move |()| {
        open.set(None);
        on_change.run(());
    });
    let bar = dynamic(move || {
        let Shape { holder, can_be_returned, is_closed } = shape.get();
        match is_closed {
            true => view! { <Reopening id on_change /> }.into_any(),
            false => view! {
                <Holding id holder on_change />
                <Opener panel=Panel::Forward label=Key::FORWARD open />
                {can_be_returned.then(|| view! { <Opener panel=Panel::Return label=Key::RETURN open /> })}
            }
            .into_any(),
        }
    });
    let panel = optional(move || {
        Some(match open.get()? {
            Panel::Forward => view! { <ForwardForm id on_done=done /> }.into_any(),
            Panel::Return => view! { <ReturnForm id on_done=done /> }.into_any(),
        })
    });
    view! {
        <div class="handling">
            <div class="actions">{bar}</div>
            {panel}
        </div>
    }
}

/// What the bar depends on: it is made anew when that changes, and not for every message.
#[derive(Clone, PartialEq)]
struct Shape {
    holder: Option<(ProfessionalId, String)>,
    can_be_returned: bool,
    is_closed: bool,
}

fn shape_of(thread: &Thread) -> Shape {
    let holder = thread.holder.clone().map(|Holder { id, name, .. }| (id, name));
    let is_closed = thread.state == ThreadState::Closed;
    Shape { holder, can_be_returned: thread.can_be_returned, is_closed }
}

#[component]
fn Holding(id: ThreadId, holder: Option<(ProfessionalId, String)>, on_change: Callback<()>) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let is_own = |holder: ProfessionalId| session.person_now() == Some(PersonId::Professional(holder));
    let take = move |from: Option<ProfessionalId>| {
        Callback::new(move |()| {
            session.ask(async move |client| client.take_thread(id, Take { from }).await.map(drop))
        })
    };
    match holder {
        None => view! {
            <span class="ds-tag" data-size="sm" data-color="neutral">{i18n.t(Key::HOLDER_NOBODY)}</span>
            <span data-shortcut="take">
                <ActionButton
                    label=Key::TAKE
                    look=Look::SMALL
                    run=take(None)
                    done=Key::TAKEN_NOW
                    on_done=on_change
                />
            </span>
        }
        .into_any(),
        Some((who, _)) if is_own(who) => {
            let run = Callback::new(move |()| {
                session.ask(async move |client| client.release_thread(id).await.map(drop))
            });
            view! {
                <span class="ds-tag" data-size="sm" data-color="accent">{Icon::PERSON} {i18n.t(Key::HOLDER_YOU)}</span>
                <ActionButton label=Key::RELEASE look=Look::SMALL run done=Key::RELEASED_NOW on_done=on_change />
            }
            .into_any()
        }
        Some((who, name)) => {
            let words = text(move || i18n.filled(Key::HOLDER_NAME, &[("name", &name)]));
            view! {
                <span class="ds-tag" data-size="sm" data-color="warning">{Icon::PERSON} {words}</span>
                <ActionButton
                    label=Key::TAKE_FROM
                    look=Look::SMALL
                    run=take(Some(who))
                    done=Key::TAKEN_NOW
                    on_done=on_change
                />
            }
            .into_any()
        }
    }
}

#[component]
fn Reopening(id: ThreadId, on_change: Callback<()>) -> impl IntoView {
    let session = use_session();
    let run =
        Callback::new(move |()| session.ask(async move |client| client.reopen_thread(id).await.map(drop)));
    view! { <ActionButton label=Key::REOPEN look=Look::SMALL run done=Key::REOPENED_NOW on_done=on_change /> }
}

#[component]
fn Opener(panel: Panel, label: Key, open: RwSignal<Option<Panel>>) -> impl IntoView {
    let i18n = use_i18n();
    let is_open = move || open.get() == Some(panel);
    let toggle = move |_| open.update(|open| *open = (*open != Some(panel)).then_some(panel));
    view! {
        <button
            type="button"
            class="ds-button"
            data-variant="tertiary"
            data-size="sm"
            data-shortcut=(panel == Panel::Forward).then_some("forward")
            aria-expanded=said(Signal::derive(is_open))
            on:click=toggle
        >
            {i18n.t(label)}
        </button>
    }
}

#[component]
fn ForwardForm(id: ThreadId, on_done: Callback<()>) -> impl IntoView {
    let (i18n, session, form, desk) = (use_i18n(), use_session(), Form::new(), use_desk());
    let announcer = use_announcer();
    let (unit, reason, note) = (RwSignal::new(String::new()), field(), field());
    let stays = RwSignal::new(false);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Ok(unit_id) = unit.get_untracked().parse() else {
            let missing = FieldError { field: "unitId".to_owned(), code: FieldErrorCode::Required };
            let _ = form.accepts(Err(vec![missing]));
            return;
        };
        let note = Some(note.get_untracked()).filter(|note| !note.trim().is_empty());
        let new = NewForward {
            unit_id,
            reason: reason.get_untracked(),
            note,
            stays_informed: stays.get_untracked(),
        };
        if form.accepts(new.validate()) {
            form.send(session.ask(async move |client| client.forward_thread(id, &new).await), move |_| {
                announcer.say(Key::FORWARDED_NOW);
                on_done.try_run(());
            });
        }
    };
    view! {
        <form class="form card part" novalidate=true on:submit=submit>
            <UnitChoice chosen=unit error=form.error_of("unitId") except=desk.unit />
            <ReasonField
                id="forward-reason"
                label=Key::FORWARD_REASON
                hint=Key::FORWARD_REASON_HINT
                value=reason
                error=form.error_of("reason")
            />
            <ReasonField
                id="forward-note"
                label=Key::FORWARD_NOTE
                hint=Key::FORWARD_NOTE_HINT
                value=note
                error=form.error_of("note")
            />
            <Tick
                id="forward-stays"
                label=Key::FORWARD_STAYS
                is_on=stays.into()
                on_change=Callback::new(move |is_on| stays.set(is_on))
            />
            <p class="fine">{i18n.t(Key::FORWARD_FOLLOWS)}</p>
            <SubmitButton form label=Key::FORWARD_SEND />
        </form>
    }
}

#[component]
fn UnitChoice(
    chosen: RwSignal<String>,
    error: Signal<Option<FieldErrorCode>>,
    except: UnitId,
) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let page = PageQuery { limit: Some(MAX_LIMIT), ..PageQuery::default() };
    let units = Remote::new(move || {
        let page = page.clone();
        session.ask(async move |client| client.list_units(&page).await)
    });
    let options = dynamic(move || {
        let mut units = units.get().map(|page| page.items).unwrap_or_default();
        units.retain(|unit| unit.id != except);
        units.sort_by_key(|unit| i18n.local(&unit.name));
        let options = units.into_iter().map(|unit| {
            view! { <option value=unit.id.to_string()>{i18n.local(&unit.name)}</option> }
        });
        options.collect_view().into_any()
    });
    let is_refused = Signal::derive(move || error.get().is_some());
    view! {
        <div class="ds-field">
            <label class="ds-label" for="forward-unit">{i18n.t(Key::FORWARD_UNIT)}</label>
            <select
                class="ds-input"
                id="forward-unit"
                aria-invalid=said(is_refused)
                aria-describedby="forward-unit-error"
                on:change=move |event| chosen.set(event_target_value(&event))
            >
                <option value="">{i18n.t(Key::FORWARD_CHOOSE)}</option>
                {options}
            </select>
            <FieldProblem id="forward-unit" error invalid=Key::FIELD_INVALID />
        </div>
    }
}

#[component]
fn ReturnForm(id: ThreadId, on_done: Callback<()>) -> impl IntoView {
    let (i18n, session, form) = (use_i18n(), use_session(), Form::new());
    let (announcer, reason) = (use_announcer(), field());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let new = NewReturn { reason: reason.get_untracked() };
        if form.accepts(new.validate()) {
            form.send(session.ask(async move |client| client.return_thread(id, &new).await), move |_| {
                announcer.say(Key::RETURNED_NOW);
                on_done.try_run(());
            });
        }
    };
    view! {
        <form class="form card part" novalidate=true on:submit=submit>
            <ReasonField
                id="return-reason"
                label=Key::RETURN_REASON
                hint=Key::FORWARD_REASON_HINT
                value=reason
                error=form.error_of("reason")
            />
            <p class="fine">{i18n.t(Key::RETURN_ONCE)}</p>
            <SubmitButton form label=Key::RETURN_SEND />
        </form>
    }
}

fn field() -> RwSignal<String> {
    RwSignal::new(String::new())
}
