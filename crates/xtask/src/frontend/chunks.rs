//! The parts of an app that a browser fetches only when they are needed: split off the compiled module, named by
//! their content, and written into the script that fetches them.
//!
//! What is in a chunk is decided by `chunk!` in the apps.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, ensure};
use wasm_split_cli_support::Options;

use super::dist::{asset_name, integrity};
use crate::workspace::files;

/// The script that fetches the chunks; esbuild puts it into the app's own.
const LOADER: &str = "__wasm_split.js";

/// The files of each chunk, noted beside them.
const NOTE: &str = "chunks.json";

/// Which files each chunk needs, by its name in the apps. What several chunks use is in files of its own.
pub(crate) type Needed = HashMap<String, Vec<String>>;

/// The chunks of a finished app.
#[derive(Debug)]
pub(crate) struct Chunks {
    /// Names in target/dist/assets and contents.
    pub(crate) files: Vec<(String, Vec<u8>)>,
    pub(crate) needed: Needed,
}

/// Splits a module; returns where the main one is. The loader is put beside what wasm-bindgen makes of it.
pub(crate) fn split(module: &[u8], folder: &Path) -> Result<(PathBuf, Needed)> {
    let (parts, main) = (folder.join("parts"), folder.join("app.wasm"));
    clear(&parts)?;
    let mut options = Options::new(module);
    options.output_dir = &parts;
    options.main_out_path = &main;
    options.main_module = "./app.js";
    options.target.web();
    let split = wasm_split_cli_support::transform(options);
    let split = split.map_err(|error| anyhow!("cannot split the module: {error:#}"))?;
    fs::rename(parts.join(LOADER), folder.join(LOADER)).context("the split made no loader")?;
    Ok((main, split.prefetch_map))
}

/// Shrinks every chunk, names it by its content, and lets the loader fetch it by that name and no other content.
pub(crate) fn finish(
    app: &str,
    folder: &Path,
    needed: &Needed,
    shrink: impl Fn(&Path, &Path) -> Result<()>,
) -> Result<()> {
    let finished = folder.join("chunks");
    clear(&finished)?;
    let mut loader = fs::read_to_string(folder.join(LOADER))?;
    let mut names = HashMap::new();
    for part in files(&folder.join("parts"))? {
        let stem = part.file_stem().and_then(|stem| stem.to_str()).context("a chunk without a name")?;
        let small = folder.join("small-chunk.wasm");
        shrink(&part, &small)?;
        let wasm = fs::read(&small)?;
        let name = asset_name(&format!("{app}-{}", stem.trim_start_matches("split_")), "wasm", &wasm);
        loader = with_fetch(&loader, stem, &name, &integrity(&wasm))?;
        fs::write(finished.join(&name), wasm)?;
        names.insert(stem.to_owned(), name);
    }
    fs::write(folder.join(LOADER), loader)?;
    let named = |stems: &Vec<String>| stems.iter().filter_map(|stem| names.get(stem).cloned()).collect();
    let needed: Needed = needed.iter().map(|(chunk, stems)| (chunk.clone(), named(stems))).collect();
    fs::write(folder.join(NOTE), serde_json::to_vec(&needed)?)?;
    Ok(())
}

/// The chunks of a finished app.
pub(crate) fn read(folder: &Path) -> Result<Chunks> {
    let named = |file: PathBuf| {
        let name = file.file_name().and_then(|name| name.to_str()).context("a chunk without a name")?;
        Ok((name.to_owned(), fs::read(&file)?))
    };
    let files = files(&folder.join("chunks"))?.into_iter().map(named).collect::<Result<_>>()?;
    Ok(Chunks { files, needed: serde_json::from_slice(&fs::read(folder.join(NOTE))?)? })
}

fn with_fetch(loader: &str, stem: &str, name: &str, integrity: &str) -> Result<String> {
    let old = format!("fetch(new URL(\"./{stem}.wasm\", import.meta.url))");
    let new = format!(
        "fetch(new URL(\"./{name}\", import.meta.url), {{ integrity: \"{integrity}\", credentials: \"same-origin\" }})"
    );
    ensure!(loader.matches(&old).count() == 1, "the loader does not fetch {stem} as it used to");
    Ok(loader.replace(&old, &new))
}

fn clear(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    Ok(fs::create_dir_all(folder)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chunk_is_fetched_by_its_new_name_and_content() {
        let loader = "() => { const src = fetch(new URL(\"./split_a.wasm\", import.meta.url)); }";
        let changed = with_fetch(loader, "split_a", "citizen-a-0123.wasm", "sha384-x").unwrap();
        assert!(
            changed
                .contains("new URL(\"./citizen-a-0123.wasm\", import.meta.url), { integrity: \"sha384-x\"")
        );
        assert!(!changed.contains("split_a"));
    }

    #[test]
    fn a_loader_that_fetches_otherwise_is_refused() {
        assert!(with_fetch("import(\"./split_a.wasm\")", "split_a", "b.wasm", "sha384-x").is_err());
    }
}
