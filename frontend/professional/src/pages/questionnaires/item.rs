//! One item that is open: its words, what it is, and when it shows.

use leptos::prelude::*;
use omasote_types::decimal::Decimal;
use omasote_types::language::LocalText;
use omasote_types::questionnaires::{Item, ItemKind, MAX_CHOICES, Unit};
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::questionnaires::typed_number;

use super::conditions::{Whose, conditions};
use super::draft::{Draft, text_mut};
use super::fields::{line, local, select, tick};
use super::options::options;
use super::tree;

/// What an item can be.
pub(super) const KINDS: [(&str, Key); 11] = [
    ("text", Key::KIND_TEXT),
    ("long_text", Key::KIND_LONG_TEXT),
    ("number", Key::KIND_NUMBER),
    ("date", Key::KIND_DATE),
    ("yes_no", Key::KIND_YES_NO),
    ("one", Key::KIND_ONE),
    ("many", Key::KIND_MANY),
    ("scale", Key::KIND_SCALE),
    ("image_choice", Key::KIND_IMAGE_CHOICE),
    ("information", Key::KIND_INFORMATION),
    ("group", Key::KIND_GROUP),
];

/// The name of what an item is, in [`KINDS`].
pub(super) const fn kind_name(kind: &ItemKind) -> &'static str {
    match kind {
        ItemKind::Text { .. } => "text",
        ItemKind::LongText { .. } => "long_text",
        ItemKind::Number { .. } => "number",
        ItemKind::Date {} => "date",
        ItemKind::YesNo {} => "yes_no",
        ItemKind::One { .. } => "one",
        ItemKind::Many { .. } => "many",
        ItemKind::Scale { .. } => "scale",
        ItemKind::ImageChoice { .. } => "image_choice",
        ItemKind::Information {} => "information",
        ItemKind::Group { .. } => "group",
    }
}

/// An item of that name. What both have stays: the options of a choice, the items of a group.
pub(super) fn kind_of(name: &str, before: Option<&ItemKind>) -> ItemKind {
    let options = before.map(|kind| kind.options().to_vec()).unwrap_or_default();
    match name {
        "long_text" => ItemKind::LongText { max_characters: None },
        "number" => ItemKind::Number { unit: None, min: None, max: None, decimals: 0 },
        "date" => ItemKind::Date {},
        "yes_no" => ItemKind::YesNo {},
        "one" => ItemKind::One { options },
        "many" => ItemKind::Many { options },
        "scale" => ItemKind::Scale { least: LocalText::default(), most: LocalText::default() },
        "image_choice" => ItemKind::ImageChoice { options },
        "information" => ItemKind::Information {},
        "group" => ItemKind::Group { items: before.map(|kind| kind.items().to_vec()).unwrap_or_default() },
        _ => ItemKind::Text { max_characters: None },
    }
}

/// The fields of an item.
pub(super) fn item_fields(draft: Draft, item: &Item) -> AnyView {
    let i18n = use_i18n();
    let id = item.link_id.clone();
    let (of_text, of_help, of_required, of_kind) = (id.clone(), id.clone(), id.clone(), id.clone());
    let is_long = matches!(item.kind, ItemKind::Information {});
    let label = if is_long { Key::BUILDER_INFORMATION } else { Key::BUILDER_TEXT };
    let kinds = KINDS.map(|(name, key)| (name.to_owned(), i18n.text(key).to_owned())).to_vec();
    // What is in a group has nowhere to go.
    let is_group_with_items = !item.kind.items().is_empty();
    let kind = (!is_group_with_items).then(|| {
        let chosen = kind_name(&item.kind).to_owned();
        select(format!("{id}-kind"), Key::BUILDER_KIND, (kinds, chosen), move |name| {
            let focus = format!("{of_kind}-kind");
            draft.reshape(
                |form| {
                    if let Some(item) = tree::find_mut(&mut form.items, &of_kind) {
                        item.kind = kind_of(&name, Some(&item.kind));
                        item.is_required &= item.kind.is_question();
                    }
                },
                focus,
            );
        })
    });
    let required = item.kind.is_question().then(|| {
        let words = i18n.text(Key::BUILDER_REQUIRED).to_owned();
        tick(format!("{id}-required"), words, item.is_required, move |is_on| {
            draft.write_item(&of_required, |item| item.is_required = is_on);
        })
    });
    view! {
        {local(draft, (id.clone(), label, is_long), &item.text, move |language, typed| {
            draft.write_item(&of_text, |item| *text_mut(&mut item.text, language) = typed);
        })}
        {local(draft, (format!("{id}-help"), Key::BUILDER_HELP, false), &item.help, move |language, typed| {
            draft.write_item(&of_help, |item| *text_mut(&mut item.help, language) = typed);
        })}
        {kind}
        {required}
        {kind_fields(draft, item)}
        {conditions(draft, &Whose::Item(id), Key::BUILDER_SHOW_WHEN)}
    }
    .into_any()
}

