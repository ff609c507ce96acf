//! The units, twelve that care and the privacy officer's: what each does, where, when, for whom, and the topics that
//! lead to it.

use std::ops::RangeInclusive;

use omasote_types::language::LocalText;
use omasote_types::units::OpeningBlock;

use crate::topics::{self, TopicSpec};

/// The same words in Finnish, Swedish and English.
pub(crate) type Words = [&'static str; 3];

/// `words` as the API has them.
pub(crate) fn local_text([fi, sv, en]: Words) -> LocalText {
    LocalText { fi: fi.to_owned(), sv: sv.to_owned(), en: en.to_owned() }
}

/// The municipalities of Kainuu, with their populations in hundreds: that is how citizens are spread.
pub(crate) const MUNICIPALITIES: &[(&str, u32)] = &[
    ("Kajaani", 362),
    ("Sotkamo", 102),
    ("Kuhmo", 77),
    ("Suomussalmi", 72),
    ("Paltamo", 30),
    ("Puolanka", 23),
    ("Hyrynsalmi", 20),
    ("Ristijärvi", 12),
];

const EVERYWHERE: &[&str] =
    &["Kajaani", "Sotkamo", "Kuhmo", "Suomussalmi", "Paltamo", "Puolanka", "Hyrynsalmi", "Ristijärvi"];

/// Opening and closing times of a day as hours and minutes: 1530 is half past three.
type Blocks = &'static [(u16, u16)];

/// What is known about a unit before anything happens in it.
pub(crate) struct UnitSpec {
    /// What scripts and personas call it.
    pub(crate) key: &'static str,
    pub(crate) name: Words,
    pub(crate) municipality: &'static str,
    pub(crate) phone: &'static str,
    /// ISO weekdays, and when it is open on them.
    hours: &'static [(RangeInclusive<u8>, Blocks)],
    /// Where those who write to it live.
    pub(crate) area: &'static [&'static str],
    pub(crate) topics: &'static [TopicSpec],
    /// How many of a hundred threads come to it; none when people write to it about one thing only.
    pub(crate) share: u32,
}

impl UnitSpec {
    /// The opening blocks, in the order of the week.
    pub(crate) fn opening_blocks(&self) -> Vec<OpeningBlock> {
        let minutes = |time: u16| time / 100 * 60 + time % 100;
        let days = self.hours.iter().flat_map(|(days, blocks)| days.clone().map(move |day| (day, *blocks)));
        let blocks = days.flat_map(|(weekday, blocks)| {
            blocks.iter().map(move |(opens, closes)| OpeningBlock {
                weekday,
                opens_minute: minutes(*opens),
                closes_minute: minutes(*closes),
            })
        });
        blocks.collect()
    }
}

