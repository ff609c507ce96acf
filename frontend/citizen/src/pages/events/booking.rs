//! Booking an offered time: what is free, by day. Who comes second is told so, and sees what is free now.

use leptos::prelude::*;
use omasote_client::IdempotencyKey;
use omasote_rules::helsinki::to_local;
use omasote_types::events::{Booking, Slot};
use omasote_types::ids::SlotId;
use omasote_ui::acting::use_acting;
use omasote_ui::action::Action;
use omasote_ui::events::{Outcome, from_to, in_full, kind_name, lasts};
use omasote_ui::focus::PageTitle;
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::icon::Icon;
use omasote_ui::intl;
use omasote_ui::loading::Loading;
use omasote_ui::paged::{MoreButton, PagedList, Refresh};
use omasote_ui::router::use_router;
use omasote_ui::session::use_session;
use omasote_ui::updates::use_updates;
use omasote_ui::view::{dynamic, optional, said, text};

use crate::{paths, use_citizen};

/// What the times of the page need.
#[derive(Clone, Copy)]
struct Picking {
    chosen: RwSignal<Option<SlotId>>,
    outcome: Outcome,
}

#[component]
pub(super) fn BookingPage() -> impl IntoView {
    let (i18n, session, citizen) = (use_i18n(), use_session(), use_citizen());
    let slots = PagedList::new(Refresh::Everything, move |page| {
        session.ask(async move |client| client.list_slots(citizen, &page).await)
    });
    use_updates().on_agenda_change(move || slots.refresh());
    let changed = Callback::new(move |()| slots.refresh());
    let picking = Picking { chosen: RwSignal::new(None), outcome: Outcome::new(changed) };
    let write = use_acting().covers_messages().then(|| {
        view! {
            <p>
                {i18n.t(Key::BOOKING_NONE_SUITS)} " "
                <a class="ds-link" href=paths::NEW_THREAD>{i18n.t(Key::BOOKING_WRITE)}</a>
            </p>
        }
    });
    view! {
        <div class="page">
            <a class="back" href=paths::AGENDA>{Icon::BACK} {i18n.t(Key::AGENDA_TITLE)}</a>
            <header>
                <PageTitle text=text(move || i18n.text(Key::BOOKING_TITLE).to_owned()) />
                <p class="lead">{i18n.t(Key::BOOKING_INTRO)}</p>
            </header>
            {picking.outcome.show()}
            <Loading data=slots.page() let:page>
                {days(Signal::derive(move || page.get().items), picking)}
                <MoreButton list=slots label=Key::SHOW_MORE />
            </Loading>
            {write}
        </div>
    }
}

fn days(slots: Signal<Vec<Slot>>, picking: Picking) -> AnyView {
    let i18n = use_i18n();
    dynamic(move || {
        let mut rest = slots.get();
        if rest.is_empty() {
            return view! { <p>{i18n.t(Key::BOOKING_NOTHING)}</p> }.into_any();
        }
        let mut days = Vec::new();
        while let Some(first) = rest.first() {
            let day = to_local(first.time.starts_at).date();
            let (today, later) =
                rest.into_iter().partition(|slot| to_local(slot.time.starts_at).date() == day);
            rest = later;
            let heading = text(move || intl::weekday_date(i18n.language(), day));
            let today: Vec<Slot> = today;
            let row = |offer| view! { <SlotRow offer picking /> };
            days.push(view! {
                <section class="part">
                    <h2 class="ds-heading" data-size="xs">{heading}</h2>
                    <ul class="accesses">{today.into_iter().map(row).collect_view()}</ul>
                </section>
            });
        }
        days.into_any()
    })
}

#[component]
fn SlotRow(offer: Slot, picking: Picking) -> impl IntoView {
    let i18n = use_i18n();
    let (id, time, kind) = (offer.id, offer.time, offer.content.kind);
    let (title, unit) = (offer.content.title.clone(), offer.unit.name.clone());
    let is_chosen = Signal::derive(move || picking.chosen.get() == Some(id));
    let clock = text(move || from_to(i18n, time));
    let about = text(move || format!("{}, {}", i18n.text(kind_name(kind)), lasts(i18n, time)));
    let name = {
        let title = title.clone();
        text(move || format!("{}: {title}, {}", i18n.text(Key::BOOKING_PICK), clock.get()))
    };
    let pick =
        move |_| picking.chosen.update(|chosen| *chosen = if *chosen == Some(id) { None } else { Some(id) });
    let details = optional(move || {
        is_chosen.get().then(|| view! { <Chosen offer=offer.clone() picking /> }.into_any())
    });
    view! {
        <li class="card access slot">
            <div class="slot-line">
                <div>
                    <p class="access-what"><span class="slot-time">{clock}</span> " " {title}</p>
                    <p>{about}</p>
                    <p class="access-ground">{text(move || i18n.local(&unit))}</p>
                </div>
                <button
                    type="button"
                    class="ds-button"
                    data-variant="secondary"
                    data-size="sm"
                    aria-label=name
                    aria-expanded=said(is_chosen)
                    on:click=pick
                >
                    {i18n.t(Key::BOOKING_PICK)}
                </button>
            </div>
            {details}
        </li>
    }
}

/// What is booked, to be looked at before it is.
#[component]
fn Chosen(offer: Slot, picking: Picking) -> impl IntoView {
    let (i18n, session, citizen, router) = (use_i18n(), use_session(), use_citizen(), use_router());
    let (action, key) = (Action::new(), StoredValue::new(IdempotencyKey::random()));
    let (id, time) = (offer.id, offer.time);
    let when = text(move || in_full(i18n, time));
    let line = move |label: Key, words: String| {
        (!words.is_empty()).then(|| {
            view! { <p class="message-text" dir="auto"><strong>{i18n.t(label)} ": "</strong> {words}</p> }
        })
    };
    let press = move |_| {
        let (booking, key) = (Booking { slot_id: id }, key.get_value());
        let answer = session.ask(async move |client| client.book_slot(citizen, booking, &key).await);
        action.run(answer, move |answer| {
            let made = answer.as_ref().ok().map(|event| event.id);
            let error = picking.outcome.take(Key::BOOKING_DONE, answer);
            if error.is_none() {
                picking.chosen.try_set(None);
            }
            if let Some(made) = made {
                router.go(&paths::event(made));
            }
            error
        });
    };
    view! {
        <div class="slot-chosen">
            <p><strong>{when}</strong></p>
            {line(Key::EVENT_PLACE, offer.content.place)}
            {line(Key::EVENT_PREPARATION, offer.content.preparation)}
            <div class="action">
                <button
                    type="button"
                    class="ds-button"
                    data-variant="primary"
                    aria-disabled=said(action.is_busy())
                    on:click=press
                >
                    {i18n.t(Key::BOOKING_BOOK)}
                </button>
                {action.problem()}
            </div>
        </div>
    }
}
