//! A form as it is built: what it says now, which language is written, which part is open.

use leptos::prelude::*;
use omasote_rules::questionnaires::{Prepared, Problem};
use omasote_types::language::{Language, LocalText};
use omasote_types::questionnaires::{Form, Item};
use omasote_ui::clock::use_clock;
use omasote_ui::focus::focus_id;

use super::tree;

/// Fields are made with what the form says and write into it; they are made anew when `shape` or the language changes.
#[derive(Clone, Copy)]
pub(super) struct Draft {
    pub(super) form: RwSignal<Form>,
    /// The language that is written.
    pub(super) language: RwSignal<Language>,
    /// The link id of the item, or the code of the score or alert, that is open.
    pub(super) open: RwSignal<Option<String>>,
    /// Counts the changes that add, move or take something away.
    shape: RwSignal<u32>,
    /// Where new names begin: a count that grows with time, so that no name comes back.
    seed: u64,
    /// What stands in the way of publishing.
    pub(super) problems: Memo<Vec<Problem>>,
}

impl Draft {
    pub(super) fn new(form: Form, language: Language) -> Self {
        let form = RwSignal::new(form);
        let problems = Memo::new(move |_| match Prepared::new(form.get()) {
            Ok(prepared) => prepared.unpublishable(),
            Err(problems) => problems,
        });
        Self {
            form,
            language: RwSignal::new(language),
            open: RwSignal::new(None),
            shape: RwSignal::new(0),
            seed: u64::try_from(untrack(|| use_clock().now().timestamp())).unwrap_or_default(),
            problems,
        }
    }

    /// Makes what reads it be made anew when something is added, moved or taken away.
    pub(super) fn follow_shape(self) {
        let _ = self.shape.get();
    }

    /// A name that nothing in the form has.
    pub(super) fn fresh(self) -> String {
        self.form.with_untracked(|form| tree::fresh(form, self.seed))
    }

    /// Writes into an item.
    pub(super) fn write_item(self, link_id: &str, write: impl FnOnce(&mut Item)) {
        self.form.update(|form| {
            if let Some(item) = tree::find_mut(&mut form.items, link_id) {
                write(item);
            }
        });
    }

    /// An item as it is now.
    pub(super) fn item(self, link_id: &str) -> Option<Item> {
        self.form.with_untracked(|form| tree::find(&form.items, link_id).cloned())
    }

    /// Adds, moves or takes something away, and goes to a field.
    pub(super) fn reshape(self, change: impl FnOnce(&mut Form), focus: String) {
        self.form.update(change);
        self.shape.update(|shape| *shape = shape.wrapping_add(1));
        // The fields are made anew first.
        request_animation_frame(move || focus_id(focus));
    }
}

/// The text of a language, to be written.
pub(super) fn text_mut(text: &mut LocalText, language: Language) -> &mut String {
    match language {
        Language::Fi => &mut text.fi,
        Language::Sv => &mut text.sv,
        Language::En => &mut text.en,
    }
}
