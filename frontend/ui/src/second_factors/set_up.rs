//! Setting a second factor up: the secret goes into an app, the recovery codes into a safe place, and a code shows that the
//! app has it.

use leptos::prelude::*;
use omasote_types::second_factors::NewSecondFactor;

use super::form::{Asked, OneField};
use super::qr::qr;
use crate::i18n::{Key, use_i18n};

const CODE: Asked = Asked {
    id: "new-factor-code",
    label: Key::SECOND_FACTOR_CODE,
    submit: Key::SECOND_FACTOR_CONFIRM,
    is_password: false,
};

/// What is set up, and who takes the code.
#[derive(Clone, Copy)]
pub(crate) struct SetUp {
    pub(crate) new: StoredValue<NewSecondFactor>,
    pub(crate) is_busy: Signal<bool>,
    pub(crate) problem: Signal<Option<Key>>,
    pub(crate) on_code: Callback<String>,
}

/// The steps one after the other.
pub(crate) fn set_up_page(set_up: SetUp) -> AnyView {
    let i18n = use_i18n();
    let NewSecondFactor { secret, uri, recovery_codes } = set_up.new.get_value();
    let SetUp { is_busy, problem, on_code, .. } = set_up;
    let groups: Vec<String> =
        secret.chars().collect::<Vec<_>>().chunks(4).map(|group| group.iter().collect()).collect();
    view! {
        <div class="card set-up">
            <h3 class="ds-heading" data-size="2xs">{i18n.t(Key::SECOND_FACTOR_STEP_APP)}</h3>
            <p>{i18n.t(Key::SECOND_FACTOR_SCAN)}</p>
            {qr(&uri)}
            <p>{i18n.t(Key::SECOND_FACTOR_SECRET)}</p>
            <p class="secret" translate="no">{groups.join(" ")}</p>
            <h3 class="ds-heading" data-size="2xs" id="recovery-title">{i18n.t(Key::SECOND_FACTOR_STEP_RECOVERY)}</h3>
            <RecoveryList codes=recovery_codes />
            <h3 class="ds-heading" data-size="2xs">{i18n.t(Key::SECOND_FACTOR_STEP_CODE)}</h3>
            <OneField asked=CODE is_busy problem on_submit=on_code />
        </div>
    }
    .into_any()
}

/// Recovery codes, shown this once.
#[component]
pub(super) fn RecoveryList(codes: Vec<String>) -> impl IntoView {
    let i18n = use_i18n();
    let item = |code: String| view! { <li class="secret" translate="no">{code}</li> };
    view! {
        <p>{i18n.t(Key::SECOND_FACTOR_RECOVERY_INTRO)}</p>
        <ul class="recovery-codes">{codes.into_iter().map(item).collect_view()}</ul>
    }
}
