//! Citizens: of all ages, in all municipalities, with identity codes that nobody has.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, Months, NaiveDate};
use omasote_types::identity_code::IdentityCode;
use omasote_types::language::Language;

use crate::chance::Chance;
use crate::model::DemoCitizen;
use crate::names::{FAMILY_NAMES, FROM_ELSEWHERE, GIVEN_NAMES, SWEDISH};
use crate::personas::{CITIZENS, CitizenSpec};
use crate::units::MUNICIPALITIES;

/// How names and the words for a child go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gender {
    Woman,
    Man,
}

/// A citizen, with what a writer of messages knows besides.
pub(crate) struct Person {
    pub(crate) citizen: DemoCitizen,
    pub(crate) gender: Gender,
}

impl Person {
    /// Full years on `date`.
    pub(crate) fn age(&self, date: NaiveDate) -> u32 {
        date.years_since(self.citizen.birth_date).unwrap_or(0)
    }
}

/// Oldest age of each group and its share of a thousand people: Kainuu is one of the oldest regions of Finland.
const AGES: &[(u32, u32)] = &[
    (9, 75),
    (19, 105),
    (29, 90),
    (39, 100),
    (49, 105),
    (59, 130),
    (69, 155),
    (79, 150),
    (89, 75),
    (100, 15),
];

/// Streets that are in no register of streets.
const STREETS: &[&str] =
    &["Harjapolku", "Käenkaalintie", "Purolaaksontie", "Suopursunkuja", "Tervahaudanrinne"];

/// Among so many one has protected contact details.
const PROTECTED_EVERY: usize = 20;

/// Fewer would not find enough to write about.
const MIN_CITIZENS: usize = 50;
/// So many people fit among the identity codes made for testing, whatever their ages are.
const MAX_CITIZENS: usize = 1_000_000;

/// The personas first, then others until there are `count`.
pub(crate) fn citizens(seed: u64, today: NaiveDate, count: usize) -> Vec<Person> {
    let mut registry = Registry::default();
    let personas = CITIZENS.iter().map(|spec| persona(spec, today));
    let first_made_up = CITIZENS.len();
    let others =
        (first_made_up..count.clamp(MIN_CITIZENS, MAX_CITIZENS)).map(|index| made_up(seed, index, today));
    personas.chain(others).filter_map(|draft| registry.enter(draft)).collect()
}

/// A user name: given and family name in letters that every keyboard has.
pub(crate) fn username(given_name: &str, family_name: &str) -> String {
    let plain = |letter: char| match letter {
        'ä' | 'å' | 'á' => 'a',
        'ö' => 'o',
        'é' => 'e',
        other => other,
    };
    format!("{given_name}.{family_name}").to_lowercase().chars().map(plain).collect()
}

/// Who somebody is before the authorities have met them.
struct Draft {
    given_name: String,
    family_name: String,
    gender: Gender,
    birth_date: NaiveDate,
    municipality: &'static str,
    language: Language,
}

/// What has been given to somebody already.
#[derive(Default)]
struct Registry {
    codes: BTreeSet<(NaiveDate, u16)>,
    usernames: BTreeMap<String, u32>,
}

impl Registry {
    /// Gives an identity code and a user name; somebody born on a day that has no code left is born a day earlier.
    fn enter(&mut self, draft: Draft) -> Option<Person> {
        let Draft { given_name, family_name, gender, birth_date, municipality, language } = draft;
        let base = username(&given_name, &family_name);
        let days = (0..3650).filter_map(|back| birth_date.checked_sub_days(Days::new(back)));
        // The last digit is even for women and odd for men, as it is in real codes.
        let parity = u16::from(gender == Gender::Man);
        let start = u16::try_from(base.bytes().map(u32::from).sum::<u32>() % 50).unwrap_or(0);
        let numbers = move |day| (0..50).map(move |step| (day, 900 + (start + step) % 50 * 2 + parity));
        let (birth_date, number) = days.flat_map(numbers).find(|code| !self.codes.contains(code))?;
        self.codes.insert((birth_date, number));
        let identity_code = IdentityCode::for_testing(birth_date, number).ok()?;
        let namesakes = self.usernames.entry(base.clone()).or_insert(0);
        *namesakes += 1;
        let username = if *namesakes == 1 { base } else { format!("{base}{namesakes}") };
        let municipality = municipality.to_owned();
        let place = self.codes.len();
        let street = STREETS.get(place % STREETS.len()).copied().unwrap_or("Harjapolku");
        let citizen = DemoCitizen {
            address: format!("{street} {}, {municipality}", 1 + place % 60),
            phone: format!("040 000 {:04}", place % 10_000),
            is_non_disclosed: place.is_multiple_of(PROTECTED_EVERY),
            given_name,
            family_name,
            birth_date,
            municipality,
            language,
            identity_code,
            username,
        };
        Some(Person { citizen, gender })
    }
}

