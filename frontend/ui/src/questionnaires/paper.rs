//! A task as a form on paper: an A4 page with the code by which the unit finds the task.

use leptos::prelude::*;
use omasote_types::language::LocalText;
use omasote_types::questionnaires::{Condition, Conditions, Form, Item, ItemKind, Join, Operator};
use omasote_types::tasks::Task;
use omasote_types::units::Unit;

use super::{answer_in_words, words};
use crate::i18n::{I18n, Key, use_i18n};
use crate::intl;
use crate::loading::Loading;
use crate::remote::Remote;
use crate::session::use_session;
use crate::view::{dynamic, text};

/// What is printed: the unit to return it to, and the form when the task asks for one.
type Printed = (Unit, Option<Form>);

/// A button that prints a task as a form on paper. What is on the screen is not printed then.
#[component]
pub fn PaperForm(
    /// The task.
    task: Task,
) -> impl IntoView {
    let i18n = use_i18n();
    let is_wanted = RwSignal::new(false);
    let task = StoredValue::new(task);
    let paper = dynamic(move || match is_wanted.get() {
        true => paper(task.get_value()),
        false => ().into_any(),
    });
    let print = move |_| match is_wanted.get_untracked() {
        true => drop(window().print()),
        false => is_wanted.set(true),
    };
    view! {
        <div class="paper-print">
            <button type="button" class="ds-button" data-variant="tertiary" on:click=print>
                {i18n.t(Key::PAPER_PRINT)}
            </button>
        </div>
        {paper}
    }
}

/// Fetched when it is wanted, and printed once it is there.
fn paper(task: Task) -> AnyView {
    let session = use_session();
    let (id, unit) = (task.id, task.unit.id);
    let asks = task.kind.asks();
    let printed = Remote::new(move || {
        session.ask(async move |client| {
            let unit = client.get_unit(unit).await?;
            let form = if asks { Some(client.get_task_response(id).await?.form) } else { None };
            Ok((unit, form))
        })
    });
    let task = StoredValue::new(task);
    view! {
        <Loading data=printed rows=1 let:printed>
            {sheet(&task.get_value(), printed.get_untracked())}
        </Loading>
    }
    .into_any()
}

fn sheet(task: &Task, (unit, form): Printed) -> AnyView {
    let i18n = use_i18n();
    let (title, said, name) = (task.title.clone(), task.text.clone(), task.citizen.name.clone());
    let (days_of, code, phone) = (task.window, task.code.clone(), unit.phone);
    let unit = unit.name;
    let days = text(move || {
        let day = |day| intl::date(i18n.language(), day);
        i18n.filled(Key::PAPER_DAYS, &[("from", &day(days_of.from)), ("to", &day(days_of.to))])
    });
    let back =
        text(move || i18n.filled(Key::PAPER_RETURN, &[("unit", &i18n.local(&unit)), ("phone", &phone)]));
    let questions = dynamic(move || match &form {
        Some(form) => questions(i18n, form),
        None => view! { <p class="paper-line">{i18n.t(Key::PAPER_DONE)} " ☐"</p> }.into_any(),
    });
    // Once it is on the page.
    request_animation_frame(move || drop(window().print()));
    view! {
        <article class="paper" aria-hidden="true">
            <header>
                <h1>{text(move || words(i18n, &title))}</h1>
                <p class="paper-code">{code}</p>
            </header>
            <p>{name} " · " {days}</p>
            <p>{said}</p>
            {questions}
            <footer>
                <p class="paper-line">{i18n.t(Key::PAPER_SIGNED)}</p>
                <p>{back}</p>
            </footer>
        </article>
    }
    .into_any()
}

fn questions(i18n: I18n, form: &Form) -> AnyView {
    let mut numbered = Vec::new();
    number(&form.items, &mut numbered);
    let number_of = |link_id: &str| {
        let found = numbered.iter().find(|(item, _)| item.link_id == link_id);
        found.map(|(item, number)| (*item, *number))
    };
    let parts: Vec<_> = form.items.iter().map(|item| part(i18n, item, &number_of)).collect();
    let description = words(i18n, &form.description);
    let attribution = words(i18n, &form.rights.attribution);
    view! {
        <p>{description}</p>
        {parts}
        <p class="paper-rights">{attribution}</p>
    }
    .into_any()
}

/// Every question with its number on the paper.
fn number<'f>(items: &'f [Item], found: &mut Vec<(&'f Item, usize)>) {
    for item in items {
        if item.kind.is_question() {
            found.push((item, found.len().saturating_add(1)));
        }
        number(item.kind.items(), found);
    }
}

