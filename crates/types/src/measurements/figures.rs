//! What is counted of measurements. How it is counted is in `crates/rules`; nothing of it is medical advice.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::kinds::{Component, MeasurementContext, MeasurementKind, PartOfDay};
use crate::decimal::Decimal;

/// Of which measurements figures are asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(deny_unknown_fields)]
pub struct SummaryQuery {
    /// Of this kind.
    #[cfg_attr(feature = "server", param(inline))]
    pub kind: MeasurementKind,
    /// Of this day and later, by the clock of Finland; from the first on when absent.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "crate::wire::optional_date"
    )]
    pub from: Option<NaiveDate>,
    /// Of this day and earlier; until the last when absent.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "crate::wire::optional_date"
    )]
    pub to: Option<NaiveDate>,
}

/// Figures of one number. Those that were entered wrong count in none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Figures {
    /// How many there are.
    pub count: u32,
    /// The number that was taken last.
    pub latest: Decimal,
    /// When.
    #[serde(deserialize_with = "crate::wire::instant")]
    pub latest_at: DateTime<Utc>,
    /// The middle one in order of size; the mean of the two middle ones when there are two.
    pub median: Decimal,
    /// The smallest.
    pub least: Decimal,
    /// The greatest.
    pub greatest: Decimal,
    /// The arithmetic mean, rounded half away from zero to one decimal more than the numbers have.
    pub mean: Decimal,
    /// How many were judged by a target.
    pub judged: u32,
    /// How many of those were within it.
    pub within: u32,
    /// The share of those, in per cent with one decimal, rounded half away from zero; absent when none was judged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within_percent: Option<Decimal>,
}

/// Which way numbers go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TrendDirection {
    /// They become greater.
    Rising,
    /// They stay where they are: less than the smallest step of the number over the period.
    Level,
    /// They become smaller.
    Falling,
}

/// Which way numbers go over the period: the median of the slopes between all pairs (Theil–Sen), from four measurements on. Of more
/// than 64 measurements the period is cut into 64 equal parts, and the mean of each part that has any stands for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Trend {
    /// Which way.
    pub direction: TrendDirection,
    /// By how much in 30 days, rounded half away from zero to one decimal more than the numbers have.
    pub per_30_days: Decimal,
}

/// What changed from the period before, which is as long and ends when this one begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Change {
    /// How many measurements there were then.
    pub count_before: u32,
    /// The median then.
    pub median_before: Decimal,
    /// By how much the median changed.
    pub median: Decimal,
    /// The mean then.
    pub mean_before: Decimal,
    /// By how much the mean changed.
    pub mean: Decimal,
}

/// Figures of one number of a kind: of all, and of each part of the day and each context that there is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct PartFigures {
    /// Of all.
    pub all: Figures,
    /// Of each part of the day.
    pub by_part: BTreeMap<PartOfDay, Figures>,
    /// Of each context.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub by_context: BTreeMap<MeasurementContext, Figures>,
    /// Which way they go; absent when there are fewer than four, or all are of one moment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trend: Option<Trend>,
    /// What changed from the period before; absent when the period has no first day, or nothing was measured before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change: Option<Change>,
}

/// In which bands glucose was, in per cent of the measurements with one decimal. The bands are those of the international consensus on
/// time in range that Käypä hoito follows (kht00063).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct GlucoseBands {
    /// Below 3.0 mmol/l.
    pub very_low: Decimal,
    /// From 3.0 to below 3.9.
    pub low: Decimal,
    /// From 3.9 to 10.0: in range.
    pub in_range: Decimal,
    /// Above 10.0 to 13.9.
    pub high: Decimal,
    /// Above 13.9.
    pub very_high: Decimal,
}

/// What is counted of peak flow beside the figures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct PeakFlow {
    /// The person's own best, of all times until the end of the period.
    pub best: Decimal,
    /// The latest in per cent of the best, with one decimal.
    pub latest_percent: Decimal,
    /// The days on which there were at least two, the oldest first: at most the last 31.
    pub days: Vec<DayFigures>,
    /// On how many days of the period the variation was 20 % or more and 60 l/min or more.
    pub days_of_great_variation: u32,
}

/// How much peak flow varied on a day: the difference of the greatest and the least, in per cent of their mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct DayFigures {
    /// The day, by the clock of Finland.
    #[serde(deserialize_with = "crate::wire::date")]
    pub day: NaiveDate,
    /// The difference.
    pub difference: Decimal,
    /// In per cent of the mean of the greatest and the least, with one decimal.
    pub percent: Decimal,
}

/// By how much the weight changed: the latest against the last one of so many days before, by the days of Finland.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct WeightChange {
    /// In three days, or in four; absent when nothing was measured then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_3_days: Option<Decimal>,
    /// In seven days, or at most in nine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_7_days: Option<Decimal>,
    /// The body mass index of the latest weight and the latest height, with one decimal; absent without a height.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body_mass_index: Option<Decimal>,
}

/// What is counted of the measurements of a kind in a period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct MeasurementSummary {
    /// The kind.
    pub kind: MeasurementKind,
    /// How many measurements there are, without those that were entered wrong.
    pub count: u32,
    /// The figures of each number; empty when there is no measurement.
    pub components: BTreeMap<Component, PartFigures>,
    /// The bands, of glucose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub glucose: Option<GlucoseBands>,
    /// What there is beside, of peak flow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub peak_flow: Option<PeakFlow>,
    /// What there is beside, of weight.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<WeightChange>,
}
