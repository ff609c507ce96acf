//! How people are told outside the apps that something waits for them.

use omasote_types::ids::ThreadId;
use omasote_types::notifications::{NotificationSettings, NotificationUpdate, Reach};

use crate::{Client, ClientResult};

impl Client {
    /// How the caller is told.
    ///
    /// # Errors
    /// When the server does not answer.
    pub async fn get_notification_settings(&self) -> ClientResult<NotificationSettings> {
        self.get("me/notifications").await
    }

    /// Keeps how the caller wants to be told.
    ///
    /// # Errors
    /// `validation_failed`.
    pub async fn update_notification_settings(
        &self,
        new: &NotificationUpdate,
    ) -> ClientResult<NotificationSettings> {
        self.put("me/notifications", new).await
    }

    /// Whether the citizen of a thread learns outside the app that there is something for them. For professionals only.
    ///
    /// # Errors
    /// `not_found`, `not_allowed`.
    pub async fn get_reach(&self, of: ThreadId) -> ClientResult<Reach> {
        self.get(&format!("threads/{of}/reach")).await
    }
}
