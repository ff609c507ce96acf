//! The few pictures the apps use, drawn as lines. They decorate: a text beside them says the same.

use leptos::prelude::*;

/// A picture, 24 units wide and high.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Icon(&'static str);

impl Icon {
    /// A pen: writing.
    pub const PEN: Self = Self("M4 20h4L19 9l-4-4L4 16zM13 7l4 4");
    /// An arrow to the left: back.
    pub const BACK: Self = Self("M19 12H5m6-6-6 6 6 6");
    /// A handset: calling.
    pub const PHONE: Self = Self(
        "M6 3h3l2 5-2.5 1.8a11 11 0 0 0 5.7 5.7L16 13l5 2v3a3 3 0 0 1-3 3C10.300 21 3 13.700 3 6a3 3 0 0 1 3-3z",
    );
    /// A clock: opening hours and waiting.
    pub const CLOCK: Self = Self("M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3 2");
    /// An hourglass: little time left.
    pub const HOURGLASS: Self = Self(
        "M7 3.500h10M7 20.500h10M8 3.500c0 5 8 6 8 8.500s-8 3.500-8 8.500M16 3.500c0 5-8 6-8 8.500s8 3.500 8 8.500",
    );
    /// An envelope: messages.
    pub const ENVELOPE: Self = Self(
        "M4 5h16a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1zM3.500 6.500 12 13l8.500-6.500",
    );
    /// A tick: done.
    pub const TICK: Self = Self("M5 12.500 10 17.500 19 7");
    /// A house: the front page.
    pub const HOUSE: Self = Self("M4 11 12 4l8 7v8a1 1 0 0 1-1 1h-4v-6H9v6H5a1 1 0 0 1-1-1z");
    /// A person: one's own data.
    pub const PERSON: Self =
        Self("M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4.500 20.500c.8-4 3.700-6 7.500-6s6.700 2 7.500 6");
    /// Two people: acting for another, clients.
    pub const PEOPLE: Self = Self(
        "M9 5a3.500 3.500 0 1 0 0 7 3.500 3.500 0 0 0 0-7zM2.500 19.500c.6-3.500 3-5 6.500-5s5.900 1.500 6.500 5M16 5.300a3.500 3.500 0 0 1 0 6.500M18 15c2 .6 3.200 2.100 3.600 4.500",
    );
    /// Four squares: apps.
    pub const APPS: Self = Self("M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h6v6h-6z");
    /// A shield: privacy.
    pub const SHIELD: Self = Self("M12 3.500 5 6v5.500c0 4.300 2.800 7.300 7 9 4.200-1.700 7-4.700 7-9V6z");
    /// An eye: who sees.
    pub const EYE: Self = Self(
        "M2.500 12c2.400-4.300 5.600-6.500 9.500-6.500s7.100 2.200 9.500 6.500c-2.400 4.300-5.600 6.500-9.500 6.500S4.900 16.300 2.500 12zM12 9.200a2.800 2.800 0 1 0 0 5.600 2.800 2.800 0 0 0 0-5.600z",
    );
    /// A list: a log.
    pub const LIST: Self = Self("M9 6h11M9 12h11M9 18h11M4.500 6h.01M4.500 12h.01M4.500 18h.01");
    /// A screen: where one is signed in.
    pub const SCREEN: Self = Self(
        "M4 5h16a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1zM8.500 20.500h7M12 17v3.500",
    );
    /// A page with lines: the register.
    pub const DOCUMENT: Self = Self(
        "M7 3.500h7l4 4V19a1.500 1.500 0 0 1-1.500 1.500h-9A1.500 1.500 0 0 1 6 19V4.500a1 1 0 0 1 1-1zM9 11h6M9 15h6",
    );
    /// A line that goes up and down: measurements.
    pub const CHART: Self = Self("M4 4v15a1 1 0 0 0 1 1h15M7.500 15l3.500-5 3.500 3 4.500-7");
    /// An open book: guides.
    pub const BOOK: Self = Self(
        "M12 6.500C9.500 4.700 6.500 4.500 3.500 5.500V19c3-1 6-.8 8.500 1 2.500-1.800 5.500-2 8.500-1V5.500c-3-1-6-.8-8.500 1zM12 6.500V20",
    );
    /// A picture: hills under a sun.
    pub const PICTURE: Self = Self(
        "M4.500 4.500h15a1 1 0 0 1 1 1v13a1 1 0 0 1-1 1h-15a1 1 0 0 1-1-1v-13a1 1 0 0 1 1-1zM4 17l5-5.500 4 4 2.500-2.500L20 17M15.500 8.500h.01",
    );
    /// A paper clip: a file to go with a message.
    pub const CLIP: Self = Self(
        "M20 11.500 12 19.500a5 5 0 0 1-7-7l8.500-8.500a3.300 3.300 0 0 1 4.700 4.700L9.700 17.200a1.700 1.700 0 0 1-2.400-2.400l7.700-7.700",
    );
    /// An arrow to the right: onwards.
    pub const FORWARD: Self = Self("M9 5.500 15.500 12 9 18.500");
    /// Loose ends: no connection.
    pub const BREAK: Self = Self(
        "M12 8v5m0 3.500v.5M10.300 4 2.500 18a2 2 0 0 0 1.700 3h15.600a2 2 0 0 0 1.700-3L13.700 4a2 2 0 0 0-3.400 0z",
    );
}

impl IntoRender for Icon {
    type Output = AnyView;

    fn into_render(self) -> AnyView {
        view! {
            <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
                <path d=self.0></path>
            </svg>
        }
        .into_any()
    }
}

/// The mark of the service: two hills and the sun over them.
#[component]
pub(crate) fn Mark() -> impl IntoView {
    view! {
        <svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
            <path class="mark-ground" d=GROUND></path>
            <path class="mark-hills" d=HILLS></path>
            <path class="mark-sun" d=SUN></path>
        </svg>
    }
}

const GROUND: &str = "M9 0h14a9 9 0 0 1 9 9v14a9 9 0 0 1-9 9H9a9 9 0 0 1-9-9V9a9 9 0 0 1 9-9z";
const HILLS: &str = "M5 23c4-7 7-8.500 9.500-5.500 3-4.500 6-5.500 12.500 5.500z";
const SUN: &str = "M20 6.500a3.500 3.500 0 1 1 0 7 3.500 3.500 0 0 1 0-7z";
