//! A document that is sent with a message: one page of plain text, made here so that no file from elsewhere is needed.

use std::fmt::Write as _;

/// What it is called.
pub const NAME: &str = "Verenpaineen kotimittaus.pdf";

const LINES: [&str; 9] = [
    "Verenpaineen kotimittaus",
    "",
    "1. Mittaa neljänä peräkkäisenä päivänä, aamulla ja illalla.",
    "2. Mittaa aamulla ennen lääkkeitä.",
    "3. Istu ensin viisi minuuttia rauhassa, selkä tuettuna.",
    "4. Mittaa kaksi kertaa, parin minuutin välein.",
    "5. Kirjoita jokainen luku muistiin.",
    "",
    "Soita meille, jos yläpaine on yli 180 tai alapaine yli 110.",
];

/// The page as PDF.
#[must_use]
pub fn document() -> Vec<u8> {
    let mut text = String::from("BT /F1 13 Tf 18 TL 60 770 Td\n");
    for line in LINES {
        let _ = writeln!(text, "({}) Tj T*", escaped(line));
    }
    text.push_str("ET\n");
    let objects = [
        "<</Type/Catalog/Pages 2 0 R/Lang(fi)>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>"
            .to_owned(),
        format!("<</Length {}>>\nstream\n{text}endstream", text.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_owned(),
    ];
    let mut file = String::from("%PDF-1.4\n");
    let mut places = String::from("0000000000 65535 f \n");
    for (number, object) in (1..).zip(&objects) {
        let _ = writeln!(places, "{:010} 00000 n ", file.len());
        let _ = writeln!(file, "{number} 0 obj\n{object}\nendobj");
    }
    let (start, count) = (file.len(), objects.len() + 1);
    let _ = write!(
        file,
        "xref\n0 {count}\n{places}trailer\n<</Size {count}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n"
    );
    file.into_bytes()
}

/// Letters beyond ASCII by their number in Latin-1, which the font's encoding shares.
fn escaped(line: &str) -> String {
    let mut escaped = String::new();
    for letter in line.chars() {
        match letter {
            '(' | ')' | '\\' => escaped.extend(&['\\', letter]),
            ' '..='~' => escaped.push(letter),
            other => {
                let _ = write!(escaped, "\\{:03o}", u32::from(other));
            }
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_object_is_where_the_table_says() {
        let file = String::from_utf8(document()).unwrap();
        let (_, table) = file.split_once("xref\n0 6\n").unwrap();
        for (number, row) in (1..=5).zip(table.lines().skip(1)) {
            let place: usize = row[..10].parse().unwrap();
            assert!(file[place..].starts_with(&format!("{number} 0 obj\n")), "{row}");
        }
        assert!(file.is_ascii() && file.contains("nelj\\344n\\344"));
    }
}
