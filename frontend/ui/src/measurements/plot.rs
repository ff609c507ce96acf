//! Where the numbers of a chart come to stand: whole numbers only, each series in one pass over the points.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use omasote_types::decimal::Decimal;
use omasote_types::measurements::TargetState;

/// The size of the picture, in tenths of what a narrow phone shows as a pixel.
pub(super) const WIDTH: i64 = 4000;
pub(super) const HEIGHT: i64 = 2400;
/// Where the field of the points begins and ends.
pub(super) const LEFT: i64 = 620;
pub(super) const RIGHT: i64 = 3920;
pub(super) const TOP: i64 = 100;
pub(super) const BOTTOM: i64 = 2060;
/// Of more points than this the lines go between the least and the greatest of each column.
const MOST_MARKS: usize = 300;
/// How wide a column is.
const COLUMN: i64 = 10;
/// At most so many lines lie across.
const MOST_TICKS: i64 = 5;
/// Half the size of a mark.
const MARK: i64 = 62;

/// A number at a moment, and how it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dot {
    /// Milliseconds since 1970.
    pub(super) at: i64,
    pub(super) value: Decimal,
    pub(super) state: TargetState,
}

/// From where to where the chart goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Scale {
    pub(super) first: i64,
    pub(super) last: i64,
    /// In thousandths.
    pub(super) least: i64,
    pub(super) most: i64,
    pub(super) step: i64,
}

impl Scale {
    /// The scale that all the dots and bounds fit in; none without any.
    pub(super) fn of(
        dots: impl Iterator<Item = Dot>,
        bounds: impl Iterator<Item = Decimal>,
        smallest_step: i64,
    ) -> Option<Self> {
        let mut ends: Option<(i64, i64, i64, i64)> = None;
        for Dot { at, value, .. } in dots {
            let value = value.thousandths();
            let (first, last, least, most) = ends.unwrap_or((at, at, value, value));
            ends = Some((first.min(at), last.max(at), least.min(value), most.max(value)));
        }
        let (first, last, mut least, mut most) = ends?;
        for bound in bounds.map(Decimal::thousandths) {
            (least, most) = (least.min(bound), most.max(bound));
        }
        let step = step_of(most.saturating_sub(least)).max(smallest_step);
        let (mut least, mut most) = (
            least.div_euclid(step).saturating_mul(step),
            most.saturating_add(step - 1).div_euclid(step) * step,
        );
        if least == most {
            (least, most) = (least.saturating_sub(step), most.saturating_add(step));
        }
        Some(Self { first, last, least, most, step })
    }

    /// Where a moment is; one alone is in the middle.
    pub(super) fn x(self, at: i64) -> i64 {
        let (length, width) = (self.last - self.first, RIGHT - LEFT - 2 * MARK);
        let along = (at - self.first).saturating_mul(width).checked_div(length);
        LEFT + MARK + along.unwrap_or(width / 2)
    }

    /// Where a number is; what lies outside stands at the edge.
    pub(super) fn y(self, value: Decimal) -> i64 {
        let (above, height) = (value.thousandths().clamp(self.least, self.most) - self.least, BOTTOM - TOP);
        BOTTOM - above.saturating_mul(height).checked_div(self.most - self.least).unwrap_or_default()
    }

    /// The numbers at which lines lie across.
    pub(super) fn ticks(self) -> Vec<Decimal> {
        let count = (self.most - self.least).checked_div(self.step).unwrap_or_default().min(2 * MOST_TICKS);
        (0..=count).filter_map(|place| Decimal::from_thousandths(self.least + place * self.step)).collect()
    }
}

/// 1, 2 or 5 of a power of ten, so that there are few lines.
fn step_of(span: i64) -> i64 {
    let mut power = 1_i64;
    loop {
        for step in [power, power * 2, power * 5] {
            if span <= step.saturating_mul(MOST_TICKS) {
                return step;
            }
        }
        power *= 10;
    }
}

/// A series as it is drawn: its line, and the marks of each state together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Drawn {
    pub(super) line: String,
    pub(super) marks: Vec<(TargetState, String)>,
}

/// Draws dots, the oldest first.
pub(super) fn draw(dots: &[Dot], scale: Scale) -> Drawn {
    if dots.len() > MOST_MARKS { draw_columns(dots, scale) } else { draw_each(dots, scale) }
}

fn draw_each(dots: &[Dot], scale: Scale) -> Drawn {
    let (mut line, mut marks) = (String::new(), BTreeMap::<TargetState, String>::new());
    for dot in dots {
        let (x, y) = (scale.x(dot.at), scale.y(dot.value));
        add_line(&mut line, x, y);
        marks.entry(dot.state).or_default().push_str(&mark_at(x, y, dot.state));
    }
    Drawn { line, marks: marks.into_iter().collect() }
}

