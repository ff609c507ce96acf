//! One event: when, where, how to prepare, and how it stands.

use leptos::prelude::*;
use omasote_rules::events::Standing;
use omasote_rules::proxies::{AGE_OF_OWN_SAY, age};
use omasote_types::events::{EhrState, Event, EventVisibility};
use omasote_types::ids::{EventId, LinkedId, UnitId};
use omasote_types::page::PageQuery;
use omasote_ui::acting::use_acting;
use omasote_ui::action::{ActionButton, Look};
use omasote_ui::clock::use_clock;
use omasote_ui::events::{Outcome, Said, in_full, kind_name, lasts};
use omasote_ui::focus::PageTitle;
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::icon::Icon;
use omasote_ui::intl;
use omasote_ui::loading::Loading;
use omasote_ui::remote::Remote;
use omasote_ui::session::use_session;
use omasote_ui::units::UnitContact;
use omasote_ui::updates::use_updates;
use omasote_ui::view::{dynamic, optional, text};

use super::answering::Answering;
use super::card::stands;
use crate::pages::messages::ThreadList;
use crate::pages::tasks::TaskCard;
use crate::{paths, use_citizen};

#[component]
pub(super) fn EventPage(id: EventId) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let event = Remote::new(move || session.ask(async move |client| client.get_event(id).await));
    use_updates().on_agenda_change(move || event.refresh());
    let changed = Callback::new(move |()| event.refresh());
    view! {
        <div class="page">
            <a class="back" href=paths::AGENDA>{Icon::BACK} {i18n.t(Key::AGENDA_TITLE)}</a>
            <Loading data=event rows=5 let:event>
                <Body event changed />
            </Loading>
        </div>
    }
}

#[component]
fn Body(event: Signal<Event>, changed: Callback<()>) -> impl IntoView {
    let (i18n, clock) = (use_i18n(), use_clock());
    let title = text(move || event.with(|event| event.content.title.clone()));
    let unit = text(move || event.with(|event| i18n.local(&event.unit.name)));
    let phase = Memo::new(move |_| event.with(|event| Standing::from(event)).phase(clock.now()));
    let state = text(move || event.with(|event| i18n.text(stands(event, phase.get())).to_owned()));
    let unit_id = event.with_untracked(|event| event.unit.id);
    let outcome = Outcome::new(changed);
    // Fields that somebody writes in are made anew only when something else can be done with it.
    let version = Memo::new(move |_| event.with(|event| event.version));
    let answering = move || {
        let _ = (version.get(), phase.get());
        view! { <Answering event outcome /> }.into_any()
    };
    view! {
        <header>
            <PageTitle text=title />
            <p>{unit}</p>
        </header>
        <p class="event-state"><strong>{state}</strong></p>
        <Said event />
        <CalledOff event />
        <Facts event />
        {outcome.show()}
        {dynamic(answering)}
        <Tasks event />
        <Words event />
        <Messages event />
        <ContactDetails unit_id />
        <IntoCalendar event />
        <SeenBy event changed />
    }
}

/// What is to be done for it. Who acts for the citizen and may not see tasks sees none.
#[component]
fn Tasks(event: Signal<Event>) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let id = event.with_untracked(|event| event.id);
    let tasks = Remote::new(move || session.ask(async move |client| client.list_event_tasks(id).await));
    use_updates().on_agenda_change(move || tasks.refresh());
    optional(move || {
        let tasks = tasks.get().filter(|tasks| !tasks.is_empty())?;
        let cards = tasks.into_iter().map(|task| view! { <TaskCard task /> });
        let section = view! {
            <section class="part" aria-labelledby="event-tasks-title">
                <h2 class="ds-heading" data-size="xs" id="event-tasks-title">{i18n.t(Key::EVENT_TASKS)}</h2>
                <ul class="task-cards">{cards.collect_view()}</ul>
            </section>
        };
        Some(section.into_any())
    })
}

/// What was written about it, and the way to write. Who acts for the citizen and may not see messages sees none.
#[component]
fn Messages(event: Signal<Event>) -> impl IntoView {
    let (i18n, session, citizen) = (use_i18n(), use_session(), use_citizen());
    let id = event.with_untracked(|event| event.id);
    let threads = Remote::new(move || {
        session.ask(async move |client| {
            let thing = LinkedId::from_uuid(*id.as_uuid());
            client.list_threads_leading_to(citizen, thing, &PageQuery::default()).await
        })
    });
    use_updates().on_change(move || threads.refresh());
    optional(move || {
        let page = threads.get()?;
        let none = page.items.is_empty();
        let list = (!none).then(|| view! { <ThreadList page=Signal::stored(page) heading_level=3 /> });
        let section = view! {
            <section class="part" aria-labelledby="event-messages-title">
                <h2 class="ds-heading" data-size="2xs" id="event-messages-title">{i18n.t(Key::EVENT_MESSAGES)}</h2>
                {list}
                <p>
                    <a class="ds-button" data-variant="secondary" data-size="sm" href=paths::write_about_event(id)>
                        {Icon::PEN}
                        {i18n.t(Key::EVENT_WRITE)}
                    </a>
                </p>
            </section>
        };
        Some(section.into_any())
    })
}

/// Whether the system that keeps the event knows that the person does not come.
#[component]
fn CalledOff(event: Signal<Event>) -> impl IntoView {
    let i18n = use_i18n();
    optional(move || {
        let (about, colour) = match event.with(|event| event.ehr)? {
            EhrState::InStep => return None,
            EhrState::Waiting => (Key::EVENT_EHR_WAITING, "info"),
            EhrState::Failed => (Key::EVENT_EHR_FAILED, "warning"),
        };
        Some(view! { <div class="ds-alert" data-color=colour><p>{i18n.t(about)}</p></div> }.into_any())
    })
}

