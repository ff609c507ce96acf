//! A form as a Questionnaire.

mod conditions;
mod items;
mod scoring;

use omasote_types::language::{Language, LocalText};
use omasote_types::questionnaires::{Form, Item};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::{Header, urls};

/// A form as a Questionnaire of FHIR R4. Finnish is its language; the others are translations.
#[must_use]
pub fn questionnaire(form: &Form, header: &Header) -> Value {
    let mut fields = Fields::default();
    fields.set("resourceType", json!("Questionnaire"));
    fields.set("language", json!(Language::Fi.code()));
    fields.set("url", json!(header.url));
    fields.set("version", json!(header.version));
    fields.set("status", json!(header.status.code()));
    if let Some(date) = header.date {
        fields.set("date", json!(date.to_string()));
    }
    fields.text("title", &form.title);
    fields.text("description", &form.description);
    if !form.rights.licence.is_empty() {
        fields.set("copyright", json!(form.rights.licence));
    }
    if !form.rights.source.is_empty() {
        fields.extend(extension(urls::SOURCE, "valueString", json!(form.rights.source)));
    }
    fields.extend_text(urls::ATTRIBUTION, &form.rights.attribution);
    let languages = Language::ALL
        .into_iter()
        .map(|language| extension(language.code(), "valueCode", code_of(&form.translations.of(language))));
    fields.extend(complex(urls::LANGUAGES, languages.collect()));
    for score in &form.scores {
        fields.extend(scoring::score(score));
    }
    for alert in &form.alerts {
        fields.extend(scoring::alert(alert));
    }
    let all = by_link_id(&form.items);
    fields.list("item", form.items.iter().map(|item| items::item(item, &all)).collect());
    fields.into_value()
}

/// Every item with its link id.
fn by_link_id(items: &[Item]) -> Vec<(&str, &Item)> {
    let mut found = Vec::new();
    for item in items {
        found.push((item.link_id.as_str(), item));
        found.extend(by_link_id(item.kind.items()));
    }
    found
}

/// An element that is being written.
#[derive(Default)]
struct Fields {
    fields: Map<String, Value>,
    extensions: Vec<Value>,
}

impl Fields {
    fn set(&mut self, name: &str, value: Value) {
        self.fields.insert(name.to_owned(), value);
    }

    /// A list; none when it is empty, as FHIR wants it.
    fn list(&mut self, name: &str, values: Vec<Value>) {
        if !values.is_empty() {
            self.set(name, Value::Array(values));
        }
    }

    /// A text: Finnish as the value, the other languages as its translations.
    fn text(&mut self, name: &str, text: &LocalText) {
        if !text.fi.is_empty() {
            self.set(name, json!(text.fi));
        }
        let others = [Language::Sv, Language::En].into_iter().filter(|other| !text.text(*other).is_empty());
        let translation = |language: Language| {
            let lang = extension("lang", "valueCode", json!(language.code()));
            let content = extension("content", "valueString", json!(text.text(language)));
            complex(urls::TRANSLATION, vec![lang, content])
        };
        let translations: Vec<Value> = others.map(translation).collect();
        if !translations.is_empty() {
            self.set(&format!("_{name}"), json!({ "extension": translations }));
        }
    }

    fn extend(&mut self, extension: Value) {
        self.extensions.push(extension);
    }

    /// A text as an extension with a part for each language; none when it is empty in all of them. A translation of an
    /// extension's own value would be right as well, but not every library reads it.
    fn extend_text(&mut self, url: &str, text: &LocalText) {
        let there = Language::ALL.into_iter().filter(|language| !text.text(*language).is_empty());
        let part = |language: Language| extension(language.code(), "valueString", json!(text.text(language)));
        let parts: Vec<Value> = there.map(part).collect();
        if !parts.is_empty() {
            self.extend(complex(url, parts));
        }
    }

    fn into_value(mut self) -> Value {
        let extensions = std::mem::take(&mut self.extensions);
        self.list("extension", extensions);
        Value::Object(self.fields)
    }

    /// The extensions alone, as those of an extension that has parts.
    fn into_parts(self, url: &str) -> Value {
        complex(url, self.extensions)
    }
}

fn extension(url: &str, name: &str, value: Value) -> Value {
    let mut fields = Fields::default();
    fields.set("url", json!(url));
    fields.set(name, value);
    fields.into_value()
}

fn complex(url: &str, parts: Vec<Value>) -> Value {
    Fields { fields: Map::from_iter([("url".to_owned(), json!(url))]), extensions: parts }.into_value()
}

/// The name of one of our enums, as the wire has it.
fn code_of<T: Serialize>(of: &T) -> Value {
    serde_json::to_value(of).unwrap_or_default()
}
