//! How to reach a unit: its phone and when it is open.

use leptos::prelude::*;
use omasote_rules::opening::{OpeningLine, opening_lines};
use omasote_types::language::Language;
use omasote_types::units::{OpeningException, OpeningSpan, Unit};

use crate::i18n::{I18n, Key, use_i18n};
use crate::icon::Icon;
use crate::intl;
use crate::view::text;

/// So many of the days to come that are not as others are told.
const SHOWN_EXCEPTIONS: usize = 4;

/// A unit's phone number and opening hours.
#[component]
pub fn UnitContact(
    /// The unit.
    unit: Unit,
) -> impl IntoView {
    let i18n = use_i18n();
    let Unit { phone, hours, today, exceptions, .. } = unit;
    let lines = opening_lines(&hours);
    let hours_text = text(move || match lines.as_slice() {
        [] => i18n.text(Key::UNIT_NO_HOURS).to_owned(),
        lines => lines.iter().map(|line| line_text(i18n, line)).collect::<Vec<_>>().join(", "),
    });
    let day = move |exception: &OpeningException| {
        let date = intl::weekday_date(i18n.language(), exception.date);
        format!("{date} {}", spans_text(i18n, &exception.spans))
    };
    let days = (!exceptions.is_empty()).then(|| {
        let shown = move || exceptions.iter().take(SHOWN_EXCEPTIONS).map(day).collect::<Vec<_>>().join(", ");
        view! { <li>{Icon::CLOCK} <span>{i18n.t(Key::UNIT_EXCEPTIONS)} ": " {text(shown)}</span></li> }
    });
    view! {
        <ul class="contact">
            <li>
                {Icon::PHONE} <span>{i18n.t(Key::UNIT_PHONE)} ": " <PhoneLink number=phone /></span>
            </li>
            <li>
                {Icon::CLOCK} <span>{i18n.t(Key::UNIT_TODAY)} ": " {text(move || spans_text(i18n, &today))}</span>
            </li>
            <li>
                {Icon::CLOCK} <span>{i18n.t(Key::UNIT_OPEN)} ": " {hours_text}</span>
            </li>
            {days}
        </ul>
    }
}

/// A phone number that can be called by touching it.
#[component]
pub fn PhoneLink(
    /// The number as people write it.
    #[prop(into)]
    number: String,
) -> impl IntoView {
    let dialled: String = number.chars().filter(|sign| sign.is_ascii_digit() || *sign == '+').collect();
    view! {
        <a class="ds-link phone" href=format!("tel:{dialled}")>
            {number}
        </a>
    }
}

/// Such as "8–11.30 ja 12.15–16", or that it is closed.
fn spans_text(i18n: I18n, spans: &[OpeningSpan]) -> String {
    if spans.is_empty() {
        return i18n.text(Key::UNIT_CLOSED).to_owned();
    }
    let language = i18n.language();
    let span = |span: &OpeningSpan| {
        format!("{}–{}", time_of_day(language, span.opens_minute), time_of_day(language, span.closes_minute))
    };
    let spans: Vec<String> = spans.iter().map(span).collect();
    spans.join(format!(" {} ", i18n.text(Key::UNIT_AND)).as_str())
}

/// Such as "ma–pe 8–15.30".
fn line_text(i18n: I18n, line: &OpeningLine) -> String {
    let language = i18n.language();
    let first = intl::weekday(language, line.first_weekday);
    let days = if line.first_weekday == line.last_weekday {
        first
    } else {
        format!("{first}–{}", intl::weekday(language, line.last_weekday))
    };
    let block = |(opens, closes): &(u16, u16)| {
        format!("{}–{}", time_of_day(language, *opens), time_of_day(language, *closes))
    };
    let blocks: Vec<String> = line.blocks.iter().map(block).collect();
    format!("{days} {}", blocks.join(format!(" {} ", i18n.text(Key::UNIT_AND)).as_str()))
}

/// Minutes from midnight as the language writes them: "8", "15.30", "8:00".
fn time_of_day(language: Language, minutes: u16) -> String {
    match (language, minutes / 60, minutes % 60) {
        (Language::En, hours, rest) => format!("{hours}:{rest:02}"),
        (_, hours, 0) => hours.to_string(),
        (_, hours, rest) => format!("{hours}.{rest:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_as_the_language_does() {
        assert_eq!(time_of_day(Language::Fi, 8 * 60), "8");
        assert_eq!(time_of_day(Language::Sv, 15 * 60 + 30), "15.30");
        assert_eq!(time_of_day(Language::En, 9 * 60 + 5), "9:05");
    }
}
