//! What a provider said of a person, read by the names that the settings give.

use omasote_types::identity_code::IdentityCode;
use omasote_types::sessions::{App, SignInProblem};
use serde_json::{Map, Value};

use super::Failure;
use crate::config::OidcProvider;

const MAX_NAME_CHARACTERS: usize = 100;

/// Who somebody is, by a provider that proved it.
#[derive(Clone)]
pub enum Proven {
    /// A citizen, by their identity code.
    Citizen(ProvenCitizen),
    /// A professional, by who the directory says they are.
    Professional(ProvenProfessional),
}

/// What a provider proved of a citizen.
#[derive(Clone)]
pub struct ProvenCitizen {
    /// The identity code.
    pub code: IdentityCode,
    /// Given names.
    pub given_name: String,
    /// Family name.
    pub family_name: String,
    /// Municipality, when the provider tells it.
    pub municipality: Option<String>,
}

/// What a provider proved of a professional.
#[derive(Clone)]
pub struct ProvenProfessional {
    /// The provider.
    pub issuer: String,
    /// The provider's own name for the person, which stays when all else changes.
    pub subject: String,
    /// The name in the directory, which an administrator gave us.
    pub directory_name: String,
}

/// Claims of an ID token or of the provider's user information.
pub(super) type Claims = Map<String, Value>;

/// Whether the claims say all that is needed, or the provider must be asked for more.
pub(super) fn are_enough(claims: &Claims, provider: &OidcProvider) -> bool {
    let names = &provider.claims;
    match provider.app {
        App::Citizen => {
            let needed = [names.identity_code.as_deref(), Some(&names.given_name), Some(&names.family_name)];
            needed.into_iter().flatten().all(|name| text(claims, name).is_some())
        }
        App::Professional => names.directory_name.as_deref().is_some_and(|name| text(claims, name).is_some()),
    }
}

/// Reads who it is.
pub(super) fn read(claims: &Claims, subject: &str, provider: &OidcProvider) -> Result<Proven, Failure> {
    let names = &provider.claims;
    let missing = |what| Failure::of(SignInProblem::NotIdentified, what);
    let of = |name: &Option<String>| name.as_deref().and_then(|name| text(claims, name));
    match provider.app {
        App::Citizen => {
            let code = of(&names.identity_code).ok_or_else(|| missing("no claim with the identity code"))?;
            let code = IdentityCode::parse(code).map_err(|_| missing("the identity code is not valid"))?;
            let given_name =
                text(claims, &names.given_name).ok_or_else(|| missing("no claim with the given name"))?;
            let family_name =
                text(claims, &names.family_name).ok_or_else(|| missing("no claim with the family name"))?;
            let municipality = text(claims, &names.municipality).map(str::to_owned);
            let (given_name, family_name) = (given_name.to_owned(), family_name.to_owned());
            Ok(Proven::Citizen(ProvenCitizen { code, given_name, family_name, municipality }))
        }
        App::Professional => {
            let name =
                of(&names.directory_name).ok_or_else(|| missing("no claim with the directory name"))?;
            Ok(Proven::Professional(ProvenProfessional {
                issuer: provider.issuer.clone(),
                subject: subject.to_owned(),
                directory_name: name.to_owned(),
            }))
        }
    }
}

/// A claim that is a text and says something, of a length that makes sense.
fn text<'a>(claims: &'a Claims, name: &str) -> Option<&'a str> {
    let text = claims.get(name)?.as_str()?.trim();
    let is_good = !text.is_empty() && text.chars().count() <= MAX_NAME_CHARACTERS && !text.contains('\0');
    is_good.then_some(text)
}
