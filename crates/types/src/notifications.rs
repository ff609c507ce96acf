//! How people are told outside the apps that something waits for them: by e-mail or text message, never with what it is about.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::error::{FieldError, FieldErrorCode};
use crate::validation::Validation;

/// How many characters an e-mail address may hold (RFC 5321).
pub const MAX_EMAIL_CHARACTERS: usize = 254;
/// How many minutes a day has.
const DAY_MINUTES: u16 = 24 * 60;

/// A way outside the apps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// E-mail.
    Email,
    /// Text message.
    Sms,
}

impl Channel {
    /// Every way.
    pub const ALL: [Self; 2] = [Self::Email, Self::Sms];

    /// The code as it stands on the wire.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Sms => "sms",
        }
    }
}

/// By which ways somebody wants to be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ChannelChoice {
    /// By e-mail.
    Email,
    /// By text message.
    Sms,
    /// By both.
    Both,
    /// By none: they look into the app themselves.
    None,
}

impl ChannelChoice {
    /// Every choice.
    pub const ALL: [Self; 4] = [Self::Email, Self::Sms, Self::Both, Self::None];

    /// The code as it stands on the wire.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Sms => "sms",
            Self::Both => "both",
            Self::None => "none",
        }
    }

    /// Whether it takes in a way.
    #[must_use]
    pub const fn has(self, channel: Channel) -> bool {
        match channel {
            Channel::Email => matches!(self, Self::Email | Self::Both),
            Channel::Sms => matches!(self, Self::Sms | Self::Both),
        }
    }
}

/// The part of the day, by the clock in Finland, in which nothing is sent. It may go over midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct QuietHours {
    /// Minutes from midnight to their beginning.
    #[cfg_attr(feature = "server", schema(minimum = 0, maximum = 1439))]
    pub from_minute: u16,
    /// Minutes from midnight to their end; another one than the beginning.
    #[cfg_attr(feature = "server", schema(minimum = 0, maximum = 1439))]
    pub to_minute: u16,
}

/// A way by which somebody wants to be told, and was not reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ChannelTrouble {
    /// The way.
    pub channel: Channel,
    /// When it came back.
    #[serde(deserialize_with = "crate::wire::instant")]
    pub at: DateTime<Utc>,
}

/// How somebody is told outside the apps that something waits for them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct NotificationSettings {
    /// The e-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The telephone number for text messages, as `+` and digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// By which ways. Until it is chosen: by e-mail when an address is known, otherwise by text message.
    pub choice: ChannelChoice,
    /// When nothing is sent; what comes up meanwhile is told afterwards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quiet_hours: Option<QuietHours>,
    /// Chosen ways that do not reach the person. They are not tried again until the settings are saved anew.
    pub troubles: Vec<ChannelTrouble>,
    /// The ways that this server can use.
    pub connected: Vec<Channel>,
}

/// What the settings are to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NotificationUpdate {
    /// The e-mail address, of ASCII characters: required when it is chosen.
    #[cfg_attr(feature = "server", schema(max_length = 254))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The telephone number for text messages: required when they are chosen. A number without a country code is Finnish; spaces,
    /// hyphens and brackets are left out.
    #[cfg_attr(feature = "server", schema(max_length = 40))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// By which ways.
    pub choice: ChannelChoice,
    /// When nothing is sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quiet_hours: Option<QuietHours>,
}

impl NotificationUpdate {
    /// The form and the server ask the same question. What is left empty is not there.
    ///
    /// # Errors
    /// The refused fields.
    pub fn validate(&self) -> Result<(), Vec<FieldError>> {
        let mut validation = Validation::new();
        for (field, value, channel) in
            [("email", &self.email, Channel::Email), ("phone", &self.phone, Channel::Sms)]
        {
            match filled(value.as_deref()) {
                None if self.choice.has(channel) => validation.refuse(field, FieldErrorCode::Required),
                Some(text) if !is_address(channel, text) => {
                    validation.refuse(field, FieldErrorCode::InvalidFormat);
                }
                None | Some(_) => {}
            }
        }
        if self.quiet_hours.is_some_and(|quiet| !is_part_of_a_day(quiet)) {
            validation.refuse("quietHours", FieldErrorCode::InvalidFormat);
        }
        validation.finish()
    }
}

fn is_address(channel: Channel, text: &str) -> bool {
    match channel {
        Channel::Email => is_email(text),
        Channel::Sms => to_phone(text).is_some(),
    }
}

/// What a field holds, unless it is nothing.
#[must_use]
pub fn filled(value: Option<&str>) -> Option<&str> {
    value.map(str::trim).filter(|text| !text.is_empty())
}

const fn is_part_of_a_day(quiet: QuietHours) -> bool {
    quiet.from_minute < DAY_MINUTES && quiet.to_minute < DAY_MINUTES && quiet.from_minute != quiet.to_minute
}

/// Whether it has the form of an e-mail address that any mail server takes (RFC 5321, without quoted names and address literals).
#[must_use]
pub fn is_email(text: &str) -> bool {
    let Some((name, domain)) = text.rsplit_once('@') else { return false };
    let is_of_name = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.".contains(&byte);
    let is_name = (1..=64).contains(&name.len())
        && name.bytes().all(is_of_name)
        && name.split('.').all(|part| !part.is_empty());
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    text.len() <= MAX_EMAIL_CHARACTERS && is_name && domain.contains('.') && domain.split('.').all(is_label)
}

