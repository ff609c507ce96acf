//! A Questionnaire as a form.

mod conditions;
mod items;
mod options;
mod scoring;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use omasote_types::language::Language;
use omasote_types::questionnaires::{Form, Rights, Translation, Translations};
use serde_json::{Map, Value};

use crate::reader::{Element, Notes, language_of, named, reason};
use crate::{Header, Imported, Reason, Status, Why, urls};

/// What a Questionnaire may say of itself that has no place here and does not change what is asked.
const HARMLESS: [&str; 19] = [
    "id",
    "meta",
    "implicitRules",
    "text",
    "contained",
    "identifier",
    "name",
    "derivedFrom",
    "experimental",
    "subjectType",
    "publisher",
    "contact",
    "useContext",
    "jurisdiction",
    "purpose",
    "approvalDate",
    "lastReviewDate",
    "effectivePeriod",
    "code",
];

/// A Questionnaire of FHIR R4 as a form. Whether the form makes sense is for the rules to say.
///
/// # Errors
/// Every reason why it does not fit.
pub fn form(questionnaire: &Value) -> Result<Imported, Vec<Reason>> {
    let fields = questionnaire.as_object().ok_or_else(|| vec![reason("", "", Why::WrongResource)])?;
    let mut element = Element::new("", fields);
    if element.take("resourceType").and_then(Value::as_str) != Some("Questionnaire") {
        return Err(vec![reason("", "resourceType", Why::WrongResource)]);
    }
    let mut notes = Notes::default();
    let tag = element.string("language", &mut notes);
    match tag.as_deref().map(language_of) {
        // English is what FHIR's own world writes in when it does not say.
        None => notes.language = Language::En,
        Some(Some(language)) => notes.language = language,
        Some(None) => notes.refuse("", "language", Why::Language),
    }
    let header = header(&mut element, &mut notes);
    let value_sets = options::contained(fields.get("contained"));
    let form = read(&mut element, &value_sets, &mut notes);
    if value_sets.len() == fields.get("contained").and_then(Value::as_array).map_or(0, Vec::len) {
        element.take("contained");
    }
    element.finish(&HARMLESS, &mut notes);
    for error in form.validate().err().unwrap_or_default() {
        notes.refuse("", &error.field, Why::Size);
    }
    let Notes { language, problems, left_out } = notes;
    if problems.is_empty() { Ok(Imported { form, header, language, left_out }) } else { Err(problems) }
}

fn header(element: &mut Element<'_>, notes: &mut Notes) -> Header {
    let url = element.string("url", notes).unwrap_or_default();
    let version = element.string("version", notes).unwrap_or_default();
    let code = element.string("status", notes).unwrap_or_default();
    let status = Status::ALL.into_iter().find(|status| status.code() == code).unwrap_or_default();
    let date = element.string("date", notes);
    let day = date.as_deref().and_then(|date| date.get(..10)).and_then(|day| day.parse::<NaiveDate>().ok());
    // A date may lack its day or have a time with it.
    if date.is_some_and(|date| day.is_none_or(|day| day.to_string() != date)) {
        notes.leave_out("", "date", Why::Precision);
    }
    Header { url, version, status, date: day }
}

fn read(element: &mut Element<'_>, value_sets: &options::ValueSets<'_>, notes: &mut Notes) -> Form {
    let title = element.text("title", notes);
    let description = element.text("description", notes);
    let licence = element.string("copyright", notes).unwrap_or_default();
    let source = element.extension_value(urls::SOURCE, "valueString").and_then(Value::as_str);
    let source = source.unwrap_or_default().to_owned();
    let attribution = element.extension_text(urls::ATTRIBUTION, notes);
    let translations = match element.extension(urls::LANGUAGES) {
        Some(said) => translations(&mut Element::new("", said)),
        None => written_in(notes.language),
    };
    let items = element.objects("item", notes);
    let kinds = items::types(&items);
    let items = items.into_iter().filter_map(|item| items::item(item, &kinds, value_sets, notes)).collect();
    let scores = element.extensions(urls::SCORE);
    let scores = scores.into_iter().filter_map(|score| scoring::score(score, notes)).collect();
    let alerts = element.extensions(urls::ALERT);
    let alerts = alerts.into_iter().filter_map(|alert| scoring::alert(alert, notes)).collect();
    let rights = Rights { licence, source, attribution };
    Form { title, description, rights, translations, items, scores, alerts }
}

fn translations(said: &mut Element<'_>) -> Translations {
    let mut of = |language: Language| {
        said.extension_value(language.code(), "valueCode").and_then(named).unwrap_or_default()
    };
    Translations { fi: of(Language::Fi), sv: of(Language::Sv), en: of(Language::En) }
}

/// What nothing is said of was written in its own language.
const fn written_in(language: Language) -> Translations {
    const fn of(is_it: bool) -> Translation {
        if is_it { Translation::Original } else { Translation::Missing }
    }
    Translations {
        fi: of(matches!(language, Language::Fi)),
        sv: of(matches!(language, Language::Sv)),
        en: of(matches!(language, Language::En)),
    }
}

/// How questions are asked, by link id: what conditions on them need.
type Types<'v> = BTreeMap<&'v str, QuestionType>;

/// How a question is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum QuestionType {
    /// With several answers.
    Many,
    /// With one.
    Single,
}

type Fields = Map<String, Value>;
