//! The folder the server sends: named by content, filled beside the old one and put in its place when whole.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256, Sha384};

/// How much of the content's hash goes into a file's name.
const HASH_DIGITS: usize = 12;

/// The folder being filled, and the one it will replace.
#[derive(Debug)]
pub(crate) struct Dist {
    next: PathBuf,
    finished: PathBuf,
}

/// A published file: where a browser finds it, and the hash it must have.
#[derive(Clone, Debug)]
pub(crate) struct Asset {
    pub(crate) url: String,
    pub(crate) integrity: String,
}

impl Dist {
    /// Starts an empty folder.
    pub(crate) fn create(next: PathBuf, finished: PathBuf) -> Result<Self> {
        if next.exists() {
            fs::remove_dir_all(&next)?;
        }
        fs::create_dir_all(next.join("assets"))?;
        Ok(Self { next, finished })
    }

    /// The folder being filled.
    pub(crate) fn folder(&self) -> &Path {
        &self.next
    }

    /// The last build's folder, if there is one.
    pub(crate) fn previous(&self) -> &Path {
        &self.finished
    }

    /// Adds a file that is cached for ever, under a name made of its content.
    pub(crate) fn add_asset(&self, name: &str, extension: &str, content: &[u8]) -> Result<Asset> {
        let path = format!("assets/{}", asset_name(name, extension, content));
        self.add_page(&path, content)?;
        Ok(Asset { url: format!("/{path}"), integrity: integrity(content) })
    }

    /// Adds a file under its own name.
    pub(crate) fn add_page(&self, path: &str, content: &[u8]) -> Result<()> {
        let file = self.next.join(path);
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&file, content).with_context(|| format!("cannot write {}", file.display()))
    }

    /// Puts the filled folder in the place of the old one.
    pub(crate) fn publish(&self) -> Result<()> {
        if self.finished.exists() {
            fs::remove_dir_all(&self.finished)?;
        }
        fs::rename(&self.next, &self.finished).context("cannot replace target/dist")
    }
}

/// A file name that tells the content.
pub(crate) fn asset_name(name: &str, extension: &str, content: &[u8]) -> String {
    let hash: String = hex(&Sha256::digest(content)).chars().take(HASH_DIGITS).collect();
    format!("{name}-{hash}.{extension}")
}

/// The value of an `integrity` attribute.
pub(crate) fn integrity(content: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(content)))
}

/// Bytes as lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integrity_is_the_base64_of_sha384() {
        let expected = "sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb";
        assert_eq!(integrity(b""), expected);
    }

    #[test]
    fn an_assets_name_carries_the_start_of_its_hash() {
        let folder = std::env::temp_dir().join(format!("xtask-dist-{}", std::process::id()));
        let dist = Dist::create(folder.join("next"), folder.join("dist")).unwrap();
        let asset = dist.add_asset("app", "js", b"").unwrap();
        assert_eq!(asset.url, "/assets/app-e3b0c44298fc.js");
        dist.publish().unwrap();
        assert!(folder.join("dist").join(asset.url.trim_start_matches('/')).is_file());
        fs::remove_dir_all(folder).unwrap();
    }
}
