//! What becomes of a thread: one small state machine, the same for the server that keeps threads and the apps that show
//! what can be done.
//!
//! A thread always belongs to exactly one unit. While its citizen waits it is in that unit's queue, free or taken by one
//! professional; the wait is counted from the first unanswered message and nothing but an answer or an end stops it.

use std::time::Duration;

use chrono::{DateTime, Utc};
use omasote_types::ids::{ProfessionalId, UnitId};
use omasote_types::messages::ThreadState;

/// For how long after its end a matter opens again.
pub const REOPENS_FOR: Duration = Duration::from_secs(30 * 24 * 3600);

/// From so many moves between units on, a matter counts as sent to the wrong place.
pub const MISROUTED_FROM: u32 = 2;

/// That a professional has taken a thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hold {
    /// Who.
    pub by: ProfessionalId,
    /// Since when they have it, or since when its citizen waits for them again.
    pub since: DateTime<Utc>,
}

/// Where a thread stands: all that decides what can be done with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Whether the citizen waits, has an answer, or the matter has ended.
    pub state: ThreadState,
    /// The unit that has it.
    pub unit: UnitId,
    /// Who of the unit has taken it.
    pub hold: Option<Hold>,
    /// Since when the citizen waits; absent when nobody does.
    pub waiting_since: Option<DateTime<Utc>>,
    /// When it ended; absent while it is open.
    pub closed_at: Option<DateTime<Utc>>,
    /// How often it has moved from unit to unit.
    pub moves: u32,
    /// The unit it came from, while it may be sent back there.
    pub returns_to: Option<UnitId>,
    /// Whether the citizen said that they did not understand, and waits for that.
    pub is_raised: bool,
}

/// Something that is done with a thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// The citizen, or who acts for them, writes.
    CitizenWrites,
    /// The citizen says that they did not understand an instruction.
    NotUnderstood,
    /// The citizen ends the matter.
    CitizenCloses,
    /// The citizen opens an ended matter again.
    CitizenReopens,
    /// A professional of the unit writes to the citizen.
    UnitWrites(ProfessionalId),
    /// A professional takes it.
    Take(ProfessionalId),
    /// A professional takes it from a colleague, whom they saw to have it.
    TakeFrom {
        /// Who takes it.
        by: ProfessionalId,
        /// From whom.
        from: ProfessionalId,
    },
    /// Who has it lets it go.
    Release(ProfessionalId),
    /// Who has it is away or has not moved it for too long.
    HoldLapses,
    /// The promise of an answer was not kept.
    PromiseMissed,
    /// A professional sends it to another unit.
    Forward {
        /// Who sends it.
        by: ProfessionalId,
        /// Where to.
        to: UnitId,
    },
    /// A professional of the unit that got it sends it back, once.
    Return(ProfessionalId),
    /// A professional ends the matter.
    UnitCloses(ProfessionalId),
    /// A professional opens an ended matter again.
    UnitReopens(ProfessionalId),
}

/// Why something cannot be done with a thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Another professional has it.
    TakenBy(ProfessionalId),
    /// Who was to have it does not.
    NotTakenBy(ProfessionalId),
    /// The matter has ended.
    Closed,
    /// The matter ended so long ago that it does not open again.
    EndedLongAgo,
    /// It is in that unit already.
    SameUnit,
    /// It did not come from another unit, or was sent back before.
    NotReturnable,
}

/// Which part of its unit's inbox shows a thread: always exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Queue {
    /// The citizen waits, and nobody has taken it.
    Free,
    /// The citizen waits, and a professional has taken it.
    Taken(ProfessionalId),
    /// The citizen has an answer.
    Answered,
    /// The matter has ended.
    Closed,
}

impl Standing {
    /// A thread that a citizen begins.
    #[must_use]
    pub const fn begun_by_citizen(unit: UnitId, now: DateTime<Utc>) -> Self {
        Self { state: ThreadState::Waiting, waiting_since: Some(now), ..Self::nothing(unit) }
    }

    /// A thread that a professional begins.
    #[must_use]
    pub const fn begun_by_unit(unit: UnitId, by: ProfessionalId, now: DateTime<Utc>) -> Self {
        let hold = Some(Hold { by, since: now });
        Self { state: ThreadState::Answered, hold, ..Self::nothing(unit) }
    }

    const fn nothing(unit: UnitId) -> Self {
        Self {
            state: ThreadState::Answered,
            unit,
            hold: None,
            waiting_since: None,
            closed_at: None,
            moves: 0,
            returns_to: None,
            is_raised: false,
        }
    }

    /// Which part of its unit's inbox shows it.
    #[must_use]
    pub fn queue(&self) -> Queue {
        match (self.state, self.hold) {
            (ThreadState::Waiting, None) => Queue::Free,
            (ThreadState::Waiting, Some(hold)) => Queue::Taken(hold.by),
            (ThreadState::Answered, _) => Queue::Answered,
            (ThreadState::Closed, _) => Queue::Closed,
        }
    }

    /// Whether it has moved so often that it was sent to the wrong place.
    #[must_use]
    pub const fn is_misrouted(&self) -> bool {
        self.moves >= MISROUTED_FROM
    }

