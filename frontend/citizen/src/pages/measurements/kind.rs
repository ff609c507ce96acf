//! One kind of measurements: what it means in words, the figures, a chart, and the measurements day by day.

use chrono::NaiveDate;
use leptos::prelude::*;
use omasote_client::{Client, ClientResult};
use omasote_types::ids::CitizenId;
use omasote_types::measurements::{
    Component, Measurement, MeasurementKind, MeasurementPoints, MeasurementQuery, MeasurementSummary,
    SummaryQuery, Target, TargetState,
};
use omasote_types::page::MAX_LIMIT;
use omasote_ui::action::{Action, ConfirmedButton};
use omasote_ui::announce::use_announcer;
use omasote_ui::clock::use_clock;
use omasote_ui::file::save_text;
use omasote_ui::focus::{PageTitle, focus_id};
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::icon::Icon;
use omasote_ui::intl;
use omasote_ui::loading::Loading;
use omasote_ui::measurements::waiting::Waiting;
use omasote_ui::measurements::{
    AlarmNote, Chart, DayTable, FiguresOf, Glossary, Targets, bands_on, charts_of, csv, measurement,
};
use omasote_ui::paged::{MoreButton, PagedList, Refresh};
use omasote_ui::remote::Remote;
use omasote_ui::session::use_session;
use omasote_ui::updates::use_updates;
use omasote_ui::view::{dynamic, optional, said, text};

use super::period::{Period, PeriodChoice};
use super::waiting::WaitingList;
use super::when_sent;
use crate::{paths, use_citizen};

/// Where the table of days begins.
const DAYS_TITLE: &str = "days-title";

/// What is shown of a kind.
#[derive(Clone, Copy)]
struct Shown {
    kind: MeasurementKind,
    today: NaiveDate,
    period: RwSignal<Period>,
    /// Figures, with the period that they are of.
    summary: Remote<(Period, MeasurementSummary)>,
    points: Remote<MeasurementPoints>,
    targets: Remote<Vec<Target>>,
    list: PagedList<Measurement>,
}

impl Shown {
    fn begin(kind: MeasurementKind) -> Self {
        let (session, citizen, clock) = (use_session(), use_citizen(), use_clock());
        let today = untrack(|| intl::today(clock.milliseconds()));
        let period = RwSignal::new(Period::Month);
        let summary = Remote::new(move || {
            let period = period.get_untracked();
            let wanted = SummaryQuery { kind, from: period.from(today), to: None };
            session.ask(async move |client| {
                Ok((period, client.get_measurement_summary(citizen, &wanted).await?))
            })
        });
        let points = Remote::new(move || {
            let wanted = SummaryQuery { kind, from: period.get_untracked().from(today), to: None };
            session.ask(async move |client| client.list_measurement_points(citizen, &wanted).await)
        });
        let targets = Remote::new(move || {
            session.ask(async move |client| client.list_targets(citizen, Some(kind)).await)
        });
        let list = PagedList::new(Refresh::Everything, move |page| {
            let from = period.get_untracked().from(today);
            let wanted = MeasurementQuery { kind, from, to: None, cursor: page.cursor, limit: page.limit };
            session.ask(async move |client| client.list_measurements(citizen, &wanted).await)
        });
        let shown = Self { kind, today, period, summary, points, targets, list };
        Effect::new(move |before: Option<Period>| {
            let now = period.get();
            if before.is_some_and(|before| before != now) {
                shown.refresh();
            }
            now
        });
        use_updates().on_measurements_change(move || {
            shown.refresh();
            targets.refresh();
        });
        shown
    }

    /// Looks at the measurements again.
    fn refresh(self) {
        self.summary.refresh();
        self.points.refresh();
        self.list.refresh();
    }
}

/// Runs when a measurement was struck through.
#[derive(Clone, Copy)]
struct Struck(Callback<()>);

