//! Asking Suomi.fi Valtuudet (e-Authorizations) for whom a citizen may act: its Web API for acting for a person ("HPA").
//!
//! Belongs here: what is asked of it, how each request is signed, and believing only answers that make sense. Does not: what
//! becomes of an answer (`services/mandates`).
//!
//! Identity codes stand in the addresses of its requests, because the register wants them there. They are never logged:
//! errors leave the address out.

mod answers;
mod signing;

use answers::{Authorization, Principal, Registration, Token};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::NaiveDate;
use form_urlencoded::Serializer;
use omasote_rules::proxies::{age, by_national_register};
use omasote_types::Instant;
use omasote_types::error::ErrorCode;
use omasote_types::identity_code::IdentityCode;
use omasote_types::language::Language;
use omasote_types::proxies::{ProxyKind, ProxyScope};
use openidconnect::http::header::AUTHORIZATION;
use openidconnect::http::{Method, Request, StatusCode};
use serde::de::DeserializeOwned;
use tokio::time::timeout;
use uuid::Uuid;

use super::oidc::http::Asker;
use crate::config::{SettingError, Settings, Valtuudet};
use crate::error::AppError;

/// More people than anybody acts for: an answer with more is wrong.
const MAX_PEOPLE: usize = 50;
/// How many times longer all questions of a visit together may take than one.
const PATIENCE_FOR_ALL: u32 = 3;
/// Where the browser comes back to, in the citizens' app.
const RETURN_PATH: &str = "/omat-tiedot/toisen-puolesta";

/// Why Suomi.fi did not tell.
#[derive(Debug)]
pub enum Failure {
    /// It cannot be reached, not in time, or says that it cannot.
    Unreachable(AppError),
    /// What it says does not hold.
    Wrong(&'static str),
}

impl From<Failure> for AppError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Unreachable(cause) => cause,
            Failure::Wrong(note) => Self::of(ErrorCode::MandateSourceFailed).note(note),
        }
    }
}

/// Suomi.fi Valtuudet.
pub struct SuomiFi {
    settings: Valtuudet,
    redirect_uri: String,
    asker: Asker,
}

/// A visit that begins.
#[derive(Clone)]
pub struct Registered {
    /// What Suomi.fi calls the visit.
    pub session: String,
    /// Where the browser goes.
    pub address: String,
    /// What names the visit when the browser is back.
    pub state: String,
}

/// Somebody whom Suomi.fi named, with what it says of them.
#[derive(Clone)]
pub struct Named {
    /// The identity code.
    pub code: IdentityCode,
    /// Given names.
    pub given_name: String,
    /// Family name.
    pub family_name: String,
    /// What may be done for them; empty when nothing may.
    pub scopes: Vec<ProxyScope>,
}

impl SuomiFi {
    /// Sets it up, when the settings name it; asks nothing yet.
    ///
    /// # Errors
    /// When the system's certificates cannot be read.
    pub fn of(settings: &Settings) -> Result<Option<Self>, SettingError> {
        let Some(valtuudet) = &settings.valtuudet else { return Ok(None) };
        let asker = Asker::patient_for(valtuudet.patience)
            .map_err(|error| SettingError::new("valtuudet_file", error.to_string()))?;
        let redirect_uri = format!("{}{RETURN_PATH}", settings.public_url);
        Ok(Some(Self { settings: valtuudet.clone(), redirect_uri, asker }))
    }