/// What goes with the kind.
fn kind_fields(draft: Draft, item: &Item) -> AnyView {
    let id = item.link_id.clone();
    match &item.kind {
        ItemKind::Text { max_characters } | ItemKind::LongText { max_characters } => {
            let now = max_characters.map(|max| max.to_string()).unwrap_or_default();
            line(format!("{id}-max"), Key::BUILDER_MAX_CHARACTERS, now, move |typed| {
                draft.write_item(&id, |item| match &mut item.kind {
                    ItemKind::Text { max_characters } | ItemKind::LongText { max_characters } => {
                        *max_characters = typed.trim().parse().ok();
                    }
                    _ => {}
                });
            })
        }
        ItemKind::Number { .. } => match Numbered::of(&item.kind) {
            Some(now) => number_fields(draft, &id, now),
            None => ().into_any(),
        },
        ItemKind::Scale { least, most } => {
            let (of_least, of_most) = (id.clone(), id.clone());
            view! {
                {local(draft, (format!("{id}-least"), Key::BUILDER_LEAST, false), least, move |language, typed| {
                    draft.write_item(&of_least, |item| {
                        if let ItemKind::Scale { least, .. } = &mut item.kind {
                            *text_mut(least, language) = typed;
                        }
                    });
                })}
                {local(draft, (format!("{id}-most"), Key::BUILDER_MOST, false), most, move |language, typed| {
                    draft.write_item(&of_most, |item| {
                        if let ItemKind::Scale { most, .. } = &mut item.kind {
                            *text_mut(most, language) = typed;
                        }
                    });
                })}
            }
            .into_any()
        }
        ItemKind::One { options: all }
        | ItemKind::Many { options: all }
        | ItemKind::ImageChoice { options: all } => {
            let may_add = all.len() < MAX_CHOICES;
            options(draft, (id, all), matches!(item.kind, ItemKind::ImageChoice { .. }), may_add)
        }
        _ => ().into_any(),
    }
}

fn no_unit() -> Unit {
    Unit { code: String::new(), text: LocalText::default() }
}

/// A number as it is shown in a field.
pub(super) fn shown_number(number: Option<Decimal>) -> String {
    number.map(|number| number.to_string()).unwrap_or_default()
}

/// What goes with a number.
#[derive(Clone)]
struct Numbered {
    unit: Unit,
    min: Option<Decimal>,
    max: Option<Decimal>,
    decimals: u8,
}

impl Numbered {
    fn of(kind: &ItemKind) -> Option<Self> {
        match kind {
            ItemKind::Number { unit, min, max, decimals } => {
                let unit = unit.clone().unwrap_or_else(no_unit);
                Some(Self { unit, min: *min, max: *max, decimals: *decimals })
            }
            _ => None,
        }
    }

    fn kind(self) -> ItemKind {
        let Self { unit, min, max, decimals } = self;
        let unit = Some(unit).filter(|unit| *unit != no_unit());
        ItemKind::Number { unit, min, max, decimals }
    }
}

fn number_fields(draft: Draft, link_id: &str, now: Numbered) -> AnyView {
    let write = {
        let link_id = link_id.to_owned();
        move |change: &dyn Fn(&mut Numbered)| {
            draft.write_item(&link_id, |item| {
                if let Some(mut numbered) = Numbered::of(&item.kind) {
                    change(&mut numbered);
                    item.kind = numbered.kind();
                }
            });
        }
    };
    let [of_unit, of_code, of_min, of_max, of_decimals] = std::array::from_fn(|_| write.clone());
    let id = |field: &str| format!("{link_id}-{field}");
    view! {
        <div class="builder-row">
            {local(draft, (id("unit"), Key::BUILDER_UNIT, false), &now.unit.text, move |language, typed| {
                of_unit(&|number| typed.clone_into(text_mut(&mut number.unit.text, language)));
            })}
            {line(id("ucum"), Key::BUILDER_UCUM, now.unit.code, move |typed| {
                of_code(&|number| typed.trim().clone_into(&mut number.unit.code));
            })}
        </div>
        <div class="builder-row">
            {line(id("min"), Key::BUILDER_MIN, shown_number(now.min), move |typed| {
                of_min(&|number| number.min = typed_number(&typed));
            })}
            {line(id("max"), Key::BUILDER_MAX, shown_number(now.max), move |typed| {
                of_max(&|number| number.max = typed_number(&typed));
            })}
            {line(id("decimals"), Key::BUILDER_DECIMALS, now.decimals.to_string(), move |typed| {
                of_decimals(&|number| number.decimals = typed.trim().parse().unwrap_or_default());
            })}
        </div>
    }
    .into_any()
}
