//! What is put in the place of variables: of whom one writes to, of the unit, and of who writes.

use leptos::prelude::*;
use omasote_rules::templates::{Filled, Variable, fill};
use omasote_types::ids::{CitizenId, UnitId};
use omasote_types::language::Language;
use omasote_types::sessions::Me;
use omasote_types::templates::TemplateContent;
use omasote_types::units::Unit;
use omasote_ui::clock::Clock;
use omasote_ui::intl;

/// Whom one writes to, and for which unit.
#[derive(Clone)]
pub(crate) struct Addressee {
    pub(crate) citizen: CitizenId,
    pub(crate) given_name: String,
    pub(crate) name: String,
    pub(crate) language: Language,
    pub(crate) unit: Signal<Option<UnitId>>,
}

/// Who writes, and what tells the day.
pub(super) struct Writer {
    pub(super) me: Me,
    pub(super) clock: Clock,
}

/// What was made of a template.
#[derive(Clone)]
pub(super) struct Used {
    /// In the language of whom one writes to, when the template has it.
    pub(super) language: Language,
    pub(super) filled: Filled,
}

/// Fills a template for somebody; none when it says nothing in any language.
pub(super) fn use_template(
    content: &TemplateContent,
    to: &Addressee,
    unit: &Unit,
    by: &Writer,
) -> Option<Used> {
    let language = content.language_for(to.language)?;
    let today = intl::today(untrack(|| by.clock.milliseconds()));
    let value = |variable| {
        Some(match variable {
            Variable::ClientGivenName => to.given_name.clone(),
            Variable::ClientName => to.name.clone(),
            Variable::UnitName => unit.name.text(language).to_owned(),
            Variable::UnitPhone => unit.phone.clone(),
            Variable::ProfessionalName => by.me.name.clone(),
            Variable::ProfessionalTitle => by.me.title.clone()?,
            Variable::Today => intl::date(language, today),
        })
    };
    Some(Used { language, filled: fill(content.body.text(language), value) })
}
