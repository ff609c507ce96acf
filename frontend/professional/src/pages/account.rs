//! The professional's own account.

use leptos::prelude::*;
use omasote_ui::focus::PageTitle;
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::sessions::OpenSessions;
use omasote_ui::view::text;

#[component]
pub(crate) fn AccountPage() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="page">
            <PageTitle text=text(move || i18n.text(Key::NAV_ACCOUNT).to_owned()) />
            <OpenSessions />
        </div>
    }
}
