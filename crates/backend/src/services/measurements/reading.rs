//! What somebody sees of measurements.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use omasote_rules::measurements::Standing;
use omasote_types::decimal::Decimal;
use omasote_types::error::ErrorCode;
use omasote_types::ids::CitizenId;
use omasote_types::measurements::{
    Component, KindOverview, MAX_POINTS, Measurement, MeasurementPoints, MeasurementQuery, SummaryQuery,
    is_day,
};
use omasote_types::page::Page;

use crate::audit::Call;
use crate::cursor::{List, Place, Window};
use crate::db::DbConn;
use crate::error::AppError;
use crate::policy::{self, Action, Part, Resource};
use crate::repos::measurements as repo;

/// Refuses days of which there is nothing.
pub(super) fn check_days(days: [Option<NaiveDate>; 2]) -> Result<(), AppError> {
    match days.into_iter().flatten().all(is_day) {
        true => Ok(()),
        false => Err(AppError::of(ErrorCode::InvalidParameter).detail("days are of the years 2000 to 2100")),
    }
}

/// A citizen's measurements of a kind, the newest first, those that were entered wrong among them.
///
/// # Errors
/// `not_found`, `outside_mandate`, `data_restricted`, `invalid_cursor`, `invalid_parameter`.
pub fn list(
    conn: &mut DbConn,
    call: &mut Call,
    of: CitizenId,
    query: &MeasurementQuery,
) -> Result<Page<Measurement>, AppError> {
    policy::require(conn, call, Action::Read, Resource::Citizen(of, Part::Measurements))?;
    check_days([query.from, query.to])?;
    let window = Window::read(List::Measurements, query.cursor.as_deref(), query.limit)?;
    let found = repo::list(conn, (of, query.kind), (query.from, query.to), &window)?;
    Ok(window.page(List::Measurements, found, |one| Place { time: one.taken_at, id: *one.id.as_uuid() }))
}

/// What a citizen measures: of each kind the newest measurement and how long it has been out of its target, what was measured last at
/// the beginning.
///
/// # Errors
/// `not_found`, `outside_mandate`, `data_restricted`.
pub fn overview(conn: &mut DbConn, call: &mut Call, of: CitizenId) -> Result<Vec<KindOverview>, AppError> {
    policy::require(conn, call, Action::Read, Resource::Citizen(of, Part::Measurements))?;
    let mut all = repo::list_standings(conn, of)?;
    all.sort_by_key(|(_, _, latest)| std::cmp::Reverse((latest.taken_at, latest.id)));
    let shown = |(kind, standing, latest)| {
        let Standing { out_since, out_count, count, .. } = standing;
        KindOverview { kind, latest, count, out_since, out_count }
    };
    Ok(all.into_iter().map(shown).collect())
}

/// A citizen's measurements of a kind as a chart takes them.
///
/// # Errors
/// `not_found`, `outside_mandate`, `data_restricted`, `invalid_parameter`.
pub fn list_points(
    conn: &mut DbConn,
    call: &mut Call,
    of: CitizenId,
    query: &SummaryQuery,
) -> Result<MeasurementPoints, AppError> {
    policy::require(conn, call, Action::Read, Resource::Citizen(of, Part::Measurements))?;
    check_days([query.from, query.to])?;
    let limit = i64::try_from(MAX_POINTS).unwrap_or(i64::MAX);
    let mut found = repo::list_points(conn, (of, query.kind), (query.from, query.to), limit + 1)?;
    let is_cut = found.len() > MAX_POINTS;
    found.truncate(MAX_POINTS);
    found.reverse();
    let mut points = MeasurementPoints { is_cut, ..MeasurementPoints::default() };
    let mut columns: [Vec<Option<Decimal>>; 3] = Default::default();
    for point in found {
        points.times.push(point.taken_at.timestamp_millis());
        points.states.push(point.state);
        for (column, value) in columns.iter_mut().zip(point.values) {
            column.push(value);
        }
    }
    let components = query.kind.facts().components.iter().map(|facts| facts.component);
    let with_any = components.zip(columns).filter(|(_, values)| values.iter().any(Option::is_some));
    points.values = with_any.collect::<BTreeMap<Component, _>>();
    Ok(points)
}
