//! A chart of the numbers of one kind: the target as a band, the line, and each measurement by its state.
//!
//! It is a picture with a name in words; below it a slider goes from one measurement to the next and says what it is, by keyboard, by
//! touch and to screen readers.

use leptos::prelude::*;
use omasote_rules::measurements::judge;
use omasote_types::Instant;
use omasote_types::decimal::Decimal;
use omasote_types::language::Language;
use omasote_types::measurements::{
    Component, ComponentFacts, MeasurementKind, MeasurementPoints, TargetRange, TargetState, Values,
};

use super::plot::{BOTTOM, Dot, HEIGHT, LEFT, RIGHT, Scale, TOP, WIDTH, draw, mark_at};
use super::state::{mark, state_words};
use super::value::{beside_unit, measurement, number};
use crate::i18n::{I18n, Key, use_i18n};
use crate::intl;
use crate::view::{dynamic, optional, text};

/// Milliseconds in a day.
const DAY_MS: i64 = 86_400_000;
/// A chart that is longer says the year.
const DAYS_WITHOUT_YEAR: i64 = 300;

/// The numbers of a kind that are drawn together: the pulse beside a blood pressure has a chart of its own.
#[must_use]
pub const fn charts_of(kind: MeasurementKind) -> &'static [&'static [Component]] {
    match kind {
        MeasurementKind::BloodPressure => {
            &[&[Component::Systolic, Component::Diastolic], &[Component::Pulse]]
        }
        _ => &[&[Component::Value]],
    }
}

/// What a chart is of.
#[derive(Clone, Copy)]
struct Subject {
    kind: MeasurementKind,
    components: &'static [Component],
    points: Signal<MeasurementPoints>,
    bands: Signal<Vec<(Component, TargetRange)>>,
}

/// The chart; nothing when none of the measurements has such a number.
#[component]
pub fn Chart(
    /// Of what.
    kind: MeasurementKind,
    /// Which of its numbers.
    components: &'static [Component],
    /// The measurements, the oldest first.
    points: Signal<MeasurementPoints>,
    /// Between which bounds the numbers should be.
    bands: Signal<Vec<(Component, TargetRange)>>,
) -> impl IntoView {
    let subject = Subject { kind, components, points, bands };
    // Places among those measurements that have one of these numbers.
    let places = Memo::new(move |_| points.with(|points| places_of(points, components)));
    let chosen = RwSignal::new(None::<usize>);
    let is_there = Memo::new(move |_| places.with(|places| !places.is_empty()));
    optional(move || {
        is_there.get().then(|| {
            view! {
                <figure class="chart">
                    {picture(subject, places, chosen)}
                    <Legend subject />
                    <Reader subject places chosen />
                </figure>
            }
            .into_any()
        })
    })
}

fn places_of(points: &MeasurementPoints, components: &[Component]) -> Vec<usize> {
    let has =
        |place: &usize| components.iter().any(|component| value_at(points, *component, *place).is_some());
    (0..points.times.len()).filter(has).collect()
}

fn value_at(points: &MeasurementPoints, component: Component, place: usize) -> Option<Decimal> {
    points.values.get(&component)?.get(place).copied().flatten()
}

/// The dots of a number. The state of a measurement is that of the whole; a number that only stands beside the others is judged by
/// itself.
fn dots(subject: Subject, points: &MeasurementPoints, component: Component) -> Vec<Dot> {
    let is_beside = subject.kind == MeasurementKind::BloodPressure && component == Component::Pulse;
    let band = subject.bands.with(|bands| band_of(bands, component));
    let none = Vec::new();
    let values = points.values.get(&component).unwrap_or(&none);
    let all = points.times.iter().zip(values).zip(&points.states);
    all.filter_map(|((at, value), state)| {
        let value = (*value)?;
        let own = || judge(value, &band.unwrap_or(TargetRange::NONE));
        Some(Dot { at: *at, value, state: if is_beside { own() } else { *state } })
    })
    .collect()
}

