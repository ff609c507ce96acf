//! Every shipped form is sound and complete, and every value and limit of its scoring is what was published.

use omasote_rules::questionnaires::{Outcome, Prepared};
use omasote_types::decimal::Decimal;
use omasote_types::language::Language;
use omasote_types::questionnaires::{Answer, Answers, ItemKind, Severity, Translation};

use super::*;

fn prepared(name: &str) -> Prepared {
    let shipped = all().find(|shipped| shipped.name == name).unwrap();
    Prepared::new(shipped.form().unwrap()).unwrap_or_else(|problems| panic!("{name}: {problems:?}"))
}

/// The answer that an item's option of this number is.
fn option(form: &Prepared, link_id: &str, number: usize) -> Answer {
    let item = form.items().find(|item| item.link_id == link_id).unwrap();
    Answer::One(item.kind.options()[number].code.clone())
}

fn answers(form: &Prepared, chosen: &[(&str, usize)]) -> Answers {
    chosen.iter().map(|(link_id, number)| (*link_id, option(form, link_id, *number))).collect()
}

/// What a score comes to, and what its band is marked as.
fn result(form: &Prepared, answers: &Answers, code: &str) -> Option<(i64, Option<Severity>)> {
    let reading = form.read(answers);
    reading.scores().find_map(|outcome| match outcome {
        Outcome::Counted { score, value, band, .. } if score.code == code => {
            Some((value.thousandths() / 1000, band.map(|band| band.severity)))
        }
        _ => None,
    })
}

/// What each option of a question counts for.
fn worths(form: &Prepared, link_id: &str) -> Vec<i64> {
    let item = form.items().find(|item| item.link_id == link_id).unwrap();
    let worth = |score: Option<Decimal>| score.unwrap().thousandths() / 1000;
    item.kind.options().iter().map(|option| worth(option.score)).collect()
}

fn bands(form: &Prepared, code: &str) -> Vec<(i64, i64, Severity)> {
    let score = form.form().scores.iter().find(|score| score.code == code).unwrap();
    let whole = |number: Decimal| number.thousandths() / 1000;
    score.bands.iter().map(|band| (whole(band.from), whole(band.to), band.severity)).collect()
}

#[test]
fn each_is_sound_and_there_in_three_languages() {
    for shipped in all() {
        let form = prepared(shipped.name);
        assert_eq!(form.unpublishable(), [], "{}", shipped.name);
        for language in Language::ALL {
            assert_ne!(form.form().translations.of(language), Translation::Missing, "{}", shipped.name);
            // Nothing here has been checked against a translation that its owner approved.
            assert_ne!(form.form().translations.of(language), Translation::Official, "{}", shipped.name);
        }
        let rights = &form.form().rights;
        assert!(!rights.licence.is_empty() && !rights.source.is_empty(), "{}", shipped.name);
    }
}

#[test]
fn what_screens_says_that_it_is_no_diagnosis() {
    for shipped in all() {
        let form = shipped.form().unwrap();
        let is_screening = form.scores.iter().any(|score| score.is_screening);
        assert_eq!(is_screening, form.description.fi.contains("seulonta, ei diagnoosi"), "{}", shipped.name);
        assert_eq!(
            is_screening,
            !["pre-visit", "pain", GUIDE_READ, DOCUMENT].contains(&shipped.name),
            "{}",
            shipped.name
        );
    }
}

#[test]
fn phq_9_counts_nine_times_nothing_to_three() {
    let form = prepared("phq-9");
    let names: Vec<String> = (1..=9).map(|number| format!("phq-{number}")).collect();
    for name in &names {
        assert_eq!(worths(&form, name), [0, 1, 2, 3], "{name}");
    }
    use Severity::{Mild, Moderate, Severe, Usual};
    let limits = [(0, 4, Usual), (5, 9, Mild), (10, 14, Moderate), (15, 19, Severe), (20, 27, Severe)];
    assert_eq!(bands(&form, "phq-9"), limits);
    assert_eq!(bands(&form, "phq-2"), [(0, 2, Usual), (3, 6, Mild)]);
    for total in 0..=27 {
        let mut left = total;
        let chosen = names.iter().map(|name| {
            let now = left.min(3);
            left -= now;
            (name.as_str(), now)
        });
        let chosen: Vec<_> = chosen.collect();
        let (value, severity) = result(&form, &answers(&form, &chosen), "phq-9").unwrap();
        assert_eq!(value, i64::try_from(total).unwrap());
        let expected = limits.iter().find(|(from, to, _)| (*from..=*to).contains(&value)).unwrap().2;
        assert_eq!(severity, Some(expected));
        assert_eq!(result(&form, &answers(&form, &chosen[1..]), "phq-9"), None);
    }
}

