//! What must hold of every form and all answers.

use proptest::prelude::*;

use super::made_up::any_answered;
use super::*;

/// Whether an item shows, by the definition: all around it show, and its conditions hold of answers that show themselves.
fn shows(form: &Form, answers: &Answers, link_id: &str) -> bool {
    let way = way_to(&form.items, link_id).unwrap();
    way.iter().all(|item| {
        item.show_when.as_ref().is_none_or(|conditions| {
            let mut held = conditions.of.iter().map(|condition| holds(form, answers, condition));
            match conditions.join {
                Join::All => held.all(|holds| holds),
                Join::Any => held.any(|holds| holds),
            }
        })
    })
}

/// An item after the groups it is in.
fn way_to<'f>(items: &'f [Item], link_id: &str) -> Option<Vec<&'f Item>> {
    items.iter().find_map(|item| {
        let further = if item.link_id == link_id { Some(vec![]) } else { way_to(item.kind.items(), link_id) };
        further.map(|further| [vec![item], further].concat())
    })
}

fn holds(form: &Form, answers: &Answers, condition: &Condition) -> bool {
    let question = way_to(&form.items, &condition.question).unwrap().pop().unwrap();
    let answer = answers.get(&condition.question).filter(|answer| {
        let is_accepted = !answer.is_empty() && super::super::answers::accept(&question.kind, answer).is_ok();
        is_accepted && shows(form, answers, &condition.question)
    });
    let order = match (answer, &condition.value) {
        (Some(Answer::Number(a)), Some(Answer::Number(b))) => Some(a.cmp(b)),
        (Some(Answer::Date(a)), Some(Answer::Date(b))) => Some(a.cmp(b)),
        _ => None,
    };
    let includes = match (answer, &condition.value) {
        (Some(Answer::Many(codes)), Some(Answer::One(code))) => codes.contains(code),
        _ => false,
    };
    match condition.operator {
        Operator::Equals => answer.is_some() && answer == condition.value.as_ref(),
        Operator::NotEquals => answer.is_none() || answer != condition.value.as_ref(),
        Operator::Greater => order.is_some_and(|order| order.is_gt()),
        Operator::Less => order.is_some_and(|order| order.is_lt()),
        Operator::AtLeast => order.is_some_and(|order| order.is_ge()),
        Operator::AtMost => order.is_some_and(|order| order.is_le()),
        Operator::Answered => answer.is_some(),
        Operator::Unanswered => answer.is_none(),
        Operator::Includes => includes,
        Operator::Excludes => !includes,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn one_pass_shows_what_the_definition_shows((form, answers) in any_answered()) {
        let prepared = Prepared::new(form.clone()).unwrap();
        let reading = prepared.read(&answers);
        for item in prepared.items() {
            prop_assert_eq!(reading.shows(&item.link_id), shows(&form, &answers, &item.link_id), "{}", item.link_id);
        }
    }

    #[test]
    fn hidden_answers_never_leave_and_never_count((form, answers) in any_answered()) {
        let prepared = Prepared::new(form).unwrap();
        let reading = prepared.read(&answers);
        let kept = reading.kept();
        prop_assert!(kept.iter().all(|(link_id, _)| reading.shows(link_id)));
        let again = prepared.read(&kept);
        prop_assert_eq!(ids(reading.shown()), ids(again.shown()));
        prop_assert_eq!(reading.scores().collect::<Vec<_>>(), again.scores().collect::<Vec<_>>());
        prop_assert_eq!(reading.alerts(), again.alerts());
        prop_assert_eq!(ids(reading.open()), ids(again.open()));
        prop_assert_eq!(again.kept(), kept.clone());
        prop_assert_eq!(again.refused(), []);
        let of_hidden = reading.alerts().into_iter().filter(|alert| !reading.shows(&alert.code));
        prop_assert_eq!(of_hidden.count(), 0);
    }

    #[test]
    fn what_may_be_sent_is_whole_and_is_taken_again((form, answers) in any_answered()) {
        let prepared = Prepared::new(form).unwrap();
        match prepared.to_send(&answers) {
            Ok(sent) => {
                prop_assert!(prepared.read(&sent).open().all(|item| !item.is_required));
                prop_assert_eq!(prepared.to_send(&sent), Ok(sent));
            }
            Err(refused) => prop_assert!(!refused.is_empty()),
        }
    }

    #[test]
    fn a_score_is_the_sum_of_what_shows_and_lies_in_its_range((form, answers) in any_answered()) {
        let prepared = Prepared::new(form).unwrap();
        let reading = prepared.read(&answers);
        for outcome in reading.scores() {
            match outcome {
                Outcome::Counted { score, value, range: (least, most), .. } => {
                    prop_assert!((least..=most).contains(&value), "{value} is not in {least}..={most}");
                    let worths = score.items.iter().filter_map(|link_id| {
                        let item = prepared.items().find(|item| item.link_id == *link_id)?;
                        ranges::worth(&item.kind, reading.answer(link_id)?)
                    });
                    let sum: i64 = worths.sum();
                    prop_assert_eq!(value.thousandths() * 1000, sum * score.factor.thousandths());
                }
                Outcome::Missing { questions, .. } => {
                    prop_assert!(questions.iter().all(|item| reading.answer(&item.link_id).is_none()));
                }
            }
        }
    }

    #[test]
    fn bands_that_are_taken_have_one_for_every_score((form, answers) in any_answered(), cuts in prop::collection::vec(0_i64..100, 0..4)) {
        let Some(score) = form.scores.first() else { return Ok(()) };
        let bare = Prepared::new(form.clone()).unwrap();
        let (least, most) = bare.scores[0].range();
        let bands = cut(least.thousandths(), most.thousandths(), &cuts);
        let with_bands = Form { scores: vec![Score { bands, ..score.clone() }], ..form.clone() };
        let prepared = Prepared::new(with_bands).unwrap();
        for outcome in prepared.read(&answers).scores() {
            if let Outcome::Counted { score, value, band, .. } = outcome {
                prop_assert!(band.is_some());
                let fitting = score.bands.iter().filter(|band| (band.from..=band.to).contains(&value));
                prop_assert_eq!(fitting.count(), 1);
            }
        }
    }
}

/// Bands over a range of whole numbers.
fn cut(least: i64, most: i64, cuts: &[i64]) -> Vec<Band> {
    let mut ends: Vec<i64> =
        cuts.iter().map(|cut| least + (most - least) / 1000 * cut / 100 * 1000).collect();
    ends.push(most);
    ends.sort_unstable();
    ends.dedup();
    let starts = std::iter::once(least).chain(ends.iter().map(|end| end + 1000));
    let band = |(from, to): (i64, &i64)| Band {
        from: Decimal::from_thousandths(from).unwrap(),
        to: Decimal::from_thousandths(*to).unwrap(),
        text: text("väli"),
        severity: Severity::Usual,
    };
    starts.zip(&ends).map(band).collect()
}
