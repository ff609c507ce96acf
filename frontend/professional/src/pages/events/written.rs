//! What is written of an event or of offered times, and the fields it is written in.

use leptos::prelude::*;
use omasote_rules::helsinki::to_local;
use omasote_types::error::{FieldError, FieldErrorCode};
use omasote_types::events::{EventContent, EventKind, EventTime};
use omasote_ui::events::{kind_name, written_time};
use omasote_ui::form::{Form, LineField, RadioChoice, ReasonField};
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::view::{optional, text};

/// How many minutes an event takes, unless the professional says otherwise.
const USUAL_MINUTES: &str = "30";

/// What is written of the words.
#[derive(Clone, Copy)]
pub(super) struct WrittenContent {
    kind: RwSignal<String>,
    title: RwSignal<String>,
    place: RwSignal<String>,
    directions: RwSignal<String>,
    preparation: RwSignal<String>,
    link: RwSignal<String>,
}

impl WrittenContent {
    /// What is kept, or nothing.
    pub(super) fn of(content: Option<&EventContent>) -> Self {
        let signal =
            |of: fn(&EventContent) -> &str| RwSignal::new(content.map(of).unwrap_or_default().to_owned());
        let kind = content.map_or(EventKind::Visit, |content| content.kind);
        Self {
            kind: RwSignal::new(kind.code().to_owned()),
            title: signal(|content| &content.title),
            place: signal(|content| &content.place),
            directions: signal(|content| &content.directions),
            preparation: signal(|content| &content.preparation),
            link: signal(|content| content.link.as_deref().unwrap_or_default()),
        }
    }

    fn kind(self) -> EventKind {
        let chosen = self.kind.get();
        EventKind::ALL.into_iter().find(|kind| kind.code() == chosen).unwrap_or(EventKind::Visit)
    }

    /// As it goes to the server.
    pub(super) fn read(self) -> EventContent {
        let kind = untrack(|| self.kind());
        let trimmed = |written: RwSignal<String>| written.with_untracked(|text| text.trim().to_owned());
        let link = trimmed(self.link);
        EventContent {
            kind,
            title: trimmed(self.title),
            place: trimmed(self.place),
            directions: trimmed(self.directions),
            preparation: trimmed(self.preparation),
            link: (kind == EventKind::Video && !link.is_empty()).then_some(link),
        }
    }

    /// Follows every field, for what is to happen when one changes.
    pub(super) fn track(self) {
        for written in [self.kind, self.title, self.place, self.directions, self.preparation, self.link] {
            written.track();
        }
    }
}

/// The fields of the words.
#[component]
pub(super) fn ContentFields(written: WrittenContent, form: Form) -> impl IntoView {
    let i18n = use_i18n();
    let option =
        |kind: EventKind| (kind.code().to_owned(), text(move || i18n.text(kind_name(kind)).to_owned()));
    let options = EventKind::ALL.map(option).to_vec();
    let place = move || {
        let label = match written.kind() {
            EventKind::Visit => Key::EVENT_PLACE,
            EventKind::Phone | EventKind::Video => return None,
        };
        let field = view! { <LineField id="event-place" label value=written.place error=form.error_of("content.place") /> };
        Some(field.into_any())
    };
    let link = move || {
        let field = move || {
            view! {
                <LineField
                    id="event-link"
                    label=Key::EVENT_LINK
                    hint=Key::EVENT_LINK_HINT
                    kind="url"
                    value=written.link
                    error=form.error_of("content.link")
                    invalid=Key::EVENT_LINK_INVALID
                />
            }
        };
        (written.kind() == EventKind::Video).then(|| field().into_any())
    };
    view! {
        <RadioChoice
            name="event-kind"
            label=Key::EVENT_KIND
            options
            chosen=written.kind
            error=form.error_of("content.kind")
        />
        <LineField
            id="event-title"
            label=Key::EVENT_TITLE
            hint=Key::EVENT_TITLE_HINT
            value=written.title
            error=form.error_of("content.title")
        />
        {optional(place)}
        {optional(link)}
        <ReasonField
            id="event-directions"
            label=Key::EVENT_DIRECTIONS
            value=written.directions
            error=form.error_of("content.directions")
        />
        <ReasonField
            id="event-preparation"
            label=Key::EVENT_PREPARATION
            value=written.preparation
            error=form.error_of("content.preparation")
        />
    }
}

/// What is written of the time, by the clock in Finland.
#[derive(Clone, Copy)]
pub(super) struct WrittenTime {
    pub(super) date: RwSignal<String>,
    pub(super) clock: RwSignal<String>,
    pub(super) minutes: RwSignal<String>,
}

impl WrittenTime {
    /// The time that is kept.
    pub(super) fn of(time: EventTime) -> Self {
        let starts = to_local(time.starts_at);
        Self {
            date: RwSignal::new(starts.date().to_string()),
            clock: RwSignal::new(starts.format("%H:%M").to_string()),
            minutes: RwSignal::new((time.ends_at - time.starts_at).num_minutes().to_string()),
        }
    }

    /// A day, and no time of it.
    pub(super) fn on(date: chrono::NaiveDate) -> Self {
        Self {
            date: RwSignal::new(date.to_string()),
            clock: RwSignal::new(String::new()),
            minutes: RwSignal::new(USUAL_MINUTES.to_owned()),
        }
    }

    /// As it goes to the server; which field is not whole otherwise.
    pub(super) fn read(self) -> Result<EventTime, Vec<FieldError>> {
        let (date, clock, minutes) =
            (self.date.get_untracked(), self.clock.get_untracked(), self.minutes.get_untracked());
        written_time(&date, &clock, &minutes).ok_or_else(|| {
            let refuse = |field: &str| {
                vec![FieldError { field: field.to_owned(), code: FieldErrorCode::InvalidFormat }]
            };
            let is_length = minutes.trim().parse::<u16>().is_err();
            refuse(if is_length { "time.endsAt" } else { "time.startsAt" })
        })
    }

    /// Follows every field.
    pub(super) fn track(self) {
        for written in [self.date, self.clock, self.minutes] {
            written.track();
        }
    }
}

/// The fields of the time.
#[component]
pub(super) fn TimeFields(written: WrittenTime, form: Form) -> impl IntoView {
    let starts = form.error_of("time.startsAt");
    let none = Signal::derive(|| None::<FieldErrorCode>);
    view! {
        <div class="time-row">
            <LineField
                id="event-date"
                label=Key::EVENT_DATE
                kind="date"
                value=written.date
                error=starts
                invalid=Key::EVENT_TIME_INVALID
            />
            <LineField id="event-clock" label=Key::EVENT_CLOCK kind="time" value=written.clock error=none />
            <LineField
                id="event-minutes"
                label=Key::EVENT_LENGTH
                kind="number"
                value=written.minutes
                error=form.error_of("time.endsAt")
                invalid=Key::EVENT_LENGTH_INVALID
            />
        </div>
    }
}
