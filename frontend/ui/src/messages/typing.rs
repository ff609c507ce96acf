//! Who is writing an answer: told to colleagues while somebody writes, and shown to them for a few seconds.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use omasote_types::ids::{ProfessionalId, ThreadId, UnitId};
use omasote_types::page::{MAX_LIMIT, PageQuery};
use omasote_types::sessions::PersonId;
use omasote_types::updates::Update;

use crate::drafts::Draft;
use crate::i18n::{Key, use_i18n};
use crate::remote::Remote;
use crate::session::{Session, use_session};
use crate::updates::use_updates;
use crate::view::optional;

/// How often it is told at most.
const TELL_EVERY: Duration = Duration::from_secs(4);
/// How long it is shown after it was told.
const SHOWN_FOR: Duration = Duration::from_secs(7);

/// Tells the colleagues as long as the text changes.
pub(super) fn tell_while_writing(session: Session, thread: ThreadId, draft: Draft) {
    let is_told = StoredValue::new(false);
    Effect::new(move |before: Option<String>| {
        let text = draft.text();
        let is_written = before.is_some_and(|before| before != text) && !text.is_empty();
        if is_written && !is_told.get_value() {
            is_told.set_value(true);
            set_timeout(move || is_told.try_set_value(false).map_or((), |_| ()), TELL_EVERY);
            // That a colleague does not hear of it is no reason to say anything.
            spawn_local(async move {
                let _ = session.ask(async move |client| client.tell_typing(thread).await).await;
            });
        }
        text
    });
}

/// Names the colleague who is writing an answer to the thread just now.
#[component]
pub fn Typists(
    /// The thread.
    thread: ThreadId,
    /// The unit that has it.
    unit: UnitId,
) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let who = RwSignal::new(None::<ProfessionalId>);
    let last = StoredValue::new(0_u32);
    use_updates().listen(move |update| {
        let Update::Typing { thread_id, professional_id, .. } = update else { return };
        let is_self = session.person_now() == Some(PersonId::Professional(professional_id));
        if thread_id != thread || is_self {
            return;
        }
        who.set(Some(professional_id));
        last.update_value(|last| *last = last.wrapping_add(1));
        let told = last.get_value();
        let end = move || {
            if last.try_get_value() == Some(told) {
                who.try_set(None);
            }
        };
        set_timeout(end, SHOWN_FOR);
    });
    let words = move || {
        let id = who.get()?;
        Some(view! { <Name id unit /> }.into_any())
    };
    view! { <p class="typing fine" role="status" aria-label=i18n.t(Key::TYPING)>{optional(words)}</p> }
}

#[component]
fn Name(id: ProfessionalId, unit: UnitId) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let page = PageQuery { limit: Some(MAX_LIMIT), ..PageQuery::default() };
    let members = Remote::new(move || {
        let page = page.clone();
        session.ask(async move |client| client.list_unit_members(unit, &page).await)
    });
    optional(move || {
        let name = members.get()?.items.into_iter().find(|member| member.id == id)?.name;
        Some(view! { <span>{i18n.filled(Key::TYPING_NAME, &[("name", &name)])}</span> }.into_any())
    })
}
