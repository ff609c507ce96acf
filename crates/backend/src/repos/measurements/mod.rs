//! Home measurements, targets, and where citizens stand with them.

mod columns;
mod counted;
mod standings;
mod targets;

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use omasote_rules::measurements::Judgement;
use omasote_types::Instant;
use omasote_types::decimal::Decimal;
use omasote_types::ids::{CitizenId, MeasurementId};
use omasote_types::measurements::{
    Entered, Measurement, MeasurementContext, MeasurementKind, MeasurementSource, PartOfDay, Struck, Values,
};

pub use columns::place_of;
use columns::{by_component, decimal, in_columns, number_of, state_of, thousandths};
pub use counted::{Point, find_best, find_span, for_each_point, list_points};
pub use standings::{
    count, find_last_before, find_newest, find_run, find_standing, list_standings, lock, save_standing,
};
pub use targets::{cut_targets, insert_target, list_targets};

use super::json;
use crate::cursor::Window;
use crate::db::schema::measurements;
use crate::db::{DbConn, DbText, Id, MultiBackend, Stored};
use crate::per_backend;

/// So many rows go into one statement: both engines take their parameters.
const ROWS_AT_ONCE: usize = 500;

#[derive(Queryable, Selectable, Insertable, Clone, Debug)]
#[diesel(table_name = measurements, check_for_backend(MultiBackend), treat_none_as_default_value = false)]
struct MeasurementRow {
    id: Id,
    citizen_id: Id,
    kind: DbText<MeasurementKind>,
    taken_at: Stored,
    day: NaiveDate,
    part: DbText<PartOfDay>,
    context: Option<DbText<MeasurementContext>>,
    first: i32,
    second: Option<i32>,
    third: Option<i32>,
    first_state: i32,
    second_state: Option<i32>,
    third_state: Option<i32>,
    state: i32,
    entered: Option<String>,
    remark: String,
    source: DbText<MeasurementSource>,
    recorder: String,
    recorded_at: Stored,
    struck_at: Option<Stored>,
    struck_by: Option<String>,
}

/// A measurement to be kept.
#[derive(Clone, Debug)]
pub struct NewRow<'a> {
    /// Its id.
    pub id: MeasurementId,
    /// Whose it is.
    pub citizen: CitizenId,
    /// What was measured.
    pub kind: MeasurementKind,
    /// When.
    pub taken_at: Instant,
    /// The day, by the clock of Finland.
    pub day: NaiveDate,
    /// The part of it.
    pub part: PartOfDay,
    /// How it stands to meals or medicine.
    pub context: Option<MeasurementContext>,
    /// The numbers.
    pub values: &'a Values,
    /// How they stand.
    pub judgement: &'a Judgement,
    /// What was entered.
    pub entered: Option<&'a Entered>,
    /// What was remarked.
    pub remark: &'a str,
    /// Who brought it.
    pub source: MeasurementSource,
    /// Their name.
    pub recorder: &'a str,
    /// When.
    pub now: Instant,
}

impl NewRow<'_> {
    fn to_row(&self) -> QueryResult<MeasurementRow> {
        let [first, second, third] = in_columns(self.values).map(|value| value.map(thousandths));
        let [first_state, second_state, third_state] =
            in_columns(&self.judgement.states).map(|state| state.map(number_of));
        Ok(MeasurementRow {
            id: self.id.into(),
            citizen_id: self.citizen.into(),
            kind: DbText(self.kind),
            taken_at: self.taken_at.into(),
            day: self.day,
            part: DbText(self.part),
            context: self.context.map(DbText),
            first: first.unwrap_or_default(),
            second,
            third,
            first_state: first_state.unwrap_or_default(),
            second_state,
            third_state,
            state: number_of(self.judgement.state),
            entered: self.entered.map(json::write).transpose()?,
            remark: self.remark.to_owned(),
            source: DbText(self.source),
            recorder: self.recorder.to_owned(),
            recorded_at: self.now.into(),
            struck_at: None,
            struck_by: None,
        })
    }
}

