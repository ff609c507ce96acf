//! Tasks.

mod follow_up;
mod of_event;
mod series;

use omasote_types::ids::{CitizenId, TaskId, UnitId};
use omasote_types::page::Page;
use omasote_types::tasks::{
    NewTask, PastScore, Task, TaskCancellation, TaskChange, TaskCompletion, TaskList, TaskQuery,
    TaskResponse, TaskResponseUpdate, TaskReturn, TaskReview, UnitTaskList, UnitTaskQuery,
};

use crate::transport::{Method, Request};
use crate::{Client, ClientResult, IdempotencyKey, query};

impl Client {
    /// A citizen's tasks.
    ///
    /// # Errors
    /// `not_found`, `outside_mandate`, `invalid_cursor`.
    pub async fn list_tasks(&self, of: CitizenId, wanted: &TaskQuery) -> ClientResult<Page<Task>> {
        let list = match wanted.list {
            TaskList::ToDo => "to_do",
            TaskList::Done => "done",
        };
        let limit = wanted.limit.map(|limit| limit.to_string());
        let asked =
            query(&[("list", Some(list)), ("cursor", wanted.cursor.as_deref()), ("limit", limit.as_deref())]);
        self.get(&format!("citizens/{of}/tasks{asked}")).await
    }

    /// Gives a citizen a task.
    ///
    /// # Errors
    /// `not_found`, `not_allowed`, `validation_failed`, `idempotency_key_reused`.
    pub async fn create_task(
        &self,
        of: CitizenId,
        new: &NewTask,
        key: &IdempotencyKey,
    ) -> ClientResult<Task> {
        self.post_once(&format!("citizens/{of}/tasks"), new, key).await
    }

    /// One task.
    ///
    /// # Errors
    /// `not_found`, `outside_mandate`.
    pub async fn get_task(&self, id: TaskId) -> ClientResult<Task> {
        self.get(&format!("tasks/{id}")).await
    }

    /// Says that the citizen has opened a task.
    ///
    /// # Errors
    /// `not_found`, `not_allowed`, `task_too_early`, `task_answered`, `task_cancelled`.
    pub async fn start_task(&self, id: TaskId) -> ClientResult<Task> {
        self.ask(crate::Method::Post, &format!("tasks/{id}/start")).await
    }

    /// The form of a task that asks for a questionnaire, with what is answered.
    ///
    /// # Errors
    /// `not_found`, `outside_mandate`, `not_allowed`.
    pub async fn get_task_response(&self, of: TaskId) -> ClientResult<TaskResponse> {
        self.get(&format!("tasks/{of}/response")).await
    }

    /// What the citizen's answers to the same questionnaire have come to, the oldest first.
    ///
    /// # Errors
    /// `not_found`, `outside_mandate`; `not_allowed` of a task that asks for no answers.
    pub async fn list_task_scores(&self, of: TaskId) -> ClientResult<Vec<PastScore>> {
        self.get(&format!("tasks/{of}/scores")).await
    }

    /// What was answered as a FHIR R4 `QuestionnaireResponse` in JSON.
    ///
    /// # Errors
    /// `not_found`, `outside_mandate`; `not_allowed` of a task that asks for no answers; `task_not_answered` to professionals as long
    /// as it is not sent.
    pub async fn export_task_response(&self, of: TaskId) -> ClientResult<String> {
        Ok(self.send(Request::new(Method::Get, &format!("tasks/{of}/response/fhir"))).await?.body)
    }

    /// Keeps what is answered so far; answers with what is kept.
    ///
    /// # Errors
    /// `not_found`, `not_allowed`, `validation_failed`, `task_too_early`, `task_answered`, `task_cancelled`.
    pub async fn save_task_response(
        &self,
        of: TaskId,
        new: &TaskResponseUpdate,
    ) -> ClientResult<TaskResponse> {
        self.put(&format!("tasks/{of}/response"), new).await
    }

    /// Says that a task is done.
    ///
    /// # Errors
    /// `not_found`, `not_allowed`, `validation_failed`, `task_too_early`, `task_answered`, `task_cancelled`.
    pub async fn complete_task(&self, id: TaskId, new: &TaskCompletion) -> ClientResult<Task> {
        self.post(&format!("tasks/{id}/complete"), new).await
    }

    /// Says that a professional has looked at what was answered.
    ///
    /// # Errors
    /// `not_found`, `not_allowed`, `validation_failed`, `task_not_answered`, `task_answered`, `task_cancelled`.
    pub async fn review_task(&self, id: TaskId, new: &TaskReview) -> ClientResult<Task> {
        self.post(&format!("tasks/{id}/review"), new).await
    }

    /// Asks the citizen to do a task anew.
    ///
    /// # Errors
    /// `not_found`, `not_allowed`, `validation_failed`, `task_not_answered`, `task_answered`, `task_cancelled`.
    pub async fn send_task_back(&self, id: TaskId, new: &TaskReturn) -> ClientResult<Task> {
        self.post(&format!("tasks/{id}/send-back"), new).await
    }

    /// Calls a task off.
    ///
    /// # Errors
    /// `not_found`, `not_allowed`, `validation_failed`, `task_answered`, `task_cancelled`.
    pub async fn cancel_task(&self, id: TaskId, new: &TaskCancellation) -> ClientResult<Task> {
        self.post(&format!("tasks/{id}/cancel"), new).await
    }

    /// What became of a task.
    ///
    /// # Errors
    /// `not_found`, `outside_mandate`.
    pub async fn list_task_changes(&self, of: TaskId) -> ClientResult<Vec<TaskChange>> {
        self.get(&format!("tasks/{of}/changes")).await
    }

    /// The tasks that a unit has given.
    ///
    /// # Errors
    /// `not_found`, `invalid_cursor`.
    pub async fn list_unit_tasks(&self, of: UnitId, wanted: &UnitTaskQuery) -> ClientResult<Page<Task>> {
        let list = match wanted.list {
            UnitTaskList::ToReview => "to_review",
            UnitTaskList::Late => "late",
            UnitTaskList::Silent => "silent",
            UnitTaskList::Open => "open",
        };
        let limit = wanted.limit.map(|limit| limit.to_string());
        let asked =
            query(&[("list", Some(list)), ("cursor", wanted.cursor.as_deref()), ("limit", limit.as_deref())]);
        self.get(&format!("units/{of}/tasks{asked}")).await
    }

    /// The task of a unit by the code that stands on its paper form: letters, digits and hyphens.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn find_task_by_code(&self, of: UnitId, code: &str) -> ClientResult<Task> {
        self.get(&format!("units/{of}/tasks/by-code/{code}")).await
    }
}
