//! Telling people at once that something changed: a bus between the writers and the open streams.
//!
//! Belongs here: who hears which signal. Does not: what a signal means to a screen, or how a stream is written as HTTP.

mod hub;

use std::sync::Arc;

pub use hub::{Hub, Interest, Subscription};
use omasote_types::ids::SessionId;
use omasote_types::updates::Update;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What a committed write tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Signal {
    /// Something that people may look at again changed.
    Update(Update),
    /// A session has ended: its tokens are worth nothing any more.
    SessionEnded(SessionId),
    /// Signals of other servers may have been missed.
    MayHaveMissed,
}

type Listener = Box<dyn Fn(&Signal) + Send + Sync>;

/// Carries signals from the writers to this server's listeners.
#[derive(Clone)]
pub struct Bus {
    /// Which server this is: it has heard its own signals already when they come back by the database.
    server: Uuid,
    listeners: Arc<[Listener]>,
}

#[derive(Serialize, Deserialize)]
struct Payload {
    server: Uuid,
    signals: Vec<Signal>,
}

impl Bus {
    /// A bus with its listeners. They must return at once.
    #[must_use]
    pub fn new(server: Uuid, listeners: Vec<Listener>) -> Self {
        Self { server, listeners: listeners.into() }
    }

    /// Tells this server's listeners.
    pub fn publish(&self, signals: &[Signal]) {
        for signal in signals {
            for listener in self.listeners.iter() {
                listener(signal);
            }
        }
    }

    /// Writes signals for the other servers.
    #[must_use]
    pub fn to_payload(&self, signals: &[Signal]) -> String {
        let payload = Payload { server: self.server, signals: signals.to_vec() };
        serde_json::to_string(&payload).unwrap_or_default()
    }

    /// Tells this server's listeners what another server wrote.
    pub fn publish_payload(&self, payload: &str) {
        match serde_json::from_str::<Payload>(payload) {
            Ok(payload) if payload.server == self.server => {}
            Ok(payload) => self.publish(&payload.signals),
            Err(_) => {
                tracing::warn!("a signal of another server cannot be read");
                self.publish(&[Signal::MayHaveMissed]);
            }
        }
    }
}
