//! Saving something of a thread or a task to the patient record.

use omasote_types::ids::{RecordId, TaskId, ThreadId};
use omasote_types::records::{NewRecord, NewTaskRecord, Record, ThreadRecords};

use crate::transport::Method;
use crate::{Client, ClientResult, IdempotencyKey};

impl Client {
    /// What is saved of a thread, the newest first, and whether anything can be.
    ///
    /// # Errors
    /// `not_found`, `not_allowed`.
    pub async fn list_records(&self, of: ThreadId) -> ClientResult<ThreadRecords> {
        self.get(&format!("threads/{of}/records")).await
    }

    /// Has messages and a summary saved; it is on its way then.
    ///
    /// # Errors
    /// `not_found`, `not_allowed`, `validation_failed`, `not_connected`, `idempotency_key_reused`.
    pub async fn create_record(
        &self,
        of: ThreadId,
        new: &NewRecord,
        key: &IdempotencyKey,
    ) -> ClientResult<Record> {
        self.post_once(&format!("threads/{of}/records"), new, key).await
    }

    /// What is saved of a task, the newest first, and whether anything can be.
    ///
    /// # Errors
    /// `not_found`, `not_allowed`.
    pub async fn list_task_records(&self, of: TaskId) -> ClientResult<ThreadRecords> {
        self.get(&format!("tasks/{of}/records")).await
    }

    /// Has what was answered and a summary saved; it is on its way then.
    ///
    /// # Errors
    /// `not_found`, `not_allowed`, `task_not_answered`, `validation_failed`, `not_connected`, `idempotency_key_reused`.
    pub async fn create_task_record(
        &self,
        of: TaskId,
        new: &NewTaskRecord,
        key: &IdempotencyKey,
    ) -> ClientResult<Record> {
        self.post_once(&format!("tasks/{of}/records"), new, key).await
    }

    /// Has something sent again that waits for a person to say so.
    ///
    /// # Errors
    /// `not_found`, `not_allowed`, `not_connected`, `conflict`.
    pub async fn retry_record(&self, id: RecordId) -> ClientResult<Record> {
        self.ask(Method::Post, &format!("records/{id}/retry")).await
    }
}
