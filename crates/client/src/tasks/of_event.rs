//! Tasks that hang on an event.

use omasote_types::ids::EventId;
use omasote_types::tasks::{NewEventTask, Task};

use crate::{Client, ClientResult, IdempotencyKey};

impl Client {
    /// The tasks that hang on an event, the one that ends first at the beginning.
    ///
    /// # Errors
    /// `not_found`, `outside_mandate`, `data_restricted`.
    pub async fn list_event_tasks(&self, of: EventId) -> ClientResult<Vec<Task>> {
        self.get(&format!("events/{of}/tasks")).await
    }

    /// Gives the citizen of an event a task to be done before it, or after it.
    ///
    /// # Errors
    /// `not_found`, `not_allowed`, `validation_failed`, `event_cancelled`, `idempotency_key_reused`.
    pub async fn create_event_task(
        &self,
        of: EventId,
        new: &NewEventTask,
        key: &IdempotencyKey,
    ) -> ClientResult<Task> {
        self.post_once(&format!("events/{of}/tasks"), new, key).await
    }
}
