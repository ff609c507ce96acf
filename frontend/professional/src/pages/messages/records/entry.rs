//! One entry: what it is, where it stands, and what to do when it was not saved.

use leptos::prelude::*;
use omasote_types::ids::RecordId;
use omasote_types::records::{Record, RecordState, RecordTrouble};
use omasote_ui::action::{ActionButton, Look};
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::messages::Moment;
use omasote_ui::session::use_session;

use super::{name_of, state_tag};

#[component]
pub(super) fn Entry(record: Record, is_read_only: bool, changed: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let Record { id, kind, summary, state, trouble, by, created_at, saved_at, .. } = record;
    let who = by.map(|by| view! { <strong>{by.name}</strong> });
    let stamp = saved_at.map(|at| view! { <p>{i18n.t(Key::RECORDS_STAMP)} " " <Moment at /></p> });
    let why = trouble.map(|trouble| view! { <p>{i18n.t(explained(trouble))}</p> });
    let next = (state == RecordState::Waiting).then(|| view! { <p>{i18n.t(Key::RECORDS_WAITING_HINT)}</p> });
    let may_retry = state == RecordState::Failed && !is_read_only;
    let retry = may_retry.then(|| view! { <Retry id changed /> });
    view! {
        <li>
            <p>{i18n.t(name_of(kind))} " " {state_tag(state)}</p>
            <p class="fine">{who} " " <Moment at=created_at /></p>
            {stamp}
            {why}
            {next}
            {retry}
            <details>
                <summary>{i18n.t(Key::RECORDS_SUMMARY)}</summary>
                <p class="message-text" dir="auto">{summary}</p>
            </details>
        </li>
    }
}

#[component]
fn Retry(id: RecordId, changed: Callback<()>) -> impl IntoView {
    let session = use_session();
    let run =
        Callback::new(move |()| session.ask(async move |client| client.retry_record(id).await.map(drop)));
    let look = Look::SMALL;
    view! { <ActionButton label=Key::RECORDS_RETRY look run done=Key::RECORDS_RETRIED on_done=changed /> }
}

/// Why it is not saved, and what to do.
const fn explained(trouble: RecordTrouble) -> Key {
    match trouble {
        RecordTrouble::Unreachable => Key::RECORDS_UNREACHABLE,
        RecordTrouble::WrongAnswer => Key::RECORDS_WRONG_ANSWER,
        RecordTrouble::AccessDenied => Key::RECORDS_ACCESS_DENIED,
        RecordTrouble::NoPatient => Key::RECORDS_NO_PATIENT,
        RecordTrouble::SeveralPatients => Key::RECORDS_SEVERAL_PATIENTS,
        RecordTrouble::Refused => Key::RECORDS_REFUSED,
        RecordTrouble::Restricted => Key::RECORDS_RESTRICTED,
    }
}
