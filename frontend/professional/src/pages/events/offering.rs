//! The times that a unit offers: several at once, and taken back one by one.

use chrono::{Days, TimeDelta};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use omasote_client::IdempotencyKey;
use omasote_types::error::{FieldError, FieldErrorCode};
use omasote_types::events::{EventTime, MAX_NEW_SLOTS, NewSlots, Slot};
use omasote_types::ids::UnitId;
use omasote_types::sessions::Me;
use omasote_ui::action::{ActionButton, Look};
use omasote_ui::announce::use_announcer;
use omasote_ui::clock::use_clock;
use omasote_ui::events::{in_full, lasts};
use omasote_ui::focus::PageTitle;
use omasote_ui::form::{Form, LineField, SubmitButton};
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::icon::Icon;
use omasote_ui::intl;
use omasote_ui::loading::Loading;
use omasote_ui::paged::{MoreButton, PagedList, Refresh};
use omasote_ui::session::use_session;
use omasote_ui::updates::use_updates;
use omasote_ui::view::{dynamic, text};

use super::written::{ContentFields, TimeFields, WrittenContent, WrittenTime};
use crate::paths;

#[component]
pub(super) fn SlotsPage(unit: UnitId) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let name = expect_context::<Me>().units.into_iter().find(|own| own.id == unit).map(|own| own.name);
    let slots = PagedList::new(Refresh::Everything, move |page| {
        session.ask(async move |client| client.list_unit_slots(unit, &page).await)
    });
    use_updates().on_agenda_change(move || slots.refresh());
    let changed = Callback::new(move |()| slots.refresh());
    view! {
        <div class="page office">
            <a class="back" href=paths::CLIENTS>{Icon::BACK} {i18n.t(Key::CLIENTS_TITLE)}</a>
            <header>
                <PageTitle text=text(move || i18n.text(Key::SLOTS_TITLE).to_owned()) />
                {name.map(|name| view! { <p class="fine">{text(move || i18n.local(&name))}</p> })}
                <p>{i18n.t(Key::SLOTS_INTRO)}</p>
            </header>
            <OfferForm unit changed />
            <section class="part" aria-labelledby="slots-title">
                <h2 class="ds-heading" data-size="xs" id="slots-title">{i18n.t(Key::SLOTS_OFFERED)}</h2>
                <Loading data=slots.page() rows=2 let:page>
                    {rows(Signal::derive(move || page.get().items), changed)}
                    <MoreButton list=slots label=Key::SHOW_MORE />
                </Loading>
            </section>
        </div>
    }
}

fn rows(slots: Signal<Vec<Slot>>, changed: Callback<()>) -> AnyView {
    let i18n = use_i18n();
    dynamic(move || {
        let slots = slots.get();
        if slots.is_empty() {
            return view! { <p class="fine">{i18n.t(Key::SLOTS_NOTHING)}</p> }.into_any();
        }
        let row = |offer| view! { <SlotRow offer changed /> };
        view! { <ul class="accesses">{slots.into_iter().map(row).collect_view()}</ul> }.into_any()
    })
}

#[component]
fn SlotRow(offer: Slot, changed: Callback<()>) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let Slot { id, content, time, citizen, event_id, .. } = offer;
    let when = text(move || format!("{}, {}", in_full(i18n, time), lasts(i18n, time)));
    let for_whom = {
        let citizen = citizen.clone();
        text(move || match &citizen {
            Some(citizen) => i18n.filled(Key::SLOTS_FOR_ONE, &[("name", &citizen.name)]),
            None => i18n.text(Key::SLOTS_FOR_ALL).to_owned(),
        })
    };
    let run = Callback::new(move |()| session.ask(async move |client| client.delete_slot(id).await));
    let take_back = event_id.is_none().then(|| {
        view! { <ActionButton label=Key::SLOTS_TAKE_BACK look=Look::SMALL run done=Key::SLOTS_TAKEN_BACK on_done=changed /> }
    });
    let state = if event_id.is_some() { Key::SLOTS_BOOKED } else { Key::SLOTS_FREE };
    let colour = if event_id.is_some() { "success" } else { "neutral" };
    view! {
        <li class="card access">
            <p class="access-what">
                {content.title} " " <span class="ds-tag" data-color=colour>{i18n.t(state)}</span>
            </p>
            <p>{when}</p>
            <p class="access-ground">{for_whom}</p>
            {take_back}
        </li>
    }
}

