//! Choosing files to send with a message. Each is uploaded as soon as it is chosen, so that sending does not wait for it.

use leptos::ev::Event;
use leptos::prelude::*;
use leptos::task::spawn_local;
use omasote_client::FileContent;
use omasote_types::attachments::{Attachment, MAX_ATTACHMENT_BYTES, MAX_ATTACHMENTS, PlaceQuery};
use omasote_types::ids::{AttachmentId, CitizenId};
use omasote_types::messages::Side;
use wasm_bindgen::JsCast as _;
use web_sys::{File, HtmlInputElement};

use super::attached::size;
use crate::announce::{Announcer, use_announcer};
use crate::drafts::Draft;
use crate::errors;
use crate::focus::focus_id;
use crate::i18n::{Key, use_i18n};
use crate::icon::Icon;
use crate::session::{Session, use_session};
use crate::view::{dynamic, optional, text};

const INPUT: &str = "attachment-input";
const HINT: &str = "attachment-hint";

/// What the browser offers first; the server looks at the content.
const OFFERED: &str =
    ".pdf,.jpg,.jpeg,.png,.heic,.heif,application/pdf,image/jpeg,image/png,image/heic,image/heif";

/// The files that are to go with a message.
#[derive(Clone, Copy)]
pub struct Attaching {
    session: Session,
    announcer: Announcer,
    citizen: CitizenId,
    at: PlaceQuery,
    draft: Draft,
    chosen: RwSignal<Vec<Chosen>>,
    next: StoredValue<u32>,
    /// Why a choice was not taken, or the message could not be sent yet.
    problem: RwSignal<Option<Key>>,
}

/// One chosen file.
#[derive(Clone)]
struct Chosen {
    number: u32,
    name: String,
    bytes: u64,
    state: RwSignal<State>,
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    Sending,
    Ready(AttachmentId),
    Failed(Key),
}

impl Attaching {
    /// Nothing chosen yet, for a message of `draft` at a place in the matters of a citizen.
    #[must_use]
    pub fn new(citizen: CitizenId, at: PlaceQuery, draft: Draft) -> Self {
        Self {
            session: use_session(),
            announcer: use_announcer(),
            citizen,
            at,
            draft,
            chosen: RwSignal::new(Vec::new()),
            next: StoredValue::new(0),
            problem: RwSignal::new(None),
        }
    }

    /// The files to send; none when one is still on its way or was refused, which then is said.
    #[must_use]
    pub fn ready(self) -> Option<Vec<AttachmentId>> {
        let states = self.chosen.with_untracked(|all| -> Vec<State> {
            all.iter().map(|one| one.state.get_untracked()).collect()
        });
        let problem = states.iter().find_map(|state| match state {
            State::Sending => Some(Key::ATTACHMENT_STILL_SENDING),
            State::Failed(_) => Some(Key::ATTACHMENT_REMOVE_FIRST),
            State::Ready(_) => None,
        });
        self.problem.set(problem);
        if problem.is_some() {
            focus_id(INPUT);
            return None;
        }
        Some(
            states
                .iter()
                .filter_map(|state| if let State::Ready(id) = state { Some(*id) } else { None })
                .collect(),
        )
    }

    /// Whether any is chosen, in a place that follows it.
    #[must_use]
    pub fn is_any(self) -> bool {
        self.chosen.with(|all| !all.is_empty())
    }

    /// They were sent. The page may be gone by now.
    pub fn clear(self) {
        self.chosen.try_set(Vec::new());
        self.problem.try_set(None);
    }

    /// What was uploaded before: before the page was loaded anew, or on another device.
    pub(super) fn restore(self, files: Vec<Attachment>) {
        for file in files {
            let is_known =
                |all: &Vec<Chosen>| all.iter().any(|one| one.state.get_untracked() == State::Ready(file.id));
            if self.chosen.try_with_untracked(is_known) == Some(false) {
                self.put(file.name, file.bytes, State::Ready(file.id));
            }
        }
    }

    fn put(self, name: String, bytes: u64, state: State) -> RwSignal<State> {
        let number = self.next.get_value();
        self.next.set_value(number + 1);
        let state = RwSignal::new(state);
        self.chosen.update(|all| all.push(Chosen { number, name, bytes, state }));
        state
    }

    fn choose(self, event: &Event) {
        let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else {
            return;
        };
        self.problem.set(None);
        let files = input.files();
        let files = files.iter().flat_map(|list| (0..list.length()).filter_map(|place| list.get(place)));
        for file in files.collect::<Vec<_>>() {
            if self.chosen.with_untracked(Vec::len) >= MAX_ATTACHMENTS {
                self.problem.set(Some(Key::ATTACHMENT_TOO_MANY));
                break;
            }
            self.add(file);
        }
        // The same file can be chosen again.
        input.set_value("");
    }

