//! The fields for the numbers, and big keys that write in them, so that the phone's own keyboard is not needed.

use leptos::ev::MouseEvent;
use leptos::prelude::*;
use omasote_types::error::FieldErrorCode;
use omasote_types::language::Language;
use omasote_ui::errors::explain_field;
use omasote_ui::focus::focus_id;
use omasote_ui::form::Form;
use omasote_ui::i18n::{I18n, Key, use_i18n};
use omasote_ui::measurements::number;
use omasote_ui::questionnaires::typed_number;
use omasote_ui::view::{dynamic, flag, optional, said, text};

use super::written::{PadKey, Slot, Written, is_full, pressed};

/// The sign between whole numbers and decimals.
fn mark(i18n: I18n) -> char {
    if i18n.language() == Language::En { '.' } else { ',' }
}

/// The fields.
#[component]
pub(super) fn Numbers(written: Written, form: Form) -> impl IntoView {
    let i18n = use_i18n();
    let slots = written.slots();
    let hint = (slots.len() > 1).then(|| view! { <p class="fine">{i18n.t(Key::MEASURE_FIELDS_HINT)}</p> });
    let fields = slots.into_iter().enumerate().map(|(place, slot)| field(written, form, place, slot));
    let fields: Vec<_> = fields.collect();
    view! {
        <div class="measure-slots">{fields}</div>
        {hint}
    }
}

fn field(written: Written, form: Form, place: usize, slot: Slot) -> AnyView {
    let i18n = use_i18n();
    let error = error_of(form, slot);
    let is_refused = Signal::derive(move || error.get().is_some());
    let label = text(move || label(i18n, written, slot));
    let open = slot.is_optional.then(|| view! { <span class="fine">{i18n.t(Key::MEASURE_OPTIONAL)}</span> });
    let is_current = move || written.current.get() == place;
    let write = move |event| {
        let (before, typed) = (slot.value.get_untracked().len(), event_target_value(&event));
        let has_grown = typed.len() > before;
        slot.value.set(typed);
        if has_grown {
            go_on_when_full(written, place, slot);
        }
    };
    view! {
        <div class="ds-field measure-slot" data-current=flag("true", is_current)>
            <label class="ds-label" for=slot.id>{label}</label>
            {open}
            <input
                class="ds-input measure-input"
                id=slot.id
                type="text"
                inputmode="none"
                autocomplete="off"
                maxlength="8"
                aria-invalid=said(is_refused)
                aria-describedby=format!("{}-error", slot.id)
                prop:value=slot.value
                on:input=write
                on:focus=move |_| written.current.set(place)
            />
            {problem(written, slot, error)}
        </div>
    }
    .into_any()
}

/// Why a number was refused. What is wrong with the blows together stands at the first.
fn error_of(form: Form, slot: Slot) -> Signal<Option<FieldErrorCode>> {
    if slot.blow.is_some_and(|blow| blow > 1) {
        return Signal::stored(None);
    }
    let own = form.error_at(format!("values.{}", slot.known.component.code()));
    let of_blows = form.error_of("blows");
    Signal::derive(move || own.get().or_else(|| of_blows.get().filter(|_| slot.blow.is_some())))
}

/// What is asked for, with its unit.
fn label(i18n: I18n, written: Written, slot: Slot) -> String {
    let language = i18n.language();
    let unit = written.other_unit().map_or_else(|| slot.known.unit_in(language), |other| other.shown);
    let name = match slot.blow {
        Some(blow) => i18n.filled(Key::MEASURE_BLOW, &[("number", &blow.to_string())]),
        None => match slot.known.name_in(language) {
            "" => written.kind.facts().name_in(language).to_owned(),
            name => name.to_owned(),
        },
    };
    if unit.is_empty() { name } else { format!("{name} ({unit})") }
}

fn problem(written: Written, slot: Slot, error: Signal<Option<FieldErrorCode>>) -> AnyView {
    let i18n = use_i18n();
    let words = text(move || error.get().map(|code| explain(i18n, written, slot, code)).unwrap_or_default());
    let is_fine = Signal::derive(move || error.get().is_none());
    let id = format!("{}-error", slot.id);
    view! { <p class="ds-validation-message" id=id hidden=is_fine>{words}</p> }.into_any()
}