    /// Whether an ended matter opens again; true of one that is open.
    #[must_use]
    pub fn can_reopen(&self, now: DateTime<Utc>) -> bool {
        self.closed_at.is_none_or(|closed_at| now <= closed_at + REOPENS_FOR)
    }

    /// Where the thread stands after `act`.
    ///
    /// # Errors
    /// Why it cannot be done; then nothing changes.
    pub fn after(self, act: Act, now: DateTime<Utc>) -> Result<Self, Refusal> {
        match act {
            Act::CitizenWrites => self.open(now).map(|open| open.waiting(now)),
            Act::NotUnderstood => self.open(now).map(|open| Self { is_raised: true, ..open.waiting(now) }),
            Act::CitizenReopens => match self.state {
                ThreadState::Closed => self.open(now).map(|open| open.waiting(now)),
                ThreadState::Waiting | ThreadState::Answered => Ok(self),
            },
            Act::CitizenCloses => Ok(self.closed(now)),
            Act::UnitWrites(by) => self.open(now)?.free_for(by).map(|free| free.answered(by, now)),
            Act::UnitReopens(by) => match self.state {
                ThreadState::Closed => self.open(now).map(|open| open.answered(by, now)),
                ThreadState::Waiting | ThreadState::Answered => Ok(self),
            },
            Act::UnitCloses(by) => self.free_for(by).map(|free| free.closed(now)),
            Act::Take(by) => self.going_on()?.free_for(by).map(|free| free.held(by, now)),
            Act::TakeFrom { by, from } => self.going_on()?.of(from).map(|found| found.held(by, now)),
            Act::Release(by) => self.of(by).map(Self::released),
            Act::HoldLapses | Act::PromiseMissed => Ok(self.released()),
            Act::Forward { by, to } => self.going_on()?.free_for(by)?.forwarded(to, now),
            Act::Return(by) => self.going_on()?.free_for(by)?.returned(now),
        }
    }

    /// The same, open.
    fn open(self, now: DateTime<Utc>) -> Result<Self, Refusal> {
        match self.state {
            ThreadState::Closed if !self.can_reopen(now) => Err(Refusal::EndedLongAgo),
            ThreadState::Closed => Ok(Self { state: ThreadState::Answered, closed_at: None, ..self }),
            ThreadState::Waiting | ThreadState::Answered => Ok(self),
        }
    }

    fn going_on(self) -> Result<Self, Refusal> {
        if self.state == ThreadState::Closed { Err(Refusal::Closed) } else { Ok(self) }
    }

    fn free_for(self, by: ProfessionalId) -> Result<Self, Refusal> {
        match self.hold {
            Some(hold) if hold.by != by => Err(Refusal::TakenBy(hold.by)),
            _ => Ok(self),
        }
    }

    fn of(self, holder: ProfessionalId) -> Result<Self, Refusal> {
        match self.hold {
            Some(hold) if hold.by == holder => Ok(self),
            _ => Err(Refusal::NotTakenBy(holder)),
        }
    }

    /// Who waits already goes on waiting since the same moment. Who has it has it anew, when the wait begins.
    fn waiting(self, now: DateTime<Utc>) -> Self {
        let hold = match self.waiting_since {
            Some(_) => self.hold,
            None => self.hold.map(|hold| Hold { since: now, ..hold }),
        };
        let waiting_since = self.waiting_since.or(Some(now));
        Self { state: ThreadState::Waiting, hold, waiting_since, ..self }
    }

    fn answered(self, by: ProfessionalId, now: DateTime<Utc>) -> Self {
        let answered = Self { state: ThreadState::Answered, waiting_since: None, is_raised: false, ..self };
        answered.held(by, now)
    }

    fn closed(self, now: DateTime<Utc>) -> Self {
        let closed_at = self.closed_at.or(Some(now));
        let (waiting_since, is_raised) = (None, false);
        Self { state: ThreadState::Closed, waiting_since, closed_at, is_raised, ..self }.released()
    }

    const fn held(self, by: ProfessionalId, now: DateTime<Utc>) -> Self {
        Self { hold: Some(Hold { by, since: now }), ..self }
    }

    const fn released(self) -> Self {
        Self { hold: None, ..self }
    }

    fn forwarded(self, to: UnitId, now: DateTime<Utc>) -> Result<Self, Refusal> {
        if to == self.unit {
            return Err(Refusal::SameUnit);
        }
        let returns_to = Some(self.unit);
        Ok(Self { returns_to, ..self.moved(to, now) })
    }

    fn returned(self, now: DateTime<Utc>) -> Result<Self, Refusal> {
        let to = self.returns_to.ok_or(Refusal::NotReturnable)?;
        Ok(Self { returns_to: None, ..self.moved(to, now) })
    }

    /// In another unit, where it waits: also an answered matter is sent on because something is still to be done.
    fn moved(self, to: UnitId, now: DateTime<Utc>) -> Self {
        let moves = self.moves.saturating_add(1);
        Self { unit: to, moves, ..self.waiting(now) }.released()
    }
}

#[cfg(test)]
mod tests;
