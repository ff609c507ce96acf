//! A text cut at its white space, with where each piece stands.

/// What stands between two stretches of white space: a word with its punctuation, a number, a dash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token<'a> {
    /// Where it begins, in characters of the text.
    pub(super) start: usize,
    pub(super) text: &'a str,
    /// Whether it begins a line.
    pub(super) begins_line: bool,
}

impl Token<'_> {
    /// Where it ends, in characters of the text.
    pub(super) fn end(&self) -> usize {
        self.start + self.text.chars().count()
    }

    /// Whether it counts as a word: it has a letter or a digit.
    pub(super) fn is_word(&self) -> bool {
        self.text.contains(char::is_alphanumeric)
    }

    /// Whether it is an address of the web or of e-mail, which is as long as it is.
    pub(super) fn is_address(&self) -> bool {
        self.text.contains('@') || self.text.contains("://") || self.text.contains("www.")
    }

    /// Whether what was said goes on with it: its first letter is a small one.
    pub(super) fn goes_on(&self) -> bool {
        let first = self.text.chars().find(|character| !is_opening(*character));
        first.is_some_and(char::is_lowercase)
    }
}

/// Quotation marks and brackets before a word.
pub(super) const fn is_opening(character: char) -> bool {
    matches!(character, '"' | '”' | '»' | '’' | '\'' | '(' | '[')
}

/// The tokens of a text.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let (mut place, mut begins_line) = (0, true);
    for piece in text.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end_matches(char::is_whitespace);
        if !word.is_empty() {
            found.push(Token { start: place, text: word, begins_line });
            begins_line = false;
        }
        begins_line |= piece.ends_with(['\n', '\r']);
        place += piece.chars().count();
    }
    found
}

/// The stretches of letters in a token, with where each begins.
pub(super) fn letter_runs<'a>(token: &Token<'a>) -> Vec<(usize, &'a str)> {
    let mut found = Vec::new();
    let mut place = token.start;
    for piece in token.text.split_inclusive(|character: char| !character.is_alphabetic()) {
        let word = piece.trim_end_matches(|character: char| !character.is_alphabetic());
        if !word.is_empty() {
            found.push((place, word));
        }
        place += piece.chars().count();
    }
    found
}
