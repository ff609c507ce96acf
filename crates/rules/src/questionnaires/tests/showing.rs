//! What shows, what is open, what may leave.

use super::*;

fn prepared(items: Vec<Item>) -> Prepared {
    Prepared::new(form(items)).unwrap()
}

fn yes() -> Answer {
    Answer::YesNo(true)
}

#[test]
fn what_hangs_on_a_hidden_answer_is_hidden_with_it() {
    let by = |link_id, question| shown_by(yes_no(link_id), question, Operator::Equals, yes());
    let prepared = prepared(vec![yes_no("a"), by("b", "a"), by("c", "b"), by("d", "c")]);
    let all = answers(&[("a", yes()), ("b", yes()), ("c", yes()), ("d", yes())]);
    assert_eq!(ids(prepared.read(&all).shown()), ["a", "b", "c", "d"]);
    let mut first_no = all.clone();
    first_no.set("a", Answer::YesNo(false));
    assert_eq!(ids(prepared.read(&first_no).shown()), ["a"]);
    assert_eq!(prepared.to_send(&first_no), Ok(answers(&[("a", Answer::YesNo(false))])));
}

#[test]
fn a_hidden_group_hides_what_is_inside_at_any_depth() {
    let inner = group("inner", vec![yes_no("c")]);
    let outer = shown_by(group("outer", vec![yes_no("b"), inner]), "a", Operator::Equals, yes());
    let after = shown_by(yes_no("d"), "c", Operator::Equals, yes());
    let prepared = prepared(vec![yes_no("a"), outer, after]);
    let said = answers(&[("b", yes()), ("c", yes())]);
    assert_eq!(ids(prepared.read(&said).shown()), ["a"]);
    assert_eq!(prepared.to_send(&said), Ok(Answers::new()));
}

#[test]
fn without_an_answer_only_what_denies_holds() {
    let shows = |operator, value: Option<Answer>, question: Item| {
        let shown = Item { show_when: Some(when(&[("a", operator, value)])), ..yes_no("b") };
        prepared(vec![question, shown]).read(&Answers::new()).shows("b")
    };
    let whole = || whole("a", 0, 9);
    assert!(shows(Operator::Unanswered, None, whole()));
    assert!(shows(Operator::NotEquals, Some(counted(1)), whole()));
    assert!(shows(Operator::Excludes, Some(chosen("o0")), many("a", &[0])));
    assert!(!shows(Operator::Answered, None, whole()));
    assert!(!shows(Operator::Equals, Some(counted(0)), whole()));
    assert!(!shows(Operator::Less, Some(counted(1)), whole()));
    assert!(!shows(Operator::Includes, Some(chosen("o0")), many("a", &[0])));
}

#[test]
fn limits_are_exact() {
    let shows = |operator, answer: i16| {
        let shown = shown_by(yes_no("b"), "a", operator, counted(5));
        prepared(vec![whole("a", 0, 9), shown]).read(&answers(&[("a", counted(answer))])).shows("b")
    };
    let at = |operator| [4, 5, 6].map(|answer| shows(operator, answer));
    assert_eq!(at(Operator::Less), [true, false, false]);
    assert_eq!(at(Operator::AtMost), [true, true, false]);
    assert_eq!(at(Operator::Equals), [false, true, false]);
    assert_eq!(at(Operator::AtLeast), [false, true, true]);
    assert_eq!(at(Operator::Greater), [false, false, true]);
    assert_eq!(at(Operator::NotEquals), [true, false, true]);
}

#[test]
fn an_answer_that_is_refused_decides_nothing() {
    let shown = shown_by(yes_no("b"), "a", Operator::Greater, counted(5));
    let prepared = prepared(vec![whole("a", 0, 9), shown]);
    let said = answers(&[("a", counted(10))]);
    assert!(!prepared.read(&said).shows("b"));
    assert_eq!(prepared.to_send(&said), Err(vec![Refused::of("a", Refusal::TooLarge)]));
}

