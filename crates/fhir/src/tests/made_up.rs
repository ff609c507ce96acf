//! Forms and answers made up by chance: of a size that is taken, and not all of them sound.

use omasote_types::decimal::Decimal;
use omasote_types::language::LocalText;
use omasote_types::questionnaires::{
    Alert, Answer, Answers, Band, Choice, Code, Condition, Conditions, Form, Item, ItemKind, Join, Operator,
    Picture, Rights, Score, Severity, Translation, Translations, Unit,
};
use proptest::prelude::*;

fn any_words() -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), "[a-zåäöÅÄÖ\"<&€😀 \n]{0,12}[a-z]"]
}

fn any_text() -> impl Strategy<Value = LocalText> {
    [any_words(), any_words(), any_words()].prop_map(|[fi, sv, en]| LocalText { fi, sv, en })
}

fn any_number() -> impl Strategy<Value = Decimal> {
    (-2_000_000_i64..2_000_000).prop_map(|number| Decimal::from_thousandths(number).unwrap())
}

fn any_code() -> impl Strategy<Value = String> {
    "[a-z0-9][a-z0-9._/-]{0,6}"
}

fn any_date() -> impl Strategy<Value = chrono::NaiveDate> {
    (0_u64..30_000).prop_map(|days| chrono::NaiveDate::default() + chrono::Days::new(days))
}

fn any_answer() -> impl Strategy<Value = Answer> {
    prop_oneof![
        any_words().prop_map(Answer::Text),
        any_number().prop_map(Answer::Number),
        any_date().prop_map(Answer::Date),
        any::<bool>().prop_map(Answer::YesNo),
        any_code().prop_map(Answer::One),
        prop::collection::vec(any_code(), 0..3).prop_map(Answer::Many),
    ]
}

fn any_operator() -> impl Strategy<Value = Operator> {
    prop::sample::select(vec![
        Operator::Equals,
        Operator::NotEquals,
        Operator::Greater,
        Operator::Less,
        Operator::AtLeast,
        Operator::AtMost,
        Operator::Answered,
        Operator::Unanswered,
        Operator::Includes,
        Operator::Excludes,
    ])
}

/// Conditions about items that there may or may not be, with values that fit or do not.
fn any_conditions() -> impl Strategy<Value = Conditions> {
    let condition = ("i[0-9]", any_operator(), prop::option::of(any_answer()));
    let condition = condition.prop_map(|(question, operator, value)| Condition { question, operator, value });
    let join = prop::sample::select(vec![Join::All, Join::Any]);
    (join, prop::collection::vec(condition, 1..4)).prop_map(|(join, of)| Conditions { join, of })
}

fn any_choice() -> impl Strategy<Value = Choice> {
    let picture = ("/[a-z]{1,5}", any_text()).prop_map(|(path, description)| Picture { path, description });
    let system = prop::option::of(Just("http://loinc.org".to_owned()));
    (any_code(), system, any_text(), prop::option::of(any_number()), prop::option::of(picture))
        .prop_map(|(code, system, text, score, picture)| Choice { code, system, text, score, picture })
}

fn any_kind() -> impl Strategy<Value = ItemKind> {
    let options = || prop::collection::btree_map(any_code(), any_choice(), 0..4);
    let options = move || {
        options().prop_map(|all| {
            all.into_iter().map(|(code, choice)| Choice { code, ..choice }).collect::<Vec<_>>()
        })
    };
    let limit = || prop::option::of(1_u32..=10_000);
    let unit = prop::option::of((any_code(), any_text()).prop_map(|(code, text)| Unit { code, text }));
    let bound = || prop::option::of(any_number());
    prop_oneof![
        Just(ItemKind::Information {}),
        Just(ItemKind::Date {}),
        Just(ItemKind::YesNo {}),
        limit().prop_map(|max_characters| ItemKind::Text { max_characters }),
        limit().prop_map(|max_characters| ItemKind::LongText { max_characters }),
        (unit, bound(), bound(), 0_u8..4).prop_map(|(unit, min, max, decimals)| ItemKind::Number {
            unit,
            min,
            max,
            decimals
        }),
        (any_text(), any_text()).prop_map(|(least, most)| ItemKind::Scale { least, most }),
        options().prop_map(|options| ItemKind::One { options }),
        options().prop_map(|options| ItemKind::Many { options }),
        options().prop_map(|options| ItemKind::ImageChoice { options }),
    ]
}

