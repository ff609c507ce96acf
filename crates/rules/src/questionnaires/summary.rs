//! Answers on one screen, for the professional: what is flagged first, then scores, what has changed, what is open.

use std::collections::BTreeSet;

use omasote_types::decimal::Decimal;
use omasote_types::questionnaires::{Alert, Answer, Item};

use super::{Outcome, Reading};

/// Answers on one screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary<'a> {
    /// What the answers call for at once: the urgent first.
    pub alerts: Vec<&'a Alert>,
    /// The questions whose answers raised them, those of the urgent first, each once.
    pub flagged: Vec<(&'a Item, &'a Answer)>,
    /// What each score comes to.
    pub scores: Vec<Outcome<'a>>,
    /// What is answered otherwise than last time, in the order of the form.
    pub changes: Vec<Change<'a>>,
    /// The scores that there are now and were last time.
    pub score_changes: Vec<ScoreChange<'a>>,
    /// The questions that show and are not answered.
    pub open: Vec<&'a Item>,
}

/// An answer that is not what it was last time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change<'a> {
    /// The question.
    pub item: &'a Item,
    /// What was answered; none when nothing was.
    pub before: Option<&'a Answer>,
    /// What is answered now; none when nothing is.
    pub after: Option<&'a Answer>,
}

/// What a score was and is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScoreChange<'a> {
    /// The score's code.
    pub code: &'a str,
    /// What it was.
    pub before: Decimal,
    /// What it is.
    pub after: Decimal,
}

impl<'a> Reading<'a> {
    /// The answers on one screen; `last` are those of the time before, also to another version of the form.
    #[must_use]
    pub fn summary(&self, last: Option<&Reading<'a>>) -> Summary<'a> {
        Summary {
            alerts: self.alerts(),
            flagged: self.flagged(),
            scores: self.scores().collect(),
            changes: last.map(|last| self.changes_from(last)).unwrap_or_default(),
            score_changes: last.map(|last| self.score_changes_from(last)).unwrap_or_default(),
            open: self.open().collect(),
        }
    }

    /// The questions that raised alerts.
    fn flagged(&self) -> Vec<(&'a Item, &'a Answer)> {
        let mut raised: Vec<_> = self.raised().collect();
        raised.sort_by_key(|(alert, _)| !alert.is_urgent);
        let mut seen = BTreeSet::new();
        let places = raised.into_iter().flat_map(|(_, places)| places).filter(|place| seen.insert(*place));
        places.filter_map(|place| Some((self.prepared.item(place)?, self.value(place)?))).collect()
    }

    /// What is answered otherwise than last time. A question that is now of another kind is not compared.
    #[must_use]
    pub fn changes_from(&self, last: &Reading<'a>) -> Vec<Change<'a>> {
        let changes = self.prepared.nodes.iter().zip(&self.values).filter_map(|(node, after)| {
            let before = last.prepared.place(&node.item.link_id)?;
            let (then, before) = (last.prepared.item(before)?, last.value(before));
            let is_same_kind = std::mem::discriminant(&then.kind) == std::mem::discriminant(&node.item.kind);
            let has_changed = is_same_kind && before != *after;
            has_changed.then_some(Change { item: &node.item, before, after: *after })
        });
        changes.collect()
    }

    /// The scores that there are both times.
    #[must_use]
    pub fn score_changes_from(&self, last: &Reading<'a>) -> Vec<ScoreChange<'a>> {
        let before: Vec<_> = last.scores().collect();
        let changes = self.scores().filter_map(|outcome| {
            let Outcome::Counted { score, value, .. } = outcome else { return None };
            let before = before.iter().find(|before| before.code() == score.code)?.value()?;
            Some(ScoreChange { code: &score.code, before, after: value })
        });
        changes.collect()
    }
}
