//! How long one press of a key takes. Not run with the others: `cargo test --release -p omasote-rules -- --ignored --nocapture key`.

use std::time::Instant;

use super::*;

/// Two hundred questions, fifty of them hidden by chains of conditions, with scores and alerts over all.
fn large() -> (Prepared, Answers) {
    let link_id = |place: usize| format!("question-{place:03}");
    let question = |place: usize| {
        let bare = one(&link_id(place), &[0, 1, 2, 3]);
        match place % 4 {
            3 => shown_by(bare, &link_id(place - 3), Operator::NotEquals, chosen("o0")),
            _ => bare,
        }
    };
    let items: Vec<Item> = (0..200).map(question).collect();
    let names: Vec<String> = (0..200).map(link_id).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let alerts = (0..10).map(|place| {
        let above = when(&[(names[place * 7], Operator::Equals, Some(chosen("o3")))]);
        alert(names[place], above, false)
    });
    let alerts = alerts.collect();
    let form = Form { scores: vec![score(&names, &[(0, 600)])], alerts, ..form(items) };
    (Prepared::new(form).unwrap(), names.iter().map(|name| (*name, chosen("o2"))).collect())
}

#[test]
#[ignore = "a figure to look at, not a check"]
fn one_press_of_a_key() {
    let (prepared, mut answers) = large();
    let begun = Instant::now();
    let presses = 1000_u32;
    let mut seen = 0;
    for press in 0..presses {
        answers.set("question-000", chosen(if press % 2 == 0 { "o0" } else { "o1" }));
        let reading = prepared.read(&answers);
        seen += reading.shown().count() + reading.open().count() + reading.refused().len();
        seen += reading.alerts().len() + reading.scores().count();
    }
    println!("one press of a key: {:?} ({seen})", begun.elapsed() / presses);
}
