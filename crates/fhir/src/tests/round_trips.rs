//! Our forms and answers go out and come back the same.

use omasote_rules::questionnaires::Prepared;
use omasote_types::questionnaires::{Answer, Answers, Item, ItemKind};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::made_up::{any_answers, any_form};
use super::*;

#[test]
fn every_shipped_form_goes_out_and_comes_back_the_same() {
    for shipped in omasote_forms::all() {
        let ours = shipped.form().unwrap();
        let imported = form(&questionnaire(&ours, &header())).unwrap();
        assert_eq!(imported.form, ours, "{}", shipped.name);
        assert_eq!(imported.header, header());
        assert_eq!((imported.language, imported.left_out), (Language::Fi, vec![]));
    }
}

#[test]
fn a_form_is_written_as_others_read_it() {
    let phq = omasote_forms::all().find(|shipped| shipped.name == "phq-9").unwrap().form().unwrap();
    let written = questionnaire(&phq, &header());
    let first = &written["item"][0]["item"][0];
    assert_eq!(
        (&first["linkId"], &first["type"], &first["required"]),
        (&json!("phq-1"), &json!("choice"), &json!(true))
    );
    assert_eq!(first["_text"]["extension"][0]["url"], "http://hl7.org/fhir/StructureDefinition/translation");
    let option = &first["answerOption"][3];
    assert_eq!(option["valueCoding"]["code"], "nearly-every-day");
    assert_eq!(option["extension"][0], json!({ "url": urls::ORDINAL, "valueDecimal": 3 }));
    let audit = omasote_forms::all().find(|shipped| shipped.name == "audit").unwrap().form().unwrap();
    let written = questionnaire(&audit, &header());
    let group = &written["item"][1];
    assert_eq!(group["enableBehavior"], "all");
    let exists = json!({ "question": "audit-1", "operator": "exists", "answerBoolean": true });
    let not = json!({ "question": "audit-1", "operator": "!=", "answerCoding": { "code": "never" } });
    assert_eq!(group["enableWhen"], json!([exists, not]));
}

