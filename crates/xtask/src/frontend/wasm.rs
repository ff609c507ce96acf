//! From Rust to a small WASM module and the JavaScript that starts it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, Result, anyhow, ensure};
use serde_json::Value;
use sha2::{Digest, Sha256};
use wasm_bindgen_cli_support::Bindgen;

use super::apps::APPS;
use super::chunks::{self, Chunks};
use super::dist::hex;
use super::stage;
use crate::workspace::{Workspace, output};

/// What browsers since 2022 understand, and what rustc already emits.
const WASM_FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// An app's main module, its minified script and its chunks, ready to be published.
#[derive(Debug)]
pub(crate) struct Module {
    pub(crate) wasm: Vec<u8>,
    pub(crate) script: Vec<u8>,
    pub(crate) chunks: Chunks,
}

/// Compiles every app in one go, so that they share what is common; returns the modules in the order of `APPS`.
pub(crate) fn compile(workspace: &Workspace) -> Result<Vec<PathBuf>> {
    let mut cargo = workspace.cargo();
    cargo.args(["build", "--locked", "--profile", "wasm", "--target", "wasm32-unknown-unknown"]);
    cargo.args(APPS.iter().flat_map(|app| ["--package", app.package]));
    cargo.env("CARGO_ENCODED_RUSTFLAGS", compiler_flags(workspace)?.join("\x1f"));
    let cargo = cargo.arg("--message-format=json-render-diagnostics").stderr(Stdio::inherit()).output()?;
    ensure!(cargo.status.success(), "the web apps do not compile");
    let messages = String::from_utf8(cargo.stdout)?;
    let messages: Vec<Value> = messages.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let missing =
        |package| anyhow!("{package} makes no .wasm file: it needs a `main` or the crate type cdylib");
    APPS.iter().map(|app| module_of(&messages, app.package).ok_or_else(|| missing(app.package))).collect()
}

fn compiler_flags(workspace: &Workspace) -> Result<Vec<String>> {
    let home = std::env::home_dir().context("nobody's home")?;
    let cargo_home = std::env::var_os("CARGO_HOME").map_or_else(|| home.join(".cargo"), PathBuf::from);
    let unnamed = |folder: &Path| format!("--remap-path-prefix={}/=", folder.display());
    Ok(vec![
        // Views of erased types: the framework's code is compiled once, not once for each view.
        "--cfg=erase_components".to_owned(),
        // Tells the splitting of an app into chunks what refers to what.
        "-Clink-args=--emit-relocs".to_owned(),
        // Where this machine keeps its sources is nobody's business, and makes no other module elsewhere.
        unnamed(&cargo_home.join("registry/src")),
        unnamed(&workspace.path("")),
    ])
}

/// Finds the module among cargo's messages.
fn module_of(messages: &[Value], package: &str) -> Option<PathBuf> {
    let of_package = |message: &&Value| {
        let id = message.get("package_id").and_then(Value::as_str).unwrap_or_default();
        id.contains(&format!("/{}#", package.trim_start_matches("omasote-")))
            || id.contains(&format!("#{package}@"))
    };
    let files = messages
        .iter()
        .filter(of_package)
        .filter_map(|message| message.get("filenames")?.as_array())
        .flatten();
    files
        .filter_map(Value::as_str)
        .map(PathBuf::from)
        .rfind(|file| file.extension().is_some_and(|e| e == "wasm"))
}

/// Splits, binds, shrinks and minifies one app's module, or takes the last result when the module is the same.
pub(crate) fn finish(workspace: &Workspace, app: &'static str, raw: &Path) -> Result<Module> {
    let folder = stage(workspace, app)?;
    let (wasm, script, stamp) =
        (folder.join("small.wasm"), folder.join("small.js"), folder.join("raw.sha256"));
    let module = fs::read(raw).with_context(|| format!("cannot read {}", raw.display()))?;
    let hash = fingerprint(workspace, &module)?;
    if fs::read_to_string(&stamp).ok().as_deref() != Some(&hash) {
        let (main, needed) = chunks::split(&module, &folder)?;
        bind(&main, &folder)?;
        shrink(workspace, &folder.join("app_bg.wasm"), &wasm)?;
        chunks::finish(app, &folder, &needed, |from, to| shrink(workspace, from, to))?;
        minify(workspace, &folder.join("app.js"), &script)?;
        fs::write(&stamp, hash)?;
    }
    Ok(Module { wasm: fs::read(wasm)?, script: fs::read(script)?, chunks: chunks::read(&folder)? })
}

