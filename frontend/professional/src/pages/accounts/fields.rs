//! What is written of a professional: name, title, units and roles. The same for a new one and for a change.

use leptos::prelude::*;
use omasote_types::accounts::StaffAccount;
use omasote_types::error::FieldErrorCode;
use omasote_types::ids::UnitId;
use omasote_types::page::{MAX_LIMIT, PageQuery};
use omasote_types::people::Role;
use omasote_types::units::Unit;
use omasote_ui::form::{FieldProblem, Form, LineField, Tick};
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::loading::Loading;
use omasote_ui::remote::Remote;
use omasote_ui::session::use_session;
use omasote_ui::view::text;

/// A role in words.
pub(super) const fn role_name(role: Role) -> Key {
    match role {
        Role::Editor => Key::ACCOUNTS_ROLE_EDITOR,
        Role::Administrator => Key::ACCOUNTS_ROLE_ADMINISTRATOR,
        Role::PrivacyOfficer => Key::ACCOUNTS_ROLE_PRIVACY_OFFICER,
    }
}

/// What is written.
#[derive(Clone, Copy)]
pub(super) struct Written {
    pub(super) given_name: RwSignal<String>,
    pub(super) family_name: RwSignal<String>,
    pub(super) title: RwSignal<String>,
    pub(super) units: RwSignal<Vec<UnitId>>,
    pub(super) leads: RwSignal<Vec<UnitId>>,
    pub(super) roles: RwSignal<Vec<Role>>,
}

impl Written {
    /// Nothing yet.
    pub(super) fn empty() -> Self {
        let line = || RwSignal::new(String::new());
        Self {
            given_name: line(),
            family_name: line(),
            title: line(),
            units: RwSignal::new(Vec::new()),
            leads: RwSignal::new(Vec::new()),
            roles: RwSignal::new(Vec::new()),
        }
    }

    /// As an account is.
    pub(super) fn of(account: &StaffAccount) -> Self {
        Self {
            given_name: RwSignal::new(account.given_name.clone()),
            family_name: RwSignal::new(account.family_name.clone()),
            title: RwSignal::new(account.title.clone()),
            units: RwSignal::new(account.units.iter().map(|unit| unit.id).collect()),
            leads: RwSignal::new(account.leads.clone()),
            roles: RwSignal::new(account.roles.clone()),
        }
    }

    /// Who leads a unit works in it.
    pub(super) fn led_units(self) -> Vec<UnitId> {
        let units = self.units.get_untracked();
        self.leads.get_untracked().into_iter().filter(|unit| units.contains(unit)).collect()
    }

    pub(super) fn lead(self, unit: UnitId, is_on: bool) {
        self.leads.update(|all| set(all, unit, is_on));
    }
}

#[component]
pub(super) fn Fields(form: Form, written: Written) -> impl IntoView {
    let i18n = use_i18n();
    let role = move |role: Role| {
        let is_on = Signal::derive(move || written.roles.with(|all| all.contains(&role)));
        let change = move |is_on: bool| written.roles.update(|all| set(all, role, is_on));
        let id = format!("role-{role:?}");
        view! { <Tick id label=role_name(role) is_on on_change=Callback::new(change) /> }
    };
    view! {
        <LineField
            id="given-name"
            label=Key::ACCOUNTS_GIVEN_NAME
            value=written.given_name
            error=form.error_of("givenName")
        />
        <LineField
            id="family-name"
            label=Key::ACCOUNTS_FAMILY_NAME
            value=written.family_name
            error=form.error_of("familyName")
        />
        <LineField
            id="title"
            label=Key::ACCOUNTS_TITLE
            hint=Key::ACCOUNTS_TITLE_HINT
            value=written.title
            error=form.error_of("title")
        />
        <UnitChoice chosen=written.units error=form.error_of("unitIds") />
        <fieldset class="choices">
            <legend class="ds-label">{i18n.t(Key::ACCOUNTS_ROLES)}</legend>
            {Role::ALL.map(role).collect_view()}
        </fieldset>
    }
}

/// Puts one in or takes it out.
fn set<T: PartialEq>(all: &mut Vec<T>, one: T, is_on: bool) {
    all.retain(|other| *other != one);
    if is_on {
        all.push(one);
    }
}

#[component]
fn UnitChoice(chosen: RwSignal<Vec<UnitId>>, error: Signal<Option<FieldErrorCode>>) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let every = PageQuery { cursor: None, limit: Some(MAX_LIMIT) };
    let units = Remote::new(move || {
        let every = every.clone();
        session.ask(async move |client| client.list_units(&every).await.map(|page| page.items))
    });
    let tick = move |unit: Unit| {
        let (one, id) = (unit.id, format!("unit-{}", unit.id));
        let is_on = Signal::derive(move || chosen.with(|all| all.contains(&one)));
        view! {
            <div class="ds-field">
                <input
                    class="ds-input"
                    type="checkbox"
                    id=id.clone()
                    prop:checked=is_on
                    on:change=move |event| {
                        let is_on = event_target_checked(&event);
                        chosen.update(|all| set(all, one, is_on));
                    }
                />
                <label class="ds-label" data-weight="regular" for=id>
                    {text(move || i18n.local(&unit.name))}
                </label>
            </div>
        }
    };
    let ticks = move |units: Signal<Vec<Unit>>| {
        let mut units = units.get_untracked();
        units.sort_by(|one, other| one.name.fi.cmp(&other.name.fi));
        units.into_iter().map(tick).collect_view()
    };
    view! {
        <fieldset class="choices columns" aria-describedby="units-error">
            <legend class="ds-label">{i18n.t(Key::ACCOUNTS_UNITS)}</legend>
            <Loading data=units rows=3 let:units>
                {ticks(units)}
            </Loading>
            <FieldProblem id="units" error invalid=Key::FIELD_INVALID />
        </fieldset>
    }
}
