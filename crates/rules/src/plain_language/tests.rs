use proptest::prelude::*;

use super::{Finding, FindingKind, findings, found_text};

/// What was found, and of which kind.
fn found(text: &str) -> Vec<(String, &'static str)> {
    let named = |finding: &Finding| match finding.kind {
        FindingKind::LongSentence { .. } => "sentence",
        FindingKind::LongWord => "word",
        FindingKind::Abbreviation { .. } => "abbreviation",
    };
    findings(text).iter().map(|finding| (found_text(text, finding), named(finding))).collect()
}

fn is_plain(text: &str) {
    assert_eq!(found(text), [], "{text}");
}

const FIFTEEN: &str = "Yksi kaksi kolme neljä viisi kuusi seitsemän kahdeksan yhdeksän kymmenen a b c d e";

#[test]
fn a_sentence_has_fifteen_words_at_most() {
    is_plain(&format!("{FIFTEEN}."));
    let long = format!("{FIFTEEN} liikaa.");
    assert_eq!(found(&format!("Hei! {long} Kiitos.")), [(long, "sentence")]);
}

#[test]
fn full_stops_of_dates_times_numbers_and_abbreviations_end_no_sentence() {
    let parts = [
        "Aikasi on ma. 27.11. klo 9.30 ja voit tuoda esim. reseptin sekä muut paperit mukanasi jos haluat",
        "Otimme kokeen 27.11.2026 ja arvo oli 5.4 eli hyvä mutta tule silti käymään vielä uudelleen ensi viikolla",
        "Lääkäri M. Virtanen soittaa sinulle n. 3. päivänä ja kertoo mitä sitten tehdään seuraavaksi tai myöhemmin keväällä",
    ];
    for text in parts {
        let whole = format!("{text}.");
        assert_eq!(found(&whole), [(whole.clone(), "sentence")]);
    }
}

#[test]
fn a_sentence_ends_where_the_next_begins() {
    for (text, next) in [
        ("Aikasi on tiistaina 27.11.", "Tule ajoissa."),
        ("Ota mukaan reseptit, kortit ym.", "Tule ajoissa."),
        ("Lepää ensin rauhassa 5 min.", "Mittaa sitten."),
        ("Onko sinulla kuumetta?", "Kerro siitä."),
        ("Hän sanoi: ”Tulen huomenna.”", "Me odotamme."),
        ("Kerro vielä:\n– milloin vaiva alkoi\n– missä se tuntuu", "\n– mitä olet kokeillut"),
    ] {
        is_plain(&format!("{text} {next} {text} {next} {text} {next}"));
    }
}

#[test]
fn a_new_line_ends_a_sentence_unless_it_goes_on_in_small_letters() {
    is_plain(&format!("{FIFTEEN}\nKiitos viestistäsi"));
    let text = format!("{FIFTEEN}\nkiitos viestistäsi");
    assert_eq!(found(&text), [(text.clone(), "sentence")]);
}

#[test]
fn a_word_has_twenty_letters_at_most() {
    is_plain("Tervehdyskäynti, verenpaine-lääkitys ja itseilmoittautuminen.");
    is_plain("Lue lisää: https://www.esimerkki.example/hyvinpitkasanatassaosoitteessa");
    let word = "verensokerinmittauslaite";
    assert_eq!(found(&format!("Tuo ({word}) tai {word}!")), [(word.to_owned(), "word")]);
}

#[test]
fn abbreviations_that_are_known_have_a_plain_word() {
    let plain = |text: &str| -> Vec<(String, Option<&str>)> {
        let plain = |finding: &Finding| match finding.kind {
            FindingKind::Abbreviation { plain } => (found_text(text, finding), plain),
            _ => panic!("{text}"),
        };
        findings(text).iter().map(plain).collect()
    };
    assert_eq!(plain("Mittaa RR aamulla."), [("RR".to_owned(), Some("verenpaine"))]);
    assert_eq!(plain("HbA1c:n arvo nousi."), [("HbA1c".to_owned(), Some("pitkäaikaissokeri"))]);
    assert_eq!(plain("Tee PEF-mittaus."), [("PEF".to_owned(), Some("puhallusarvo"))]);
    assert_eq!(plain("Uusimme ao. lääkkeen."), [("ao.".to_owned(), Some("tämä"))]);
    let paper = [("B-lääkärinlausunnon".to_owned(), Some("lääkärin lausunto Kelaa varten"))];
    assert_eq!(plain("Tarvitset B-lääkärinlausunnon."), paper);
    assert_eq!(plain("Ota yhteys KTPY:hyn."), [("KTPY".to_owned(), None)]);
}

#[test]
fn what_everybody_knows_is_no_abbreviation_to_explain() {
    is_plain("Hae tukea Kelasta tai EU:sta, esim. PDF-lomakkeella. Soita ma. klo 9 tai tule III kerrokseen.");
    is_plain("SOITA HETI NUMEROON 112.");
}

#[test]
fn what_the_text_explains_in_brackets_is_not_told() {
    is_plain("Mittaa INR (veren hyytyminen) ensi viikolla. INR on ollut hyvä.");
    is_plain("Pitkäaikaissokeri (HbA1c) on noussut. HbA1c mitataan uudelleen.");
    is_plain("Tulehdusarvo (verikoe CRP) on laskenut.");
    assert_eq!(found("INR (12) on hyvä."), [("INR".to_owned(), "abbreviation")]);
}

#[test]
fn findings_come_in_the_order_of_the_text_and_once_each() {
    let text = "CRP ja RR ja CRP, verensokerinmittauslaite.";
    let words: Vec<String> = found(text).into_iter().map(|(text, _)| text).collect();
    assert_eq!(words, ["CRP", "RR", "verensokerinmittauslaite"]);
}

proptest! {
    #[test]
    fn whatever_is_written_is_found_inside_the_text(text in "[a-zåäöA-Z0-9 .,!?():\n–-]{0,200}") {
        let length = text.chars().count();
        for finding in findings(&text) {
            prop_assert!(finding.place.start < finding.place.end && finding.place.end <= length);
            prop_assert!(!found_text(&text, &finding).trim().is_empty());
        }
    }
}
