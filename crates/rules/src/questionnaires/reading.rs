//! What answers to a form come to: what shows, what is open, what is told at once.

use omasote_types::questionnaires::{Alert, Answer, Answers, Item};

use super::scores::Outcome;
use super::{Prepared, Refusal, Refused, answers, scores};

/// A form with answers to it, looked through once.
#[derive(Clone, Debug)]
pub struct Reading<'a> {
    pub(super) prepared: &'a Prepared,
    answers: &'a Answers,
    /// By the place of the item.
    shown: Vec<bool>,
    /// The answers that count, by the place of the question.
    pub(super) values: Vec<Option<&'a Answer>>,
}

impl<'a> Reading<'a> {
    pub(super) fn of(prepared: &'a Prepared, answers: &'a Answers) -> Self {
        let mut shown: Vec<bool> = Vec::with_capacity(prepared.nodes.len());
        let mut values = Vec::with_capacity(prepared.nodes.len());
        for node in &prepared.nodes {
            let group_shows = node.group.is_none_or(|group| shown.get(group).copied().unwrap_or_default());
            let shows = group_shows && node.show_when.as_ref().is_none_or(|rule| rule.holds(&values));
            let counts = |answer: &&Answer| {
                shows && !answer.is_empty() && answers::accept(&node.item.kind, answer).is_ok()
            };
            values.push(answers.get(&node.item.link_id).filter(counts));
            shown.push(shows);
        }
        Self { prepared, answers, shown, values }
    }

    /// Whether an item shows.
    #[must_use]
    pub fn shows(&self, link_id: &str) -> bool {
        self.prepared.place(link_id).is_some_and(|place| self.shows_at(place))
    }

    /// The items that show, in order, each group followed by what is inside.
    pub fn shown(&self) -> impl Iterator<Item = &'a Item> {
        let items = self.prepared.nodes.iter().zip(&self.shown);
        items.filter(|(_, shows)| **shows).map(|(node, _)| &node.item)
    }

    /// The answer to a question, when it counts.
    #[must_use]
    pub fn answer(&self, link_id: &str) -> Option<&'a Answer> {
        self.value(self.prepared.place(link_id)?)
    }

    /// The questions that show and have no answer that counts, in order.
    pub fn open(&self) -> impl Iterator<Item = &'a Item> {
        let items = self.prepared.nodes.iter().zip(&self.shown).zip(&self.values);
        let open =
            items.filter(|((node, shows), value)| **shows && value.is_none() && node.item.kind.is_question());
        open.map(|((node, _), _)| &node.item)
    }

    /// How many questions show, and how many of them have an answer that counts.
    #[must_use]
    pub fn progress(&self) -> (usize, usize) {
        let answered = self.values.iter().flatten().count();
        (answered.saturating_add(self.open().count()), answered)
    }

    /// The answers that are refused: of those that show, and to questions that the form does not have.
    #[must_use]
    pub fn refused(&self) -> Vec<Refused> {
        let refused = self.answers.iter().filter_map(|(link_id, answer)| {
            let refusal = match self
                .prepared
                .place(link_id)
                .and_then(|place| Some((place, self.prepared.item(place)?)))
            {
                None => Some(Refusal::UnknownQuestion),
                Some((place, item)) if self.shows_at(place) => answers::accept(&item.kind, answer).err(),
                Some(_) => None,
            };
            refusal.map(|refusal| Refused::of(link_id, refusal))
        });
        refused.collect()
    }

    /// The answers without those that do not count: all that may leave, when none is refused.
    #[must_use]
    pub fn kept(&self) -> Answers {
        let counting = self.prepared.nodes.iter().zip(&self.values);
        counting.filter_map(|(node, value)| Some((node.item.link_id.clone(), (*value)?.clone()))).collect()
    }

    /// What is to be told at once: the urgent first.
    #[must_use]
    pub fn alerts(&self) -> Vec<&'a Alert> {
        let mut raised: Vec<_> = self.raised().map(|(alert, _)| alert).collect();
        raised.sort_by_key(|alert| !alert.is_urgent);
        raised
    }

    /// What each score comes to, of those that there are with these answers.
    pub fn scores(&self) -> impl Iterator<Item = Outcome<'a>> + '_ {
        let scores = self.prepared.form.scores.iter().zip(&self.prepared.scores);
        scores.filter_map(|(score, prepared)| scores::outcome(score, prepared, self))
    }

    /// The alerts whose conditions hold, with the places of the questions that make them.
    pub(super) fn raised(&self) -> impl Iterator<Item = (&'a Alert, Vec<usize>)> + '_ {
        let alerts = self.prepared.form.alerts.iter().zip(&self.prepared.alerts);
        let raised = alerts.filter(|(_, rule)| rule.holds(&self.values));
        raised.map(|(alert, rule)| (alert, rule.met_by(&self.values).collect()))
    }

    pub(super) fn shows_at(&self, place: usize) -> bool {
        self.shown.get(place).copied().unwrap_or_default()
    }

    pub(super) fn value(&self, place: usize) -> Option<&'a Answer> {
        self.values.get(place).copied().flatten()
    }
}
