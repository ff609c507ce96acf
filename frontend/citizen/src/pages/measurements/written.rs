//! What is typed of a measurement, and what becomes of it: numbers, a moment, how it stands to meals or medicine.

use leptos::prelude::*;
use omasote_rules::helsinki::{at_minute, to_local};
use omasote_rules::measurements::{in_other_unit, read};
use omasote_types::Instant;
use omasote_types::decimal::Decimal;
use omasote_types::error::{FieldError, FieldErrorCode};
use omasote_types::language::Language;
use omasote_types::measurements::{
    Component, ComponentFacts, MeasurementContext, MeasurementKind, NewMeasurement, OtherUnit, Values,
};
use omasote_ui::intl;
use omasote_ui::questionnaires::typed_number;

/// How many blows of a peak flow are asked for.
const BLOWS: [&str; 3] = ["blow-1", "blow-2", "blow-3"];
/// More characters than any number has.
const MOST_CHARACTERS: usize = 8;

/// A field for a number.
#[derive(Clone, Copy)]
pub(super) struct Slot {
    /// The id of the field.
    pub(super) id: &'static str,
    pub(super) known: &'static ComponentFacts,
    /// Whether it may be left open.
    pub(super) is_optional: bool,
    /// Which blow of a peak flow it is, from one on.
    pub(super) blow: Option<usize>,
    pub(super) value: RwSignal<String>,
}

/// What is typed.
#[derive(Clone, Copy)]
pub(super) struct Written {
    pub(super) kind: MeasurementKind,
    slots: StoredValue<Vec<Slot>>,
    /// The field that the keys write in.
    pub(super) current: RwSignal<usize>,
    /// The UCUM code of the unit.
    pub(super) unit: RwSignal<String>,
    /// Whether it was taken just now; otherwise at what is written.
    pub(super) is_now: RwSignal<bool>,
    pub(super) date: RwSignal<String>,
    pub(super) clock: RwSignal<String>,
    pub(super) context: RwSignal<String>,
    pub(super) remark: RwSignal<String>,
}

impl Written {
    /// Nothing typed yet.
    pub(super) fn new(kind: MeasurementKind, now: Instant) -> Self {
        let local = to_local(now);
        let unit = kind.facts().components.first().map_or("", |known| known.ucum);
        Self {
            kind,
            slots: StoredValue::new(slots_of(kind)),
            current: RwSignal::new(0),
            unit: RwSignal::new(unit.to_owned()),
            is_now: RwSignal::new(true),
            date: RwSignal::new(local.date().to_string()),
            clock: RwSignal::new(local.format("%H:%M").to_string()),
            context: RwSignal::new(String::new()),
            remark: RwSignal::new(String::new()),
        }
    }

    /// The fields.
    pub(super) fn slots(self) -> Vec<Slot> {
        self.slots.get_value()
    }