    /// Begins a visit of the citizen with `own` code.
    ///
    /// # Errors
    /// When Suomi.fi cannot be reached or gives a wrong answer.
    pub async fn register(
        &self,
        own: &IdentityCode,
        language: Language,
        now: Instant,
    ) -> Result<Registered, Failure> {
        let client = &self.settings.client_id;
        let path = format!("/service/hpa/user/register/{client}/{}", own.as_str());
        let registration: Registration = self.ask(&path, &[], None, now).await?;
        let Registration { session_id, user_id } = registration.checked().map_err(Failure::Wrong)?;
        let mut bytes = [0_u8; 32];
        getrandom::fill(&mut bytes).map_err(|_| Failure::Unreachable(AppError::internal("no randomness")))?;
        let state = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes);
        let query = Serializer::new(String::new())
            .append_pair("client_id", client)
            .append_pair("response_type", "code")
            .append_pair("redirect_uri", &self.redirect_uri)
            .append_pair("user", &user_id)
            .append_pair("lang", language.code())
            .append_pair("state", &state)
            .finish();
        let address = format!("{}/oauth/authorize?{query}", self.settings.base_url);
        Ok(Registered { session: session_id, address, state })
    }

    /// Whom the citizen with `own` code chose at the visit `session`, and what may be done for each.
    ///
    /// # Errors
    /// When Suomi.fi cannot be reached or gives a wrong answer; one wrong part spoils all of it.
    pub async fn collect(
        &self,
        (session, code): (&str, &str),
        own: &IdentityCode,
        now: Instant,
    ) -> Result<Vec<Named>, Failure> {
        let all = self.settings.patience * PATIENCE_FOR_ALL;
        let late = |_| Failure::Unreachable(AppError::unavailable().note("Suomi.fi takes too long"));
        timeout(all, self.collect_all((session, code), own, now)).await.map_err(late)?
    }

    async fn collect_all(
        &self,
        (session, code): (&str, &str),
        own: &IdentityCode,
        now: Instant,
    ) -> Result<Vec<Named>, Failure> {
        let token = self.exchange(code).await?;
        let path = format!("/service/hpa/api/delegate/{session}");
        let people: Vec<Principal> = self.ask(&path, &[], Some(&token), now).await?;
        if people.len() > MAX_PEOPLE {
            return Err(Failure::Wrong("Suomi.fi named more people than anybody acts for"));
        }
        let today = now.with_timezone(&chrono_tz::Europe::Helsinki).date_naive();
        let mut all: Vec<Named> = Vec::new();
        for principal in people {
            let mut named = principal.checked(self.settings.name_order).map_err(Failure::Wrong)?;
            if named.code == *own {
                return Err(Failure::Wrong("Suomi.fi says that somebody acts for themselves"));
            }
            if all.iter().any(|other| other.code == named.code) {
                return Err(Failure::Wrong("Suomi.fi named somebody twice"));
            }
            named.scopes = self.scopes_of(&named.code, session, &token, (today, now)).await?;
            all.push(named);
        }
        Ok(all)
    }

    /// What may be done for a person: of a small child all when Suomi.fi allows it, of an adult what the mandates cover that it
    /// allows when asked by their themes.
    async fn scopes_of(
        &self,
        person: &IdentityCode,
        session: &str,
        token: &str,
        (today, now): (NaiveDate, Instant),
    ) -> Result<Vec<ProxyScope>, Failure> {
        let path = format!("/service/hpa/api/authorization/{session}/{}", person.as_str());
        let mut scopes = Vec::new();
        match by_national_register(age(person.birth_date(), today)) {
            None => {}
            Some(ProxyKind::Guardian) => {
                let answer: Authorization = self.ask(&path, &[], Some(token), now).await?;
                if answer.is_allowed().map_err(Failure::Wrong)? {
                    scopes.extend(ProxyScope::ALL);
                }
            }
            Some(ProxyKind::Mandate) => {
                for mandate in &self.settings.mandates {
                    let issue = [("issues", mandate.issue.as_str())];
                    let answer: Authorization = self.ask(&path, &issue, Some(token), now).await?;
                    if answer.is_allowed().map_err(Failure::Wrong)? {
                        scopes.extend(&mandate.scopes);
                    }
                }
            }
        }
        scopes.sort_unstable();
        scopes.dedup();
        Ok(scopes)
    }

    /// Exchanges the code that the browser brought, which is good once.
    async fn exchange(&self, code: &str) -> Result<String, Failure> {
        let query = Serializer::new(String::new())
            .append_pair("grant_type", "authorization_code")
            .append_pair("redirect_uri", &self.redirect_uri)
            .append_pair("code", code)
            .finish();
        let (id, password) = (&self.settings.client_id, self.settings.oauth_password.as_str());
        let credentials = STANDARD.encode(format!("{id}:{password}"));
        let request = Request::builder()
            .method(Method::POST)
            .uri(format!("{}/oauth/token?{query}", self.settings.base_url))
            .header(AUTHORIZATION, format!("Basic {credentials}"));
        let token: Token = self.send(request).await?;
        token.checked().map_err(Failure::Wrong)
    }

    /// Asks the signed part of the interface. The path must need no encoding, as it is signed as it stands.
    async fn ask<T: DeserializeOwned>(
        &self,
        path: &str,
        more: &[(&str, &str)],
        token: Option<&str>,
        now: Instant,
    ) -> Result<T, Failure> {
        let query = Serializer::new(String::new())
            .append_pair("requestId", &Uuid::new_v4().to_string())
            .append_pair("endUserId", &self.settings.end_user)
            .extend_pairs(more)
            .finish();
        let path = format!("{path}?{query}");
        let checksum = signing::header(&self.settings.client_id, &self.settings.api_key, &path, now)
            .map_err(Failure::Unreachable)?;
        let mut request = Request::builder()
            .method(Method::GET)
            .uri(format!("{}{path}", self.settings.base_url))
            .header(signing::HEADER, checksum);
        if let Some(name) = &self.settings.end_user_header {
            request = request.header(name, &self.settings.end_user);
        }
        if let Some(token) = token {
            request = request.header(AUTHORIZATION, format!("Bearer {token}"));
        }
        self.send(request).await
    }

    async fn send<T: DeserializeOwned>(
        &self,
        request: openidconnect::http::request::Builder,
    ) -> Result<T, Failure> {
        let request = request
            .body(Vec::new())
            .map_err(|_| Failure::Wrong("an address or a header cannot be written"))?;
        let unreachable = |cause| {
            let error = AppError::unavailable().note("Suomi.fi does not answer");
            Failure::Unreachable(error.because(cause))
        };
        let answer = self.asker.clone().ask(request).await.map_err(unreachable)?;
        match answer.status() {
            StatusCode::OK => serde_json::from_slice(answer.body())
                .map_err(|_| Failure::Wrong("Suomi.fi's answer cannot be read")),
            status if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS => {
                Err(Failure::Unreachable(AppError::unavailable().note("Suomi.fi says that it cannot")))
            }
            _ => Err(Failure::Wrong("Suomi.fi refused")),
        }
    }
}
