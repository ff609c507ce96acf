//! In which bands glucose was: a bar in five parts, and the same in words and numbers.

use leptos::prelude::*;
use omasote_types::decimal::Decimal;
use omasote_types::measurements::GlucoseBands;

use super::value::number;
use crate::i18n::{Key, use_i18n};
use crate::view::dynamic;

/// The bar is so long that a thousandth of a per cent is one.
const LENGTH: i64 = 100_000;

/// The bands from the lowest to the highest, each as style sheets know it.
fn all(bands: GlucoseBands) -> [(&'static str, Key, Decimal); 5] {
    [
        ("very-low", Key::MEASURE_BAND_VERY_LOW, bands.very_low),
        ("low", Key::MEASURE_BAND_LOW, bands.low),
        ("in-range", Key::MEASURE_BAND_IN_RANGE, bands.in_range),
        ("high", Key::MEASURE_BAND_HIGH, bands.high),
        ("very-high", Key::MEASURE_BAND_VERY_HIGH, bands.very_high),
    ]
}

/// Where each part begins, and how long it is.
fn places(shares: [Decimal; 5]) -> [(i64, i64); 5] {
    let mut begins = 0_i64;
    shares.map(|share| {
        let place = (begins, share.thousandths());
        begins = begins.saturating_add(share.thousandths());
        place
    })
}

/// The bar, and its parts in words.
#[component]
pub(super) fn GlucoseBar(
    /// The shares.
    bands: GlucoseBands,
) -> impl IntoView {
    let i18n = use_i18n();
    let parts = all(bands);
    let bars = parts.iter().zip(places(parts.map(|(.., share)| share))).map(|((band, ..), (x, width))| {
        view! {
            <rect class="glucose-part" data-band=*band x=x.to_string() y="0" width=width.to_string() height="8000"></rect>
        }
    });
    let bars: Vec<_> = bars.collect();
    let words = dynamic(move || {
        let line = |(band, name, share): (&'static str, Key, Decimal)| {
            let share = number(i18n.language(), share, 0);
            view! {
                <li>
                    <svg class="chart-key" viewBox="0 0 10 10" aria-hidden="true" focusable="false">
                        <rect class="glucose-part" data-band=band x="1" y="1" width="8" height="8"></rect>
                    </svg>
                    <span>{i18n.t(name)} ": " <strong>{share} "\u{a0}%"</strong></span>
                </li>
            }
        };
        view! { <ul class="chart-legend">{all(bands).map(line).collect_view()}</ul> }.into_any()
    });
    view! {
        <div class="measure-number">
            <h3 class="ds-heading" data-size="2xs">{i18n.t(Key::MEASURE_BANDS)}</h3>
            <svg
                class="glucose-bar"
                viewBox=format!("0 0 {LENGTH} 8000")
                preserveAspectRatio="none"
                aria-hidden="true"
                focusable="false"
            >
                {bars}
            </svg>
            {words}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_begins_where_the_one_before_ends() {
        let shares = [1, 4, 80, 10, 5].map(|share: i16| Decimal::from(share));
        let found = places(shares);
        assert_eq!(found[2], (5_000, 80_000));
        assert_eq!(found[4].0 + found[4].1, LENGTH);
    }
}
