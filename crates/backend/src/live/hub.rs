//! The open streams and what each wants to hear.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use omasote_types::ids::{CitizenId, SessionId, UnitId};
use omasote_types::updates::Update;
use tokio::sync::mpsc;

use super::Signal;

/// How many updates a slow stream may lag; then it is closed, and the browser comes back and looks at everything.
const MAX_LAG: usize = 256;

/// What a stream hears about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Interest {
    /// One citizen's matters.
    Citizen(CitizenId),
    /// One unit's matters.
    Unit(UnitId),
}

/// All open streams of this server.
#[derive(Clone, Default)]
pub struct Hub {
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    next_number: u64,
    streams: HashMap<u64, Stream>,
    by_interest: HashMap<Interest, Vec<u64>>,
}

struct Stream {
    session: SessionId,
    interests: Vec<Interest>,
    sender: mpsc::Sender<Update>,
}

/// One open stream; it is forgotten when this is dropped.
pub struct Subscription {
    hub: Hub,
    number: u64,
    receiver: mpsc::Receiver<Update>,
}

impl Hub {
    /// Opens a stream for a session.
    #[must_use]
    pub fn subscribe(&self, session: SessionId, interests: Vec<Interest>) -> Subscription {
        let (sender, receiver) = mpsc::channel(MAX_LAG);
        let mut state = self.lock();
        let number = state.next_number;
        state.next_number += 1;
        for interest in &interests {
            state.by_interest.entry(*interest).or_default().push(number);
        }
        state.streams.insert(number, Stream { session, interests, sender });
        drop(state);
        Subscription { hub: self.clone(), number, receiver }
    }

    /// How many streams are open.
    #[must_use]
    pub fn open_streams(&self) -> usize {
        self.lock().streams.len()
    }

    /// Passes a signal on to those it concerns.
    pub fn hear(&self, signal: &Signal) {
        let mut state = self.lock();
        match signal {
            Signal::Update(update) => state.tell(update),
            Signal::SessionEnded(session) => state.close_where(|stream| stream.session == *session),
            Signal::MayHaveMissed => state.tell_all(Update::Connected),
        }
    }

    /// Ends every stream, so that the server can stop.
    pub fn close_all(&self) {
        self.lock().close_where(|_| true);
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn tell(&mut self, update: &Update) {
        let concerned = match update {
            Update::ThreadChanged { citizen_id, unit_id, .. }
            | Update::AgendaChanged { citizen_id, unit_id } => {
                [Some(Interest::Citizen(*citizen_id)), Some(Interest::Unit(*unit_id))]
            }
            Update::MeasurementsChanged { citizen_id } => [Some(Interest::Citizen(*citizen_id)), None],
            Update::Typing { unit_id, .. } => [None, Some(Interest::Unit(*unit_id))],
            Update::Connected | Update::Alive => [None, None],
        };
        let concerned = concerned.iter().flatten();
        let numbers = concerned.filter_map(|interest| self.by_interest.get(interest)).flatten();
        let streams = numbers.filter_map(|number| Some((*number, self.streams.get(number)?)));
        let slow = streams.filter(|(_, stream)| stream.sender.try_send(*update).is_err());
        let slow: Vec<u64> = slow.map(|(number, _)| number).collect();
        for number in slow {
            self.close(number);
        }
    }

    fn tell_all(&mut self, update: Update) {
        self.close_where(|stream| stream.sender.try_send(update).is_err());
    }

    fn close_where(&mut self, matches: impl Fn(&Stream) -> bool) {
        let chosen = self.streams.iter().filter(|(_, stream)| matches(stream));
        let chosen: Vec<u64> = chosen.map(|(number, _)| *number).collect();
        for number in chosen {
            self.close(number);
        }
    }

    /// Forgets a stream; dropping its sender ends it.
    fn close(&mut self, number: u64) {
        let Some(stream) = self.streams.remove(&number) else { return };
        for interest in stream.interests {
            if let Some(numbers) = self.by_interest.get_mut(&interest) {
                numbers.retain(|other| *other != number);
                if numbers.is_empty() {
                    self.by_interest.remove(&interest);
                }
            }
        }
    }
}

impl Subscription {
    /// The next update; none when the stream has been closed.
    pub async fn next(&mut self) -> Option<Update> {
        self.receiver.recv().await
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        self.hub.lock().close(self.number);
    }
}
