//! The step between the password and the session.

use leptos::prelude::*;
use omasote_client::{ClientError, ClientResult};
use omasote_types::error::ErrorCode;
use omasote_types::second_factors::NewSecondFactor;
use omasote_types::sessions::{Credentials, SessionInfo};

use super::asking::Asking;
use super::form::{Asked, OneField};
use super::password::new_password;
use super::set_up::{SetUp, set_up_page};
use crate::i18n::{Key, use_i18n};
use crate::loading::Loading;
use crate::remote::Remote;
use crate::session::use_session;
use crate::view::dynamic;

const CODE: Asked = Asked {
    id: "sign-in-code",
    label: Key::SECOND_FACTOR_CODE,
    submit: Key::SIGN_IN_SUBMIT,
    is_password: false,
};

/// What is still asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// A code of the second factor.
    Code,
    /// To set the second factor up that the account must have.
    SetUp,
    /// A password of one's own, in the place of the first.
    NewPassword,
}

impl Step {
    /// What a refused sign-in asks for; none when it was refused for good, or not at all.
    pub(crate) fn after(outcome: &ClientResult<SessionInfo>) -> Option<Self> {
        match outcome.as_ref().err().and_then(ClientError::code) {
            Some(ErrorCode::SecondFactorRequired) => Some(Self::Code),
            Some(ErrorCode::SecondFactorSetupRequired) => Some(Self::SetUp),
            Some(ErrorCode::PasswordChangeRequired) => Some(Self::NewPassword),
            _ => None,
        }
    }
}

/// What is known at this step.
#[derive(Clone, Copy)]
pub(crate) struct CodeStep {
    /// User name and password, which were right.
    pub(crate) credentials: StoredValue<Credentials>,
    /// What is still asked for; one step may lead to another.
    pub(crate) asked: RwSignal<Step>,
}

/// Asks for a password of one's own, for a code, or for both; sets up what makes codes when there is nothing yet.
pub(crate) fn code_step(step: CodeStep) -> AnyView {
    dynamic(move || match step.asked.get() {
        Step::NewPassword => new_password(step),
        Step::Code => code(step, Making::Known),
        Step::SetUp => code(step, Making::New),
    })
}

/// Whether there is an app yet that makes codes.
#[derive(Clone, Copy)]
enum Making {
    Known,
    New,
}

fn code(step: CodeStep, making: Making) -> AnyView {
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
    let (intro, form) = match making {
        Making::New => {
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
        Making::Known => {
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
