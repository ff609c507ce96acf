//! A password for one sign-in, shown this once.

use leptos::prelude::*;
use omasote_types::accounts::FirstPassword;
use omasote_ui::clipboard::CopyButton;
use omasote_ui::focus::focus_id;
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::intl;
use omasote_ui::view::text;

#[component]
pub(super) fn ShownPassword(first: FirstPassword) -> impl IntoView {
    let i18n = use_i18n();
    let FirstPassword { password, expires_at } = first;
    let how = text(move || {
        let date = intl::day(i18n.language(), expires_at);
        i18n.filled(Key::ACCOUNTS_FIRST_PASSWORD_HOW, &[("date", &date)])
    });
    focus_id("first-password-title");
    view! {
        <div class="card form code-card">
            <h2 class="ds-heading" data-size="2xs" id="first-password-title" tabindex="-1">
                {i18n.t(Key::ACCOUNTS_FIRST_PASSWORD)}
            </h2>
            <p class="code" translate="no">{password.clone()}</p>
            <CopyButton text=password />
            <p>
                <strong>{i18n.t(Key::ACCOUNTS_FIRST_PASSWORD_ONCE)}</strong>
            </p>
            <p>{how}</p>
        </div>
    }
}