fn any_item() -> impl Strategy<Value = Item> {
    let code = (any_words(), any_code(), any_words());
    let code = code.prop_map(|(system, code, display)| Code { system, code, display });
    let codes = prop::collection::vec(code, 0..3);
    let texts = (any_text(), any_text());
    let plain = (texts, any::<bool>(), prop::option::of(any_conditions()), codes, any_kind());
    let plain = plain.prop_map(|((text, help), is_required, show_when, codes, kind)| Item {
        link_id: String::new(),
        text,
        help,
        is_required: is_required && kind.is_question(),
        show_when,
        codes,
        kind,
    });
    plain.prop_recursive(3, 12, 4, |inner| {
        let inside = prop::collection::vec(inner.clone(), 0..4);
        (inner, inside).prop_map(|(item, items)| Item {
            is_required: false,
            kind: ItemKind::Group { items },
            ..item
        })
    })
}

fn any_score() -> impl Strategy<Value = Score> {
    let severity =
        prop::sample::select(vec![Severity::Usual, Severity::Mild, Severity::Moderate, Severity::Severe]);
    let band = (any_number(), any_number(), any_text(), severity);
    let band = band.prop_map(|(from, to, text, severity)| Band { from, to, text, severity });
    let counted = (prop::collection::vec(any_code(), 0..4), any_number(), prop::option::of(0_u32..=500));
    let when = prop::option::of(any_conditions());
    (any_code(), any_text(), counted, when, any::<bool>(), prop::collection::vec(band, 0..3)).prop_map(
        |(code, name, (items, factor, minimum_answered), when, is_screening, bands)| Score {
            code,
            name,
            items,
            factor,
            minimum_answered,
            when,
            is_screening,
            bands,
        },
    )
}

pub(super) fn any_form() -> impl Strategy<Value = Form> {
    let alert = (any_code(), any_conditions(), any_text(), any::<bool>());
    let alert = alert.prop_map(|(code, when, text, is_urgent)| Alert { code, when, text, is_urgent });
    let rights = (any_words(), any_words(), any_text());
    let rights = rights.prop_map(|(licence, source, attribution)| Rights { licence, source, attribution });
    let translation = || {
        let all = [Translation::Missing, Translation::Working, Translation::Official, Translation::Original];
        prop::sample::select(all.to_vec())
    };
    let translations = [translation(), translation(), translation()];
    let translations = translations.prop_map(|[fi, sv, en]| Translations { fi, sv, en });
    let items = prop::collection::vec(any_item(), 0..5);
    let counting = (prop::collection::vec(any_score(), 0..3), prop::collection::vec(alert, 0..3));
    (any_text(), any_text(), rights, translations, items, counting).prop_map(
        |(title, description, rights, translations, mut items, (scores, alerts))| {
            name(&mut items, &mut 0);
            Form { title, description, rights, translations, items, scores, alerts }
        },
    )
}

/// Gives each item a link id of its own.
fn name(items: &mut [Item], next: &mut u32) {
    for item in items {
        item.link_id = format!("i{next}");
        *next += 1;
        if let ItemKind::Group { items } = &mut item.kind {
            name(items, next);
        }
    }
}

/// Answers to some of a form's questions.
pub(super) fn any_answers(form: &Form) -> impl Strategy<Value = Answers> + use<> {
    let questions = questions(&form.items);
    let seeds =
        prop::collection::vec((any::<u8>(), any_date(), any_number(), "[a-zä ]{0,5}x"), questions.len());
    seeds.prop_map(move |seeds| {
        let given =
            questions.iter().zip(seeds).filter_map(|((link_id, kind), (chance, date, number, text))| {
                let options = kind.options();
                let option = || {
                    options.get(usize::from(chance) % options.len().max(1)).map(|option| option.code.clone())
                };
                let answer = match kind {
                    _ if chance % 3 == 0 => return None,
                    ItemKind::Text { .. } | ItemKind::LongText { .. } => Answer::Text(text),
                    ItemKind::Number { .. } | ItemKind::Scale { .. } => Answer::Number(number),
                    ItemKind::Date {} => Answer::Date(date),
                    ItemKind::YesNo {} => Answer::YesNo(chance % 2 == 0),
                    ItemKind::Many { .. } => Answer::Many(vec![option()?]),
                    _ => Answer::One(option()?),
                };
                // A whole question takes whole numbers only.
                let is_fine = matches!(kind, ItemKind::Number { decimals: 1.., .. }) || number.is_whole();
                (is_fine || !matches!(answer, Answer::Number(_))).then(|| (link_id.clone(), answer))
            });
        given.collect()
    })
}

fn questions(items: &[Item]) -> Vec<(String, ItemKind)> {
    let own = items.iter().filter(|item| item.kind.is_question());
    let own = own.map(|item| (item.link_id.clone(), item.kind.clone()));
    own.chain(items.iter().flat_map(|item| questions(item.kind.items()))).collect()
}
