//! The machine that the figures are of.

use std::fs;
use std::process::Command;

use chrono::{NaiveDate, Utc};

/// What to know about a machine when reading its figures.
pub(super) struct Machine {
    pub(super) date: NaiveDate,
    pub(super) processor: String,
    pub(super) cores: usize,
    pub(super) memory_mib: u64,
    pub(super) kernel: String,
    pub(super) rust: String,
    /// How busy it was with other things when the measurement began.
    pub(super) load: String,
}

const UNKNOWN: &str = "unknown";

impl Machine {
    pub(super) fn look() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let kibibytes =
            value_in("/proc/meminfo", "MemTotal").and_then(|text| text.split(' ').next()?.parse().ok());
        Self {
            date: Utc::now().date_naive(),
            processor: value_in("/proc/cpuinfo", "model name").unwrap_or_else(|| UNKNOWN.to_owned()),
            cores,
            memory_mib: kibibytes.map_or(0, |kibibytes: u64| kibibytes / 1024),
            kernel: fs::read_to_string("/proc/sys/kernel/osrelease")
                .map_or_else(|_| UNKNOWN.to_owned(), |release| release.trim().to_owned()),
            rust: rust_version().unwrap_or_else(|| UNKNOWN.to_owned()),
            load: fs::read_to_string("/proc/loadavg")
                .ok()
                .and_then(|load| Some(load.split(' ').next()?.to_owned()))
                .unwrap_or_else(|| UNKNOWN.to_owned()),
        }
    }
}

/// The value of the first line `name : value`.
fn value_in(file: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let mut pairs = text.lines().filter_map(|line| line.split_once(':'));
    pairs.find(|(found, _)| found.trim() == name).map(|(_, value)| value.trim().to_owned())
}

fn rust_version() -> Option<String> {
    let output = Command::new("rustc").arg("--version").output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    text.split(' ').nth(1).map(str::to_owned)
}
