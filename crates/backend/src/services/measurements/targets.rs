//! Targets: a professional sets them, and what was measured since is judged anew.

use omasote_rules::measurements::{Moment, judge_all};
use omasote_types::ids::{CitizenId, TargetId};
use omasote_types::measurements::{NewTarget, Target, TargetQuery};
use omasote_types::updates::Update;

use super::super::messages::professional;
use super::standing::recount;
use crate::audit::Call;
use crate::db::{DbConn, Tx};
use crate::error::AppError;
use crate::live::Signal;
use crate::policy::{self, Action, Part, Resource};
use crate::repos::measurements as repo;

/// A citizen's targets and those that were in force before.
///
/// # Errors
/// `not_found`, `outside_mandate`, `data_restricted`.
pub fn list_targets(
    conn: &mut DbConn,
    call: &mut Call,
    of: CitizenId,
    query: &TargetQuery,
) -> Result<Vec<Target>, AppError> {
    policy::require(conn, call, Action::Read, Resource::Citizen(of, Part::Measurements))?;
    Ok(repo::list_targets(conn, of, query.kind)?)
}

/// Sets a target. It takes the place of the one for the same measurements from its first day on.
///
/// # Errors
/// `not_found`, `not_allowed` to citizens, `data_restricted`; `validation_failed`.
pub fn set_target(
    tx: &mut Tx<'_>,
    call: &mut Call,
    of: CitizenId,
    new: &NewTarget,
) -> Result<Target, AppError> {
    policy::require(tx.conn(), call, Action::Handle, Resource::Citizen(of, Part::Measurements))?;
    new.validate()?;
    let (by, now) = (professional(call)?, call.now());
    repo::lock(tx.conn(), of)?;
    repo::cut_targets(tx.conn(), (of, new.kind), new.moment, new.from)?;
    let id = TargetId::at(now);
    repo::insert_target(tx.conn(), (id, of, by), new, now)?;
    let targets = repo::list_targets(tx.conn(), of, Some(new.kind))?;
    for (id, day, part, context, values) in repo::list_to_judge(tx.conn(), (of, new.kind), new.from)? {
        let judgement = judge_all(&targets, new.kind, &values, Moment { day, part, context });
        repo::set_states(tx.conn(), id, &judgement)?;
    }
    recount(tx.conn(), (of, new.kind), &targets)?;
    tx.announce(Signal::Update(Update::MeasurementsChanged { citizen_id: of }));
    targets.into_iter().find(|target| target.id == id).ok_or_else(AppError::not_found)
}
