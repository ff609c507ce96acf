//! A local account on its owner's page: the password; the second factor turned on, turned off, new recovery codes.

use leptos::prelude::*;
use omasote_types::error::ErrorCode;
use omasote_types::second_factors::{NewSecondFactor, PasswordAgain, SecondFactor, SecondFactorCode};

use super::asking::Asking;
use super::form::{Asked, OneField};
use super::password::PasswordPart;
use super::set_up::{RecoveryList, SetUp, set_up_page};
use crate::announce::use_announcer;
use crate::i18n::{Key, use_i18n};
use crate::loading::Loading;
use crate::remote::Remote;
use crate::session::use_session;
use crate::view::{dynamic, optional, text};

const PASSWORD: Asked = Asked {
    id: "factor-password",
    label: Key::SIGN_IN_PASSWORD,
    submit: Key::SECOND_FACTOR_BEGIN,
    is_password: true,
};
const END: Asked = Asked {
    id: "end-code",
    label: Key::SECOND_FACTOR_CODE,
    submit: Key::SECOND_FACTOR_END,
    is_password: false,
};
const RENEW: Asked = Asked {
    id: "renew-code",
    label: Key::SECOND_FACTOR_CODE,
    submit: Key::SECOND_FACTOR_RENEW,
    is_password: false,
};

/// The part of the page; empty for who signs in without a local account.
#[must_use]
pub fn section() -> AnyView {
    let (i18n, session) = (use_i18n(), use_session());
    let status = Remote::new(move || {
        session.ask(async |client| match client.get_second_factor().await {
            Err(error) if error.code() == Some(ErrorCode::NotFound) => Ok(None),
            outcome => outcome.map(Some),
        })
    });
    let section = move |status_now: Signal<Option<SecondFactor>>| {
        optional(move || {
            let now = status_now.get()?;
            let part = match now.is_on {
                true => view! { <On left=now.recovery_codes_left status /> }.into_any(),
                false => view! { <Off status /> }.into_any(),
            };
            let section = view! {
                <PasswordPart />
                <section class="part" aria-labelledby="second-factor-title">
                    <h2 class="ds-heading" data-size="xs" id="second-factor-title">
                        {i18n.t(Key::SECOND_FACTOR_TITLE)}
                    </h2>
                    <p>{i18n.t(Key::SECOND_FACTOR_INTRO)}</p>
                    {part}
                </section>
            };
            Some(section.into_any())
        })
    };
    view! {
        <Loading data=status rows=2 let:status>
            {section(status)}
        </Loading>
    }
    .into_any()
}

type Status = Remote<Option<SecondFactor>>;

#[component]
fn Off(status: Status) -> impl IntoView {
    let (session, announcer) = (use_session(), use_announcer());
    let begun = RwSignal::new(None::<StoredValue<NewSecondFactor>>);
    let (beginning, confirming) = (Asking::new(), Asking::new());
    let begin = Callback::new(move |password: String| {
        let asked =
            session.ask(async move |client| client.begin_second_factor(&PasswordAgain { password }).await);
        beginning.run(asked, Key::SECOND_FACTOR_WRONG_PASSWORD, move |new| {
            begun.try_set(Some(StoredValue::new(new)));
        });
    });
    let confirm = Callback::new(move |code: String| {
        let asked =
            session.ask(async move |client| client.confirm_second_factor(&SecondFactorCode { code }).await);
        confirming.run(asked, Key::SECOND_FACTOR_WRONG_CODE, move |()| {
            announcer.say(Key::SECOND_FACTOR_TURNED_ON);
            status.refresh();
        });
    });
    dynamic(move || match begun.get() {
        None => view! {
            <OneField
                asked=PASSWORD
                is_busy=beginning.is_busy.into()
                problem=beginning.problem.into()
                on_submit=begin
            />
        }
        .into_any(),
        Some(new) => set_up_page(SetUp {
            new,
            is_busy: confirming.is_busy.into(),
            problem: confirming.problem.into(),
            on_code: confirm,
        }),
    })
}

#[component]
fn On(left: u32, status: Status) -> impl IntoView {
    let (i18n, session, announcer) = (use_i18n(), use_session(), use_announcer());
    let (ending, renewing) = (Asking::new(), Asking::new());
    let renewed = RwSignal::new(Vec::<String>::new());
    let end = Callback::new(move |code: String| {
        let asked =
            session.ask(async move |client| client.end_second_factor(&SecondFactorCode { code }).await);
        ending.run(asked, Key::SECOND_FACTOR_WRONG_CODE, move |()| {
            announcer.say(Key::SECOND_FACTOR_TURNED_OFF);
            status.refresh();
        });
    });
    let renew = Callback::new(move |code: String| {
        let asked =
            session.ask(async move |client| client.renew_recovery_codes(&SecondFactorCode { code }).await);
        renewing
            .run(asked, Key::SECOND_FACTOR_WRONG_CODE, move |new| drop(renewed.try_set(new.recovery_codes)));
    });
    let codes = move || {
        let codes = renewed.get();
        (!codes.is_empty()).then(|| view! { <RecoveryList codes /> }.into_any())
    };
    let told = text(move || i18n.filled(Key::SECOND_FACTOR_ON, &[("count", &left.to_string())]));
    view! {
        <p>{told}</p>
        <div class="card set-up">
            <h3 class="ds-heading" data-size="2xs">{i18n.t(Key::SECOND_FACTOR_RENEW)}</h3>
            <div role="status">{optional(codes)}</div>
            <OneField asked=RENEW is_busy=renewing.is_busy.into() problem=renewing.problem.into() on_submit=renew />
        </div>
        <div class="card set-up">
            <h3 class="ds-heading" data-size="2xs">{i18n.t(Key::SECOND_FACTOR_END)}</h3>
            <OneField asked=END is_busy=ending.is_busy.into() problem=ending.problem.into() on_submit=end />
        </div>
    }
}
