//! The items of a form.

use omasote_types::decimal::Decimal;
use omasote_types::questionnaires::{Choice, Code, Item, ItemKind, Unit};
use serde_json::{Value, json};

use super::{Fields, code_of, conditions, extension};
use crate::urls;

/// An item with what is inside; `all` are the items of the form by link id.
pub(super) fn item(item: &Item, all: &[(&str, &Item)]) -> Value {
    let mut fields = Fields::default();
    fields.set("linkId", json!(item.link_id));
    fields.list("code", item.codes.iter().map(code).collect());
    fields.text("text", &item.text);
    fields.extend_text(urls::HELP, &item.help);
    if item.is_required {
        fields.set("required", json!(true));
    }
    if let Some(conditions) = &item.show_when {
        conditions::show_when(conditions, all, &mut fields);
    }
    kind(&item.kind, all, &mut fields);
    fields.into_value()
}

fn code(code: &Code) -> Value {
    let mut fields = Fields::default();
    for (name, value) in [("system", &code.system), ("code", &code.code), ("display", &code.display)] {
        if !value.is_empty() {
            fields.set(name, json!(value));
        }
    }
    fields.into_value()
}

fn kind(kind: &ItemKind, all: &[(&str, &Item)], fields: &mut Fields) {
    fields.set("type", json!(type_of(kind)));
    match kind {
        ItemKind::Group { items } => {
            fields.list("item", items.iter().map(|inner| item(inner, all)).collect());
        }
        ItemKind::Text { max_characters } | ItemKind::LongText { max_characters } => {
            if let Some(limit) = max_characters {
                fields.set("maxLength", json!(limit));
            }
        }
        ItemKind::Number { unit, min, max, decimals } => number(unit.as_ref(), *min, *max, *decimals, fields),
        ItemKind::Scale { least, most } => {
            let mut labels = Fields::default();
            labels.extend_text("least", least);
            labels.extend_text("most", most);
            // Without labels it is still to be known for a scale.
            labels.extend(extension("steps", "valueInteger", json!(10)));
            fields.extend(labels.into_parts(urls::SCALE));
            fields.extend(extension(urls::MIN, "valueInteger", json!(0)));
            fields.extend(extension(urls::MAX, "valueInteger", json!(10)));
        }
        ItemKind::One { options } => fields.list("answerOption", options.iter().map(option).collect()),
        ItemKind::Many { options } => {
            fields.set("repeats", json!(true));
            fields.list("answerOption", options.iter().map(option).collect());
        }
        ItemKind::ImageChoice { options } => {
            fields.extend(extension(urls::PICTURES, "valueBoolean", json!(true)));
            fields.list("answerOption", options.iter().map(option).collect());
        }
        ItemKind::Information {} | ItemKind::Date {} | ItemKind::YesNo {} => (),
    }
}

const fn type_of(kind: &ItemKind) -> &'static str {
    match kind {
        ItemKind::Group { .. } => "group",
        ItemKind::Information {} => "display",
        ItemKind::Text { .. } => "string",
        ItemKind::LongText { .. } => "text",
        ItemKind::Number { decimals: 0, .. } | ItemKind::Scale { .. } => "integer",
        ItemKind::Number { .. } => "decimal",
        ItemKind::Date {} => "date",
        ItemKind::YesNo {} => "boolean",
        ItemKind::One { .. } | ItemKind::Many { .. } | ItemKind::ImageChoice { .. } => "choice",
    }
}

fn number(
    unit: Option<&Unit>,
    min: Option<Decimal>,
    max: Option<Decimal>,
    decimals: u8,
    fields: &mut Fields,
) {
    if let Some(unit) = unit {
        let mut coding = Fields::default();
        coding.set("system", json!(urls::UCUM));
        coding.set("code", json!(unit.code));
        coding.text("display", &unit.text);
        fields.extend(extension(urls::UNIT, "valueCoding", coding.into_value()));
    }
    for (url, bound) in [(urls::MIN, min), (urls::MAX, max)] {
        if let Some(bound) = bound {
            let name = if decimals == 0 && bound.is_whole() { "valueInteger" } else { "valueDecimal" };
            fields.extend(extension(url, name, code_of(&bound)));
        }
    }
    if decimals > 0 {
        fields.extend(extension(urls::DECIMALS, "valueInteger", json!(decimals)));
    }
}

fn option(option: &Choice) -> Value {
    let mut coding = Fields::default();
    if let Some(system) = &option.system {
        coding.set("system", json!(system));
    }
    coding.set("code", json!(option.code));
    coding.text("display", &option.text);
    let mut fields = Fields::default();
    if let Some(score) = option.score {
        fields.extend(extension(urls::ORDINAL, "valueDecimal", code_of(&score)));
    }
    if let Some(picture) = &option.picture {
        let mut parts = Fields::default();
        parts.extend(extension("path", "valueUri", json!(picture.path)));
        parts.extend_text("description", &picture.description);
        fields.extend(parts.into_parts(urls::PICTURE));
    }
    fields.set("valueCoding", coding.into_value());
    fields.into_value()
}
