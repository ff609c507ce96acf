//! Signing in, staying signed in, signing out.

use omasote_types::ids::SessionId;
use omasote_types::sessions::{
    Credentials, DemoSignIn, Me, OpenSession, PersonId, SessionInfo, SignInMethods,
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
        self.send_once(&Request::new(Method::Post, "sessions/refresh")).await?.json()
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

    /// Signs out: the session ends at once.
    ///
    /// # Errors
    /// When the server cannot be reached.
    pub async fn end_current_session(&self) -> ClientResult<()> {
        self.delete("sessions/current").await
    }

    /// The signed-in person.
    ///
    /// # Errors
    /// `unauthenticated` when nobody is.
    pub async fn get_me(&self) -> ClientResult<Me> {
        self.get("me").await
    }
}
