//! Saving what was answered to the patient record.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use omasote_client::IdempotencyKey;
use omasote_rules::questionnaires::{Outcome, Prepared};
use omasote_types::ids::TaskId;
use omasote_types::questionnaires::{Answers, Form as Questions};
use omasote_types::records::{NewTaskRecord, RecordKind};
use omasote_types::tasks::Task;
use omasote_ui::announce::use_announcer;
use omasote_ui::form::{Form, SubmitButton};
use omasote_ui::i18n::{I18n, Key, use_i18n};
use omasote_ui::questionnaires::{answer_in_words, number_in_words, words};
use omasote_ui::remote::Remote;
use omasote_ui::session::use_session;

use crate::pages::messages::{KindChoice, Records, SummaryField};

/// What is saved of a task, and the way to save it.
pub(super) fn recording(task: &Task, answered: Option<&(Questions, Answers)>) -> AnyView {
    let (i18n, session, id) = (use_i18n(), use_session(), task.id);
    let all = Remote::new(move || session.ask(async move |client| client.list_task_records(id).await));
    let title = words(i18n, &task.title);
    let proposal = proposal(i18n, &title, answered);
    let form =
        Callback::new(move |on_done| view! { <RecordForm id first=proposal.clone() on_done /> }.into_any());
    view! { <Records form all is_read_only=false /> }.into_any()
}

/// What is proposed as a summary: the scores and the answers, to be made shorter.
fn proposal(i18n: I18n, title: &str, answered: Option<&(Questions, Answers)>) -> String {
    let prepared = answered.and_then(|(form, answers)| Some((Prepared::new(form.clone()).ok()?, answers)));
    let Some((prepared, answers)) = prepared else { return title.to_owned() };
    let reading = prepared.read(answers);
    let scores = reading.scores().filter_map(|outcome| match outcome {
        Outcome::Counted { score, value, band, .. } => {
            let band = band.map(|band| format!(" ({})", words(i18n, &band.text))).unwrap_or_default();
            Some(format!("{}: {}{band}", words(i18n, &score.name), number_in_words(i18n, value)))
        }
        Outcome::Missing { .. } => None,
    });
    let said = prepared.items().filter_map(|item| {
        let answer = reading.answer(&item.link_id)?;
        Some(format!("{} {}", words(i18n, &item.text), answer_in_words(i18n, item, answer)))
    });
    std::iter::once(title.to_owned()).chain(scores).chain(said).collect::<Vec<_>>().join("\n")
}

#[component]
fn RecordForm(id: TaskId, first: String, on_done: Callback<()>) -> impl IntoView {
    let (i18n, session, announcer, form) = (use_i18n(), use_session(), use_announcer(), Form::new());
    let (summary, kind) = (RwSignal::new(first), RwSignal::new(RecordKind::Assessment));
    // The same sent again is done once.
    let sent = StoredValue::new(None::<(NewTaskRecord, IdempotencyKey)>);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let new = NewTaskRecord { kind: kind.get_untracked(), summary: summary.get_untracked() };
        if form.accepts(new.validate()) {
            let before = sent.get_value().filter(|(before, _)| *before == new);
            let (new, key) = before.unwrap_or_else(|| (new, IdempotencyKey::random()));
            sent.set_value(Some((new.clone(), key.clone())));
            let answer = session.ask(async move |client| client.create_task_record(id, &new, &key).await);
            form.send(answer, move |_| {
                announcer.say(Key::RECORDS_SENT);
                on_done.try_run(());
            });
        }
    };
    view! {
        <form class="form card part" novalidate=true on:submit=submit>
            <KindChoice kind />
            <SummaryField
                value=summary.into()
                typed=Callback::new(move |typed| summary.set(typed))
                form
            />
            <p class="fine">{i18n.t(Key::RECORDS_ANSWERS_GO)}</p>
            <SubmitButton form label=Key::RECORDS_SEND />
        </form>
    }
}
