//! Writing a guide, publishing it and retiring it.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use omasote_types::error::{FieldError, FieldErrorCode};
use omasote_types::guides::{Guide, GuideContent, GuideState, NewGuide};
use omasote_types::ids::{GuideId, UnitId};
use omasote_ui::action::ConfirmedButton;
use omasote_ui::announce::use_announcer;
use omasote_ui::clock::use_clock;
use omasote_ui::focus::PageTitle;
use omasote_ui::form::{Form, SubmitButton};
use omasote_ui::guides::address;
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::icon::Icon;
use omasote_ui::intl;
use omasote_ui::loading::Loading;
use omasote_ui::remote::Remote;
use omasote_ui::router::use_router;
use omasote_ui::session::{Answer, Session, use_session};
use omasote_ui::view::{dynamic, optional, text};

use super::keeping::state_tag;
use super::preview::preview;
use super::written::Written;
use crate::paths;

/// Makes the page of a new guide.
pub(super) fn new_guide() -> AnyView {
    let unit = use_router().query(paths::UNIT).and_then(|unit| unit.parse::<UnitId>().ok());
    view! {
        <div class="page office">
            <Editor unit first=None />
        </div>
    }
    .into_any()
}

/// Makes the page of one that is kept.
pub(super) fn kept_guide(id: GuideId) -> AnyView {
    let session = use_session();
    let guide = Remote::new(move || session.ask(async move |client| client.get_kept_guide(id).await));
    view! {
        <div class="page office">
            <Loading data=guide rows=6 let:guide>
                {edited(guide.get_untracked())}
            </Loading>
        </div>
    }
    .into_any()
}

fn edited(guide: Guide) -> AnyView {
    let unit = guide.unit.as_ref().map(|unit| unit.id);
    view! { <Editor unit first=Some(guide) /> }.into_any()
}

/// Made once: what comes back from a change goes on from there, and what is half written stays.
#[component]
fn Editor(unit: Option<UnitId>, first: Option<Guide>) -> impl IntoView {
    let (i18n, router, announcer, form) = (use_i18n(), use_router(), use_announcer(), Form::new());
    let session = use_session();
    let today = intl::today(untrack(|| use_clock().milliseconds())).to_string();
    let written = Written::of(first.as_ref().map(|guide| &guide.content), today);
    let kept = RwSignal::new(first);
    let title = text(move || {
        let title = kept.with(|kept| kept.as_ref().map(|kept| kept.content.title.fi.clone()));
        title.unwrap_or_else(|| i18n.text(Key::GUIDE_NEW).to_owned())
    });
    let (back, back_to) = match unit {
        Some(unit) => (paths::unit_settings(unit), Key::GUIDE_UNIT),
        None => (paths::GUIDES.to_owned(), Key::GUIDE_COUNTY),
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(content) = read(form, written) else { return };
        form.send(saving(session, kept.get_untracked(), unit, content), move |saved: Guide| {
            announcer.say(Key::GUIDE_SAVED);
            match kept.try_get_untracked() {
                // The address of what was new is its own from now on.
                Some(None) => router.replace(&paths::guide(saved.id)),
                Some(Some(_)) => kept.set(Some(saved)),
                None => {}
            }
        });
    };
    view! {
        <a class="back" href=back>{Icon::BACK} {i18n.t(back_to)}</a>
        <PageTitle text=title />
        <Standing kept />
        <form class="card form guide-form" novalidate=true on:submit=submit>
            {written.fields(form)}
            <SubmitButton form label=Key::GUIDE_SAVE />
        </form>
        {preview(written)}
        <Steps form written kept unit />
    }
}

/// What is written, when it is sound; what is wrong is said at the fields.
fn read(form: Form, written: Written) -> Option<GuideContent> {
    let Some(content) = written.read() else {
        let wrong = FieldError { field: "reviewedOn".to_owned(), code: FieldErrorCode::InvalidFormat };
        let _ = form.accepts(Err(vec![wrong]));
        return None;
    };
    form.accepts(content.validate()).then_some(content)
}

