//! Writing a new message: what it is about, who answers, and the text.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use omasote_client::{Client, ClientError, ClientResult};
use omasote_types::attachments::PlaceQuery;
use omasote_types::error::{ErrorCode, FieldErrorCode};
use omasote_types::ids::CitizenId;
use omasote_types::messages::{NewMessage, NewThread, Side, Thread};
use omasote_types::page::{MAX_LIMIT, PageQuery};
use omasote_types::sessions::Me;
use omasote_types::units::Unit;
use omasote_ui::announce::{Announcer, use_announcer};
use omasote_ui::clock::use_clock;
use omasote_ui::drafts::{Draft, Place};
use omasote_ui::focus::{PageTitle, focus_id};
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::icon::Icon;
use omasote_ui::intl;
use omasote_ui::loading::Loading;
use omasote_ui::messages::{Attaching, Keeping, MessageField, SendFailure};
use omasote_ui::promises::usual_words;
use omasote_ui::remote::Remote;
use omasote_ui::router::use_router;
use omasote_ui::session::{Session, use_session};
use omasote_ui::units::{PhoneLink, UnitContact};
use omasote_ui::view::{optional, said, text};

use super::topic_picker::{FILTER, TopicPicker};
use super::topics::{Need, needs};
use crate::{paths, use_citizen};

const FIELD: &str = "message-text";

#[component]
pub(crate) fn NewThreadPage() -> impl IntoView {
    let (i18n, session, citizen) = (use_i18n(), use_session(), use_citizen());
    let topics = Remote::new(move || session.ask(async move |client| find_units(&client, citizen).await));
    view! {
        <div class="page">
            <a class="back" href=paths::THREADS>{Icon::BACK} {i18n.t(Key::THREAD_BACK)}</a>
            <PageTitle text=text(move || i18n.text(Key::NEW_THREAD_TITLE).to_owned()) />
            <Loading data=topics rows=6 let:found>
                <NewThreadForm found=found.get_untracked() />
            </Loading>
        </div>
    }
}

#[component]
fn NotForEmergencies() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="ds-alert" data-color="warning">
            <p>
                <strong>{i18n.t(Key::NEW_THREAD_NOT_URGENT)}</strong>
                " "
                {i18n.t(Key::SHELL_EMERGENCY)}
                " "
                <PhoneLink number="112" />
                ". "
                {i18n.t(Key::SHELL_URGENT_HELP)}
                " "
                <PhoneLink number="116 117" />
                "."
            </p>
        </div>
    }
}

