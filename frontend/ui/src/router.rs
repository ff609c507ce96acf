//! Addresses: which page they name, and moving between pages without loading the app again.
//!
//! Each app lists its pages as an enum in `paths.rs`, which reads and writes their addresses; here is only how the
//! browser's address, history and links go together with it. The first load is why it is so small.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlAnchorElement, MouseEvent};

/// The browser's address, as far as it is ours.
#[derive(Clone, Copy, Debug)]
pub struct Router {
    base: &'static str,
    path: RwSignal<String>,
    query: RwSignal<String>,
}

impl Router {
    /// Follows the address below `base`: links that are clicked, and the browser's own back and forward.
    pub(crate) fn provide(base: &'static str) {
        let router = Self { base, path: RwSignal::new(String::new()), query: RwSignal::new(String::new()) };
        router.read();
        provide_context(router);
        let _ = window_event_listener(ev::popstate, move |_| router.read());
        let _ = window_event_listener(ev::click, move |click| router.follow(&click));
    }

    /// The path of the address.
    #[must_use]
    pub fn path(self) -> String {
        self.path.get()
    }

    /// The value of a query parameter. Ours are plain words: nothing in them is encoded.
    #[must_use]
    pub fn query(self, name: &str) -> Option<String> {
        let query = self.query.get();
        let pairs = query.trim_start_matches('?').split('&');
        pairs
            .filter_map(|pair| pair.split_once('='))
            .find(|(other, _)| *other == name)
            .map(|(_, value)| value.to_owned())
    }

    /// The value of a query parameter that somebody else wrote, decoded.
    #[must_use]
    pub fn decoded_query(self, name: &str) -> Option<String> {
        let value = self.query(name)?.replace('+', " ");
        js_sys::decode_uri_component(&value).ok()?.as_string()
    }

    /// The path and the query of the address.
    #[must_use]
    pub fn address(self) -> String {
        format!("{}{}", self.path.get(), self.query.get())
    }

    /// Goes to an address of this app.
    pub fn go(self, address: &str) {
        self.change(address, false);
    }

    /// Goes to an address of this app in the place of the present one, which back does not lead to again.
    pub fn replace(self, address: &str) {
        self.change(address, true);
    }

    fn change(self, address: &str, is_replacing: bool) {
        let Ok(history) = window().history() else { return };
        let done = match is_replacing {
            true => history.replace_state_with_url(&JsValue::NULL, "", Some(address)),
            false => history.push_state_with_url(&JsValue::NULL, "", Some(address)),
        };
        if done.is_ok() {
            window().scroll_to_with_x_and_y(0.0, 0.0);
            self.read();
        }
    }

    fn read(self) {
        let location = window().location();
        let path = location.pathname().unwrap_or_default();
        // A change of the query alone leaves the page in its place.
        if self.path.with_untracked(|known| *known != path) {
            self.path.set(path);
        }
        self.query.set(location.search().unwrap_or_default());
    }

    /// Takes a plain click on a link of this app; all else is the browser's.
    fn follow(self, click: &MouseEvent) {
        let is_plain = click.button() == 0
            && !(click.meta_key() || click.ctrl_key() || click.shift_key() || click.alt_key());
        if click.default_prevented() || !is_plain {
            return;
        }
        let target = click.target().and_then(|target| target.dyn_into::<Element>().ok());
        let link = target.and_then(|target| target.closest("a[href]").ok().flatten());
        let Some(link) = link.and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok()) else { return };
        let is_ours = window().location().origin().is_ok_and(|origin| origin == link.origin())
            && link.pathname().starts_with(self.base)
            && link.hash().is_empty()
            && link.target().is_empty();
        if is_ours {
            click.prevent_default();
            self.go(&format!("{}{}", link.pathname(), link.search()));
        }
    }
}

/// The router set up at start.
#[must_use]
pub fn use_router() -> Router {
    expect_context()
}
