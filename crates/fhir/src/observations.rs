//! Measurements as Observations of FHIR R4, and back.
//!
//! Sources: <https://hl7.org/fhir/R4/observation-vitalsigns.html>; the codes that Kanta's R4 examples use (finnish-base-profiles), where
//! some kinds carry two.

use chrono::{DateTime, Utc};
use omasote_types::decimal::Decimal;
use omasote_types::measurements::{
    Component, ComponentFacts, KINDS, KindFacts, Measurement, MeasurementContext, MeasurementKind,
    NewMeasurement, TargetState, Values,
};
use serde_json::{Map, Value, json};

use crate::reader::reason;
use crate::{OWN, Reason, Why, urls};

const LOINC: &str = "http://loinc.org";
const CATEGORIES: &str = "http://terminology.hl7.org/CodeSystem/observation-category";
const INTERPRETATIONS: &str = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation";
/// How many decimals are read of what comes from elsewhere. The rest is cut off, not rounded: it is rounded once, to those of the kind.
const DECIMALS: usize = 3;

/// Codes that others use for the same, or beside it. The first are sent out too, before our own or after it.
const OTHER_CODES: [(MeasurementKind, &[&str]); 4] = [
    (MeasurementKind::OxygenSaturation, &["2708-6"]),
    (MeasurementKind::Glucose, &["15074-8"]),
    (MeasurementKind::Pef, &["33452-4"]),
    (MeasurementKind::BloodPressure, &["55284-4"]),
];
/// Of these kinds the other code goes out as well.
const WITH_BOTH: [MeasurementKind; 2] = [MeasurementKind::OxygenSaturation, MeasurementKind::Glucose];
/// Units as some write them.
const OTHER_UNITS: [(&str, &str); 3] = [("beats/min", "/min"), ("mmHg", "mm[Hg]"), ("°C", "Cel")];

fn category(kind: MeasurementKind) -> &'static str {
    match kind {
        MeasurementKind::BloodPressure
        | MeasurementKind::Pulse
        | MeasurementKind::Weight
        | MeasurementKind::Height
        | MeasurementKind::Temperature
        | MeasurementKind::OxygenSaturation
        | MeasurementKind::RespiratoryRate => "vital-signs",
        MeasurementKind::Glucose
        | MeasurementKind::TissueGlucose
        | MeasurementKind::Hba1c
        | MeasurementKind::Inr => "laboratory",
        MeasurementKind::Steps | MeasurementKind::Sleep => "activity",
        MeasurementKind::Pain => "survey",
        MeasurementKind::Waist | MeasurementKind::Pef => "exam",
    }
}

const fn interpretation(state: TargetState) -> Option<&'static str> {
    match state {
        TargetState::NoTarget => None,
        TargetState::In => Some("N"),
        TargetState::Below => Some("L"),
        TargetState::Above => Some("H"),
        TargetState::BelowAlarm => Some("LL"),
        TargetState::AboveAlarm => Some("HH"),
    }
}

fn code(kind: MeasurementKind, loinc: &str, display: &str) -> Value {
    let own = json!({ "system": LOINC, "code": loinc, "display": display });
    let mut coding = vec![own];
    let other = OTHER_CODES.iter().find(|(of, _)| *of == kind && WITH_BOTH.contains(of));
    if let Some((_, [other, ..])) = other {
        coding.push(json!({ "system": LOINC, "code": other }));
    }
    json!({ "coding": coding, "text": display })
}

fn quantity(facts: &ComponentFacts, value: Decimal) -> Value {
    let [unit, ..] = facts.unit;
    let unit = if unit.is_empty() { facts.ucum } else { unit };
    json!({ "value": value, "unit": unit, "system": urls::UCUM, "code": facts.ucum })
}

