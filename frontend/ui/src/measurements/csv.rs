//! Measurements as a file for a spreadsheet: semicolons between, the language's own numbers, a first line of names.

use omasote_rules::helsinki::to_local;
use omasote_types::decimal::Decimal;
use omasote_types::language::Language;
use omasote_types::measurements::{Measurement, MeasurementKind};

use super::state::state_words;
use super::value::{context_name, number};
use crate::i18n::Key;

/// Tells spreadsheets that the letters are in UTF-8.
const MARK: char = '\u{feff}';
/// What a spreadsheet would take for the beginning of a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// The file.
#[must_use]
pub fn csv(language: Language, kind: MeasurementKind, measurements: &[Measurement]) -> String {
    let mut file = String::from(MARK);
    add_line(&mut file, header(language, kind));
    for measurement in measurements {
        add_line(&mut file, line(language, measurement));
    }
    file
}

fn header(language: Language, kind: MeasurementKind) -> Vec<String> {
    let facts = kind.facts();
    let numbers = facts.components.iter().map(|known| {
        let name = match known.name_in(language) {
            "" => facts.name_in(language),
            name => name,
        };
        match known.unit_in(language) {
            "" => name.to_owned(),
            unit => format!("{name} ({unit})"),
        }
    });
    let before = [Key::MEASURE_CSV_DAY, Key::MEASURE_CSV_TIME];
    let after = [
        Key::MEASURE_TARGET,
        Key::MEASURE_CSV_CONTEXT,
        Key::MEASURE_REMARK,
        Key::MEASURE_CSV_BY,
        Key::MEASURE_CSV_STRUCK,
    ];
    let text = |key: Key| key.text(language).to_owned();
    before.into_iter().map(text).chain(numbers).chain(after.into_iter().map(text)).collect()
}

fn line(language: Language, measurement: &Measurement) -> Vec<String> {
    let local = to_local(measurement.taken_at);
    let plain = |value: &Decimal, decimals| number(language, *value, decimals).replace(['\u{a0}', ','], "");
    let numbers = measurement.kind.facts().components.iter().map(|known| {
        let value = measurement.values.get(&known.component);
        value.map_or_else(String::new, |value| match language {
            Language::En => plain(value, known.decimals),
            _ => number(language, *value, known.decimals).replace('\u{a0}', ""),
        })
    });
    let (day, time) = (local.format("%Y-%m-%d").to_string(), local.format("%H:%M").to_string());
    let context = measurement.context.map(|context| context_name(context).text(language).to_owned());
    let struck = measurement
        .struck
        .as_ref()
        .map(|struck| format!("{} {}", to_local(struck.at).format("%Y-%m-%d %H:%M"), struck.by));
    let after = [
        state_words(measurement.state).text(language).to_owned(),
        context.unwrap_or_default(),
        safe(&measurement.remark),
        safe(&measurement.recorded_by),
        struck.unwrap_or_default(),
    ];
    [day, time].into_iter().chain(numbers).chain(after).collect()
}

/// What somebody wrote, so that no spreadsheet counts it.
fn safe(text: &str) -> String {
    if text.starts_with(FORMULA) { format!("'{text}") } else { text.to_owned() }
}

fn add_line(file: &mut String, cells: Vec<String>) {
    let quoted = |cell: String| match cell.contains([';', '"', '\n', '\r']) {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell,
    };
    let cells: Vec<String> = cells.into_iter().map(quoted).collect();
    file.push_str(&cells.join(";"));
    file.push_str("\r\n");
}

#[cfg(test)]
pub(super) mod tests {
    use std::collections::BTreeMap;

    use omasote_types::measurements::{Component, MeasurementSource, TargetState, Values};

    use super::*;

    /// A blood pressure that was taken at a moment.
    pub(in crate::measurements) fn taken(at: &str) -> Measurement {
        let taken_at = at.parse().unwrap();
        let (day, part) = omasote_rules::measurements::day_of(taken_at);
        let id = "01890a5d-ac96-774b-bcce-b302099a8057";
        Measurement {
            id: id.parse().unwrap(),
            citizen_id: id.parse().unwrap(),
            kind: MeasurementKind::BloodPressure,
            values: Values::from([(Component::Systolic, 128.into()), (Component::Diastolic, 79.into())]),
            states: BTreeMap::new(),
            state: TargetState::In,
            taken_at,
            day,
            part,
            context: None,
            entered: None,
            remark: String::new(),
            source: MeasurementSource::Citizen,
            recorded_by: "Aino Kemppainen".to_owned(),
            recorded_at: taken_at,
            struck: None,
        }
    }

    #[test]
    fn a_line_has_the_numbers_and_what_was_remarked() {
        let mut one = taken("2026-11-16T06:10:00Z");
        "=SUM(A1); \"heti\"".clone_into(&mut one.remark);
        let file = csv(Language::Fi, MeasurementKind::BloodPressure, &[one]);
        let mut lines = file.lines();
        assert!(
            lines
                .next()
                .unwrap()
                .starts_with("\u{feff}Päivä;Kello;Yläpaine (mmHg);Alapaine (mmHg);Syke (/min)")
        );
        let line = lines.next().unwrap();
        let expected = "2026-11-16;08:10;128;79;;Tavoitteessa;;\"'=SUM(A1); \"\"heti\"\"\";Aino Kemppainen;";
        assert_eq!(line, expected);
    }

    #[test]
    fn numbers_are_those_of_the_language() {
        let mut one = taken("2026-11-16T06:10:00Z");
        one.kind = MeasurementKind::Weight;
        one.values = Values::from([(Component::Value, "72.5".parse().unwrap())]);
        let of = |language| csv(language, MeasurementKind::Weight, std::slice::from_ref(&one));
        assert!(of(Language::Sv).contains(";72,5;"));
        assert!(of(Language::En).contains(";72.5;"));
    }
}
