//! The theme made from its few settings, and the style sheet: the design system, the theme and our own rules.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::dist::{Asset, Dist};
use super::stage;
use crate::workspace::{Workspace, files, output};

const THEME: &str = "frontend/theme/designsystemet.config.json";
const THEME_CSS: &str = "frontend/design-tokens/omasote.css";
const STYLE_SHEET: &str = "frontend/web/app.css";
const ICON: &str = "frontend/web/icon.svg";

/// What pages need to know of the looks.
#[derive(Debug)]
pub(crate) struct Styles {
    pub(crate) sheet: Asset,
    /// The first font the style sheet names, worth loading early.
    pub(crate) font: Option<Asset>,
    pub(crate) icon: Option<Asset>,
}

/// Makes the theme, bundles the style sheet and adds it with the fonts and pictures it names.
pub(crate) fn build(workspace: &Workspace, dist: &Dist) -> Result<Styles> {
    make_theme(workspace)?;
    let folder = stage(workspace, "styles")?;
    fs::remove_dir_all(&folder)?;
    bundle(workspace, &folder)?;
    let mut sheet = fs::read_to_string(folder.join("app.css"))?;
    let mut font = None;
    for file in files(&folder)? {
        let (Some(stem), Some(extension)) = (utf8(file.file_stem()), utf8(file.extension())) else {
            continue;
        };
        if extension == "css" {
            continue;
        }
        let asset = dist.add_asset(stem, extension, &fs::read(&file)?)?;
        sheet = sheet.replace(&format!("/assets/{stem}.{extension}"), &asset.url);
        if extension == "woff2" && font.is_none() {
            font = Some(asset);
        }
    }
    let icon = workspace.path(ICON);
    let icon = icon.is_file().then(|| dist.add_asset("icon", "svg", &fs::read(&icon)?)).transpose()?;
    Ok(Styles { sheet: dist.add_asset("app", "css", sheet.as_bytes())?, font, icon })
}

/// Runs the design system's generator; its tokens stay under target, only the style sheet is kept.
fn make_theme(workspace: &Workspace) -> Result<()> {
    let settings = fs::read(workspace.path(THEME)).with_context(|| format!("cannot read {THEME}"))?;
    let mut settings: Value =
        serde_json::from_slice(&settings).with_context(|| format!("{THEME} is not JSON"))?;
    let folder = stage(workspace, "theme")?;
    let (tokens, css, config) = (folder.join("tokens"), folder.join("css"), folder.join("config.json"));
    if let Some(settings) = settings.as_object_mut() {
        // The generator prefers this over its own argument.
        settings.insert("outDir".to_owned(), tokens.display().to_string().into());
    }
    fs::write(&config, settings.to_string())?;
    let mut create = workspace.npm_tool("designsystemet")?;
    output(create.args(["tokens", "create", "--clean", "--config"]).arg(&config))?;
    let mut build = workspace.npm_tool("designsystemet")?;
    build.args(["tokens", "build", "--clean", "--config"]).arg(&config);
    output(build.arg("--tokens").arg(&tokens).arg("--out-dir").arg(&css))?;

    let made = css.join("omasote.css");
    ensure!(made.is_file(), "the theme in {THEME} must be called omasote");
    let wanted = workspace.path(THEME_CSS);
    fs::create_dir_all(workspace.path("frontend/design-tokens"))?;
    fs::copy(made, wanted).context("cannot write the theme's style sheet")?;
    Ok(())
}

fn bundle(workspace: &Workspace, folder: &Path) -> Result<()> {
    let mut esbuild = workspace.npm_tool("esbuild")?;
    esbuild.arg(workspace.path(STYLE_SHEET)).arg(format!("--outdir={}", folder.display()));
    esbuild.args([
        "--bundle",
        "--minify",
        "--log-level=warning",
        "--entry-names=app",
        "--asset-names=[name]",
    ]);
    esbuild.args(["--public-path=/assets", "--loader:.woff2=file", "--loader:.svg=file"]);
    output(&mut esbuild)?;
    let mut purge = workspace.npm_tool("purgecss")?;
    purge.args(["--config", "web/purgecss.config.js", "--css"]).arg(folder.join("app.css"));
    output(purge.arg("--output").arg(folder.join("app.css")))?;
    Ok(())
}

fn utf8(part: Option<&std::ffi::OsStr>) -> Option<&str> {
    part.and_then(std::ffi::OsStr::to_str)
}
