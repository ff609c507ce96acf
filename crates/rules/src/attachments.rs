//! What a file may be called: a name that shows as it is and does no harm where it is saved.

use omasote_types::attachments::MediaType;

/// How many characters a name has at most, its ending with it.
pub const MAX_NAME_CHARACTERS: usize = 100;

/// A name for which none was given.
const NAMELESS: &str = "liite";

/// The name without folders, without characters that do not show or turn the writing round, and ending as files of its kind do.
#[must_use]
pub fn clean_name(given: &str, kind: MediaType) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let shown: String = last.chars().map(plain).filter(|character| !is_invisible(*character)).collect();
    let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    let shown = shown.trim_matches(|character: char| character == '.' || character.is_whitespace());
    let (stem, ending) = match shown.rsplit_once('.') {
        Some((stem, ending)) if is_usual(ending, kind) => (stem, ending.to_lowercase()),
        _ => (shown, usual_endings(kind).first().copied().unwrap_or_default().to_owned()),
    };
    let stem: String = stem.chars().take(MAX_NAME_CHARACTERS.saturating_sub(ending.len() + 1)).collect();
    let stem = stem.trim_end_matches(|character: char| character == '.' || character.is_whitespace());
    format!("{}.{ending}", if stem.is_empty() { NAMELESS } else { stem })
}

/// What some system does not take in a name.
const fn plain(character: char) -> char {
    match character {
        ':' | '*' | '?' | '"' | '<' | '>' | '|' | ';' => '_',
        other => other,
    }
}

/// Control characters, and those that turn the direction of writing or take no room.
fn is_invisible(character: char) -> bool {
    let is_format = matches!(
        character,
        '\u{ad}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff0}'..='\u{fffd}'
            | '\u{e0000}'..='\u{e007f}'
    );
    is_format || (character.is_control() && !character.is_whitespace())
}

fn is_usual(ending: &str, kind: MediaType) -> bool {
    usual_endings(kind).iter().any(|usual| usual.eq_ignore_ascii_case(ending))
}

/// How names of a kind end; the first is added to one that ends otherwise.
const fn usual_endings(kind: MediaType) -> &'static [&'static str] {
    match kind {
        MediaType::Pdf => &["pdf"],
        MediaType::Jpeg => &["jpg", "jpeg"],
        MediaType::Png => &["png"],
        MediaType::Heic => &["heic", "heif"],
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_usual_name_stays() {
        assert_eq!(clean_name("Käden ihottuma 3.JPG", MediaType::Jpeg), "Käden ihottuma 3.jpg");
        assert_eq!(clean_name("lausunto.pdf", MediaType::Pdf), "lausunto.pdf");
    }

    #[test]
    fn folders_and_what_does_not_show_are_taken_out() {
        assert_eq!(clean_name("../../etc/passwd", MediaType::Png), "passwd.png");
        assert_eq!(clean_name("C:\\Users\\Aino\\kuva.png", MediaType::Png), "kuva.png");
        assert_eq!(clean_name("kuva\u{202e}gnp.exe", MediaType::Png), "kuvagnp.exe.png");
        assert_eq!(clean_name("a\r\nSet-Cookie: x\0.pdf", MediaType::Pdf), "a Set-Cookie_ x.pdf");
        assert_eq!(clean_name(" ... ", MediaType::Heic), "liite.heic");
        assert_eq!(clean_name("", MediaType::Jpeg), "liite.jpg");
        assert_eq!(clean_name(".pdf", MediaType::Pdf), "pdf.pdf");
    }

    proptest! {
        #[test]
        fn whatever_is_given_comes_out_short_plain_and_the_same_when_cleaned_again(given in ".{0,300}") {
            for kind in MediaType::ALL {
                let name = clean_name(&given, kind);
                prop_assert!(name.chars().count() <= MAX_NAME_CHARACTERS);
                prop_assert!(!name.contains(['/', '\\', '\n', '\r', '\0']));
                prop_assert_eq!(clean_name(&name, kind), name);
            }
        }
    }
}
