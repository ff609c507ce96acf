//! Opening hours as people read and write them.

use omasote_types::units::{OpeningBlock, OpeningSpan};

/// Weekdays in a row that have the same hours, so that "Mon–Fri 8–16" is one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpeningLine {
    /// The first ISO weekday.
    pub first_weekday: u8,
    /// The last ISO weekday, the first itself when there is just one.
    pub last_weekday: u8,
    /// Opening and closing minute of each block of these days, in order.
    pub blocks: Vec<(u16, u16)>,
}

/// Gathers opening blocks into lines, in the order of the week. Days that are closed have no line.
#[must_use]
pub fn opening_lines(hours: &[OpeningBlock]) -> Vec<OpeningLine> {
    let mut lines: Vec<OpeningLine> = Vec::new();
    for weekday in 1..=7 {
        let on_day = hours.iter().filter(|block| block.weekday == weekday);
        let mut blocks: Vec<(u16, u16)> =
            on_day.map(|block| (block.opens_minute, block.closes_minute)).collect();
        blocks.sort_unstable();
        match lines.last_mut() {
            _ if blocks.is_empty() => {}
            Some(line) if line.last_weekday + 1 == weekday && line.blocks == blocks => {
                line.last_weekday = weekday
            }
            _ => lines.push(OpeningLine { first_weekday: weekday, last_weekday: weekday, blocks }),
        }
    }
    lines
}

/// Reads the times of a day as people write them: "8–11.30, 12.15–16". An empty text is a closed day; none when it is
/// something else. Whether the times are sound is another question.
#[must_use]
pub fn read_spans(text: &str) -> Option<Vec<OpeningSpan>> {
    let parts = text.split([',', ';']).map(str::trim).filter(|part| !part.is_empty());
    parts.map(read_span).collect()
}

fn read_span(text: &str) -> Option<OpeningSpan> {
    let (opens, closes) = text.split_once(['–', '-', '—'])?;
    Some(OpeningSpan { opens_minute: read_time(opens)?, closes_minute: read_time(closes)? })
}

/// "8", "8.30" or "8:30", as minutes from midnight.
fn read_time(text: &str) -> Option<u16> {
    let (hours, minutes) = text.trim().split_once(['.', ':']).unwrap_or((text.trim(), "00"));
    let number = |text: &str, longest: usize| {
        let is_number = (1..=longest).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        if is_number { text.parse::<u16>().ok() } else { None }
    };
    let (hours, minutes) = (number(hours, 2)?, number(minutes, 2).filter(|_| minutes.len() == 2)?);
    (hours <= 24 && minutes < 60).then_some(hours * 60 + minutes)
}

/// Writes the times of a day so that [`read_spans`] reads them.
#[must_use]
pub fn write_spans(spans: &[OpeningSpan]) -> String {
    let time = |minutes: u16| match (minutes / 60, minutes % 60) {
        (hours, 0) => hours.to_string(),
        (hours, rest) => format!("{hours}.{rest:02}"),
    };
    let span = |span: &OpeningSpan| format!("{}–{}", time(span.opens_minute), time(span.closes_minute));
    spans.iter().map(span).collect::<Vec<_>>().join(", ")
}

/// Reads hours as people write them, "8" or "1,5", as minutes; none when it is something else.
#[must_use]
pub fn read_hours(text: &str) -> Option<u32> {
    let (whole, part) = text.trim().split_once([',', '.']).unwrap_or((text.trim(), "0"));
    let is_number =
        |text: &str| (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(whole) || !is_number(part) {
        return None;
    }
    let scale = 10_u32.checked_pow(u32::try_from(part.len()).ok()?)?;
    let (whole, part): (u32, u32) = (whole.parse().ok()?, part.parse().ok()?);
    Some(whole * 60 + (part * 60).div_ceil(scale))
}

/// Writes minutes as hours so that [`read_hours`] reads them.
#[must_use]
pub fn write_hours(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (hours, 0) => hours.to_string(),
        // Rounded down; read_hours rounds up.
        (hours, rest) => format!("{hours},{:04}", rest * 10_000 / 60).trim_end_matches('0').to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(weekday: u8, opens_hour: u16, closes_hour: u16) -> OpeningBlock {
        OpeningBlock { weekday, opens_minute: opens_hour * 60, closes_minute: closes_hour * 60 }
    }

    #[test]
    fn days_with_the_same_hours_share_a_line_and_a_closed_day_parts_them() {
        let hours = [
            block(1, 12, 15),
            block(1, 8, 11),
            block(2, 8, 11),
            block(2, 12, 15),
            block(4, 8, 11),
            block(4, 12, 15),
        ];
        let blocks = vec![(480, 660), (720, 900)];
        let expected = [
            OpeningLine { first_weekday: 1, last_weekday: 2, blocks: blocks.clone() },
            OpeningLine { first_weekday: 4, last_weekday: 4, blocks },
        ];
        assert_eq!(opening_lines(&hours), expected);
        assert!(opening_lines(&[]).is_empty());
    }

    #[test]
    fn times_of_a_day_are_read_as_they_are_written() {
        let span = |opens_minute, closes_minute| OpeningSpan { opens_minute, closes_minute };
        let lunch = vec![span(480, 690), span(735, 960)];
        for text in ["8–11.30, 12.15–16", "8-11:30; 12:15 - 16:00", " 08.00–11.30,12.15—16 "] {
            assert_eq!(read_spans(text), Some(lunch.clone()), "{text}");
        }
        assert_eq!(write_spans(&lunch), "8–11.30, 12.15–16");
        assert_eq!(read_spans(" "), Some(Vec::new()));
        assert_eq!(read_spans("0–24"), Some(vec![span(0, 1440)]));
        for wrong in ["8", "8–", "8–25", "8.5–9", "8.60–9", "kahdeksasta", "8–9–10", "+8–9", "8..30–9"]
        {
            assert_eq!(read_spans(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn hours_are_read_as_they_are_written() {
        for (text, minutes) in [("8", 480), ("1,5", 90), ("0.25", 15), (" 12 ", 720)] {
            assert_eq!(read_hours(text), Some(minutes), "{text}");
        }
        for wrong in ["", "-1", "tunti", "1,5,5", "12345", "1,"] {
            assert_eq!(read_hours(wrong), None, "{wrong}");
        }
        for minutes in 1..12_000 {
            assert_eq!(read_hours(&write_hours(minutes)), Some(minutes), "{minutes}");
        }
    }
}