#[test]
fn each_answer_is_told_why_it_is_refused() {
    let prepared = prepared(vec![
        item("short", ItemKind::Text { max_characters: Some(3) }),
        whole("whole", 0, 9),
        item("scale", ItemKind::Scale { least: text("ei"), most: text("kova") }),
        one("one", &[0]),
        many("many", &[0, 1]),
        item("day", ItemKind::Date {}),
    ]);
    let refused = |link_id: &str, answer: Answer| {
        let refused = prepared.to_send(&answers(&[(link_id, answer)])).err().unwrap_or_default();
        refused.first().map(|refused| refused.refusal)
    };
    assert_eq!(refused("short", Answer::Text("äää".to_owned())), None);
    assert_eq!(refused("short", Answer::Text("ääää".to_owned())), Some(Refusal::TooLong));
    assert_eq!(refused("short", Answer::Text("\0".to_owned())), Some(Refusal::ForbiddenCharacter));
    assert_eq!(refused("whole", counted(-1)), Some(Refusal::TooSmall));
    assert_eq!(refused("whole", Answer::Number("1.5".parse().unwrap())), Some(Refusal::TooManyDecimals));
    assert_eq!(refused("scale", counted(10)), None);
    assert_eq!(refused("scale", counted(11)), Some(Refusal::TooLarge));
    assert_eq!(refused("one", chosen("o1")), Some(Refusal::NotAnOption));
    assert_eq!(refused("many", several(&["o1", "o1"])), Some(Refusal::ChosenTwice));
    assert_eq!(refused("many", several(&["o1", "o0"])), None);
    assert_eq!(refused("day", yes()), Some(Refusal::WrongType));
    assert_eq!(refused("nobody", yes()), Some(Refusal::UnknownQuestion));
}

#[test]
fn an_answer_that_says_nothing_leaves_its_question_open() {
    let required = |item| Item { is_required: true, ..item };
    let prepared = prepared(vec![
        required(item("a", ItemKind::LongText { max_characters: None })),
        required(many("b", &[0])),
        required(shown_by(yes_no("hidden"), "b", Operator::Includes, chosen("o0"))),
        yes_no("c"),
    ]);
    let said = answers(&[("a", Answer::Text(" \n".to_owned())), ("b", several(&[])), ("c", yes())]);
    let reading = prepared.read(&said);
    assert_eq!(ids(reading.open()), ["a", "b"]);
    assert_eq!(reading.progress(), (3, 1));
    let required = |link_id| Refused::of(link_id, Refusal::Required);
    assert_eq!(prepared.to_send(&said), Err(vec![required("a"), required("b")]));
}

#[test]
fn the_server_tells_refusals_by_the_name_of_the_question() {
    use omasote_types::error::FieldError;

    let prepared = prepared(vec![Item { is_required: true, ..whole("a", 0, 9) }]);
    let told = |said: &Answers| {
        let refused = prepared.to_send(said).unwrap_err();
        let told = refused.iter().map(FieldError::from);
        told.map(|error| (error.field, error.code)).collect::<Vec<_>>()
    };
    let expected = |field: &str, code| [(field.to_owned(), code)];
    assert_eq!(told(&Answers::new()), expected("answers.a", FieldErrorCode::Required));
    let too_large = answers(&[("a", counted(10))]);
    assert_eq!(told(&too_large), expected("answers.a", FieldErrorCode::InvalidFormat));
    let said = answers(&[("a", counted(3)), ("x", yes())]);
    assert_eq!(told(&said), expected("answers.x", FieldErrorCode::UnknownReference));
    let problems = Prepared::new(form(vec![one("b", &[])])).unwrap_err();
    let told: Vec<FieldError> = problems.iter().map(FieldError::from).collect();
    assert_eq!((told[0].field.as_str(), told[0].code), ("items.b", FieldErrorCode::Required));
}
