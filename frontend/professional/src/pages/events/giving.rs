//! Giving a client an event.

use chrono::Days;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use omasote_client::IdempotencyKey;
use omasote_types::events::NewEvent;
use omasote_types::ids::CitizenId;
use omasote_types::sessions::Me;
use omasote_ui::announce::use_announcer;
use omasote_ui::clock::use_clock;
use omasote_ui::form::{Form, SubmitButton};
use omasote_ui::i18n::Key;
use omasote_ui::intl;
use omasote_ui::session::use_session;

use super::written::{ContentFields, TimeFields, WrittenContent, WrittenTime};
use crate::pages::units::UnitSelect;

/// How many days ahead an event is, unless the professional says otherwise.
const USUAL_DAYS: u64 = 7;

#[component]
pub(super) fn GiveForm(client: CitizenId, given: Callback<()>) -> impl IntoView {
    let (session, announcer, form, clock) = (use_session(), use_announcer(), Form::new(), use_clock());
    let units = expect_context::<Me>().units;
    let unit = RwSignal::new(units.first().map(|unit| unit.id));
    let today = untrack(move || intl::today(clock.milliseconds()));
    let (content, time) = (WrittenContent::of(None), WrittenTime::on(today + Days::new(USUAL_DAYS)));
    let key = StoredValue::new(IdempotencyKey::random());
    // Another event is something else.
    Effect::new(move || {
        content.track();
        time.track();
        unit.track();
        key.set_value(IdempotencyKey::random());
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(unit_id) = unit.get_untracked() else { return };
        let time = match time.read() {
            Ok(time) => time,
            Err(refused) => {
                let _ = form.accepts(Err(refused));
                return;
            }
        };
        let new = NewEvent { unit_id, content: content.read(), time, is_hidden_from_proxies: false };
        if form.accepts(new.validate()) {
            let key = key.get_value();
            let answer = session.ask(async move |api| api.create_event(client, &new, &key).await);
            form.send(answer, move |_| {
                announcer.say(Key::EVENT_GIVEN);
                given.try_run(());
            });
        }
    };
    view! {
        <form class="card form" novalidate=true on:submit=submit>
            <UnitSelect id="event-unit" units unit />
            <ContentFields written=content form />
            <TimeFields written=time form />
            <SubmitButton form label=Key::EVENT_GIVE_NOW />
        </form>
    }
}
