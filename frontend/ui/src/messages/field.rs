//! The field a message is written in, and what stands by it: how much room is left, and what is wrong.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use omasote_client::ClientError;
use omasote_types::error::FieldErrorCode;
use omasote_types::messages::MAX_MESSAGE_CHARACTERS;

use super::linking::Linking;
use crate::drafts::Draft;
use crate::errors;
use crate::i18n::{I18n, Key, use_i18n};
use crate::intl;
use crate::session::use_session;
use crate::view::{optional, said, text};

/// The id of the field of a message.
pub const MESSAGE_FIELD: &str = "message-text";

/// What is written, and what it is to lead to.
#[derive(Clone, Copy, Debug)]
pub struct Written {
    /// The text.
    pub draft: Draft,
    /// The links.
    pub links: Linking,
}

/// What stands by the field to help with writing; made of what is written.
pub type FieldTools = Callback<Written, AnyView>;

/// From how few characters on the room left is told.
const TELL_ROOM_BELOW: usize = 1_000;

/// The field.
#[component]
pub fn MessageField(
    /// Its id, by which it is focused.
    id: &'static str,
    /// What it is called.
    label: Key,
    /// Where the text is kept.
    draft: Draft,
    /// Why the text was refused.
    error: Signal<Option<FieldErrorCode>>,
    /// Sends, by the keyboard.
    on_submit: Callback<()>,
) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let write = move |event| {
        draft.write(event_target_value(&event));
        session.stay();
    };
    let (error_id, room_id) = (format!("{id}-error"), format!("{id}-room"));
    let described_by = format!("{error_id} {room_id}");
    let is_refused = Signal::derive(move || error.get().is_some());
    let explained = text(move || error.get().map(|code| explain(i18n, code)).unwrap_or_default());
    let room = text(move || room_left(i18n, &draft.text()).unwrap_or_default());
    let submit = move |event: KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            on_submit.run(());
        }
    };
    view! {
        <div class="ds-field message-field">
            <label class="ds-label" for=id>{i18n.t(label)}</label>
            <textarea
                class="ds-input"
                id=id
                rows="4"
                dir="auto"
                aria-invalid=said(is_refused)
                aria-describedby=described_by
                prop:value=text(move || draft.text())
                on:input=write
                on:keydown=submit
            ></textarea>
            <p class="ds-validation-message" id=error_id hidden=Signal::derive(move || !is_refused.get())>
                {explained}
            </p>
            <p class="room" id=room_id>{room}</p>
        </div>
    }
}

/// Says that sending failed, and that nothing was lost by it.
#[component]
pub fn SendFailure(
    /// Why.
    error: Signal<Option<ClientError>>,
) -> impl IntoView {
    let i18n = use_i18n();
    optional(move || {
        let explained = errors::explain(&error.get()?);
        let failure = view! {
            <div class="ds-alert" data-color="danger" role="alert">
                <p>{i18n.t(explained)}</p>
                <p>{i18n.t(Key::MESSAGES_TEXT_KEPT)}</p>
            </div>
        };
        Some(failure.into_any())
    })
}

fn explain(i18n: I18n, code: FieldErrorCode) -> String {
    match code {
        FieldErrorCode::Required => i18n.text(Key::MESSAGES_TEXT_REQUIRED).to_owned(),
        other => i18n.text(errors::explain_field(other)).to_owned(),
    }
}

/// How much may still be written, once the end is near.
fn room_left(i18n: I18n, text: &str) -> Option<String> {
    let written = text.chars().count();
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let number = |characters| intl::number(i18n.language(), f64::from(count(characters)));
    match MAX_MESSAGE_CHARACTERS.checked_sub(written) {
        Some(TELL_ROOM_BELOW..) => None,
        Some(left) => Some(i18n.filled(Key::MESSAGES_ROOM_LEFT, &[("count", &number(left))])),
        None => {
            let over = number(written.saturating_sub(MAX_MESSAGE_CHARACTERS));
            Some(i18n.filled(Key::MESSAGES_ROOM_OVER, &[("count", &over)]))
        }
    }
}
