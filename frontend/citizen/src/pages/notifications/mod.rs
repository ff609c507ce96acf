//! How the citizen is told that something waits for them: the settings, and a word on the front page when they are not.

mod card;

pub(crate) use card::not_reached;
use leptos::prelude::*;
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::notifications::Notifications;

use super::my_data::{BackToHub, TitleOf};

#[component]
pub(super) fn NotificationsPage() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="page">
            <BackToHub />
            <TitleOf key=Key::NOTIFICATIONS_TITLE />
            <p>{i18n.t(Key::NOTIFICATIONS_INTRO)}</p>
            <Notifications />
        </div>
    }
}
