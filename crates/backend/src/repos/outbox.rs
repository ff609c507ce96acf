//! What is still to be told to systems outside. A row says what and when next; what it is about is kept with its feature.

use diesel::dsl::count_star;
use diesel::prelude::*;
use omasote_types::Instant;
use uuid::Uuid;

use crate::db::schema::outbox;
use crate::db::{DbConn, DbText, Id, Stored, TextColumn};

/// What is delivered, and so by whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeliveryKind {
    /// Something of a thread, to the patient record.
    Record,
    /// That something waits for somebody, to them.
    Notice,
    /// That a citizen does not come, to the patient information system that keeps the appointment.
    Appointment,
}

impl TextColumn for DeliveryKind {
    fn as_text(self) -> &'static str {
        match self {
            Self::Record => "record",
            Self::Notice => "notice",
            Self::Appointment => "appointment",
        }
    }

    fn from_text(text: &str) -> Option<Self> {
        [Self::Record, Self::Notice, Self::Appointment].into_iter().find(|kind| kind.as_text() == text)
    }
}

/// Something to be delivered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// What it is.
    pub kind: DeliveryKind,
    /// Of these, which.
    pub subject: Uuid,
    /// Deliveries of one lane are never under way at the same time.
    pub lane: Uuid,
    /// Since when it waits to be delivered.
    pub waiting_since: Instant,
    /// How many times it was taken.
    pub turn: i32,
    /// How many times in a row it did not succeed.
    pub failures: i32,
}

/// Wants something delivered, as soon as can be from `due_at` on.
pub fn insert(
    conn: &mut DbConn,
    kind: DeliveryKind,
    (subject, lane): (Uuid, Uuid),
    (now, due_at): (Instant, Instant),
) -> QueryResult<usize> {
    let row = (
        outbox::kind.eq(DbText(kind)),
        outbox::subject_id.eq(Id::from_uuid(subject)),
        outbox::lane_id.eq(Id::from_uuid(lane)),
        outbox::created_at.eq(Stored::from(now)),
        outbox::waiting_since.eq(Stored::from(due_at)),
        outbox::due_at.eq(Some(Stored::from(due_at))),
        outbox::leased_until.eq(None::<Stored>),
        outbox::turn.eq(0),
        outbox::failures.eq(0),
    );
    diesel::insert_into(outbox::table).values(row).execute(conn)
}

/// What is due of these kinds and nobody is at, longest due first.
pub fn list_due(
    conn: &mut DbConn,
    kinds: &[DeliveryKind],
    now: Instant,
    limit: i64,
) -> QueryResult<Vec<Delivery>> {
    type Row = (DbText<DeliveryKind>, Id, Id, Stored, i32, i32);
    let is_free = outbox::leased_until.is_null().or(outbox::leased_until.le(Some(Stored::from(now))));
    let rows: Vec<Row> = outbox::table
        .filter(outbox::due_at.le(Some(Stored::from(now))))
        .filter(is_free)
        .filter(outbox::kind.eq_any(kinds.iter().copied().map(DbText)))
        .order(outbox::due_at.asc())
        .limit(limit)
        .select((
            outbox::kind,
            outbox::subject_id,
            outbox::lane_id,
            outbox::waiting_since,
            outbox::turn,
            outbox::failures,
        ))
        .load(conn)?;
    let delivery = |(kind, subject, lane, waiting_since, turn, failures): Row| Delivery {
        kind: kind.0,
        subject: *subject.as_uuid(),
        lane: *lane.as_uuid(),
        waiting_since: waiting_since.into(),
        turn,
        failures,
    };
    Ok(rows.into_iter().map(delivery).collect())
}

/// `select … from outbox where lane_id = …`, in one order, so that two servers do not wait for each other in a circle.
macro_rules! lane {
    ($lane:expr) => {
        outbox::table
            .filter(outbox::lane_id.eq(Id::from_uuid($lane)))
            .order(outbox::subject_id.asc())
            .select((outbox::subject_id, outbox::leased_until))
    };
}

