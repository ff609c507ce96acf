//! Fetching from Suomi.fi for whom the citizen may act: the browser goes there, and comes back with an answer.

use leptos::prelude::*;
use omasote_client::ClientError;
use omasote_types::error::ErrorCode;
use omasote_types::mandates::{MandateAnswer, NewMandateVisit};
use omasote_types::proxies::Represented;
use omasote_ui::action::Action;
use omasote_ui::address::decoded;
use omasote_ui::i18n::{I18n, Key, use_i18n};
use omasote_ui::remote::Remote;
use omasote_ui::router::{Router, use_router};
use omasote_ui::session::{Session, use_session};
use omasote_ui::view::{dynamic, flag, optional, text};

/// What the citizen is told of a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Told {
    Fetching,
    Found(u32),
    Nobody,
    Cancelled,
    Over,
    Unavailable,
    Failed,
}

/// A visit to Suomi.fi, as the page knows it.
#[derive(Clone, Copy)]
pub(super) struct Visit {
    told: RwSignal<Option<Told>>,
    action: Action,
    session: Session,
    i18n: I18n,
}

impl Visit {
    /// Takes up the answer that the browser came back with, if it did. The answer leaves the address at once: it is good once.
    pub(super) fn take_up(on_fetched: Callback<()>) -> Self {
        let (told, action) = (RwSignal::new(None), Action::new());
        let visit = Self { told, action, session: use_session(), i18n: use_i18n() };
        match untrack(|| Came::back(use_router())) {
            None => {}
            Some(Came::Without(told)) => visit.told.set(Some(told)),
            Some(Came::With(answer)) => visit.finish(answer, on_fetched),
        }
        visit
    }

    fn finish(self, answer: MandateAnswer, on_fetched: Callback<()>) {
        self.told.set(Some(Told::Fetching));
        let asked = self.session.ask(async move |client| client.finish_mandate_visit(&answer).await);
        self.action.run(asked, move |outcome| {
            self.told.try_set(Some(match &outcome {
                Ok(found) => people(found),
                Err(error) => problem(error),
            }));
            on_fetched.try_run(());
            None
        });
    }

    fn start(self) {
        self.told.set(None);
        let new = NewMandateVisit { language: untrack(|| self.i18n.language()) };
        let asked = self.session.ask(async move |client| client.start_mandate_visit(&new).await);
        self.action.run(asked, move |outcome| {
            match outcome {
                Ok(visit) => drop(window().location().set_href(&visit.address)),
                Err(error) => drop(self.told.try_set(Some(problem(&error)))),
            }
            None
        });
    }
}

/// What stands in the address when the browser is back.
enum Came {
    With(MandateAnswer),
    Without(Told),
}

impl Came {
    fn back(router: Router) -> Option<Self> {
        let value = |name| router.query(name).map(|value| decoded(&value));
        let came = match (value("code"), value("state"), value("error")) {
            (None, None, None) => return None,
            (_, _, Some(error)) if error == "access_denied" => Self::Without(Told::Cancelled),
            (Some(code), Some(state), None) => Self::With(MandateAnswer { state, code }),
            _ => Self::Without(Told::Failed),
        };
        router.replace(&router.path());
        Some(came)
    }
}

/// Somebody for whom one may act on two grounds is one person.
fn people(found: &[Represented]) -> Told {
    let mut ids: Vec<_> = found.iter().map(|right| right.citizen.id).collect();
    ids.sort_unstable();
    ids.dedup();
    match u32::try_from(ids.len()) {
        Ok(0) | Err(_) => Told::Nobody,
        Ok(count) => Told::Found(count),
    }
}

fn problem(error: &ClientError) -> Told {
    match error.code() {
        Some(ErrorCode::NotFound) => Told::Over,
        Some(ErrorCode::Unavailable) | None => Told::Unavailable,
        Some(_) => Told::Failed,
    }
}

/// What came of the visit.
#[component]
pub(super) fn Outcome(visit: Visit) -> impl IntoView {
    let i18n = visit.i18n;
    let shown = move || {
        let told = visit.told.get()?;
        let color = match told {
            Told::Found(_) => "success",
            Told::Fetching | Told::Nobody => "info",
            Told::Cancelled | Told::Over | Told::Unavailable | Told::Failed => "warning",
        };
        let words = text(move || match told {
            Told::Found(count) => i18n.counted(Key::SUOMI_FI_FOUND_ONE, Key::SUOMI_FI_FOUND_OTHER, count),
            Told::Fetching => i18n.text(Key::SUOMI_FI_FETCHING).to_owned(),
            Told::Nobody => i18n.text(Key::SUOMI_FI_NOBODY).to_owned(),
            Told::Cancelled => i18n.text(Key::SUOMI_FI_CANCELLED).to_owned(),
            Told::Over => i18n.text(Key::SUOMI_FI_OVER).to_owned(),
            Told::Unavailable => i18n.text(Key::SUOMI_FI_UNAVAILABLE).to_owned(),
            Told::Failed => i18n.text(Key::SUOMI_FI_FAILED).to_owned(),
        });
        let shown = view! {
            <div class="ds-alert" data-color=color role="alert">
                <p>{words}</p>
            </div>
        };
        Some(shown.into_any())
    };
    optional(shown)
}

/// The way to Suomi.fi, when mandates can be fetched there.
#[component]
pub(super) fn SuomiFi(visit: Visit) -> impl IntoView {
    let session = visit.session;
    let methods = Remote::new(move || session.ask(async |client| client.list_mandate_methods().await));
    let is_offered = Memo::new(move |_| methods.with(|methods| methods.has_suomi_fi) == Some(true));
    dynamic(move || match is_offered.get() {
        true => view! { <Offer visit /> }.into_any(),
        false => ().into_any(),
    })
}

#[component]
fn Offer(visit: Visit) -> impl IntoView {
    let i18n = visit.i18n;
    let is_busy = visit.action.is_busy();
    let begin = move |_| visit.start();
    view! {
        <section class="part" aria-labelledby="suomi-fi-title">
            <h2 class="ds-heading" data-size="xs" id="suomi-fi-title">{i18n.t(Key::SUOMI_FI_TITLE)}</h2>
            <div class="card form">
                <p>{i18n.t(Key::SUOMI_FI_HOW)}</p>
                <p>{i18n.t(Key::SUOMI_FI_SESSION)}</p>
                <div class="actions">
                    <button
                        type="button"
                        class="ds-button"
                        data-variant="primary"
                        aria-busy=flag("true", move || is_busy.get())
                        on:click=begin
                    >
                        {i18n.t(Key::SUOMI_FI_FETCH)}
                    </button>
                </div>
                <p class="fine">{i18n.t(Key::SUOMI_FI_OTHERWISE)}</p>
            </div>
        </section>
    }
}
