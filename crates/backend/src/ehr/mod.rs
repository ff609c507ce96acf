//! The patient information system: a FHIR R4 endpoint outside, to which entries of the patient record are delivered, and whose
//! appointments are fetched.
//!
//! Belongs here: how it is asked, what is written to it, and believing only answers that make sense. Does not: when it is asked
//! again (`services/outbox`, `fetching`), or what becomes of an entry (`services/records`) or an appointment (`services/events`).
//!
//! An entry is one transaction, and each resource in it is made only if there is none yet with its identifier: sent twice, it is
//! there once. Nothing counts as delivered before the other side has said so: in its answer, or, when that was lost or is not
//! whole, by finding all of it there.
//!
//! Identity codes are sent in the body of a search, never in an address. What the other side says is never logged.

mod answers;
mod appointments;
mod entry;
mod token;

use answers::Answer;
pub use answers::Trouble;
pub use appointments::Pages;
use entry::Resources;
use form_urlencoded::Serializer;
use omasote_types::identity_code::IdentityCode;
use omasote_types::records::RecordTrouble;
use openidconnect::http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, IF_MATCH};
use openidconnect::http::{Method, Request, StatusCode};
use serde_json::Value;
use token::Tokens;
use tokio::sync::Notify;

use crate::auth::oidc::http::Asker;
use crate::config::{AppointmentSettings, EhrSettings, SettingError, Settings};
use crate::fhir;
use crate::services::outbox::Attempt;
use crate::services::records::{Outcome, Outgoing};

const FHIR_JSON: &str = "application/fhir+json";
const FORM: &str = "application/x-www-form-urlencoded";
/// How many questions an attempt has at most: for a token, for the person, twice the entry with another token, and for what is
/// there, of two kinds.
pub const QUESTIONS: u32 = 7;

/// The patient information system.
pub struct Ehr {
    settings: EhrSettings,
    asker: Asker,
    tokens: Tokens,
    /// Whether that system has said that something has changed.
    hints: Notify,
}

/// What is sent, and as what.
struct Question {
    method: Method,
    address: String,
    content_type: &'static str,
    /// The version that a change is of.
    if_match: Option<String>,
    body: Vec<u8>,
}

impl Ehr {
    /// Sets it up, when the settings name it; asks nothing yet.
    ///
    /// # Errors
    /// When the system's certificates cannot be read.
    pub fn of(settings: &Settings) -> Result<Option<Self>, SettingError> {
        let Some(ehr) = &settings.ehr else { return Ok(None) };
        let asker = Asker::patient_for(ehr.patience)
            .map_err(|error| SettingError::new("ehr_file", error.to_string()))?;
        Ok(Some(Self { settings: ehr.clone(), asker, tokens: Tokens::default(), hints: Notify::new() }))
    }

    /// Which appointments of it are events here.
    #[must_use]
    pub const fn appointments(&self) -> Option<&AppointmentSettings> {
        self.settings.appointments.as_ref()
    }

    /// It has said that something has changed.
    pub fn hint(&self) {
        self.hints.notify_one();
    }

    /// Waits until it has said that something has changed.
    pub async fn hinted(&self) {
        self.hints.notified().await;
    }

    /// How long an attempt may take in all.
    #[must_use]
    pub fn patience(&self) -> std::time::Duration {
        self.settings.patience * QUESTIONS
    }

    /// Where a person is found in that system, by what it calls them.
    #[must_use]
    pub fn patient_url(&self, patient: &str) -> Option<String> {
        let encoded: String = form_urlencoded::byte_serialize(patient.as_bytes()).collect();
        self.settings.launch_url.as_ref().map(|url| url.replace("{patient}", &encoded))
    }

    /// Delivers an entry. One that was tried before may be there already: then it is not sent again.
    pub async fn save(&self, outgoing: &Outgoing, was_tried: bool) -> Outcome {
        let patient = match self.find_patient(&outgoing.identity_code).await {
            Ok(patient) => patient,
            Err(trouble) => return Outcome::without_patient(trouble.into()),
        };
        let resources = Resources::of(outgoing, &patient);
        let is_there = was_tried && matches!(self.is_there(&resources).await, Ok(true));
        let attempt = if is_there { Attempt::Delivered } else { self.send(&resources).await };
        Outcome { patient: Some(patient), attempt }
    }

