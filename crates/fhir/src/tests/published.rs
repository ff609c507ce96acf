//! What FHIR publishes itself: see `fixtures/README.md`.

use std::collections::BTreeSet;

use omasote_rules::questionnaires::Prepared;
use omasote_types::questionnaires::{Answer, ItemKind};
use serde_json::Value;

use super::*;

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// Those that fit.
const FITTING: [(&str, &str); 2] = [
    ("f201", include_str!("../../fixtures/questionnaire-f201.json")),
    ("gcs", include_str!("../../fixtures/questionnaire-gcs.json")),
];

#[test]
fn those_that_fit_come_in_and_go_out_and_come_in_the_same() {
    for (name, published) in FITTING {
        let imported = form(&json(published)).unwrap_or_else(|reasons| panic!("{name}: {reasons:?}"));
        let again = form(&questionnaire(&imported.form, &imported.header)).unwrap();
        assert_eq!((&again.form, &again.header), (&imported.form, &imported.header), "{name}");
        assert_eq!(again.left_out, [], "{name}");
        assert!(Prepared::new(again.form).is_ok(), "{name}");
    }
}

#[test]
fn what_has_no_place_is_named() {
    let left_out = |published| {
        let left_out = form(&json(published)).unwrap().left_out;
        left_out.into_iter().map(|reason| reason.element).collect::<BTreeSet<_>>()
    };
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>();
    assert_eq!(left_out(FITTING[0].1), names(&["code", "date", "id", "subjectType", "text"]));
    let of_scale = names(&["code", "id", "publisher", "subjectType", "text"]);
    assert_eq!(left_out(FITTING[1].1), of_scale);
}

#[test]
fn the_options_of_a_value_set_that_comes_along_are_taken() {
    let imported = form(&json(FITTING[1].1)).unwrap();
    let [verbal, ..] = imported.form.items.as_slice() else { panic!("no items") };
    let ItemKind::One { options } = &verbal.kind else { panic!("no choice") };
    assert_eq!(options.len(), 5);
    assert_eq!(
        (options[0].system.as_deref(), options[0].code.as_str()),
        (Some("http://loinc.org"), "LA6557-8")
    );
    assert_eq!(verbal.codes[0].code, "9270-0");
    assert_eq!(imported.form.title.en, "Glasgow Coma Score");
}

#[test]
fn published_answers_come_in_and_go_out_the_same() {
    let imported = form(&json(FITTING[1].1)).unwrap();
    let published = json(include_str!("../../fixtures/response-gcs.json"));
    let given = answers(&imported.form, &published).unwrap();
    assert_eq!(given.get("1.1"), Some(&Answer::One("LA6560-2".to_owned())));
    let prepared = Prepared::new(imported.form.clone()).unwrap();
    assert_eq!(prepared.to_send(&given).as_ref(), Ok(&given));
    let written = response(&imported.form, &given, &imported.header).unwrap();
    assert_eq!(answers(&imported.form, &written), Ok(given));
}

#[test]
fn published_answers_that_are_not_of_their_own_form_are_told() {
    // They answer a question that the form does not have, and yes and no in words.
    let imported = form(&json(FITTING[0].1)).unwrap();
    let refused =
        answers(&imported.form, &json(include_str!("../../fixtures/response-f201.json"))).unwrap_err();
    let told: Vec<_> = refused.iter().map(|reason| (reason.link_id.as_str(), reason.why)).collect();
    let expected = [("1.1", Why::UnknownQuestion), ("3.1", Why::WrongType), ("3.2", Why::WrongType)];
    assert_eq!(told, expected);
}

/// Those that do not fit, and why.
#[test]
fn those_that_do_not_fit_say_why() {
    let why = |published| {
        let reasons = form(&json(published)).unwrap_err();
        reasons.into_iter().map(|reason| (reason.why, reason.element)).collect::<BTreeSet<_>>()
    };
    let all = |reasons: &[(Why, &str)]| {
        reasons.iter().map(|(why, element)| (*why, (*element).to_owned())).collect::<BTreeSet<_>>()
    };
    // Questions inside questions; options in value sets of other places; six levels.
    assert_eq!(
        why(include_str!("../../fixtures/questionnaire-3141.json")),
        all(&[(Why::ItemsInQuestion, "item"), (Why::ValueSetElsewhere, "answerValueSet")])
    );
    // Questions inside questions; times of day.
    assert_eq!(
        why(include_str!("../../fixtures/questionnaire-bb.json")),
        all(&[(Why::ItemType, "dateTime"), (Why::ItemsInQuestion, "item")])
    );
    // Options in value sets of other places; a total that an expression counts.
    assert_eq!(
        why(include_str!("../../fixtures/questionnaire-phq-9-questionnaire.json")),
        all(&[
            (Why::UnknownExtension, "http://hl7.org/fhir/StructureDefinition/cqf-expression"),
            (Why::ValueSetElsewhere, "answerValueSet"),
        ])
    );
    // A description of a form rather than one: groups and references that repeat, options that are not listed.
    let described = why(include_str!("../../fixtures/questionnaire-qs1.json"));
    let kinds: BTreeSet<Why> = described.into_iter().map(|(why, _)| why).collect();
    assert!([Why::ItemType, Why::Repeats, Why::UnknownExtension].iter().all(|why| kinds.contains(why)));
    // Quantities, which leave the unit open.
    assert_eq!(
        why(include_str!("../../fixtures/questionnaire-zika-virus-exposure-assessment.json")),
        all(&[(Why::ItemType, "quantity")])
    );
}
