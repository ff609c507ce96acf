//! Home measurements and targets.

use omasote_types::ids::{CitizenId, MeasurementId};
use omasote_types::measurements::{
    BatchResult, KindOverview, Measurement, MeasurementKind, MeasurementPoints, MeasurementQuery,
    MeasurementSummary, NewMeasurement, NewMeasurements, NewTarget, SummaryQuery, Target,
};
use omasote_types::page::Page;

use crate::transport::{Body, Method, Request};
use crate::{Client, ClientResult, query};

impl Client {
    /// A page of a citizen's measurements of a kind, the newest first.
    ///
    /// # Errors
    /// `not_found`, `outside_mandate`, `data_restricted`, `invalid_cursor`, `invalid_parameter`.
    pub async fn list_measurements(
        &self,
        of: CitizenId,
        wanted: &MeasurementQuery,
    ) -> ClientResult<Page<Measurement>> {
        let (from, to) = (wanted.from.map(|day| day.to_string()), wanted.to.map(|day| day.to_string()));
        let limit = wanted.limit.map(|limit| limit.to_string());
        let pairs = [
            ("kind", Some(wanted.kind.code())),
            ("from", from.as_deref()),
            ("to", to.as_deref()),
            ("cursor", wanted.cursor.as_deref()),
            ("limit", limit.as_deref()),
        ];
        self.get(&format!("citizens/{of}/measurements{}", query(&pairs))).await
    }

    /// Records a measurement; the same is kept once.
    ///
    /// # Errors
    /// `not_found`, `outside_mandate`, `data_restricted`; `validation_failed`, with `unusual` at what is to be confirmed.
    pub async fn record_measurement(&self, of: CitizenId, new: &NewMeasurement) -> ClientResult<Measurement> {
        self.post(&format!("citizens/{of}/measurements"), new).await
    }

    /// Records at most 1,000 measurements; what was there before is known again.
    ///
    /// # Errors
    /// `not_found`, `outside_mandate`, `data_restricted`; `validation_failed` when all are wanted and one cannot be kept.
    pub async fn record_measurements(
        &self,
        of: CitizenId,
        many: &NewMeasurements,
    ) -> ClientResult<BatchResult> {
        self.post(&format!("citizens/{of}/measurements/batch"), many).await
    }

    /// What a citizen measures, by kind.
    ///
    /// # Errors
    /// `not_found`, `outside_mandate`, `data_restricted`.
    pub async fn get_measurement_overview(&self, of: CitizenId) -> ClientResult<Vec<KindOverview>> {
        self.get(&format!("citizens/{of}/measurements/overview")).await
    }

    /// Figures of a citizen's measurements of a kind in a period.
    ///
    /// # Errors
    /// `not_found`, `outside_mandate`, `data_restricted`, `invalid_parameter`.
    pub async fn get_measurement_summary(
        &self,
        of: CitizenId,
        wanted: &SummaryQuery,
    ) -> ClientResult<MeasurementSummary> {
        self.get(&format!("citizens/{of}/measurements/summary{}", period(wanted))).await
    }

    /// A citizen's measurements of a kind as a chart takes them.
    ///
    /// # Errors
    /// `not_found`, `outside_mandate`, `data_restricted`, `invalid_parameter`.
    pub async fn list_measurement_points(
        &self,
        of: CitizenId,
        wanted: &SummaryQuery,
    ) -> ClientResult<MeasurementPoints> {
        self.get(&format!("citizens/{of}/measurements/points{}", period(wanted))).await
    }

    /// A page of a citizen's measurements as a FHIR R4 Bundle of Observations.
    ///
    /// # Errors
    /// As of the list.
    pub async fn export_measurements(&self, of: CitizenId, kind: MeasurementKind) -> ClientResult<String> {
        let path = format!("citizens/{of}/measurements/fhir{}", query(&[("kind", Some(kind.code()))]));
        Ok(self.send(Request::new(Method::Get, &path)).await?.body)
    }

    /// Records a FHIR R4 Observation, or those of a Bundle.
    ///
    /// # Errors
    /// `not_found`, `outside_mandate`, `data_restricted`; `validation_failed` with every reason why one does not fit.
    pub async fn import_measurements(&self, of: CitizenId, resource: String) -> ClientResult<BatchResult> {
        let mut request = Request::new(Method::Post, &format!("citizens/{of}/measurements/fhir"));
        request.body = Body::Json(resource);
        self.send(request).await?.json()
    }

    /// Strikes a measurement through that was entered wrong.
    ///
    /// # Errors
    /// `not_found`, `outside_mandate`, `data_restricted`.
    pub async fn strike_measurement(&self, id: MeasurementId) -> ClientResult<Measurement> {
        self.ask(Method::Post, &format!("measurements/{id}/strike")).await
    }

    /// A citizen's targets, of a kind or of all.
    ///
    /// # Errors
    /// `not_found`, `outside_mandate`, `data_restricted`.
    pub async fn list_targets(
        &self,
        of: CitizenId,
        kind: Option<MeasurementKind>,
    ) -> ClientResult<Vec<Target>> {
        let pairs = [("kind", kind.map(MeasurementKind::code))];
        self.get(&format!("citizens/{of}/targets{}", query(&pairs))).await
    }

    /// Sets a target for a citizen. For professionals who care for them.
    ///
    /// # Errors
    /// `not_found`, `not_allowed` to citizens, `data_restricted`, `validation_failed`.
    pub async fn set_target(&self, of: CitizenId, new: &NewTarget) -> ClientResult<Target> {
        self.post(&format!("citizens/{of}/targets"), new).await
    }
}

fn period(wanted: &SummaryQuery) -> String {
    let (from, to) = (wanted.from.map(|day| day.to_string()), wanted.to.map(|day| day.to_string()));
    query(&[("kind", Some(wanted.kind.code())), ("from", from.as_deref()), ("to", to.as_deref())])
}