fn saving(
    session: Session,
    kept: Option<Guide>,
    unit: Option<UnitId>,
    content: GuideContent,
) -> Answer<Guide> {
    session.ask(async move |client| match kept {
        Some(kept) if kept.content == content => Ok(kept),
        Some(kept) => client.update_guide(kept.id, kept.version, &content).await,
        None => client.create_guide(&NewGuide { unit_id: unit, content }).await,
    })
}

/// Where it stands, and where everybody reads it.
#[component]
fn Standing(kept: RwSignal<Option<Guide>>) -> impl IntoView {
    let i18n = use_i18n();
    optional(move || {
        let Guide { id, state, .. } = kept.get()?;
        let open = (state != GuideState::Draft).then(|| {
            view! { <a class="ds-link" href=address(id) target="_blank">{i18n.t(Key::GUIDE_OPEN)}</a> }
        });
        Some(view! { <p class="guide-facts">{state_tag(state)} {open}</p> }.into_any())
    })
}

/// Publishing, retiring and deleting. What is published is what is written: it is saved first.
#[component]
fn Steps(form: Form, written: Written, kept: RwSignal<Option<Guide>>, unit: Option<UnitId>) -> impl IntoView {
    let (i18n, session, announcer) = (use_i18n(), use_session(), use_announcer());
    let state = Memo::new(move |_| kept.with(|kept| kept.as_ref().map(|kept| kept.state)));
    let publish = move |_| {
        let Some(content) = read(form, written) else { return };
        let saved = saving(session, kept.get_untracked(), unit, content);
        let published = session.ask(async move |client| {
            let saved = saved.await?;
            client.publish_guide(saved.id, saved.version).await
        });
        form.send(published, move |published: Guide| {
            announcer.say(Key::GUIDE_PUBLISHED_NOW);
            kept.try_set(Some(published));
        });
    };
    let publish_button = move || {
        view! {
            <button type="button" class="ds-button" data-variant="primary" on:click=publish>
                {i18n.t(Key::GUIDE_PUBLISH)}
            </button>
        }
        .into_any()
    };
    dynamic(move || match state.get() {
        None => ().into_any(),
        Some(GuideState::Draft) => view! {
            <div class="actions">{publish_button()} <DeleteButton kept unit /></div>
        }
        .into_any(),
        Some(GuideState::Published) => view! { <RetireButton kept /> }.into_any(),
        Some(GuideState::Retired) => publish_button(),
    })
}

#[component]
fn RetireButton(kept: RwSignal<Option<Guide>>) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let retired = StoredValue::new(None::<Guide>);
    let run = Callback::new(move |()| {
        let now = kept.get_untracked();
        session.ask(async move |client| {
            if let Some(now) = now {
                let guide = client.retire_guide(now.id, now.version).await?;
                retired.try_set_value(Some(guide));
            }
            Ok(())
        })
    });
    let done = Callback::new(move |()| {
        if let Some(guide) = retired.get_value() {
            kept.set(Some(guide));
        }
    });
    view! {
        <ConfirmedButton
            label=Key::GUIDE_RETIRE
            question=text(move || i18n.text(Key::GUIDE_RETIRE_QUESTION).to_owned())
            confirm=Key::GUIDE_RETIRE
            run
            done=Key::GUIDE_RETIRED_NOW
            on_done=done
        />
    }
}

#[component]
fn DeleteButton(kept: RwSignal<Option<Guide>>, unit: Option<UnitId>) -> impl IntoView {
    let (i18n, session, router) = (use_i18n(), use_session(), use_router());
    let run = Callback::new(move |()| {
        let id = kept.with_untracked(|kept| kept.as_ref().map(|kept| kept.id));
        session.ask(async move |client| match id {
            Some(id) => client.delete_guide(id).await,
            None => Ok(()),
        })
    });
    let back = unit.map_or_else(|| paths::GUIDES.to_owned(), paths::unit_settings);
    view! {
        <ConfirmedButton
            label=Key::GUIDE_DELETE
            question=text(move || i18n.text(Key::GUIDE_DELETE_QUESTION).to_owned())
            confirm=Key::GUIDE_DELETE
            run
            done=Key::GUIDE_DELETED
            on_done=Callback::new(move |()| router.replace(&back))
        />
    }
}
