//! Keeping where a citizen stands with a kind equal to what counting all of their measurements anew would give.

use omasote_rules::measurements::{Judgement, Moment, Standing, Step, judge_all};
use omasote_types::Instant;
use omasote_types::ids::{CitizenId, MeasurementId};
use omasote_types::measurements::{Measurement, MeasurementKind, Target};

use crate::db::DbConn;
use crate::error::AppError;
use crate::repos::measurements as repo;

/// A measurement as a standing takes it.
pub(super) const fn step(taken_at: Instant, id: MeasurementId, judgement: &Judgement) -> Step {
    Step { place: (taken_at, id), state: judgement.state, deviation: judgement.deviation }
}

/// Takes new measurements into account, which are kept already: one after the other when they are newer than what there was, else by
/// counting anew.
pub(super) fn bring_up_to_date(
    conn: &mut DbConn,
    of: (CitizenId, MeasurementKind),
    targets: &[Target],
    mut steps: Vec<Step>,
) -> Result<(), AppError> {
    let before = repo::find_standing(conn, of)?;
    steps.sort_by_key(|step| step.place);
    let are_newer = match (&before, steps.first()) {
        (Some(standing), Some(first)) => first.place > standing.latest.place,
        _ => true,
    };
    if !are_newer {
        return recount(conn, of, targets);
    }
    let standing = steps.into_iter().fold(before, |standing, step| Some(Standing::after(standing, step)));
    repo::save_standing(conn, of, standing.as_ref())?;
    Ok(())
}

/// Counts anew.
pub(super) fn recount(
    conn: &mut DbConn,
    of: (CitizenId, MeasurementKind),
    targets: &[Target],
) -> Result<(), AppError> {
    let Some(newest) = repo::find_newest(conn, of)? else {
        repo::save_standing(conn, of, None)?;
        return Ok(());
    };
    let latest = step(newest.taken_at, newest.id, &judgement_of(targets, &newest));
    let (out_since, out_count) = if latest.state.is_out() { repo::find_run(conn, of)? } else { (None, 0) };
    let standing = Standing { latest, out_since, out_count, count: repo::count(conn, of)? };
    repo::save_standing(conn, of, Some(&standing))?;
    Ok(())
}

pub(super) fn judgement_of(targets: &[Target], measurement: &Measurement) -> Judgement {
    let moment = Moment { day: measurement.day, part: measurement.part, context: measurement.context };
    judge_all(targets, measurement.kind, &measurement.values, moment)
}