fn explain(i18n: I18n, written: Written, slot: Slot, code: FieldErrorCode) -> String {
    let (least, most) = written.bounds(slot.known);
    match code {
        FieldErrorCode::InvalidFormat => i18n.text(Key::QUESTION_NO_NUMBER).to_owned(),
        FieldErrorCode::OutOfRange => {
            let value = slot.value.with_untracked(|typed| typed_number(typed));
            // The number alone is possible, but not beside the other.
            if slot.blow.is_none() && value.is_some_and(|value| least <= value && value <= most) {
                return i18n.text(Key::MEASURE_DIASTOLIC_ABOVE).to_owned();
            }
            let of = |bound| number(i18n.language(), bound, 0);
            i18n.filled(Key::MEASURE_OUT_OF_RANGE, &[("least", &of(least)), ("most", &of(most))])
        }
        other => i18n.text(explain_field(other)).to_owned(),
    }
}

/// Goes to the next field when a number is whole.
fn go_on_when_full(written: Written, place: usize, slot: Slot) {
    let is_whole = untrack(|| {
        let (most, decimals) = (written.bounds(slot.known).1, written.decimals(slot.known));
        slot.value.with(|typed| is_full(typed, most, decimals))
    });
    if is_whole {
        go_on(written, place);
    }
}

/// Goes to the next field, when there is one.
fn go_on(written: Written, place: usize) {
    let next = place.saturating_add(1);
    if let Some(slot) = written.slots().get(next) {
        written.current.set(next);
        focus_id(slot.id);
    }
}

/// The keys. Who has a keyboard types in the fields, so that they stand in nobody's way from one field to the next.
#[component]
pub(super) fn Keypad(written: Written) -> impl IntoView {
    let i18n = use_i18n();
    let press = move |key: PadKey| {
        let place = written.current.get_untracked();
        let Some(slot) = written.slots().get(place).copied() else { return };
        let decimals = untrack(|| written.decimals(slot.known));
        let mark = untrack(|| mark(i18n));
        slot.value.update(|value| *value = pressed(value, key, mark, decimals));
        if key != PadKey::Delete {
            go_on_when_full(written, place, slot);
        }
    };
    let press = Callback::new(press);
    let has_next = move || written.current.get().saturating_add(1) < written.slots().len();
    let next = optional(move || {
        has_next().then(|| {
            view! {
                <button
                    type="button"
                    class="measure-key measure-next"
                    tabindex="-1"
                    on:mousedown=move |event| keep_focus(&event)
                    on:click=move |_| go_on(written, written.current.get_untracked())
                >
                    {i18n.t(Key::MEASURE_NEXT)}
                </button>
            }
            .into_any()
        })
    });
    let digit = |digit: u8| key(PadKey::Digit(digit), Signal::stored(digit.to_string()), None, press);
    let first: Vec<_> = (1..=9).map(digit).collect();
    let has_decimals =
        Memo::new(move |_| written.slots().first().is_some_and(|slot| written.decimals(slot.known) > 0));
    let comma = move || match has_decimals.get() {
        true => key(
            PadKey::Mark,
            text(move || mark(i18n).to_string()),
            Some(text(move || i18n.text(Key::MEASURE_KEY_MARK).to_owned())),
            press,
        ),
        false => view! { <span class=NO_KEY></span> }.into_any(),
    };
    let delete_name = text(move || i18n.text(Key::MEASURE_KEY_DELETE).to_owned());
    view! {
        <div class="measure-keys" role="group" aria-label=i18n.t(Key::MEASURE_KEYS)>
            {first}
            {dynamic(comma)}
            {digit(0)}
            {key(PadKey::Delete, Signal::stored(DELETE.to_owned()), Some(delete_name), press)}
            {next}
        </div>
    }
}

/// Where a key would be.
const NO_KEY: &str = "measure-no-key";
const DELETE: &str = "⌫";

/// A key, with its name when its sign says little.
fn key(key: PadKey, sign: Signal<String>, name: Option<Signal<String>>, press: Callback<PadKey>) -> AnyView {
    view! {
        <button
            type="button"
            class="measure-key"
            tabindex="-1"
            aria-label=name
            on:mousedown=move |event| keep_focus(&event)
            on:click=move |_| press.run(key)
        >
            {sign}
        </button>
    }
    .into_any()
}

/// A key that is touched leaves the focus in the field.
fn keep_focus(event: &MouseEvent) {
    event.prevent_default();
}
