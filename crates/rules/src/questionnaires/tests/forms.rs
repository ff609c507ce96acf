//! What is wrong with forms.

use super::*;

fn flaws(form: Form) -> Vec<Flaw> {
    Prepared::new(form).err().unwrap_or_default().into_iter().map(|problem| problem.flaw).collect()
}

fn flaws_of(items: Vec<Item>) -> Vec<Flaw> {
    flaws(form(items))
}

#[test]
fn each_item_is_looked_at_by_itself() {
    assert_eq!(flaws_of(vec![yes_no("a"), group("g", vec![yes_no("a")])]), [Flaw::NameTwice]);
    assert_eq!(flaws_of(vec![Item { is_required: true, ..group("g", vec![]) }]), [Flaw::NothingToRequire]);
    assert_eq!(flaws_of(vec![one("a", &[])]), [Flaw::NoOptions]);
    let twice = [options(&[0]), options(&[1])].concat();
    assert_eq!(flaws_of(vec![item("a", ItemKind::Many { options: twice })]), [Flaw::OptionTwice]);
    let pictures = ItemKind::ImageChoice { options: options(&[0]) };
    assert_eq!(flaws_of(vec![item("a", pictures)]), [Flaw::NoPicture]);
    assert_eq!(flaws_of(vec![whole("a", 5, 4)]), [Flaw::Bounds]);
    let fine = ItemKind::Number { unit: None, min: Decimal::from_thousandths(500), max: None, decimals: 0 };
    assert_eq!(flaws_of(vec![item("a", fine)]), [Flaw::Bounds]);
    let too_fine = ItemKind::Number { unit: None, min: None, max: None, decimals: 4 };
    assert_eq!(flaws_of(vec![item("a", too_fine)]), [Flaw::Bounds]);
    let too_long = Item { text: text(&"a".repeat(5001)), ..yes_no("a") };
    assert_eq!(flaws_of(vec![too_long]), [Flaw::Size(FieldErrorCode::TooLong)]);
}

#[test]
fn a_condition_is_about_a_question_before_it() {
    let by = |question| shown_by(yes_no("b"), question, Operator::Equals, Answer::YesNo(true));
    assert_eq!(flaws_of(vec![yes_no("a"), by("a")]), []);
    assert_eq!(flaws_of(vec![group("g", vec![yes_no("a")]), by("a")]), []);
    assert_eq!(flaws_of(vec![by("a"), yes_no("a")]), [Flaw::LaterQuestion]);
    assert_eq!(flaws_of(vec![by("b")]), [Flaw::LaterQuestion]);
    assert_eq!(flaws_of(vec![by("x")]), [Flaw::UnknownQuestion]);
    assert_eq!(flaws_of(vec![group("g", vec![by("g")])]), [Flaw::UnknownQuestion]);
    // What is inside a group cannot decide whether the group shows, as it comes after the group.
    let circle = Item { show_when: by("a").show_when, ..group("g", vec![yes_no("a")]) };
    assert_eq!(flaws_of(vec![circle]), [Flaw::LaterQuestion]);
}

#[test]
fn a_condition_compares_what_can_be_compared() {
    let about = |question: Item, operator, value| {
        let shown = Item { show_when: Some(when(&[("a", operator, value)])), ..yes_no("b") };
        flaws_of(vec![question, shown])
    };
    assert_eq!(about(one("a", &[0]), Operator::Greater, Some(counted(1))), [Flaw::Operator]);
    assert_eq!(about(many("a", &[0]), Operator::Equals, Some(several(&["o0"]))), [Flaw::Operator]);
    assert_eq!(about(one("a", &[0]), Operator::Includes, Some(chosen("o0"))), [Flaw::Operator]);
    assert_eq!(about(one("a", &[0]), Operator::Equals, Some(chosen("o1"))), [Flaw::Value]);
    assert_eq!(about(many("a", &[0]), Operator::Includes, Some(chosen("o1"))), [Flaw::Value]);
    assert_eq!(about(whole("a", 0, 9), Operator::Equals, Some(counted(10))), [Flaw::Value]);
    assert_eq!(about(whole("a", 0, 9), Operator::AtMost, Some(counted(10))), []);
    assert_eq!(about(whole("a", 0, 9), Operator::AtMost, Some(chosen("o0"))), [Flaw::Value]);
    assert_eq!(about(yes_no("a"), Operator::Answered, Some(Answer::YesNo(true))), [Flaw::Value]);
    assert_eq!(about(yes_no("a"), Operator::Equals, None), [Flaw::Value]);
    assert_eq!(about(yes_no("a"), Operator::Unanswered, None), []);
}

#[test]
fn bands_cover_what_a_score_can_be_once() {
    let with = |bands: &[(i16, i16)]| {
        let items = vec![one("a", &[0, 1, 3]), many("b", &[2, 4])];
        flaws(Form { scores: vec![score(&["a", "b"], bands)], ..form(items) })
    };
    assert_eq!(with(&[]), []);
    assert_eq!(with(&[(0, 4), (5, 9)]), []);
    assert_eq!(with(&[(-3, 4), (5, 100)]), []);
    assert_eq!(with(&[(0, 4), (6, 9)]), [Flaw::BandsLack]);
    assert_eq!(with(&[(1, 4), (5, 9)]), [Flaw::BandsLack]);
    assert_eq!(with(&[(0, 4), (5, 8)]), [Flaw::BandsLack]);
    assert_eq!(with(&[(0, 5), (5, 9)]), [Flaw::BandsOverlap]);
    assert_eq!(with(&[(5, 9), (0, 4)]), [Flaw::BandsLack]);
    assert_eq!(with(&[(0, 9), (9, 0)]), [Flaw::BandsOverlap]);
}

