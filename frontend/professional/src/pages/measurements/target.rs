//! Setting a target: the bounds of each number, from which day, and why.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use omasote_types::decimal::Decimal;
use omasote_types::error::{FieldError, FieldErrorCode};
use omasote_types::ids::CitizenId;
use omasote_types::measurements::{
    Bound, Component, ComponentFacts, MeasurementKind, NewTarget, PartOfDay, Target, TargetMoment,
    TargetRange,
};
use omasote_ui::announce::use_announcer;
use omasote_ui::form::{FieldProblem, Form, LineField, ReasonField, SubmitButton};
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::intl;
use omasote_ui::measurements::{bands_on, context_name, part_name};
use omasote_ui::session::use_session;
use omasote_ui::view::{dynamic, said, text};

/// The four bounds as they are written.
#[derive(Clone, Copy)]
struct Written {
    facts: &'static ComponentFacts,
    bounds: [RwSignal<String>; 4],
}

/// What each bound is called, in the order of [`Written::bounds`], and the end of its field's id.
const BOUNDS: [(Key, &str); 4] = [
    (Key::TARGET_LOW, "low"),
    (Key::TARGET_HIGH, "high"),
    (Key::TARGET_ALARM_LOW, "alarm-low"),
    (Key::TARGET_ALARM_HIGH, "alarm-high"),
];

/// Whether the number itself is inside when nothing is written before it: of a target it is, of an alarm it is not.
const INSIDE: [bool; 4] = [true, true, false, false];
/// What is written before the number when it is the other way.
const OTHER_WAY: [char; 4] = ['>', '<', '<', '>'];

/// A bound as it is written: "135", or "<135" when the number itself is outside.
fn in_words(bound: Bound, place: usize) -> String {
    let is_usual = INSIDE.get(place).is_none_or(|usual| *usual == bound.is_inside);
    let mark = OTHER_WAY.get(place).filter(|_| !is_usual);
    mark.map_or_else(String::new, char::to_string) + &bound.value.to_string().replace('.', ",")
}

/// Reads it; none when it is no number.
fn from_words(words: &str, place: usize) -> Option<Bound> {
    let (usual, mark) = (*INSIDE.get(place)?, *OTHER_WAY.get(place)?);
    let (number, is_inside) = words.strip_prefix(mark).map_or((words, usual), |number| (number, !usual));
    let value: Decimal = number.trim().replace(',', ".").parse().ok()?;
    Some(Bound { value, is_inside })
}

impl Written {
    /// The range that is in force, to be changed.
    fn new(facts: &'static ComponentFacts, range: TargetRange) -> Self {
        let bounds = [range.low, range.high, range.alarm_low, range.alarm_high];
        let written = |place: usize| {
            let bound = bounds.get(place).copied().flatten();
            RwSignal::new(bound.map_or_else(String::new, |bound| in_words(bound, place)))
        };
        Self { facts, bounds: std::array::from_fn(written) }
    }

    /// The range, or that a bound is no number.
    fn read(self) -> Result<TargetRange, FieldError> {
        let mut bounds = [None; 4];
        for (place, (bound, written)) in bounds.iter_mut().zip(self.bounds).enumerate() {
            let text = written.with_untracked(|text| text.trim().to_owned());
            if text.is_empty() {
                continue;
            }
            let refused =
                || FieldError { field: field_of(self.facts.component), code: FieldErrorCode::InvalidFormat };
            *bound = Some(from_words(&text, place).ok_or_else(refused)?);
        }
        let [low, high, alarm_low, alarm_high] = bounds;
        Ok(TargetRange { alarm_low, low, high, alarm_high })
    }
}

fn field_of(component: Component) -> String {
    format!("ranges.{}", component.code())
}

/// For which measurements a target may be: all, those of a part of the day, those that stand so to meals or medicine.
fn moments(kind: MeasurementKind) -> Vec<Option<TargetMoment>> {
    let parts = PartOfDay::ALL.into_iter().map(TargetMoment::Part);
    let contexts = kind.facts().contexts.iter().copied().map(TargetMoment::Context);
    std::iter::once(None).chain(contexts.map(Some)).chain(parts.map(Some)).collect()
}

const fn moment_name(moment: Option<TargetMoment>) -> Key {
    match moment {
        None => Key::TARGET_FOR_ALL,
        Some(TargetMoment::Part(part)) => part_name(part),
        Some(TargetMoment::Context(context)) => context_name(context),
    }
}