/// How many times, and with which pauses.
#[derive(Clone, Copy)]
struct Series {
    first: WrittenTime,
    count: RwSignal<String>,
    pause: RwSignal<String>,
}

impl Series {
    /// The times, one after the other; which field is not whole otherwise.
    fn read(self) -> Result<Vec<EventTime>, Vec<FieldError>> {
        let refused =
            |field: &str| vec![FieldError { field: field.to_owned(), code: FieldErrorCode::InvalidFormat }];
        let first = self.first.read()?;
        let number =
            |written: RwSignal<String>| written.with_untracked(|text| text.trim().parse::<u16>().ok());
        let count = number(self.count).filter(|count| (1..=MAX_NEW_SLOTS).contains(&usize::from(*count)));
        let count = count.ok_or_else(|| refused("times"))?;
        let pause = number(self.pause).ok_or_else(|| refused("pause"))?;
        let step = (first.ends_at - first.starts_at) + TimeDelta::minutes(pause.into());
        let later = |place: u16| {
            let by = step * i32::from(place);
            EventTime { starts_at: first.starts_at + by, ends_at: first.ends_at + by }
        };
        Ok((0..count).map(later).collect())
    }
}

#[component]
fn OfferForm(unit: UnitId, changed: Callback<()>) -> impl IntoView {
    let (session, announcer, form, clock) = (use_session(), use_announcer(), Form::new(), use_clock());
    let tomorrow = untrack(move || intl::today(clock.milliseconds())) + Days::new(1);
    let content = WrittenContent::of(None);
    let series = Series {
        first: WrittenTime::on(tomorrow),
        count: RwSignal::new("4".to_owned()),
        pause: RwSignal::new("0".to_owned()),
    };
    let key = StoredValue::new(IdempotencyKey::random());
    // Other times are something else.
    Effect::new(move || {
        content.track();
        series.first.track();
        series.count.track();
        series.pause.track();
        key.set_value(IdempotencyKey::random());
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let times = match series.read() {
            Ok(times) => times,
            Err(refused) => {
                let _ = form.accepts(Err(refused));
                return;
            }
        };
        let new = NewSlots { content: content.read(), times, citizen_id: None };
        if form.accepts(new.validate()) {
            let key_now = key.get_value();
            let answer = session.ask(async move |client| client.create_slots(unit, &new, &key_now).await);
            form.send(answer, move |_| {
                announcer.say(Key::SLOTS_MADE);
                // The same times may be offered once more, to be booked by two.
                key.try_set_value(IdempotencyKey::random());
                changed.try_run(());
            });
        }
    };
    // Of many times the server says which it refuses; they follow from the first.
    let many = Signal::derive(move || {
        let first = form.error_at("times.0.startsAt".to_owned()).get();
        first.or(form.error_of("times").get())
    });
    view! {
        <form class="card form" novalidate=true on:submit=submit>
            <ContentFields written=content form />
            <TimeFields written=series.first form />
            <div class="time-row">
                <LineField
                    id="slots-count"
                    label=Key::SLOTS_COUNT
                    kind="number"
                    value=series.count
                    error=many
                    invalid=Key::SLOTS_COUNT_INVALID
                />
                <LineField
                    id="slots-pause"
                    label=Key::SLOTS_PAUSE
                    kind="number"
                    value=series.pause
                    error=form.error_of("pause")
                    invalid=Key::EVENT_LENGTH_INVALID
                />
            </div>
            <SubmitButton form label=Key::SLOTS_OFFER />
        </form>
    }
}
