//! Keeping in view what the reader looks at while things are added around it.

use leptos::prelude::*;
use web_sys::{Element, ScrollIntoViewOptions, ScrollLogicalPosition};

/// Brings an element into view with as little movement as it takes.
pub(crate) fn bring_into_view(id: String) {
    request_animation_frame(move || {
        if let Some(element) = document().get_element_by_id(&id) {
            let options = ScrollIntoViewOptions::new();
            options.set_block(ScrollLogicalPosition::Nearest);
            element.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
}

/// Whether any part of an element is inside the window.
pub(crate) fn is_in_view(id: &str) -> bool {
    let Some(element) = document().get_element_by_id(id) else { return false };
    let height = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or_default();
    let place = element.get_bounding_client_rect();
    place.bottom() > 0.0 && place.top() < height
}

/// Remembers where an element is; what is returned puts it back there after things were added before it.
pub(crate) fn hold_in_place(id: String) -> impl FnOnce() + 'static {
    let top_of =
        |id: &str| document().get_element_by_id(id).map(|element| element.get_bounding_client_rect().top());
    let before = top_of(&id);
    move || {
        request_animation_frame(move || {
            let (Some(before), Some(after)) = (before, top_of(&id)) else { return };
            match document().get_element_by_id(&id).and_then(|element| scrolling_parent(&element)) {
                Some(parent) => {
                    parent.set_scroll_top(parent.scroll_top().saturating_add(whole(after - before)))
                }
                None => window().scroll_by_with_x_and_y(0.0, after - before),
            }
        });
    }
}

/// The pane that scrolls around an element, when it is not the window itself.
fn scrolling_parent(element: &Element) -> Option<Element> {
    let pane = element.closest(".scrolls").ok().flatten()?;
    (pane.scroll_height() > pane.client_height()).then_some(pane)
}

#[expect(clippy::as_conversions, clippy::cast_possible_truncation, reason = "a distance on a screen")]
fn whole(distance: f64) -> i32 {
    distance.round() as i32
}
