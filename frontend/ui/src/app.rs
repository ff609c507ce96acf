//! How an app starts, and what stands in for its pages while nobody is signed in.

use leptos::prelude::*;
use leptos::wasm_split::wasm_split;
use omasote_client::Client;
use omasote_types::sessions::{App, Me};

use crate::activity;
use crate::announce::Announcer;
use crate::chunk::{Chunk, Fetched};
use crate::clock::Clock;
use crate::focus::Arrival;
use crate::i18n::{I18n, Key, use_i18n};
use crate::loading::Skeleton;
use crate::router::Router;
use crate::second_factors;
use crate::session::{Phase, Session, use_session};
use crate::session_end;
use crate::sign_in::SignInPage;
use crate::unread::Unread;
use crate::updates::Updates;
use crate::view::dynamic;

/// Sets up what every page uses, and puts `view` in the place of the boot shell. `base` is where the app's addresses
/// begin.
pub fn start(app: App, base: &'static str, view: fn() -> AnyView) {
    let Ok(origin) = window().location().origin() else { return };
    let Ok(client) = Client::new(&origin, app) else { return };
    let client = client.telling_use(activity::unused_seconds);
    if let Some(shell) = document().get_element_by_id("boot") {
        shell.remove();
    }
    leptos::mount::mount_to_body(move || {
        Router::provide(base);
        I18n::provide();
        Clock::provide();
        Announcer::provide();
        Arrival::provide();
        activity::follow(app);
        let session = Session::provide(client, app);
        Updates::provide(session);
        Unread::provide(session);
        view()
    });
}

/// Shows the app's pages to a signed-in person, and to others the way to sign in. The address stays as it is, so
/// that one comes to where one was going.
#[component]
pub fn SignedInOnly(
    /// Makes the pages of a person.
    pages: fn(Me) -> AnyView,
) -> impl IntoView {
    let session = use_session();
    let phase = Memo::new(move |_| session.phase());
    let sign_in = Chunk::new(sign_in);
    dynamic(move || match phase.get() {
        Phase::Unknown => view! { <div class="page"><Skeleton rows=4 /></div> }.into_any(),
        Phase::Unreachable => view! { <UnreachablePage /> }.into_any(),
        Phase::SignedOut | Phase::Expired => sign_in.show(),
        Phase::SignedIn => match session.me_now() {
            Some(me) => pages(me),
            None => ().into_any(),
        },
    })
}

#[wasm_split(sign_in, wasm_split_path = leptos::wasm_split, fallible)]
fn sign_in() -> Fetched {
    Ok(|| view! { <SignInPage /> }.into_any())
}

/// The step after the password: a code, or setting the second factor up.
#[wasm_split(rare, wasm_split_path = leptos::wasm_split, fallible)]
pub(crate) fn code_step() -> Fetched {
    Ok(|| second_factors::code_step(expect_context()))
}

/// The warning before a session ends: most sessions never show it.
#[wasm_split(rare, wasm_split_path = leptos::wasm_split, fallible)]
pub(crate) fn session_warning() -> Fetched {
    Ok(|| session_end::warning(expect_context()))
}

#[component]
fn UnreachablePage() -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    view! {
        <div class="page narrow">
            <h1 class="ds-heading" data-size="md">{i18n.t(Key::UNREACHABLE_TITLE)}</h1>
            <p>{i18n.t(Key::ERROR_UNREACHABLE)}</p>
            <button
                type="button"
                class="ds-button"
                data-variant="primary"
                on:click=move |_| session.look_up()
            >
                {i18n.t(Key::TRY_AGAIN)}
            </button>
        </div>
    }
}
