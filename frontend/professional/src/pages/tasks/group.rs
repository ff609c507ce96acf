//! Giving the same task to some of a unit's clients.

use std::collections::BTreeMap;

use leptos::prelude::*;
use omasote_types::ids::{CitizenId, UnitId};
use omasote_types::messages::{InboxQuery, ThreadState};
use omasote_types::people::CitizenRef;
use omasote_types::tasks::{UnitTaskList, UnitTaskQuery};
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::intl;
use omasote_ui::loading::Loading;
use omasote_ui::remote::Remote;
use omasote_ui::session::use_session;
use omasote_ui::view::{dynamic, said, text};

use super::giving::SeriesForm;

/// Opens the form.
#[component]
pub(super) fn GroupTask(unit: UnitId, given: Callback<()>) -> impl IntoView {
    let (i18n, is_open) = (use_i18n(), RwSignal::new(false));
    let form = move || {
        if !is_open.get() {
            return ().into_any();
        }
        let given = Callback::new(move |()| {
            is_open.set(false);
            given.try_run(());
        });
        view! { <GroupForm unit given /> }.into_any()
    };
    view! {
        <button
            type="button"
            class="ds-button"
            data-variant="secondary"
            data-size="sm"
            aria-expanded=said(is_open)
            on:click=move |_| is_open.update(|is| *is = !*is)
        >
            {i18n.t(Key::GROUP_TASK_OPEN)}
        </button>
        {dynamic(form)}
    }
}

#[component]
fn GroupForm(unit: UnitId, given: Callback<()>) -> impl IntoView {
    let session = use_session();
    let chosen = RwSignal::new(Vec::<CitizenId>::new());
    let clients = Remote::new(move || {
        session.ask(async move |client| {
            let open =
                UnitTaskQuery { list: UnitTaskList::Open, limit: Some(200), ..UnitTaskQuery::default() };
            let mut threads = Vec::new();
            for state in [ThreadState::Waiting, ThreadState::Answered] {
                let inbox = InboxQuery { state, limit: Some(200), ..InboxQuery::default() };
                threads.extend(client.list_inbox(unit, &inbox).await?.items);
            }
            let tasks = client.list_unit_tasks(unit, &open).await?.items;
            let all = threads.into_iter().map(|thread| thread.citizen);
            let all = all.chain(tasks.into_iter().map(|task| task.citizen));
            let each: BTreeMap<_, _> = all.map(|citizen| (citizen.id, citizen)).collect();
            let mut each: Vec<CitizenRef> = each.into_values().collect();
            each.sort_by(|one, other| one.name.cmp(&other.name));
            Ok(each)
        })
    });
    view! {
        <Loading data=clients rows=2 let:clients>
            {choice(clients, chosen)}
        </Loading>
        <SeriesForm unit chosen given />
    }
}

fn choice(clients: Signal<Vec<CitizenRef>>, chosen: RwSignal<Vec<CitizenId>>) -> AnyView {
    let i18n = use_i18n();
    let tick = move |client: CitizenRef| {
        let CitizenRef { id, name, birth_date, .. } = client;
        let born = text(move || intl::date(i18n.language(), birth_date));
        let field = format!("group-{id}");
        let label = field.clone();
        let change = move |event| {
            let is_on = event_target_checked(&event);
            chosen.update(|all| {
                all.retain(|one| *one != id);
                if is_on {
                    all.push(id);
                }
            });
        };
        view! {
            <div class="ds-field">
                <input
                    class="ds-input"
                    type="checkbox"
                    id=field
                    prop:checked=move || chosen.with(|all| all.contains(&id))
                    on:change=change
                />
                <label class="ds-label" data-weight="regular" for=label>{name} " " {born}</label>
            </div>
        }
    };
    let all = move |_| chosen.set(clients.with_untracked(|all| all.iter().map(|client| client.id).collect()));
    dynamic(move || {
        let clients = clients.get();
        if clients.is_empty() {
            return view! { <p class="fine">{i18n.t(Key::GROUP_TASK_NOBODY)}</p> }.into_any();
        }
        view! {
            <fieldset class="choices">
                <legend class="ds-label">{i18n.t(Key::GROUP_TASK_TO)}</legend>
                <button type="button" class="ds-button" data-variant="tertiary" data-size="sm" on:click=all>
                    {i18n.t(Key::GROUP_TASK_ALL)}
                </button>
                {clients.into_iter().map(tick).collect_view()}
            </fieldset>
        }
        .into_any()
    })
}
