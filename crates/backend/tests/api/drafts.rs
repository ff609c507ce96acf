//! Half-written messages: kept for their writer alone, until they are sent or too old.

use std::time::Duration;

use omasote_client::IdempotencyKey;
use omasote_types::Instant;
use omasote_types::attachments::PlaceQuery;
use omasote_types::drafts::{Draft, DraftUpdate};
use omasote_types::error::ErrorCode;
use omasote_types::ids::{ThreadId, TopicId};
use omasote_types::messages::{NewMessage, NewThread, ThreadVisibility};
use omasote_types::proxies::{NewProxyInvitation, ProxyAcceptance, ProxyScope};

use crate::attachments::{document, taking};
use crate::harness::{code, on_both_engines};

const NEW: PlaceQuery = PlaceQuery { thread: None };

/// What is to be kept.
pub(crate) fn draft(text: &str, written_at: Instant) -> DraftUpdate {
    DraftUpdate { text: text.to_owned(), topic_id: None, written_at }
}

on_both_engines! {
    async fn a_draft_is_kept_where_it_is_written_and_goes_when_it_is_sent(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        let thread = aino.begin(unit.topic, "Hei").await;
        let (reply, now) = (PlaceQuery { thread: Some(thread.id) }, app.state.clock.now());
        assert_eq!(aino.get_draft(aino.id, NEW).await.unwrap(), Draft::default());
        let about = DraftUpdate { topic_id: Some(unit.topic), ..draft("Uusi as", now) };
        aino.save_draft(aino.id, NEW, &about).await.unwrap();
        aino.save_draft(aino.id, reply, &draft("Kiit", now)).await.unwrap();
        hanna.save_draft(aino.id, reply, &draft("Hei Aino", now)).await.unwrap();
        let file = hanna.create_attachment(aino.id, reply, "ohje.pdf", document()).await.unwrap();

        let found = aino.get_draft(aino.id, NEW).await.unwrap();
        assert_eq!((found.text.as_str(), found.topic_id), ("Uusi as", Some(unit.topic)));
        let found = hanna.get_draft(aino.id, reply).await.unwrap();
        assert_eq!((found.text.as_str(), found.attachments.len()), ("Hei Aino", 1));

        // A refused message leaves it as it is.
        let refused = NewMessage { after: Some(omasote_types::ids::MessageId::at(now)), ..NewMessage::of("Hei Aino") };
        let refused = hanna.send_message(thread.id, &refused, &IdempotencyKey::random()).await;
        assert_eq!(code(refused), ErrorCode::NewerMessages);
        assert_eq!(hanna.get_draft(aino.id, reply).await.unwrap().text, "Hei Aino");
        hanna.send_message(thread.id, &taking(&[file.id]), &IdempotencyKey::random()).await.unwrap();
        assert_eq!(hanna.get_draft(aino.id, reply).await.unwrap(), Draft::default());
        assert_eq!(aino.get_draft(aino.id, reply).await.unwrap().text, "Kiit", "Aino's own");
        let new = NewThread { topic_id: unit.topic, text: "Uusi asia".to_owned(), about_access: None, attachment_ids: Vec::new(), links: Vec::new() };
        aino.create_thread(aino.id, &new, &IdempotencyKey::random()).await.unwrap();
        assert_eq!(aino.get_draft(aino.id, NEW).await.unwrap(), Draft::default());
        aino.delete_draft(aino.id, reply).await.unwrap();
        aino.delete_draft(aino.id, reply).await.unwrap();
        assert_eq!(aino.get_draft(aino.id, reply).await.unwrap(), Draft::default());
    }

    async fn the_newer_one_wins_and_a_clock_that_goes_ahead_does_not_win_for_ever(app: TestApp) {
        let aino = app.citizen().await;
        let (now, second) = (app.state.clock.now(), Duration::from_secs(1));
        let text = async |text: &str, at: Instant| aino.save_draft(aino.id, NEW, &draft(text, at)).await.unwrap().text;
        assert_eq!(text("kaksi", now - second).await, "kaksi");
        assert_eq!(text("yksi", now - 2 * second).await, "kaksi", "written before");
        assert_eq!(text("kolme", now - second).await, "kolme", "the last of one moment");
        assert_eq!(text("edellä", now + 1000 * second).await, "edellä");
        app.advance(Duration::from_secs(5));
        assert_eq!(text("oikea kello", app.state.clock.now()).await, "oikea kello");
        assert_eq!(text("", app.state.clock.now()).await, "", "it may be emptied");
    }

    async fn nobody_else_sees_it_not_even_who_acts_for_the_same_person(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, liisa, onni) = (app.citizen().await, app.citizen().await, app.citizen().await);
        let (hanna, colleague) = (app.professional(unit.id).await, app.professional(unit.id).await);
        let offer = NewProxyInvitation { scopes: vec![ProxyScope::Messages], ends_at: None };
        let invitation = aino.create_proxy_invitation(aino.id, &offer).await.unwrap();
        liisa.accept_proxy_invitation(&ProxyAcceptance { code: invitation.code }).await.unwrap();
        let thread = aino.begin(unit.topic, "Hei").await;
        let (reply, now) = (PlaceQuery { thread: Some(thread.id) }, app.state.clock.now());
        for at in [NEW, reply] {
            aino.save_draft(aino.id, at, &draft("Vain minulle", now)).await.unwrap();
            assert_eq!(liisa.get_draft(aino.id, at).await.unwrap(), Draft::default());
            assert_eq!(code(onni.get_draft(aino.id, at).await), ErrorCode::NotFound);
            assert_eq!(code(onni.save_draft(aino.id, at, &draft("x", now)).await), ErrorCode::NotFound);
            assert_eq!(code(onni.delete_draft(aino.id, at).await), ErrorCode::NotFound);
        }
        hanna.save_draft(aino.id, reply, &draft("Vain minulle", now)).await.unwrap();
        assert_eq!(colleague.get_draft(aino.id, reply).await.unwrap(), Draft::default());
        liisa.save_draft(aino.id, reply, &draft("Liisan oma", now)).await.unwrap();
        assert_eq!(aino.get_draft(aino.id, reply).await.unwrap().text, "Vain minulle");
        assert_eq!(code(aino.get_draft(aino.id, PlaceQuery { thread: Some(ThreadId::at(now)) }).await), ErrorCode::NotFound);
        assert_eq!(code(onni.get_draft(onni.id, reply).await), ErrorCode::NotFound, "a thread of another");
        aino.set_thread_visibility(thread.id, ThreadVisibility { is_hidden_from_proxies: true }).await.unwrap();
        assert_eq!(code(liisa.get_draft(aino.id, reply).await), ErrorCode::NotFound);
    }

    async fn what_cannot_be_kept_is_refused_and_what_is_old_goes(app: TestApp) {
        let aino = app.citizen().await;
        let now = app.state.clock.now();
        let longest = "ä".repeat(10_000);
        aino.save_draft(aino.id, NEW, &draft(&longest, now)).await.unwrap();
        for wrong in [draft(&"a".repeat(10_001), now), draft("a\0", now)] {
            assert_eq!(code(aino.save_draft(aino.id, NEW, &wrong).await), ErrorCode::ValidationFailed);
        }
        let unknown = DraftUpdate { topic_id: Some(TopicId::at(now)), ..draft("a", now) };
        assert_eq!(code(aino.save_draft(aino.id, NEW, &unknown).await), ErrorCode::ValidationFailed);
        assert_eq!(aino.get_draft(aino.id, NEW).await.unwrap().text, longest);
        let keep_house = async || {
            let now = app.state.clock.now();
            app.state.db.write(move |tx| omasote_backend::jobs::forget_old(tx, now)).await.unwrap();
        };
        app.advance(Duration::from_secs(29 * 86_400));
        keep_house().await;
        let aino = app.again(aino).await;
        assert_eq!(aino.get_draft(aino.id, NEW).await.unwrap().text, longest);
        app.advance(Duration::from_secs(2 * 86_400));
        keep_house().await;
        let aino = app.again(aino).await;
        assert_eq!(aino.get_draft(aino.id, NEW).await.unwrap(), Draft::default());
    }

    async fn drafts_leave_no_line_in_the_access_log_and_refusals_do(app: TestApp) {
        let (aino, onni) = (app.citizen().await, app.citizen().await);
        let now = app.state.clock.now();
        aino.save_draft(aino.id, NEW, &draft("Hei", now)).await.unwrap();
        aino.get_draft(aino.id, NEW).await.unwrap();
        assert_eq!(code(onni.get_draft(aino.id, NEW).await), ErrorCode::NotFound);
        app.seal().await;
        let log = aino.list_accesses(aino.id, &omasote_types::audit::AccessQuery::default()).await.unwrap().items;
        let operations: Vec<&str> = log.iter().map(|line| line.operation.as_str()).collect();
        assert_eq!(operations, ["getDraft", "createDemoSession"]);
    }
}