/// What a number says: its value, and how it stood to its target.
fn said(facts: &ComponentFacts, measurement: &Measurement) -> Map<String, Value> {
    let mut fields = Map::new();
    if let Some(value) = measurement.values.get(&facts.component) {
        fields.insert("valueQuantity".to_owned(), quantity(facts, *value));
    }
    let state = measurement.states.get(&facts.component).copied();
    if let Some(code) = state.and_then(interpretation) {
        let coding = json!([{ "coding": [{ "system": INTERPRETATIONS, "code": code }] }]);
        fields.insert("interpretation".to_owned(), coding);
    }
    fields
}

/// A measurement as an Observation. `subject` is a reference to whose it is.
#[must_use]
pub fn observation(measurement: &Measurement, subject: &Value) -> Value {
    let (kind, facts) = (measurement.kind, measurement.kind.facts());
    let [_, _, name] = facts.name;
    let status = if measurement.struck.is_some() { "entered-in-error" } else { "final" };
    let mut resource = json!({
        "resourceType": "Observation",
        "identifier": [{ "system": "urn:ietf:rfc:3986", "value": format!("urn:uuid:{}", measurement.id) }],
        "status": status,
        "category": [{ "coding": [{ "system": CATEGORIES, "code": category(kind) }] }],
        "code": code(kind, facts.loinc, name),
        "subject": subject,
        "effectiveDateTime": measurement.taken_at.to_rfc3339(),
        "issued": measurement.recorded_at.to_rfc3339(),
        "performer": [{ "display": measurement.recorded_by }],
    });
    let Some(fields) = resource.as_object_mut() else { return resource };
    match facts.components {
        [only] => fields.extend(said(only, measurement)),
        several => {
            let measured = several.iter().filter(|facts| measurement.values.contains_key(&facts.component));
            let parts = measured.map(|facts| {
                let [_, _, name] = facts.name;
                let mut part = said(facts, measurement);
                part.insert("code".to_owned(), code(kind, facts.loinc, name));
                // The second code of a kind is of the whole.
                Value::Object(part)
            });
            fields.insert("component".to_owned(), parts.collect());
        }
    }
    if !measurement.remark.trim().is_empty() {
        fields.insert("note".to_owned(), json!([{ "text": measurement.remark }]));
    }
    if let Some(context) = measurement.context {
        let extension = json!([{ "url": format!("{OWN}measurement-context"), "valueCode": context.code() }]);
        fields.insert("extension".to_owned(), extension);
    }
    resource
}

/// A measurement of an Observation, which is taken as right: a device or a system measured it.
///
/// # Errors
/// The elements for which it does not fit, each with why.
pub fn measurement(resource: &Value) -> Result<NewMeasurement, Vec<Reason>> {
    let mut problems = Vec::new();
    let mut refuse = |element: &str, why: Why| problems.push(reason("", element, why));
    if resource["resourceType"] != "Observation" {
        return Err(vec![reason("", "resourceType", Why::WrongResource)]);
    }
    if !matches!(resource["status"].as_str(), Some("final" | "amended" | "corrected")) {
        refuse("status", Why::NoPlace);
    }
    for element in ["modifierExtension", "dataAbsentReason"] {
        if !resource[element].is_null() {
            refuse(element, Why::NoPlace);
        }
    }
    let facts = kind_of(&resource["code"]);
    if facts.is_none() {
        refuse("code", Why::NoPlace);
    }
    let taken_at = resource["effectiveDateTime"].as_str().and_then(moment);
    if taken_at.is_none() {
        refuse("effectiveDateTime", Why::Malformed);
    }
    let read = facts.map(|facts| read_values(facts, resource));
    if let Some(Err((element, why))) = &read {
        refuse(element, *why);
    }
    let (Some(facts), Some(taken_at), Some(Ok((values, unit))), true) =
        (facts, taken_at, read, problems.is_empty())
    else {
        return Err(problems);
    };
    Ok(NewMeasurement {
        kind: facts.kind,
        values,
        unit,
        taken_at,
        context: context_of(resource),
        blows: Vec::new(),
        remark: resource.pointer("/note/0/text").and_then(Value::as_str).unwrap_or_default().to_owned(),
        is_confirmed: true,
    })
}

