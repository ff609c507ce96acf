//! How clients are told that something waits for them, as the unit sees it, and how a lead is.

use leptos::prelude::*;
use omasote_types::ids::ThreadId;
use omasote_types::notifications::{Channel, ChannelTrouble, Notice, NoticeState, Reach};
use omasote_types::sessions::Me;
use omasote_ui::clock::use_clock;
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::intl;
use omasote_ui::notifications::Notifications;
use omasote_ui::remote::Remote;
use omasote_ui::session::use_session;
use omasote_ui::updates::use_updates;
use omasote_ui::view::{dynamic, text};

/// The settings of who leads a unit: to others nothing is sent.
pub(super) fn lead_notifications() -> Option<AnyView> {
    let i18n = use_i18n();
    let section = view! {
        <section class="part" aria-labelledby="notifications-title">
            <h2 class="ds-heading" data-size="xs" id="notifications-title">{i18n.t(Key::NOTIFICATIONS_TITLE)}</h2>
            <p>{i18n.t(Key::NOTIFICATIONS_INTRO_LEAD)}</p>
            <Notifications />
        </section>
    };
    (!expect_context::<Me>().leads.is_empty()).then(|| section.into_any())
}

/// Whether the client of a thread learns outside the app that there is something for them.
#[component]
pub(super) fn ReachLine(of: ThreadId) -> impl IntoView {
    let session = use_session();
    let reach = Remote::new(move || session.ask(async move |client| client.get_reach(of).await));
    use_updates().on_thread_change(of, move || reach.refresh());
    dynamic(move || match reach.with(Reach::clone) {
        Some(reach) if reach.is_connected => view! { <Told reach /> }.into_any(),
        Some(_) | None => ().into_any(),
    })
}

#[component]
fn Told(reach: Reach) -> impl IntoView {
    let (i18n, clock) = (use_i18n(), use_clock());
    let Reach { channels, told_proxies, troubles, last, .. } = reach;
    let has_no_way = channels.is_empty();
    let ways = match channels.as_slice() {
        [] => Key::REACH_BY_NONE,
        [Channel::Email] => Key::REACH_BY_EMAIL,
        [Channel::Sms] => Key::REACH_BY_SMS,
        [_, ..] => Key::REACH_BY_BOTH,
    };
    let words = text(move || {
        let trouble = troubles.first().map(|trouble| i18n.text(words_of(*trouble)).to_owned());
        let proxies = (told_proxies > 0)
            .then(|| i18n.counted(Key::REACH_PROXIES_ONE, Key::REACH_PROXIES_OTHER, told_proxies));
        let last = last.map(|notice| {
            let time = intl::moment(i18n, notice.at, clock.milliseconds());
            i18n.filled(key_of(notice), &[("time", &time)])
        });
        let all = [trouble, Some(i18n.text(ways).to_owned()), proxies, last];
        all.into_iter().flatten().collect::<Vec<_>>().join(" ")
    });
    let color = if has_no_way && told_proxies == 0 { "warning" } else { "neutral" };
    view! { <p class="fine reach" data-color=color>{words}</p> }
}

const fn words_of(trouble: ChannelTrouble) -> Key {
    match trouble.channel {
        Channel::Email => Key::REACH_TROUBLE_EMAIL,
        Channel::Sms => Key::REACH_TROUBLE_SMS,
    }
}

const fn key_of(notice: Notice) -> Key {
    match notice.state {
        NoticeState::Waiting => Key::REACH_WAITING,
        NoticeState::Failed => Key::REACH_FAILED,
        NoticeState::Sent | NoticeState::Dropped => Key::REACH_SENT,
    }
}
