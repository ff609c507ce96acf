//! How the unit is reached, when it is open, and what it promises.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use omasote_rules::opening::{read_hours, read_spans, write_hours, write_spans};
use omasote_types::error::{FieldError, FieldErrorCode};
use omasote_types::ids::UnitId;
use omasote_types::units::{OpeningBlock, OpeningException, OpeningSpan, UnitService};
use omasote_ui::announce::use_announcer;
use omasote_ui::form::{FieldProblem, Form, LineField, SubmitButton, Tick};
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::intl;
use omasote_ui::session::use_session;
use omasote_ui::view::text;

use super::fields::{RowButton, RowField};

/// A day that is not as others, as it is written.
#[derive(Clone, Copy)]
struct WrittenDay {
    number: u32,
    date: RwSignal<String>,
    spans: RwSignal<String>,
}

/// What is written.
#[derive(Clone, Copy)]
struct Written {
    phone: RwSignal<String>,
    response: RwSignal<String>,
    holidays: RwSignal<bool>,
    /// Of each ISO weekday.
    week: StoredValue<Vec<(u8, RwSignal<String>)>>,
    days: RwSignal<Vec<WrittenDay>>,
    next_number: StoredValue<u32>,
}

impl Written {
    fn of(service: UnitService) -> Self {
        let on_day = |weekday| {
            let blocks = service.hours.iter().filter(move |block| block.weekday == weekday);
            let spans: Vec<OpeningSpan> = blocks.map(OpeningBlock::span).collect();
            (weekday, RwSignal::new(write_spans(&spans)))
        };
        let written = Self {
            phone: RwSignal::new(service.phone),
            response: RwSignal::new(service.response_minutes.map(write_hours).unwrap_or_default()),
            holidays: RwSignal::new(service.opens_on_holidays),
            week: StoredValue::new((1..=7).map(on_day).collect()),
            days: RwSignal::new(Vec::new()),
            next_number: StoredValue::new(0),
        };
        for exception in &service.exceptions {
            written.add_day(exception.date.to_string(), write_spans(&exception.spans));
        }
        written
    }

    fn add_day(self, date: String, spans: String) {
        let number = self.next_number.get_value();
        self.next_number.set_value(number + 1);
        let day = WrittenDay { number, date: RwSignal::new(date), spans: RwSignal::new(spans) };
        self.days.update(|days| days.push(day));
    }

    fn remove_day(self, number: u32) {
        self.days.update(|days| days.retain(|day| day.number != number));
    }

    /// What was written, or all that is wrong with it.
    fn read(self) -> Result<UnitService, Vec<FieldError>> {
        let mut refused = Vec::new();
        let mut refuse =
            |field: String| refused.push(FieldError { field, code: FieldErrorCode::InvalidFormat });
        let mut hours = Vec::new();
        for (weekday, written) in self.week.get_value() {
            match read_sound(&written.get_untracked()) {
                Some(spans) => hours.extend(spans.into_iter().map(|span| OpeningBlock {
                    weekday,
                    opens_minute: span.opens_minute,
                    closes_minute: span.closes_minute,
                })),
                None => refuse(format!("hours.{weekday}")),
            }
        }
        let mut exceptions: Vec<OpeningException> = Vec::new();
        for day in self.days.get_untracked() {
            let date = intl::written_date(&day.date.get_untracked());
            match date.filter(|date| exceptions.iter().all(|known| known.date != *date)) {
                Some(date) => match read_sound(&day.spans.get_untracked()) {
                    Some(spans) => exceptions.push(OpeningException { date, spans }),
                    None => refuse(format!("spans.{}", day.number)),
                },
                None => refuse(format!("date.{}", day.number)),
            }
        }
        let response = self.response.get_untracked();
        let response_minutes = match response.trim() {
            "" => None,
            written => read_hours(written).or_else(|| {
                refuse("responseMinutes".to_owned());
                None
            }),
        };
        let (phone, opens_on_holidays) = (self.phone.get_untracked(), self.holidays.get_untracked());
        let service = UnitService { phone, hours, exceptions, opens_on_holidays, response_minutes };
        refused.extend(service.validate().err().unwrap_or_default());
        if refused.is_empty() { Ok(service) } else { Err(refused) }
    }
}

/// The times of a day, when they are whole and do not overlap.
fn read_sound(text: &str) -> Option<Vec<OpeningSpan>> {
    let mut spans = read_spans(text)?;
    spans.sort_unstable();
    let is_whole =
        spans.iter().all(|span| span.opens_minute < span.closes_minute && span.closes_minute <= 1440);
    let is_apart =
        spans.iter().zip(spans.iter().skip(1)).all(|(one, next)| one.closes_minute <= next.opens_minute);
    (is_whole && is_apart).then_some(spans)
}

