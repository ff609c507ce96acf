//! What Suomi.fi Valtuudet answers, and whether it makes sense. Fields that we do not use are left aside.

use omasote_types::identity_code::IdentityCode;
use serde::Deserialize;

use super::Named;
use crate::config::NameOrder;

const MAX_ID_CHARACTERS: usize = 200;
const MAX_TOKEN_CHARACTERS: usize = 4000;
const MAX_NAME_CHARACTERS: usize = 200;

/// A visit as it is registered.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Registration {
    pub(super) session_id: String,
    pub(super) user_id: String,
}

impl Registration {
    /// The session's id comes to stand in the path of later requests, so it must be one part of it.
    pub(super) fn checked(self) -> Result<Self, &'static str> {
        match is_id(&self.session_id) && is_id(&self.user_id) {
            true => Ok(self),
            false => Err("the ids that Suomi.fi gave a visit are not ids"),
        }
    }
}

fn is_id(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    !text.is_empty() && text.len() <= MAX_ID_CHARACTERS && text.bytes().all(is_plain)
}

/// What the code of a visit was exchanged for.
#[derive(Deserialize)]
pub(super) struct Token {
    access_token: String,
}

impl Token {
    pub(super) fn checked(self) -> Result<String, &'static str> {
        let token = self.access_token;
        let is_good = !token.is_empty()
            && token.len() <= MAX_TOKEN_CHARACTERS
            && token.bytes().all(|byte| byte.is_ascii_graphic());
        if is_good { Ok(token) } else { Err("Suomi.fi gave no access token") }
    }
}

/// Somebody for whom the citizen chose to act.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Principal {
    person_id: String,
    name: String,
}

impl Principal {
    pub(super) fn checked(self, order: NameOrder) -> Result<Named, &'static str> {
        let code =
            IdentityCode::parse(&self.person_id).map_err(|_| "Suomi.fi gave an invalid identity code")?;
        let name = self.name.trim();
        if name.is_empty() || name.contains('\0') || name.chars().nth(MAX_NAME_CHARACTERS).is_some() {
            return Err("Suomi.fi gave no name");
        }
        let (given_name, family_name) = split(name, order);
        Ok(Named { code, given_name, family_name, scopes: Vec::new() })
    }
}

/// Given and family name. Who has one name only has it as the family name.
fn split(name: &str, order: NameOrder) -> (String, String) {
    let parts = match order {
        NameOrder::FamilyFirst => name.split_once(char::is_whitespace).map(|(family, given)| (given, family)),
        NameOrder::GivenFirst => name.rsplit_once(char::is_whitespace),
    };
    let (given, family) = parts.unwrap_or(("", name));
    (given.trim().to_owned(), family.trim().to_owned())
}

/// Whether the citizen may act for one person.
#[derive(Deserialize)]
pub(super) struct Authorization {
    result: String,
}

impl Authorization {
    pub(super) fn is_allowed(&self) -> Result<bool, &'static str> {
        match self.result.as_str() {
            "ALLOWED" => Ok(true),
            "DISALLOWED" => Ok(false),
            _ => Err("Suomi.fi answered neither yes nor no"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_split_in_the_order_they_come_in() {
        let split = |name, order| split(name, order);
        let aino = ("Aino Maria".to_owned(), "Testinen".to_owned());
        assert_eq!(split("Testinen Aino Maria", NameOrder::FamilyFirst), aino);
        assert_eq!(split("Aino Maria Testinen", NameOrder::GivenFirst), aino);
        assert_eq!(split("Testinen", NameOrder::FamilyFirst), (String::new(), "Testinen".to_owned()));
    }

    #[test]
    fn an_id_that_would_lead_elsewhere_is_none() {
        let registered = |session: &str, user: &str| Registration {
            session_id: session.to_owned(),
            user_id: user.to_owned(),
        };
        assert!(registered("12ea9653-814b", "us_er").checked().is_ok());
        for id in ["", "../admin", "a/b", "a?b", "a%2fb", "a b", "ä"] {
            assert!(registered(id, "user").checked().is_err(), "{id}");
            assert!(registered("session", id).checked().is_err(), "{id}");
        }
    }
}
