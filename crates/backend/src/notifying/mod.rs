//! Telling people by e-mail and text message: the mail server and the gateway outside.
//!
//! Belongs here: how they are asked, what is written, and what their answers mean. Does not: who is told and when
//! (`services/notifications`), or when it is tried again (`services/outbox`).
//!
//! Addresses, numbers and what the other side says are never logged.

mod bounces;
mod email;
mod sms;
mod texts;

use std::time::Duration;

pub use bounces::returned;
use email::Email;
use omasote_types::notifications::Channel;
use sms::Sms;

use crate::config::{SettingError, Settings};
use crate::services::notifications::{NoticeTrouble, Outgoing};
use crate::services::outbox::Attempt;

/// The ways that are set up.
pub struct Notifier {
    email: Option<Email>,
    sms: Option<Sms>,
    gathering: Duration,
    public_url: String,
}

impl Notifier {
    /// Sets them up; asks nothing yet.
    ///
    /// # Errors
    /// When a certificate cannot be read.
    pub fn of(settings: &Settings) -> Result<Self, SettingError> {
        let wrong = |why: String| SettingError::new("notifications_file", why);
        let ways = settings.notifications.as_ref();
        let email = ways.and_then(|ways| ways.email.as_ref()).map(Email::of).transpose().map_err(wrong)?;
        let sms = ways.and_then(|ways| ways.sms.as_ref()).map(Sms::of).transpose().map_err(wrong)?;
        let gathering = ways.map(|ways| ways.gathering).unwrap_or_default();
        Ok(Self { email, sms, gathering, public_url: settings.public_url.clone() })
    }

    /// The ways that can be used.
    #[must_use]
    pub fn connected(&self) -> Vec<Channel> {
        let ways = [(Channel::Email, self.email.is_some()), (Channel::Sms, self.sms.is_some())];
        ways.into_iter().filter(|(_, is_there)| *is_there).map(|(channel, _)| channel).collect()
    }

    /// So long what comes up is gathered before somebody is told.
    #[must_use]
    pub const fn gathering(&self) -> Duration {
        self.gathering
    }

    /// How long an attempt may take.
    #[must_use]
    pub fn patience(&self) -> Duration {
        let email = self.email.as_ref().map(Email::patience);
        email.max(self.sms.as_ref().map(Sms::patience)).unwrap_or_default()
    }

    /// Tells somebody.
    pub async fn send(&self, outgoing: &Outgoing) -> Attempt<NoticeTrouble> {
        let (language, telling, url) = (outgoing.language, &outgoing.telling, self.public_url.as_str());
        match (outgoing.channel, &self.email, &self.sms) {
            (Channel::Email, Some(email), _) => {
                email.send(outgoing, &texts::email(language, telling, url)).await
            }
            (Channel::Sms, _, Some(sms)) => sms.send(outgoing, &texts::sms(language, telling, url)).await,
            (Channel::Email | Channel::Sms, ..) => Attempt::Passing(NoticeTrouble::Unreachable, None),
        }
    }
}
