//! Where a setting's text comes from: the command line first, then the environment, the file, the default.

use std::collections::HashMap;
use std::path::Path;
use std::str::FromStr;

use clap::ArgMatches;

use super::{SETTINGS, Setting, SettingError};

/// What each environment variable begins with.
pub const ENVIRONMENT_PREFIX: &str = "OMASOTE_";

/// The texts of the settings that were given.
#[derive(Debug, Default)]
pub struct Source {
    given: HashMap<&'static str, String>,
}

impl Source {
    /// One command line argument for each setting, and `--config` for the file.
    #[must_use]
    pub fn arguments() -> Vec<clap::Arg> {
        let file = clap::Arg::new("config").long("config").env("OMASOTE_CONFIG").value_name("FILE");
        let file = file.help("TOML file with settings; the command line and the environment come before it");
        let settings = SETTINGS.iter().map(argument);
        std::iter::once(file).chain(settings).map(|argument| argument.global(true)).collect()
    }

    /// Gathers what the command line, the environment and the file say.
    ///
    /// # Errors
    /// When the file cannot be read or names an unknown setting.
    pub fn gather(matches: &ArgMatches) -> Result<Self, SettingError> {
        let mut given = match matches.get_one::<String>("config") {
            Some(path) => from_file(Path::new(path))?,
            None => HashMap::new(),
        };
        for setting in SETTINGS {
            if let Some(value) = matches.get_one::<String>(setting.name) {
                given.insert(setting.name, value.clone());
            }
        }
        Ok(Self { given })
    }

    /// Settings given directly; for tests and tools.
    #[must_use]
    pub fn of_pairs(pairs: &[(&str, &str)]) -> Self {
        let known = |name: &str| SETTINGS.iter().find(|setting| setting.name == name);
        let given = pairs.iter().filter_map(|(name, value)| Some((known(name)?.name, (*value).to_owned())));
        Self { given: given.collect() }
    }

    /// The text of a setting, its default when it was not given. Empty text counts as not given.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<String> {
        let given = self.given.get(name).filter(|text| !text.is_empty()).cloned();
        given.or_else(|| default_of(name).map(str::to_owned))
    }

    pub(super) fn required(&self, name: &str) -> Result<String, SettingError> {
        self.get(name).ok_or_else(|| SettingError::new(name, "is required"))
    }

    pub(super) fn parsed<T: FromStr>(&self, name: &str, expected: &str) -> Result<T, SettingError> {
        self.required(name)?.trim().parse().map_err(|_| SettingError::new(name, expected))
    }
}

fn argument(setting: &Setting) -> clap::Arg {
    let help = match setting.default {
        Some(default) => format!("{} [default: {default}]", setting.help),
        None => setting.help.to_owned(),
    };
    let is_secret = ["database_url", "metrics_token"].contains(&setting.name);
    clap::Arg::new(setting.name)
        .long(setting.name.replace('_', "-"))
        .env(format!("{ENVIRONMENT_PREFIX}{}", setting.name.to_uppercase()))
        .hide_env_values(is_secret)
        .value_name("VALUE")
        .help(help)
}

fn default_of(name: &str) -> Option<&'static str> {
    SETTINGS.iter().find(|setting| setting.name == name).and_then(|setting| setting.default)
}

fn from_file(path: &Path) -> Result<HashMap<&'static str, String>, SettingError> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| SettingError::new("config", format!("{}: {error}", path.display())))?;
    let table: toml::Table =
        text.parse().map_err(|error: toml::de::Error| SettingError::new("config", error.to_string()))?;
    let mut given = HashMap::new();
    for (name, value) in table {
        let known = SETTINGS.iter().find(|setting| setting.name == name);
        let setting = known.ok_or_else(|| SettingError::new(&name, "is not a setting; see --help"))?;
        let text = match value {
            toml::Value::String(text) => text,
            toml::Value::Integer(number) => number.to_string(),
            toml::Value::Boolean(flag) => flag.to_string(),
            _ => return Err(SettingError::new(&name, "must be a text, a whole number, true or false")),
        };
        given.insert(setting.name, text);
    }
    Ok(given)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> tempfile::NamedTempFile {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        file
    }

    #[test]
    fn a_file_gives_settings_and_an_unknown_name_in_it_is_refused() {
        let given = from_file(file("demo = true\nworkers = 3\nlog = \"warn\"").path()).unwrap();
        assert_eq!(given.get("workers").map(String::as_str), Some("3"));
        let refused = from_file(file("databse_url = \"x\"").path()).unwrap_err();
        assert_eq!(refused.to_string(), "setting databse_url: is not a setting; see --help");
    }

    #[test]
    fn the_command_line_comes_before_the_file() {
        let file = file("workers = 3\nlog = \"warn\"");
        let path = file.path().to_str().unwrap();
        let command = clap::Command::new("test").args(Source::arguments());
        let matches = command.get_matches_from(["test", "--config", path, "--workers", "5"]);
        let source = Source::gather(&matches).unwrap();
        assert_eq!(source.get("workers").as_deref(), Some("5"));
        assert_eq!(source.get("log").as_deref(), Some("warn"));
        assert_eq!(source.get("data_dir").as_deref(), Some("data"));
    }
}
