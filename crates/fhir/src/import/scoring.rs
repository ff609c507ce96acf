//! Scores and alerts, from our own extensions.

use omasote_types::decimal::Decimal;
use omasote_types::questionnaires::{Alert, Band, Score};
use serde_json::Value;

use super::{Fields, conditions};
use crate::reader::{Element, Notes, decimal, named};
use crate::{Why, urls};

pub(super) fn score(fields: &Fields, notes: &mut Notes) -> Option<Score> {
    let mut element = Element::new("", fields);
    let score = read_score(&mut element, notes);
    whole(score, element, urls::SCORE, notes)
}

fn read_score(element: &mut Element<'_>, notes: &mut Notes) -> Option<Score> {
    let code = element.extension_value("code", "valueCode")?.as_str()?.to_owned();
    let name = element.extension_text("name", notes);
    let items = element.extensions("item");
    let items = items.into_iter().map(|item| Some(item.get("valueString")?.as_str()?.to_owned()));
    let items = items.collect::<Option<_>>()?;
    let factor = match element.extension_value("factor", "valueDecimal") {
        Some(factor) => decimal(factor)?,
        None => Decimal::ONE,
    };
    let minimum = element.extension_value("minimumAnswered", "valueUnsignedInt").and_then(Value::as_u64);
    let minimum_answered = minimum.map(u32::try_from).transpose().ok()?;
    let when = element.extension("when").and_then(|when| conditions::conditions("", when, notes));
    let is_screening = element.extension_value("screening", "valueBoolean").and_then(Value::as_bool);
    let is_screening = is_screening.unwrap_or_default();
    let bands = element.extensions("band");
    let bands = bands.into_iter().map(|band| self::band(band, notes)).collect::<Option<_>>()?;
    Some(Score { code, name, items, factor, minimum_answered, when, is_screening, bands })
}

fn band(fields: &Fields, notes: &mut Notes) -> Option<Band> {
    let mut element = Element::new("", fields);
    let from = decimal(element.extension_value("from", "valueDecimal")?)?;
    let to = decimal(element.extension_value("to", "valueDecimal")?)?;
    let text = element.extension_text("text", notes);
    let severity = named(element.extension_value("severity", "valueCode")?)?;
    Some(Band { from, to, text, severity })
}

pub(super) fn alert(fields: &Fields, notes: &mut Notes) -> Option<Alert> {
    let mut element = Element::new("", fields);
    let alert = read_alert(&mut element, notes);
    whole(alert, element, urls::ALERT, notes)
}

fn read_alert(element: &mut Element<'_>, notes: &mut Notes) -> Option<Alert> {
    let code = element.extension_value("code", "valueCode")?.as_str()?.to_owned();
    let when = conditions::conditions("", element.extension("when")?, notes)?;
    let text = element.extension_text("text", notes);
    let is_urgent = element.extension_value("urgent", "valueBoolean").and_then(Value::as_bool);
    Some(Alert { code, when, text, is_urgent: is_urgent.unwrap_or_default() })
}

/// What was read, when all of it was.
fn whole<T>(read: Option<T>, mut element: Element<'_>, url: &str, notes: &mut Notes) -> Option<T> {
    element.take("url");
    match read {
        Some(_) => element.finish(&[], notes),
        None => notes.refuse("", url, Why::Malformed),
    }
    read
}
