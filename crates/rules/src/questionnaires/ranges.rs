//! Between which numbers a score can lie, and whether its bands cover them.

use std::collections::BTreeMap;

use omasote_types::decimal::Decimal;
use omasote_types::questionnaires::{Answer, Band, Choice, ItemKind};

use super::{Flaw, Node};

/// The smallest and the largest that something can count for, and of what all it can count for is a multiple; in thousandths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Range {
    pub(super) least: i64,
    pub(super) most: i64,
    pub(super) step: i64,
}

impl Range {
    /// The range of two that are counted together.
    const fn and(self, other: Self) -> Self {
        Self {
            least: self.least.saturating_add(other.least),
            most: self.most.saturating_add(other.most),
            step: divisor(self.step, other.step),
        }
    }

    /// The range of two of which only one is counted.
    fn or(self, other: Self) -> Self {
        let step = divisor(self.step, other.step);
        Self { least: self.least.min(other.least), most: self.most.max(other.most), step }
    }

    /// Times a factor in thousandths, when that can be exact.
    pub(super) fn times(self, factor: i64) -> Option<Self> {
        let times = |number: i64| number.checked_mul(factor).filter(|product| product % 1000 == 0);
        let whole = |number: i64| times(number).map(|product| product / 1000);
        Some(Self { least: whole(self.least)?, most: whole(self.most)?, step: whole(self.step)? })
    }
}

/// What an answer counts for, in thousandths; none where it counts for nothing.
pub(super) fn worth(kind: &ItemKind, answer: &Answer) -> Option<i64> {
    let of_option = |code: &String| {
        let option = kind.options().iter().find(|option| option.code == *code)?;
        option.score.map(Decimal::thousandths)
    };
    match answer {
        Answer::Number(number) => Some(number.thousandths()),
        Answer::YesNo(yes) => Some(if *yes { 1000 } else { 0 }),
        Answer::One(code) => of_option(code),
        Answer::Many(codes) => codes.iter().map(of_option).sum(),
        Answer::Text(_) | Answer::Date(_) => None,
    }
}

/// The range of what an item can count for when it is answered.
pub(super) fn of_item(kind: &ItemKind) -> Result<Range, Flaw> {
    match kind {
        ItemKind::YesNo {} => Ok(Range { least: 0, most: 1000, step: 1000 }),
        ItemKind::Scale { .. } => Ok(Range { least: 0, most: 10_000, step: 1000 }),
        ItemKind::Number { min, max, decimals, .. } => {
            const LIMIT: i64 = 1_000_000_000;
            let least = min.map_or(-LIMIT, Decimal::thousandths);
            let most = max.map_or(LIMIT, Decimal::thousandths);
            let step = 1000 / 10_i64.pow(u32::from(*decimals).min(3));
            Ok(Range { least, most, step })
        }
        ItemKind::One { options } | ItemKind::ImageChoice { options } => {
            let one = |worth: i64| Range { least: worth, most: worth, step: worth.abs() };
            Ok(worths(options)?.into_iter().map(one).reduce(Range::or).unwrap_or_default())
        }
        ItemKind::Many { options } => {
            let one = |worth: i64| Range { least: worth.min(0), most: worth.max(0), step: worth.abs() };
            Ok(worths(options)?.into_iter().map(one).fold(Range::default(), Range::and))
        }
        _ => Err(Flaw::NotCounted),
    }
}

fn worths(options: &[Choice]) -> Result<Vec<i64>, Flaw> {
    options.iter().map(|option| option.score.map(Decimal::thousandths).ok_or(Flaw::NotCounted)).collect()
}

/// The range of the sum of items. Items that show by different options of one question are never counted together.
pub(super) fn of_sum(places: &[usize], nodes: &[Node], all_that_show: bool) -> Result<Range, Flaw> {
    let mut sum = Range::default();
    let mut exclusive: BTreeMap<usize, BTreeMap<&str, Range>> = BTreeMap::new();
    for place in places {
        let node = nodes.get(*place).ok_or(Flaw::UnknownQuestion)?;
        let range = of_item(&node.item.kind)?;
        let may_lack = !all_that_show || is_conditional(node, nodes);
        let range = if may_lack { range.or(Range::default()) } else { range };
        match only_option(node, nodes) {
            Some((question, code)) => {
                let together = exclusive.entry(question).or_default().entry(code).or_default();
                *together = together.and(range);
            }
            None => sum = sum.and(range),
        }
    }
    let alternatives = exclusive.into_values();
    let either = alternatives.map(|of| of.into_values().fold(Range::default(), Range::or));
    Ok(either.fold(sum, Range::and))
}

/// The question and its option by which alone it, or the nearest group around it that has such, shows.
fn only_option<'n>(node: &'n Node, nodes: &'n [Node]) -> Option<(usize, &'n str)> {
    let own = node.show_when.as_ref().and_then(super::conditions::Rule::only_option);
    own.or_else(|| only_option(nodes.get(node.group?)?, nodes))
}

/// Whether it, or a group around it, may be hidden.
fn is_conditional(node: &Node, nodes: &[Node]) -> bool {
    let around = node.group.and_then(|group| nodes.get(group));
    node.show_when.is_some() || around.is_some_and(|group| is_conditional(group, nodes))
}

/// Whether bands cover a range, each number once.
pub(super) fn check_bands(bands: &[Band], range: Range) -> Result<(), Flaw> {
    let (Some(first), Some(last)) = (bands.first(), bands.last()) else { return Ok(()) };
    if bands.iter().any(|band| band.from > band.to) {
        return Err(Flaw::BandsOverlap);
    }
    if first.from.thousandths() > range.least || last.to.thousandths() < range.most {
        return Err(Flaw::BandsLack);
    }
    for (band, next) in bands.iter().zip(bands.iter().skip(1)) {
        if next.from <= band.to {
            return Err(Flaw::BandsOverlap);
        }
        let step = range.step.max(1);
        let after = band.to.thousandths().div_euclid(step).saturating_add(1).saturating_mul(step);
        if after < next.from.thousandths() {
            return Err(Flaw::BandsLack);
        }
    }
    Ok(())
}

/// The greatest common divisor.
const fn divisor(one: i64, other: i64) -> i64 {
    if other == 0 { one } else { divisor(other, one % other) }
}
