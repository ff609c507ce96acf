//! Settings: each by command line, environment variable or TOML file, read once at start and refused by name when wrong.

mod ehr;
mod file;
mod list;
mod mandates;
mod notifications;
mod oidc;
mod source;

use std::fmt::Display;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

pub use ehr::{AppointmentSettings, EhrSettings};
pub use list::{SETTINGS, Setting};
pub use mandates::{MandateIssue, NameOrder, Valtuudet};
pub use notifications::{EmailSettings, NotificationsSettings, SmsFields, SmsSettings, SmtpSecurity};
pub use oidc::{ClaimNames, OidcProvider, Secret};
pub use source::{ENVIRONMENT_PREFIX, Source};

use crate::db::{DbUrl, Engine, PoolSize};
use crate::policy::Limits;
use crate::receiving::ScannerAddress;

/// A setting that is wrong; its `Display` names it and says what was expected.
#[derive(Debug, thiserror::Error)]
#[error("setting {name}: {expected}")]
pub struct SettingError {
    name: String,
    expected: String,
}

impl SettingError {
    /// The setting `name` is wrong.
    pub fn new(name: &str, expected: impl Into<String>) -> Self {
        Self { name: name.to_owned(), expected: expected.into() }
    }
}

/// How log lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// One JSON object a line.
    Json,
    /// For people.
    Text,
}

/// Whether local accounts must have a second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecondFactorRule {
    /// Who wants one has one.
    Optional,
    /// Nobody signs in without one.
    Required,
}

/// Every setting, valid.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where the server listens.
    pub listen: SocketAddr,
    /// Where people reach it, without a slash at the end. Also the issuer of its tokens.
    pub public_url: String,
    /// The database.
    pub database_url: DbUrl,
    /// How many connections.
    pub pool: PoolSize,
    /// The folder for what the server keeps beside the database.
    pub data_dir: PathBuf,
    /// Whether anyone may sign in as a demo person.
    pub is_demo: bool,
    /// The Ed25519 key (PKCS#8 PEM) that signs tokens.
    pub signing_key_file: Option<PathBuf>,
    /// The key (32 bytes in Base64) that seals identity codes.
    pub identity_key_file: Option<PathBuf>,
    /// Another identity key that opens what it sealed.
    pub identity_key_previous_file: Option<PathBuf>,
    /// The OpenID providers through which people sign in.
    pub oidc_providers: Vec<OidcProvider>,
    /// Suomi.fi Valtuudet, when mandates are fetched from it.
    pub valtuudet: Option<Valtuudet>,
    /// The patient information system, when entries are saved to one.
    pub ehr: Option<EhrSettings>,
    /// By which ways people are told outside the apps, when there is one.
    pub notifications: Option<NotificationsSettings>,
    /// Whether local accounts must have a second factor.
    pub second_factor: SecondFactorRule,
    /// The ClamAV daemon that scans uploaded files.
    pub clamav: Option<ScannerAddress>,
    /// How long an access token lasts.
    pub access_token_life: Duration,
    /// How long a session lasts at most.
    pub session_life: Duration,
    /// How long a session lasts without being used.
    pub idle_life: Duration,
    /// How long care relations and break-glass accesses last.
    pub limits: Limits,
    /// How long a thread whose citizen waits stays with who took it.
    pub take_life: Duration,
    /// How long lines of the access log are kept.
    pub access_log_life: Duration,
    /// HTTP worker threads.
    pub workers: usize,
    /// The largest request body in bytes.
    pub max_body_bytes: usize,
    /// The bearer token that `/metrics` asks for.
    pub metrics_token: Option<String>,
    /// How long a stopping server lets requests finish.
    pub shutdown_patience: Duration,
    /// Whether the address of the caller stands in `X-Forwarded-For`, written by our own proxy.
    pub is_behind_proxy: bool,
    /// Which log lines are written.
    pub log_filter: String,
    /// How they look.
    pub log_format: LogFormat,
}

