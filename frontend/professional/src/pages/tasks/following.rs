//! How a task comes again, and how it is followed: plain choices in a form.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use omasote_types::ids::UnitId;
use omasote_types::tasks::{CallWhen, FollowUp};
use omasote_ui::announce::use_announcer;
use omasote_ui::form::{Form, LineField, SubmitButton};
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::intl;
use omasote_ui::loading::Loading;
use omasote_ui::remote::Remote;
use omasote_ui::session::use_session;
use omasote_ui::view::optional;

/// How often a task comes.
const EVERY: [(&str, &str, Key); 5] = [
    ("", "", Key::SERIES_ONCE),
    ("day", "FREQ=DAILY", Key::SERIES_EVERY_DAY),
    ("week", "FREQ=WEEKLY", Key::SERIES_EVERY_WEEK),
    ("two-weeks", "FREQ=WEEKLY;INTERVAL=2", Key::SERIES_EVERY_TWO_WEEKS),
    ("month", "FREQ=MONTHLY", Key::SERIES_EVERY_MONTH),
];
/// How many times it comes, unless the professional says otherwise.
const USUAL_TIMES: &str = "6";

/// How often a rule says that a task comes; none when the rule is not one of the plain choices.
pub(super) fn every_of(rule: &str) -> Option<Key> {
    let frequency = rule.split(";COUNT=").next()?.split(";UNTIL=").next()?;
    EVERY.into_iter().find(|(_, known, _)| *known == frequency).map(|(.., label)| label)
}

/// What is chosen of how it comes again.
#[derive(Clone, Copy)]
pub(super) struct Repeating {
    every: RwSignal<String>,
    is_until: RwSignal<bool>,
    times: RwSignal<String>,
    until: RwSignal<String>,
}

impl Repeating {
    pub(super) fn new() -> Self {
        Self {
            every: RwSignal::new(String::new()),
            is_until: RwSignal::new(false),
            times: RwSignal::new(USUAL_TIMES.to_owned()),
            until: RwSignal::new(String::new()),
        }
    }

    /// Whether it comes again.
    pub(super) fn repeats(self) -> bool {
        self.every.with(|every| !every.is_empty())
    }

    /// The rule of it, as it is written: whether it is sound the server knows. None when it comes once.
    pub(super) fn rule(self) -> Option<String> {
        let (_, frequency, _) =
            self.every.with(|chosen| EVERY.into_iter().find(|(every, ..)| every == chosen))?;
        if frequency.is_empty() {
            return None;
        }
        Some(match self.is_until.get() {
            true => {
                let day = self.until.with(|day| intl::written_date(day));
                let day = day.map(|day| day.to_string().replace('-', "")).unwrap_or_default();
                format!("{frequency};UNTIL={day}")
            }
            false => format!("{frequency};COUNT={}", self.times.with(|times| times.trim().to_owned())),
        })
    }
}

/// How often, and until when.
#[component]
pub(super) fn RepeatFields(repeating: Repeating, form: Form) -> impl IntoView {
    let i18n = use_i18n();
    let Repeating { every, is_until, times, until } = repeating;
    let error = form.error_of("recurrence");
    let option = move |(value, _, label): (&'static str, &'static str, Key)| {
        view! { <option value=value>{i18n.t(label)}</option> }
    };
    let end = optional(move || {
        repeating.repeats().then(|| {
            let field = optional(move || {
                Some(match is_until.get() {
                    true => view! {
                        <LineField
                            id="series-until"
                            label=Key::SERIES_UNTIL
                            kind="date"
                            value=until
                            error
                            invalid=Key::SERIES_END_INVALID
                        />
                    }
                    .into_any(),
                    false => view! {
                        <LineField
                            id="series-times"
                            label=Key::SERIES_TIMES
                            kind="number"
                            value=times
                            error
                            invalid=Key::SERIES_END_INVALID
                        />
                    }
                    .into_any(),
                })
            });
            view! {
                <div class="ds-field">
                    <label class="ds-label" for="series-end">{i18n.t(Key::SERIES_END)}</label>
                    <select
                        class="ds-input"
                        id="series-end"
                        on:change=move |event| is_until.set(event_target_value(&event) == "until")
                    >
                        <option value="times">{i18n.t(Key::SERIES_END_TIMES)}</option>
                        <option value="until">{i18n.t(Key::SERIES_END_UNTIL)}</option>
                    </select>
                </div>
                {field}
            }
            .into_any()
        })
    });
    view! {
        <div class="ds-field">
            <label class="ds-label" for="series-every">{i18n.t(Key::SERIES_REPEATS)}</label>
            <select class="ds-input" id="series-every" on:change=move |event| every.set(event_target_value(&event))>
                {EVERY.map(option).collect_view()}
            </select>
        </div>
        {end}
    }
}

