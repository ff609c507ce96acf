//! When something was sent, in words; the exact time is told to who points at it.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::clock::use_clock;
use crate::i18n::use_i18n;
use crate::intl;
use crate::view::text;

/// A moment.
#[component]
pub fn Moment(
    /// When.
    at: DateTime<Utc>,
    /// Whether it stands in a list, where room is short.
    #[prop(optional)]
    brief: bool,
) -> impl IntoView {
    let (i18n, clock) = (use_i18n(), use_clock());
    let words = text(move || match brief {
        true => intl::brief_moment(i18n, at, clock.milliseconds()),
        false => intl::moment(i18n, at, clock.milliseconds()),
    });
    let exactly = text(move || intl::full_moment(i18n.language(), at));
    view! {
        <time datetime=intl::machine_moment(at) title=exactly>
            {words}
        </time>
    }
}
