//! When something shows, counts or is told: which answers it depends on.

use leptos::prelude::*;
use omasote_types::questionnaires::{
    Answer, Condition, Conditions, Form, Item, ItemKind, Join, MAX_CONDITIONS, Operator,
};
use omasote_ui::i18n::{I18n, Key, use_i18n};
use omasote_ui::intl;
use omasote_ui::questionnaires::{typed_number, words};

use super::draft::Draft;
use super::fields::{Options, line, select, small_button};
use super::tree;

/// Whose conditions.
#[derive(Clone, Debug)]
pub(super) enum Whose {
    /// An item's, by its link id.
    Item(String),
    /// A score's, by its code.
    Score(String),
    /// An alert's, by its code.
    Alert(String),
}

impl Whose {
    fn name(&self) -> &str {
        match self {
            Self::Item(name) | Self::Score(name) | Self::Alert(name) => name,
        }
    }

    fn read(&self, form: &Form) -> Conditions {
        let found = match self {
            Self::Item(link_id) => tree::find(&form.items, link_id).and_then(|item| item.show_when.clone()),
            Self::Score(code) => {
                form.scores.iter().find(|one| one.code == *code).and_then(|one| one.when.clone())
            }
            Self::Alert(code) => form.alerts.iter().find(|one| one.code == *code).map(|one| one.when.clone()),
        };
        found.unwrap_or_else(|| Conditions { join: Join::All, of: Vec::new() })
    }

    fn write(&self, form: &mut Form, conditions: &Conditions) {
        let some = (!conditions.of.is_empty()).then(|| conditions.clone());
        match self {
            Self::Item(link_id) => {
                if let Some(item) = tree::find_mut(&mut form.items, link_id) {
                    item.show_when = some;
                }
            }
            Self::Score(code) => form.scores.iter_mut().filter(|one| one.code == *code).for_each(|one| {
                one.when.clone_from(&some);
            }),
            Self::Alert(code) => form.alerts.iter_mut().filter(|one| one.code == *code).for_each(|one| {
                one.when = conditions.clone();
            }),
        }
    }

    fn change(&self, form: &mut Form, change: impl FnOnce(&mut Conditions)) {
        let mut conditions = self.read(form);
        change(&mut conditions);
        self.write(form, &conditions);
    }

    /// The questions it may depend on: those before an item, all for the others.
    fn questions(&self, form: &Form) -> Vec<Item> {
        let before = match self {
            Self::Item(link_id) => Some(link_id.as_str()),
            Self::Score(_) | Self::Alert(_) => None,
        };
        tree::questions_before(form, before).into_iter().cloned().collect()
    }
}

/// The conditions, each with its question, how it is compared and with what.
pub(super) fn conditions(draft: Draft, whose: &Whose, legend: Key) -> AnyView {
    let i18n = use_i18n();
    let (now, questions) = draft.form.with_untracked(|form| (whose.read(form), whose.questions(form)));
    if questions.is_empty() && now.of.is_empty() {
        return ().into_any();
    }
    let name = whose.name().to_owned();
    let join = (now.of.len() > 1).then(|| {
        let options = vec![
            ("all".to_owned(), i18n.text(Key::BUILDER_ALL_HOLD).to_owned()),
            ("any".to_owned(), i18n.text(Key::BUILDER_ONE_HOLDS).to_owned()),
        ];
        let chosen = if now.join == Join::All { "all" } else { "any" };
        let whose = whose.clone();
        select(format!("{name}-join"), Key::BUILDER_JOIN, (options, chosen.to_owned()), move |chosen| {
            let join = if chosen == "any" { Join::Any } else { Join::All };
            draft.form.update(|form| whose.change(form, |conditions| conditions.join = join));
        })
    });
    let rows: Vec<_> =
        now.of.iter().enumerate().map(|(place, one)| row(draft, whose, (place, one), &questions)).collect();
    let may_add = rows.len() < MAX_CONDITIONS;
    let (adding, first) = (whose.clone(), questions.last().cloned());
    let add = move || {
        let Some(first) = &first else { return };
        let focus = format!("{}-when-{}", adding.name(), now.of.len());
        let new = condition_on(first);
        draft.reshape(|form| adding.change(form, |conditions| conditions.of.push(new)), focus);
    };
    view! {
        <fieldset class="choices builder-part">
            <legend class="ds-label">{i18n.t(legend)}</legend>
            {join}
            {rows}
            {may_add.then(|| small_button(Key::BUILDER_ADD_CONDITION, String::new(), add))}
        </fieldset>
    }
    .into_any()
}

