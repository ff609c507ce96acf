//! Choosing what a matter is about: a field to find it in one's own words, and a list of radio buttons. Which unit answers
//! stands under each; nobody has to know it beforehand.

use leptos::prelude::*;
use omasote_ui::drafts::Draft;
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::view::{dynamic, text};

use super::topics::{Need, matches};

/// The id of the field that narrows the list.
pub(super) const FILTER: &str = "topic-filter";
const ERROR: &str = "topic-error";

#[component]
pub(super) fn TopicPicker(needs: Vec<Need>, draft: Draft, is_missing: Signal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let typed = RwSignal::new(String::new());
    // Told only until something is chosen.
    let is_missing = Memo::new(move |_| is_missing.get() && draft.topic().is_none());
    view! {
        <fieldset class="card topics" aria-describedby=ERROR>
            <legend>
                <h2 class="ds-heading" data-size="xs">
                    {i18n.t(Key::TOPIC_QUESTION)}
                </h2>
            </legend>
            <div class="ds-field">
                <label class="ds-label" for=FILTER>{i18n.t(Key::TOPIC_FILTER)}</label>
                <input
                    class="ds-input"
                    type="search"
                    id=FILTER
                    autocomplete="off"
                    aria-describedby=ERROR
                    on:input=move |event| typed.set(event_target_value(&event))
                />
            </div>
            <p class="ds-validation-message" id=ERROR hidden=Signal::derive(move || !is_missing.get())>
                {i18n.t(Key::TOPIC_MISSING)}
            </p>
            <Needs needs draft typed />
        </fieldset>
    }
}

#[component]
fn Needs(needs: Vec<Need>, draft: Draft, typed: RwSignal<String>) -> impl IntoView {
    let i18n = use_i18n();
    dynamic(move || {
        let (language, typed) = (i18n.language(), typed.get());
        let found: Vec<Need> = needs.iter().filter(|need| matches(need, language, &typed)).cloned().collect();
        let (count, is_all) = (found.len(), typed.trim().is_empty());
        view! {
            <p class="fine" role="status">{found_text(count, is_all)}</p>
            {listed(found, is_all, draft)}
        }
        .into_any()
    })
}

/// While nothing is searched for, what others than one's own municipality do is one step away; what is searched for is all
/// in sight.
fn listed(found: Vec<Need>, is_all: bool, draft: Draft) -> AnyView {
    let i18n = use_i18n();
    let show = move |needs: Vec<Need>| {
        let options = needs.into_iter().map(|need| view! { <NeedOption need draft /> });
        view! { <div class="topic-group">{options.collect_view()}</div> }
    };
    let (near, far): (Vec<_>, Vec<_>) = found.into_iter().partition(|need| need.is_near);
    if !is_all || near.is_empty() || far.is_empty() {
        return show(near.into_iter().chain(far).collect()).into_any();
    }
    let chosen = untrack(|| draft.topic());
    let is_chosen_far = far.iter().any(|need| Some(need.topic) == chosen);
    view! {
        {show(near)}
        <details class="other-topics" open=is_chosen_far>
            <summary>{i18n.t(Key::TOPIC_ELSEWHERE)}</summary>
            {show(far)}
        </details>
    }
    .into_any()
}

fn found_text(count: usize, is_all: bool) -> String {
    let i18n = use_i18n();
    match (count, is_all) {
        (_, true) => String::new(),
        (0, _) => i18n.text(Key::TOPIC_NONE_FOUND).to_owned(),
        _ => i18n.counted(
            Key::TOPIC_FOUND_ONE,
            Key::TOPIC_FOUND_OTHER,
            u32::try_from(count).unwrap_or(u32::MAX),
        ),
    }
}

#[component]
fn NeedOption(need: Need, draft: Draft) -> impl IntoView {
    let i18n = use_i18n();
    let Need { topic, name, unit, .. } = need;
    view! {
        <label class="topic">
            <input
                class="ds-input"
                type="radio"
                name="topic"
                prop:checked=Signal::derive(move || draft.topic() == Some(topic))
                on:change=move |_| draft.choose(topic)
            />
            <span class="topic-names">
                <span>{text(move || i18n.local(&name))}</span>
                " "
                <span class="topic-unit">{text(move || i18n.local(&unit))}</span>
            </span>
        </label>
    }
}
