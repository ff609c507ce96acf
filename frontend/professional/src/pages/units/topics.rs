//! What citizens can write to the unit about: names, words to find them by, and their order.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use omasote_types::error::FieldError;
use omasote_types::ids::{TopicId, UnitId};
use omasote_types::language::LocalText;
use omasote_types::units::{TopicEntry, TopicList};
use omasote_ui::announce::use_announcer;
use omasote_ui::form::{FieldProblem, Form, SubmitButton};
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::session::use_session;
use omasote_ui::view::{dynamic, optional, text};

use super::fields::{RowButton, RowField};

/// A topic as it is written.
#[derive(Clone, Copy)]
struct WrittenTopic {
    number: u32,
    id: Option<TopicId>,
    /// Finnish, Swedish, English.
    name: [RwSignal<String>; 3],
    words: [RwSignal<String>; 3],
    is_retired: RwSignal<bool>,
}

const NAMES: [(&str, Key); 3] = [
    ("fi", Key::UNIT_SETTINGS_NAME_FI),
    ("sv", Key::UNIT_SETTINGS_NAME_SV),
    ("en", Key::UNIT_SETTINGS_NAME_EN),
];
const WORDS: [(&str, Key); 3] = [
    ("fi", Key::UNIT_SETTINGS_WORDS_FI),
    ("sv", Key::UNIT_SETTINGS_WORDS_SV),
    ("en", Key::UNIT_SETTINGS_WORDS_EN),
];

fn written_text(text: &LocalText) -> [RwSignal<String>; 3] {
    [&text.fi, &text.sv, &text.en].map(|text| RwSignal::new(text.clone()))
}

fn read_text(written: [RwSignal<String>; 3]) -> LocalText {
    let [fi, sv, en] = written.map(|text| text.get_untracked().trim().to_owned());
    LocalText { fi, sv, en }
}

impl WrittenTopic {
    fn of(number: u32, topic: &TopicEntry) -> Self {
        let (name, words) = (written_text(&topic.name), written_text(&topic.words));
        Self { number, id: topic.id, name, words, is_retired: RwSignal::new(topic.is_retired) }
    }

    fn read(self) -> TopicEntry {
        let (name, words) = (read_text(self.name), read_text(self.words));
        TopicEntry { id: self.id, name, words, is_retired: self.is_retired.get_untracked() }
    }
}

/// All topics, in their order.
#[derive(Clone, Copy)]
struct Written(RwSignal<Vec<WrittenTopic>>);

impl Written {
    fn of(topics: Vec<TopicEntry>) -> Self {
        Self(RwSignal::new(
            (0..).zip(topics).map(|(number, topic)| WrittenTopic::of(number, &topic)).collect(),
        ))
    }

    fn add(self) {
        self.0.update(|all| {
            let number = all.iter().map(|topic| topic.number + 1).max().unwrap_or_default();
            let empty = TopicEntry {
                id: None,
                name: LocalText::default(),
                words: LocalText::default(),
                is_retired: false,
            };
            all.push(WrittenTopic::of(number, &empty));
        });
    }

    fn remove(self, number: u32) {
        self.0.update(|all| all.retain(|topic| topic.number != number));
    }

    /// Moves a topic up, or the one after it, which moves it down.
    fn swap(self, number: u32, with_next: bool) {
        self.0.update(|all| {
            let Some(place) = all.iter().position(|topic| topic.number == number) else { return };
            let upper = if with_next { Some(place) } else { place.checked_sub(1) };
            if let Some(upper) = upper.filter(|upper| upper + 1 < all.len()) {
                all.swap(upper, upper + 1);
            }
        });
    }

    /// The list, or what is wrong with it: each field by the number of its topic, which stays when the order changes.
    fn read(self) -> Result<TopicList, Vec<FieldError>> {
        let all = self.0.get_untracked();
        let list = TopicList { topics: all.iter().map(|topic| topic.read()).collect() };
        let errors = match list.validate() {
            Ok(()) => return Ok(list),
            Err(errors) => errors,
        };
        let by_number = |error: FieldError| {
            let mut parts = error.field.splitn(3, '.');
            let place = parts.nth(1).and_then(|place| place.parse::<usize>().ok());
            let topic = place.and_then(|place| all.get(place));
            match (topic, parts.next()) {
                (Some(topic), Some(rest)) => {
                    FieldError { field: format!("{}.{rest}", topic.number), ..error }
                }
                _ => error,
            }
        };
        Err(errors.into_iter().map(by_number).collect())
    }
}

