//! The two web apps: which they are, and how the parts of one become a page.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::thread;

use anyhow::{Context, Result, anyhow, ensure};

use super::dist::{Asset, Dist};
use super::styles::Styles;
use super::template::fill;
use super::wasm;
use crate::workspace::Workspace;

const PAGE: &str = "frontend/web/index.html";
const BOOT: &str = "frontend/web/boot.js";

/// One web app.
#[derive(Debug)]
pub(crate) struct App {
    /// Its folder in target/dist and the start of its files' names.
    pub(crate) name: &'static str,
    pub(crate) package: &'static str,
    /// Where the server serves it.
    base: &'static str,
    title: &'static str,
    /// The chunk of its first page: what sizes are told of.
    front: &'static str,
}

/// The chunk of the page that asks who one is, the same in every app.
const SIGN_IN: &str = "sign_in";

pub(crate) const APPS: [App; 2] = [
    App { name: "citizen", package: "omasote-citizen", base: "/", title: "Omasote", front: "front" },
    App {
        name: "professional",
        package: "omasote-professional",
        base: "/pro/",
        title: "Omasote – ammattilaiset",
        front: "inbox",
    },
];

/// The files of one app's first load, as paths in target/dist.
#[derive(Debug)]
pub(crate) struct BuiltApp {
    pub(crate) name: &'static str,
    pub(crate) page: String,
    pub(crate) wasm: Asset,
    pub(crate) scripts: Vec<Asset>,
    pub(crate) sheet: Asset,
    pub(crate) font: Option<Asset>,
    /// What a first visit shows, and the chunks it takes, as names in target/dist/assets.
    pub(crate) arrivals: [(&'static str, Vec<String>); 2],
}

/// Builds the apps beside each other from their compiled modules.
pub(crate) fn build_all(
    workspace: &Workspace,
    dist: &Dist,
    styles: &Styles,
    raw: &[PathBuf],
) -> Result<Vec<BuiltApp>> {
    thread::scope(|scope| {
        let start = |(app, raw)| scope.spawn(move || build(workspace, dist, styles, app, raw));
        let running: Vec<_> = APPS.iter().zip(raw.iter().map(PathBuf::as_path)).map(start).collect();
        let end =
            |app: thread::ScopedJoinHandle<'_, _>| app.join().map_err(|_| anyhow!("a build thread died"))?;
        running.into_iter().map(end).collect()
    })
}

fn build(workspace: &Workspace, dist: &Dist, styles: &Styles, app: &App, raw: &Path) -> Result<BuiltApp> {
    let module = wasm::finish(workspace, app.name, raw)?;
    let wasm = dist.add_asset(app.name, "wasm", &module.wasm)?;
    for (name, chunk) in &module.chunks.files {
        dist.add_page(&format!("assets/{name}"), chunk)?;
    }
    let script = dist.add_asset(app.name, "js", &module.script)?;
    let boot = fs::read_to_string(workspace.path(BOOT)).with_context(|| format!("cannot read {BOOT}"))?;
    let values = [
        ("JS", &*script.url),
        ("WASM", &wasm.url),
        ("WASM_SRI", &wasm.integrity),
        ("LATER", &styles.later.url),
        ("LATER_SRI", &styles.later.integrity),
    ];
    let boot = fill(&boot, &values).context(BOOT)?;
    let boot = dist.add_asset(&format!("{}-boot", app.name), "js", &minify(workspace, &boot)?)?;

    let page = fs::read_to_string(workspace.path(PAGE)).with_context(|| format!("cannot read {PAGE}"))?;
    let mut values = vec![
        ("TITLE", app.title),
        ("BASE", app.base),
        ("CSS", &styles.sheet.url),
        ("CSS_SRI", &styles.sheet.integrity),
        ("WASM", &wasm.url),
        ("WASM_SRI", &wasm.integrity),
        ("JS", &script.url),
        ("JS_SRI", &script.integrity),
        ("BOOT", &boot.url),
        ("BOOT_SRI", &boot.integrity),
    ];
    values.extend(styles.font.as_ref().map(|font| ("FONT", font.url.as_str())));
    values.extend(styles.icon.as_ref().map(|icon| ("ICON", icon.url.as_str())));
    let path = format!("{}/index.html", app.name);
    dist.add_page(&path, fill(&page, &values).context(PAGE)?.as_bytes())?;
    let arrival = |chunk: &'static str| {
        let files =
            module.chunks.needed.get(chunk).with_context(|| format!("{} has no chunk {chunk}", app.name));
        files.map(|files| (chunk, files.clone()))
    };
    let arrivals = [arrival(SIGN_IN)?, arrival(app.front)?];
    let (sheet, font) = (styles.sheet.clone(), styles.font.clone());
    Ok(BuiltApp { name: app.name, page: path, wasm, scripts: vec![script, boot], sheet, font, arrivals })
}

/// Minifies a small script that is given as text.
fn minify(workspace: &Workspace, script: &str) -> Result<Vec<u8>> {
    let mut esbuild = workspace.npm_tool("esbuild")?;
    esbuild.args(["--minify", "--format=esm", "--log-level=warning"]);
    let mut running =
        esbuild.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().context("cannot start esbuild")?;
    running.stdin.take().context("esbuild takes no input")?.write_all(script.as_bytes())?;
    let done = running.wait_with_output()?;
    ensure!(done.status.success(), "esbuild refused {BOOT}");
    Ok(done.stdout)
}
