//! The accounts of professionals, which administrators look after; and the password of one's own account.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::error::{FieldError, FieldErrorCode};
use crate::ids::{AccountEventId, ProfessionalId, UnitId};
use crate::people::Role;
use crate::sessions::{MAX_PASSWORD_CHARACTERS, MAX_USERNAME_CHARACTERS};
use crate::units::UnitRef;
use crate::validation::Validation;

/// How many characters a password must have at least.
pub const MIN_PASSWORD_CHARACTERS: usize = 12;
/// How many characters a name, a title or a directory name may have.
pub const MAX_NAME_CHARACTERS: usize = 100;

/// A professional, as administrators see them: what they are here for, and how they sign in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct StaffAccount {
    /// The professional's id.
    pub id: ProfessionalId,
    /// Given name.
    pub given_name: String,
    /// Family name.
    pub family_name: String,
    /// Professional title in Finnish, such as "sairaanhoitaja".
    pub title: String,
    /// The units they work in.
    pub units: Vec<UnitRef>,
    /// Which of them they lead.
    #[serde(default)]
    pub leads: Vec<UnitId>,
    /// What they are entrusted with beside their units' work.
    pub roles: Vec<Role>,
    /// How they sign in.
    pub sign_in: StaffSignIn,
    /// When they last signed in; absent when never, or before this was noted.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "crate::wire::optional_instant"
    )]
    pub last_sign_in_at: Option<DateTime<Utc>>,
    /// Since when the account is closed; absent when it is open.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "crate::wire::optional_instant"
    )]
    pub closed_at: Option<DateTime<Utc>>,
}

/// How a professional signs in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct StaffSignIn {
    /// The user name of their local account; absent when they have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// Whether the password is one that an administrator was shown and must be changed at the next sign-in.
    pub must_change_password: bool,
    /// Whether signing in with the local account asks for a code.
    pub has_second_factor: bool,
    /// The name by which the organisation's directory knows them; absent when it does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub directory_name: Option<String>,
    /// Since when they are linked with the directory: their first sign-in through it.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "crate::wire::optional_instant"
    )]
    pub linked_at: Option<DateTime<Utc>>,
}

/// Which accounts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AccountState {
    /// Those who may sign in.
    #[default]
    Open,
    /// Those who may not any more.
    Closed,
}

/// Which part of the list of accounts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AccountQuery {
    /// Words of the name, the title or the user name; all of them must be there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", param(max_length = 100))]
    pub search: Option<String>,
    /// Open accounts when absent.
    #[serde(default)]
    #[cfg_attr(feature = "server", param(inline))]
    pub state: AccountState,
    /// Where the page begins: the `nextCursor` of the page before. The first page when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", param(max_length = 200))]
    pub cursor: Option<String>,
    /// How many items at most: 1 to 200, 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", param(minimum = 1, maximum = 200, default = 50))]
    pub limit: Option<u16>,
}

/// A professional to be added. A user name, a directory name, or both: otherwise nobody could sign in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewStaffAccount {
    /// Given name.
    #[cfg_attr(feature = "server", schema(min_length = 1, max_length = 100))]
    pub given_name: String,
    /// Family name.
    #[cfg_attr(feature = "server", schema(min_length = 1, max_length = 100))]
    pub family_name: String,
    /// Professional title in Finnish.
    #[cfg_attr(feature = "server", schema(min_length = 1, max_length = 100))]
    pub title: String,
    /// The units they work in.
    pub unit_ids: Vec<UnitId>,
    /// What they are entrusted with.
    pub roles: Vec<Role>,
    /// The user name of a local account, which gets a password for the first sign-in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(min_length = 1, max_length = 100))]
    pub username: Option<String>,
    /// The name by which the organisation's directory knows them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(min_length = 1, max_length = 100))]
    pub directory_name: Option<String>,
}

impl NewStaffAccount {
    /// The form and the server ask the same question.
    ///
    /// # Errors
    /// The refused fields.
    pub fn validate(&self) -> Result<(), Vec<FieldError>> {
        let mut validation = Validation::new();
        validation.text("givenName", &self.given_name, MAX_NAME_CHARACTERS);
        validation.text("familyName", &self.family_name, MAX_NAME_CHARACTERS);
        validation.text("title", &self.title, MAX_NAME_CHARACTERS);
        if let Some(username) = &self.username {
            check_username(&mut validation, username);
        }
        if let Some(name) = &self.directory_name {
            validation.text("directoryName", name, MAX_NAME_CHARACTERS);
        }
        if self.username.is_none() && self.directory_name.is_none() {
            validation.refuse("username", FieldErrorCode::Required);
        }
        validation.finish()
    }
}

