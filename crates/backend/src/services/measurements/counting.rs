//! Counting figures: the measurements of a period go by one after the other, and none stays in memory.

use std::collections::{BTreeMap, HashMap};

use chrono::{Days, NaiveDate};
use omasote_rules::measurements::{
    Bucket, DayRange, MOST_POINTS, Tally, bands, bucket_of, change, peak_flow, trend_of_buckets,
    trend_of_points, weight_change,
};
use omasote_types::Instant;
use omasote_types::decimal::Decimal;
use omasote_types::ids::CitizenId;
use omasote_types::measurements::{
    Component, ComponentFacts, Figures, MeasurementContext, MeasurementKind, MeasurementSummary, PartFigures,
    PartOfDay, SummaryQuery, TargetState, Trend,
};

use super::reading::check_days;
use crate::audit::Call;
use crate::db::DbConn;
use crate::error::AppError;
use crate::policy::{self, Action, Part, Resource};
use crate::repos::measurements::{self as repo, Point};

type Period = (Option<NaiveDate>, Option<NaiveDate>);

/// Figures of a citizen's measurements of a kind in a period.
///
/// # Errors
/// `not_found`, `outside_mandate`, `data_restricted`, `invalid_parameter`.
pub fn summarize(
    conn: &mut DbConn,
    call: &mut Call,
    of: CitizenId,
    query: &SummaryQuery,
) -> Result<MeasurementSummary, AppError> {
    policy::require(conn, call, Action::Read, Resource::Citizen(of, Part::Measurements))?;
    check_days([query.from, query.to])?;
    let (kind, period) = (query.kind, (query.from, query.to));
    let counted = Counted::of(conn, (of, kind), period)?;
    let before = match before(period, call.today()) {
        Some(before) => Some(Counted::of(conn, (of, kind), before)?),
        None => None,
    };
    let mut summary = MeasurementSummary {
        kind,
        count: counted.count,
        components: BTreeMap::new(),
        glucose: None,
        peak_flow: None,
        weight: None,
    };
    for (facts, column) in kind.facts().components.iter().zip(&counted.columns) {
        let Some(all) = column.all().figures(facts.decimals) else { continue };
        let then = before.as_ref().and_then(|before| before.figures_of(facts));
        let figures = column.figures(facts, all, (counted.span, then));
        summary.components.insert(facts.component, figures);
    }
    add_own(conn, (of, query), &counted, &mut summary)?;
    Ok(summary)
}

/// The period before, as long as this one; none when this one has no first day.
fn before((from, to): Period, today: NaiveDate) -> Option<Period> {
    let from = from?;
    let length = (to.unwrap_or(today) - from).num_days().checked_add(1)?;
    let length = Days::new(u64::try_from(length).ok()?);
    Some((Some(from.checked_sub_days(length)?), Some(from.pred_opt()?)))
}

/// What a kind has beside the figures.
fn add_own(
    conn: &mut DbConn,
    (of, query): (CitizenId, &SummaryQuery),
    counted: &Counted,
    summary: &mut MeasurementSummary,
) -> Result<(), AppError> {
    let Some(latest) = summary.components.get(&Component::Value).map(|figures| figures.all.latest) else {
        return Ok(());
    };
    match query.kind {
        MeasurementKind::Glucose | MeasurementKind::TissueGlucose => {
            let [all, ..] = &counted.columns;
            summary.glucose = bands(all.all().counts());
        }
        MeasurementKind::Pef => {
            let best = repo::find_best(conn, (of, query.kind), query.to)?;
            let days: Vec<DayRange> = counted.days.values().copied().collect();
            summary.peak_flow = best.map(|best| peak_flow(best, latest, &days));
        }
        MeasurementKind::Weight => {
            let height = repo::find_newest(conn, (of, MeasurementKind::Height))?;
            let height = height.and_then(|height| height.values.get(&Component::Value).copied());
            let recent = repo::list_points(conn, (of, query.kind), (None, query.to), RECENT_WEIGHTS)?;
            let values = recent.iter().rev().filter_map(|point| Some((point.taken_at, point.values[0]?)));
            summary.weight = weight_change(&values.collect::<Vec<_>>(), height);
        }
        _ => {}
    }
    Ok(())
}

/// So many weights are looked at for what changed in two weeks.
const RECENT_WEIGHTS: i64 = 500;