#[component]
pub(super) fn KindPage(kind: MeasurementKind) -> impl IntoView {
    let i18n = use_i18n();
    let shown = Shown::begin(kind);
    let waiting = Waiting::open(use_citizen());
    when_sent(waiting, move || shown.refresh());
    provide_context(Struck(Callback::new(move |()| {
        shown.refresh();
        // The button is gone with the row that it was in.
        focus_id(DAYS_TITLE);
    })));
    let name = text(move || kind.facts().name_in(i18n.language()).to_owned());
    let enter_name = text(move || i18n.filled(Key::MEASURE_ENTER_OF, &[("kind", &name.get())]));
    view! {
        <div class="page measure-page">
            <a class="back" href=paths::MEASUREMENTS>{Icon::BACK} {i18n.t(Key::NAV_MEASUREMENTS)}</a>
            <div class="section-head">
                <PageTitle text=name />
                <a
                    class="ds-button screen-only"
                    data-variant="primary"
                    href=paths::new_measurement_of(kind)
                    aria-label=enter_name
                >
                    {Icon::PEN}
                    {i18n.t(Key::MEASURE_ENTER)}
                </a>
            </div>
            <WaitingList waiting kind=Some(kind) />
            <NewestIsAlarm shown />
            <PeriodChoice period=shown.period />
            // What cannot be had is said once, not part by part.
            <Loading data=shown.summary rows=6 let:counted>
                <Figures counted />
                <Charts shown />
                <Days shown />
                <Loading data=shown.targets rows=1 let:targets>
                    <Targets kind targets today=shown.today />
                </Loading>
                <Glossary />
                <TakeAway shown />
            </Loading>
        </div>
    }
}

#[component]
fn NewestIsAlarm(shown: Shown) -> impl IntoView {
    let newest = Memo::new(move |_| {
        let state =
            shown.list.with_items(|items| items.iter().find(|one| one.struck.is_none()).map(|one| one.state));
        state.flatten()
    });
    optional(move || {
        newest.get().is_some_and(TargetState::is_alarm).then(|| view! { <AlarmNote /> }.into_any())
    })
}

#[component]
fn Figures(counted: Signal<(Period, MeasurementSummary)>) -> impl IntoView {
    let i18n = use_i18n();
    let summary = Signal::derive(move || counted.get().1);
    let period = text(move || i18n.text(counted.with(|(period, _)| period.said())).to_owned());
    view! { <FiguresOf summary period /> }
}

#[component]
fn Charts(shown: Shown) -> impl IntoView {
    let i18n = use_i18n();
    let bands = Signal::derive(move || {
        let bands = shown.targets.with(|targets| bands_on(shown.kind, targets, shown.today));
        bands.unwrap_or_default()
    });
    let charts = move |points: Signal<MeasurementPoints>| {
        let chart = |components: &&'static [Component]| {
            view! { <Chart kind=shown.kind components=*components points bands /> }
        };
        let cut = optional(move || {
            let is_cut = points.with(|points| points.is_cut);
            is_cut.then(|| view! { <p class="fine">{i18n.t(Key::MEASURE_CHART_CUT)}</p> }.into_any())
        });
        let none = optional(move || {
            let is_empty = points.with(|points| points.times.is_empty());
            is_empty.then(|| view! { <p>{i18n.t(Key::MEASURE_NONE_IN_PERIOD)}</p> }.into_any())
        });
        let charts: Vec<_> = charts_of(shown.kind).iter().map(chart).collect();
        view! {
            {none}
            {charts}
            {cut}
        }
    };
    view! {
        <section class="part" aria-labelledby="chart-title">
            <h2 class="ds-heading" data-size="xs" id="chart-title">{i18n.t(Key::MEASURE_CHART)}</h2>
            <Loading data=shown.points rows=2 let:points>
                {charts(points)}
            </Loading>
        </section>
    }
}

