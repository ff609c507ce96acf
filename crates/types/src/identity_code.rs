//! The Finnish personal identity code (henkilötunnus): `DDMMYYcNNNk`, 11 characters.
//!
//! Source: Digital and Population Data Services Agency, <https://dvv.fi/hetu-uudistus>. Since 1.1.2023 the separator
//! tells codes apart, so it is a part of the code and not only of the century. The check character is
//! `DDMMYYNNN mod 31`; the separator does not count.

use chrono::NaiveDate;

const CHECK_CHARACTERS: &[u8; 31] = b"0123456789ABCDEFHJKLMNPRSTUVWXY";

/// A valid personal identity code. `Debug` does not show it: it must not reach a log.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct IdentityCode {
    code: String,
    birth_date: NaiveDate,
    individual_number: u16,
}

/// The code is not valid. Says no more: a wrong code may be one keystroke from somebody's real one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidIdentityCode;

impl IdentityCode {
    /// Reads a code as it is written on a card; surrounding white space and small letters are forgiven.
    ///
    /// # Errors
    /// When the form, the date, the individual number or the check character is not right.
    pub fn parse(text: &str) -> Result<Self, InvalidIdentityCode> {
        let code = text.trim().to_ascii_uppercase();
        let [d1, d2, m1, m2, y1, y2, separator, n1, n2, n3, check] = code.as_bytes() else {
            return Err(InvalidIdentityCode);
        };
        let number =
            |digits: &[u8]| digits.iter().try_fold(0_u32, |sum, digit| Some(sum * 10 + value_of(*digit)?));
        let (day, month) = (number(&[*d1, *d2]), number(&[*m1, *m2]));
        let (year, individual) = (number(&[*y1, *y2]), number(&[*n1, *n2, *n3]));
        let (Some(day), Some(month), Some(year), Some(individual)) = (day, month, year, individual) else {
            return Err(InvalidIdentityCode);
        };
        let century = century_of(*separator).ok_or(InvalidIdentityCode)?;
        let full_year = i32::try_from(century + year).map_err(|_| InvalidIdentityCode)?;
        let birth_date = NaiveDate::from_ymd_opt(full_year, month, day).ok_or(InvalidIdentityCode)?;
        let checked = ((day * 100 + month) * 100 + year) * 1000 + individual;
        if individual < 2 || check_character(checked) != Some(*check) {
            return Err(InvalidIdentityCode);
        }
        let individual_number = u16::try_from(individual).map_err(|_| InvalidIdentityCode)?;
        Ok(Self { code, birth_date, individual_number })
    }

    /// The code of a made-up person: individual numbers 900–999 are never given to real ones.
    ///
    /// # Errors
    /// When `individual_number` is not 900–999 or the year is not 1800–2099.
    pub fn for_testing(birth_date: NaiveDate, individual_number: u16) -> Result<Self, InvalidIdentityCode> {
        use chrono::Datelike;
        let separator = match birth_date.year() {
            1800..1900 => '+',
            1900..2000 => '-',
            2000..2100 => 'A',
            _ => return Err(InvalidIdentityCode),
        };
        if !(900..=999).contains(&individual_number) {
            return Err(InvalidIdentityCode);
        }
        let (day, month, year) = (birth_date.day(), birth_date.month(), birth_date.year().rem_euclid(100));
        let digits = format!("{day:02}{month:02}{year:02}{individual_number:03}");
        let checked = digits.parse().map_err(|_| InvalidIdentityCode)?;
        let check = check_character(checked).ok_or(InvalidIdentityCode)?;
        let code =
            format!("{day:02}{month:02}{year:02}{separator}{individual_number:03}{}", char::from(check));
        Ok(Self { code, birth_date, individual_number })
    }

    /// The code itself. Take care where it goes.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.code
    }

    /// The date of birth that the code holds.
    #[must_use]
    pub const fn birth_date(&self) -> NaiveDate {
        self.birth_date
    }

    /// Whether the code is one that no real person has.
    #[must_use]
    pub const fn is_test(&self) -> bool {
        self.individual_number >= 900
    }
}

impl std::fmt::Debug for IdentityCode {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("IdentityCode")
    }
}

fn value_of(digit: u8) -> Option<u32> {
    char::from(digit).to_digit(10)
}

const fn century_of(separator: u8) -> Option<u32> {
    match separator {
        b'+' => Some(1800),
        b'-' | b'U'..=b'Y' => Some(1900),
        b'A'..=b'F' => Some(2000),
        _ => None,
    }
}

fn check_character(number: u32) -> Option<u8> {
    usize::try_from(number % 31).ok().and_then(|index| CHECK_CHARACTERS.get(index)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    const VALID: &[&str] = &[
        "010594Y9032",
        "010594Y9021",
        "020594X903P",
        "020594X902N",
        "030594W903B",
        "030694W9024",
        "040594V9030",
        "040594V902Y",
        "050594U903M",
        "050594U902L",
        "010516B903X",
        "010516B902W",
        "020516C903K",
        "020516C902J",
        "030516D9037",
        "030516D9026",
        "010501E9032",
        "020502E902X",
        "020503F9037",
        "020504A902E",
        "020504B904H",
        "131052-308T",
    ];

    #[test]
    fn the_agencys_test_people_have_valid_codes() {
        for code in VALID {
            let parsed = IdentityCode::parse(code).unwrap();
            assert_eq!(parsed.as_str(), *code);
            assert_eq!(parsed.is_test(), *code != "131052-308T");
        }
        assert_eq!(IdentityCode::parse(" 131052-308t ").unwrap().birth_date().to_string(), "1952-10-13");
    }

    #[test]
    fn wrong_codes_are_refused() {
        let wrong = [
            "010190-999K",
            "010190Y999K",
            "131052-308U",
            "131052G308T",
            "311152-308T",
            "131052-001X",
            "",
            "131052308T",
            "1310523-08T",
            "äö1052-308T",
            "131052-308TT",
        ];
        for code in wrong {
            assert_eq!(IdentityCode::parse(code), Err(InvalidIdentityCode), "{code}");
        }
    }

    #[test]
    fn a_made_up_code_is_valid_and_never_a_real_persons() {
        let born = NaiveDate::from_ymd_opt(1947, 2, 28).unwrap();
        let made = IdentityCode::for_testing(born, 912).unwrap();
        assert_eq!(IdentityCode::parse(made.as_str()), Ok(made.clone()));
        assert!(made.is_test());
        assert_eq!(IdentityCode::for_testing(born, 899), Err(InvalidIdentityCode));
    }

    #[test]
    fn a_code_does_not_show_in_debug_output() {
        let code = IdentityCode::parse("131052-308T").unwrap();
        assert!(!format!("{code:?}").contains("131052"));
    }
}
