//! The patient information system to which entries are saved: the file that `ehr_file` names.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::time::Duration;

use omasote_types::ids::UnitId;
use serde::Deserialize;

use super::file::secret;
use super::oidc::Secret;
use super::{SettingError, file, is_https_or_loopback};

const SETTING: &str = "ehr_file";
/// Where the person's id stands in the address of the context link.
const PATIENT: &str = "{patient}";

/// How the patient information system is reached.
#[derive(Clone, Debug)]
pub struct EhrSettings {
    /// Its FHIR R4 endpoint, without a slash at the end.
    pub base_url: String,
    /// Where it gives tokens.
    pub token_url: String,
    /// What it calls us.
    pub client_id: String,
    /// How it knows us.
    pub client_secret: Secret,
    /// What is asked of it.
    pub scopes: Vec<String>,
    /// Where a person is opened in it, with `{patient}` for what it calls them.
    pub launch_url: Option<String>,
    /// How long it may take to answer.
    pub patience: Duration,
    /// Which of its appointments are events here, when they are fetched at all.
    pub appointments: Option<AppointmentSettings>,
}

/// Which appointments of the patient information system are events here.
#[derive(Clone, Debug)]
pub struct AppointmentSettings {
    /// How long to wait before asking again what has changed.
    pub pause: Duration,
    /// By which that system may say that something has changed, when it may.
    pub hook_secret: Option<Secret>,
    /// The units, by who takes part in an appointment: `HealthcareService/…`, `Location/…`, or an identifier as `system|value`.
    pub units: HashMap<String, UnitId>,
    /// The ways of meeting (asiointitapa) that are a call, as `system|code`.
    pub phone: HashSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    base_url: String,
    token_url: String,
    client_id: String,
    client_secret_file: String,
    #[serde(default)]
    scopes: Vec<String>,
    launch_url: Option<String>,
    #[serde(default = "usual_patience")]
    timeout_seconds: u64,
    appointments: Option<AppointmentsTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AppointmentsTable {
    #[serde(default = "usual_pause")]
    poll_seconds: u64,
    hook_secret_file: Option<String>,
    #[serde(default)]
    phone: HashSet<String>,
    units: HashMap<String, UnitId>,
}

const fn usual_pause() -> u64 {
    60
}

impl AppointmentsTable {
    fn checked(self, folder: &Path) -> Result<AppointmentSettings, String> {
        if !(5..=3600).contains(&self.poll_seconds) {
            return Err("appointments.poll_seconds must be a whole number from 5 to 3600".to_owned());
        }
        if self.units.is_empty() {
            return Err("appointments.units must name one unit at least".to_owned());
        }
        let secret_of = |file: String| secret(folder, "appointments.hook_secret_file", &file);
        Ok(AppointmentSettings {
            pause: Duration::from_secs(self.poll_seconds),
            hook_secret: self.hook_secret_file.map(secret_of).transpose()?,
            units: self.units,
            phone: self.phone,
        })
    }
}

const fn usual_patience() -> u64 {
    10
}

/// Reads and checks the file.
pub(super) fn read(path: &Path) -> Result<EhrSettings, SettingError> {
    file::read(SETTING, path, File::checked)
}

impl File {
    fn checked(self, folder: &Path) -> Result<EhrSettings, String> {
        let base_url = self.base_url.trim_end_matches('/').to_owned();
        for (name, url) in [("base_url", &base_url), ("token_url", &self.token_url)] {
            if !is_https_or_loopback(url) || url.contains(['?', '#']) {
                return Err(format!(
                    "{name} must be https://… without a query (http:// only for a loopback address)"
                ));
            }
        }
        if let Some(url) = &self.launch_url
            && (!is_https_or_loopback(url) || url.matches(PATIENT).count() != 1)
        {
            return Err("launch_url must be https://… with {patient} in it, once".to_owned());
        }
        if self.client_id.is_empty() {
            return Err("client_id must not be empty".to_owned());
        }
        if self.scopes.iter().any(|scope| scope.is_empty() || scope.contains(char::is_whitespace)) {
            return Err("each of the scopes must be one word".to_owned());
        }
        if !(1..=60).contains(&self.timeout_seconds) {
            return Err("timeout_seconds must be a whole number from 1 to 60".to_owned());
        }
        Ok(EhrSettings {
            base_url,
            token_url: self.token_url,
            client_id: self.client_id,
            client_secret: secret(folder, "client_secret_file", &self.client_secret_file)?,
            scopes: self.scopes,
            launch_url: self.launch_url,
            patience: Duration::from_secs(self.timeout_seconds),
            appointments: self.appointments.map(|table| table.checked(folder)).transpose()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"
        base_url = "https://ehr.example/fhir/R4/"
        token_url = "https://ehr.example/oauth2/token"
        client_id = "omasote"
        client_secret_file = "secret"
        scopes = ["system/Patient.read", "system/Communication.write"]
        launch_url = "https://ehr.example/launch?iss=https%3A%2F%2Fehr.example&patient={patient}"
    "#;

    fn read_text(text: &str) -> Result<EhrSettings, String> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("secret"), "s3cret\n").unwrap();
        std::fs::write(folder.path().join("empty"), "\n").unwrap();
        let path = folder.path().join("ehr.toml");
        std::fs::write(&path, text).unwrap();
        read(&path).map_err(|error| error.to_string())
    }

    #[test]
    fn the_file_is_read_with_its_secret_and_what_is_usual() {
        let read = read_text(GOOD).unwrap();
        assert_eq!(read.base_url, "https://ehr.example/fhir/R4");
        assert_eq!((read.client_secret.as_str(), read.patience), ("s3cret", Duration::from_secs(10)));
        assert!(!format!("{read:?}").contains("s3cret"));
    }

    #[test]
    fn appointments_are_fetched_when_the_file_says_of_which_units() {
        assert!(read_text(GOOD).unwrap().appointments.is_none());
        let table = "[appointments]\nhook_secret_file = \"secret\"\nphone = [\"urn:oid:1|2\"]\n[appointments.units]\n\
                     \"HealthcareService/kuhmo\" = \"0198c5a0-0000-7000-8000-000000000001\"\n";
        let read = read_text(&format!("{GOOD}\n{table}")).unwrap().appointments.unwrap();
        assert_eq!((read.pause, read.units.len()), (Duration::from_secs(60), 1));
        assert!(read.phone.contains("urn:oid:1|2"));
        assert_eq!(read.hook_secret.unwrap().as_str(), "s3cret");
        for (wrong, expected) in [
            (table.replace("[appointments]", "[appointments]\npoll_seconds = 4"), "poll_seconds must be"),
            (table.replace("0198c5a0", "kuhmo"), "invalid"),
            (table.replace("\"secret\"", "\"nowhere\""), "hook_secret_file"),
            ("[appointments]\n[appointments.units]\n".to_owned(), "one unit at least"),
        ] {
            let refused = read_text(&format!("{GOOD}\n{wrong}")).unwrap_err();
            assert!(refused.contains(expected), "{refused}");
        }
    }

    #[test]
    fn wrong_content_is_refused_by_the_settings_name_and_says_what_was_expected() {
        let with = |line: &str| format!("{line}\n{GOOD}");
        for (text, expected) in [
            (String::new(), "missing field"),
            (GOOD.replace("client_id", "clientid"), "clientid"),
            (GOOD.replace("\"omasote\"", "\"\""), "client_id must"),
            (GOOD.replace("\"secret\"", "\"nowhere\""), "client_secret_file"),
            (GOOD.replace("\"secret\"", "\"empty\""), "the file is empty"),
            (GOOD.replace("https://ehr.example/fhir", "http://ehr.example/fhir"), "base_url must be"),
            (GOOD.replace("/oauth2/token", "/token?client=omasote"), "token_url must be"),
            (GOOD.replace("{patient}", "somebody"), "launch_url must be"),
            (GOOD.replace("\"system/Patient.read\"", "\"a b\""), "one word"),
            (with("timeout_seconds = 61"), "timeout_seconds must be"),
        ] {
            let refused = read_text(&text).unwrap_err();
            assert!(refused.starts_with("setting ehr_file: ") && refused.contains(expected), "{refused}");
        }
    }
}
