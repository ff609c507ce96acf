//! The periods that a kind is looked at in.

use chrono::{Days, NaiveDate};
use leptos::prelude::*;
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::view::said;

/// A period that ends today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Period {
    Week,
    Month,
    Quarter,
    Year,
    All,
}

impl Period {
    const ALL: [Self; 5] = [Self::Week, Self::Month, Self::Quarter, Self::Year, Self::All];

    /// Its first day; none when it has none.
    pub(super) fn from(self, today: NaiveDate) -> Option<NaiveDate> {
        let days = match self {
            Self::Week => 7,
            Self::Month => 30,
            Self::Quarter => 90,
            Self::Year => 365,
            Self::All => return None,
        };
        // Today is one of them.
        today.checked_sub_days(Days::new(days - 1))
    }

    /// On its button.
    const fn name(self) -> Key {
        match self {
            Self::Week => Key::MEASURE_PERIOD_WEEK,
            Self::Month => Key::MEASURE_PERIOD_MONTH,
            Self::Quarter => Key::MEASURE_PERIOD_QUARTER,
            Self::Year => Key::MEASURE_PERIOD_YEAR,
            Self::All => Key::MEASURE_PERIOD_ALL,
        }
    }

    /// At the beginning of a sentence.
    pub(super) const fn said(self) -> Key {
        match self {
            Self::Week => Key::MEASURE_LAST_WEEK,
            Self::Month => Key::MEASURE_LAST_MONTH,
            Self::Quarter => Key::MEASURE_LAST_QUARTER,
            Self::Year => Key::MEASURE_LAST_YEAR,
            Self::All => Key::MEASURE_LAST_ALL,
        }
    }
}

/// The choice.
#[component]
pub(super) fn PeriodChoice(period: RwSignal<Period>) -> impl IntoView {
    let i18n = use_i18n();
    let button = move |of: Period| {
        let is_chosen = Signal::derive(move || period.get() == of);
        view! {
            <button
                type="button"
                class="measure-period"
                aria-pressed=said(is_chosen)
                on:click=move |_| period.set(of)
            >
                {i18n.t(of.name())}
            </button>
        }
    };
    view! {
        <div class="measure-periods screen-only" role="group" aria-label=i18n.t(Key::MEASURE_PERIOD)>
            {Period::ALL.map(button).collect_view()}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn today_is_one_of_the_days() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 30).unwrap();
        let first = |period: Period| period.from(today).map(|day| day.to_string());
        assert_eq!(first(Period::Week).as_deref(), Some("2026-11-24"));
        assert_eq!(first(Period::Month).as_deref(), Some("2026-11-01"));
        assert_eq!(first(Period::All), None);
    }
}
