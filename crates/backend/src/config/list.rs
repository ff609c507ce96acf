//! The list of settings: `--help`, the environment and docs/operations.md all follow it.

/// One setting.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// Its name: `database_url` is `--database-url`, `OMASOTE_DATABASE_URL`, and `database_url = …` in a file.
    pub name: &'static str,
    /// What holds when it is not given.
    pub default: Option<&'static str>,
    /// What it does.
    pub help: &'static str,
}

/// Every setting.
pub const SETTINGS: &[Setting] = &[
    with("listen", "127.0.0.1:8080", "Address and port the server listens on; port 0 takes a free one"),
    without(
        "public_url",
        "Address people reach the server at, https://HOST; the listen address when not given",
    ),
    with(
        "database_url",
        "sqlite://data/omasote.sqlite",
        "Database: sqlite://PATH or postgres://USER@HOST/DATABASE",
    ),
    with(
        "db_readers",
        "0",
        "Database connections that read; 0: as many as there are cores, twice that on PostgreSQL",
    ),
    with("db_writers", "2", "Database connections that write, on PostgreSQL; SQLite has one"),
    with("data_dir", "data", "Folder for what the server keeps beside the database"),
    with("demo", "false", "Demo mode: anyone may sign in as a made-up person"),
    with("demo_on_public_address", "false", "Allows demo mode on an address that is not a loopback address"),
    without(
        "signing_key_file",
        "File with the Ed25519 key (PKCS#8 PEM) that signs sessions; required outside demo mode",
    ),
    without(
        "identity_key_file",
        "File with the key (32 bytes, Base64) that seals identity codes; required outside demo mode",
    ),
    without(
        "identity_key_previous_file",
        "File with another identity key that opens what it sealed, while the key is changed",
    ),
    without("oidc_file", "TOML file with the OpenID providers through which people sign in"),
    without(
        "valtuudet_file",
        "TOML file with the access to Suomi.fi Valtuudet (e-Authorizations), from which mandates are fetched",
    ),
    without(
        "ehr_file",
        "TOML file with the access to the patient information system (FHIR R4), to which professionals save entries",
    ),
    without(
        "notifications_file",
        "TOML file with the mail server and the gateway of text messages by which people are told that something waits for them",
    ),
    without(
        "second_factor",
        "Whether local accounts must have a second factor: optional or required; required when not given, optional in demo mode",
    ),
    without(
        "clamav",
        "ClamAV daemon that scans uploaded files: HOST:PORT or the path of its socket; when it does not answer no file is taken",
    ),
    with("access_token_minutes", "10", "How long an access token lasts, 1–60"),
    with("session_hours", "12", "How long a session lasts at most, 1–168"),
    with("idle_minutes", "30", "How long a session lasts without being used, 5–1440"),
    with(
        "care_relation_days",
        "90",
        "How long a unit may see a citizen after their last matter with it was closed, 0–3650",
    ),
    with(
        "take_hours",
        "24",
        "How long a thread whose citizen waits stays with the professional who took it, 1–720; then it goes back to the unit",
    ),
    with("emergency_access_minutes", "60", "How long a break-glass access lasts, 5–480"),
    with(
        "consent_days",
        "180",
        "How long an app that a citizen let in may go on before it asks again, 1–3650",
    ),
    with(
        "access_log_years",
        "12",
        "How long lines of the access log are kept, 1–100; see `omasote audit expire`",
    ),
    with("workers", "0", "HTTP worker threads; 0: as many as there are cores"),
    with("max_body_kib", "512", "Largest request body in KiB"),
    without(
        "metrics_token",
        "Bearer token that /metrics asks for; without it /metrics answers only in demo mode",
    ),
    with("shutdown_seconds", "30", "How long a stopping server lets requests finish"),
    with("behind_proxy", "false", "Whether our own proxy writes the caller's address into X-Forwarded-For"),
    with(
        "log",
        "info",
        "Which log lines: error, warn, info, debug, or a filter such as info,omasote_backend=debug",
    ),
    with("log_format", "json", "How log lines look: json or text"),
];

const fn with(name: &'static str, default: &'static str, help: &'static str) -> Setting {
    Setting { name, default: Some(default), help }
}

const fn without(name: &'static str, help: &'static str) -> Setting {
    Setting { name, default: None, help }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_operations_guide_lists_every_setting_with_its_default() {
        let guide = include_str!("../../../../docs/operations.md");
        for setting in SETTINGS {
            let default = setting.default.map_or_else(|| "–".to_owned(), |default| format!("`{default}`"));
            let row = format!("| `{}` | {default} | {} |", setting.name, setting.help);
            assert!(guide.contains(&row), "docs/operations.md lacks the row: {row}");
        }
    }
}
