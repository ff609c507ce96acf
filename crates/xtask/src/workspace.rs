//! Where the checkout is, and how other programs are run in it.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

/// The checkout this step works on.
#[derive(Debug)]
pub(crate) struct Workspace {
    root: PathBuf,
}

impl Workspace {
    /// Cargo tells a program it runs where its manifest is; the workspace is two folders up.
    pub(crate) fn find() -> Result<Self> {
        let manifest = std::env::var_os("CARGO_MANIFEST_DIR").context("run this as `cargo xtask`")?;
        let root = Path::new(&manifest).ancestors().nth(2).context("the xtask crate has moved")?;
        Ok(Self { root: root.to_owned() })
    }

    /// A path inside the checkout.
    pub(crate) fn path(&self, relative: impl AsRef<Path>) -> PathBuf {
        self.root.join(relative)
    }

    /// Cargo, run in the checkout's root.
    pub(crate) fn cargo(&self) -> Command {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command.current_dir(&self.root);
        command
    }

    /// A tool that `npm ci` put into `frontend/node_modules`.
    pub(crate) fn npm_tool(&self, name: &str) -> Result<Command> {
        let tool = self.path("frontend/node_modules/.bin").join(name);
        ensure!(tool.exists(), "{name} is missing: run `npm ci` in frontend/");
        let mut command = Command::new(tool);
        command.current_dir(self.path("frontend"));
        Ok(command)
    }

    /// What `cargo metadata` says of the workspace and everything it depends on.
    pub(crate) fn metadata(&self) -> Result<serde_json::Value> {
        let mut command = self.cargo();
        command.args(["metadata", "--format-version", "1", "--locked"]);
        Ok(serde_json::from_slice(&output(&mut command)?)?)
    }
}

/// Runs a command to its end and returns what it printed; its errors go to the terminal only when it fails.
pub(crate) fn output(command: &mut Command) -> Result<Vec<u8>> {
    let name = display(command);
    let done = command.output().with_context(|| format!("cannot start {name}"))?;
    if !done.status.success() {
        let printed = String::from_utf8_lossy(&done.stdout);
        let errors = String::from_utf8_lossy(&done.stderr);
        bail!("{name} failed ({}):\n{printed}{errors}", done.status);
    }
    Ok(done.stdout)
}

/// Every file below a path in a fixed order; the path itself when it is a file, none when it does not exist.
pub(crate) fn files(path: &Path) -> Result<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    if !path.is_dir() {
        return Ok(Vec::new());
    }
    let mut entries = fs::read_dir(path)?.collect::<Result<Vec<_>, _>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    let mut found = Vec::new();
    for entry in entries {
        found.extend(files(&entry.path())?);
    }
    Ok(found)
}

/// Program and first arguments, for messages.
fn display(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or_default();
    let words: Vec<_> = std::iter::once(program).chain(command.get_args().take(3)).map(lossy).collect();
    format!("`{}`", words.join(" "))
}

fn lossy(text: &OsStr) -> String {
    text.to_string_lossy().into_owned()
}
