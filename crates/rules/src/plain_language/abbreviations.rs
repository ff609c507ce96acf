//! Abbreviations that are known in care and unknown to whom one writes.

use super::words::Token;
use super::{Finding, FindingKind};

/// What is written in capitals, or in its own way, and what could stand in its place.
const KNOWN: &[(&str, &str)] = &[
    ("ADL", "päivittäiset toimet"),
    ("ALAT", "maksa-arvo"),
    ("AVH", "aivoverenkiertohäiriö"),
    ("BMI", "painoindeksi"),
    ("COPD", "keuhkoahtaumatauti"),
    ("CRP", "tulehdusarvo"),
    ("DM", "diabetes"),
    ("EKG", "sydänfilmi"),
    ("ESH", "erikoissairaanhoito"),
    ("FA", "eteisvärinä"),
    ("FT", "fysioterapeutti"),
    ("GFR", "munuaisten toimintaa mittaava koe"),
    ("HDL", "hyvä kolesteroli"),
    ("HVA", "hyvinvointialue"),
    ("Hb", "hemoglobiini"),
    ("HbA1c", "pitkäaikaissokeri"),
    ("INR", "veren hyytymistä mittaava koe"),
    ("Krea", "munuaisarvo"),
    ("LDL", "huono kolesteroli"),
    ("LH", "lähihoitaja"),
    ("MCC", "sepelvaltimotauti"),
    ("MMSE", "muistitesti"),
    ("MRI", "magneettikuvaus"),
    ("PEF", "puhallusarvo"),
    ("PKL", "poliklinikka"),
    ("PSA", "eturauhasarvo"),
    ("PTH", "perusterveydenhuolto"),
    ("PVK", "verenkuva"),
    ("RA", "nivelreuma"),
    ("RAI", "toimintakyvyn arviointi"),
    ("RR", "verenpaine"),
    ("RTG", "röntgenkuva"),
    ("SH", "sairaanhoitaja"),
    ("SVA", "todistus sairauslomaa varten"),
    ("TH", "terveydenhoitaja"),
    ("TK", "terveysasema"),
    ("TSH", "kilpirauhasarvo"),
    ("TT", "viipalekuvaus"),
    ("UÄ", "ultraääni"),
    ("VOS", "vuodeosasto"),
    ("VTI", "virtsatietulehdus"),
    ("eGFR", "munuaisten toimintaa mittaava koe"),
    ("rtg", "röntgenkuva"),
    ("pvm", "päivämäärä"),
    ("vrk", "vuorokausi"),
];
/// What ends in a full stop.
const DOTTED: &[(&str, &str)] = &[
    ("ao.", "tämä"),
    ("em.", "edellä mainittu"),
    ("ko.", "tämä"),
    ("kontr.", "tarkastuskäynti"),
    ("lab.", "laboratorio"),
    ("p.o.", "suun kautta"),
    ("pot.", "potilas"),
    ("s.c.", "pistoksena ihon alle"),
    ("tarv.", "tarvittaessa"),
    ("yo.", "yllä oleva"),
];
/// Names of papers, in any case form.
const PAPERS: &[(&str, &str)] = &[
    ("a-todistu", "todistus sairauslomaa varten"),
    ("b-lausun", "lääkärin lausunto Kelaa varten"),
    ("b-lääkärinlausun", "lääkärin lausunto Kelaa varten"),
    ("c-lausun", "lääkärin lausunto Kelan hoitotukea varten"),
];
/// What everybody knows.
const COMMON: &[&str] =
    &["DNA", "EU", "GPS", "HIV", "ID", "KELA", "OK", "PDF", "PIN", "SMS", "TV", "USA", "USB", "WC"];

/// How many letters an abbreviation in capitals has.
const CAPITALS: std::ops::RangeInclusive<usize> = 2..=6;

/// An abbreviation in a text.
struct Abbreviation {
    /// By which it is known again.
    name: String,
    place: std::ops::Range<usize>,
    plain: Option<&'static str>,
}

