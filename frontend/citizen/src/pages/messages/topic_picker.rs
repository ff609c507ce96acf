//! Choosing what a matter is about: a list of radio buttons by unit, and a field to find the right one.

use leptos::prelude::*;
use omasote_types::units::{Topic, Unit};
use omasote_ui::drafts::Draft;
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::view::{dynamic, text};

use super::topics::{TopicGroup, matches};

/// The id of the field that narrows the list.
pub(super) const FILTER: &str = "topic-filter";
const ERROR: &str = "topic-error";

#[component]
pub(super) fn TopicPicker(groups: Vec<TopicGroup>, draft: Draft, is_missing: Signal<bool>) -> impl IntoView {
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
            <TopicGroups groups draft typed />
        </fieldset>
    }
}

#[component]
fn TopicGroups(groups: Vec<TopicGroup>, draft: Draft, typed: RwSignal<String>) -> impl IntoView {
    let i18n = use_i18n();
    dynamic(move || {
        let (language, typed) = (i18n.language(), typed.get());
        let mut found = groups.clone();
        for group in &mut found {
            let unit = group.unit.clone();
            group.unit.topics.retain(|topic| matches(&unit, topic, language, &typed));
        }
        found.retain(|group| !group.unit.topics.is_empty());
        let count: usize = found.iter().map(|group| group.unit.topics.len()).sum();
        let is_all = typed.trim().is_empty();
        view! {
            <p class="fine" role="status">{found_text(count, is_all)}</p>
            {listed(found, is_all, draft)}
        }
        .into_any()
    })
}

/// While nothing is searched for, other municipalities are one step away; what is searched for is all in sight.
fn listed(found: Vec<TopicGroup>, is_all: bool, draft: Draft) -> AnyView {
    let i18n = use_i18n();
    let show = move |groups: Vec<TopicGroup>| {
        groups.into_iter().map(|group| view! { <UnitTopics unit=group.unit draft /> }).collect_view()
    };
    let (near, far): (Vec<_>, Vec<_>) = found.into_iter().partition(|group| group.is_near);
    if !is_all || near.is_empty() || far.is_empty() {
        return view! { {show(near)} {show(far)} }.into_any();
    }
    let chosen = untrack(|| draft.topic());
    let is_chosen_far = far.iter().flat_map(|group| &group.unit.topics).any(|topic| Some(topic.id) == chosen);
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
fn UnitTopics(unit: Unit, draft: Draft) -> impl IntoView {
    let i18n = use_i18n();
    let heading = format!("unit-{}", unit.id);
    let labelled_by = heading.clone();
    let option = move |topic: Topic| {
        let id = topic.id;
        view! {
            <label class="topic">
                <input
                    class="ds-input"
                    type="radio"
                    name="topic"
                    prop:checked=Signal::derive(move || draft.topic() == Some(id))
                    on:change=move |_| draft.choose(id)
                />
                <span>{text(move || i18n.local(&topic.name))}</span>
            </label>
        }
    };
    view! {
        <div class="topic-group" role="group" aria-labelledby=labelled_by>
            <h3 class="topic-unit" id=heading>{text(move || i18n.local(&unit.name))}</h3>
            {unit.topics.into_iter().map(option).collect_view()}
        </div>
    }
}
