//! The mail server and the gateway of text messages by which people are told: the file that `notifications_file` names.

use std::path::{Path, PathBuf};
use std::time::Duration;

use omasote_types::notifications::is_email;
use serde::Deserialize;

use super::file::secret;
use super::oidc::Secret;
use super::{SettingError, file, is_https_or_loopback};

const SETTING: &str = "notifications_file";

/// By which ways people are told.
#[derive(Clone, Debug, Default)]
pub struct NotificationsSettings {
    /// The mail server.
    pub email: Option<EmailSettings>,
    /// The gateway of text messages.
    pub sms: Option<SmsSettings>,
    /// So long what comes up is gathered; who reads it meanwhile in the app is not told outside it.
    pub gathering: Duration,
    /// What the mail server says with what has come back.
    pub bounce_token: Option<Secret>,
}

/// How the connection to the mail server is kept from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SmtpSecurity {
    /// TLS from the first byte.
    Tls,
    /// TLS after the greeting, or nothing is sent.
    StartTls,
    /// None; for a mail server on this machine only.
    None,
}

/// How the mail server is reached.
#[derive(Clone, Debug)]
pub struct EmailSettings {
    /// Its name.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is kept from others.
    pub security: SmtpSecurity,
    /// A certificate (PEM) to trust beside those the system trusts.
    pub ca_file: Option<PathBuf>,
    /// By what it knows us.
    pub login: Option<(String, Secret)>,
    /// Whose address stands as the sender's.
    pub from: String,
    /// Where what cannot be delivered comes back to; the notice's id is put behind its name with a `+`.
    pub bounce_address: String,
    /// How long it may take to answer.
    pub patience: Duration,
}

/// How the gateway of text messages is reached.
#[derive(Clone, Debug)]
pub struct SmsSettings {
    /// Where messages are posted.
    pub url: String,
    /// How it knows us.
    pub token: Secret,
    /// What stands as the sender.
    pub sender: Option<String>,
    /// The names of the fields in which it wants the number, the text and the sender.
    pub fields: SmsFields,
    /// How long it may take to answer.
    pub patience: Duration,
}

/// The names of a gateway's fields.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmsFields {
    /// The number.
    #[serde(default = "to_field")]
    pub to: String,
    /// The text.
    #[serde(default = "text_field")]
    pub text: String,
    /// The sender.
    #[serde(default = "from_field")]
    pub from: String,
}

fn to_field() -> String {
    "to".to_owned()
}

fn text_field() -> String {
    "text".to_owned()
}

fn from_field() -> String {
    "from".to_owned()
}

