//! What somebody measured, in words.

use std::fmt::Write as _;

use omasote_types::decimal::Decimal;
use omasote_types::language::Language;
use omasote_types::measurements::{Component, ComponentFacts, Measurement};

/// A measurement on one line: what, and its numbers with their unit.
pub(super) fn line(language: Language, one: &Measurement) -> String {
    let facts = one.kind.facts();
    let number = |value: Decimal| match language {
        Language::Fi | Language::Sv => value.to_string().replace('.', ","),
        Language::En => value.to_string(),
    };
    let of = |component| one.values.get(&component).copied().map(number);
    let mut line = facts.name_in(language).to_owned();
    let unit =
        |component| facts.component(component).map_or("", |known: &ComponentFacts| known.unit_in(language));
    if let Some((systolic, diastolic)) = of(Component::Systolic).zip(of(Component::Diastolic)) {
        let _ = write!(line, " {systolic}/{diastolic} {}", unit(Component::Systolic));
    }
    if let Some(value) = of(Component::Value) {
        let _ = write!(line, " {value} {}", unit(Component::Value));
    }
    if let (Some(pulse), Some(known)) = (of(Component::Pulse), facts.component(Component::Pulse)) {
        let _ =
            write!(line, ", {} {pulse} {}", known.name_in(language).to_lowercase(), known.unit_in(language));
    }
    line.trim_end().to_owned()
}