impl Settings {
    /// Reads and checks every setting.
    ///
    /// # Errors
    /// The first that is wrong, by name.
    pub fn read(source: &Source) -> Result<Self, SettingError> {
        let listen: SocketAddr = source.parsed("listen", "must be ADDRESS:PORT, such as 127.0.0.1:8080")?;
        let database_url = DbUrl::parse(&source.required("database_url")?)
            .map_err(|expected| SettingError::new("database_url", expected))?;
        let settings = Self {
            listen,
            public_url: public_url(source, listen)?,
            pool: pool(source, database_url.engine())?,
            database_url,
            data_dir: source.required("data_dir")?.into(),
            is_demo: flag(source, "demo")?,
            signing_key_file: source.get("signing_key_file").map(PathBuf::from),
            identity_key_file: source.get("identity_key_file").map(PathBuf::from),
            identity_key_previous_file: source.get("identity_key_previous_file").map(PathBuf::from),
            oidc_providers: source
                .get("oidc_file")
                .map_or_else(|| Ok(Vec::new()), |path| oidc::read(Path::new(&path)))?,
            valtuudet: source
                .get("valtuudet_file")
                .map(|path| mandates::read(Path::new(&path)))
                .transpose()?,
            ehr: source.get("ehr_file").map(|path| ehr::read(Path::new(&path))).transpose()?,
            notifications: source
                .get("notifications_file")
                .map(|path| notifications::read(Path::new(&path)))
                .transpose()?,
            second_factor: second_factor(source)?,
            clamav: scanner(source)?,
            access_token_life: Duration::from_secs(
                60 * number::<u64>(source, "access_token_minutes", 1, 60)?,
            ),
            session_life: Duration::from_secs(3600 * number::<u64>(source, "session_hours", 1, 168)?),
            idle_life: Duration::from_secs(60 * number::<u64>(source, "idle_minutes", 5, 1440)?),
            limits: Limits {
                care: Duration::from_secs(86_400 * number::<u64>(source, "care_relation_days", 0, 3650)?),
                emergency: Duration::from_secs(
                    60 * number::<u64>(source, "emergency_access_minutes", 5, 480)?,
                ),
                consent: Duration::from_secs(86_400 * number::<u64>(source, "consent_days", 1, 3650)?),
            },
            take_life: Duration::from_secs(3600 * number::<u64>(source, "take_hours", 1, 720)?),
            access_log_life: Duration::from_secs(
                365 * 86_400 * number::<u64>(source, "access_log_years", 1, 100)?,
            ),
            workers: or_cores(number(source, "workers", 0, 256)?),
            max_body_bytes: 1024 * number::<usize>(source, "max_body_kib", 1, 102_400)?,
            metrics_token: source.get("metrics_token"),
            shutdown_patience: Duration::from_secs(number(source, "shutdown_seconds", 0, 600)?),
            is_behind_proxy: flag(source, "behind_proxy")?,
            log_filter: source.required("log")?,
            log_format: log_format(source)?,
        };
        settings.check_demo(flag(source, "demo_on_public_address")?)?;
        settings.check_keys()?;
        settings.check_idle()?;
        Ok(settings)
    }

    /// Whether browsers reach the server without TLS, which only a loopback address allows.
    #[must_use]
    pub fn is_plain_http(&self) -> bool {
        self.public_url.starts_with("http://")
    }

    /// Demo mode lets anyone in: on an address that others reach it must be asked for twice.
    fn check_demo(&self, is_meant: bool) -> Result<(), SettingError> {
        if self.is_demo && !self.listen.ip().is_loopback() && !is_meant {
            let expected = "demo mode lets anyone sign in as anyone, and the address is not a loopback address; set \
                            demo_on_public_address=true as well if that is meant";
            return Err(SettingError::new("demo", expected));
        }
        Ok(())
    }

    /// A session in use shows it only when it takes the next access token.
    fn check_idle(&self) -> Result<(), SettingError> {
        if self.idle_life <= self.access_token_life {
            return Err(SettingError::new("idle_minutes", "must be more than access_token_minutes"));
        }
        Ok(())
    }

    fn check_keys(&self) -> Result<(), SettingError> {
        let keys =
            [("signing_key_file", &self.signing_key_file), ("identity_key_file", &self.identity_key_file)];
        match keys.into_iter().find(|(_, file)| file.is_none()) {
            Some((name, _)) if !self.is_demo => Err(SettingError::new(
                name,
                "is required outside demo mode; docs/operations.md tells how to make one",
            )),
            _ => Ok(()),
        }
    }
}

fn public_url(source: &Source, listen: SocketAddr) -> Result<String, SettingError> {
    let Some(url) = source.get("public_url") else { return Ok(format!("http://{listen}")) };
    let url = url.trim_end_matches('/').to_owned();
    let is_host_only = url.strip_prefix("https://").is_none_or(|host| !host.contains('/'));
    if is_https_or_loopback(&url) && is_host_only {
        return Ok(url);
    }
    Err(SettingError::new(
        "public_url",
        "must be https://HOST without a path (http:// only for a loopback address)",
    ))
}