#[component]
fn NewThreadForm(found: Found) -> impl IntoView {
    let (i18n, writing) = (use_i18n(), Writing::begin());
    let draft = writing.draft;
    let Found { units, municipality } = found;
    let needs: Vec<Need> = needs(&units, &municipality);
    let answering = Memo::new(move |_| {
        let chosen = draft.topic()?;
        units.iter().find(|unit| unit.topics.iter().any(|topic| topic.id == chosen)).cloned()
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        writing.send();
    };
    let label = move || if writing.is_sending.get() { Key::MESSAGES_SENDING } else { Key::MESSAGES_SEND };
    let button = Signal::derive(move || i18n.text(label()));
    view! {
        <form class="new-thread" novalidate=true on:submit=submit>
            <TopicPicker needs draft is_missing=writing.is_topic_missing.into() />
            <NotForEmergencies />
            {optional(move || Some(view! { <AnsweringUnit unit=answering.get()? /> }.into_any()))}
            <section class="card form">
                <MessageField
                    id=FIELD
                    label=Key::NEW_THREAD_TEXT
                    draft
                    error=writing.refused.into()
                    on_submit=Callback::new(move |()| writing.send())
                />
                {writing.attaching.fields(Side::Citizen)}
                <p class="fine">{i18n.t(Key::NEW_THREAD_PRIVACY)}</p>
                <SendFailure error=writing.failure.into() />
                <div>
                    <button
                        type="submit"
                        class="ds-button"
                        data-variant="primary"
                        aria-disabled=said(writing.is_sending)
                    >
                        {button}
                    </button>
                </div>
            </section>
        </form>
    }
}

#[component]
fn AnsweringUnit(unit: Unit) -> impl IntoView {
    let (i18n, clock) = (use_i18n(), use_clock());
    let (name, promised_at, usual) = (unit.name.clone(), unit.promised_at, unit.usual_minutes);
    let promise = text(move || match promised_at {
        None => i18n.text(Key::NEW_THREAD_PROMISE).to_owned(),
        Some(due) => {
            let moment = intl::coming(i18n, due, clock.milliseconds());
            i18n.filled(Key::PROMISE_UNIT, &[("moment", &moment)])
        }
    });
    let usually = usual.map(|minutes| {
        view! { <p class="fine">{text(move || usual_words(i18n, minutes))}</p> }
    });
    let is_promised = promised_at.is_some().to_string();
    view! {
        <section class="card answering" aria-labelledby="answering-title">
            <h2 class="ds-heading" data-size="2xs" id="answering-title">
                {text(move || i18n.filled(Key::NEW_THREAD_ANSWERED_BY, &[("unit", name.text(i18n.language()))]))}
            </h2>
            <p class="answering-promise" data-promised=is_promised>{promise}</p>
            {usually}
            <UnitContact unit />
        </section>
    }
}

/// A new thread on its way from the form to the server.
#[derive(Clone, Copy)]
struct Writing {
    session: Session,
    announcer: Announcer,
    citizen: CitizenId,
    draft: Draft,
    attaching: Attaching,
    keeping: Keeping,
    is_topic_missing: RwSignal<bool>,
    refused: RwSignal<Option<FieldErrorCode>>,
    failure: RwSignal<Option<ClientError>>,
    is_sending: RwSignal<bool>,
    open: Callback<Thread>,
}

impl Writing {
    fn begin() -> Self {
        let (citizen, router) = (use_citizen(), use_router());
        let writer = expect_context::<Me>().person;
        let open = move |thread: Thread| router.replace(&paths::thread(thread.id));
        let (at, draft) = (PlaceQuery::default(), Draft::open(writer, Place::NewThread(citizen)));
        let attaching = Attaching::new(citizen, at, draft);
        Self {
            session: use_session(),
            announcer: use_announcer(),
            citizen,
            draft,
            attaching,
            keeping: Keeping::begin(citizen, at, draft, attaching),
            is_topic_missing: RwSignal::new(false),
            refused: RwSignal::new(None),
            failure: RwSignal::new(None),
            is_sending: RwSignal::new(false),
            open: Callback::new(open),
        }
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
        let Some(topic_id) = topic else { return focus_id(FILTER) };
        if refused.is_some() {
            return focus_id(FIELD);
        }
        let Some(attachment_ids) = self.attaching.ready() else { return };
        let new = NewThread { topic_id, text, about_access: None, attachment_ids };
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
                self.announcer.say(Key::MESSAGES_SENT);
                self.open.try_run(thread);
            }
            Err(error) => {
                if error.code() == Some(ErrorCode::IdempotencyKeyReused) {
                    self.draft.forget_key();
                }
                self.failure.try_set(Some(error));
            }
        }
        self.is_sending.try_set(false);
    }
}

/// Every unit that can be written to, and where the citizen lives.
#[derive(Clone, PartialEq)]
struct Found {
    units: Vec<Unit>,
    municipality: String,
}

async fn find_units(client: &Client, citizen: CitizenId) -> ClientResult<Found> {
    let citizen = client.get_citizen(citizen).await?;
    let mut units = Vec::new();
    let mut query = PageQuery { cursor: None, limit: Some(MAX_LIMIT) };
    loop {
        let page = client.list_units(&query).await?;
        units.extend(page.items);
        if page.next_cursor.is_none() {
            return Ok(Found { units, municipality: citizen.contact.municipality.unwrap_or_default() });
        }
        query.cursor = page.next_cursor;
    }
}
