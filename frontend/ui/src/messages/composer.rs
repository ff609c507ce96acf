//! Writing into a thread. The text stays until the server has it, and the server takes it once.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use omasote_client::ClientError;
use omasote_types::attachments::PlaceQuery;
use omasote_types::error::{ErrorCode, FieldErrorCode};
use omasote_types::ids::{CitizenId, MessageId, ThreadId};
use omasote_types::messages::{Message, NewMessage, Side};

use super::attaching::Attaching;
use super::field::{FieldTools, MESSAGE_FIELD, MessageField, SendFailure, Written};
use super::keeping::Keeping;
use super::linking::Linking;
use super::told::ToldToDo;
use super::typing::tell_while_writing;
use crate::announce::{Announcer, use_announcer};
use crate::drafts::{Draft, Place};
use crate::focus::focus_id;
use crate::i18n::{Key, use_i18n};
use crate::session::{Session, use_session};
use crate::view::said;

/// The field to write into a thread, and the button that sends.
#[component]
pub fn Composer(
    /// The thread.
    thread: ThreadId,
    /// Whose it is.
    citizen: CitizenId,
    /// What the field is called.
    label: Key,
    /// On which side the person stands.
    mine: Side,
    /// The newest message that is shown.
    newest: Memo<Option<MessageId>>,
    /// Runs with the message when it was sent.
    on_sent: Callback<Message>,
    /// What helps with writing.
    #[prop(optional_no_strip)]
    tools: Option<FieldTools>,
    /// What else can be done with what is written.
    #[prop(optional_no_strip)]
    beside: Option<Beside>,
) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let person = session.person_now();
    let at = PlaceQuery { thread: Some(thread) };
    let draft = person.map(|person| Draft::open(person, Place::Thread(thread)));
    let files = draft.map(|draft| (draft, Attaching::new(citizen, at, draft)));
    let writing = files.map(|(draft, attaching)| Writing {
        session,
        announcer: use_announcer(),
        thread,
        draft,
        attaching,
        keeping: Keeping::begin(citizen, at, draft, attaching),
        refused: RwSignal::new(None),
        failure: RwSignal::new(None),
        is_sending: RwSignal::new(false),
        newest,
        instructions: ToldToDo::new(),
        links: Linking::of_page(),
        on_sent,
    });
    writing.map(|writing| {
        if mine == Side::Unit {
            tell_while_writing(session, thread, writing.draft);
        }
        let submit = move |event: SubmitEvent| {
            event.prevent_default();
            writing.send();
        };
        view! {
            <form class="composer" novalidate=true on:submit=submit>
                <MessageField
                    id=MESSAGE_FIELD
                    label
                    draft=writing.draft
                    error=writing.refused.into()
                    on_submit=Callback::new(move |()| writing.send())
                />
                <div class="helps">
                    {tools.map(|tools| tools.run(writing.written()))}
                    {writing.attaching.fields(mine)}
                </div>
                {(mine == Side::Unit).then(|| writing.links.rows())}
                {(mine == Side::Unit).then(|| writing.instructions.fields())}
                <SendFailure error=writing.failure.into() />
                <div class="composer-actions">
                    <button
                        type="submit"
                        class="ds-button"
                        data-variant="primary"
                        aria-disabled=said(writing.is_sending)
                    >
                        {Signal::derive(move || i18n.text(writing.button_text()))}
                    </button>
                    <span class="fine shortcut">{i18n.t(Key::MESSAGES_SHORTCUT)}</span>
                </div>
            </form>
            {beside.map(|beside| beside.run(Unsent(writing)))}
        }
    })
}

/// What stands below the field, made of what is written.
pub type Beside = Callback<Unsent, AnyView>;

/// What is written and not sent.
#[derive(Clone, Copy)]
pub struct Unsent(Writing);

impl Unsent {
    /// The message, when it can be sent; what is wrong with it is said at the field.
    #[must_use]
    pub fn message(self) -> Option<NewMessage> {
        let new = NewMessage {
            after: self.0.newest.get_untracked(),
            instructions: self.0.instructions.texts(),
            links: self.0.links.links(),
            ..NewMessage::of(untrack(|| self.0.draft.text()))
        };
        self.0.accepts(&new).then_some(new)
    }

    /// Whether files are to go with it.
    #[must_use]
    pub fn has_files(self) -> bool {
        self.0.attaching.is_any()
    }

    /// It was taken in another way than by sending it. The page may be gone by now.
    pub fn clear(self) {
        self.0.keeping.sent();
        self.0.draft.clear();
        self.0.instructions.clear();
        self.0.links.clear();
    }
}

/// A message on its way from the field to the server.
#[derive(Clone, Copy)]
pub struct Writing {
    session: Session,
    announcer: Announcer,
    thread: ThreadId,
    draft: Draft,
    attaching: Attaching,
    keeping: Keeping,
    refused: RwSignal<Option<FieldErrorCode>>,
    failure: RwSignal<Option<ClientError>>,
    is_sending: RwSignal<bool>,
    newest: Memo<Option<MessageId>>,
    instructions: ToldToDo,
    links: Linking,
    on_sent: Callback<Message>,
}

impl Writing {
    const fn written(self) -> Written {
        Written { draft: self.draft, links: self.links }
    }

    fn button_text(self) -> Key {
        if self.is_sending.get() { Key::MESSAGES_SENDING } else { Key::MESSAGES_SEND }
    }

    fn send(self) {
        if self.is_sending.get_untracked() {
            return;
        }
        let Some(attachment_ids) = self.attaching.ready() else { return };
        let new = NewMessage {
            text: untrack(|| self.draft.text()),
            after: self.newest.get_untracked(),
            instructions: self.instructions.texts(),
            attachment_ids,
            links: self.links.links(),
        };
        if !self.accepts(&new) {
            return;
        }
        let (key, thread) = (self.draft.key(), self.thread);
        self.is_sending.set(true);
        spawn_local(async move {
            let sent =
                self.session.ask(async move |client| client.send_message(thread, &new, &key).await).await;
            self.finish(sent);
        });
    }

    /// Whether what is written can be sent; what is wrong with it is said at the field.
    fn accepts(self, new: &NewMessage) -> bool {
        let refused = new.validate().err().and_then(|errors| errors.first().map(|error| error.code));
        self.refused.set(refused);
        self.failure.set(None);
        if refused.is_some() {
            focus_id(MESSAGE_FIELD);
        }
        refused.is_none()
    }

    /// The person may have gone to another page meanwhile: then only the draft is seen to.
    fn finish(self, sent: Result<Message, ClientError>) {
        match sent {
            Ok(message) => {
                self.keeping.sent();
                self.draft.clear();
                self.attaching.clear();
                self.instructions.clear();
                self.links.clear();
                self.announcer.say(Key::MESSAGES_SENT);
                self.on_sent.try_run(message);
            }
            Err(error) => {
                if error.code() == Some(ErrorCode::IdempotencyKeyReused) {
                    self.draft.forget_key();
                }
                self.links.take_refusal(&error);
                self.failure.try_set(Some(error));
            }
        }
        self.is_sending.try_set(false);
    }
}
