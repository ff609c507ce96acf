//! What the columns hold.

use std::collections::BTreeMap;

use omasote_types::decimal::Decimal;
use omasote_types::measurements::{
    Component, MeasurementContext, MeasurementKind, MeasurementSource, PartOfDay, TargetState,
};

use crate::db::TextColumn;

macro_rules! text_columns {
    ($($name:ty),*) => {$(
        impl TextColumn for $name {
            fn as_text(self) -> &'static str {
                self.code()
            }

            fn from_text(text: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|value| value.code() == text)
            }
        }
    )*};
}
text_columns!(MeasurementContext, MeasurementSource, PartOfDay, Component);

impl TextColumn for MeasurementKind {
    fn as_text(self) -> &'static str {
        self.code()
    }

    fn from_text(text: &str) -> Option<Self> {
        Self::from_code(text)
    }
}

/// The column of a number: the only one and the systolic pressure are the first.
#[must_use]
pub const fn place_of(component: Component) -> usize {
    match component {
        Component::Value | Component::Systolic => 0,
        Component::Diastolic => 1,
        Component::Pulse => 2,
    }
}

/// What three columns hold, by the numbers of a kind.
pub(super) fn by_component<T>(kind: MeasurementKind, columns: [Option<T>; 3]) -> BTreeMap<Component, T> {
    let components = kind.facts().components.iter().map(|facts| facts.component);
    components.zip(columns).filter_map(|(component, value)| Some((component, value?))).collect()
}

/// The three columns of what is kept of each number.
pub(super) fn in_columns<T: Copy>(values: &BTreeMap<Component, T>) -> [Option<T>; 3] {
    let mut columns = [None; 3];
    for (component, value) in values {
        if let Some(column) = columns.get_mut(place_of(*component)) {
            *column = Some(*value);
        }
    }
    columns
}

pub(super) fn thousandths(value: Decimal) -> i32 {
    i32::try_from(value.thousandths()).unwrap_or(i32::MAX)
}

pub(super) fn decimal(thousandths: i32) -> Decimal {
    Decimal::from_thousandths(thousandths.into()).unwrap_or_default()
}

pub(super) fn number_of(state: TargetState) -> i32 {
    let place = TargetState::ALL.iter().position(|other| *other == state);
    place.and_then(|place| i32::try_from(place).ok()).unwrap_or_default()
}

pub(super) fn state_of(number: i32) -> TargetState {
    let place = usize::try_from(number).ok();
    place.and_then(|place| TargetState::ALL.get(place).copied()).unwrap_or(TargetState::NoTarget)
}
