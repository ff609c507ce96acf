//! Numbers, measurements and ranges as they are written in a language.

use omasote_types::decimal::Decimal;
use omasote_types::language::Language;
use omasote_types::measurements::{
    Bound, Component, ComponentFacts, MeasurementContext, MeasurementKind, PartOfDay, TargetRange, Values,
};

use crate::i18n::Key;

/// Keeps a number and its unit on one line.
const NO_BREAK: char = '\u{a0}';
/// From so many digits on they are written in groups.
const GROUPED_FROM: usize = 5;
const GROUP: usize = 3;

/// A number with the language's own signs and at least so many decimals.
#[must_use]
pub fn number(language: Language, value: Decimal, decimals: u8) -> String {
    let plain = value.to_string();
    let (sign, plain) = plain.strip_prefix('-').map_or(("", plain.as_str()), |rest| ("−", rest));
    let (whole, rest) = plain.split_once('.').unwrap_or((plain, ""));
    let width = usize::from(decimals).max(rest.len());
    let whole = if whole.len() < GROUPED_FROM { whole.to_owned() } else { grouped(language, whole) };
    let mark = match (width, language) {
        (0, _) => "",
        (_, Language::En) => ".",
        _ => ",",
    };
    format!("{sign}{whole}{mark}{rest:0<width$}")
}

fn grouped(language: Language, digits: &str) -> String {
    let separator = if language == Language::En { ',' } else { NO_BREAK };
    let place = digits.len().checked_sub(GROUP).filter(|place| *place > 0);
    match place.and_then(|place| digits.split_at_checked(place)) {
        Some((head, tail)) => format!("{}{separator}{tail}", grouped(language, head)),
        None => digits.to_owned(),
    }
}

/// A change: with a plus when it is more.
#[must_use]
pub fn signed(language: Language, value: Decimal, decimals: u8) -> String {
    let sign = if value > Decimal::ZERO { "+" } else { "" };
    format!("{sign}{}", number(language, value, decimals))
}

/// A number with its unit.
pub(super) fn with_unit(language: Language, value: Decimal, facts: &ComponentFacts) -> String {
    beside_unit(language, number(language, value, facts.decimals), facts)
}

/// What is written of a number, with its unit behind it.
pub(super) fn beside_unit(language: Language, written: String, facts: &ComponentFacts) -> String {
    match (facts.unit_in(language), language) {
        ("", _) => written,
        ("%", Language::En) => format!("{written}%"),
        (unit, _) => format!("{written}{NO_BREAK}{unit}"),
    }
}

/// The numbers of a measurement without units: "128/79, syke 66".
#[must_use]
pub fn numbers(language: Language, kind: MeasurementKind, values: &Values) -> String {
    in_words(language, kind, values, |number, _| number)
}

/// A measurement: "128/79 mmHg, syke 66".
#[must_use]
pub fn measurement(language: Language, kind: MeasurementKind, values: &Values) -> String {
    in_words(language, kind, values, |number, facts| beside_unit(language, number, facts))
}

/// A measurement in the unit of a UCUM code; in that of the kind when there is none.
#[must_use]
pub fn measurement_in(
    language: Language,
    kind: MeasurementKind,
    values: &Values,
    unit: Option<&str>,
) -> String {
    let others = kind.facts().components.first().map_or(&[][..], |known| known.other_units);
    let other = others.iter().find(|other| Some(other.ucum) == unit);
    let Some(other) = other else { return measurement(language, kind, values) };
    let written = values.values().map(|value| number(language, *value, 0)).collect::<Vec<_>>();
    format!("{}{NO_BREAK}{}", written.join("/"), other.shown)
}

fn in_words(
    language: Language,
    kind: MeasurementKind,
    values: &Values,
    finish: impl Fn(String, &ComponentFacts) -> String,
) -> String {
    let facts = kind.facts();
    let (beside, main): (Vec<_>, Vec<_>) =
        facts.components.iter().partition(|known| known.component == Component::Pulse);
    let written = |known: &&ComponentFacts| {
        values.get(&known.component).map(|value| number(language, *value, known.decimals))
    };
    let joined: Vec<String> = main.iter().filter_map(written).collect();
    let mut words = match main.first() {
        Some(first) if !joined.is_empty() => finish(joined.join("/"), first),
        _ => String::new(),
    };
    for known in beside {
        let Some(number) = written(&known) else { continue };
        if !words.is_empty() {
            words.push_str(", ");
        }
        words.push_str(&known.name_in(language).to_lowercase());
        words.push(' ');
        words.push_str(&number);
    }
    words
}

