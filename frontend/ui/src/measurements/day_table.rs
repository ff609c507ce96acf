//! Measurements by day: a row for each day, the newest first, and a column for each part of the day that there is.

use chrono::NaiveDate;
use leptos::prelude::*;
use omasote_types::language::Language;
use omasote_types::measurements::{
    Entered, Measurement, MeasurementKind, MeasurementSource, OtherUnit, PartOfDay,
};

use super::state::{StateShape, mark, state_words};
use super::value::{context_name, measurement, number, numbers, part_name};
use crate::i18n::{I18n, Key, use_i18n};
use crate::intl;
use crate::view::{dynamic, text};

/// What else stands at a measurement, such as a button: the app's own.
pub type Beside = fn(&Measurement) -> AnyView;

/// The measurements of a day.
#[derive(Clone, Debug, PartialEq)]
struct Day {
    date: NaiveDate,
    readings: Vec<Measurement>,
}

/// The table.
#[component]
pub fn DayTable(
    /// Of what.
    kind: MeasurementKind,
    /// The measurements, the newest first.
    measurements: Signal<Vec<Measurement>>,
    /// What else stands at a measurement.
    #[prop(optional)]
    beside: Option<Beside>,
) -> impl IntoView {
    let i18n = use_i18n();
    let columns = Memo::new(move |_| measurements.with(|all| (parts_of(all), i18n.language())));
    let days = Memo::new(move |_| measurements.with(|all| days_of(all)));
    let name =
        text(move || i18n.filled(Key::MEASURE_TABLE, &[("kind", kind.facts().name_in(i18n.language()))]));
    dynamic(move || {
        let (parts, language) = columns.get();
        if parts.is_empty() {
            return view! { <p>{i18n.t(Key::MEASURE_NONE_IN_PERIOD)}</p> }.into_any();
        }
        let heads = parts.iter().map(|part| view! { <th scope="col">{i18n.t(part_name(*part))}</th> });
        let heads: Vec<_> = heads.collect();
        let row = move |day: Day| row(i18n, &parts, &day, beside);
        view! {
            <section class="measure-scroll" tabindex="0" aria-label=name>
                <table class="measure-table day-table">
                    <thead>
                        <tr>
                            <th scope="col">{i18n.t(Key::MEASURE_CSV_DAY)}</th>
                            {heads}
                        </tr>
                    </thead>
                    <tbody>
                        <For each=move || days.get() key=move |day| key(day, language) let:day>
                            {row(day)}
                        </For>
                    </tbody>
                </table>
            </section>
        }
        .into_any()
    })
}

/// What makes a row another than before: a measurement more or less, or one that was struck through.
fn key(day: &Day, language: Language) -> (NaiveDate, &'static str, Vec<String>) {
    let readings = day.readings.iter().map(|one| format!("{}{}", one.id, one.struck.is_some()));
    (day.date, language.code(), readings.collect())
}

fn parts_of(all: &[Measurement]) -> Vec<PartOfDay> {
    PartOfDay::ALL.into_iter().filter(|part| all.iter().any(|one| one.part == *part)).collect()
}

fn days_of(all: &[Measurement]) -> Vec<Day> {
    let mut days: Vec<Day> = Vec::new();
    for one in all {
        match days.last_mut().filter(|day| day.date == one.day) {
            Some(day) => day.readings.push(one.clone()),
            None => days.push(Day { date: one.day, readings: vec![one.clone()] }),
        }
    }
    days
}

fn row(i18n: I18n, parts: &[PartOfDay], day: &Day, beside: Option<Beside>) -> AnyView {
    let cell = |part: &PartOfDay| {
        // In the order of the day within a cell.
        let own = day.readings.iter().rev().filter(|one| one.part == *part);
        let readings: Vec<_> = own.map(|one| reading(i18n, one, beside)).collect();
        let list = (!readings.is_empty()).then(|| view! { <ul class="readings">{readings}</ul> });
        view! { <td>{list}</td> }
    };
    let cells: Vec<_> = parts.iter().map(cell).collect();
    view! {
        <tr>
            <th scope="row">{intl::weekday_date(i18n.language(), day.date)}</th>
            {cells}
        </tr>
    }
    .into_any()
}