/// What a question is first asked for: that it is answered.
fn condition_on(question: &Item) -> Condition {
    Condition { question: question.link_id.clone(), operator: Operator::Answered, value: None }
}

fn row(draft: Draft, whose: &Whose, (place, one): (usize, &Condition), questions: &[Item]) -> AnyView {
    let i18n = use_i18n();
    let id = format!("{}-when-{place}", whose.name());
    let named = |item: &Item| (item.link_id.clone(), words(i18n, &item.text));
    let mut options: Options = questions.iter().map(named).collect();
    let question = questions.iter().find(|item| item.link_id == one.question).cloned();
    if question.is_none() {
        options.insert(0, (one.question.clone(), i18n.text(Key::BUILDER_GONE).to_owned()));
    }
    let (of_question, all) = (whose.clone(), questions.to_vec());
    let focus = id.clone();
    let choose = move |link_id: String| {
        let Some(chosen) = all.iter().find(|item| item.link_id == link_id) else { return };
        let new = condition_on(chosen);
        draft.reshape(|form| of_question.change(form, |all| put(all, place, new)), focus.clone());
    };
    let gone = whose.clone();
    let remove = move || {
        let focus = gone.name().to_owned();
        draft.reshape(|form| gone.change(form, |all| drop(all.of.drain(place..=place))), focus);
    };
    let comparison = question.as_ref().map(|question| comparison(draft, whose, (place, one), question));
    let about = question.map(|question| words(i18n, &question.text)).unwrap_or_default();
    view! {
        <div class="builder-row">
            {select(id, Key::BUILDER_QUESTION, (options, one.question.clone()), choose)}
            {comparison}
            {small_button(Key::BUILDER_REMOVE, about, remove)}
        </div>
    }
    .into_any()
}

fn put(conditions: &mut Conditions, place: usize, new: Condition) {
    if let Some(kept) = conditions.of.get_mut(place) {
        *kept = new;
    }
}

/// How the answer is compared, and with what.
fn comparison(draft: Draft, whose: &Whose, (place, one): (usize, &Condition), question: &Item) -> AnyView {
    let i18n = use_i18n();
    let id = format!("{}-when-{place}", whose.name());
    let operators: Options = operators(&question.kind)
        .iter()
        .map(|(operator, key)| (operator_name(*operator), i18n.text(*key).to_owned()))
        .collect();
    let (of_operator, asked, before) = (whose.clone(), question.clone(), one.clone());
    let focus = format!("{id}-operator");
    let choose = move |name: String| {
        let found =
            self::operators(&asked.kind).iter().find(|(operator, _)| operator_name(*operator) == name);
        let Some((operator, _)) = found.copied() else { return };
        let value = match operator {
            Operator::Answered | Operator::Unanswered => None,
            _ => before.value.clone().or_else(|| first_value(&asked.kind)),
        };
        let new = Condition { question: asked.link_id.clone(), operator, value };
        draft.reshape(|form| of_operator.change(form, |all| put(all, place, new)), focus.clone());
    };
    let value = (!matches!(one.operator, Operator::Answered | Operator::Unanswered)).then(|| {
        let (of_value, condition) = (whose.clone(), one.clone());
        value_field(i18n, format!("{id}-value"), (&question.kind, one.value.as_ref()), move |value| {
            let new = Condition { value, ..condition.clone() };
            draft.form.update(|form| of_value.change(form, |all| put(all, place, new)));
        })
    });
    view! {
        {select(format!("{id}-operator"), Key::BUILDER_OPERATOR, (operators, operator_name(one.operator)), choose)}
        {value}
    }
    .into_any()
}

