//! Following tasks: reminders, and calls to who is silent.

use omasote_types::ids::{TaskId, UnitId};
use omasote_types::page::{Page, PageQuery};
use omasote_types::tasks::{FollowUp, NewTaskCall, TaskCall, UnitCall};

use crate::units::page_query;
use crate::{Client, ClientResult};

impl Client {
    /// What a unit usually does about the tasks that it gives.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn get_follow_up(&self, of: UnitId) -> ClientResult<FollowUp> {
        self.get(&format!("units/{of}/follow-up")).await
    }

    /// Changes what a unit usually does about the tasks that it gives.
    ///
    /// # Errors
    /// `not_found`, `role_required`, `validation_failed`.
    pub async fn save_follow_up(&self, of: UnitId, new: &FollowUp) -> ClientResult<FollowUp> {
        self.put(&format!("units/{of}/follow-up"), new).await
    }

    /// Whom a unit is to call.
    ///
    /// # Errors
    /// `not_found`, `invalid_cursor`.
    pub async fn list_unit_calls(&self, of: UnitId, page: &PageQuery) -> ClientResult<Page<UnitCall>> {
        self.get(&format!("units/{of}/calls{}", page_query(page))).await
    }

    /// The calls that were made about a task, the newest first.
    ///
    /// # Errors
    /// `not_found`, `not_allowed`.
    pub async fn list_task_calls(&self, of: TaskId) -> ClientResult<Vec<TaskCall>> {
        self.get(&format!("tasks/{of}/calls")).await
    }

    /// Writes down a call about a task.
    ///
    /// # Errors
    /// `not_found`, `not_allowed`, `validation_failed`, `task_cancelled`, `task_not_answered`.
    pub async fn record_task_call(&self, of: TaskId, new: &NewTaskCall) -> ClientResult<Vec<TaskCall>> {
        self.post(&format!("tasks/{of}/calls"), new).await
    }
}
