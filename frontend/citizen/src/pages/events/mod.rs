//! Events, offered times, and the agenda: tasks and events in one list.

mod agenda;
mod answering;
mod booking;
mod calendar;
mod card;
mod event;

use leptos::prelude::*;
use omasote_types::ids::EventId;

use agenda::{AgendaPage, NextOfAgenda};
use booking::BookingPage;
use calendar::CalendarPage;
use event::EventPage;

/// A page about events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EventsPage {
    Agenda,
    One(EventId),
    Booking,
    Calendar,
}

/// Makes a page about events.
pub(crate) fn page(page: EventsPage) -> AnyView {
    match page {
        EventsPage::Agenda => view! { <AgendaPage /> }.into_any(),
        // Made anew for another event, so that nothing of the one before is shown in it.
        EventsPage::One(id) => view! { <EventPage id /> }.into_any(),
        EventsPage::Booking => view! { <BookingPage /> }.into_any(),
        EventsPage::Calendar => view! { <CalendarPage /> }.into_any(),
    }
}

/// Makes what the front page shows of the agenda.
pub(crate) fn next() -> AnyView {
    view! { <NextOfAgenda /> }.into_any()
}
