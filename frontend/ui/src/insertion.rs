//! Putting text into a field where the cursor stands, as if it were typed: what is written stays, and it can be undone.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlDocument, HtmlTextAreaElement};

/// Inserts a text at the cursor of the field of this id, and goes there.
pub fn insert_text(id: &str, text: &str) {
    if let Some(field) = find(id) {
        put(&field, text);
    }
}

/// The same for a text that stands apart from what is around it.
pub fn insert_paragraph(id: &str, text: &str) {
    if let Some(field) = find(id) {
        let (before, after) = around_cursor(&field);
        put(&field, &apart(&before, text, &after));
    }
}

fn find(id: &str) -> Option<HtmlTextAreaElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// Where the text goes: after what is selected, so that nothing is lost; at the end when that is not known.
fn cursor(field: &HtmlTextAreaElement) -> u32 {
    field.selection_end().ok().flatten().unwrap_or(u32::MAX)
}

/// What stands before and after the cursor. A browser counts in units of UTF-16.
fn around_cursor(field: &HtmlTextAreaElement) -> (String, String) {
    let units: Vec<u16> = field.value().encode_utf16().collect();
    let place = usize::try_from(cursor(field)).unwrap_or(units.len());
    let (before, after) = units.split_at_checked(place).unwrap_or((&units, &[]));
    (String::from_utf16_lossy(before), String::from_utf16_lossy(after))
}

fn put(field: &HtmlTextAreaElement, text: &str) {
    let place = cursor(field);
    let _ = field.focus();
    let _ = field.set_selection_range(place, place);
    // Every document of a browser's window is one of HTML. The command is old and the only one that can be undone.
    let typed = document().unchecked_ref::<HtmlDocument>().exec_command_with_show_ui_and_value(
        "insertText",
        false,
        text,
    );
    if typed != Ok(true) {
        let _ = field.set_range_text(text);
        let _ = Event::new("input").map(|event| field.dispatch_event(&event));
    }
}

/// `text` with an empty line between it and what stands before and after, where there is none.
fn apart(before: &str, text: &str, after: &str) -> String {
    let (before, after) = (before.trim_end_matches(' '), after.trim_start_matches(' '));
    let missing = |is_empty: bool, breaks: usize| match breaks {
        _ if is_empty => "",
        0 => "\n\n",
        1 => "\n",
        _ => "",
    };
    let ending = before.len() - before.trim_end_matches('\n').len();
    let beginning = after.len() - after.trim_start_matches('\n').len();
    let start = missing(before.trim().is_empty(), ending);
    let end = missing(after.trim().is_empty(), beginning);
    format!("{start}{text}{end}")
}

#[cfg(test)]
mod tests {
    use super::apart;

    #[test]
    fn an_empty_line_stands_between_what_was_written_and_what_is_inserted() {
        for (before, after, expected) in [
            ("", "", "X"),
            ("Hei", "", "\n\nX"),
            ("Hei ", "", "\n\nX"),
            ("Hei\n", "", "\nX"),
            ("Hei\n\n", "", "X"),
            ("", "Hei", "X\n\n"),
            ("Hei\n\n", "\nJa", "X\n"),
            ("\n", "", "X"),
        ] {
            assert_eq!(apart(before, "X", after), expected, "{before:?} {after:?}");
        }
    }
}
