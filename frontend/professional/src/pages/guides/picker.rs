//! The button that attaches a guide to a message that is being written: guides are found by words, and gone through by the arrow
//! keys.

use std::time::Duration;

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use omasote_types::guides::{GuideQuery, GuideSearch, GuideSummary, MAX_GUIDE_SEARCH_CHARACTERS};
use omasote_types::ids::{LinkedId, UnitId};
use omasote_types::language::Language;
use omasote_types::messages::{Link, LinkKind};
use omasote_types::page::MAX_LIMIT;
use omasote_ui::announce::use_announcer;
use omasote_ui::focus::focus_id;
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::icon::Icon;
use omasote_ui::loading::Loading;
use omasote_ui::messages::{Linking, MESSAGE_FIELD};
use omasote_ui::remote::Remote;
use omasote_ui::session::use_session;
use omasote_ui::view::{dynamic, optional, text};

use super::keeping::title_in;
use crate::pages::messages::name_of;
use crate::pages::templates::{Addressee, go};

/// So long after the last letter it is searched.
const QUIET_FOR: Duration = Duration::from_millis(250);

/// Makes the button.
pub(crate) fn picker(to: &Addressee, links: Linking) -> AnyView {
    let (unit, wanted) = (to.unit, to.language);
    view! { <GuidePicker unit wanted links /> }.into_any()
}

#[component]
fn GuidePicker(
    unit: Signal<Option<UnitId>>,
    /// The language of whom one writes to.
    wanted: Language,
    links: Linking,
) -> impl IntoView {
    let (i18n, announcer) = (use_i18n(), use_announcer());
    let is_open = RwSignal::new(false);
    let pick = Callback::new(move |guide: GuideSummary| {
        let id = LinkedId::from_uuid(*guide.id.as_uuid());
        let link = Link { kind: LinkKind::Guide, id, title: guide.title, is_retired: false };
        let has_room = links.attach(link);
        announcer.say(if has_room { Key::GUIDES_ATTACHED } else { Key::GUIDES_ATTACH_FULL });
        focus_id(MESSAGE_FIELD);
    });
    let closed = Callback::new(move |()| is_open.set(false));
    let dialog = optional(move || {
        let unit = unit.get_untracked();
        is_open.get().then(|| view! { <PickerDialog unit wanted pick closed /> }.into_any())
    });
    view! {
        <button
            type="button"
            class="ds-button"
            data-variant="secondary"
            data-size="sm"
            data-shortcut="guide"
            aria-haspopup="dialog"
            on:click=move |_| is_open.set(true)
        >
            {Icon::BOOK}
            {i18n.t(Key::GUIDES_ATTACH)}
        </button>
        {dialog}
    }
}

