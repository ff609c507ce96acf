//! Answers as a QuestionnaireResponse, and back.

use std::collections::BTreeMap;

use omasote_types::language::LocalText;
use omasote_types::questionnaires::{Answer, Answers, Choice, Form, Item, ItemKind};
use serde_json::{Map, Value, json};

use crate::reader::{Element, Notes, decimal, reason};
use crate::{Header, Reason, Why};

/// What may stand in a response that is not an answer, and is for the server to look at.
const HARMLESS: [&str; 14] = [
    "id",
    "meta",
    "implicitRules",
    "language",
    "text",
    "contained",
    "identifier",
    "basedOn",
    "partOf",
    "status",
    "subject",
    "authored",
    "author",
    "source",
];

/// Answers as a QuestionnaireResponse of FHIR R4, to the version of the form that the header is of. Its `status` is
/// `completed`; who it is of, and when, is for the caller to add. Answers that say nothing are left out.
///
/// # Errors
/// The answers that are not of the form.
pub fn response(form: &Form, answers: &Answers, header: &Header) -> Result<Value, Vec<Reason>> {
    let mut questions = BTreeMap::new();
    gather(&form.items, &mut questions);
    let strange = answers.iter().filter_map(|(link_id, answer)| match questions.get(link_id) {
        None => Some(reason(link_id, "item", Why::UnknownQuestion)),
        Some(item) if values(item, answer).is_none() => Some(reason(link_id, "answer", Why::WrongType)),
        Some(_) => None,
    });
    let strange: Vec<Reason> = strange.collect();
    if !strange.is_empty() {
        return Err(strange);
    }
    let mut fields = Map::new();
    fields.insert("resourceType".to_owned(), json!("QuestionnaireResponse"));
    fields.insert("questionnaire".to_owned(), json!(format!("{}|{}", header.url, header.version)));
    fields.insert("status".to_owned(), json!("completed"));
    let items: Vec<Value> = form.items.iter().filter_map(|item| answered(item, answers)).collect();
    if !items.is_empty() {
        fields.insert("item".to_owned(), Value::Array(items));
    }
    Ok(Value::Object(fields))
}

fn gather<'f>(items: &'f [Item], questions: &mut BTreeMap<&'f str, &'f Item>) {
    for item in items {
        if item.kind.is_question() {
            questions.insert(&item.link_id, item);
        }
        gather(item.kind.items(), questions);
    }
}

/// A question with its answer, or a group with the answered ones inside.
fn answered(item: &Item, answers: &Answers) -> Option<Value> {
    let inside: Vec<Value> = item.kind.items().iter().filter_map(|inner| answered(inner, answers)).collect();
    let given = answers.get(&item.link_id).filter(|answer| !answer.is_empty());
    let given = given.and_then(|answer| values(item, answer));
    let (name, content) = match given {
        Some(values) => ("answer", values),
        None if inside.is_empty() => return None,
        None => ("item", inside),
    };
    let mut fields = Map::new();
    fields.insert("linkId".to_owned(), json!(item.link_id));
    if let Some(text) = shown(&item.text) {
        fields.insert("text".to_owned(), json!(text));
    }
    fields.insert(name.to_owned(), Value::Array(content));
    Some(Value::Object(fields))
}

/// The text in the first language that has it.
fn shown(text: &LocalText) -> Option<&str> {
    [&text.fi, &text.sv, &text.en].into_iter().map(String::as_str).find(|text| !text.is_empty())
}

/// The values of an answer; none when it is of another type than the question's.
fn values(item: &Item, answer: &Answer) -> Option<Vec<Value>> {
    let number = |number| serde_json::to_value(number).unwrap_or_default();
    Some(match (&item.kind, answer) {
        (ItemKind::Text { .. } | ItemKind::LongText { .. }, Answer::Text(text)) => {
            vec![json!({ "valueString": text })]
        }
        (ItemKind::Number { decimals: 0, .. } | ItemKind::Scale { .. }, Answer::Number(value))
            if value.is_whole() =>
        {
            vec![json!({ "valueInteger": number(value) })]
        }
        (ItemKind::Number { .. }, Answer::Number(value)) => vec![json!({ "valueDecimal": number(value) })],
        (ItemKind::Date {}, Answer::Date(date)) => vec![json!({ "valueDate": date.to_string() })],
        (ItemKind::YesNo {}, Answer::YesNo(yes)) => vec![json!({ "valueBoolean": yes })],
        (ItemKind::One { options } | ItemKind::ImageChoice { options }, Answer::One(code)) => {
            vec![coding(options, code)?]
        }
        (ItemKind::Many { options }, Answer::Many(codes)) => {
            codes.iter().map(|code| coding(options, code)).collect::<Option<_>>()?
        }
        _ => return None,
    })
}

