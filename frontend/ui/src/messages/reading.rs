//! Marking a thread as read: up to the newest message that was on a page somebody could see.

use leptos::prelude::*;
use leptos::task::spawn_local;
use omasote_types::ids::MessageId;
use omasote_types::messages::Thread;

use crate::session::use_session;
use crate::unread::use_unread;
use crate::visibility::use_visibility;

/// Marks `thread` as read whenever something unread of the other side is shown.
pub(super) fn mark_when_seen(thread: Signal<Thread>, newest_from_other: Memo<Option<MessageId>>) {
    let (session, unread, is_visible) = (use_session(), use_unread(), use_visibility());
    let id = thread.with_untracked(|thread| thread.id);
    let has_unread = Memo::new(move |_| thread.with(|thread| thread.unread_count > 0));
    Effect::new(move |_| {
        let Some(newest) = newest_from_other.get() else { return };
        if !has_unread.get() || !is_visible.get() {
            return;
        }
        spawn_local(async move {
            let marked = session.ask(async move |client| client.mark_thread_read(id, newest).await).await;
            if marked.is_ok() {
                unread.refresh();
            }
        });
    });
}
