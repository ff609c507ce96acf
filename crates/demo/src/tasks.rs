//! What the personas are asked to do. Days are told from today, so that the demo looks the same on any day.

use std::collections::BTreeSet;

use crate::model::DemoAsked::{Booking, Document, Guide, Questionnaire, ToDo};
use crate::model::{DemoAsked, DemoCitizen, DemoPerson, DemoPersonaSpec, DemoSeries, DemoTask, DemoThread};
use crate::units::UNITS;

/// Whom, which unit asks for what, the unit's name for it, what is said, how many minutes, and from which day to which.
type TaskSpec = (&'static str, &'static str, (DemoAsked, &'static str), &'static str, u16, (i64, i64));

const TASKS: [TaskSpec; 9] = [
    (
        "aino.kemppainen",
        "kuhmo",
        (Questionnaire("pre-visit"), ""),
        "Vastaa ennen vastaanottoa, niin aikaa jää sinun asiallesi.",
        10,
        (-1, 6),
    ),
    (
        "aino.kemppainen",
        "kuhmo",
        (ToDo, "Ota verenpainemittari mukaan vastaanotolle"),
        "Vertaamme mittariasi meidän mittariimme.",
        1,
        (0, 7),
    ),
    (
        "aino.kemppainen",
        "kuhmo",
        (Questionnaire("pain"), ""),
        "Kerro, millainen korvasi on viikon kuluttua.",
        3,
        (5, 9),
    ),
    (
        "timo.leinonen",
        "suomussalmi",
        (Questionnaire("findrisc"), ""),
        "Lääkäri pyysi tätä ennen verikokeita.",
        5,
        (-12, -3),
    ),
    (
        "emma.karjalainen",
        "neuvola",
        (Questionnaire("audit-c"), ""),
        "Kysymme tämän kaikilta odottavilta perheiltä.",
        3,
        (-2, 12),
    ),
    ("birgitta.lindholm", "kajaani", (Questionnaire("phq-9"), ""), "", 5, (-1, 10)),
    (
        "matti.kemppainen",
        "kuhmo",
        (Guide, "Lue, miten verenpaine mitataan kotona"),
        "Lue ohje ennen ensimmäistä mittausta.",
        5,
        (-1, 6),
    ),
    (
        "matti.kemppainen",
        "kuhmo",
        (Document, "Toimita aiemmat laboratoriotulokset"),
        "Jos sinulla on tuloksia muualta, haluamme nähdä ne ennen käyntiä.",
        5,
        (0, 9),
    ),
    (
        "matti.kemppainen",
        "kuhmo",
        (Booking, "Varaa aika verenpaineen mittaukseen"),
        "Valitse vapaista ajoista se, joka sopii sinulle parhaiten.",
        3,
        (0, 14),
    ),
];

/// Every task of the personas.
pub(crate) fn all(citizens: &[DemoCitizen]) -> Vec<DemoTask> {
    TASKS.iter().filter_map(|spec| task(citizens, spec)).collect()
}

fn task(citizens: &[DemoCitizen], spec: &TaskSpec) -> Option<DemoTask> {
    let (username, unit, (asked, title), text, minutes, (from_days, to_days)) = *spec;
    Some(DemoTask {
        citizen: citizens.iter().position(|citizen| citizen.username == username)?,
        unit: UNITS.iter().position(|one| one.key == unit)?,
        asked,
        title,
        text,
        minutes,
        from_days,
        to_days,
    })
}

/// The unit whose professionals most look at the demo.
const UNIT: &str = "kuhmo";
/// How many are asked again and again.
const ASKED: usize = 12;

/// What some of a unit's clients, none of them a persona, are asked each week.
pub(crate) fn series(threads: &[DemoThread], personas: &[DemoPersonaSpec]) -> Vec<DemoSeries> {
    let Some(unit) = UNITS.iter().position(|one| one.key == UNIT) else { return Vec::new() };
    let is_persona = |place| personas.iter().any(|persona| persona.person == DemoPerson::Citizen(place));
    let of_unit = threads.iter().filter(|thread| thread.unit == unit).map(|thread| thread.citizen);
    let each: BTreeSet<usize> = of_unit.filter(|place| !is_persona(*place)).collect();
    vec![DemoSeries {
        citizens: each.into_iter().take(ASKED).collect(),
        unit,
        title: "Mittaa verenpaine neljänä päivänä",
        text: "Mittaa aamulla ja illalla, kaksi kertaa peräkkäin. Ota lukemat mukaan vastaanotolle.",
        minutes: 10,
        rule: ("FREQ=WEEKLY;INTERVAL=2;COUNT=6", 6),
        days: 7,
    }]
}

/// One of them has not opened what they were asked before.
pub(crate) fn silent(series: &DemoSeries) -> Option<DemoTask> {
    Some(DemoTask {
        citizen: *series.citizens.get(1)?,
        unit: series.unit,
        asked: Questionnaire("findrisc"),
        title: "",
        text: "Vastaa ennen verikokeita.",
        minutes: 5,
        from_days: -14,
        to_days: -4,
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn everybody_who_is_asked_is_in_the_county_and_so_is_the_unit() {
        let county = crate::county(7, chrono::DateTime::default());
        assert_eq!(county.tasks.len(), super::TASKS.len() + 1);
        assert_eq!(
            county.series.iter().map(|series| series.citizens.len()).collect::<Vec<_>>(),
            [super::ASKED]
        );
    }
}
