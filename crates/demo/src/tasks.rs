//! What the personas are asked to do. Days are told from today, so that the demo looks the same on any day.

use std::collections::BTreeSet;

use crate::model::{DemoCitizen, DemoPerson, DemoPersonaSpec, DemoSeries, DemoTask, DemoThread};
use crate::units::UNITS;

/// Whom, which unit asks, the questionnaire or the unit's own words, what is said, how many minutes, and from which day to which.
type TaskSpec =
    (&'static str, &'static str, Result<&'static str, &'static str>, &'static str, u16, (i64, i64));

const TASKS: [TaskSpec; 6] = [
    (
        "aino.kemppainen",
        "kuhmo",
        Ok("pre-visit"),
        "Vastaa ennen vastaanottoa, niin aikaa jää sinun asiallesi.",
        10,
        (-1, 6),
    ),
    (
        "aino.kemppainen",
        "kuhmo",
        Err("Ota verenpainemittari mukaan vastaanotolle"),
        "Vertaamme mittariasi meidän mittariimme.",
        1,
        (0, 7),
    ),
    ("aino.kemppainen", "kuhmo", Ok("pain"), "Kerro, millainen korvasi on viikon kuluttua.", 3, (5, 9)),
    ("timo.leinonen", "suomussalmi", Ok("findrisc"), "Lääkäri pyysi tätä ennen verikokeita.", 5, (-12, -3)),
    (
        "emma.karjalainen",
        "neuvola",
        Ok("audit-c"),
        "Kysymme tämän kaikilta odottavilta perheiltä.",
        3,
        (-2, 12),
    ),
    ("birgitta.lindholm", "kajaani", Ok("phq-9"), "", 5, (-1, 10)),
];

/// Every task of the personas.
pub(crate) fn all(citizens: &[DemoCitizen]) -> Vec<DemoTask> {
    TASKS.iter().filter_map(|spec| task(citizens, spec)).collect()
}

fn task(citizens: &[DemoCitizen], spec: &TaskSpec) -> Option<DemoTask> {
    let (username, unit, asked, text, minutes, (from_days, to_days)) = *spec;
    Some(DemoTask {
        citizen: citizens.iter().position(|citizen| citizen.username == username)?,
        unit: UNITS.iter().position(|one| one.key == unit)?,
        questionnaire: asked.ok(),
        title: asked.err().unwrap_or_default(),
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
        questionnaire: Some("findrisc"),
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
