//! Until when citizens may cancel their times by themselves.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use omasote_types::error::{FieldError, FieldErrorCode};
use omasote_types::events::EventSettings;
use omasote_types::ids::UnitId;
use omasote_ui::announce::use_announcer;
use omasote_ui::form::{Form, LineField, SubmitButton};
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::loading::Loading;
use omasote_ui::remote::Remote;
use omasote_ui::session::use_session;

#[component]
pub(super) fn SettingsForm(unit: UnitId) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let settings =
        Remote::new(move || session.ask(async move |client| client.get_event_settings(unit).await));
    view! {
        <section class="part" aria-labelledby="event-settings-title">
            <h2 class="ds-heading" data-size="xs" id="event-settings-title">{i18n.t(Key::EVENTS_TITLE)}</h2>
            <Loading data=settings rows=1 let:settings>
                <Fields unit first=settings.get_untracked() />
            </Loading>
        </section>
    }
}

#[component]
fn Fields(unit: UnitId, first: EventSettings) -> impl IntoView {
    let (session, announcer, form) = (use_session(), use_announcer(), Form::new());
    let hours = RwSignal::new(first.cancel_hours.to_string());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let written = hours.with_untracked(|hours| hours.trim().parse::<u16>());
        let settings = written.map(|cancel_hours| EventSettings { cancel_hours });
        let refused =
            || vec![FieldError { field: "cancelHours".to_owned(), code: FieldErrorCode::InvalidFormat }];
        let Ok(settings) = settings else {
            let _ = form.accepts(Err(refused()));
            return;
        };
        if form.accepts(settings.validate()) {
            let answer = session.ask(async move |client| client.update_event_settings(unit, settings).await);
            form.send(answer, move |_| announcer.say(Key::EVENT_SETTINGS_SAVED));
        }
    };
    view! {
        <form class="card form" novalidate=true on:submit=submit>
            <LineField
                id="cancel-hours"
                label=Key::EVENT_SETTINGS_HOURS
                hint=Key::EVENT_SETTINGS_HOURS_HINT
                kind="number"
                value=hours
                error=form.error_of("cancelHours")
                invalid=Key::EVENT_SETTINGS_HOURS_INVALID
            />
            <SubmitButton form label=Key::EVENT_SETTINGS_SAVE />
        </form>
    }
}
