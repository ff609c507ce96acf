//! The patient information system: a FHIR R4 endpoint outside, to which entries of the patient record are delivered.
//!
//! Belongs here: how it is asked, what is written to it, and believing only answers that make sense. Does not: when it is asked
//! again (`services/outbox`), or what becomes of an entry (`services/records`).
//!
//! An entry is one transaction, and each resource in it is made only if there is none yet with its identifier: sent twice, it is
//! there once. Nothing counts as delivered before the other side has said so: in its answer, or, when that was lost or is not
//! whole, by finding all of it there.
//!
//! Identity codes are sent in the body of a search, never in an address. What the other side says is never logged.

mod answers;
mod entry;
mod token;

use answers::{Answer, Trouble};
use entry::Resources;
use form_urlencoded::Serializer;
use omasote_types::identity_code::IdentityCode;
use omasote_types::records::RecordTrouble;
use openidconnect::http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use openidconnect::http::{Method, Request, StatusCode};
use serde_json::Value;
use token::Tokens;

use crate::auth::oidc::http::Asker;
use crate::config::{EhrSettings, SettingError, Settings};
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
}

/// What is sent, and as what.
struct Question<'a> {
    path: &'a str,
    content_type: &'static str,
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
        Ok(Some(Self { settings: ehr.clone(), asker, tokens: Tokens::default() }))
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
        let question = Question {
            path: "",
            content_type: FHIR_JSON,
            body: resources.transaction().to_string().into_bytes(),
        };
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
        let path = format!("/{kind}/_search");
        self.ask(&Question { path: &path, content_type: FORM, body: body.into_bytes() }).await
    }

    /// Asks with a token; when that is not good any more, once again with another.
    async fn ask(&self, question: &Question<'_>) -> Result<Value, Trouble> {
        let token = self.tokens.get(&self.settings, &self.asker).await?;
        let answer = self.ask_with(question, &token).await?;
        if answer.status != StatusCode::UNAUTHORIZED {
            return answer.checked();
        }
        self.tokens.forget(&token).await;
        let token = self.tokens.get(&self.settings, &self.asker).await?;
        self.ask_with(question, &token).await?.checked()
    }

    async fn ask_with(&self, question: &Question<'_>, token: &str) -> Result<Answer, Trouble> {
        let request = Request::builder()
            .method(Method::POST)
            .uri(format!("{}{}", self.settings.base_url, question.path))
            .header(AUTHORIZATION, format!("Bearer {token}"))
            .header(CONTENT_TYPE, question.content_type)
            .header(ACCEPT, FHIR_JSON)
            .header("prefer", "return=minimal")
            .body(question.body.clone())
            .map_err(|_| Trouble::Lasting(RecordTrouble::Refused))?;
        let answer = self.asker.clone().ask(request).await;
        answer.map(|answer| Answer::of(&answer)).map_err(|_| Trouble::passing(RecordTrouble::Unreachable))
    }
}
