//! The server's source, line by line without comments.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::workspace::files;

/// One line of code.
#[derive(Debug)]
pub(crate) struct Line {
    /// The file's path below `src`, with `/` between its parts.
    pub(crate) file: String,
    pub(crate) number: usize,
    pub(crate) code: String,
}

/// Every line of code below a folder.
pub(crate) fn read(folder: &Path) -> Result<Vec<Line>> {
    let mut lines = Vec::new();
    for path in files(folder)? {
        if path.extension().is_some_and(|extension| extension == "rs") {
            let text =
                fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
            let file = path.strip_prefix(folder)?.components();
            let file: Vec<_> = file.map(|part| part.as_os_str().to_string_lossy()).collect();
            lines.extend(split(&file.join("/"), &text));
        }
    }
    Ok(lines)
}

/// Splits a file, leaving comments out.
pub(crate) fn split(file: &str, text: &str) -> Vec<Line> {
    let line = |(number, line): (usize, &str)| {
        let code = line.split_once("//").map_or(line, |(code, _)| code).trim();
        let number = number.saturating_add(1);
        (!code.is_empty()).then(|| Line { file: file.to_owned(), number, code: code.to_owned() })
    };
    text.lines().enumerate().filter_map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_left_out_and_lines_keep_their_numbers() {
        let lines = split("a.rs", "//! diesel\n\nuse a::b; // diesel\n");
        let seen: Vec<_> = lines.iter().map(|line| (line.number, line.code.as_str())).collect();
        assert_eq!(seen, [(3, "use a::b;")]);
    }
}
