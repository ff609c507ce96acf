//! What the web apps are made from, as one fingerprint: the same fingerprint means nothing to do.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use super::dist::hex;
use crate::workspace::{Workspace, files, output};

/// Files and folders whose content decides the result. npm packages are told by their lock file.
const SOURCES: [&str; 12] = [
    "Cargo.toml",
    "Cargo.lock",
    "crates/client",
    "crates/rules",
    "crates/types",
    "crates/xtask",
    "frontend/citizen",
    "frontend/package-lock.json",
    "frontend/professional",
    "frontend/theme",
    "frontend/ui",
    "frontend/web",
];

/// A hash over every source file's name and content, and the compiler's version.
pub(crate) fn fingerprint(workspace: &Workspace) -> Result<String> {
    let mut digest = Sha256::new();
    digest.update(output(Command::new("rustc").arg("-vV"))?);
    for source in SOURCES {
        for file in files(&workspace.path(source))? {
            let content = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
            digest.update(file.as_os_str().as_encoded_bytes());
            digest.update(Sha256::digest(content));
        }
    }
    Ok(hex(&digest.finalize()))
}
