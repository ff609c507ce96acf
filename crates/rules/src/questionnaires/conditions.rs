//! Conditions: bound to the questions they are about, and whether they hold.

use std::cmp::Ordering;

use omasote_types::decimal::Decimal;
use omasote_types::questionnaires::{Answer, Condition, Conditions, Item, ItemKind, Join, Operator};

use super::{Flaw, answers};

/// Conditions that know the places of their questions.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    join: Join,
    tests: Vec<Test>,
}

#[derive(Clone, Debug)]
struct Test {
    question: usize,
    operator: Operator,
    value: Option<Answer>,
}

impl Rule {
    /// Binds conditions by what finds a question, or says why it is none.
    pub(super) fn bind<'i>(
        conditions: &Conditions,
        find: impl Fn(&str) -> Result<(usize, &'i Item), Flaw>,
    ) -> Result<Self, Flaw> {
        let bind = |condition: &Condition| {
            let (question, item) = find(&condition.question)?;
            check(condition, &item.kind)?;
            Ok(Test { question, operator: condition.operator, value: condition.value.clone() })
        };
        let tests = conditions.of.iter().map(bind).collect::<Result<_, _>>()?;
        Ok(Self { join: conditions.join, tests })
    }

    /// Whether they hold, of the answers that count, by place.
    pub(super) fn holds(&self, values: &[Option<&Answer>]) -> bool {
        match self.join {
            Join::All => self.tests.iter().all(|test| test.holds(values)),
            Join::Any => self.tests.iter().any(|test| test.holds(values)),
        }
    }

    /// The questions whose answers make it hold.
    pub(super) fn met_by<'r>(&'r self, values: &'r [Option<&Answer>]) -> impl Iterator<Item = usize> + 'r {
        self.tests.iter().filter(|test| test.holds(values)).map(|test| test.question)
    }

    /// The questions it is about.
    pub(super) fn questions(&self) -> impl Iterator<Item = usize> {
        self.tests.iter().map(|test| test.question)
    }

    /// The question and the option of it that must be chosen, when that is all there is to it.
    pub(super) fn only_option(&self) -> Option<(usize, &str)> {
        match self.tests.as_slice() {
            [Test { question, operator: Operator::Equals, value: Some(Answer::One(code)) }] => {
                Some((*question, code))
            }
            _ => None,
        }
    }
}

impl Test {
    fn holds(&self, values: &[Option<&Answer>]) -> bool {
        let answer = values.get(self.question).copied().flatten();
        let value = self.value.as_ref();
        let order = || compare(answer?, value?);
        let includes = || match (answer, value) {
            (Some(Answer::Many(chosen)), Some(Answer::One(code))) => chosen.contains(code),
            _ => false,
        };
        match self.operator {
            Operator::Equals => answer.is_some() && answer == value,
            Operator::NotEquals => answer != value,
            Operator::Greater => order().is_some_and(Ordering::is_gt),
            Operator::Less => order().is_some_and(Ordering::is_lt),
            Operator::AtLeast => order().is_some_and(Ordering::is_ge),
            Operator::AtMost => order().is_some_and(Ordering::is_le),
            Operator::Answered => answer.is_some(),
            Operator::Unanswered => answer.is_none(),
            Operator::Includes => includes(),
            Operator::Excludes => !includes(),
        }
    }
}

fn compare(answer: &Answer, value: &Answer) -> Option<Ordering> {
    match (answer, value) {
        (Answer::Number(answer), Answer::Number(value)) => Some(answer.cmp(value)),
        (Answer::Date(answer), Answer::Date(value)) => Some(answer.cmp(value)),
        _ => None,
    }
}

/// Whether a condition suits the question it is about.
fn check(condition: &Condition, kind: &ItemKind) -> Result<(), Flaw> {
    let is_ordered = matches!(kind, ItemKind::Number { .. } | ItemKind::Scale { .. } | ItemKind::Date {});
    let suits = match condition.operator {
        Operator::Answered | Operator::Unanswered => true,
        Operator::Equals | Operator::NotEquals => !matches!(kind, ItemKind::Many { .. }),
        Operator::Greater | Operator::Less | Operator::AtLeast | Operator::AtMost => is_ordered,
        Operator::Includes | Operator::Excludes => matches!(kind, ItemKind::Many { .. }),
    };
    if !suits {
        return Err(Flaw::Operator);
    }
    let can_be = match (condition.operator, &condition.value) {
        (Operator::Answered | Operator::Unanswered, value) => value.is_none(),
        (Operator::Includes | Operator::Excludes, Some(Answer::One(code))) => {
            kind.options().iter().any(|option| option.code == *code)
        }
        (Operator::Includes | Operator::Excludes, _) | (_, None) => false,
        (Operator::Equals | Operator::NotEquals, Some(value)) => {
            !value.is_empty() && answers::accept(kind, value).is_ok()
        }
        // A limit may lie outside of what can be answered, and between two answers.
        (_, Some(value)) => is_of_order(kind, value),
    };
    if can_be { Ok(()) } else { Err(Flaw::Value) }
}

fn is_of_order(kind: &ItemKind, value: &Answer) -> bool {
    let zero = Answer::Number(Decimal::ZERO);
    match kind {
        ItemKind::Date {} => matches!(value, Answer::Date(_)),
        _ => compare(value, &zero).is_some(),
    }
}
