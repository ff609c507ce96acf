//! A national register as a source: what it told is weighed against what is known here, and holds in the session only.

use chrono::NaiveTime;
use chrono_tz::Europe::Helsinki;
use omasote_rules::proxies::{Known, age, by_national_register, day_of_own_say, known};
use omasote_types::Instant;
use omasote_types::error::ErrorCode;
use omasote_types::ids::CitizenId;
use omasote_types::proxies::{ProxyKind, ProxyScope, ProxySource};

use super::source::{Given, Holds, MandateSource};
use crate::audit::Call;
use crate::auth::IdentityVault;
use crate::auth::mandates::Named;
use crate::auth::oidc::ProvenCitizen;
use crate::db::{DbConn, Tx};
use crate::error::AppError;
use crate::repos::proxies::Pair;
use crate::repos::{mandates as repo, people};
use crate::services::oidc::find_or_add;

/// What a national register told of those for whom a citizen may act.
pub(super) struct Told<'a> {
    /// Who asked.
    pub(super) proxy: CitizenId,
    /// Of whom it told.
    pub(super) people: &'a [Named],
}

impl MandateSource for Told<'_> {
    fn source(&self) -> ProxySource {
        ProxySource::SuomiFi
    }

    fn holds(&self) -> Holds {
        Holds::InThisSession
    }

    fn rights(
        &self,
        tx: &mut Tx<'_>,
        call: &mut Call,
        vault: &IdentityVault,
    ) -> Result<Vec<Given>, AppError> {
        let mut given = Vec::new();
        for named in self.people {
            given.extend(self.right_of(tx, call, vault, named)?);
        }
        Ok(given)
    }
}

impl Told<'_> {
    /// The right for one person; none when what is known here speaks against it. Who is not known is added, as at a first
    /// sign-in, but only to be given.
    fn right_of(
        &self,
        tx: &mut Tx<'_>,
        call: &Call,
        vault: &IdentityVault,
        named: &Named,
    ) -> Result<Option<Given>, AppError> {
        let proxy = self.proxy;
        let born = named.code.birth_date();
        let told = by_national_register(age(born, call.today())).filter(|_| !named.scopes.is_empty());
        let citizen = people::find_citizen_by_hashes(tx.conn(), &vault.hashes(&named.code))?;
        let heard = match citizen {
            Some(citizen) => heard(tx.conn(), call, Pair { citizen, proxy }, told)?,
            None => Heard { scopes_at_most: None, may: true },
        };
        let Some(kind) = told.filter(|_| heard.may) else { return Ok(None) };
        let scopes: Vec<ProxyScope> = match &heard.scopes_at_most {
            Some((_, most)) => named.scopes.iter().copied().filter(|scope| most.contains(scope)).collect(),
            None => named.scopes.clone(),
        };
        if scopes.is_empty() {
            return Ok(None);
        }
        let citizen = find_or_add(tx, vault, &as_proven(named), call.now())?;
        let over = call.actor.session_ends_at;
        let ends_at = match kind {
            ProxyKind::Guardian => own_say(born).map_or(over, |own_say| own_say.min(over)),
            ProxyKind::Mandate => over,
        };
        let narrowed_at = heard.scopes_at_most.map(|(at, _)| at);
        let pair = Pair { citizen, proxy };
        Ok(Some(Given { pair, kind, scopes, basis: None, ends_at: Some(ends_at), narrowed_at }))
    }
}

/// What is known here of two people, as it bears on what was told.
struct Heard {
    may: bool,
    scopes_at_most: Option<(Instant, Vec<ProxyScope>)>,
}

/// Weighs what is known of two people. What was told of them earlier in this session is over in any case.
fn heard(conn: &mut DbConn, call: &Call, pair: Pair, told: Option<ProxyKind>) -> Result<Heard, AppError> {
    if pair.citizen == pair.proxy {
        let error = AppError::of(ErrorCode::MandateSourceFailed);
        return Err(error.note("Suomi.fi says that somebody acts for themselves"));
    }
    let now = call.now();
    let known = known(&repo::list_known(conn, pair)?, now);
    repo::end_of_pair(conn, pair, call.actor.session, now)?;
    let is_protected = match people::find_citizen(conn, pair.citizen)? {
        Some(citizen) if citizen.is_non_disclosed => true,
        _ => told == Some(ProxyKind::Guardian) && repo::has_protected_guardian(conn, pair, now)?,
    };
    Ok(match known {
        _ if is_protected => Heard { may: false, scopes_at_most: None },
        Known::Nothing => Heard { may: true, scopes_at_most: None },
        Known::Narrowed(scopes) => Heard { may: true, scopes_at_most: Some((now, scopes)) },
        Known::Stands | Known::Withdrawn => Heard { may: false, scopes_at_most: None },
    })
}

fn as_proven(named: &Named) -> ProvenCitizen {
    ProvenCitizen {
        code: named.code.clone(),
        given_name: named.given_name.clone(),
        family_name: named.family_name.clone(),
        municipality: None,
    }
}

/// When the child's own say begins, in Finland.
fn own_say(born: chrono::NaiveDate) -> Option<Instant> {
    let midnight = day_of_own_say(born)?.and_time(NaiveTime::MIN);
    midnight.and_local_timezone(Helsinki).earliest().map(|moment| moment.to_utc())
}
