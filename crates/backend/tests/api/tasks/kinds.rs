//! Tasks that are no questionnaires: to read a guide, to bring a document, to book a time.

use omasote_client::IdempotencyKey;
use omasote_types::error::{ErrorCode, FieldErrorCode};
use omasote_types::events::{Booking, EventKind, NewSlots};
use omasote_types::page::PageQuery;
use omasote_types::questionnaires::{Answer, Answers};
use omasote_types::tasks::{NewTask, TaskCompletion, TaskKind, TaskState, UnitTaskList};

use super::{done, listed, refused_fields, series, to_do};
use crate::events::{content, in_hours};
use crate::guides;
use crate::harness::{code, on_both_engines};

fn said(link_id: &str, answer: Answer) -> TaskCompletion {
    done([(link_id.to_owned(), answer)].into_iter().collect::<Answers>())
}

on_both_engines! {
    async fn a_guide_is_read_and_what_was_not_clear_comes_to_the_unit(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        aino.begin(unit.topic, "Hei").await;
        let guide = guides::of_unit(&app, unit.id, "Verenpaine kotona").await;
        let draft = guides::draft_of(&app, unit.id, "Kesken").await;
        let asked = |guide_id| NewTask {
            kind: TaskKind::Guide { guide_id },
            title: "Lue ohje".to_owned(),
            ..to_do(&app, unit.id)
        };
        let refused = hanna.create_task(aino.id, &asked(draft.id), &IdempotencyKey::random()).await;
        assert_eq!(refused_fields(refused), [("kind.guideId".to_owned(), FieldErrorCode::UnknownReference)]);
        let give = async || hanna.create_task(aino.id, &asked(guide.id), &IdempotencyKey::random()).await.unwrap();
        let (clear, unclear) = (give().await, give().await);
        assert_eq!((clear.title.sv.as_str(), clear.kind), ("Lue ohje", TaskKind::Guide { guide_id: guide.id }));

        // Whether it was clear is to be said, and why not may be.
        aino.start_task(clear.id).await.unwrap();
        assert!(!aino.get_task_response(clear.id).await.unwrap().form.items.is_empty());
        let silent = aino.complete_task(clear.id, &TaskCompletion::default()).await;
        assert_eq!(refused_fields(silent), [("answers.understood".to_owned(), FieldErrorCode::Required)]);
        let read = aino.complete_task(clear.id, &said("understood", Answer::YesNo(true))).await.unwrap();
        assert_eq!((read.state, read.is_urgent), (TaskState::Answered, false));
        let answers: Answers = [
            ("understood".to_owned(), Answer::YesNo(false)),
            ("unclear".to_owned(), Answer::Text("Kumpi käsi?".to_owned())),
        ]
        .into_iter()
        .collect();
        let asks = aino.complete_task(unclear.id, &done(answers.clone())).await.unwrap();
        assert!(asks.is_urgent);
        assert_eq!(listed(&hanna, unit.id, UnitTaskList::ToReview).await, [unclear.id]);
        assert_eq!(hanna.get_task_response(unclear.id).await.unwrap().answers, answers);
        hanna.review_task(unclear.id, &<_>::default()).await.unwrap();
        assert!(listed(&hanna, unit.id, UnitTaskList::ToReview).await.is_empty());

        // The form of such a task is not given by itself.
        let all = hanna.list_questionnaires(&PageQuery { limit: Some(200), cursor: None }).await.unwrap().items;
        assert!(all.iter().all(|one| one.title.fi != "Ohjeen lukeminen" && one.title.fi != "Asiakirjan toimittaminen"));
        assert!(all.iter().any(|one| one.title.fi == "Kipu asteikolla 0–10"));
    }

    async fn how_a_document_is_brought_is_said_and_the_unit_looks_at_it(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        aino.begin(unit.topic, "Hei").await;
        let new = NewTask { kind: TaskKind::Document {}, ..to_do(&app, unit.id) };
        let task = hanna.create_task(aino.id, &new, &IdempotencyKey::random()).await.unwrap();
        let wrong = aino.complete_task(task.id, &said("how", Answer::One("by-pigeon".to_owned()))).await;
        assert_eq!(code(wrong), ErrorCode::ValidationFailed);
        aino.complete_task(task.id, &said("how", Answer::One("bring".to_owned()))).await.unwrap();
        assert_eq!(listed(&hanna, unit.id, UnitTaskList::ToReview).await, [task.id]);
        let exported = hanna.export_task_response(task.id).await.unwrap();
        let exported: serde_json::Value = serde_json::from_str(&exported).unwrap();
        assert_eq!(exported["item"][0]["answer"][0]["valueCoding"]["code"], "bring");
    }

    async fn who_books_a_time_of_the_unit_has_done_what_it_asked(app: TestApp) {
        let (unit, other) = (app.unit("Kuhmon vastaanotto").await, app.unit("Sotkamon neuvola").await);
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        let elsewhere = app.professional(other.id).await;
        for topic in [unit.topic, other.topic] {
            aino.begin(topic, "Hei").await;
        }
        let asked = |of| NewTask { kind: TaskKind::Booking {}, ..to_do(&app, of) };
        let task = hanna.create_task(aino.id, &asked(unit.id), &IdempotencyKey::random()).await.unwrap();
        let theirs = elsewhere.create_task(aino.id, &asked(other.id), &IdempotencyKey::random()).await.unwrap();
        assert_eq!(code(aino.get_task_response(task.id).await), ErrorCode::NotAllowed);
        let offered = NewSlots {
            content: content(EventKind::Visit),
            times: vec![in_hours(&app, 48)],
            citizen_id: None,
        };
        let slot = hanna.create_slots(unit.id, &offered, &IdempotencyKey::random()).await.unwrap().remove(0);
        aino.book_slot(aino.id, Booking { slot_id: slot.id }, &IdempotencyKey::random()).await.unwrap();
        let after = aino.get_task(task.id).await.unwrap();
        assert_eq!(after.state, TaskState::Answered);
        let changes = hanna.list_task_changes(task.id).await.unwrap();
        assert_eq!(changes.last().unwrap().state, TaskState::Answered);
        assert_eq!(aino.get_task(theirs.id).await.unwrap().state, TaskState::Given, "of another unit");
        assert!(listed(&hanna, unit.id, UnitTaskList::ToReview).await.is_empty());
    }

    async fn a_group_is_asked_to_read_a_guide(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        aino.begin(unit.topic, "Hei").await;
        let guide = guides::of_unit(&app, unit.id, "Verenpaine kotona").await;
        let kind = TaskKind::Guide { guide_id: guide.id };
        let new = omasote_types::tasks::NewTaskSeries { kind, ..series::series(&app, unit.id, vec![aino.id], None) };
        let made = hanna.create_task_series(unit.id, &new, &IdempotencyKey::random()).await.unwrap();
        assert_eq!((made.kind, made.title.en.as_str()), (kind, "Mittaa verenpaine"));
        omasote_backend::jobs::give_series(&app.state).await.unwrap();
        let given = aino.list_tasks(aino.id, &<_>::default()).await.unwrap().items.remove(0);
        assert_eq!(given.kind, kind);
        aino.complete_task(given.id, &said("understood", Answer::YesNo(true))).await.unwrap();
    }
}
