//! The questions of a form, each with its field.

use leptos::prelude::*;
use omasote_rules::questionnaires::Refusal;
use omasote_types::decimal::Decimal;
use omasote_types::language::LocalText;
use omasote_types::questionnaires::{Answer, Choice, Item, ItemKind, Picture, Unit};

use super::reading::{number_in_words, typed_number};
use super::{Filling, field_id, words};
use crate::i18n::{Key, use_i18n};
use crate::intl;
use crate::view::{optional, said, text};

/// All of a form. What does not show is hidden, and answers itself with nothing.
#[component]
pub fn FormFields(
    /// The form.
    filling: Filling,
) -> impl IntoView {
    let items = filling.prepared.with_value(|prepared| prepared.form().items.clone());
    view! { <div class="form-items">{items.iter().map(|item| part(filling, item, 2)).collect_view()}</div> }
}

fn part(filling: Filling, item: &Item, level: u8) -> AnyView {
    let link_id = item.link_id.clone();
    let is_hidden = Signal::derive(move || !filling.shows(&link_id));
    let content = match item.kind.clone() {
        ItemKind::Group { items } => group(filling, item, &items, level),
        ItemKind::Information {} => information(item),
        ItemKind::Text { max_characters } => line(filling, item, max_characters),
        ItemKind::LongText { max_characters } => lines(filling, item, max_characters),
        ItemKind::Number { unit, .. } => number(filling, item, unit),
        ItemKind::Date {} => date(filling, item),
        ItemKind::YesNo {} => yes_no(filling, item),
        ItemKind::One { options } | ItemKind::ImageChoice { options } => one(filling, item, options),
        ItemKind::Many { options } => many(filling, item, options),
        ItemKind::Scale { least, most } => scale(filling, item, (least, most)),
    };
    view! { <div class="form-item" hidden=is_hidden>{content}</div> }.into_any()
}

fn shown_text(text_of: LocalText) -> Signal<String> {
    let i18n = use_i18n();
    text(move || words(i18n, &text_of))
}

fn group(filling: Filling, item: &Item, items: &[Item], level: u8) -> AnyView {
    let title = shown_text(item.text.clone());
    let inside = items.iter().map(|item| part(filling, item, level.saturating_add(1))).collect_view();
    let heading = match level {
        2 => view! { <h2 class="ds-heading" data-size="xs">{title}</h2> }.into_any(),
        3 => view! { <h3 class="ds-heading" data-size="2xs">{title}</h3> }.into_any(),
        _ => view! { <h4 class="ds-heading" data-size="2xs">{title}</h4> }.into_any(),
    };
    view! { <section class="form-group">{heading} {help(item)} {inside}</section> }.into_any()
}

fn information(item: &Item) -> AnyView {
    view! { <p class="message-text">{shown_text(item.text.clone())}</p> {help(item)} }.into_any()
}

fn help(item: &Item) -> AnyView {
    let is_empty = item.help == LocalText::default();
    let id = format!("{}-help", field_id(&item.link_id));
    (!is_empty).then(|| view! { <p class="fine" id=id>{shown_text(item.help.clone())}</p> }).into_any()
}

/// The question, with whether it may be left open.
fn question(item: &Item) -> AnyView {
    let i18n = use_i18n();
    let open =
        (!item.is_required).then(|| view! { <span class="fine">" " {i18n.t(Key::QUESTION_OPTIONAL)}</span> });
    view! { {shown_text(item.text.clone())} {open} }.into_any()
}

fn refusal_of(filling: Filling, item: &Item) -> Signal<Option<Refusal>> {
    let link_id = item.link_id.clone();
    Signal::derive(move || filling.refused.with(|all| all.get(&link_id).copied()))
}

/// Why an answer was refused.
fn problem(filling: Filling, item: &Item) -> AnyView {
    let (i18n, refusal) = (use_i18n(), refusal_of(filling, item));
    let bounds = match &item.kind {
        ItemKind::Number { min, max, .. } => (*min, *max),
        _ => (None, None),
    };
    let is_date = matches!(item.kind, ItemKind::Date {});
    let explained = text(move || {
        let Some(refusal) = refusal.get() else { return String::new() };
        let bound = |bound: Option<Decimal>| bound.map(|one| number_in_words(i18n, one)).unwrap_or_default();
        match refusal {
            Refusal::Required => i18n.text(Key::QUESTION_REQUIRED).to_owned(),
            Refusal::TooSmall => i18n.filled(Key::QUESTION_TOO_SMALL, &[("least", &bound(bounds.0))]),
            Refusal::TooLarge => i18n.filled(Key::QUESTION_TOO_LARGE, &[("most", &bound(bounds.1))]),
            Refusal::TooManyDecimals => i18n.text(Key::QUESTION_TOO_MANY_DECIMALS).to_owned(),
            Refusal::TooLong => i18n.text(Key::FIELD_TOO_LONG).to_owned(),
            Refusal::WrongType if is_date => i18n.text(Key::QUESTION_NO_DATE).to_owned(),
            Refusal::WrongType => i18n.text(Key::QUESTION_NO_NUMBER).to_owned(),
            _ => i18n.text(Key::FIELD_INVALID).to_owned(),
        }
    });
    let is_fine = Signal::derive(move || refusal.get().is_none());
    let id = format!("{}-error", field_id(&item.link_id));
    view! { <p class="ds-validation-message" id=id hidden=is_fine>{explained}</p> }.into_any()
}

