//! What shows when an address leads nowhere.

use leptos::prelude::*;
use omasote_ui::focus::PageTitle;
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::view::text;

use crate::paths;

#[component]
pub(crate) fn NotFoundPage() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="page narrow">
            <PageTitle text=text(move || i18n.text(Key::NOT_FOUND_TITLE).to_owned()) />
            <p>{i18n.t(Key::NOT_FOUND_TEXT)}</p>
            <p>
                <a class="ds-link" href=paths::FRONT>{i18n.t(Key::NOT_FOUND_TO_INBOX)}</a>
            </p>
        </div>
    }
}