fn reading(i18n: I18n, one: &Measurement, beside: Option<Beside>) -> AnyView {
    let language = i18n.language();
    let (value, time) = (numbers(language, one.kind, &one.values), intl::clock_of(language, one.taken_at));
    let context =
        one.context.map(|context| view! { <span class="fine">{i18n.t(context_name(context))}</span> });
    let words = match &one.struck {
        None => view! {
            <StateShape state=one.state />
            <strong class="reading-value">{value.clone()}</strong>
            <span class="ds-sr-only">", " {i18n.t(state_words(one.state))}</span>
        }
        .into_any(),
        Some(struck) => {
            let at = intl::day(language, struck.at);
            let said = i18n.filled(Key::MEASURE_STRUCK_BY, &[("name", &struck.by), ("date", &at)]);
            view! {
                <s class="reading-value">{value.clone()}</s>
                <span class="fine reading-struck">{said}</span>
            }
            .into_any()
        }
    };
    view! {
        <li class="reading" data-state=mark(one.state)>
            <div class="reading-line">{words} <span class="reading-time">{time.clone()}</span> {context}</div>
            {more(i18n, one, &format!("{value}, {time}"), beside)}
        </li>
    }
    .into_any()
}

/// What is told of a measurement when one asks.
fn more(i18n: I18n, one: &Measurement, what: &str, beside: Option<Beside>) -> AnyView {
    let language = i18n.language();
    let name = i18n.filled(Key::MEASURE_MORE, &[("what", what)]);
    let remark = (!one.remark.is_empty()).then(|| {
        let remark = one.remark.clone();
        view! { <p class="message-text" dir="auto">{remark}</p> }
    });
    let whole = measurement(language, one.kind, &one.values);
    let entered = one.entered.as_ref().map(|entered| {
        let words = entered_in_words(language, one.kind, entered);
        view! { <p class="fine">{i18n.filled(Key::MEASURE_ENTERED, &[("entered", &words)])}</p> }
    });
    let by = i18n.filled(source_words(one.source), &[("name", &one.recorded_by)]);
    view! {
        <details class="reading-more">
            <summary>
                <span aria-hidden="true">{MORE}</span>
                <span class="ds-sr-only">{name}</span>
            </summary>
            <p>{whole}</p>
            {remark}
            {entered}
            <p class="fine">{by}</p>
            {beside.map(|beside| beside(one))}
        </details>
    }
    .into_any()
}

const MORE: &str = "⋯";

const fn source_words(source: MeasurementSource) -> Key {
    match source {
        MeasurementSource::Citizen | MeasurementSource::Proxy => Key::MEASURE_BY_PERSON,
        MeasurementSource::Professional => Key::MEASURE_BY_PROFESSIONAL,
        MeasurementSource::Program => Key::MEASURE_BY_PROGRAM,
    }
}

/// What was entered, in its own unit: "198 lb", or the blows.
fn entered_in_words(language: Language, kind: MeasurementKind, entered: &Entered) -> String {
    let known = kind.facts().components.first();
    let other = known.and_then(|known| known.other_units.iter().find(|other| other.ucum == entered.unit));
    let unit = match (other, known) {
        (Some(OtherUnit { shown, .. }), _) => *shown,
        (None, Some(known)) => known.unit_in(language),
        (None, None) => "",
    };
    let all: Vec<String> = match entered.blows.as_slice() {
        [] => entered.values.values().map(|value| number(language, *value, 0)).collect(),
        blows => blows.iter().map(|blow| number(language, *blow, 0)).collect(),
    };
    format!("{} {unit}", all.join(", ")).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::csv::tests::taken;
    use super::*;

    #[test]
    fn measurements_of_a_day_stand_together() {
        let all = ["2026-11-17T05:00:00Z", "2026-11-16T18:00:00Z", "2026-11-16T06:00:00Z"].map(taken);
        let days = days_of(&all);
        let counts: Vec<usize> = days.iter().map(|day| day.readings.len()).collect();
        assert_eq!(counts, [1, 2]);
        assert_eq!(parts_of(&all), [PartOfDay::Morning, PartOfDay::Evening]);
    }

    #[test]
    fn what_was_entered_is_told_in_its_own_unit() {
        let value = omasote_types::measurements::Component::Value;
        let entered = Entered {
            values: [(value, "198.5".parse().unwrap())].into(),
            unit: "[lb_av]".to_owned(),
            blows: Vec::new(),
        };
        assert_eq!(entered_in_words(Language::Fi, MeasurementKind::Weight, &entered), "198,5 lb");
    }
}
