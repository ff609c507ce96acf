//! Setting a target: the bounds of each number, from which day, and why.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use omasote_types::decimal::Decimal;
use omasote_types::error::{FieldError, FieldErrorCode};
use omasote_types::ids::CitizenId;
use omasote_types::measurements::{
    Bound, Component, ComponentFacts, MeasurementKind, NewTarget, PartOfDay, TargetMoment, TargetRange,
};
use omasote_ui::announce::use_announcer;
use omasote_ui::form::{FieldProblem, Form, LineField, ReasonField, SubmitButton};
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::intl;
use omasote_ui::measurements::{context_name, part_name};
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

impl Written {
    fn new(facts: &'static ComponentFacts) -> Self {
        Self { facts, bounds: std::array::from_fn(|_| RwSignal::new(String::new())) }
    }

    /// The range, or that a bound is no number.
    fn read(self) -> Result<TargetRange, FieldError> {
        let mut bounds = [None; 4];
        for (bound, written) in bounds.iter_mut().zip(self.bounds) {
            let text = written.with_untracked(|text| text.trim().replace(',', "."));
            if text.is_empty() {
                continue;
            }
            let value: Decimal = text.parse().map_err(|_| FieldError {
                field: field_of(self.facts.component),
                code: FieldErrorCode::InvalidFormat,
            })?;
            *bound = Some(Bound::inside(value));
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
    set: Callback<()>,
) -> impl IntoView {
    let (i18n, session, form, announcer) = (use_i18n(), use_session(), Form::new(), use_announcer());
    let written: Vec<Written> = kind.facts().components.iter().map(Written::new).collect();
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
