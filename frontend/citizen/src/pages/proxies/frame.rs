//! The frame around another's matters: it says all the time for whom one acts, and lets one stop.

use std::time::Duration;

use leptos::prelude::*;
use omasote_rules::proxies::{Reach, Wanted, age, reach};
use omasote_types::proxies::{ProxyScope, Represented};
use omasote_ui::acting::{Acting, use_acting};
use omasote_ui::announce::use_announcer;
use omasote_ui::clock::use_clock;
use omasote_ui::focus::PageTitle;
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::icon::Icon;
use omasote_ui::intl;
use omasote_ui::loading::Loading;
use omasote_ui::remote::Remote;
use omasote_ui::router::use_router;
use omasote_ui::session::use_session;
use omasote_ui::updates::use_updates;
use omasote_ui::view::{dynamic, text};
use omasote_ui::visibility::use_visibility;

use crate::{Acted, paths};
use omasote_types::ids::CitizenId;

/// How often another's matters are looked at again, and whether the right still holds.
const LOOK_AGAIN_EVERY: Duration = Duration::from_secs(20);

/// Makes the pages of whom one acts for.
pub(crate) fn frame(Acted { whom, pages }: Acted) -> AnyView {
    view! { <Frame of=whom pages /> }.into_any()
}

#[component]
fn Frame(of: CitizenId, pages: fn(CitizenId) -> AnyView) -> impl IntoView {
    let (session, acting, clock) = (use_session(), use_acting(), use_clock());
    let represented = Remote::new(move || {
        session.ask(async move |client| {
            let mut all = client.list_represented().await?;
            all.retain(|right| right.citizen.id == of);
            Ok(all)
        })
    });
    look_again(represented);
    let show = move |rights: Signal<Vec<Represented>>| {
        // Before the pages are made, as they ask what it covers.
        rights.with_untracked(|rights| note(acting, clock.milliseconds(), rights));
        Effect::new(move |_| rights.with(|rights| note(acting, clock.milliseconds(), rights)));
        let holds = Memo::new(move |_| rights.with(|rights| !rights.is_empty()));
        dynamic(move || match holds.get() {
            true => view! {
                <Bar />
                {pages(of)}
            }
            .into_any(),
            false => view! { <Over /> }.into_any(),
        })
    };
    view! {
        <Loading data=represented rows=4 let:rights>
            {show(rights)}
        </Loading>
    }
}

/// Tells the pages what the rights cover together.
fn note(acting: Acting, now_ms: f64, rights: &[Represented]) {
    let today = intl::today(now_ms);
    let covers = |wanted| {
        rights.iter().any(|right| {
            let age = age(right.citizen.birth_date, today);
            reach(right.kind, &right.scopes, age, wanted) == Reach::Covered
        })
    };
    let name = rights.first().map(|right| right.citizen.name.clone()).unwrap_or_default();
    let scopes =
        [ProxyScope::Messages, ProxyScope::Tasks, ProxyScope::Measurements, ProxyScope::Appointments];
    let [messages, tasks, measurements, appointments] = scopes.map(Wanted::Scope);
    acting.note(name, [messages, tasks, measurements, appointments, Wanted::OwnBusiness].map(covers));
}

/// The live stream tells only of one's own matters.
fn look_again(represented: Remote<Vec<Represented>>) {
    let (updates, is_visible) = (use_updates(), use_visibility());
    let look = move || {
        if is_visible.get_untracked() {
            represented.refresh();
            updates.look_again();
        }
    };
    if let Ok(looking) = set_interval_with_handle(look, LOOK_AGAIN_EVERY) {
        on_cleanup(move || looking.clear());
    }
}

#[component]
fn Bar() -> impl IntoView {
    let (i18n, acting, announcer, router) = (use_i18n(), use_acting(), use_announcer(), use_router());
    let words = text(move || i18n.filled(Key::ACTING_BAR, &[("name", &acting.name().unwrap_or_default())]));
    let stop = move |_| {
        acting.end();
        announcer.say(Key::ACTING_ENDED_NOW);
        router.go(paths::FRONT);
    };
    view! {
        <section class="whose-bar" aria-label=i18n.t(Key::ACTING_BAR_LABEL)>
            <div class="whose-row">
                <p>{Icon::PEOPLE} <strong>{words}</strong></p>
                <button type="button" class="ds-button" data-variant="secondary" data-size="sm" on:click=stop>
                    {i18n.t(Key::ACTING_END)}
                </button>
            </div>
        </section>
    }
}

/// The right has ended or is paused.
#[component]
fn Over() -> impl IntoView {
    let (i18n, acting, router) = (use_i18n(), use_acting(), use_router());
    let back = move |_| {
        acting.end();
        router.go(paths::FRONT);
    };
    view! {
        <div class="page narrow">
            <PageTitle text=text(move || i18n.text(Key::ACTING_OVER_TITLE).to_owned()) />
            <p>{i18n.t(Key::ACTING_OVER)}</p>
            <button type="button" class="ds-button" data-variant="primary" on:click=back>
                {i18n.t(Key::ACTING_TO_OWN)}
            </button>
        </div>
    }
}
