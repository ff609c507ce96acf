//! Threads and messages between citizens and units.

mod groups;
mod handling;
mod links;
mod own_links;
mod races;
mod search;

use futures_util::future::join_all;
use omasote_client::IdempotencyKey;
use omasote_types::error::ErrorCode;
use omasote_types::ids::MessageId;
use omasote_types::messages::{InboxQuery, NewMessage, NewThread, Sender, Side, ThreadState};
use omasote_types::page::PageQuery;

use crate::harness::{code, on_both_engines};

pub(super) fn first_page() -> PageQuery {
    PageQuery::default()
}

pub(super) fn inbox(state: ThreadState) -> InboxQuery {
    InboxQuery { state, ..InboxQuery::default() }
}

fn new_message(text: &str) -> NewMessage {
    NewMessage::of(text)
}

on_both_engines! {
    async fn a_message_goes_to_the_unit_and_the_answer_comes_back(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);

        let thread = aino.begin(unit.topic, "Resepti loppuu perjantaina.").await;
        assert_eq!((thread.state, thread.unread_count, thread.last_sender), (ThreadState::Waiting, 0, Side::Citizen));

        let waiting = hanna.list_inbox(unit.id, &inbox(ThreadState::Waiting)).await.unwrap().items;
        assert_eq!(waiting.len(), 1);
        assert_eq!((waiting[0].id, waiting[0].unread_count), (thread.id, 1));
        assert_eq!(waiting[0].excerpt, "Resepti loppuu perjantaina.");

        hanna.write(thread.id, "Uusimme sen tänään.").await;
        let messages = aino.list_messages(thread.id, &first_page()).await.unwrap().items;
        let texts: Vec<&str> = messages.iter().map(|message| message.text.as_str()).collect();
        assert_eq!(texts, ["Uusimme sen tänään.", "Resepti loppuu perjantaina."]);
        assert!(matches!(&messages[0].sender, Sender::Unit { name, .. } if name == "Hanna Hoitaja"));
        assert!(matches!(&messages[1].sender, Sender::Citizen { id, .. } if *id == aino.id));

        let seen = aino.list_threads(aino.id, &first_page()).await.unwrap().items;
        assert_eq!((seen[0].state, seen[0].unread_count, seen[0].waiting_since), (ThreadState::Answered, 1, None));
    }

    async fn unread_counts_are_right_on_both_sides(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        let thread = aino.begin(unit.topic, "yksi").await;
        aino.write(thread.id, "kaksi").await;
        let last = aino.write(thread.id, "kolme").await;

        let unread = hanna.count_unread().await.unwrap();
        assert_eq!((unread.messages, unread.units[0].messages, unread.units[0].waiting_threads), (3, 3, 1));
        assert_eq!(aino.count_unread().await.unwrap().messages, 0);

        let all = hanna.list_messages(thread.id, &first_page()).await.unwrap().items;
        hanna.mark_thread_read(thread.id, all[1].id).await.unwrap();
        assert_eq!(hanna.count_unread().await.unwrap().messages, 1);
        hanna.mark_thread_read(thread.id, last.id).await.unwrap();
        assert_eq!(hanna.count_unread().await.unwrap().messages, 0);

        let answer = hanna.write(thread.id, "vastaus").await;
        assert_eq!(aino.count_unread().await.unwrap().messages, 1);
        aino.mark_thread_read(thread.id, answer.id).await.unwrap();
        assert_eq!(aino.count_unread().await.unwrap().messages, 0);
        assert_eq!(hanna.count_unread().await.unwrap().units[0].waiting_threads, 0);
    }

    async fn a_closed_thread_opens_again_with_the_citizens_next_message(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        let thread = aino.begin(unit.topic, "Kiitos").await;

        let closed = hanna.close_thread(thread.id).await.unwrap();
        assert_eq!((closed.state, closed.waiting_since, closed.unread_count), (ThreadState::Closed, None, 0));
        assert!(hanna.list_inbox(unit.id, &inbox(ThreadState::Waiting)).await.unwrap().items.is_empty());
        assert_eq!(hanna.list_inbox(unit.id, &inbox(ThreadState::Closed)).await.unwrap().items.len(), 1);

        aino.write(thread.id, "Vielä yksi asia").await;
        let open = hanna.list_inbox(unit.id, &inbox(ThreadState::Waiting)).await.unwrap().items;
        assert_eq!((open.len(), open[0].unread_count), (1, 1));
        assert!(open[0].waiting_since.unwrap() > thread.created_at);
    }

    async fn who_waits_goes_on_waiting_since_the_first_unanswered_message(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let aino = app.citizen().await;
        let thread = aino.begin(unit.topic, "Hei").await;
        app.advance(std::time::Duration::from_secs(3600));
        aino.write(thread.id, "Onko kukaan paikalla?").await;
        let now = aino.get_thread(thread.id).await.unwrap();
        assert_eq!(now.waiting_since, thread.waiting_since);
        assert!(now.last_message_at > thread.last_message_at);
    }

    async fn the_inbox_shows_who_has_waited_longest_first_page_by_page(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let hanna = app.professional(unit.id).await;
        let mut begun = Vec::new();
        for number in 0..7 {
            let citizen = app.citizen().await;
            begun.push(citizen.begin(unit.topic, &format!("asia {number}")).await.id);
            app.advance(std::time::Duration::from_secs(60));
        }
        let (mut seen, mut cursor) = (Vec::new(), None);
        loop {
            let query = InboxQuery { cursor, limit: Some(3), ..inbox(ThreadState::Waiting) };
            let page = hanna.list_inbox(unit.id, &query).await.unwrap();
            assert!(page.items.len() <= 3);
            seen.extend(page.items.iter().map(|thread| thread.id));
            cursor = page.next_cursor;
            if cursor.is_none() { break; }
        }
        assert_eq!(seen, begun);
    }

    async fn pages_have_no_gap_and_no_repeat_while_messages_come_in(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let aino = app.citizen().await;
        let thread = aino.begin(unit.topic, "viesti 0").await;
        for number in 1..60 {
            aino.write(thread.id, &format!("viesti {number}")).await;
        }
        let (mut texts, mut cursor) = (Vec::new(), None);
        loop {
            let page = aino.list_messages(thread.id, &PageQuery { cursor, limit: Some(25) }).await.unwrap();
            texts.extend(page.items.into_iter().map(|message| message.text));
            aino.write(thread.id, "väliin tullut").await;
            cursor = page.next_cursor;
            if cursor.is_none() { break; }
        }
        let expected: Vec<String> = (0..60).rev().map(|number| format!("viesti {number}")).collect();
        assert_eq!(texts, expected);
    }

    async fn text_is_kept_exactly_as_it_was_written(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let aino = app.citizen().await;
        let texts = [
            "  alussa ja lopussa tyhjää \r\n\t ",
            "<script>alert('x')</script> & \"lainaus\" \\ %s {{ }}",
            "Ääkköset, e\u{301} hajotettuna, é koottuna, \u{202e}oikealta, \u{200d}\u{feff}, 👩🏽‍⚕️🇫🇮, 𝔘𝔫𝔦, عربي, 한국어",
            "\u{1}\u{7f}\u{85}\u{2028}\u{fffd}\u{10ffff}",
        ];
        let thread = aino.begin(unit.topic, texts[0]).await;
        for text in &texts[1..] {
            assert_eq!(aino.write(thread.id, text).await.text, *text);
        }
        let long = "🧡".repeat(10_000);
        aino.write(thread.id, &long).await;
        let kept = aino.list_messages(thread.id, &first_page()).await.unwrap().items;
        assert_eq!(kept[0].text, long);
        for (kept, written) in kept[1..].iter().rev().zip(texts) {
            assert_eq!(kept.text, written);
        }
    }

    async fn a_message_sent_again_with_its_key_is_there_once(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let aino = app.citizen().await;
        let (begin, send) = (IdempotencyKey::random(), IdempotencyKey::random());
        let new = NewThread { topic_id: unit.topic, text: "Hei".to_owned(), about_access: None, attachment_ids: Vec::new(), links: Vec::new() };
        let thread = aino.create_thread(aino.id, &new, &begin).await.unwrap();
        assert_eq!(aino.create_thread(aino.id, &new, &begin).await.unwrap().id, thread.id);

        let sent = aino.send_message(thread.id, &new_message("Lisäys"), &send).await.unwrap();
        let again = aino.send_message(thread.id, &new_message("Lisäys"), &send).await.unwrap();
        assert_eq!(again, sent);
        assert_eq!(aino.list_messages(thread.id, &first_page()).await.unwrap().items.len(), 2);
        assert_eq!(aino.get_thread(thread.id).await.unwrap().message_count, 2);
    }

    async fn a_key_used_for_something_else_is_refused_and_nothing_is_stored(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, eero) = (app.citizen().await, app.citizen().await);
        let key = IdempotencyKey::random();
        let (one, other) = (aino.begin(unit.topic, "yksi").await, aino.begin(unit.topic, "toinen").await);
        aino.send_message(one.id, &new_message("Hei"), &key).await.unwrap();

        for (thread, text) in [(one.id, "Muuta"), (other.id, "Hei")] {
            let refused = aino.send_message(thread, &new_message(text), &key).await;
            assert_eq!(code(refused), ErrorCode::IdempotencyKeyReused);
        }
        assert_eq!(aino.get_thread(one.id).await.unwrap().message_count, 2);
        assert_eq!(aino.get_thread(other.id).await.unwrap().message_count, 1);

        let own = eero.begin(unit.topic, "Eeron").await;
        eero.send_message(own.id, &new_message("Hei"), &key).await.unwrap();
    }

    async fn one_key_used_many_times_at_once_makes_one_message(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let aino = app.citizen().await;
        let thread = aino.begin(unit.topic, "Hei").await;
        let (key, new) = (IdempotencyKey::random(), new_message("Kerran"));
        let sent = join_all((0..20).map(|_| aino.send_message(thread.id, &new, &key))).await;
        let ids: std::collections::HashSet<MessageId> = sent.into_iter().map(|sent| sent.unwrap().id).collect();
        assert_eq!(ids.len(), 1);
        assert_eq!(aino.get_thread(thread.id).await.unwrap().message_count, 2);
    }

    async fn many_writes_at_once_are_all_there_and_one_bad_one_harms_none(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        let (one, other) = (aino.begin(unit.topic, "Hei").await, aino.begin(unit.topic, "Hei").await);
        let texts: Vec<NewMessage> = (0..80).map(|number| new_message(&format!("{number}"))).collect();
        let keys: Vec<IdempotencyKey> = (0..80).map(|_| IdempotencyKey::random()).collect();
        let used = IdempotencyKey::random();
        aino.send_message(one.id, &new_message("ensin"), &used).await.unwrap();
        let good = texts.iter().zip(&keys).enumerate().map(|(place, (new, key))| {
            aino.send_message(if place % 2 == 0 { one.id } else { other.id }, new, key)
        });
        let bad = texts.iter().take(20).map(|new| aino.send_message(one.id, new, &used));
        let (good, bad) = futures_util::future::join(join_all(good), join_all(bad)).await;
        let failed: Vec<_> = good.iter().filter_map(|sent| sent.as_ref().err()).collect();
        assert!(failed.is_empty(), "{failed:?}");
        assert!(bad.into_iter().all(|refused| code(refused) == ErrorCode::IdempotencyKeyReused));
        assert_eq!(aino.get_thread(one.id).await.unwrap().message_count, 42);
        assert_eq!(aino.get_thread(other.id).await.unwrap().message_count, 41);
        assert_eq!(hanna.count_unread().await.unwrap().messages, 83);
    }

    async fn another_citizens_thread_does_not_exist(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, eero) = (app.citizen().await, app.citizen().await);
        let thread = aino.begin(unit.topic, "Salaista").await;
        let message = aino.list_messages(thread.id, &first_page()).await.unwrap().items.remove(0);
        let (new, key) = (new_message("Hei"), IdempotencyKey::random());
        let begin = NewThread { topic_id: unit.topic, text: "Hei".to_owned(), about_access: None, attachment_ids: Vec::new(), links: Vec::new() };

        assert_eq!(code(eero.get_thread(thread.id).await), ErrorCode::NotFound);
        assert_eq!(code(eero.list_messages(thread.id, &first_page()).await), ErrorCode::NotFound);
        assert_eq!(code(eero.send_message(thread.id, &new, &key).await), ErrorCode::NotFound);
        assert_eq!(code(eero.mark_thread_read(thread.id, message.id).await), ErrorCode::NotFound);
        assert_eq!(code(eero.close_thread(thread.id).await), ErrorCode::NotFound);
        assert_eq!(code(eero.list_threads(aino.id, &first_page()).await), ErrorCode::NotFound);
        assert_eq!(code(eero.create_thread(aino.id, &begin, &key).await), ErrorCode::NotFound);
        assert_eq!(code(eero.list_inbox(unit.id, &inbox(ThreadState::Waiting)).await), ErrorCode::NotFound);
        assert_eq!(aino.get_thread(thread.id).await.unwrap().message_count, 1);
        assert_eq!(aino.list_threads(aino.id, &first_page()).await.unwrap().items.len(), 1);
    }

    async fn another_units_threads_do_not_exist_for_a_professional(app: TestApp) {
        let (unit, other) = (app.unit("Kuhmon vastaanotto").await, app.unit("Kajaanin neuvola").await);
        let (aino, hanna) = (app.citizen().await, app.professional(other.id).await);
        let thread = aino.begin(unit.topic, "Hei").await;
        let key = IdempotencyKey::random();

        assert_eq!(code(hanna.get_thread(thread.id).await), ErrorCode::NotFound);
        assert_eq!(code(hanna.list_messages(thread.id, &first_page()).await), ErrorCode::NotFound);
        assert_eq!(code(hanna.send_message(thread.id, &new_message("Hei"), &key).await), ErrorCode::NotFound);
        assert_eq!(code(hanna.close_thread(thread.id).await), ErrorCode::NotFound);
        assert_eq!(code(hanna.list_inbox(unit.id, &inbox(ThreadState::Waiting)).await), ErrorCode::NotFound);
        assert_eq!(code(hanna.list_threads(aino.id, &first_page()).await), ErrorCode::NotFound);
        assert_eq!(hanna.count_unread().await.unwrap().messages, 0);
    }
}
