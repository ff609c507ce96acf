//! One guide, to be read and printed.

use leptos::prelude::*;
use omasote_types::guides::{Guide, GuideSource, GuideState};
use omasote_types::ids::GuideId;
use omasote_ui::focus::PageTitle;
use omasote_ui::guides::{Under, guide_text};
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::icon::Icon;
use omasote_ui::intl;
use omasote_ui::loading::Loading;
use omasote_ui::remote::Remote;
use omasote_ui::session::use_session;
use omasote_ui::view::{dynamic, optional, text};

use crate::paths;

/// Makes the page.
pub(super) fn page(id: GuideId) -> AnyView {
    view! { <GuidePage id /> }.into_any()
}

#[component]
fn GuidePage(id: GuideId) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let guide = Remote::new(move || session.ask(async move |client| client.get_guide(id).await));
    view! {
        <div class="page guide">
            <a class="back" href=paths::GUIDES>{Icon::BACK} {i18n.t(Key::GUIDES_ALL)}</a>
            <Loading data=guide rows=6 let:guide>
                <GuideArticle guide />
            </Loading>
        </div>
    }
}

#[component]
fn GuideArticle(guide: Signal<Guide>) -> impl IntoView {
    let i18n = use_i18n();
    let language = Memo::new(move |_| guide.with(|guide| guide.content.language_for(i18n.language())));
    let title = text(move || guide.with(|guide| guide.content.title.text(language.get()).to_owned()));
    let is_retired = Memo::new(move |_| guide.with(|guide| guide.state == GuideState::Retired));
    let retired = move || is_retired.get().then(|| note("warning", Key::GUIDES_RETIRED));
    let other = move || (language.get() != i18n.language()).then(|| note("info", Key::GUIDES_OTHER_LANGUAGE));
    let body = dynamic(move || {
        let language = language.get();
        guide.with(|guide| guide_text(guide.content.body.text(language), language, Under::Page))
    });
    let print = move |_| drop(window().print());
    view! {
        {optional(retired)}
        {optional(other)}
        <article class="card">
            <div lang=Signal::derive(move || language.get().code())>
                <PageTitle text=title />
            </div>
            {body}
            <Origin guide />
        </article>
        <div class="guide-print">
            <button type="button" class="ds-button" data-variant="secondary" on:click=print>
                {i18n.t(Key::GUIDES_PRINT)}
            </button>
        </div>
    }
}

fn note(color: &'static str, words: Key) -> AnyView {
    let i18n = use_i18n();
    view! { <div class="ds-alert" data-color=color><p>{i18n.t(words)}</p></div> }.into_any()
}

/// Where it comes from, and when somebody last went through it.
#[component]
fn Origin(guide: Signal<Guide>) -> impl IntoView {
    let i18n = use_i18n();
    dynamic(move || {
        let Guide { unit, content, .. } = guide.get();
        let date = intl::date(i18n.language(), content.reviewed_on);
        let reviewed = i18n.filled(Key::GUIDES_REVIEWED, &[("date", &date)]);
        let keeper = unit.map(|unit| {
            let keeper = i18n.filled(Key::GUIDES_KEPT_BY, &[("unit", &i18n.local(&unit.name))]);
            view! { <p>{keeper}</p> }
        });
        let source = content.source.map(|source| {
            view! { <p>{i18n.text(Key::GUIDES_SOURCE)} ": " {source_link(source)}</p> }
        });
        view! { <div class="guide-origin fine">{source} {keeper} <p>{reviewed}</p></div> }.into_any()
    })
}

fn source_link(source: GuideSource) -> AnyView {
    let GuideSource { name, url } = source;
    match url {
        Some(url) => view! {
            <a class="ds-link" href=url target="_blank" rel="noopener noreferrer">{name}</a>
        }
        .into_any(),
        None => view! { <span>{name}</span> }.into_any(),
    }
}
