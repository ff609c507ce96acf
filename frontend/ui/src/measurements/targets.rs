//! The targets of a kind in words: those in force, who set them, and those before.

use chrono::NaiveDate;
use leptos::prelude::*;
use omasote_rules::measurements::{Moment, range_at};
use omasote_types::language::Language;
use omasote_types::measurements::{
    Component, MeasurementContext, MeasurementKind, PartOfDay, Target, TargetMoment, TargetRange, usual_range,
};

use super::value::{beside_unit, context_name, part_name, range};
use crate::i18n::{I18n, Key, use_i18n};
use crate::intl;
use crate::view::dynamic;

/// The range of each number on a day, as far as it is the same at every moment of it: what a chart shows as bands.
#[must_use]
pub fn bands_on(kind: MeasurementKind, targets: &[Target], day: NaiveDate) -> Vec<(Component, TargetRange)> {
    let general: Vec<Target> = targets.iter().filter(|target| target.moment.is_none()).cloned().collect();
    let moment = Moment { day, part: PartOfDay::Day, context: None };
    let band = |component| Some((component, range_at(&general, (kind, component), moment)?));
    kind.facts().components.iter().filter_map(|known| band(known.component)).collect()
}

/// Ranges in words: "yläpaine alle 135 mmHg, alapaine alle 85 mmHg"; empty when none has a bound.
fn ranges_in_words<'r>(
    language: Language,
    kind: MeasurementKind,
    ranges: impl Iterator<Item = (Component, &'r TargetRange)>,
) -> String {
    let words = ranges.filter_map(|(component, wanted)| {
        let known = kind.facts().component(component)?;
        let words = beside_unit(language, range(language, wanted, known.decimals)?, known);
        Some(format!("{} {words}", known.name_in(language).to_lowercase()).trim().to_owned())
    });
    words.collect::<Vec<_>>().join(", ")
}

fn is_in_force(target: &Target, day: NaiveDate) -> bool {
    target.from <= day && target.to.is_none_or(|to| day <= to)
}

/// The targets as of a day.
#[component]
pub fn Targets(
    /// Of what.
    kind: MeasurementKind,
    /// Those that were set for the citizen.
    targets: Signal<Vec<Target>>,
    /// Today.
    today: NaiveDate,
) -> impl IntoView {
    let i18n = use_i18n();
    let now = dynamic(move || {
        targets.with(|targets| {
            let own = targets.iter().filter(|target| is_in_force(target, today));
            let own: Vec<_> = own.map(|target| target_line(i18n, target)).collect();
            let usual = usual_lines(i18n.language(), kind, targets, today);
            if own.is_empty() && usual.is_empty() {
                return view! { <p>{i18n.t(Key::MEASURE_NO_TARGET)}</p> }.into_any();
            }
            let usual = usual.into_iter().map(|words| {
                view! { <li>{i18n.filled(Key::MEASURE_TARGET_USUAL, &[("target", &words)])}</li> }
            });
            view! { <ul class="measure-targets">{own} {usual.collect_view()}</ul> }.into_any()
        })
    });
    let before = dynamic(move || {
        targets.with(|targets| {
            let over: Vec<_> = targets
                .iter()
                .filter(|target| !is_in_force(target, today))
                .map(|target| target_line(i18n, target))
                .collect();
            let history = (!over.is_empty()).then(|| {
                view! {
                    <details>
                        <summary>{i18n.t(Key::MEASURE_TARGETS_BEFORE)}</summary>
                        <ul class="measure-targets">{over}</ul>
                    </details>
                }
            });
            history.into_any()
        })
    });
    view! {
        <section class="part" aria-labelledby="targets-title">
            <h2 class="ds-heading" data-size="xs" id="targets-title">{i18n.t(Key::MEASURE_TARGET)}</h2>
            {now}
            {before}
        </section>
    }
}

/// One that was set: its ranges, by whom and why.
fn target_line(i18n: I18n, target: &Target) -> AnyView {
    let language = i18n.language();
    let ranges = target.ranges.iter().map(|(component, range)| (*component, range));
    let words = ranges_in_words(language, target.kind, ranges);
    let words = match target.moment {
        None => words,
        Some(moment) => format!("{}: {words}", i18n.text(moment_name(moment))),
    };
    let day = |day| intl::date(language, day);
    let days = match target.to {
        None => i18n.filled(Key::MEASURE_TARGET_FROM, &[("from", &day(target.from))]),
        Some(to) => format!("{}–{}", day(target.from), day(to)),
    };
    let set = i18n.filled(Key::MEASURE_TARGET_SET, &[("name", &target.set_by)]);
    let reason = target.reason.clone();
    view! {
        <li>
            <strong>{words}</strong>
            <p class="fine">{set} " · " {days}</p>
            <p class="message-text fine" dir="auto">{reason}</p>
        </li>
    }
    .into_any()
}

const fn moment_name(moment: TargetMoment) -> Key {
    match moment {
        TargetMoment::Part(part) => part_name(part),
        TargetMoment::Context(context) => context_name(context),
    }
}

/// What holds for everybody, of the numbers that no target for all moments was set for.
fn usual_lines(
    language: Language,
    kind: MeasurementKind,
    targets: &[Target],
    today: NaiveDate,
) -> Vec<String> {
    let is_set = |component| {
        let own = |target: &&Target| target.moment.is_none() && target.ranges.contains_key(&component);
        targets.iter().filter(|target| is_in_force(target, today)).any(|target| own(&target))
    };
    let open = || kind.facts().components.iter().filter(|known| !is_set(known.component));
    let line = |context: Option<MeasurementContext>| {
        let ranges: Vec<(Component, TargetRange)> = open()
            .filter_map(|known| Some((known.component, usual_range(kind, known.component, context)?)))
            .collect();
        let words = ranges_in_words(language, kind, ranges.iter().map(|(of, range)| (*of, range)));
        (!words.is_empty()).then_some(words)
    };
    let always = line(None);
    let contexts = kind.facts().contexts.iter().filter_map(|context| {
        let words = line(Some(*context)).filter(|words| always.as_ref() != Some(words))?;
        Some(format!("{}: {words}", context_name(*context).text(language)))
    });
    always.clone().into_iter().chain(contexts).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_holds_for_everybody_is_told_when_nothing_was_set() {
        let of = |kind| usual_lines(Language::Fi, kind, &[], NaiveDate::default());
        assert_eq!(
            of(MeasurementKind::BloodPressure),
            ["yläpaine alle 135\u{a0}mmHg, alapaine alle 85\u{a0}mmHg, syke 50–100\u{a0}/min"]
        );
        assert_eq!(of(MeasurementKind::Weight), Vec::<String>::new());
        assert_eq!(of(MeasurementKind::Glucose).len(), 4);
    }

    #[test]
    fn bands_are_those_that_hold_at_every_moment() {
        let bands = bands_on(MeasurementKind::Pulse, &[], NaiveDate::default());
        assert_eq!(bands, [(Component::Value, TargetRange::from_to(50.into(), 100.into()))]);
    }
}
