//! The front page: what is new, and the way to write.

use leptos::prelude::*;
use omasote_types::page::PageQuery;
use omasote_types::sessions::Me;
use omasote_ui::acting::use_acting;
use omasote_ui::chunk::Chunk;
use omasote_ui::focus::PageTitle;
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::icon::Icon;
use omasote_ui::loading::Loading;
use omasote_ui::remote::Remote;
use omasote_ui::session::use_session;
use omasote_ui::unread::use_unread;
use omasote_ui::updates::use_updates;
use omasote_ui::view::{dynamic, optional, said, text};

use crate::pages::messages::ThreadList;
use crate::{chunks, paths, use_citizen};

/// How many threads the front page shows.
const LATEST: u16 = 3;

#[component]
pub(crate) fn FrontPage() -> impl IntoView {
    let (i18n, me) = (use_i18n(), expect_context::<Me>());
    // The name one is called by comes first in Finland.
    let name = me.name.split_whitespace().next().unwrap_or_default().to_owned();
    let acting = use_acting();
    let is_own = acting.citizen().is_none();
    let (has_messages, has_agenda) = (acting.covers_messages(), acting.covers_agenda());
    let greeting = text(move || match acting.name() {
        Some(other) => i18n.filled(Key::ACTING_FRONT, &[("name", &other)]),
        None => i18n.filled(Key::FRONT_GREETING, &[("name", &name)]),
    });
    let write = has_messages.then(|| {
        view! {
            <a class="ds-button" data-variant="primary" href=paths::NEW_THREAD>
                {Icon::PEN}
                {i18n.t(Key::MESSAGES_WRITE)}
            </a>
        }
    });
    let another = is_own.then(|| {
        view! {
            <p>
                <a class="ds-link" href=paths::REPRESENTED>{i18n.t(Key::REPRESENTED_TITLE)}</a>
            </p>
        }
    });
    let latest = match has_messages {
        true => view! { <LatestThreads /> }.into_any(),
        false => view! { <p>{i18n.t(Key::ACTING_NO_MESSAGES)}</p> }.into_any(),
    };
    view! {
        <div class="page">
            <div class="hero">
                <div>
                    <PageTitle text=greeting />
                    <p class="lead">{i18n.t(Key::FRONT_INTRO)}</p>
                </div>
                {write}
            </div>
            {is_own.then(|| Chunk::new(chunks::not_reached).show_quietly())}
            {is_own.then(|| view! { <UnreadCard /> })}
            {has_agenda.then(|| Chunk::new(chunks::next_of_agenda).show())}
            {latest}
            <p>
                <a class="ds-link" href=paths::GUIDES>{i18n.t(Key::FRONT_GUIDES)}</a>
            </p>
            {another}
            <aside class="card quiet" aria-labelledby="promise-title">
                <h2 class="ds-heading" data-size="2xs" id="promise-title">{i18n.t(Key::FRONT_PROMISE_TITLE)}</h2>
                <p>{i18n.t(Key::FRONT_PROMISE)}</p>
            </aside>
        </div>
    }
}

#[component]
fn UnreadCard() -> impl IntoView {
    let (i18n, unread) = (use_i18n(), use_unread());
    let has_unread = Memo::new(move |_| unread.messages() > 0);
    let words = text(move || match unread.messages() {
        0 => i18n.text(Key::FRONT_NOTHING_UNREAD).to_owned(),
        count => i18n.counted(Key::FRONT_UNREAD_ONE, Key::FRONT_UNREAD_OTHER, count),
    });
    let icon = move || if has_unread.get() { Icon::ENVELOPE } else { Icon::TICK }.into_render();
    let link = move || {
        let link = view! {
            <a class="ds-button" data-variant="secondary" href=paths::THREADS>
                {i18n.t(Key::FRONT_READ)}
            </a>
        };
        has_unread.get().then(|| link.into_any())
    };
    view! {
        <section class="card unread-card" data-unread=said(has_unread) aria-labelledby="unread-title">
            <span class="disc">{dynamic(icon)}</span>
            <h2 class="ds-heading" data-size="2xs" id="unread-title">{words}</h2>
            {optional(link)}
        </section>
    }
}

#[component]
fn LatestThreads() -> impl IntoView {
    let (i18n, session, citizen) = (use_i18n(), use_session(), use_citizen());
    let latest = Remote::new(move || {
        let query = PageQuery { cursor: None, limit: Some(LATEST) };
        session.ask(async move |client| client.list_threads(citizen, &query).await)
    });
    use_updates().on_change(move || latest.refresh());
    view! {
        <section aria-labelledby="latest-title">
            <div class="section-head">
                <h2 class="ds-heading" data-size="xs" id="latest-title">{i18n.t(Key::FRONT_LATEST)}</h2>
                <a class="ds-link" href=paths::THREADS>{i18n.t(Key::FRONT_ALL)}</a>
            </div>
            <Loading data=latest let:page>
                <ThreadList page heading_level=3 />
            </Loading>
        </section>
    }
}
