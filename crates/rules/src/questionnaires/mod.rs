//! What makes a questionnaire sound, which of its questions show, which answers count, and what they come to.
//!
//! A form is prepared once: then every condition knows its question, and one press of a key is one pass through the items. A
//! condition refers to a question before it, so that the pass is in order and there are no circles. An answer that does not
//! show, or that its question would refuse, counts as none: not in a condition, not in a score, not in an alert, and it does
//! not leave.

mod answers;
mod conditions;
mod form;
mod languages;
mod ranges;
mod reading;
mod scores;
mod summary;
mod told;

use std::collections::BTreeMap;

pub use answers::{Refusal, Refused};
pub use languages::{Completeness, completeness};
use omasote_types::error::FieldErrorCode;
use omasote_types::language::Language;
use omasote_types::questionnaires::{Answers, Form, Item, ItemKind};
pub use reading::Reading;
pub use scores::Outcome;
pub use summary::{Change, ScoreChange, Summary};

/// A form that is sound, ready to be answered.
#[derive(Clone, Debug)]
pub struct Prepared {
    form: Form,
    nodes: Vec<Node>,
    places: BTreeMap<String, usize>,
    scores: Vec<scores::Prepared>,
    alerts: Vec<conditions::Rule>,
}

/// An item in the order of the form, after the group that it is in.
#[derive(Clone, Debug)]
struct Node {
    /// The item; a group without what is inside.
    item: Item,
    group: Option<usize>,
    show_when: Option<conditions::Rule>,
}

/// Where something of a form is wrong.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The form as a whole.
    Form,
    /// A field by its path, as in a refusal of the server.
    Field(String),
    /// The item of a link id.
    Item(String),
    /// The score of a code.
    Score(String),
    /// The alert of a code.
    Alert(String),
}

/// What is wrong with a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// A text is missing or too long, or there is too much of something.
    Size(FieldErrorCode),
    /// Another item, score or alert has the same name.
    NameTwice,
    /// Groups and information cannot be required.
    NothingToRequire,
    /// Nothing can be chosen.
    NoOptions,
    /// Two options have the same code.
    OptionTwice,
    /// A choice of pictures has an option without one.
    NoPicture,
    /// The smallest value is above the largest, or a bound or the decimals are out of what can be.
    Bounds,
    /// A condition refers to nothing of the form, or to a group or information.
    UnknownQuestion,
    /// A condition refers to a question that comes after it, or to its own.
    LaterQuestion,
    /// A condition compares in a way that the question's answers do not have.
    Operator,
    /// A condition's value can be no answer to the question.
    Value,
    /// A score counts something that does not count for anything: a text, a date, or an option without a number.
    NotCounted,
    /// A score counts a question twice.
    CountedTwice,
    /// A score counts nothing.
    NothingCounted,
    /// A score asks for more answers than it has questions, or for none.
    Minimum,
    /// A score's factor is not above zero, or makes more than three decimals.
    Factor,
    /// A score can come to more than can be counted.
    TooLarge,
    /// There is a number that a score can come to and no band is for.
    BandsLack,
    /// Two bands are for the same number, or they are not in order.
    BandsOverlap,
    /// Nothing is in a group. While a form is being made that may be.
    EmptyGroup,
    /// No language is marked as there.
    NoLanguage,
    /// A language is marked as there, and some of its texts are missing.
    LanguageIncomplete(Language),
}

/// Something wrong with a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub place: Place,
    /// What.
    pub flaw: Flaw,
}

impl Prepared {
    /// Prepares a form for being answered.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn new(form: Form) -> Result<Self, Vec<Problem>> {
        form::prepare(form)
    }

    /// The form.
    #[must_use]
    pub const fn form(&self) -> &Form {
        &self.form
    }

    /// Every item in the order it is shown, each group followed by what is inside; the groups without it.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.nodes.iter().map(|node| &node.item)
    }

    /// What answers come to.
    #[must_use]
    pub fn read<'a>(&'a self, answers: &'a Answers) -> Reading<'a> {
        Reading::of(self, answers)
    }

    /// What may leave of answers: those that show and say something.
    ///
    /// # Errors
    /// The answers that are refused, and the questions that must be answered and are not.
    pub fn to_send(&self, answers: &Answers) -> Result<Answers, Vec<Refused>> {
        let reading = self.read(answers);
        let mut refused = reading.refused();
        // What was answered wrongly is told as that, and not as missing as well.
        let is_told = |item: &&Item| refused.iter().any(|refused| refused.link_id == item.link_id);
        let missing = reading.open().filter(|item| item.is_required && !is_told(item));
        let missing: Vec<_> = missing.map(|item| Refused::of(&item.link_id, Refusal::Required)).collect();
        refused.extend(missing);
        if refused.is_empty() { Ok(reading.kept()) } else { Err(refused) }
    }

    /// What stands in the way of publishing: a language is there in full or is not offered, there is at least one, and no group is
    /// empty.
    #[must_use]
    pub fn unpublishable(&self) -> Vec<Problem> {
        let is_around = |place: usize| self.nodes.iter().any(|node| node.group == Some(place));
        let groups = self.nodes.iter().enumerate();
        let groups = groups.filter(|(_, node)| matches!(node.item.kind, ItemKind::Group { .. }));
        let empty = groups.filter(|(place, _)| !is_around(*place));
        let empty = empty.map(|(_, node)| {
            let place = Place::Item(node.item.link_id.clone());
            Problem { place, flaw: Flaw::EmptyGroup }
        });
        empty.chain(languages::unpublishable(&self.form)).collect()
    }

    fn place(&self, link_id: &str) -> Option<usize> {
        self.places.get(link_id).copied()
    }

    fn item(&self, place: usize) -> Option<&Item> {
        self.nodes.get(place).map(|node| &node.item)
    }
}

#[cfg(test)]
mod tests;
