//! Home measurements (kotimittaus): what a citizen measures, how it stands to their targets, and what is counted of it.

mod figures;
mod kinds;
mod targets;

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

pub use self::figures::{
    Change, DayFigures, Figures, GlucoseBands, MeasurementSummary, PartFigures, PeakFlow, SummaryQuery,
    Trend, TrendDirection, WeightChange,
};
pub use self::kinds::{
    Component, ComponentFacts, KINDS, KindFacts, MeasurementContext, MeasurementKind, OtherUnit, PartOfDay,
    Texts, usual_range,
};
pub use self::targets::{
    Bound, MAX_TARGET_REASON_CHARACTERS, NewTarget, Target, TargetMoment, TargetQuery, TargetRange,
    TargetState, is_day,
};
use crate::decimal::Decimal;
use crate::error::FieldError;
use crate::ids::{CitizenId, MeasurementId};

/// How many characters a remark on a measurement may have.
pub const MAX_REMARK_CHARACTERS: usize = 500;
/// How many measurements one request may bring.
pub const MAX_BATCH: usize = 1_000;
/// How many blows of a peak flow may be told.
pub const MAX_BLOWS: usize = 10;
/// How many points one answer for a chart holds at most.
pub const MAX_POINTS: usize = 20_000;

/// Numbers by what they are of.
pub type Values = BTreeMap<Component, Decimal>;

/// A measurement to be kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewMeasurement {
    /// What was measured.
    pub kind: MeasurementKind,
    /// The numbers: `systolic`, `diastolic` and perhaps `pulse` of a blood pressure, `value` of everything else.
    pub values: Values,
    /// The UCUM code of the unit that the numbers are in; that of the kind when absent. What was entered is kept beside what it was
    /// turned into.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(max_length = 20))]
    pub unit: Option<String>,
    /// When it was taken: not after now, and not before the year 2000.
    #[serde(deserialize_with = "crate::wire::instant")]
    pub taken_at: DateTime<Utc>,
    /// How it stands to meals or medicine, when the kind knows that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub context: Option<MeasurementContext>,
    /// Each blow of a peak flow: `value` is the best of them. At most ten.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "server", schema(max_items = 10))]
    pub blows: Vec<Decimal>,
    /// What the person remarks: at most 500 Unicode characters.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[cfg_attr(feature = "server", schema(max_length = 500))]
    pub remark: String,
    /// That an unusual number is right: without it such a number is refused as `unusual`.
    #[serde(default)]
    pub is_confirmed: bool,
}

/// What was entered, when it is not what is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Entered {
    /// The numbers.
    pub values: Values,
    /// The UCUM code of their unit.
    pub unit: String,
    /// The blows of a peak flow.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blows: Vec<Decimal>,
}

/// Who brought a measurement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum MeasurementSource {
    /// The citizen.
    Citizen,
    /// Somebody who acts for the citizen.
    Proxy,
    /// A professional, on the citizen's behalf.
    Professional,
    /// A program or a device.
    Program,
}

impl MeasurementSource {
    /// Every one.
    pub const ALL: [Self; 4] = [Self::Citizen, Self::Proxy, Self::Professional, Self::Program];

    /// The code as it stands on the wire.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Citizen => "citizen",
            Self::Proxy => "proxy",
            Self::Professional => "professional",
            Self::Program => "program",
        }
    }
}

/// That a measurement was entered wrong. It stays, and counts nowhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Struck {
    /// When it was struck through.
    #[serde(deserialize_with = "crate::wire::instant")]
    pub at: DateTime<Utc>,
    /// Who did: a name.
    pub by: String,
}

/// A measurement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Measurement {
    /// Its id.
    pub id: MeasurementId,
    /// Whose it is.
    pub citizen_id: CitizenId,
    /// What was measured.
    pub kind: MeasurementKind,
    /// The numbers, in the units of the kind.
    pub values: Values,
    /// How each number stands to the target that was in force when it was taken.
    pub states: BTreeMap<Component, TargetState>,
    /// How the measurement stands as a whole: the worst of its numbers.
    pub state: TargetState,
    /// When it was taken.
    #[serde(deserialize_with = "crate::wire::instant")]
    pub taken_at: DateTime<Utc>,
    /// The day on which it was taken, by the clock of Finland.
    #[serde(deserialize_with = "crate::wire::date")]
    pub day: NaiveDate,
    /// The part of that day.
    pub part: PartOfDay,
    /// How it stands to meals or medicine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub context: Option<MeasurementContext>,
    /// What was entered, when it is not what is kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entered: Option<Entered>,
    /// What the person remarked.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub remark: String,
    /// Who brought it.
    pub source: MeasurementSource,
    /// The name of who brought it.
    pub recorded_by: String,
    /// When it was brought.
    #[serde(deserialize_with = "crate::wire::instant")]
    pub recorded_at: DateTime<Utc>,
    /// That it was entered wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub struck: Option<Struck>,
}

/// Which measurements of a citizen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MeasurementQuery {
    /// Those of this kind.
    #[cfg_attr(feature = "server", param(inline))]
    pub kind: MeasurementKind,
    /// Only those of this day and later, by the clock of Finland.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "crate::wire::optional_date"
    )]
    pub from: Option<NaiveDate>,
    /// Only those of this day and earlier.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "crate::wire::optional_date"
    )]
    pub to: Option<NaiveDate>,
    /// Where the page begins: the `nextCursor` of the page before. The first page when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", param(max_length = 200))]
    pub cursor: Option<String>,
    /// How many items at most: 1 to 200, 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", param(minimum = 1, maximum = 200, default = 50))]
    pub limit: Option<u16>,
}

/// What becomes of a batch in which not every measurement can be kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum BatchMode {
    /// Nothing is kept.
    #[default]
    AllOrNothing,
    /// Those that can be kept are.
    Each,
}

/// Measurements that are brought at once, by a program or from a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewMeasurements {
    /// The measurements: 1 to 1,000, of any kinds and in any order.
    #[cfg_attr(feature = "server", schema(min_items = 1, max_items = 1_000))]
    pub measurements: Vec<NewMeasurement>,
    /// What becomes of all when one cannot be kept.
    #[serde(default)]
    pub mode: BatchMode,
}

/// What became of a measurement of a batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum BatchOutcome {
    /// It is kept, by this id.
    Recorded(MeasurementId),
    /// The same was there: of the same kind, moment and numbers. This is its id.
    Known(MeasurementId),
    /// It is not kept.
    Refused(Vec<FieldError>),
}

/// What became of a batch: an outcome for each measurement, in their order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct BatchResult {
    /// How many are kept now that were not before.
    pub recorded: u32,
    /// What became of each.
    pub outcomes: Vec<BatchOutcome>,
}

/// What a citizen measures, by kind: the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct KindOverview {
    /// The kind.
    pub kind: MeasurementKind,
    /// The newest measurement.
    pub latest: Measurement,
    /// How many there are, without those that were entered wrong.
    pub count: u32,
    /// Since when every measurement is out of the target; absent when the newest is not.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "crate::wire::optional_instant"
    )]
    pub out_since: Option<DateTime<Utc>>,
    /// How many have been out of the target without a break.
    pub out_count: u32,
}

/// Measurements as a chart takes them: lists of the same length, the oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct MeasurementPoints {
    /// When each was taken: milliseconds since 1970 in UTC.
    pub times: Vec<i64>,
    /// The numbers of each component.
    pub values: BTreeMap<Component, Vec<Option<Decimal>>>,
    /// How each stands to its target, as a whole.
    pub states: Vec<TargetState>,
    /// Whether there are more than fit: then these are the newest.
    pub is_cut: bool,
}
