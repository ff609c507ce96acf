//! What the forms ask the server.

use leptos::prelude::*;
use leptos::task::spawn_local;
use omasote_client::{ClientError, ClientResult};
use omasote_types::error::ErrorCode;

use crate::errors;
use crate::i18n::Key;
use crate::session::Answer;

/// One thing asked of the server at a time, and why the last was refused.
#[derive(Clone, Copy)]
pub(super) struct Asking {
    pub(super) is_busy: RwSignal<bool>,
    pub(super) problem: RwSignal<Option<Key>>,
}

impl Asking {
    pub(super) fn new() -> Self {
        Self { is_busy: RwSignal::new(false), problem: RwSignal::new(None) }
    }

    pub(super) fn run<T: 'static>(self, asked: Answer<T>, wrong: Key, then: impl FnOnce(T) + 'static) {
        self.is_busy.set(true);
        self.problem.set(None);
        spawn_local(async move {
            let outcome: ClientResult<T> = asked.await;
            // The page may be gone by now.
            self.is_busy.try_set(false);
            match outcome {
                Ok(answer) => then(answer),
                Err(error) => drop(self.problem.try_set(Some(explain(&error, wrong)))),
            }
        });
    }
}

/// What to say of a code or a password that was not taken.
fn explain(error: &ClientError, wrong: Key) -> Key {
    match error.code() {
        Some(ErrorCode::WrongCredentials) => wrong,
        _ => errors::explain(error),
    }
}
