//! Entering a measurement: the numbers by big keys, a question when one is unusual, and what was recorded.

use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;
use omasote_client::{ClientError, ClientResult};
use omasote_types::error::FieldError;
use omasote_types::ids::CitizenId;
use omasote_types::measurements::{
    ComponentFacts, KindOverview, MAX_REMARK_CHARACTERS, Measurement, MeasurementKind, NewMeasurement,
};
use omasote_ui::announce::{Announcer, use_announcer};
use omasote_ui::clock::{Clock, use_clock};
use omasote_ui::focus::{PageTitle, focus_id};
use omasote_ui::form::{Form, LineField, RadioChoice, SubmitButton};
use omasote_ui::i18n::{I18n, Key, use_i18n};
use omasote_ui::icon::Icon;
use omasote_ui::intl;
use omasote_ui::measurements::waiting::{Waiting, is_only_unusual};
use omasote_ui::measurements::{context_name, measurement, state_words};
use omasote_ui::remote::Remote;
use omasote_ui::router::use_router;
use omasote_ui::session::{Session, use_session};
use omasote_ui::view::{dynamic, optional, text};

use super::keys::{Keypad, Numbers};
use super::saved::{Saved, SavedCard};
use super::written::Written;
use crate::{paths, use_citizen};

/// Entering, from the first key to what the server made of it.
#[derive(Clone, Copy)]
struct Entering {
    citizen: CitizenId,
    session: Session,
    i18n: I18n,
    clock: Clock,
    announcer: Announcer,
    written: Written,
    form: Form,
    waiting: Waiting,
    /// What is asked about, when a number is unusual.
    asked: RwSignal<Option<String>>,
    saved: RwSignal<Option<Saved>>,
    /// What waited and is being corrected.
    correcting: StoredValue<Option<String>>,
    /// Whether the fields of the time and the remark show.
    is_open: RwSignal<bool>,
}

impl Entering {
    fn begin(kind: MeasurementKind) -> Self {
        let (clock, citizen) = (use_clock(), use_citizen());
        let entering = Self {
            citizen,
            session: use_session(),
            i18n: use_i18n(),
            clock,
            announcer: use_announcer(),
            written: Written::new(kind, clock.present()),
            form: Form::new(),
            waiting: Waiting::open(citizen),
            asked: RwSignal::new(None),
            saved: RwSignal::new(None),
            correcting: StoredValue::new(None),
            is_open: RwSignal::new(false),
        };
        entering.take_what_waited();
        // Another number is another question.
        Effect::new(move || {
            entering.written.track();
            entering.asked.set(None);
        });
        entering
    }

    /// Takes what the address names, when it waits here to be corrected.
    fn take_what_waited(self) {
        let id = untrack(|| use_router().query(paths::CORRECTING));
        let Some(entry) = id.and_then(|id| self.waiting.find(&id)) else { return };
        if entry.new.kind == self.written.kind {
            self.written.take(untrack(|| self.i18n.language()), &entry.new);
            self.correcting.set_value(Some(entry.id));
            self.is_open.set(true);
        }
    }

    fn save(self, is_confirmed: bool) {
        match self.written.read(self.clock.present(), is_confirmed) {
            Ok(new) => {
                let _ = self.form.accepts(Ok(()));
                self.asked.set(None);
                self.send(new);
            }
            Err(refused) => self.refuse(refused),
        }
    }

    /// Asks when a number is only unusual; otherwise says at the field what is wrong.
    fn refuse(self, refused: Vec<FieldError>) {
        if is_only_unusual(&refused) {
            let _ = self.form.accepts(Ok(()));
            self.asked.set(Some(self.in_words()));
            return;
        }
        if refused.iter().any(|error| matches!(error.field.as_str(), "takenAt" | "remark")) {
            self.is_open.set(true);
        }
        let _ = self.form.accepts(Err(refused));
    }

    /// The numbers as they are typed: "300/79 mmHg".
    fn in_words(self) -> String {
        let language = untrack(|| self.i18n.language());
        match self.written.read(self.clock.present(), true) {
            Ok(new) if new.unit.is_none() => measurement(language, new.kind, &new.values),
            _ => {
                let typed = self.written.slots().into_iter().map(|slot| slot.value.get_untracked());
                let unit = untrack(|| self.written.other_unit()).map_or("", |other| other.shown);
                let typed: Vec<String> = typed.filter(|typed| !typed.is_empty()).collect();
                format!("{} {unit}", typed.join("/"))
            }
        }
    }

