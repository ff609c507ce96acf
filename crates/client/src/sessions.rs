//! Signing in, staying signed in, signing out.

use omasote_types::ids::SessionId;
use omasote_types::sessions::{
    Credentials, DemoSignIn, Me, OpenSession, PersonId, SessionInfo, SignInMethods, SignedOut,
};

use crate::transport::{Method, Request};
use crate::{Client, ClientResult};

impl Client {
    /// The ways to sign in that the server offers.
    ///
    /// # Errors
    /// When the server cannot be reached.
    pub async fn list_sign_in_methods(&self) -> ClientResult<SignInMethods> {
        self.get("sessions/methods").await
    }

    /// Signs in with a local account.
    ///
    /// # Errors
    /// `wrong_credentials`, `too_many_attempts`, `validation_failed`.
    pub async fn create_session(&self, credentials: &Credentials) -> ClientResult<SessionInfo> {
        self.post("sessions", credentials).await
    }

    /// Signs in as a demo person.
    ///
    /// # Errors
    /// `not_found` outside demo mode.
    pub async fn create_demo_session(&self, person: PersonId) -> ClientResult<SessionInfo> {
        self.post("sessions/demo", &DemoSignIn { person }).await
    }

    /// Gets a new access token for the session. The other methods do this by themselves when needed.
    ///
    /// # Errors
    /// `session_ended` when it is time to sign in again.
    pub async fn refresh_session(&self) -> ClientResult<SessionInfo> {
        self.send_once(&self.renewal()?).await?.json()
    }

    /// The open sessions of the signed-in person, the one used last first.
    ///
    /// # Errors
    /// `unauthenticated`.
    pub async fn list_sessions(&self) -> ClientResult<Vec<OpenSession>> {
        self.get("sessions").await
    }

    /// Ends one of the signed-in person's sessions, at once.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn end_session(&self, id: SessionId) -> ClientResult<()> {
        self.delete(&format!("sessions/{id}")).await
    }

    /// Where the browser begins to sign in through a provider; it comes back to `return_to`, a path of the app.
    #[must_use]
    pub fn start_oidc_sign_in(&self, provider: &str, return_to: &str) -> String {
        let query = crate::query(&[("returnTo", Some(return_to))]);
        format!("{}/api/v1/sessions/oidc/{provider}/start{query}", self.base)
    }

    /// Signs out: the session ends at once. Tells where the browser goes to end the provider's session as well.
    ///
    /// # Errors
    /// When the server cannot be reached.
    pub async fn end_current_session(&self) -> ClientResult<SignedOut> {
        self.send(Request::new(Method::Delete, "sessions/current")).await?.json()
    }

    /// The signed-in person.
    ///
    /// # Errors
    /// `unauthenticated` when nobody is.
    pub async fn get_me(&self) -> ClientResult<Me> {
        self.get("me").await
    }
}
