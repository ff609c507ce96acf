//! Parts of pages in few types. Every closure in a view is a type of its own, and the framework's code is compiled
//! once for each: gathered here into one type, it is compiled once.

use leptos::prelude::*;

/// A part of a page that is made anew when what it reads has changed.
pub fn dynamic(make: impl FnMut() -> AnyView + Send + 'static) -> AnyView {
    from_boxed(Box::new(make))
}

/// A part of a page that is there only sometimes.
pub fn optional(mut make: impl FnMut() -> Option<AnyView> + Send + 'static) -> AnyView {
    dynamic(move || make().unwrap_or_else(|| ().into_any()))
}

/// A text that follows what it reads.
pub fn text(make: impl Fn() -> String + Send + Sync + 'static) -> Signal<String> {
    Signal::derive(make)
}

/// An attribute that is there only sometimes.
pub fn flag(
    value: &'static str,
    is_there: impl Fn() -> bool + Send + Sync + 'static,
) -> Signal<Option<&'static str>> {
    Signal::derive(move || is_there().then_some(value))
}

/// "true" or "false", as the attributes of ARIA want it.
pub fn said(value: impl Into<Signal<bool>>) -> Signal<&'static str> {
    let value = value.into();
    Signal::derive(move || if value.get() { "true" } else { "false" })
}

fn from_boxed(mut make: Box<dyn FnMut() -> AnyView + Send>) -> AnyView {
    (move || make()).into_any()
}
