//! Targets: between which bounds a number should be, for one citizen and from a day on.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::kinds::{Component, MeasurementContext, MeasurementKind, PartOfDay};
use crate::decimal::Decimal;
use crate::error::{FieldError, FieldErrorCode};
use crate::ids::TargetId;
use crate::validation::Validation;

/// Whether anything here is of such a day: of the years 2000 to 2100.
#[must_use]
pub fn is_day(day: NaiveDate) -> bool {
    (2000..=2100).contains(&day.year())
}

/// How many characters a reason for a target may have.
pub const MAX_TARGET_REASON_CHARACTERS: usize = 500;

/// A bound of a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Bound {
    /// The number.
    pub value: Decimal,
    /// Whether the number itself is inside: of "4 to 7" both are, of "below 135" it is not.
    pub is_inside: bool,
}

impl Bound {
    /// A bound that is inside.
    #[must_use]
    pub const fn inside(value: Decimal) -> Self {
        Self { value, is_inside: true }
    }

    /// A bound that is outside.
    #[must_use]
    pub const fn outside(value: Decimal) -> Self {
        Self { value, is_inside: false }
    }
}

/// Between which bounds a number should be, and from where on it calls for a look today.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TargetRange {
    /// Beyond it a low number is an alarm.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alarm_low: Option<Bound>,
    /// Beyond it a number is below the target.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub low: Option<Bound>,
    /// Beyond it a number is above the target.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<Bound>,
    /// Beyond it a high number is an alarm.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alarm_high: Option<Bound>,
}

impl TargetRange {
    /// No bound at all.
    pub const NONE: Self = Self { alarm_low: None, low: None, high: None, alarm_high: None };

    /// From one number to another, both inside.
    #[must_use]
    pub const fn from_to(low: Decimal, high: Decimal) -> Self {
        Self { low: Some(Bound::inside(low)), high: Some(Bound::inside(high)), ..Self::NONE }
    }

    /// Below a number, which is outside.
    #[must_use]
    pub const fn below(high: Decimal) -> Self {
        Self { high: Some(Bound::outside(high)), ..Self::NONE }
    }

    /// Whether it says nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::NONE
    }

    /// Its bounds from the lowest to the highest.
    fn bounds(&self) -> [Option<Bound>; 4] {
        [self.alarm_low, self.low, self.high, self.alarm_high]
    }

    fn is_ordered(&self) -> bool {
        let values: Vec<Decimal> = self.bounds().into_iter().flatten().map(|bound| bound.value).collect();
        values.is_sorted()
    }
}

/// How a number stands to the target that was in force when it was measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TargetState {
    /// There is no target.
    NoTarget,
    /// Within it.
    In,
    /// Below it.
    Below,
    /// Above it.
    Above,
    /// So low that it calls for a look today.
    BelowAlarm,
    /// So high that it calls for a look today.
    AboveAlarm,
}

impl TargetState {
    /// Every one; of several numbers the one that comes last here counts.
    pub const ALL: [Self; 6] =
        [Self::NoTarget, Self::In, Self::Below, Self::Above, Self::BelowAlarm, Self::AboveAlarm];

    /// The code as it stands on the wire.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoTarget => "no_target",
            Self::In => "in",
            Self::Below => "below",
            Self::Above => "above",
            Self::BelowAlarm => "below_alarm",
            Self::AboveAlarm => "above_alarm",
        }
    }

    /// Whether it is out of the target.
    #[must_use]
    pub const fn is_out(self) -> bool {
        matches!(self, Self::Below | Self::Above | Self::BelowAlarm | Self::AboveAlarm)
    }

    /// Whether it calls for a look today.
    #[must_use]
    pub const fn is_alarm(self) -> bool {
        matches!(self, Self::BelowAlarm | Self::AboveAlarm)
    }
}

/// The measurements that a target is for: those of a part of the day, or those that stand so to meals or medicine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TargetMoment {
    /// Those of a part of the day.
    Part(PartOfDay),
    /// Those that stand so to meals or medicine.
    Context(MeasurementContext),
}

/// A target that a professional sets for a citizen. It takes the place of the one before for the same measurements.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewTarget {
    /// Of what.
    pub kind: MeasurementKind,
    /// The range of each number that has one.
    pub ranges: BTreeMap<Component, TargetRange>,
    /// For which measurements only; for all when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moment: Option<TargetMoment>,
    /// From which day on, by the clock of Finland. Measurements from then on are judged anew.
    #[serde(deserialize_with = "crate::wire::date")]
    pub from: NaiveDate,
    /// The last day; until it is changed when absent.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "crate::wire::optional_date"
    )]
    pub to: Option<NaiveDate>,
    /// Why: 1 to 500 Unicode characters. The citizen sees it.
    #[cfg_attr(feature = "server", schema(min_length = 1, max_length = 500))]
    pub reason: String,
}

impl NewTarget {
    /// Whether it can be kept: at least one range with a bound, bounds that are ordered and possible, numbers and moments that the kind
    /// has, and days in order.
    ///
    /// # Errors
    /// The refused fields.
    pub fn validate(&self) -> Result<(), Vec<FieldError>> {
        let (mut validation, facts) = (Validation::new(), self.kind.facts());
        validation.text("reason", &self.reason, MAX_TARGET_REASON_CHARACTERS);
        if self.ranges.values().all(TargetRange::is_empty) {
            validation.refuse("ranges", FieldErrorCode::Required);
        }
        for (component, range) in &self.ranges {
            let field = format!("ranges.{}", component.code());
            let Some(known) = facts.component(*component) else {
                validation.refuse(&field, FieldErrorCode::UnknownReference);
                continue;
            };
            let is_possible = |bound: Bound| known.hard.0 <= bound.value && bound.value <= known.hard.1;
            if !range.bounds().into_iter().flatten().all(is_possible) {
                validation.refuse(&field, FieldErrorCode::OutOfRange);
            } else if !range.is_ordered() {
                validation.refuse(&field, FieldErrorCode::InvalidFormat);
            }
        }
        if let Some(TargetMoment::Context(context)) = self.moment
            && !facts.contexts.contains(&context)
        {
            validation.refuse("moment", FieldErrorCode::UnknownReference);
        }
        for (field, day) in [("from", Some(self.from)), ("to", self.to)] {
            if day.is_some_and(|day| !is_day(day)) {
                validation.refuse(field, FieldErrorCode::OutOfRange);
            }
        }
        if self.to.is_some_and(|to| to < self.from) {
            validation.refuse("to", FieldErrorCode::InvalidFormat);
        }
        validation.finish()
    }
}

/// A target of a citizen. It is never changed: the next one takes its place, and its last day is then the day before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Target {
    /// Its id.
    pub id: TargetId,
    /// Of what.
    pub kind: MeasurementKind,
    /// The range of each number that has one.
    pub ranges: BTreeMap<Component, TargetRange>,
    /// For which measurements only; for all when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moment: Option<TargetMoment>,
    /// From which day on.
    #[serde(deserialize_with = "crate::wire::date")]
    pub from: NaiveDate,
    /// The last day; until it is changed when absent. A target whose last day is before its first was never in force.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "crate::wire::optional_date"
    )]
    pub to: Option<NaiveDate>,
    /// Why.
    pub reason: String,
    /// The name and title of who set it.
    pub set_by: String,
    /// When.
    #[serde(deserialize_with = "crate::wire::instant")]
    pub set_at: DateTime<Utc>,
}

/// Of what the targets are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct TargetQuery {
    /// Only those of this kind; all when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", param(inline))]
    pub kind: Option<MeasurementKind>,
}