fn band_of(bands: &[(Component, TargetRange)], component: Component) -> Option<TargetRange> {
    bands.iter().find(|(of, _)| *of == component).map(|(_, range)| *range)
}

/// The dots of every number, and the scale that they fit in.
fn prepared(subject: Subject, points: &MeasurementPoints) -> Option<(Vec<Vec<Dot>>, Scale)> {
    let series: Vec<Vec<Dot>> =
        subject.components.iter().map(|component| dots(subject, points, *component)).collect();
    let bounds = subject.bands.with(|bands| {
        let own = bands.iter().filter(|(component, _)| subject.components.contains(component));
        let ends = own.flat_map(|(_, range)| [range.low, range.high]);
        ends.flatten().map(|bound| bound.value).collect::<Vec<_>>()
    });
    let all = series.iter().flatten().copied();
    let scale = Scale::of(all, bounds.into_iter(), smallest_step(facts_of(subject)))?;
    Some((series, scale))
}

/// What there is to know of the first number.
fn facts_of(subject: Subject) -> Option<&'static ComponentFacts> {
    subject.kind.facts().component(*subject.components.first()?)
}

/// No line lies between two numbers that can be measured.
fn smallest_step(facts: Option<&ComponentFacts>) -> i64 {
    match facts.map(|facts| facts.decimals) {
        None | Some(0) => 1000,
        Some(1) => 100,
        Some(_) => 10,
    }
}

fn picture(subject: Subject, places: Memo<Vec<usize>>, chosen: RwSignal<Option<usize>>) -> AnyView {
    let i18n = use_i18n();
    dynamic(move || {
        let shown = subject.points.with(|points| {
            let (series, scale) = prepared(subject, points)?;
            let name = name_of(i18n, subject, &series, scale);
            let cursor = optional(move || {
                let place = places.with(|places| places.get(chosen.get()?).copied())?;
                let at = subject.points.with(|points| points.times.get(place).copied())?;
                let x = scale.x(at);
                Some(view! { <path class="chart-cursor" d=format!("M{x} {TOP}V{BOTTOM}")></path> }.into_any())
            });
            let lines: Vec<_> = series.iter().map(|dots| series_view(dots, scale)).collect();
            let shown = view! {
                <svg
                    class="chart-picture"
                    viewBox=format!("0 0 {WIDTH} {HEIGHT}")
                    role="img"
                    aria-label=name
                    focusable="false"
                >
                    {bands(subject, scale)}
                    {grid(i18n.language(), subject, scale)}
                    {days(i18n.language(), scale)}
                    {cursor}
                    {lines}
                </svg>
            };
            Some(shown.into_any())
        });
        shown.unwrap_or_else(|| ().into_any())
    })
}

/// What the picture shows, in words.
fn name_of(i18n: I18n, subject: Subject, series: &[Vec<Dot>], scale: Scale) -> String {
    let (language, facts) = (i18n.language(), subject.kind.facts());
    let span = |(component, dots): (&Component, &Vec<Dot>)| {
        let known = facts.component(*component)?;
        let values = dots.iter().map(|dot| dot.value);
        let (least, most) = (values.clone().min()?, values.max()?);
        let of = |value| number(language, value, known.decimals);
        let span = beside_unit(language, format!("{}–{}", of(least), of(most)), known);
        Some(format!("{} {span}", known.name_in(language)).trim().to_owned())
    };
    let spans: Vec<String> = subject.components.iter().zip(series).filter_map(span).collect();
    let count = series.iter().map(Vec::len).max().unwrap_or_default();
    let day = |at| instant(at).map(|at| intl::day(language, at)).unwrap_or_default();
    i18n.filled(
        Key::MEASURE_CHART_NAME,
        &[
            ("kind", facts.name_in(language)),
            ("count", &count.to_string()),
            ("from", &day(scale.first)),
            ("to", &day(scale.last)),
            ("range", &spans.join(", ")),
        ],
    )
}

