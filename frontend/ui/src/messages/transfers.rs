//! How a thread came from unit to unit, in words.

use leptos::prelude::*;
use omasote_types::ids::ThreadId;
use omasote_types::messages::{Thread, Transfer, TransferKind};

use super::moments::Moment;
use crate::i18n::{Key, use_i18n};
use crate::remote::Remote;
use crate::session::use_session;
use crate::view::{dynamic, text};

/// The moves of a thread, oldest first; nothing while it is where it began.
#[component]
pub fn Transfers(
    /// The thread.
    thread: Signal<Thread>,
) -> impl IntoView {
    let id = thread.with_untracked(|thread| thread.id);
    let moves = Memo::new(move |_| thread.with(|thread| thread.moves));
    dynamic(move || match moves.get() {
        0 => ().into_any(),
        _ => view! { <Chain id /> }.into_any(),
    })
}

#[component]
fn Chain(id: ThreadId) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let moves = Remote::new(move || session.ask(async move |client| client.list_transfers(id).await));
    dynamic(move || {
        let items = moves.get().unwrap_or_default().into_iter().map(|one| view! { <Move one /> });
        let items: Vec<_> = items.collect();
        let label = i18n.text(Key::TRANSFERS);
        view! { <ul class="transfers" aria-label=label>{items}</ul> }.into_any()
    })
}

#[component]
fn Move(one: Transfer) -> impl IntoView {
    let i18n = use_i18n();
    let Transfer { kind, from, to, reason, at, by, .. } = one;
    let key = match kind {
        TransferKind::Forward => Key::TRANSFER_FORWARD,
        TransferKind::Return => Key::TRANSFER_RETURN,
    };
    let words =
        text(move || i18n.filled(key, &[("from", &i18n.local(&from.name)), ("to", &i18n.local(&to.name))]));
    let why = text(move || i18n.filled(Key::TRANSFER_REASON, &[("reason", &reason)]));
    let who = by.map(|by| view! { <span>" · " {by.name}</span> });
    view! {
        <li>
            <p><strong>{words}</strong></p>
            <p class="fine"><Moment at /> {who}</p>
            <p>{why}</p>
        </li>
    }
}
