//! How a number stands to a target: by the one that was in force on the day on which it was taken.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use omasote_types::decimal::Decimal;
use omasote_types::measurements::{
    Bound, Component, MeasurementContext, MeasurementKind, PartOfDay, Target, TargetMoment, TargetRange,
    TargetState, Values, usual_range,
};

/// When a measurement was taken, as far as targets care.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The day, by the clock of Finland.
    pub day: NaiveDate,
    /// The part of it.
    pub part: PartOfDay,
    /// How it stands to meals or medicine.
    pub context: Option<MeasurementContext>,
}

/// How the numbers of a measurement stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// Each number.
    pub states: BTreeMap<Component, TargetState>,
    /// The worst of them.
    pub state: TargetState,
    /// The number that is furthest out in the worst state, and by how much: negative when it is too low. None when all are in.
    pub deviation: Option<(Component, Decimal)>,
}

/// How a number stands to a range.
#[must_use]
pub fn judge(value: Decimal, range: &TargetRange) -> TargetState {
    if range.is_empty() {
        return TargetState::NoTarget;
    }
    if range.alarm_low.is_some_and(|bound| is_under(value, bound)) {
        return TargetState::BelowAlarm;
    }
    if range.alarm_high.is_some_and(|bound| is_over(value, bound)) {
        return TargetState::AboveAlarm;
    }
    if range.low.is_some_and(|bound| is_under(value, bound)) {
        return TargetState::Below;
    }
    if range.high.is_some_and(|bound| is_over(value, bound)) {
        return TargetState::Above;
    }
    TargetState::In
}

fn is_under(value: Decimal, bound: Bound) -> bool {
    value < bound.value || (value == bound.value && !bound.is_inside)
}

fn is_over(value: Decimal, bound: Bound) -> bool {
    value > bound.value || (value == bound.value && !bound.is_inside)
}

/// How far a number is from the nearest bound of its target: negative when it is too low, none when it is in.
#[must_use]
pub fn deviation(value: Decimal, range: &TargetRange) -> Option<Decimal> {
    let bound = match judge(value, range) {
        TargetState::NoTarget | TargetState::In => None,
        TargetState::Below | TargetState::BelowAlarm => range.low.or(range.alarm_low),
        TargetState::Above | TargetState::AboveAlarm => range.high.or(range.alarm_high),
    };
    Decimal::from_thousandths(value.thousandths() - bound?.value.thousandths())
}

/// The range of a number at a moment: of the citizen's targets that were in force the one for the context, else for the part of the day,
/// else for all; the usual range of the kind when there is none.
#[must_use]
pub fn range_at(
    targets: &[Target],
    (kind, component): (MeasurementKind, Component),
    moment: Moment,
) -> Option<TargetRange> {
    let fits = |wanted: Option<TargetMoment>| {
        let in_force = |target: &&Target| {
            target.kind == kind
                && target.moment == wanted
                && target.from <= moment.day
                && target.to.is_none_or(|to| moment.day <= to)
                && target.ranges.contains_key(&component)
        };
        let newest = targets.iter().filter(in_force).max_by_key(|target| (target.set_at, target.id))?;
        newest.ranges.get(&component).copied()
    };
    moment
        .context
        .and_then(|context| fits(Some(TargetMoment::Context(context))))
        .or_else(|| fits(Some(TargetMoment::Part(moment.part))))
        .or_else(|| fits(None))
        .or_else(|| usual_range(kind, component, moment.context))
}

/// How a measurement stands.
#[must_use]
pub fn judge_all(targets: &[Target], kind: MeasurementKind, values: &Values, moment: Moment) -> Judgement {
    let mut judgement = Judgement { states: BTreeMap::new(), state: TargetState::NoTarget, deviation: None };
    for (component, value) in values {
        let range = range_at(targets, (kind, *component), moment).unwrap_or(TargetRange::NONE);
        let state = judge(*value, &range);
        judgement.states.insert(*component, state);
        let by = deviation(*value, &range).map(|by| (*component, by));
        let size = |by: Option<(Component, Decimal)>| by.map_or(0, |(_, by)| by.thousandths().abs());
        if (state, size(by)) > (judgement.state, size(judgement.deviation)) {
            (judgement.state, judgement.deviation) = (state, by);
        }
    }
    judgement
}
