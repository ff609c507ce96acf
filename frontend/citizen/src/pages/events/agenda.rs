//! The agenda: what is now, what is ahead, what is done; and the first of it, for the front page.

use leptos::prelude::*;
use omasote_types::events::{AgendaItem, AgendaList, AgendaQuery};
use omasote_types::page::Page;
use omasote_ui::acting::use_acting;
use omasote_ui::focus::PageTitle;
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::icon::Icon;
use omasote_ui::loading::Loading;
use omasote_ui::paged::{MoreButton, PagedList, Refresh};
use omasote_ui::remote::Remote;
use omasote_ui::session::use_session;
use omasote_ui::updates::use_updates;
use omasote_ui::view::{dynamic, text};

use super::card::EventCard;
use crate::pages::tasks::TaskCard;
use crate::{paths, use_citizen};

/// How many entries the front page shows.
const SHOWN: u16 = 4;

#[component]
pub(super) fn AgendaPage() -> impl IntoView {
    let (i18n, acting) = (use_i18n(), use_acting());
    let is_own = acting.citizen().is_none();
    let book = acting.covers_appointments().then(|| {
        view! {
            <a class="ds-button" data-variant="primary" href=paths::BOOKING>{Icon::CLOCK} {i18n.t(Key::BOOKING_TITLE)}</a>
        }
    });
    let calendar = is_own.then(|| {
        view! { <p><a class="ds-link" href=paths::CALENDAR>{i18n.t(Key::CALENDAR_LINK)}</a></p> }
    });
    view! {
        <div class="page">
            <div class="section-head">
                <PageTitle text=text(move || i18n.text(Key::AGENDA_TITLE).to_owned()) />
                {book}
            </div>
            <p class="lead">{i18n.t(Key::AGENDA_INTRO)}</p>
            <Part list=AgendaList::Now />
            <Part list=AgendaList::Coming />
            <Part list=AgendaList::Done />
            {calendar}
        </div>
    }
}

#[component]
fn Part(list: AgendaList) -> impl IntoView {
    let (i18n, session, citizen) = (use_i18n(), use_session(), use_citizen());
    let items = PagedList::new(Refresh::Everything, move |page| {
        let query = AgendaQuery { list, cursor: page.cursor, limit: page.limit };
        session.ask(async move |client| client.list_agenda(citizen, &query).await)
    });
    use_updates().on_agenda_change(move || items.refresh());
    let (title, id, nothing) = match list {
        AgendaList::Now => (Key::AGENDA_NOW, "agenda-now", Key::AGENDA_NOTHING_NOW),
        AgendaList::Coming => (Key::AGENDA_COMING, "agenda-coming", Key::AGENDA_NOTHING_COMING),
        AgendaList::Done => (Key::AGENDA_DONE, "agenda-done", Key::AGENDA_NOTHING_DONE),
    };
    view! {
        <section aria-labelledby=id>
            <div class="section-head">
                <h2 class="ds-heading" data-size="xs" id=id>{i18n.t(title)}</h2>
            </div>
            <Loading data=items.page() rows=2 let:page>
                {cards(Signal::derive(move || page.get().items), nothing)}
                <MoreButton list=items label=Key::SHOW_MORE />
            </Loading>
        </section>
    }
}

fn cards(items: Signal<Vec<AgendaItem>>, nothing: Key) -> AnyView {
    let i18n = use_i18n();
    let is_empty = Memo::new(move |_| items.with(Vec::is_empty));
    dynamic(move || match is_empty.get() {
        true => view! { <p class="fine">{i18n.t(nothing)}</p> }.into_any(),
        false => view! {
            <ul class="task-cards">
                <For each=move || items.get() key=key let:item>
                    {card(item)}
                </For>
            </ul>
        }
        .into_any(),
    })
}

/// What makes an entry another than before.
fn key(item: &AgendaItem) -> (String, u32) {
    match item {
        AgendaItem::Task(task) => (task.id.to_string(), task.version),
        AgendaItem::Event(event) => (event.id.to_string(), event.version),
    }
}

fn card(item: AgendaItem) -> AnyView {
    match item {
        AgendaItem::Task(task) => view! { <TaskCard task=*task /> }.into_any(),
        AgendaItem::Event(event) => view! { <EventCard event=*event /> }.into_any(),
    }
}

/// What is now, and what comes next when that is little.
#[component]
pub(super) fn NextOfAgenda() -> impl IntoView {
    let (i18n, session, citizen) = (use_i18n(), use_session(), use_citizen());
    let next = Remote::new(move || {
        session.ask(async move |client| {
            let query = |list, limit| AgendaQuery { list, cursor: None, limit: Some(limit) };
            let mut now = client.list_agenda(citizen, &query(AgendaList::Now, SHOWN)).await?;
            let missing = u16::try_from(now.items.len()).map_or(0, |count| SHOWN.saturating_sub(count));
            if missing > 0 {
                let Page { items, next_cursor } =
                    client.list_agenda(citizen, &query(AgendaList::Coming, missing)).await?;
                now.items.extend(items);
                now.next_cursor = next_cursor;
            }
            Ok(now)
        })
    });
    use_updates().on_agenda_change(move || next.refresh());
    view! {
        <section aria-labelledby="next-title">
            <div class="section-head">
                <h2 class="ds-heading" data-size="xs" id="next-title">{i18n.t(Key::AGENDA_TITLE)}</h2>
                <a class="ds-link" href=paths::AGENDA>{i18n.t(Key::AGENDA_ALL)}</a>
            </div>
            <Loading data=next let:page>
                {cards(Signal::derive(move || page.get().items), Key::AGENDA_NOTHING)}
            </Loading>
        </section>
    }
}
