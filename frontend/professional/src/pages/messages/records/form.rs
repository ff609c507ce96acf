//! The form: which messages go along, the summary, and what kind of an entry it becomes.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use omasote_client::IdempotencyKey;
use omasote_types::ids::{MessageId, ThreadId};
use omasote_types::language::LocalText;
use omasote_types::messages::{Message, Sender, Thread, excerpt};
use omasote_types::page::{MAX_LIMIT, PageQuery};
use omasote_types::records::{MAX_SUMMARY_CHARACTERS, NewRecord, RecordKind};
use omasote_ui::announce::use_announcer;
use omasote_ui::form::{FieldProblem, Form, SubmitButton};
use omasote_ui::i18n::{I18n, Key, use_i18n};
use omasote_ui::intl;
use omasote_ui::loading::Loading;
use omasote_ui::remote::Remote;
use omasote_ui::session::use_session;
use omasote_ui::view::{said, text};

use super::name_of;

/// The form; the newest messages of the thread are offered, as many as one entry takes.
#[component]
pub(super) fn RecordForm(thread: Signal<Thread>, on_done: Callback<()>) -> impl IntoView {
    let session = use_session();
    let (id, topic) = thread.with_untracked(|thread| (thread.id, thread.topic.clone()));
    let page = PageQuery { limit: Some(MAX_LIMIT), cursor: None };
    let messages = Remote::new(move || {
        let page = page.clone();
        session.ask(async move |client| client.list_messages(id, &page).await)
    });
    view! {
        <Loading data=messages rows=3 let:page>
            <Fields id topic=topic.clone() newest_first=page.get_untracked().items on_done />
        </Loading>
    }
}

/// What is being written.
#[derive(Clone, Copy)]
struct Writing {
    i18n: I18n,
    /// What the messages are about, and all of them, oldest first.
    matter: StoredValue<(LocalText, Vec<Message>)>,
    chosen: RwSignal<Vec<MessageId>>,
    /// The summary, once it is other than what is proposed.
    edited: RwSignal<Option<String>>,
    kind: RwSignal<RecordKind>,
}

impl Writing {
    fn summary(self) -> String {
        let chosen = self.chosen.get();
        self.edited.get().unwrap_or_else(|| {
            self.matter.with_value(|(topic, messages)| {
                proposal(self.i18n, topic, messages.iter().filter(|message| chosen.contains(&message.id)))
            })
        })
    }

    fn new_record(self) -> NewRecord {
        let summary = untrack(|| self.summary());
        let message_ids = self.chosen.get_untracked();
        NewRecord { kind: self.kind.get_untracked(), summary, message_ids }
    }
}

/// What is proposed as a summary: the messages themselves, to be made shorter.
fn proposal<'a>(i18n: I18n, topic: &LocalText, messages: impl Iterator<Item = &'a Message>) -> String {
    let said = messages.map(|message| {
        let told = message.instructions.iter().map(|instruction| format!("\n– {}", instruction.text));
        let told: String = told.collect();
        format!("{}: {}{told}", headed(i18n, message), message.text)
    });
    std::iter::once(i18n.local(topic)).chain(said).collect::<Vec<_>>().join("\n\n")
}

/// When and by whom.
fn headed(i18n: I18n, message: &Message) -> String {
    let name = match &message.sender {
        Sender::Citizen { name, proxy: None, .. } | Sender::Unit { name, .. } => name.clone(),
        Sender::Citizen { name, proxy: Some(proxy), .. } => {
            i18n.filled(Key::MESSAGE_BY_PROXY, &[("proxy", proxy), ("name", name)])
        }
    };
    format!("{} {name}", intl::full_moment(i18n.language(), message.sent_at))
}

