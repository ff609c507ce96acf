//! Plain Finnish: what makes a text hard to read – long sentences, long words, abbreviations that nobody explained. It points
//! out, and decides nothing: the same word may be right in one text and wrong in another.
//!
//! A sentence ends at a full stop, a question mark or an exclamation mark, and at a new line, unless what follows goes on in
//! small letters. Full stops of dates, times, numbers, initials and known abbreviations end nothing.

mod abbreviations;
mod sentences;
mod words;

#[cfg(test)]
mod tests;

use std::ops::Range;

use abbreviations::unexplained;
use sentences::sentences;
use words::{Token, letter_runs, tokens};

/// The most words that a plain sentence has.
pub const MAX_SENTENCE_WORDS: usize = 15;
/// The most letters that a plain word has.
pub const MAX_WORD_LETTERS: usize = 20;

/// Something that makes a text hard to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Where it stands, counted in characters of the text.
    pub place: Range<usize>,
    /// What it is.
    pub kind: FindingKind,
}

/// What makes a text hard to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FindingKind {
    /// A sentence of more than 15 words.
    LongSentence {
        /// How many it has.
        words: usize,
    },
    /// A word of more than 20 letters.
    LongWord,
    /// An abbreviation that the text does not explain.
    Abbreviation {
        /// What could stand in its place, in Finnish; none of an abbreviation that is not known.
        plain: Option<&'static str>,
    },
}

/// What makes a Finnish text hard to read, in the order it stands there. A word that comes again is told once.
#[must_use]
pub fn findings(text: &str) -> Vec<Finding> {
    let tokens = tokens(text);
    let mut found: Vec<Finding> = long_sentences(&tokens).collect();
    found.extend(long_words(&tokens));
    found.extend(unexplained(&tokens));
    found.sort_by_key(|finding| (finding.place.start, finding.place.end));
    found
}

/// What stands at a place of a text.
#[must_use]
pub fn found_text(text: &str, finding: &Finding) -> String {
    text.chars().skip(finding.place.start).take(finding.place.len()).collect()
}

fn long_sentences<'a>(tokens: &'a [Token<'a>]) -> impl Iterator<Item = Finding> + 'a {
    sentences(tokens).into_iter().filter_map(|sentence| {
        let words = sentence.iter().filter(|token| token.is_word()).count();
        let (first, last) = (sentence.first()?, sentence.last()?);
        let kind = FindingKind::LongSentence { words };
        (words > MAX_SENTENCE_WORDS).then(|| Finding { place: first.start..last.end(), kind })
    })
}

fn long_words(tokens: &[Token<'_>]) -> Vec<Finding> {
    let (mut found, mut known) = (Vec::new(), Vec::<String>::new());
    let words = tokens.iter().filter(|token| !token.is_address()).flat_map(letter_runs);
    for (start, word) in words {
        let (letters, lower) = (word.chars().count(), word.to_lowercase());
        if letters > MAX_WORD_LETTERS && !known.contains(&lower) {
            known.push(lower);
            found.push(Finding { place: start..start + letters, kind: FindingKind::LongWord });
        }
    }
    found
}
