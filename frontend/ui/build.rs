//! Turns the locale files into `Key`: one constant per text, holding it in every language.
//!
//! The build fails when a language lacks a text, when its placeholders differ, or when no source file uses it.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

/// Finnish is first: the other languages are held against it.
const LANGUAGES: [&str; 3] = ["fi", "sv", "en"];
/// Where a text can be used.
const SOURCES: [&str; 3] = ["src", "../citizen/src", "../professional/src"];

type Texts = BTreeMap<String, String>;

fn main() -> Result<(), Box<dyn Error>> {
    let [finnish, swedish, english] = LANGUAGES.map(read_texts);
    let (finnish, swedish, english) = (finnish?, swedish?, english?);
    let mut problems = differences(&finnish, &swedish, "sv");
    problems.extend(differences(&finnish, &english, "en"));
    problems.extend(unused(&finnish)?);
    if !problems.is_empty() {
        return Err(problems.join("; ").into());
    }
    let out = env::var("OUT_DIR")?;
    fs::write(Path::new(&out).join("keys.rs"), constants(&finnish, &swedish, &english)?)?;
    Ok(())
}

fn read_texts(language: &str) -> Result<Texts, Box<dyn Error>> {
    let path = format!("locales/{language}.json");
    println!("cargo:rerun-if-changed={path}");
    let text = fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?;
    Ok(serde_json::from_str(&text).map_err(|error| format!("{path}: {error}"))?)
}

fn differences(finnish: &Texts, other: &Texts, language: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (key, text) in finnish {
        match other.get(key) {
            None => found.push(format!("{language} lacks {key}")),
            Some(translated) if placeholders(translated) != placeholders(text) => {
                found.push(format!("{language} has other placeholders in {key}"));
            }
            Some(_) => {}
        }
    }
    let unknown = other.keys().filter(|key| !finnish.contains_key(*key));
    found.extend(unknown.map(|key| format!("{language} has {key}, which fi has not")));
    found
}

/// The names between braces.
fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

fn unused(texts: &Texts) -> Result<Vec<String>, Box<dyn Error>> {
    let mut used = BTreeSet::new();
    for folder in SOURCES {
        println!("cargo:rerun-if-changed={folder}");
        collect_uses(Path::new(folder), &mut used)?;
    }
    let unused = texts.keys().filter(|key| !used.contains(&constant_name(key)));
    Ok(unused.map(|key| format!("no source file uses {key}")).collect())
}

fn collect_uses(folder: &Path, used: &mut BTreeSet<String>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect_uses(&path, used)?;
            continue;
        }
        let source = fs::read_to_string(&path)?;
        let names = source.split("Key::").skip(1);
        let is_name = |character: char| character.is_ascii_alphanumeric() || character == '_';
        used.extend(names.map(|rest| rest.chars().take_while(|c| is_name(*c)).collect()));
    }
    Ok(())
}

/// `messages.send` becomes `MESSAGES_SEND`.
fn constant_name(key: &str) -> String {
    key.replace('.', "_").to_ascii_uppercase()
}

fn constants(finnish: &Texts, swedish: &Texts, english: &Texts) -> Result<String, Box<dyn Error>> {
    let mut code = String::from("impl Key {\n");
    for (key, fi) in finnish {
        let in_language = |texts: &Texts| texts.get(key).cloned().ok_or_else(|| format!("{key} is missing"));
        let (sv, en) = (in_language(swedish)?, in_language(english)?);
        let name = constant_name(key);
        writeln!(code, "    #[doc = {fi:?}]\n    pub const {name}: Self = Self(&[{fi:?}, {sv:?}, {en:?}]);")?;
    }
    code.push_str("}\n");
    Ok(code)
}
