//! Opening hours as people read them.

use omasote_types::units::OpeningBlock;

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
}
