//! Giving a client a task, once or again and again, or giving it to a group.

use chrono::Days;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use omasote_client::IdempotencyKey;
use omasote_types::error::FieldErrorCode;
use omasote_types::ids::{CitizenId, UnitId};
use omasote_types::sessions::Me;
use omasote_types::tasks::{FollowUp, NewTask, NewTaskSeries, Window};
use omasote_ui::announce::{Announcer, use_announcer};
use omasote_ui::clock::use_clock;
use omasote_ui::form::{Form, LineField, ReasonField, SubmitButton};
use omasote_ui::i18n::Key;
use omasote_ui::intl;
use omasote_ui::remote::Remote;
use omasote_ui::session::{Session, use_session};
use omasote_ui::view::dynamic;

use super::following::{FollowFields, RepeatFields, Repeating};
use super::kind::{Chosen, KindFields};
use crate::pages::units::UnitSelect;

/// How many days a task has, unless the professional says otherwise.
const USUAL_DAYS: u64 = 14;

/// What is written of a task that is about to be given.
#[derive(Clone, Copy)]
struct Asked {
    chosen: Chosen,
    said: RwSignal<String>,
    from: RwSignal<String>,
    to: RwSignal<String>,
    repeating: Repeating,
    follow_up: RwSignal<Option<FollowUp>>,
    key: StoredValue<IdempotencyKey>,
}

impl Asked {
    fn new() -> Self {
        let today = intl::today(use_clock().milliseconds());
        Self {
            chosen: Chosen::new(),
            said: RwSignal::new(String::new()),
            from: RwSignal::new(today.to_string()),
            to: RwSignal::new((today + Days::new(USUAL_DAYS)).to_string()),
            repeating: Repeating::new(),
            follow_up: RwSignal::new(None),
            key: StoredValue::new(IdempotencyKey::random()),
        }
    }

    /// The task; none as long as its days are not days, or the guide is not chosen.
    fn task(self, unit_id: UnitId) -> Option<NewTask> {
        let window = Window {
            from: self.from.with(|day| intl::written_date(day))?,
            to: self.to.with(|day| intl::written_date(day))?,
        };
        let (kind, title) = self.chosen.read()?;
        let (text, follow_up) = (self.said.get(), self.follow_up.get());
        Some(NewTask { unit_id, kind, title, text, minutes: None, window, follow_up })
    }

    /// Why there is no task yet.
    fn what_is_missing(self) -> Key {
        match untrack(|| self.chosen.read()) {
            None => Key::TASK_GUIDE_CHOOSE,
            Some(_) => Key::TASK_DAYS_INVALID,
        }
    }

    /// The same for some citizens.
    fn series(self, unit_id: UnitId, citizen_ids: Vec<CitizenId>) -> Option<NewTaskSeries> {
        let NewTask { kind, title, text, minutes, window, follow_up, .. } = self.task(unit_id)?;
        let recurrence = self.repeating.rule();
        Some(NewTaskSeries { citizen_ids, kind, title, text, minutes, window, recurrence, follow_up })
    }
}

/// The form on a client's card.
#[component]
pub(super) fn GiveForm(client: CitizenId, given: Callback<()>) -> impl IntoView {
    let (session, announcer, form) = (use_session(), use_announcer(), Form::new());
    let units = expect_context::<Me>().units;
    let unit = RwSignal::new(units.first().map(|unit| unit.id));
    let asked = Asked::new();
    let giving = Giving { session, announcer, form, asked, given };
    let give_once = move |unit_id: UnitId| {
        let Some(new) = untrack(|| asked.task(unit_id)) else {
            announcer.say(asked.what_is_missing());
            return;
        };
        if form.accepts(new.validate()) {
            let key = asked.key.get_value();
            form.send(session.ask(async move |api| api.create_task(client, &new, &key).await), move |_| {
                announcer.say(Key::TASK_GIVEN);
                given.try_run(());
            });
        }
    };
    let give = move || {
        let Some(unit_id) = unit.get_untracked() else { return };
        match untrack(|| asked.repeating.repeats()) {
            false => give_once(unit_id),
            true => giving.series(unit_id, vec![client]),
        }
    };
    renew_key(asked, move || {
        let _ = unit.get();
    });
    view! {
        <form
            class="card form"
            novalidate=true
            on:submit=move |event: SubmitEvent| {
                event.prevent_default();
                give();
            }
        >
            <UnitSelect id="task-unit" units unit />
            <Fields asked unit=unit.into() form />
        </form>
    }
}