/// Whether another delivery of the same lane is under way. Until the transaction ends nobody takes one of the lane.
pub fn is_lane_busy(conn: &mut DbConn, of: &Delivery, now: Instant) -> QueryResult<bool> {
    let rows: Vec<(Id, Option<Stored>)> = match conn {
        DbConn::Pg(conn) => lane!(of.lane).for_update().load(conn)?,
        // There is one writer.
        DbConn::Sqlite(conn) => lane!(of.lane).load(conn)?,
    };
    let is_busy = |(subject, leased_until): (Id, Option<Stored>)| {
        *subject.as_uuid() != of.subject && leased_until.is_some_and(|until| Instant::from(until) > now)
    };
    Ok(rows.into_iter().any(is_busy))
}

/// `outbox where …` the delivery is as it was when it was read.
macro_rules! same {
    ($delivery:expr) => {
        outbox::table
            .filter(outbox::kind.eq(DbText($delivery.kind)))
            .filter(outbox::subject_id.eq(Id::from_uuid($delivery.subject)))
            .filter(outbox::turn.eq($delivery.turn))
    };
}

/// Takes a delivery until a time; says whether nobody else did meanwhile.
pub fn claim(conn: &mut DbConn, delivery: &Delivery, until: Instant) -> QueryResult<bool> {
    let claimed = diesel::update(same!(delivery).filter(outbox::due_at.is_not_null()))
        .set((outbox::turn.eq(delivery.turn + 1), outbox::leased_until.eq(Some(Stored::from(until)))))
        .execute(conn)?;
    Ok(claimed == 1)
}

/// It was delivered; says whether it was still for this turn to say so.
pub fn delete(conn: &mut DbConn, delivery: &Delivery) -> QueryResult<bool> {
    Ok(diesel::delete(same!(delivery)).execute(conn)? == 1)
}

/// It was not delivered: it is due again later, or (`None`) when a person says so. Says whether it was still for this turn to
/// say so.
pub fn postpone(conn: &mut DbConn, delivery: &Delivery, due_at: Option<Instant>) -> QueryResult<bool> {
    let postponed = diesel::update(same!(delivery))
        .set((
            outbox::due_at.eq(due_at.map(Stored::from)),
            outbox::leased_until.eq(None::<Stored>),
            outbox::failures.eq(outbox::failures + 1),
        ))
        .execute(conn)?;
    Ok(postponed == 1)
}

/// It was not delivered and is not tried any more, whoever has it.
pub fn give_up(conn: &mut DbConn, delivery: &Delivery) -> QueryResult<usize> {
    let id = (DbText(delivery.kind), Id::from_uuid(delivery.subject));
    diesel::delete(outbox::table.find(id)).execute(conn)
}

/// It is to be delivered later after all, which is no failure. Says whether it was still for this turn to say so.
pub fn put_off(conn: &mut DbConn, delivery: &Delivery, until: Instant) -> QueryResult<bool> {
    let put_off = diesel::update(same!(delivery))
        .set((
            outbox::due_at.eq(Some(Stored::from(until))),
            outbox::waiting_since.eq(Stored::from(until)),
            outbox::leased_until.eq(None::<Stored>),
        ))
        .execute(conn)?;
    Ok(put_off == 1)
}

/// A person wants it tried again, now; says whether it waited for that.
pub fn resume(conn: &mut DbConn, kind: DeliveryKind, subject: Uuid, now: Instant) -> QueryResult<bool> {
    let parked = outbox::table.find((DbText(kind), Id::from_uuid(subject))).filter(outbox::due_at.is_null());
    let resumed = diesel::update(parked)
        .set((
            outbox::due_at.eq(Some(Stored::from(now))),
            outbox::waiting_since.eq(Stored::from(now)),
            outbox::failures.eq(0),
        ))
        .execute(conn)?;
    Ok(resumed == 1)
}

/// How many wait to be delivered, and how many wait for a person.
pub fn count(conn: &mut DbConn) -> QueryResult<(i64, i64)> {
    let waiting = outbox::table.filter(outbox::due_at.is_not_null()).select(count_star()).first(conn)?;
    let parked = outbox::table.filter(outbox::due_at.is_null()).select(count_star()).first(conn)?;
    Ok((waiting, parked))
}
