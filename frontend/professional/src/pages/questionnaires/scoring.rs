//! What the answers are counted to, and what is told at once.

use leptos::prelude::*;
use omasote_types::decimal::Decimal;
use omasote_types::language::LocalText;
use omasote_types::questionnaires::{
    Alert, Band, Conditions, Form, ItemKind, Join, MAX_ALERTS, MAX_SCORES, Score, Severity,
};
use omasote_ui::i18n::{Key, use_i18n};
use omasote_ui::questionnaires::{typed_number, words};
use omasote_ui::view::dynamic;

use super::conditions::{Whose, conditions};
use super::draft::{Draft, text_mut};
use super::fields::{line, local, select, small_button, tick};
use super::item::shown_number;
use super::tree;

/// Makes the parts of the page.
pub(super) fn scoring(draft: Draft) -> AnyView {
    let i18n = use_i18n();
    let scores = dynamic(move || {
        draft.follow_shape();
        let _ = draft.language.get();
        let all = draft.form.with_untracked(|form| form.scores.clone());
        all.iter().map(|one| score(draft, one)).collect_view().into_any()
    });
    let alerts = dynamic(move || {
        draft.follow_shape();
        let _ = draft.language.get();
        let all = draft.form.with_untracked(|form| form.alerts.clone());
        all.iter().map(|one| alert(draft, one)).collect_view().into_any()
    });
    let add_score = move || {
        let code = draft.fresh();
        let new = Score {
            code: code.clone(),
            name: LocalText::default(),
            items: Vec::new(),
            factor: Decimal::ONE,
            minimum_answered: None,
            when: None,
            is_screening: false,
            bands: Vec::new(),
        };
        draft.reshape(|form| form.scores.push(new), format!("{code}-name"));
    };
    let add_alert = move || {
        let code = draft.fresh();
        let new = Alert {
            code: code.clone(),
            when: Conditions { join: Join::Any, of: Vec::new() },
            text: LocalText::default(),
            is_urgent: true,
        };
        draft.reshape(|form| form.alerts.push(new), format!("{code}-text"));
    };
    let may_score = Memo::new(move |_| draft.form.with(|form| form.scores.len() < MAX_SCORES));
    let may_alert = Memo::new(move |_| draft.form.with(|form| form.alerts.len() < MAX_ALERTS));
    view! {
        <section class="part" aria-labelledby="scores-title">
            <h2 class="ds-heading" data-size="xs" id="scores-title" tabindex="-1">{i18n.t(Key::BUILDER_SCORES)}</h2>
            <p class="fine">{i18n.t(Key::BUILDER_SCORES_HINT)}</p>
            {scores}
            <div hidden=move || !may_score.get()>{small_button(Key::BUILDER_ADD_SCORE, String::new(), add_score)}</div>
        </section>
        <section class="part" aria-labelledby="alerts-title">
            <h2 class="ds-heading" data-size="xs" id="alerts-title" tabindex="-1">{i18n.t(Key::BUILDER_ALERTS)}</h2>
            <p class="fine">{i18n.t(Key::BUILDER_ALERTS_HINT)}</p>
            {alerts}
            <div hidden=move || !may_alert.get()>{small_button(Key::BUILDER_ADD_ALERT, String::new(), add_alert)}</div>
        </section>
    }
    .into_any()
}

fn write_score(form: &mut Form, code: &str, write: impl FnOnce(&mut Score)) {
    if let Some(score) = form.scores.iter_mut().find(|score| score.code == code) {
        write(score);
    }
}

