//! Working through the inbox by the keyboard: single keys, listed by "?".

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlElement};
use omasote_ui::i18n::{Key, use_i18n};

/// A key, what it is for, and the element that it presses or goes to.
const KEYS: [(&str, Key, &str); 8] = [
    ("t", Key::SHORTCUT_TAKE, "[data-shortcut=take] button"),
    ("r", Key::SHORTCUT_REPLY, "#message-text"),
    ("v", Key::TEMPLATES_CHOOSE, "[data-shortcut=template]"),
    ("g", Key::LINKS_ATTACH, "[data-shortcut=attach]"),
    ("f", Key::SHORTCUT_FORWARD, "[data-shortcut=forward]"),
    ("n", Key::SHORTCUT_NOTE, ".notes-all > summary"),
    ("d", Key::SHORTCUT_DONE, "[data-shortcut=done] button"),
    ("/", Key::SHORTCUT_SEARCH, "#inbox-search"),
];

/// Where a key is a letter that is written.
const FIELDS: &str = "input:not([type=checkbox], [type=radio]), textarea, select, dialog";

/// Listens for the keys, and shows what they are.
#[component]
pub(crate) fn Shortcuts() -> impl IntoView {
    let i18n = use_i18n();
    let dialog: NodeRef<html::Dialog> = NodeRef::new();
    let listener = window_event_listener(leptos::ev::keydown, move |event| press(&event, dialog));
    on_cleanup(move || listener.remove());
    let close = move |_| {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    let row = |keys: &'static str, what: Key| {
        view! { <div><dt><kbd>{keys}</kbd></dt><dd>{i18n.t(what)}</dd></div> }
    };
    view! {
        <dialog class="dialog shortcuts" node_ref=dialog aria-labelledby="shortcuts-title">
            <h2 class="ds-heading" data-size="xs" id="shortcuts-title">{i18n.t(Key::SHORTCUTS)}</h2>
            <dl>
                {row("j", Key::SHORTCUT_NEXT)}
                {row("k", Key::SHORTCUT_PREVIOUS)}
                {KEYS.map(|(key, what, _)| row(key, what)).collect_view()}
                {row("?", Key::SHORTCUTS)}
            </dl>
            <button type="button" class="ds-button" data-variant="secondary" on:click=close>
                {i18n.t(Key::SHORTCUTS_CLOSE)}
            </button>
        </dialog>
    }
}

fn press(event: &KeyboardEvent, dialog: NodeRef<html::Dialog>) {
    let is_combined = event.ctrl_key() || event.meta_key() || event.alt_key();
    if is_combined || event.default_prevented() || is_writing(event) {
        return;
    }
    let key = event.key();
    let done = match key.as_str() {
        "j" => go(1),
        "k" => go(-1),
        "?" => dialog.get_untracked().is_some_and(|dialog| dialog.show_modal().is_ok()),
        key => KEYS.iter().find(|(known, ..)| *known == key).is_some_and(|(.., target)| use_element(target)),
    };
    if done {
        event.prevent_default();
    }
}

/// Whether the key is meant for a field.
fn is_writing(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|element| element.closest(FIELDS).ok().flatten().is_some())
}

/// Goes to a row after or before the one that has the focus or is open, and opens it.
fn go(step: i32) -> bool {
    let Ok(rows) = document().query_selector_all(".inbox .row-link") else { return false };
    let links: Vec<HtmlElement> =
        (0..rows.length()).filter_map(|place| rows.item(place)?.dyn_into().ok()).collect();
    let is_here = |link: &HtmlElement| link.get_attribute("aria-current").as_deref() == Some("true");
    let here = links.iter().position(is_here).and_then(|place| i32::try_from(place).ok());
    let next = match here {
        Some(place) => place.saturating_add(step),
        None => 0,
    };
    let Some(link) = usize::try_from(next).ok().and_then(|place| links.get(place)) else { return false };
    let _ = link.focus();
    link.click();
    true
}

/// Presses a button, or goes to a field.
fn use_element(selector: &str) -> bool {
    let element = document().query_selector(selector).ok().flatten();
    let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) else {
        return false;
    };
    let _ = element.focus();
    if element.tag_name() != "TEXTAREA" {
        element.click();
    }
    true
}
