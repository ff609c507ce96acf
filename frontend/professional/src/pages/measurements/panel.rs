//! One kind of a client's measurements: the newest, a chart with the target, and what is behind it.

use chrono::{Days, NaiveDate};
use leptos::prelude::*;
use omasote_types::ids::CitizenId;
use omasote_types::measurements::{
    Component, KindOverview, MeasurementKind, MeasurementPoints, MeasurementQuery, SummaryQuery, Target,
    TargetState,
};
use omasote_ui::clock::use_clock;
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::intl;
use omasote_ui::loading::Loading;
use omasote_ui::measurements::{
    Chart, DayTable, FiguresOf, StateTag, Targets, bands_on, charts_of, measurement,
};
use omasote_ui::paged::{MoreButton, PagedList, Refresh};
use omasote_ui::remote::Remote;
use omasote_ui::session::use_session;
use omasote_ui::view::{dynamic, said, text};

use super::overview::out_in_words;
use super::target::TargetForm;

/// So many days are looked at.
const SHOWN_DAYS: u64 = 90;

/// Which part of a panel is open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Figures,
    Days,
    Target,
}

/// What is open on the page: one part of one panel, so that one finds it again.
#[derive(Clone, Copy)]
pub(super) struct OpenPart(RwSignal<Option<(MeasurementKind, Open)>>);

impl OpenPart {
    /// Nothing is open.
    pub(super) fn provide() {
        provide_context(Self(RwSignal::new(None)));
    }
}

#[component]
pub(super) fn Panel(client: CitizenId, one: KindOverview, changed: Callback<()>) -> impl IntoView {
    let (i18n, session, clock) = (use_i18n(), use_session(), use_clock());
    let (kind, state, taken_at) = (one.kind, one.latest.state, one.latest.taken_at);
    let today = untrack(|| intl::today(clock.milliseconds()));
    let from = today.checked_sub_days(Days::new(SHOWN_DAYS));
    let points = Remote::new(move || {
        let wanted = SummaryQuery { kind, from, to: None };
        session.ask(async move |api| api.list_measurement_points(client, &wanted).await)
    });
    let targets =
        Remote::new(move || session.ask(async move |api| api.list_targets(client, Some(kind)).await));
    let values = one.latest.values.clone();
    let name = text(move || kind.facts().name_in(i18n.language()).to_owned());
    let value = text(move || measurement(i18n.language(), kind, &values));
    let when = text(move || intl::moment(i18n, taken_at, clock.milliseconds()));
    let since = text(move || out_in_words(i18n, &one).unwrap_or_default());
    let bands =
        Signal::derive(move || targets.with(|targets| bands_on(kind, targets, today)).unwrap_or_default());
    let charts = move |points: Signal<MeasurementPoints>| {
        let chart = |components: &&'static [Component]| {
            view! { <Chart kind components=*components points bands /> }
        };
        charts_of(kind).iter().map(chart).collect_view()
    };
    view! {
        <section class="card measure-panel" aria-label=name>
            <div class="measure-card-head">
                <h2 class="ds-heading" data-size="2xs">{name}</h2>
                {(state != TargetState::NoTarget).then(|| view! { <StateTag state /> })}
            </div>
            <p class="measure-latest">{value} " " <span class="fine">{when}</span></p>
            <p class="fine">{since}</p>
            <Loading data=points rows=2 let:points>
                {charts(points)}
            </Loading>
            <Behind client kind today=(today, from) targets changed />
        </section>
    }
}

/// Figures, days and targets, one of them open at a time.
#[component]
fn Behind(
    client: CitizenId,
    kind: MeasurementKind,
    today: (NaiveDate, Option<NaiveDate>),
    targets: Remote<Vec<Target>>,
    changed: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let OpenPart(open) = expect_context();
    let toggle = move |what: Open, label: Key| {
        let this = Some((kind, what));
        let is_open = Signal::derive(move || open.get() == this);
        let press = move |_| open.update(|open| *open = if *open == this { None } else { this });
        view! {
            <button
                type="button"
                class="ds-button"
                data-variant="secondary"
                data-size="sm"
                aria-expanded=said(is_open)
                on:click=press
            >
                {i18n.t(label)}
            </button>
        }
    };
    let set = Callback::new(move |()| {
        open.try_set(None);
        targets.refresh();
        changed.run(());
    });
    let (today, from) = today;
    let here = Memo::new(move |_| open.get().filter(|(of, _)| *of == kind).map(|(_, what)| what));
    let part = dynamic(move || match here.get() {
        None => ().into_any(),
        Some(Open::Figures) => view! { <Counted client kind from /> }.into_any(),
        Some(Open::Days) => view! { <DaysOf client kind from /> }.into_any(),
        Some(Open::Target) => view! {
            <Loading data=targets rows=1 let:targets>
                <Targets kind targets today />
                <TargetForm client kind today targets set />
            </Loading>
        }
        .into_any(),
    });
    view! {
        <div class="actions">
            {toggle(Open::Figures, Key::MEASURE_FIGURES)}
            {toggle(Open::Days, Key::MEASURE_DAYS)}
            {toggle(Open::Target, Key::TARGET_SET)}
        </div>
        {part}
    }
}

#[component]
fn Counted(client: CitizenId, kind: MeasurementKind, from: Option<NaiveDate>) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let summary = Remote::new(move || {
        let wanted = SummaryQuery { kind, from, to: None };
        session.ask(async move |api| api.get_measurement_summary(client, &wanted).await)
    });
    let period = text(move || i18n.text(Key::MEASURE_LAST_QUARTER).to_owned());
    view! {
        <Loading data=summary rows=4 let:summary>
            <FiguresOf summary period />
        </Loading>
    }
}

#[component]
fn DaysOf(client: CitizenId, kind: MeasurementKind, from: Option<NaiveDate>) -> impl IntoView {
    let session = use_session();
    let list = PagedList::new(Refresh::Everything, move |page| {
        let wanted = MeasurementQuery { kind, from, to: None, cursor: page.cursor, limit: page.limit };
        session.ask(async move |api| api.list_measurements(client, &wanted).await)
    });
    view! {
        <Loading data=list.page() rows=4 let:page>
            <DayTable kind measurements=Signal::derive(move || page.get().items) />
            <MoreButton list label=Key::SHOW_MORE />
        </Loading>
    }
}
