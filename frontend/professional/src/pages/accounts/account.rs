//! One account: who it is, how they sign in, and what was done with it.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use omasote_types::accounts::{FirstPassword, StaffAccount, StaffAccountUpdate};
use omasote_types::error::ErrorCode;
use omasote_types::ids::ProfessionalId;
use omasote_types::sessions::{Me, PersonId};
use omasote_types::units::UnitRef;
use omasote_ui::action::{ActionButton, ConfirmedButton, Look};
use omasote_ui::announce::use_announcer;
use omasote_ui::clock::use_clock;
use omasote_ui::focus::PageTitle;
use omasote_ui::form::{Form, SubmitButton};
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::icon::Icon;
use omasote_ui::intl;
use omasote_ui::loading::Loading;
use omasote_ui::remote::Remote;
use omasote_ui::session::use_session;
use omasote_ui::view::{dynamic, optional, text};

use super::events::Events;
use super::fields::{Fields, Written};
use super::first_password::ShownPassword;
use super::list::{last_sign_in, state_tags};
use crate::paths;

#[component]
pub(super) fn OnePage(id: ProfessionalId) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let account = Remote::new(move || session.ask(async move |client| client.get_account(id).await));
    let shown = RwSignal::new(None::<FirstPassword>);
    let changes = RwSignal::new(0_u32);
    let on_change = Callback::new(move |()| {
        account.refresh();
        changes.update(|count| *count = count.wrapping_add(1));
    });
    let parts = move |account: Signal<StaffAccount>| {
        view! {
            <Head account />
            {optional(move || shown.get().map(|first| view! { <ShownPassword first /> }.into_any()))}
            <Details account on_change />
            {dynamic(move || view! { <SignIn account=account.get() shown on_change /> }.into_any())}
            {dynamic(move || {
                let _ = changes.get();
                view! { <Events of=id /> }.into_any()
            })}
        }
    };
    view! {
        <div class="page office">
            <a class="back" href=paths::ACCOUNTS>{Icon::BACK} {i18n.t(Key::NAV_ACCOUNTS)}</a>
            <Loading data=account rows=4 let:account>
                {parts(account)}
            </Loading>
        </div>
    }
}

#[component]
fn Head(account: Signal<StaffAccount>) -> impl IntoView {
    let (i18n, clock) = (use_i18n(), use_clock());
    let name =
        text(move || account.with(|account| format!("{} {}", account.given_name, account.family_name)));
    let last = text(move || {
        last_sign_in(i18n, account.with(|account| account.last_sign_in_at), clock.milliseconds())
    });
    view! {
        <header>
            <PageTitle text=name />
            <p>{dynamic(move || account.with(|account| state_tags(i18n, account)))}</p>
            <p class="fine">{last}</p>
        </header>
    }
}

/// Name, title, units and roles.
#[component]
fn Details(account: Signal<StaffAccount>, on_change: Callback<()>) -> impl IntoView {
    let (i18n, session, announcer) = (use_i18n(), use_session(), use_announcer());
    let before = account.get_untracked();
    let (form, written, id) = (Form::new(), Written::of(&before), before.id);
    let problem = RwSignal::new(None::<Key>);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let update = StaffAccountUpdate {
            given_name: Some(written.given_name.get_untracked()),
            family_name: Some(written.family_name.get_untracked()),
            title: Some(written.title.get_untracked()),
            unit_ids: Some(written.units.get_untracked()),
            lead_unit_ids: Some(written.led_units()),
            roles: Some(written.roles.get_untracked()),
        };
        if form.accepts(update.validate()) {
            problem.set(None);
            let answer = session.ask(async move |client| client.update_account(id, &update).await);
            form.send_or(answer, move |outcome| match outcome {
                Ok(_) => {
                    announcer.say(Key::ACCOUNTS_SAVED);
                    on_change.try_run(());
                    None
                }
                Err(error) => match error.code() {
                    Some(ErrorCode::OwnAccount) => {
                        problem.try_set(Some(Key::ERROR_OWN_ACCOUNT));
                        None
                    }
                    Some(ErrorCode::LastAdministrator) => {
                        problem.try_set(Some(Key::ERROR_LAST_ADMINISTRATOR));
                        None
                    }
                    _ => Some(error),
                },
            });
        }
    };
    let told = move || {
        let key = problem.get()?;
        let told = view! {
            <div class="ds-alert" data-color="danger" role="alert">
                <p>{i18n.t(key)}</p>
            </div>
        };
        Some(told.into_any())
    };
    view! {
        <section class="part" aria-labelledby="details-title">
            <h2 class="ds-heading" data-size="xs" id="details-title">{i18n.t(Key::ACCOUNTS_DETAILS)}</h2>
            <form class="card form" novalidate=true on:submit=submit>
                <Fields form written />
                <Leads units=before.units written />
                {optional(told)}
                <SubmitButton form label=Key::ACCOUNTS_SAVE />
            </form>
        </section>
    }
}

