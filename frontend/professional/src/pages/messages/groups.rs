//! Writing the same message to everybody whose threads are picked.

use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;
use omasote_client::IdempotencyKey;
use omasote_types::error::FieldErrorCode;
use omasote_types::ids::TopicId;
use omasote_types::messages::{GroupOutcome, MAX_MESSAGE_CHARACTERS, NewGroupThreads};
use omasote_types::units::Topic;
use omasote_ui::announce::use_announcer;
use omasote_ui::form::{FieldProblem, Form, SubmitButton};
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::remote::Remote;
use omasote_ui::session::use_session;
use omasote_ui::view::{dynamic, said, text};

use super::bulk::Picked;
use super::inbox::use_desk;

const TEXT: &str = "group-text";
const TOPIC: &str = "group-topic";

/// The topic and the message.
#[component]
pub(super) fn GroupForm(picked: Picked, on_done: Callback<()>, on_end: Callback<()>) -> impl IntoView {
    let (i18n, session, announcer, form) = (use_i18n(), use_session(), use_announcer(), Form::new());
    let (unit, key) = (use_desk().unit, StoredValue::new(IdempotencyKey::random()));
    let (topic, written) = (RwSignal::new(None::<TopicId>), RwSignal::new(String::new()));
    let is_missing = RwSignal::new(false);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        is_missing.set(topic.get_untracked().is_none());
        let Some(topic_id) = topic.get_untracked() else { return };
        let text = written.get_untracked();
        let new = NewGroupThreads { topic_id, text, citizen_ids: untrack(|| picked.citizens()) };
        if form.accepts(new.validate()) {
            let key = key.get_value();
            let answer = session.ask(async move |client| client.create_group_threads(unit, &new, &key).await);
            form.send(answer, move |outcomes| {
                let (key, values) = told(&outcomes);
                announcer.say_filled(key, values);
                picked.clear();
                on_done.try_run(());
                on_end.try_run(());
            });
        }
    };
    // What is asked for anew is something else.
    let renew = move || key.set_value(IdempotencyKey::random());
    Effect::new(move || {
        topic.track();
        written.track();
        let _ = picked.citizens();
        renew();
    });
    let to = text(move || {
        let count = u32::try_from(picked.citizens().len()).unwrap_or(u32::MAX);
        i18n.counted(Key::GROUP_TO_ONE, Key::GROUP_TO_OTHER, count)
    });
    let (text_error, topic_error) = (form.error_of("text"), topic_error(is_missing, topic));
    let field: NodeRef<html::Select> = NodeRef::new();
    field.on_load(|field| drop(field.focus()));
    let choose = move |event| topic.set(event_target_value(&event).parse().ok());
    view! {
        <form class="group-form form" novalidate=true on:submit=submit>
            <p role="status">{to}</p>
            <div class="ds-field">
                <label class="ds-label" for=TOPIC>{i18n.t(Key::CLIENT_WRITE_TOPIC)}</label>
                <select
                    class="ds-input"
                    id=TOPIC
                    aria-describedby="group-topic-error"
                    aria-invalid=said(Signal::derive(move || topic_error.get().is_some()))
                    node_ref=field
                    on:change=choose
                >
                    <option value="">{i18n.t(Key::CLIENT_WRITE_CHOOSE)}</option>
                    {options()}
                </select>
                <FieldProblem id=TOPIC error=topic_error invalid=Key::FIELD_INVALID />
            </div>
            <div class="ds-field message-field">
                <label class="ds-label" for=TEXT>{i18n.t(Key::GROUP_TEXT)}</label>
                <textarea
                    class="ds-input"
                    id=TEXT
                    rows="5"
                    dir="auto"
                    maxlength=MAX_MESSAGE_CHARACTERS.to_string()
                    aria-describedby="group-text-error"
                    aria-invalid=said(Signal::derive(move || text_error.get().is_some()))
                    prop:value=written
                    on:input=move |event| written.set(event_target_value(&event))
                ></textarea>
                <FieldProblem id=TEXT error=text_error invalid=Key::FIELD_INVALID />
            </div>
            <SubmitButton form label=Key::GROUP_SEND />
            <button
                type="button"
                class="ds-button"
                data-variant="tertiary"
                data-size="sm"
                on:click=move |_| on_end.run(())
            >
                {i18n.t(Key::ACTION_CANCEL)}
            </button>
        </form>
    }
}

fn topic_error(
    is_missing: RwSignal<bool>,
    topic: RwSignal<Option<TopicId>>,
) -> Signal<Option<FieldErrorCode>> {
    Signal::derive(move || (is_missing.get() && topic.get().is_none()).then_some(FieldErrorCode::Required))
}

/// The topics of the unit.
fn options() -> AnyView {
    let (i18n, session, unit) = (use_i18n(), use_session(), use_desk().unit);
    let of_unit = Remote::new(move || session.ask(async move |client| client.get_unit(unit).await));
    let option = move |topic: Topic| {
        let Topic { id, name, .. } = topic;
        view! { <option value=id.to_string()>{text(move || i18n.local(&name))}</option> }
    };
    dynamic(move || {
        let topics = of_unit.with(|unit| unit.topics.clone()).unwrap_or_default();
        topics.into_iter().map(option).collect_view().into_any()
    })
}

/// How many got it, and how many did not.
fn told(outcomes: &[GroupOutcome]) -> (Key, Vec<(&'static str, String)>) {
    let refused = outcomes.iter().filter(|outcome| outcome.refused.is_some()).count();
    let sent = (outcomes.len() - refused).to_string();
    match refused {
        0 => (Key::GROUP_SENT, vec![("count", sent)]),
        _ => (Key::GROUP_SENT_SOME, vec![("count", sent), ("refused", refused.to_string())]),
    }
}
