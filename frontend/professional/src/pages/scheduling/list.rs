//! What waits in a thread to be sent, and what was held.

use leptos::prelude::*;
use omasote_types::ids::ThreadId;
use omasote_types::scheduling::{Held, ScheduledMessage};
use omasote_ui::action::{ActionButton, Look};
use omasote_ui::clock::use_clock;
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::insertion::insert_paragraph;
use omasote_ui::intl;
use omasote_ui::messages::{Linking, MESSAGE_FIELD, linked};
use omasote_ui::remote::Remote;
use omasote_ui::session::use_session;
use omasote_ui::updates::use_updates;
use omasote_ui::view::{dynamic, text};

/// The messages; nothing when there are none.
#[component]
pub(in crate::pages) fn Scheduled(
    of: ThreadId,
    /// Where what a message led to goes when it is taken back.
    links: Linking,
) -> impl IntoView {
    let session = use_session();
    let waiting =
        Remote::new(move || session.ask(async move |client| client.list_scheduled_messages(of).await));
    use_updates().on_thread_change(of, move || waiting.refresh());
    let changed = Callback::new(move |()| waiting.refresh());
    dynamic(move || {
        let row = |message| view! { <Row message links on_change=changed /> };
        match waiting.get().unwrap_or_default() {
            none if none.is_empty() => ().into_any(),
            all => view! { <ul class="notes">{all.into_iter().map(row).collect_view()}</ul> }.into_any(),
        }
    })
}

#[component]
fn Row(message: ScheduledMessage, links: Linking, on_change: Callback<()>) -> impl IntoView {
    let (i18n, session, clock) = (use_i18n(), use_session(), use_clock());
    let ScheduledMessage { id, by, text: written, instructions, links: led_to, send_at, held } = message;
    let head = text(move || {
        let time = intl::coming(i18n, send_at, clock.milliseconds());
        let filling = [("time", &*time), ("name", &*by.name)];
        match held {
            None => i18n.filled(Key::SCHEDULING_WAITS, &filling),
            Some(why) => {
                format!("{} {}", i18n.filled(Key::SCHEDULING_HELD, &filling), i18n.text(words_of(why)))
            }
        }
    });
    let whole = [std::slice::from_ref(&written), instructions.as_slice()].concat().join("\n\n");
    let run = Callback::new(move |()| {
        let whole = whole.clone();
        session.ask(async move |client| {
            let back = client.take_back_scheduled_message(id).await?;
            // What can no longer be sent is left out.
            for link in back.links.into_iter().filter(|link| !link.is_retired) {
                let _ = links.attach(link);
            }
            insert_paragraph(MESSAGE_FIELD, &whole);
            Ok(())
        })
    });
    view! {
        <li class="scheduled" data-held=held.is_some().to_string()>
            <p class="fine"><strong>{head}</strong></p>
            <p class="message-text" dir="auto">{written}</p>
            {linked(led_to)}
            <ActionButton
                label=Key::SCHEDULING_TAKE_BACK
                look=Look::SMALL
                run
                done=Key::SCHEDULING_TAKEN_BACK
                on_done=on_change
            />
        </li>
    }
}

const fn words_of(why: Held) -> Key {
    match why {
        Held::NewerMessages => Key::SCHEDULING_NEWER,
        Held::Moved => Key::SCHEDULING_MOVED,
        Held::Taken => Key::SCHEDULING_TAKEN,
        Held::NotAllowed => Key::SCHEDULING_NOT_ALLOWED,
        Held::LinkGone => Key::SCHEDULING_LINK_GONE,
    }
}
