//! What is known of a provider: its settings and its keys, fetched when first needed and again when they are old or a
//! token names a key that is not among them.

use std::sync::Arc;
use std::time::Duration;

use omasote_types::Instant;
use omasote_types::sessions::SignInProblem;
use openidconnect::core::{
    CoreAuthDisplay, CoreClaimName, CoreClaimType, CoreClientAuthMethod, CoreGrantType, CoreJsonWebKey,
    CoreJweContentEncryptionAlgorithm, CoreJweKeyManagementAlgorithm, CoreResponseMode, CoreResponseType,
    CoreSubjectIdentifierType,
};
use openidconnect::{AdditionalProviderMetadata, EndSessionUrl, IssuerUrl, ProviderMetadata};
use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;

use super::Failure;
use super::http::Asker;

/// After this long what is known is fetched again, so that a key that was withdrawn does not count for ever.
const GOOD_FOR: Duration = Duration::from_secs(3600);
/// Who sends tokens with made-up keys must not make us ask the provider each time.
const PAUSE_BETWEEN_FETCHES: Duration = Duration::from_secs(30);
/// A provider that did not answer is left alone for so long: others must not all wait for it in turn.
const PAUSE_AFTER_FAILURE: Duration = Duration::from_secs(5);

/// What we read besides what every provider publishes.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Extras {
    pub(super) end_session_endpoint: Option<EndSessionUrl>,
    #[serde(default)]
    pub(super) authorization_response_iss_parameter_supported: bool,
}
impl AdditionalProviderMetadata for Extras {}

/// A provider's settings and keys.
pub(super) type Metadata = ProviderMetadata<
    Extras,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

#[derive(Default)]
struct Memory {
    metadata: Option<(Arc<Metadata>, Instant)>,
    failed_at: Option<Instant>,
}

/// What is known of one provider. One asks at a time; the others wait for what it learns.
pub(super) struct Known {
    issuer: IssuerUrl,
    asker: Asker,
    memory: Mutex<Memory>,
}

impl Known {
    pub(super) fn nothing(issuer: IssuerUrl, asker: Asker) -> Self {
        Self { issuer, asker, memory: Mutex::default() }
    }

    /// The settings and keys, fetched when they are not here or old. An old copy serves when the provider is silent.
    pub(super) async fn get(&self, now: Instant) -> Result<Arc<Metadata>, Failure> {
        let mut memory = self.memory.lock().await;
        match &memory.metadata {
            Some((known, fetched_at)) if *fetched_at + GOOD_FOR > now => return Ok(Arc::clone(known)),
            _ => {}
        }
        let fetched = self.fetch(&mut memory, now).await;
        match &memory.metadata {
            Some((known, _)) => Ok(Arc::clone(known)),
            None => fetched,
        }
    }

    /// What is known after `known`, whose keys did not do: fetched anew, unless that was just done.
    pub(super) async fn after(
        &self,
        known: &Arc<Metadata>,
        now: Instant,
    ) -> Result<Option<Arc<Metadata>>, Failure> {
        let mut memory = self.memory.lock().await;
        match &memory.metadata {
            Some((newer, _)) if !Arc::ptr_eq(newer, known) => Ok(Some(Arc::clone(newer))),
            Some((_, fetched_at)) if *fetched_at + PAUSE_BETWEEN_FETCHES > now => Ok(None),
            _ => self.fetch(&mut memory, now).await.map(Some),
        }
    }

    async fn fetch(&self, memory: &mut Memory, now: Instant) -> Result<Arc<Metadata>, Failure> {
        if memory.failed_at.is_some_and(|failed_at| failed_at + PAUSE_AFTER_FAILURE > now) {
            return Err(Failure::of(
                SignInProblem::ProviderUnavailable,
                "the provider did not answer a moment ago",
            ));
        }
        let ask = |request| self.asker.clone().ask(request);
        match Metadata::discover_async(self.issuer.clone(), &ask).await {
            Ok(metadata) => {
                let metadata = Arc::new(metadata);
                *memory = Memory { metadata: Some((Arc::clone(&metadata), now)), failed_at: None };
                Ok(metadata)
            }
            Err(cause) => {
                memory.failed_at = Some(now);
                Err(Failure::because(SignInProblem::ProviderUnavailable, &cause))
            }
        }
    }
}