#[test]
fn a_gap_that_no_score_falls_into_is_none() {
    let scores = |factor, bands: &[(i16, i16)]| {
        let score = Score { factor, ..score(&["a"], bands) };
        flaws(Form { scores: vec![score], ..form(vec![one("a", &[0, 1, 5])]) })
    };
    assert_eq!(scores(number(4), &[(0, 8), (12, 20)]), []);
    assert_eq!(scores(number(4), &[(0, 8), (13, 20)]), [Flaw::BandsLack]);
    assert_eq!(scores(Decimal::ZERO, &[]), [Flaw::Factor]);
    assert_eq!(scores("0.001".parse().unwrap(), &[(0, 5)]), []);
    assert_eq!(scores(number(-1), &[]), [Flaw::Factor]);
}

#[test]
fn questions_that_show_by_options_of_one_question_are_not_counted_together() {
    let by = |link_id, code| shown_by(one(link_id, &[0, 3, 4]), "sex", Operator::Equals, chosen(code));
    let items = vec![one("sex", &[0, 0]), by("man", "o0"), by("woman", "o1")];
    let with =
        |top| flaws(Form { scores: vec![score(&["man", "woman"], &[(0, top)])], ..form(items.clone()) });
    assert_eq!(with(4), []);
    assert_eq!(with(3), [Flaw::BandsLack]);
    let inside = |link_id, code| Item {
        show_when: by("x", code).show_when,
        ..group(&format!("{link_id}s"), vec![one(link_id, &[0, 4])])
    };
    let items = vec![one("sex", &[0, 0]), inside("man", "o0"), inside("woman", "o1")];
    assert_eq!(flaws(Form { scores: vec![score(&["man", "woman"], &[(0, 4)])], ..form(items) }), []);
}

#[test]
fn a_score_counts_what_counts() {
    let of = |score: Score| {
        let unscored = Choice { score: None, ..options(&[0]).remove(0) };
        let items = vec![
            one("a", &[0, 1]),
            item("text", ItemKind::Text { max_characters: None }),
            item("open", ItemKind::Number { unit: None, min: None, max: None, decimals: 3 }),
            item("open2", ItemKind::Number { unit: None, min: None, max: None, decimals: 3 }),
            item("unscored", ItemKind::One { options: vec![unscored] }),
        ];
        flaws(Form { scores: vec![score], ..form(items) })
    };
    assert_eq!(of(score(&["a"], &[])), []);
    assert_eq!(of(score(&["open"], &[])), []);
    assert_eq!(of(score(&["open", "open2"], &[])), [Flaw::TooLarge]);
    assert_eq!(of(score(&["text"], &[])), [Flaw::NotCounted]);
    assert_eq!(of(score(&["unscored"], &[])), [Flaw::NotCounted]);
    assert_eq!(of(score(&["a", "a"], &[])), [Flaw::CountedTwice]);
    assert_eq!(of(score(&[], &[])), [Flaw::NothingCounted]);
    assert_eq!(of(score(&["x"], &[])), [Flaw::UnknownQuestion]);
    assert_eq!(of(Score { minimum_answered: Some(2), ..score(&["a"], &[]) }), [Flaw::Minimum]);
    assert_eq!(of(Score { minimum_answered: Some(0), ..score(&["a"], &[]) }), [Flaw::Minimum]);
}

#[test]
fn a_language_that_is_offered_is_there_in_full() {
    let offering = |fi, sv| {
        let mut form = form(vec![Item { help: text("apu"), ..yes_no("a") }, group("g", vec![yes_no("b")])]);
        form.title.sv = "Blankett".to_owned();
        form.translations.fi = fi;
        form.translations.sv = sv;
        form
    };
    use omasote_types::questionnaires::Translation::{Missing, Original, Working};
    let flaws = |form: Form| {
        let problems = Prepared::new(form).unwrap().unpublishable();
        problems.into_iter().map(|problem| problem.flaw).collect::<Vec<_>>()
    };
    assert_eq!(flaws(offering(Original, Missing)), []);
    assert_eq!(flaws(offering(Missing, Missing)), [Flaw::NoLanguage]);
    assert_eq!(flaws(offering(Original, Working)), [Flaw::LanguageIncomplete(Language::Sv)]);
    let [fi, sv, en] = completeness(&offering(Original, Working));
    assert!(fi.is_complete());
    let (a, g) = (Place::Item("a".to_owned()), Place::Item("g".to_owned()));
    let b = Place::Item("b".to_owned());
    assert_eq!(sv.missing, [a.clone(), a.clone(), g.clone(), b.clone()]);
    assert_eq!((en.total, en.missing), (5, vec![Place::Form, a.clone(), a, g, b]));
}

#[test]
fn an_empty_group_can_be_made_and_not_published() {
    let mut form = form(vec![group("g", vec![group("h", vec![])])]);
    form.translations.fi = omasote_types::questionnaires::Translation::Original;
    let empty = Problem { place: Place::Item("h".to_owned()), flaw: Flaw::EmptyGroup };
    assert_eq!(Prepared::new(form).unwrap().unpublishable(), [empty]);
}
