//! What waits to be sent, and what the server refused of it.

use leptos::prelude::*;
use omasote_types::measurements::MeasurementKind;
use omasote_ui::clock::use_clock;
use omasote_ui::errors::explain_field;
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::intl;
use omasote_ui::measurements::measurement_in;
use omasote_ui::measurements::waiting::{Entry, Waiting};
use omasote_ui::view::{optional, text};

use crate::paths;

/// What waits of a kind, or of all.
#[component]
pub(super) fn WaitingList(waiting: Waiting, kind: Option<MeasurementKind>) -> impl IntoView {
    let i18n = use_i18n();
    let shown = Memo::new(move |_| {
        let is_shown = |entry: &Entry| kind.is_none_or(|kind| entry.new.kind == kind);
        waiting.entries().with(|all| all.iter().filter(|entry| is_shown(entry)).cloned().collect::<Vec<_>>())
    });
    let waits = Memo::new(move |_| shown.with(|all| all.iter().any(|entry| entry.refused.is_none())));
    let is_empty = Memo::new(move |_| shown.with(Vec::is_empty));
    optional(move || {
        (!is_empty.get()).then(|| {
            view! {
                <section class="part screen-only" aria-labelledby="waiting-title">
                    <h2 class="ds-heading" data-size="xs" id="waiting-title">{i18n.t(Key::MEASURE_WAITING_TITLE)}</h2>
                    {optional(move || {
                        waits.get().then(|| view! { <p>{i18n.t(Key::MEASURE_WAITING_ABOUT)}</p> }.into_any())
                    })}
                    <ul class="measure-cards">
                        <For
                            each=move || shown.get()
                            key=|entry| (entry.id.clone(), entry.refused.is_some())
                            let:entry
                        >
                            <WaitingCard waiting entry />
                        </For>
                    </ul>
                </section>
            }
            .into_any()
        })
    })
}

#[component]
fn WaitingCard(waiting: Waiting, entry: Entry) -> impl IntoView {
    let (i18n, clock) = (use_i18n(), use_clock());
    let (kind, taken_at) = (entry.new.kind, entry.new.taken_at);
    let color = if entry.refused.is_some() { "danger" } else { "info" };
    let state = if entry.refused.is_some() { Key::MEASURE_NOT_KEPT } else { Key::MEASURE_WAITS };
    let refusal = entry.refused.is_some().then(|| view! { <Refusal waiting entry=entry.clone() /> });
    let (values, unit) = (entry.new.values, entry.new.unit);
    let words = text(move || measurement_in(i18n.language(), kind, &values, unit.as_deref()));
    let name = text(move || kind.facts().name_in(i18n.language()).to_owned());
    let when = text(move || intl::moment(i18n, taken_at, clock.milliseconds()));
    view! {
        <li class="card measure-card" data-waiting="">
            <div class="measure-card-head">
                <p><strong>{name} ": " {words}</strong></p>
                <span class="ds-tag" data-color=color>{i18n.t(state)}</span>
            </div>
            <p class="fine">{when}</p>
            {refusal}
        </li>
    }
}

/// Why it was refused, and what can be done.
#[component]
fn Refusal(waiting: Waiting, entry: Entry) -> impl IntoView {
    let i18n = use_i18n();
    let is_asked = entry.is_asked();
    let Entry { id, new, refused } = entry;
    let code = refused.and_then(|errors| errors.first().map(|error| error.code));
    let words = code.map_or(Key::ERROR_VALIDATION_FAILED, explain_field);
    let id = StoredValue::new(id);
    let confirm = is_asked.then(|| {
        view! {
            <button
                type="button"
                class="ds-button"
                data-variant="primary"
                data-size="sm"
                on:click=move |_| waiting.confirm(&id.get_value())
            >
                {i18n.t(Key::MEASURE_ASK_YES)}
            </button>
        }
    });
    view! {
        <p>{i18n.t(words)}</p>
        <div class="actions">
            {confirm}
            <a
                class="ds-button"
                data-variant="secondary"
                data-size="sm"
                href=paths::correct_measurement(new.kind, &id.get_value())
            >
                {i18n.t(Key::MEASURE_ASK_CORRECT)}
            </a>
            <button
                type="button"
                class="ds-button"
                data-variant="tertiary"
                data-size="sm"
                on:click=move |_| waiting.remove(&id.get_value())
            >
                {i18n.t(Key::MEASURE_DROP)}
            </button>
        </div>
    }
}
