//! Ids: UUIDv7, so they sort by the time they were made. One type each, so that they cannot be mixed up.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "server", derive(utoipa::ToSchema), schema(value_type = String, format = Uuid))]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// Wraps an id that came from storage.
            #[must_use]
            pub const fn from_uuid(id: Uuid) -> Self {
                Self(id)
            }

            /// The bare UUID.
            #[must_use]
            pub const fn as_uuid(&self) -> &Uuid {
                &self.0
            }

            /// A new id that sorts after every id this process made for the same or an earlier moment.
            #[cfg(feature = "server")]
            #[must_use]
            pub fn at(now: crate::Instant) -> Self {
                Self(new_uuid(now))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, out)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::from_str(text).map(Self)
            }
        }
    };
}

id!(
    /// A citizen who uses, or is served in, the channel.
    CitizenId
);
id!(
    /// A health or social care professional.
    ProfessionalId
);
id!(
    /// A service unit.
    UnitId
);
id!(
    /// A topic a citizen can write about; each leads to one unit.
    TopicId
);
id!(
    /// A message thread between a citizen and a unit.
    ThreadId
);
id!(
    /// One message of a thread.
    MessageId
);
id!(
    /// A reply template.
    TemplateId
);
id!(
    /// A saved view of an inbox.
    ViewId
);
id!(
    /// A home measurement.
    MeasurementId
);
id!(
    /// A citizen's target for a kind of measurement.
    TargetId
);
id!(
    /// A guide that everybody may read.
    GuideId
);
id!(
    /// What a link of a message leads to: an id of that kind of thing.
    LinkedId
);
id!(
    /// A task that is given to many, or again and again.
    TaskSeriesId
);
id!(
    /// A file sent with a message.
    AttachmentId
);
id!(
    /// A thread's move from one unit to another.
    TransferId
);
id!(
    /// A note on a thread, for professionals only.
    NoteId
);
id!(
    /// That somebody is told outside the apps that something waits for them.
    NoticeId
);
id!(
    /// Something of a thread that is saved to the patient record.
    RecordId
);
id!(
    /// A message that is to be sent later.
    ScheduledMessageId
);
id!(
    /// A signed-in session.
    SessionId
);
id!(
    /// A line of the access log.
    AccessId
);
id!(
    /// A break-glass access to a citizen's data.
    EmergencyAccessId
);
id!(
    /// A right to act for another citizen.
    ProxyId
);
id!(
    /// A third-party program that uses the API.
    ClientId
);
id!(
    /// A citizen's consent to an app's using their data.
    ConsentId
);
id!(
    /// A package of a citizen's own data.
    ExportId
);
id!(
    /// One request to the server: what its answer's `X-Request-Id` says.
    RequestId
);
id!(
    /// A local account: a user name and a password.
    AccountId
);
id!(
    /// Something that was done with a professional's account.
    AccountEventId
);
id!(
    /// A restriction of the processing of a citizen's data.
    RestrictionId
);
id!(
    /// An erasure of a citizen's data.
    ErasureId
);
id!(
    /// A questionnaire, whatever its version.
    QuestionnaireId
);
id!(
    /// What a citizen has answered to a questionnaire once.
    ResponseId
);
id!(
    /// Something that a citizen is asked to do.
    TaskId
);
id!(
    /// A visit, a call or a video call with a time.
    EventId
);
id!(
    /// A time that a unit offers.
    SlotId
);

#[cfg(feature = "server")]
fn new_uuid(now: crate::Instant) -> Uuid {
    use std::sync::Mutex;
    use uuid::{ContextV7, Timestamp};

    static CONTEXT: Mutex<ContextV7> = Mutex::new(ContextV7::new());
    let seconds = u64::try_from(now.timestamp()).unwrap_or_default();
    let context = CONTEXT.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    Uuid::new_v7(Timestamp::from_unix(&*context, seconds, now.timestamp_subsec_nanos()))
}

#[cfg(all(test, feature = "server"))]
mod tests {
    use super::MessageId;

    #[test]
    fn ids_of_one_moment_sort_in_the_order_they_were_made() {
        let now = chrono::DateTime::from_timestamp(1_790_000_000, 5).unwrap();
        let made: Vec<MessageId> = (0..1000).map(|_| MessageId::at(now)).collect();
        assert!(made.windows(2).all(|pair| pair[0] < pair[1]));
    }
}
