//! Lines of the access log in words: who, what, whose data, why.

use leptos::prelude::*;
use omasote_types::audit::{AccessAction, AccessGround, AuditLine, AuditSearch};
use omasote_types::page::Page;
use omasote_types::people::CitizenRef;
use omasote_types::sessions::PersonId;
use omasote_ui::audit::{ground, what};
use omasote_ui::i18n::{I18n, Key, use_i18n};
use omasote_ui::intl;
use omasote_ui::loading::Loading;
use omasote_ui::messages::Moment;
use omasote_ui::paged::{MoreButton, PagedList, Refresh};
use omasote_ui::session::use_session;
use omasote_ui::view::{dynamic, text};

use crate::paths;

/// What a search finds, page by page.
#[component]
pub(super) fn Lines(search: AuditSearch) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let lines = PagedList::new(Refresh::Everything, move |page| {
        let search = AuditSearch { cursor: page.cursor, limit: page.limit, ..search.clone() };
        session.ask(async move |client| client.search_accesses(&search).await)
    });
    let list = move |page: Signal<Page<AuditLine>>| {
        let is_empty = Memo::new(move |_| page.with(|page| page.items.is_empty()));
        dynamic(move || match is_empty.get() {
            true => view! { <p>{i18n.t(Key::PRIVACY_NO_LINES)}</p> }.into_any(),
            false => view! {
                <ul class="accesses">
                    <For each=move || page.get().items key=|line| line.id let:line>
                        <LineRow line />
                    </For>
                </ul>
            }
            .into_any(),
        })
    };
    view! {
        <Loading data=lines.page() rows=5 let:page>
            {list(page)}
            <MoreButton list=lines label=Key::SHOW_MORE />
        </Loading>
    }
}

#[component]
fn LineRow(line: AuditLine) -> impl IntoView {
    let i18n = use_i18n();
    let (at, of) = (line.at, line.ground);
    let what = what(line.action, &line.operation);
    let refused = (line.action == AccessAction::Refused)
        .then(|| view! { <span class="ds-tag" data-color="warning">{i18n.t(Key::AUDIT_REFUSED)}</span> });
    let is_emergency = of == AccessGround::Emergency;
    let emergency = is_emergency
        .then(|| view! { <span class="ds-tag" data-color="danger">{i18n.t(Key::AUDIT_EMERGENCY)}</span> });
    let reason = line.reason.clone().map(|reason| {
        let words = text(move || i18n.filled(Key::AUDIT_REASON, &[("reason", &reason)]));
        view! { <p class="access-reason">{words}</p> }
    });
    let request = line.request_id.to_string();
    let request = text(move || i18n.filled(Key::PRIVACY_REQUEST, &[("id", &request)]));
    let all = match line.actor {
        Some(PersonId::Professional(actor)) => Some(view! {
            <p>
                <a class="ds-link" href=paths::privacy_actor(actor)>{i18n.t(Key::PRIVACY_ALL_BY)}</a>
            </p>
        }),
        Some(PersonId::Citizen(_)) | None => None,
    };
    let of_whom = line.clone();
    let whose = text(move || whose(i18n, &of_whom));
    view! {
        <li class="card access" data-alarm=is_emergency.then_some("true")>
            <div class="thread-line">
                <p class="access-what">{i18n.t(what)} " " {refused} {emergency}</p>
                <Moment at />
            </div>
            <p>{text(move || who(i18n, &line))}</p>
            <p>{whose}</p>
            <p class="access-ground">{i18n.t(ground(of))}</p>
            {reason}
            <p class="fine request-id">{request}</p>
            {all}
        </li>
    }
}

fn who(i18n: I18n, line: &AuditLine) -> String {
    let name = line.actor_name.clone().unwrap_or_else(|| i18n.text(Key::PRIVACY_NOBODY_KNOWN).to_owned());
    let title = line.title.clone();
    let unit = line.unit.as_ref().map(|unit| i18n.local(unit));
    let program = line.program.as_ref().map(|name| i18n.filled(Key::PRIVACY_PROGRAM, &[("name", name)]));
    [Some(name), title, unit, program].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn whose(i18n: I18n, line: &AuditLine) -> String {
    let named: Vec<_> = line.citizens.iter().map(|citizen| person(i18n, citizen)).collect();
    let rest = usize::try_from(line.citizen_count).unwrap_or_default().saturating_sub(named.len());
    if line.citizen_count == 0 {
        return i18n.text(Key::PRIVACY_OF_NOBODY).to_owned();
    }
    let names = named.join("; ");
    match rest {
        0 => i18n.filled(Key::PRIVACY_WHOSE, &[("names", &names)]),
        _ => i18n.filled(Key::PRIVACY_WHOSE_MORE, &[("names", &names), ("count", &rest.to_string())]),
    }
}

/// A citizen by name and birth.
pub(crate) fn person(i18n: I18n, citizen: &CitizenRef) -> String {
    let born = intl::date(i18n.language(), citizen.birth_date);
    format!("{} ({})", citizen.name, i18n.filled(Key::INBOX_BORN, &[("date", &born)]))
}