#[test]
fn any_thought_of_self_harm_is_urgent_at_once() {
    let form = prepared("phq-9");
    for (number, alerts) in [(0, 0), (1, 1), (2, 1), (3, 1)] {
        // The ninth answer alone is enough; the rest may be open still.
        let said = answers(&form, &[("phq-9", number)]);
        let raised = form.read(&said).alerts();
        assert_eq!(raised.len(), alerts, "option {number}");
        assert!(raised.iter().all(|alert| alert.is_urgent && alert.text.fi.contains("112")));
    }
}

#[test]
fn gad_7_counts_seven_times_nothing_to_three() {
    let form = prepared("gad-7");
    for number in 1..=7 {
        assert_eq!(worths(&form, &format!("gad-{number}")), [0, 1, 2, 3]);
    }
    use Severity::{Mild, Moderate, Severe, Usual};
    let limits = [(0, 4, Usual), (5, 9, Mild), (10, 14, Moderate), (15, 21, Severe)];
    assert_eq!(bands(&form, "gad-7"), limits);
    let all = ["gad-1", "gad-2", "gad-3", "gad-4", "gad-5", "gad-6", "gad-7"].map(|name| (name, 3));
    assert_eq!(result(&form, &answers(&form, &all), "gad-7"), Some((21, Some(Severe))));
}

#[test]
fn findrisc_counts_as_published() {
    let form = prepared("findrisc");
    let published: [(&str, &[i64]); 9] = [
        ("age", &[0, 2, 3, 4]),
        ("bmi", &[0, 1, 3]),
        ("waist-man", &[0, 3, 4]),
        ("waist-woman", &[0, 3, 4]),
        ("activity", &[0, 2]),
        // Not two: that is a variant of the test that goes round.
        ("vegetables", &[0, 1]),
        ("pressure", &[2, 0]),
        ("glucose", &[5, 0]),
        ("family", &[0, 3, 5]),
    ];
    for (name, expected) in published {
        assert_eq!(worths(&form, name), expected, "{name}");
    }
    use Severity::{Mild, Moderate, Severe, Usual};
    let limits = [(0, 6, Usual), (7, 11, Mild), (12, 14, Moderate), (15, 20, Severe), (21, 26, Severe)];
    assert_eq!(bands(&form, "findrisc"), limits);
    let text = |link_id: &str, place: usize| {
        let item = form.items().find(|item| item.link_id == link_id).unwrap();
        item.kind.options()[place].text.fi.clone()
    };
    assert_eq!((text("waist-man", 1), text("waist-woman", 1)), ("94–102 cm".into(), "80–88 cm".into()));
    assert_eq!((text("waist-man", 2), text("waist-woman", 2)), ("Yli 102 cm".into(), "Yli 88 cm".into()));
}

#[test]
fn findrisc_takes_the_waist_by_the_limits_that_were_chosen() {
    let form = prepared("findrisc");
    let most = [
        ("age", 3),
        ("bmi", 2),
        ("activity", 1),
        ("vegetables", 1),
        ("pressure", 0),
        ("glucose", 0),
        ("family", 2),
    ];
    let with = |more: &[(&str, usize)]| answers(&form, &[&most, more].concat());
    let both = [("waist-man", 2), ("waist-woman", 0)];
    let man = with(&[&[("sex", 0)], both.as_slice()].concat());
    let woman = with(&[&[("sex", 1)], both.as_slice()].concat());
    assert_eq!(result(&form, &man, "findrisc"), Some((26, Some(Severity::Severe))));
    assert_eq!(result(&form, &woman, "findrisc"), Some((22, Some(Severity::Severe))));
    assert_eq!(form.to_send(&man).unwrap().get("waist-woman"), None);
    let missing = |said: &Answers| match form.read(said).scores().next() {
        Some(Outcome::Missing { questions, .. }) => {
            questions.iter().map(|item| item.link_id.clone()).collect::<Vec<_>>()
        }
        _ => Vec::new(),
    };
    assert_eq!(missing(&with(&both)), ["sex"]);
    assert_eq!(missing(&with(&[("sex", 1), ("waist-man", 2)])), ["waist-woman"]);
}

