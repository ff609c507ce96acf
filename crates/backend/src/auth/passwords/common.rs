//! Passwords that guessers try first. The list and where it comes from are in `common.txt`.

use std::collections::HashSet;
use std::sync::OnceLock;

/// Whether a password is one of the commonest, or one of them in capitals, twice, or with digits and signs around it.
#[must_use]
pub fn is_common(password: &str) -> bool {
    let small = password.to_lowercase();
    let bare = small.trim_matches(|character: char| !character.is_alphabetic());
    let half = bare.chars().count() / 2;
    let (one, two): (String, String) = (bare.chars().take(half).collect(), bare.chars().skip(half).collect());
    let twice = (one == two).then_some(one.as_str());
    [Some(small.as_str()), Some(bare), twice].into_iter().flatten().any(|form| list().contains(form))
}

fn list() -> &'static HashSet<&'static str> {
    static LIST: OnceLock<HashSet<&'static str>> = OnceLock::new();
    LIST.get_or_init(|| {
        let lines = include_str!("common.txt").lines();
        lines.filter(|line| !line.starts_with('#')).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_commonest_passwords_are_known_in_their_usual_disguises() {
        for common in [
            "unbelievable",
            "Unbelievable",
            "password123456",
            "PASSWORD!!!!2026",
            "123456password",
            "dragon-0000000",
            "passwordpassword",
            "Password-2026-2026",
            "qwertyuiop123",
            "1q2w3e4r5t6y",
        ] {
            assert!(is_common(common), "{common}");
        }
    }

    #[test]
    fn others_are_not() {
        for other in
            ["kesäyö ja lämmin sauna", "dragon boats on the lake", "k7#mVq!2zRp9", "ää", "", "000000"]
        {
            assert!(!is_common(other), "{other}");
        }
    }
}
