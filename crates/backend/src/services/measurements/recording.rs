//! Keeping measurements, one or many, and striking those through that were entered wrong.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use omasote_rules::measurements::{Moment, Reading, is_change_asked, is_unusual_change, judge_all, read};
use omasote_types::Instant;
use omasote_types::error::{FieldError, FieldErrorCode};
use omasote_types::ids::{CitizenId, MeasurementId};
use omasote_types::measurements::{
    BatchMode, BatchOutcome, BatchResult, MAX_BATCH, Measurement, MeasurementKind, MeasurementSource,
    NewMeasurement, NewMeasurements, Target,
};
use omasote_types::sessions::PersonId;
use omasote_types::updates::Update;

use super::standing::bring_up_to_date;
use crate::audit::Call;
use crate::db::{DbConn, Tx};
use crate::error::AppError;
use crate::live::Signal;
use crate::policy::{self, Action, Part, Permit, Resource};
use crate::repos::measurements::{self as repo, NewRow, Sameness, sameness};
use crate::repos::{clients, people};

/// Who brings measurements.
struct Recorder {
    source: MeasurementSource,
    name: String,
}

/// A measurement on its way, with its place in what was sent.
struct Incoming<'a> {
    place: usize,
    new: &'a NewMeasurement,
    reading: Reading,
}

/// What a measurement is that was struck through and comes again.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Struck {
    /// A device that sends its memory again: it stays struck.
    Known,
    /// A person who enters it by hand after all.
    Forgotten,
}

/// Keeps one measurement. The same is kept once: asked again, the one that is there is the answer. Says whether it is new.
///
/// # Errors
/// `not_found`, `outside_mandate`, `data_restricted`; `validation_failed`, with `unusual` at what is to be confirmed.
pub fn record(
    tx: &mut Tx<'_>,
    call: &mut Call,
    of: CitizenId,
    new: &NewMeasurement,
) -> Result<(Measurement, bool), AppError> {
    let (recorder, now) = (begin(tx, call, of)?, call.now());
    let reading = read(new, now)?;
    if !new.is_confirmed && is_change_asked(new.kind) {
        check_change(tx.conn(), of, (new, &reading))?;
    }
    let again = match recorder.source {
        MeasurementSource::Program => Struck::Known,
        _ => Struck::Forgotten,
    };
    let incoming = vec![Incoming { place: 0, new, reading }];
    let outcome = keep(tx, of, (&recorder, now), (incoming, again))?.pop();
    let (id, is_new) = match outcome {
        Some((_, BatchOutcome::Recorded(id))) => (id, true),
        Some((_, BatchOutcome::Known(id))) => (id, false),
        Some((_, BatchOutcome::Refused(_))) | None => return Err(AppError::not_found()),
    };
    let kept = repo::find(tx.conn(), id)?.ok_or_else(AppError::not_found)?;
    Ok((kept, is_new))
}

/// Refuses as unusual what differs much from the one before it, unless it is known already.
fn check_change(
    conn: &mut DbConn,
    of: CitizenId,
    (new, reading): (&NewMeasurement, &Reading),
) -> Result<(), AppError> {
    let (of, at) = ((of, new.kind), new.taken_at);
    let [known, _] = repo::list_same(conn, of, (at, at))?;
    if known.contains_key(&sameness(new.kind, at, &reading.values)) {
        return Ok(());
    }
    match repo::find_last_before(conn, of, at)? {
        Some(last) if is_unusual_change(new.kind, &last.values, &reading.values) => {
            Err(AppError::field("values.value", FieldErrorCode::Unusual))
        }
        _ => Ok(()),
    }
}

