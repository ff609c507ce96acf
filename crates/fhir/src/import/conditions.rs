//! When an item shows: `enableWhen`, or our own extension.

use omasote_types::questionnaires::{Answer, Condition, Conditions, Join, Operator};
use serde_json::Value;

use super::{Fields, QuestionType, Types};
use crate::reader::{Element, Notes, decimal, named};
use crate::{Why, urls};

pub(super) fn show_when(
    element: &mut Element<'_>,
    types: &Types<'_>,
    notes: &mut Notes,
) -> Option<Conditions> {
    let link_id = element.link_id.clone();
    let behavior = element.take("enableBehavior");
    let enable = element.objects("enableWhen", notes);
    if let Some(own) = element.extension(urls::SHOW_WHEN) {
        return conditions(&link_id, own, notes);
    }
    if enable.is_empty() {
        return None;
    }
    let join = behavior.map_or(Some(Join::All), named);
    if join.is_none() {
        notes.refuse(&link_id, "enableBehavior", Why::Malformed);
    }
    let of = enable.into_iter().filter_map(|fields| enable_when(&link_id, fields, types, notes)).collect();
    Some(Conditions { join: join?, of })
}

fn enable_when(link_id: &str, fields: &Fields, types: &Types<'_>, notes: &mut Notes) -> Option<Condition> {
    let mut element = Element::new(link_id, fields);
    let question = element.string("question", notes).unwrap_or_default();
    let sign = element.string("operator", notes).unwrap_or_default();
    let is_many = types.get(question.as_str()) == Some(&QuestionType::Many);
    let condition = if sign == "exists" {
        let exists = element.take("answerBoolean").and_then(Value::as_bool);
        let operator = exists.map(|exists| if exists { Operator::Answered } else { Operator::Unanswered });
        operator.map(|operator| Condition { question, operator, value: None })
    } else {
        operator(&sign, is_many).zip(answer(&mut element)).map(|(operator, value)| Condition {
            question,
            operator,
            value: Some(value),
        })
    };
    if condition.is_none() {
        notes.refuse(link_id, "enableWhen", Why::Comparison);
        return None;
    }
    element.finish(&["id"], notes);
    condition
}

fn operator(sign: &str, is_many: bool) -> Option<Operator> {
    match sign {
        "=" if is_many => Some(Operator::Includes),
        "!=" if is_many => Some(Operator::Excludes),
        "=" => Some(Operator::Equals),
        "!=" => Some(Operator::NotEquals),
        ">" => Some(Operator::Greater),
        "<" => Some(Operator::Less),
        ">=" => Some(Operator::AtLeast),
        "<=" => Some(Operator::AtMost),
        _ => None,
    }
}

fn answer(element: &mut Element<'_>) -> Option<Answer> {
    if let Some(value) = element.take("answerInteger").or_else(|| element.take("answerDecimal")) {
        return decimal(value).map(Answer::Number);
    }
    if let Some(value) = element.take("answerString") {
        return value.as_str().map(|text| Answer::Text(text.to_owned()));
    }
    if let Some(value) = element.take("answerDate") {
        return value.as_str()?.parse().ok().map(Answer::Date);
    }
    if let Some(value) = element.take("answerBoolean") {
        return value.as_bool().map(Answer::YesNo);
    }
    let coding = element.take("answerCoding")?.as_object()?;
    coding.get("code")?.as_str().map(|code| Answer::One(code.to_owned()))
}

/// Conditions in an extension of our own.
pub(super) fn conditions(link_id: &str, fields: &Fields, notes: &mut Notes) -> Option<Conditions> {
    let mut element = Element::new(link_id, fields);
    let join = element.extension_value("behavior", "valueCode").and_then(named).unwrap_or_default();
    let all = element.extensions("condition");
    let count = all.len();
    let of: Vec<_> = all.into_iter().filter_map(|condition| own_condition(link_id, condition)).collect();
    if of.len() < count {
        notes.refuse(link_id, "condition", Why::Malformed);
    }
    Some(Conditions { join, of })
}

fn own_condition(link_id: &str, fields: &Fields) -> Option<Condition> {
    let mut element = Element::new(link_id, fields);
    let question = element.extension_value("question", "valueString")?.as_str()?.to_owned();
    let operator = named(element.extension_value("operator", "valueCode")?)?;
    Some(Condition { question, operator, value: own_value(&mut element) })
}

fn own_value(element: &mut Element<'_>) -> Option<Answer> {
    if element.extension("emptyText").is_some() {
        return Some(Answer::Text(String::new()));
    }
    if let Some(text) = element.extension_value("text", "valueString") {
        return text.as_str().map(|text| Answer::Text(text.to_owned()));
    }
    if let Some(number) = element.extension_value("number", "valueDecimal") {
        return decimal(number).map(Answer::Number);
    }
    if let Some(date) = element.extension_value("date", "valueDate") {
        return date.as_str()?.parse().ok().map(Answer::Date);
    }
    if let Some(yes) = element.extension_value("yesNo", "valueBoolean") {
        return yes.as_bool().map(Answer::YesNo);
    }
    if let Some(code) = element.extension_value("one", "valueCode") {
        return code.as_str().map(|code| Answer::One(code.to_owned()));
    }
    let many = element.extension("many")?;
    let mut many = Element::new(&element.link_id, many);
    let codes = many.extensions("code").into_iter().filter_map(|code| code.get("valueCode")?.as_str());
    Some(Answer::Many(codes.map(str::to_owned).collect()))
}