#[component]
fn Fields(
    id: ThreadId,
    topic: LocalText,
    newest_first: Vec<Message>,
    on_done: Callback<()>,
) -> impl IntoView {
    let (i18n, session, announcer, form) = (use_i18n(), use_session(), use_announcer(), Form::new());
    let messages: Vec<Message> = newest_first.into_iter().rev().collect();
    let writing = Writing {
        i18n,
        chosen: RwSignal::new(messages.iter().map(|message| message.id).collect()),
        matter: StoredValue::new((topic, messages)),
        edited: RwSignal::new(None),
        kind: RwSignal::new(RecordKind::Contact),
    };
    // The same sent again is done once.
    let sent = StoredValue::new(None::<(NewRecord, IdempotencyKey)>);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let new = writing.new_record();
        if form.accepts(new.validate()) {
            let before = sent.get_value().filter(|(before, _)| *before == new);
            let (new, key) = before.unwrap_or_else(|| (new, IdempotencyKey::random()));
            sent.set_value(Some((new.clone(), key.clone())));
            let answer = session.ask(async move |client| client.create_record(id, &new, &key).await);
            form.send(answer, move |_| {
                announcer.say(Key::RECORDS_SENT);
                on_done.try_run(());
            });
        }
    };
    view! {
        <form class="form card part" novalidate=true on:submit=submit>
            <MessageChoice writing form />
            <KindChoice kind=writing.kind />
            <SummaryField
                value=text(move || writing.summary())
                typed=Callback::new(move |typed| writing.edited.set(Some(typed)))
                form
            />
            <p class="fine">{i18n.t(Key::RECORDS_NOTES_STAY)}</p>
            <SubmitButton form label=Key::RECORDS_SEND />
        </form>
    }
}

#[component]
fn MessageChoice(writing: Writing, form: Form) -> impl IntoView {
    let i18n = use_i18n();
    let chosen = writing.chosen;
    let tick = move |message: &Message| {
        let one = message.id;
        let change = move |event| {
            let is_on = event_target_checked(&event);
            chosen.update(|all| {
                all.retain(|other| *other != one);
                if is_on {
                    all.push(one);
                    all.sort_unstable();
                }
            });
        };
        let (head, begins) = (headed(i18n, message), excerpt(&message.text));
        let id = format!("record-message-{one}");
        view! {
            <div class="ds-field">
                <input
                    class="ds-input"
                    type="checkbox"
                    id=id.clone()
                    prop:checked=Signal::derive(move || chosen.with(|all| all.contains(&one)))
                    on:change=change
                />
                <label class="ds-label record-message" data-weight="regular" for=id>
                    <span class="fine">{head}</span>
                    <span dir="auto">{begins}</span>
                </label>
            </div>
        }
    };
    let ticks: Vec<_> = writing.matter.with_value(|(_, messages)| messages.iter().map(tick).collect());
    view! {
        <fieldset class="choices" aria-describedby="record-messages-error">
            <legend class="ds-label">{i18n.t(Key::RECORDS_MESSAGES)}</legend>
            {ticks}
            <FieldProblem id="record-messages" error=form.error_of("messageIds") invalid=Key::FIELD_INVALID />
        </fieldset>
    }
}

#[component]
pub(crate) fn KindChoice(kind: RwSignal<RecordKind>) -> impl IntoView {
    let i18n = use_i18n();
    let first = kind.get_untracked();
    let option = |kind: RecordKind| {
        view! { <option value=kind.code() prop:selected=kind == first>{i18n.t(name_of(kind))}</option> }
    };
    let options: Vec<_> = RecordKind::ALL.into_iter().map(option).collect();
    let choose = move |event| {
        let code = event_target_value(&event);
        if let Some(chosen) = RecordKind::ALL.into_iter().find(|kind| kind.code() == code) {
            kind.set(chosen);
        }
    };
    view! {
        <div class="ds-field">
            <label class="ds-label" for="record-kind">{i18n.t(Key::RECORDS_KIND)}</label>
            <select class="ds-input" id="record-kind" on:change=choose>
                {options}
            </select>
        </div>
    }
}

#[component]
pub(crate) fn SummaryField(value: Signal<String>, typed: Callback<String>, form: Form) -> impl IntoView {
    let i18n = use_i18n();
    let error = form.error_of("summary");
    let is_refused = Signal::derive(move || error.get().is_some());
    view! {
        <div class="ds-field message-field">
            <label class="ds-label" for="record-summary">{i18n.t(Key::RECORDS_SUMMARY)}</label>
            <p class="fine" id="record-summary-hint">{i18n.t(Key::RECORDS_SUMMARY_HINT)}</p>
            <textarea
                class="ds-input"
                id="record-summary"
                rows="8"
                dir="auto"
                maxlength=MAX_SUMMARY_CHARACTERS.to_string()
                aria-invalid=said(is_refused)
                aria-describedby="record-summary-hint record-summary-error"
                prop:value=value
                on:input=move |event| typed.run(event_target_value(&event))
            ></textarea>
            <FieldProblem id="record-summary" error invalid=Key::FIELD_INVALID />
        </div>
    }
}