/// A moment to the second at least; a day alone says nothing of its part.
fn moment(text: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc3339(text).ok().map(|moment| moment.with_timezone(&Utc))
}

fn context_of(resource: &Value) -> Option<MeasurementContext> {
    let url = format!("{OWN}measurement-context");
    let extension = resource["extension"].as_array()?.iter().find(|extension| extension["url"] == url)?;
    let code = extension["valueCode"].as_str()?;
    MeasurementContext::ALL.into_iter().find(|context| context.code() == code)
}

fn loinc_codes(code: &Value) -> impl Iterator<Item = &str> {
    let coding = code["coding"].as_array().map(Vec::as_slice).unwrap_or_default();
    coding.iter().filter(|one| one["system"] == LOINC).filter_map(|one| one["code"].as_str())
}

/// The kind that the codes name; none when they name several.
fn kind_of(code: &Value) -> Option<&'static KindFacts> {
    let is_code_of = |facts: &&KindFacts, code: &str| {
        let others = OTHER_CODES.iter().find(|(kind, _)| *kind == facts.kind);
        facts.loinc == code || others.is_some_and(|(_, others)| others.contains(&code))
    };
    let mut found = loinc_codes(code).filter_map(|code| KINDS.iter().find(|facts| is_code_of(facts, code)));
    let first = found.next()?;
    found.all(|other| other.kind == first.kind).then_some(first)
}

type Read = Result<(Values, Option<String>), (String, Why)>;

fn read_values(facts: &KindFacts, resource: &Value) -> Read {
    if let [only] = facts.components {
        let (value, unit) =
            read_quantity(&resource["valueQuantity"]).map_err(|why| ("valueQuantity".to_owned(), why))?;
        return Ok(([(only.component, value)].into(), Some(unit)));
    }
    let parts = resource["component"].as_array().map(Vec::as_slice).unwrap_or_default();
    let mut values = Values::new();
    for (place, part) in parts.iter().enumerate() {
        let known =
            facts.components.iter().find(|known| loinc_codes(&part["code"]).any(|code| code == known.loinc));
        let Some(known) = known else { return Err((format!("component.{place}.code"), Why::NoPlace)) };
        let named = |why| (format!("component.{place}.valueQuantity"), why);
        let (value, unit) = read_quantity(&part["valueQuantity"]).map_err(named)?;
        if unit != known.ucum {
            return Err(named(Why::NoPlace));
        }
        values.insert(known.component, value);
    }
    let is_there = |component| values.contains_key(&component);
    match facts.components.iter().find(|known| !known.is_optional && !is_there(known.component)) {
        Some(missing) => Err((format!("component.{}", Component::code(missing.component)), Why::Malformed)),
        None => Ok((values, None)),
    }
}

/// The number, cut off after thousandths, and the code of its unit.
fn read_quantity(quantity: &Value) -> Result<(Decimal, String), Why> {
    if !quantity["comparator"].is_null() {
        return Err(Why::Comparison);
    }
    let number = quantity["value"].as_f64().ok_or(Why::Malformed)?;
    let written = number.to_string();
    let (whole, decimals) = written.split_once('.').unwrap_or((&written, "0"));
    let decimals = decimals.get(..DECIMALS).unwrap_or(decimals);
    let value: Decimal = format!("{whole}.{decimals}").parse().map_err(|_| Why::Precision)?;
    let unit = quantity["code"].as_str().or_else(|| quantity["unit"].as_str()).ok_or(Why::Malformed)?;
    let known = OTHER_UNITS.iter().find(|(other, _)| *other == unit).map_or(unit, |(_, ours)| ours);
    Ok((value, known.to_owned()))
}
