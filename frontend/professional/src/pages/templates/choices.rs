//! The list that one chooses a template from: found by words, and gone through by the arrow keys.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlElement;
use omasote_types::language::Language;
use omasote_types::messages::{EXCERPT_CHARACTERS, excerpt};
use omasote_types::templates::{Template, TemplateContent};
use omasote_types::units::Unit;
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::view::{dynamic, text};

use super::values::Used;
use crate::pages::messages::name_of;

/// What the arrow keys go through: the field, and what there is to choose from below it.
const STOPS: &str = ".template-dialog input, .template-choice";

#[component]
pub(super) fn Choices(
    /// What there is to choose from, and the unit that writes.
    offer: (Vec<Template>, Unit),
    /// The language of whom one writes to.
    wanted: Language,
    fill: Callback<(Template, Unit), Option<Used>>,
    chosen: Callback<Used>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (templates, unit) = offer;
    if templates.is_empty() {
        return view! { <p>{i18n.t(Key::TEMPLATES_NONE)}</p> }.into_any();
    }
    let all = StoredValue::new(templates);
    let typed = RwSignal::new(String::new());
    let found = Memo::new(move |_| all.with_value(|all| find(all, &typed.get(), i18n.language())));
    let unit = StoredValue::new(unit);
    let filled = move |one: Template| unit.with_value(|unit| fill.run((one, unit.clone())));
    let rows = dynamic(move || {
        let rows = found.get().into_iter().filter_map(|one| {
            let used = filled(one.clone())?;
            Some(choice(&one, used, wanted, chosen))
        });
        let rows: Vec<_> = rows.collect();
        view! { <ul class="template-choices">{rows}</ul> }.into_any()
    });
    let count = text(move || match found.with(Vec::len) {
        0 => i18n.text(Key::TEMPLATES_NONE_FOUND).to_owned(),
        count => i18n.filled(Key::TEMPLATES_COUNT, &[("count", &count.to_string())]),
    });
    let field: NodeRef<html::Input> = NodeRef::new();
    field.on_load(|field| drop(field.focus()));
    // The field stands in the form of the message, which is not sent by this.
    let enter = move |event: KeyboardEvent| {
        if event.key() == "Enter" {
            event.prevent_default();
            if let Some(first) = found.with_untracked(|found| found.first().cloned()).and_then(filled) {
                chosen.run(first);
            }
        }
    };
    view! {
        <div class="ds-field">
            <label class="ds-label" for="template-search">{i18n.t(Key::TEMPLATES_SEARCH)}</label>
            <input
                class="ds-input"
                id="template-search"
                type="search"
                autocomplete="off"
                node_ref=field
                prop:value=typed
                on:input=move |event| typed.set(event_target_value(&event))
                on:keydown=enter
            />
        </div>
        <p class="fine" role="status">{count}</p>
        {rows}
    }
    .into_any()
}

/// A template, with the beginning of what it would say.
fn choice(template: &Template, used: Used, wanted: Language, chosen: Callback<Used>) -> AnyView {
    let i18n = use_i18n();
    let title = title_in(&template.content, i18n.language());
    let language = used.language;
    let beginning = match excerpt(&used.filled.text) {
        all if all.chars().count() < EXCERPT_CHARACTERS => all,
        part => format!("{part}…"),
    };
    let own = template.unit_id.is_none().then(|| {
        view! { <span class="ds-tag" data-size="sm" data-color="info">{i18n.t(Key::TEMPLATES_IS_OWN)}</span> }
    });
    let other = (language != wanted).then(|| {
        let words = text(move || {
            i18n.filled(Key::TEMPLATES_TEXT_LANGUAGE, &[("language", i18n.text(name_of(language)))])
        });
        view! { <span class="ds-tag" data-size="sm" data-color="warning">{words}</span> }
    });
    view! {
        <li>
            <button type="button" class="template-choice" on:click=move |_| chosen.run(used.clone())>
                <span class="template-name">{title} {own} {other}</span>
                <span class="fine" lang=language.code()>{beginning}</span>
            </button>
        </li>
    }
    .into_any()
}

/// The title in a language, or in the first there is.
pub(super) fn title_in(content: &TemplateContent, language: Language) -> String {
    let language = content.language_for(language).unwrap_or(language);
    content.title.text(language).to_owned()
}

/// The templates that hold every one of the words, in the order of their titles.
fn find(all: &[Template], words: &str, language: Language) -> Vec<Template> {
    let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
    let mut found: Vec<Template> = all.iter().filter(|one| holds(&one.content, &words)).cloned().collect();
    found.sort_by_cached_key(|one| title_in(&one.content, language).to_lowercase());
    found
}

fn holds(content: &TemplateContent, words: &[String]) -> bool {
    let texts = Language::ALL.map(|language| {
        let whole = format!("{} {}", content.title.text(language), content.body.text(language));
        whole.to_lowercase()
    });
    words.iter().all(|word| texts.iter().any(|text| text.contains(word)))
}

/// Goes to the choice after or before the one that has the focus.
pub(crate) fn go(event: &KeyboardEvent) {
    let step = match event.key().as_str() {
        "ArrowDown" => 1,
        "ArrowUp" => -1,
        _ => return,
    };
    let Ok(stops) = document().query_selector_all(STOPS) else { return };
    let stops: Vec<HtmlElement> =
        (0..stops.length()).filter_map(|place| stops.item(place)?.dyn_into().ok()).collect();
    let active = document().active_element();
    let here = stops.iter().position(|stop| active.as_ref() == Some(stop.as_ref()));
    let next = here.and_then(|here| here.checked_add_signed(step)).and_then(|place| stops.get(place));
    if let Some(next) = next {
        event.prevent_default();
        let _ = next.focus();
    }
}

#[cfg(test)]
mod tests {
    use omasote_types::language::LocalText;

    use super::*;

    fn template(title: &str, body: &str) -> Template {
        let finnish = |fi: &str| LocalText { fi: fi.to_owned(), ..LocalText::default() };
        let content = TemplateContent { title: finnish(title), body: finnish(body) };
        let id = "01890a5d-ac96-774b-bcce-b302099a8057".parse().unwrap();
        Template { id, unit_id: None, version: 1, content }
    }

    #[test]
    fn templates_are_found_by_words_of_their_title_and_text() {
        let all = [template("Tulokset", "Näyte on kunnossa"), template("Ajanvaraus", "Varaa aika")];
        let titles = |words| -> Vec<String> {
            find(&all, words, Language::Sv).iter().map(|one| one.content.title.fi.clone()).collect()
        };
        assert_eq!(titles(""), ["Ajanvaraus", "Tulokset"]);
        assert_eq!(titles("NÄYTE kunno"), ["Tulokset"]);
        assert_eq!(titles("näyte aika"), [""; 0]);
    }
}