impl Default for SmsFields {
    fn default() -> Self {
        Self { to: to_field(), text: text_field(), from: from_field() }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    email: Option<EmailFile>,
    sms: Option<SmsFile>,
    bounce_token_file: Option<String>,
    #[serde(default = "usual_gathering")]
    gather_seconds: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EmailFile {
    host: String,
    port: Option<u16>,
    security: SmtpSecurity,
    ca_file: Option<String>,
    username: Option<String>,
    password_file: Option<String>,
    from: String,
    bounce_address: Option<String>,
    #[serde(default = "usual_patience")]
    timeout_seconds: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SmsFile {
    url: String,
    token_file: String,
    sender: Option<String>,
    #[serde(default)]
    fields: SmsFields,
    #[serde(default = "usual_patience")]
    timeout_seconds: u64,
}

const fn usual_gathering() -> u64 {
    120
}

const fn usual_patience() -> u64 {
    20
}

/// Reads and checks the file.
pub(super) fn read(path: &Path) -> Result<NotificationsSettings, SettingError> {
    file::read(SETTING, path, File::checked)
}

impl File {
    fn checked(self, folder: &Path) -> Result<NotificationsSettings, String> {
        if self.email.is_none() && self.sms.is_none() {
            return Err("[email], [sms] or both must be there".to_owned());
        }
        if self.gather_seconds > 3600 {
            return Err("gather_seconds must be a whole number from 0 to 3600".to_owned());
        }
        let token = self.bounce_token_file.map(|file| secret(folder, "bounce_token_file", &file));
        Ok(NotificationsSettings {
            email: self.email.map(|email| email.checked(folder)).transpose()?,
            sms: self.sms.map(|sms| sms.checked(folder)).transpose()?,
            gathering: Duration::from_secs(self.gather_seconds),
            bounce_token: token.transpose()?,
        })
    }
}

fn patience(seconds: u64) -> Result<Duration, String> {
    match seconds {
        1..=60 => Ok(Duration::from_secs(seconds)),
        _ => Err("timeout_seconds must be a whole number from 1 to 60".to_owned()),
    }
}

impl EmailFile {
    fn checked(self, folder: &Path) -> Result<EmailSettings, String> {
        let is_here = is_https_or_loopback(&format!("http://{}", self.host));
        if self.host.is_empty() || self.host.contains(['/', ':', '@']) {
            return Err("email.host must be the name or the address of the mail server".to_owned());
        }
        if self.security == SmtpSecurity::None && !is_here {
            return Err(
                "email.security must be tls or starttls (none only for a loopback address)".to_owned()
            );
        }
        let login = match (self.username, self.password_file) {
            (None, None) => None,
            (Some(name), Some(file)) => Some((name, secret(folder, "email.password_file", &file)?)),
            _ => return Err("email.username and email.password_file must be given together".to_owned()),
        };
        let bounce_address = self.bounce_address.unwrap_or_else(|| self.from.clone());
        for (name, address) in [("from", &self.from), ("bounce_address", &bounce_address)] {
            if !is_email(address) {
                return Err(format!("email.{name} must be an e-mail address without a name"));
            }
        }
        Ok(EmailSettings {
            port: self.port.unwrap_or(match self.security {
                SmtpSecurity::Tls => 465,
                SmtpSecurity::StartTls => 587,
                SmtpSecurity::None => 25,
            }),
            host: self.host,
            security: self.security,
            ca_file: self.ca_file.map(|file| folder.join(file)),
            login,
            from: self.from,
            bounce_address,
            patience: patience(self.timeout_seconds)?,
        })
    }
}

impl SmsFile {
    fn checked(self, folder: &Path) -> Result<SmsSettings, String> {
        if !is_https_or_loopback(&self.url) {
            return Err("sms.url must be https://… (http:// only for a loopback address)".to_owned());
        }
        Ok(SmsSettings {
            url: self.url,
            token: secret(folder, "sms.token_file", &self.token_file)?,
            sender: self.sender,
            fields: self.fields,
            patience: patience(self.timeout_seconds)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"
        bounce_token_file = "secret"
        [email]
        host = "smtp.esimerkki.fi"
        security = "starttls"
        username = "omasote"
        password_file = "secret"
        from = "ei-vastausta@esimerkki.fi"
        bounce_address = "palautuneet@esimerkki.fi"
        [sms]
        url = "https://sms.esimerkki.fi/messages"
        token_file = "secret"
        sender = "Omasote"
        fields = { to = "recipient" }
    "#;

    fn read_text(text: &str) -> Result<NotificationsSettings, String> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("secret"), "s3cret\n").unwrap();
        let path = folder.path().join("notifications.toml");
        std::fs::write(&path, text).unwrap();
        read(&path).map_err(|error| error.to_string())
    }

    #[test]
    fn the_file_is_read_with_its_secrets_and_what_is_usual() {
        let read = read_text(GOOD).unwrap();
        assert!(!format!("{read:?}").contains("s3cret"));
        let (email, sms) = (read.email.unwrap(), read.sms.unwrap());
        assert_eq!((email.port, email.security), (587, SmtpSecurity::StartTls));
        assert_eq!(sms.fields, SmsFields { to: "recipient".to_owned(), ..SmsFields::default() });
        assert_eq!(read.bounce_token.unwrap().as_str(), "s3cret");
    }

    #[test]
    fn wrong_content_is_refused_by_the_settings_name_and_says_what_was_expected() {
        for (text, expected) in [
            (String::new(), "must be there"),
            (GOOD.replace("starttls", "none"), "email.security must be"),
            (GOOD.replace("starttls", "ssl"), "ssl"),
            (GOOD.replace("smtp.esimerkki.fi", "smtp://esimerkki.fi"), "email.host must be"),
            (GOOD.replace("username = \"omasote\"", ""), "must be given together"),
            (GOOD.replace("ei-vastausta@", "Omasote "), "email.from must be"),
            (GOOD.replace("palautuneet@", ""), "email.bounce_address must be"),
            (GOOD.replace("https://sms", "http://sms"), "sms.url must be"),
            (format!("gather_seconds = 3601\n{GOOD}"), "gather_seconds must be"),
            (GOOD.replace("token_file = \"secret\"", "token_file = \"nowhere\""), "token_file"),
            (GOOD.replace("[sms]", "[sms]\ntimeout_seconds = 0"), "timeout_seconds must be"),
        ] {
            let refused = read_text(&text).unwrap_err();
            assert!(
                refused.starts_with("setting notifications_file: ") && refused.contains(expected),
                "{refused}"
            );
        }
    }
}