#[component]
pub(super) fn TargetForm(
    client: CitizenId,
    kind: MeasurementKind,
    today: NaiveDate,
    targets: Signal<Vec<Target>>,
    set: Callback<()>,
) -> impl IntoView {
    let (i18n, session, form, announcer) = (use_i18n(), use_session(), Form::new(), use_announcer());
    // What a target does not say again is in force no longer, so all that is in force is there to be changed.
    let in_force = targets.with_untracked(|targets| bands_on(kind, targets, today));
    let range = |facts: &ComponentFacts| {
        let found = in_force.iter().find(|(of, _)| *of == facts.component);
        found.map_or(TargetRange::NONE, |(_, range)| *range)
    };
    let written: Vec<Written> =
        kind.facts().components.iter().map(|facts| Written::new(facts, range(facts))).collect();
    let (from, reason) = (RwSignal::new(today.to_string()), RwSignal::new(String::new()));
    let (choices, chosen) = (StoredValue::new(moments(kind)), RwSignal::new(0_usize));
    let fields: Vec<_> = written.iter().map(|one| view! { <RangeFields kind written=*one form /> }).collect();
    let written = StoredValue::new(written);
    let read = move || -> Result<NewTarget, Vec<FieldError>> {
        let mut ranges = BTreeMap::new();
        for one in written.get_value() {
            let range = one.read().map_err(|error| vec![error])?;
            if !range.is_empty() {
                ranges.insert(one.facts.component, range);
            }
        }
        let day = from.with_untracked(|from| intl::written_date(from));
        let from = day.ok_or_else(|| {
            vec![FieldError { field: "from".to_owned(), code: FieldErrorCode::InvalidFormat }]
        })?;
        let moment = choices.with_value(|all| all.get(chosen.get_untracked()).copied()).flatten();
        let reason = reason.with_untracked(|reason| reason.trim().to_owned());
        Ok(NewTarget { kind, ranges, moment, from, to: None, reason })
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let new = match read() {
            Ok(new) => new,
            Err(refused) => {
                let _ = form.accepts(Err(refused));
                return;
            }
        };
        if form.accepts(new.validate()) {
            let answer = session.ask(async move |api| api.set_target(client, &new).await);
            form.send(answer, move |_| {
                announcer.say(Key::TARGET_SET_NOW);
                set.run(());
            });
        }
    };
    view! {
        <form class="form target-form" novalidate=true on:submit=submit>
            <h3 class="ds-heading" data-size="2xs">{i18n.t(Key::TARGET_SET)}</h3>
            <p class="fine">{i18n.t(Key::TARGET_ABOUT)}</p>
            {fields}
            <FieldProblem id="target-ranges" error=form.error_of("ranges") invalid=Key::FIELD_INVALID />
            <MomentField choices chosen />
            <LineField id="target-from" label=Key::TARGET_FROM kind="date" value=from error=form.error_of("from") />
            <ReasonField
                id="target-reason"
                label=Key::TARGET_REASON
                hint=Key::TARGET_REASON_HINT
                value=reason
                error=form.error_of("reason")
            />
            <SubmitButton form label=Key::TARGET_SAVE />
        </form>
    }
}

/// The bounds of one number.
#[component]
fn RangeFields(kind: MeasurementKind, written: Written, form: Form) -> impl IntoView {
    let i18n = use_i18n();
    let facts = written.facts;
    let name = text(move || {
        let language = i18n.language();
        let own = facts.name_in(language);
        let name = if own.is_empty() { kind.facts().name_in(language) } else { own };
        match facts.unit_in(language) {
            "" => name.to_owned(),
            unit => format!("{name}, {unit}"),
        }
    });
    let error = form.error_at(field_of(facts.component));
    let is_refused = Signal::derive(move || error.get().is_some());
    let problem: &'static str = match facts.component {
        Component::Value => "target-value",
        Component::Systolic => "target-systolic",
        Component::Diastolic => "target-diastolic",
        Component::Pulse => "target-pulse",
    };
    let field = |((label, end), value): ((Key, &'static str), RwSignal<String>)| {
        let id = format!("{problem}-{end}");
        view! {
            <div class="ds-field">
                <label class="ds-label" for=id.clone()>{i18n.t(label)}</label>
                <input
                    class="ds-input"
                    id=id
                    inputmode="decimal"
                    autocomplete="off"
                    aria-invalid=said(is_refused)
                    prop:value=value
                    on:input=move |event| value.set(event_target_value(&event))
                />
            </div>
        }
    };
    let fields: Vec<_> = BOUNDS.into_iter().zip(written.bounds).map(field).collect();
    view! {
        <fieldset class="ds-fieldset target-range">
            <legend class="ds-label">{name}</legend>
            <div class="target-bounds">{fields}</div>
            <FieldProblem id=problem error invalid=Key::TARGET_INVALID />
        </fieldset>
    }
}

#[component]
fn MomentField(choices: StoredValue<Vec<Option<TargetMoment>>>, chosen: RwSignal<usize>) -> impl IntoView {
    let i18n = use_i18n();
    let options = dynamic(move || {
        let option = |(place, moment): (usize, Option<TargetMoment>)| {
            view! {
                <option value=place.to_string() selected=move || chosen.get_untracked() == place>
                    {i18n.t(moment_name(moment))}
                </option>
            }
        };
        let all = choices.get_value();
        all.into_iter().enumerate().map(option).collect_view().into_any()
    });
    let choose = move |event| {
        if let Ok(place) = event_target_value(&event).parse() {
            chosen.set(place);
        }
    };
    view! {
        <div class="ds-field">
            <label class="ds-label" for="target-moment">{i18n.t(Key::TARGET_MOMENT)}</label>
            <select class="ds-input" id="target-moment" on:change=choose>
                {options}
            </select>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bound_is_read_as_it_is_written() {
        let number = |text: &str| text.parse::<Decimal>().unwrap();
        let cases = [
            (1, Bound::inside(number("7")), "7"),
            (1, Bound::outside(number("135")), "<135"),
            (0, Bound::outside(number("3.9")), ">3,9"),
            (3, Bound::outside(number("180")), "180"),
            (3, Bound::inside(number("13.9")), ">13,9"),
            (2, Bound::inside(number("3")), "<3"),
        ];
        for (place, bound, words) in cases {
            assert_eq!(in_words(bound, place), words);
            assert_eq!(from_words(words, place), Some(bound));
        }
        assert_eq!(from_words("< 135", 1), Some(Bound::outside(number("135"))));
        assert_eq!(from_words("noin 7", 1), None);
    }
}