#[component]
fn PickerDialog(
    unit: Option<UnitId>,
    wanted: Language,
    pick: Callback<GuideSummary>,
    closed: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let dialog: NodeRef<html::Dialog> = NodeRef::new();
    dialog.on_load(|dialog| drop(dialog.show_modal()));
    let close = move || {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    // The dialog gives the focus back before the field takes it.
    let chosen = Callback::new(move |guide: GuideSummary| {
        close();
        pick.run(guide);
    });
    view! {
        <dialog
            class="dialog template-dialog"
            node_ref=dialog
            aria-labelledby="guide-dialog-title"
            on:close=move |_| closed.run(())
            on:keydown=move |event| go(&event)
        >
            <h2 class="ds-heading" data-size="xs" id="guide-dialog-title">{i18n.t(Key::GUIDES_ATTACH)}</h2>
            <Choices unit wanted chosen />
            <button type="button" class="ds-button" data-variant="tertiary" on:click=move |_| close()>
                {i18n.t(Key::GUIDES_CLOSE)}
            </button>
        </dialog>
    }
}

/// What is typed, and what was found by it. Fetched when it is wanted: what was published meanwhile is then there.
#[component]
fn Choices(unit: Option<UnitId>, wanted: Language, chosen: Callback<GuideSummary>) -> impl IntoView {
    let i18n = use_i18n();
    let typed = RwSignal::new(String::new());
    let found = found_by(typed);
    let sorted = move || {
        let mut all = found.get().unwrap_or_default();
        let language = i18n.language();
        // The own unit's first.
        all.sort_by_cached_key(|guide| {
            let is_other = guide.unit.as_ref().map(|unit| unit.id) != unit;
            (is_other, title_in(guide, language).0.to_lowercase())
        });
        all
    };
    let field: NodeRef<html::Input> = NodeRef::new();
    field.on_load(|field| drop(field.focus()));
    // The field stands in the form of the message, which is not sent by this.
    let enter = move |event: KeyboardEvent| {
        if event.key() == "Enter" {
            event.prevent_default();
            if let Some(first) = untrack(sorted).into_iter().next() {
                chosen.run(first);
            }
        }
    };
    view! {
        <div class="ds-field">
            <label class="ds-label" for="guide-search">{i18n.t(Key::GUIDES_SEARCH)}</label>
            <input
                class="ds-input"
                id="guide-search"
                type="search"
                autocomplete="off"
                maxlength=MAX_GUIDE_SEARCH_CHARACTERS.to_string()
                node_ref=field
                prop:value=typed
                on:input=move |event| typed.set(event_target_value(&event))
                on:keydown=enter
            />
        </div>
        <Loading data=found rows=4 let:all>
            <p class="fine" role="status">
                {text(move || match all.with(Vec::len) {
                    0 => i18n.text(Key::GUIDES_NONE_FOUND).to_owned(),
                    count => i18n.filled(Key::GUIDES_COUNT, &[("count", &count.to_string())]),
                })}
            </p>
            {dynamic(move || {
                let rows: Vec<_> = sorted().into_iter().map(|guide| choice(guide, wanted, chosen)).collect();
                view! { <ul class="template-choices">{rows}</ul> }.into_any()
            })}
        </Loading>
    }
}

/// The guides that have the words that are typed, each time that the writer pauses; all as long as nothing is.
fn found_by(typed: RwSignal<String>) -> Remote<Vec<GuideSummary>> {
    let session = use_session();
    let found = Remote::new(move || {
        let words = typed.get_untracked();
        session.ask(async move |client| {
            let limit = Some(MAX_LIMIT);
            let page = match words.trim() {
                "" => client.list_guides(&GuideQuery { limit, ..GuideQuery::default() }).await?,
                text => {
                    let wanted = GuideSearch { text: text.to_owned(), unit: None, cursor: None, limit };
                    client.search_guides(&wanted).await?
                }
            };
            Ok(page.items)
        })
    });
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let stop = move || {
        if let Some(Some(timer)) = timer.try_update_value(Option::take) {
            timer.clear();
        }
    };
    Effect::new(move |before: Option<()>| {
        typed.track();
        stop();
        if before.is_some()
            && let Ok(waiting) = set_timeout_with_handle(move || found.refresh(), QUIET_FOR)
        {
            timer.set_value(Some(waiting));
        }
    });
    on_cleanup(stop);
    found
}

/// A guide, with who keeps it, and whether it is in the language of whom one writes to.
fn choice(guide: GuideSummary, wanted: Language, chosen: Callback<GuideSummary>) -> AnyView {
    let i18n = use_i18n();
    let (title, language) = title_in(&guide, i18n.language());
    let keeper = guide.unit.clone().map(|unit| {
        view! { <span class="fine">{text(move || i18n.local(&unit.name))}</span> }
    });
    let lacking = (!guide.has(wanted)).then(|| {
        let words = text(move || i18n.filled(Key::GUIDES_LACKS, &[("language", i18n.text(name_of(wanted)))]));
        view! { <span class="ds-tag" data-size="sm" data-color="warning">{words}</span> }
    });
    view! {
        <li>
            <button type="button" class="template-choice" on:click=move |_| chosen.run(guide.clone())>
                <span class="template-name"><span lang=language.code()>{title}</span> {lacking}</span>
                {keeper}
            </button>
        </li>
    }
    .into_any()
}
