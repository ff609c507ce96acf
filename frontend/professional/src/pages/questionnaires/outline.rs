//! The items of a form in their order; one of them may be open.

use leptos::prelude::*;
use omasote_types::questionnaires::{Form, Item, MAX_ITEMS};
use omasote_ui::i18n::{I18n, Key, use_i18n};
use omasote_ui::questionnaires::words;
use omasote_ui::view::{dynamic, said, text};

use super::draft::Draft;
use super::fields::small_button;
use super::item::{KINDS, item_fields, kind_name, kind_of};
use super::tree::{self, Move};

/// Makes the part of the page.
pub(super) fn outline(draft: Draft) -> AnyView {
    let i18n = use_i18n();
    let list = dynamic(move || {
        draft.follow_shape();
        let rows: Vec<_> = draft.form.with_untracked(|form| {
            let all = tree::in_order(&form.items).into_iter();
            all.zip(1..).map(|((item, depth), number)| row(draft, item, depth, number)).collect()
        });
        if rows.is_empty() {
            return view! { <p>{i18n.t(Key::BUILDER_EMPTY)}</p> }.into_any();
        }
        view! { <ol class="builder-items">{rows}</ol> }.into_any()
    });
    view! {
        <section class="part" aria-labelledby="items-title">
            <h2 class="ds-heading" data-size="xs" id="items-title">{i18n.t(Key::BUILDER_ITEMS)}</h2>
            {list}
            {adding(draft)}
        </section>
    }
    .into_any()
}

/// Adds after what is open, or at the end.
fn adding(draft: Draft) -> AnyView {
    let i18n = use_i18n();
    let button = move |(name, key): (&'static str, Key)| {
        let add = move |_| {
            let link_id = draft.fresh();
            let after = draft.open.get_untracked();
            draft.open.set(Some(link_id.clone()));
            let new = tree::new_item(link_id.clone(), kind_of(name, None));
            draft.reshape(|form| tree::add_after(&mut form.items, after.as_deref(), new), link_id);
        };
        view! {
            <button type="button" class="chip" on:click=add>
                {i18n.t(key)}
            </button>
        }
    };
    let is_full = Memo::new(move |_| draft.form.with(|form| tree::in_order(&form.items).len() >= MAX_ITEMS));
    view! {
        <div role="group" aria-label=i18n.t(Key::BUILDER_ADD) hidden=is_full>
            <p class="fine">{i18n.t(Key::BUILDER_ADD)}</p>
            <div class="chips">{KINDS.map(button).collect_view()}</div>
        </div>
    }
    .into_any()
}

fn row(draft: Draft, item: &Item, depth: usize, number: usize) -> AnyView {
    let i18n = use_i18n();
    let link_id = StoredValue::new(item.link_id.clone());
    let is_open =
        Memo::new(move |_| draft.open.with(|open| link_id.with_value(|id| open.as_ref() == Some(id))));
    let title = text(move || {
        let said = draft.form.with(|form| {
            link_id.with_value(|id| tree::find(&form.items, id).map(|item| words(i18n, &item.text)))
        });
        said.filter(|said| !said.trim().is_empty())
            .unwrap_or_else(|| i18n.text(Key::BUILDER_NO_TEXT).to_owned())
    });
    let kind = KINDS.into_iter().find(|(name, _)| *name == kind_name(&item.kind)).map(|(_, key)| key);
    let flags = text(move || flags(i18n, draft, &link_id.get_value()));
    let toggle = move |_| {
        let id = link_id.get_value();
        draft.open.update(|open| *open = (open.as_ref() != Some(&id)).then_some(id));
    };
    let fields = dynamic(move || {
        if !is_open.get() {
            return ().into_any();
        }
        let _ = draft.language.get();
        match draft.item(&link_id.get_value()) {
            Some(item) => view! {
                <div class="builder-open">{item_fields(draft, &item)} {moving(draft, &item)}</div>
            }
            .into_any(),
            None => ().into_any(),
        }
    });
    let has_problem = Memo::new(move |_| {
        let place = omasote_rules::questionnaires::Place::Item(link_id.get_value());
        draft.problems.with(|all| all.iter().any(|problem| problem.place == place))
    });
    view! {
        <li class="builder-item" data-depth=depth.to_string()>
            <button type="button" class="builder-head" aria-expanded=said(is_open) on:click=toggle>
                <span class="builder-number">{number.to_string()}</span>
                <span class="builder-title">{title}</span>
                <span class="fine">{kind.map(|key| i18n.t(key))} {flags}</span>
                <span class="ds-tag" data-size="sm" data-color="warning" hidden=move || !has_problem.get()>
                    {i18n.t(Key::BUILDER_TO_MEND)}
                </span>
            </button>
            {fields}
        </li>
    }
    .into_any()
}

/// What else is to be known of an item at a glance.
fn flags(i18n: I18n, draft: Draft, link_id: &str) -> String {
    let of = draft.form.with(|form| {
        tree::find(&form.items, link_id).map(|item| (item.is_required, item.show_when.is_some()))
    });
    let (is_required, depends) = of.unwrap_or_default();
    let flags = [(is_required, Key::BUILDER_REQUIRED), (depends, Key::BUILDER_DEPENDS)];
    flags.into_iter().filter(|(is_on, _)| *is_on).map(|(_, key)| format!(" · {}", i18n.text(key))).collect()
}

/// Moving, copying and taking away.
fn moving(draft: Draft, item: &Item) -> AnyView {
    let i18n = use_i18n();
    let link_id = item.link_id.clone();
    let about = words(i18n, &item.text);
    let ways = draft
        .form
        .with_untracked(|form| Move::ALL.map(|to| tree::can_move(&form.items, &link_id, to).then_some(to)));
    let moves = ways.into_iter().flatten().map(|to| {
        let (link_id, label) = (
            link_id.clone(),
            match to {
                Move::Up => Key::BUILDER_UP,
                Move::Down => Key::BUILDER_DOWN,
                Move::Into => Key::BUILDER_INTO,
                Move::Out => Key::BUILDER_OUT,
            },
        );
        small_button(label, about.clone(), move || {
            let change = |form: &mut Form| {
                tree::move_item(&mut form.items, &link_id, to);
            };
            draft.reshape(change, link_id.clone());
        })
    });
    let gone = link_id.clone();
    let users = draft.form.with_untracked(|form| tree::users_of(form, &link_id));
    let remove = move || {
        draft.open.set(None);
        draft.reshape(|form| tree::remove(&mut form.items, &gone), "items-title".to_owned());
    };
    let used = (!users.is_empty()).then(|| view! { <p class="fine">{i18n.t(Key::BUILDER_USED)}</p> });
    view! {
        {used}
        <div class="actions">{moves.collect_view()} {small_button(Key::BUILDER_REMOVE, about.clone(), remove)}</div>
    }
    .into_any()
}