/// What went by.
struct Counted {
    count: u32,
    columns: [Column; 3],
    /// When the first and the last were taken.
    span: Option<(Instant, Instant)>,
    /// Between which values the first number was on each day.
    days: HashMap<NaiveDate, DayRange>,
}

impl Counted {
    fn of(conn: &mut DbConn, of: (CitizenId, MeasurementKind), period: Period) -> Result<Self, AppError> {
        let span = repo::find_span(conn, of, period)?;
        let mut counted = Self { count: 0, columns: Default::default(), span, days: HashMap::new() };
        if let Some(span) = span {
            repo::for_each_point(conn, of, period, |point| counted.see(&point, span, of.1))?;
        }
        Ok(counted)
    }

    fn see(&mut self, point: &Point, (first, last): (Instant, Instant), kind: MeasurementKind) {
        self.count = self.count.saturating_add(1);
        let bucket = bucket_of(point.taken_at, first, last);
        for ((column, value), state) in self.columns.iter_mut().zip(point.values).zip(point.states) {
            if let Some(value) = value {
                column.see(point, (value, state.unwrap_or(TargetState::NoTarget)), bucket);
            }
        }
        if let (MeasurementKind::Pef, [Some(value), ..]) = (kind, point.values) {
            let day = self.days.entry(point.day);
            let day = day.or_insert(DayRange { day: point.day, least: value, greatest: value, count: 0 });
            (day.least, day.greatest) = (day.least.min(value), day.greatest.max(value));
            day.count = day.count.saturating_add(1);
        }
    }

    fn figures_of(&self, facts: &ComponentFacts) -> Option<Figures> {
        let place = repo::place_of(facts.component);
        self.columns.get(place)?.all().figures(facts.decimals)
    }
}

/// By what figures are told apart.
type Key = (PartOfDay, Option<MeasurementContext>);

/// What went by of one number.
#[derive(Default)]
struct Column {
    tallies: BTreeMap<Key, Tally>,
    /// The first of them, as far as a trend is counted of points.
    points: Vec<(Instant, Decimal)>,
    buckets: BTreeMap<u8, Bucket>,
}

impl Column {
    fn see(&mut self, point: &Point, (value, state): (Decimal, TargetState), bucket: u8) {
        let tally = self.tallies.entry((point.part, point.context)).or_default();
        tally.add(value, 1, state);
        tally.saw(point.taken_at, value);
        if self.points.len() <= MOST_POINTS {
            self.points.push((point.taken_at, value));
        }
        let sum = self.buckets.entry(bucket).or_insert(Bucket { number: bucket, sum: 0, count: 0 });
        sum.sum = sum.sum.saturating_add(value.thousandths());
        sum.count = sum.count.saturating_add(1);
    }

    fn chosen(&self, wanted: impl Fn(&Key) -> bool) -> impl Iterator<Item = &Tally> {
        self.tallies.iter().filter(move |(key, _)| wanted(key)).map(|(_, tally)| tally)
    }

    fn all(&self) -> Tally {
        merged(self.tallies.values())
    }

    fn figures(
        &self,
        facts: &ComponentFacts,
        all: Figures,
        (span, before): (Option<(Instant, Instant)>, Option<Figures>),
    ) -> PartFigures {
        let of_part = |part| merged(self.chosen(|key| key.0 == part)).figures(facts.decimals);
        let of_context = |context| merged(self.chosen(|key| key.1 == Some(context))).figures(facts.decimals);
        let by_part = PartOfDay::ALL.into_iter().filter_map(|part| Some((part, of_part(part)?)));
        let by_context =
            MeasurementContext::ALL.into_iter().filter_map(|context| Some((context, of_context(context)?)));
        PartFigures {
            by_part: by_part.collect(),
            by_context: by_context.collect(),
            trend: span.and_then(|span| self.trend(span, facts.decimals)),
            change: before.map(|before| change(&all, &before)),
            all,
        }
    }

    fn trend(&self, (first, last): (Instant, Instant), decimals: u8) -> Option<Trend> {
        if self.points.len() <= MOST_POINTS {
            return trend_of_points(&self.points, decimals);
        }
        let buckets: Vec<Bucket> = self.buckets.values().copied().collect();
        trend_of_buckets(first, last, &buckets, decimals)
    }
}

/// Those of one moment stand together in the order in which they went by, so the last of all is the one of the latest moment.
fn merged<'a>(tallies: impl Iterator<Item = &'a Tally>) -> Tally {
    tallies.fold(Tally::new(), |mut all, tally| {
        all.merge(tally);
        all
    })
}
