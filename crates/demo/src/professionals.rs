//! Those who work in the units: thirty who meet citizens, and two who look after the service.

use omasote_types::people::Role;

use crate::model::DemoProfessional;
use crate::people::username;

/// Given name, family name, title, and the keys of the units they work in.
type ProfessionalSpec = (&'static str, &'static str, &'static str, &'static [&'static str]);

/// The personas come first, in the order of `personas`.
const PROFESSIONALS: &[ProfessionalSpec] = &[
    ("Hanna", "Huotari", "sairaanhoitaja", &["kuhmo"]),
    ("Antti", "Väisänen", "lääkäri", &["kuhmo", "kajaani"]),
    ("Sanna", "Moilanen", "sosiaalityöntekijä", &["perhe"]),
    ("Riitta", "Juntunen", "osastonhoitaja", &["kajaani", "diabetes"]),
    ("Katja", "Tolonen", "terveydenhoitaja", &["neuvola"]),
    ("Päivi", "Karppinen", "sairaanhoitaja", &["kajaani"]),
    ("Mika", "Haverinen", "sairaanhoitaja", &["kajaani"]),
    ("Anne", "Komulainen", "terveydenhoitaja", &["kajaani"]),
    ("Elina", "Pääkkönen", "lääkäri", &["kajaani", "diabetes"]),
    ("Tuija", "Piirainen", "terveydenhoitaja", &["kuhmo"]),
    ("Jarmo", "Kyllönen", "sairaanhoitaja", &["kuhmo"]),
    ("Minna", "Korhonen", "sairaanhoitaja", &["sotkamo"]),
    ("Heidi", "Määttä", "terveydenhoitaja", &["sotkamo"]),
    ("Lauri", "Tervonen", "lääkäri", &["sotkamo"]),
    ("Kirsi", "Seppänen", "sairaanhoitaja", &["suomussalmi"]),
    ("Outi", "Kinnunen", "sairaanhoitaja", &["suomussalmi"]),
    ("Mohammad", "Rahimi", "lääkäri", &["suomussalmi", "kotihoito"]),
    ("Sirpa", "Leinonen", "diabeteshoitaja", &["diabetes"]),
    ("Emilia", "Romppainen", "terveydenhoitaja", &["neuvola"]),
    ("Veera", "Heikkinen", "kätilö", &["neuvola"]),
    ("Marko", "Oikarinen", "psykiatrinen sairaanhoitaja", &["mieli"]),
    ("Johanna", "Lindroos", "psykologi", &["mieli"]),
    ("Timo", "Keränen", "fysioterapeutti", &["fysio"]),
    ("Laura", "Hyvönen", "fysioterapeutti", &["fysio"]),
    ("Juha", "Manninen", "hammaslääkäri", &["suu"]),
    ("Satu", "Klemetti", "suuhygienisti", &["suu"]),
    ("Tarja", "Schroderus", "lähihoitaja", &["kotihoito"]),
    ("Niina", "Rautio", "perhetyöntekijä", &["perhe"]),
    ("Marjo", "Karjalainen", "palveluohjaaja", &["ikaantyneet", "kotihoito"]),
    ("Ville", "Tuovinen", "sosiaaliohjaaja", &["ikaantyneet", "mieli"]),
    ("Kaisa", "Rusanen", "tietosuojavastaava", &["tietosuoja"]),
    ("Jari", "Mustonen", "järjestelmäasiantuntija", &["tietosuoja"]),
    ("Outi", "Väyrynen", "sisällöntuottaja", &["tietosuoja"]),
];

/// The privacy officer's place among them.
pub(crate) const PRIVACY_OFFICER: usize = 30;
/// The administrator's place among them.
pub(crate) const ADMINISTRATOR: usize = 31;

/// The content editor's place among them.
pub(crate) const EDITOR: usize = 32;

fn roles(place: usize) -> Vec<Role> {
    match place {
        PRIVACY_OFFICER => vec![Role::PrivacyOfficer],
        ADMINISTRATOR => vec![Role::Administrator],
        EDITOR => vec![Role::Editor],
        _ => Vec::new(),
    }
}

/// Everybody, with a user name each.
pub(crate) fn all() -> Vec<DemoProfessional> {
    let places = PROFESSIONALS.iter().enumerate();
    let people = places.map(|(place, (given_name, family_name, title, _))| DemoProfessional {
        roles: roles(place),
        given_name: (*given_name).to_owned(),
        family_name: (*family_name).to_owned(),
        title: (*title).to_owned(),
        username: username(given_name, family_name),
    });
    people.collect()
}

/// Who works in the unit of `key`.
pub(crate) fn members(key: &str) -> Vec<usize> {
    let members = PROFESSIONALS.iter().enumerate().filter(|(_, (.., units))| units.contains(&key));
    members.map(|(index, _)| index).collect()
}

/// Who leads which unit.
const LEADS: &[(&str, &[&str])] = &[
    ("Juntunen", &["kajaani", "diabetes"]),
    ("Huotari", &["kuhmo"]),
    ("Moilanen", &["perhe"]),
    ("Tolonen", &["neuvola"]),
    ("Määttä", &["sotkamo"]),
    ("Kinnunen", &["suomussalmi"]),
    ("Keränen", &["fysio"]),
];

/// Who leads the unit of `key`.
pub(crate) fn leads(key: &str) -> Vec<usize> {
    let names: Vec<&str> =
        LEADS.iter().filter(|(_, units)| units.contains(&key)).map(|(name, _)| *name).collect();
    let people = PROFESSIONALS.iter().enumerate();
    let leading = people.filter(|(_, (_, family, _, units))| names.contains(family) && units.contains(&key));
    leading.map(|(index, _)| index).collect()
}
