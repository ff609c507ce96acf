//! Forms and answers made up by chance, the forms all sound.

use proptest::prelude::*;
use proptest::sample::Index;

use super::*;

/// What an item is made of: its kind, who hides it, and whether a group begins or ends before it.
#[derive(Clone, Debug)]
pub(super) struct Seed {
    kind: u8,
    scores: Vec<i16>,
    hidden: Option<Vec<(Index, u8, u8)>>,
    is_any: bool,
    is_required: bool,
    nesting: u8,
}

fn any_seed() -> impl Strategy<Value = Seed> {
    let conditions = prop::collection::vec((any::<Index>(), any::<u8>(), 0_u8..6), 1..4);
    let scores = prop::collection::vec(-3_i16..6, 1..5);
    let hidden = prop::option::weighted(0.5, conditions);
    (0_u8..9, scores, hidden, any::<bool>(), any::<bool>(), 0_u8..6).prop_map(
        |(kind, scores, hidden, is_any, is_required, nesting)| Seed {
            kind,
            scores,
            hidden,
            is_any,
            is_required,
            nesting,
        },
    )
}

pub(super) fn any_form() -> impl Strategy<Value = Form> {
    let seeds = prop::collection::vec(any_seed(), 1..25);
    (seeds, 1_i16..5, prop::option::of(1_u32..4)).prop_map(|(seeds, factor, minimum)| {
        let mut questions: Vec<Item> = Vec::new();
        let mut open: Vec<(Item, Vec<Item>)> = Vec::new();
        let mut items = Vec::new();
        for (place, seed) in seeds.iter().enumerate() {
            match seed.nesting {
                0 if open.len() < 4 => {
                    open.push((hide(group(&format!("g{place}"), vec![]), seed, &questions), Vec::new()));
                }
                1 => close(&mut open, &mut items),
                _ => (),
            }
            let item = Item { is_required: seed.is_required, ..item(&format!("q{place}"), kind(seed)) };
            let item = match item.kind.is_question() {
                true => hide(item, seed, &questions),
                false => Item { is_required: false, ..item },
            };
            if item.kind.is_question() {
                questions.push(item.clone());
            }
            open.last_mut().map_or(&mut items, |(_, inside)| inside).push(item);
        }
        while !open.is_empty() {
            close(&mut open, &mut items);
        }
        finish(items, &questions, factor, minimum)
    })
}

fn close(open: &mut Vec<(Item, Vec<Item>)>, items: &mut Vec<Item>) {
    if let Some((around, inside)) = open.pop() {
        let around = Item { kind: ItemKind::Group { items: inside }, ..around };
        open.last_mut().map_or(items, |(_, inside)| inside).push(around);
    }
}

fn finish(items: Vec<Item>, questions: &[Item], factor: i16, minimum: Option<u32>) -> Form {
    let counts = |item: &&Item| ranges::of_item(&item.kind).is_ok();
    let counted: Vec<&str> = ids(questions.iter().filter(counts));
    let minimum_answered = minimum.filter(|minimum| usize::try_from(*minimum).unwrap() <= counted.len());
    let sum = Score { factor: number(factor), minimum_answered, ..score(&counted, &[]) };
    let alerts = questions.iter().take(3).map(|question| {
        let when = when(&[(&question.link_id, Operator::Answered, None)]);
        alert(&question.link_id, when, question.is_required)
    });
    let scores = if counted.is_empty() { vec![] } else { vec![sum] };
    Form { scores, alerts: alerts.collect(), ..form(items) }
}

fn kind(seed: &Seed) -> ItemKind {
    let options = options(&seed.scores);
    match seed.kind {
        0 => ItemKind::Information {},
        1 => ItemKind::Text { max_characters: Some(3) },
        2 => ItemKind::Number { unit: None, min: Some(number(-2)), max: Some(number(4)), decimals: 0 },
        3 => ItemKind::Date {},
        4 => ItemKind::YesNo {},
        5 => ItemKind::Many { options },
        6 => ItemKind::Scale { least: text("0"), most: text("10") },
        _ => ItemKind::One { options },
    }
}

/// Makes an item hide by the answers to questions before it.
fn hide(item: Item, seed: &Seed, questions: &[Item]) -> Item {
    let Some(by) = seed.hidden.as_ref().filter(|_| !questions.is_empty()) else { return item };
    let conditions = by.iter().map(|(which, operator, value)| {
        let question = which.get(questions);
        let (operator, value) = comparison(&question.kind, *operator, *value);
        Condition { question: question.link_id.clone(), operator, value }
    });
    let join = if seed.is_any { Join::Any } else { Join::All };
    Item { show_when: Some(Conditions { join, of: conditions.collect() }), ..item }
}

fn comparison(kind: &ItemKind, operator: u8, value: u8) -> (Operator, Option<Answer>) {
    use Operator::{
        Answered, AtLeast, AtMost, Equals, Excludes, Greater, Includes, Less, NotEquals, Unanswered,
    };
    let fitting: &[Operator] = match kind {
        ItemKind::Many { .. } => &[Answered, Unanswered, Includes, Excludes],
        ItemKind::Number { .. } | ItemKind::Scale { .. } | ItemKind::Date {} => {
            &[Answered, Unanswered, Equals, NotEquals, Greater, Less, AtLeast, AtMost]
        }
        _ => &[Answered, Unanswered, Equals, NotEquals],
    };
    let operator = fitting[usize::from(operator) % fitting.len()];
    let value = match (operator, answer_to(kind, value)) {
        (Answered | Unanswered, _) => None,
        (Includes | Excludes, Answer::Many(codes)) => Some(Answer::One(codes[0].clone())),
        (_, value) => Some(value),
    };
    (operator, value)
}

/// An answer that the question takes.
pub(super) fn answer_to(kind: &ItemKind, value: u8) -> Answer {
    let option = || kind.options()[usize::from(value) % kind.options().len()].code.clone();
    match kind {
        ItemKind::Number { .. } | ItemKind::Scale { .. } => counted(i16::from(value % 5)),
        ItemKind::Date {} => {
            Answer::Date(chrono::NaiveDate::from_ymd_opt(2026, 1, 1 + u32::from(value)).unwrap())
        }
        ItemKind::YesNo {} => Answer::YesNo(value.is_multiple_of(2)),
        ItemKind::Many { .. } => Answer::Many(vec![option()]),
        ItemKind::One { .. } => Answer::One(option()),
        _ => Answer::Text(value.to_string()),
    }
}

/// A form with answers to some of its questions, of which some are refused.
pub(super) fn any_answered() -> impl Strategy<Value = (Form, Answers)> {
    let answers = prop::collection::vec((any::<Index>(), 0_u8..7, 0_u8..12), 0..30);
    (any_form(), answers).prop_map(|(form, seeds)| {
        let prepared = Prepared::new(form.clone()).unwrap();
        let questions: Vec<_> = prepared.items().filter(|item| item.kind.is_question()).collect();
        let mut answers = Answers::new();
        for (which, value, wrong) in seeds.iter().filter(|_| !questions.is_empty()) {
            let question = which.get(&questions);
            let answer = match wrong {
                0 => several(&["nothing of this form"]),
                1 => counted(99),
                2 => Answer::Text(String::new()),
                _ => answer_to(&question.kind, *value),
            };
            answers.set(&question.link_id, answer);
        }
        (form, answers)
    })
}
