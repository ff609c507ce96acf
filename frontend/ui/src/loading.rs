//! Showing what comes from the server: while it loads, when it is here, and when it could not be had.

use leptos::prelude::*;
use omasote_client::ClientError;

use crate::errors;
use crate::i18n::{Key, use_i18n};
use crate::remote::{Remote, Status};
use crate::view::{dynamic, optional};

/// Shows `data` through its children once it is here. The children are made once and follow the data by themselves.
#[component]
pub fn Loading<T, F, V>(
    /// What to show.
    data: Remote<T>,
    /// How many rows to keep room for while it loads.
    #[prop(default = 3)]
    rows: u8,
    /// Shows it.
    children: F,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
    F: Fn(Signal<T>) -> V + Send + 'static,
    V: IntoView + 'static,
{
    let show = move || match data.now() {
        Some(first) => children(data.or(first)).into_any(),
        None => ().into_any(),
    };
    loading(data.status(), data.retry(), rows, Box::new(show))
}

fn loading(status: Status, retry: Callback<()>, rows: u8, show: Box<dyn Fn() -> AnyView + Send>) -> AnyView {
    dynamic(move || match status.is_here.get() {
        true => show(),
        false => dynamic(move || match status.problem.get() {
            Some(error) => view! { <Problem error on_retry=retry /> }.into_any(),
            None => view! { <Skeleton rows /> }.into_any(),
        }),
    })
}

/// Keeps the room of what is on its way.
#[component]
pub fn Skeleton(
    /// How many rows.
    rows: u8,
) -> impl IntoView {
    let i18n = use_i18n();
    let row = |_| view! { <div class="ds-skeleton skeleton-row" data-variant="rectangle" aria-hidden="true"></div> };
    view! {
        <div class="skeleton" role="status">
            <span class="ds-sr-only">{i18n.t(Key::LOADING)}</span>
            {(0..rows).map(row).collect_view()}
        </div>
    }
}

/// Says what went wrong, and offers to try again when that may help.
#[component]
pub fn Problem(
    /// What went wrong.
    error: ClientError,
    /// Tries again.
    on_retry: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let can_retry = error.is_passing();
    let explained = errors::explain(&error);
    let request_id = errors::request_id(error);
    let reference = optional(move || {
        let id = request_id.as_deref()?;
        let text = i18n.filled(Key::ERROR_REFERENCE, &[("id", id)]);
        Some(view! { <p class="fine">{text}</p> }.into_any())
    });
    view! {
        <div class="ds-alert problem" data-color="warning" role="alert">
            <p>{i18n.t(explained)}</p>
            {reference}
            {can_retry
                .then(|| {
                    view! {
                        <button
                            type="button"
                            class="ds-button"
                            data-variant="secondary"
                            on:click=move |_| on_retry.run(())
                        >
                            {i18n.t(Key::TRY_AGAIN)}
                        </button>
                    }
                })}
        </div>
    }
}
