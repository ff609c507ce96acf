//! Building a questionnaire, publishing it and retiring it.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use omasote_client::IdempotencyKey;
use omasote_types::ids::{QuestionnaireId, UnitId};
use omasote_types::language::Language;
use omasote_types::questionnaires::{
    Form as Questions, NewQuestionnaire, Questionnaire, Translation, Translations,
};
use omasote_ui::action::ConfirmedButton;
use omasote_ui::announce::use_announcer;
use omasote_ui::focus::PageTitle;
use omasote_ui::form::{Form, SubmitButton};
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::icon::Icon;
use omasote_ui::loading::Loading;
use omasote_ui::questionnaires::words;
use omasote_ui::remote::Remote;
use omasote_ui::router::use_router;
use omasote_ui::session::{Answer, Session, use_session};
use omasote_ui::view::{dynamic, optional, said, text};

use super::draft::{Draft, text_mut};
use super::fields::{line, local, select};
use super::keeping::standing;
use super::outline::outline;
use super::preview::preview;
use super::problems::problems;
use super::scoring::scoring;
use crate::pages::messages::name_of;
use crate::paths;

/// Makes the page of a new questionnaire.
pub(super) fn new_questionnaire() -> AnyView {
    let unit = use_router().query(paths::UNIT).and_then(|unit| unit.parse::<UnitId>().ok());
    let translations = Translations { fi: Translation::Original, ..Translations::default() };
    let form = Questions { translations, ..Questions::default() };
    view! {
        <div class="page office">
            <Editor unit first=None form />
        </div>
    }
    .into_any()
}

/// Makes the page of one that is kept.
pub(super) fn kept_questionnaire(id: QuestionnaireId) -> AnyView {
    let session = use_session();
    let found = Remote::new(move || session.ask(async move |client| client.get_questionnaire(id).await));
    view! {
        <div class="page office">
            <Loading data=found rows=6 let:found>
                {edited(found.get_untracked())}
            </Loading>
        </div>
    }
    .into_any()
}

fn edited(found: Questionnaire) -> AnyView {
    let (unit, form) = (found.summary.unit_id, found.form.clone());
    view! { <Editor unit first=Some(found) form /> }.into_any()
}

