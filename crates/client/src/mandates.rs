//! Fetching from a national register for whom one may act.

use omasote_types::mandates::{MandateAnswer, MandateMethods, MandateVisit, NewMandateVisit};
use omasote_types::proxies::Represented;

use crate::{Client, ClientResult};

impl Client {
    /// From where mandates can be fetched.
    ///
    /// # Errors
    /// When the server cannot be reached.
    pub async fn list_mandate_methods(&self) -> ClientResult<MandateMethods> {
        self.get("mandates/methods").await
    }

    /// Begins a visit to the register: tells where the browser goes.
    ///
    /// # Errors
    /// `not_found` when none is set up; `unavailable`, `mandate_source_failed`.
    pub async fn start_mandate_visit(&self, new: &NewMandateVisit) -> ClientResult<MandateVisit> {
        self.post("me/mandates/visits", new).await
    }

    /// Takes what the browser brought back: for whom one may act by it, in this session.
    ///
    /// # Errors
    /// `not_found` when the visit took too long, was used already or began in another session; `mandate_source_failed`,
    /// `unavailable`.
    pub async fn finish_mandate_visit(&self, answer: &MandateAnswer) -> ClientResult<Vec<Represented>> {
        self.post("me/mandates", answer).await
    }
}
