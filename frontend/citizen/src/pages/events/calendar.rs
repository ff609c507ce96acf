//! The address from which the citizen's own calendar fetches their events: made, told once, taken back.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use omasote_types::events::{CalendarFeed, CalendarFeedState, NewCalendarFeed};
use omasote_ui::acting::use_acting;
use omasote_ui::action::ConfirmedButton;
use omasote_ui::announce::use_announcer;
use omasote_ui::clipboard::CopyButton;
use omasote_ui::clock::use_clock;
use omasote_ui::focus::PageTitle;
use omasote_ui::form::{Form, SubmitButton, Tick};
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::icon::Icon;
use omasote_ui::intl;
use omasote_ui::loading::Loading;
use omasote_ui::remote::Remote;
use omasote_ui::session::use_session;
use omasote_ui::view::{dynamic, optional, text};

use crate::{paths, use_citizen};

#[component]
pub(super) fn CalendarPage() -> impl IntoView {
    let (i18n, session, citizen) = (use_i18n(), use_session(), use_citizen());
    let is_own = use_acting().citizen().is_none();
    let content = move || {
        let state =
            Remote::new(move || session.ask(async move |client| client.get_calendar_feed(citizen).await));
        let changed = Callback::new(move |()| state.refresh());
        let address = RwSignal::new(None::<String>);
        view! {
            <Made address />
            <Loading data=state rows=2 let:state>
                <Present state changed address />
            </Loading>
            <Making changed address />
        }
        .into_any()
    };
    let content = match is_own {
        true => content(),
        false => view! { <p>{i18n.t(Key::ERROR_OUTSIDE_MANDATE)}</p> }.into_any(),
    };
    view! {
        <div class="page">
            <a class="back" href=paths::AGENDA>{Icon::BACK} {i18n.t(Key::AGENDA_TITLE)}</a>
            <header>
                <PageTitle text=text(move || i18n.text(Key::CALENDAR_TITLE).to_owned()) />
                <p class="lead">{i18n.t(Key::CALENDAR_INTRO)}</p>
            </header>
            {content}
        </div>
    }
}

/// The address that was just made. It is told this once.
#[component]
fn Made(address: RwSignal<Option<String>>) -> impl IntoView {
    let i18n = use_i18n();
    optional(move || {
        let made = address.get()?;
        let shown = view! {
            <section class="card form" aria-labelledby="calendar-made">
                <h2 class="ds-heading" data-size="xs" id="calendar-made">{i18n.t(Key::CALENDAR_MADE)}</h2>
                <p>{i18n.t(Key::CALENDAR_ONCE)}</p>
                <p class="calendar-address"><code>{made.clone()}</code></p>
                <div class="actions"><CopyButton text=made /></div>
                <p class="fine">{i18n.t(Key::CALENDAR_HOW)}</p>
            </section>
        };
        Some(shown.into_any())
    })
}

/// The address there is, and taking it back.
#[component]
fn Present(
    state: Signal<CalendarFeedState>,
    changed: Callback<()>,
    address: RwSignal<Option<String>>,
) -> impl IntoView {
    let (i18n, session, citizen, clock) = (use_i18n(), use_session(), use_citizen(), use_clock());
    let words = move |feed: CalendarFeed| {
        let moment = move |at| intl::moment(i18n, at, clock.milliseconds());
        let made = i18n.filled(Key::CALENDAR_SINCE, &[("time", &moment(feed.created_at))]);
        let tells =
            i18n.text(if feed.shows_details { Key::CALENDAR_TELLS_ALL } else { Key::CALENDAR_TELLS_TIME });
        let fetched = match feed.fetched_at {
            Some(at) => i18n.filled(Key::CALENDAR_FETCHED, &[("time", &moment(at))]),
            None => i18n.text(Key::CALENDAR_NOT_FETCHED).to_owned(),
        };
        format!("{made} {tells} {fetched}")
    };
    let revoked = Callback::new(move |()| {
        address.try_set(None);
        changed.try_run(());
    });
    dynamic(move || {
        let Some(feed) = state.get().feed else {
            return view! { <p>{i18n.t(Key::CALENDAR_NONE)}</p> }.into_any();
        };
        let run = Callback::new(move |()| {
            session.ask(async move |client| client.delete_calendar_feed(citizen).await)
        });
        let question = text(move || i18n.text(Key::CALENDAR_REVOKE_QUESTION).to_owned());
        view! {
            <section class="card form">
                <p>{text(move || words(feed))}</p>
                <ConfirmedButton
                    label=Key::CALENDAR_REVOKE
                    question
                    confirm=Key::CALENDAR_REVOKE_NOW
                    run
                    done=Key::CALENDAR_REVOKED
                    on_done=revoked
                />
            </section>
        }
        .into_any()
    })
}

#[component]
fn Making(changed: Callback<()>, address: RwSignal<Option<String>>) -> impl IntoView {
    let (i18n, session, citizen, form) = (use_i18n(), use_session(), use_citizen(), Form::new());
    let (announcer, details) = (use_announcer(), RwSignal::new(false));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let new = NewCalendarFeed { shows_details: details.get_untracked() };
        let answer = session.ask(async move |client| client.create_calendar_feed(citizen, new).await);
        form.send(answer, move |made| {
            address.try_set(Some(made.address));
            announcer.say(Key::CALENDAR_MADE);
            changed.try_run(());
        });
    };
    view! {
        <form class="card form" on:submit=submit>
            <p>{i18n.t(Key::CALENDAR_NEW)}</p>
            <Tick
                id="calendar-details"
                label=Key::CALENDAR_DETAILS
                is_on=details.into()
                on_change=Callback::new(move |is_on| details.set(is_on))
            />
            <p class="fine">{i18n.t(Key::CALENDAR_DETAILS_ABOUT)}</p>
            <SubmitButton form label=Key::CALENDAR_MAKE />
        </form>
    }
}
