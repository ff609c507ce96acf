//! What the personas are asked to do. Days are told from today, so that the demo looks the same on any day.

use crate::model::{DemoCitizen, DemoTask};
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

#[cfg(test)]
mod tests {
    #[test]
    fn everybody_who_is_asked_is_in_the_county_and_so_is_the_unit() {
        let county = crate::county(7, chrono::DateTime::default());
        assert_eq!(county.tasks.len(), super::TASKS.len());
    }
}
