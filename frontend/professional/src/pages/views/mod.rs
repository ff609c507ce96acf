//! Saved views of an inbox: shown by one press, saved and deleted beside the filters. With them, narrowing to a topic.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use omasote_client::IdempotencyKey;
use omasote_types::ids::UnitId;
use omasote_types::sessions::Me;
use omasote_types::units::Topic;
use omasote_types::views::{Narrowing, NewView, View};
use omasote_ui::action::{ActionButton, Look};
use omasote_ui::announce::use_announcer;
use omasote_ui::form::{Form, LineField, SubmitButton, Tick};
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::remote::Remote;
use omasote_ui::router::use_router;
use omasote_ui::session::use_session;
use omasote_ui::view::{dynamic, optional, said, text};

use super::messages::{Narrowed, Sieve};
use crate::paths;

/// What the inbox of a unit shows now, and by what that is changed.
#[derive(Clone, Copy)]
pub(crate) struct Shown {
    pub(crate) unit: UnitId,
    pub(crate) now: Signal<Narrowing>,
    pub(crate) sieve: Sieve,
}

/// A button for each view, and what keeps them.
#[component]
pub(crate) fn SavedViews(shown: Shown) -> impl IntoView {
    let (i18n, session, unit) = (use_i18n(), use_session(), shown.unit);
    let views = Remote::new(move || session.ask(async move |client| client.list_views(unit).await));
    let is_open = RwSignal::new(false);
    let chips = dynamic(move || {
        let all = views.get().unwrap_or_default();
        all.into_iter().map(|view| view_chip(shown, view)).collect_view().into_any()
    });
    let panel = optional(move || {
        let close = Callback::new(move |()| is_open.set(false));
        is_open.get().then(|| view! { <Panel shown views close /> }.into_any())
    });
    view! {
        {chips}
        <button
            type="button"
            class="chip"
            aria-expanded=said(is_open)
            on:click=move |_| is_open.update(|is| *is = !*is)
        >
            {i18n.t(Key::VIEWS)}
        </button>
        {panel}
    }
}

fn view_chip(shown: Shown, view: View) -> AnyView {
    let router = use_router();
    let View { name, shows, .. } = view;
    let wanted = shows.clone();
    let is_on = Signal::derive(move || shown.now.with(|now| *now == wanted));
    let show = move |_| {
        shown.sieve.words.set(shows.text.clone());
        if shows.text.is_none() {
            shown.sieve.narrowed.set(Narrowed::of(&shows));
            router.go(&paths::inbox(shown.unit, shows.state));
        }
    };
    view! {
        <button type="button" class="chip" aria-pressed=said(is_on) on:click=show>
            {name}
        </button>
    }
    .into_any()
}

/// Narrowing to a topic, saving what is shown, and deleting views.
#[component]
fn Panel(shown: Shown, views: Remote<Vec<View>>, close: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let leads = expect_context::<Me>().leads.contains(&shown.unit);
    let is_searching = Memo::new(move |_| shown.now.with(|now| now.text.is_some()));
    let topic = optional(move || (!is_searching.get()).then(|| view! { <TopicField shown /> }.into_any()));
    let list = dynamic(move || {
        let mut all = views.get().unwrap_or_default();
        all.retain(|view| leads || !view.is_shared);
        all.into_iter().map(|view| kept_view(view, views)).collect_view().into_any()
    });
    view! {
        <div class="views-panel">
            {topic}
            <SaveForm shown views leads />
            <ul class="views-kept">{list}</ul>
            <button
                type="button"
                class="ds-button"
                data-variant="tertiary"
                data-size="sm"
                on:click=move |_| close.run(())
            >
                {i18n.t(Key::ACTION_CLOSE)}
            </button>
        </div>
    }
}

#[component]
fn TopicField(shown: Shown) -> impl IntoView {
    let (i18n, session, unit) = (use_i18n(), use_session(), shown.unit);
    let narrowed = shown.sieve.narrowed;
    let of_unit = Remote::new(move || session.ask(async move |client| client.get_unit(unit).await));
    let choose = move |event| {
        narrowed.update(|narrowed| narrowed.topic = event_target_value(&event).parse().ok());
    };
    let option = move |topic: Topic| {
        let Topic { id, name, .. } = topic;
        let is_on = Signal::derive(move || narrowed.get().topic == Some(id));
        view! {
            <option value=id.to_string() prop:selected=is_on>
                {text(move || i18n.local(&name))}
            </option>
        }
    };
    let options = dynamic(move || {
        let topics = of_unit.with(|unit| unit.topics.clone()).unwrap_or_default();
        topics.into_iter().map(option).collect_view().into_any()
    });
    view! {
        <div class="ds-field">
            <label class="ds-label" for="view-topic">{i18n.t(Key::VIEW_TOPIC)}</label>
            <select class="ds-input" id="view-topic" on:change=choose>
                <option value="">{i18n.t(Key::VIEW_TOPIC_ALL)}</option>
                {options}
            </select>
        </div>
    }
}

/// Saves what is shown now under a name.
#[component]
fn SaveForm(shown: Shown, views: Remote<Vec<View>>, leads: bool) -> impl IntoView {
    let (session, announcer, form, unit) = (use_session(), use_announcer(), Form::new(), shown.unit);
    let (name, is_shared) = (RwSignal::new(String::new()), RwSignal::new(false));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let name_now = name.with_untracked(|name| name.trim().to_owned());
        let new = NewView {
            name: name_now,
            is_shared: is_shared.get_untracked(),
            shows: shown.now.get_untracked(),
        };
        if form.accepts(new.validate()) {
            let key = IdempotencyKey::random();
            let answer = session.ask(async move |client| client.create_view(unit, &new, &key).await);
            form.send(answer, move |_| {
                name.try_set(String::new());
                announcer.say(Key::VIEW_SAVED);
                views.refresh();
            });
        }
    };
    let shared = leads.then(|| {
        let on_change = Callback::new(move |is| is_shared.set(is));
        view! { <Tick id="view-shared" label=Key::VIEW_SHARED is_on=is_shared.into() on_change /> }
    });
    view! {
        <form class="form" novalidate=true on:submit=submit>
            <LineField
                id="view-name"
                label=Key::VIEW_NAME
                hint=Key::VIEW_NAME_HINT
                value=name
                error=form.error_of("name")
            />
            {shared}
            <SubmitButton form label=Key::VIEW_SAVE />
        </form>
    }
}

fn kept_view(view: View, views: Remote<Vec<View>>) -> AnyView {
    let (i18n, session) = (use_i18n(), use_session());
    let View { id, name, is_shared, .. } = view;
    let run = Callback::new(move |()| session.ask(async move |client| client.delete_view(id).await));
    let whose = is_shared.then(|| view! { <span class="fine">{i18n.t(Key::VIEW_OF_UNIT)}</span> });
    view! {
        <li>
            <span>{name} " " {whose}</span>
            <ActionButton
                label=Key::VIEW_DELETE
                look=Look { variant: Some("tertiary"), ..Look::SMALL }
                run
                done=Key::VIEW_DELETED
                on_done=Callback::new(move |()| views.refresh())
            />
        </li>
    }
    .into_any()
}
