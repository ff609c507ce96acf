//! Measurements as figures and charts take them: few columns of many rows, and never all of them at once in memory.

use chrono::NaiveDate;
use diesel::connection::DefaultLoadingMode;
use diesel::dsl::max;
use diesel::pg::PgRowByRowLoadingMode;
use diesel::prelude::*;
use omasote_types::Instant;
use omasote_types::decimal::Decimal;
use omasote_types::ids::CitizenId;
use omasote_types::measurements::{MeasurementContext, MeasurementKind, PartOfDay, TargetState};

use super::columns::{decimal, state_of};
use super::standings::valid;
use super::{begin_of, end_of};
use crate::db::schema::measurements;
use crate::db::{DbConn, DbText, Id, Stored};

/// A measurement as a figure takes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// When it was taken.
    pub taken_at: Instant,
    /// The day, by the clock of Finland.
    pub day: NaiveDate,
    /// The part of it.
    pub part: PartOfDay,
    /// How it stands to meals or medicine.
    pub context: Option<MeasurementContext>,
    /// The numbers in the order of the columns: the only one or the systolic pressure, the diastolic, the pulse.
    pub values: [Option<Decimal>; 3],
    /// How each stands.
    pub states: [Option<TargetState>; 3],
    /// How it stands as a whole.
    pub state: TargetState,
}

type PointRow = (
    (Stored, NaiveDate, DbText<PartOfDay>, Option<DbText<MeasurementContext>>),
    (i32, Option<i32>, Option<i32>),
    (i32, Option<i32>, Option<i32>),
    i32,
);

fn to_point(((taken_at, day, part, context), values, states, state): PointRow) -> Point {
    Point {
        taken_at: taken_at.into(),
        day,
        part: part.0,
        context: context.map(|context| context.0),
        values: [Some(values.0), values.1, values.2].map(|value| value.map(decimal)),
        states: [Some(states.0), states.1, states.2].map(|state| state.map(state_of)),
        state: state_of(state),
    }
}

macro_rules! points {
    ($of:expr, $days:expr) => {{
        let (from, to): (Option<NaiveDate>, Option<NaiveDate>) = $days;
        // Without a first or last day: all that there can be.
        let from = from.or_else(|| NaiveDate::from_ymd_opt(1900, 1, 1)).map(begin_of);
        let to = to.or_else(|| NaiveDate::from_ymd_opt(2200, 1, 1)).map(end_of);
        valid!($of)
            .filter(measurements::taken_at.nullable().ge(from))
            .filter(measurements::taken_at.nullable().lt(to))
            .select((
                (measurements::taken_at, measurements::day, measurements::part, measurements::context),
                (measurements::first, measurements::second, measurements::third),
                (measurements::first_state, measurements::second_state, measurements::third_state),
                measurements::state,
            ))
    }};
}

/// When the first and the last of a citizen's measurements of a kind on some days were taken, of those that count.
pub fn find_span(
    conn: &mut DbConn,
    of: (CitizenId, MeasurementKind),
    days: (Option<NaiveDate>, Option<NaiveDate>),
) -> QueryResult<Option<(Instant, Instant)>> {
    let mut end = |is_first: bool| -> QueryResult<Option<Stored>> {
        let moments = points!(of, days).select(measurements::taken_at);
        match is_first {
            true => {
                moments.order((measurements::taken_at.asc(), measurements::id.asc())).first(conn).optional()
            }
            false => {
                moments.order((measurements::taken_at.desc(), measurements::id.desc())).first(conn).optional()
            }
        }
    };
    let (first, last) = (end(true)?, end(false)?);
    Ok(first.zip(last).map(|(first, last)| (first.into(), last.into())))
}

/// Shows each measurement of a citizen and kind on some days that counts, the oldest first.
pub fn for_each_point(
    conn: &mut DbConn,
    of: (CitizenId, MeasurementKind),
    days: (Option<NaiveDate>, Option<NaiveDate>),
    mut see: impl FnMut(Point),
) -> QueryResult<()> {
    let query = points!(of, days).order((measurements::taken_at.asc(), measurements::id.asc()));
    match conn {
        DbConn::Pg(conn) => {
            for row in query.load_iter::<PointRow, PgRowByRowLoadingMode>(conn)? {
                see(to_point(row?));
            }
        }
        DbConn::Sqlite(conn) => {
            for row in query.load_iter::<PointRow, DefaultLoadingMode>(conn)? {
                see(to_point(row?));
            }
        }
    }
    Ok(())
}

/// The newest of those measurements, so many at most: the newest first.
pub fn list_points(
    conn: &mut DbConn,
    of: (CitizenId, MeasurementKind),
    days: (Option<NaiveDate>, Option<NaiveDate>),
    limit: i64,
) -> QueryResult<Vec<Point>> {
    let rows: Vec<PointRow> = points!(of, days)
        .order((measurements::taken_at.desc(), measurements::id.desc()))
        .limit(limit)
        .load(conn)?;
    Ok(rows.into_iter().map(to_point).collect())
}

/// The greatest number of a kind until a day.
pub fn find_best(
    conn: &mut DbConn,
    of: (CitizenId, MeasurementKind),
    to: Option<NaiveDate>,
) -> QueryResult<Option<Decimal>> {
    let to = to.or_else(|| NaiveDate::from_ymd_opt(2200, 1, 1)).map(end_of);
    let best: Option<i32> = valid!(of)
        .filter(measurements::taken_at.nullable().lt(to))
        .select(max(measurements::first))
        .get_result(conn)?;
    Ok(best.map(decimal))
}