#[component]
fn Facts(event: Signal<Event>) -> impl IntoView {
    let i18n = use_i18n();
    let when = text(move || in_full(i18n, event.with(|event| event.time)));
    let duration = text(move || lasts(i18n, event.with(|event| event.time)));
    let kind = text(move || i18n.text(event.with(|event| kind_name(event.content.kind))).to_owned());
    let place = optional(move || {
        let place = event.with(|event| event.content.place.clone());
        let shown =
            move || view! { <div><dt>{i18n.t(Key::EVENT_PLACE)}</dt><dd dir="auto">{place}</dd></div> };
        (!event.with(|event| event.content.place.is_empty())).then(|| shown().into_any())
    });
    let link = optional(move || {
        // Only what the server takes for an address is one.
        let link =
            event.with(|event| event.content.link.clone()).filter(|link| link.starts_with("https://"))?;
        let shown = link.clone();
        let shown = view! {
            <div>
                <dt>{i18n.t(Key::EVENT_LINK)}</dt>
                <dd><a class="ds-link event-link" href=link target="_blank" rel="noopener noreferrer">{shown}</a></dd>
            </div>
        };
        Some(shown.into_any())
    });
    view! {
        <dl class="card facts">
            <div><dt>{i18n.t(Key::EVENT_WHEN)}</dt><dd>{when}</dd></div>
            <div><dt>{i18n.t(Key::EVENT_LASTS)}</dt><dd>{duration}</dd></div>
            <div><dt>{i18n.t(Key::EVENT_KIND)}</dt><dd>{kind}</dd></div>
            {place}
            {link}
        </dl>
    }
}

/// How to prepare and how to get there.
#[component]
fn Words(event: Signal<Event>) -> impl IntoView {
    let i18n = use_i18n();
    let part = move |title: Key, of: fn(&Event) -> &String| {
        optional(move || {
            let words = event.with(|event| of(event).clone());
            (!words.is_empty()).then(|| {
                view! {
                    <section class="part">
                        <h2 class="ds-heading" data-size="2xs">{i18n.t(title)}</h2>
                        <p class="message-text" dir="auto">{words}</p>
                    </section>
                }
                .into_any()
            })
        })
    };
    view! {
        {part(Key::EVENT_PREPARATION, |event| &event.content.preparation)}
        {part(Key::EVENT_DIRECTIONS, |event| &event.content.directions)}
    }
}

#[component]
fn ContactDetails(unit_id: UnitId) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let unit = Remote::new(move || session.ask(async move |client| client.get_unit(unit_id).await));
    view! {
        <section class="part" aria-labelledby="contact-title">
            <h2 class="ds-heading" data-size="2xs" id="contact-title">{i18n.t(Key::UNIT_CONTACT)}</h2>
            <Loading data=unit rows=1 let:unit>
                <UnitContact unit=unit.get_untracked() />
            </Loading>
        </section>
    }
}

/// The event as a file for a calendar; what it is about is in it only when that is wanted.
#[component]
fn IntoCalendar(event: Signal<Event>) -> impl IntoView {
    let i18n = use_i18n();
    let id = event.with_untracked(|event| event.id);
    let file = move |details: &str| format!("/api/v1/events/{id}/calendar.ics{details}");
    view! {
        <details class="contact-details">
            <summary>{i18n.t(Key::EVENT_TO_CALENDAR)}</summary>
            <div class="form seen-by">
                <p>{i18n.t(Key::EVENT_TO_CALENDAR_ABOUT)}</p>
                // The target tells our router that the link leads out of the app.
                <p><a class="ds-link" href=file("") target="_self" download="">{i18n.t(Key::EVENT_FILE_TIME)}</a></p>
                <p>
                    <a class="ds-link" href=file("?details=true") target="_self" download="">
                        {i18n.t(Key::EVENT_FILE_DETAILS)}
                    </a>
                </p>
            </div>
        </details>
    }
}

/// Hiding it from those who act for the person: only the person does that, from 12 years on.
#[component]
fn SeenBy(event: Signal<Event>, changed: Callback<()>) -> impl IntoView {
    let (i18n, session, acting) = (use_i18n(), use_session(), use_acting());
    let (id, born) = event.with_untracked(|event| (event.id, event.citizen.birth_date));
    let is_hidden = Memo::new(move |_| event.with(|event| event.is_hidden_from_proxies));
    let is_of_age = age(born, intl::today(use_clock().milliseconds())) >= AGE_OF_OWN_SAY;
    let may_hide = is_of_age && acting.citizen().is_none();
    let who = text(move || {
        i18n.text(if is_hidden.get() { Key::EVENT_SEEN_BY_UNIT } else { Key::EVENT_SEEN_BY_ALL }).to_owned()
    });
    let button = move || {
        let wanted = EventVisibility { is_hidden_from_proxies: !is_hidden.get() };
        let run = Callback::new(move |()| {
            session.ask(async move |client| client.set_event_visibility(id, wanted).await.map(drop))
        });
        let (label, done) = match wanted.is_hidden_from_proxies {
            true => (Key::EVENT_HIDE, Key::EVENT_HIDDEN_NOW),
            false => (Key::EVENT_SHOW, Key::EVENT_SHOWN_NOW),
        };
        view! { <ActionButton label look=Look::SMALL run done on_done=changed /> }.into_any()
    };
    may_hide.then(|| {
        view! {
            <details class="contact-details">
                <summary>{i18n.t(Key::EVENT_SEEN_BY)}</summary>
                <div class="form seen-by">
                    <p>{who}</p>
                    {dynamic(button)}
                </div>
            </details>
        }
    })
}
