//! The button that attaches something to a message that is being written: a task or an event of the client, or a guide. They are found
//! by words, and gone through by the arrow keys.

use std::time::Duration;

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use omasote_types::events::{AgendaItem, AgendaList, AgendaQuery};
use omasote_types::guides::{GuideQuery, GuideSearch, GuideSummary, MAX_GUIDE_SEARCH_CHARACTERS};
use omasote_types::ids::{CitizenId, LinkedId, UnitId};
use omasote_types::language::Language;
use omasote_types::messages::{Link, LinkKind};
use omasote_types::page::MAX_LIMIT;
use omasote_ui::announce::use_announcer;
use omasote_ui::focus::focus_id;
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::icon::Icon;
use omasote_ui::loading::Loading;
use omasote_ui::messages::{Linking, MESSAGE_FIELD, link_icon, link_kind, link_title};
use omasote_ui::remote::Remote;
use omasote_ui::session::use_session;
use omasote_ui::view::{dynamic, optional, text};

use super::name_of;
use crate::pages::guides::title_in;
use crate::pages::templates::{Addressee, go};

/// So long after the last letter it is searched.
const QUIET_FOR: Duration = Duration::from_millis(250);

/// Makes the button.
pub(crate) fn picker(to: &Addressee, links: Linking) -> AnyView {
    let (client, unit, wanted) = (to.citizen, to.unit, to.language);
    view! { <Picker client unit wanted links /> }.into_any()
}

#[component]
fn Picker(
    client: CitizenId,
    unit: Signal<Option<UnitId>>,
    /// The language of whom one writes to.
    wanted: Language,
    links: Linking,
) -> impl IntoView {
    let (i18n, announcer) = (use_i18n(), use_announcer());
    let is_open = RwSignal::new(false);
    let pick = Callback::new(move |link: Link| {
        let has_room = links.attach(link);
        announcer.say(if has_room { Key::LINKS_ATTACHED } else { Key::LINKS_FULL });
        focus_id(MESSAGE_FIELD);
    });
    let closed = Callback::new(move |()| is_open.set(false));
    let dialog = optional(move || {
        let unit = unit.get_untracked();
        is_open.get().then(|| view! { <PickerDialog client unit wanted pick closed /> }.into_any())
    });
    view! {
        <button
            type="button"
            class="ds-button"
            data-variant="secondary"
            data-size="sm"
            data-shortcut="attach"
            aria-haspopup="dialog"
            on:click=move |_| is_open.set(true)
        >
            {Icon::BOOK}
            {i18n.t(Key::LINKS_ATTACH)}
        </button>
        {dialog}
    }
}

#[component]
fn PickerDialog(
    client: CitizenId,
    unit: Option<UnitId>,
    wanted: Language,
    pick: Callback<Link>,
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
    let chosen = Callback::new(move |link: Link| {
        close();
        pick.run(link);
    });
    view! {
        <dialog
            class="dialog template-dialog"
            node_ref=dialog
            aria-labelledby="attach-title"
            on:close=move |_| closed.run(())
            on:keydown=move |event| go(&event)
        >
            <h2 class="ds-heading" data-size="xs" id="attach-title">{i18n.t(Key::LINKS_ATTACH)}</h2>
            <Choices client unit wanted chosen />
            <button type="button" class="ds-button" data-variant="tertiary" on:click=move |_| close()>
                {i18n.t(Key::GUIDES_CLOSE)}
            </button>
        </dialog>
    }
}

/// What is typed, and what was found by it. Fetched when it is wanted: what was published meanwhile is then there.
#[component]
fn Choices(
    client: CitizenId,
    unit: Option<UnitId>,
    wanted: Language,
    chosen: Callback<Link>,
) -> impl IntoView {
    let i18n = use_i18n();
    let typed = RwSignal::new(String::new());
    let own = Own::new(client, typed);
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
            let first = untrack(|| own.matching().into_iter().next());
            if let Some(first) = first.or_else(|| untrack(sorted).into_iter().next().map(to_guide)) {
                chosen.run(first);
            }
        }
    };
    view! {
        <div class="ds-field">
            <label class="ds-label" for="guide-search">{i18n.t(Key::LINKS_SEARCH)}</label>
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
        {own.rows(chosen)}
        <h3 class="ds-heading" data-size="2xs">{i18n.t(Key::LINKS_GUIDES)}</h3>
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

fn to_guide(guide: GuideSummary) -> Link {
    let id = LinkedId::from_uuid(*guide.id.as_uuid());
    Link { kind: LinkKind::Guide, id, title: guide.title, starts_at: None, is_retired: false }
}

/// What the client has to do and what is ahead of them, as far as it has the words that are typed.
#[derive(Clone, Copy)]
struct Own {
    all: Remote<Vec<Link>>,
    typed: RwSignal<String>,
}

impl Own {
    fn new(client: CitizenId, typed: RwSignal<String>) -> Self {
        let session = use_session();
        let all = Remote::new(move || {
            session.ask(async move |api| {
                let mut links = Vec::new();
                for list in [AgendaList::Now, AgendaList::Coming] {
                    let query = AgendaQuery { list, limit: Some(MAX_LIMIT), ..AgendaQuery::default() };
                    let page = api.list_agenda(client, &query).await?;
                    links.extend(page.items.iter().map(|item| match item {
                        AgendaItem::Task(task) => Link::from(&**task),
                        AgendaItem::Event(event) => Link::from(&**event),
                    }));
                }
                Ok(links)
            })
        });
        Self { all, typed }
    }

    fn matching(self) -> Vec<Link> {
        let words = self.typed.get().trim().to_lowercase();
        let has_them = |link: &Link| {
            Language::ALL
                .into_iter()
                .any(|language| link.title.text(language).to_lowercase().contains(&words))
        };
        self.all.get().unwrap_or_default().into_iter().filter(has_them).collect()
    }

    fn rows(self, chosen: Callback<Link>) -> AnyView {
        let i18n = use_i18n();
        optional(move || {
            let all = self.matching();
            if all.is_empty() {
                return None;
            }
            let rows: Vec<_> = all.into_iter().map(|link| own_choice(link, chosen)).collect();
            let section = view! {
                <h3 class="ds-heading" data-size="2xs">{i18n.t(Key::LINKS_OWN)}</h3>
                <ul class="template-choices">{rows}</ul>
            };
            Some(section.into_any())
        })
    }
}

fn own_choice(link: Link, chosen: Callback<Link>) -> AnyView {
    let i18n = use_i18n();
    let (icon, kind, title) = (link_icon(link.kind), link_kind(link.kind), link_title(link.clone()));
    view! {
        <li>
            <button type="button" class="template-choice" on:click=move |_| chosen.run(link.clone())>
                <span class="template-name">{icon} {title}</span>
                <span class="fine">{i18n.t(kind)}</span>
            </button>
        </li>
    }
    .into_any()
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
fn choice(guide: GuideSummary, wanted: Language, chosen: Callback<Link>) -> AnyView {
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
            <button type="button" class="template-choice" on:click=move |_| chosen.run(to_guide(guide.clone()))>
                <span class="template-name"><span lang=language.code()>{title}</span> {lacking}</span>
                {keeper}
            </button>
        </li>
    }
    .into_any()
}
