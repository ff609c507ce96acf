//! Fetching the appointments of the patient information system: what has changed there, and what there is of citizens who are new
//! here.
//!
//! Belongs here: when it is asked, and how far it was read. Does not: how it is asked (`ehr`), or what an appointment becomes
//! (`services/events`). Of several servers one fetches at a time. What was read twice is taken once: each version has its name.

use std::collections::HashMap;
use std::time::Duration;

use actix_web::web::Data;
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use omasote_fhir::{Patient, appointment, appointment_version};
use omasote_rules::helsinki::to_local;
use omasote_types::Instant;
use omasote_types::identity_code::IdentityCode;
use omasote_types::ids::CitizenId;
use serde_json::Value;

use crate::app::AppState;
use crate::config::AppointmentSettings;
use crate::db::Tx;
use crate::ehr::{Ehr, Pages, Trouble};
use crate::error::AppError;
use crate::repos::{events as repo, people};
use crate::services::events::{Arrived, Taken, take};

/// However often it says that something has changed.
const SHORTEST_PAUSE: Duration = Duration::from_secs(1);
/// After so long a server that has not finished is taken for dead.
const LEASE: TimeDelta = TimeDelta::minutes(10);
/// What was stored there at the same time as something later may come to be seen only after it.
const OVERLAP: TimeDelta = TimeDelta::seconds(60);
/// From how many days ago on appointments are fetched the first time.
const LOOKS_BACK: Days = Days::new(30);
/// How many new citizens are asked about in a round.
const PEOPLE_AT_ONCE: i64 = 20;

/// Why a round did not come to its end.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// The patient information system.
    #[error("the patient information system: {}", .0.of().code())]
    Ehr(Trouble),
    /// The database.
    #[error(transparent)]
    Database(#[from] AppError),
}

impl From<Trouble> for FetchError {
    fn from(trouble: Trouble) -> Self {
        Self::Ehr(trouble)
    }
}

/// Fetches, for as long as the server runs, when the settings say of which units.
pub async fn keep_fetching(state: Data<AppState>) {
    let Some((ehr, settings)) = source(&state) else { return };
    // The settings may say by now what they did not: which unit is meant.
    if state.db.write(|tx| Ok(repo::forget_troubles(tx.conn())?)).await.is_err() {
        tracing::error!("appointments that could not be understood are not looked at again");
    }
    loop {
        if let Err(error) = fetch(&state).await {
            tracing::warn!(%error, "appointments could not be fetched; trying again in a moment");
        }
        tokio::time::sleep(SHORTEST_PAUSE).await;
        tokio::select! {
            () = tokio::time::sleep(settings.pause) => {}
            () = ehr.hinted() => {}
        }
    }
}

/// Fetches once; says how many appointments became or changed events, or nothing when another server is at it.
///
/// # Errors
/// When the patient information system or the database fails. What was read until then is kept, and read again the next time.
pub async fn fetch(state: &Data<AppState>) -> Result<Option<usize>, FetchError> {
    if source(state).is_none() {
        return Ok(Some(0));
    }
    let now = state.clock.now();
    let claim = move |tx: &mut Tx<'_>| Ok(repo::claim_fetching(tx.conn(), (now, now + LEASE))?);
    let Some(seen_until) = state.db.write(claim).await? else { return Ok(None) };
    let fetched = Round::new(state, seen_until.is_none()).run(seen_until).await;
    let seen_until = fetched.as_ref().ok().and_then(|(_, until)| *until);
    state.db.write(move |tx| Ok(repo::release_fetching(tx.conn(), seen_until)?)).await?;
    fetched.map(|(taken, _)| Some(taken))
}

fn source(state: &AppState) -> Option<(&Ehr, &AppointmentSettings)> {
    state.ehr.as_ref().and_then(|ehr| Some((ehr, ehr.appointments()?)))
}

/// One round.
struct Round<'a> {
    state: &'a Data<AppState>,
    /// Nobody is told of what was agreed on before everything was read once.
    is_first: bool,
    /// Whom that system calls what.
    codes: HashMap<String, Option<IdentityCode>>,
    taken: usize,
    latest: Option<Instant>,
}

impl<'a> Round<'a> {
    fn new(state: &'a Data<AppState>, is_first: bool) -> Self {
        Self { state, is_first, codes: HashMap::new(), taken: 0, latest: None }
    }