    fn send(self, new: NewMeasurement) {
        let (citizen, sent) = (self.citizen, new.clone());
        let answer = self.session.ask(async move |client| client.record_measurement(citizen, &sent).await);
        self.form.send_or(answer, move |outcome| self.take(outcome, new));
    }

    /// Takes the server's answer. Without one the measurement waits on this device: the same is kept once, however often it is sent.
    fn take(self, outcome: ClientResult<Measurement>, new: NewMeasurement) -> Option<ClientError> {
        match outcome {
            Ok(kept) => {
                self.let_go();
                self.tell(&kept);
                self.saved.try_set(Some(Saved::Kept(Box::new(kept))));
                None
            }
            Err(ClientError::Refused(problem)) if is_only_unusual(&problem.errors) => {
                let words = self.asked.try_with_untracked(|_| self.in_words());
                self.asked.try_set(words);
                None
            }
            Err(error) if error.is_passing() => {
                self.let_go();
                if !self.waiting.keep(new.clone()) {
                    return Some(error);
                }
                self.announcer.say(Key::MEASURE_WAITS);
                self.saved.try_set(Some(Saved::Waits(Box::new(new))));
                None
            }
            Err(error) => Some(error),
        }
    }

    /// What was corrected waits no more.
    fn let_go(self) {
        if let Some(Some(id)) = self.correcting.try_update_value(Option::take) {
            self.waiting.remove(&id);
        }
    }

    fn tell(self, kept: &Measurement) {
        let language = untrack(|| self.i18n.language());
        let values = vec![
            ("value", measurement(language, kept.kind, &kept.values)),
            ("state", state_words(kept.state).text(language).to_owned()),
        ];
        self.announcer.say_filled(Key::MEASURE_SAVED, values);
    }

    fn again(self) {
        self.written.clear(self.clock.present());
        self.is_open.set(false);
        self.saved.set(None);
        if let Some(first) = self.written.slots().first() {
            focus_id(first.id);
        }
    }
}

#[component]
pub(super) fn EntryPage(kind: MeasurementKind) -> impl IntoView {
    let i18n = use_i18n();
    let entering = Entering::begin(kind);
    let name =
        text(move || i18n.filled(Key::MEASURE_ENTER_OF, &[("kind", kind.facts().name_in(i18n.language()))]));
    let again = Callback::new(move |()| entering.again());
    let body = dynamic(move || match entering.saved.get() {
        Some(saved) => view! { <SavedCard saved again /> }.into_any(),
        None => view! { <EntryForm entering /> }.into_any(),
    });
    view! {
        <div class="page narrow measure-entry">
            <a class="back" href=paths::MEASUREMENTS>{Icon::BACK} {i18n.t(Key::NAV_MEASUREMENTS)}</a>
            <PageTitle text=name />
            <Last kind />
            {body}
        </div>
    }
}

/// What was measured last, as far as it can be had.
#[component]
fn Last(kind: MeasurementKind) -> impl IntoView {
    let (i18n, session, citizen, clock) = (use_i18n(), use_session(), use_citizen(), use_clock());
    let overview =
        Remote::new(move || session.ask(async move |client| client.get_measurement_overview(citizen).await));
    let last = move || {
        let all: Vec<KindOverview> = overview.get()?;
        let latest = all.into_iter().find(|one| one.kind == kind)?.latest;
        let value = measurement(i18n.language(), kind, &latest.values);
        let when = intl::moment(i18n, latest.taken_at, clock.milliseconds());
        let words = i18n.filled(Key::MEASURE_LAST, &[("value", &value), ("when", &when)]);
        Some(view! { <p class="measure-last">{words}</p> }.into_any())
    };
    optional(last)
}

