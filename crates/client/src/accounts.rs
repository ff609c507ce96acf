//! The accounts of professionals, and the password of one's own.

use omasote_types::accounts::{
    AccountEvent, AccountQuery, AccountState, FirstPassword, MadeStaffAccount, NewStaffAccount,
    PasswordChange, StaffAccount, StaffAccountUpdate,
};
use omasote_types::ids::ProfessionalId;
use omasote_types::page::{Page, PageQuery};

use crate::transport::Method;
use crate::{Client, ClientResult, query};

impl Client {
    /// The accounts of professionals, by family name; for administrators.
    ///
    /// # Errors
    /// `role_required`, `invalid_cursor`, `invalid_parameter`.
    pub async fn list_accounts(&self, which: &AccountQuery) -> ClientResult<Page<StaffAccount>> {
        let limit = which.limit.map(|limit| limit.to_string());
        let state = (which.state == AccountState::Closed).then_some("closed");
        let pairs = [
            ("search", which.search.as_deref()),
            ("state", state),
            ("cursor", which.cursor.as_deref()),
            ("limit", limit.as_deref()),
        ];
        self.get(&format!("accounts{}", query(&pairs))).await
    }

    /// Adds a professional.
    ///
    /// # Errors
    /// `role_required`, `validation_failed`.
    pub async fn create_account(&self, new: &NewStaffAccount) -> ClientResult<MadeStaffAccount> {
        self.post("accounts", new).await
    }

    /// One account.
    ///
    /// # Errors
    /// `role_required`, `not_found`.
    pub async fn get_account(&self, id: ProfessionalId) -> ClientResult<StaffAccount> {
        self.get(&format!("accounts/{id}")).await
    }

    /// Changes name, title, units or roles.
    ///
    /// # Errors
    /// `role_required`, `not_found`, `validation_failed`, `own_account`, `last_administrator`.
    pub async fn update_account(
        &self,
        id: ProfessionalId,
        update: &StaffAccountUpdate,
    ) -> ClientResult<StaffAccount> {
        self.patch(&format!("accounts/{id}"), update).await
    }

    /// What was done with an account, the newest first.
    ///
    /// # Errors
    /// `role_required`, `not_found`, `invalid_cursor`, `invalid_parameter`.
    pub async fn list_account_events(
        &self,
        id: ProfessionalId,
        page: &PageQuery,
    ) -> ClientResult<Page<AccountEvent>> {
        let limit = page.limit.map(|limit| limit.to_string());
        let pairs = [("cursor", page.cursor.as_deref()), ("limit", limit.as_deref())];
        self.get(&format!("accounts/{id}/events{}", query(&pairs))).await
    }

    /// Closes an account.
    ///
    /// # Errors
    /// `role_required`, `not_found`, `own_account`, `last_administrator`, `conflict`.
    pub async fn close_account(&self, id: ProfessionalId) -> ClientResult<StaffAccount> {
        self.ask(Method::Post, &format!("accounts/{id}/close")).await
    }

    /// Opens a closed account again.
    ///
    /// # Errors
    /// `role_required`, `not_found`, `conflict`.
    pub async fn reopen_account(&self, id: ProfessionalId) -> ClientResult<StaffAccount> {
        self.ask(Method::Post, &format!("accounts/{id}/reopen")).await
    }

    /// Gives an account a password for one sign-in.
    ///
    /// # Errors
    /// `role_required`, `not_found`, `own_account`, `conflict`.
    pub async fn reset_password(&self, id: ProfessionalId) -> ClientResult<FirstPassword> {
        self.ask(Method::Post, &format!("accounts/{id}/password")).await
    }

    /// Takes the second factor away from an account.
    ///
    /// # Errors
    /// `role_required`, `not_found`, `own_account`, `conflict`.
    pub async fn remove_second_factor(&self, id: ProfessionalId) -> ClientResult<StaffAccount> {
        self.ask(Method::Delete, &format!("accounts/{id}/second-factor")).await
    }

    /// Changes the password of one's own account; the other sessions end.
    ///
    /// # Errors
    /// `not_found`, `wrong_credentials`, `too_many_attempts`, `validation_failed`.
    pub async fn change_password(&self, change: &PasswordChange) -> ClientResult<()> {
        self.post_for_nothing("me/password", change).await
    }
}
