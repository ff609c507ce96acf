//! What the citizen measures: the newest of each kind and how it stands, and the way to enter another.

use leptos::prelude::*;
use omasote_types::measurements::{KINDS, KindFacts, KindOverview, MeasurementKind, TargetState};
use omasote_ui::clock::use_clock;
use omasote_ui::focus::PageTitle;
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::icon::Icon;
use omasote_ui::intl;
use omasote_ui::loading::Loading;
use omasote_ui::measurements::waiting::Waiting;
use omasote_ui::measurements::{AlarmNote, StateTag, measurement};
use omasote_ui::remote::Remote;
use omasote_ui::session::use_session;
use omasote_ui::updates::use_updates;
use omasote_ui::view::{dynamic, text};

use super::waiting::WaitingList;
use super::when_sent;
use crate::{paths, use_citizen};

/// What is offered first to who has measured nothing yet.
const FIRST: [MeasurementKind; 4] = [
    MeasurementKind::BloodPressure,
    MeasurementKind::Weight,
    MeasurementKind::Glucose,
    MeasurementKind::Pulse,
];

#[component]
pub(super) fn OverviewPage() -> impl IntoView {
    let (i18n, session, citizen) = (use_i18n(), use_session(), use_citizen());
    let overview =
        Remote::new(move || session.ask(async move |client| client.get_measurement_overview(citizen).await));
    use_updates().on_measurements_change(move || overview.refresh());
    let waiting = Waiting::open(citizen);
    when_sent(waiting, move || overview.refresh());
    view! {
        <div class="page">
            <PageTitle text=text(move || i18n.text(Key::NAV_MEASUREMENTS).to_owned()) />
            <p class="lead">{i18n.t(Key::MEASURE_INTRO)}</p>
            <WaitingList waiting kind=None />
            <Loading data=overview let:kinds>
                <Measured kinds />
            </Loading>
        </div>
    }
}

/// What makes a card another than before.
fn key(one: &KindOverview) -> (MeasurementKind, String, u32, u32) {
    (one.kind, one.latest.id.to_string(), one.count, one.out_count)
}

#[component]
fn Measured(kinds: Signal<Vec<KindOverview>>) -> impl IntoView {
    let i18n = use_i18n();
    let measured = Memo::new(move |_| kinds.with(|all| all.iter().map(|one| one.kind).collect::<Vec<_>>()));
    let others = dynamic(move || {
        let measured = measured.get();
        let is_other = |facts: &&KindFacts| !measured.contains(&facts.kind);
        if measured.is_empty() {
            let rest: Vec<_> = KINDS.iter().filter(|facts| !FIRST.contains(&facts.kind)).collect();
            return view! {
                <section class="card measure-empty" aria-labelledby="empty-title">
                    <h2 class="ds-heading" data-size="xs" id="empty-title">{i18n.t(Key::MEASURE_EMPTY_TITLE)}</h2>
                    <p>{i18n.t(Key::MEASURE_EMPTY)}</p>
                    {choices(FIRST.map(MeasurementKind::facts).to_vec())}
                </section>
                <Others facts=rest />
            }
            .into_any();
        }
        view! { <Others facts=KINDS.iter().filter(is_other).collect() /> }.into_any()
    });
    view! {
        <ul class="measure-cards">
            <For each=move || kinds.get() key=key let:one>
                <KindCard one />
            </For>
        </ul>
        {others}
    }
}

#[component]
fn KindCard(one: KindOverview) -> impl IntoView {
    let (i18n, clock) = (use_i18n(), use_clock());
    let KindOverview { kind, latest, out_since, out_count, .. } = one;
    let (facts, state, taken_at) = (kind.facts(), latest.state, latest.taken_at);
    let name = text(move || facts.name_in(i18n.language()).to_owned());
    let value = text(move || measurement(i18n.language(), kind, &latest.values));
    let when = text(move || intl::moment(i18n, taken_at, clock.milliseconds()));
    let since = out_since.map(|since| {
        let words = text(move || {
            let date = intl::day(i18n.language(), since);
            let count = out_count.to_string();
            let key = if out_count == 1 { Key::MEASURE_OUT_SINCE_ONE } else { Key::MEASURE_OUT_SINCE };
            i18n.filled(key, &[("date", &date), ("count", &count)])
        });
        view! { <p>{words}</p> }
    });
    let enter_name = text(move || i18n.filled(Key::MEASURE_ENTER_OF, &[("kind", &name.get())]));
    view! {
        <li class="card measure-card">
            <div class="measure-card-head">
                <h2 class="ds-heading" data-size="2xs">
                    <a class="ds-link" href=paths::measurements_of(kind)>{name}</a>
                </h2>
                {(state != TargetState::NoTarget).then(|| view! { <StateTag state /> })}
            </div>
            <p class="measure-latest">{value}</p>
            <p class="fine">{when}</p>
            {since}
            {state.is_alarm().then(|| view! { <AlarmNote /> })}
            <p>
                <a
                    class="ds-button"
                    data-variant="secondary"
                    href=paths::new_measurement_of(kind)
                    aria-label=enter_name
                >
                    {Icon::PEN}
                    {i18n.t(Key::MEASURE_ENTER)}
                </a>
            </p>
        </li>
    }
}

/// What was never measured.
#[component]
fn Others(facts: Vec<&'static KindFacts>) -> impl IntoView {
    let i18n = use_i18n();
    (!facts.is_empty()).then(|| {
        view! {
            <details class="measure-others">
                <summary>{i18n.t(Key::MEASURE_OTHERS)}</summary>
                {choices(facts)}
            </details>
        }
    })
}

/// Links to entering each of some kinds.
fn choices(facts: Vec<&'static KindFacts>) -> AnyView {
    let i18n = use_i18n();
    let choice = |facts: &'static KindFacts| {
        let name = text(move || facts.name_in(i18n.language()).to_owned());
        view! {
            <li>
                <a class="ds-button" data-variant="secondary" href=paths::new_measurement_of(facts.kind)>{name}</a>
            </li>
        }
    };
    view! { <ul class="measure-choices">{facts.into_iter().map(choice).collect_view()}</ul> }.into_any()
}

/// What to enter.
#[component]
pub(super) fn NewPage() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="page">
            <a class="back" href=paths::MEASUREMENTS>{Icon::BACK} {i18n.t(Key::NAV_MEASUREMENTS)}</a>
            <PageTitle text=text(move || i18n.text(Key::MEASURE_NEW_TITLE).to_owned()) />
            {choices(KINDS.iter().collect())}
        </div>
    }
}
