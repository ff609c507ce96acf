//! Beginning a thread: the text, its files and the button, on its way from the form to the server. What it is about is chosen
//! by each app in its own way, into the draft.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use omasote_client::{ClientError, ClientResult};
use omasote_types::attachments::PlaceQuery;
use omasote_types::error::{ErrorCode, FieldErrorCode};
use omasote_types::ids::CitizenId;
use omasote_types::messages::{NewMessage, NewThread, Side, Thread};
use omasote_types::sessions::Me;

use super::attaching::Attaching;
use super::field::{FieldTools, MESSAGE_FIELD, MessageField, SendFailure, Written};
use super::keeping::Keeping;
use super::linking::Linking;
use crate::announce::{Announcer, use_announcer};
use crate::drafts::{Draft, Place};
use crate::focus::focus_id;
use crate::i18n::{Key, use_i18n};
use crate::session::{Session, use_session};
use crate::view::said;

/// A new thread on its way from the form to the server.
#[derive(Clone, Copy)]
pub struct Beginning {
    session: Session,
    announcer: Announcer,
    citizen: CitizenId,
    /// What is written, and the topic that was chosen.
    pub draft: Draft,
    attaching: Attaching,
    links: Linking,
    keeping: Keeping,
    /// Whether it was to be sent without a topic.
    pub is_topic_missing: RwSignal<bool>,
    topic_field: &'static str,
    refused: RwSignal<Option<FieldErrorCode>>,
    failure: RwSignal<Option<ClientError>>,
    is_sending: RwSignal<bool>,
    open: Callback<Thread>,
}

impl Beginning {
    /// In the matters of a citizen. `topic_field` is the id of what is focused when no topic is chosen; `open` runs with the
    /// thread that was begun.
    #[must_use]
    pub fn new(citizen: CitizenId, topic_field: &'static str, open: Callback<Thread>) -> Self {
        let writer = expect_context::<Me>().person;
        let (at, draft) = (PlaceQuery::default(), Draft::open(writer, Place::NewThread(citizen)));
        let attaching = Attaching::new(citizen, at, draft);
        Self {
            session: use_session(),
            announcer: use_announcer(),
            citizen,
            draft,
            attaching,
            links: Linking::of_page(),
            keeping: Keeping::begin(citizen, at, draft, attaching),
            is_topic_missing: RwSignal::new(false),
            topic_field,
            refused: RwSignal::new(None),
            failure: RwSignal::new(None),
            is_sending: RwSignal::new(false),
            open,
        }
    }

    /// What the form does when it is sent.
    pub fn submit(self, event: &SubmitEvent) {
        event.prevent_default();
        self.send();
    }

    fn button_text(self) -> Key {
        if self.is_sending.get() { Key::MESSAGES_SENDING } else { Key::MESSAGES_SEND }
    }

    fn send(self) {
        if self.is_sending.get_untracked() {
            return;
        }
        let (topic, text) = untrack(|| (self.draft.topic(), self.draft.text()));
        self.failure.set(None);
        // All that is wrong shows at once; the focus goes to the first.
        let refused = NewMessage::of(text.clone()).validate().err();
        let refused = refused.and_then(|errors| errors.first().map(|error| error.code));
        self.is_topic_missing.set(topic.is_none());
        self.refused.set(refused);
        let Some(topic_id) = topic else { return focus_id(self.topic_field) };
        if refused.is_some() {
            return focus_id(MESSAGE_FIELD);
        }
        let Some(attachment_ids) = self.attaching.ready() else { return };
        let new = NewThread { topic_id, text, about_access: None, attachment_ids, links: self.links.links() };
        let (key, citizen) = (self.draft.key(), self.citizen);
        self.is_sending.set(true);
        spawn_local(async move {
            let sent =
                self.session.ask(async move |client| client.create_thread(citizen, &new, &key).await).await;
            self.finish(sent);
        });
    }

    fn finish(self, sent: ClientResult<Thread>) {
        match sent {
            Ok(thread) => {
                self.keeping.sent();
                self.draft.clear();
                self.attaching.clear();
                self.links.clear();
                self.announcer.say(Key::MESSAGES_SENT);
                self.open.try_run(thread);
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

/// The text, its files, and the button that sends.
#[component]
pub fn BeginningFields(
    /// What is begun.
    beginning: Beginning,
    /// On which side the person stands.
    mine: Side,
    /// What the field is called.
    label: Key,
    /// What is said under it.
    note: Key,
    /// What helps with writing.
    #[prop(optional)]
    tools: Option<FieldTools>,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <section class="card form">
            <MessageField
                id=MESSAGE_FIELD
                label
                draft=beginning.draft
                error=beginning.refused.into()
                on_submit=Callback::new(move |()| beginning.send())
            />
            <div class="helps">
                {tools.map(|tools| tools.run(Written { draft: beginning.draft, links: beginning.links }))}
                {beginning.attaching.fields(mine)}
            </div>
            {beginning.links.rows()}
            <p class="fine">{i18n.t(note)}</p>
            <SendFailure error=beginning.failure.into() />
            <div>
                <button
                    type="submit"
                    class="ds-button"
                    data-variant="primary"
                    aria-disabled=said(beginning.is_sending)
                >
                    {Signal::derive(move || i18n.text(beginning.button_text()))}
                </button>
            </div>
        </section>
    }
}