fn described(item: &Item) -> String {
    let id = field_id(&item.link_id);
    match item.help == LocalText::default() {
        true => format!("{id}-error"),
        false => format!("{id}-help {id}-error"),
    }
}

fn labelled(filling: Filling, item: &Item, field: AnyView) -> AnyView {
    let id = field_id(&item.link_id);
    view! {
        <div class="ds-field">
            <label class="ds-label" for=id>{question(item)}</label>
            {help(item)}
            {field}
            {problem(filling, item)}
        </div>
    }
    .into_any()
}

fn is_refused(filling: Filling, item: &Item) -> Signal<&'static str> {
    let refusal = refusal_of(filling, item);
    said(Signal::derive(move || refusal.get().is_some()))
}

fn written(filling: Filling, item: &Item) -> String {
    let answer = filling.answers.with_untracked(|answers| answers.get(&item.link_id).cloned());
    match answer {
        Some(Answer::Text(text)) => text,
        Some(Answer::Number(number)) => number_in_words(use_i18n(), number),
        Some(Answer::Date(date)) => date.to_string(),
        _ => String::new(),
    }
}

fn most_characters(max: Option<u32>) -> String {
    max.map_or_else(
        || omasote_types::questionnaires::MAX_ANSWER_CHARACTERS.to_string(),
        |max| max.to_string(),
    )
}

fn answer_text(filling: Filling, link_id: &str, typed: String) {
    filling.answer(link_id, Some(Answer::Text(typed)).filter(|answer| !answer.is_empty()));
}

fn line(filling: Filling, item: &Item, max: Option<u32>) -> AnyView {
    let link_id = item.link_id.clone();
    let field = view! {
        <input
            class="ds-input"
            type="text"
            id=field_id(&item.link_id)
            autocomplete="off"
            maxlength=most_characters(max)
            aria-describedby=described(item)
            aria-invalid=is_refused(filling, item)
            prop:value=written(filling, item)
            on:input=move |event| answer_text(filling, &link_id, event_target_value(&event))
        />
    };
    labelled(filling, item, field.into_any())
}

fn lines(filling: Filling, item: &Item, max: Option<u32>) -> AnyView {
    let link_id = item.link_id.clone();
    let field = view! {
        <textarea
            class="ds-input"
            rows="4"
            dir="auto"
            id=field_id(&item.link_id)
            maxlength=most_characters(max)
            aria-describedby=described(item)
            aria-invalid=is_refused(filling, item)
            prop:value=written(filling, item)
            on:input=move |event| answer_text(filling, &link_id, event_target_value(&event))
        ></textarea>
    };
    labelled(filling, item, field.into_any())
}

fn number(filling: Filling, item: &Item, unit: Option<Unit>) -> AnyView {
    let link_id = item.link_id.clone();
    let unit = unit.map(|unit| view! { <span class="unit">{shown_text(unit.text)}</span> });
    let type_number = move |event| {
        let typed = event_target_value(&event);
        match typed_number(&typed) {
            _ if typed.trim().is_empty() => filling.answer(&link_id, None),
            Some(number) => filling.answer(&link_id, Some(Answer::Number(number))),
            None => filling.cannot_read(&link_id),
        }
    };
    let field = view! {
        <span class="with-unit">
            <input
                class="ds-input"
                type="text"
                inputmode="decimal"
                autocomplete="off"
                id=field_id(&item.link_id)
                aria-describedby=described(item)
                aria-invalid=is_refused(filling, item)
                prop:value=written(filling, item)
                on:input=type_number
            />
            {unit}
        </span>
    };
    labelled(filling, item, field.into_any())
}

fn date(filling: Filling, item: &Item) -> AnyView {
    let link_id = item.link_id.clone();
    let type_date = move |event| {
        let typed = event_target_value(&event);
        match intl::written_date(&typed) {
            _ if typed.is_empty() => filling.answer(&link_id, None),
            Some(date) => filling.answer(&link_id, Some(Answer::Date(date))),
            None => filling.cannot_read(&link_id),
        }
    };
    let field = view! {
        <input
            class="ds-input"
            type="date"
            id=field_id(&item.link_id)
            aria-describedby=described(item)
            aria-invalid=is_refused(filling, item)
            prop:value=written(filling, item)
            on:input=type_date
        />
    };
    labelled(filling, item, field.into_any())
}

/// Something to choose: its answer, its words and its picture.
struct Offered {
    answer: Answer,
    name: Signal<String>,
    picture: Option<Picture>,
}

fn yes_no(filling: Filling, item: &Item) -> AnyView {
    let i18n = use_i18n();
    let offered = [(true, Key::YES), (false, Key::NO)].map(|(is_yes, key)| Offered {
        answer: Answer::YesNo(is_yes),
        name: text(move || i18n.text(key).to_owned()),
        picture: None,
    });
    radios(filling, item, offered.into(), "choices")
}

