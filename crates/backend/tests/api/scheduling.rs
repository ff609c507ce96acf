//! Messages that are sent later: at their time, once, and not past what the citizen has written meanwhile.

use std::time::Duration;

use omasote_backend::jobs::send_scheduled;
use omasote_client::IdempotencyKey;
use omasote_types::audit::{AccessAction, AccessQuery};
use omasote_types::error::ErrorCode;
use omasote_types::ids::{ProfessionalId, ThreadId};
use omasote_types::messages::{NewForward, Take};
use omasote_types::page::PageQuery;
use omasote_types::people::Role;
use omasote_types::scheduling::{Held, NewScheduledMessage, ScheduledMessage};

use crate::harness::{Person, TestApp, code, on_both_engines};

const HOUR: Duration = Duration::from_secs(3600);
const TEXT: &str = "Muista huominen aika.";

async fn new(app: &TestApp, by: &Person<ProfessionalId>, into: ThreadId) -> NewScheduledMessage {
    let newest = by.list_messages(into, &PageQuery::default()).await.unwrap().items[0].id;
    NewScheduledMessage {
        text: TEXT.to_owned(),
        instructions: vec!["Ota lääkelista mukaan".to_owned()],
        links: Vec::new(),
        after: newest,
        send_at: app.state.clock.now() + HOUR,
    }
}

async fn schedule(app: &TestApp, by: &Person<ProfessionalId>, into: ThreadId) -> ScheduledMessage {
    let new = new(app, by, into).await;
    by.create_scheduled_message(into, &new, &IdempotencyKey::random()).await.unwrap()
}

/// Lets two hours go by, and has what is due sent.
async fn later(app: &TestApp) {
    app.advance(2 * HOUR);
    send_scheduled(&app.state).await.unwrap();
}

