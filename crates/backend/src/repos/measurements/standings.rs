//! Where citizens stand with each kind, and what it is made of.

use diesel::dsl::{count_star, min};
use diesel::prelude::*;
use omasote_rules::measurements::{Standing, Step};
use omasote_types::Instant;
use omasote_types::ids::CitizenId;
use omasote_types::measurements::{Component, Measurement, MeasurementKind, TargetState};

use super::columns::{decimal, number_of, state_of, thousandths};
use super::{MeasurementRow, to_measurement};
use crate::db::schema::{citizens, measurement_standings, measurements};
use crate::db::{DbConn, DbText, Id, MultiBackend, Stored};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = measurement_standings, check_for_backend(MultiBackend))]
#[diesel(treat_none_as_default_value = false, treat_none_as_null = true)]
struct StandingRow {
    citizen_id: Id,
    kind: DbText<MeasurementKind>,
    latest_id: Id,
    latest_at: Stored,
    state: i32,
    deviation_of: Option<DbText<Component>>,
    deviation: Option<i32>,
    out_since: Option<Stored>,
    out_count: i32,
    count: i32,
}

/// Until the transaction is done nobody else changes the citizen's measurements.
pub fn lock(conn: &mut DbConn, of: CitizenId) -> QueryResult<()> {
    // SQLite has one writer.
    if let DbConn::Pg(conn) = conn {
        citizens::table.find(Id::from(of)).select(citizens::id).for_no_key_update().first::<Id>(conn)?;
    }
    Ok(())
}

fn to_standing(row: &StandingRow) -> (MeasurementKind, Standing) {
    let deviation = row.deviation_of.zip(row.deviation).map(|(of, by)| (of.0, decimal(by)));
    let place = (row.latest_at.into(), row.latest_id.into());
    let standing = Standing {
        latest: Step { place, state: state_of(row.state), deviation },
        out_since: row.out_since.map(Instant::from),
        out_count: u32::try_from(row.out_count).unwrap_or_default(),
        count: u32::try_from(row.count).unwrap_or_default(),
    };
    (row.kind.0, standing)
}

/// Where a citizen stands with a kind.
pub fn find_standing(
    conn: &mut DbConn,
    (of, kind): (CitizenId, MeasurementKind),
) -> QueryResult<Option<Standing>> {
    let row = measurement_standings::table
        .find((Id::from(of), DbText(kind)))
        .select(StandingRow::as_select())
        .first(conn)
        .optional()?;
    Ok(row.map(|row| to_standing(&row).1))
}

/// The newest measurement of each kind that a citizen has measured, with where they stand.
pub fn list_standings(
    conn: &mut DbConn,
    of: CitizenId,
) -> QueryResult<Vec<(MeasurementKind, Standing, Measurement)>> {
    let rows: Vec<(StandingRow, MeasurementRow)> = measurement_standings::table
        .inner_join(measurements::table.on(measurements::id.eq(measurement_standings::latest_id)))
        .filter(measurement_standings::citizen_id.eq(Id::from(of)))
        .select((StandingRow::as_select(), MeasurementRow::as_select()))
        .load(conn)?;
    let all = rows.into_iter().map(|(standing, latest)| {
        let (kind, standing) = to_standing(&standing);
        Ok((kind, standing, to_measurement(latest)?))
    });
    all.collect()
}

/// Keeps where a citizen stands with a kind.
pub fn save_standing(
    conn: &mut DbConn,
    (of, kind): (CitizenId, MeasurementKind),
    standing: Option<&Standing>,
) -> QueryResult<usize> {
    let kept = measurement_standings::table.find((Id::from(of), DbText(kind)));
    let Some(standing) = standing else { return diesel::delete(kept).execute(conn) };
    let (latest_at, latest_id) = standing.latest.place;
    let number = |count: u32| i32::try_from(count).unwrap_or(i32::MAX);
    let row = StandingRow {
        citizen_id: of.into(),
        kind: DbText(kind),
        latest_id: latest_id.into(),
        latest_at: latest_at.into(),
        state: number_of(standing.latest.state),
        deviation_of: standing.latest.deviation.map(|(of, _)| DbText(of)),
        deviation: standing.latest.deviation.map(|(_, by)| thousandths(by)),
        out_since: standing.out_since.map(Stored::from),
        out_count: number(standing.out_count),
        count: number(standing.count),
    };
    match diesel::update(kept).set(&row).execute(conn)? {
        0 => diesel::insert_into(measurement_standings::table).values(row).execute(conn),
        changed => Ok(changed),
    }
}

/// Of a citizen's measurements of a kind those that count.
macro_rules! valid {
    ($of:expr) => {{
        let (of, kind): (CitizenId, MeasurementKind) = $of;
        measurements::table
            .filter(measurements::citizen_id.eq(Id::from(of)))
            .filter(measurements::kind.eq(DbText(kind)))
            .filter(measurements::struck_at.is_null())
    }};
}
pub(super) use valid;

/// The newest measurement that counts.
pub fn find_newest(conn: &mut DbConn, of: (CitizenId, MeasurementKind)) -> QueryResult<Option<Measurement>> {
    let row = valid!(of)
        .order((measurements::taken_at.desc(), measurements::id.desc()))
        .select(MeasurementRow::as_select())
        .first(conn)
        .optional()?;
    row.map(to_measurement).transpose()
}

/// The last measurement before a moment that counts.
pub fn find_last_before(
    conn: &mut DbConn,
    of: (CitizenId, MeasurementKind),
    at: Instant,
) -> QueryResult<Option<Measurement>> {
    let row = valid!(of)
        .filter(measurements::taken_at.lt(Stored::from(at)))
        .order((measurements::taken_at.desc(), measurements::id.desc()))
        .select(MeasurementRow::as_select())
        .first(conn)
        .optional()?;
    row.map(to_measurement).transpose()
}

/// How many measurements count.
pub fn count(conn: &mut DbConn, of: (CitizenId, MeasurementKind)) -> QueryResult<u32> {
    let count: i64 = valid!(of).count().get_result(conn)?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

/// Of the measurements that are out of the target without a break until the newest, when the first was taken, and how many they are.
/// The newest must be out.
pub fn find_run(conn: &mut DbConn, of: (CitizenId, MeasurementKind)) -> QueryResult<(Option<Instant>, u32)> {
    let not_out: Vec<i32> =
        TargetState::ALL.into_iter().filter(|state| !state.is_out()).map(number_of).collect();
    let last_in: Option<(Stored, Id)> = valid!(of)
        .filter(measurements::state.eq_any(not_out))
        .order((measurements::taken_at.desc(), measurements::id.desc()))
        .select((measurements::taken_at, measurements::id))
        .first(conn)
        .optional()?;
    let mut query =
        valid!(of).select((min(measurements::taken_at), count_star())).into_boxed::<MultiBackend>();
    if let Some((at, id)) = last_in {
        let later =
            measurements::taken_at.gt(at).or(measurements::taken_at.eq(at).and(measurements::id.gt(id)));
        query = query.filter(later);
    }
    let (since, count): (Option<Stored>, i64) = query.first(conn)?;
    Ok((since.map(Instant::from), u32::try_from(count).unwrap_or(u32::MAX)))
}
