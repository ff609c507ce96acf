//! The figures of a period: first in sentences, then number by number.

use leptos::prelude::*;
use omasote_types::language::Language;
use omasote_types::measurements::{
    ComponentFacts, DayFigures, MeasurementSummary, PartFigures, PeakFlow, WeightChange,
};

use super::bands::GlucoseBar;
use super::parts::parts_table;
use super::said::{sentences, span, trend};
use super::value::{beside_unit, number, signed, with_unit};
use crate::i18n::{I18n, Key, use_i18n};
use crate::intl;
use crate::view::dynamic;

/// A name and what stands beside it.
type Line = (Key, String);

/// The figures.
#[component]
pub fn FiguresOf(
    /// What was counted.
    summary: Signal<MeasurementSummary>,
    /// The period in words: "Viimeiset 30 päivää".
    period: Signal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let said = dynamic(move || {
        let period = period.get();
        let said = summary.with(|summary| sentences(i18n.language(), &period, summary));
        said.into_iter().map(|said| view! { <p>{said}</p> }).collect_view().into_any()
    });
    let numbers = dynamic(move || summary.with(|summary| numbers(i18n, summary)));
    view! {
        <section class="card measure-figures" aria-labelledby="figures-title">
            <h2 class="ds-heading" data-size="xs" id="figures-title">{i18n.t(Key::MEASURE_FIGURES)}</h2>
            <div class="measure-said">{said}</div>
            {numbers}
            <p class="fine">{i18n.t(Key::MEASURE_NOT_DIAGNOSIS)}</p>
        </section>
    }
}

fn numbers(i18n: I18n, summary: &MeasurementSummary) -> AnyView {
    let language = i18n.language();
    let facts = summary.kind.facts();
    let parts = facts.components.iter().filter_map(|known| {
        let figures = summary.components.get(&known.component)?;
        Some(part(i18n, known, figures))
    });
    let parts: Vec<_> = parts.collect();
    let own = facts.components.first().map(|known| {
        let weight = summary.weight.map(|weight| lines_view(i18n, weight_lines(language, known, weight)));
        let flow = summary.peak_flow.as_ref().map(|flow| peak_flow(i18n, known, flow));
        view! {
            {weight}
            {flow}
        }
    });
    let bands = summary.glucose.map(|bands| view! { <GlucoseBar bands /> });
    view! {
        {bands}
        {own}
        {parts}
    }
    .into_any()
}

/// All of one number, under its name when there are several.
fn part(i18n: I18n, known: &'static ComponentFacts, figures: &PartFigures) -> AnyView {
    let language = i18n.language();
    let name = known.name_in(language);
    let heading = (!name.is_empty()).then(|| view! { <h3 class="ds-heading" data-size="2xs">{name}</h3> });
    view! {
        <div class="measure-number">
            {heading}
            {lines_view(i18n, lines(i18n, known, figures))}
            {parts_table(i18n, known, figures)}
        </div>
    }
    .into_any()
}

fn lines(i18n: I18n, known: &ComponentFacts, figures: &PartFigures) -> Vec<Line> {
    let (language, all) = (i18n.language(), &figures.all);
    let finer = known.decimals.saturating_add(1);
    let mut lines = vec![
        (Key::MEASURE_COUNT, all.count.to_string()),
        (
            Key::MEASURE_LATEST,
            format!("{}, {}", with_unit(language, all.latest, known), intl::day(language, all.latest_at)),
        ),
        (Key::MEASURE_MEDIAN, with_unit(language, all.median, known)),
        (Key::MEASURE_RANGE, beside_unit(language, span(language, known, all), known)),
        (Key::MEASURE_MEAN, beside_unit(language, number(language, all.mean, finer), known)),
    ];
    if let Some(percent) = all.within_percent {
        let percent = number(language, percent, 0);
        lines.push((Key::MEASURE_WITHIN, format!("{}/{} ({percent}\u{a0}%)", all.within, all.judged)));
    }
    if let Some(found) = &figures.trend {
        lines.push((Key::MEASURE_TREND, trend(language, known, found)));
    }
    if let Some(change) = figures.change {
        let by = beside_unit(language, signed(language, change.median, known.decimals), known);
        let before = with_unit(language, change.median_before, known);
        let count = change.count_before.to_string();
        let words =
            i18n.filled(Key::MEASURE_CHANGE_BY, &[("change", &by), ("before", &before), ("count", &count)]);
        lines.push((Key::MEASURE_CHANGE, words));
    }
    lines
}

fn lines_view(i18n: I18n, lines: Vec<Line>) -> AnyView {
    let line = |(name, words): Line| view! { <div><dt>{i18n.t(name)}</dt><dd>{words}</dd></div> };
    (!lines.is_empty())
        .then(|| view! { <dl class="facts">{lines.into_iter().map(line).collect_view()}</dl> })
        .into_any()
}

fn weight_lines(language: Language, known: &ComponentFacts, weight: WeightChange) -> Vec<Line> {
    let change = |by| beside_unit(language, signed(language, by, known.decimals), known);
    let lines = [
        weight.in_3_days.map(|by| (Key::MEASURE_WEIGHT_3, change(by))),
        weight.in_7_days.map(|by| (Key::MEASURE_WEIGHT_7, change(by))),
        weight.body_mass_index.map(|index| (Key::MEASURE_BMI, number(language, index, 1))),
    ];
    lines.into_iter().flatten().collect()
}

fn peak_flow(i18n: I18n, known: &ComponentFacts, flow: &PeakFlow) -> AnyView {
    let language = i18n.language();
    let percent = format!("{}\u{a0}%", number(language, flow.latest_percent, 0));
    let lines = vec![
        (Key::MEASURE_BEST, with_unit(language, flow.best, known)),
        (Key::MEASURE_OF_BEST, percent),
        (Key::MEASURE_GREAT_VARIATION, flow.days_of_great_variation.to_string()),
    ];
    let day = |figures: &DayFigures| {
        let difference = with_unit(language, figures.difference, known);
        let percent = number(language, figures.percent, 0);
        view! { <li>{intl::date(language, figures.day)} ": " {difference} " (" {percent} "\u{a0}%)"</li> }
    };
    let days = (!flow.days.is_empty()).then(|| {
        view! {
            <details>
                <summary>{i18n.t(Key::MEASURE_VARIATION)}</summary>
                <ul>{flow.days.iter().rev().map(day).collect_view()}</ul>
            </details>
        }
    });
    view! {
        {lines_view(i18n, lines)}
        {days}
    }
    .into_any()
}
