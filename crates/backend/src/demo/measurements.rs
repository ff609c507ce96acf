//! What the demo's citizens have measured at home: judged, and standing, as if it had come over the API.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use omasote_demo::DemoCounty;
use omasote_rules::measurements::{Moment, Standing, Step, judge_all, read};
use omasote_types::Instant;
use omasote_types::ids::{CitizenId, MeasurementId, TargetId};
use omasote_types::measurements::{MeasurementKind, MeasurementSource, Target};

use super::{Ids, missing};
use crate::db::DbConn;
use crate::error::AppError;
use crate::repos::measurements::{self as repo, NewRow};

/// Stores them.
pub(super) fn store(conn: &mut DbConn, county: &DemoCounty, ids: &Ids, now: Instant) -> Result<(), AppError> {
    for target in &county.targets {
        let members = county.units.get(target.unit).map(|unit| unit.members.as_slice()).unwrap_or_default();
        let by = ids.professional(*members.first().ok_or_else(missing)?)?;
        repo::insert_target(conn, (TargetId::at(now), ids.citizen(target.citizen)?, by), &target.new, now)?;
    }
    let mut targets: BTreeMap<CitizenId, Vec<Target>> = BTreeMap::new();
    let mut steps: BTreeMap<(CitizenId, MeasurementKind), Vec<Step>> = BTreeMap::new();
    for one in &county.measured {
        let of = ids.citizen(one.citizen)?;
        let person = county.citizens.get(one.citizen).ok_or_else(missing)?;
        let recorder = format!("{} {}", person.given_name, person.family_name);
        let reading = read(&one.new, now)?;
        let moment = Moment { day: reading.day, part: reading.part, context: one.new.context };
        let targets = match targets.entry(of) {
            Entry::Occupied(listed) => listed.into_mut(),
            Entry::Vacant(place) => place.insert(repo::list_targets(conn, of, None)?),
        };
        let judgement = judge_all(targets, one.new.kind, &reading.values, moment);
        let id = MeasurementId::at(one.new.taken_at);
        let row = NewRow {
            id,
            citizen: of,
            kind: one.new.kind,
            taken_at: one.new.taken_at,
            day: reading.day,
            part: reading.part,
            context: one.new.context,
            values: &reading.values,
            judgement: &judgement,
            entered: None,
            remark: &one.new.remark,
            source: MeasurementSource::Citizen,
            recorder: &recorder,
            now: one.new.taken_at,
        };
        repo::insert(conn, &[row])?;
        let (place, state, deviation) = ((one.new.taken_at, id), judgement.state, judgement.deviation);
        steps.entry((of, one.new.kind)).or_default().push(Step { place, state, deviation });
    }
    for (of, mut steps) in steps {
        steps.sort_by_key(|step| step.place);
        repo::save_standing(conn, of, Standing::of(steps).as_ref())?;
    }
    Ok(())
}
