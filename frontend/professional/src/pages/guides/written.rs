//! What is written of a guide, and the fields it is written in.

use leptos::prelude::*;
use omasote_types::error::FieldErrorCode;
use omasote_types::guides::{GuideContent, GuideSource};
use omasote_types::language::{Language, LocalText};
use omasote_ui::errors;
use omasote_ui::form::{Form, LineField};
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::intl;
use omasote_ui::view::{said, text};

use crate::pages::units::RowField;

/// What is written in one language.
#[derive(Clone, Copy)]
pub(super) struct InLanguage {
    pub(super) language: Language,
    pub(super) title: RwSignal<String>,
    pub(super) body: RwSignal<String>,
    words: RwSignal<String>,
}

/// What is written.
#[derive(Clone, Copy)]
pub(super) struct Written {
    pub(super) texts: [InLanguage; 3],
    source_name: RwSignal<String>,
    source_url: RwSignal<String>,
    reviewed_on: RwSignal<String>,
}

impl Written {
    /// What is kept, or nothing but that somebody went through it today.
    pub(super) fn of(content: Option<&GuideContent>, today: String) -> Self {
        let signal = |text: Option<&str>| RwSignal::new(text.unwrap_or_default().to_owned());
        let source = content.and_then(|content| content.source.as_ref());
        let reviewed_on = content.map_or(today, |content| content.reviewed_on.to_string());
        Self {
            texts: Language::ALL.map(|language| InLanguage {
                language,
                title: signal(content.map(|content| content.title.text(language))),
                body: signal(content.map(|content| content.body.text(language))),
                words: signal(content.map(|content| content.words.text(language))),
            }),
            source_name: signal(source.map(|source| source.name.as_str())),
            source_url: signal(source.and_then(|source| source.url.as_deref())),
            reviewed_on: RwSignal::new(reviewed_on),
        }
    }

    /// As it goes to the server; none when the day is no day.
    pub(super) fn read(self) -> Option<GuideContent> {
        let texts = |part: fn(&InLanguage) -> RwSignal<String>| {
            let [fi, sv, en] = self.texts.map(|text| part(&text).get_untracked().trim().to_owned());
            LocalText { fi, sv, en }
        };
        let url = Some(trimmed(self.source_url)).filter(|url| !url.is_empty());
        let name = trimmed(self.source_name);
        let has_source = !name.is_empty() || url.is_some();
        Some(GuideContent {
            title: texts(|text| text.title),
            body: texts(|text| text.body),
            words: texts(|text| text.words),
            source: has_source.then_some(GuideSource { name, url }),
            reviewed_on: intl::written_date(&self.reviewed_on.get_untracked())?,
        })
    }

    /// The fields.
    pub(super) fn fields(self, form: Form) -> AnyView {
        let i18n = use_i18n();
        let texts: Vec<_> = self.texts.into_iter().map(|text| language_fields(form, text)).collect();
        view! {
            <p class="fine">{i18n.t(Key::GUIDE_LANGUAGES_HINT)}</p>
            <details class="guide-help">
                <summary>{i18n.t(Key::GUIDE_MARKS)}</summary>
                <ul>
                    <li>{i18n.t(Key::GUIDE_MARKS_PARAGRAPH)}</li>
                    <li>{i18n.t(Key::GUIDE_MARKS_HEADING)}</li>
                    <li>{i18n.t(Key::GUIDE_MARKS_LIST)}</li>
                    <li>{i18n.t(Key::GUIDE_MARKS_STEPS)}</li>
                </ul>
            </details>
            {texts}
            <LineField
                id="guide-source-name"
                label=Key::GUIDE_SOURCE_NAME
                hint=Key::GUIDE_SOURCE_HINT
                value=self.source_name
                error=form.error_of("source.name")
            />
            <LineField
                id="guide-source-url"
                label=Key::GUIDE_SOURCE_URL
                kind="url"
                value=self.source_url
                error=form.error_of("source.url")
                invalid=Key::GUIDE_SOURCE_INVALID
            />
            <LineField
                id="guide-reviewed"
                label=Key::GUIDE_REVIEWED_ON
                kind="date"
                value=self.reviewed_on
                error=form.error_of("reviewedOn")
                invalid=Key::GUIDE_REVIEWED_INVALID
            />
        }
        .into_any()
    }
}

fn trimmed(written: RwSignal<String>) -> String {
    written.get_untracked().trim().to_owned()
}

fn language_fields(form: Form, written: InLanguage) -> AnyView {
    let i18n = use_i18n();
    let InLanguage { language, title, body, words } = written;
    let (code, legend) = match language {
        Language::Fi => ("fi", Key::TEMPLATE_IN_FI),
        Language::Sv => ("sv", Key::TEMPLATE_IN_SV),
        Language::En => ("en", Key::TEMPLATE_IN_EN),
    };
    view! {
        <fieldset class="choices template-pair">
            <legend class="ds-label">{i18n.t(legend)}</legend>
            <RowField
                id=format!("guide-title-{code}")
                label=text(move || i18n.text(Key::TEMPLATE_TITLE).to_owned())
                value=title
                error=form.error_at(format!("title.{code}"))
            />
            <BodyField
                id=format!("guide-body-{code}")
                value=body
                error=form.error_at(format!("body.{code}"))
            />
            <RowField
                id=format!("guide-words-{code}")
                label=text(move || i18n.text(Key::GUIDE_WORDS).to_owned())
                value=words
                error=form.error_at(format!("words.{code}"))
            />
        </fieldset>
    }
    .into_any()
}

#[component]
fn BodyField(id: String, value: RwSignal<String>, error: Signal<Option<FieldErrorCode>>) -> impl IntoView {
    let i18n = use_i18n();
    let problem = format!("{id}-error");
    let explained = text(move || {
        error.get().map(|code| i18n.text(errors::explain_field(code)).to_owned()).unwrap_or_default()
    });
    let described_by = problem.clone();
    view! {
        <div class="ds-field message-field">
            <label class="ds-label" for=id.clone()>{i18n.t(Key::TEMPLATE_BODY)}</label>
            <textarea
                class="ds-input"
                id=id
                rows="10"
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
    }
}