#[component]
pub(super) fn TopicsForm(unit: UnitId, version: RwSignal<u32>, topics: Vec<TopicEntry>) -> impl IntoView {
    let (i18n, session, announcer) = (use_i18n(), use_session(), use_announcer());
    let (form, written) = (Form::new(), Written::of(topics));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let read = written.read();
        if !form.accepts(read.clone().map(drop)) {
            return;
        }
        let (Ok(list), of) = (read, version.get_untracked()) else { return };
        let change = session.ask(async move |client| client.update_unit_topics(unit, of, &list).await);
        form.send(change, move |changed| {
            version.try_set(changed.version);
            written.0.try_set(Written::of(changed.topics).0.get_untracked());
            announcer.say(Key::UNIT_SETTINGS_SAVED);
        });
    };
    let key = |topic: &WrittenTopic| (topic.number, topic.id);
    view! {
        <section class="part" aria-labelledby="topics-title">
            <h2 class="ds-heading" data-size="xs" id="topics-title">{i18n.t(Key::UNIT_SETTINGS_TOPICS)}</h2>
            <p>{i18n.t(Key::UNIT_SETTINGS_TOPICS_HINT)}</p>
            <form class="form" novalidate=true on:submit=submit>
                <ol class="unit-topics">
                    <For each=move || written.0.get() key=key let:topic>
                        <TopicRow form written topic />
                    </For>
                </ol>
                <FieldProblem id="topics" error=form.error_of("topics") invalid=Key::FIELD_INVALID />
                <div>
                    <button
                        type="button"
                        class="ds-button"
                        data-variant="secondary"
                        data-size="sm"
                        on:click=move |_| written.add()
                    >
                        {i18n.t(Key::UNIT_SETTINGS_ADD_TOPIC)}
                    </button>
                </div>
                <SubmitButton form label=Key::UNIT_SETTINGS_SAVE_TOPICS />
            </form>
        </section>
    }
}

#[component]
fn TopicRow(form: Form, written: Written, topic: WrittenTopic) -> impl IntoView {
    let i18n = use_i18n();
    let number = topic.number;
    let [name, ..] = topic.name;
    let about = text(move || match name.get() {
        name if name.trim().is_empty() => i18n.text(Key::UNIT_SETTINGS_NEW_TOPIC).to_owned(),
        name => name,
    });
    let field = move |part: &'static str, (code, label): (&'static str, Key), value: RwSignal<String>| {
        view! {
            <RowField
                id=format!("{part}-{number}-{code}")
                label=text(move || i18n.text(label).to_owned())
                value
                error=form.error_at(format!("{number}.{part}.{code}"))
            />
        }
    };
    let names =
        NAMES.into_iter().zip(topic.name).map(|(kind, value)| field("name", kind, value)).collect_view();
    let words =
        WORDS.into_iter().zip(topic.words).map(|(kind, value)| field("words", kind, value)).collect_view();
    let retired = move || {
        let tag = move || view! { <span class="ds-tag" data-size="sm" data-color="neutral">{i18n.t(Key::UNIT_SETTINGS_RETIRED)}</span> };
        topic.is_retired.get().then(|| tag().into_any())
    };
    let end = move || match (topic.id, topic.is_retired.get()) {
        (None, _) => {
            view! { <RowButton label=Key::UNIT_SETTINGS_REMOVE about press=Callback::new(move |()| written.remove(number)) /> }
        }
        (Some(_), is_retired) => {
            let label = if is_retired { Key::UNIT_SETTINGS_RESTORE } else { Key::UNIT_SETTINGS_RETIRE };
            view! { <RowButton label about press=Callback::new(move |()| topic.is_retired.set(!is_retired)) /> }
        }
    };
    view! {
        <li class="card unit-topic">
            <details open=topic.id.is_none()>
                <summary>{about} " " {optional(retired)}</summary>
                <div class="form">
                    <div class="columns">{names}</div>
                    <p class="fine">{i18n.t(Key::UNIT_SETTINGS_WORDS_HINT)}</p>
                    <div class="columns">{words}</div>
                </div>
            </details>
            <div class="actions">
                <RowButton label=Key::UNIT_SETTINGS_MOVE_UP about press=Callback::new(move |()| written.swap(number, false)) />
                <RowButton label=Key::UNIT_SETTINGS_MOVE_DOWN about press=Callback::new(move |()| written.swap(number, true)) />
                {dynamic(move || end().into_any())}
            </div>
        </li>
    }
}
