//! What a professional tells the citizen to do beside the text: each line is answered by itself.

use leptos::html;
use leptos::prelude::*;
use omasote_types::messages::{MAX_INSTRUCTION_CHARACTERS, MAX_INSTRUCTIONS};

use crate::i18n::{Key, use_i18n};
use crate::view::{dynamic, text};

/// The instructions that are being written.
#[derive(Clone, Copy)]
pub(super) struct ToldToDo {
    /// Counted, not owned: a line lives as long as it is in the list, whichever part of the page it was added from.
    lines: RwSignal<Vec<ArcRwSignal<String>>>,
}

impl ToldToDo {
    pub(super) fn new() -> Self {
        Self { lines: RwSignal::new(Vec::new()) }
    }

    /// What is written; empty lines are left out.
    pub(super) fn texts(self) -> Vec<String> {
        let lines = self.lines.get_untracked().into_iter();
        lines.map(|line| line.get_untracked()).filter(|line| !line.trim().is_empty()).collect()
    }

    /// The page may be gone by now.
    pub(super) fn clear(self) {
        self.lines.try_set(Vec::new());
    }

    /// The fields, and the button that adds one.
    pub(super) fn fields(self) -> AnyView {
        let i18n = use_i18n();
        let add = move |_| self.lines.update(|lines| lines.push(ArcRwSignal::new(String::new())));
        let rows = dynamic(move || {
            let lines = self.lines.get().into_iter().zip(1..);
            let rows: Vec<_> = lines.map(|(line, number)| self.row(line, number)).collect();
            view! { <div class="told">{rows}</div> }.into_any()
        });
        let has_room = Signal::derive(move || self.lines.with(Vec::len) < MAX_INSTRUCTIONS);
        let button = dynamic(move || match has_room.get() {
            true => view! {
                <button type="button" class="ds-button" data-variant="tertiary" data-size="sm" on:click=add>
                    {i18n.t(Key::INSTRUCTION_ADD)}
                </button>
            }
            .into_any(),
            false => ().into_any(),
        });
        view! { <div class="told-all">{rows} {button}</div> }.into_any()
    }

    fn row(self, line: ArcRwSignal<String>, number: usize) -> AnyView {
        let i18n = use_i18n();
        let id = format!("instruction-{number}");
        let field: NodeRef<html::Input> = NodeRef::new();
        if line.with_untracked(String::is_empty) {
            field.on_load(|field| drop(field.focus()));
        }
        let label = text(move || i18n.filled(Key::INSTRUCTION_NUMBER, &[("number", &number.to_string())]));
        let (written, removed) = (line.clone(), line.clone());
        let remove = move |_| self.lines.update(|lines| lines.retain(|other| *other != removed));
        view! {
            <div class="ds-field told-line">
                <label class="ds-label" for=id.clone()>{label}</label>
                <div class="told-field">
                    <input
                        class="ds-input"
                        id=id
                        node_ref=field
                        maxlength=MAX_INSTRUCTION_CHARACTERS.to_string()
                        prop:value=line
                        on:input=move |event| written.set(event_target_value(&event))
                    />
                    <button type="button" class="ds-button" data-variant="tertiary" data-size="sm" on:click=remove>
                        {i18n.t(Key::INSTRUCTION_REMOVE)}
                    </button>
                </div>
            </div>
        }
        .into_any()
    }
}
