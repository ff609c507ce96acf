//! What becomes of an event: one small state machine for the server that keeps events and the apps that show what can be done.
//!
//! The citizen, or who acts for them, confirms it, cancels it or asks for another time; the unit moves it or cancels it. Who may act
//! at all is for the server's policy; here is what can be done with an event as it stands.

mod agenda;

pub use agenda::{part_of_event, part_of_task};
use chrono::TimeDelta;
use omasote_types::Instant;
use omasote_types::events::{Event, EventState, EventTime, MAX_EVENT_DAYS_AHEAD};
use omasote_types::messages::Side;

/// Where an event stands: all that decides what can be done with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// How far it is.
    pub state: EventState,
    /// When it is.
    pub time: EventTime,
    /// Until when the citizen may cancel it or ask for another time.
    pub changeable_until: Instant,
    /// When the citizen said that they come.
    pub confirmed_at: Option<Instant>,
    /// When the citizen asked for another time.
    pub asked_at: Option<Instant>,
}

/// Something that is done with an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// The citizen says that they come; a wish for another time is taken back by it.
    Confirm,
    /// The citizen wishes another time; until the unit moves it, the event stays where it is.
    AskOtherTime,
    /// It will not be.
    Cancel,
    /// The unit gives it another time.
    Move {
        /// Which.
        to: EventTime,
        /// Until how many hours before it the citizen may change it.
        cancel_hours: u16,
    },
}

/// Why something cannot be done with an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is the citizen's to do, not the unit's.
    NotTheCitizen,
    /// It is the unit's to do, not the citizen's.
    NotTheUnit,
    /// It was cancelled.
    Cancelled,
    /// It has begun, or is over.
    Begun,
    /// The unit wants to be called when it is as near as this.
    TooLate,
    /// The time is past, too far ahead, or goes backwards.
    WrongTime,
}

/// How an event stands with the clock. It follows from its time and is never kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Phase {
    /// It is to come.
    Coming,
    /// It has begun and is not over.
    Now,
    /// It is over. Whether anybody came is not known here.
    Past,
    /// It will not be, or would have been.
    Cancelled,
}

impl Standing {
    /// An event that a unit gives.
    #[must_use]
    pub fn given(time: EventTime, cancel_hours: u16) -> Self {
        let changeable_until = changeable_until(time, cancel_hours);
        Self { state: EventState::Booked, time, changeable_until, confirmed_at: None, asked_at: None }
    }

    /// An event whose time the citizen chose: they need not say that they come.
    #[must_use]
    pub fn booked(time: EventTime, cancel_hours: u16, now: Instant) -> Self {
        Self { state: EventState::Confirmed, confirmed_at: Some(now), ..Self::given(time, cancel_hours) }
    }

    /// Where the event stands after something was done with it.
    ///
    /// # Errors
    /// Why it cannot be done; then nothing changes.
    pub fn after(self, act: Act, by: Side, now: Instant) -> Result<Self, Refusal> {
        of_whose_side(act, by)?;
        if self.state == EventState::Cancelled {
            return Err(Refusal::Cancelled);
        }
        // The unit may still say that it was not, or when it goes on, while it lasts.
        let ends = if by == Side::Unit { self.time.ends_at } else { self.time.starts_at };
        if ends <= now {
            return Err(Refusal::Begun);
        }
        match act {
            Act::Confirm => {
                let confirmed_at = self.confirmed_at.or(Some(now));
                Ok(Self { state: EventState::Confirmed, confirmed_at, asked_at: None, ..self })
            }
            Act::AskOtherTime | Act::Cancel if by == Side::Citizen && self.changeable_until <= now => {
                Err(Refusal::TooLate)
            }
            Act::AskOtherTime => {
                Ok(Self { state: EventState::Booked, confirmed_at: None, asked_at: Some(now), ..self })
            }
            Act::Cancel => Ok(Self { state: EventState::Cancelled, asked_at: None, ..self }),
            Act::Move { to, .. } if !is_to_come(to, now) => Err(Refusal::WrongTime),
            Act::Move { to, cancel_hours } => Ok(Self::given(to, cancel_hours)),
        }
    }

    /// How it stands with the clock.
    #[must_use]
    pub fn phase(&self, now: Instant) -> Phase {
        match self.state {
            EventState::Cancelled => Phase::Cancelled,
            _ if now < self.time.starts_at => Phase::Coming,
            _ if now < self.time.ends_at => Phase::Now,
            _ => Phase::Past,
        }
    }
}

impl From<&Event> for Standing {
    fn from(event: &Event) -> Self {
        Self {
            state: event.state,
            time: event.time,
            changeable_until: event.changeable_until,
            confirmed_at: event.confirmed_at,
            asked_at: event.asked_other_time.as_ref().map(|asked| asked.at),
        }
    }
}

/// Whether an event may be given this time: it goes forward, begins from now on, and within two years.
#[must_use]
pub fn is_to_come(time: EventTime, now: Instant) -> bool {
    let last = now + TimeDelta::days(MAX_EVENT_DAYS_AHEAD);
    time.starts_at >= now && time.starts_at <= last && time.starts_at < time.ends_at
}

/// Until when a citizen may change an event by themselves.
#[must_use]
pub fn changeable_until(time: EventTime, cancel_hours: u16) -> Instant {
    time.starts_at - TimeDelta::hours(cancel_hours.into())
}

/// Both sides cancel; the citizen answers to a time, the unit sets it.
const fn of_whose_side(act: Act, by: Side) -> Result<(), Refusal> {
    match (act, by) {
        (Act::Confirm | Act::AskOtherTime, Side::Unit) => Err(Refusal::NotTheCitizen),
        (Act::Move { .. }, Side::Citizen) => Err(Refusal::NotTheUnit),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