    /// Whom the system knows by an identity code: one person, or it is not decided here who.
    async fn find_patient(&self, code: &IdentityCode) -> Result<String, Trouble> {
        let wanted = format!("{}|{}", fhir::IDENTITY_CODE, code.as_str());
        let found = self.search("Patient", &wanted, 10).await?;
        answers::one_patient(&found, code.as_str())
    }

    async fn send(&self, resources: &Resources) -> Attempt<RecordTrouble> {
        let body = resources.transaction().to_string().into_bytes();
        let question = self.question(Method::POST, "", (FHIR_JSON, body));
        let trouble = match self.ask(&question).await {
            Ok(answer) if answers::is_whole(&answer, resources.len()) => return Attempt::Delivered,
            Ok(_) => Trouble::passing(RecordTrouble::WrongAnswer),
            Err(trouble) => trouble,
        };
        // Whether it came through is not known from the answer: it is looked for.
        if trouble.may_be_stored() && matches!(self.is_there(resources).await, Ok(true)) {
            return Attempt::Delivered;
        }
        trouble.into()
    }

    /// Whether all of an entry is there.
    async fn is_there(&self, resources: &Resources) -> Result<bool, Trouble> {
        for (kind, identifiers) in resources.by_kind() {
            let wanted: Vec<String> =
                identifiers.iter().map(|identifier| format!("{}|{identifier}", fhir::URI)).collect();
            let found = self.search(kind, &wanted.join(","), identifiers.len().saturating_mul(2)).await?;
            if !answers::has_all(&found, kind, &identifiers) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Searches by identifier, with what is looked for in the body.
    async fn search(&self, kind: &str, identifier: &str, count: usize) -> Result<Value, Trouble> {
        let body = Serializer::new(String::new())
            .append_pair("identifier", identifier)
            .append_pair("_count", &count.to_string())
            .finish();
        self.ask(&self.question(Method::POST, &format!("/{kind}/_search"), (FORM, body.into_bytes()))).await
    }

    fn question(
        &self,
        method: Method,
        path: &str,
        (content_type, body): (&'static str, Vec<u8>),
    ) -> Question {
        let address = format!("{}{path}", self.settings.base_url);
        Question { method, address, content_type, if_match: None, body }
    }

    /// Asks, and reads what is answered.
    async fn ask(&self, question: &Question) -> Result<Value, Trouble> {
        self.answer_to(question).await?.checked()
    }

    /// Tells it something, to which nothing but whether it has it is to be answered. Who changed it meanwhile is to be looked at
    /// first.
    async fn tell(&self, question: &Question) -> Result<(), Trouble> {
        let answer = self.answer_to(question).await?;
        match answer.status {
            status if status.is_success() => Ok(()),
            StatusCode::PRECONDITION_FAILED => Err(Trouble::passing(RecordTrouble::WrongAnswer)),
            _ => answer.checked().map(drop),
        }
    }

    /// Asks with a token; when that is not good any more, once again with another.
    async fn answer_to(&self, question: &Question) -> Result<Answer, Trouble> {
        let token = self.tokens.get(&self.settings, &self.asker).await?;
        let answer = self.ask_with(question, &token).await?;
        if answer.status != StatusCode::UNAUTHORIZED {
            return Ok(answer);
        }
        self.tokens.forget(&token).await;
        let token = self.tokens.get(&self.settings, &self.asker).await?;
        self.ask_with(question, &token).await
    }

    async fn ask_with(&self, question: &Question, token: &str) -> Result<Answer, Trouble> {
        let mut request = Request::builder()
            .method(question.method.clone())
            .uri(&question.address)
            .header(AUTHORIZATION, format!("Bearer {token}"))
            .header(ACCEPT, FHIR_JSON);
        if question.method != Method::GET {
            request = request.header(CONTENT_TYPE, question.content_type).header("prefer", "return=minimal");
        }
        if let Some(version) = &question.if_match {
            request = request.header(IF_MATCH, version);
        }
        let request =
            request.body(question.body.clone()).map_err(|_| Trouble::Lasting(RecordTrouble::Refused))?;
        let answer = self.asker.clone().ask(request).await;
        answer.map(|answer| Answer::of(&answer)).map_err(|_| Trouble::passing(RecordTrouble::Unreachable))
    }
}
