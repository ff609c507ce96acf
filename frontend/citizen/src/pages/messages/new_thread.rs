//! Writing a new message: what it is about, who answers, and the text.

use leptos::prelude::*;
use leptos::task::spawn_local;
use omasote_client::{Client, ClientResult};
use omasote_types::ids::{CitizenId, EventId, TaskId};
use omasote_types::messages::{Link, Side, Thread};
use omasote_types::page::{MAX_LIMIT, PageQuery};
use omasote_types::units::Unit;
use omasote_ui::clock::use_clock;
use omasote_ui::focus::PageTitle;
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::icon::Icon;
use omasote_ui::intl;
use omasote_ui::loading::Loading;
use omasote_ui::messages::{Beginning, BeginningFields, Linking};
use omasote_ui::promises::usual_words;
use omasote_ui::remote::Remote;
use omasote_ui::router::use_router;
use omasote_ui::session::use_session;
use omasote_ui::units::{PhoneLink, UnitContact};
use omasote_ui::view::{optional, text};

use super::topic_picker::{FILTER, TopicPicker};
use super::topics::{Need, needs};
use crate::{paths, use_citizen};

#[component]
pub(crate) fn NewThreadPage() -> impl IntoView {
    let (i18n, session, citizen) = (use_i18n(), use_session(), use_citizen());
    lead_to_what_it_is_about(Linking::provide());
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

/// What the message is about, when it was begun from there. Without it the message can be written all the same.
fn lead_to_what_it_is_about(links: Linking) {
    let (router, session) = (use_router(), use_session());
    let event = router.query(paths::ABOUT_EVENT).and_then(|id| id.parse::<EventId>().ok());
    let task = router.query(paths::ABOUT_TASK).and_then(|id| id.parse::<TaskId>().ok());
    if event.is_none() && task.is_none() {
        return;
    }
    spawn_local(async move {
        let found = session.ask(async move |client| {
            if let Some(id) = event {
                return client.get_event(id).await.map(|event| Some(Link::from(&event)));
            }
            let Some(id) = task else { return Ok(None) };
            client.get_task(id).await.map(|task| Some(Link::from(&task)))
        });
        if let Ok(Some(link)) = found.await {
            let _ = links.attach(link);
        }
    });
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
    let (citizen, router) = (use_citizen(), use_router());
    let open = move |thread: Thread| router.replace(&paths::thread(thread.id));
    let beginning = Beginning::new(citizen, FILTER, Callback::new(open));
    let draft = beginning.draft;
    let Found { units, municipality } = found;
    let needs: Vec<Need> = needs(&units, &municipality);
    let answering = Memo::new(move |_| {
        let chosen = draft.topic()?;
        units.iter().find(|unit| unit.topics.iter().any(|topic| topic.id == chosen)).cloned()
    });
    view! {
        <form class="new-thread" novalidate=true on:submit=move |event| beginning.submit(&event)>
            <TopicPicker needs draft is_missing=beginning.is_topic_missing.into() />
            <NotForEmergencies />
            {optional(move || Some(view! { <AnsweringUnit unit=answering.get()? /> }.into_any()))}
            <BeginningFields
                beginning
                mine=Side::Citizen
                label=Key::NEW_THREAD_TEXT
                note=Key::NEW_THREAD_PRIVACY
            />
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
