//! Where a keyboard or a screen reader finds itself after moving to another page: at its heading.

use leptos::html;
use leptos::prelude::*;
use web_sys::HtmlElement;

use crate::unread::use_unread;

/// Knows whether a page has been arrived at before: on the first, the browser's own place is right.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Arrival(StoredValue<bool>);

impl Arrival {
    pub(crate) fn provide() {
        provide_context(Self(StoredValue::new(false)));
    }

    fn at(self, heading: HtmlElement) {
        if self.0.get_value() {
            request_animation_frame(move || drop(heading.focus()));
        }
        self.0.set_value(true);
    }
}

/// The main heading of a page. Names the browser's tab, and takes the focus when the page is arrived at.
#[component]
pub fn PageTitle(
    /// The heading.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    let heading = focused_on_arrival();
    view! {
        <TabName text />
        <h1 class="ds-heading page-title" data-size="md" tabindex="-1" node_ref=heading>
            {text}
        </h1>
    }
}

/// The heading of a part of a page that is arrived at by itself, such as an opened conversation.
#[component]
pub fn PartTitle(
    /// The heading.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    let heading: NodeRef<html::H2> = NodeRef::new();
    let arrival = expect_context::<Arrival>();
    heading.on_load(move |heading| arrival.at(heading.into()));
    view! {
        <h2 class="ds-heading part-title" data-size="xs" tabindex="-1" node_ref=heading>
            {text}
        </h2>
    }
}

/// Names the browser's tab, with the number of unread messages before the name.
#[component]
pub fn TabName(
    /// What the page is about.
    text: Signal<String>,
) -> impl IntoView {
    let unread = use_unread();
    Effect::new(move |_| {
        let count = match unread.messages() {
            0 => String::new(),
            count => format!("({count}) "),
        };
        document().set_title(&format!("{count}{} – Omasote", text.get()));
    });
}

fn focused_on_arrival() -> NodeRef<html::H1> {
    let heading: NodeRef<html::H1> = NodeRef::new();
    let arrival = expect_context::<Arrival>();
    heading.on_load(move |heading| arrival.at(heading.into()));
    heading
}

/// Moves the focus to the element of this id, such as a field that has to be corrected.
pub fn focus_id(id: impl Into<std::borrow::Cow<'static, str>>) {
    let id = id.into();
    request_animation_frame(move || {
        use wasm_bindgen::JsCast;
        let element = document().get_element_by_id(&id);
        if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            let _ = element.focus();
        }
    });
}
