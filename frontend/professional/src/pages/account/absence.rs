//! Being away: what one has taken goes back to one's units, and nobody waits for it meanwhile.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use omasote_types::Instant;
use omasote_types::error::{FieldError, FieldErrorCode};
use omasote_types::ids::{ProfessionalId, UnitId};
use omasote_types::page::{MAX_LIMIT, PageQuery};
use omasote_types::people::Absence;
use omasote_types::sessions::{Me, PersonId};
use omasote_ui::action::{ActionButton, Look};
use omasote_ui::announce::use_announcer;
use omasote_ui::clock::use_clock;
use omasote_ui::form::{Form, LineField, SubmitButton};
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::intl;
use omasote_ui::loading::Loading;
use omasote_ui::remote::Remote;
use omasote_ui::session::use_session;
use omasote_ui::view::{dynamic, text};

/// One's own absence; nothing for who works in no unit.
pub(super) fn own_absence() -> Option<AnyView> {
    let me = expect_context::<Me>();
    let (PersonId::Professional(who), Some(unit)) = (me.person, me.units.first()) else { return None };
    let of = unit.id;
    Some(view! { <OwnAbsence of who /> }.into_any())
}

#[component]
fn OwnAbsence(of: UnitId, who: ProfessionalId) -> impl IntoView {
    let (i18n, session, clock) = (use_i18n(), use_session(), use_clock());
    let page = PageQuery { limit: Some(MAX_LIMIT), ..PageQuery::default() };
    let members = Remote::new(move || {
        let page = page.clone();
        session.ask(async move |client| client.list_unit_members(of, &page).await)
    });
    let refresh = Callback::new(move |()| members.refresh());
    let until = Memo::new(move |_| {
        let found = members.with(|page| page.items.iter().find(|one| one.id == who)?.absent_until).flatten();
        // Over when its time has come.
        found.filter(|until| until.timestamp() > clock.seconds())
    });
    view! {
        <section class="part" aria-labelledby="absence-title">
            <h2 class="ds-heading" data-size="xs" id="absence-title">{i18n.t(Key::ABSENCE)}</h2>
            <Loading data=members rows=1 let:_page>
                {dynamic(move || match until.get() {
                    Some(until) => view! { <Away of who until on_change=refresh /> }.into_any(),
                    None => view! { <GoAway of who on_change=refresh /> }.into_any(),
                })}
            </Loading>
        </section>
    }
}

#[component]
fn Away(of: UnitId, who: ProfessionalId, until: Instant, on_change: Callback<()>) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let words =
        text(move || i18n.filled(Key::ABSENCE_UNTIL, &[("date", &intl::last_day(i18n.language(), until))]));
    let run = Callback::new(move |()| {
        session.ask(async move |client| client.set_absence(of, who, Absence { until: None }).await)
    });
    view! {
        <p>{words}</p>
        <ActionButton label=Key::ABSENCE_BACK look=Look::SMALL run done=Key::ABSENCE_BACK_NOW on_done=on_change />
    }
}

#[component]
fn GoAway(of: UnitId, who: ProfessionalId, on_change: Callback<()>) -> impl IntoView {
    let (i18n, session, announcer) = (use_i18n(), use_session(), use_announcer());
    let (form, last_day) = (Form::new(), RwSignal::new(String::new()));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let until = intl::written_date(&last_day.get_untracked()).map(intl::end_of_day);
        let missing = FieldError { field: "until".to_owned(), code: FieldErrorCode::InvalidFormat };
        if !form.accepts(until.map(drop).ok_or_else(|| vec![missing])) {
            return;
        }
        let answer = session.ask(async move |client| client.set_absence(of, who, Absence { until }).await);
        form.send(answer, move |()| {
            announcer.say(Key::ABSENCE_AWAY_NOW);
            on_change.try_run(());
        });
    };
    view! {
        <p>{i18n.t(Key::ABSENCE_HINT)}</p>
        <form class="form" novalidate=true on:submit=submit>
            <LineField
                id="last-day"
                label=Key::ABSENCE_LAST_DAY
                kind="date"
                value=last_day
                error=form.error_of("until")
                invalid=Key::ABSENCE_INVALID
            />
            <SubmitButton form label=Key::ABSENCE_AWAY />
        </form>
    }
}
