//! Series of tasks.

use omasote_types::ids::{TaskSeriesId, UnitId};
use omasote_types::page::{Page, PageQuery};
use omasote_types::tasks::{NewTaskSeries, TaskSeries, TaskSeriesCancellation};

use crate::units::page_query;
use crate::{Client, ClientResult, IdempotencyKey};

impl Client {
    /// The series of tasks that a unit has given, the newest first.
    ///
    /// # Errors
    /// `not_found`, `invalid_cursor`.
    pub async fn list_task_series(&self, of: UnitId, page: &PageQuery) -> ClientResult<Page<TaskSeries>> {
        self.get(&format!("units/{of}/task-series{}", page_query(page))).await
    }

    /// Gives many citizens a task, once or again and again.
    ///
    /// # Errors
    /// `not_found`, `validation_failed`, `idempotency_key_reused`.
    pub async fn create_task_series(
        &self,
        of: UnitId,
        new: &NewTaskSeries,
        key: &IdempotencyKey,
    ) -> ClientResult<TaskSeries> {
        self.post_once(&format!("units/{of}/task-series"), new, key).await
    }

    /// One series, with how far it is.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn get_task_series(&self, id: TaskSeriesId) -> ClientResult<TaskSeries> {
        self.get(&format!("task-series/{id}")).await
    }

    /// Calls a series off.
    ///
    /// # Errors
    /// `not_found`, `validation_failed`, `task_cancelled`.
    pub async fn cancel_task_series(
        &self,
        id: TaskSeriesId,
        new: &TaskSeriesCancellation,
    ) -> ClientResult<TaskSeries> {
        self.post(&format!("task-series/{id}/cancel"), new).await
    }
}
