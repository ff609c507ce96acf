//! Targets: added, and cut short by the next.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use omasote_types::Instant;
use omasote_types::ids::{CitizenId, ProfessionalId, TargetId};
use omasote_types::measurements::{Component, MeasurementKind, NewTarget, Target, TargetMoment, TargetRange};

use super::super::json::{read, write};
use crate::db::schema::{measurement_targets, professionals};
use crate::db::{DbConn, DbText, Id, MultiBackend, Stored};

/// Adds a target.
pub fn insert_target(
    conn: &mut DbConn,
    (id, of, by): (TargetId, CitizenId, ProfessionalId),
    new: &NewTarget,
    now: Instant,
) -> QueryResult<usize> {
    let row = (
        measurement_targets::id.eq(Id::from(id)),
        measurement_targets::citizen_id.eq(Id::from(of)),
        measurement_targets::kind.eq(DbText(new.kind)),
        measurement_targets::moment.eq(new.moment.as_ref().map(write).transpose()?),
        measurement_targets::ranges.eq(write(&new.ranges)?),
        measurement_targets::from_day.eq(new.from),
        measurement_targets::to_day.eq(new.to),
        measurement_targets::reason.eq(&new.reason),
        measurement_targets::set_by.eq(Id::from(by)),
        measurement_targets::set_at.eq(Stored::from(now)),
    );
    diesel::insert_into(measurement_targets::table).values(row).execute(conn)
}

/// Ends the targets for the same measurements that would be in force on a day or later: their last day is the one before.
pub fn cut_targets(
    conn: &mut DbConn,
    (of, kind): (CitizenId, MeasurementKind),
    moment: Option<TargetMoment>,
    from: NaiveDate,
) -> QueryResult<usize> {
    let mut in_force = measurement_targets::table
        .filter(measurement_targets::citizen_id.eq(Id::from(of)))
        .filter(measurement_targets::kind.eq(DbText(kind)))
        .filter(measurement_targets::to_day.is_null().or(measurement_targets::to_day.ge(Some(from))))
        .select(measurement_targets::id)
        .into_boxed::<MultiBackend>();
    in_force = match moment.as_ref().map(write).transpose()? {
        Some(moment) => in_force.filter(measurement_targets::moment.eq(Some(moment))),
        None => in_force.filter(measurement_targets::moment.is_null()),
    };
    let ids: Vec<Id> = in_force.load(conn)?;
    let last = from.pred_opt().unwrap_or(from);
    diesel::update(measurement_targets::table.filter(measurement_targets::id.eq_any(ids)))
        .set(measurement_targets::to_day.eq(Some(last)))
        .execute(conn)
}

/// A citizen's targets, of a kind or of all: the one that was set last at the beginning.
pub fn list_targets(
    conn: &mut DbConn,
    of: CitizenId,
    kind: Option<MeasurementKind>,
) -> QueryResult<Vec<Target>> {
    let mut query = measurement_targets::table
        .inner_join(professionals::table)
        .filter(measurement_targets::citizen_id.eq(Id::from(of)))
        .select((
            (
                measurement_targets::id,
                measurement_targets::kind,
                measurement_targets::moment,
                measurement_targets::ranges,
            ),
            (
                measurement_targets::from_day,
                measurement_targets::to_day,
                measurement_targets::reason,
                measurement_targets::set_at,
            ),
            (professionals::given_name, professionals::family_name, professionals::title),
        ))
        .into_boxed::<MultiBackend>();
    if let Some(kind) = kind {
        query = query.filter(measurement_targets::kind.eq(DbText(kind)));
    }
    let rows: Vec<TargetRow> = query.order(measurement_targets::id.desc()).load(conn)?;
    rows.into_iter().map(to_target).collect()
}

type TargetRow = (
    (Id, DbText<MeasurementKind>, Option<String>, String),
    (NaiveDate, Option<NaiveDate>, String, Stored),
    (String, String, String),
);

fn to_target(((id, kind, moment, ranges), (from, to, reason, set_at), by): TargetRow) -> QueryResult<Target> {
    let (given_name, family_name, title) = by;
    let ranges: BTreeMap<Component, TargetRange> = read(&ranges)?;
    Ok(Target {
        id: id.into(),
        kind: kind.0,
        ranges,
        moment: moment.as_deref().map(read).transpose()?,
        from,
        to,
        reason,
        set_by: format!("{given_name} {family_name}, {title}"),
        set_at: set_at.into(),
    })
}
