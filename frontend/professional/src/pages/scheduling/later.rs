//! Has what is written sent at a chosen time.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use omasote_client::IdempotencyKey;
use omasote_rules::helsinki::at_minute;
use omasote_types::Instant;
use omasote_types::error::{FieldError, FieldErrorCode};
use omasote_types::ids::ThreadId;
use omasote_types::messages::NewMessage;
use omasote_types::scheduling::NewScheduledMessage;
use omasote_ui::announce::use_announcer;
use omasote_ui::clock::use_clock;
use omasote_ui::form::{Form, LineField, SubmitButton};
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::intl;
use omasote_ui::messages::Unsent;
use omasote_ui::notifications::read_minute;
use omasote_ui::session::use_session;
use omasote_ui::view::dynamic;

/// The time that is proposed: the next day at nine.
const MORNING: &str = "09:00";

/// What stands below the field.
pub(in crate::pages) fn send_later(thread: ThreadId, unsent: Unsent) -> AnyView {
    let i18n = use_i18n();
    view! {
        <details class="later">
            <summary>{i18n.t(Key::SCHEDULING_LATER)}</summary>
            {dynamic(move || match unsent.has_files() {
                true => view! { <p class="fine">{i18n.t(Key::SCHEDULING_NO_FILES)}</p> }.into_any(),
                false => view! { <Later thread unsent /> }.into_any(),
            })}
        </details>
    }
    .into_any()
}

#[component]
fn Later(thread: ThreadId, unsent: Unsent) -> impl IntoView {
    let (i18n, session, clock, announcer) = (use_i18n(), use_session(), use_clock(), use_announcer());
    let form = Form::new();
    let tomorrow = intl::today(untrack(|| clock.milliseconds())).succ_opt().unwrap_or_default();
    let (date, time) = (RwSignal::new(tomorrow.to_string()), RwSignal::new(MORNING.to_owned()));
    // One key as long as it is the same message and time.
    let key = StoredValue::new(None::<(NewScheduledMessage, IdempotencyKey)>);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(message) = unsent.message() else { return };
        let time = read_time(&date.get_untracked(), &time.get_untracked());
        let Some((after, send_at)) = message.after.zip(time) else {
            let wrong = FieldError { field: "sendAt".to_owned(), code: FieldErrorCode::InvalidFormat };
            let _ = form.accepts(Err(vec![wrong]));
            return;
        };
        let NewMessage { text, instructions, links, .. } = message;
        let new = NewScheduledMessage { text, instructions, links, after, send_at };
        let known = key.get_value().filter(|(known, _)| *known == new).map(|(_, key)| key);
        let once = known.unwrap_or_else(IdempotencyKey::random);
        key.set_value(Some((new.clone(), once.clone())));
        let answer =
            session.ask(async move |client| client.create_scheduled_message(thread, &new, &once).await);
        form.send(answer, move |_| {
            unsent.clear();
            announcer.say(Key::SCHEDULING_KEPT);
        });
    };
    view! {
        <form class="form" novalidate=true on:submit=submit>
            <p class="fine">{i18n.t(Key::SCHEDULING_HINT)}</p>
            <div class="time-row">
                <LineField
                    id="later-date"
                    label=Key::SCHEDULING_DATE
                    kind="date"
                    value=date
                    error=form.error_of("sendAt")
                    invalid=Key::SCHEDULING_INVALID
                />
                <LineField
                    id="later-time"
                    label=Key::SCHEDULING_TIME
                    kind="time"
                    value=time
                    error=Signal::stored(None)
                />
            </div>
            <SubmitButton form label=Key::SCHEDULING_SEND />
        </form>
    }
}

/// A time to come, as it is written; the server has the last word on how far ahead.
fn read_time(date: &str, time: &str) -> Option<Instant> {
    intl::written_date(date).zip(read_minute(time)).map(|(date, minute)| at_minute(date, minute))
}
