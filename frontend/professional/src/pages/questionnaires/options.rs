//! What can be chosen: words, what each counts for, and pictures.

use leptos::prelude::*;
use omasote_types::language::LocalText;
use omasote_types::questionnaires::{Choice, Form, ItemKind, Picture};
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::questionnaires::{typed_number, words};

use super::draft::{Draft, text_mut};
use super::fields::{line, local, small_button};
use super::item::shown_number;
use super::tree;

/// The options of an item.
pub(super) fn options(
    draft: Draft,
    (link_id, all): (String, &[Choice]),
    has_pictures: bool,
    may_add: bool,
) -> AnyView {
    let i18n = use_i18n();
    let rows: Vec<_> =
        all.iter().enumerate().map(|(place, one)| row(draft, (&link_id, place), one, has_pictures)).collect();
    let focus = format!("{link_id}-option-{}", all.len());
    let seed = all.len();
    let adding = link_id.clone();
    let add = move || {
        draft.reshape(
            |form| {
                with_options(form, &adding, |all| {
                    let code = fresh(all, seed);
                    all.push(Choice {
                        code,
                        system: None,
                        text: LocalText::default(),
                        score: None,
                        picture: None,
                    });
                });
            },
            focus.clone(),
        );
    };
    view! {
        <fieldset class="choices builder-part">
            <legend class="ds-label">{i18n.t(Key::BUILDER_OPTIONS)}</legend>
            {rows}
            {may_add.then(|| small_button(Key::BUILDER_ADD_OPTION, String::new(), add))}
        </fieldset>
    }
    .into_any()
}

/// A code that no other option has.
fn fresh(all: &[Choice], seed: usize) -> String {
    let names = (seed.saturating_add(1)..).map(|number| format!("a{number}"));
    names.into_iter().find(|name| all.iter().all(|one| one.code != *name)).unwrap_or_default()
}

fn with_options(form: &mut Form, link_id: &str, change: impl FnOnce(&mut Vec<Choice>)) {
    let item = tree::find_mut(&mut form.items, link_id);
    if let Some(ItemKind::One { options } | ItemKind::Many { options } | ItemKind::ImageChoice { options }) =
        item.map(|item| &mut item.kind)
    {
        change(options);
    }
}

fn row(draft: Draft, (link_id, place): (&str, usize), one: &Choice, has_pictures: bool) -> AnyView {
    let i18n = use_i18n();
    let id = format!("{link_id}-option-{place}");
    let write = {
        let link_id = link_id.to_owned();
        move |change: &dyn Fn(&mut Choice)| {
            draft.form.update(|form| {
                with_options(form, &link_id, |all| {
                    if let Some(option) = all.get_mut(place) {
                        change(option);
                    }
                });
            });
        }
    };
    let (of_text, of_score, of_path, of_seen) = (write.clone(), write.clone(), write.clone(), write);
    let pictures = has_pictures.then(|| {
        let picture = one.picture.clone().unwrap_or_else(no_picture);
        view! {
            {line(format!("{id}-picture"), Key::BUILDER_PICTURE, picture.path.clone(), move |typed| {
                of_path(&|option| typed.trim().clone_into(&mut picture_of(option).path));
            })}
            {local(draft, (format!("{id}-seen"), Key::BUILDER_PICTURE_SEEN, false), &picture.description, move |language, typed| {
                of_seen(&|option| typed.clone_into(text_mut(&mut picture_of(option).description, language)));
            })}
        }
    });
    let (of_up, of_gone) = (link_id.to_owned(), link_id.to_owned());
    let up_focus = format!("{link_id}-option-{}", place.saturating_sub(1));
    let up = move || {
        draft.reshape(
            |form| {
                with_options(form, &of_up, |all| {
                    if place > 0 && place < all.len() {
                        all.swap(place - 1, place)
                    }
                })
            },
            up_focus.clone(),
        );
    };
    let gone_focus = format!("{link_id}-kind");
    let remove = move || {
        draft.reshape(
            |form| {
                with_options(form, &of_gone, |all| {
                    if place < all.len() {
                        drop(all.remove(place))
                    }
                })
            },
            gone_focus.clone(),
        );
    };
    let about = words(i18n, &one.text);
    view! {
        <div class="builder-row">
            {local(draft, (id.clone(), Key::BUILDER_OPTION, false), &one.text, move |language, typed| {
                of_text(&|option| typed.clone_into(text_mut(&mut option.text, language)));
            })}
            {line(format!("{id}-score"), Key::BUILDER_POINTS, shown_number(one.score), move |typed| {
                of_score(&|option| option.score = typed_number(&typed));
            })}
            {pictures}
            {(place > 0).then(|| small_button(Key::BUILDER_UP, about.clone(), up))}
            {small_button(Key::BUILDER_REMOVE, about, remove)}
        </div>
    }
    .into_any()
}

fn no_picture() -> Picture {
    Picture { path: String::new(), description: LocalText::default() }
}

fn picture_of(option: &mut Choice) -> &mut Picture {
    option.picture.get_or_insert_with(no_picture)
}
