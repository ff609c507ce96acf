//! Restrictions and erasures in words: alike for the citizen, administrators and the privacy officer.

use leptos::prelude::*;
use omasote_types::data_rights::{
    DataRights, ErasedData, ErasedItem, Erasure, KeepGround, KeptData, KeptItem, Restriction,
};

use crate::clock::use_clock;
use crate::i18n::{Key, use_i18n};
use crate::intl;
use crate::view::text;

const fn erased_name(what: ErasedData) -> Key {
    match what {
        ErasedData::Credentials => Key::RIGHTS_DATA_CREDENTIALS,
        ErasedData::Sessions => Key::RIGHTS_DATA_SESSIONS,
        ErasedData::ContactDetails => Key::RIGHTS_DATA_CONTACT,
        ErasedData::Consents => Key::RIGHTS_DATA_CONSENTS,
        ErasedData::Mandates => Key::RIGHTS_DATA_MANDATES,
        ErasedData::Invitations => Key::RIGHTS_DATA_INVITATIONS,
        ErasedData::Exports => Key::RIGHTS_DATA_EXPORTS,
        ErasedData::Drafts => Key::RIGHTS_DATA_DRAFTS,
        ErasedData::Notifications => Key::RIGHTS_DATA_NOTIFICATIONS,
        ErasedData::UnsentAttachments => Key::RIGHTS_DATA_UNSENT,
        ErasedData::Calendar => Key::RIGHTS_DATA_CALENDAR,
        ErasedData::IdempotencyKeys => Key::RIGHTS_DATA_KEYS,
    }
}

const fn kept_name(what: KeptData) -> Key {
    match what {
        KeptData::Identity => Key::RIGHTS_KEPT_IDENTITY,
        KeptData::Threads => Key::RIGHTS_KEPT_THREADS,
        KeptData::Messages => Key::RIGHTS_KEPT_MESSAGES,
        KeptData::Attachments => Key::RIGHTS_KEPT_ATTACHMENTS,
        KeptData::Tasks => Key::RIGHTS_KEPT_TASKS,
        KeptData::RecordEntries => Key::RIGHTS_KEPT_ENTRIES,
        KeptData::Events => Key::RIGHTS_KEPT_EVENTS,
        KeptData::Measurements => Key::RIGHTS_KEPT_MEASUREMENTS,
        KeptData::CareRelations => Key::RIGHTS_KEPT_RELATIONS,
        KeptData::RegisterEntries => Key::RIGHTS_KEPT_REGISTER,
        KeptData::EmergencyAccesses => Key::RIGHTS_KEPT_EMERGENCIES,
        KeptData::AccessLog => Key::RIGHTS_KEPT_LOG,
        KeptData::Records => Key::RIGHTS_KEPT_RECORDS,
    }
}

const fn ground_name(ground: KeepGround) -> Key {
    match ground {
        KeepGround::ClientRecords => Key::RIGHTS_GROUND_RECORDS,
        KeepGround::LogData => Key::RIGHTS_GROUND_LOG,
        KeepGround::FindsWhatStays => Key::RIGHTS_GROUND_FIND,
        KeepGround::AnothersRight => Key::RIGHTS_GROUND_OTHER,
        KeepGround::Record => Key::RIGHTS_GROUND_RECORD,
    }
}

/// What is or was erased, with how many of each.
#[component]
pub fn ErasedList(
    /// What.
    items: Vec<ErasedItem>,
) -> impl IntoView {
    let i18n = use_i18n();
    if items.is_empty() {
        return view! { <p>{i18n.t(Key::RIGHTS_NOTHING_TO_ERASE)}</p> }.into_any();
    }
    let row = |item: ErasedItem| {
        let words = text(move || {
            let values = [("what", i18n.text(erased_name(item.what))), ("count", &item.count.to_string())];
            i18n.filled(Key::RIGHTS_ITEM, &values)
        });
        view! { <li>{words}</li> }
    };
    view! { <ul class="ds-list">{items.into_iter().map(row).collect_view()}</ul> }.into_any()
}

