//! The red bar: whose data is open by break-glass, for how long, and the way to end it.

use leptos::prelude::*;
use omasote_types::care::EmergencyAccess;
use omasote_types::ids::CitizenId;
use omasote_ui::action::{ActionButton, Look};
use omasote_ui::clock::use_clock;
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::icon::Icon;
use omasote_ui::remote::Remote;
use omasote_ui::session::use_session;
use omasote_ui::view::{dynamic, text};

use crate::paths;

/// The break-glass accesses of the signed-in professional: here is only that they have changed, so that the first page does
/// not load what reads them.
#[derive(Clone, Copy)]
pub(crate) struct Emergencies {
    /// Flips when they have changed.
    change: RwSignal<bool>,
}

impl Emergencies {
    pub(crate) fn provide() {
        provide_context(Self { change: RwSignal::new(false) });
    }

    /// Has the server asked again.
    pub(super) fn refresh(self) {
        self.change.try_update(|change| *change = !*change);
    }

    /// Those that are open, asked for again when they have changed.
    fn open(self) -> Remote<Vec<EmergencyAccess>> {
        let session = use_session();
        let open =
            Remote::new(move || session.ask(async |client| client.list_own_emergency_accesses().await));
        Effect::new(move |before: Option<bool>| {
            let now = self.change.get();
            if before.is_some_and(|before| before != now) {
                open.refresh();
            }
            now
        });
        open
    }

    /// Whether a client's data is open by break-glass.
    pub(super) fn is_open(self, client: CitizenId) -> Signal<bool> {
        let open = self.open();
        let is_of = move |all: &Vec<EmergencyAccess>| all.iter().any(|access| access.citizen.id == client);
        Signal::derive(move || open.with(is_of).unwrap_or_default())
    }
}

pub(super) fn use_emergencies() -> Emergencies {
    expect_context()
}

/// Makes the bar.
pub(crate) fn bar() -> AnyView {
    view! { <Bar /> }.into_any()
}

#[component]
fn Bar() -> impl IntoView {
    let (i18n, clock, emergencies) = (use_i18n(), use_clock(), use_emergencies());
    let accesses = emergencies.open();
    // Their time goes by also when nothing is asked.
    Effect::new(move |_| {
        let now = clock.seconds();
        let is_over = |all: &Vec<EmergencyAccess>| all.iter().any(|access| access.ends_at.timestamp() <= now);
        if accesses.with(is_over).unwrap_or_default() {
            emergencies.refresh();
        }
    });
    dynamic(move || {
        let open = accesses.get().unwrap_or_default();
        if open.is_empty() {
            return ().into_any();
        }
        view! {
            <section class="whose-bar" data-color="danger" aria-label=i18n.t(Key::EMERGENCY_BAR)>
                {open.into_iter().map(|access| view! { <BarRow access /> }).collect_view()}
            </section>
        }
        .into_any()
    })
}

#[component]
fn BarRow(access: EmergencyAccess) -> impl IntoView {
    let (i18n, session, clock, emergencies) = (use_i18n(), use_session(), use_clock(), use_emergencies());
    let (id, ends_at) = (access.id, access.ends_at.timestamp());
    let left = text(move || {
        let minutes = (ends_at.saturating_sub(clock.seconds()).max(0) + 59) / 60;
        i18n.filled(Key::EMERGENCY_LEFT, &[("minutes", &minutes.to_string())])
    });
    let end = Callback::new(move |()| session.ask(async move |client| client.end_emergency_access(id).await));
    let refresh = Callback::new(move |()| emergencies.refresh());
    view! {
        <div class="whose-row">
            <p>
                {Icon::BREAK} <span>{i18n.t(Key::EMERGENCY_BAR)} ": "</span>
                <a href=paths::client(access.citizen.id)>{access.citizen.name}</a> <span>{left}</span>
            </p>
            <ActionButton
                label=Key::ACTING_END
                look=Look::SMALL
                run=end
                done=Key::EMERGENCY_ENDED
                on_done=refresh
            />
        </div>
    }
}
