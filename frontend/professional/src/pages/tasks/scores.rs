//! What the client's answers have come to, time after time, as a small chart.

use leptos::prelude::*;
use omasote_types::decimal::Decimal;
use omasote_types::ids::TaskId;
use omasote_types::questionnaires::Severity;
use omasote_types::tasks::PastScore;
use omasote_ui::i18n::{I18n, Key, use_i18n};
use omasote_ui::intl;
use omasote_ui::loading::Loading;
use omasote_ui::questionnaires::{number_in_words, words};
use omasote_ui::remote::Remote;
use omasote_ui::session::use_session;
use omasote_ui::view::dynamic;

/// The scores that there are of two times or more, each with its chart.
#[component]
pub(super) fn ScoreHistory(id: TaskId) -> impl IntoView {
    let (i18n, session) = (use_i18n(), use_session());
    let scores = Remote::new(move || session.ask(async move |api| api.list_task_scores(id).await));
    view! {
        <Loading data=scores rows=1 let:scores>
            {dynamic(move || {
                let all = scores.get();
                by_score(&all).into_iter().map(|(_, times)| chart(i18n, id, &times)).collect_view().into_any()
            })}
        </Loading>
    }
}

/// The times of each score, in the order in which the scores are first seen; of those with two times or more.
fn by_score(all: &[PastScore]) -> Vec<(&str, Vec<&PastScore>)> {
    let mut found: Vec<(&str, Vec<&PastScore>)> = Vec::new();
    for one in all {
        match found.iter_mut().find(|(code, _)| *code == one.code) {
            Some((_, times)) => times.push(one),
            None => found.push((&one.code, vec![one])),
        }
    }
    found.retain(|(_, times)| times.len() > 1);
    found
}

/// How high the bar of a number is between the smallest and the largest there can be, in percent.
fn height(value: Decimal, least: Decimal, most: Decimal) -> i64 {
    let (value, least, most) = (value.thousandths(), least.thousandths(), most.thousandths());
    let (above, range) = (value.saturating_sub(least), most.saturating_sub(least));
    above.saturating_mul(100).checked_div(range).unwrap_or_default().clamp(0, 100)
}

fn chart(i18n: I18n, this: TaskId, times: &[&PastScore]) -> AnyView {
    let name = times.last().map(|last| words(i18n, &last.name)).unwrap_or_default();
    let bars = times.iter().map(|one| {
        let severity = match one.band.as_ref().map(|band| band.severity) {
            Some(Severity::Mild) => "mild",
            Some(Severity::Moderate) => "moderate",
            Some(Severity::Severe) => "severe",
            Some(Severity::Usual) | None => "usual",
        };
        let value = number_in_words(i18n, one.value);
        let day = intl::day(i18n.language(), one.answered_at);
        let band = one.band.as_ref().map(|band| words(i18n, &band.text));
        // A line is left of nothing.
        let height = height(one.value, one.least, one.most).max(2);
        view! {
            <li data-severity=severity aria-current=(one.task_id == this).then_some("true")>
                <span class="score-value">{value}</span>
                <svg class="score-bar" viewBox="0 0 30 100" preserveAspectRatio="none" aria-hidden="true">
                    <rect x="0" y=(100 - height).to_string() width="30" height=height.to_string() />
                </svg>
                <span class="fine">{day}</span>
                <span class="ds-sr-only">{band}</span>
            </li>
        }
    });
    view! {
        <h3 class="ds-heading" data-size="2xs">{i18n.filled(Key::SCORE_HISTORY, &[("score", &name)])}</h3>
        <ol class="score-history">{bars.collect_view()}</ol>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_as_high_as_the_number_is_between_its_ends() {
        let of = |value: i16| height(Decimal::from(value), Decimal::ZERO, Decimal::from(27));
        assert_eq!([of(0), of(27), of(9), of(40)], [0, 100, 33, 100]);
        assert_eq!(height(Decimal::ONE, Decimal::ONE, Decimal::ONE), 0);
    }
}