    /// The other unit that is chosen; none when it is that of the kind.
    pub(super) fn other_unit(self) -> Option<&'static OtherUnit> {
        let known = self.kind.facts().components.first()?;
        self.unit.with(|unit| known.other_units.iter().find(|other| other.ucum == unit))
    }

    /// How many decimals may be typed.
    pub(super) fn decimals(self, known: &ComponentFacts) -> u8 {
        self.other_unit().map_or(known.decimals, |other| other.decimals)
    }

    /// Between which numbers of the chosen unit it must be.
    pub(super) fn bounds(self, known: &ComponentFacts) -> (Decimal, Decimal) {
        let other = self.other_unit();
        let of = |bound| other.and_then(|other| in_other_unit(bound, other)).unwrap_or(bound);
        (of(known.hard.0), of(known.hard.1))
    }

    /// Takes what waits to be sent, to be corrected.
    pub(super) fn take(self, language: Language, new: &NewMeasurement) {
        for slot in self.slots() {
            let value = match slot.blow {
                Some(blow) => new.blows.get(blow.saturating_sub(1)),
                None => new.values.get(&slot.known.component),
            };
            slot.value.set(value.map(|value| as_typed(language, *value)).unwrap_or_default());
        }
        if let Some(unit) = &new.unit {
            self.unit.set(unit.clone());
        }
        let local = to_local(new.taken_at);
        self.is_now.set(false);
        self.date.set(local.date().to_string());
        self.clock.set(local.format("%H:%M").to_string());
        self.context.set(new.context.map(MeasurementContext::code).unwrap_or_default().to_owned());
        self.remark.set(new.remark.clone());
    }

    /// Empties it for another measurement; the unit stays.
    pub(super) fn clear(self, now: Instant) {
        for slot in self.slots() {
            slot.value.set(String::new());
        }
        let local = to_local(now);
        self.current.set(0);
        self.is_now.set(true);
        self.date.set(local.date().to_string());
        self.clock.set(local.format("%H:%M").to_string());
        self.remark.set(String::new());
    }

    /// Follows the numbers and their unit, in an effect.
    pub(super) fn track(self) {
        for slot in self.slots() {
            slot.value.track();
        }
        self.unit.track();
    }

    /// What is to be kept.
    pub(super) fn read(self, now: Instant, is_confirmed: bool) -> Result<NewMeasurement, Vec<FieldError>> {
        let written = |slot: Slot| (slot.known.component, slot.blow.is_some(), slot.value.get_untracked());
        let numbers: Vec<_> = self.slots().into_iter().map(written).collect();
        let time =
            (!self.is_now.get_untracked()).then(|| (self.date.get_untracked(), self.clock.get_untracked()));
        let taken_at = match time {
            None => Ok(now),
            Some((date, clock)) => moment(&date, &clock).ok_or_else(|| refuse("takenAt")),
        };
        let (values, blows) = read_numbers(&numbers)?;
        let context = self.context.get_untracked();
        let new = NewMeasurement {
            kind: self.kind,
            values,
            unit: untrack(|| self.other_unit()).map(|other| other.ucum.to_owned()),
            taken_at: taken_at?,
            context: MeasurementContext::ALL.into_iter().find(|known| known.code() == context),
            blows,
            remark: self.remark.get_untracked().trim().to_owned(),
            is_confirmed,
        };
        read(&new, now).map(|_| new)
    }
}

fn slots_of(kind: MeasurementKind) -> Vec<Slot> {
    let facts = kind.facts();
    if let (MeasurementKind::Pef, Some(known)) = (kind, facts.components.first()) {
        let slot = |(place, id): (usize, &'static str)| Slot {
            id,
            known,
            is_optional: place > 0,
            blow: Some(place.saturating_add(1)),
            value: RwSignal::new(String::new()),
        };
        return BLOWS.into_iter().enumerate().map(slot).collect();
    }
    let slot = |known: &'static ComponentFacts| Slot {
        id: match known.component {
            Component::Value => "value",
            Component::Systolic => "systolic",
            Component::Diastolic => "diastolic",
            Component::Pulse => "pulse",
        },
        known,
        is_optional: known.is_optional,
        blow: None,
        value: RwSignal::new(String::new()),
    };
    facts.components.iter().map(slot).collect()
}

/// A number as it is typed: without anything between its digits.
fn as_typed(language: Language, value: Decimal) -> String {
    let plain = value.to_string();
    if language == Language::En { plain } else { plain.replace('.', ",") }
}

fn refuse(field: &str) -> Vec<FieldError> {
    vec![FieldError { field: field.to_owned(), code: FieldErrorCode::InvalidFormat }]
}

/// A moment that is written as a date and a time, by the clock of Finland.
fn moment(date: &str, clock: &str) -> Option<Instant> {
    let date = intl::written_date(date)?;
    let (hour, minute) = clock.split_once(':')?;
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.get(..2)?.parse().ok()?);
    (hour < 24 && minute < 60).then(|| at_minute(date, hour * 60 + minute))
}

/// The numbers that are there, and the blows of a peak flow, of which the best counts.
fn read_numbers(typed: &[(Component, bool, String)]) -> Result<(Values, Vec<Decimal>), Vec<FieldError>> {
    let (mut values, mut blows, mut refused) = (Values::new(), Vec::new(), Vec::new());
    for (component, is_blow, typed) in typed.iter().filter(|(.., typed)| !typed.trim().is_empty()) {
        // Whoever was about to type decimals, and typed none.
        match typed_number(typed.trim().trim_end_matches([',', '.'])) {
            None => refused.extend(refuse(&format!("values.{}", component.code()))),
            Some(blow) if *is_blow => blows.push(blow),
            Some(value) => drop(values.insert(*component, value)),
        }
    }
    if let Some(best) = blows.iter().max() {
        values.insert(Component::Value, *best);
    }
    if refused.is_empty() { Ok((values, blows)) } else { Err(refused) }
}

