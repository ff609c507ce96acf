//! Where Finnish sentences end.

use super::words::Token;

/// Abbreviations after which a sentence goes on, whatever follows.
const INNER: &[&str] = &[
    "aik", "alk", "ao", "ap", "arv", "eaa", "em", "ent", "esim", "huom", "ip", "ke", "klo", "ko", "ks",
    "kts", "la", "ma", "maks", "n", "nk", "nro", "ns", "nyk", "os", "pe", "prof", "puh", "pvm", "su", "t",
    "ti", "to", "tod", "tri", "ts", "viim", "vrt", "yo",
];
/// Abbreviations that may stand at the end of a sentence.
const LAST: &[&str] =
    &["h", "jms", "jne", "kk", "kpl", "mg", "min", "ml", "mm", "s", "tms", "v", "vk", "vko", "ym", "yms"];

/// The sentences of a text.
pub(super) fn sentences<'a>(tokens: &'a [Token<'a>]) -> Vec<&'a [Token<'a>]> {
    let mut found = Vec::new();
    let mut rest = tokens;
    while !rest.is_empty() {
        let pairs = rest.iter().zip(rest.iter().skip(1));
        let length = pairs.into_iter().position(|(token, next)| ends(token, next));
        let length = length.map_or(rest.len(), |place| place + 1);
        let Some((sentence, after)) = rest.split_at_checked(length) else { break };
        found.push(sentence);
        rest = after;
    }
    found
}

/// Whether a sentence ends between two tokens.
fn ends(token: &Token<'_>, next: &Token<'_>) -> bool {
    if next.goes_on() {
        return false;
    }
    if next.begins_line {
        return true;
    }
    let text = token.text.trim_end_matches(['"', '”', '»', '’', '\'', ')', ']']);
    match text.strip_suffix('.') {
        Some(stem) => !stays_open(stem, next),
        None => text.ends_with(['!', '?', '…']),
    }
}

/// Whether the full stop after a stem ends no sentence.
fn stays_open(stem: &str, next: &Token<'_>) -> bool {
    let word = stem.rsplit(|character: char| !character.is_alphanumeric()).next().unwrap_or_default();
    let lower = word.to_lowercase();
    let is_initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    let ends_in_digit = stem.ends_with(|character: char| character.is_ascii_digit());
    let next_is_number = next.text.starts_with(|character: char| character.is_ascii_digit());
    match lower.as_str() {
        word if LAST.contains(&word) => next_is_number,
        word if INNER.contains(&word) => true,
        _ => is_initial || (ends_in_digit && next_is_number),
    }
}