#[component]
fn EntryForm(entering: Entering) -> impl IntoView {
    let (i18n, written, form) = (entering.i18n, entering.written, entering.form);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        // While it is asked whether a number is right, only its own button says so.
        if entering.asked.with_untracked(Option::is_none) {
            entering.save(false);
        }
    };
    let contexts = written.kind.facts().contexts;
    let context = (!contexts.is_empty()).then(|| {
        let option = |context: &omasote_types::measurements::MeasurementContext| {
            let name = context_name(*context);
            (context.code().to_owned(), text(move || i18n.text(name).to_owned()))
        };
        view! {
            <RadioChoice
                name="context"
                label=Key::MEASURE_CONTEXT
                options=contexts.iter().map(option).collect()
                chosen=written.context
                error=form.error_of("context")
            />
        }
    });
    let sending = dynamic(move || match entering.asked.get() {
        Some(words) => view! { <Question entering words /> }.into_any(),
        None => view! { <SubmitButton form label=Key::MEASURE_SAVE /> }.into_any(),
    });
    view! {
        <form class="form measure-form" novalidate=true on:submit=submit>
            <Numbers written form />
            {unit_choice(i18n, written, form)}
            <Keypad written />
            {context}
            {sending}
            <TimeAndRemark entering />
        </form>
    }
}

/// The units that the number may be entered in; nothing when there is one.
fn unit_choice(i18n: I18n, written: Written, form: Form) -> Option<AnyView> {
    let known: &'static ComponentFacts = written.kind.facts().components.first()?;
    if known.other_units.is_empty() {
        return None;
    }
    let own = (known.ucum.to_owned(), text(move || known.unit_in(i18n.language()).to_owned()));
    let others =
        known.other_units.iter().map(|other| (other.ucum.to_owned(), Signal::stored(other.shown.to_owned())));
    let options = std::iter::once(own).chain(others).collect();
    let error = form.error_of("unit");
    let choice = view! {
        <div class="measure-units">
            <RadioChoice name="unit" label=Key::MEASURE_UNIT options chosen=written.unit error />
        </div>
    };
    Some(choice.into_any())
}

/// Asks whether an unusual number is right.
#[component]
fn Question(entering: Entering, words: String) -> impl IntoView {
    let i18n = entering.i18n;
    let question: NodeRef<html::P> = NodeRef::new();
    question.on_load(|question| drop(question.focus()));
    let correct = move |_| {
        entering.asked.set(None);
        entering.written.current.set(0);
        if let Some(first) = entering.written.slots().first() {
            focus_id(first.id);
        }
    };
    let words = text(move || i18n.filled(Key::MEASURE_ASK, &[("value", &words)]));
    view! {
        <div class="measure-ask">
            <p tabindex="-1" node_ref=question>
                {words}
            </p>
            <div class="actions">
                <button
                    type="button"
                    class="ds-button"
                    data-variant="primary"
                    on:click=move |_| entering.save(true)
                >
                    {i18n.t(Key::MEASURE_ASK_YES)}
                </button>
                <button type="button" class="ds-button" data-variant="secondary" on:click=correct>
                    {i18n.t(Key::MEASURE_ASK_CORRECT)}
                </button>
            </div>
        </div>
    }
}

/// When it was taken, unless just now, and what the person remarks.
#[component]
fn TimeAndRemark(entering: Entering) -> impl IntoView {
    let (i18n, written, form) = (entering.i18n, entering.written, entering.form);
    let none = Signal::stored(None);
    // Whoever changes the time does not mean now.
    Effect::new(move |before: Option<(String, String)>| {
        let now = (written.date.get(), written.clock.get());
        if before.is_some_and(|before| before != now) {
            written.is_now.set(false);
        }
        now
    });
    view! {
        <details class="measure-more" prop:open=entering.is_open>
            <summary>{i18n.t(Key::MEASURE_TIME_AND_REMARK)}</summary>
            <div class="form">
                <p class="fine">{i18n.t(Key::MEASURE_TIME_HINT)}</p>
                <div class="time-row">
                    <LineField
                        id="taken-date"
                        label=Key::MEASURE_CSV_DAY
                        kind="date"
                        value=written.date
                        error=form.error_of("takenAt")
                        invalid=Key::MEASURE_TIME_INVALID
                    />
                    <LineField
                        id="taken-clock"
                        label=Key::MEASURE_CSV_TIME
                        kind="time"
                        value=written.clock
                        error=none
                    />
                </div>
                <div class="ds-field message-field">
                    <label class="ds-label" for="remark">{i18n.t(Key::MEASURE_REMARK)}</label>
                    <textarea
                        class="ds-input"
                        id="remark"
                        rows="2"
                        dir="auto"
                        maxlength=MAX_REMARK_CHARACTERS.to_string()
                        prop:value=written.remark
                        on:input=move |event| written.remark.set(event_target_value(&event))
                    ></textarea>
                </div>
            </div>
        </details>
    }
}
