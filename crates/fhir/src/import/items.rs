//! The items of a Questionnaire.

use omasote_types::decimal::Decimal;
use omasote_types::questionnaires::{Code, Item, ItemKind, MAX_ANSWER_CHARACTERS, Unit};
use serde_json::Value;

use super::options::{self, ValueSets};
use super::{Fields, QuestionType, Types, conditions};
use crate::reader::{Element, Notes, decimal};
use crate::{Why, urls};

/// What an item may carry that does not change what is asked.
const HARMLESS: [&str; 3] = ["id", "prefix", "definition"];
/// How many decimals are kept of a number that does not say.
const MOST_DECIMALS: u8 = omasote_types::decimal::MAX_DECIMALS;

/// How each question is asked, those inside others with them.
pub(super) fn types<'v>(items: &[&'v Fields]) -> Types<'v> {
    let mut found = Types::new();
    for item in items {
        let repeats = item.get("repeats").and_then(Value::as_bool).unwrap_or_default();
        let kind = if repeats { QuestionType::Many } else { QuestionType::Single };
        if let Some(link_id) = item.get("linkId").and_then(Value::as_str) {
            found.insert(link_id, kind);
        }
        let inside = item.get("item").and_then(Value::as_array).into_iter().flatten();
        found.extend(types(&inside.filter_map(Value::as_object).collect::<Vec<_>>()));
    }
    found
}

/// An item with what is inside; none when it does not fit, which is noted.
pub(super) fn item(
    fields: &Fields,
    types: &Types<'_>,
    sets: &ValueSets<'_>,
    notes: &mut Notes,
) -> Option<Item> {
    let link_id = fields.get("linkId").and_then(Value::as_str).unwrap_or_default().to_owned();
    let mut element = Element::new(&link_id, fields);
    element.take("linkId");
    let text = element.text("text", notes);
    let help = element.extension_text(urls::HELP, notes);
    let is_required = boolean(&mut element, "required", notes);
    if boolean(&mut element, "readOnly", notes) {
        notes.refuse(&link_id, "readOnly", Why::NoPlace);
    }
    let codes =
        element.objects("code", notes).into_iter().map(|code| self::code(&link_id, code, notes)).collect();
    let show_when = conditions::show_when(&mut element, types, notes);
    let kind = kind(&mut element, types, sets, notes);
    element.finish(&HARMLESS, notes);
    let kind = kind?;
    if is_required && !kind.is_question() {
        // Of a group it would mean that something in it is answered; what must be says so itself.
        notes.leave_out(&link_id, "required", Why::NoPlace);
    }
    let is_required = is_required && kind.is_question();
    Some(Item { link_id, text, help, is_required, show_when, codes, kind })
}

fn boolean(element: &mut Element<'_>, name: &str, notes: &mut Notes) -> bool {
    match element.take(name) {
        None => false,
        Some(Value::Bool(is_so)) => *is_so,
        Some(_) => {
            notes.refuse(&element.link_id, name, Why::Malformed);
            false
        }
    }
}

fn code(link_id: &str, fields: &Fields, notes: &mut Notes) -> Code {
    let mut element = Element::new(link_id, fields);
    let mut part = |name: &str| element.string(name, notes).unwrap_or_default();
    let code = Code { system: part("system"), code: part("code"), display: part("display") };
    element.finish(&["id", "version", "userSelected"], notes);
    code
}

fn kind(
    element: &mut Element<'_>,
    types: &Types<'_>,
    sets: &ValueSets<'_>,
    notes: &mut Notes,
) -> Option<ItemKind> {
    let name = element.string("type", notes).unwrap_or_default();
    let repeats = boolean(element, "repeats", notes);
    if repeats && name != "choice" {
        notes.refuse(&element.link_id, "repeats", Why::Repeats);
    }
    if name == "group" {
        let items = element.objects("item", notes);
        let items = items.into_iter().filter_map(|inner| item(inner, types, sets, notes)).collect();
        return Some(ItemKind::Group { items });
    }
    for inner in element.objects("item", notes) {
        notes.refuse(&element.link_id, "item", Why::ItemsInQuestion);
        // Looked at all the same, so that every reason is told at once.
        item(inner, types, sets, notes);
    }
    match name.as_str() {
        "display" => Some(ItemKind::Information {}),
        "string" => Some(ItemKind::Text { max_characters: length(element, notes) }),
        "text" => Some(ItemKind::LongText { max_characters: length(element, notes) }),
        "integer" => whole(element, notes),
        "decimal" => {
            let decimals = decimals(element, notes);
            Some(number(element, decimals, notes))
        }
        "date" => Some(ItemKind::Date {}),
        "boolean" => Some(ItemKind::YesNo {}),
        "choice" => choice(element, repeats, sets, notes),
        _ => {
            notes.refuse(&element.link_id, &name, Why::ItemType);
            // What goes with it is told by that.
            element.take("answerOption");
            element.take("answerValueSet");
            None
        }
    }
}

