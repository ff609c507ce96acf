//! What the answers of a form are counted to.

use std::collections::{BTreeMap, BTreeSet};

use omasote_types::decimal::Decimal;
use omasote_types::questionnaires::{Band, Item, Score};

use super::conditions::Rule;
use super::{Flaw, Node, Reading, ranges};

/// A score that knows the places of its questions.
#[derive(Clone, Debug)]
pub(super) struct Prepared {
    places: Vec<usize>,
    minimum: Option<usize>,
    when: Option<Rule>,
    range: (Decimal, Decimal),
}

/// What a score comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome<'a> {
    /// A number.
    Counted {
        /// Which score.
        score: &'a Score,
        /// The number.
        value: Decimal,
        /// What it means; absent when the score has no bands.
        band: Option<&'a Band>,
        /// The smallest and the largest that it can be.
        range: (Decimal, Decimal),
    },
    /// None yet, because answers are missing.
    Missing {
        /// Which score.
        score: &'a Score,
        /// The questions to answer: those that are counted, and those that decide whether others show.
        questions: Vec<&'a Item>,
    },
}

impl Outcome<'_> {
    /// The number, if there is one.
    #[must_use]
    pub const fn value(&self) -> Option<Decimal> {
        match self {
            Self::Counted { value, .. } => Some(*value),
            Self::Missing { .. } => None,
        }
    }

    /// The score's code.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::Counted { score, .. } | Self::Missing { score, .. } => &score.code,
        }
    }
}

impl Prepared {
    pub(super) fn new(
        score: &Score,
        when: Option<Rule>,
        nodes: &[Node],
        by_link_id: &BTreeMap<String, usize>,
    ) -> Result<Self, Flaw> {
        let place = |link_id: &String| by_link_id.get(link_id).copied().ok_or(Flaw::UnknownQuestion);
        let places: Vec<usize> = score.items.iter().map(place).collect::<Result<_, _>>()?;
        if places.is_empty() {
            return Err(Flaw::NothingCounted);
        }
        if places.iter().collect::<BTreeSet<_>>().len() < places.len() {
            return Err(Flaw::CountedTwice);
        }
        let minimum = score.minimum_answered.map(|minimum| usize::try_from(minimum).unwrap_or(usize::MAX));
        if minimum.is_some_and(|minimum| minimum == 0 || minimum > places.len()) {
            return Err(Flaw::Minimum);
        }
        let all_that_show = minimum.is_none_or(|minimum| minimum == places.len());
        let sum = ranges::of_sum(&places, nodes, all_that_show)?;
        if score.factor <= Decimal::ZERO {
            return Err(Flaw::Factor);
        }
        let range = sum.times(score.factor.thousandths()).ok_or(Flaw::Factor)?;
        ranges::check_bands(&score.bands, range)?;
        let bounds = Decimal::from_thousandths(range.least).zip(Decimal::from_thousandths(range.most));
        Ok(Self { places, minimum, when, range: bounds.ok_or(Flaw::TooLarge)? })
    }

    /// The smallest and the largest that it can be.
    #[cfg(test)]
    pub(super) const fn range(&self) -> (Decimal, Decimal) {
        self.range
    }

    /// The sum in thousandths of what is answered, and how many answers that is.
    fn sum(&self, reading: &Reading<'_>) -> (i64, usize) {
        let worths = self.places.iter().filter_map(|place| {
            let item = reading.prepared.item(*place)?;
            ranges::worth(&item.kind, reading.value(*place)?)
        });
        worths.fold((0, 0), |(sum, count), worth| (worth.saturating_add(sum), count.saturating_add(1)))
    }

    /// The questions that are counted, show, and are not answered.
    fn open<'a>(&self, reading: &Reading<'a>) -> Vec<&'a Item> {
        let open =
            self.places.iter().filter(|place| reading.shows_at(**place) && reading.value(**place).is_none());
        open.filter_map(|place| reading.prepared.item(*place)).collect()
    }

    /// The questions without an answer that decide whether counted ones show.
    fn deciding<'a>(&self, reading: &Reading<'a>) -> Vec<&'a Item> {
        let mut found = BTreeSet::new();
        for place in self.places.iter().filter(|place| !reading.shows_at(**place)) {
            let mut around = reading.prepared.nodes.get(*place);
            while let Some(node) = around {
                found.extend(node.show_when.iter().flat_map(Rule::questions));
                around = node.group.and_then(|group| reading.prepared.nodes.get(group));
            }
        }
        let open =
            found.into_iter().filter(|place| reading.shows_at(*place) && reading.value(*place).is_none());
        open.filter_map(|place| reading.prepared.item(place)).collect()
    }
}

/// What a score comes to; none when there is no such score with these answers.
pub(super) fn outcome<'a>(
    score: &'a Score,
    prepared: &'a Prepared,
    reading: &Reading<'a>,
) -> Option<Outcome<'a>> {
    if prepared.when.as_ref().is_some_and(|when| !when.holds(&reading.values)) {
        return None;
    }
    let ((sum, answered), mut missing) = (prepared.sum(reading), prepared.open(reading));
    let is_enough = match prepared.minimum {
        Some(minimum) => answered >= minimum,
        None => answered > 0 && missing.is_empty(),
    };
    if !is_enough {
        missing.extend(prepared.deciding(reading));
        return Some(Outcome::Missing { score, questions: missing });
    }
    // Exact and within the range: that was seen when the form was prepared.
    let value = sum.saturating_mul(score.factor.thousandths()) / 1000;
    let value = Decimal::from_thousandths(value)?;
    let band = score.bands.iter().find(|band| (band.from..=band.to).contains(&value));
    Some(Outcome::Counted { score, value, band, range: prepared.range })
}
