//! What is known of the citizen: who has used it, and where the citizen is signed in.

use leptos::prelude::*;
use omasote_ui::focus::PageTitle;
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::sessions::OpenSessions;
use omasote_ui::view::text;

use super::audit::AccessLog;

#[component]
pub(crate) fn MyDataPage() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="page">
            <PageTitle text=text(move || i18n.text(Key::NAV_MY_DATA).to_owned()) />
            <OpenSessions />
            <AccessLog />
        </div>
    }
}
