//! Asking the privacy officer about a line of the log: a thread under the topic that is for it.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use omasote_client::{Client, ClientError, ClientResult};
use omasote_types::error::{ErrorCode, FieldErrorCode};
use omasote_types::ids::{AccessId, CitizenId, TopicId};
use omasote_types::messages::{NewThread, Thread};
use omasote_types::page::{MAX_LIMIT, PageQuery};
use omasote_types::sessions::Me;
use omasote_types::units::TopicPurpose;
use omasote_ui::announce::{Announcer, use_announcer};
use omasote_ui::drafts::{Draft, Place};
use omasote_ui::focus::focus_id;
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::messages::{MessageField, SendFailure};
use omasote_ui::remote::Remote;
use omasote_ui::router::{Router, use_router};
use omasote_ui::session::{Session, use_session};
use omasote_ui::view::said;

use crate::{paths, use_citizen};

const FIELD: &str = "question-text";

/// Where questions go, and which line is asked about: one at a time.
#[derive(Clone, Copy)]
pub(super) struct Asking {
    topic: Remote<Option<TopicId>>,
    about: RwSignal<Option<AccessId>>,
}

impl Asking {
    pub(super) fn provide() {
        let session = use_session();
        let topic = Remote::new(move || session.ask(async |client| find_topic(&client).await));
        provide_context(Self { topic, about: RwSignal::new(None) });
    }

    /// The topic for questions; none when no unit has one, and until it is known.
    pub(super) fn topic(self) -> Option<TopicId> {
        self.topic.get().flatten()
    }

    pub(super) fn about(self) -> Option<AccessId> {
        self.about.get()
    }

    pub(super) fn ask(self, about: AccessId) {
        self.about.set(Some(about));
        focus_id(FIELD);
    }

    fn cancel(self) {
        self.about.set(None);
    }
}

pub(super) fn use_asking() -> Asking {
    expect_context()
}

#[component]
pub(super) fn Question(about: AccessId, topic: TopicId) -> impl IntoView {
    let (i18n, asking) = (use_i18n(), use_asking());
    let sending = Sending::begin(about, topic);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        sending.send();
    };
    view! {
        <form class="question form" novalidate=true on:submit=submit>
            <p>{i18n.t(Key::AUDIT_ASK_INTRO)}</p>
            <MessageField
                id=FIELD
                label=Key::AUDIT_ASK_TEXT
                draft=sending.draft
                error=sending.refused.into()
                on_submit=Callback::new(move |()| sending.send())
            />
            <SendFailure error=sending.failure.into() />
            <div class="actions">
                <button
                    type="submit"
                    class="ds-button"
                    data-variant="primary"
                    aria-disabled=said(sending.is_busy)
                >
                    {i18n.t(Key::MESSAGES_SEND)}
                </button>
                <button
                    type="button"
                    class="ds-button"
                    data-variant="tertiary"
                    on:click=move |_| asking.cancel()
                >
                    {i18n.t(Key::ACTION_CANCEL)}
                </button>
            </div>
        </form>
    }
}

/// A question on its way to the server.
#[derive(Clone, Copy)]
struct Sending {
    session: Session,
    announcer: Announcer,
    router: Router,
    citizen: CitizenId,
    about: AccessId,
    topic: TopicId,
    draft: Draft,
    refused: RwSignal<Option<FieldErrorCode>>,
    failure: RwSignal<Option<ClientError>>,
    is_busy: RwSignal<bool>,
}

impl Sending {
    fn begin(about: AccessId, topic: TopicId) -> Self {
        Self {
            session: use_session(),
            announcer: use_announcer(),
            router: use_router(),
            citizen: use_citizen(),
            about,
            topic,
            draft: Draft::open(expect_context::<Me>().person, Place::Question(about)),
            refused: RwSignal::new(None),
            failure: RwSignal::new(None),
            is_busy: RwSignal::new(false),
        }
    }

    fn send(self) {
        if self.is_busy.get_untracked() {
            return;
        }
        let text = untrack(|| self.draft.text());
        let new = NewThread {
            topic_id: self.topic,
            text,
            about_access: Some(self.about),
            attachment_ids: Vec::new(),
            links: Vec::new(),
        };
        let refused = new.validate().err().and_then(|errors| errors.first().map(|error| error.code));
        self.refused.set(refused);
        self.failure.set(None);
        if refused.is_some() {
            return focus_id(FIELD);
        }
        let (key, citizen) = (self.draft.key(), self.citizen);
        self.is_busy.set(true);
        spawn_local(async move {
            let sent =
                self.session.ask(async move |client| client.create_thread(citizen, &new, &key).await).await;
            self.finish(sent);
        });
    }

    fn finish(self, sent: ClientResult<Thread>) {
        self.is_busy.try_set(false);
        match sent {
            Ok(thread) => {
                self.draft.clear();
                self.announcer.say(Key::MESSAGES_SENT);
                self.router.go(&paths::thread(thread.id));
            }
            Err(error) => {
                if error.code() == Some(ErrorCode::IdempotencyKeyReused) {
                    self.draft.forget_key();
                }
                self.failure.try_set(Some(error));
            }
        }
    }
}

/// The topic for questions about one's own data.
async fn find_topic(client: &Client) -> ClientResult<Option<TopicId>> {
    let mut query = PageQuery { cursor: None, limit: Some(MAX_LIMIT) };
    loop {
        let page = client.list_units(&query).await?;
        let mut topics = page.items.iter().flat_map(|unit| &unit.topics);
        if let Some(topic) = topics.find(|topic| topic.purpose == Some(TopicPurpose::Privacy)) {
            return Ok(Some(topic.id));
        }
        if page.next_cursor.is_none() {
            return Ok(None);
        }
        query.cursor = page.next_cursor;
    }
}
