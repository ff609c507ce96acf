//! What the figures mean, in sentences that come before the numbers.

use omasote_types::language::Language;
use omasote_types::measurements::{
    ComponentFacts, Figures, MeasurementSummary, PartFigures, Trend, TrendDirection,
};

use super::value::{beside_unit, number, signed, with_unit};
use crate::i18n::Key;

/// The figures of a period in sentences: how many there are, and of each number the middle, how many are within the target, and which way
/// it goes.
pub(super) fn sentences(language: Language, period: &str, summary: &MeasurementSummary) -> Vec<String> {
    let count = summary.count.to_string();
    let key = match summary.count {
        0 => Key::MEASURE_SAID_NONE,
        1 => Key::MEASURE_SAID_ONE,
        _ => Key::MEASURE_SAID_OTHER,
    };
    let first = key.filled(language, &[("period", period), ("count", &count)]);
    let facts = summary.kind.facts();
    let parts = facts.components.iter().filter_map(|known| {
        let figures = summary.components.get(&known.component)?;
        Some(sentence(language, known, figures))
    });
    std::iter::once(first).chain(parts).collect()
}

fn sentence(language: Language, known: &ComponentFacts, figures: &PartFigures) -> String {
    let all = &figures.all;
    let mut parts = Vec::new();
    if let Some(within) = within(language, all) {
        parts.push(within);
    }
    let median = with_unit(language, all.median, known);
    parts.push(Key::MEASURE_SAID_MEDIAN.filled(language, &[("number", &median)]));
    if let Some(trend) = &figures.trend {
        let direction = direction(trend.direction).text(language);
        parts.push(Key::MEASURE_SAID_TREND.filled(language, &[("direction", direction)]));
    }
    let said = parts.join(" ");
    match known.name_in(language) {
        "" => said,
        name => format!("{name}: {}", lower_first(&said)),
    }
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_lowercase().to_string()).unwrap_or_default();
    format!("{first}{}", letters.as_str())
}

/// How many are within the target; none when none was judged.
pub(super) fn within(language: Language, all: &Figures) -> Option<String> {
    (all.judged > 0).then(|| {
        let (within, judged) = (all.within.to_string(), all.judged.to_string());
        let key = if all.judged == 1 { Key::MEASURE_SAID_WITHIN_ONE } else { Key::MEASURE_SAID_WITHIN };
        key.filled(language, &[("within", &within), ("judged", &judged)])
    })
}

/// Which way numbers go.
pub(super) const fn direction(direction: TrendDirection) -> Key {
    match direction {
        TrendDirection::Rising => Key::MEASURE_TREND_RISING,
        TrendDirection::Level => Key::MEASURE_TREND_LEVEL,
        TrendDirection::Falling => Key::MEASURE_TREND_FALLING,
    }
}

/// Which way, and by how much in 30 days.
pub(super) fn trend(language: Language, known: &ComponentFacts, trend: &Trend) -> String {
    let direction = direction(trend.direction).text(language);
    let decimals = known.decimals.saturating_add(1);
    let change = beside_unit(language, signed(language, trend.per_30_days, decimals), known);
    Key::MEASURE_TREND_BY.filled(language, &[("direction", direction), ("change", &change)])
}

/// From the smallest to the greatest.
pub(super) fn span(language: Language, known: &ComponentFacts, all: &Figures) -> String {
    let of = |value| number(language, value, known.decimals);
    if all.least == all.greatest {
        return of(all.least);
    }
    format!("{}–{}", of(all.least), of(all.greatest))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use omasote_types::decimal::Decimal;
    use omasote_types::measurements::{Component, MeasurementKind};

    use super::*;

    fn summary() -> MeasurementSummary {
        let all = Figures {
            count: 10,
            latest: 128.into(),
            latest_at: chrono::DateTime::default(),
            median: 130.into(),
            least: 118.into(),
            greatest: 142.into(),
            mean: "130.4".parse().unwrap(),
            judged: 10,
            within: 8,
            within_percent: Some(80.into()),
        };
        let trend = Trend { direction: TrendDirection::Level, per_30_days: Decimal::ZERO };
        let figures = PartFigures {
            all,
            by_part: BTreeMap::new(),
            by_context: BTreeMap::new(),
            trend: Some(trend),
            change: None,
        };
        MeasurementSummary {
            kind: MeasurementKind::BloodPressure,
            count: 10,
            components: BTreeMap::from([(Component::Systolic, figures)]),
            glucose: None,
            peak_flow: None,
            weight: None,
        }
    }

    #[test]
    fn the_meaning_comes_in_words() {
        let said = sentences(Language::Fi, "Viimeiset 30 päivää", &summary());
        assert_eq!(
            said,
            [
                "Viimeiset 30 päivää: 10 mittausta.",
                "Yläpaine: 10 mittauksesta 8 on tavoitteessa. Mediaani on 130\u{a0}mmHg. Suunta: tasainen.",
            ]
        );
    }
}