/// A telephone number as `+` and digits (E.164); none when it is none. One without a country code is Finnish.
#[must_use]
pub fn to_phone(text: &str) -> Option<String> {
    let bare: String =
        text.chars().filter(|character| !matches!(character, ' ' | '-' | '(' | ')' | '\u{a0}')).collect();
    let digits = match bare.strip_prefix('+').or_else(|| bare.strip_prefix("00")) {
        Some(international) => international.to_owned(),
        None => format!("358{}", bare.strip_prefix('0')?),
    };
    let is_number = (8..=15).contains(&digits.len())
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && !digits.starts_with('0');
    is_number.then(|| format!("+{digits}"))
}

/// What became of telling somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum NoticeState {
    /// It is sent in a moment, or after the quiet hours.
    Waiting,
    /// It is on its way: the mail server or the gateway has taken it.
    Sent,
    /// It did not reach them.
    Failed,
    /// It was not needed any more: they had read what it would have told of.
    Dropped,
}

impl NoticeState {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Waiting, Self::Sent, Self::Failed, Self::Dropped];

    /// The code as it stands on the wire.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::Failed => "failed",
            Self::Dropped => "dropped",
        }
    }
}

/// That somebody was told, or is to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Notice {
    /// By which way.
    pub channel: Channel,
    /// What became of it.
    pub state: NoticeState,
    /// When that was; while it waits, when it came up.
    #[serde(deserialize_with = "crate::wire::instant")]
    pub at: DateTime<Utc>,
}

/// Whether a citizen learns outside the app that there is something for them: what a unit needs to know, without any address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Reach {
    /// The ways that reach the citizen themself.
    pub channels: Vec<Channel>,
    /// How many of those who act for them are told by some way.
    pub told_proxies: u32,
    /// Chosen ways that do not reach the citizen.
    pub troubles: Vec<ChannelTrouble>,
    /// The last time that they or somebody for them was told, or is to be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<Notice>,
    /// Whether this server tells anybody at all.
    pub is_connected: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_the_usual_form_are_good() {
        for good in ["aino@esimerkki.fi", "aino.k+sote@posti.esimerkki.fi", "a@b.co", "o'neil@x-y.org"] {
            assert!(is_email(good), "{good}");
        }
        let long = format!("{}@esimerkki.fi", "a".repeat(65));
        for bad in [
            "",
            "aino",
            "aino@",
            "@esimerkki.fi",
            "aino@esimerkki",
            "aino@@esimerkki.fi",
            "ai no@esimerkki.fi",
            ".aino@esimerkki.fi",
            "aino@-esimerkki.fi",
            "aino@esimerkki..fi",
            "äinö@esimerkki.fi",
            "aino@esimerkki.fi\r\nBcc: b@c.fi",
            "\"aino\"@esimerkki.fi",
            &long,
        ] {
            assert!(!is_email(bad), "{bad}");
        }
    }

    #[test]
    fn a_number_is_kept_with_its_country() {
        for (written, kept) in [
            ("040 123 4567", Some("+358401234567")),
            ("(050) 123-4567", Some("+358501234567")),
            ("+46 70 123 45 67", Some("+46701234567")),
            ("00358401234567", Some("+358401234567")),
            ("1234", None),
            ("040 12a", None),
            ("+0401234567", None),
            ("+", None),
            ("", None),
        ] {
            assert_eq!(to_phone(written).as_deref(), kept, "{written}");
        }
    }

    #[test]
    fn what_is_chosen_must_be_there_and_what_is_there_must_be_good() {
        let update = |email: &str, phone: &str, choice| NotificationUpdate {
            email: Some(email.to_owned()),
            phone: Some(phone.to_owned()),
            choice,
            quiet_hours: None,
        };
        let refused = |update: NotificationUpdate| {
            let errors = update.validate().err().unwrap_or_default();
            errors.into_iter().map(|error| (error.field, error.code)).collect::<Vec<_>>()
        };
        let of = |field: &str, code| (field.to_owned(), code);
        assert_eq!(refused(update("aino@esimerkki.fi", "", ChannelChoice::Email)), []);
        assert_eq!(refused(update("", "", ChannelChoice::None)), []);
        assert_eq!(
            refused(update("", "", ChannelChoice::Both)),
            [of("email", FieldErrorCode::Required), of("phone", FieldErrorCode::Required)]
        );
        assert_eq!(
            refused(update("aino", " ", ChannelChoice::None)),
            [of("email", FieldErrorCode::InvalidFormat)]
        );
        let quiet = |from_minute, to_minute| NotificationUpdate {
            quiet_hours: Some(QuietHours { from_minute, to_minute }),
            ..update("", "", ChannelChoice::None)
        };
        assert_eq!(refused(quiet(22 * 60, 7 * 60)), []);
        for (from, to) in [(60, 60), (1440, 60), (0, 1440)] {
            assert_eq!(refused(quiet(from, to)), [of("quietHours", FieldErrorCode::InvalidFormat)]);
        }
    }
}
