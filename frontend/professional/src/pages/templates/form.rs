//! One template: its titles and texts in each language, and the variables they may hold.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use omasote_rules::templates::{Variable, validate};
use omasote_types::error::FieldErrorCode;
use omasote_types::language::{Language, LocalText};
use omasote_types::templates::{Template, TemplateContent};
use omasote_ui::action::ConfirmedButton;
use omasote_ui::announce::use_announcer;
use omasote_ui::errors;
use omasote_ui::form::{Form, SubmitButton};
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::insertion::insert_text;
use omasote_ui::session::use_session;
use omasote_ui::view::{dynamic, said, text};

use super::choices::title_in;
use super::keeping::{Entry, Keeper};
use super::name_of;
use crate::pages::units::RowField;

/// A title and a text, as they are written in one language.
#[derive(Clone, Copy)]
struct WrittenPair {
    language: Language,
    title: RwSignal<String>,
    body: RwSignal<String>,
}

/// What is written, in each language.
#[derive(Clone, Copy)]
struct Written([WrittenPair; 3]);

impl Written {
    fn of(content: &TemplateContent) -> Self {
        let signal = |text: &LocalText, language| RwSignal::new(text.text(language).to_owned());
        Self(Language::ALL.map(|language| WrittenPair {
            language,
            title: signal(&content.title, language),
            body: signal(&content.body, language),
        }))
    }

    fn read(self) -> TemplateContent {
        let texts = |part: fn(&WrittenPair) -> RwSignal<String>| {
            let [fi, sv, en] = self.0.map(|pair| part(&pair).get_untracked().trim().to_owned());
            LocalText { fi, sv, en }
        };
        TemplateContent { title: texts(|pair| pair.title), body: texts(|pair| pair.body) }
    }
}

#[component]
pub(super) fn TemplateCard(keeper: Keeper, entry: Entry, remove: Callback<u32>) -> impl IntoView {
    let (i18n, session, announcer, form) = (use_i18n(), use_session(), use_announcer(), Form::new());
    let Entry { number, kept } = entry;
    let is_new = kept.is_none();
    let content = kept.as_ref().map(|kept| kept.content.clone()).unwrap_or_default();
    let (written, kept) = (Written::of(&content), RwSignal::new(kept));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let content = written.read();
        if form.accepts(validate(&content)) {
            form.send(keeper.save(session, kept.get_untracked(), content), move |saved| {
                kept.try_set(Some(saved));
                announcer.say(Key::TEMPLATE_SAVED);
            });
        }
    };
    let name = text(move || match kept.get() {
        Some(kept) => title_in(&kept.content, i18n.language()),
        None => i18n.text(Key::TEMPLATE_NEW).to_owned(),
    });
    let pairs = written.0.map(|pair| view! { <PairFields form number pair /> }).collect_view();
    view! {
        <li class="card unit-topic">
            <details open=is_new>
                <summary>{name}</summary>
                <form class="form" novalidate=true on:submit=submit>
                    <p class="fine">{i18n.t(Key::TEMPLATES_LANGUAGES_HINT)}</p>
                    {pairs}
                    <SubmitButton form label=Key::TEMPLATE_SAVE />
                    <RemoveButton number kept name remove />
                </form>
            </details>
        </li>
    }
}

/// Deletes a template that is kept; lets go of one that is not.
#[component]
fn RemoveButton(
    number: u32,
    kept: RwSignal<Option<Template>>,
    name: Signal<String>,
    remove: Callback<u32>,
) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let id = Memo::new(move |_| kept.with(|kept| kept.as_ref().map(|kept| kept.id)));
    let question = text(move || i18n.filled(Key::TEMPLATE_DELETE_QUESTION, &[("title", &name.get())]));
    dynamic(move || match id.get() {
        Some(id) => {
            let run =
                Callback::new(move |()| session.ask(async move |client| client.delete_template(id).await));
            view! {
                <ConfirmedButton
                    label=Key::TEMPLATE_DELETE
                    question
                    confirm=Key::TEMPLATE_DELETE_CONFIRM
                    run
                    done=Key::TEMPLATE_DELETED
                    on_done=Callback::new(move |()| remove.run(number))
                />
            }
            .into_any()
        }
        None => view! {
            <div class="action">
                <button
                    type="button"
                    class="ds-button"
                    data-variant="tertiary"
                    data-size="sm"
                    on:click=move |_| remove.run(number)
                >
                    {i18n.t(Key::TEMPLATE_DISCARD)}
                </button>
            </div>
        }
        .into_any(),
    })
}

/// The title and the text in one language.
#[component]
fn PairFields(form: Form, number: u32, pair: WrittenPair) -> impl IntoView {
    let i18n = use_i18n();
    let WrittenPair { language, title, body } = pair;
    let (code, legend) = match language {
        Language::Fi => ("fi", Key::TEMPLATE_IN_FI),
        Language::Sv => ("sv", Key::TEMPLATE_IN_SV),
        Language::En => ("en", Key::TEMPLATE_IN_EN),
    };
    let (title_id, body_id) =
        (format!("template-{number}-title-{code}"), format!("template-{number}-body-{code}"));
    view! {
        <fieldset class="choices template-pair">
            <legend class="ds-label">{i18n.t(legend)}</legend>
            <RowField
                id=title_id
                label=text(move || i18n.text(Key::TEMPLATE_TITLE).to_owned())
                value=title
                error=form.error_at(format!("title.{code}"))
            />
            <BodyField id=body_id value=body error=form.error_at(format!("body.{code}")) />
        </fieldset>
    }
}

/// The field of a text, and the variables that can be put into it.
#[component]
fn BodyField(id: String, value: RwSignal<String>, error: Signal<Option<FieldErrorCode>>) -> impl IntoView {
    let i18n = use_i18n();
    let problem = format!("{id}-error");
    let explained = text(move || match error.get() {
        None => String::new(),
        Some(FieldErrorCode::UnknownVariable) => i18n.text(Key::TEMPLATE_UNKNOWN_VARIABLE).to_owned(),
        Some(other) => i18n.text(errors::explain_field(other)).to_owned(),
    });
    let field = id.clone();
    let variable = move |variable: Variable| {
        let field = field.clone();
        view! {
            <button
                type="button"
                class="ds-button"
                data-variant="secondary"
                data-size="sm"
                on:click=move |_| insert_text(&field, &variable.written())
            >
                {i18n.t(name_of(variable))}
                <code>{variable.written()}</code>
            </button>
        }
    };
    let variables = Variable::ALL.map(variable).collect_view();
    let described_by = problem.clone();
    view! {
        <div class="ds-field message-field">
            <label class="ds-label" for=id.clone()>{i18n.t(Key::TEMPLATE_BODY)}</label>
            <textarea
                class="ds-input"
                id=id
                rows="5"
                dir="auto"
                aria-invalid=said(Signal::derive(move || error.get().is_some()))
                aria-describedby=described_by
                prop:value=value
                on:input=move |event| value.set(event_target_value(&event))
            ></textarea>
            <p class="ds-validation-message" id=problem hidden=Signal::derive(move || error.get().is_none())>
                {explained}
            </p>
        </div>
        <details class="variables">
            <summary>{i18n.t(Key::TEMPLATE_VARIABLES)}</summary>
            <div class="actions">{variables}</div>
        </details>
    }
}
