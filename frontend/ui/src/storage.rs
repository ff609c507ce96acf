//! What the browser keeps for us: nothing secret, and nothing that matters when it is refused.

use leptos::prelude::window;
use web_sys::Storage;

/// How long the browser keeps something.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Lasting {
    /// Until the tab is closed.
    Tab,
    /// Until it is removed.
    Forever,
}

pub(crate) fn get(lasting: Lasting, key: &str) -> Option<String> {
    area(lasting)?.get_item(key).ok().flatten()
}

/// A full or refused storage is not an error: the app works without.
pub(crate) fn put(lasting: Lasting, key: &str, value: &str) {
    if let Some(area) = area(lasting) {
        let _ = area.set_item(key, value);
    }
}

pub(crate) fn remove(lasting: Lasting, key: &str) {
    if let Some(area) = area(lasting) {
        let _ = area.remove_item(key);
    }
}

/// Removes everything whose key begins with `prefix`.
pub(crate) fn remove_all(lasting: Lasting, prefix: &str) {
    let Some(area) = area(lasting) else { return };
    let count = area.length().unwrap_or_default();
    let keys: Vec<String> = (0..count).filter_map(|index| area.key(index).ok().flatten()).collect();
    for key in keys.iter().filter(|key| key.starts_with(prefix)) {
        let _ = area.remove_item(key);
    }
}

fn area(lasting: Lasting) -> Option<Storage> {
    let area = match lasting {
        Lasting::Tab => window().session_storage(),
        Lasting::Forever => window().local_storage(),
    };
    area.ok().flatten()
}
