//! Finding the threads of a unit by words.

use std::time::Duration;

use omasote_backend::jobs::read_changed;
use omasote_types::data_rights::WrittenReason;
use omasote_types::error::ErrorCode;
use omasote_types::ids::{ProfessionalId, ThreadId, UnitId};
use omasote_types::messages::{InboxSearch, NewForward, Thread};
use omasote_types::page::Page;
use omasote_types::people::Role;

use crate::harness::{Person, TestApp, code, on_both_engines};

fn words(text: &str) -> InboxSearch {
    InboxSearch { text: text.to_owned(), cursor: None, limit: None }
}

async fn found(app: &TestApp, by: &Person<ProfessionalId>, unit: UnitId, text: &str) -> Vec<ThreadId> {
    read_changed(&app.state).await.unwrap();
    ids(&by.search_inbox(unit, &words(text)).await.unwrap())
}

fn ids(page: &Page<Thread>) -> Vec<ThreadId> {
    page.items.iter().map(|thread| thread.id).collect()
}

on_both_engines! {
    async fn a_thread_is_found_by_any_form_of_its_words(app: TestApp) {
        let unit = app.unit("Kuhmon terveysasema").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        let about_pills = aino.begin(unit.topic, "Verenpainelääkkeeni on loppumassa. Tarvitsen uuden lähetteen!").await;
        let about_knee = aino.begin(unit.topic, "Polveen sattuu, kun kävelen portaita.").await;
        for (text, expected) in [
            ("lähete", about_pills.id),
            ("LÄHETETTÄ", about_pills.id),
            ("verenpaine", about_pills.id),
            ("polvi-portaat", about_knee.id),
            ("polvessa portaissa", about_knee.id),
        ] {
            assert_eq!(found(&app, &hanna, unit.id, text).await, [expected], "{text}");
        }
        for text in ["lähete polvi", "hammas", "\"", "'; drop table threads; --", "* OR *", "unit : x"] {
            assert_eq!(found(&app, &hanna, unit.id, text).await, [], "{text}");
        }
    }

    async fn names_topics_and_answers_are_found_too_and_new_messages_a_moment_later(app: TestApp) {
        let unit = app.unit("Kuhmon terveysasema").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        let thread = aino.begin(unit.topic, "Hei").await;
        let (name, topic) = (thread.citizen.name.clone(), thread.topic.fi.clone());
        assert_eq!(found(&app, &hanna, unit.id, &name).await, [thread.id]);
        assert_eq!(found(&app, &hanna, unit.id, &topic).await, [thread.id]);
        assert_eq!(found(&app, &hanna, unit.id, "kortisonivoide").await, []);
        hanna.write(thread.id, "Määräsin sinulle kortisonivoidetta").await;
        assert_eq!(found(&app, &hanna, unit.id, "kortisonivoide").await, [thread.id]);
        hanna.close_thread(thread.id).await.unwrap();
        assert_eq!(found(&app, &hanna, unit.id, "kortisonivoide").await, [thread.id], "ended ones are found");
    }

    async fn the_newest_come_first_page_by_page_without_gap_or_repeat(app: TestApp) {
        let unit = app.unit("Kuhmon terveysasema").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        let mut expected = Vec::new();
        for _ in 0..7 {
            expected.insert(0, aino.begin(unit.topic, "Influenssarokotus").await.id);
        }
        read_changed(&app.state).await.unwrap();
        let mut search = InboxSearch { limit: Some(3), ..words("influenssarokotus") };
        let (mut seen, mut sizes) = (Vec::new(), Vec::new());
        loop {
            let page = hanna.search_inbox(unit.id, &search).await.unwrap();
            sizes.push(page.items.len());
            seen.extend(ids(&page));
            search.cursor = page.next_cursor;
            if search.cursor.is_none() {
                break;
            }
        }
        assert_eq!((sizes.as_slice(), seen), ([3, 3, 1].as_slice(), expected));
        let foreign = InboxSearch { cursor: Some("eyJ4".to_owned()), ..words("rokotus") };
        assert_eq!(code(hanna.search_inbox(unit.id, &foreign).await), ErrorCode::InvalidCursor);
        assert_eq!(code(hanna.search_inbox(unit.id, &words("  ")).await), ErrorCode::ValidationFailed);
    }

    async fn a_unit_finds_what_it_has_and_may_see_and_nothing_else(app: TestApp) {
        let (unit, other) = (app.unit("Kuhmon terveysasema").await, app.unit("Sotkamon neuvola").await);
        let (aino, hanna, olli) =
            (app.citizen().await, app.professional(unit.id).await, app.professional(other.id).await);
        let thread = aino.begin(unit.topic, "Keuhkoputkentulehdus").await;
        assert_eq!(found(&app, &olli, other.id, "keuhkoputkentulehdus").await, []);
        assert_eq!(code(olli.search_inbox(unit.id, &words("keuhkoputki")).await), ErrorCode::NotFound);

        let forward = NewForward { unit_id: other.id, reason: "Asia kuuluu teille".to_owned(), note: None, stays_informed: false };
        hanna.forward_thread(thread.id, &forward).await.unwrap();
        // Also before the words are read anew.
        assert_eq!(ids(&hanna.search_inbox(unit.id, &words("keuhkoputkentulehdus")).await.unwrap()), []);
        assert_eq!(found(&app, &hanna, unit.id, "keuhkoputkentulehdus").await, []);
        assert_eq!(found(&app, &olli, other.id, "keuhkoputkentulehdus").await, [thread.id]);

        app.advance(Duration::from_secs(1));
        let reason = WrittenReason { reason: "Rekisteröity on pyytänyt rajoitusta".to_owned() };
        app.official(Role::Administrator).await.restrict_citizen(aino.id, &reason).await.unwrap();
        assert_eq!(found(&app, &olli, other.id, "keuhkoputkentulehdus").await, [], "restricted");
    }
}
