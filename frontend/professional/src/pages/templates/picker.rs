//! The button that lets choose a template while writing, and what is to be known of the text that was inserted.

use leptos::html;
use leptos::prelude::*;
use omasote_rules::templates::{BLANK, Variable};
use omasote_types::ids::UnitId;
use omasote_types::language::Language;
use omasote_types::sessions::Me;
use omasote_types::templates::Template;
use omasote_types::units::Unit;
use omasote_ui::clock::use_clock;
use omasote_ui::drafts::Draft;
use omasote_ui::i18n::{I18n, Key, use_i18n};
use omasote_ui::icon::Icon;
use omasote_ui::insertion::insert_paragraph;
use omasote_ui::loading::Loading;
use omasote_ui::messages::MESSAGE_FIELD;
use omasote_ui::remote::Remote;
use omasote_ui::session::use_session;
use omasote_ui::view::{optional, text};

use super::choices::{Choices, go};
use super::name_of;
use super::values::{Addressee, Used, Writer, use_template};
use crate::pages::messages::name_of as language_name;

/// What is to be known of a text that was inserted.
#[derive(Clone, Debug, PartialEq)]
struct Told {
    /// The language that was wanted and the one that was used, when they are not the same.
    languages: Option<(Language, Language)>,
    missing: Vec<Variable>,
}

/// Makes the button.
pub(crate) fn picker(to: Addressee, draft: Draft) -> AnyView {
    view! { <TemplatePicker to draft /> }.into_any()
}

#[component]
fn TemplatePicker(to: Addressee, draft: Draft) -> impl IntoView {
    let i18n = use_i18n();
    let writer = StoredValue::new(Writer { me: expect_context::<Me>(), clock: use_clock() });
    let (is_open, told) = (RwSignal::new(false), RwSignal::new(None::<Told>));
    let (unit, wanted, to) = (to.unit, to.language, StoredValue::new(to));
    let fill = Callback::new(move |(template, unit): (Template, Unit)| {
        to.with_value(|to| writer.with_value(|by| use_template(&template.content, to, &unit, by)))
    });
    let pick = Callback::new(move |used: Used| {
        insert_paragraph(MESSAGE_FIELD, &used.filled.text);
        told.set(Some(Told {
            languages: (used.language != wanted).then_some((wanted, used.language)),
            missing: used.filled.missing,
        }));
    });
    let dialog = optional(move || {
        let unit = unit.get_untracked()?;
        let closed = Callback::new(move |()| is_open.set(false));
        is_open.get().then(|| view! { <PickerDialog unit wanted fill pick closed /> }.into_any())
    });
    // What was told is done with when the message is sent, or written anew.
    Effect::new(move |_| {
        if draft.text().is_empty() {
            told.set(None);
        }
    });
    let has_blanks = Memo::new(move |_| draft.text().contains(BLANK));
    let words = text(move || {
        let has_blanks = has_blanks.get();
        told.get().map(|told| told_words(i18n, &told, has_blanks)).unwrap_or_default()
    });
    view! {
        <div class="templates">
            <button
                type="button"
                class="ds-button"
                data-variant="secondary"
                data-size="sm"
                data-shortcut="template"
                aria-haspopup="dialog"
                on:click=move |_| is_open.set(true)
            >
                {Icon::DOCUMENT}
                {i18n.t(Key::TEMPLATES_CHOOSE)}
            </button>
            <p class="fine" role="status">{words}</p>
            {dialog}
        </div>
    }
}

/// What is to be known; of blanks only as long as there are some.
fn told_words(i18n: I18n, told: &Told, has_blanks: bool) -> String {
    let mut words = vec![i18n.text(Key::TEMPLATES_ADDED).to_owned()];
    if let Some((wanted, used)) = told.languages {
        let name = |language| i18n.text(language_name(language));
        let values = [("wanted", name(wanted)), ("used", name(used))];
        words.push(i18n.filled(Key::TEMPLATES_OTHER_LANGUAGE, &values));
    }
    if has_blanks && told.missing.is_empty() {
        words.push(i18n.text(Key::TEMPLATES_FILL_BLANKS).to_owned());
    } else if has_blanks {
        let names: Vec<&str> = told.missing.iter().map(|variable| i18n.text(name_of(*variable))).collect();
        words.push(i18n.filled(Key::TEMPLATES_FILL_IN, &[("what", &names.join(", "))]));
    }
    words.join(" ")
}

/// The templates, fetched when they are wanted: what colleagues have changed is then there.
#[component]
fn PickerDialog(
    unit: UnitId,
    /// The language of whom one writes to.
    wanted: Language,
    /// Fills a template.
    fill: Callback<(Template, Unit), Option<Used>>,
    pick: Callback<Used>,
    closed: Callback<()>,
) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let offer = Remote::new(move || {
        session.ask(async move |client| {
            let templates = client.list_templates(unit).await?;
            Ok((templates, client.get_unit(unit).await?))
        })
    });
    let dialog: NodeRef<html::Dialog> = NodeRef::new();
    dialog.on_load(|dialog| drop(dialog.show_modal()));
    let close = move || {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    // The dialog gives the focus back before the text takes it.
    let chosen = Callback::new(move |used: Used| {
        close();
        pick.run(used);
    });
    view! {
        <dialog
            class="dialog template-dialog"
            node_ref=dialog
            aria-labelledby="template-dialog-title"
            on:close=move |_| closed.run(())
            on:keydown=move |event| go(&event)
        >
            <h2 class="ds-heading" data-size="xs" id="template-dialog-title">{i18n.t(Key::TEMPLATES_CHOOSE)}</h2>
            <Loading data=offer rows=4 let:offer>
                <Choices offer=offer.get_untracked() wanted fill chosen />
            </Loading>
            <button type="button" class="ds-button" data-variant="tertiary" on:click=move |_| close()>
                {i18n.t(Key::TEMPLATES_CLOSE)}
            </button>
        </dialog>
    }
}
