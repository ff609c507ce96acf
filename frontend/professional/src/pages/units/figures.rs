//! How the unit keeps its promises just now.

use leptos::prelude::*;
use omasote_types::ids::UnitId;
use omasote_types::promises::UnitPromises;
use omasote_ui::i18n::{I18n, Key, use_i18n};
use omasote_ui::loading::Loading;
use omasote_ui::promises::usual_words;
use omasote_ui::remote::Remote;
use omasote_ui::session::use_session;
use omasote_ui::updates::use_updates;
use omasote_ui::view::{flag, text};

#[component]
pub(super) fn Figures(unit: UnitId) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let figures = Remote::new(move || session.ask(async move |client| client.get_unit_promises(unit).await));
    use_updates().on_change(move || figures.refresh());
    let of = move |found: Signal<UnitPromises>, words: fn(I18n, UnitPromises) -> String| {
        text(move || words(i18n, found.get()))
    };
    view! {
        <section class="part" aria-labelledby="figures-title">
            <h2 class="ds-heading" data-size="xs" id="figures-title">{i18n.t(Key::UNIT_SETTINGS_FIGURES)}</h2>
            <Loading data=figures rows=1 let:found>
                <dl class="card facts">
                    <div>
                        <dt>{i18n.t(Key::UNIT_SETTINGS_FIGURE_WAITING)}</dt>
                        <dd>{of(found, |_, all| all.waiting_threads.to_string())}</dd>
                    </div>
                    <div data-late=flag("true", move || found.get().late_threads > 0)>
                        <dt>{i18n.t(Key::UNIT_SETTINGS_FIGURE_LATE)}</dt>
                        <dd>{of(found, |_, all| all.late_threads.to_string())}</dd>
                    </div>
                    <div>
                        <dt>{i18n.t(Key::UNIT_SETTINGS_FIGURE_KEPT)}</dt>
                        <dd>{of(found, kept)}</dd>
                    </div>
                    <div>
                        <dt>{i18n.t(Key::UNIT_SETTINGS_FIGURE_USUAL)}</dt>
                        <dd>{of(found, usual)}</dd>
                    </div>
                </dl>
            </Loading>
        </section>
    }
}

fn kept(i18n: I18n, all: UnitPromises) -> String {
    let (kept, promised) = (all.kept_promises.to_string(), all.promised_answers.to_string());
    i18n.filled(Key::UNIT_SETTINGS_FIGURE_KEPT_OF, &[("kept", &kept), ("all", &promised)])
}

fn usual(i18n: I18n, all: UnitPromises) -> String {
    match all.usual_minutes {
        Some(minutes) => usual_words(i18n, minutes),
        None => i18n.text(Key::UNIT_SETTINGS_FIGURE_USUAL_NONE).to_owned(),
    }
}
