//! Reading FHIR's JSON so that nothing is dropped in silence: what is not taken is left over, and what is left over is told.

use omasote_types::decimal::Decimal;
use omasote_types::language::{Language, LocalText};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::{Reason, Why, urls};

/// How the addresses of extensions end that decide what is asked, who sees it or what is answered: without them a form would be
/// another.
const DECISIVE: [&str; 8] = [
    "/questionnaire-hidden",
    "/questionnaire-constraint",
    "/questionnaire-minOccurs",
    "/questionnaire-maxOccurs",
    "/cqf-expression",
    "-calculatedExpression",
    "-enableWhenExpression",
    "-initialExpression",
];

/// What was noticed while reading.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    /// The language of texts that name none.
    pub(crate) language: Language,
    /// Why the whole does not fit.
    pub(crate) problems: Vec<Reason>,
    /// What has no place and does not matter to what is asked.
    pub(crate) left_out: Vec<Reason>,
}

impl Notes {
    pub(crate) fn refuse(&mut self, link_id: &str, element: &str, why: Why) {
        self.problems.push(reason(link_id, element, why));
    }

    pub(crate) fn leave_out(&mut self, link_id: &str, element: &str, why: Why) {
        self.left_out.push(reason(link_id, element, why));
    }
}

pub(crate) fn reason(link_id: &str, element: &str, why: Why) -> Reason {
    Reason { link_id: link_id.to_owned(), element: element.to_owned(), why }
}

/// An element, from which parts are taken until nothing is left.
#[derive(Debug)]
pub(crate) struct Element<'v> {
    /// The link id of the item that it is of.
    pub(crate) link_id: String,
    left: Vec<(&'v str, &'v Value)>,
    extensions: Vec<(&'v str, &'v Map<String, Value>)>,
}

impl<'v> Element<'v> {
    pub(crate) fn new(link_id: &str, fields: &'v Map<String, Value>) -> Self {
        let left: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value)).collect();
        let mut element = Self { link_id: link_id.to_owned(), left, extensions: Vec::new() };
        let extensions = element.take("extension").and_then(Value::as_array);
        let with_url = |extension: &'v Value| {
            let extension = extension.as_object()?;
            Some((extension.get("url")?.as_str()?, extension))
        };
        element.extensions = extensions.into_iter().flatten().filter_map(with_url).collect();
        element
    }

    pub(crate) fn take(&mut self, name: &str) -> Option<&'v Value> {
        let place = self.left.iter().position(|(known, _)| *known == name)?;
        Some(self.left.swap_remove(place).1)
    }

    /// A string; what is there and is none is refused.
    pub(crate) fn string(&mut self, name: &str, notes: &mut Notes) -> Option<String> {
        let value = self.take(name)?;
        let text = value.as_str().map(str::to_owned);
        if text.is_none() {
            notes.refuse(&self.link_id, name, Why::Malformed);
        }
        text
    }

    /// The objects of a list.
    pub(crate) fn objects(&mut self, name: &str, notes: &mut Notes) -> Vec<&'v Map<String, Value>> {
        let Some(value) = self.take(name) else { return Vec::new() };
        let objects: Option<Vec<_>> =
            value.as_array().and_then(|list| list.iter().map(Value::as_object).collect());
        objects.unwrap_or_else(|| {
            notes.refuse(&self.link_id, name, Why::Malformed);
            Vec::new()
        })
    }

    /// A text with its translations.
    pub(crate) fn text(&mut self, name: &str, notes: &mut Notes) -> LocalText {
        let mut text = LocalText::default();
        if let Some(base) = self.string(name, notes) {
            set(&mut text, notes.language, base);
        }
        let Some(more) = self.take(&format!("_{name}")).and_then(Value::as_object) else { return text };
        let mut more = Element::new(&self.link_id, more);
        for translation in more.extensions(urls::TRANSLATION) {
            more.translation(translation, &mut text, notes);
        }
        more.finish(&[], notes);
        text
    }

    fn translation(&self, translation: &'v Map<String, Value>, text: &mut LocalText, notes: &mut Notes) {
        let mut parts = Element::new(&self.link_id, translation);
        let language = parts.extension("lang").and_then(|part| part.get("valueCode")).and_then(Value::as_str);
        let content = parts.extension("content").and_then(|part| {
            part.get("valueString").or_else(|| part.get("valueMarkdown")).and_then(Value::as_str)
        });
        match (language.and_then(language_of), content) {
            (Some(language), Some(content)) if text.text(language).is_empty() => {
                set(text, language, content.to_owned());
            }
            _ => notes.leave_out(&self.link_id, urls::TRANSLATION, Why::Language),
        }
    }

    /// The first extension of an address.
    pub(crate) fn extension(&mut self, url: &str) -> Option<&'v Map<String, Value>> {
        let place = self.extensions.iter().position(|(known, _)| *known == url)?;
        Some(self.extensions.remove(place).1)
    }

    /// Every extension of an address.
    pub(crate) fn extensions(&mut self, url: &str) -> Vec<&'v Map<String, Value>> {
        std::iter::from_fn(|| self.extension(url)).collect()
    }

    /// The value of an extension, such as its `valueString`.
    pub(crate) fn extension_value(&mut self, url: &str, name: &str) -> Option<&'v Value> {
        self.extension(url)?.get(name)
    }

    /// The text of an extension that has a part for each language.
    pub(crate) fn extension_text(&mut self, url: &str, notes: &mut Notes) -> LocalText {
        let mut text = LocalText::default();
        let Some(extension) = self.extension(url) else { return text };
        let mut parts = Element::new(&self.link_id, extension);
        parts.take("url");
        for language in Language::ALL {
            let content = parts.extension_value(language.code(), "valueString").and_then(Value::as_str);
            set(&mut text, language, content.unwrap_or_default().to_owned());
        }
        parts.finish(&[], notes);
        text
    }

    /// Tells what was not taken. What is in `harmless` does not change what is asked; anything else does not fit.
    pub(crate) fn finish(self, harmless: &[&str], notes: &mut Notes) {
        for (url, _) in self.extensions {
            match DECISIVE.iter().any(|end| url.ends_with(end)) {
                true => notes.refuse(&self.link_id, url, Why::UnknownExtension),
                false => notes.leave_out(&self.link_id, url, Why::UnknownExtension),
            }
        }
        for (name, _) in self.left {
            match harmless.contains(&name) || name.starts_with('_') {
                true => notes.leave_out(&self.link_id, name, Why::NoPlace),
                false => notes.refuse(&self.link_id, name, Why::NoPlace),
            }
        }
    }
}

/// The language of a tag such as `en-US`.
pub(crate) fn language_of(tag: &str) -> Option<Language> {
    Language::from_code(tag.split('-').next().unwrap_or_default())
}

pub(crate) fn set(text: &mut LocalText, language: Language, content: String) {
    match language {
        Language::Fi => text.fi = content,
        Language::Sv => text.sv = content,
        Language::En => text.en = content,
    }
}

/// A number, when it can be kept exactly.
pub(crate) fn decimal(value: &Value) -> Option<Decimal> {
    Decimal::deserialize(value).ok()
}

/// A name of one of our enums, as the wire has it.
pub(crate) fn named<T: for<'de> Deserialize<'de>>(value: &Value) -> Option<T> {
    T::deserialize(value).ok()
}
