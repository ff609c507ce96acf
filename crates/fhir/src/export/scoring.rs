//! Scores and alerts, for which R4 has no place.

use omasote_types::questionnaires::{Alert, Band, Score};
use serde_json::{Value, json};

use super::{Fields, code_of, conditions, extension};
use crate::urls;

pub(super) fn score(score: &Score) -> Value {
    let mut parts = Fields::default();
    parts.extend(extension("code", "valueCode", json!(score.code)));
    parts.extend_text("name", &score.name);
    for link_id in &score.items {
        parts.extend(extension("item", "valueString", json!(link_id)));
    }
    parts.extend(extension("factor", "valueDecimal", code_of(&score.factor)));
    if let Some(minimum) = score.minimum_answered {
        parts.extend(extension("minimumAnswered", "valueUnsignedInt", json!(minimum)));
    }
    if let Some(when) = &score.when {
        parts.extend(conditions::own("when", when));
    }
    parts.extend(extension("screening", "valueBoolean", json!(score.is_screening)));
    for band in &score.bands {
        parts.extend(self::band(band));
    }
    parts.into_parts(urls::SCORE)
}

fn band(band: &Band) -> Value {
    let mut parts = Fields::default();
    parts.extend(extension("from", "valueDecimal", code_of(&band.from)));
    parts.extend(extension("to", "valueDecimal", code_of(&band.to)));
    parts.extend_text("text", &band.text);
    parts.extend(extension("severity", "valueCode", code_of(&band.severity)));
    parts.into_parts("band")
}

pub(super) fn alert(alert: &Alert) -> Value {
    let mut parts = Fields::default();
    parts.extend(extension("code", "valueCode", json!(alert.code)));
    parts.extend(conditions::own("when", &alert.when));
    parts.extend_text("text", &alert.text);
    parts.extend(extension("urgent", "valueBoolean", json!(alert.is_urgent)));
    parts.into_parts(urls::ALERT)
}
