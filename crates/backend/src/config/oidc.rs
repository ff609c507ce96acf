//! The OpenID providers through which people sign in: the file that `oidc_file` names.

use std::collections::BTreeSet;
use std::path::Path;

use omasote_types::language::LocalText;
use omasote_types::sessions::App;
use serde::Deserialize;

use super::{SettingError, file, is_https_or_loopback};

const SETTING: &str = "oidc_file";

/// A text that must not be shown: `Debug` tells nothing of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    pub(crate) fn of(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The text itself. Take care where it goes.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Secret")
    }
}

/// A provider through which people sign in to one of the apps.
#[derive(Clone, Debug)]
pub struct OidcProvider {
    /// Its name in addresses.
    pub id: String,
    /// Whose app it signs in to.
    pub app: App,
    /// What people call it.
    pub name: LocalText,
    /// Who it says it is; its settings are found below this address.
    pub issuer: String,
    /// What it calls us.
    pub client_id: String,
    /// How it knows us.
    pub client_secret: Secret,
    /// What is asked of it besides `openid`.
    pub scopes: Vec<String>,
    /// In which claims it tells what.
    pub claims: ClaimNames,
}

/// The names of the claims that tell who somebody is.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ClaimNames {
    /// A citizen's identity code.
    pub identity_code: Option<String>,
    /// A professional's name in the organisation's directory.
    pub directory_name: Option<String>,
    /// Given names.
    pub given_name: String,
    /// Family name.
    pub family_name: String,
    /// A citizen's municipality.
    pub municipality: String,
}

impl Default for ClaimNames {
    fn default() -> Self {
        Self {
            identity_code: None,
            directory_name: None,
            given_name: "given_name".to_owned(),
            family_name: "family_name".to_owned(),
            municipality: "municipality".to_owned(),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    provider: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: String,
    app: App,
    name: LocalText,
    issuer: String,
    client_id: String,
    client_secret_file: String,
    #[serde(default)]
    scopes: Vec<String>,
    #[serde(default)]
    claims: ClaimNames,
}

/// Reads and checks the file.
pub(super) fn read(path: &Path) -> Result<Vec<OidcProvider>, SettingError> {
    file::read(SETTING, path, checked)
}

fn checked(file: File, folder: &Path) -> Result<Vec<OidcProvider>, String> {
    if file.provider.is_empty() {
        return Err("must hold at least one [[provider]]".to_owned());
    }
    let mut ids = BTreeSet::new();
    if let Some(twice) = file.provider.iter().find(|entry| !ids.insert(entry.id.clone())) {
        return Err(format!("provider {}: the id is there twice", twice.id));
    }
    let checked = |entry: Entry| {
        let id = entry.id.clone();
        entry.checked(folder).map_err(|expected| format!("provider {id}: {expected}"))
    };
    file.provider.into_iter().map(checked).collect()
}

impl Entry {
    fn checked(self, folder: &Path) -> Result<OidcProvider, String> {
        let is_plain = |character: char| {
            character.is_ascii_lowercase() || character.is_ascii_digit() || character == '-'
        };
        if self.id.is_empty() || self.id.len() > 40 || !self.id.chars().all(is_plain) {
            return Err("id must be 1–40 small letters, digits and hyphens".to_owned());
        }
        if !is_https_or_loopback(&self.issuer) {
            return Err("issuer must be https://… (http:// only for a loopback address)".to_owned());
        }
        let (claim, name) = match self.app {
            App::Citizen => (&self.claims.identity_code, "identity_code"),
            App::Professional => (&self.claims.directory_name, "directory_name"),
        };
        if claim.as_ref().is_none_or(String::is_empty) {
            return Err(format!("claims.{name} must name the claim that tells who signs in"));
        }
        let file = folder.join(&self.client_secret_file);
        let secret = std::fs::read_to_string(&file)
            .map_err(|error| format!("client_secret_file: {}: {error}", file.display()))?;
        let secret = secret.trim().to_owned();
        if secret.is_empty() || self.client_id.is_empty() {
            return Err("client_id and the file of the client secret must not be empty".to_owned());
        }
        Ok(OidcProvider {
            id: self.id,
            app: self.app,
            name: self.name,
            issuer: self.issuer,
            client_id: self.client_id,
            client_secret: Secret::of(&secret),
            scopes: self.scopes,
            claims: self.claims,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"
        [[provider]]
        id = "suomi-fi"
        app = "citizen"
        name = { fi = "Suomi.fi", sv = "Suomi.fi", en = "Suomi.fi" }
        issuer = "https://tunnistus.example"
        client_id = "omasote"
        client_secret_file = "secret"
        claims = { identity_code = "hetu" }
    "#;

    fn read_text(text: &str) -> Result<Vec<OidcProvider>, String> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("secret"), "s3cret\n").unwrap();
        let path = folder.path().join("oidc.toml");
        std::fs::write(&path, text).unwrap();
        read(&path).map_err(|error| error.to_string())
    }

    #[test]
    fn a_provider_is_read_with_its_secret_and_the_usual_claims() {
        let providers = read_text(GOOD).unwrap();
        assert_eq!(providers[0].client_secret.as_str(), "s3cret");
        assert_eq!(providers[0].claims.given_name, "given_name");
        assert!(!format!("{providers:?}").contains("s3cret"));
    }

    #[test]
    fn wrong_content_is_refused_by_the_settings_name_and_says_what_was_expected() {
        let twice = format!("{GOOD}{GOOD}");
        for (text, expected) in [
            ("", "at least one [[provider]]"),
            ("provider = 1", "invalid type"),
            (&GOOD.replace("citizen", "someone"), "unknown variant"),
            (&GOOD.replace("client_id", "clientid"), "clientid"),
            (&GOOD.replace("https://", "http://"), "provider suomi-fi: issuer must be https://"),
            (&GOOD.replace("identity_code", "directory_name"), "claims.identity_code must name"),
            (&GOOD.replace("\"secret\"", "\"nowhere\""), "client_secret_file"),
            (&GOOD.replace("suomi-fi", "Suomi fi"), "id must be"),
            (&twice, "the id is there twice"),
        ] {
            let refused = read_text(text).unwrap_err();
            assert!(refused.starts_with("setting oidc_file: ") && refused.contains(expected), "{refused}");
        }
    }
}
