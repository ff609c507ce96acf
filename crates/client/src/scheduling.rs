//! Messages that are to be sent later.

use omasote_types::ids::{ScheduledMessageId, ThreadId};
use omasote_types::scheduling::{NewScheduledMessage, ScheduledMessage};

use crate::transport::Method;
use crate::{Client, ClientResult, IdempotencyKey};

impl Client {
    /// Has a message sent later. For professionals only.
    ///
    /// # Errors
    /// `not_found`, `not_allowed`, `validation_failed`, `thread_taken`, `newer_messages`; `conflict` when enough wait already.
    pub async fn create_scheduled_message(
        &self,
        into: ThreadId,
        new: &NewScheduledMessage,
        key: &IdempotencyKey,
    ) -> ClientResult<ScheduledMessage> {
        self.post_once(&format!("threads/{into}/scheduled-messages"), new, key).await
    }

    /// What waits in a thread to be sent, and what was held. For professionals only.
    ///
    /// # Errors
    /// `not_found`, `not_allowed`.
    pub async fn list_scheduled_messages(&self, of: ThreadId) -> ClientResult<Vec<ScheduledMessage>> {
        self.get(&format!("threads/{of}/scheduled-messages")).await
    }

    /// Takes a message back before it is sent, or after it was held; gives it as it was written.
    ///
    /// # Errors
    /// `not_found`, also when it was sent already; `not_allowed`.
    pub async fn take_back_scheduled_message(
        &self,
        id: ScheduledMessageId,
    ) -> ClientResult<ScheduledMessage> {
        self.ask(Method::Delete, &format!("scheduled-messages/{id}")).await
    }
}
