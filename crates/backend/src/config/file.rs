//! The TOML files that settings name: reading them, and the secrets beside them.

use std::path::Path;

use serde::de::DeserializeOwned;

use super::SettingError;
use super::oidc::Secret;

/// Reads the file that `setting` names and has it checked, with the folder it is in. What is wrong is told with the setting and
/// the file.
pub(super) fn read<F: DeserializeOwned, T>(
    setting: &str,
    path: &Path,
    check: impl FnOnce(F, &Path) -> Result<T, String>,
) -> Result<T, SettingError> {
    let wrong = |expected: String| SettingError::new(setting, format!("{}: {expected}", path.display()));
    let text = std::fs::read_to_string(path).map_err(|error| wrong(error.to_string()))?;
    let file: F = toml::from_str(&text).map_err(|error| wrong(error.to_string()))?;
    check(file, path.parent().unwrap_or(Path::new("."))).map_err(wrong)
}

/// A secret that is alone in a file.
pub(super) fn secret(folder: &Path, setting: &str, file: &str) -> Result<Secret, String> {
    let file = folder.join(file);
    let text =
        std::fs::read_to_string(&file).map_err(|error| format!("{setting}: {}: {error}", file.display()))?;
    match text.trim() {
        "" => Err(format!("{setting}: {}: the file is empty", file.display())),
        text => Ok(Secret::of(text)),
    }
}