/// Without TLS others could read along; only this machine itself cannot.
fn is_https_or_loopback(url: &str) -> bool {
    let host = url.strip_prefix("http://").map(|rest| rest.split(['/', ':']).next().unwrap_or_default());
    let is_loopback = host.is_some_and(|host| {
        host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
    });
    is_loopback || url.strip_prefix("https://").is_some_and(|host| !host.is_empty())
}

fn pool(source: &Source, engine: Engine) -> Result<PoolSize, SettingError> {
    let readers: usize = number(source, "db_readers", 0, 512)?;
    let usual = match engine {
        Engine::Sqlite => or_cores(0),
        Engine::Postgres => 2 * or_cores(0),
    };
    let readers = if readers == 0 { usual } else { readers };
    Ok(PoolSize { readers, writers: number(source, "db_writers", 1, 64)? })
}

fn or_cores(number: usize) -> usize {
    if number > 0 { number } else { std::thread::available_parallelism().map_or(1, usize::from) }
}

fn flag(source: &Source, name: &str) -> Result<bool, SettingError> {
    source.parsed(name, "must be true or false")
}

fn number<T: Copy + FromStr + PartialOrd + Display>(
    source: &Source,
    name: &str,
    least: T,
    most: T,
) -> Result<T, SettingError> {
    let expected = format!("must be a whole number from {least} to {most}");
    let number: T = source.parsed(name, &expected)?;
    if number < least || number > most {
        return Err(SettingError::new(name, expected));
    }
    Ok(number)
}

fn scanner(source: &Source) -> Result<Option<ScannerAddress>, SettingError> {
    let expected =
        "must be HOST:PORT or the path of a socket, such as 127.0.0.1:3310 or /run/clamav/clamd.ctl";
    let read =
        |text: String| ScannerAddress::parse(&text).ok_or_else(|| SettingError::new("clamav", expected));
    source.get("clamav").map(read).transpose()
}

fn second_factor(source: &Source) -> Result<SecondFactorRule, SettingError> {
    match source.get("second_factor").as_deref() {
        Some("optional") => Ok(SecondFactorRule::Optional),
        Some("required") => Ok(SecondFactorRule::Required),
        None if flag(source, "demo")? => Ok(SecondFactorRule::Optional),
        None => Ok(SecondFactorRule::Required),
        Some(_) => Err(SettingError::new("second_factor", "must be optional or required")),
    }
}

fn log_format(source: &Source) -> Result<LogFormat, SettingError> {
    match source.required("log_format")?.as_str() {
        "json" => Ok(LogFormat::Json),
        "text" => Ok(LogFormat::Text),
        _ => Err(SettingError::new("log_format", "must be json or text")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Result<Settings, String> {
        let source = Source::of_pairs(pairs);
        Settings::read(&source).map_err(|error| error.to_string())
    }

    #[test]
    fn the_defaults_are_right_for_a_demo() {
        let settings = read(&[("demo", "true")]).unwrap();
        assert_eq!(settings.public_url, "http://127.0.0.1:8080");
        assert_eq!(settings.access_token_life, Duration::from_secs(600));
    }

    #[test]
    fn a_wrong_setting_is_refused_by_its_name() {
        for (name, value) in [
            ("listen", "8080"),
            ("database_url", "mysql://x"),
            ("access_token_minutes", "0"),
            ("session_hours", "many"),
            ("public_url", "http://omasote.example"),
            ("log_format", "xml"),
            ("second_factor", "perhaps"),
            ("behind_proxy", "perhaps"),
        ] {
            let refused = read(&[("demo", "true"), (name, value)]).unwrap_err();
            assert!(refused.starts_with(&format!("setting {name}: ")), "{refused}");
        }
    }

    #[test]
    fn demo_mode_on_a_public_address_must_be_asked_for_twice() {
        let public = [("demo", "true"), ("listen", "0.0.0.0:8080")];
        assert!(read(&public).unwrap_err().starts_with("setting demo: "));
        assert!(read(&[public.as_slice(), &[("demo_on_public_address", "true")]].concat()).is_ok());
    }

    #[test]
    fn outside_demo_mode_the_keys_must_be_given() {
        assert!(read(&[]).unwrap_err().starts_with("setting signing_key_file: "));
    }
}