    fn add(self, file: File) {
        let (name, bytes) = (file.name(), bytes_of(file.size()));
        if bytes > MAX_ATTACHMENT_BYTES {
            self.put(name, bytes, State::Failed(Key::ERROR_ATTACHMENT_TOO_LARGE));
            return;
        }
        let state = self.put(name.clone(), bytes, State::Sending);
        let (citizen, at, content) = (self.citizen, self.at, content_of(file));
        spawn_local(async move {
            let uploaded = self
                .session
                .ask(async move |client| client.create_attachment(citizen, at, &name, content).await);
            let outcome = match uploaded.await {
                Ok(file) => State::Ready(file.id),
                Err(error) => State::Failed(errors::explain(&error)),
            };
            self.draft.forget_key();
            if let State::Ready(_) = outcome {
                self.announcer.say(Key::ATTACHMENT_ADDED);
            }
            state.try_set(outcome);
        });
    }

    fn remove(self, one: &Chosen) {
        self.problem.set(None);
        self.draft.forget_key();
        if let State::Ready(id) = one.state.get_untracked() {
            let deleted = self.session.ask(async move |client| client.delete_attachment(id).await);
            // What is not deleted now is forgotten within a day.
            spawn_local(async move { drop(deleted.await) });
        }
        let number = one.number;
        self.chosen.update(|all| all.retain(|other| other.number != number));
        self.announcer.say(Key::ATTACHMENT_REMOVED);
        focus_id(INPUT);
    }

    /// The button that lets choose, what may be chosen (at length to citizens), and what was.
    #[must_use]
    pub fn fields(self, to: Side) -> AnyView {
        let i18n = use_i18n();
        let rows = move || {
            let all = self.chosen.get();
            let rows: Vec<_> = all.into_iter().map(|one| self.row(one)).collect();
            (!rows.is_empty()).then(|| view! { <ul class="chosen">{rows}</ul> }.into_any())
        };
        let hint = match to {
            Side::Citizen => Key::ATTACHMENT_HINT,
            Side::Unit => Key::ATTACHMENT_HINT_SHORT,
        };
        let problem = optional(move || {
            let words = self.problem.get()?;
            Some(view! { <p class="ds-validation-message" role="alert">{i18n.t(words)}</p> }.into_any())
        });
        view! {
            <div class="attaching">
                <input
                    class="ds-sr-only"
                    type="file"
                    id=INPUT
                    multiple=true
                    accept=OFFERED
                    aria-describedby=HINT
                    on:change=move |event| self.choose(&event)
                />
                <label class="ds-button" data-variant="secondary" data-size="sm" for=INPUT>
                    {Icon::CLIP}
                    {i18n.t(Key::ATTACHMENT_ADD)}
                </label>
                <p class="fine" id=HINT>{i18n.t(hint)}</p>
                {optional(rows)}
                {problem}
            </div>
        }
        .into_any()
    }

    fn row(self, one: Chosen) -> AnyView {
        let i18n = use_i18n();
        let (state, bytes, name) = (one.state, one.bytes, one.name.clone());
        let told = dynamic(move || match state.get() {
            State::Sending => {
                view! { <span class="fine">{i18n.t(Key::ATTACHMENT_SENDING)}</span> }.into_any()
            }
            State::Ready(_) => {
                view! { <span class="fine">{text(move || size(i18n, bytes))}</span> }.into_any()
            }
            State::Failed(why) => {
                view! { <span class="ds-validation-message" role="alert">{i18n.t(why)}</span> }.into_any()
            }
        });
        let label = {
            let name = name.clone();
            text(move || i18n.filled(Key::ATTACHMENT_REMOVE_NAMED, &[("name", &name)]))
        };
        view! {
            <li>
                <span class="chosen-file">
                    <bdi>{name}</bdi>
                    " "
                    {told}
                </span>
                <button
                    type="button"
                    class="ds-button"
                    data-variant="tertiary"
                    data-size="sm"
                    aria-label=label
                    on:click=move |_| self.remove(&one)
                >
                    {i18n.t(Key::ATTACHMENT_REMOVE)}
                </button>
            </li>
        }
        .into_any()
    }
}

/// The file as the browser sends it.
#[cfg(target_arch = "wasm32")]
fn content_of(file: File) -> FileContent {
    file.into()
}

/// Outside a browser, where the unit tests run, no file is chosen.
#[cfg(not(target_arch = "wasm32"))]
fn content_of(_file: File) -> FileContent {
    FileContent::new()
}

/// A browser counts bytes in a number that may have a fraction, and never has.
#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "no file is larger than the whole numbers a browser knows"
)]
const fn bytes_of(size: f64) -> u64 {
    size as u64
}