fn score(draft: Draft, one: &Score) -> AnyView {
    let i18n = use_i18n();
    let code = one.code.clone();
    let set = {
        let code = code.clone();
        move |write: &dyn Fn(&mut Score)| draft.form.update(|form| write_score(form, &code, write))
    };
    let [of_name, of_screening, of_factor, of_minimum] = std::array::from_fn(|_| set.clone());
    let screening = i18n.text(Key::BUILDER_SCREENING).to_owned();
    let minimum = one.minimum_answered.map(|number| number.to_string()).unwrap_or_default();
    let remove = {
        let code = code.clone();
        move || {
            let keep = |form: &mut Form| form.scores.retain(|score| score.code != code);
            draft.reshape(keep, "scores-title".to_owned());
        }
    };
    let about = words(i18n, &one.name);
    view! {
        <div class="card form builder-card">
            {local(draft, (format!("{code}-name"), Key::BUILDER_SCORE_NAME, false), &one.name, move |language, typed| {
                of_name(&|score| typed.clone_into(text_mut(&mut score.name, language)));
            })}
            {counted(draft, one)}
            {tick(format!("{code}-screening"), screening, one.is_screening, move |is_on| {
                of_screening(&|score| score.is_screening = is_on);
            })}
            <div class="builder-row">
                {line(format!("{code}-factor"), Key::BUILDER_FACTOR, one.factor.to_string(), move |typed| {
                    of_factor(&|score| score.factor = typed_number(&typed).unwrap_or(Decimal::ZERO));
                })}
                {line(format!("{code}-minimum"), Key::BUILDER_MINIMUM, minimum, move |typed| {
                    of_minimum(&|score| score.minimum_answered = typed.trim().parse().ok());
                })}
            </div>
            {bands(draft, one)}
            {conditions(draft, &Whose::Score(code), Key::BUILDER_COUNT_WHEN)}
            <div class="actions">{small_button(Key::BUILDER_REMOVE, about, remove)}</div>
        </div>
    }
    .into_any()
}

/// Which questions are counted: those that can be.
fn counted(draft: Draft, one: &Score) -> AnyView {
    let i18n = use_i18n();
    let questions: Vec<(String, String)> = draft.form.with_untracked(|form| {
        let can_count = |kind: &ItemKind| {
            !matches!(kind, ItemKind::Text { .. } | ItemKind::LongText { .. } | ItemKind::Date {})
        };
        let all = tree::questions_before(form, None).into_iter().filter(|item| can_count(&item.kind));
        all.map(|item| (item.link_id.clone(), words(i18n, &item.text))).collect()
    });
    if questions.is_empty() {
        return view! { <p>{i18n.t(Key::BUILDER_NOTHING_TO_COUNT)}</p> }.into_any();
    }
    let code = one.code.clone();
    let ticks = questions.into_iter().map(|(link_id, title)| {
        let (code, id) = (code.clone(), format!("{code}-of-{link_id}"));
        let is_on = one.items.contains(&link_id);
        tick(id, title, is_on, move |is_on| {
            draft.form.update(|form| {
                write_score(form, &code, |score| {
                    score.items.retain(|other| *other != link_id);
                    if is_on {
                        score.items.push(link_id.clone());
                    }
                });
            });
        })
    });
    view! {
        <fieldset class="choices">
            <legend class="ds-label">{i18n.t(Key::BUILDER_COUNTED)}</legend>
            {ticks.collect_view()}
        </fieldset>
    }
    .into_any()
}

const SEVERITIES: [(&str, Severity, Key); 4] = [
    ("usual", Severity::Usual, Key::SEVERITY_USUAL),
    ("mild", Severity::Mild, Key::SEVERITY_MILD),
    ("moderate", Severity::Moderate, Key::SEVERITY_MODERATE),
    ("severe", Severity::Severe, Key::SEVERITY_SEVERE),
];

fn bands(draft: Draft, one: &Score) -> AnyView {
    let i18n = use_i18n();
    let code = one.code.clone();
    let rows: Vec<_> =
        one.bands.iter().enumerate().map(|(place, band)| band_row(draft, (&code, place), band)).collect();
    let adding = code.clone();
    let add = move || {
        let (from, place) = draft.form.with_untracked(|form| next_band(form, &adding));
        let new = Band { from, to: from, text: LocalText::default(), severity: Severity::Usual };
        draft.reshape(
            |form| write_score(form, &adding, |score| score.bands.push(new)),
            format!("{adding}-band-{place}"),
        );
    };
    view! {
        <fieldset class="choices builder-part">
            <legend class="ds-label">{i18n.t(Key::BUILDER_BANDS)}</legend>
            {rows}
            {small_button(Key::BUILDER_ADD_BAND, String::new(), add)}
        </fieldset>
    }
    .into_any()
}

