//! The appointments of the patient information system: which have changed, whose they are, and telling it that somebody does not
//! come.

use std::collections::HashSet;

use chrono::{NaiveDate, SecondsFormat};
use form_urlencoded::Serializer;
use omasote_fhir::{AppointmentState, appointment, appointment_version, called_off};
use omasote_types::Instant;
use omasote_types::identity_code::IdentityCode;
use omasote_types::records::RecordTrouble;
use openidconnect::http::Method;
use serde_json::Value;

use super::answers::{Trouble, found};
use super::{Ehr, FHIR_JSON, FORM, Question};
use crate::fhir;
use crate::services::events::ToCallOff;
use crate::services::outbox::Attempt;

const PAGE: &str = "50";
/// More pages than any county has: whose list goes on longer goes in a circle.
const MAX_PAGES: usize = 20_000;

/// A list of appointments that is read page by page.
pub struct Pages {
    next: Option<Question>,
    seen: HashSet<String>,
}

impl Ehr {
    /// The appointments that changed since a time by that system's clock, the earliest change first; when none is given, all from
    /// a day on.
    #[must_use]
    pub fn list_changed(&self, since: Option<Instant>, from: NaiveDate) -> Pages {
        let (name, value) = match since {
            Some(since) => ("_lastUpdated", since.to_rfc3339_opts(SecondsFormat::Millis, true)),
            None => ("date", from.to_string()),
        };
        self.pages(&[(name, &format!("ge{value}"))])
    }

    /// The appointments of a person, from a day on.
    #[must_use]
    pub fn list_of_patient(&self, patient: &str, from: NaiveDate) -> Pages {
        self.pages(&[("patient", &format!("Patient/{patient}")), ("date", &format!("ge{from}"))])
    }

    fn pages(&self, by: &[(&str, &str)]) -> Pages {
        let mut form = Serializer::new(String::new());
        form.extend_pairs(by).append_pair("_sort", "_lastUpdated").append_pair("_count", PAGE);
        let body = form.finish().into_bytes();
        let next = Some(self.question(Method::POST, "/Appointment/_search", (FORM, body)));
        Pages { next, seen: HashSet::new() }
    }

    /// The next page of a list; nothing after the last.
    ///
    /// # Errors
    /// When it does not come, or is not one.
    pub async fn next_page(&self, pages: &mut Pages) -> Result<Option<Vec<Value>>, Trouble> {
        let Some(question) = pages.next.take() else { return Ok(None) };
        let bundle = self.ask(&question).await?;
        let wrong = Trouble::passing(RecordTrouble::WrongAnswer);
        let appointments = found(&bundle, "Appointment").ok_or(wrong)?.into_iter().cloned().collect();
        if let Some(link) = next_link(&bundle) {
            let address = self.address_of(link).ok_or(wrong)?;
            if pages.seen.len() >= MAX_PAGES || !pages.seen.insert(address.clone()) {
                return Err(wrong);
            }
            pages.next =
                Some(Question { address, ..self.question(Method::GET, "", (FHIR_JSON, Vec::new())) });
        }
        Ok(Some(appointments))
    }

    /// Where the next page is. Our token goes nowhere but to the system that gave it.
    fn address_of(&self, link: &str) -> Option<String> {
        let base = &self.settings.base_url;
        let rest = match link.strip_prefix(base.as_str()) {
            Some(rest) => rest,
            None if link.contains("://") || link.starts_with("//") => return None,
            None => link,
        };
        let is_below = rest.starts_with(['/', '?']) && !rest.contains("/..") && !rest.contains('#');
        is_below.then(|| format!("{base}{rest}"))
    }

    /// The identity code of whom the system calls so; nothing when it does not say of exactly one person in use.
    ///
    /// # Errors
    /// When it does not answer, or not to the question.
    pub async fn find_code(&self, patient: &str) -> Result<Option<IdentityCode>, Trouble> {
        let body = Serializer::new(String::new()).append_pair("_id", patient).finish();
        let question = self.question(Method::POST, "/Patient/_search", (FORM, body.into_bytes()));
        let bundle = self.ask(&question).await?;
        let patients = found(&bundle, "Patient").ok_or(Trouble::passing(RecordTrouble::WrongAnswer))?;
        let [person] = patients.as_slice() else { return Ok(None) };
        let is_them = person.get("id").and_then(Value::as_str) == Some(patient);
        if !is_them || person.get("active").and_then(Value::as_bool) == Some(false) {
            return Ok(None);
        }
        let identifiers = person.get("identifier").and_then(Value::as_array).into_iter().flatten();
        let mut codes = identifiers
            .filter(|one| one.get("system").and_then(Value::as_str) == Some(fhir::IDENTITY_CODE))
            .filter_map(|one| one.get("value").and_then(Value::as_str))
            .filter_map(|text| IdentityCode::parse(text).ok());
        let code = codes.next();
        Ok(code.filter(|_| codes.next().is_none()))
    }

    /// What the system calls the person with an identity code; nothing when it knows nobody, or more than one.
    ///
    /// # Errors
    /// When it does not answer, or not to the question.
    pub async fn find_person(&self, code: &IdentityCode) -> Result<Option<String>, Trouble> {
        match self.find_patient(code).await {
            Ok(patient) => Ok(Some(patient)),
            Err(Trouble::Lasting(RecordTrouble::NoPatient | RecordTrouble::SeveralPatients)) => Ok(None),
            Err(trouble) => Err(trouble),
        }
    }

    /// Calls an appointment off, unless it is already, or has another time than the citizen knew.
    pub async fn call_off(&self, wanted: &ToCallOff) -> Attempt<RecordTrouble> {
        match self.try_to_call_off(wanted).await {
            Ok(()) => Attempt::Delivered,
            Err(trouble) => trouble.into(),
        }
    }

    async fn try_to_call_off(&self, wanted: &ToCallOff) -> Result<(), Trouble> {
        let path = format!("/Appointment/{}", wanted.appointment);
        let there = self.ask(&self.question(Method::GET, &path, (FHIR_JSON, Vec::new()))).await?;
        let wrong = Trouble::passing(RecordTrouble::WrongAnswer);
        if appointment_version(&there).is_none_or(|(id, _)| id != wanted.appointment) {
            return Err(wrong);
        }
        let read = appointment(&there).map_err(|_| Trouble::Lasting(RecordTrouble::Refused))?;
        if read.state == AppointmentState::Cancelled {
            return Ok(());
        }
        if read.time != Some(wanted.time) {
            return Err(Trouble::Lasting(RecordTrouble::Refused));
        }
        let version = there.pointer("/meta/versionId").and_then(Value::as_str);
        let if_match = version.filter(|version| {
            version.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte))
        });
        let if_match = if_match.map(|version| format!("W/\"{version}\""));
        let body = called_off(there).to_string().into_bytes();
        let question = Question { if_match, ..self.question(Method::PUT, &path, (FHIR_JSON, body)) };
        self.tell(&question).await
    }
}

fn next_link(bundle: &Value) -> Option<&str> {
    let mut links = bundle.get("link").and_then(Value::as_array).into_iter().flatten();
    let next = links.find(|link| link.get("relation").and_then(Value::as_str) == Some("next"))?;
    next.get("url").and_then(Value::as_str)
}
