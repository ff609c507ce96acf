//! The committed OpenAPI document: written from the code, and proven to be what the code says.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::workspace::{Workspace, output};

const DOCUMENT: &str = "openapi/omasote.json";

/// Writes the document that the server generates from its code.
pub(crate) fn write(workspace: &Workspace) -> Result<()> {
    fs::write(workspace.path(DOCUMENT), generate(workspace)?)?;
    println!("wrote {DOCUMENT}");
    Ok(())
}

/// Fails when the committed document differs from the generated one.
pub(crate) fn check(workspace: &Workspace) -> Result<()> {
    let committed = fs::read(workspace.path(DOCUMENT)).with_context(|| format!("{DOCUMENT} is missing"))?;
    let generated = generate(workspace)?;
    if let Some(line) = first_difference(&committed, &generated) {
        bail!("{DOCUMENT} differs from the code at line {line}: run `cargo xtask openapi` and commit it");
    }
    println!("{DOCUMENT} is what the code says");
    Ok(())
}

/// Asks the server: the one just built when `XTASK_SERVER` names it, else a debug build.
fn generate(workspace: &Workspace) -> Result<Vec<u8>> {
    let mut command = std::env::var_os("XTASK_SERVER").map_or_else(|| debug_build(workspace), Command::new);
    let mut document = output(command.arg("openapi"))?;
    if !document.ends_with(b"\n") {
        document.push(b'\n');
    }
    Ok(document)
}

fn debug_build(workspace: &Workspace) -> Command {
    let mut cargo = workspace.cargo();
    cargo.args(["run", "--quiet", "--package", "omasote-backend", "--bin", "omasote", "--"]);
    cargo
}

/// The number of the first line that is not the same, or `None` when all are.
fn first_difference(left: &[u8], right: &[u8]) -> Option<usize> {
    if left == right {
        return None;
    }
    let lines = |bytes: &[u8]| bytes.split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect::<Vec<_>>();
    let (left, right) = (lines(left), lines(right));
    let same = left.iter().zip(&right).take_while(|(left, right)| left == right).count();
    Some(same.saturating_add(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_document_has_no_difference() {
        assert_eq!(first_difference(b"{\n}\n", b"{\n}\n"), None);
    }

    #[test]
    fn the_first_differing_line_is_named() {
        assert_eq!(first_difference(b"{\n\"a\": 1\n}\n", b"{\n\"a\": 2\n}\n"), Some(2));
        assert_eq!(first_difference(b"{\n}\n", b"{\n}\n\n"), Some(4));
    }
}