/// A hash over all that decides the result: the compiled module, the npm tools and this program.
fn fingerprint(workspace: &Workspace, module: &[u8]) -> Result<String> {
    let tools =
        fs::read(workspace.path("frontend/package-lock.json")).context("frontend/package-lock.json")?;
    let ourselves = fs::read(std::env::current_exe()?)?;
    Ok(hex(&Sha256::new().chain_update(module).chain_update(tools).chain_update(ourselves).finalize()))
}

fn bind(main: &Path, folder: &Path) -> Result<()> {
    let mut bindgen = Bindgen::new();
    // The chunks find what they share with the main module by the names the linker gave.
    bindgen.keep_lld_exports(true).demangle(false);
    bindgen.input_path(main).out_name("app").web(true)?.typescript(false);
    bindgen.generate(folder).with_context(|| format!("wasm-bindgen refused {}", main.display()))
}

fn shrink(workspace: &Workspace, from: &Path, to: &Path) -> Result<()> {
    let mut wasm_opt = workspace.npm_tool("wasm-opt")?;
    wasm_opt.args(["-Oz", "--strip-producers", "--strip-target-features"]).args(WASM_FEATURES);
    output(wasm_opt.arg(from).arg("-o").arg(to))?;
    Ok(())
}

fn minify(workspace: &Workspace, from: &Path, to: &Path) -> Result<()> {
    let mut esbuild = workspace.npm_tool("esbuild")?;
    esbuild.arg(from).args(["--bundle", "--minify", "--format=esm", "--log-level=warning"]);
    output(esbuild.arg(format!("--outfile={}", to.display())))?;
    Ok(())
}

/// The library that binds and the crate the apps link must be of one version.
pub(crate) fn check_bindgen_version(workspace: &Workspace) -> Result<()> {
    let lock = fs::read_to_string(workspace.path("Cargo.lock")).context("cannot read Cargo.lock")?;
    let (binder, linked) = (locked(&lock, "wasm-bindgen-cli-support"), locked(&lock, "wasm-bindgen"));
    ensure!(
        binder == linked,
        "wasm-bindgen is {} in the apps but {} in crates/xtask/Cargo.toml: set both to one version",
        linked.unwrap_or("absent"),
        binder.unwrap_or("absent"),
    );
    Ok(())
}

/// A package's version in Cargo.lock.
fn locked<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let entry = format!("name = \"{package}\"\nversion = \"");
    lock.split_once(&entry)?.1.split_once('"').map(|(version, _)| version)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const LOCK: &str = "[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n\n\
        [[package]]\nname = \"wasm-bindgen-cli-support\"\nversion = \"0.2.129\"\n";

    #[test]
    fn versions_are_read_from_the_lock_file() {
        assert_eq!(locked(LOCK, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(locked(LOCK, "wasm-bindgen-cli-support"), Some("0.2.129"));
        assert_eq!(locked(LOCK, "wasm"), None);
    }

    #[test]
    fn the_module_of_a_package_is_found_among_cargos_messages() {
        let made = |id: &str, file: &str| json!({"package_id": format!("path+file:///x/{id}@0.1.0"), "filenames": [file]});
        let messages = [
            made("frontend/ui#omasote-ui", "/t/libui.rlib"),
            made("frontend/citizen#omasote-citizen", "/t/c.wasm"),
            json!({"reason": "build-finished", "success": true}),
        ];
        assert_eq!(module_of(&messages, "omasote-citizen"), Some(PathBuf::from("/t/c.wasm")));
        assert_eq!(module_of(&messages, "omasote-ui"), None);
    }
}
