//! What stands by the field while a professional writes to a client: reply templates, what can be attached, and what makes the text hard to read.

use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use omasote_rules::plain_language::{FindingKind, findings, found_text};
use omasote_types::language::Language;
use omasote_ui::drafts::Draft;
use omasote_ui::i18n::{I18n, Key, use_i18n};
use omasote_ui::messages::Written;
use omasote_ui::view::{dynamic, text};

use super::attaching;
use crate::pages::templates::{Addressee, picker};

/// So long after the last letter the text is read through.
const QUIET_FOR: Duration = Duration::from_millis(800);
/// How many characters of what was found are shown.
const SHOWN_CHARACTERS: usize = 60;

/// What was found and of which kind it is.
type Found = (String, FindingKind);

/// Makes what stands by the field. Only Finnish is read through.
pub(crate) fn writing_tools(to: Addressee, Written { draft, links }: Written) -> AnyView {
    let clarity = (to.language == Language::Fi).then(|| view! { <Clarity draft /> });
    view! {
        {clarity}
        {attaching::picker(&to, links)}
        {picker(to, draft)}
    }
    .into_any()
}

/// What makes the text hard to read: told in one line that opens, and never in the way of sending.
#[component]
fn Clarity(draft: Draft) -> impl IntoView {
    let i18n = use_i18n();
    let found = read_through(draft);
    let count = Memo::new(move |_| found.with(Vec::len));
    let words = text(move || counted(i18n, count.get()));
    let is_clear = Signal::derive(move || count.get() == 0);
    let rows = dynamic(move || {
        let rows: Vec<_> = found.get().into_iter().map(|one| row(i18n, one)).collect();
        view! { <ul>{rows}</ul> }.into_any()
    });
    view! {
        <p class="ds-sr-only" role="status">{words}</p>
        <details class="clarity" hidden=is_clear>
            <summary>{words}</summary>
            {rows}
            <p class="fine">{i18n.t(Key::CLARITY_NOTE)}</p>
        </details>
    }
}

/// What is found in the text, each time that the writer pauses.
fn read_through(draft: Draft) -> RwSignal<Vec<Found>> {
    let found = RwSignal::new(Vec::new());
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let stop = move || {
        if let Some(Some(timer)) = timer.try_update_value(Option::take) {
            timer.clear();
        }
    };
    let read = move || {
        let text = untrack(|| draft.text());
        let all = findings(&text);
        found.set(all.iter().map(|one| (found_text(&text, one), one.kind)).collect());
    };
    Effect::new(move |_| {
        let is_empty = draft.text().trim().is_empty();
        stop();
        if is_empty {
            found.set(Vec::new());
        } else if let Ok(waiting) = set_timeout_with_handle(read, QUIET_FOR) {
            timer.set_value(Some(waiting));
        }
    });
    on_cleanup(stop);
    found
}

fn counted(i18n: I18n, count: usize) -> String {
    match count {
        0 => String::new(),
        1 => i18n.text(Key::CLARITY_ONE).to_owned(),
        count => i18n.filled(Key::CLARITY_MANY, &[("count", &count.to_string())]),
    }
}

fn row(i18n: I18n, (phrase, kind): Found) -> AnyView {
    let shown = shortened(&phrase);
    let advice = text(move || match kind {
        FindingKind::LongSentence { words } => {
            i18n.filled(Key::CLARITY_SENTENCE, &[("words", &words.to_string())])
        }
        FindingKind::LongWord => i18n.text(Key::CLARITY_WORD).to_owned(),
        FindingKind::Abbreviation { plain: None } => i18n.text(Key::CLARITY_ABBREVIATION).to_owned(),
        FindingKind::Abbreviation { plain: Some(plain) } => {
            i18n.filled(Key::CLARITY_ABBREVIATION_KNOWN, &[("plain", plain)])
        }
    });
    view! {
        <li>
            <strong lang="fi">{shown}</strong>
            " – "
            {advice}
        </li>
    }
    .into_any()
}

/// The beginning of what was found.
fn shortened(phrase: &str) -> String {
    let beginning: String = phrase.chars().take(SHOWN_CHARACTERS).collect();
    match beginning.len() < phrase.len() {
        true => format!("{}…", beginning.trim_end()),
        false => beginning,
    }
}
