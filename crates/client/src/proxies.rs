//! Acting for another.

use omasote_types::ids::{CitizenId, ProxyId};
use omasote_types::people::CitizenSearch;
use omasote_types::proxies::{
    NewProxy, NewProxyInvitation, Proxy, ProxyAcceptance, ProxyInvitation, ProxyUpdate, Represented,
};

use crate::{Client, ClientResult};

impl Client {
    /// Who may act for a citizen; also who is paused.
    ///
    /// # Errors
    /// `not_found`, `outside_mandate`.
    pub async fn list_proxies(&self, of: CitizenId) -> ClientResult<Vec<Proxy>> {
        self.get(&format!("citizens/{of}/proxies")).await
    }

    /// Makes an invitation to act for the citizen.
    ///
    /// # Errors
    /// `not_found`, `outside_mandate`, `validation_failed`.
    pub async fn create_proxy_invitation(
        &self,
        of: CitizenId,
        new: &NewProxyInvitation,
    ) -> ClientResult<ProxyInvitation> {
        self.post(&format!("citizens/{of}/proxy-invitations"), new).await
    }

    /// Takes an invitation.
    ///
    /// # Errors
    /// `not_found` when the code is wrong, was taken or its time is over; `not_allowed` to who made it.
    pub async fn accept_proxy_invitation(&self, acceptance: &ProxyAcceptance) -> ClientResult<Represented> {
        self.post("me/represented", acceptance).await
    }

    /// For whom the signed-in citizen may act just now.
    ///
    /// # Errors
    /// `unauthenticated`.
    pub async fn list_represented(&self) -> ClientResult<Vec<Represented>> {
        self.get("me/represented").await
    }

    /// Narrows, widens, pauses a right to act, or lets it go on.
    ///
    /// # Errors
    /// `not_found`, `not_allowed`, `validation_failed`.
    pub async fn update_proxy(&self, id: ProxyId, update: &ProxyUpdate) -> ClientResult<Proxy> {
        self.patch(&format!("proxies/{id}"), update).await
    }

    /// Ends a right to act.
    ///
    /// # Errors
    /// `not_found`, `not_allowed`.
    pub async fn end_proxy(&self, id: ProxyId) -> ClientResult<()> {
        self.delete(&format!("proxies/{id}")).await
    }

    /// Enters a right to act in the register; for administrators.
    ///
    /// # Errors
    /// `role_required`, `validation_failed`.
    pub async fn create_proxy(&self, new: &NewProxy) -> ClientResult<Proxy> {
        self.post("proxies", new).await
    }

    /// Who may act for the citizen of an identity code; for administrators.
    ///
    /// # Errors
    /// `role_required`, `validation_failed`, `not_found`.
    pub async fn search_proxies(&self, search: &CitizenSearch) -> ClientResult<Vec<Proxy>> {
        self.post("proxies/search", search).await
    }
}
