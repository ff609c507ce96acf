//! Figures of the parts of the day, and of how measurements stand to meals or medicine, as a small table.

use leptos::prelude::*;
use omasote_types::measurements::{ComponentFacts, Figures, PartFigures};

use super::said::span;
use super::value::{context_name, number, part_name};
use crate::i18n::{I18n, Key};

/// The table; nothing when there is only one row, which says what the figures of all say.
pub(super) fn parts_table(i18n: I18n, known: &'static ComponentFacts, figures: &PartFigures) -> AnyView {
    let parts = figures.by_part.iter().map(|(part, figures)| (part_name(*part), figures));
    let contexts = figures.by_context.iter().map(|(context, figures)| (context_name(*context), figures));
    let rows: Vec<(Key, &Figures)> = parts.chain(contexts).collect();
    if rows.len() < 2 {
        return ().into_any();
    }
    let rows: Vec<_> = rows.into_iter().map(|(name, figures)| row(i18n, known, name, figures)).collect();
    let name = known.name_in(i18n.language());
    let caption = match name {
        "" => i18n.text(Key::MEASURE_BY_PART).to_owned(),
        name => format!("{} – {name}", i18n.text(Key::MEASURE_BY_PART)),
    };
    let label = caption.clone();
    view! {
        <section class="measure-scroll" tabindex="0" aria-label=label>
            <table class="measure-table">
                <caption class="fine">{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">{i18n.t(Key::MEASURE_WHEN)}</th>
                        <th scope="col">{i18n.t(Key::MEASURE_COUNT)}</th>
                        <th scope="col">{i18n.t(Key::MEASURE_MEDIAN)}</th>
                        <th scope="col">{i18n.t(Key::MEASURE_RANGE)}</th>
                        <th scope="col">{i18n.t(Key::MEASURE_WITHIN)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
    .into_any()
}

fn row(i18n: I18n, known: &ComponentFacts, name: Key, figures: &Figures) -> AnyView {
    let language = i18n.language();
    let within = figures.within_percent.map(|percent| format!("{}\u{a0}%", number(language, percent, 0)));
    view! {
        <tr>
            <th scope="row">{i18n.t(name)}</th>
            <td>{figures.count.to_string()}</td>
            <td>{number(language, figures.median, known.decimals)}</td>
            <td>{span(language, known, figures)}</td>
            <td>{within.unwrap_or_else(|| "–".to_owned())}</td>
        </tr>
    }
    .into_any()
}