#[component]
fn Days(shown: Shown) -> impl IntoView {
    let i18n = use_i18n();
    let kind = shown.kind;
    view! {
        <section class="part" aria-labelledby=DAYS_TITLE>
            <h2 class="ds-heading" data-size="xs" id=DAYS_TITLE tabindex="-1">{i18n.t(Key::MEASURE_DAYS)}</h2>
            <Loading data=shown.list.page() rows=3 let:page>
                <DayTable kind measurements=Signal::derive(move || page.get().items) beside=strike />
                <MoreButton list=shown.list label=Key::SHOW_MORE />
            </Loading>
        </section>
    }
}

/// Strikes a measurement through that was entered wrong.
fn strike(one: &Measurement) -> AnyView {
    let (i18n, session, Struck(on_done)) = (use_i18n(), use_session(), expect_context::<Struck>());
    if one.struck.is_some() {
        return ().into_any();
    }
    let (id, kind, values) = (one.id, one.kind, one.values.clone());
    let question = text(move || {
        let value = measurement(i18n.language(), kind, &values);
        i18n.filled(Key::MEASURE_STRIKE_QUESTION, &[("value", &value)])
    });
    let run = Callback::new(move |()| {
        session.ask(async move |client| client.strike_measurement(id).await.map(drop))
    });
    view! {
        <ConfirmedButton
            label=Key::MEASURE_STRIKE
            question
            confirm=Key::MEASURE_STRIKE_CONFIRM
            run
            done=Key::MEASURE_STRUCK
            on_done
        />
    }
    .into_any()
}

/// The page on paper, and the measurements as a file.
#[component]
fn TakeAway(shown: Shown) -> impl IntoView {
    let (i18n, session, citizen, announcer) = (use_i18n(), use_session(), use_citizen(), use_announcer());
    let (action, kind) = (Action::new(), shown.kind);
    let download = move |_| {
        let from = shown.period.get_untracked().from(shown.today);
        let answer = session.ask(async move |client| list_all(&client, citizen, (kind, from)).await);
        let language = untrack(|| i18n.language());
        action.run(answer, move |answer| {
            let all = match answer {
                Ok(all) => all,
                Err(error) => return Some(error),
            };
            let name = format!("{}-{}.csv", kind.code().replace('_', "-"), shown.today);
            let is_begun = save_text(&name, "text/csv;charset=utf-8", &csv(language, kind, &all));
            announcer.say(if is_begun { Key::MEASURE_CSV_DONE } else { Key::ERROR_INTERNAL });
            None
        });
    };
    let print = move |_| drop(window().print());
    let about = dynamic(move || {
        let words = i18n.text(shown.period.get().said());
        view! { <p class="fine">{i18n.filled(Key::MEASURE_CSV_ABOUT, &[("period", words)])}</p> }.into_any()
    });
    view! {
        <div class="measure-away screen-only">
            {about}
            <div class="actions">
                <button
                    type="button"
                    class="ds-button"
                    data-variant="secondary"
                    aria-disabled=said(action.is_busy())
                    on:click=download
                >
                    {i18n.t(Key::MEASURE_CSV)}
                </button>
                <button type="button" class="ds-button" data-variant="secondary" on:click=print>
                    {i18n.t(Key::MEASURE_PRINT)}
                </button>
            </div>
            {action.problem()}
        </div>
    }
}

/// All of a period, not only what the page shows.
async fn list_all(
    client: &Client,
    citizen: CitizenId,
    (kind, from): (MeasurementKind, Option<NaiveDate>),
) -> ClientResult<Vec<Measurement>> {
    let mut all = Vec::new();
    let mut wanted = MeasurementQuery { kind, from, to: None, cursor: None, limit: Some(MAX_LIMIT) };
    loop {
        let page = client.list_measurements(citizen, &wanted).await?;
        all.extend(page.items);
        if page.next_cursor.is_none() {
            return Ok(all);
        }
        wanted.cursor = page.next_cursor;
    }
}
