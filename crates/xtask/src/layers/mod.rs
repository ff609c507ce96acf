//! The layers' arrows, proven: between crates by cargo's own metadata, inside the server by reading its source.
//!
//! Each check returns sentences; no sentence means the house stands as ARCHITECTURE.md says.

mod arrows;
mod features;
mod mentions;
mod sources;

use anyhow::{Result, bail};

use crate::workspace::Workspace;

/// Runs every layer check and fails with all that they found.
pub(crate) fn check(workspace: &Workspace) -> Result<()> {
    let graph = arrows::Graph::read(&workspace.metadata()?)?;
    let mut found = arrows::violations(&graph);
    found.extend(mentions::violations(&sources::read(&workspace.path("crates/backend/src"))?));
    found.extend(features::violations(|path| workspace.path(path).exists()));
    if !found.is_empty() {
        bail!("{} layer violations:\n  {}", found.len(), found.join("\n  "));
    }
    println!("the layers hold");
    Ok(())
}
