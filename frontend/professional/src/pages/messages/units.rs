//! The bar over the inbox: whose inbox it is, and the way to the others.

use leptos::prelude::*;
use omasote_types::messages::ThreadState;
use omasote_types::sessions::Me;
use omasote_types::units::UnitRef;
use omasote_ui::focus::PageTitle;
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::shell::UnreadBadge;
use omasote_ui::unread::use_unread;
use omasote_ui::view::text;

use super::inbox::use_desk;
use crate::paths;

#[component]
pub(super) fn UnitBar() -> impl IntoView {
    let (i18n, me, desk) = (use_i18n(), expect_context::<Me>(), use_desk());
    let here = me.units.iter().find(|unit| unit.id == desk.unit).map(|unit| unit.name.clone());
    let name = text(move || here.as_ref().map(|name| i18n.local(name)).unwrap_or_default());
    let choice = (me.units.len() > 1).then(|| view! { <UnitSwitch units=me.units /> });
    view! {
        <div class="unit-bar">
            <PageTitle text=name />
            {choice}
        </div>
    }
}

#[component]
fn UnitSwitch(units: Vec<UnitRef>) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <nav class="units" aria-label=i18n.t(Key::INBOX_UNITS)>
            <ul>{units.into_iter().map(|unit| view! { <UnitLink unit /> }).collect_view()}</ul>
        </nav>
    }
}

#[component]
fn UnitLink(unit: UnitRef) -> impl IntoView {
    let (i18n, unread, desk) = (use_i18n(), use_unread(), use_desk());
    let id = unit.id;
    let awaiting = Memo::new(move |_| unread.of_unit(id));
    let new_messages = Signal::derive(move || awaiting.get().map_or(0, |unit| unit.messages));
    let waiting = text(move || {
        let count = awaiting.get().map_or(0, |unit| unit.waiting_threads);
        i18n.counted(Key::INBOX_COUNT_ONE, Key::INBOX_COUNT_OTHER, count)
    });
    view! {
        <li>
            <a href=paths::inbox(id, ThreadState::Waiting) aria-current=(desk.unit == id).then_some("page")>
                <span class="unit-name">{text(move || i18n.local(&unit.name))} " " <UnreadBadge count=new_messages /></span>
                <span class="unit-waiting">{waiting}</span>
            </a>
        </li>
    }
}
