//! Parts of an app that the browser fetches after the first page, so that the first page comes soon.
//!
//! Each app lists its chunks in `chunks.rs`; `cargo xtask frontend` splits them off the module.

use std::future::Future;
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;
use leptos::wasm_split::SplitLoaderError;
use omasote_client::{Client, ClientError};

use crate::loading::Loading;
use crate::remote::Remote;
use crate::session::use_session;
use crate::storage::{self, Lasting};
use crate::view::optional;

/// When a chunk is fetched that nobody has needed yet: by then the first page is there.
const QUIET_AFTER: Duration = Duration::from_secs(2);

/// Set while the page is loaded anew for a chunk that is gone, so that it is not loaded again and again.
const RELOADING: &str = "omasote.reloading";

/// What a chunk holds: the maker of a page, or of a part of one. What it is about comes as a context, so that one type does
/// for all.
pub type Maker = fn() -> AnyView;

/// What the function of a chunk gives.
pub type Fetched = Result<Maker, SplitLoaderError>;

/// A part of the app, here or still to be fetched.
#[derive(Clone, Copy)]
pub struct Chunk(Remote<Maker>);

impl Chunk {
    /// A chunk that is fetched when it is shown, or before by `soon`.
    pub fn new<F: Future<Output = Fetched> + 'static>(fetch: fn() -> F) -> Self {
        let session = use_session();
        Self(Remote::idle(Rc::new(move |_| {
            let client = session.client();
            Box::pin(async move {
                match fetch().await {
                    Ok(maker) => {
                        storage::remove(Lasting::Tab, RELOADING);
                        Ok(maker)
                    }
                    Err(_) => Err(without_chunk(&client).await),
                }
            })
        })))
    }

    /// Has it fetched in a quiet moment, as it will be needed.
    #[must_use]
    pub fn soon(self) -> Self {
        set_timeout(move || self.0.ensure(), QUIET_AFTER);
        self
    }

    /// Shows what the chunk makes of `about`, which it finds as a context.
    #[must_use]
    pub fn show_about(self, about: impl Send + Sync + 'static) -> AnyView {
        provide_context(about);
        self.show()
    }

    /// Shows what the chunk makes.
    #[must_use]
    pub fn show(self) -> AnyView {
        self.0.ensure();
        view! {
            <Loading data=self.0 rows=5 let:make>
                {make.get_untracked()()}
            </Loading>
        }
        .into_any()
    }

    /// Shows what the chunk makes once it is there: fetched in a quiet moment, and nothing stands in for it.
    #[must_use]
    pub fn show_quietly(self) -> AnyView {
        let chunk = self.soon();
        optional(move || chunk.0.get().map(|make| make()))
    }
}

/// A server that answers and has no such chunk has a newer app: the page is loaded anew. What is half-written stays.
async fn without_chunk(client: &Client) -> ClientError {
    let answers = client.list_sign_in_methods().await;
    if answers.is_ok() && storage::get(Lasting::Tab, RELOADING).is_none() {
        storage::put(Lasting::Tab, RELOADING, "1");
        let _ = window().location().reload();
    }
    ClientError::Unreachable
}