type NumberOf<'a, 'f> = &'a dyn Fn(&str) -> Option<(&'f Item, usize)>;

fn part(i18n: I18n, item: &Item, number_of: NumberOf<'_, '_>) -> AnyView {
    let title = words(i18n, &item.text);
    let help = words(i18n, &item.help);
    let only = item.show_when.as_ref().map(|when| {
        let said = condition_in_words(i18n, when, number_of);
        view! { <p class="paper-only">{said}</p> }
    });
    if let ItemKind::Group { items } = &item.kind {
        let inside: Vec<_> = items.iter().map(|item| part(i18n, item, number_of)).collect();
        return view! { <section><h2>{title}</h2> {only} {inside}</section> }.into_any();
    }
    if matches!(item.kind, ItemKind::Information {}) {
        return view! { <p>{title}</p> }.into_any();
    }
    let number = number_of(&item.link_id).map(|(_, number)| format!("{number}. ")).unwrap_or_default();
    view! {
        <section class="paper-question">
            <h3>{number} {title}</h3>
            {only}
            <p class="paper-help">{help}</p>
            {room(i18n, &item.kind)}
        </section>
    }
    .into_any()
}

/// Where the answer is written.
fn room(i18n: I18n, kind: &ItemKind) -> AnyView {
    let boxes = |all: Vec<String>| {
        let rows = all.into_iter().map(|words| view! { <li>"☐ " {words}</li> });
        view! { <ul class="paper-boxes">{rows.collect_view()}</ul> }.into_any()
    };
    match kind {
        ItemKind::YesNo {} => boxes(vec![i18n.text(Key::YES).to_owned(), i18n.text(Key::NO).to_owned()]),
        ItemKind::One { options } | ItemKind::Many { options } | ItemKind::ImageChoice { options } => {
            boxes(options.iter().map(|option| words(i18n, &option.text)).collect())
        }
        ItemKind::Scale { least, most } => {
            let ends = |text: &LocalText| words(i18n, text);
            let numbers = (0..=10).map(|number| format!("☐ {number}")).collect::<Vec<_>>().join("  ");
            view! {
                <p>{numbers}</p>
                <p class="paper-help">{format!("0 = {}, 10 = {}", ends(least), ends(most))}</p>
            }
            .into_any()
        }
        ItemKind::Number { unit, .. } => {
            let unit = unit.as_ref().map(|unit| words(i18n, &unit.text)).unwrap_or_default();
            view! { <p class="paper-line">{unit}</p> }.into_any()
        }
        ItemKind::LongText { .. } => {
            (0..3).map(|_| view! { <p class="paper-line"></p> }).collect_view().into_any()
        }
        _ => view! { <p class="paper-line"></p> }.into_any(),
    }
}

/// When a question is to be answered, by the numbers on the paper.
fn condition_in_words(i18n: I18n, when: &Conditions, number_of: NumberOf<'_, '_>) -> String {
    let one = |condition: &Condition| {
        let (item, number) = number_of(&condition.question)?;
        let value = condition.value.as_ref().map(|value| answer_in_words(i18n, item, value));
        let operator = operator_in_words(i18n, condition.operator);
        Some(format!("{number}: {operator} {}", value.unwrap_or_default()).trim().to_owned())
    };
    let join = match when.join {
        Join::All => Key::PAPER_AND,
        Join::Any => Key::PAPER_OR,
    };
    let join = format!(" {} ", i18n.text(join));
    let all = when.of.iter().filter_map(one).collect::<Vec<_>>().join(&join);
    i18n.filled(Key::PAPER_ONLY_WHEN, &[("conditions", &all)])
}

/// How an answer is compared, in words.
fn operator_in_words(i18n: I18n, operator: Operator) -> &'static str {
    let key = match operator {
        Operator::Equals => Key::OPERATOR_EQUALS,
        Operator::NotEquals => Key::OPERATOR_NOT_EQUALS,
        Operator::Greater => Key::OPERATOR_GREATER,
        Operator::Less => Key::OPERATOR_LESS,
        Operator::AtLeast => Key::OPERATOR_AT_LEAST,
        Operator::AtMost => Key::OPERATOR_AT_MOST,
        Operator::Answered => Key::OPERATOR_ANSWERED,
        Operator::Unanswered => Key::OPERATOR_UNANSWERED,
        Operator::Includes => Key::OPERATOR_INCLUDES,
        Operator::Excludes => Key::OPERATOR_EXCLUDES,
    };
    i18n.text(key)
}