/// Of many dots only the least and the greatest of each column show, and of each state that is out the first.
fn draw_columns(dots: &[Dot], scale: Scale) -> Drawn {
    let mut columns = BTreeMap::<i64, (Decimal, Decimal)>::new();
    let mut out = BTreeMap::<(TargetState, i64), Decimal>::new();
    for dot in dots {
        let column = scale.x(dot.at) / COLUMN;
        let ends = columns.entry(column).or_insert((dot.value, dot.value));
        *ends = (ends.0.min(dot.value), ends.1.max(dot.value));
        if dot.state.is_out() {
            // Marks are some columns wide: one in each four is enough to see them.
            out.entry((dot.state, column / 4)).or_insert(dot.value);
        }
    }
    let mut line = String::new();
    for (column, (least, most)) in columns {
        let x = column * COLUMN;
        add_line(&mut line, x, scale.y(most));
        if least != most {
            add_line(&mut line, x, scale.y(least));
        }
    }
    let mut marks = BTreeMap::<TargetState, String>::new();
    for ((state, column), value) in out {
        marks.entry(state).or_default().push_str(&mark_at(column * 4 * COLUMN, scale.y(value), state));
    }
    Drawn { line, marks: marks.into_iter().collect() }
}

fn add_line(line: &mut String, x: i64, y: i64) {
    let letter = if line.is_empty() { 'M' } else { 'L' };
    let _ = write!(line, "{letter}{x} {y}");
}

/// The mark of a state around a place: a disc, a triangle, two triangles, a small square.
pub(super) fn mark_at(x: i64, y: i64, state: TargetState) -> String {
    let (size, wide) = (MARK, 2 * MARK);
    let (left, above, below) = (x - size, y - size, y + size);
    match state {
        TargetState::NoTarget => {
            let half = size * 2 / 3;
            format!("M{} {}h{w}v{w}h-{w}z", x - half, y - half, w = 2 * half)
        }
        TargetState::In => format!("M{left} {y}a{size} {size} 0 1 0 {wide} 0a{size} {size} 0 1 0 -{wide} 0z"),
        TargetState::Below => format!("M{left} {above}h{wide}L{x} {below}z"),
        TargetState::Above => format!("M{left} {below}h{wide}L{x} {above}z"),
        TargetState::BelowAlarm => {
            format!("M{left} {}h{wide}L{x} {y}zM{left} {y}h{wide}L{x} {}z", y - wide, y + wide)
        }
        TargetState::AboveAlarm => {
            format!("M{left} {y}h{wide}L{x} {}zM{left} {}h{wide}L{x} {y}z", y - wide, y + wide)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dot(at: i64, value: i16, state: TargetState) -> Dot {
        Dot { at, value: value.into(), state }
    }

    fn scale_of(dots: &[Dot], bounds: &[i16]) -> Scale {
        Scale::of(dots.iter().copied(), bounds.iter().map(|bound| (*bound).into()), 1000).unwrap()
    }

    #[test]
    fn the_scale_holds_every_number_and_bound_in_round_steps() {
        let scale = scale_of(&[dot(0, 118, TargetState::In), dot(10, 152, TargetState::Above)], &[135, 180]);
        assert_eq!((scale.least, scale.most, scale.step), (100_000, 180_000, 20_000));
        let ticks: Vec<String> = scale.ticks().iter().map(ToString::to_string).collect();
        assert_eq!(ticks, ["100", "120", "140", "160", "180"]);
        assert_eq!((scale.y(100.into()), scale.y(180.into())), (BOTTOM, TOP));
    }

    #[test]
    fn one_number_alone_has_room_around_it() {
        let scale = scale_of(&[dot(5, 70, TargetState::NoTarget)], &[]);
        assert!(scale.least < 70_000 && 70_000 < scale.most);
        assert_eq!(scale.x(5), i64::midpoint(LEFT, RIGHT));
        assert!(Scale::of(std::iter::empty(), std::iter::empty(), 1).is_none());
    }

    #[test]
    fn few_dots_have_a_mark_each() {
        let dots = [dot(0, 1, TargetState::In), dot(1, 2, TargetState::Above), dot(2, 1, TargetState::In)];
        let drawn = draw(&dots, scale_of(&dots, &[]));
        assert_eq!(drawn.line.matches(['M', 'L']).count(), 3);
        let states: Vec<TargetState> = drawn.marks.iter().map(|(state, _)| *state).collect();
        assert_eq!(states, [TargetState::In, TargetState::Above]);
    }

    #[test]
    fn many_dots_come_to_a_short_path() {
        let state = |value: i16| if value > 150 { TargetState::AboveAlarm } else { TargetState::In };
        let dots: Vec<Dot> = (0..10_000_i16)
            .map(|place| (place, 100 + place % 60))
            .map(|(place, value)| dot(i64::from(place) * 60_000, value, state(value)))
            .collect();
        let drawn = draw(&dots, scale_of(&dots, &[]));
        assert!(drawn.line.matches(['M', 'L']).count() <= 2 * 400);
        assert_eq!(drawn.marks.len(), 1);
        assert!(drawn.marks[0].1.len() < 10_000);
    }
}
