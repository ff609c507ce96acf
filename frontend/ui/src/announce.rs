//! Short news, such as "sent": shown for a while at the edge of the page and read out by screen readers.

use std::time::Duration;

use leptos::prelude::*;

use crate::i18n::{Key, use_i18n};
use crate::view::{optional, text};

const SHOWN_FOR: Duration = Duration::from_secs(6);

/// A text and what fills its places.
type News = (Key, Vec<(&'static str, String)>);

/// Says things.
#[derive(Clone, Copy, Debug)]
pub struct Announcer {
    said: RwSignal<Option<News>>,
    count: StoredValue<u32>,
}

impl Announcer {
    pub(crate) fn provide() {
        provide_context(Self { said: RwSignal::new(None), count: StoredValue::new(0) });
    }

    /// Says the text of `key`; it goes away by itself.
    pub fn say(self, key: Key) {
        self.say_filled(key, Vec::new());
    }

    /// Says the text of `key` with each `{name}` replaced by its value.
    pub fn say_filled(self, key: Key, values: Vec<(&'static str, String)>) {
        self.count.update_value(|count| *count = count.wrapping_add(1));
        let mine = self.count.get_value();
        self.said.set(Some((key, values)));
        let hide = move || {
            if self.count.get_value() == mine {
                self.said.set(None);
            }
        };
        set_timeout(hide, SHOWN_FOR);
    }
}

/// The announcer set up at start.
#[must_use]
pub fn use_announcer() -> Announcer {
    expect_context()
}

/// Where the news shows. The region stays in the page, empty or not: screen readers follow it from the start.
#[component]
pub(crate) fn NewsRegion() -> impl IntoView {
    let (i18n, announcer) = (use_i18n(), use_announcer());
    let item = move || {
        let (key, values) = announcer.said.get()?;
        let words = text(move || {
            let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
            i18n.filled(key, &values)
        });
        Some(view! { <p class="news-item">{words}</p> }.into_any())
    };
    view! {
        <div class="news" role="status">
            {optional(item)}
        </div>
    }
}