fn coding(options: &[Choice], code: &str) -> Option<Value> {
    let option = options.iter().find(|option| option.code == code)?;
    let mut fields = Map::new();
    if let Some(system) = &option.system {
        fields.insert("system".to_owned(), json!(system));
    }
    fields.insert("code".to_owned(), json!(code));
    if let Some(text) = shown(&option.text) {
        fields.insert("display".to_owned(), json!(text));
    }
    Some(json!({ "valueCoding": fields }))
}

/// A QuestionnaireResponse of FHIR R4 as answers to a form. Whether they are accepted is for the rules to say; whose they are and
/// which form they are to is for the caller to see.
///
/// # Errors
/// Every reason why it does not fit.
pub fn answers(form: &Form, response: &Value) -> Result<Answers, Vec<Reason>> {
    let fields = response.as_object().ok_or_else(|| vec![reason("", "", Why::WrongResource)])?;
    let mut element = Element::new("", fields);
    if element.take("resourceType").and_then(Value::as_str) != Some("QuestionnaireResponse") {
        return Err(vec![reason("", "resourceType", Why::WrongResource)]);
    }
    element.take("questionnaire");
    let mut questions = BTreeMap::new();
    gather(&form.items, &mut questions);
    let (mut notes, mut answers) = (Notes::default(), Answers::new());
    for item in element.objects("item", &mut notes) {
        read_item(item, &questions, &mut answers, &mut notes);
    }
    element.finish(&HARMLESS, &mut notes);
    if notes.problems.is_empty() { Ok(answers) } else { Err(notes.problems) }
}

fn read_item(
    fields: &Map<String, Value>,
    questions: &BTreeMap<&str, &Item>,
    answers: &mut Answers,
    notes: &mut Notes,
) {
    let link_id = fields.get("linkId").and_then(Value::as_str).unwrap_or_default();
    let mut element = Element::new(link_id, fields);
    element.take("linkId");
    element.take("text");
    let inside = element.objects("item", notes);
    let given = element.objects("answer", notes);
    element.finish(&["id", "definition"], notes);
    for item in inside {
        read_item(item, questions, answers, notes);
    }
    if given.is_empty() {
        return;
    }
    let Some(question) = questions.get(link_id) else {
        notes.refuse(link_id, "item", Why::UnknownQuestion);
        return;
    };
    match read_answer(&question.kind, &given) {
        Some(answer) => answers.set(link_id, answer),
        None => notes.refuse(link_id, "answer", Why::WrongType),
    }
}

fn read_answer(kind: &ItemKind, given: &[&Map<String, Value>]) -> Option<Answer> {
    if let ItemKind::Many { .. } = kind {
        let codes = given.iter().map(|value| code(only(value)?)).collect::<Option<_>>()?;
        return Some(Answer::Many(codes));
    }
    let [value] = given else { return None };
    let (name, value) = only(value)?;
    match (kind, name) {
        (ItemKind::Text { .. } | ItemKind::LongText { .. }, "valueString") => {
            value.as_str().map(|text| Answer::Text(text.to_owned()))
        }
        (ItemKind::Number { .. } | ItemKind::Scale { .. }, "valueInteger" | "valueDecimal") => {
            decimal(value).map(Answer::Number)
        }
        (ItemKind::Date {}, "valueDate") => value.as_str()?.parse().ok().map(Answer::Date),
        (ItemKind::YesNo {}, "valueBoolean") => value.as_bool().map(Answer::YesNo),
        (ItemKind::One { .. } | ItemKind::ImageChoice { .. }, _) => code((name, value)).map(Answer::One),
        _ => None,
    }
}

/// The one value of an answer; none when it has items or anything else besides.
fn only(value: &Map<String, Value>) -> Option<(&str, &Value)> {
    let mut parts = value.iter().filter(|(name, _)| *name != "id");
    let (name, value) = parts.next()?;
    parts.next().is_none().then_some((name.as_str(), value))
}

fn code((name, value): (&str, &Value)) -> Option<String> {
    if name != "valueCoding" {
        return None;
    }
    value.get("code")?.as_str().map(str::to_owned)
}