/// Made once: what comes back from a change goes on from there, and what is half built stays.
#[component]
fn Editor(unit: Option<UnitId>, first: Option<Questionnaire>, form: Questions) -> impl IntoView {
    let (i18n, router, announcer, sending) = (use_i18n(), use_router(), use_announcer(), Form::new());
    let session = use_session();
    let draft = Draft::new(form, Language::Fi);
    let kept = RwSignal::new(first);
    let key = StoredValue::new(IdempotencyKey::random());
    let title = text(move || {
        let title = kept.with(|kept| kept.as_ref().map(|kept| words(i18n, &kept.form.title)));
        let title = title.filter(|title| !title.trim().is_empty());
        title.unwrap_or_else(|| i18n.text(Key::BUILDER_NEW).to_owned())
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let form = draft.form.get_untracked();
        if !sending.accepts(form.validate()) {
            return;
        }
        let saved = saving(session, kept.get_untracked(), (unit, key.get_value()), form);
        sending.send(saved, move |saved: Questionnaire| {
            announcer.say(Key::BUILDER_SAVED);
            match kept.try_get_untracked() {
                // The address of what was new is its own from now on.
                Some(None) => router.replace(&paths::questionnaire(saved.summary.id)),
                Some(Some(_)) => kept.set(Some(saved)),
                None => {}
            }
        });
    };
    let is_unsaved = Memo::new(move |_| {
        draft.form.with(|form| kept.with(|kept| kept.as_ref().is_none_or(|kept| kept.form != *form)))
    });
    let unsaved = optional(move || {
        is_unsaved.get().then(|| view! { <p class="fine">{i18n.t(Key::BUILDER_UNSAVED)}</p> }.into_any())
    });
    view! {
        <a class="back" href=paths::QUESTIONNAIRES>{Icon::BACK} {i18n.t(Key::NAV_QUESTIONNAIRES)}</a>
        <PageTitle text=title />
        {optional(move || kept.with(|kept| kept.as_ref().map(|kept| standing(&kept.summary))))}
        <form class="form builder" novalidate=true on:submit=submit>
            {written_language(draft)}
            {about(draft)}
            {outline(draft)}
            {scoring(draft)}
            <div class="builder-save">
                {unsaved}
                <SubmitButton form=sending label=Key::BUILDER_SAVE />
            </div>
        </form>
        {problems(draft)}
        {preview(draft)}
        <Steps draft sending kept />
    }
}

fn saving(
    session: Session,
    kept: Option<Questionnaire>,
    (unit_id, key): (Option<UnitId>, IdempotencyKey),
    form: Questions,
) -> Answer<Questionnaire> {
    session.ask(async move |client| match kept {
        Some(kept) if kept.form == form => Ok(kept),
        Some(kept) => client.update_questionnaire(kept.summary.id, kept.summary.version, &form).await,
        None => client.create_questionnaire(&NewQuestionnaire { unit_id, form }, &key).await,
    })
}

/// Which language is written now.
fn written_language(draft: Draft) -> AnyView {
    let i18n = use_i18n();
    let tab = move |language: Language| {
        view! {
            <button
                type="button"
                class="chip"
                aria-pressed=said(Signal::derive(move || draft.language.get() == language))
                on:click=move |_| draft.language.set(language)
            >
                {i18n.t(name_of(language))}
            </button>
        }
    };
    view! {
        <div class="builder-language" role="group" aria-labelledby="builder-language">
            <span class="ds-label" id="builder-language">{i18n.t(Key::BUILDER_LANGUAGE)}</span>
            {Language::ALL.map(tab).collect_view()}
        </div>
    }
    .into_any()
}

const TRANSLATIONS: [(&str, Translation, Key); 4] = [
    ("missing", Translation::Missing, Key::TRANSLATION_MISSING),
    ("working", Translation::Working, Key::TRANSLATION_WORKING),
    ("official", Translation::Official, Key::TRANSLATION_OFFICIAL),
    ("original", Translation::Original, Key::TRANSLATION_ORIGINAL),
];

/// What it is called, what it is for, where it comes from.
fn about(draft: Draft) -> AnyView {
    let i18n = use_i18n();
    let fields = dynamic(move || {
        let language = draft.language.get();
        let form = draft.form.with_untracked(|form| Questions { items: Vec::new(), ..form.clone() });
        let translations =
            TRANSLATIONS.map(|(name, _, key)| (name.to_owned(), i18n.text(key).to_owned())).to_vec();
        let now = form.translations.of(language);
        let chosen = TRANSLATIONS.into_iter().find(|(_, translation, _)| *translation == now);
        let chosen = chosen.map(|(name, ..)| name.to_owned()).unwrap_or_default();
        let choose = move |name: String| {
            let found = TRANSLATIONS.into_iter().find(|(known, ..)| *known == name);
            let translation = found.map(|(_, translation, _)| translation).unwrap_or_default();
            draft.form.update(|form| *translation_mut(&mut form.translations, language) = translation);
        };
        view! {
            {local(draft, ("questionnaire-title".into(), Key::BUILDER_TITLE, false), &form.title, move |language, typed| {
                draft.form.update(|form| *text_mut(&mut form.title, language) = typed);
            })}
            {local(draft, ("questionnaire-about".into(), Key::BUILDER_DESCRIPTION, true), &form.description, move |language, typed| {
                draft.form.update(|form| *text_mut(&mut form.description, language) = typed);
            })}
            {select("questionnaire-translation".into(), Key::BUILDER_TRANSLATION, (translations, chosen), choose)}
            <details>
                <summary>{i18n.t(Key::BUILDER_RIGHTS)}</summary>
                <div class="builder-fields">{rights(draft, &form)}</div>
            </details>
        }
        .into_any()
    });
    view! { <div class="card form builder-card">{fields}</div> }.into_any()
}

fn rights(draft: Draft, form: &Questions) -> AnyView {
    view! {
        {line("questionnaire-licence".into(), Key::BUILDER_LICENCE, form.rights.licence.clone(), move |typed| {
            draft.form.update(|form| form.rights.licence = typed);
        })}
        {line("questionnaire-source".into(), Key::BUILDER_SOURCE, form.rights.source.clone(), move |typed| {
            draft.form.update(|form| form.rights.source = typed);
        })}
        {local(draft, ("questionnaire-names".into(), Key::BUILDER_ATTRIBUTION, false), &form.rights.attribution, move |language, typed| {
            draft.form.update(|form| *text_mut(&mut form.rights.attribution, language) = typed);
        })}
    }
    .into_any()
}

fn translation_mut(translations: &mut Translations, language: Language) -> &mut Translation {
    match language {
        Language::Fi => &mut translations.fi,
        Language::Sv => &mut translations.sv,
        Language::En => &mut translations.en,
    }
}

/// Publishing and retiring. What is published is what is built: it is saved first.
#[component]
fn Steps(draft: Draft, sending: Form, kept: RwSignal<Option<Questionnaire>>) -> impl IntoView {
    let (i18n, session, announcer) = (use_i18n(), use_session(), use_announcer());
    let publish = move |_| {
        let form = draft.form.get_untracked();
        let Some(now) = kept.get_untracked().filter(|_| sending.accepts(form.validate())) else { return };
        let unit = now.summary.unit_id;
        let saved = saving(session, Some(now), (unit, IdempotencyKey::random()), form);
        let published = session.ask(async move |client| {
            let saved = saved.await?;
            client.publish_questionnaire(saved.summary.id, saved.summary.version).await?;
            client.get_questionnaire(saved.summary.id).await
        });
        sending.send(published, move |published: Questionnaire| {
            announcer.say(Key::BUILDER_PUBLISHED);
            kept.try_set(Some(published));
        });
    };
    let may_publish = Memo::new(move |_| {
        let is_kept = kept.with(|kept| {
            kept.as_ref().is_some_and(|kept| kept.summary.published.is_none() || kept.summary.has_changes)
        });
        let differs =
            draft.form.with(|form| kept.with(|kept| kept.as_ref().is_some_and(|kept| kept.form != *form)));
        draft.problems.with(Vec::is_empty) && (is_kept || differs)
    });
    let is_published = Memo::new(move |_| {
        kept.with(|kept| kept.as_ref().is_some_and(|one| one.summary.published.is_some()))
    });
    let publishing = optional(move || {
        may_publish.get().then(|| {
            view! {
                <button type="button" class="ds-button" data-variant="primary" on:click=publish>
                    {i18n.t(Key::BUILDER_PUBLISH)}
                </button>
            }
            .into_any()
        })
    });
    let exporting = optional(move || {
        kept.with(|kept| {
            let summary = &kept.as_ref()?.summary;
            let href = format!("/api/v1/questionnaires/{}/versions/{}/fhir", summary.id, summary.published?);
            let view = view! { <a class="ds-link" href=href download="questionnaire.fhir.json">{i18n.t(Key::BUILDER_EXPORT)}</a> };
            Some(view.into_any())
        })
    });
    view! {
        <div class="actions">
            {publishing} {exporting}
            {optional(move || is_published.get().then(|| view! { <RetireButton kept /> }.into_any()))}
        </div>
    }
}

#[component]
fn RetireButton(kept: RwSignal<Option<Questionnaire>>) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let retired = StoredValue::new(None::<Questionnaire>);
    let run = Callback::new(move |()| {
        let now = kept.get_untracked();
        session.ask(async move |client| {
            if let Some(now) = now {
                let summary = now.summary;
                let questionnaire = client.retire_questionnaire(summary.id, summary.version).await?;
                retired.try_set_value(Some(questionnaire));
            }
            Ok(())
        })
    });
    let done = Callback::new(move |()| {
        if let Some(questionnaire) = retired.get_value() {
            kept.set(Some(questionnaire));
        }
    });
    view! {
        <ConfirmedButton
            label=Key::BUILDER_RETIRE
            question=text(move || i18n.text(Key::BUILDER_RETIRE_QUESTION).to_owned())
            confirm=Key::BUILDER_RETIRE
            run
            done=Key::BUILDER_RETIRED
            on_done=done
        />
    }
}
