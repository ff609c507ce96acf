//! What a message that is being written is to lead to. What there is to choose from is the business of each feature.

use leptos::prelude::*;
use omasote_client::ClientError;
use omasote_types::messages::{Link, MAX_LINKS, NewLink};

use super::linked::{link_icon, link_title, title};
use crate::i18n::{Key, use_i18n};
use crate::view::{dynamic, text};

/// The links that were chosen. They live as long as the page that provides them, also when the field is made anew.
#[derive(Clone, Copy, Debug)]
pub struct Linking {
    chosen: RwSignal<Vec<Link>>,
    /// Whether the server refused one.
    is_refused: RwSignal<bool>,
}

impl Linking {
    fn new() -> Self {
        Self { chosen: RwSignal::new(Vec::new()), is_refused: RwSignal::new(false) }
    }

    /// Provides them to all that is made on a page.
    pub fn provide() -> Self {
        let linking = Self::new();
        provide_context(linking);
        linking
    }

    /// Those of the page, or new ones.
    pub(super) fn of_page() -> Self {
        use_context().unwrap_or_else(Self::new)
    }

    /// Adds a link, once; says whether there was room for it. The page may be gone by now.
    #[must_use]
    pub fn attach(self, link: Link) -> bool {
        self.is_refused.try_set(false);
        let added = self.chosen.try_update(|all| {
            let is_there = all.iter().any(|other| NewLink::from(other) == NewLink::from(&link));
            if !is_there && all.len() < MAX_LINKS {
                all.push(link);
                return true;
            }
            is_there
        });
        added.unwrap_or_default()
    }

    /// What goes with the message.
    pub(super) fn links(self) -> Vec<NewLink> {
        self.chosen.with_untracked(|all| all.iter().map(NewLink::from).collect())
    }

    /// The page may be gone by now.
    pub(super) fn clear(self) {
        self.chosen.try_set(Vec::new());
        self.is_refused.try_set(false);
    }

    /// Notes why a message was refused: one of its links may not be sent any more.
    pub(super) fn take_refusal(self, error: &ClientError) {
        let ClientError::Refused(problem) = error else { return };
        let is_refused = problem.errors.iter().any(|error| error.field.starts_with("links"));
        self.is_refused.try_set(is_refused);
    }

    /// What was chosen, each to be taken out again.
    pub(super) fn rows(self) -> AnyView {
        let i18n = use_i18n();
        let problem = dynamic(move || match self.is_refused.get() {
            true => view! {
                <p class="ds-validation-message" role="alert">{i18n.t(Key::LINKS_REFUSED)}</p>
            }
            .into_any(),
            false => ().into_any(),
        });
        let rows = dynamic(move || match self.chosen.get() {
            none if none.is_empty() => ().into_any(),
            all => {
                let rows: Vec<_> = all.into_iter().map(|link| self.row(link)).collect();
                view! { <ul class="linked" aria-label=i18n.t(Key::LINKS_CHOSEN)>{rows}</ul> }.into_any()
            }
        });
        view! { {rows} {problem} }.into_any()
    }

    fn row(self, link: Link) -> AnyView {
        let i18n = use_i18n();
        let (removed, named) = (NewLink::from(&link), link.clone());
        let remove = move |_| {
            self.is_refused.set(false);
            self.chosen.update(|all| all.retain(|other| NewLink::from(other) != removed));
        };
        let name =
            text(move || format!("{}: {}", i18n.text(Key::LINKS_REMOVE), title(&named, i18n.language()).0));
        view! {
            <li>
                {link_icon(link.kind)}
                <span class="linked-what">{link_title(link)}</span>
                <button
                    type="button"
                    class="ds-button"
                    data-variant="tertiary"
                    data-size="sm"
                    aria-label=name
                    on:click=remove
                >
                    {i18n.t(Key::LINKS_REMOVE)}
                </button>
            </li>
        }
        .into_any()
    }
}
