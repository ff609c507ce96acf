//! Signing in through an OpenID provider: from the address the browser is sent to, to who the person is.
//!
//! Belongs here: asking providers and believing only what they signed. Does not: what is kept of a sign-in on its way and
//! whose session it opens (`services/oidc`).

mod claims;
pub(crate) mod http;
mod known;
mod proof;
mod return_path;

use std::error::Error as StdError;
use std::sync::Arc;

pub use claims::{Proven, ProvenCitizen, ProvenProfessional};
use http::Asker;
use known::{Known, Metadata};
use omasote_types::Instant;
use omasote_types::sessions::{App, SignInProblem, SignInProvider};
use openidconnect::core::{CoreAuthenticationFlow, CoreClient, CoreClientAuthMethod};
use openidconnect::{
    AuthType, ClientId, ClientSecret, CsrfToken, EndpointMaybeSet, EndpointNotSet, EndpointSet, IssuerUrl,
    LogoutRequest, Nonce, PkceCodeChallenge, PostLogoutRedirectUrl, RedirectUrl, Scope,
};
pub use proof::{Answer, Proof};
pub use return_path::ReturnPath;

use crate::config::{OidcProvider, SettingError, Settings};

type Client = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// Why a sign-in through a provider did not succeed: a code for the person, a sentence for the log.
#[derive(Clone, Debug)]
pub struct Failure {
    /// What the person is told.
    pub problem: SignInProblem,
    /// What the log is told.
    pub cause: String,
}

impl Failure {
    /// A failure that nothing else explains.
    pub fn of(problem: SignInProblem, cause: &str) -> Self {
        Self { problem, cause: cause.to_owned() }
    }

    fn because(problem: SignInProblem, cause: &dyn StdError) -> Self {
        let mut sentence = cause.to_string();
        let mut below = cause.source();
        while let Some(cause) = below {
            sentence = format!("{sentence}: {cause}");
            below = cause.source();
        }
        Self { problem, cause: sentence }
    }
}

/// A sign-in that begins.
#[derive(Clone)]
pub struct Begun {
    /// Where the browser goes.
    pub address: String,
    /// What the provider gives back, so that we know the sign-in again.
    pub state: String,
    /// What the ID token must hold.
    pub nonce: String,
    /// What shows that who exchanges the code is who asked for it.
    pub code_verifier: String,
}

/// One provider.
pub struct Provider {
    settings: OidcProvider,
    redirect_uri: RedirectUrl,
    after_sign_out: PostLogoutRedirectUrl,
    asker: Asker,
    known: Known,
}

/// The providers that the settings name.
pub struct Providers(Vec<Provider>);

impl Providers {
    /// Sets the providers up; asks none of them yet, so that one that is down does not keep the server from starting.
    ///
    /// # Errors
    /// When an address is none, or the system's certificates cannot be read.
    pub fn of(settings: &Settings) -> Result<Self, SettingError> {
        let wrong = |error: &dyn StdError| SettingError::new("oidc_file", error.to_string());
        let asker = Asker::new().map_err(|error| wrong(&error))?;
        let provider = |provider: &OidcProvider| {
            let (base, id) = (&settings.public_url, &provider.id);
            let issuer = IssuerUrl::new(provider.issuer.clone()).map_err(|error| wrong(&error))?;
            let redirect_uri = format!("{base}/api/v1/sessions/oidc/{id}/callback");
            let front = format!("{base}{}", ReturnPath::front(provider.app).as_str());
            Ok(Provider {
                settings: provider.clone(),
                redirect_uri: RedirectUrl::new(redirect_uri).map_err(|error| wrong(&error))?,
                after_sign_out: PostLogoutRedirectUrl::new(front).map_err(|error| wrong(&error))?,
                known: Known::nothing(issuer, asker.clone()),
                asker: asker.clone(),
            })
        };
        Ok(Self(settings.oidc_providers.iter().map(provider).collect::<Result<_, SettingError>>()?))
    }

    /// The provider of an id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Provider> {
        self.0.iter().find(|provider| provider.settings.id == id)
    }

    /// What sign-in pages show.
    #[must_use]
    pub fn list(&self) -> Vec<SignInProvider> {
        let shown = |provider: &Provider| SignInProvider {
            id: provider.settings.id.clone(),
            app: provider.settings.app,
            name: provider.settings.name.clone(),
        };
        self.0.iter().map(shown).collect()
    }
}

impl Provider {
    /// The app that it signs in to.
    #[must_use]
    pub const fn app(&self) -> App {
        self.settings.app
    }

    /// Its name in addresses.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.settings.id
    }

    /// Begins a sign-in.
    ///
    /// # Errors
    /// When the provider cannot be reached.
    pub async fn begin(&self, now: Instant) -> Result<Begun, Failure> {
        let client = self.client(&*self.known.get(now).await?);
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let flow = CoreAuthenticationFlow::AuthorizationCode;
        // 32 random bytes each.
        let (state, nonce) = (|| CsrfToken::new_random_len(32), || Nonce::new_random_len(32));
        let scopes = self.settings.scopes.iter().filter(|scope| *scope != "openid").cloned().map(Scope::new);
        let request =
            client.authorize_url(flow, state, nonce).set_pkce_challenge(challenge).add_scopes(scopes);
        let (address, state, nonce) = request.url();
        Ok(Begun {
            address: address.into(),
            state: state.into_secret(),
            nonce: nonce.secret().clone(),
            code_verifier: verifier.into_secret(),
        })
    }

    /// Where the browser ends the provider's session, when the provider lets it. The ID token goes along as a hint when
    /// there is one that may stand in an address.
    pub async fn sign_out_address(&self, id_token: Option<&str>, now: Instant) -> Option<String> {
        let known = self.known.get(now).await.ok()?;
        let end_session = known.additional_metadata().end_session_endpoint.clone()?;
        let request = LogoutRequest::from(end_session)
            .set_client_id(ClientId::new(self.settings.client_id.clone()))
            .set_post_logout_redirect_uri(self.after_sign_out.clone());
        let hint = id_token.and_then(|token| token.parse::<openidconnect::core::CoreIdToken>().ok());
        let request = match &hint {
            Some(token) => request.set_id_token_hint(token),
            None => request,
        };
        Some(request.http_get_url().into())
    }

    fn client(&self, metadata: &Metadata) -> Client {
        let (id, secret) = (self.settings.client_id.clone(), self.settings.client_secret.as_str().to_owned());
        let client = CoreClient::from_provider_metadata(
            metadata.clone(),
            ClientId::new(id),
            Some(ClientSecret::new(secret)),
        );
        let methods = metadata.token_endpoint_auth_methods_supported();
        let takes_basic =
            methods.is_none_or(|methods| methods.contains(&CoreClientAuthMethod::ClientSecretBasic));
        let auth = if takes_basic { AuthType::BasicAuth } else { AuthType::RequestBody };
        client.set_auth_type(auth).set_redirect_uri(self.redirect_uri.clone())
    }

    async fn known_after(
        &self,
        known: &Arc<Metadata>,
        now: Instant,
    ) -> Result<Option<Arc<Metadata>>, Failure> {
        self.known.after(known, now).await
    }
}
