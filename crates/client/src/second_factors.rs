//! The second factor of a local account.

use omasote_types::second_factors::{
    NewSecondFactor, PasswordAgain, RecoveryCodes, SecondFactor, SecondFactorCode,
};
use omasote_types::sessions::Credentials;

use crate::{Client, ClientResult};

impl Client {
    /// Begins to set up a second factor before signing in, for who must have one.
    ///
    /// # Errors
    /// `wrong_credentials`, `too_many_attempts`, `conflict` when there is one.
    pub async fn begin_second_factor_at_sign_in(
        &self,
        credentials: &Credentials,
    ) -> ClientResult<NewSecondFactor> {
        self.post("sessions/second-factor", credentials).await
    }

    /// Where the second factor of the signed-in person's account stands.
    ///
    /// # Errors
    /// `not_found` for who signs in in another way.
    pub async fn get_second_factor(&self) -> ClientResult<SecondFactor> {
        self.get("me/second-factor").await
    }

    /// Begins to set up a second factor.
    ///
    /// # Errors
    /// `wrong_credentials`, `too_many_attempts`, `conflict` when there is one.
    pub async fn begin_second_factor(&self, again: &PasswordAgain) -> ClientResult<NewSecondFactor> {
        self.post("me/second-factor", again).await
    }

    /// Turns the second factor on that was begun.
    ///
    /// # Errors
    /// `wrong_credentials`, `too_many_attempts`.
    pub async fn confirm_second_factor(&self, code: &SecondFactorCode) -> ClientResult<()> {
        self.post_for_nothing("me/second-factor/confirm", code).await
    }

    /// Ends the second factor.
    ///
    /// # Errors
    /// `wrong_credentials`, `too_many_attempts`.
    pub async fn end_second_factor(&self, code: &SecondFactorCode) -> ClientResult<()> {
        self.post_for_nothing("me/second-factor/end", code).await
    }

    /// Makes new recovery codes; the old ones do not count any more.
    ///
    /// # Errors
    /// `wrong_credentials`, `too_many_attempts`.
    pub async fn renew_recovery_codes(&self, code: &SecondFactorCode) -> ClientResult<RecoveryCodes> {
        self.post("me/second-factor/recovery-codes", code).await
    }
}
