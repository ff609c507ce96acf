//! What becomes of a thread beside its messages.

use omasote_types::ids::{MessageId, ThreadId, UnitId};
use omasote_types::messages::{
    Bulk, BulkOutcome, InstructionAnswer, NewForward, NewNote, NewReturn, Note, Take, Thread, Transfer,
};

use crate::transport::{Method, Request};
use crate::{Client, ClientResult};

impl Client {
    /// Takes a thread: one that nobody has, or from the colleague who is named.
    ///
    /// # Errors
    /// `not_found`, `not_allowed`, `thread_taken`, `thread_closed`, `conflict`.
    pub async fn take_thread(&self, id: ThreadId, take: Take) -> ClientResult<Thread> {
        self.post(&format!("threads/{id}/take"), &take).await
    }

    /// Lets a thread go, back to all of the unit.
    ///
    /// # Errors
    /// `not_found`, `not_allowed`, `conflict`.
    pub async fn release_thread(&self, id: ThreadId) -> ClientResult<Thread> {
        self.ask(Method::Post, &format!("threads/{id}/release")).await
    }

    /// Sends a thread to another unit.
    ///
    /// # Errors
    /// `not_found`, `not_allowed`, `validation_failed`, `thread_taken`, `thread_closed`.
    pub async fn forward_thread(&self, id: ThreadId, new: &NewForward) -> ClientResult<Thread> {
        self.post(&format!("threads/{id}/forward"), new).await
    }

    /// Sends a thread back to the unit it came from.
    ///
    /// # Errors
    /// `not_found`, `not_allowed`, `validation_failed`, `thread_taken`, `thread_closed`, `not_returnable`.
    pub async fn return_thread(&self, id: ThreadId, new: &NewReturn) -> ClientResult<Thread> {
        self.post(&format!("threads/{id}/return"), new).await
    }

    /// How a thread moved from unit to unit, oldest first.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn list_transfers(&self, id: ThreadId) -> ClientResult<Vec<Transfer>> {
        self.get(&format!("threads/{id}/transfers")).await
    }

    /// Ends a matter.
    ///
    /// # Errors
    /// `not_found`, `not_allowed`, `thread_taken`.
    pub async fn close_thread(&self, id: ThreadId) -> ClientResult<Thread> {
        self.ask(Method::Post, &format!("threads/{id}/close")).await
    }

    /// Opens an ended matter again, within 30 days.
    ///
    /// # Errors
    /// `not_found`, `not_allowed`, `thread_ended`.
    pub async fn reopen_thread(&self, id: ThreadId) -> ClientResult<Thread> {
        self.ask(Method::Post, &format!("threads/{id}/reopen")).await
    }

    /// The notes on a thread, oldest first; for professionals only.
    ///
    /// # Errors
    /// `not_found`, `not_allowed`.
    pub async fn list_notes(&self, of: ThreadId) -> ClientResult<Vec<Note>> {
        self.get(&format!("threads/{of}/notes")).await
    }

    /// Notes something on a thread; gives all its notes.
    ///
    /// # Errors
    /// `not_found`, `not_allowed`, `validation_failed`.
    pub async fn create_note(&self, on: ThreadId, new: &NewNote) -> ClientResult<Vec<Note>> {
        self.post(&format!("threads/{on}/notes"), new).await
    }

    /// Answers what a message told the citizen to do.
    ///
    /// # Errors
    /// `not_found`, `not_allowed`, `thread_ended`.
    pub async fn answer_instruction(
        &self,
        message: MessageId,
        position: u8,
        answer: InstructionAnswer,
    ) -> ClientResult<()> {
        self.put_for_nothing(&format!("messages/{message}/instructions/{position}/answer"), &answer).await
    }

    /// Does one thing with many threads of a unit.
    ///
    /// # Errors
    /// `not_found`, `validation_failed`.
    pub async fn act_on_threads(&self, of: UnitId, bulk: &Bulk) -> ClientResult<Vec<BulkOutcome>> {
        self.post(&format!("units/{of}/inbox/bulk"), bulk).await
    }

    /// Tells the colleagues that the caller is writing an answer.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn tell_typing(&self, id: ThreadId) -> ClientResult<()> {
        self.send(Request::new(Method::Post, &format!("threads/{id}/typing"))).await.map(drop)
    }
}