/// What stays or stayed, with how many of each and why.
#[component]
pub fn KeptList(
    /// What.
    items: Vec<KeptItem>,
    /// For how many years lines of the access log are kept.
    access_log_years: u32,
) -> impl IntoView {
    let i18n = use_i18n();
    let row = move |item: KeptItem| {
        let words = text(move || {
            let values = [("what", i18n.text(kept_name(item.what))), ("count", &item.count.to_string())];
            i18n.filled(Key::RIGHTS_ITEM, &values)
        });
        let why =
            text(move || i18n.filled(ground_name(item.ground), &[("years", &access_log_years.to_string())]));
        view! {
            <li>
                {words} <br /> <span class="fine">{why}</span>
            </li>
        }
    };
    view! { <ul class="ds-list">{items.into_iter().map(row).collect_view()}</ul> }
}

/// All that was done, the newest first of each kind; nothing when nothing was.
#[component]
pub fn RightsRecord(
    /// What was done.
    rights: DataRights,
) -> impl IntoView {
    let years = rights.access_log_years;
    let restrictions =
        rights.restrictions.into_iter().map(|one| view! { <RestrictionCard restriction=one /> });
    let erasures = rights
        .erasures
        .into_iter()
        .map(move |erasure| view! { <ErasureCard erasure access_log_years=years /> });
    view! { <ul class="accesses">{restrictions.collect_view()} {erasures.collect_view()}</ul> }
}

#[component]
fn RestrictionCard(restriction: Restriction) -> impl IntoView {
    let (i18n, clock) = (use_i18n(), use_clock());
    let Restriction { placed_at, reason, placed_by, lifted_at, lift_reason, lifted_by, .. } = restriction;
    let when = text(move || {
        i18n.filled(
            Key::RIGHTS_RESTRICTED_SINCE,
            &[("time", &intl::moment(i18n, placed_at, clock.milliseconds()))],
        )
    });
    let why = text(move || i18n.filled(Key::RIGHTS_REASON_IS, &[("reason", &reason)]));
    let (color, state) = match lifted_at {
        None => ("warning", Key::RIGHTS_IN_FORCE),
        Some(_) => ("neutral", Key::RIGHTS_LIFTED_TAG),
    };
    let lifted = lifted_at.map(|at| {
        let reason = lift_reason.unwrap_or_default();
        let words = text(move || {
            let time = intl::moment(i18n, at, clock.milliseconds());
            i18n.filled(Key::RIGHTS_LIFTED, &[("time", &time), ("reason", &reason)])
        });
        view! {
            <p>{words}</p>
            <By name=lifted_by />
        }
    });
    view! {
        <li class="card access">
            <p class="access-what">{when} " " <span class="ds-tag" data-color=color>{i18n.t(state)}</span></p>
            <p class="access-reason">{why}</p>
            <By name=placed_by />
            {lifted}
        </li>
    }
}

#[component]
fn ErasureCard(erasure: Erasure, access_log_years: u32) -> impl IntoView {
    let (i18n, clock) = (use_i18n(), use_clock());
    let Erasure { erased_at, reason, erased_by, erased, kept, .. } = erasure;
    let when = text(move || {
        i18n.filled(Key::RIGHTS_ERASED_AT, &[("time", &intl::moment(i18n, erased_at, clock.milliseconds()))])
    });
    let why = text(move || i18n.filled(Key::RIGHTS_REASON_IS, &[("reason", &reason)]));
    view! {
        <li class="card access">
            <p class="access-what">{when}</p>
            <p class="access-reason">{why}</p>
            <By name=erased_by />
            <p><strong>{i18n.t(Key::RIGHTS_WAS_ERASED)}</strong></p>
            <ErasedList items=erased />
            <p><strong>{i18n.t(Key::RIGHTS_WAS_KEPT)}</strong></p>
            <KeptList items=kept access_log_years />
        </li>
    }
}

/// Who did it, for who is told.
#[component]
fn By(name: Option<String>) -> impl IntoView {
    let i18n = use_i18n();
    name.map(|name| {
        let words = text(move || i18n.filled(Key::RIGHTS_BY, &[("name", &name)]));
        view! { <p class="access-ground">{words}</p> }
    })
}
