//! Both web apps and the API documentation's pages, from source to files a server can send as they are.
//!
//! cargo -> wasm-split -> wasm-bindgen -> wasm-opt -> esbuild -> content hash and SRI -> brotli and gzip, into `target/dist`.
//! Nothing here talks to the network.

mod apps;
mod chunks;
mod compress;
mod dist;
mod inputs;
mod sizes;
mod styles;
mod swagger;
mod template;
mod wasm;

use std::fs;
use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Context, Result};

use crate::workspace::Workspace;
use dist::Dist;

/// Builds `target/dist` unless nothing it is made from has changed since the last time.
pub(crate) fn build(workspace: &Workspace) -> Result<()> {
    wasm::check_bindgen_version(workspace)?;
    let finished = workspace.path("target/dist");
    let stamp = workspace.path("target/frontend/inputs");
    let inputs = inputs::fingerprint(workspace)?;
    if finished.join(sizes::FILE).is_file() && fs::read_to_string(&stamp).is_ok_and(|old| old == inputs) {
        println!("web apps are up to date");
        return sizes::print(&finished);
    }

    let timer = Timer::start();
    let dist = Dist::create(workspace.path("target/frontend/dist-next"), finished.clone())?;
    let styles = styles::build(workspace, &dist)?;
    timer.lap("styles");
    let raw = wasm::compile(workspace)?;
    timer.lap("cargo");
    let built = apps::build_all(workspace, &dist, &styles, &raw)?;
    timer.lap("wasm-split, wasm-bindgen, wasm-opt, esbuild");
    swagger::build(workspace, &dist)?;
    compress::all(&dist)?;
    timer.lap("brotli, gzip");
    sizes::write(&dist, &built)?;
    dist.publish()?;
    fs::write(&stamp, inputs).context("cannot note what was built")?;
    sizes::print(&finished)
}

/// Fails when one of the apps that were built has grown out of its bounds.
pub(crate) fn check_sizes(workspace: &Workspace) -> Result<()> {
    sizes::check(&workspace.path("target/dist"))
}

/// A folder for half-made files of one part of the build.
fn stage(workspace: &Workspace, part: &str) -> Result<PathBuf> {
    let folder = workspace.path("target/frontend").join(part);
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    Ok(folder)
}

/// Says how long each part took.
struct Timer {
    started: Instant,
}

impl Timer {
    fn start() -> Self {
        Self { started: Instant::now() }
    }

    fn lap(&self, part: &str) {
        println!("{:6.1} s  {part}", self.started.elapsed().as_secs_f64());
    }
}
