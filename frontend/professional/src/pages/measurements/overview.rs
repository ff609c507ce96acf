//! What a client measures: the worst first on the card, and a panel for each kind on the page.

use leptos::prelude::*;
use omasote_types::ids::CitizenId;
use omasote_types::measurements::{KindOverview, TargetState};
use omasote_ui::clock::use_clock;
use omasote_ui::focus::PageTitle;
use omasote_ui::i18n::{I18n, Key, use_i18n};
use omasote_ui::icon::Icon;
use omasote_ui::intl;
use omasote_ui::loading::Loading;
use omasote_ui::measurements::{StateTag, measurement};
use omasote_ui::remote::Remote;
use omasote_ui::session::use_session;
use omasote_ui::view::{dynamic, text};

use super::panel::{OpenPart, Panel};
use crate::paths;

/// What is worst first; of those alike what was measured last.
fn by_severity(all: &mut [KindOverview]) {
    all.sort_by_key(|one| std::cmp::Reverse((one.latest.state, one.latest.taken_at)));
}

fn overview(client: CitizenId) -> Remote<Vec<KindOverview>> {
    let session = use_session();
    Remote::new(move || session.ask(async move |api| api.get_measurement_overview(client).await))
}

/// Since when values have been out of the target, and how many; empty when the newest is not.
pub(super) fn out_in_words(i18n: I18n, one: &KindOverview) -> Option<String> {
    let since = one.out_since?;
    let (date, count) = (intl::day(i18n.language(), since), one.out_count.to_string());
    let key = if one.out_count == 1 { Key::MEASURE_OUT_SINCE_ONE } else { Key::MEASURE_OUT_SINCE };
    Some(i18n.filled(key, &[("date", &date), ("count", &count)]))
}

#[component]
pub(super) fn OfClient(client: CitizenId) -> impl IntoView {
    let i18n = use_i18n();
    let kinds = overview(client);
    view! {
        <section class="part" aria-labelledby="measurements-title">
            <div class="part-head">
                <h2 class="ds-heading" data-size="xs" id="measurements-title">{i18n.t(Key::CLIENT_MEASUREMENTS)}</h2>
                <a class="ds-button" data-variant="secondary" data-size="sm" href=paths::measurements(client)>
                    {i18n.t(Key::CLIENT_MEASUREMENTS_OPEN)}
                </a>
            </div>
            <Loading data=kinds rows=1 let:kinds>
                {rows(kinds)}
            </Loading>
        </section>
    }
}

fn rows(kinds: Signal<Vec<KindOverview>>) -> AnyView {
    let i18n = use_i18n();
    dynamic(move || {
        let mut all = kinds.get();
        if all.is_empty() {
            return view! { <p>{i18n.t(Key::CLIENT_MEASUREMENTS_NONE)}</p> }.into_any();
        }
        by_severity(&mut all);
        let rows: Vec<_> = all.into_iter().map(|one| view! { <Row one /> }).collect();
        view! { <ul class="measure-rows">{rows}</ul> }.into_any()
    })
}

#[component]
fn Row(one: KindOverview) -> impl IntoView {
    let (i18n, clock) = (use_i18n(), use_clock());
    let (kind, state, taken_at) = (one.kind, one.latest.state, one.latest.taken_at);
    let values = one.latest.values.clone();
    let name = text(move || kind.facts().name_in(i18n.language()).to_owned());
    let value = text(move || measurement(i18n.language(), kind, &values));
    let when = text(move || intl::moment(i18n, taken_at, clock.milliseconds()));
    let since = text(move || out_in_words(i18n, &one).unwrap_or_default());
    view! {
        <li>
            <span class="measure-row-what">{name}</span>
            <strong>{value}</strong>
            {(state != TargetState::NoTarget).then(|| view! { <StateTag state /> })}
            <span class="fine">{when}</span>
            <span class="fine">{since}</span>
        </li>
    }
}

#[component]
pub(super) fn MeasurementsPage(client: CitizenId) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let person = Remote::new(move || session.ask(async move |api| api.get_citizen(client).await));
    OpenPart::provide();
    let kinds = overview(client);
    let changed = Callback::new(move |()| kinds.refresh());
    let whose = text(move || {
        let name = person.with(|person| format!("{} {}", person.given_name, person.family_name));
        name.unwrap_or_default()
    });
    let panels = move |kinds: Signal<Vec<KindOverview>>| {
        // A panel is made anew for another newest value, and not when nothing has changed.
        let shown = Memo::new(move |_| kinds.get());
        dynamic(move || {
            let mut all = shown.get();
            if all.is_empty() {
                return view! { <p>{i18n.t(Key::CLIENT_MEASUREMENTS_NONE)}</p> }.into_any();
            }
            by_severity(&mut all);
            let panels: Vec<_> = all.into_iter().map(|one| view! { <Panel client one changed /> }).collect();
            view! { <div class="measure-panels">{panels}</div> }.into_any()
        })
    };
    view! {
        <div class="page office measure-office">
            <a class="back" href=paths::client(client)>{Icon::BACK} {i18n.t(Key::CLIENT_CARD)}</a>
            <header>
                <PageTitle text=text(move || i18n.text(Key::CLIENT_MEASUREMENTS).to_owned()) />
                <p class="fine">{whose}</p>
            </header>
            <Loading data=kinds rows=6 let:kinds>
                {panels(kinds)}
            </Loading>
        </div>
    }
}