/// Keeps many measurements: all or none, or each that can be kept. What was sent before is known again, so that the same can be sent
/// twice.
///
/// # Errors
/// `not_found`, `outside_mandate`, `data_restricted`; `validation_failed` when all are wanted and one cannot be kept.
pub fn record_many(
    tx: &mut Tx<'_>,
    call: &mut Call,
    of: CitizenId,
    many: &NewMeasurements,
) -> Result<BatchResult, AppError> {
    let (recorder, now) = (begin(tx, call, of)?, call.now());
    match many.measurements.len() {
        0 => return Err(AppError::field("measurements", FieldErrorCode::Required)),
        count if count > MAX_BATCH => {
            return Err(AppError::field("measurements", FieldErrorCode::TooLong));
        }
        _ => {}
    }
    let (mut incoming, mut refused) = (Vec::with_capacity(many.measurements.len()), Vec::new());
    for (place, new) in many.measurements.iter().enumerate() {
        match read(new, now) {
            Ok(reading) => incoming.push(Incoming { place, new, reading }),
            Err(errors) => refused.push((place, errors)),
        }
    }
    if many.mode == BatchMode::AllOrNothing && !refused.is_empty() {
        return Err(in_their_places(refused).into());
    }
    let mut outcomes = keep(tx, of, (&recorder, now), (incoming, Struck::Known))?;
    outcomes.extend(refused.into_iter().map(|(place, errors)| (place, BatchOutcome::Refused(errors))));
    outcomes.sort_by_key(|(place, _)| *place);
    let outcomes: Vec<BatchOutcome> = outcomes.into_iter().map(|(_, outcome)| outcome).collect();
    let recorded = outcomes.iter().filter(|outcome| matches!(outcome, BatchOutcome::Recorded(_))).count();
    Ok(BatchResult { recorded: u32::try_from(recorded).unwrap_or(u32::MAX), outcomes })
}

fn in_their_places(refused: Vec<(usize, Vec<FieldError>)>) -> Vec<FieldError> {
    let placed = |(place, errors): (usize, Vec<FieldError>)| {
        errors.into_iter().map(move |error| FieldError {
            field: format!("measurements.{place}.{}", error.field),
            code: error.code,
        })
    };
    refused.into_iter().flat_map(placed).collect()
}

/// Lets the actor write, has nobody else write meanwhile, and tells who they are.
fn begin(tx: &mut Tx<'_>, call: &mut Call, of: CitizenId) -> Result<Recorder, AppError> {
    let permit = policy::require(tx.conn(), call, Action::Write, Resource::Citizen(of, Part::Measurements))?;
    repo::lock(tx.conn(), of)?;
    let (source, name) = source_of(tx.conn(), call, &permit)?;
    Ok(Recorder { source, name })
}

fn source_of(
    conn: &mut DbConn,
    call: &Call,
    permit: &Permit,
) -> Result<(MeasurementSource, String), AppError> {
    if let Some(via) = call.actor.via {
        let known = clients::find(conn, via.client)?.ok_or_else(AppError::not_found)?;
        return Ok((MeasurementSource::Program, known.client.name));
    }
    Ok(match call.actor.person {
        PersonId::Professional(id) => {
            let by = people::find_professional(conn, id)?.ok_or_else(AppError::not_found)?;
            (MeasurementSource::Professional, format!("{}, {}", by.name, by.title))
        }
        PersonId::Citizen(id) => {
            let name = people::list_names(conn, &[id])?.pop().map(|(_, name)| name).unwrap_or_default();
            let is_proxy = permit.is_on_behalf();
            (if is_proxy { MeasurementSource::Proxy } else { MeasurementSource::Citizen }, name)
        }
    })
}

