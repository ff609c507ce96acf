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
    /// An envelope: messages.
    pub const ENVELOPE: Self = Self(
        "M4 5h16a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1zM3.500 6.500 12 13l8.500-6.500",
    );
    /// A tick: done.
    pub const TICK: Self = Self("M5 12.500 10 17.500 19 7");
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