    /// Says how many events came of it, and until when that system was read.
    async fn run(mut self, seen_until: Option<Instant>) -> Result<(usize, Option<Instant>), FetchError> {
        let Some((ehr, _)) = source(self.state) else { return Ok((0, None)) };
        let now = self.state.clock.now();
        if self.is_first {
            self.state.db.write(move |tx| Ok(repo::set_all_asked(tx.conn(), now)?)).await?;
        }
        let mut pages = ehr.list_changed(seen_until, first_day(now));
        self.read(ehr, &mut pages, !self.is_first).await?;
        // A clock over there that is ahead must not hide what comes.
        let until = self.latest.unwrap_or(now).min(now) - OVERLAP;
        let until = seen_until.map_or(until, |seen| seen.max(until));
        self.read_of_new_people(ehr, now).await?;
        Ok((self.taken, Some(until)))
    }

    async fn read_of_new_people(&mut self, ehr: &Ehr, now: Instant) -> Result<(), FetchError> {
        let unasked = |conn: &mut _| Ok(repo::list_unasked_people(conn, PEOPLE_AT_ONCE)?);
        for citizen in self.state.db.read(unasked).await? {
            if let Some(code) = self.code_of(citizen).await?
                && let Some(patient) = ehr.find_person(&code).await?
            {
                let mut pages = ehr.list_of_patient(&patient, first_day(now));
                self.codes.insert(patient, Some(code));
                self.read(ehr, &mut pages, false).await?;
            }
            self.state.db.write(move |tx| Ok(repo::set_asked(tx.conn(), citizen, now)?)).await?;
        }
        Ok(())
    }

    async fn code_of(&self, citizen: CitizenId) -> Result<Option<IdentityCode>, FetchError> {
        let sealed = self.state.db.read(move |conn| Ok(people::find_sealed_identity(conn, citizen)?)).await?;
        Ok(sealed.map(|sealed| self.state.vault.open(&sealed)).transpose()?)
    }

    async fn read(&mut self, ehr: &Ehr, pages: &mut Pages, tells: bool) -> Result<(), FetchError> {
        while let Some(page) = ehr.next_page(pages).await? {
            let ids: Vec<String> =
                page.iter().filter_map(appointment_version).map(|(id, _)| id.to_owned()).collect();
            let seen = self.state.db.read(move |conn| Ok(repo::list_versions(conn, &ids)?)).await?;
            for resource in page {
                self.latest = self.latest.max(changed_at(&resource));
                let is_new = |(id, version): (&str, &str)| seen.get(id).map(String::as_str) != Some(version);
                if appointment_version(&resource).is_some_and(is_new) {
                    self.take(ehr, resource, tells).await?;
                }
            }
        }
        Ok(())
    }

    async fn take(&mut self, ehr: &Ehr, resource: Value, tells: bool) -> Result<(), FetchError> {
        let code = match appointment(&resource).map(|appointment| appointment.patient) {
            Ok(Patient::Code(code)) => IdentityCode::parse(&code).ok(),
            Ok(Patient::Id(id)) => match self.codes.get(&id) {
                Some(code) => code.clone(),
                None => {
                    let code = ehr.find_code(&id).await?;
                    self.codes.insert(id, code.clone());
                    code
                }
            },
            Err(_) => None,
        };
        let (state, now) = (self.state.clone(), self.state.clock.now());
        let id = appointment_version(&resource).map(|(id, _)| id.to_owned()).unwrap_or_default();
        let take = move |tx: &mut Tx<'_>| match source(&state) {
            Some((_, settings)) => {
                let arrived = Arrived { resource: &resource, code: code.as_ref(), tells };
                take(tx, (&state.vault, settings), &arrived, now)
            }
            None => Ok(Taken::Nothing),
        };
        match self.state.db.write(take).await? {
            Taken::Event => self.taken += 1,
            Taken::Nothing => {}
            Taken::NotUnderstood(trouble) => {
                tracing::warn!(appointment = id, trouble, "an appointment cannot be understood");
            }
        }
        Ok(())
    }
}

fn first_day(now: Instant) -> NaiveDate {
    let today = to_local(now).date();
    today.checked_sub_days(LOOKS_BACK).unwrap_or(today)
}

fn changed_at(resource: &Value) -> Option<Instant> {
    let text = resource.pointer("/meta/lastUpdated").and_then(Value::as_str)?;
    text.parse::<DateTime<Utc>>().ok()
}
