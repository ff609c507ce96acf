//! Restricting the processing of somebody's data and erasing it, by administrators; the privacy officer reads what was done.
//! Identity codes stay in this page.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use omasote_types::data_rights::{DataRights, ErasurePreview, WrittenReason};
use omasote_types::error::{FieldError, FieldErrorCode};
use omasote_types::ids::CitizenId;
use omasote_types::people::{CitizenSearch, Role};
use omasote_types::sessions::Me;
use omasote_ui::announce::use_announcer;
use omasote_ui::data_rights::{ErasedList, KeptList, RightsRecord};
use omasote_ui::focus::PageTitle;
use omasote_ui::form::{FieldProblem, Form, LineField, ReasonField, SubmitButton, Tick};
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::icon::Icon;
use omasote_ui::loading::Loading;
use omasote_ui::remote::Remote;
use omasote_ui::session::use_session;
use omasote_ui::view::{dynamic, optional, text};

use super::clients::check_code;
use super::privacy::person;
use crate::paths;

/// Makes the page.
pub(crate) fn page() -> AnyView {
    view! { <DataRightsPage /> }.into_any()
}

fn is_administrator() -> bool {
    expect_context::<Me>().roles.contains(&Role::Administrator)
}

#[component]
fn DataRightsPage() -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let (form, code) = (Form::new(), RwSignal::new(String::new()));
    let found = RwSignal::new(None::<DataRights>);
    let look = move || {
        let search = CitizenSearch { identity_code: code.get_untracked() };
        form.send(session.ask(async move |client| client.search_data_rights(&search).await), move |rights| {
            found.try_set(Some(rights));
        });
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        found.set(None);
        if form.accepts(check_code("identityCode", &code.get_untracked())) {
            look();
        }
    };
    let on_change = Callback::new(move |()| look());
    let (intro, back, name) = match is_administrator() {
        true => (Key::RIGHTS_INTRO, paths::REGISTER, Key::NAV_REGISTER),
        false => (Key::RIGHTS_INTRO_OFFICER, paths::PRIVACY, Key::NAV_PRIVACY),
    };
    view! {
        <div class="page office">
            <a class="back" href=back>{Icon::BACK} {i18n.t(name)}</a>
            <PageTitle text=text(move || i18n.text(Key::RIGHTS_TITLE).to_owned()) />
            <p>{i18n.t(intro)}</p>
            <form class="card form" novalidate=true on:submit=submit>
                <LineField
                    id="identity-code"
                    label=Key::RIGHTS_CODE
                    value=code
                    error=form.error_of("identityCode")
                    invalid=Key::CLIENTS_CODE_INVALID
                />
                <SubmitButton form label=Key::CLIENTS_SEARCH />
            </form>
            {optional(move || Some(view! { <Found rights=found.get()? on_change /> }.into_any()))}
        </div>
    }
}

#[component]
fn Found(rights: DataRights, on_change: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (citizen, id) = (rights.citizen.clone(), rights.citizen.id);
    let who = text(move || i18n.filled(Key::RIGHTS_OF, &[("name", &person(i18n, &citizen))]));
    let is_restricted = rights.in_force().is_some();
    let state = (!is_restricted).then(|| view! { <p>{i18n.t(Key::RIGHTS_NONE_IN_FORCE)}</p> });
    let none_erased = rights.erasures.is_empty().then(|| view! { <p>{i18n.t(Key::RIGHTS_NONE_ERASED)}</p> });
    let acts = is_administrator().then(|| {
        view! {
            <RestrictionPart of=id is_restricted on_change />
            <ErasurePart of=id is_restricted on_change />
        }
    });
    view! {
        <section class="part" aria-labelledby="found-title">
            <h2 class="ds-heading" data-size="xs" id="found-title">{who}</h2>
            {state}
            {none_erased}
            <RightsRecord rights />
        </section>
        {acts}
    }
}

