//! Notes that only professionals see.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use omasote_types::ids::ThreadId;
use omasote_types::messages::{NewNote, Note};
use omasote_ui::announce::use_announcer;
use omasote_ui::form::{Form, ReasonField, SubmitButton};
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::messages::Moment;
use omasote_ui::remote::Remote;
use omasote_ui::session::use_session;
use omasote_ui::updates::use_updates;
use omasote_ui::view::{dynamic, text};

/// The notes on a thread and the field for another; only to be read where the matter is elsewhere.
#[component]
pub(super) fn Notes(id: ThreadId, is_read_only: Signal<bool>) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let notes = Remote::new(move || session.ask(async move |client| client.list_notes(id).await));
    use_updates().on_thread_change(id, move || notes.refresh());
    let title = text(move || match notes.get().map_or(0, |notes| notes.len()) {
        0 => i18n.text(Key::NOTES).to_owned(),
        count => format!("{} ({count})", i18n.text(Key::NOTES)),
    });
    let list = dynamic(move || {
        let notes = notes.get().unwrap_or_default().into_iter();
        let items: Vec<_> = notes.map(|note| view! { <NoteItem note /> }).collect();
        view! { <ul class="notes">{items}</ul> }.into_any()
    });
    let writing = dynamic(move || match is_read_only.get() {
        true => ().into_any(),
        false => view! { <NoteForm id notes /> }.into_any(),
    });
    view! {
        <details class="notes-all">
            <summary>{title}</summary>
            <p class="fine">{i18n.t(Key::NOTES_HIDDEN)}</p>
            {list}
            {writing}
        </details>
    }
}

#[component]
fn NoteItem(note: Note) -> impl IntoView {
    let Note { by, text, created_at, .. } = note;
    view! {
        <li>
            <p class="fine"><strong>{by.name}</strong> " " <Moment at=created_at /></p>
            <p class="message-text" dir="auto">{text}</p>
        </li>
    }
}

#[component]
fn NoteForm(id: ThreadId, notes: Remote<Vec<Note>>) -> impl IntoView {
    let (session, form, announcer) = (use_session(), Form::new(), use_announcer());
    let value = RwSignal::new(String::new());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let new = NewNote { text: value.get_untracked() };
        if form.accepts(new.validate()) {
            form.send(session.ask(async move |client| client.create_note(id, &new).await), move |_| {
                value.try_set(String::new());
                announcer.say(Key::NOTE_KEPT);
                notes.refresh();
            });
        }
    };
    view! {
        <form class="form" novalidate=true on:submit=submit>
            <ReasonField id="note-text" label=Key::NOTE_NEW value error=form.error_of("text") />
            <SubmitButton form label=Key::NOTE_KEEP />
        </form>
    }
}
