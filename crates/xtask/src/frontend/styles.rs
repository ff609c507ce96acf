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
    /// What the app has fetched once it is there: the rules of pages that nobody sees first.
    pub(crate) later: Asset,
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
    let (sheet, later) = divided(&sheet)?;
    let later = dist.add_asset("later", "css", later.as_bytes())?;
    Ok(Styles { sheet: dist.add_asset("app", "css", sheet.as_bytes())?, later, font, icon })
}

/// How a file of ours begins in the bundled sheet.
const OWN_LAYER: &str = "@layer app{";

/// Takes the last of our files off the sheet: `app.css` says which one that is. They are bundled and purged together, so that each knows what
/// the other uses.
fn divided(sheet: &str) -> Result<(String, String)> {
    let begin = sheet.rfind(OWN_LAYER).context("the style sheet has no layer of ours")?;
    let mut depth = 0_u32;
    let last = sheet.get(begin..).unwrap_or_default().char_indices().find(|(_, character)| {
        match character {
            '{' => depth = depth.saturating_add(1),
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        *character == '}' && depth == 0
    });
    let (length, _) = last.context("the last layer of the style sheet does not end")?;
    let end = begin.saturating_add(length).saturating_add(1);
    let part = |range: std::ops::Range<usize>| sheet.get(range).unwrap_or_default();
    let first = format!("{}{}", part(0..begin), part(end..sheet.len()));
    ensure!(first.contains(OWN_LAYER), "all of our rules would come later");
    Ok((first, part(begin..end).to_owned()))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_layer_of_ours_comes_later_and_what_stands_after_it_does_not() {
        let sheet = "@layer a,app;@layer app{p{x:y}}@layer app{@media print{.b{x:y}}.c{x:y}}@font-face{z:w}";
        let (first, later) = divided(sheet).unwrap();
        assert_eq!(first, "@layer a,app;@layer app{p{x:y}}@font-face{z:w}");
        assert_eq!(later, "@layer app{@media print{.b{x:y}}.c{x:y}}");
        assert!(divided("@layer app{p{x:y}}").is_err());
    }
}
