//! Having the server do something: one try at a time, and why the last one failed.

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use omasote_client::{ClientError, ClientResult};

use crate::announce::use_announcer;
use crate::errors;
use crate::i18n::{Key, use_i18n};
use crate::icon::Icon;
use crate::session::Answer;
use crate::view::{dynamic, optional, said};

/// Something the server is asked to do.
#[derive(Clone, Copy, Debug)]
pub struct Action {
    is_busy: RwSignal<bool>,
    error: RwSignal<Option<ClientError>>,
}

impl Default for Action {
    fn default() -> Self {
        Self::new()
    }
}

impl Action {
    /// Nothing tried yet.
    #[must_use]
    pub fn new() -> Self {
        Self { is_busy: RwSignal::new(false), error: RwSignal::new(None) }
    }

    /// Whether an answer is awaited.
    #[must_use]
    pub const fn is_busy(self) -> RwSignal<bool> {
        self.is_busy
    }

    /// Awaits `answer`, unless another is awaited, and hands it to `then`, which gives back an error that is to be shown.
    /// The page may be gone by then.
    pub fn run<T: 'static>(
        self,
        answer: Answer<T>,
        then: impl FnOnce(ClientResult<T>) -> Option<ClientError> + 'static,
    ) {
        if self.is_busy.get_untracked() {
            return;
        }
        self.is_busy.set(true);
        self.error.set(None);
        spawn_local(async move {
            let error = then(answer.await);
            self.error.try_set(error);
            self.is_busy.try_set(false);
        });
    }

    /// Why the last try failed, in words.
    #[must_use]
    pub fn problem(self) -> AnyView {
        let i18n = use_i18n();
        optional(move || {
            let explained = errors::explain(&self.error.get()?);
            let shown = view! {
                <div class="ds-alert" data-color="danger" role="alert">
                    <p>{i18n.t(explained)}</p>
                </div>
            };
            Some(shown.into_any())
        })
    }
}

/// How a button looks.
#[derive(Clone, Copy, Debug, Default)]
pub struct Look {
    /// What stands before its words.
    pub icon: Option<Icon>,
    /// Its weight among others.
    pub variant: Option<&'static str>,
    /// Its colour, when what it does is not to be done lightly.
    pub color: Option<&'static str>,
    /// Whether it is one of many.
    pub is_small: bool,
}

impl Look {
    /// One of many, in a list.
    pub const SMALL: Self = Self { icon: None, variant: None, color: None, is_small: true };
    /// What one came for.
    pub const MAIN: Self = Self { icon: None, variant: Some("primary"), color: None, is_small: false };
    /// What is not to be done lightly.
    pub const DANGER: Self =
        Self { icon: None, variant: Some("primary"), color: Some("danger"), is_small: true };
}

/// A button that has the server do something, and says when it is done or why not.
#[component]
pub fn ActionButton(
    /// What it does.
    label: Key,
    /// How it looks.
    #[prop(default = Look::default())]
    look: Look,
    /// Asks the server.
    run: Callback<(), Answer<()>>,
    /// What is said when it is done.
    done: Key,
    /// Runs when it is done.
    on_done: Callback<()>,
) -> impl IntoView {
    let (i18n, announcer, action) = (use_i18n(), use_announcer(), Action::new());
    let press = move |_| {
        action.run(run.run(()), move |outcome| {
            if outcome.is_ok() {
                announcer.say(done);
                on_done.try_run(());
            }
            outcome.err()
        });
    };
    view! {
        <div class="action">
            <button
                type="button"
                class="ds-button"
                data-variant=look.variant.unwrap_or("secondary")
                data-color=look.color
                data-size=look.is_small.then_some("sm")
                aria-disabled=said(action.is_busy())
                on:click=press
            >
                {look.icon.map(Icon::into_render)}
                {i18n.t(label)}
            </button>
            {action.problem()}
        </div>
    }
}

/// A button that asks first whether one means it.
#[component]
pub fn ConfirmedButton(
    /// What it does.
    label: Key,
    /// What is asked, with what will come of it.
    question: Signal<String>,
    /// What one answers to have it done.
    confirm: Key,
    /// Asks the server.
    run: Callback<(), Answer<()>>,
    /// What is said when it is done.
    done: Key,
    /// Runs when it is done.
    on_done: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let is_asking = RwSignal::new(false);
    let has_asked = StoredValue::new(false);
    dynamic(move || {
        if is_asking.get() {
            let ask: NodeRef<html::P> = NodeRef::new();
            ask.on_load(|ask| drop(ask.focus()));
            return view! {
                <div class="confirm">
                    <p tabindex="-1" node_ref=ask>
                        {question}
                    </p>
                    <div class="actions">
                        <ActionButton label=confirm look=Look::DANGER run done on_done />
                        <button
                            type="button"
                            class="ds-button"
                            data-variant="tertiary"
                            data-size="sm"
                            on:click=move |_| is_asking.set(false)
                        >
                            {i18n.t(Key::ACTION_CANCEL)}
                        </button>
                    </div>
                </div>
            }
            .into_any();
        }
        let opener: NodeRef<html::Button> = NodeRef::new();
        if has_asked.get_value() {
            opener.on_load(|opener| drop(opener.focus()));
        }
        let ask = move |_| {
            has_asked.set_value(true);
            is_asking.set(true);
        };
        view! {
            <div class="action">
                <button
                    type="button"
                    class="ds-button"
                    data-variant="secondary"
                    data-size="sm"
                    node_ref=opener
                    on:click=ask
                >
                    {i18n.t(label)}
                </button>
            </div>
        }
        .into_any()
    })
}
