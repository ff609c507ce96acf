//! Extractors that several features use.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use omasote_types::error::ErrorCode;
use omasote_types::ids::CitizenId;
use omasote_types::sessions::PersonId;
use serde::{Deserialize, Deserializer};

use crate::auth::Actor;
use crate::error::AppError;
use crate::services::idempotency::Key;
use crate::services::units::Expected;

/// The citizen of a path: an id, or `me` for the signed-in citizen.
#[derive(Clone, Copy, Debug)]
pub(super) enum CitizenPath {
    Me,
    Id(CitizenId),
}

impl CitizenPath {
    pub(super) fn of(self, actor: &Actor) -> Result<CitizenId, AppError> {
        match (self, actor.person) {
            (Self::Id(id), _) | (Self::Me, PersonId::Citizen(id)) => Ok(id),
            (Self::Me, PersonId::Professional(_)) => Err(AppError::not_found()),
        }
    }
}

impl<'de> Deserialize<'de> for CitizenPath {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if text == "me" {
            return Ok(Self::Me);
        }
        text.parse().map(Self::Id).map_err(serde::de::Error::custom)
    }
}

/// The header `Idempotency-Key`, when it came.
#[derive(Clone, Debug)]
pub(super) struct IdempotencyKey(pub(super) Option<Key>);

impl FromRequest for IdempotencyKey {
    type Error = AppError;
    type Future = Ready<Result<Self, AppError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let header = request.headers().get("idempotency-key");
        ready(header.map(|value| Key::parse(value.as_bytes())).transpose().map(Self))
    }
}

/// The header `If-Match`: which version of a shared thing is to be changed. What is no tag of ours matches nothing.
#[derive(Clone, Copy, Debug)]
pub(super) struct IfMatch(pub(super) Expected);

impl FromRequest for IfMatch {
    type Error = AppError;
    type Future = Ready<Result<Self, AppError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let Some(header) = request.headers().get("if-match") else {
            return ready(Err(AppError::of(ErrorCode::PreconditionRequired)));
        };
        let tag = header.to_str().unwrap_or_default().trim();
        let version = || tag.strip_prefix('"')?.strip_suffix('"')?.parse().ok();
        ready(match (tag, version()) {
            ("*", _) => Ok(Self(Expected::Any)),
            (_, Some(version)) => Ok(Self(Expected::Version(version))),
            // Told when it is known that the caller may change it, and that what they sent is sound.
            _ => Ok(Self(Expected::NoVersion)),
        })
    }
}

/// The address of the caller: of the peer, or, behind our own proxy, what the proxy wrote last.
pub(super) fn address_of(request: &HttpRequest, is_behind_proxy: bool) -> Result<String, AppError> {
    if is_behind_proxy {
        let header = request.headers().get("x-forwarded-for").and_then(|value| value.to_str().ok());
        let last = header.and_then(|value| value.rsplit(',').next()).map(|address| address.trim().to_owned());
        return last
            .ok_or_else(|| AppError::of(ErrorCode::InvalidParameter).detail("X-Forwarded-For is missing"));
    }
    let peer = request.peer_addr().ok_or_else(|| AppError::internal("the peer has no address"))?;
    Ok(peer.ip().to_string())
}