/// Which of the units they lead; of one that is new to them, once it is saved.
#[component]
fn Leads(units: Vec<UnitRef>, written: Written) -> impl IntoView {
    let i18n = use_i18n();
    let tick = move |unit: UnitRef| {
        let (one, id) = (unit.id, format!("lead-{}", unit.id));
        view! {
            <div class="ds-field">
                <input
                    class="ds-input"
                    type="checkbox"
                    id=id.clone()
                    prop:checked=Signal::derive(move || written.leads.with(|all| all.contains(&one)))
                    on:change=move |event| written.lead(one, event_target_checked(&event))
                />
                <label class="ds-label" data-weight="regular" for=id>{text(move || i18n.local(&unit.name))}</label>
            </div>
        }
    };
    (!units.is_empty()).then(|| {
        view! {
            <fieldset class="choices">
                <legend class="ds-label">{i18n.t(Key::ACCOUNTS_LEADS)}</legend>
                <p class="fine">{i18n.t(Key::ACCOUNTS_LEADS_HINT)}</p>
                {units.into_iter().map(tick).collect_view()}
            </fieldset>
        }
    })
}

#[component]
fn SignIn(
    account: StaffAccount,
    shown: RwSignal<Option<FirstPassword>>,
    on_change: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let is_own = expect_context::<Me>().person == PersonId::Professional(account.id);
    let actions = match is_own {
        true => view! { <p>{i18n.t(Key::ACCOUNTS_OWN)}</p> }.into_any(),
        false => view! { <Actions account=account.clone() shown on_change /> }.into_any(),
    };
    view! {
        <section class="part" aria-labelledby="sign-in-title">
            <h2 class="ds-heading" data-size="xs" id="sign-in-title">{i18n.t(Key::ACCOUNTS_SIGN_IN)}</h2>
            <div class="card form">
                <ul class="ds-list">{facts(account).into_iter().map(|fact| view! { <li>{fact}</li> }).collect_view()}</ul>
                {actions}
            </div>
        </section>
    }
}

/// How somebody signs in, in words.
fn facts(account: StaffAccount) -> Vec<Signal<String>> {
    let i18n = use_i18n();
    let sign_in = account.sign_in;
    let mut facts = Vec::new();
    if let Some(name) = sign_in.username {
        facts.push(text(move || i18n.filled(Key::ACCOUNTS_USERNAME_IS, &[("name", &name)])));
        let factor =
            if sign_in.has_second_factor { Key::ACCOUNTS_FACTOR_ON } else { Key::ACCOUNTS_FACTOR_OFF };
        facts.push(text(move || i18n.text(factor).to_owned()));
    }
    if let Some(name) = sign_in.directory_name {
        facts.push(text(move || i18n.filled(Key::ACCOUNTS_DIRECTORY_IS, &[("name", &name)])));
        facts.push(text(move || match sign_in.linked_at {
            Some(at) => i18n.filled(Key::ACCOUNTS_LINKED, &[("date", &intl::day(i18n.language(), at))]),
            None => i18n.text(Key::ACCOUNTS_NOT_LINKED).to_owned(),
        }));
    }
    if let Some(at) = account.closed_at {
        facts.push(text(move || {
            i18n.filled(Key::ACCOUNTS_CLOSED_SINCE, &[("date", &intl::day(i18n.language(), at))])
        }));
    }
    facts
}

#[component]
fn Actions(
    account: StaffAccount,
    shown: RwSignal<Option<FirstPassword>>,
    on_change: Callback<()>,
) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let (id, is_closed) = (account.id, account.closed_at.is_some());
    let asks = move |key: Key| text(move || i18n.text(key).to_owned());
    let reset = Callback::new(move |()| {
        let asked = session.ask(async move |client| client.reset_password(id).await);
        let answer: omasote_ui::session::Answer<()> = Box::pin(async move {
            shown.try_set(Some(asked.await?));
            Ok(())
        });
        answer
    });
    let remove = Callback::new(move |()| {
        session.ask(async move |client| client.remove_second_factor(id).await.map(drop))
    });
    let close =
        Callback::new(move |()| session.ask(async move |client| client.close_account(id).await.map(drop)));
    let reopen =
        Callback::new(move |()| session.ask(async move |client| client.reopen_account(id).await.map(drop)));
    let reset = (account.sign_in.username.is_some() && !is_closed).then(|| {
        view! {
            <ConfirmedButton
                label=Key::ACCOUNTS_RESET
                question=asks(Key::ACCOUNTS_RESET_QUESTION)
                confirm=Key::ACCOUNTS_RESET_CONFIRM
                run=reset
                done=Key::ACCOUNTS_RESET_DONE
                on_done=on_change
            />
        }
    });
    let remove = account.sign_in.has_second_factor.then(|| {
        view! {
            <ConfirmedButton
                label=Key::ACCOUNTS_REMOVE_FACTOR
                question=asks(Key::ACCOUNTS_REMOVE_FACTOR_QUESTION)
                confirm=Key::ACCOUNTS_REMOVE_FACTOR_CONFIRM
                run=remove
                done=Key::ACCOUNTS_REMOVE_FACTOR_DONE
                on_done=on_change
            />
        }
    });
    let state = match is_closed {
        true => view! {
            <ActionButton
                label=Key::ACCOUNTS_REOPEN
                look=Look::SMALL
                run=reopen
                done=Key::ACCOUNTS_REOPEN_DONE
                on_done=on_change
            />
        }
        .into_any(),
        false => view! {
            <ConfirmedButton
                label=Key::ACCOUNTS_CLOSE
                question=asks(Key::ACCOUNTS_CLOSE_QUESTION)
                confirm=Key::ACCOUNTS_CLOSE_CONFIRM
                run=close
                done=Key::ACCOUNTS_CLOSE_DONE
                on_done=on_change
            />
        }
        .into_any(),
    };
    view! { <div class="actions">{reset} {remove} {state}</div> }
}