#[test]
fn audit_counts_as_published() {
    let form = prepared("audit");
    for number in 1..=8 {
        assert_eq!(worths(&form, &format!("audit-{number}")), [0, 1, 2, 3, 4], "question {number}");
    }
    for number in 9..=10 {
        assert_eq!(worths(&form, &format!("audit-{number}")), [0, 2, 4], "question {number}");
    }
    use Severity::{Mild, Moderate, Severe, Usual};
    let zones = [(0, 7, Usual), (8, 15, Mild), (16, 19, Moderate), (20, 40, Severe)];
    assert_eq!(bands(&form, "audit"), zones);
    let names: Vec<String> = (1..=10).map(|number| format!("audit-{number}")).collect();
    let most: Vec<_> = names
        .iter()
        .enumerate()
        .map(|(place, name)| (name.as_str(), if place < 8 { 4 } else { 2 }))
        .collect();
    assert_eq!(result(&form, &answers(&form, &most), "audit"), Some((40, Some(Severe))));
}

#[test]
fn audit_skips_what_the_manual_skips() {
    let form = prepared("audit");
    let shown = |chosen: &[(&str, usize)]| {
        let said = answers(&form, chosen);
        let reading = form.read(&said);
        let questions = reading.shown().filter(|item| item.kind.is_question());
        questions.map(|item| item.link_id.clone()).collect::<Vec<_>>()
    };
    assert_eq!(shown(&[]), ["audit-1", "audit-9", "audit-10"]);
    // Whoever never drinks goes from the first to the ninth, whatever was answered between.
    assert_eq!(shown(&[("audit-1", 0), ("audit-2", 4)]), ["audit-1", "audit-9", "audit-10"]);
    let few = ["audit-1", "audit-2", "audit-3", "audit-9", "audit-10"];
    assert_eq!(shown(&[("audit-1", 1), ("audit-2", 0), ("audit-3", 0)]), few);
    for more in
        [[("audit-1", 1), ("audit-2", 1), ("audit-3", 0)], [("audit-1", 1), ("audit-2", 0), ("audit-3", 1)]]
    {
        assert_eq!(shown(&more).len(), 10);
    }
    let never = answers(&form, &[("audit-1", 0), ("audit-2", 4), ("audit-9", 1), ("audit-10", 0)]);
    assert_eq!(result(&form, &never, "audit"), Some((2, Some(Severity::Usual))));
}

#[test]
fn audit_c_has_a_limit_of_six_for_men_and_five_for_all_others() {
    let form = prepared("audit-c");
    let with =
        |sex, second| answers(&form, &[("sex", sex), ("audit-1", 3), ("audit-2", second), ("audit-3", 1)]);
    let (below, above) = (Some(Severity::Usual), Some(Severity::Moderate));
    assert_eq!(result(&form, &with(0, 1), "audit-c-men"), Some((5, below)));
    assert_eq!(result(&form, &with(0, 2), "audit-c-men"), Some((6, above)));
    for sex in [1, 2] {
        assert_eq!(result(&form, &with(sex, 0), "audit-c-women"), Some((4, below)));
        assert_eq!(result(&form, &with(sex, 1), "audit-c-women"), Some((5, above)));
        assert_eq!(result(&form, &with(sex, 1), "audit-c-men"), None);
    }
    assert_eq!(form.read(&answers(&form, &[("audit-1", 3)])).scores().count(), 0);
}

#[test]
fn pain_is_a_number_from_nothing_to_ten() {
    let form = prepared("pain");
    let said = |number: i16| Answers::from_iter([("pain-now", Answer::Number(Decimal::from(number)))]);
    assert_eq!(result(&form, &said(7), "pain-now"), Some((7, None)));
    assert!(form.read(&said(1)).shows("where"));
    assert!(!form.read(&said(0)).shows("where"));
    assert!(form.to_send(&said(11)).is_err());
}

#[test]
fn signs_of_an_emergency_before_a_visit_are_urgent() {
    let form = prepared("pre-visit");
    let signs = form.items().find(|item| item.link_id == "urgent-signs").unwrap();
    assert!(matches!(signs.kind, ItemKind::Many { .. }));
    for option in signs.kind.options() {
        let said = Answers::from_iter([("urgent-signs", Answer::Many(vec![option.code.clone()]))]);
        assert!(
            form.read(&said).alerts().iter().any(|alert| alert.is_urgent && alert.text.en.contains("112"))
        );
    }
    assert_eq!(form.read(&Answers::new()).alerts().len(), 0);
}
