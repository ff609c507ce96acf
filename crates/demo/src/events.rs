//! Events of the personas, past and to come, and times that units offer. Told in working days from today, so that the demo looks the
//! same on any day.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use omasote_types::events::{EventContent, EventKind, EventState, EventTime};

use crate::calendar::{to_local, to_utc, working_day_from, working_days_before};
use crate::model::{DemoEvent, DemoSlot};
use crate::personas::CITIZENS;
use crate::units::UNITS;

/// On which day.
#[derive(Clone, Copy)]
enum Day {
    /// So many working days ago.
    Ago(usize),
    /// The first working day that is so many days ahead.
    Ahead(u64),
}

/// What is said of an event.
struct Words {
    kind: EventKind,
    title: &'static str,
    place: &'static str,
    directions: &'static str,
    preparation: &'static str,
}

struct EventSpec {
    citizen: &'static str,
    unit: &'static str,
    day: Day,
    /// By the clock in Finland.
    starts: (u32, u32),
    minutes: i64,
    words: Words,
    state: EventState,
    wish: Option<&'static str>,
    is_in_ehr: bool,
}

const DOOR: &str = "Sisäänkäynti A. Ilmoittaudu automaatilla ja istu aulaan 2. Pysäköinti on kaksi tuntia maksuton kiekolla.";
const CALL: &str =
    "Soitamme sinulle tuntemattomasta numerosta. Soitto voi tulla 15 minuuttia ennen tai jälkeen.";

const EVENTS: &[EventSpec] = &[
    EventSpec {
        citizen: "Aino",
        unit: "kuhmo",
        day: Day::Ago(12),
        starts: (9, 15),
        minutes: 30,
        words: Words {
            kind: EventKind::Visit,
            title: "Verenpaineen mittaus",
            place: "Kuhmon terveysasema, Koivukatu 20, huone 4",
            directions: DOOR,
            preparation: "Älä juo kahvia tai polta tuntiin ennen mittausta.",
        },
        state: EventState::Confirmed,
        wish: None,
        is_in_ehr: false,
    },
    EventSpec {
        citizen: "Aino",
        unit: "kuhmo",
        day: Day::Ahead(6),
        starts: (10, 0),
        minutes: 45,
        words: Words {
            kind: EventKind::Visit,
            title: "Lääkärin vastaanotto: verenpaine",
            place: "Kuhmon terveysasema, Koivukatu 20, huone 7",
            directions: DOOR,
            preparation: "Ota mukaan lääkelista ja kotona mitatut arvot.",
        },
        state: EventState::Booked,
        wish: None,
        is_in_ehr: false,
    },
    EventSpec {
        citizen: "Aino",
        unit: "kuhmo",
        day: Day::Ahead(20),
        starts: (13, 0),
        minutes: 20,
        words: Words {
            kind: EventKind::Phone,
            title: "Hoitajan soitto",
            place: "",
            directions: CALL,
            preparation: "",
        },
        state: EventState::Confirmed,
        wish: None,
        is_in_ehr: true,
    },
    EventSpec {
        citizen: "Emma",
        unit: "neuvola",
        day: Day::Ahead(3),
        starts: (8, 30),
        minutes: 60,
        words: Words {
            kind: EventKind::Visit,
            title: "Neuvolakäynti",
            place: "Kajaanin neuvola, Rantatie 1, 2. kerros",
            directions: "Vaunut voi jättää aulaan. Hissi on ovesta oikealle.",
            preparation: "Ota mukaan neuvolakortti.",
        },
        state: EventState::Booked,
        wish: Some("Voisiko aika olla iltapäivällä? Isompi on silloin kerhossa."),
        is_in_ehr: false,
    },
    EventSpec {
        citizen: "Timo",
        unit: "fysio",
        day: Day::Ahead(8),
        starts: (14, 0),
        minutes: 45,
        words: Words {
            kind: EventKind::Video,
            title: "Fysioterapeutin etävastaanotto",
            place: "",
            directions: "Avaa linkki kymmenen minuuttia ennen. Tarvitset kameran ja mikrofonin.",
            preparation: "Varaa tilaa liikkua ja pue päälle joustavat vaatteet.",
        },
        state: EventState::Confirmed,
        wish: None,
        is_in_ehr: false,
    },
    EventSpec {
        citizen: "Timo",
        unit: "suomussalmi",
        day: Day::Ago(30),
        starts: (11, 30),
        minutes: 30,
        words: Words {
            kind: EventKind::Phone,
            title: "Lääkärin soitto: sairausloma",
            place: "",
            directions: CALL,
            preparation: "",
        },
        state: EventState::Confirmed,
        wish: None,
        is_in_ehr: false,
    },
    EventSpec {
        citizen: "Venla",
        unit: "neuvola",
        day: Day::Ahead(12),
        starts: (9, 30),
        minutes: 40,
        words: Words {
            kind: EventKind::Visit,
            title: "Rokotuskäynti",
            place: "Kajaanin neuvola, Rantatie 1, 2. kerros",
            directions: "Vaunut voi jättää aulaan. Hissi on ovesta oikealle.",
            preparation: "Jos lapsella on kuumetta, soita ennen käyntiä.",
        },
        state: EventState::Booked,
        wish: None,
        is_in_ehr: false,
    },
    EventSpec {
        citizen: "Eetu",
        unit: "suomussalmi",
        day: Day::Ahead(5),
        starts: (14, 15),
        minutes: 30,
        words: Words {
            kind: EventKind::Visit,
            title: "Terveydenhoitajan vastaanotto",
            place: "Suomussalmen terveysasema, huone 11",
            directions: DOOR,
            preparation: "",
        },
        state: EventState::Booked,
        wish: None,
        is_in_ehr: false,
    },
    EventSpec {
        citizen: "Birgitta",
        unit: "diabetes",
        day: Day::Ahead(10),
        starts: (9, 0),
        minutes: 30,
        words: Words {
            kind: EventKind::Phone,
            title: "Diabetesskötarens samtal",
            place: "",
            directions: "Vi ringer från ett okänt nummer, tidigast en kvart före och senast en kvart efter tiden.",
            preparation: "Ha dina mätvärden för två veckor framme.",
        },
        state: EventState::Confirmed,
        wish: None,
        is_in_ehr: false,
    },
    EventSpec {
        citizen: "Olena",
        unit: "kajaani",
        day: Day::Ahead(4),
        starts: (12, 30),
        minutes: 45,
        words: Words {
            kind: EventKind::Visit,
            title: "Doctor's appointment with an interpreter",
            place: "Kajaani health centre, Sissikatu 4, room 12",
            directions: "Entrance A. Register at the machine and wait in lobby 1.",
            preparation: "Bring the list of your medicines and your vaccination card.",
        },
        state: EventState::Booked,
        wish: None,
        is_in_ehr: false,
    },
];