/// Keeps measurements.
pub fn insert(conn: &mut DbConn, new: &[NewRow<'_>]) -> QueryResult<usize> {
    let mut kept = 0;
    for rows in new.chunks(ROWS_AT_ONCE) {
        let rows: Vec<MeasurementRow> = rows.iter().map(NewRow::to_row).collect::<QueryResult<_>>()?;
        kept +=
            per_backend!(conn, conn => diesel::insert_into(measurements::table).values(&rows).execute(conn))?;
    }
    Ok(kept)
}

fn to_measurement(row: MeasurementRow) -> QueryResult<Measurement> {
    let kind = row.kind.0;
    let values = by_component(kind, [Some(row.first), row.second, row.third]);
    let states = by_component(kind, [Some(row.first_state), row.second_state, row.third_state]);
    let struck = row.struck_at.zip(row.struck_by).map(|(at, by)| Struck { at: at.into(), by });
    Ok(Measurement {
        id: row.id.into(),
        citizen_id: row.citizen_id.into(),
        kind,
        values: values.into_iter().map(|(component, value)| (component, decimal(value))).collect(),
        states: states.into_iter().map(|(component, state)| (component, state_of(state))).collect(),
        state: state_of(row.state),
        taken_at: row.taken_at.into(),
        day: row.day,
        part: row.part.0,
        context: row.context.map(|context| context.0),
        entered: row.entered.as_deref().map(json::read).transpose()?,
        remark: row.remark,
        source: row.source.0,
        recorded_by: row.recorder,
        recorded_at: row.recorded_at.into(),
        struck,
    })
}

/// A measurement.
pub fn find(conn: &mut DbConn, id: MeasurementId) -> QueryResult<Option<Measurement>> {
    let row = measurements::table
        .filter(measurements::id.eq(Id::from(id)))
        .select(MeasurementRow::as_select())
        .first(conn)
        .optional()?;
    row.map(to_measurement).transpose()
}

/// A citizen's measurements of a kind on some days, the newest first, those that were entered wrong among them.
pub fn list(
    conn: &mut DbConn,
    (of, kind): (CitizenId, MeasurementKind),
    (from, to): (Option<NaiveDate>, Option<NaiveDate>),
    window: &Window,
) -> QueryResult<Vec<Measurement>> {
    let mut query = measurements::table
        .filter(measurements::citizen_id.eq(Id::from(of)))
        .filter(measurements::kind.eq(DbText(kind)))
        .select(MeasurementRow::as_select())
        .into_boxed::<MultiBackend>();
    let (from, to) = (from.map(begin_of), to.map(end_of));
    if let Some(from) = from {
        query = query.filter(measurements::taken_at.ge(from));
    }
    if let Some(to) = to {
        query = query.filter(measurements::taken_at.lt(to));
    }
    if let Some(after) = window.after {
        let (time, id) = (Stored::from(after.time), Id::from_uuid(after.id));
        let earlier =
            measurements::taken_at.lt(time).or(measurements::taken_at.eq(time).and(measurements::id.lt(id)));
        query = query.filter(earlier);
    }
    let rows: Vec<MeasurementRow> = query
        .order((measurements::taken_at.desc(), measurements::id.desc()))
        .limit(window.fetch())
        .load(conn)?;
    rows.into_iter().map(to_measurement).collect()
}

/// When a day begins.
fn begin_of(day: NaiveDate) -> Stored {
    omasote_rules::helsinki::at_minute(day, 0).into()
}

/// When the next day begins.
fn end_of(day: NaiveDate) -> Stored {
    begin_of(day.succ_opt().unwrap_or(day))
}

/// What makes a measurement the same as another of the citizen: its kind, its moment to the microsecond, and its numbers.
pub type Sameness = (MeasurementKind, i64, [Option<Decimal>; 3]);

/// What makes a measurement the same as another.
#[must_use]
pub fn sameness(kind: MeasurementKind, taken_at: Instant, values: &Values) -> Sameness {
    (kind, taken_at.timestamp_micros(), in_columns(values))
}

/// Those of a citizen's measurements of a kind that were taken between two moments, by what makes them the same: those that count, and
/// beside them those that are struck through.
pub fn list_same(
    conn: &mut DbConn,
    (of, kind): (CitizenId, MeasurementKind),
    (first, last): (Instant, Instant),
) -> QueryResult<[HashMap<Sameness, MeasurementId>; 2]> {
    type Row = (Id, Stored, i32, Option<i32>, Option<i32>, Option<Stored>);
    let rows: Vec<Row> = measurements::table
        .filter(measurements::citizen_id.eq(Id::from(of)))
        .filter(measurements::kind.eq(DbText(kind)))
        .filter(measurements::taken_at.between(Stored::from(first), Stored::from(last)))
        .select((
            measurements::id,
            measurements::taken_at,
            measurements::first,
            measurements::second,
            measurements::third,
            measurements::struck_at,
        ))
        .load(conn)?;
    let [mut valid, mut struck] = [HashMap::new(), HashMap::new()];
    for (id, taken_at, first, second, third, struck_at) in rows {
        let numbers = [Some(first), second, third].map(|value| value.map(decimal));
        let same = (kind, Instant::from(taken_at).timestamp_micros(), numbers);
        if struck_at.is_some() { &mut struck } else { &mut valid }.insert(same, id.into());
    }
    Ok([valid, struck])
}

/// Strikes a measurement through; says whether it was not before.
pub fn strike(conn: &mut DbConn, id: MeasurementId, by: &str, now: Instant) -> QueryResult<bool> {
    let valid = measurements::table
        .filter(measurements::id.eq(Id::from(id)))
        .filter(measurements::struck_at.is_null());
    let changes = (measurements::struck_at.eq(Some(Stored::from(now))), measurements::struck_by.eq(Some(by)));
    Ok(diesel::update(valid).set(changes).execute(conn)? == 1)
}

/// What a judgement is made of again: a measurement, and what targets ask of it.
pub type ToJudge = (MeasurementId, NaiveDate, PartOfDay, Option<MeasurementContext>, Values);

/// The measurements of a citizen and kind from a day on.
pub fn list_to_judge(
    conn: &mut DbConn,
    (of, kind): (CitizenId, MeasurementKind),
    from: NaiveDate,
) -> QueryResult<Vec<ToJudge>> {
    type Row =
        (Id, NaiveDate, DbText<PartOfDay>, Option<DbText<MeasurementContext>>, i32, Option<i32>, Option<i32>);
    let rows: Vec<Row> = measurements::table
        .filter(measurements::citizen_id.eq(Id::from(of)))
        .filter(measurements::kind.eq(DbText(kind)))
        .filter(measurements::taken_at.ge(begin_of(from)))
        .select((
            measurements::id,
            measurements::day,
            measurements::part,
            measurements::context,
            measurements::first,
            measurements::second,
            measurements::third,
        ))
        .load(conn)?;
    let to_judge = |(id, day, part, context, first, second, third): Row| {
        let columns = [Some(first), second, third].map(|value| value.map(decimal));
        (id.into(), day, part.0, context.map(|context| context.0), by_component(kind, columns))
    };
    Ok(rows.into_iter().map(to_judge).collect())
}

/// Keeps how a measurement stands.
pub fn set_states(conn: &mut DbConn, id: MeasurementId, judgement: &Judgement) -> QueryResult<usize> {
    let [first, second, third] = in_columns(&judgement.states).map(|state| state.map(number_of));
    let changes = (
        measurements::first_state.eq(first.unwrap_or_default()),
        measurements::second_state.eq(second),
        measurements::third_state.eq(third),
        measurements::state.eq(number_of(judgement.state)),
    );
    diesel::update(measurements::table.filter(measurements::id.eq(Id::from(id)))).set(changes).execute(conn)
}