fn instant(at: i64) -> Option<Instant> {
    Instant::from_timestamp_millis(at)
}

/// The target of each number. One without a lower bound begins where that of the number below it ends.
fn bands(subject: Subject, scale: Scale) -> AnyView {
    let all = subject.bands.get();
    let range_of = |component: &Component| band_of(&all, *component);
    let top_of = |range: TargetRange| range.high.map(|bound| scale.y(bound.value));
    let band = |(place, component): (usize, &Component)| {
        let range = range_of(component).filter(|range| range.low.is_some() || range.high.is_some())?;
        let low = range.low.map(|bound| scale.y(bound.value));
        let of_next = subject.components.get(place.saturating_add(1)).and_then(range_of).and_then(top_of);
        let (top, bottom) = (top_of(range).unwrap_or(TOP), low.or(of_next).unwrap_or(BOTTOM));
        let edges = [low, top_of(range)].into_iter().flatten();
        let edges = edges.map(|y| format!("M{LEFT} {y}H{RIGHT}")).collect::<String>();
        Some(view! {
            <rect
                class="chart-band"
                x=LEFT.to_string()
                y=top.to_string()
                width=(RIGHT - LEFT).to_string()
                height=(bottom - top).max(0).to_string()
            ></rect>
            <path class="chart-bound" d=edges></path>
        })
    };
    let bands: Vec<_> = subject.components.iter().enumerate().filter_map(band).collect();
    bands.into_any()
}

fn grid(language: Language, subject: Subject, scale: Scale) -> AnyView {
    let decimals =
        if scale.step % 1000 == 0 { 0 } else { facts_of(subject).map_or(1, |facts| facts.decimals) };
    let tick = |value: Decimal| {
        let y = scale.y(value);
        view! {
            <path class="chart-grid" d=format!("M{LEFT} {y}H{RIGHT}")></path>
            <text class="chart-text" x=(LEFT - 60).to_string() y=(y + 50).to_string() text-anchor="end">
                {number(language, value, decimals)}
            </text>
        }
    };
    let ticks: Vec<_> = scale.ticks().into_iter().map(tick).collect();
    ticks.into_any()
}

/// The first and the last day, and the one in the middle when there is room for it in time.
fn days(language: Language, scale: Scale) -> AnyView {
    let length = scale.last.saturating_sub(scale.first) / DAY_MS;
    let middle = scale.first + (scale.last - scale.first) / 2;
    let written = |at: i64| {
        let at = instant(at)?;
        Some(if length > DAYS_WITHOUT_YEAR {
            intl::day(language, at)
        } else {
            intl::day_and_month(language, at)
        })
    };
    let day = |(at, anchor): (i64, &'static str)| {
        let x = scale.x(at);
        view! {
            <path class="chart-grid" d=format!("M{x} {BOTTOM}v60")></path>
            <text class="chart-text" x=x.to_string() y=(BOTTOM + 240).to_string() text-anchor=anchor>
                {written(at)}
            </text>
        }
    };
    let shown: Vec<(i64, &'static str)> = match length {
        0 if written(scale.first) == written(scale.last) => vec![(middle, "middle")],
        0..=2 => vec![(scale.first, "start"), (scale.last, "end")],
        _ => vec![(scale.first, "start"), (middle, "middle"), (scale.last, "end")],
    };
    let days: Vec<_> = shown.into_iter().map(day).collect();
    days.into_any()
}

fn series_view(dots: &[Dot], scale: Scale) -> AnyView {
    let drawn = draw(dots, scale);
    let marks = drawn.marks.into_iter().map(|(state, path)| {
        view! { <path class="chart-mark" data-state=mark(state) d=path></path> }
    });
    let marks: Vec<_> = marks.collect();
    view! {
        <path class="chart-line" d=drawn.line></path>
        {marks}
    }
    .into_any()
}