/// The abbreviations that the text explains nowhere, each where it first stands.
pub(super) fn unexplained(tokens: &[Token<'_>]) -> Vec<Finding> {
    let mut found: Vec<(Abbreviation, bool)> = Vec::new();
    let mut is_inside = false;
    for (place, token) in tokens.iter().enumerate() {
        if let Some(one) =
            abbreviation_of(token).filter(|one| one.plain.is_some() || !is_shouted(tokens, place))
        {
            let is_explaining = place > 0 && (is_inside || token.text.starts_with('('));
            let is_explained = is_explaining || tokens.get(place + 1).is_some_and(explains);
            match found.iter_mut().find(|(known, _)| known.name == one.name) {
                Some((_, known)) => *known |= is_explained,
                None => found.push((one, is_explained)),
            }
        }
        is_inside = goes_on_inside(token.text, is_inside);
    }
    let open = found.into_iter().filter(|(_, is_explained)| !is_explained);
    let finding = |(one, _): (Abbreviation, bool)| Finding {
        place: one.place,
        kind: FindingKind::Abbreviation { plain: one.plain },
    };
    open.map(finding).collect()
}

/// Whether brackets are open after a token.
fn goes_on_inside(text: &str, is_inside: bool) -> bool {
    match (text.rfind('('), text.rfind(')')) {
        (Some(opened), Some(closed)) => opened > closed,
        (Some(_), None) => true,
        (None, Some(_)) => false,
        (None, None) => is_inside,
    }
}

/// Whether a token begins an explanation in brackets.
fn explains(token: &Token<'_>) -> bool {
    token.text.strip_prefix('(').is_some_and(|rest| rest.starts_with(char::is_alphabetic))
}

/// The abbreviation that a token is or begins with: "INR", "INR:n", "CRP-arvo", "ao.".
fn abbreviation_of(token: &Token<'_>) -> Option<Abbreviation> {
    let text = token.text.trim_start_matches(|character: char| !character.is_alphanumeric());
    let start = token.start + token.text.chars().count() - text.chars().count();
    let found = |name: &str, plain| Abbreviation {
        name: name.to_owned(),
        place: start..start + name.chars().count(),
        plain,
    };
    let lower = text.to_lowercase();
    let dotted = lower.trim_end_matches([',', ')', ';', ':', '!', '?']);
    if let Some((name, plain)) = DOTTED.iter().find(|(name, _)| *name == dotted) {
        return Some(found(name, Some(plain)));
    }
    if let Some((_, plain)) = PAPERS.iter().find(|(stem, _)| lower.starts_with(stem)) {
        let word = text.trim_end_matches(|character: char| !character.is_alphanumeric());
        return Some(found(word, Some(plain)));
    }
    let name = text.split(|character: char| !character.is_alphanumeric()).next()?;
    match KNOWN.iter().find(|(known, _)| *known == name) {
        Some((_, plain)) => Some(found(name, Some(plain))),
        None => (is_in_capitals(name) && !is_common(name)).then(|| found(name, None)),
    }
}

/// Whether a word looks like an abbreviation: two to six letters, all of them capitals, perhaps with digits.
fn is_in_capitals(word: &str) -> bool {
    let letters = word.chars().filter(|character| character.is_alphabetic());
    let is_of_capitals = word.chars().all(|one| one.is_uppercase() || one.is_ascii_digit());
    is_of_capitals && CAPITALS.contains(&letters.count())
}

/// What everybody knows, and Roman numbers.
fn is_common(word: &str) -> bool {
    COMMON.contains(&word) || word.chars().all(|character| matches!(character, 'I' | 'V' | 'X'))
}

/// Whether a word is one of several in capitals, which is emphasis.
fn is_shouted(tokens: &[Token<'_>], place: usize) -> bool {
    let before = place.checked_sub(1).and_then(|place| tokens.get(place));
    let after = tokens.get(place + 1);
    [before, after].into_iter().flatten().any(|token| {
        let letters = token.text.chars().filter(|character| character.is_alphabetic());
        letters.clone().count() > 1 && letters.clone().all(char::is_uppercase)
    })
}