fn length(element: &mut Element<'_>, notes: &mut Notes) -> Option<u32> {
    let value = element.take("maxLength")?;
    let most = u32::try_from(MAX_ANSWER_CHARACTERS).unwrap_or(u32::MAX);
    match value.as_u64().map(u32::try_from) {
        None => {
            notes.refuse(&element.link_id, "maxLength", Why::Malformed);
            None
        }
        Some(Ok(length)) if length <= most => Some(length),
        Some(_) => {
            notes.leave_out(&element.link_id, "maxLength", Why::Precision);
            Some(most)
        }
    }
}

/// A whole number, or a scale of ours.
fn whole(element: &mut Element<'_>, notes: &mut Notes) -> Option<ItemKind> {
    let Some(scale) = element.extension(urls::SCALE) else { return Some(number(element, 0, notes)) };
    let (min, max) = (bound(element, urls::MIN, notes), bound(element, urls::MAX, notes));
    if (min, max) != (Some(Decimal::ZERO), Some(Decimal::from(10))) {
        notes.refuse(&element.link_id, urls::SCALE, Why::Malformed);
        return None;
    }
    let mut labels = Element::new(&element.link_id, scale);
    let mut label = |name: &str| labels.extension_text(name, notes);
    let (least, most) = (label("least"), label("most"));
    Some(ItemKind::Scale { least, most })
}

fn number(element: &mut Element<'_>, decimals: u8, notes: &mut Notes) -> ItemKind {
    let unit = unit(element, notes);
    let (min, max) = (bound(element, urls::MIN, notes), bound(element, urls::MAX, notes));
    ItemKind::Number { unit, min, max, decimals }
}

fn decimals(element: &mut Element<'_>, notes: &mut Notes) -> u8 {
    let said = element.extension_value(urls::DECIMALS, "valueInteger").and_then(Value::as_u64);
    let decimals = said.and_then(|decimals| u8::try_from(decimals).ok());
    match decimals {
        Some(decimals) if decimals <= MOST_DECIMALS => decimals,
        _ => {
            notes.leave_out(&element.link_id, urls::DECIMALS, Why::Precision);
            MOST_DECIMALS
        }
    }
}

fn bound(element: &mut Element<'_>, url: &str, notes: &mut Notes) -> Option<Decimal> {
    let extension = element.extension(url)?;
    let value = extension.get("valueInteger").or_else(|| extension.get("valueDecimal"));
    let bound = value.and_then(decimal);
    if bound.is_none() {
        notes.refuse(&element.link_id, url, Why::Precision);
    }
    bound
}

fn unit(element: &mut Element<'_>, notes: &mut Notes) -> Option<Unit> {
    let coding = element.extension_value(urls::UNIT, "valueCoding")?.as_object()?;
    let mut coding = Element::new(&element.link_id, coding);
    let system = coding.string("system", notes);
    if system.is_some_and(|system| system != urls::UCUM) {
        notes.leave_out(&element.link_id, urls::UNIT, Why::NoPlace);
    }
    let code = coding.string("code", notes).unwrap_or_default();
    let text = coding.text("display", notes);
    coding.finish(&["id", "version", "userSelected"], notes);
    Some(Unit { code, text })
}

fn choice(
    element: &mut Element<'_>,
    repeats: bool,
    sets: &ValueSets<'_>,
    notes: &mut Notes,
) -> Option<ItemKind> {
    let has_pictures = element.extension(urls::PICTURES).is_some();
    let options = options::of(element, sets, notes)?;
    Some(match (has_pictures, repeats) {
        (true, _) => ItemKind::ImageChoice { options },
        (false, true) => ItemKind::Many { options },
        (false, false) => ItemKind::One { options },
    })
}
