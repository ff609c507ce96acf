//! The same message to each of a chosen group.

use omasote_client::IdempotencyKey;
use omasote_types::attachments::PlaceQuery;
use omasote_types::drafts::DraftUpdate;
use omasote_types::error::ErrorCode;
use omasote_types::ids::CitizenId;
use omasote_types::messages::{MAX_GROUP, NewGroupThreads, ThreadState};
use omasote_types::page::PageQuery;

use crate::harness::{code, on_both_engines};

on_both_engines! {
    async fn each_of_a_group_gets_the_message_in_a_thread_of_their_own(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, onni, hanna) = (app.citizen().await, app.citizen().await, app.professional(unit.id).await);
        for citizen in [&aino, &onni] {
            citizen.begin(unit.topic, "Hei").await;
        }
        let stranger = app.citizen().await;
        let new = NewGroupThreads {
            topic_id: unit.topic,
            text: "Influenssarokotukset alkavat maanantaina.".to_owned(),
            citizen_ids: vec![aino.id, stranger.id, onni.id],
        };
        let key = IdempotencyKey::random();
        let outcomes = hanna.create_group_threads(unit.id, &new, &key).await.unwrap();
        let told: Vec<_> = outcomes.iter().map(|one| (one.citizen_id, one.refused)).collect();
        // Who is no client of the unit's gets nothing, and the others do.
        assert_eq!(told, [(aino.id, None), (stranger.id, Some(ErrorCode::NotFound)), (onni.id, None)]);
        assert!(stranger.list_threads(stranger.id, &PageQuery::default()).await.unwrap().items.is_empty());
        for (citizen, outcome) in [(&aino, outcomes[0]), (&onni, outcomes[2])] {
            let thread = citizen.get_thread(outcome.thread_id.unwrap()).await.unwrap();
            assert_eq!((thread.state, thread.citizen.id, thread.unread_count), (ThreadState::Answered, citizen.id, 1));
            assert_eq!(thread.excerpt, new.text);
        }
        assert_eq!(code(aino.get_thread(outcomes[2].thread_id.unwrap()).await), ErrorCode::NotFound);

        // Asked for again after a broken connection, nobody gets it twice.
        assert_eq!(hanna.create_group_threads(unit.id, &new, &key).await.unwrap(), outcomes);
        assert_eq!(aino.list_threads(aino.id, &PageQuery::default()).await.unwrap().items.len(), 2);
        let other = NewGroupThreads { text: "Toinen viesti".to_owned(), ..new };
        assert_eq!(code(hanna.create_group_threads(unit.id, &other, &key).await), ErrorCode::IdempotencyKeyReused);
    }

    async fn what_is_half_written_to_one_of_a_group_stays(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        aino.begin(unit.topic, "Hei").await;
        let (place, now) = (PlaceQuery::default(), app.state.clock.now());
        let draft = DraftUpdate { text: "Kirjoitan tätä".to_owned(), topic_id: None, written_at: now };
        hanna.save_draft(aino.id, place, &draft).await.unwrap();
        let new = NewGroupThreads { topic_id: unit.topic, text: "Hei".to_owned(), citizen_ids: vec![aino.id] };
        hanna.create_group_threads(unit.id, &new, &IdempotencyKey::random()).await.unwrap();
        assert_eq!(hanna.get_draft(aino.id, place).await.unwrap().text, "Kirjoitan tätä");
    }

    async fn what_is_wrong_is_told_and_nobody_gets_anything(app: TestApp) {
        let (unit, elsewhere) = (app.unit("Kuhmon vastaanotto").await, app.unit("Sotkamon neuvola").await);
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        aino.begin(unit.topic, "Hei").await;
        let right = NewGroupThreads { topic_id: unit.topic, text: "Hei".to_owned(), citizen_ids: vec![aino.id] };
        let many = (0..=MAX_GROUP).map(|_| CitizenId::at(app.state.clock.now())).collect();
        for wrong in [
            NewGroupThreads { text: " ".to_owned(), ..right.clone() },
            NewGroupThreads { citizen_ids: Vec::new(), ..right.clone() },
            NewGroupThreads { citizen_ids: vec![aino.id, aino.id], ..right.clone() },
            NewGroupThreads { citizen_ids: many, ..right.clone() },
            NewGroupThreads { topic_id: elsewhere.topic, ..right.clone() },
        ] {
            let outcome = hanna.create_group_threads(unit.id, &wrong, &IdempotencyKey::random()).await;
            assert_eq!(code(outcome), ErrorCode::ValidationFailed);
        }
        let stranger = app.professional(elsewhere.id).await;
        let outcome = stranger.create_group_threads(unit.id, &right, &IdempotencyKey::random()).await;
        assert_eq!(code(outcome), ErrorCode::NotFound);
        assert_eq!(aino.list_threads(aino.id, &PageQuery::default()).await.unwrap().items.len(), 1);
    }
}
