//! Threads and messages.

mod handling;

use omasote_types::ids::{CitizenId, LinkedId, MessageId, ThreadId, UnitId};
use omasote_types::messages::{
    GroupOutcome, HolderFilter, InboxMark, InboxQuery, InboxSearch, Message, NewGroupThreads, NewMessage,
    NewThread, ReadMark, Thread, ThreadState, ThreadVisibility, UnreadCount,
};
use omasote_types::page::{Page, PageQuery};

use crate::units::page_query;
use crate::{Client, ClientResult, IdempotencyKey, query};

impl Client {
    /// A citizen's threads, the one with the newest message first.
    ///
    /// # Errors
    /// `not_found`, `invalid_cursor`.
    pub async fn list_threads(&self, of: CitizenId, page: &PageQuery) -> ClientResult<Page<Thread>> {
        self.get(&format!("citizens/{of}/threads{}", page_query(page))).await
    }

    /// The citizen's threads with a message that leads to a thing: a task or an event of theirs, or a guide.
    ///
    /// # Errors
    /// `not_found`, `invalid_cursor`.
    pub async fn list_threads_leading_to(
        &self,
        of: CitizenId,
        thing: LinkedId,
        page: &PageQuery,
    ) -> ClientResult<Page<Thread>> {
        let (thing, limit) = (thing.to_string(), page.limit.map(|limit| limit.to_string()));
        let pairs = [
            ("leadsTo", Some(thing.as_str())),
            ("cursor", page.cursor.as_deref()),
            ("limit", limit.as_deref()),
        ];
        self.get(&format!("citizens/{of}/threads{}", query(&pairs))).await
    }

    /// Begins a thread with its first message.
    ///
    /// # Errors
    /// `validation_failed`, `idempotency_key_reused`.
    pub async fn create_thread(
        &self,
        of: CitizenId,
        new: &NewThread,
        key: &IdempotencyKey,
    ) -> ClientResult<Thread> {
        self.post_once(&format!("citizens/{of}/threads"), new, key).await
    }

    /// Writes the same first message to each of some citizens, each in a thread of their own.
    ///
    /// # Errors
    /// `not_found` when the caller does not belong to the unit; `validation_failed`, `idempotency_key_reused`.
    pub async fn create_group_threads(
        &self,
        of: UnitId,
        new: &NewGroupThreads,
        key: &IdempotencyKey,
    ) -> ClientResult<Vec<GroupOutcome>> {
        self.post_once(&format!("units/{of}/threads"), new, key).await
    }

    /// One thread.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn get_thread(&self, id: ThreadId) -> ClientResult<Thread> {
        self.get(&format!("threads/{id}")).await
    }

    /// A thread's messages, newest first.
    ///
    /// # Errors
    /// `not_found`, `invalid_cursor`.
    pub async fn list_messages(&self, of: ThreadId, page: &PageQuery) -> ClientResult<Page<Message>> {
        self.get(&format!("threads/{of}/messages{}", page_query(page))).await
    }

    /// Sends a message into a thread; a closed thread opens again.
    ///
    /// # Errors
    /// `not_found`, `validation_failed`, `idempotency_key_reused`.
    pub async fn send_message(
        &self,
        to: ThreadId,
        new: &NewMessage,
        key: &IdempotencyKey,
    ) -> ClientResult<Message> {
        self.post_once(&format!("threads/{to}/messages"), new, key).await
    }

    /// Marks a thread as read by the caller's side, up to a message.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn mark_thread_read(&self, id: ThreadId, up_to: MessageId) -> ClientResult<()> {
        self.post_for_nothing(&format!("threads/{id}/read"), &ReadMark { up_to }).await
    }

    /// A unit's inbox.
    ///
    /// # Errors
    /// `not_found` when the caller does not belong to the unit, `invalid_cursor`.
    pub async fn list_inbox(&self, of: UnitId, wanted: &InboxQuery) -> ClientResult<Page<Thread>> {
        let limit = wanted.limit.map(|limit| limit.to_string());
        let topic = wanted.topic.map(|topic| topic.to_string());
        let pairs = [
            ("state", Some(state_of(wanted.state))),
            ("holder", wanted.holder.map(holder_of)),
            ("topic", topic.as_deref()),
            ("mark", wanted.mark.map(mark_of)),
            ("cursor", wanted.cursor.as_deref()),
            ("limit", limit.as_deref()),
        ];
        self.get(&format!("units/{of}/inbox{}", query(&pairs))).await
    }

    /// Finds threads of a unit by words, the newest message first.
    ///
    /// # Errors
    /// `not_found` when the caller does not belong to the unit, `validation_failed`, `invalid_cursor`.
    pub async fn search_inbox(&self, of: UnitId, wanted: &InboxSearch) -> ClientResult<Page<Thread>> {
        self.post(&format!("units/{of}/inbox/search"), wanted).await
    }

    /// Hides a thread from those who act for the citizen, or shows it to them again.
    ///
    /// # Errors
    /// `not_found`, `not_allowed`.
    pub async fn set_thread_visibility(
        &self,
        id: ThreadId,
        wanted: ThreadVisibility,
    ) -> ClientResult<Thread> {
        self.put(&format!("threads/{id}/visibility"), &wanted).await
    }

    /// How much the signed-in person has not read.
    ///
    /// # Errors
    /// `unauthenticated`.
    pub async fn count_unread(&self) -> ClientResult<UnreadCount> {
        self.get("unread").await
    }
}

const fn state_of(state: ThreadState) -> &'static str {
    match state {
        ThreadState::Waiting => "waiting",
        ThreadState::Answered => "answered",
        ThreadState::Closed => "closed",
    }
}

const fn holder_of(holder: HolderFilter) -> &'static str {
    match holder {
        HolderFilter::Mine => "mine",
        HolderFilter::Free => "free",
    }
}

const fn mark_of(mark: InboxMark) -> &'static str {
    match mark {
        InboxMark::Unread => "unread",
        InboxMark::NotUnderstood => "not_understood",
        InboxMark::Forwarded => "forwarded",
        InboxMark::SentOn => "sent_on",
    }
}
