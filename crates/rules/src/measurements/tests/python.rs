//! The same figures, counted by the statistics library of Python from the definitions.

use std::io::Write;
use std::process::{Command, Stdio};

use super::*;

const DATA_SETS: usize = 400;
const MINUTE: u64 = 60 * 1_000_000;

/// Numbers that look like chance and are the same on every run: a linear congruential generator by Knuth.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    fn one_of<T: Copy>(&mut self, of: &[T]) -> T {
        let place = self.below(u64::try_from(of.len()).unwrap());
        of[usize::try_from(place).unwrap()]
    }
}

struct DataSet {
    decimals: u8,
    measured: Vec<(i64, i64, TargetState)>,
}

impl DataSet {
    /// Values with the decimals of the kind, at moments that are round or not: on round ones many slopes are alike, and many halves
    /// are to be rounded.
    fn any(numbers: &mut Numbers) -> Self {
        let decimals = numbers.one_of(&[0, 1, 1, 2]);
        let step = numbers.one_of(&[1, 7_919_123, MINUTE, 12 * 60 * MINUTE, 24 * 60 * MINUTE]);
        let (steps, size) = (numbers.one_of(&[3, 60, 5_000]), numbers.one_of(&[3, 8, 30, 64, 65, 150]));
        let (start, spread) = (numbers.below(150), numbers.one_of(&[1, 5, 200, 2_000]));
        let slope = numbers.one_of(&[0, 0, 1, 3]);
        let is_below_zero = numbers.below(4) == 0;
        let count = 1 + numbers.below(size);
        let last_decimal = 10_u64.pow(u32::from(3 - decimals));
        let mut row = || {
            let moment = numbers.below(steps);
            let value = (start + slope * moment + numbers.below(spread)) * last_decimal;
            let value = i64::try_from(value).unwrap() * if is_below_zero { -1 } else { 1 };
            (
                i64::try_from(1_700_000_000_000_000 + moment * step).unwrap(),
                value,
                numbers.one_of(&TargetState::ALL),
            )
        };
        Self { decimals, measured: (0..count).map(|_| row()).collect() }
    }

    fn line(&self) -> String {
        let state = |state: TargetState| match state {
            TargetState::NoTarget => "none",
            TargetState::In => "in",
            _ => "out",
        };
        let rows = self
            .measured
            .iter()
            .map(|(moment, value, judged)| format!(" {moment}:{value}:{}", state(*judged)));
        format!("{}{}\n", self.decimals, rows.collect::<String>())
    }

    fn figures(&self) -> String {
        let mut tally = Tally::new();
        for (moment, value, state) in &self.measured {
            tally.add(thousandths(*value), 1, *state);
            tally.saw(microsecond(*moment), thousandths(*value));
        }
        let figures = tally.figures(self.decimals).unwrap();
        let points =
            self.measured.iter().map(|(moment, value, _)| (microsecond(*moment), thousandths(*value)));
        let trend = trend_of_points(&points.collect::<Vec<_>>(), self.decimals);
        let direction = match trend.map(|trend| trend.direction) {
            Some(TrendDirection::Rising) => "rising",
            Some(TrendDirection::Level) => "level",
            Some(TrendDirection::Falling) => "falling",
            None => "none",
        };
        let numbers = [figures.median, figures.mean, figures.least, figures.greatest].map(Some);
        let numbers =
            numbers.into_iter().chain([figures.within_percent, trend.map(|trend| trend.per_30_days)]);
        let shown = |number: Option<Decimal>| {
            number.map_or("none".to_owned(), |number| number.thousandths().to_string())
        };
        format!("{} {direction}", numbers.map(shown).collect::<Vec<_>>().join(" "))
    }
}

/// What Python counts of data sets, a line for each.
fn counted_by_python(lines: &str) -> Vec<String> {
    let mut python = Command::new("python3")
        .args(["-c", include_str!("figures.py")])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("python3 must be installed: the figures are compared with what it counts");
    python.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
    let output = python.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn python_counts_the_same_to_the_last_digit() {
    let mut numbers = Numbers(2026);
    let data_sets: Vec<DataSet> = (0..DATA_SETS).map(|_| DataSet::any(&mut numbers)).collect();
    let counted = counted_by_python(&data_sets.iter().map(DataSet::line).collect::<String>());
    assert_eq!(counted.len(), DATA_SETS);
    for (data_set, expected) in data_sets.iter().zip(&counted) {
        assert_eq!(&data_set.figures(), expected, "{}", data_set.line());
    }
    // The comparison says something only when every way of counting came up.
    for direction in ["rising", "level", "falling", "none"] {
        assert!(counted.iter().any(|line| line.ends_with(direction)), "{direction}");
    }
    assert!(data_sets.iter().filter(|data_set| data_set.measured.len() > MOST_POINTS).count() > 20);
}
