//! Cursors of keyset lists: where the next page begins, as text the caller passes back unread.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use omasote_types::Instant;
use omasote_types::error::ErrorCode;
use omasote_types::page::{DEFAULT_LIMIT, MAX_LIMIT, Page};
use uuid::Uuid;

use crate::error::AppError;

/// Which list a cursor belongs to; another list refuses it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// A citizen's threads.
    Threads,
    /// A thread's messages.
    Messages,
    /// The waiting part of an inbox.
    Waiting,
    /// The other parts of an inbox.
    Inbox,
    /// Threads found by words.
    Found,
    /// Units.
    Units,
    /// Members of a unit.
    Members,
    /// Guides.
    Guides,
    /// A citizen's access log.
    Accesses,
    /// Break-glass accesses.
    Emergencies,
    /// The access log as the privacy officer searches it.
    AuditLines,
    /// The accounts of professionals.
    Accounts,
    /// What was done with an account.
    AccountEvents,
    /// Questionnaires.
    Questionnaires,
    /// A citizen's tasks that are to be done.
    TasksToDo,
    /// A citizen's tasks that are done.
    TasksDone,
    /// The tasks of a unit.
    UnitTasks,
    /// The series of tasks of a unit.
    TaskSeries,
    /// Whom a unit is to call.
    UnitCalls,
    /// Events to come.
    ComingEvents,
    /// Events that are over.
    PastEvents,
    /// Times that a unit offers.
    Slots,
    /// A citizen's measurements.
    Measurements,
    /// What of the agenda is now.
    AgendaNow,
    /// What of the agenda is ahead.
    AgendaComing,
    /// What of the agenda is done.
    AgendaDone,
}

impl List {
    const fn mark(self) -> u8 {
        match self {
            Self::Threads => 1,
            Self::Messages => 2,
            Self::Waiting => 3,
            Self::Inbox => 4,
            Self::Units => 5,
            Self::Members => 6,
            Self::Accesses => 7,
            Self::Emergencies => 8,
            Self::AuditLines => 9,
            Self::Found => 10,
            Self::Guides => 11,
            Self::Accounts => 20,
            Self::AccountEvents => 21,
            Self::Questionnaires => 30,
            Self::TasksToDo => 31,
            Self::TasksDone => 32,
            Self::UnitTasks => 33,
            Self::TaskSeries => 34,
            Self::UnitCalls => 35,
            Self::ComingEvents => 40,
            Self::PastEvents => 41,
            Self::Slots => 42,
            Self::AgendaNow => 43,
            Self::AgendaComing => 44,
            Self::AgendaDone => 45,
            Self::Measurements => 50,
        }
    }
}

/// The place of an item in its list: the next page begins after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The time the list is ordered by; 1970 where it is ordered by id alone.
    pub time: Instant,
    /// The item's id, which makes the order whole.
    pub id: Uuid,
}

/// Which part of a list is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The last item of the page before.
    pub after: Option<Place>,
    /// How many items at most.
    pub limit: u16,
}

impl Window {
    /// Reads what the caller asked for.
    ///
    /// # Errors
    /// `invalid_cursor`, `invalid_parameter`.
    pub fn read(list: List, cursor: Option<&str>, limit: Option<u16>) -> Result<Self, AppError> {
        let limit = limit.unwrap_or(DEFAULT_LIMIT);
        if limit == 0 || limit > MAX_LIMIT {
            return Err(AppError::of(ErrorCode::InvalidParameter).detail("limit must be from 1 to 200"));
        }
        let after = match cursor {
            Some(cursor) => Some(parse(list, cursor).ok_or_else(|| AppError::of(ErrorCode::InvalidCursor))?),
            None => None,
        };
        Ok(Self { after, limit })
    }

    /// How many rows to fetch: one more than wanted tells whether there is a next page.
    #[must_use]
    pub fn fetch(&self) -> i64 {
        i64::from(self.limit) + 1
    }

    /// Cuts the fetched rows to a page.
    #[must_use]
    pub fn page<T>(&self, list: List, mut items: Vec<T>, place: impl Fn(&T) -> Place) -> Page<T> {
        let limit = usize::from(self.limit);
        let has_more = items.len() > limit;
        items.truncate(limit);
        let next_cursor = items.last().filter(|_| has_more).map(|last| write(list, place(last)));
        Page { items, next_cursor }
    }
}

fn write(list: List, place: Place) -> String {
    let time = place.time.timestamp_micros().to_be_bytes();
    URL_SAFE_NO_PAD.encode([&[list.mark()], time.as_slice(), place.id.as_bytes()].concat())
}

fn parse(list: List, cursor: &str) -> Option<Place> {
    let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
    let (mark, bytes) = bytes.split_first()?;
    let (time, id) = bytes.split_first_chunk::<8>()?;
    let time = Instant::from_timestamp_micros(i64::from_be_bytes(*time))?;
    let id = Uuid::from_slice(id).ok()?;
    (*mark == list.mark()).then_some(Place { time, id })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_leads_back_to_its_place_in_its_own_list_only() {
        let place = Place {
            time: Instant::from_timestamp_micros(1_790_000_000_123_456).unwrap(),
            id: Uuid::from_u128(7),
        };
        let cursor = write(List::Threads, place);
        assert_eq!(parse(List::Threads, &cursor), Some(place));
        assert_eq!(parse(List::Inbox, &cursor), None);
    }

    #[test]
    fn nonsense_is_not_a_cursor() {
        for nonsense in ["", "x", "AAAA", "ääkköset", "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"]
        {
            assert!(Window::read(List::Threads, Some(nonsense), None).is_err(), "{nonsense}");
        }
    }
}