fn one(filling: Filling, item: &Item, options: Vec<Choice>) -> AnyView {
    let offered = options.into_iter().map(|option| Offered {
        answer: Answer::One(option.code),
        name: shown_text(option.text),
        picture: option.picture,
    });
    radios(filling, item, offered.collect(), "choices")
}

fn scale(filling: Filling, item: &Item, (least, most): (LocalText, LocalText)) -> AnyView {
    let offered = (0..=10_i16).map(|number| Offered {
        answer: Answer::Number(Decimal::from(number)),
        name: text(move || number.to_string()),
        picture: None,
    });
    let ends = view! {
        <p class="scale-ends fine">
            <span>"0 = " {shown_text(least)}</span>
            <span>"10 = " {shown_text(most)}</span>
        </p>
    };
    view! { {radios(filling, item, offered.collect(), "choices scale")} {ends} }.into_any()
}

fn radios(filling: Filling, item: &Item, offered: Vec<Offered>, class: &'static str) -> AnyView {
    let name = field_id(&item.link_id);
    let radio = |(place, one): (usize, Offered)| {
        let Offered { answer, name: label, picture } = one;
        // The first has the question's own id, so that it can be gone to.
        let id = if place == 0 { name.clone() } else { format!("{name}-{place}") };
        let (link_id, now, chosen) = (item.link_id.clone(), item.link_id.clone(), answer.clone());
        let is_on = Signal::derive(move || {
            filling.answers.with(|answers| answers.get(&now).is_some_and(|given| *given == chosen))
        });
        view! {
            <div class="ds-field">
                <input
                    class="ds-input"
                    type="radio"
                    name=name.clone()
                    id=id.clone()
                    aria-invalid=is_refused(filling, item)
                    prop:checked=is_on
                    on:change=move |_| filling.answer(&link_id, Some(answer.clone()))
                />
                <label class="ds-label" data-weight="regular" for=id>
                    {picture.map(image)}
                    {label}
                </label>
            </div>
        }
    };
    let radios: Vec<_> = offered.into_iter().enumerate().map(radio).collect();
    chosen_from(filling, item, radios.into_any(), class)
}

fn image(picture: Picture) -> AnyView {
    let Picture { path, description } = picture;
    view! { <img class="choice-picture" src=path alt=shown_text(description) loading="lazy" /> }.into_any()
}

fn many(filling: Filling, item: &Item, options: Vec<Choice>) -> AnyView {
    let name = field_id(&item.link_id);
    let tick = |(place, option): (usize, Choice)| {
        let id = if place == 0 { name.clone() } else { format!("{name}-{place}") };
        let (code, of, now) = (option.code.clone(), item.link_id.clone(), item.link_id.clone());
        let is_on = Signal::derive(move || chosen(filling, &now).contains(&option.code));
        let change = move |event| {
            let mut codes = untrack(|| chosen(filling, &of));
            codes.retain(|other| *other != code);
            if event_target_checked(&event) {
                codes.push(code.clone());
            }
            filling.answer(&of, Some(Answer::Many(codes)).filter(|answer| !answer.is_empty()));
        };
        view! {
            <div class="ds-field">
                <input class="ds-input" type="checkbox" id=id.clone() prop:checked=is_on on:change=change />
                <label class="ds-label" data-weight="regular" for=id>{shown_text(option.text)}</label>
            </div>
        }
    };
    let ticks: Vec<_> = options.into_iter().enumerate().map(tick).collect();
    chosen_from(filling, item, ticks.into_any(), "choices")
}

fn chosen(filling: Filling, link_id: &str) -> Vec<String> {
    filling.answers.with(|answers| match answers.get(link_id) {
        Some(Answer::Many(codes)) => codes.clone(),
        _ => Vec::new(),
    })
}

fn chosen_from(filling: Filling, item: &Item, options: AnyView, class: &'static str) -> AnyView {
    let (i18n, link_id) = (use_i18n(), item.link_id.clone());
    let has_answer = Memo::new(move |_| filling.answers.with(|answers| answers.get(&link_id).is_some()));
    let (is_single, link_id) = (!matches!(item.kind, ItemKind::Many { .. }), item.link_id.clone());
    let is_optional = !item.is_required;
    // What was chosen by mistake can be taken back.
    let clear = optional(move || {
        let link_id = link_id.clone();
        (is_single && is_optional && has_answer.get()).then(|| {
            view! {
                <button
                    type="button"
                    class="ds-button"
                    data-variant="tertiary"
                    data-size="sm"
                    on:click=move |_| filling.answer(&link_id, None)
                >
                    {i18n.t(Key::QUESTION_CLEAR)}
                </button>
            }
            .into_any()
        })
    });
    view! {
        <fieldset class=class aria-describedby=described(item)>
            <legend class="ds-label">{question(item)}</legend>
            {help(item)}
            {options}
            {clear}
            {problem(filling, item)}
        </fieldset>
    }
    .into_any()
}
