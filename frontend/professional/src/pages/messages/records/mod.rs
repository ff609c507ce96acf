//! Saving to the patient record: what was saved of a thread or a task, where it stands, and saving more.

mod entry;
mod form;

use leptos::prelude::*;
use omasote_types::ids::ThreadId;
use omasote_types::messages::Thread;
use omasote_types::records::{Record, RecordKind, RecordState, ThreadRecords};
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::icon::Icon;
use omasote_ui::remote::Remote;
use omasote_ui::session::use_session;
use omasote_ui::updates::use_updates;
use omasote_ui::view::{dynamic, optional, said, text};

use entry::Entry;
use form::RecordForm;
pub(crate) use form::{KindChoice, SummaryField};

/// Makes the form by which more is saved; what it is given runs when that is done.
pub(crate) type MakeForm = Callback<Callback<()>, AnyView>;

/// What is saved of a thread.
pub(super) fn records_of_thread(
    thread: Signal<Thread>,
    all: Remote<ThreadRecords>,
    is_read_only: Signal<bool>,
) -> AnyView {
    let form = Callback::new(move |on_done| view! { <RecordForm thread on_done /> }.into_any());
    view! { <Records form all is_read_only /> }.into_any()
}

/// What is saved, and the way to save more; only to be read where the matter is elsewhere.
#[component]
pub(crate) fn Records(
    form: MakeForm,
    all: Remote<ThreadRecords>,
    #[prop(into)] is_read_only: Signal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let changed = Callback::new(move |()| all.refresh());
    let title = text(move || match all.with(|all| all.records.len()).unwrap_or_default() {
        0 => i18n.text(Key::RECORDS).to_owned(),
        count => format!("{} ({count})", i18n.text(Key::RECORDS)),
    });
    // What is not saved shows while the part is closed, too.
    let unsaved = Memo::new(move |_| all.with(|all| unsaved_of(&all.records)).flatten());
    let tag = optional(move || unsaved.get().map(state_tag));
    let list = dynamic(move || {
        let records = all.get().map(|all| all.records).unwrap_or_default().into_iter();
        let is_read_only = is_read_only.get();
        let items: Vec<_> = records.map(|record| view! { <Entry record is_read_only changed /> }).collect();
        view! { <ul class="notes">{items}</ul> }.into_any()
    });
    let is_connected = Memo::new(move |_| all.with(|all| all.is_connected));
    let saving = dynamic(move || match (is_connected.get(), is_read_only.get()) {
        (Some(true), false) => view! { <Saving form changed /> }.into_any(),
        (Some(false), _) => view! { <p class="fine">{i18n.t(Key::RECORDS_NOT_CONNECTED)}</p> }.into_any(),
        (None, _) | (Some(true), true) => ().into_any(),
    });
    view! {
        <details class="notes-all records">
            <summary>{title} " " {tag}</summary>
            <div class="records-body">{saving} {list}</div>
        </details>
    }
}

/// What is saved of a thread, kept up to date.
pub(super) fn records_of(id: ThreadId) -> Remote<ThreadRecords> {
    let session = use_session();
    let all = Remote::new(move || session.ask(async move |client| client.list_records(id).await));
    use_updates().on_thread_change(id, move || all.refresh());
    all
}

/// The link to the same person in the patient information system, once it is known there who they are.
#[component]
pub(super) fn PatientLink(all: Remote<ThreadRecords>) -> impl IntoView {
    let i18n = use_i18n();
    let address = Memo::new(move |_| all.with(|all| all.patient_url.clone()).flatten());
    optional(move || {
        let address = address.get()?;
        let link = view! {
            <a class="ds-link" href=address target="_blank" rel="noopener noreferrer">
                {i18n.t(Key::RECORDS_OPEN_PATIENT)}
            </a>
        };
        Some(link.into_any())
    })
}

/// The button that opens the form, and the form.
#[component]
fn Saving(form: MakeForm, changed: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let is_open = RwSignal::new(false);
    let done = Callback::new(move |()| {
        is_open.try_set(false);
        changed.try_run(());
    });
    let form = optional(move || is_open.get().then(|| form.run(done)));
    view! {
        <div class="action">
            <button
                type="button"
                class="ds-button"
                data-variant="secondary"
                data-size="sm"
                aria-expanded=said(is_open)
                on:click=move |_| is_open.update(|is_open| *is_open = !*is_open)
            >
                {Icon::DOCUMENT}
                {i18n.t(Key::RECORDS_SAVE)}
            </button>
        </div>
        {form}
    }
}

/// The worst of what is not saved.
fn unsaved_of(records: &[Record]) -> Option<RecordState> {
    let has = |state| records.iter().any(|record| record.state == state);
    [RecordState::Failed, RecordState::Waiting].into_iter().find(|state| has(*state))
}

/// Where something stands: a picture, a colour and words.
fn state_tag(state: RecordState) -> AnyView {
    let i18n = use_i18n();
    let (icon, color, words) = match state {
        RecordState::Waiting => (Icon::CLOCK, "info", Key::RECORDS_WAITING),
        RecordState::Saved => (Icon::TICK, "success", Key::RECORDS_SAVED),
        RecordState::Failed => (Icon::BREAK, "danger", Key::RECORDS_FAILED),
    };
    view! { <span class="ds-tag" data-size="sm" data-color=color>{icon} {i18n.t(words)}</span> }.into_any()
}

/// The name of a kind of entries.
const fn name_of(kind: RecordKind) -> Key {
    match kind {
        RecordKind::Contact => Key::RECORDS_KIND_CONTACT,
        RecordKind::Assessment => Key::RECORDS_KIND_ASSESSMENT,
        RecordKind::Guidance => Key::RECORDS_KIND_GUIDANCE,
        RecordKind::Medication => Key::RECORDS_KIND_MEDICATION,
        RecordKind::ClientNote => Key::RECORDS_KIND_CLIENT_NOTE,
    }
}
