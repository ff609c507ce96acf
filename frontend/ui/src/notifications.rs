//! How one is told outside the app that something waits: the settings, and what stands in the way of being told.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use omasote_types::error::{FieldError, FieldErrorCode};
use omasote_types::notifications::{
    Channel, ChannelChoice, ChannelTrouble, NotificationSettings, NotificationUpdate, QuietHours,
};

use crate::announce::use_announcer;
use crate::clock::use_clock;
use crate::form::{Form, LineField, RadioChoice, SubmitButton, Tick};
use crate::i18n::{Key, use_i18n};
use crate::intl;
use crate::loading::Loading;
use crate::remote::Remote;
use crate::session::use_session;
use crate::view::{dynamic, text};

/// When nothing is sent, until somebody says otherwise: nine in the evening to seven in the morning.
const NIGHT: QuietHours = QuietHours { from_minute: 21 * 60, to_minute: 7 * 60 };

/// One's own settings.
#[component]
pub fn Notifications() -> impl IntoView {
    let session = use_session();
    let settings = Remote::new(move || session.ask(async |client| client.get_notification_settings().await));
    let saved = Callback::new(move |()| settings.refresh());
    view! {
        <Loading data=settings rows=3 let:settings>
            <Situation settings />
            <SettingsForm settings=settings.get_untracked() on_saved=saved />
        </Loading>
    }
}

/// What stands in the way of being told.
#[component]
fn Situation(settings: Signal<NotificationSettings>) -> impl IntoView {
    let i18n = use_i18n();
    dynamic(move || {
        let NotificationSettings { connected, troubles, .. } = settings.get();
        let unconnected = connected.is_empty().then(|| {
            view! {
                <div class="ds-alert" data-color="info"><p>{i18n.t(Key::NOTIFICATIONS_NOT_CONNECTED)}</p></div>
            }
        });
        let troubles = troubles.into_iter().map(|trouble| view! { <Trouble trouble /> }).collect_view();
        view! { {unconnected} {troubles} }.into_any()
    })
}

#[component]
fn Trouble(trouble: ChannelTrouble) -> impl IntoView {
    let (i18n, clock) = (use_i18n(), use_clock());
    let key = match trouble.channel {
        Channel::Email => Key::NOTIFICATIONS_TROUBLE_EMAIL,
        Channel::Sms => Key::NOTIFICATIONS_TROUBLE_SMS,
    };
    let words =
        text(move || i18n.filled(key, &[("time", &intl::moment(i18n, trouble.at, clock.milliseconds()))]));
    view! { <div class="ds-alert" data-color="warning"><p>{words}</p></div> }
}

/// What is written.
#[derive(Clone, Copy)]
struct Written {
    email: RwSignal<String>,
    phone: RwSignal<String>,
    choice: RwSignal<String>,
    is_quiet: RwSignal<bool>,
    quiet_from: RwSignal<String>,
    quiet_to: RwSignal<String>,
}

impl Written {
    fn of(settings: NotificationSettings) -> Self {
        let quiet = settings.quiet_hours.unwrap_or(NIGHT);
        Self {
            email: RwSignal::new(settings.email.unwrap_or_default()),
            phone: RwSignal::new(settings.phone.unwrap_or_default()),
            choice: RwSignal::new(settings.choice.code().to_owned()),
            is_quiet: RwSignal::new(settings.quiet_hours.is_some()),
            quiet_from: RwSignal::new(write_minute(quiet.from_minute)),
            quiet_to: RwSignal::new(write_minute(quiet.to_minute)),
        }
    }

    /// What was written, or all that is wrong with it.
    fn read(self) -> Result<NotificationUpdate, Vec<FieldError>> {
        let chosen = self.choice.get_untracked();
        let choice = ChannelChoice::ALL.into_iter().find(|choice| choice.code() == chosen);
        let (mut quiet_hours, mut refused) = (None, Vec::new());
        if self.is_quiet.get_untracked() {
            let minutes =
                (read_minute(&self.quiet_from.get_untracked()), read_minute(&self.quiet_to.get_untracked()));
            match minutes {
                (Some(from_minute), Some(to_minute)) => {
                    quiet_hours = Some(QuietHours { from_minute, to_minute })
                }
                _ => refused
                    .push(FieldError { field: "quietHours".to_owned(), code: FieldErrorCode::InvalidFormat }),
            }
        }
        let update = NotificationUpdate {
            email: Some(self.email.get_untracked()),
            phone: Some(self.phone.get_untracked()),
            choice: choice.unwrap_or(ChannelChoice::Email),
            quiet_hours,
        };
        refused.extend(update.validate().err().unwrap_or_default());
        if refused.is_empty() { Ok(update) } else { Err(refused) }
    }
}

