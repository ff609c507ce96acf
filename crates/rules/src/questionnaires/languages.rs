//! How much of a form there is in each language.

use omasote_types::language::{Language, LocalText};
use omasote_types::questionnaires::{Form, Item, ItemKind, Translation};

use super::{Flaw, Place, Problem};

/// How much of a form there is in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completeness {
    /// Which language.
    pub language: Language,
    /// How many texts it should have.
    pub total: usize,
    /// Where texts are missing, in the order of the form; a place stands once for each.
    pub missing: Vec<Place>,
}

impl Completeness {
    /// Whether every text is there.
    #[must_use]
    pub const fn is_complete(&self) -> bool {
        self.missing.is_empty()
    }
}

/// How much of the form there is in each language, in the order of the languages. A text that is not always needed, such as a
/// help text, is counted when it is there in some language.
#[must_use]
pub fn completeness(form: &Form) -> [Completeness; 3] {
    let mut texts = Texts::default();
    texts.form(form);
    Language::ALL.map(|language| {
        let lacks = |(_, text): &&(Place, &LocalText)| is_blank(text, language);
        let missing = texts.found.iter().filter(lacks).map(|(place, _)| place.clone()).collect();
        Completeness { language, total: texts.found.len(), missing }
    })
}

/// What stands in the way of publishing.
pub(super) fn unpublishable(form: &Form) -> Vec<Problem> {
    let offered = |language| form.translations.of(language) != Translation::Missing;
    if !Language::ALL.into_iter().any(offered) {
        return vec![Problem { place: Place::Form, flaw: Flaw::NoLanguage }];
    }
    let lacking = completeness(form).into_iter().filter(|of| offered(of.language) && !of.is_complete());
    lacking.map(|of| Problem { place: Place::Form, flaw: Flaw::LanguageIncomplete(of.language) }).collect()
}

fn is_blank(text: &LocalText, language: Language) -> bool {
    text.text(language).trim().is_empty()
}

/// The texts that a language must have to be complete.
#[derive(Default)]
struct Texts<'f> {
    found: Vec<(Place, &'f LocalText)>,
}

impl<'f> Texts<'f> {
    fn form(&mut self, form: &'f Form) {
        self.always(&Place::Form, &form.title);
        self.sometimes(&Place::Form, &form.description);
        self.sometimes(&Place::Form, &form.rights.attribution);
        for item in &form.items {
            self.item(item);
        }
        for score in &form.scores {
            let place = Place::Score(score.code.clone());
            self.always(&place, &score.name);
            for band in &score.bands {
                self.always(&place, &band.text);
            }
        }
        for alert in &form.alerts {
            self.always(&Place::Alert(alert.code.clone()), &alert.text);
        }
    }

    fn item(&mut self, item: &'f Item) {
        let place = Place::Item(item.link_id.clone());
        match item.kind {
            ItemKind::Group { .. } => self.sometimes(&place, &item.text),
            _ => self.always(&place, &item.text),
        }
        self.sometimes(&place, &item.help);
        match &item.kind {
            ItemKind::Number { unit: Some(unit), .. } => self.always(&place, &unit.text),
            ItemKind::Scale { least, most } => {
                self.sometimes(&place, least);
                self.sometimes(&place, most);
            }
            _ => (),
        }
        for option in item.kind.options() {
            self.always(&place, &option.text);
            if let Some(picture) = &option.picture {
                self.always(&place, &picture.description);
            }
        }
        for inner in item.kind.items() {
            self.item(inner);
        }
    }

    fn always(&mut self, place: &Place, text: &'f LocalText) {
        self.found.push((place.clone(), text));
    }

    fn sometimes(&mut self, place: &Place, text: &'f LocalText) {
        if !Language::ALL.into_iter().all(|language| is_blank(text, language)) {
            self.always(place, text);
        }
    }
}