/// A range: "alle 135", "4,0–7,0", "vähintään 94"; none when it has no bound. Where there are only bounds of alarm, it is between these.
#[must_use]
pub fn range(language: Language, range: &TargetRange, decimals: u8) -> Option<String> {
    let low = range.low.or(range.alarm_low);
    let high = range.high.or(range.alarm_high);
    let of = |bound: Bound| number(language, bound.value, decimals);
    if let (Some(low), Some(high)) = (low, high)
        && low.is_inside
        && high.is_inside
    {
        return Some(format!("{}–{}", of(low), of(high)));
    }
    let least = low.map(|bound| {
        let key = if bound.is_inside { Key::MEASURE_AT_LEAST } else { Key::MEASURE_OVER };
        key.filled(language, &[("number", &of(bound))])
    });
    let most = high.map(|bound| {
        let key = if bound.is_inside { Key::MEASURE_AT_MOST } else { Key::MEASURE_BELOW };
        key.filled(language, &[("number", &of(bound))])
    });
    let parts: Vec<String> = least.into_iter().chain(most).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// What a part of the day is called.
#[must_use]
pub const fn part_name(part: PartOfDay) -> Key {
    match part {
        PartOfDay::Morning => Key::MEASURE_PART_MORNING,
        PartOfDay::Day => Key::MEASURE_PART_DAY,
        PartOfDay::Evening => Key::MEASURE_PART_EVENING,
        PartOfDay::Night => Key::MEASURE_PART_NIGHT,
    }
}

/// How a measurement stands to meals, sleep or medicine.
#[must_use]
pub const fn context_name(context: MeasurementContext) -> Key {
    match context {
        MeasurementContext::Fasting => Key::MEASURE_CONTEXT_FASTING,
        MeasurementContext::BeforeMeal => Key::MEASURE_CONTEXT_BEFORE_MEAL,
        MeasurementContext::AfterMeal => Key::MEASURE_CONTEXT_AFTER_MEAL,
        MeasurementContext::Bedtime => Key::MEASURE_CONTEXT_BEDTIME,
        MeasurementContext::BeforeMedicine => Key::MEASURE_CONTEXT_BEFORE_MEDICINE,
        MeasurementContext::AfterMedicine => Key::MEASURE_CONTEXT_AFTER_MEDICINE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn a_number_is_written_with_the_signs_of_the_language() {
        let of = |language, text, decimals| number(language, decimal(text), decimals);
        assert_eq!(of(Language::Fi, "72.5", 1), "72,5");
        assert_eq!(of(Language::Sv, "72", 1), "72,0");
        assert_eq!(of(Language::En, "72", 1), "72.0");
        assert_eq!(of(Language::Fi, "-2", 0), "−2");
        assert_eq!(of(Language::Fi, "128.5", 0), "128,5");
        assert_eq!(of(Language::Fi, "1200", 0), "1200");
        assert_eq!(of(Language::Fi, "12000", 0), "12\u{a0}000");
        assert_eq!(of(Language::En, "112000", 0), "112,000");
    }

    #[test]
    fn a_change_says_which_way_it_goes() {
        let of = |text| signed(Language::Fi, decimal(text), 1);
        assert_eq!([of("1.5"), of("0"), of("-1.5")], ["+1,5", "0,0", "−1,5"]);
    }

    #[test]
    fn a_blood_pressure_is_written_as_people_say_it() {
        let mut values = Values::from([(Component::Systolic, 128.into()), (Component::Diastolic, 79.into())]);
        let kind = MeasurementKind::BloodPressure;
        assert_eq!(measurement(Language::Fi, kind, &values), "128/79\u{a0}mmHg");
        values.insert(Component::Pulse, 66.into());
        assert_eq!(measurement(Language::Fi, kind, &values), "128/79\u{a0}mmHg, syke 66");
        assert_eq!(numbers(Language::Sv, kind, &values), "128/79, puls 66");
    }

    #[test]
    fn other_kinds_are_a_number_and_its_unit() {
        let of = |language, kind, text| {
            measurement(language, kind, &Values::from([(Component::Value, decimal(text))]))
        };
        assert_eq!(of(Language::Fi, MeasurementKind::Weight, "72"), "72,0\u{a0}kg");
        assert_eq!(of(Language::Fi, MeasurementKind::Inr, "2.4"), "2,4");
        assert_eq!(of(Language::Fi, MeasurementKind::OxygenSaturation, "97"), "97\u{a0}%");
        assert_eq!(of(Language::En, MeasurementKind::OxygenSaturation, "97"), "97%");
        let pounds = Values::from([(Component::Value, decimal("198.5"))]);
        let in_pounds = measurement_in(Language::Fi, MeasurementKind::Weight, &pounds, Some("[lb_av]"));
        assert_eq!(in_pounds, "198,5\u{a0}lb");
        assert_eq!(of(Language::En, MeasurementKind::Pulse, "66"), "66\u{a0}/min");
    }

    #[test]
    fn a_range_is_told_in_words() {
        let of = |wanted: TargetRange, decimals| range(Language::Fi, &wanted, decimals);
        let inside = |text| Some(Bound::inside(decimal(text)));
        assert_eq!(of(TargetRange::below(135.into()), 0).as_deref(), Some("alle 135"));
        assert_eq!(of(TargetRange::from_to(4.into(), 7.into()), 1).as_deref(), Some("4,0–7,0"));
        let least = TargetRange { low: inside("94"), ..TargetRange::NONE };
        assert_eq!(of(least, 0).as_deref(), Some("vähintään 94"));
        let most = TargetRange { high: inside("53"), ..TargetRange::NONE };
        assert_eq!(of(most, 0).as_deref(), Some("enintään 53"));
        let meal = TargetRange { low: inside("4"), ..TargetRange::below(10.into()) };
        assert_eq!(of(meal, 1).as_deref(), Some("vähintään 4,0, alle 10,0"));
        assert_eq!(of(TargetRange::NONE, 0), None);
        let alarm = TargetRange { alarm_high: inside("13.9"), ..TargetRange::NONE };
        assert_eq!(of(alarm, 1).as_deref(), Some("enintään 13,9"));
    }
}
