//! Events, the times that units offer, and calendars outside the apps.

use omasote_types::events::{
    AgendaItem, AgendaQuery, Booking, CalendarFeedState, CreatedCalendarFeed, Event, EventCancellation,
    EventQuery, EventSettings, EventUpdate, EventVisibility, NewCalendarFeed, NewEvent, NewSlots,
    OtherTimeRequest, Slot,
};
use omasote_types::ids::{CitizenId, EventId, SlotId, UnitId};
use omasote_types::page::{Page, PageQuery};

use crate::transport::{Method, Request};
use crate::{Client, ClientResult, IdempotencyKey, query};

impl Client {
    /// A page of a citizen's tasks and events in one list.
    ///
    /// # Errors
    /// `not_found`, `outside_mandate`, `data_restricted`, `invalid_cursor`, `invalid_parameter`.
    pub async fn list_agenda(&self, of: CitizenId, query: &AgendaQuery) -> ClientResult<Page<AgendaItem>> {
        self.get(&format!("citizens/{of}/agenda{}", agenda_query(query))).await
    }

    /// A page of a citizen's events.
    ///
    /// # Errors
    /// `not_found`, `outside_mandate`, `data_restricted`, `invalid_cursor`, `invalid_parameter`.
    pub async fn list_events(&self, of: CitizenId, query: &EventQuery) -> ClientResult<Page<Event>> {
        self.get(&format!("citizens/{of}/events{}", event_query(query))).await
    }

    /// Gives an event to a citizen. For professionals of the unit.
    ///
    /// # Errors
    /// `not_found`, `not_allowed`, `data_restricted`, `validation_failed`, `idempotency_key_reused`.
    pub async fn create_event(
        &self,
        of: CitizenId,
        new: &NewEvent,
        key: &IdempotencyKey,
    ) -> ClientResult<Event> {
        self.post_once(&format!("citizens/{of}/events"), new, key).await
    }

    /// One event.
    ///
    /// # Errors
    /// `not_found`, `outside_mandate`, `data_restricted`.
    pub async fn get_event(&self, id: EventId) -> ClientResult<Event> {
        self.get(&format!("events/{id}")).await
    }

    /// Changes an event, or moves it. For professionals of the unit.
    ///
    /// # Errors
    /// `not_found`, `not_allowed`, `validation_failed`, `event_cancelled`, `event_over`; `precondition_failed` when `version` is not the
    /// present one.
    pub async fn update_event(&self, id: EventId, version: u32, update: &EventUpdate) -> ClientResult<Event> {
        self.put_version(&format!("events/{id}"), version, update).await
    }

    /// The citizen says that they come.
    ///
    /// # Errors
    /// `not_found`, `outside_mandate`, `not_allowed`, `event_cancelled`, `event_over`.
    pub async fn confirm_event(&self, id: EventId) -> ClientResult<Event> {
        self.ask(Method::Post, &format!("events/{id}/confirm")).await
    }

    /// Cancels an event.
    ///
    /// # Errors
    /// `not_found`, `outside_mandate`, `not_allowed`, `validation_failed`, `event_cancelled`, `event_over`, `too_late_to_change`.
    pub async fn cancel_event(&self, id: EventId, cancellation: &EventCancellation) -> ClientResult<Event> {
        self.post(&format!("events/{id}/cancel"), cancellation).await
    }

    /// The citizen asks for another time.
    ///
    /// # Errors
    /// `not_found`, `outside_mandate`, `not_allowed`, `validation_failed`, `event_cancelled`, `event_over`, `too_late_to_change`.
    pub async fn request_other_time(&self, id: EventId, request: &OtherTimeRequest) -> ClientResult<Event> {
        self.post(&format!("events/{id}/other-time"), request).await
    }

    /// Hides an event from those who act for the citizen, or shows it to them again.
    ///
    /// # Errors
    /// `not_found`, `not_allowed`.
    pub async fn set_event_visibility(
        &self,
        id: EventId,
        visibility: EventVisibility,
    ) -> ClientResult<Event> {
        self.put(&format!("events/{id}/visibility"), &visibility).await
    }

    /// A page of a unit's events. For its professionals.
    ///
    /// # Errors
    /// `not_found`, `invalid_cursor`, `invalid_parameter`.
    pub async fn list_unit_events(&self, of: UnitId, query: &EventQuery) -> ClientResult<Page<Event>> {
        self.get(&format!("units/{of}/events{}", event_query(query))).await
    }

    /// What a unit lets citizens do with their times. For its lead and administrators.
    ///
    /// # Errors
    /// `role_required`, `not_found`.
    pub async fn get_event_settings(&self, of: UnitId) -> ClientResult<EventSettings> {
        self.get(&format!("units/{of}/event-settings")).await
    }