fn write_minute(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// The minute of a day that was written as hours and minutes, with a colon between; none when it is none.
#[must_use]
pub fn read_minute(text: &str) -> Option<u16> {
    let mut parts = text.split(':');
    let (hour, minute): (u16, u16) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

#[component]
fn SettingsForm(settings: NotificationSettings, on_saved: Callback<()>) -> impl IntoView {
    let (i18n, session, announcer) = (use_i18n(), use_session(), use_announcer());
    let (form, written) = (Form::new(), Written::of(settings));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let read = written.read();
        if !form.accepts(read.clone().map(drop)) {
            return;
        }
        let Ok(update) = read else { return };
        let answer = session.ask(async move |client| client.update_notification_settings(&update).await);
        form.send(answer, move |kept| {
            // As the server writes it.
            written.phone.try_set(kept.phone.unwrap_or_default());
            announcer.say(Key::NOTIFICATIONS_SAVED);
            on_saved.try_run(());
        });
    };
    let options = ChannelChoice::ALL.into_iter().map(|choice| {
        let words = text(move || i18n.text(words_of(choice)).to_owned());
        (choice.code().to_owned(), words)
    });
    view! {
        <form class="card form" novalidate=true on:submit=submit>
            <RadioChoice
                name="channels"
                label=Key::NOTIFICATIONS_CHOICE
                options=options.collect()
                chosen=written.choice
                error=form.error_of("choice")
            />
            <LineField
                id="email"
                label=Key::NOTIFICATIONS_EMAIL
                kind="email"
                autocomplete="email"
                value=written.email
                error=form.error_of("email")
                invalid=Key::NOTIFICATIONS_INVALID_EMAIL
            />
            <LineField
                id="phone"
                label=Key::NOTIFICATIONS_PHONE
                hint=Key::NOTIFICATIONS_PHONE_HINT
                kind="tel"
                autocomplete="tel"
                value=written.phone
                error=form.error_of("phone")
                invalid=Key::NOTIFICATIONS_INVALID_PHONE
            />
            <Tick
                id="quiet"
                label=Key::NOTIFICATIONS_QUIET
                is_on=written.is_quiet.into()
                on_change=Callback::new(move |is_on| written.is_quiet.set(is_on))
            />
            {dynamic(move || match written.is_quiet.get() {
                true => view! { <Quiet form written /> }.into_any(),
                false => ().into_any(),
            })}
            <SubmitButton form label=Key::NOTIFICATIONS_SAVE />
        </form>
    }
}

#[component]
fn Quiet(form: Form, written: Written) -> impl IntoView {
    let no_error = Signal::derive(|| None);
    view! {
        <div class="time-row">
            <LineField
                id="quiet-from"
                label=Key::NOTIFICATIONS_QUIET_FROM
                kind="time"
                value=written.quiet_from
                error=form.error_of("quietHours")
                invalid=Key::NOTIFICATIONS_INVALID_QUIET
            />
            <LineField
                id="quiet-to"
                label=Key::NOTIFICATIONS_QUIET_TO
                kind="time"
                value=written.quiet_to
                error=no_error
            />
        </div>
    }
}

const fn words_of(choice: ChannelChoice) -> Key {
    match choice {
        ChannelChoice::Email => Key::NOTIFICATIONS_CHOICE_EMAIL,
        ChannelChoice::Sms => Key::NOTIFICATIONS_CHOICE_SMS,
        ChannelChoice::Both => Key::NOTIFICATIONS_CHOICE_BOTH,
        ChannelChoice::None => Key::NOTIFICATIONS_CHOICE_NONE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_of_day_is_read_as_it_is_written() {
        for minute in [0, 59, 60, 1439] {
            assert_eq!(read_minute(&write_minute(minute)), Some(minute));
        }
        assert_eq!(read_minute("07:00:00"), Some(420), "as some browsers say it");
        for wrong in ["", "24:00", "12:60", "noon"] {
            assert_eq!(read_minute(wrong), None, "{wrong}");
        }
    }
}