/// Where the next band of a score begins, and which one it is.
fn next_band(form: &Form, code: &str) -> (Decimal, usize) {
    let score = form.scores.iter().find(|score| score.code == code);
    let bands = score.map(|score| score.bands.as_slice()).unwrap_or_default();
    let after = |last: &Band| Decimal::from_thousandths(last.to.thousandths().saturating_add(1_000));
    (bands.last().and_then(after).unwrap_or(Decimal::ZERO), bands.len())
}

fn band_row(draft: Draft, (code, place): (&str, usize), band: &Band) -> AnyView {
    let i18n = use_i18n();
    let id = format!("{code}-band-{place}");
    let set = {
        let code = code.to_owned();
        move |write: &dyn Fn(&mut Band)| {
            draft.form.update(|form| {
                write_score(form, &code, |score| {
                    if let Some(band) = score.bands.get_mut(place) {
                        write(band);
                    }
                });
            });
        }
    };
    let [of_from, of_to, of_text, of_severity] = std::array::from_fn(|_| set.clone());
    let severities = SEVERITIES.map(|(name, _, key)| (name.to_owned(), i18n.text(key).to_owned())).to_vec();
    let chosen = SEVERITIES.into_iter().find(|(_, severity, _)| *severity == band.severity);
    let chosen = chosen.map(|(name, ..)| name.to_owned()).unwrap_or_default();
    let gone = code.to_owned();
    let remove = move || {
        let change = |form: &mut Form| {
            write_score(form, &gone, |score| {
                if place < score.bands.len() {
                    score.bands.remove(place);
                }
            });
        };
        draft.reshape(change, format!("{gone}-name"));
    };
    let about = words(i18n, &band.text);
    view! {
        <div class="builder-row">
            {line(id.clone(), Key::BUILDER_FROM, shown_number(Some(band.from)), move |typed| {
                of_from(&|band| band.from = typed_number(&typed).unwrap_or(band.from));
            })}
            {line(format!("{id}-to"), Key::BUILDER_TO, shown_number(Some(band.to)), move |typed| {
                of_to(&|band| band.to = typed_number(&typed).unwrap_or(band.to));
            })}
            {local(draft, (format!("{id}-text"), Key::BUILDER_BAND_TEXT, false), &band.text, move |language, typed| {
                of_text(&|band| typed.clone_into(text_mut(&mut band.text, language)));
            })}
            {select(format!("{id}-severity"), Key::BUILDER_SEVERITY, (severities, chosen), move |name| {
                let found = SEVERITIES.into_iter().find(|(known, ..)| *known == name);
                of_severity(&|band| band.severity = found.map(|(_, severity, _)| severity).unwrap_or_default());
            })}
            {small_button(Key::BUILDER_REMOVE, about, remove)}
        </div>
    }
    .into_any()
}

fn alert(draft: Draft, one: &Alert) -> AnyView {
    let i18n = use_i18n();
    let code = one.code.clone();
    let set = {
        let code = code.clone();
        move |write: &dyn Fn(&mut Alert)| {
            draft
                .form
                .update(|form| form.alerts.iter_mut().filter(|alert| alert.code == code).for_each(write));
        }
    };
    let [of_text, of_urgent] = std::array::from_fn(|_| set.clone());
    let gone = code.clone();
    let remove = move || {
        let keep = |form: &mut Form| form.alerts.retain(|alert| alert.code != gone);
        draft.reshape(keep, "alerts-title".to_owned());
    };
    let (about, urgent) = (words(i18n, &one.text), i18n.text(Key::BUILDER_URGENT).to_owned());
    view! {
        <div class="card form builder-card">
            {local(draft, (format!("{code}-text"), Key::BUILDER_ALERT_TEXT, true), &one.text, move |language, typed| {
                of_text(&|alert| typed.clone_into(text_mut(&mut alert.text, language)));
            })}
            {tick(format!("{code}-urgent"), urgent, one.is_urgent, move |is_on| {
                of_urgent(&|alert| alert.is_urgent = is_on);
            })}
            {conditions(draft, &Whose::Alert(code), Key::BUILDER_TELL_WHEN)}
            <div class="actions">{small_button(Key::BUILDER_REMOVE, about, remove)}</div>
        </div>
    }
    .into_any()
}
