//! Preparing a form, and everything that can be wrong with it.

use std::collections::{BTreeMap, BTreeSet};

use omasote_types::decimal::MAX_DECIMALS;
use omasote_types::questionnaires::{Conditions, Form, Item, ItemKind};

use super::conditions::Rule;
use super::{Flaw, Node, Place, Prepared, Problem, scores};

/// Prepares a form, or says all that is wrong with it.
pub(super) fn prepare(form: Form) -> Result<Prepared, Vec<Problem>> {
    // What is too large is not looked at further: the rest of the checks may take its limits for granted.
    form.validate().map_err(|errors| {
        let problem = |error: omasote_types::error::FieldError| Problem {
            place: Place::Field(error.field),
            flaw: Flaw::Size(error.code),
        };
        errors.into_iter().map(problem).collect::<Vec<_>>()
    })?;
    let mut work = Work::default();
    note_names(&form.items, &mut work.names);
    for item in &form.items {
        work.add(item, None);
    }
    let alerts = form.alerts.iter().filter_map(|alert| {
        let place = Place::Alert(alert.code.clone());
        work.bind(&alert.when).map_err(|flaw| work.note(place, flaw)).ok()
    });
    let alerts = alerts.collect();
    let scores = form.scores.iter().filter_map(|score| {
        let when = score.when.as_ref().map(|when| work.bind(when)).transpose();
        let prepared = when.and_then(|when| scores::Prepared::new(score, when, &work.nodes, &work.places));
        prepared.map_err(|flaw| work.note(Place::Score(score.code.clone()), flaw)).ok()
    });
    let scores = scores.collect();
    work.unique(form.scores.iter().map(|score| &score.code), Place::Score);
    work.unique(form.alerts.iter().map(|alert| &alert.code), Place::Alert);
    let Work { nodes, places, problems, .. } = work;
    let problems = problems.into_inner();
    if problems.is_empty() { Ok(Prepared { form, nodes, places, scores, alerts }) } else { Err(problems) }
}

#[derive(Default)]
struct Work {
    /// The link ids of all items, those that are still to be added with them.
    names: BTreeSet<String>,
    nodes: Vec<Node>,
    places: BTreeMap<String, usize>,
    problems: std::cell::RefCell<Vec<Problem>>,
}

impl Work {
    fn note(&self, place: Place, flaw: Flaw) {
        self.problems.borrow_mut().push(Problem { place, flaw });
    }

    /// Adds an item and what is inside it.
    fn add(&mut self, item: &Item, group: Option<usize>) {
        let (here, name) = (self.nodes.len(), Place::Item(item.link_id.clone()));
        for flaw in flaws(item) {
            self.note(name.clone(), flaw);
        }
        let show_when = item.show_when.as_ref().map(|conditions| self.bind(conditions)).transpose();
        let show_when = show_when.unwrap_or_else(|flaw| {
            self.note(name.clone(), flaw);
            None
        });
        let kind = match &item.kind {
            ItemKind::Group { .. } => ItemKind::Group { items: Vec::new() },
            other => other.clone(),
        };
        self.nodes.push(Node { item: Item { kind, ..without_kind(item) }, group, show_when });
        if self.places.insert(item.link_id.clone(), here).is_some() {
            self.note(name, Flaw::NameTwice);
        }
        for inner in item.kind.items() {
            self.add(inner, Some(here));
        }
    }

    /// Binds conditions to questions that have been added: while items still are, to those before.
    fn bind(&self, conditions: &Conditions) -> Result<Rule, Flaw> {
        Rule::bind(conditions, |link_id| {
            let place = self.places.get(link_id).copied().ok_or(match self.names.contains(link_id) {
                true => Flaw::LaterQuestion,
                false => Flaw::UnknownQuestion,
            })?;
            let node = self.nodes.get(place).ok_or(Flaw::UnknownQuestion)?;
            match node.item.kind.is_question() {
                true => Ok((place, &node.item)),
                false => Err(Flaw::UnknownQuestion),
            }
        })
    }

    fn unique<'a>(&self, names: impl Iterator<Item = &'a String>, place: impl Fn(String) -> Place) {
        let mut seen = BTreeSet::new();
        for name in names {
            if !seen.insert(name) {
                self.note(place(name.clone()), Flaw::NameTwice);
            }
        }
    }
}

fn note_names(items: &[Item], names: &mut BTreeSet<String>) {
    for item in items {
        names.insert(item.link_id.clone());
        note_names(item.kind.items(), names);
    }
}

/// The item without what makes it large.
fn without_kind(item: &Item) -> Item {
    Item {
        link_id: item.link_id.clone(),
        text: item.text.clone(),
        help: item.help.clone(),
        is_required: item.is_required,
        show_when: item.show_when.clone(),
        codes: item.codes.clone(),
        kind: ItemKind::Information {},
    }
}

/// What is wrong with an item by itself.
fn flaws(item: &Item) -> Vec<Flaw> {
    let mut found = Vec::new();
    if item.is_required && !item.kind.is_question() {
        found.push(Flaw::NothingToRequire);
    }
    match &item.kind {
        ItemKind::Number { min, max, decimals, .. } => {
            let cross = min.zip(*max).is_some_and(|(min, max)| min > max);
            let bounds = [min, max].into_iter().flatten();
            let too_fine = bounds.into_iter().any(|bound| bound.decimals() > *decimals);
            if cross || too_fine || *decimals > MAX_DECIMALS {
                found.push(Flaw::Bounds);
            }
        }
        ItemKind::One { options } | ItemKind::Many { options } | ItemKind::ImageChoice { options } => {
            let codes: BTreeSet<_> = options.iter().map(|option| &option.code).collect();
            if options.is_empty() {
                found.push(Flaw::NoOptions);
            }
            if codes.len() < options.len() {
                found.push(Flaw::OptionTwice);
            }
            let needs_pictures = matches!(item.kind, ItemKind::ImageChoice { .. });
            if needs_pictures && options.iter().any(|option| option.picture.is_none()) {
                found.push(Flaw::NoPicture);
            }
        }
        _ => (),
    }
    found
}
