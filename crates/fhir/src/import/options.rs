//! What can be chosen: options in the item, or in a value set that came with the Questionnaire.

use std::collections::BTreeMap;

use omasote_types::questionnaires::{Choice, Picture};
use serde_json::Value;

use super::Fields;
use crate::reader::{Element, Notes, decimal};
use crate::{Why, urls};

/// The value sets that came with a Questionnaire, by id.
pub(super) type ValueSets<'v> = BTreeMap<&'v str, &'v Fields>;

pub(super) fn contained(resources: Option<&Value>) -> ValueSets<'_> {
    let resources = resources.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object);
    let sets = resources.filter(|fields| fields.get("resourceType").is_some_and(|kind| kind == "ValueSet"));
    sets.filter_map(|fields| Some((fields.get("id")?.as_str()?, fields))).collect()
}

/// The options of a choice.
pub(super) fn of(element: &mut Element<'_>, sets: &ValueSets<'_>, notes: &mut Notes) -> Option<Vec<Choice>> {
    let link_id = element.link_id.clone();
    if let Some(address) = element.string("answerValueSet", notes) {
        let set = address.strip_prefix('#').and_then(|id| sets.get(id));
        let Some(set) = set else {
            notes.refuse(&link_id, "answerValueSet", Why::ValueSetElsewhere);
            return None;
        };
        return of_set(&link_id, set, notes);
    }
    let options = element.objects("answerOption", notes);
    Some(options.into_iter().filter_map(|fields| option(&link_id, fields, notes)).collect())
}

fn option(link_id: &str, fields: &Fields, notes: &mut Notes) -> Option<Choice> {
    let mut element = Element::new(link_id, fields);
    let mut score = ordinal(&mut element, notes);
    let picture = element.extension(urls::PICTURE).and_then(|picture| self::picture(link_id, picture, notes));
    let Some(coding) = element.take("valueCoding").and_then(Value::as_object) else {
        // A text, a number or a date as an option is not a choice here.
        notes.refuse(link_id, "answerOption.valueCoding", Why::Malformed);
        return None;
    };
    element.finish(&["id"], notes);
    let mut coding = Element::new(link_id, coding);
    score = score.or(ordinal(&mut coding, notes));
    let system = coding.string("system", notes);
    let code = coding.string("code", notes).unwrap_or_default();
    let text = coding.text("display", notes);
    coding.finish(&["id", "version", "userSelected"], notes);
    Some(Choice { code, system, text, score, picture })
}

fn ordinal(element: &mut Element<'_>, notes: &mut Notes) -> Option<omasote_types::decimal::Decimal> {
    let value = element.extension_value(urls::ORDINAL, "valueDecimal")?;
    let score = decimal(value);
    if score.is_none() {
        notes.refuse(&element.link_id, urls::ORDINAL, Why::Precision);
    }
    score
}

fn picture(link_id: &str, fields: &Fields, notes: &mut Notes) -> Option<Picture> {
    let mut element = Element::new(link_id, fields);
    let path = element.extension_value("path", "valueUri").and_then(Value::as_str);
    let description = element.extension_text("description", notes);
    if path.is_none() {
        notes.refuse(link_id, urls::PICTURE, Why::Malformed);
    }
    Some(Picture { path: path?.to_owned(), description })
}

/// The options of a value set that lists its codes.
fn of_set(link_id: &str, set: &Fields, notes: &mut Notes) -> Option<Vec<Choice>> {
    let compose = set.get("compose").and_then(Value::as_object);
    let includes = compose.and_then(|compose| compose.get("include")).and_then(Value::as_array);
    let lists_all = compose.is_some_and(|compose| !compose.contains_key("exclude"));
    let (Some(includes), true) = (includes, lists_all) else {
        notes.refuse(link_id, "answerValueSet", Why::ValueSetElsewhere);
        return None;
    };
    let mut options = Vec::new();
    for include in includes.iter().filter_map(Value::as_object) {
        let system = include.get("system").and_then(Value::as_str).map(str::to_owned);
        let concepts = include.get("concept").and_then(Value::as_array);
        let Some(concepts) =
            concepts.filter(|_| include.keys().all(|key| key == "system" || key == "concept"))
        else {
            notes.refuse(link_id, "answerValueSet", Why::ValueSetElsewhere);
            return None;
        };
        for concept in concepts.iter().filter_map(Value::as_object) {
            let mut element = Element::new(link_id, concept);
            let score = ordinal(&mut element, notes);
            let code = element.string("code", notes).unwrap_or_default();
            let text = element.text("display", notes);
            element.finish(&["id", "designation"], notes);
            options.push(Choice { code, system: system.clone(), text, score, picture: None });
        }
    }
    Some(options)
}
