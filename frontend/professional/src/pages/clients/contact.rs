//! How a client is reached. Protected details are shown to who writes down why they need them.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use omasote_types::ids::CitizenId;
use omasote_types::people::{Citizen, ContactDetails, Need, Protection};
use omasote_ui::action::ConfirmedButton;
use omasote_ui::form::{Form, ReasonField, SubmitButton};
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::session::use_session;
use omasote_ui::units::PhoneLink;
use omasote_ui::view::{dynamic, text};

#[component]
pub(super) fn Contact(client: Signal<Citizen>, on_change: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let id = client.with_untracked(|client| client.id);
    let is_protected = Memo::new(move |_| client.with(|client| client.is_non_disclosed));
    let details = move || match is_protected.get() {
        true => view! { <Protected id /> }.into_any(),
        false => view! { <Details contact=client.with(|client| client.contact.clone()) /> }.into_any(),
    };
    let tag = move || {
        let tag = view! { <span class="ds-tag" data-color="danger">{i18n.t(Key::CLIENT_PROTECTED)}</span> };
        if is_protected.get() { tag.into_any() } else { ().into_any() }
    };
    view! {
        <section class="card part" aria-labelledby="contact-title">
            <div class="section-head">
                <h2 class="ds-heading" data-size="xs" id="contact-title">{i18n.t(Key::CLIENT_CONTACT)}</h2>
                {dynamic(tag)}
            </div>
            {dynamic(details)}
            {dynamic(move || view! { <ProtectionButton id is_protected=is_protected.get() on_change /> }.into_any())}
        </section>
    }
}

#[component]
fn Details(contact: ContactDetails) -> impl IntoView {
    let i18n = use_i18n();
    let ContactDetails { address, municipality, phone } = contact;
    let is_empty = address.is_none() && municipality.is_none() && phone.is_none();
    let fact = |label: Key, value: AnyView| {
        view! {
            <div>
                <dt>{i18n.t(label)}</dt>
                <dd>{value}</dd>
            </div>
        }
    };
    view! {
        {is_empty.then(|| view! { <p>{i18n.t(Key::CLIENT_NO_CONTACT)}</p> })}
        <dl class="facts">
            {address.map(|address| fact(Key::CLIENT_ADDRESS, address.into_any()))}
            {municipality.map(|municipality| fact(Key::CLIENT_MUNICIPALITY, municipality.into_any()))}
            {phone.map(|phone| fact(Key::UNIT_PHONE, view! { <PhoneLink number=phone /> }.into_any()))}
        </dl>
    }
}

#[component]
fn Protected(id: CitizenId) -> impl IntoView {
    let (i18n, session, form) = (use_i18n(), use_session(), Form::new());
    let (reason, revealed) = (RwSignal::new(String::new()), RwSignal::new(None::<ContactDetails>));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let need = Need { reason: reason.get_untracked() };
        if form.accepts(need.validate()) {
            let answer = session.ask(async move |client| client.reveal_contact_details(id, &need).await);
            form.send(answer, move |contact| {
                revealed.try_set(Some(contact));
            });
        }
    };
    dynamic(move || match revealed.get() {
        Some(contact) => view! { <Details contact /> }.into_any(),
        None => view! {
            <p>{i18n.t(Key::CLIENT_PROTECTED_INTRO)}</p>
            <form class="form" novalidate=true on:submit=submit>
                <ReasonField id="need" label=Key::CLIENT_NEED value=reason error=form.error_of("reason") />
                <SubmitButton form label=Key::CLIENT_REVEAL />
            </form>
        }
        .into_any(),
    })
}

#[component]
fn ProtectionButton(id: CitizenId, is_protected: bool, on_change: Callback<()>) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let wanted = Protection { is_non_disclosed: !is_protected };
    let run =
        Callback::new(move |()| session.ask(async move |client| client.update_protection(id, wanted).await));
    let (label, question, done) = match is_protected {
        true => (Key::CLIENT_UNPROTECT, Key::CLIENT_UNPROTECT_QUESTION, Key::CLIENT_UNPROTECTED_NOW),
        false => (Key::CLIENT_PROTECT, Key::CLIENT_PROTECT_QUESTION, Key::CLIENT_PROTECTED_NOW),
    };
    let question = text(move || i18n.text(question).to_owned());
    view! { <ConfirmedButton label question confirm=label run done on_done=on_change /> }
}
