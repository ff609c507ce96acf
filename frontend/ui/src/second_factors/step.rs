//! The step between the password and the session.

use leptos::prelude::*;
use omasote_types::second_factors::NewSecondFactor;
use omasote_types::sessions::Credentials;

use super::asking::Asking;
use super::form::{Asked, OneField};
use super::set_up::{SetUp, set_up_page};
use crate::i18n::{Key, use_i18n};
use crate::loading::Loading;
use crate::remote::Remote;
use crate::session::use_session;

const CODE: Asked = Asked {
    id: "sign-in-code",
    label: Key::SECOND_FACTOR_CODE,
    submit: Key::SIGN_IN_SUBMIT,
    is_password: false,
};

/// What is known at this step.
#[derive(Clone, Copy)]
pub(crate) struct CodeStep {
    /// User name and password, which were right.
    pub(crate) credentials: StoredValue<Credentials>,
    /// Whether the account has no second factor yet and must have one.
    pub(crate) is_set_up: bool,
}

/// Asks for a code; before, sets up what makes it when there is nothing yet.
pub(crate) fn code_step(step: CodeStep) -> AnyView {
    let (i18n, session) = (use_i18n(), use_session());
    let asking = Asking::new();
    let on_code = Callback::new(move |code: String| {
        let (client, known) = (session.client(), step.credentials.get_value());
        let with_code = Credentials { code: Some(code), ..known };
        let asked = Box::pin(async move { client.create_session(&with_code).await });
        asking.run(asked, Key::SECOND_FACTOR_WRONG_CODE, move |_| session.look_up());
    });
    let (is_busy, problem) = (asking.is_busy.into(), asking.problem.into());
    let heading = NodeRef::<leptos::html::P>::new();
    heading.on_load(|heading| drop(heading.focus()));
    let (intro, form) = match step.is_set_up {
        true => {
            let new = Remote::new(move || {
                let (client, known) = (session.client(), step.credentials.get_value());
                Box::pin(async move { client.begin_second_factor_at_sign_in(&known).await })
            });
            let page = move |new: Signal<NewSecondFactor>| {
                let new = StoredValue::new(new.get_untracked());
                set_up_page(SetUp { new, is_busy, problem, on_code })
            };
            let shown = view! {
                <Loading data=new let:new>
                    {page(new)}
                </Loading>
            };
            (Key::SECOND_FACTOR_REQUIRED, shown.into_any())
        }
        false => {
            let shown = view! {
                <div class="card">
                    <OneField asked=CODE is_busy problem on_submit=on_code />
                </div>
            };
            (Key::SECOND_FACTOR_CODE_STEP, shown.into_any())
        }
    };
    view! {
        <p tabindex="-1" node_ref=heading>{i18n.t(intro)}</p>
        {form}
    }
    .into_any()
}
