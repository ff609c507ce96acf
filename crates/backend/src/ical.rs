//! iCalendar as RFC 5545 has it: content lines, folded and escaped, and no more of it than events need. Times are in UTC, which
//! every calendar understands and which needs no table of time zones.

use omasote_types::Instant;

/// How many octets a line has at most before it goes on in the next.
const LINE: usize = 75;
const PRODUCT: &str = "-//Omasote//Omasote//FI";
/// How often a calendar that asks may look for changes, as an ISO 8601 duration.
const REFRESH: &str = "PT6H";

/// Whether an event will be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// The citizen has not said that they come.
    Tentative,
    /// They have.
    Confirmed,
    /// It will not be.
    Cancelled,
}

impl Status {
    const fn name(self) -> &'static str {
        match self {
            Self::Tentative => "TENTATIVE",
            Self::Confirmed => "CONFIRMED",
            Self::Cancelled => "CANCELLED",
        }
    }
}

/// An event as a calendar shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The same for the same event, whatever becomes of it.
    pub uid: String,
    /// How often it has changed.
    pub sequence: u32,
    /// Whether it will be.
    pub status: Status,
    /// When it begins and ends.
    pub time: (Instant, Instant),
    /// When it was made and last changed.
    pub changed: (Instant, Instant),
    /// What it is called.
    pub summary: String,
    /// Where; left out when there is nothing.
    pub location: String,
    /// What there is to be known; left out when there is nothing.
    pub description: String,
    /// An address to open.
    pub url: String,
}

/// A calendar of one name with its events.
#[must_use]
pub fn write(name: &str, entries: &[Entry]) -> String {
    let mut lines = Lines(String::new());
    lines.add("BEGIN", "VCALENDAR");
    lines.add("VERSION", "2.0");
    lines.add("PRODID", PRODUCT);
    lines.add("CALSCALE", "GREGORIAN");
    lines.add("METHOD", "PUBLISH");
    lines.add("X-WR-CALNAME", &escape(name));
    lines.add("REFRESH-INTERVAL;VALUE=DURATION", REFRESH);
    lines.add("X-PUBLISHED-TTL", REFRESH);
    for entry in entries {
        lines.add_entry(entry);
    }
    lines.add("END", "VCALENDAR");
    lines.0
}

struct Lines(String);

impl Lines {
    fn add_entry(&mut self, entry: &Entry) {
        self.add("BEGIN", "VEVENT");
        self.add("UID", &escape(&entry.uid));
        self.add("SEQUENCE", &entry.sequence.to_string());
        self.add("STATUS", entry.status.name());
        self.add("DTSTART", &time(entry.time.0));
        self.add("DTEND", &time(entry.time.1));
        self.add("DTSTAMP", &time(entry.changed.1));
        self.add("CREATED", &time(entry.changed.0));
        self.add("LAST-MODIFIED", &time(entry.changed.1));
        self.add("CLASS", "PRIVATE");
        self.add("SUMMARY", &escape(&entry.summary));
        for (name, text) in [("LOCATION", &entry.location), ("DESCRIPTION", &entry.description)] {
            if !text.is_empty() {
                self.add(name, &escape(text));
            }
        }
        self.add("URL", &entry.url.replace(char::is_control, ""));
        self.add("END", "VEVENT");
    }

    /// Adds a content line, folded between characters where it is too long.
    fn add(&mut self, name: &str, value: &str) {
        let mut length = 0;
        for character in name.chars().chain([':']).chain(value.chars()) {
            if length + character.len_utf8() > LINE {
                self.0.push_str("\r\n ");
                length = 1;
            }
            self.0.push(character);
            length += character.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

/// The form of a time in UTC.
fn time(at: Instant) -> String {
    at.format("%Y%m%dT%H%M%SZ").to_string()
}

/// A text as a value: what has a meaning in one is escaped, and control characters, which may not be in one, are left out.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.replace("\r\n", "\n").replace('\r', "\n").chars() {
        match character {
            '\\' | ';' | ',' => escaped.extend(['\\', character]),
            '\n' => escaped.push_str("\\n"),
            '\t' => escaped.push('\t'),
            other if other.is_control() => {}
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn unfolded(text: &str) -> Vec<String> {
        text.replace("\r\n ", "").split_terminator("\r\n").map(str::to_owned).collect()
    }

    fn entry(summary: &str, description: &str) -> Entry {
        let at = |seconds: i64| Instant::from_timestamp(1_796_000_000 + seconds, 5).unwrap();
        Entry {
            uid: "01890a5d-ac96-774b-bcce-b302099a8057".to_owned(),
            sequence: 2,
            status: Status::Confirmed,
            time: (at(86_400), at(88_200)),
            changed: (at(0), at(60)),
            summary: summary.to_owned(),
            location: String::new(),
            description: description.to_owned(),
            url: "https://omasote.example".to_owned(),
        }
    }

    #[test]
    fn texts_are_escaped_and_times_are_in_utc() {
        let written = write("Omasote", &[entry("Mittaus; lääkäri, huone 2\\3", "Ensin\r\nsitten\u{7}")]);
        let lines = unfolded(&written);
        let has = |line: &str| assert!(lines.iter().any(|found| found == line), "{line} in {written}");
        has("SUMMARY:Mittaus\\; lääkäri\\, huone 2\\\\3");
        has("DESCRIPTION:Ensin\\nsitten");
        has("DTSTART:20261201T005320Z");
        has("SEQUENCE:2");
        assert!(!written.contains("LOCATION"), "what there is nothing of is left out");
    }

    proptest! {
        #[test]
        fn lines_are_short_end_as_they_must_and_come_together_again(text in ".{0,300}") {
            let written = write(&text, &[entry(&text, &text)]);
            prop_assert!(written.ends_with("END:VCALENDAR\r\n"));
            for line in written.split_terminator("\r\n") {
                prop_assert!(line.len() <= LINE && !line.is_empty(), "{line:?}");
                prop_assert!(!line.contains(['\r', '\n']));
            }
            let summary = format!("SUMMARY:{}", escape(&text));
            prop_assert!(unfolded(&written).contains(&summary));
        }
    }
}
