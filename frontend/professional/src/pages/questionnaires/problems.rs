//! What stands in the way of publishing, in words.

use leptos::prelude::*;
use omasote_rules::questionnaires::{Flaw, Place, Problem, completeness};
use omasote_types::error::FieldErrorCode;
use omasote_types::language::Language;
use omasote_types::questionnaires::Form;
use omasote_ui::errors;
use omasote_ui::focus::focus_id;
use omasote_ui::i18n::{I18n, Key, use_i18n};
use omasote_ui::questionnaires::words;
use omasote_ui::view::dynamic;

use super::draft::Draft;
use super::tree;
use crate::pages::messages::name_of;

/// How many problems are shown at once: mending some often mends others.
const MOST: usize = 8;

/// Makes the part of the page.
pub(super) fn problems(draft: Draft) -> AnyView {
    let i18n = use_i18n();
    let list = dynamic(move || {
        let all = draft.problems.get();
        if all.is_empty() {
            return view! { <p>{i18n.t(Key::BUILDER_SOUND)}</p> }.into_any();
        }
        let more = all.len().saturating_sub(MOST);
        let rows: Vec<_> = all.iter().take(MOST).map(|problem| row(draft, problem)).collect();
        let more = (more > 0).then(|| {
            let more = u32::try_from(more).unwrap_or(u32::MAX);
            view! { <li class="fine">{i18n.counted(Key::BUILDER_MORE_ONE, Key::BUILDER_MORE_MANY, more)}</li> }
        });
        view! { <ul class="builder-problems">{rows} {more}</ul> }.into_any()
    });
    view! {
        <section class="part" aria-labelledby="problems-title">
            <h2 class="ds-heading" data-size="xs" id="problems-title">{i18n.t(Key::BUILDER_PROBLEMS)}</h2>
            {list}
            {languages(draft)}
        </section>
    }
    .into_any()
}

/// How much there is in each language.
fn languages(draft: Draft) -> AnyView {
    let i18n = use_i18n();
    let there = Memo::new(move |_| {
        draft.form.with(|form| completeness(form).map(|one| (one.language, one.total, one.missing.len())))
    });
    dynamic(move || {
        let rows = there.get().map(|(language, total, missing)| {
            let (all, there) = (total.to_string(), total.saturating_sub(missing).to_string());
            let said = i18n.filled(Key::BUILDER_TEXTS, &[("there", &there), ("all", &all)]);
            let color = if missing == 0 { "success" } else { "warning" };
            view! {
                <li>
                    {i18n.text(name_of(language))} " "
                    <span class="ds-tag" data-size="sm" data-color=color>{said}</span>
                </li>
            }
        });
        view! { <ul class="builder-languages">{rows.into_iter().collect_view()}</ul> }.into_any()
    })
}

fn row(draft: Draft, problem: &Problem) -> AnyView {
    let i18n = use_i18n();
    let said = flaw_in_words(i18n, problem.flaw);
    let (place, target) = draft.form.with_untracked(|form| place_in_words(i18n, form, &problem.place));
    let Some(target) = target else {
        return view! { <li>{format!("{place}{said}")}</li> }.into_any();
    };
    let go = move |_| {
        let (link_id, focus) = target.clone();
        if let Some(link_id) = link_id {
            draft.open.set(Some(link_id));
        }
        request_animation_frame(move || focus_id(focus));
    };
    view! {
        <li>
            <button type="button" class="link-button" on:click=go>{format!("{place}{said}")}</button>
        </li>
    }
    .into_any()
}

/// Where to go: what to open, and the field.
type Target = (Option<String>, String);

fn place_in_words(i18n: I18n, form: &Form, place: &Place) -> (String, Option<Target>) {
    let titled = |text: String, unnamed: Key| match text.trim() {
        "" => format!("{}: ", i18n.text(unnamed)),
        text => format!("{text}: "),
    };
    match place {
        Place::Form => (String::new(), None),
        Place::Field(path) if path.starts_with("title") => {
            (String::new(), Some((None, "questionnaire-title".to_owned())))
        }
        Place::Field(path) => (format!("{path}: "), None),
        Place::Item(link_id) => {
            let text =
                tree::find(&form.items, link_id).map(|item| words(i18n, &item.text)).unwrap_or_default();
            (titled(text, Key::BUILDER_NO_TEXT), Some((Some(link_id.clone()), link_id.clone())))
        }
        Place::Score(code) => {
            let score = form.scores.iter().find(|score| score.code == *code);
            let name = score.map(|score| words(i18n, &score.name)).unwrap_or_default();
            (titled(name, Key::BUILDER_SCORES), Some((None, format!("{code}-name"))))
        }
        Place::Alert(code) => {
            let alert = form.alerts.iter().find(|alert| alert.code == *code);
            let text = alert.map(|alert| words(i18n, &alert.text)).unwrap_or_default();
            (titled(text, Key::BUILDER_ALERTS), Some((None, format!("{code}-text"))))
        }
    }
}

fn flaw_in_words(i18n: I18n, flaw: Flaw) -> String {
    let key = match flaw {
        Flaw::Size(FieldErrorCode::Required) => Key::FLAW_EMPTY,
        Flaw::Size(code) => errors::explain_field(code),
        Flaw::NameTwice => Key::FLAW_NAME_TWICE,
        Flaw::NothingToRequire => Key::FLAW_NOTHING_TO_REQUIRE,
        Flaw::NoOptions => Key::FLAW_NO_OPTIONS,
        Flaw::OptionTwice => Key::FLAW_OPTION_TWICE,
        Flaw::NoPicture => Key::FLAW_NO_PICTURE,
        Flaw::Bounds => Key::FLAW_BOUNDS,
        Flaw::UnknownQuestion => Key::FLAW_UNKNOWN_QUESTION,
        Flaw::LaterQuestion => Key::FLAW_LATER_QUESTION,
        Flaw::Operator | Flaw::Value => Key::FLAW_VALUE,
        Flaw::NotCounted => Key::FLAW_NOT_COUNTED,
        Flaw::CountedTwice => Key::FLAW_COUNTED_TWICE,
        Flaw::NothingCounted => Key::FLAW_NOTHING_COUNTED,
        Flaw::Minimum => Key::FLAW_MINIMUM,
        Flaw::Factor | Flaw::TooLarge => Key::FLAW_FACTOR,
        Flaw::BandsLack => Key::FLAW_BANDS_LACK,
        Flaw::BandsOverlap => Key::FLAW_BANDS_OVERLAP,
        Flaw::EmptyGroup => Key::FLAW_EMPTY_GROUP,
        Flaw::NoLanguage => Key::FLAW_NO_LANGUAGE,
        Flaw::LanguageIncomplete(language) => return incomplete(i18n, language),
    };
    i18n.text(key).to_owned()
}

fn incomplete(i18n: I18n, language: Language) -> String {
    i18n.filled(Key::FLAW_LANGUAGE_INCOMPLETE, &[("language", i18n.text(name_of(language)))])
}
