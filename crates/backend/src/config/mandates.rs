//! Suomi.fi Valtuudet (e-Authorizations), from which mandates are fetched: the file that `valtuudet_file` names.

use std::path::Path;
use std::time::Duration;

use omasote_types::proxies::ProxyScope;
use serde::Deserialize;

use super::file::secret;
use super::oidc::Secret;
use super::{SettingError, file, is_https_or_loopback};

const SETTING: &str = "valtuudet_file";

/// How Suomi.fi Valtuudet is reached, and what its mandates let do here.
#[derive(Clone, Debug)]
pub struct Valtuudet {
    /// Where it is, without a slash at the end.
    pub base_url: String,
    /// What it calls us.
    pub client_id: String,
    /// Signs each request.
    pub api_key: Secret,
    /// With which the answer of a visit is exchanged.
    pub oauth_password: Secret,
    /// What it is told about who asks, the same for all: no name of a person.
    pub end_user: String,
    /// A header in which the same is told, when it wants one.
    pub end_user_header: Option<String>,
    /// In which order it writes names.
    pub name_order: NameOrder,
    /// How long it may take to answer.
    pub patience: Duration,
    /// What an adult's mandates let do.
    pub mandates: Vec<MandateIssue>,
}

/// In which order names are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NameOrder {
    /// Testinen Aino Maria.
    #[default]
    FamilyFirst,
    /// Aino Maria Testinen.
    GivenFirst,
}

/// A mandate theme (valtuusasia), and what it lets do here.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MandateIssue {
    /// Its address in the register.
    pub issue: String,
    /// What it lets do.
    pub scopes: Vec<ProxyScope>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default = "usual_base_url")]
    base_url: String,
    client_id: String,
    api_key_file: String,
    oauth_password_file: String,
    #[serde(default = "usual_end_user")]
    end_user: String,
    end_user_header: Option<String>,
    #[serde(default)]
    name_order: NameOrder,
    #[serde(default = "usual_patience")]
    timeout_seconds: u64,
    #[serde(default)]
    mandate: Vec<MandateIssue>,
}

fn usual_base_url() -> String {
    "https://asiointivaltuustarkistus.suomi.fi".to_owned()
}

fn usual_end_user() -> String {
    "omasote".to_owned()
}

const fn usual_patience() -> u64 {
    10
}

/// Reads and checks the file.
pub(super) fn read(path: &Path) -> Result<Valtuudet, SettingError> {
    file::read(SETTING, path, File::checked)
}

impl File {
    fn checked(self, folder: &Path) -> Result<Valtuudet, String> {
        let base_url = self.base_url.trim_end_matches('/').to_owned();
        if !is_https_or_loopback(&base_url) {
            return Err("base_url must be https://… (http:// only for a loopback address)".to_owned());
        }
        for (name, value) in [("client_id", &self.client_id), ("end_user", &self.end_user)] {
            if value.is_empty() || !value.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
                return Err(format!("{name} must be letters, digits and hyphens"));
            }
        }
        let is_header = |name: &String| name.parse::<actix_web::http::header::HeaderName>().is_ok();
        if self.end_user_header.as_ref().is_some_and(|name| !is_header(name)) {
            return Err("end_user_header must be the name of a header".to_owned());
        }
        if !(1..=60).contains(&self.timeout_seconds) {
            return Err("timeout_seconds must be a whole number from 1 to 60".to_owned());
        }
        if self.mandate.iter().any(|mandate| mandate.issue.is_empty() || mandate.scopes.is_empty()) {
            return Err("each [[mandate]] must have an issue and at least one of the scopes".to_owned());
        }
        Ok(Valtuudet {
            base_url,
            client_id: self.client_id,
            api_key: secret(folder, "api_key_file", &self.api_key_file)?,
            oauth_password: secret(folder, "oauth_password_file", &self.oauth_password_file)?,
            end_user: self.end_user,
            end_user_header: self.end_user_header,
            name_order: self.name_order,
            patience: Duration::from_secs(self.timeout_seconds),
            mandates: self.mandate,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"
        client_id = "42bbe569"
        api_key_file = "api-key"
        oauth_password_file = "password"
        [[mandate]]
        issue = "http://valtuusrekisteri.suomi.fi/terveydenhuollon_asioiden_hoito"
        scopes = ["messages", "tasks"]
    "#;

    fn read_text(text: &str) -> Result<Valtuudet, String> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("api-key"), "s3cret\n").unwrap();
        std::fs::write(folder.path().join("password"), "pa55word\n").unwrap();
        std::fs::write(folder.path().join("empty"), "\n").unwrap();
        let path = folder.path().join("valtuudet.toml");
        std::fs::write(&path, text).unwrap();
        read(&path).map_err(|error| error.to_string())
    }

    #[test]
    fn the_file_is_read_with_its_secrets_and_what_is_usual() {
        let read = read_text(GOOD).unwrap();
        assert_eq!(read.base_url, "https://asiointivaltuustarkistus.suomi.fi");
        assert_eq!((read.api_key.as_str(), read.oauth_password.as_str()), ("s3cret", "pa55word"));
        assert_eq!((read.name_order, read.mandates[0].scopes.len()), (NameOrder::FamilyFirst, 2));
        let shown = format!("{read:?}");
        assert!(!shown.contains("s3cret") && !shown.contains("pa55word"));
    }

    #[test]
    fn wrong_content_is_refused_by_the_settings_name_and_says_what_was_expected() {
        let with = |line: &str| format!("{line}\n{GOOD}");
        for (text, expected) in [
            (String::new(), "missing field"),
            (GOOD.replace("client_id", "clientid"), "clientid"),
            (GOOD.replace("42bbe569", "42 bbe/569"), "client_id must be"),
            (GOOD.replace("\"api-key\"", "\"nowhere\""), "api_key_file"),
            (GOOD.replace("\"password\"", "\"empty\""), "the file is empty"),
            (GOOD.replace("\"tasks\"", "\"everything\""), "unknown variant"),
            (GOOD.replace("[\"messages\", \"tasks\"]", "[]"), "at least one of the scopes"),
            (with("base_url = \"http://valtuudet.example\""), "base_url must be https://"),
            (with("timeout_seconds = 0"), "timeout_seconds must be"),
            (with("end_user_header = \"X user\""), "end_user_header must be"),
        ] {
            let refused = read_text(&text).unwrap_err();
            assert!(
                refused.starts_with("setting valtuudet_file: ") && refused.contains(expected),
                "{refused}"
            );
        }
    }
}