#[test]
fn nothing_empty_is_written() {
    fn check(value: &Value, at: &str) {
        match value {
            Value::Null => panic!("null at {at}"),
            Value::String(text) => assert!(!text.is_empty(), "empty text at {at}"),
            Value::Array(all) => {
                assert!(!all.is_empty(), "empty list at {at}");
                all.iter().for_each(|value| check(value, at));
            }
            Value::Object(fields) => {
                assert!(!fields.is_empty(), "empty element at {at}");
                fields.iter().for_each(|(name, value)| check(value, &format!("{at}.{name}")));
            }
            _ => (),
        }
    }
    for shipped in omasote_forms::all() {
        check(&questionnaire(&shipped.form().unwrap(), &header()), shipped.name);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_form_goes_out_and_comes_back_the_same(ours in any_form()) {
        prop_assert_eq!(ours.validate(), Ok(()));
        let written = questionnaire(&ours, &header()).to_string();
        let imported = form(&serde_json::from_str(&written).unwrap()).unwrap();
        prop_assert_eq!(imported.left_out, vec![]);
        prop_assert_eq!(imported.form, ours);
    }

    #[test]
    fn answers_go_out_and_come_back_the_same((ours, given) in any_form().prop_flat_map(|form| {
        let answers = any_answers(&form);
        (Just(form), answers)
    })) {
        let written = response(&ours, &given, &header()).unwrap().to_string();
        prop_assert_eq!(answers(&ours, &serde_json::from_str(&written).unwrap()), Ok(given));
    }
}

fn yes_no(link_id: &str) -> Item {
    let json = json!({ "linkId": link_id, "text": text("Kysymys", "", ""), "kind": { "type": "yes_no" } });
    serde_json::from_value(json).unwrap()
}

#[test]
fn answers_stand_in_their_groups() {
    let group = Item { kind: ItemKind::Group { items: vec![yes_no("a"), yes_no("b")] }, ..yes_no("g") };
    let ours = Form { items: vec![group, yes_no("c")], ..Form::default() };
    let given = Answers::from_iter([("b", Answer::YesNo(true))]);
    let expected = json!({
        "resourceType": "QuestionnaireResponse",
        "questionnaire": "https://omasote.fi/fhir/Questionnaire/example|3",
        "status": "completed",
        "item": [{
            "linkId": "g",
            "text": "Kysymys",
            "item": [{ "linkId": "b", "text": "Kysymys", "answer": [{ "valueBoolean": true }] }],
        }],
    });
    assert_eq!(response(&ours, &given, &header()), Ok(expected));
}

#[test]
fn what_is_no_answer_to_the_form_is_told() {
    let ours = Form { items: vec![yes_no("a")], ..Form::default() };
    let why = |result: Result<Answers, Vec<Reason>>| result.unwrap_err().remove(0).why;
    let read =
        |item: Value| answers(&ours, &json!({ "resourceType": "QuestionnaireResponse", "item": [item] }));
    assert_eq!(
        why(read(json!({ "linkId": "x", "answer": [{ "valueBoolean": true }] }))),
        Why::UnknownQuestion
    );
    assert_eq!(why(read(json!({ "linkId": "a", "answer": [{ "valueString": "k" }] }))), Why::WrongType);
    let twice = json!({ "linkId": "a", "answer": [{ "valueBoolean": true }, { "valueBoolean": false }] });
    assert_eq!(why(read(twice)), Why::WrongType);
    let nested = json!({ "linkId": "a", "answer": [{ "valueBoolean": true, "item": [] }] });
    assert_eq!(why(read(nested)), Why::WrongType);
    assert_eq!(why(answers(&ours, &json!({ "resourceType": "Patient" }))), Why::WrongResource);
    let strange = Answers::from_iter([("x", Answer::YesNo(true))]);
    assert_eq!(response(&ours, &strange, &header()).unwrap_err()[0].why, Why::UnknownQuestion);
    let other = Answers::from_iter([("a", Answer::Text("k".to_owned()))]);
    assert_eq!(response(&ours, &other, &header()).unwrap_err()[0].why, Why::WrongType);
}

#[test]
fn what_does_not_fit_is_told_and_not_dropped() {
    let read =
        |item: Value| form(&json!({ "resourceType": "Questionnaire", "language": "fi", "item": [item] }));
    let why = |item: Value| read(item).unwrap_err().into_iter().map(|reason| reason.why).collect::<Vec<_>>();
    let base = |kind: &str| json!({ "linkId": "a", "text": "Kysymys", "type": kind });
    let with = |kind: &str, name: &str, value: Value| {
        let mut item = base(kind);
        item[name] = value;
        item
    };
    assert_eq!(why(base("attachment")), [Why::ItemType]);
    assert_eq!(why(with("string", "item", json!([base("string")]))), [Why::ItemsInQuestion]);
    assert_eq!(why(with("string", "repeats", json!(true))), [Why::Repeats]);
    assert_eq!(why(with("string", "readOnly", json!(true))), [Why::NoPlace]);
    assert_eq!(why(with("string", "initial", json!([{ "valueString": "x" }]))), [Why::NoPlace]);
    assert_eq!(why(with("string", "modifierExtension", json!([]))), [Why::NoPlace]);
    assert_eq!(
        why(with("choice", "answerValueSet", json!("http://example.org/set"))),
        [Why::ValueSetElsewhere]
    );
    assert_eq!(why(with("choice", "answerOption", json!([{ "valueString": "x" }]))), [Why::Malformed]);
    let fine = json!([{ "url": urls::MIN, "valueDecimal": 0.0001 }]);
    assert_eq!(why(with("integer", "extension", fine)), [Why::Precision]);
    let hidden = "http://hl7.org/fhir/StructureDefinition/questionnaire-hidden";
    let hidden = json!([{ "url": hidden, "valueBoolean": true }]);
    assert_eq!(why(with("string", "extension", hidden)), [Why::UnknownExtension]);
    let quantity = json!([{ "question": "b", "operator": "=", "answerQuantity": { "value": 1 } }]);
    assert_eq!(why(with("string", "enableWhen", quantity)), [Why::Comparison, Why::Size]);
    let other = json!({ "resourceType": "Questionnaire", "language": "de", "item": [] });
    assert_eq!(form(&other).unwrap_err()[0].why, Why::Language);
    let prefix = read(with("string", "prefix", json!("1."))).unwrap();
    assert_eq!(prefix.left_out, [reader::reason("a", "prefix", Why::NoPlace)]);
    let long = read(with("text", "maxLength", json!(20_000))).unwrap();
    assert_eq!(long.left_out, [reader::reason("a", "maxLength", Why::Precision)]);
    let group = read(with("group", "required", json!(true))).unwrap();
    assert_eq!(group.left_out, [reader::reason("a", "required", Why::NoPlace)]);
}

#[test]
fn what_comes_back_can_be_answered_as_before() {
    for shipped in omasote_forms::all() {
        let back = form(&questionnaire(&shipped.form().unwrap(), &header())).unwrap().form;
        assert!(Prepared::new(back).is_ok(), "{}", shipped.name);
    }
}
