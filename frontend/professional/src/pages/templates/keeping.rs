//! Keeping templates: a unit's, by who keeps what the unit has for itself, and one's own.

use leptos::prelude::*;
use omasote_types::ids::UnitId;
use omasote_types::templates::{Template, TemplateContent};
use omasote_ui::focus::focus_id;
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::loading::Loading;
use omasote_ui::remote::Remote;
use omasote_ui::session::{Answer, Session, use_session};

use super::form::TemplateCard;

const ADD: &str = "template-add";

/// Whose templates are kept.
#[derive(Clone, Copy)]
pub(super) enum Keeper {
    Own,
    Unit(UnitId),
}

impl Keeper {
    fn list(self, session: Session) -> Answer<Vec<Template>> {
        match self {
            Self::Own => session.ask(async move |client| client.list_own_templates().await),
            Self::Unit(unit) => session.ask(async move |client| {
                let mut all = client.list_templates(unit).await?;
                all.retain(|template| template.unit_id == Some(unit));
                Ok(all)
            }),
        }
    }

    /// Keeps what a template says: changes the one that is there, or makes one.
    pub(super) fn save(
        self,
        session: Session,
        before: Option<Template>,
        content: TemplateContent,
    ) -> Answer<Template> {
        session.ask(async move |client| match (before, self) {
            (Some(before), _) => client.update_template(before.id, before.version, &content).await,
            (None, Self::Own) => client.create_own_template(&content).await,
            (None, Self::Unit(unit)) => client.create_unit_template(unit, &content).await,
        })
    }
}

/// A template of the list: one that is kept, or one that is being written.
#[derive(Clone, PartialEq)]
pub(super) struct Entry {
    pub(super) number: u32,
    pub(super) kept: Option<Template>,
}

/// Makes the part of one's own.
pub(crate) fn own() -> AnyView {
    view! { <Templates keeper=Keeper::Own title=Key::TEMPLATES_OWN hint=Key::TEMPLATES_OWN_HINT /> }
        .into_any()
}

/// Makes the part of a unit's.
pub(crate) fn of_unit(unit: UnitId) -> AnyView {
    let keeper = Keeper::Unit(unit);
    view! { <Templates keeper title=Key::TEMPLATES_UNIT hint=Key::TEMPLATES_UNIT_HINT /> }.into_any()
}

#[component]
fn Templates(keeper: Keeper, title: Key, hint: Key) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let all = Remote::new(move || keeper.list(session));
    view! {
        <section class="part" aria-labelledby="templates-title">
            <h2 class="ds-heading" data-size="xs" id="templates-title">{i18n.t(title)}</h2>
            <p>{i18n.t(hint)}</p>
            <Loading data=all rows=3 let:all>
                <TemplateList keeper all=all.get_untracked() />
            </Loading>
        </section>
    }
}

/// Made once: what is half written in one stays when another is saved.
#[component]
fn TemplateList(keeper: Keeper, all: Vec<Template>) -> impl IntoView {
    let i18n = use_i18n();
    let next = StoredValue::new(u32::try_from(all.len()).unwrap_or_default());
    let entries = (0..).zip(all).map(|(number, kept)| Entry { number, kept: Some(kept) });
    let entries = RwSignal::new(entries.collect::<Vec<_>>());
    let add = move |_| {
        let number = next.get_value();
        next.set_value(number + 1);
        entries.update(|all| all.push(Entry { number, kept: None }));
    };
    let remove = Callback::new(move |number: u32| {
        entries.try_update(|all| all.retain(|entry| entry.number != number));
        focus_id(ADD);
    });
    view! {
        <ol class="unit-topics">
            <For each=move || entries.get() key=|entry| entry.number let:entry>
                <TemplateCard keeper entry remove />
            </For>
        </ol>
        <div>
            <button type="button" class="ds-button" data-variant="secondary" data-size="sm" id=ADD on:click=add>
                {i18n.t(Key::TEMPLATE_ADD)}
            </button>
        </div>
    }
}
