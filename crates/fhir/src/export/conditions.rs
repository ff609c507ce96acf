//! Conditions: as `enableWhen` where R4 can say it, else as an extension of our own.

use omasote_types::questionnaires::{Answer, Condition, Conditions, Item, ItemKind, Join, Operator};
use serde_json::{Value, json};

use super::{Fields, code_of, complex, extension};
use crate::urls;

/// When an item shows.
pub(super) fn show_when(conditions: &Conditions, all: &[(&str, &Item)], fields: &mut Fields) {
    let enable: Option<Vec<Value>> =
        conditions.of.iter().map(|condition| enable_when(condition, all)).collect();
    let Some(enable) = enable.filter(|enable| !enable.is_empty()) else {
        fields.extend(own(urls::SHOW_WHEN, conditions));
        return;
    };
    if enable.len() > 1 || conditions.join == Join::Any {
        fields.set("enableBehavior", code_of(&conditions.join));
    }
    fields.list("enableWhen", enable);
}

fn enable_when(condition: &Condition, all: &[(&str, &Item)]) -> Option<Value> {
    let (_, question) = all.iter().find(|(link_id, _)| *link_id == condition.question)?;
    let has_many = matches!(question.kind, ItemKind::Many { .. });
    let (operator, value) = match (condition.operator, &condition.value) {
        (Operator::Answered, None) => return Some(exists(condition, true)),
        (Operator::Unanswered, None) => return Some(exists(condition, false)),
        (Operator::Equals, Some(value)) if !has_many => ("=", value),
        (Operator::NotEquals, Some(value)) if !has_many => ("!=", value),
        (Operator::Includes, Some(value)) if has_many => ("=", value),
        (Operator::Excludes, Some(value)) if has_many => ("!=", value),
        (Operator::Greater, Some(value)) => (">", value),
        (Operator::Less, Some(value)) => ("<", value),
        (Operator::AtLeast, Some(value)) => (">=", value),
        (Operator::AtMost, Some(value)) => ("<=", value),
        _ => return None,
    };
    let (name, answer) = answer(value, &question.kind)?;
    let mut fields = Fields::default();
    fields.set("question", json!(condition.question));
    fields.set("operator", json!(operator));
    fields.set(name, answer);
    Some(fields.into_value())
}

fn exists(condition: &Condition, exists: bool) -> Value {
    json!({ "question": condition.question, "operator": "exists", "answerBoolean": exists })
}

fn answer(value: &Answer, kind: &ItemKind) -> Option<(&'static str, Value)> {
    Some(match value {
        Answer::Text(text) if !text.is_empty() => ("answerString", json!(text)),
        Answer::Number(number) if number.is_whole() => ("answerInteger", code_of(number)),
        Answer::Number(number) => ("answerDecimal", code_of(number)),
        Answer::Date(date) => ("answerDate", json!(date.to_string())),
        Answer::YesNo(yes) => ("answerBoolean", json!(yes)),
        Answer::One(code) => {
            let option = kind.options().iter().find(|option| option.code == *code)?;
            let mut coding = Fields::default();
            if let Some(system) = &option.system {
                coding.set("system", json!(system));
            }
            coding.set("code", json!(code));
            ("answerCoding", coding.into_value())
        }
        Answer::Text(_) | Answer::Many(_) => return None,
    })
}

/// Conditions as an extension of our own.
pub(super) fn own(url: &str, conditions: &Conditions) -> Value {
    let mut parts = vec![extension("behavior", "valueCode", code_of(&conditions.join))];
    parts.extend(conditions.of.iter().map(own_condition));
    complex(url, parts)
}

fn own_condition(condition: &Condition) -> Value {
    let mut parts = vec![
        extension("question", "valueString", json!(condition.question)),
        extension("operator", "valueCode", code_of(&condition.operator)),
    ];
    match &condition.value {
        None => (),
        // FHIR knows no empty text.
        Some(Answer::Text(text)) if text.is_empty() => {
            parts.push(extension("emptyText", "valueBoolean", json!(true)));
        }
        Some(Answer::Text(text)) => parts.push(extension("text", "valueString", json!(text))),
        Some(Answer::Number(number)) => parts.push(extension("number", "valueDecimal", code_of(number))),
        Some(Answer::Date(date)) => parts.push(extension("date", "valueDate", json!(date.to_string()))),
        Some(Answer::YesNo(yes)) => parts.push(extension("yesNo", "valueBoolean", json!(yes))),
        Some(Answer::One(code)) => parts.push(extension("one", "valueCode", json!(code))),
        Some(Answer::Many(codes)) => {
            let codes = codes.iter().map(|code| extension("code", "valueCode", json!(code)));
            // The count keeps an empty choice apart from none.
            let count = extension("count", "valueInteger", json!(codes.len()));
            parts.push(complex("many", std::iter::once(count).chain(codes).collect()));
        }
    }
    complex("condition", parts)
}