/// The form for a group.
#[component]
pub(super) fn SeriesForm(
    unit: UnitId,
    chosen: RwSignal<Vec<CitizenId>>,
    given: Callback<()>,
) -> impl IntoView {
    let (session, announcer, form, asked) = (use_session(), use_announcer(), Form::new(), Asked::new());
    let giving = Giving { session, announcer, form, asked, given };
    let give = move || {
        let to = chosen.get_untracked();
        if to.is_empty() {
            announcer.say(Key::GROUP_TASK_CHOOSE);
            return;
        }
        giving.series(unit, to);
    };
    renew_key(asked, move || drop(chosen.get()));
    view! {
        <form
            class="card form"
            novalidate=true
            on:submit=move |event: SubmitEvent| {
                event.prevent_default();
                give();
            }
        >
            <Fields asked unit=Signal::derive(move || Some(unit)) form />
        </form>
    }
}

/// What it takes to give a series.
#[derive(Clone, Copy)]
struct Giving {
    session: Session,
    announcer: Announcer,
    form: Form,
    asked: Asked,
    given: Callback<()>,
}

impl Giving {
    fn series(self, unit: UnitId, to: Vec<CitizenId>) {
        let Self { session, announcer, form, asked, given } = self;
        let Some(new) = untrack(|| asked.series(unit, to)) else {
            announcer.say(asked.what_is_missing());
            return;
        };
        if form.accepts(new.validate()) {
            let key = asked.key.get_value();
            form.send(
                session.ask(async move |api| api.create_task_series(unit, &new, &key).await),
                move |_| {
                    announcer.say(Key::SERIES_GIVEN);
                    given.try_run(());
                },
            );
        }
    }
}

/// What is asked for anew is something else.
fn renew_key(asked: Asked, also: impl Fn() + 'static) {
    Effect::new(move || {
        also();
        let _ = (asked.task(UnitId::from_uuid(<_>::default())), asked.repeating.rule());
        asked.key.set_value(IdempotencyKey::random());
    });
}

#[component]
fn Fields(asked: Asked, unit: Signal<Option<UnitId>>, form: Form) -> impl IntoView {
    let Asked { chosen, said, from, to, repeating, follow_up, .. } = asked;
    let window_error =
        Signal::derive(move || form.error_of("window.to").get().map(|_| FieldErrorCode::InvalidFormat));
    view! {
        <KindFields chosen form />
        <ReasonField id="task-words" label=Key::TASK_WORDS value=said error=form.error_of("text") />
        <LineField id="task-from" label=Key::TASK_FROM kind="date" value=from error=form.error_of("window.from") />
        <LineField
            id="task-to"
            label=Key::TASK_TO
            kind="date"
            value=to
            error=window_error
            invalid=Key::TASK_DAYS_INVALID
        />
        <RepeatFields repeating form />
        {following(unit, follow_up)}
        <SubmitButton form label=Key::TASK_GIVE_NOW />
    }
}

/// How it is followed: as the unit usually does, until something else is chosen.
fn following(unit: Signal<Option<UnitId>>, follow_up: RwSignal<Option<FollowUp>>) -> AnyView {
    let session = use_session();
    dynamic(move || {
        let Some(unit) = unit.get() else { return ().into_any() };
        let usual = Remote::new(move || session.ask(async move |client| client.get_follow_up(unit).await));
        dynamic(move || match usual.with(|usual| *usual) {
            None => ().into_any(),
            Some(usual) => {
                let chosen = RwSignal::new(usual);
                Effect::new(move || follow_up.set(Some(chosen.get())));
                view! { <FollowFields chosen /> }.into_any()
            }
        })
    })
}
