//! Sources of rights to act for another: each says what rights it gives, and one function keeps them all.
//!
//! What asks later who may act for whom reads the kept rights and does not know the source.

use omasote_types::Instant;
use omasote_types::ids::ProxyId;
use omasote_types::proxies::{ProxyKind, ProxyScope, ProxySource};
use omasote_types::sessions::PersonId;

use crate::audit::Call;
use crate::auth::IdentityVault;
use crate::db::Tx;
use crate::error::AppError;
use crate::repos::mandates;
use crate::repos::proxies::{self as repo, NewProxyRow, Pair};

/// A right that a source gives.
#[derive(Clone, Debug)]
pub struct Given {
    /// Whose it is.
    pub pair: Pair,
    /// Why.
    pub kind: ProxyKind,
    /// What it lets do.
    pub scopes: Vec<ProxyScope>,
    /// The document it rests on.
    pub basis: Option<String>,
    /// When it ends by itself.
    pub ends_at: Option<Instant>,
    /// Since when it is narrower than the source would have it.
    pub narrowed_at: Option<Instant>,
}

/// How long what a source gives holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// Until it ends by itself or somebody ends it.
    UntilEnded,
    /// In the session in which it was learned.
    InThisSession,
}

/// Where rights to act for another come from: a document that staff enter, the person's own invitation, a national register.
pub trait MandateSource {
    /// As what its rights are marked.
    fn source(&self) -> ProxySource;

    /// How long they hold.
    fn holds(&self) -> Holds;

    /// The rights that it gives, found and weighed in the transaction that keeps them.
    ///
    /// # Errors
    /// When it gives none because of what was asked; what each source says.
    fn rights(&self, tx: &mut Tx<'_>, call: &mut Call, vault: &IdentityVault)
    -> Result<Vec<Given>, AppError>;
}

/// Keeps what a source gives.
///
/// # Errors
/// What the source refuses.
pub fn keep(
    tx: &mut Tx<'_>,
    call: &mut Call,
    vault: &IdentityVault,
    source: &impl MandateSource,
) -> Result<Vec<(ProxyId, Given)>, AppError> {
    let now = call.now();
    let created_by = match call.actor.person {
        PersonId::Professional(registrar) => Some(registrar),
        PersonId::Citizen(_) => None,
    };
    let session = match source.holds() {
        Holds::UntilEnded => None,
        Holds::InThisSession => Some(call.actor.session),
    };
    let mut kept = Vec::new();
    for given in source.rights(tx, call, vault)? {
        let id = ProxyId::at(now);
        let row = NewProxyRow {
            id,
            pair: given.pair,
            kind: given.kind,
            source: source.source(),
            scopes: &given.scopes,
            basis: given.basis.as_deref(),
            created_by,
            session,
            now,
            ends_at: given.ends_at,
        };
        if source.holds() == Holds::UntilEnded {
            // What is said here stands by itself, also beside what was told before.
            mandates::end_national_of_pair(tx.conn(), given.pair, None, now)?;
        }
        repo::insert(tx.conn(), &row)?;
        if let Some(at) = given.narrowed_at {
            mandates::mark_narrowed(tx.conn(), id, at)?;
        }
        kept.push((id, given));
    }
    Ok(kept)
}
