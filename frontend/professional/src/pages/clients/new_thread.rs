//! Writing to a client first: a new matter, under a topic of one of the professional's own units.

use leptos::prelude::*;
use omasote_client::{Client, ClientResult};
use omasote_types::ids::{CitizenId, TopicId, UnitId};
use omasote_types::language::LocalText;
use omasote_types::messages::{Side, Thread};
use omasote_types::people::Citizen;
use omasote_types::sessions::Me;
use omasote_types::units::UnitRef;
use omasote_ui::focus::PageTitle;
use omasote_ui::form::FieldProblem;
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::icon::Icon;
use omasote_ui::loading::Loading;
use omasote_ui::messages::{Beginning, BeginningFields, FieldTools};
use omasote_ui::remote::Remote;
use omasote_ui::router::use_router;
use omasote_ui::session::use_session;
use omasote_ui::view::{optional, said, text};

use crate::pages::messages::writing_tools;
use crate::pages::templates::Addressee;
use crate::paths;

const TOPIC: &str = "topic";

/// What a matter may be about, and in whose hands it is.
#[derive(Clone, PartialEq)]
struct Choice {
    topic: TopicId,
    name: LocalText,
    unit: UnitRef,
}

#[component]
pub(super) fn NewThreadPage(client: CitizenId) -> impl IntoView {
    let (i18n, session, me) = (use_i18n(), use_session(), expect_context::<Me>());
    let units = me.units;
    let choices = Remote::new(move || {
        let units = units.clone();
        session.ask(async move |client| find_choices(&client, &units).await)
    });
    let citizen = Remote::new(move || session.ask(async move |api| api.get_citizen(client).await));
    let name = text(move || {
        citizen.with(|citizen| format!("{} {}", citizen.given_name, citizen.family_name)).unwrap_or_default()
    });
    view! {
        <div class="page office">
            <a class="back" href=paths::client(client)>{Icon::BACK} {i18n.t(Key::CLIENT_CARD)}</a>
            <header>
                <PageTitle text=text(move || i18n.text(Key::CLIENT_WRITE).to_owned()) />
                <p class="fine">{name}</p>
            </header>
            <Loading data=choices rows=3 let:choices>
                <NewThreadForm client citizen choices=choices.get_untracked() />
            </Loading>
        </div>
    }
}

#[component]
fn NewThreadForm(client: CitizenId, citizen: Remote<Citizen>, choices: Vec<Choice>) -> impl IntoView {
    let (i18n, router) = (use_i18n(), use_router());
    let open = move |thread: Thread| router.replace(&paths::thread(thread.unit.id, thread.id, thread.state));
    let beginning = Beginning::new(client, TOPIC, Callback::new(open));
    let (draft, is_missing) = (beginning.draft, beginning.is_topic_missing);
    let error = Signal::derive(move || {
        let is_missing = is_missing.get() && draft.topic().is_none();
        is_missing.then_some(omasote_types::error::FieldErrorCode::Required)
    });
    // The unit of the topic, once one is chosen.
    let units: Vec<_> = choices.iter().map(|choice| (choice.topic, choice.unit.id)).collect();
    let unit = Signal::derive(move || {
        let topic = draft.topic();
        let of_topic = units.iter().find(|(one, _)| Some(*one) == topic).or(units.first());
        of_topic.map(|(_, unit)| *unit)
    });
    let choose = move |event| {
        if let Ok(topic) = event_target_value(&event).parse() {
            draft.choose(topic);
        }
    };
    let option = move |choice: Choice| {
        let Choice { topic, name, unit } = choice;
        let is_on = Signal::derive(move || draft.topic() == Some(topic));
        let words = text(move || format!("{} – {}", i18n.local(&name), i18n.local(&unit.name)));
        view! { <option value=topic.to_string() prop:selected=is_on>{words}</option> }
    };
    view! {
        <form class="new-thread" novalidate=true on:submit=move |event| beginning.submit(&event)>
            <div class="card form">
                <div class="ds-field">
                    <label class="ds-label" for=TOPIC>{i18n.t(Key::CLIENT_WRITE_TOPIC)}</label>
                    <select
                        class="ds-input"
                        id=TOPIC
                        aria-describedby="topic-error"
                        aria-invalid=said(Signal::derive(move || error.get().is_some()))
                        on:change=choose
                    >
                        <option value="">{i18n.t(Key::CLIENT_WRITE_CHOOSE)}</option>
                        {choices.into_iter().map(option).collect_view()}
                    </select>
                    <FieldProblem id=TOPIC error invalid=Key::FIELD_INVALID />
                </div>
            </div>
            <BeginningFields
                beginning
                mine=Side::Unit
                label=Key::CLIENT_WRITE_TEXT
                note=Key::CLIENT_WRITE_NOTE
                tools=tools_for(citizen, unit)
            />
        </form>
    }
}

/// What helps with writing, once it is known to whom.
fn tools_for(citizen: Remote<Citizen>, unit: Signal<Option<UnitId>>) -> FieldTools {
    Callback::new(move |written| {
        optional(move || {
            let citizen = citizen.get()?;
            let name = format!("{} {}", citizen.given_name, citizen.family_name);
            let (given_name, language) = (citizen.given_name, citizen.language);
            let to = Addressee { citizen: citizen.id, given_name, name, language, unit };
            Some(writing_tools(to, written))
        })
    })
}

async fn find_choices(client: &Client, units: &[UnitRef]) -> ClientResult<Vec<Choice>> {
    let mut choices = Vec::new();
    for unit in units {
        let unit = client.get_unit(unit.id).await?;
        let topics = unit.topics.into_iter();
        choices.extend(topics.map(|topic| Choice {
            topic: topic.id,
            name: topic.name,
            unit: UnitRef { id: unit.id, name: unit.name.clone() },
        }));
    }
    Ok(choices)
}