/// Placing or lifting the restriction, with a reason.
#[component]
fn RestrictionPart(of: CitizenId, is_restricted: bool, on_change: Callback<()>) -> impl IntoView {
    let (i18n, session, announcer) = (use_i18n(), use_session(), use_announcer());
    let (form, reason) = (Form::new(), RwSignal::new(String::new()));
    let (label, done) = match is_restricted {
        true => (Key::RIGHTS_LIFT, Key::RIGHTS_LIFTED_NOW),
        false => (Key::RIGHTS_RESTRICT, Key::RIGHTS_RESTRICTED_NOW),
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let why = WrittenReason { reason: reason.get_untracked() };
        if !form.accepts(why.validate()) {
            return;
        }
        let answer = session.ask(async move |client| match is_restricted {
            true => client.lift_restriction(of, &why).await,
            false => client.restrict_citizen(of, &why).await,
        });
        form.send(answer, move |_| {
            announcer.say(done);
            on_change.try_run(());
        });
    };
    view! {
        <section class="part" aria-labelledby="restriction-title">
            <h2 class="ds-heading" data-size="xs" id="restriction-title">{i18n.t(Key::RIGHTS_RESTRICTION)}</h2>
            <p>{i18n.t(Key::RIGHTS_RESTRICT_MEANS)}</p>
            <form class="card form" novalidate=true on:submit=submit>
                <ReasonField
                    id="restriction-reason"
                    label=Key::RIGHTS_REASON
                    hint=Key::RIGHTS_REASON_HINT
                    value=reason
                    error=form.error_of("reason")
                />
                <SubmitButton form label />
            </form>
        </section>
    }
}

/// First what would be erased and what would stay, then the act.
#[component]
fn ErasurePart(of: CitizenId, is_restricted: bool, on_change: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let is_previewing = RwSignal::new(false);
    let content = move || match (is_restricted, is_previewing.get()) {
        (true, _) => view! { <p>{i18n.t(Key::RIGHTS_ERASURE_BLOCKED)}</p> }.into_any(),
        (false, true) => view! { <Preview of on_change /> }.into_any(),
        (false, false) => view! {
            <div class="action">
                <button
                    type="button"
                    class="ds-button"
                    data-variant="secondary"
                    on:click=move |_| is_previewing.set(true)
                >
                    {i18n.t(Key::RIGHTS_PREVIEW)}
                </button>
            </div>
        }
        .into_any(),
    };
    view! {
        <section class="part" aria-labelledby="erasure-title">
            <h2 class="ds-heading" data-size="xs" id="erasure-title">{i18n.t(Key::RIGHTS_ERASURE)}</h2>
            {dynamic(content)}
        </section>
    }
}

#[component]
fn Preview(of: CitizenId, on_change: Callback<()>) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let preview = Remote::new(move || session.ask(async move |client| client.preview_erasure(of).await));
    let shown = move |preview: Signal<ErasurePreview>| {
        let ErasurePreview { erased, kept, access_log_years } = preview.get_untracked();
        view! {
            <div class="card form">
                <h3 class="ds-heading" data-size="2xs">{i18n.t(Key::RIGHTS_WOULD_ERASE)}</h3>
                <ErasedList items=erased />
                <h3 class="ds-heading" data-size="2xs">{i18n.t(Key::RIGHTS_WOULD_KEEP)}</h3>
                <KeptList items=kept access_log_years />
            </div>
            <EraseForm of on_change />
        }
    };
    view! {
        <Loading data=preview rows=4 let:preview>
            {shown(preview)}
        </Loading>
    }
}

#[component]
fn EraseForm(of: CitizenId, on_change: Callback<()>) -> impl IntoView {
    let (session, announcer, form) = (use_session(), use_announcer(), Form::new());
    let (reason, is_sure) = (RwSignal::new(String::new()), RwSignal::new(false));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let why = WrittenReason { reason: reason.get_untracked() };
        let mut refused = why.validate().err().unwrap_or_default();
        if !is_sure.get_untracked() {
            refused.push(FieldError { field: "sure".to_owned(), code: FieldErrorCode::InvalidFormat });
        }
        if !form.accepts(if refused.is_empty() { Ok(()) } else { Err(refused) }) {
            return;
        }
        form.send(session.ask(async move |client| client.erase_citizen(of, &why).await), move |_| {
            announcer.say(Key::RIGHTS_ERASED_NOW);
            on_change.try_run(());
        });
    };
    view! {
        <form class="card form" novalidate=true on:submit=submit>
            <ReasonField
                id="erasure-reason"
                label=Key::RIGHTS_REASON
                hint=Key::RIGHTS_REASON_HINT
                value=reason
                error=form.error_of("reason")
            />
            <div>
                <Tick
                    id="sure"
                    label=Key::RIGHTS_CONFIRM
                    is_on=is_sure.into()
                    on_change=Callback::new(move |is_on| is_sure.set(is_on))
                />
                <FieldProblem id="sure" error=form.error_of("sure") invalid=Key::RIGHTS_CONFIRM_MISSING />
            </div>
            <SubmitButton form label=Key::RIGHTS_ERASE color="danger" />
        </form>
    }
}