on_both_engines! {
    async fn a_message_is_sent_at_its_time_and_nobody_else_sees_it_before(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        let thread = aino.begin(unit.topic, "Hei").await.id;
        let made = schedule(&app, &hanna, thread).await;
        assert_eq!((made.by.id, made.held), (hanna.id, None));
        let seen = aino.get_thread(thread).await.unwrap();
        assert_eq!((seen.message_count, seen.waiting_since.is_some()), (1, true), "who waits goes on waiting");
        assert_eq!(code(aino.list_scheduled_messages(thread).await), ErrorCode::NotAllowed);
        send_scheduled(&app.state).await.unwrap();
        assert_eq!(hanna.list_scheduled_messages(thread).await.unwrap(), [made]);

        later(&app).await;
        // The server's own job may have been faster; twice is once.
        send_scheduled(&app.state).await.unwrap();
        let messages = aino.list_messages(thread, &PageQuery::default()).await.unwrap().items;
        assert_eq!((messages.len(), messages[0].text.as_str()), (2, TEXT));
        assert_eq!(messages[0].instructions[0].text, "Ota lääkelista mukaan");
        assert_eq!(aino.get_thread(thread).await.unwrap().waiting_since, None);
        assert_eq!(hanna.list_scheduled_messages(thread).await.unwrap(), []);
        app.seal().await;
        let lines = aino.list_accesses(aino.id, &AccessQuery::default()).await.unwrap().items;
        let sent = lines.iter().find(|line| line.operation == "sendScheduledMessage").unwrap();
        assert_eq!((sent.action, sent.title.as_deref()), (AccessAction::Write, Some("sairaanhoitaja")));
        assert!(lines.iter().any(|line| line.operation == "createScheduledMessage"));
    }

    async fn what_the_citizen_writes_meanwhile_holds_it_and_it_can_be_taken_back(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna, matti) = (app.citizen().await, app.professional(unit.id).await, app.professional(unit.id).await);
        let thread = aino.begin(unit.topic, "Hei").await.id;
        let made = schedule(&app, &hanna, thread).await;
        aino.write(thread, "En pääsekään huomenna").await;
        later(&app).await;
        let held = hanna.list_scheduled_messages(thread).await.unwrap();
        assert_eq!(held.iter().map(|message| message.held).collect::<Vec<_>>(), [Some(Held::NewerMessages)]);
        assert_eq!(aino.get_thread(thread).await.unwrap().message_count, 2);
        // A colleague may look after it.
        let back = matti.take_back_scheduled_message(made.id).await.unwrap();
        assert_eq!((back.text.as_str(), back.instructions.len()), (TEXT, 1));
        assert_eq!(code(hanna.take_back_scheduled_message(made.id).await), ErrorCode::NotFound);
        later(&app).await;
        assert_eq!(aino.get_thread(thread).await.unwrap().message_count, 2);

        // What the unit writes itself holds nothing.
        schedule(&app, &hanna, thread).await;
        hanna.write(thread, "Varataan uusi aika").await;
        later(&app).await;
        assert_eq!(aino.get_thread(thread).await.unwrap().message_count, 4);
    }

    async fn it_is_held_when_its_writer_could_not_send_it_any_more(app: TestApp) {
        let (kuhmo, sotkamo) = (app.unit("Kuhmon vastaanotto").await, app.unit("Sotkamon vastaanotto").await);
        let (aino, hanna, matti) = (app.citizen().await, app.professional(kuhmo.id).await, app.professional(kuhmo.id).await);
        let (moved, taken) = (aino.begin(kuhmo.topic, "Yksi").await.id, aino.begin(kuhmo.topic, "Toinen").await.id);
        schedule(&app, &hanna, moved).await;
        schedule(&app, &hanna, taken).await;
        let forward = NewForward { unit_id: sotkamo.id, reason: "Asia kuuluu teille".to_owned(), note: None, stays_informed: true };
        hanna.forward_thread(moved, &forward).await.unwrap();
        matti.take_thread(taken, Take::default()).await.unwrap();
        later(&app).await;
        let held = async |by: &Person<ProfessionalId>, thread| by.list_scheduled_messages(thread).await.unwrap()[0].held;
        assert_eq!(held(&matti, taken).await, Some(Held::Taken));
        assert_eq!(held(&app.professional(sotkamo.id).await, moved).await, Some(Held::Moved));

        let alone = aino.begin(kuhmo.topic, "Kolmas").await.id;
        schedule(&app, &matti, alone).await;
        let admin = app.official(Role::Administrator).await;
        admin.close_account(matti.id).await.unwrap();
        later(&app).await;
        assert_eq!(held(&app.again(hanna).await, alone).await, Some(Held::NotAllowed));
        assert_eq!(aino.get_thread(alone).await.unwrap().message_count, 1);
    }

    async fn bad_schedules_are_refused_and_the_same_one_is_kept_once(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        let thread = aino.begin(unit.topic, "Hei").await.id;
        let good = new(&app, &hanna, thread).await;
        let now = app.state.clock.now();
        for bad in [
            NewScheduledMessage { text: " ".to_owned(), ..good.clone() },
            NewScheduledMessage { send_at: now - HOUR, ..good.clone() },
            NewScheduledMessage { send_at: now + 24 * 367 * HOUR, ..good.clone() },
            NewScheduledMessage { instructions: vec![String::new()], ..good.clone() },
        ] {
            assert_eq!(code(hanna.create_scheduled_message(thread, &bad, &IdempotencyKey::random()).await), ErrorCode::ValidationFailed);
        }
        let key = IdempotencyKey::random();
        let made = hanna.create_scheduled_message(thread, &good, &key).await.unwrap();
        assert_eq!(hanna.create_scheduled_message(thread, &good, &key).await.unwrap(), made);
        assert_eq!(hanna.list_scheduled_messages(thread).await.unwrap().len(), 1);
        aino.write(thread, "Vielä").await;
        assert_eq!(code(hanna.create_scheduled_message(thread, &good, &IdempotencyKey::random()).await), ErrorCode::NewerMessages);
        assert_eq!(code(aino.create_scheduled_message(thread, &good, &IdempotencyKey::random()).await), ErrorCode::NotAllowed);
        let stranger = app.professional(app.unit("Sotkamon vastaanotto").await.id).await;
        assert_eq!(code(stranger.take_back_scheduled_message(made.id).await), ErrorCode::NotFound);
    }
}
