//! Forms that are filled in: what shows, what is answered, what is told at once. The rules are the server's own.

#![expect(unreachable_pub, reason = "#[component] makes a part of every component public")]

mod fields;
mod paper;
mod reading;

use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::*;
use omasote_rules::questionnaires::{Prepared, Refusal};
use omasote_types::language::{Language, LocalText};
use omasote_types::questionnaires::{Answer, Answers, Form};

pub use fields::FormFields;
pub use paper::PaperForm;
pub use reading::{Alerts, Results, answer_in_words, number_in_words, typed_number};

use crate::focus::focus_id;
use crate::i18n::I18n;

/// A form that is being answered.
#[derive(Clone, Copy)]
pub struct Filling {
    prepared: StoredValue<Prepared>,
    answers: RwSignal<Answers>,
    /// The link ids that show.
    shown: Memo<BTreeSet<String>>,
    /// Why answers were refused when they were to be sent, by link id.
    refused: RwSignal<BTreeMap<String, Refusal>>,
    /// Where something is written that is no number or no date.
    unreadable: RwSignal<BTreeSet<String>>,
}

impl Filling {
    /// A form with what is answered so far; none when this version of the app does not understand the form.
    #[must_use]
    pub fn new(form: Form, answers: Answers) -> Option<Self> {
        let prepared = StoredValue::new(Prepared::new(form).ok()?);
        let answers = RwSignal::new(answers);
        let shown = Memo::new(move |_| {
            prepared.with_value(|prepared| {
                answers
                    .with(|answers| prepared.read(answers).shown().map(|item| item.link_id.clone()).collect())
            })
        });
        let (refused, unreadable) = (RwSignal::new(BTreeMap::new()), RwSignal::new(BTreeSet::new()));
        Some(Self { prepared, answers, shown, refused, unreadable })
    }

    /// What is answered.
    #[must_use]
    pub const fn answers(self) -> RwSignal<Answers> {
        self.answers
    }

    /// Reads the form and what is answered now.
    pub fn with<T>(self, read: impl FnOnce(&Prepared, &Answers) -> T) -> T {
        self.prepared.with_value(|prepared| self.answers.with(|answers| read(prepared, answers)))
    }

    /// How many questions show, and how many of them are answered.
    #[must_use]
    pub fn progress(self) -> (usize, usize) {
        self.with(|prepared, answers| prepared.read(answers).progress())
    }

    /// What is to be told at once, the urgent first.
    #[must_use]
    pub fn alerts(self) -> Vec<LocalText> {
        self.with(|prepared, answers| {
            let reading = prepared.read(answers);
            reading.alerts().into_iter().map(|alert| alert.text.clone()).collect()
        })
    }

    /// What may be sent. What is wrong is told at its question, and the first of them gets the focus.
    #[must_use]
    pub fn to_send(self) -> Option<Answers> {
        let outcome = untrack(|| self.with(Prepared::to_send));
        let unreadable = self.unreadable.get_untracked();
        let (sent, refused) = match outcome {
            Ok(sent) => (Some(sent), Vec::new()),
            Err(refused) => (None, refused),
        };
        let mut all: BTreeMap<_, _> = refused.into_iter().map(|one| (one.link_id, one.refusal)).collect();
        all.extend(unreadable.into_iter().map(|link_id| (link_id, Refusal::WrongType)));
        let first = self.prepared.with_value(|prepared| {
            let mut items = prepared.items();
            items.find(|item| all.contains_key(&item.link_id)).map(|item| field_id(&item.link_id))
        });
        let is_clean = all.is_empty();
        self.refused.set(all);
        if let Some(first) = first {
            focus_id(first);
        }
        sent.filter(|_| is_clean)
    }

    fn shows(self, link_id: &str) -> bool {
        self.shown.with(|shown| shown.contains(link_id))
    }

    fn answer(self, link_id: &str, answer: Option<Answer>) {
        self.answers.update(|answers| match answer {
            Some(answer) => answers.set(link_id, answer),
            None => answers.clear(link_id),
        });
        // Every field looks at both: what has not changed must not wake them at each press of a key.
        if self.unreadable.with_untracked(|all| all.contains(link_id)) {
            self.unreadable.update(|all| {
                all.remove(link_id);
            });
        }
        if self.refused.with_untracked(|all| all.contains_key(link_id)) {
            self.refused.update(|all| {
                all.remove(link_id);
            });
        }
    }

    fn cannot_read(self, link_id: &str) {
        self.answer(link_id, None);
        self.unreadable.update(|all| {
            all.insert(link_id.to_owned());
        });
    }
}

/// Where the field of a question is.
fn field_id(link_id: &str) -> String {
    format!("q-{link_id}")
}

/// A text of a form in the language in use, or in the first that it has.
#[must_use]
pub fn words(i18n: I18n, text: &LocalText) -> String {
    let language = i18n.language();
    let all = std::iter::once(language).chain(Language::ALL);
    let mut there = all.map(|language| text.text(language)).filter(|text| !text.trim().is_empty());
    there.next().unwrap_or_default().to_owned()
}
