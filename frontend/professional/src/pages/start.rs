//! The beginning: straight to the inbox of the professional's first unit, or to what they are entrusted with.

use leptos::prelude::*;
use omasote_types::messages::ThreadState;
use omasote_types::people::Role;
use omasote_types::sessions::Me;
use omasote_ui::focus::PageTitle;
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::router::use_router;
use omasote_ui::view::text;

use crate::paths;

#[component]
pub(crate) fn StartPage() -> impl IntoView {
    let (i18n, me, router) = (use_i18n(), expect_context::<Me>(), use_router());
    let first = me.units.first().map(|unit| paths::inbox(unit.id, ThreadState::Waiting)).or_else(|| {
        let is = |role| me.roles.contains(&role);
        let office = is(Role::Administrator).then_some(paths::REGISTER);
        office.or_else(|| is(Role::PrivacyOfficer).then_some(paths::PRIVACY)).map(str::to_owned)
    });
    let has_place = first.is_some();
    Effect::new(move |_| {
        if let Some(place) = &first {
            router.replace(place);
        }
    });
    (!has_place).then(|| {
        view! {
            <div class="page narrow">
                <PageTitle text=text(move || i18n.text(Key::START_NO_UNITS_TITLE).to_owned()) />
                <p>{i18n.t(Key::START_NO_UNITS)}</p>
            </div>
        }
    })
}