/// Which marks there are, and what they mean.
#[component]
fn Legend(subject: Subject) -> impl IntoView {
    let i18n = use_i18n();
    let states = Memo::new(move |_| {
        subject.points.with(|points| {
            let mut states: Vec<TargetState> = subject
                .components
                .iter()
                .flat_map(|component| dots(subject, points, *component))
                .map(|dot| dot.state)
                .collect();
            states.sort_unstable();
            states.dedup();
            states
        })
    });
    let has_band = Memo::new(move |_| {
        subject.bands.with(|bands| bands.iter().any(|(component, _)| subject.components.contains(component)))
    });
    dynamic(move || {
        let entry = |state: TargetState| {
            view! {
                <li>
                    <svg class="chart-key" viewBox="0 0 260 260" aria-hidden="true" focusable="false">
                        <path class="chart-mark" data-state=mark(state) d=mark_at(130, 130, state)></path>
                    </svg>
                    <span>{i18n.t(state_words(state))}</span>
                </li>
            }
        };
        let entries: Vec<_> = states.get().into_iter().map(entry).collect();
        let band = has_band.get().then(|| {
            view! {
                <li>
                    <svg class="chart-key" viewBox="0 0 260 260" aria-hidden="true" focusable="false">
                        <path class="chart-band" d=WHOLE_KEY></path>
                    </svg>
                    <span>{i18n.t(Key::MEASURE_CHART_BAND)}</span>
                </li>
            }
        });
        view! { <ul class="chart-legend">{entries} {band}</ul> }.into_any()
    })
}

/// All of a field of the legend.
const WHOLE_KEY: &str = "M10 50h240v160H10z";

/// Goes from one measurement to the next, and says what it is. A slider says its value by itself when it moves.
#[component]
fn Reader(subject: Subject, places: Memo<Vec<usize>>, chosen: RwSignal<Option<usize>>) -> impl IntoView {
    let i18n = use_i18n();
    let last = Memo::new(move |_| places.with(Vec::len).saturating_sub(1));
    let at = Memo::new(move |_| chosen.get().unwrap_or(usize::MAX).min(last.get()));
    let words = text(move || {
        subject.points.with(|points| {
            let place = places.with(|places| places.get(at.get()).copied());
            place.map(|place| reading(i18n, subject, points, place)).unwrap_or_default()
        })
    });
    let id = format!("chart-reader-{}", subject.components.first().map_or("value", |first| first.code()));
    let slide = move |event| chosen.set(event_target_value(&event).parse().ok());
    view! {
        <div class="chart-reader screen-only">
            <label class="fine" for=id.clone()>{i18n.t(Key::MEASURE_CHART_READ)}</label>
            <input
                type="range"
                id=id
                min="0"
                max=text(move || last.get().to_string())
                prop:value=text(move || at.get().to_string())
                aria-valuetext=words
                on:input=slide
            />
            <p class="chart-reading">{words}</p>
        </div>
    }
}

/// One measurement in words: "16.11.2026 klo 8.10: 128/79 mmHg, tavoitteessa".
fn reading(i18n: I18n, subject: Subject, points: &MeasurementPoints, place: usize) -> String {
    let language = i18n.language();
    let own = subject.components.iter();
    let values: Values =
        own.filter_map(|component| Some((*component, value_at(points, *component, place)?))).collect();
    let at = points.times.get(place).copied();
    let state = subject.components.iter().find_map(|component| {
        let value = value_at(points, *component, place)?;
        dots(subject, points, *component).into_iter().find(|dot| Some(dot.at) == at && dot.value == value)
    });
    let moment = at.and_then(instant).map(|at| {
        let (day, time) = (intl::day(language, at), intl::clock_of(language, at));
        i18n.filled(Key::TIME_DAY_AND_TIME, &[("day", &day), ("time", &time)])
    });
    let state = state.map_or(TargetState::NoTarget, |dot| dot.state);
    let words = measurement(language, subject.kind, &values);
    format!("{}: {words}. {}", moment.unwrap_or_default(), i18n.text(state_words(state)))
}
