//! Questionnaires: those there are, building one, trying it and publishing it.

mod conditions;
mod draft;
mod editor;
mod fields;
mod item;
mod keeping;
mod options;
mod outline;
mod preview;
mod problems;
mod scoring;
mod tree;

use leptos::prelude::*;
use omasote_types::ids::QuestionnaireId;
use omasote_ui::i18n::{Key, use_i18n};

use crate::paths;

/// A page about questionnaires.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum QuestionnairesPage {
    /// Those there are.
    List,
    /// A new one.
    New,
    /// One that is kept.
    One(QuestionnaireId),
}

/// Makes the page.
pub(crate) fn page(page: QuestionnairesPage) -> AnyView {
    match page {
        QuestionnairesPage::List => keeping::page(),
        QuestionnairesPage::New => editor::new_questionnaire(),
        QuestionnairesPage::One(id) => editor::kept_questionnaire(id),
    }
}

/// Leads to the questionnaires from where they are given and kept.
pub(crate) fn link() -> AnyView {
    let i18n = use_i18n();
    view! {
        <p>
            <a class="ds-link" href=paths::QUESTIONNAIRES>{i18n.t(Key::NAV_QUESTIONNAIRES)}</a>
        </p>
    }
    .into_any()
}
