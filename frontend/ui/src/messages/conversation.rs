//! The messages of one thread, oldest first, kept up to date while they are looked at.

use leptos::prelude::*;
use omasote_types::ids::MessageId;
use omasote_types::messages::{Message, Side, Thread};

use super::composer::{Beside, Composer};
use super::field::FieldTools;
use super::history::{first_unread, join, newest_from_other, side_of};
use super::message::{MessageItem, element_id};
use super::reading::mark_when_seen;
use crate::announce::use_announcer;
use crate::i18n::{Key, use_i18n};
use crate::loading::Loading;
use crate::paged::{PagedList, Refresh, more_button};
use crate::scroll;
use crate::session::use_session;
use crate::updates::use_updates;
use crate::view::dynamic;

/// The id of the element around the messages.
const LIST: &str = "messages";

/// The conversation of a thread, and the field to go on with it.
#[component]
pub fn Conversation(
    /// The thread; the component is made anew for another one.
    thread: Signal<Thread>,
    /// On which side the person stands.
    mine: Side,
    /// What the field is called.
    label: Key,
    /// Runs when a message was sent.
    on_sent: Callback<()>,
    /// Whether it is only to be read.
    #[prop(into, default = false.into())]
    is_read_only: Signal<bool>,
    /// What helps with writing.
    #[prop(optional)]
    tools: Option<FieldTools>,
    /// What else can be done with what is written.
    #[prop(optional)]
    beside: Option<Beside>,
) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let (id, citizen, unread_at_first) =
        thread.with_untracked(|thread| (thread.id, thread.citizen.id, thread.unread_count));
    let fetch = move |query| session.ask(async move |client| client.list_messages(id, &query).await);
    let messages = PagedList::new(Refresh::Beginning(join), fetch);
    use_updates().on_thread_change(id, move || messages.refresh());

    let newest_theirs = Memo::new(move |_| messages.with_items(|all| newest_from_other(all, mine)).flatten());
    if !is_read_only.get_untracked() {
        mark_when_seen(thread, newest_theirs);
    }
    let new_from = watch_arrivals(messages, mine, unread_at_first, newest_theirs);

    let newest =
        Memo::new(move |_| messages.with_items(|all| all.first().map(|message| message.id)).flatten());
    let sent = move |message: Message| {
        scroll::bring_into_view(element_id(message.id));
        messages.put_first(message);
        on_sent.run(());
    };
    let sent = Callback::new(sent);
    let may_write = Memo::new(move |_| !is_read_only.get());
    view! {
        <section
            class="conversation scrolls"
            aria-label=i18n.t(Key::MESSAGES_CONVERSATION)
            tabindex=(mine == Side::Unit).then_some("0")
        >
            <Loading data=messages.page() let:shown>
                <OlderButton messages />
                <ol class="messages" id=LIST tabindex="-1">
                    <For
                        each=move || oldest_first(shown.get().items)
                        key=shown_anew_when
                        children=move |message| {
                            let (id, is_theirs) = (message.id, side_of(&message) != mine);
                            let is_new = Signal::derive(move || {
                                is_theirs && new_from.get().is_some_and(|from| id >= from)
                            });
                            view! { <MessageItem message mine is_new /> }
                        }
                    />
                </ol>
            </Loading>
        </section>
        {dynamic(move || match may_write.get() {
            true => view! { <Composer thread=id citizen label mine newest on_sent=sent tools beside /> }.into_any(),
            false => ().into_any(),
        })}
    }
}

#[component]
fn OlderButton(messages: PagedList<Message>) -> impl IntoView {
    let load = Callback::new(move |()| {
        let oldest = messages.with_items(|all| all.last().map(|message| element_id(message.id)));
        let hold = oldest.flatten().map(scroll::hold_in_place);
        messages.load_more(Box::new(move || {
            if let Some(hold) = hold {
                hold();
            }
            if !untrack(|| messages.has_more()) {
                crate::focus::focus_id(LIST);
            }
        }));
    });
    more_button(messages, Key::MESSAGES_OLDER, load)
}

/// Brings into view what is to be read next, and tells of messages that come while the thread is open. Returns from
/// which message on they are new.
fn watch_arrivals(
    messages: PagedList<Message>,
    mine: Side,
    unread_at_first: u32,
    newest_theirs: Memo<Option<MessageId>>,
) -> RwSignal<Option<MessageId>> {
    let announcer = use_announcer();
    let new_from = RwSignal::new(None::<MessageId>);
    let newest =
        Memo::new(move |_| messages.with_items(|all| all.first().map(|message| message.id)).flatten());
    Effect::new(move |before: Option<(Option<MessageId>, Option<MessageId>)>| {
        let now = (newest.get(), newest_theirs.get());
        let Some(newest_id) = now.0 else { return now };
        match before.unwrap_or_default() {
            (None, _) => {
                let unread = messages.with_items(|all| first_unread(all, mine, unread_at_first)).flatten();
                new_from.set(unread);
                // All that is new when it fits, its beginning when it does not.
                scroll::bring_into_view(element_id(newest_id));
                if let Some(first) = unread {
                    scroll::bring_into_view(element_id(first));
                }
            }
            (Some(last_before), theirs_before) if now.1 > theirs_before => {
                if new_from.get_untracked().is_none() {
                    new_from.set(now.1);
                }
                announcer.say(Key::MESSAGES_ARRIVED);
                if scroll::is_in_view(&element_id(last_before)) {
                    scroll::bring_into_view(element_id(newest_id));
                }
            }
            _ => {}
        }
        now
    });
    new_from
}

/// A message is written once; that it was opened or answered comes later.
fn shown_anew_when(message: &Message) -> (MessageId, bool, usize) {
    let answered = message.instructions.iter().filter(|one| one.answer.is_some()).count();
    (message.id, message.opened.is_some(), answered)
}

fn oldest_first(mut newest_first: Vec<Message>) -> Vec<Message> {
    newest_first.reverse();
    newest_first
}