/// The units, in the order they are listed.
pub(crate) const UNITS: &[UnitSpec] = &[
    UnitSpec {
        key: "kajaani",
        name: [
            "Terveysaseman vastaanotto, Kajaani",
            "Hälsostationens mottagning, Kajana",
            "Health centre reception, Kajaani",
        ],
        municipality: "Kajaani",
        phone: "08 000 0101",
        hours: &[(1..=4, &[(800, 1600)]), (5..=5, &[(800, 1500)])],
        area: &["Kajaani", "Paltamo", "Ristijärvi", "Puolanka"],
        topics: topics::KAJAANI,
        share: 20,
    },
    UnitSpec {
        key: "kuhmo",
        name: [
            "Terveysaseman vastaanotto, Kuhmo",
            "Hälsostationens mottagning, Kuhmo",
            "Health centre reception, Kuhmo",
        ],
        municipality: "Kuhmo",
        phone: "08 000 0202",
        hours: &[(1..=4, &[(800, 1130), (1215, 1545)]), (5..=5, &[(800, 1130), (1215, 1500)])],
        area: &["Kuhmo"],
        topics: topics::KUHMO,
        share: 17,
    },
    UnitSpec {
        key: "sotkamo",
        name: [
            "Terveysaseman vastaanotto, Sotkamo",
            "Hälsostationens mottagning, Sotkamo",
            "Health centre reception, Sotkamo",
        ],
        municipality: "Sotkamo",
        phone: "08 000 0303",
        hours: &[(1..=5, &[(800, 1600)])],
        area: &["Sotkamo"],
        topics: topics::SOTKAMO,
        share: 10,
    },
    UnitSpec {
        key: "suomussalmi",
        name: [
            "Terveysaseman vastaanotto, Suomussalmi",
            "Hälsostationens mottagning, Suomussalmi",
            "Health centre reception, Suomussalmi",
        ],
        municipality: "Suomussalmi",
        phone: "08 000 0404",
        hours: &[(1..=5, &[(800, 1100), (1200, 1530)])],
        area: &["Suomussalmi", "Hyrynsalmi"],
        topics: topics::SUOMUSSALMI,
        share: 9,
    },
    UnitSpec {
        key: "diabetes",
        name: [
            "Diabetes- ja sydänhoitajan vastaanotto, Paltamo",
            "Diabetes- och hjärtskötarens mottagning, Paldamo",
            "Diabetes and heart nurse, Paltamo",
        ],
        municipality: "Paltamo",
        phone: "08 000 0505",
        hours: &[(1..=4, &[(800, 1100), (1200, 1500)])],
        area: &["Paltamo", "Kajaani", "Puolanka", "Ristijärvi"],
        topics: topics::DIABETES,
        share: 8,
    },
    UnitSpec {
        key: "neuvola",
        name: [
            "Äitiys- ja lastenneuvola, Kajaani",
            "Mödra- och barnrådgivningen, Kajana",
            "Maternity and child health clinic, Kajaani",
        ],
        municipality: "Kajaani",
        phone: "08 000 0606",
        hours: &[(1..=5, &[(800, 1545)])],
        area: EVERYWHERE,
        topics: topics::NEUVOLA,
        share: 9,
    },
    UnitSpec {
        key: "mieli",
        name: [
            "Mielenterveys- ja päihdepalvelut, Kajaani",
            "Mentalvårds- och missbrukartjänster, Kajana",
            "Mental health and substance abuse services, Kajaani",
        ],
        municipality: "Kajaani",
        phone: "08 000 0707",
        hours: &[(1..=4, &[(800, 1600)]), (5..=5, &[(800, 1400)])],
        area: EVERYWHERE,
        topics: topics::MIELI,
        share: 8,
    },
    UnitSpec {
        key: "fysio",
        name: ["Fysioterapia, Ristijärvi", "Fysioterapi, Ristijärvi", "Physiotherapy, Ristijärvi"],
        municipality: "Ristijärvi",
        phone: "08 000 0808",
        hours: &[(1..=4, &[(800, 1130), (1230, 1530)])],
        area: &["Ristijärvi", "Hyrynsalmi", "Paltamo", "Kajaani", "Suomussalmi"],
        topics: topics::FYSIO,
        share: 6,
    },
    UnitSpec {
        key: "suu",
        name: ["Suun terveydenhuolto, Puolanka", "Munhälsovården, Puolanka", "Oral health care, Puolanka"],
        municipality: "Puolanka",
        phone: "08 000 0909",
        hours: &[(1..=3, &[(800, 1130), (1215, 1600)]), (4..=5, &[(800, 1400)])],
        area: &["Puolanka", "Paltamo", "Hyrynsalmi", "Suomussalmi"],
        topics: topics::SUU,
        share: 5,
    },
    UnitSpec {
        key: "kotihoito",
        name: ["Kotihoito, Hyrynsalmi", "Hemvården, Hyrynsalmi", "Home care, Hyrynsalmi"],
        municipality: "Hyrynsalmi",
        phone: "08 000 1010",
        hours: &[(1..=7, &[(800, 2000)])],
        area: &["Hyrynsalmi", "Suomussalmi", "Ristijärvi"],
        topics: topics::KOTIHOITO,
        share: 4,
    },
    UnitSpec {
        key: "perhe",
        name: [
            "Lapsiperheiden sosiaalipalvelut, Kajaani",
            "Socialservice för barnfamiljer, Kajana",
            "Social services for families with children, Kajaani",
        ],
        municipality: "Kajaani",
        phone: "08 000 1111",
        hours: &[(1..=4, &[(830, 1130), (1230, 1600)]), (5..=5, &[(830, 1400)])],
        area: EVERYWHERE,
        topics: topics::PERHE,
        share: 5,
    },
    UnitSpec {
        key: "ikaantyneet",
        name: [
            "Ikääntyneiden palvelut, Kajaani",
            "Tjänster för äldre, Kajana",
            "Services for older people, Kajaani",
        ],
        municipality: "Kajaani",
        phone: "08 000 1212",
        hours: &[(1..=5, &[(900, 1130), (1200, 1500)])],
        area: EVERYWHERE,
        topics: topics::IKAANTYNEET,
        share: 5,
    },
    UnitSpec {
        key: "tietosuoja",
        name: [
            "Tietosuojavastaava, Kajaani",
            "Dataskyddsombudet, Kajana",
            "Data protection officer, Kajaani",
        ],
        municipality: "Kajaani",
        phone: "08 000 1313",
        hours: &[(1..=5, &[(900, 1130), (1230, 1500)])],
        area: EVERYWHERE,
        topics: topics::TIETOSUOJA,
        share: 0,
    },
];