/// Keeps what is not there yet; says what became of each.
fn keep(
    tx: &mut Tx<'_>,
    of: CitizenId,
    (recorder, now): (&Recorder, Instant),
    (incoming, struck): (Vec<Incoming<'_>>, Struck),
) -> Result<Vec<(usize, BatchOutcome)>, AppError> {
    let mut known = find_known(tx.conn(), of, (&incoming, struck))?;
    let targets = repo::list_targets(tx.conn(), of, None)?;
    let (mut outcomes, mut fresh) = (Vec::with_capacity(incoming.len()), Vec::new());
    for one in incoming {
        let same = sameness(one.new.kind, one.new.taken_at, &one.reading.values);
        if let Some(id) = known.get(&same) {
            outcomes.push((one.place, BatchOutcome::Known(*id)));
            continue;
        }
        let id = MeasurementId::at(now);
        known.insert(same, id);
        outcomes.push((one.place, BatchOutcome::Recorded(id)));
        fresh.push((id, one));
    }
    insert(tx, of, (recorder, now), (&targets, &fresh))?;
    if !fresh.is_empty() {
        tx.announce(Signal::Update(Update::MeasurementsChanged { citizen_id: of }));
    }
    Ok(outcomes)
}

fn insert(
    tx: &mut Tx<'_>,
    of: CitizenId,
    (recorder, now): (&Recorder, Instant),
    (targets, fresh): (&[Target], &[(MeasurementId, Incoming<'_>)]),
) -> Result<(), AppError> {
    let judged = fresh.iter().map(|(_, one)| {
        let Reading { day, part, .. } = one.reading;
        let moment = Moment { day, part, context: one.new.context };
        judge_all(targets, one.new.kind, &one.reading.values, moment)
    });
    let judged: Vec<_> = judged.collect();
    let rows = fresh.iter().zip(&judged).map(|((id, one), judgement)| NewRow {
        id: *id,
        citizen: of,
        kind: one.new.kind,
        taken_at: one.new.taken_at,
        day: one.reading.day,
        part: one.reading.part,
        context: one.new.context,
        values: &one.reading.values,
        judgement,
        entered: one.reading.entered.as_ref(),
        remark: &one.new.remark,
        source: recorder.source,
        recorder: &recorder.name,
        now,
    });
    let rows: Vec<NewRow<'_>> = rows.collect();
    repo::insert(tx.conn(), &rows)?;
    let mut by_kind: BTreeMap<MeasurementKind, Vec<&NewRow<'_>>> = BTreeMap::new();
    for row in &rows {
        by_kind.entry(row.kind).or_default().push(row);
    }
    for (kind, rows) in by_kind {
        let steps = rows.iter().map(|row| super::standing::step(row.taken_at, row.id, row.judgement));
        bring_up_to_date(tx.conn(), (of, kind), targets, steps.collect())?;
    }
    Ok(())
}

/// What of it is there already.
fn find_known(
    conn: &mut DbConn,
    of: CitizenId,
    (incoming, again): (&[Incoming<'_>], Struck),
) -> Result<HashMap<Sameness, MeasurementId>, AppError> {
    let kinds: BTreeSet<MeasurementKind> = incoming.iter().map(|one| one.new.kind).collect();
    let mut known = HashMap::new();
    for kind in kinds {
        let times = incoming.iter().filter(|one| one.new.kind == kind).map(|one| one.new.taken_at);
        if let Some((first, last)) = times.clone().min().zip(times.max()) {
            let [valid, struck] = repo::list_same(conn, (of, kind), (first, last))?;
            if again == Struck::Known {
                known.extend(struck);
            }
            // One that counts comes before one of the same that does not.
            known.extend(valid);
        }
    }
    Ok(known)
}

/// Strikes a measurement through that was entered wrong. It stays to be seen and counts nowhere. Asked again, it stays as it is.
///
/// # Errors
/// `not_found`, `outside_mandate`, `data_restricted`.
pub fn strike(tx: &mut Tx<'_>, call: &mut Call, id: MeasurementId) -> Result<Measurement, AppError> {
    let wrong = repo::find(tx.conn(), id)?.ok_or_else(AppError::not_found)?;
    let (of, kind) = (wrong.citizen_id, wrong.kind);
    let recorder = begin(tx, call, of)?;
    if repo::strike(tx.conn(), id, &recorder.name, call.now())? {
        let targets = repo::list_targets(tx.conn(), of, Some(kind))?;
        super::standing::recount(tx.conn(), (of, kind), &targets)?;
        tx.announce(Signal::Update(Update::MeasurementsChanged { citizen_id: of }));
    }
    repo::find(tx.conn(), id)?.ok_or_else(AppError::not_found)
}