/// A key of those on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PadKey {
    Digit(u8),
    Mark,
    Delete,
}

/// What stands in a field after a key was pressed.
pub(super) fn pressed(before: &str, key: PadKey, mark: char, decimals: u8) -> String {
    let mut text = before.to_owned();
    let is_long = text.chars().count() >= MOST_CHARACTERS;
    let (whole, rest) = text.split_once([',', '.']).map_or((text.as_str(), None), |(a, b)| (a, Some(b)));
    let is_finished = rest.is_some_and(|rest| rest.len() >= usize::from(decimals));
    match key {
        PadKey::Delete => drop(text.pop()),
        PadKey::Digit(digit) if !is_long && !is_finished => text.push_str(&digit.to_string()),
        PadKey::Mark if decimals > 0 && rest.is_none() && !whole.is_empty() && !is_long => text.push(mark),
        PadKey::Digit(_) | PadKey::Mark => {}
    }
    text
}

/// Whether a number is whole: with one digit more it would not be possible.
pub(super) fn is_full(typed: &str, most: Decimal, decimals: u8) -> bool {
    let number = typed_number(typed).filter(|_| decimals == 0);
    number.is_some_and(|number| number.thousandths().saturating_mul(10) > most.thousandths())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(keys: &[PadKey], decimals: u8) -> String {
        keys.iter().fold(String::new(), |text, key| pressed(&text, *key, ',', decimals))
    }

    #[test]
    fn keys_write_a_number_with_no_more_decimals_than_it_has() {
        use PadKey::{Delete, Digit, Mark};
        assert_eq!(after(&[Digit(7), Digit(2), Mark, Digit(5), Digit(9)], 1), "72,5");
        assert_eq!(after(&[Mark, Digit(1), Mark, Mark, Digit(5)], 1), "1,5");
        assert_eq!(after(&[Digit(1), Mark, Digit(2)], 0), "12");
        assert_eq!(after(&[Digit(1), Digit(2), Delete], 0), "1");
        assert_eq!(after(&[Delete], 0), "");
    }

    #[test]
    fn a_number_is_whole_when_another_digit_would_be_too_many() {
        let of = |typed, most: i16| is_full(typed, most.into(), 0);
        assert!(of("128", 300) && of("95", 300) && of("79", 200) && of("110", 200));
        assert!(!of("12", 300) && !of("7", 200) && !of("", 300) && !of("30", 300));
        assert!(!is_full("72", 500.into(), 1));
    }

    #[test]
    fn the_best_blow_counts() {
        let typed = ["410", "450", ""].map(|blow| (Component::Value, true, blow.to_owned()));
        let (values, blows) = read_numbers(&typed).unwrap();
        assert_eq!(values.get(&Component::Value), Some(&450.into()));
        assert_eq!(blows, [410.into(), 450.into()]);
    }

    #[test]
    fn a_number_may_end_in_its_mark() {
        let typed = [(Component::Value, false, " 72, ".to_owned())];
        let (values, _) = read_numbers(&typed).unwrap();
        assert_eq!(values.get(&Component::Value), Some(&72.into()));
        assert_eq!(as_typed(Language::Fi, 12_000.into()), "12000");
    }

    #[test]
    fn what_is_no_number_is_refused_at_its_field() {
        let typed = [(Component::Systolic, false, "abc".to_owned())];
        let refused = read_numbers(&typed).unwrap_err();
        assert_eq!(refused[0].field, "values.systolic");
    }

    #[test]
    fn a_moment_is_read_by_the_clock_of_finland() {
        let at = moment("2026-11-16", "08:10").unwrap();
        assert_eq!(at.to_string(), "2026-11-16 06:10:00 UTC");
        assert_eq!(moment("2026-11-16", "25:00"), None);
        assert_eq!(moment("", "08:10"), None);
    }
}
