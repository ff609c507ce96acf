//! What the front page says to who is not reached: an address that is not good, or none.

use leptos::prelude::*;
use omasote_types::notifications::{Channel, ChannelChoice, NotificationSettings};
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::remote::Remote;
use omasote_ui::session::use_session;
use omasote_ui::view::optional;

use crate::paths;

/// Nothing while all is well, or while it is not known.
pub(crate) fn not_reached() -> AnyView {
    let session = use_session();
    let settings = Remote::new(move || session.ask(async |client| client.get_notification_settings().await));
    let problem = Memo::new(move |_| settings.with(problem_of).flatten());
    optional(move || Some(view! { <Card problem=problem.get()? /> }.into_any()))
}

/// What is wrong, in a word; none when the server sends nothing or the citizen wants nothing.
fn problem_of(settings: &NotificationSettings) -> Option<Key> {
    if settings.connected.is_empty() || settings.choice == ChannelChoice::None {
        return None;
    }
    let is_known = |channel: &Channel| match channel {
        Channel::Email => settings.email.is_some() && settings.choice.has(Channel::Email),
        Channel::Sms => settings.phone.is_some() && settings.choice.has(Channel::Sms),
    };
    match settings.troubles.first() {
        Some(trouble) if trouble.channel == Channel::Email => Some(Key::NOTIFICATIONS_FRONT_EMAIL),
        Some(_) => Some(Key::NOTIFICATIONS_FRONT_SMS),
        None => (!Channel::ALL.iter().any(is_known)).then_some(Key::NOTIFICATIONS_FRONT_NO_WAY),
    }
}

#[component]
fn Card(problem: Key) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="ds-alert" data-color="warning">
            <p>{i18n.t(problem)}</p>
            <p><a class="ds-link" href=paths::NOTIFICATIONS>{i18n.t(Key::NOTIFICATIONS_FRONT_OPEN)}</a></p>
        </div>
    }
}
