//! Third-party programs. Tokens for them come by OAuth, for which there are libraries; these methods are for our own apps.

use omasote_types::clients::{
    AppRequest, AskingApp, Client as Program, ClientSecret, ClientUpdate, Consent, LetIn, NewClient,
};
use omasote_types::ids::{CitizenId, ClientId, ConsentId};

use crate::{Client, ClientResult, query};

impl Client {
    /// Every third-party program, by name.
    ///
    /// # Errors
    /// `role_required`.
    pub async fn list_clients(&self) -> ClientResult<Vec<Program>> {
        self.get("clients").await
    }

    /// Registers a program.
    ///
    /// # Errors
    /// `role_required`, `validation_failed`.
    pub async fn create_client(&self, new: &NewClient) -> ClientResult<Program> {
        self.post("clients", new).await
    }

    /// Changes a program, shuts it out or lets it in again.
    ///
    /// # Errors
    /// `role_required`, `not_found`, `validation_failed`.
    pub async fn update_client(&self, id: ClientId, update: &ClientUpdate) -> ClientResult<Program> {
        self.patch(&format!("clients/{id}"), update).await
    }

    /// Gives a program a secret, which is shown this once.
    ///
    /// # Errors
    /// `role_required`, `not_found`, `conflict` when it proves itself in another way.
    pub async fn create_client_secret(&self, id: ClientId) -> ClientResult<ClientSecret> {
        self.post(&format!("clients/{id}/secret"), &()).await
    }

    /// What an app asks of the signed-in citizen.
    ///
    /// # Errors
    /// `not_found`, `validation_failed`.
    pub async fn find_app_request(&self, request: &AppRequest) -> ClientResult<AskingApp> {
        let id = request.client_id.to_string();
        let query = query(&[
            ("clientId", Some(&id)),
            ("redirectUri", Some(&request.redirect_uri)),
            ("scope", Some(&request.scope)),
            ("responseType", Some(&request.response_type)),
            ("state", request.state.as_deref()),
            ("codeChallenge", Some(&request.code_challenge)),
            ("codeChallengeMethod", Some(&request.code_challenge_method)),
        ]);
        self.get(&format!("me/app-request{query}")).await
    }

    /// Lets an app in for a citizen's data; the browser goes on to where the answer says.
    ///
    /// # Errors
    /// `not_found`, `outside_mandate`, `validation_failed`.
    pub async fn create_consent(&self, of: CitizenId, request: &AppRequest) -> ClientResult<LetIn> {
        self.post(&format!("citizens/{of}/consents"), request).await
    }

    /// The apps that a citizen has let in, the newest first.
    ///
    /// # Errors
    /// `not_found`, `outside_mandate`.
    pub async fn list_consents(&self, of: CitizenId) -> ClientResult<Vec<Consent>> {
        self.get(&format!("citizens/{of}/consents")).await
    }

    /// Lets an app in no more.
    ///
    /// # Errors
    /// `not_found`, `outside_mandate`.
    pub async fn revoke_consent(&self, id: ConsentId) -> ClientResult<()> {
        self.delete(&format!("consents/{id}")).await
    }
}
