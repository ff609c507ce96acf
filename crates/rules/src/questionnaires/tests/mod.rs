//! Tests of questionnaires: what is wrong with forms, what shows, what counts; and all of it over made-up forms.

mod counting;
mod forms;
mod made_up;
mod properties;
mod showing;
mod speed;

use omasote_types::decimal::Decimal;
use omasote_types::language::LocalText;
use omasote_types::questionnaires::{
    Alert, Answer, Answers, Band, Choice, Condition, Conditions, Form, Item, ItemKind, Join, Operator, Score,
    Severity,
};

use super::*;

fn text(fi: &str) -> LocalText {
    LocalText { fi: fi.to_owned(), ..LocalText::default() }
}

fn number(whole: i16) -> Decimal {
    Decimal::from(whole)
}

fn item(link_id: &str, kind: ItemKind) -> Item {
    Item {
        link_id: link_id.to_owned(),
        text: text(link_id),
        help: LocalText::default(),
        is_required: false,
        show_when: None,
        codes: Vec::new(),
        kind,
    }
}

fn options(scores: &[i16]) -> Vec<Choice> {
    let option = |(place, score): (usize, &i16)| Choice {
        code: format!("o{place}"),
        system: None,
        text: text("vaihtoehto"),
        score: Some(number(*score)),
        picture: None,
    };
    scores.iter().enumerate().map(option).collect()
}

fn one(link_id: &str, scores: &[i16]) -> Item {
    item(link_id, ItemKind::One { options: options(scores) })
}

fn many(link_id: &str, scores: &[i16]) -> Item {
    item(link_id, ItemKind::Many { options: options(scores) })
}

fn yes_no(link_id: &str) -> Item {
    item(link_id, ItemKind::YesNo {})
}

fn whole(link_id: &str, min: i16, max: i16) -> Item {
    let (min, max) = (Some(number(min)), Some(number(max)));
    item(link_id, ItemKind::Number { unit: None, min, max, decimals: 0 })
}

fn group(link_id: &str, items: Vec<Item>) -> Item {
    item(link_id, ItemKind::Group { items })
}

fn when(conditions: &[(&str, Operator, Option<Answer>)]) -> Conditions {
    let condition = |(question, operator, value): &(&str, Operator, Option<Answer>)| Condition {
        question: (*question).to_owned(),
        operator: *operator,
        value: value.clone(),
    };
    Conditions { join: Join::All, of: conditions.iter().map(condition).collect() }
}

fn shown_by(item: Item, question: &str, operator: Operator, value: Answer) -> Item {
    Item { show_when: Some(when(&[(question, operator, Some(value))])), ..item }
}

fn form(items: Vec<Item>) -> Form {
    Form { title: text("Lomake"), items, ..Form::default() }
}

fn score(items: &[&str], bands: &[(i16, i16)]) -> Score {
    let band = |(from, to): &(i16, i16)| Band {
        from: number(*from),
        to: number(*to),
        text: text("väli"),
        severity: Severity::Usual,
    };
    Score {
        code: "sum".to_owned(),
        name: text("Summa"),
        items: items.iter().map(|link_id| (*link_id).to_owned()).collect(),
        factor: Decimal::ONE,
        minimum_answered: None,
        when: None,
        is_screening: false,
        bands: bands.iter().map(band).collect(),
    }
}

fn alert(code: &str, when: Conditions, is_urgent: bool) -> Alert {
    Alert { code: code.to_owned(), when, text: text("Soita 112"), is_urgent }
}

fn answers(all: &[(&str, Answer)]) -> Answers {
    all.iter().map(|(link_id, answer)| ((*link_id).to_owned(), answer.clone())).collect()
}

fn chosen(code: &str) -> Answer {
    Answer::One(code.to_owned())
}

fn several(codes: &[&str]) -> Answer {
    Answer::Many(codes.iter().map(|code| (*code).to_owned()).collect())
}

fn counted(whole: i16) -> Answer {
    Answer::Number(number(whole))
}

fn ids<'i>(items: impl Iterator<Item = &'i Item>) -> Vec<&'i str> {
    items.map(|item| item.link_id.as_str()).collect()
}