/// When the citizen can be reminded before the last day.
const BEFORE: [(u16, Key); 4] = [
    (0, Key::REMIND_NOT),
    (1, Key::REMIND_DAY_BEFORE),
    (3, Key::REMIND_THREE_DAYS_BEFORE),
    (7, Key::REMIND_WEEK_BEFORE),
];
/// When they can be reminded after it.
const LATE: [(u16, Key); 4] = [
    (0, Key::REMIND_NOT),
    (1, Key::REMIND_DAY_LATE),
    (3, Key::REMIND_THREE_DAYS_LATE),
    (7, Key::REMIND_WEEK_LATE),
];
/// Which silence becomes a call, and after how many days.
const CALLS: [(CallWhen, u16, Key); 5] = [
    (CallWhen::Never, 1, Key::CALL_NEVER),
    (CallWhen::Unopened, 1, Key::CALL_UNOPENED_DAY),
    (CallWhen::Unopened, 7, Key::CALL_UNOPENED_WEEK),
    (CallWhen::Unanswered, 1, Key::CALL_UNANSWERED_DAY),
    (CallWhen::Unanswered, 7, Key::CALL_UNANSWERED_WEEK),
];

/// When the citizen is reminded, and when the unit calls.
#[component]
pub(super) fn FollowFields(chosen: RwSignal<FollowUp>) -> impl IntoView {
    let now = chosen.get_untracked();
    let before = now.remind_before_days.unwrap_or_default();
    let late = now.remind_late_days.unwrap_or_default();
    let days = |days: u16| (days > 0).then_some(days);
    let set_before = move |place: usize| {
        let wanted = BEFORE.get(place).map(|(days, _)| *days).unwrap_or_default();
        chosen.update(|chosen| chosen.remind_before_days = days(wanted));
    };
    let set_late = move |place: usize| {
        let wanted = LATE.get(place).map(|(days, _)| *days).unwrap_or_default();
        chosen.update(|chosen| chosen.remind_late_days = days(wanted));
    };
    let set_call = move |place: usize| {
        if let Some((when, after, _)) = CALLS.get(place) {
            chosen.update(|chosen| {
                chosen.call_when = *when;
                chosen.call_after_days = *after;
            });
        }
    };
    let before_is = BEFORE.iter().position(|(days, _)| *days == before);
    let late_is = LATE.iter().position(|(days, _)| *days == late);
    let is_call = |(when, after, _): &(CallWhen, u16, Key)| {
        *when == now.call_when && (*when == CallWhen::Never || *after == now.call_after_days)
    };
    let call_is = CALLS.iter().position(is_call);
    view! {
        {choice("remind-before", Key::REMIND_BEFORE, BEFORE.map(|(_, label)| label).to_vec(), before_is, set_before)}
        {choice("remind-late", Key::REMIND_LATE, LATE.map(|(_, label)| label).to_vec(), late_is, set_late)}
        {choice("call-when", Key::CALL_WHEN, CALLS.map(|(.., label)| label).to_vec(), call_is, set_call)}
    }
}

/// A choice among a few. What is chosen and is not among them stays as it is until another is chosen.
fn choice(
    id: &'static str,
    label: Key,
    options: Vec<Key>,
    is: Option<usize>,
    set: impl Fn(usize) + 'static,
) -> AnyView {
    let i18n = use_i18n();
    let option = move |(place, label): (usize, Key)| {
        view! { <option value=place.to_string() selected=is == Some(place)>{i18n.t(label)}</option> }
    };
    let other =
        is.is_none().then(|| view! { <option value="" selected=true>{i18n.t(Key::FOLLOW_OTHER)}</option> });
    view! {
        <div class="ds-field">
            <label class="ds-label" for=id>{i18n.t(label)}</label>
            <select
                class="ds-input"
                id=id
                on:change=move |event| {
                    if let Ok(place) = event_target_value(&event).parse() {
                        set(place);
                    }
                }
            >
                {other}
                {options.into_iter().enumerate().map(option).collect_view()}
            </select>
        </div>
    }
    .into_any()
}

/// What the unit usually does about its tasks, for who keeps its settings.
#[component]
pub(super) fn FollowUpForm(unit: UnitId) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let usual = Remote::new(move || session.ask(async move |client| client.get_follow_up(unit).await));
    view! {
        <section class="part" aria-labelledby="follow-up-title">
            <h2 class="ds-heading" data-size="xs" id="follow-up-title">{i18n.t(Key::TASKS_TITLE)}</h2>
            <Loading data=usual rows=1 let:usual>
                <UsualFields unit first=usual.get_untracked() />
            </Loading>
        </section>
    }
}

#[component]
fn UsualFields(unit: UnitId, first: FollowUp) -> impl IntoView {
    let (i18n, session, announcer, form) = (use_i18n(), use_session(), use_announcer(), Form::new());
    let chosen = RwSignal::new(first);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let usual = chosen.get_untracked();
        let answer = session.ask(async move |client| client.save_follow_up(unit, &usual).await);
        form.send(answer, move |_| announcer.say(Key::FOLLOW_UP_SAVED));
    };
    view! {
        <form class="card form" novalidate=true on:submit=submit>
            <p class="fine">{i18n.t(Key::FOLLOW_UP_HINT)}</p>
            <FollowFields chosen />
            <SubmitButton form label=Key::FOLLOW_UP_SAVE />
        </form>
    }
}
