//! Column types that mean the same on both engines.

use chrono::{DateTime, Utc};
use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql};
use diesel::pg::{Pg, PgValue};
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sql_types::{BigInt, Binary, HasSqlType, SqlOrd, SqlType, Text, Timestamptz};
use diesel::sqlite::Sqlite;
use diesel::{AsExpression, FromSqlRow};
use omasote_types::Instant;
use omasote_types::ids::{
    AccessId, AccountEventId, AccountId, AttachmentId, CitizenId, ClientId, ConsentId, EmergencyAccessId,
    ErasureId, EventId, ExportId, GuideId, LinkedId, MeasurementId, MessageId, NoteId, NoticeId,
    ProfessionalId, ProxyId, QuestionnaireId, RecordId, RequestId, RestrictionId, ScheduledMessageId,
    SessionId, SlotId, TargetId, TaskId, TaskSeriesId, TemplateId, ThreadId, TopicId, TransferId, UnitId,
    ViewId,
};
use omasote_types::sessions::PersonId;
use uuid::Uuid;

use super::MultiBackend;

/// SQL type of ids: `uuid` in PostgreSQL, 16 bytes in SQLite.
#[derive(Clone, Copy, Debug, Default, SqlType, diesel::query_builder::QueryId)]
#[diesel(postgres_type(name = "uuid"), sqlite_type(name = "Binary"))]
pub struct DbId;
impl SqlOrd for DbId {}

/// An id as a column holds it; the wire's id types turn into it and back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, AsExpression, FromSqlRow)]
#[diesel(sql_type = DbId)]
pub struct Id(Uuid);

impl Id {
    /// The bare UUID.
    #[must_use]
    pub const fn as_uuid(&self) -> &Uuid {
        &self.0
    }

    /// Wraps a UUID whose kind does not matter.
    #[must_use]
    pub const fn from_uuid(id: Uuid) -> Self {
        Self(id)
    }
}

macro_rules! id_conversions {
    ($($id:ident),*) => {$(
        impl From<$id> for Id {
            fn from(id: $id) -> Self {
                Self(*id.as_uuid())
            }
        }
        impl From<Id> for $id {
            fn from(id: Id) -> Self {
                Self::from_uuid(id.0)
            }
        }
    )*};
}
id_conversions!(
    AccessId,
    AccountEventId,
    AccountId,
    AttachmentId,
    CitizenId,
    ClientId,
    ConsentId,
    EmergencyAccessId,
    ErasureId,
    EventId,
    ExportId,
    GuideId,
    LinkedId,
    MeasurementId,
    MessageId,
    NoteId,
    NoticeId,
    ProfessionalId,
    ProxyId,
    QuestionnaireId,
    RecordId,
    RequestId,
    RestrictionId,
    ScheduledMessageId,
    SessionId,
    TargetId,
    TaskId,
    TaskSeriesId,
    SlotId,
    TemplateId,
    ThreadId,
    TopicId,
    TransferId,
    UnitId,
    ViewId
);

impl From<PersonId> for Id {
    fn from(person: PersonId) -> Self {
        match person {
            PersonId::Citizen(id) => id.into(),
            PersonId::Professional(id) => id.into(),
        }
    }
}

impl ToSql<DbId, Pg> for Id {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        ToSql::<diesel::sql_types::Uuid, Pg>::to_sql(&self.0, out)
    }
}

impl FromSql<DbId, Pg> for Id {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        FromSql::<diesel::sql_types::Uuid, Pg>::from_sql(value).map(Self)
    }
}

impl ToSql<DbId, Sqlite> for Id {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        let bytes: &[u8] = self.0.as_bytes();
        out.set_value(bytes);
        Ok(IsNull::No)
    }
}

impl FromSql<DbId, Sqlite> for Id {
    fn from_sql(value: <Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        let bytes: Vec<u8> = FromSql::<Binary, Sqlite>::from_sql(value)?;
        Ok(Self(Uuid::from_slice(&bytes)?))
    }
}

/// SQL type of moments: `timestamptz` in PostgreSQL, microseconds since 1970 in SQLite.
#[derive(Clone, Copy, Debug, Default, SqlType, diesel::query_builder::QueryId)]
#[diesel(postgres_type(name = "timestamptz"), sqlite_type(name = "Long"))]
pub struct DbInstant;
impl SqlOrd for DbInstant {}

/// A moment as a column holds it, to the microsecond.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, AsExpression, FromSqlRow)]
#[diesel(sql_type = DbInstant)]
pub struct Stored(Instant);

impl From<Instant> for Stored {
    fn from(moment: Instant) -> Self {
        Self(moment)
    }
}

impl From<Stored> for Instant {
    fn from(moment: Stored) -> Self {
        moment.0
    }
}

impl ToSql<DbInstant, Pg> for Stored {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        ToSql::<Timestamptz, Pg>::to_sql(&self.0, &mut out.reborrow())
    }
}

impl FromSql<DbInstant, Pg> for Stored {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        FromSql::<Timestamptz, Pg>::from_sql(value).map(Self)
    }
}

impl ToSql<DbInstant, Sqlite> for Stored {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.0.timestamp_micros());
        Ok(IsNull::No)
    }
}

impl FromSql<DbInstant, Sqlite> for Stored {
    fn from_sql(value: <Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        let micros: i64 = FromSql::<BigInt, Sqlite>::from_sql(value)?;
        let moment: DateTime<Utc> =
            DateTime::from_timestamp_micros(micros).ok_or("the time is out of range")?;
        Ok(Self(moment))
    }
}

/// A closed set of values that a text column holds by name.
pub trait TextColumn: Copy + std::fmt::Debug + 'static {
    /// The name in the column.
    fn as_text(self) -> &'static str;
    /// The value of a name.
    fn from_text(text: &str) -> Option<Self>;
}

/// A [`TextColumn`] value as a column holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, AsExpression, FromSqlRow)]
#[diesel(sql_type = Text)]
pub struct DbText<T: TextColumn>(pub T);

impl<T: TextColumn, B: Backend> ToSql<Text, B> for DbText<T>
where
    str: ToSql<Text, B>,
{
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, B>) -> serialize::Result {
        self.0.as_text().to_sql(out)
    }
}

impl<T: TextColumn, B: Backend> FromSql<Text, B> for DbText<T>
where
    String: FromSql<Text, B>,
{
    fn from_sql(value: B::RawValue<'_>) -> deserialize::Result<Self> {
        let text = String::from_sql(value)?;
        T::from_text(&text)
            .map(Self)
            .ok_or_else(|| "the column holds a value this version does not know".into())
    }
}

/// What the enum of both engines needs for each custom SQL type.
macro_rules! on_both_engines {
    ($value:ty, $sql_type:ident) => {
        impl HasSqlType<$sql_type> for MultiBackend {
            fn metadata(lookup: &mut Self::MetadataLookup) -> Self::TypeMetadata {
                MultiBackend::lookup_sql_type::<$sql_type>(lookup)
            }
        }
        impl FromSql<$sql_type, MultiBackend> for $value {
            fn from_sql(value: <MultiBackend as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
                value.from_sql::<$value, $sql_type>()
            }
        }
        impl ToSql<$sql_type, MultiBackend> for $value {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, MultiBackend>) -> serialize::Result {
                out.set_value(($sql_type, self));
                Ok(IsNull::No)
            }
        }
    };
}
on_both_engines!(Id, DbId);
on_both_engines!(Stored, DbInstant);
