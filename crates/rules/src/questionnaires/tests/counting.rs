//! Scores, alerts, and the summary.

use super::*;

fn with_score(items: Vec<Item>, score: Score) -> Prepared {
    Prepared::new(Form { scores: vec![score], ..form(items) }).unwrap()
}

fn value(prepared: &Prepared, all: &[(&str, Answer)]) -> Option<Decimal> {
    let said = answers(all);
    prepared.read(&said).scores().next().and_then(|outcome| outcome.value())
}

fn missing(prepared: &Prepared, all: &[(&str, Answer)]) -> Vec<String> {
    let said = answers(all);
    match prepared.read(&said).scores().next() {
        Some(Outcome::Missing { questions, .. }) => {
            questions.into_iter().map(|item| item.link_id.clone()).collect()
        }
        _ => Vec::new(),
    }
}

#[test]
fn every_kind_that_counts_counts() {
    let scale = item("scale", ItemKind::Scale { least: text(""), most: text("") });
    let items =
        vec![one("one", &[0, 3]), many("many", &[1, 2, -4]), yes_no("yes"), whole("whole", 0, 9), scale];
    let names = ["one", "many", "yes", "whole", "scale"];
    let prepared = with_score(items, Score { factor: number(2), ..score(&names, &[]) });
    let all = [
        ("one", chosen("o1")),
        ("many", several(&["o0", "o2"])),
        ("yes", Answer::YesNo(true)),
        ("whole", counted(7)),
        ("scale", counted(10)),
    ];
    assert_eq!(value(&prepared, &all), Some(number(2 * 18)));
    assert_eq!(value(&prepared, &all[1..]), None);
    assert_eq!(missing(&prepared, &all[1..]), ["one"]);
}

#[test]
fn a_hidden_answer_counts_for_nothing_and_is_not_missing() {
    let hidden = shown_by(one("b", &[0, 5]), "a", Operator::Equals, chosen("o1"));
    let prepared = with_score(vec![one("a", &[0, 1]), hidden], score(&["a", "b"], &[]));
    assert_eq!(value(&prepared, &[("a", chosen("o0")), ("b", chosen("o1"))]), Some(number(0)));
    assert_eq!(value(&prepared, &[("a", chosen("o1")), ("b", chosen("o1"))]), Some(number(6)));
    assert_eq!(missing(&prepared, &[("a", chosen("o1"))]), ["b"]);
}

#[test]
fn what_decides_whether_counted_questions_show_is_missing_too() {
    let by = |link_id, code| shown_by(one(link_id, &[0, 3]), "sex", Operator::Equals, chosen(code));
    let items = vec![one("sex", &[0, 0]), by("man", "o0"), by("woman", "o1")];
    let prepared =
        with_score(items, Score { minimum_answered: Some(1), ..score(&["man", "woman"], &[(0, 6)]) });
    assert_eq!(missing(&prepared, &[]), ["sex"]);
    assert_eq!(missing(&prepared, &[("sex", chosen("o0"))]), ["man"]);
    assert_eq!(value(&prepared, &[("sex", chosen("o1")), ("woman", chosen("o1"))]), Some(number(3)));
}

#[test]
fn so_many_answers_are_enough() {
    let items = vec![one("a", &[0, 1]), one("b", &[0, 2]), one("c", &[0, 4])];
    let prepared = with_score(items, Score { minimum_answered: Some(2), ..score(&["a", "b", "c"], &[]) });
    assert_eq!(missing(&prepared, &[("a", chosen("o1"))]), ["b", "c"]);
    assert_eq!(value(&prepared, &[("a", chosen("o1")), ("c", chosen("o1"))]), Some(number(5)));
}

#[test]
fn there_is_a_score_only_when_its_conditions_hold() {
    let only = Score {
        when: Some(when(&[("sex", Operator::Equals, Some(chosen("o0")))])),
        ..score(&["a"], &[(0, 0), (1, 1)])
    };
    let prepared = with_score(vec![one("a", &[0, 1]), one("sex", &[0, 0])], only);
    let scores = |sex| {
        let said = answers(&[("a", chosen("o1")), ("sex", chosen(sex))]);
        let reading = prepared.read(&said);
        let bands = reading.scores().map(|outcome| match outcome {
            Outcome::Counted { band, range, .. } => (band.map(|band| band.from), range),
            Outcome::Missing { .. } => panic!("all is answered"),
        });
        bands.collect::<Vec<_>>()
    };
    assert_eq!(scores("o0"), [(Some(number(1)), (number(0), number(1)))]);
    assert_eq!(scores("o1"), []);
}

#[test]
fn a_summary_begins_with_what_is_urgent() {
    let above = |question, value| when(&[(question, Operator::Greater, Some(counted(value)))]);
    let any = Conditions { join: Join::Any, of: [above("a", 5).of, above("b", 5).of].concat() };
    let prepared = Prepared::new(Form {
        alerts: vec![alert("calm", any, false), alert("urgent", above("c", 0), true)],
        scores: vec![score(&["a", "c"], &[])],
        ..form(vec![whole("a", 0, 9), whole("b", 0, 9), whole("c", 0, 9), whole("d", 0, 9)])
    })
    .unwrap();
    let before = answers(&[("a", counted(1)), ("b", counted(8)), ("c", counted(0))]);
    let after = answers(&[("a", counted(9)), ("b", counted(2)), ("c", counted(1))]);
    let (last, reading) = (prepared.read(&before), prepared.read(&after));
    let summary = reading.summary(Some(&last));
    assert_eq!(
        summary.alerts.iter().map(|alert| alert.code.as_str()).collect::<Vec<_>>(),
        ["urgent", "calm"]
    );
    assert_eq!(ids(summary.flagged.iter().map(|(item, _)| *item)), ["c", "a"]);
    assert_eq!(ids(summary.changes.iter().map(|change| change.item)), ["a", "b", "c"]);
    assert_eq!(summary.changes[0].before, Some(&counted(1)));
    let score = &summary.score_changes[0];
    assert_eq!((score.code, score.before, score.after), ("sum", number(1), number(10)));
    assert_eq!(ids(summary.open.into_iter()), ["d"]);
    assert_eq!(reading.summary(None).changes, []);
}

#[test]
fn an_alert_about_a_hidden_answer_is_not_raised() {
    let hidden = shown_by(whole("b", 0, 9), "a", Operator::Equals, Answer::YesNo(true));
    let above = when(&[("b", Operator::Greater, Some(counted(0)))]);
    let form = Form { alerts: vec![alert("b", above, true)], ..form(vec![yes_no("a"), hidden]) };
    let prepared = Prepared::new(form).unwrap();
    let raised = |a| prepared.read(&answers(&[("a", Answer::YesNo(a)), ("b", counted(3))])).alerts().len();
    assert_eq!((raised(true), raised(false)), (1, 0));
}
