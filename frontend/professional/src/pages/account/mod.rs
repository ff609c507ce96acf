//! The professional's own account.

mod absence;

use leptos::prelude::*;
use omasote_ui::chunk::Chunk;
use omasote_ui::focus::PageTitle;
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::sessions::OpenSessions;
use omasote_ui::view::text;

use super::notifications::lead_notifications;
use crate::chunks;

#[component]
pub(crate) fn AccountPage() -> impl IntoView {
    let i18n = use_i18n();
    let parts = Chunk::new(chunks::account_parts);
    view! {
        <div class="page">
            <PageTitle text=text(move || i18n.text(Key::NAV_ACCOUNT).to_owned()) />
            {absence::own_absence()}
            {lead_notifications()}
            {parts.show()}
            <OpenSessions />
        </div>
    }
}
