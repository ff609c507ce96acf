//! The gate: from a token to the person behind it, without asking the database each time.
//!
//! A checked token is remembered until it expires. Sessions that ended while their tokens would still be good are
//! remembered too, so that signing out counts at once; the set is rebuilt from the database at start.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use omasote_types::Instant;
use omasote_types::error::ErrorCode;
use omasote_types::ids::{RequestId, SessionId};
use omasote_types::sessions::PersonId;
use quick_cache::sync::Cache;

use super::{Actor, Claims, SigningKeys, Via};
use crate::error::AppError;

/// How many checked tokens are remembered.
const REMEMBERED_TOKENS: usize = 20_000;

/// Makes and checks access tokens.
pub struct Gate {
    keys: SigningKeys,
    issuer: String,
    token_life: Duration,
    checked: Cache<String, Arc<Claims>>,
    ended: RwLock<HashMap<SessionId, Instant>>,
}

impl Gate {
    /// A gate that remembers nothing yet.
    #[must_use]
    pub fn new(keys: SigningKeys, issuer: &str, token_life: Duration) -> Self {
        Self {
            keys,
            issuer: issuer.to_owned(),
            token_life,
            checked: Cache::new(REMEMBERED_TOKENS),
            ended: RwLock::default(),
        }
    }

    /// The keys.
    #[must_use]
    pub const fn keys(&self) -> &SigningKeys {
        &self.keys
    }

    /// When a token made now expires, but never after its session.
    #[must_use]
    pub fn expiry(&self, now: Instant, session_ends_at: Instant) -> Instant {
        (now + self.token_life).min(session_ends_at)
    }

    /// Makes an access token that expires, of a session that ends, for a program or for our own apps.
    ///
    /// # Errors
    /// When the key cannot sign.
    pub fn issue(
        &self,
        person: PersonId,
        session: SessionId,
        now: Instant,
        (expires_at, ends_at): (Instant, Instant),
        via: Option<Via>,
    ) -> Result<String, AppError> {
        Claims::new(&self.issuer, person, session, now, expires_at, ends_at, via).sign(&self.keys)
    }

    /// The person behind a token.
    ///
    /// # Errors
    /// `invalid_token`, `expired_token`, `session_ended`.
    pub fn check(&self, token: &str, request: RequestId, now: Instant) -> Result<Actor, AppError> {
        let claims = match self.checked.get(token) {
            Some(claims) => claims,
            None => self.verify(token)?,
        };
        if now.timestamp() >= claims.exp {
            return Err(AppError::of(ErrorCode::ExpiredToken));
        }
        let ended = self.ended.read().unwrap_or_else(PoisonError::into_inner);
        if ended.contains_key(&claims.sid) {
            return Err(AppError::of(ErrorCode::SessionEnded));
        }
        Actor::of_claims(&claims, request).ok_or_else(|| AppError::of(ErrorCode::InvalidToken))
    }

    fn verify(&self, token: &str) -> Result<Arc<Claims>, AppError> {
        let claims = Arc::new(Claims::verify(token, &self.keys, &self.issuer)?);
        self.checked.insert(token.to_owned(), Arc::clone(&claims));
        Ok(claims)
    }

    /// Lets no token of the session through any more.
    pub fn forget(&self, session: SessionId, now: Instant) {
        let mut ended = self.ended.write().unwrap_or_else(PoisonError::into_inner);
        ended.retain(|_, until| *until > now);
        ended.insert(session, now + self.token_life);
    }

    /// Since when ended sessions must be known: older ones have no token left that is good.
    #[must_use]
    pub fn horizon(&self, now: Instant) -> Instant {
        now - self.token_life
    }
}
