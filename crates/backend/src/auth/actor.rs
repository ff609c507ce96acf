//! The person who acts, as a request shows them.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::AUTHORIZATION;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpMessage as _, HttpRequest};
use omasote_types::Instant;
use omasote_types::clients::Scope;
use omasote_types::error::ErrorCode;
use omasote_types::ids::{ClientId, RequestId, SessionId};
use omasote_types::sessions::{App, PersonId};

use super::Claims;
use crate::app::AppState;
use crate::error::AppError;

/// Who acts, and in which session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Actor {
    /// Who.
    pub person: PersonId,
    /// The session.
    pub session: SessionId,
    /// The request in which they act.
    pub request: RequestId,
    /// When the access token expires.
    pub token_expires_at: Instant,
    /// When the session ends.
    pub session_ends_at: Instant,
    /// The program through which they act; none when they do it themselves, in our apps.
    pub via: Option<Via>,
}

/// A third-party program, and what its token covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Via {
    /// The program.
    pub client: ClientId,
    scopes: u32,
}

impl Via {
    /// A program whose token covers `scopes`.
    #[must_use]
    pub fn new(client: ClientId, scopes: &[Scope]) -> Self {
        Self { client, scopes: scopes.iter().fold(0, |all, scope| all | bit(*scope)) }
    }

    /// Whether the token covers a scope.
    #[must_use]
    pub fn covers(&self, scope: Scope) -> bool {
        self.scopes & bit(scope) != 0
    }

    /// What the token covers.
    #[must_use]
    pub fn scopes(&self) -> Vec<Scope> {
        Scope::ALL.into_iter().filter(|scope| self.covers(*scope)).collect()
    }
}

fn bit(scope: Scope) -> u32 {
    let place = Scope::ALL.iter().position(|one| *one == scope);
    place.and_then(|place| u32::try_from(place).ok()).map_or(0, |place| 1 << place)
}

impl Actor {
    /// The actor whom a checked token names.
    #[must_use]
    pub fn of_claims(claims: &Claims, request: RequestId) -> Option<Self> {
        Some(Self {
            person: claims.person()?,
            session: claims.sid,
            request,
            token_expires_at: Instant::from_timestamp(claims.exp, 0)?,
            session_ends_at: Instant::from_timestamp(claims.session_exp, 0)?,
            via: claims.via(),
        })
    }
}

/// A person, themselves: what they do about their own sign-in, their rights and those of others is not for programs.
impl FromRequest for Actor {
    type Error = AppError;
    type Future = Ready<Result<Self, AppError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(authenticate(request).and_then(|actor| match actor.via {
            None => Ok(actor),
            Some(_) => {
                Err(AppError::of(ErrorCode::InsufficientScope).detail("this is for people, not for programs"))
            }
        }))
    }
}

/// A person or a program; the policy asks what a program's token covers.
#[derive(Clone, Copy, Debug)]
pub struct Caller(pub Actor);

impl FromRequest for Caller {
    type Error = AppError;
    type Future = Ready<Result<Self, AppError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(authenticate(request).map(Self))
    }
}

fn authenticate(request: &HttpRequest) -> Result<Actor, AppError> {
    let state = request.app_data::<Data<AppState>>().ok_or_else(|| AppError::internal("no state"))?;
    let (now, id) = (state.clock.now(), request_id(request));
    if let Some(header) = request.headers().get(AUTHORIZATION) {
        let token = header.to_str().ok().and_then(|header| header.strip_prefix("Bearer "));
        return state.gate.check(token.ok_or_else(|| AppError::of(ErrorCode::InvalidToken))?, id, now);
    }
    let app = match ThisApp::named_by(request) {
        Some(app) => app,
        None if request.method().is_safe() => ThisApp::in_query(request).unwrap_or(App::Citizen),
        None => return Err(AppError::of(ErrorCode::CrossSiteRequest)),
    };
    let token = state.cookies.access_of(request, app);
    state.gate.check(&token.ok_or_else(|| AppError::of(ErrorCode::Unauthenticated))?, id, now)
}

/// The id that the edge gave the request.
#[must_use]
pub fn request_id(request: &HttpRequest) -> RequestId {
    request.extensions().get().copied().unwrap_or(RequestId::from_uuid(uuid::Uuid::nil()))
}

/// The app a browser named. Other sites cannot set the header without asking us first, and we say no.
#[derive(Clone, Copy, Debug)]
pub struct ThisApp(pub App);

impl ThisApp {
    fn named_by(request: &HttpRequest) -> Option<App> {
        let header = request.headers().get(App::HEADER).and_then(|value| value.to_str().ok());
        header.and_then(App::from_name)
    }

    /// A live stream cannot send headers, so it names the app in the query; that is safe for reading only.
    fn in_query(request: &HttpRequest) -> Option<App> {
        let pairs = request.query_string().split('&');
        pairs.filter_map(|pair| pair.strip_prefix("app=")).find_map(App::from_name)
    }
}

impl FromRequest for ThisApp {
    type Error = AppError;
    type Future = Ready<Result<Self, AppError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let app = Self::named_by(request).map(Self);
        ready(app.ok_or_else(|| {
            AppError::of(ErrorCode::CrossSiteRequest).detail("the header Omasote-App must name the app")
        }))
    }
}