/// The ways in which an answer can be compared.
const fn operators(kind: &ItemKind) -> &'static [(Operator, Key)] {
    const ANSWERED: (Operator, Key) = (Operator::Answered, Key::OPERATOR_ANSWERED);
    const UNANSWERED: (Operator, Key) = (Operator::Unanswered, Key::OPERATOR_UNANSWERED);
    const EQUALS: (Operator, Key) = (Operator::Equals, Key::OPERATOR_EQUALS);
    const OTHER: (Operator, Key) = (Operator::NotEquals, Key::OPERATOR_NOT_EQUALS);
    match kind {
        ItemKind::Many { .. } => &[
            (Operator::Includes, Key::OPERATOR_INCLUDES),
            (Operator::Excludes, Key::OPERATOR_EXCLUDES),
            ANSWERED,
            UNANSWERED,
        ],
        ItemKind::Number { .. } | ItemKind::Scale { .. } | ItemKind::Date {} => &[
            EQUALS,
            OTHER,
            (Operator::AtLeast, Key::OPERATOR_AT_LEAST),
            (Operator::AtMost, Key::OPERATOR_AT_MOST),
            (Operator::Greater, Key::OPERATOR_GREATER),
            (Operator::Less, Key::OPERATOR_LESS),
            ANSWERED,
            UNANSWERED,
        ],
        _ => &[EQUALS, OTHER, ANSWERED, UNANSWERED],
    }
}

fn operator_name(operator: Operator) -> String {
    format!("{operator:?}")
}

/// What a comparison begins with where there is something to choose.
fn first_value(kind: &ItemKind) -> Option<Answer> {
    match kind {
        ItemKind::YesNo {} => Some(Answer::YesNo(true)),
        _ => kind.options().first().map(|option| Answer::One(option.code.clone())),
    }
}

fn value_field(
    i18n: I18n,
    id: String,
    (kind, value): (&ItemKind, Option<&Answer>),
    write: impl Fn(Option<Answer>) + 'static,
) -> AnyView {
    let label = Key::BUILDER_VALUE;
    match kind {
        ItemKind::YesNo {} => {
            let yes = i18n.text(Key::YES).to_owned();
            let options = vec![("yes".to_owned(), yes), ("no".to_owned(), i18n.text(Key::NO).to_owned())];
            let chosen = if value == Some(&Answer::YesNo(false)) { "no" } else { "yes" };
            select(id, label, (options, chosen.to_owned()), move |chosen| {
                write(Some(Answer::YesNo(chosen == "yes")))
            })
        }
        ItemKind::One { options } | ItemKind::Many { options } | ItemKind::ImageChoice { options } => {
            let named = options.iter().map(|option| (option.code.clone(), words(i18n, &option.text)));
            let chosen = match value {
                Some(Answer::One(code)) => code.clone(),
                _ => String::new(),
            };
            select(id, label, (named.collect(), chosen), move |code| write(Some(Answer::One(code))))
        }
        ItemKind::Date {} => {
            let now = match value {
                Some(Answer::Date(date)) => date.to_string(),
                _ => String::new(),
            };
            line(id, Key::BUILDER_DATE_VALUE, now, move |typed| {
                write(intl::written_date(&typed).map(Answer::Date))
            })
        }
        ItemKind::Number { .. } | ItemKind::Scale { .. } => {
            let now = match value {
                Some(Answer::Number(number)) => number.to_string(),
                _ => String::new(),
            };
            line(id, label, now, move |typed| {
                write(typed_number(&typed).map(Answer::Number));
            })
        }
        _ => {
            let now = match value {
                Some(Answer::Text(text)) => text.clone(),
                _ => String::new(),
            };
            line(id, label, now, move |typed| write(Some(Answer::Text(typed))))
        }
    }
}
