//! Opening the data of somebody whom none of the professional's units cares for: what that means, and why it is done.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use omasote_types::care::NewEmergencyAccess;
use omasote_types::error::{FieldError, FieldErrorCode};
use omasote_types::sessions::Me;
use omasote_ui::announce::use_announcer;
use omasote_ui::form::{Form, RadioChoice, ReasonField, SubmitButton};
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::icon::Icon;
use omasote_ui::router::use_router;
use omasote_ui::session::use_session;
use omasote_ui::view::text;

use super::bar::use_emergencies;
use crate::paths;

const FOLLOWS: [Key; 3] =
    [Key::EMERGENCY_FOLLOWS_READ, Key::EMERGENCY_FOLLOWS_LOG, Key::EMERGENCY_FOLLOWS_SEEN];

/// Why the data is not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Closed {
    /// No unit of the professional cares for the person, or there is none.
    NotInCare,
    /// The processing of the data is restricted.
    Restricted,
}

#[component]
pub(super) fn BreakGlass(code: String, why: Closed) -> impl IntoView {
    let i18n = use_i18n();
    let minutes = expect_context::<Me>().emergency_minutes.unwrap_or_default().to_string();
    let time = text(move || i18n.filled(Key::EMERGENCY_FOLLOWS_TIME, &[("minutes", &minutes)]));
    let follows = FOLLOWS.map(|key| view! { <li>{i18n.t(key)}</li> });
    let (title, intro) = match why {
        Closed::NotInCare => (Key::EMERGENCY_TITLE, Key::EMERGENCY_INTRO),
        Closed::Restricted => (Key::EMERGENCY_RESTRICTED_TITLE, Key::EMERGENCY_RESTRICTED_INTRO),
    };
    view! {
        <section class="card part" data-alarm="true" aria-labelledby="emergency-title">
            <h2 class="ds-heading" data-size="xs" id="emergency-title">{i18n.t(title)}</h2>
            <p>{i18n.t(intro)}</p>
            <div class="follows">
                <p>{Icon::BREAK} <strong>{i18n.t(Key::EMERGENCY_FOLLOWS)}</strong></p>
                <ul class="ds-list">
                    <li>{time}</li>
                    {follows.collect_view()}
                </ul>
            </div>
            <BreakGlassForm code />
        </section>
    }
}

#[component]
fn BreakGlassForm(code: String) -> impl IntoView {
    let (i18n, session, me, form) = (use_i18n(), use_session(), expect_context::<Me>(), Form::new());
    let (announcer, router, emergencies) = (use_announcer(), use_router(), use_emergencies());
    let only = match me.units.as_slice() {
        [unit] => unit.id.to_string(),
        _ => String::new(),
    };
    let (unit, reason) = (RwSignal::new(only), RwSignal::new(String::new()));
    let options: Vec<_> = me
        .units
        .into_iter()
        .map(|unit| (unit.id.to_string(), text(move || i18n.local(&unit.name))))
        .collect();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Ok(unit_id) = unit.get_untracked().parse() else {
            let missing = FieldError { field: "unitId".to_owned(), code: FieldErrorCode::Required };
            let _ = form.accepts(Err(vec![missing]));
            return;
        };
        let new = NewEmergencyAccess { identity_code: code.clone(), unit_id, reason: reason.get_untracked() };
        if !form.accepts(new.validate()) {
            return;
        }
        form.send(session.ask(async move |client| client.open_emergency_access(&new).await), move |access| {
            announcer.say(Key::EMERGENCY_OPENED);
            emergencies.refresh();
            router.go(&paths::client(access.citizen.id));
        });
    };
    view! {
        <form class="form" novalidate=true on:submit=submit>
            <RadioChoice
                name="unit"
                label=Key::EMERGENCY_UNIT
                options
                chosen=unit
                error=form.error_of("unitId")
            />
            <ReasonField
                id="reason"
                label=Key::EMERGENCY_REASON
                hint=Key::EMERGENCY_REASON_HINT
                value=reason
                error=form.error_of("reason")
            />
            <SubmitButton form label=Key::EMERGENCY_OPEN color="danger" />
        </form>
    }
}