fn persona(spec: &CitizenSpec, today: NaiveDate) -> Draft {
    Draft {
        given_name: spec.given_name.to_owned(),
        family_name: spec.family_name.to_owned(),
        gender: spec.gender,
        birth_date: born(today, spec.age, 120),
        municipality: spec.municipality,
        language: spec.language,
    }
}

fn made_up(seed: u64, index: usize, today: NaiveDate) -> Draft {
    let mut chance = Chance::of(seed, 1, index);
    let birth_date = birth_date(today, &mut chance);
    let gender = if chance.percent(50) { Gender::Woman } else { Gender::Man };
    let municipality = chance.pick_weighted(MUNICIPALITIES, |(_, people)| *people);
    let (given_name, family_name, language) = match chance.between(1, 100) {
        1..=2 => from_elsewhere(gender, &mut chance),
        3 => named_from(&SWEDISH, gender, Language::Sv, &mut chance),
        _ => {
            let family_name = chance.pick_early(FAMILY_NAMES).copied().unwrap_or("Laine");
            (given_name(birth_date.year(), gender, &mut chance), family_name.to_owned(), Language::Fi)
        }
    };
    let municipality = municipality.map_or("Kajaani", |(name, _)| *name);
    Draft { given_name, family_name, gender, birth_date, municipality, language }
}

/// A given name usual for those born in `year`.
pub(crate) fn given_name(year: i32, gender: Gender, chance: &mut Chance) -> String {
    let usual = GIVEN_NAMES.iter().find(|(last_year, ..)| year <= *last_year);
    let names = usual.map_or(&[][..], |(_, women, men)| match gender {
        Gender::Woman => women,
        Gender::Man => men,
    });
    chance.pick_early(names).copied().unwrap_or("Kaino").to_owned()
}

fn from_elsewhere(gender: Gender, chance: &mut Chance) -> (String, String, Language) {
    let language = if chance.percent(60) { Language::En } else { Language::Fi };
    let names = chance.pick(FROM_ELSEWHERE).copied().unwrap_or(SWEDISH);
    named_from(&names, gender, language, chance)
}

fn named_from(
    [women, men, families]: &[&[&str]; 3],
    gender: Gender,
    language: Language,
    chance: &mut Chance,
) -> (String, String, Language) {
    let given = chance.pick(if gender == Gender::Woman { women } else { men }).copied().unwrap_or("Kaino");
    let family = chance.pick(families).copied().unwrap_or("Laine");
    (given.to_owned(), family.to_owned(), language)
}

fn birth_date(today: NaiveDate, chance: &mut Chance) -> NaiveDate {
    let group = chance.pick_weighted(AGES, |(_, share)| *share).map_or(49, |(oldest, _)| *oldest);
    let youngest = if group == 100 { 90 } else { group - 9 };
    let age = chance.between(youngest, group);
    born(today, age, chance.between(0, 364))
}

/// The day of birth of somebody whose last birthday, the `age`th, was `days_ago`.
fn born(today: NaiveDate, age: u32, days_ago: u32) -> NaiveDate {
    let birthday = today - Days::new(u64::from(days_ago));
    birthday.checked_sub_months(Months::new(age * 12)).unwrap_or(birthday)
}
