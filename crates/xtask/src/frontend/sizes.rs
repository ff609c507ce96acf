//! How large the result is: every file, and what a first visit to each app loads.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize};

use super::apps::BuiltApp;
use super::compress::beside;
use super::dist::{Asset, Dist};
use crate::workspace::files;

/// The figures' file in target/dist.
pub(crate) const FILE: &str = "sizes.json";

/// The most a first visit may load, in bytes.
const FIRST_LOAD_LIMIT: u64 = 180_000;

/// What is written to `sizes.json`; all sizes in bytes.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct Sizes {
    files: Vec<FileSize>,
    first_loads: Vec<FirstLoad>,
}

#[derive(Debug, Deserialize, Serialize)]
struct FileSize {
    path: String,
    raw: u64,
    brotli: u64,
    gzip: u64,
}

/// What travels on a first visit until a page shows, brotli-compressed. The total leaves the font out: text shows
/// before it comes.
#[derive(Debug, Deserialize, Serialize)]
struct FirstLoad {
    app: String,
    /// The chunk of the page that shows.
    arrival: String,
    wasm: u64,
    chunks: u64,
    scripts: u64,
    styles: u64,
    page: u64,
    total: u64,
    font: u64,
}

/// Measures the finished folder.
pub(crate) fn write(dist: &Dist, apps: &[BuiltApp]) -> Result<()> {
    let folder = dist.folder();
    let plain = |file: &std::path::PathBuf| file.extension().is_none_or(|end| end != "br" && end != "gz");
    let paths = files(folder)?.into_iter().filter(plain);
    let sizes = paths.map(|file| measure(folder, &file)).collect::<Result<Vec<_>>>()?;
    let mut first_loads = Vec::new();
    for app in apps {
        for (arrival, chunks) in &app.arrivals {
            first_loads.push(first_load(&sizes, app, arrival, chunks)?);
        }
    }
    let text = serde_json::to_string_pretty(&Sizes { files: sizes, first_loads })?;
    fs::write(folder.join(FILE), text + "\n")?;
    Ok(())
}

fn measure(folder: &Path, file: &Path) -> Result<FileSize> {
    let raw = fs::metadata(file)?.len();
    // What does not compress travels as it is.
    let compressed = |extension| fs::metadata(beside(file, extension)).map_or(raw, |file| file.len());
    let path = file.strip_prefix(folder)?.display().to_string();
    Ok(FileSize { path, raw, brotli: compressed("br"), gzip: compressed("gz") })
}

fn first_load(sizes: &[FileSize], app: &BuiltApp, arrival: &str, chunks: &[String]) -> Result<FirstLoad> {
    let of_path = |path: &str| {
        let found = sizes.iter().find(|file| file.path == path);
        found.map(|file| file.brotli).with_context(|| format!("{path} was not written"))
    };
    let of = |asset: &Asset| of_path(asset.url.trim_start_matches('/'));
    let (wasm, styles, page) = (of(&app.wasm)?, of(&app.sheet)?, of_path(&app.page)?);
    let scripts = app.scripts.iter().map(of).sum::<Result<u64>>()?;
    let font = app.font.as_ref().map(of).transpose()?.unwrap_or_default();
    let chunks = chunks.iter().map(|name| of_path(&format!("assets/{name}"))).sum::<Result<u64>>()?;
    let total = [wasm, chunks, scripts, styles, page].iter().sum();
    let (app, arrival) = (app.name.to_owned(), arrival.to_owned());
    Ok(FirstLoad { app, arrival, wasm, chunks, scripts, styles, page, total, font })
}

/// Fails when a first visit loads too much.
pub(crate) fn check(folder: &Path) -> Result<()> {
    let sizes = read(folder)?;
    ensure!(!sizes.first_loads.is_empty(), "no web app was measured");
    for load in sizes.first_loads {
        let FirstLoad { app, arrival, total, .. } = load;
        ensure!(
            total <= FIRST_LOAD_LIMIT,
            "the {app} app loads {total} bytes until {arrival} shows, at most {FIRST_LOAD_LIMIT} are allowed: \
             move what is not needed by then into a chunk"
        );
        println!("{app}, {arrival}: {total} bytes");
    }
    Ok(())
}

fn read(folder: &Path) -> Result<Sizes> {
    let file = folder.join(FILE);
    let written = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
    Ok(serde_json::from_slice(&written)?)
}

/// Prints the figures of a finished folder.
pub(crate) fn print(folder: &Path) -> Result<()> {
    let sizes = read(folder)?;
    println!("{:>12} {:>12}  file", "bytes", "brotli");
    for file in &sizes.files {
        println!("{:>12} {:>12}  {}", file.raw, file.brotli, file.path);
    }
    for load in &sizes.first_loads {
        let kilobytes = |bytes: u64| format!("{}.{}", bytes / 1000, bytes % 1000 / 100);
        println!(
            "first load of {}, {}: {} kB (wasm {} and {}, js {}, css {}, page {}); font {} kB later",
            load.app,
            load.arrival,
            kilobytes(load.total),
            kilobytes(load.wasm),
            kilobytes(load.chunks),
            kilobytes(load.scripts),
            kilobytes(load.styles),
            kilobytes(load.page),
            kilobytes(load.font),
        );
    }
    Ok(())
}