#[component]
pub(super) fn ServiceForm(unit: UnitId, version: RwSignal<u32>, service: UnitService) -> impl IntoView {
    let (i18n, session, announcer) = (use_i18n(), use_session(), use_announcer());
    let (form, written) = (Form::new(), Written::of(service));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let read = written.read();
        if !form.accepts(read.clone().map(drop)) {
            return;
        }
        let (Ok(service), of) = (read, version.get_untracked()) else { return };
        let change = session.ask(async move |client| client.update_unit_service(unit, of, &service).await);
        form.send(change, move |changed| {
            version.try_set(changed.version);
            announcer.say(Key::UNIT_SETTINGS_SAVED);
        });
    };
    view! {
        <section class="part" aria-labelledby="service-title">
            <h2 class="ds-heading" data-size="xs" id="service-title">{i18n.t(Key::UNIT_SETTINGS_SERVICE)}</h2>
            <form class="card form" novalidate=true on:submit=submit>
                <LineField
                    id="unit-phone"
                    label=Key::UNIT_PHONE
                    kind="tel"
                    value=written.phone
                    error=form.error_of("phone")
                />
                <LineField
                    id="response"
                    label=Key::UNIT_SETTINGS_RESPONSE
                    hint=Key::UNIT_SETTINGS_RESPONSE_HINT
                    value=written.response
                    error=form.error_of("responseMinutes")
                    invalid=Key::UNIT_SETTINGS_INVALID_RESPONSE
                />
                <Week form written />
                <Tick
                    id="holidays"
                    label=Key::UNIT_SETTINGS_HOLIDAYS
                    is_on=written.holidays.into()
                    on_change=Callback::new(move |is_on| written.holidays.set(is_on))
                />
                <Exceptions form written />
                <SubmitButton form label=Key::UNIT_SETTINGS_SAVE />
            </form>
        </section>
    }
}

#[component]
fn Week(form: Form, written: Written) -> impl IntoView {
    let i18n = use_i18n();
    let day = move |(weekday, value): (u8, RwSignal<String>)| {
        view! {
            <RowField
                id=format!("hours-{weekday}")
                label=text(move || intl::weekday(i18n.language(), weekday))
                value
                error=form.error_at(format!("hours.{weekday}"))
                invalid=Key::UNIT_SETTINGS_INVALID_HOURS
            />
        }
    };
    view! {
        <fieldset class="choices week" aria-describedby="week-hint">
            <legend class="ds-label">{i18n.t(Key::UNIT_SETTINGS_HOURS)}</legend>
            <p class="fine" id="week-hint">{i18n.t(Key::UNIT_SETTINGS_HOURS_HINT)}</p>
            {written.week.get_value().into_iter().map(day).collect_view()}
            <FieldProblem id="hours" error=form.error_of("hours") invalid=Key::UNIT_SETTINGS_INVALID_HOURS />
        </fieldset>
    }
}

#[component]
fn Exceptions(form: Form, written: Written) -> impl IntoView {
    let i18n = use_i18n();
    let key = |day: &WrittenDay| day.number;
    view! {
        <fieldset class="choices" aria-describedby="days-hint">
            <legend class="ds-label">{i18n.t(Key::UNIT_SETTINGS_EXCEPTIONS)}</legend>
            <p class="fine" id="days-hint">{i18n.t(Key::UNIT_SETTINGS_EXCEPTION_HOURS_HINT)}</p>
            <For each=move || written.days.get() key=key let:day>
                <ExceptionRow form written day />
            </For>
            <FieldProblem id="days" error=form.error_of("exceptions") invalid=Key::UNIT_SETTINGS_INVALID_DAYS />
            <div>
                <button
                    type="button"
                    class="ds-button"
                    data-variant="secondary"
                    data-size="sm"
                    on:click=move |_| written.add_day(String::new(), String::new())
                >
                    {i18n.t(Key::UNIT_SETTINGS_ADD_EXCEPTION)}
                </button>
            </div>
        </fieldset>
    }
}

#[component]
fn ExceptionRow(form: Form, written: Written, day: WrittenDay) -> impl IntoView {
    let i18n = use_i18n();
    let number = day.number;
    let about = text(move || {
        let date = intl::written_date(&day.date.get());
        date.map(|date| intl::weekday_date(i18n.language(), date)).unwrap_or_default()
    });
    let words = move |key: Key| text(move || i18n.text(key).to_owned());
    view! {
        <div class="day-row">
            <RowField
                id=format!("date-{number}")
                label=words(Key::UNIT_SETTINGS_EXCEPTION_DATE)
                kind="date"
                value=day.date
                error=form.error_at(format!("date.{number}"))
                invalid=Key::UNIT_SETTINGS_INVALID_DAYS
            />
            <RowField
                id=format!("spans-{number}")
                label=words(Key::UNIT_SETTINGS_EXCEPTION_HOURS)
                value=day.spans
                error=form.error_at(format!("spans.{number}"))
                invalid=Key::UNIT_SETTINGS_INVALID_HOURS
            />
            <RowButton
                label=Key::UNIT_SETTINGS_REMOVE
                about
                press=Callback::new(move |()| written.remove_day(number))
            />
        </div>
    }
}