    /// Changes what a unit lets citizens do with their times. For its lead and administrators.
    ///
    /// # Errors
    /// `role_required`, `not_found`, `validation_failed`.
    pub async fn update_event_settings(
        &self,
        of: UnitId,
        settings: EventSettings,
    ) -> ClientResult<EventSettings> {
        self.put(&format!("units/{of}/event-settings"), &settings).await
    }

    /// Offers times. For professionals of the unit.
    ///
    /// # Errors
    /// `not_found`, `data_restricted`, `validation_failed`, `idempotency_key_reused`.
    pub async fn create_slots(
        &self,
        of: UnitId,
        new: &NewSlots,
        key: &IdempotencyKey,
    ) -> ClientResult<Vec<Slot>> {
        self.post_once(&format!("units/{of}/slots"), new, key).await
    }

    /// A page of the times to come that a unit has offered. For its professionals.
    ///
    /// # Errors
    /// `not_found`, `invalid_cursor`, `invalid_parameter`.
    pub async fn list_unit_slots(&self, of: UnitId, query: &PageQuery) -> ClientResult<Page<Slot>> {
        self.get(&format!("units/{of}/slots{}", page_query(query))).await
    }

    /// Takes an offered time back.
    ///
    /// # Errors
    /// `not_found`; `slot_taken` when somebody has booked it.
    pub async fn delete_slot(&self, id: SlotId) -> ClientResult<()> {
        self.delete(&format!("slots/{id}")).await
    }

    /// A page of the times that are offered to a citizen and free.
    ///
    /// # Errors
    /// `not_found`, `outside_mandate`, `data_restricted`, `invalid_cursor`, `invalid_parameter`.
    pub async fn list_slots(&self, of: CitizenId, query: &PageQuery) -> ClientResult<Page<Slot>> {
        self.get(&format!("citizens/{of}/slots{}", page_query(query))).await
    }

    /// Books an offered time.
    ///
    /// # Errors
    /// `not_found`, `outside_mandate`, `not_allowed`, `validation_failed`, `slot_taken`, `event_over`, `too_many_bookings`,
    /// `idempotency_key_reused`.
    pub async fn book_slot(
        &self,
        of: CitizenId,
        booking: Booking,
        key: &IdempotencyKey,
    ) -> ClientResult<Event> {
        self.post_once(&format!("citizens/{of}/bookings"), &booking, key).await
    }

    /// An event as an iCalendar file; with `details` it says what the event is.
    ///
    /// # Errors
    /// `not_found`, `outside_mandate`, `data_restricted`.
    pub async fn get_event_file(&self, id: EventId, details: bool) -> ClientResult<String> {
        let path = format!("events/{id}/calendar.ics{}", if details { "?details=true" } else { "" });
        Ok(self.send(Request::new(Method::Get, &path)).await?.body)
    }

    /// Whether a citizen's calendar has an address to fetch from.
    ///
    /// # Errors
    /// `not_found`, `outside_mandate`.
    pub async fn get_calendar_feed(&self, of: CitizenId) -> ClientResult<CalendarFeedState> {
        self.get(&format!("citizens/{of}/calendar-feed")).await
    }

    /// Makes that address; one that there was is worth nothing then.
    ///
    /// # Errors
    /// `not_found`, `outside_mandate`.
    pub async fn create_calendar_feed(
        &self,
        of: CitizenId,
        new: NewCalendarFeed,
    ) -> ClientResult<CreatedCalendarFeed> {
        self.post(&format!("citizens/{of}/calendar-feed"), &new).await
    }

    /// That address is worth nothing from now on.
    ///
    /// # Errors
    /// `not_found`, also when there is none; `outside_mandate`.
    pub async fn delete_calendar_feed(&self, of: CitizenId) -> ClientResult<()> {
        self.delete(&format!("citizens/{of}/calendar-feed")).await
    }

    /// What a calendar gets by the secret in its address.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn get_calendar(&self, token: &str) -> ClientResult<String> {
        let path = format!("calendar/{token}.ics");
        Ok(self.send(Request::new(Method::Get, &path)).await?.body)
    }
}

fn agenda_query(of: &AgendaQuery) -> String {
    let limit = of.limit.map(|limit| limit.to_string());
    query(&[("list", Some(of.list.code())), ("cursor", of.cursor.as_deref()), ("limit", limit.as_deref())])
}

fn event_query(of: &EventQuery) -> String {
    let limit = of.limit.map(|limit| limit.to_string());
    query(&[("list", Some(of.list.code())), ("cursor", of.cursor.as_deref()), ("limit", limit.as_deref())])
}

fn page_query(of: &PageQuery) -> String {
    let limit = of.limit.map(|limit| limit.to_string());
    query(&[("cursor", of.cursor.as_deref()), ("limit", limit.as_deref())])
}
