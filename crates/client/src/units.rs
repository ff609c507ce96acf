//! Service units and topics.

use omasote_types::ids::{ProfessionalId, UnitId};
use omasote_types::page::{Page, PageQuery};
use omasote_types::people::{Absence, Professional};
use omasote_types::units::{TopicList, TopicRouting, Unit, UnitService, UnitSettings};

use crate::{Client, ClientResult, query};

impl Client {
    /// The service units, with hours and topics, in the order they were added.
    ///
    /// # Errors
    /// `invalid_cursor`, `invalid_parameter`.
    pub async fn list_units(&self, page: &PageQuery) -> ClientResult<Page<Unit>> {
        self.get(&format!("units{}", page_query(page))).await
    }

    /// One service unit.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn get_unit(&self, id: UnitId) -> ClientResult<Unit> {
        self.get(&format!("units/{id}")).await
    }

    /// Says that a member of a unit is away, or back.
    ///
    /// # Errors
    /// `not_found`, `role_required`, `validation_failed`.
    pub async fn set_absence(&self, of: UnitId, who: ProfessionalId, absence: Absence) -> ClientResult<()> {
        self.put_for_nothing(&format!("units/{of}/members/{who}/absence"), &absence).await
    }

    /// The professionals of a unit.
    ///
    /// # Errors
    /// `not_found` when the caller does not belong to the unit.
    pub async fn list_unit_members(&self, id: UnitId, page: &PageQuery) -> ClientResult<Page<Professional>> {
        self.get(&format!("units/{id}/members{}", page_query(page))).await
    }

    /// What a unit keeps for itself, for its lead and the administrators.
    ///
    /// # Errors
    /// `role_required`, `not_found`.
    pub async fn get_unit_settings(&self, of: UnitId) -> ClientResult<UnitSettings> {
        self.get(&format!("units/{of}/settings")).await
    }

    /// How well the topics of a unit lead to the right unit, for its lead and the administrators.
    ///
    /// # Errors
    /// `role_required`.
    pub async fn list_topic_routing(&self, of: UnitId) -> ClientResult<Vec<TopicRouting>> {
        self.get(&format!("units/{of}/topics/routing")).await
    }

    /// Changes how a unit is reached, when it is open and what it promises.
    ///
    /// # Errors
    /// `role_required`, `not_found`, `validation_failed`; `precondition_failed` when `version` is not the present one.
    pub async fn update_unit_service(
        &self,
        of: UnitId,
        version: u32,
        service: &UnitService,
    ) -> ClientResult<UnitSettings> {
        self.put_version(&format!("units/{of}/service"), version, service).await
    }

    /// Changes the topics of a unit.
    ///
    /// # Errors
    /// `role_required`, `not_found`, `validation_failed`; `precondition_failed` when `version` is not the present one.
    pub async fn update_unit_topics(
        &self,
        of: UnitId,
        version: u32,
        list: &TopicList,
    ) -> ClientResult<UnitSettings> {
        self.put_version(&format!("units/{of}/topics"), version, list).await
    }
}

pub(crate) fn page_query(page: &PageQuery) -> String {
    let limit = page.limit.map(|limit| limit.to_string());
    query(&[("cursor", page.cursor.as_deref()), ("limit", limit.as_deref())])
}