/// The events of the personas.
pub(crate) fn events(today: DateTime<Utc>) -> Vec<DemoEvent> {
    EVENTS.iter().filter_map(|spec| event(spec, today)).collect()
}

fn event(spec: &EventSpec, today: DateTime<Utc>) -> Option<DemoEvent> {
    let date = to_local(today).date();
    let starts = NaiveTime::from_hms_opt(spec.starts.0, spec.starts.1, 0)?;
    let starts_at = to_utc(day_of(spec.day, date).and_time(starts));
    // What is past was given a while before; what is to come some days ago.
    let given_at = starts_at.min(today) - TimeDelta::days(4);
    Some(DemoEvent {
        citizen: CITIZENS.iter().position(|citizen| citizen.given_name == spec.citizen)?,
        unit: UNITS.iter().position(|unit| unit.key == spec.unit)?,
        content: content(&spec.words),
        time: EventTime { starts_at, ends_at: starts_at + TimeDelta::minutes(spec.minutes) },
        given_at,
        state: spec.state,
        wish: spec.wish.map(str::to_owned),
        is_in_ehr: spec.is_in_ehr,
    })
}

fn day_of(day: Day, today: NaiveDate) -> NaiveDate {
    match day {
        Day::Ago(count) => working_days_before(today, count),
        Day::Ahead(days) => working_day_from(today + Days::new(days)),
    }
}

fn content(words: &Words) -> EventContent {
    let is_video = words.kind == EventKind::Video;
    EventContent {
        kind: words.kind,
        title: words.title.to_owned(),
        place: words.place.to_owned(),
        directions: words.directions.to_owned(),
        preparation: words.preparation.to_owned(),
        link: is_video.then(|| "https://etavastaanotto.omasote.example/huone/fysio".to_owned()),
    }
}

const NURSE: Words = Words {
    kind: EventKind::Visit,
    title: "Hoitajan vastaanotto",
    place: "Kuhmon terveysasema, Koivukatu 20, huone 4",
    directions: DOOR,
    preparation: "",
};
const VACCINATION: Words = Words {
    kind: EventKind::Visit,
    title: "Influenssarokotus",
    place: "Kuhmon terveysasema, Koivukatu 20, huone 2",
    directions: DOOR,
    preparation: "Pue päälle vaate, jonka hihan saa helposti ylös.",
};

/// Times that are offered in Kuhmo: some to everybody, some to Aino alone.
pub(crate) fn slots(today: DateTime<Utc>) -> Vec<DemoSlot> {
    let date = to_local(today).date();
    let Some(unit) = UNITS.iter().position(|unit| unit.key == "kuhmo") else { return Vec::new() };
    let aino = CITIZENS.iter().position(|citizen| citizen.given_name == "Aino");
    let for_all = [(2, 8, 0), (2, 8, 20), (2, 12, 40), (5, 9, 0), (5, 14, 20), (9, 8, 0), (9, 10, 20)];
    let for_aino = [(4, 9, 0), (7, 12, 0), (11, 15, 0)];
    let to_slot = |words: &Words, citizen: Option<usize>, (days, hour, minute): (u64, u32, u32)| {
        let starts = NaiveTime::from_hms_opt(hour, minute, 0)?;
        let starts_at = to_utc(day_of(Day::Ahead(days), date).and_time(starts));
        let time = EventTime { starts_at, ends_at: starts_at + TimeDelta::minutes(20) };
        Some(DemoSlot { unit, citizen, content: content(words), time })
    };
    let open = for_all.into_iter().filter_map(|at| to_slot(&NURSE, None, at));
    open.chain(for_aino.into_iter().filter_map(|at| to_slot(&VACCINATION, aino, at))).collect()
}