/// A user name is typed: no white space in it.
fn check_username(validation: &mut Validation, username: &str) {
    validation.text("username", username, MAX_USERNAME_CHARACTERS);
    if !username.trim().is_empty() && username.contains(char::is_whitespace) {
        validation.refuse("username", FieldErrorCode::InvalidFormat);
    }
}

/// An account that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct MadeStaffAccount {
    /// The account.
    pub account: StaffAccount,
    /// The password for the first sign-in, when it has a user name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_password: Option<FirstPassword>,
}

/// A password that is good for one sign-in, at which another is chosen. Shown once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct FirstPassword {
    /// The password.
    pub password: String,
    /// Until when it is good.
    #[serde(deserialize_with = "crate::wire::instant")]
    pub expires_at: DateTime<Utc>,
}

impl std::fmt::Debug for FirstPassword {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("FirstPassword")
    }
}

/// What an administrator changes of an account. What is absent stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StaffAccountUpdate {
    /// Given name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(min_length = 1, max_length = 100))]
    pub given_name: Option<String>,
    /// Family name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(min_length = 1, max_length = 100))]
    pub family_name: Option<String>,
    /// Professional title in Finnish.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(min_length = 1, max_length = 100))]
    pub title: Option<String>,
    /// All the units they work in from now on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_ids: Option<Vec<UnitId>>,
    /// All the units they lead from now on: of those they work in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead_unit_ids: Option<Vec<UnitId>>,
    /// All they are entrusted with from now on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub roles: Option<Vec<Role>>,
}

impl StaffAccountUpdate {
    /// The form and the server ask the same question.
    ///
    /// # Errors
    /// The refused fields.
    pub fn validate(&self) -> Result<(), Vec<FieldError>> {
        let mut validation = Validation::new();
        let names =
            [("givenName", &self.given_name), ("familyName", &self.family_name), ("title", &self.title)];
        for (field, name) in names {
            if let Some(name) = name {
                validation.text(field, name, MAX_NAME_CHARACTERS);
            }
        }
        validation.finish()
    }
}

/// Something that was done with an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct AccountEvent {
    /// Its id.
    pub id: AccountEventId,
    /// When.
    #[serde(deserialize_with = "crate::wire::instant")]
    pub at: DateTime<Utc>,
    /// What.
    pub kind: AccountEventKind,
    /// The name of who did it; absent when it was done on the server's command line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor_name: Option<String>,
    /// What changed of what is known of the person.
    pub changes: Vec<AccountChange>,
}

/// What was done with an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AccountEventKind {
    /// It was made.
    Created,
    /// Name, title, units or roles were changed.
    Changed,
    /// It was closed.
    Closed,
    /// It was opened again.
    Reopened,
    /// It got a password for one sign-in.
    PasswordReset,
    /// Its owner chose another password.
    PasswordChanged,
    /// Its second factor was taken away, for who has lost it.
    SecondFactorRemoved,
}

/// A change of what is known of a professional.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct AccountChange {
    /// Of what.
    pub field: AccountField,
    /// What it was: units by their Finnish names, roles by their codes.
    pub before: Vec<String>,
    /// What it is since then.
    pub after: Vec<String>,
}

/// What is known of a professional.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AccountField {
    /// Given and family name.
    Name,
    /// Title.
    Title,
    /// Units.
    Units,
    /// Units that they lead.
    Leads,
    /// Roles.
    Roles,
}

/// A new password for one's own account.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PasswordChange {
    /// The password as it is.
    #[cfg_attr(feature = "server", schema(min_length = 1, max_length = 200, format = Password))]
    pub current_password: String,
    /// The password as it is to be: 12 characters or more, and none of the commonest.
    #[cfg_attr(feature = "server", schema(min_length = 12, max_length = 200, format = Password))]
    pub new_password: String,
}

impl std::fmt::Debug for PasswordChange {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("PasswordChange")
    }
}

impl PasswordChange {
    /// The form and the server ask the same question.
    ///
    /// # Errors
    /// The refused fields.
    pub fn validate(&self) -> Result<(), Vec<FieldError>> {
        let mut validation = Validation::new();
        validation.text("currentPassword", &self.current_password, MAX_PASSWORD_CHARACTERS);
        check_new_password(&mut validation, &self.new_password, &self.current_password);
        validation.finish()
    }
}

/// What can be said of a new password without the list of the commonest, which the server has.
pub(crate) fn check_new_password(validation: &mut Validation, new: &str, before: &str) {
    validation.text("newPassword", new, MAX_PASSWORD_CHARACTERS);
    let characters = new.chars().count();
    if !new.trim().is_empty() && characters < MIN_PASSWORD_CHARACTERS {
        validation.refuse("newPassword", FieldErrorCode::TooShort);
    } else if characters >= MIN_PASSWORD_CHARACTERS && new == before {
        validation.refuse("newPassword", FieldErrorCode::Unchanged);
    }
}
