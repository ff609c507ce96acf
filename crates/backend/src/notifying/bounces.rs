//! What mail servers send back of an e-mail that could not be delivered after all (RFC 3464).

use mail_parser::{HeaderName, Message, MessageParser, MimeHeaders as _};
use omasote_types::ids::NoticeId;

/// The notice that has come back for good; none when it is only late, or the text is no such report.
#[must_use]
pub fn returned(report: &[u8]) -> Option<NoticeId> {
    let message = MessageParser::default().parse(report)?;
    let status = message.parts.iter().find(|part| {
        part.content_type().is_some_and(|kind| {
            kind.ctype().eq_ignore_ascii_case("message")
                && kind.subtype().is_some_and(|subtype| subtype.eq_ignore_ascii_case("delivery-status"))
        })
    })?;
    has_failed(std::str::from_utf8(status.contents()).ok()?).then(|| notice_of(&message)).flatten()
}

/// Whether a recipient has failed for good: its action says so, and its status is of the fifth class.
fn has_failed(fields: &str) -> bool {
    let lower = |text: &str| text.trim().to_ascii_lowercase();
    let pairs = fields.lines().filter_map(|line| line.split_once(':'));
    let all: Vec<(String, String)> = pairs.map(|(name, value)| (lower(name), lower(value))).collect();
    let has =
        |name: &str, is_so: &dyn Fn(&str) -> bool| all.iter().any(|(key, value)| key == name && is_so(value));
    has("action", &|value| value == "failed") && has("status", &|value| value.starts_with("5."))
}

/// The report was sent to the address that the notice was sent from, which tells which it was.
fn notice_of(message: &Message<'_>) -> Option<NoticeId> {
    let addresses =
        [HeaderName::To, HeaderName::Other("Delivered-To".into()), HeaderName::Other("X-Original-To".into())];
    addresses.into_iter().find_map(|header| {
        let value = message.header_raw(header)?;
        let (_, after) = value.split_once('+')?;
        after.split('@').next()?.parse().ok()
    })
}
