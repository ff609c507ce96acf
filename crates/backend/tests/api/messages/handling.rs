//! Who has a thread, how it goes from unit to unit, how it ends and goes on.

use std::time::Duration;

use omasote_client::IdempotencyKey;
use omasote_types::error::ErrorCode;
use omasote_types::ids::{ThreadId, UnitId};
use omasote_types::messages::{
    Bulk, BulkAct, HolderFilter, InboxMark, InboxQuery, InstructionAnswer, Message, NewForward, NewMessage,
    NewNote, NewReturn, NewThread, Take, Thread, ThreadState, Understanding,
};
use omasote_types::people::Absence;

use super::{first_page, inbox};
use crate::harness::{Person, TestApp, TestUnit, code, on_both_engines};

const DAY: Duration = Duration::from_secs(24 * 3600);

type Professional = Person<omasote_types::ids::ProfessionalId>;

fn to(unit: UnitId) -> NewForward {
    NewForward {
        unit_id: unit,
        reason: "Asia kuuluu neuvolaan".to_owned(),
        note: Some("Ota yhteyttä äitiin".to_owned()),
        stays_informed: false,
    }
}

fn back() -> NewReturn {
    NewReturn { reason: "Asia kuuluu sittenkin teille".to_owned() }
}

async fn waiting(of: &Professional, unit: TestUnit) -> Vec<Thread> {
    of.list_inbox(unit.id, &inbox(ThreadState::Waiting)).await.unwrap().items
}

async fn messages(app: &Person<omasote_types::ids::CitizenId>, of: ThreadId) -> Vec<Message> {
    app.list_messages(of, &first_page()).await.unwrap().items
}

async fn tell(by: &Professional, to: ThreadId, instructions: &[&str]) -> Message {
    let instructions = instructions.iter().map(|text| (*text).to_owned()).collect();
    let new = NewMessage { instructions, ..NewMessage::of("Toimi näin") };
    by.send_message(to, &new, &IdempotencyKey::random()).await.unwrap()
}

on_both_engines! {
    async fn who_takes_a_thread_has_it_and_colleagues_are_told(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let aino = app.citizen().await;
        let (hanna, liisa) = (app.professional(unit.id).await, app.professional(unit.id).await);
        let thread = aino.begin(unit.topic, "Hei").await;

        let taken = hanna.take_thread(thread.id, Take::default()).await.unwrap();
        let holder = taken.holder.unwrap();
        assert_eq!((holder.id, holder.name.as_str()), (hanna.id, "Hanna Hoitaja"));
        assert_eq!(waiting(&liisa, unit).await[0].holder.as_ref().unwrap().id, hanna.id);
        assert_eq!(aino.get_thread(thread.id).await.unwrap().holder, None, "citizens do not see who");

        assert_eq!(code(liisa.take_thread(thread.id, Take::default()).await), ErrorCode::ThreadTaken);
        let reply = liisa.send_message(thread.id, &NewMessage::of("Hei"), &IdempotencyKey::random()).await;
        assert_eq!(code(reply), ErrorCode::ThreadTaken);
        assert_eq!(code(liisa.close_thread(thread.id).await), ErrorCode::ThreadTaken);
        assert_eq!(code(liisa.release_thread(thread.id).await), ErrorCode::Conflict);
        assert_eq!(messages(&aino, thread.id).await.len(), 1, "nothing was sent");

        let handed = liisa.take_thread(thread.id, Take { from: Some(hanna.id) }).await.unwrap();
        assert_eq!(handed.holder.unwrap().id, liisa.id);
        assert_eq!(code(hanna.take_thread(thread.id, Take { from: Some(hanna.id) }).await), ErrorCode::Conflict);
        assert_eq!(liisa.release_thread(thread.id).await.unwrap().holder, None);
    }

    async fn a_reply_that_did_not_see_the_newest_message_is_not_sent(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        let thread = aino.begin(unit.topic, "Hei").await;
        let seen = messages(&aino, thread.id).await[0].id;
        let newer = aino.write(thread.id, "En tarvitsekaan aikaa").await.id;
        let reply = |after| NewMessage { after: Some(after), ..NewMessage::of("Aika on varattu") };
        let late = hanna.send_message(thread.id, &reply(seen), &IdempotencyKey::random()).await;
        assert_eq!(code(late), ErrorCode::NewerMessages);
        hanna.send_message(thread.id, &reply(newer), &IdempotencyKey::random()).await.unwrap();
        assert_eq!(messages(&aino, thread.id).await.len(), 3);
    }

    async fn what_is_not_moved_in_time_goes_back_to_the_unit(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        let (one, other) = (aino.begin(unit.topic, "yksi").await.id, aino.begin(unit.topic, "toinen").await.id);
        hanna.take_thread(one, Take::default()).await.unwrap();
        app.advance(DAY / 2);
        let hanna = app.again(hanna).await;
        hanna.take_thread(other, Take::default()).await.unwrap();
        app.advance(DAY / 2 + Duration::from_secs(60));
        assert_eq!(omasote_backend::jobs::let_lapsed_go(&app.state).await.unwrap(), 1);
        let hanna = app.again(hanna).await;
        let holders: Vec<_> = waiting(&hanna, unit).await.into_iter().map(|thread| (thread.id, thread.holder.is_some())).collect();
        assert_eq!(holders, [(one, false), (other, true)]);
    }

    async fn an_absent_colleagues_threads_go_to_the_unit(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let aino = app.citizen().await;
        let (hanna, liisa) = (app.professional(unit.id).await, app.professional(unit.id).await);
        let thread = aino.begin(unit.topic, "Hei").await.id;
        hanna.take_thread(thread, Take::default()).await.unwrap();
        let until = Some(app.state.clock.now() + 7 * DAY);
        assert_eq!(code(liisa.set_absence(unit.id, hanna.id, Absence { until }).await), ErrorCode::RoleRequired);
        hanna.set_absence(unit.id, hanna.id, Absence { until }).await.unwrap();
        assert_eq!(waiting(&liisa, unit).await[0].holder, None);
        let members = liisa.list_unit_members(unit.id, &first_page()).await.unwrap().items;
        assert!(members.iter().any(|member| member.id == hanna.id && member.absent_until.is_some()));

        // What comes back to who is away does not stay there either.
        hanna.write(thread, "Vastaan vielä tähän").await;
        aino.write(thread, "Kiitos, entä sitten?").await;
        assert_eq!(omasote_backend::jobs::let_lapsed_go(&app.state).await.unwrap(), 1);
        assert_eq!(waiting(&liisa, unit).await[0].holder, None);
        let past = Some(app.state.clock.now() - DAY);
        assert_eq!(code(hanna.set_absence(unit.id, hanna.id, Absence { until: past }).await), ErrorCode::ValidationFailed);
    }

    async fn a_forwarded_thread_waits_on_in_the_next_unit_and_the_citizen_sees_the_way(app: TestApp) {
        let (kuhmo, sotkamo) = (app.unit("Kuhmon vastaanotto").await, app.unit("Sotkamon neuvola").await);
        let aino = app.citizen().await;
        let (hanna, olli) = (app.professional(kuhmo.id).await, app.professional(sotkamo.id).await);
        let thread = aino.begin(kuhmo.topic, "Vauva ei nuku").await;
        aino.write(thread.id, "Onko tämä teille?").await;
        assert_eq!(code(olli.get_thread(thread.id).await), ErrorCode::NotFound);
        app.advance(Duration::from_secs(600));

        assert_eq!(code(hanna.forward_thread(thread.id, &to(kuhmo.id)).await), ErrorCode::ValidationFailed);
        hanna.forward_thread(thread.id, &to(sotkamo.id)).await.unwrap();
        assert!(waiting(&hanna, kuhmo).await.is_empty());
        let there = waiting(&olli, sotkamo).await;
        assert_eq!((there.len(), there[0].waiting_since, there[0].unread_count), (1, thread.waiting_since, 2));
        assert!(there[0].can_be_returned && there[0].holder.is_none() && there[0].moves == 1);
        assert_eq!(olli.list_notes(thread.id).await.unwrap()[0].text, "Ota yhteyttä äitiin");

        let seen = aino.list_transfers(thread.id).await.unwrap();
        assert_eq!((seen[0].from.name.fi.as_str(), seen[0].to.name.fi.as_str()), ("Kuhmon vastaanotto", "Sotkamon neuvola"));
        assert_eq!((seen[0].reason.as_str(), &seen[0].by), ("Asia kuuluu neuvolaan", &None));
        assert_eq!(olli.list_transfers(thread.id).await.unwrap()[0].by.as_ref().unwrap().id, hanna.id);

        // The sender sees and does not act.
        assert_eq!(hanna.get_thread(thread.id).await.unwrap().unit.id, sotkamo.id);
        let reply = hanna.send_message(thread.id, &NewMessage::of("Hei"), &IdempotencyKey::random()).await;
        assert_eq!(code(reply), ErrorCode::NotAllowed);
        let newest = messages(&aino, thread.id).await[0].id;
        hanna.mark_thread_read(thread.id, newest).await.unwrap();
        assert_eq!(olli.count_unread().await.unwrap().messages, 2, "it is not read for the other unit");
        let sent_on = InboxQuery { mark: Some(InboxMark::SentOn), ..InboxQuery::default() };
        assert_eq!(hanna.list_inbox(kuhmo.id, &sent_on).await.unwrap().items[0].id, thread.id);
    }

    async fn the_sender_sees_a_thread_until_its_care_relation_ends(app: TestApp) {
        let (kuhmo, sotkamo) = (app.unit("Kuhmon vastaanotto").await, app.unit("Sotkamon neuvola").await);
        let aino = app.citizen().await;
        let hanna = app.professional(kuhmo.id).await;
        let (plain, followed) = (aino.begin(kuhmo.topic, "yksi").await.id, aino.begin(kuhmo.topic, "toinen").await.id);
        hanna.forward_thread(plain, &to(sotkamo.id)).await.unwrap();
        hanna.forward_thread(followed, &NewForward { stays_informed: true, ..to(sotkamo.id) }).await.unwrap();
        app.advance(DAY * 89);
        let hanna = app.again(hanna).await;
        assert!(hanna.get_thread(plain).await.is_ok());
        app.advance(DAY * 2);
        let hanna = app.again(hanna).await;
        assert_eq!(code(hanna.get_thread(plain).await), ErrorCode::NotFound);
        assert!(hanna.get_thread(followed).await.is_ok(), "who follows it sees it as long as it is open");
        let sent_on = InboxQuery { mark: Some(InboxMark::SentOn), ..InboxQuery::default() };
        let listed = hanna.list_inbox(kuhmo.id, &sent_on).await.unwrap().items;
        assert_eq!(listed.iter().map(|thread| thread.id).collect::<Vec<_>>(), [followed]);
    }

    async fn the_receiving_unit_sends_a_thread_back_once(app: TestApp) {
        let (kuhmo, sotkamo) = (app.unit("Kuhmon vastaanotto").await, app.unit("Sotkamon neuvola").await);
        let aino = app.citizen().await;
        let (hanna, olli) = (app.professional(kuhmo.id).await, app.professional(sotkamo.id).await);
        let thread = aino.begin(kuhmo.topic, "Hei").await.id;
        assert_eq!(code(hanna.return_thread(thread, &back()).await), ErrorCode::NotReturnable);
        hanna.forward_thread(thread, &to(sotkamo.id)).await.unwrap();
        let empty = NewReturn { reason: " ".to_owned() };
        assert_eq!(code(olli.return_thread(thread, &empty).await), ErrorCode::ValidationFailed);
        let returned = olli.return_thread(thread, &back()).await.unwrap();
        assert_eq!((returned.unit.id, returned.moves, returned.can_be_returned), (kuhmo.id, 2, false));
        assert_eq!(waiting(&hanna, kuhmo).await.len(), 1);
        hanna.write(thread, "Selvä, hoidamme").await;
        assert_eq!(code(olli.return_thread(thread, &back()).await), ErrorCode::NotAllowed);
    }

    async fn either_side_ends_a_matter_and_it_opens_again_for_thirty_days(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        let thread = aino.begin(unit.topic, "Hei").await.id;
        let ended = aino.close_thread(thread).await.unwrap();
        assert!(ended.state == ThreadState::Closed && ended.closed_at.is_some());
        assert_eq!(code(hanna.take_thread(thread, Take::default()).await), ErrorCode::ThreadClosed);
        app.advance(DAY * 30 - Duration::from_secs(60));
        let aino = app.again(aino).await;
        let open = aino.reopen_thread(thread).await.unwrap();
        assert!(open.state == ThreadState::Waiting && open.closed_at.is_none());
        aino.close_thread(thread).await.unwrap();
        app.advance(DAY * 30 + Duration::from_secs(60));
        let aino = app.again(aino).await;
        assert_eq!(code(aino.reopen_thread(thread).await), ErrorCode::ThreadEnded);
        let late = aino.send_message(thread, &NewMessage::of("Hei"), &IdempotencyKey::random()).await;
        assert_eq!(code(late), ErrorCode::ThreadEnded);
        assert_eq!(messages(&aino, thread).await.len(), 1);
    }

    async fn a_citizen_sees_when_a_message_was_opened_and_by_which_role(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        let thread = aino.begin(unit.topic, "yksi").await.id;
        let second = aino.write(thread, "kaksi").await.id;
        let sent = messages(&aino, thread).await;
        assert!(sent.iter().all(|message| message.opened.is_none()));
        hanna.mark_thread_read(thread, sent[1].id).await.unwrap();
        let first_opened = messages(&aino, thread).await;
        assert_eq!(first_opened[1].opened.as_ref().unwrap().title, "sairaanhoitaja");
        assert_eq!(first_opened[0].opened, None);
        app.advance(Duration::from_secs(60));
        app.professional(unit.id).await.mark_thread_read(thread, second).await.unwrap();
        let opened = messages(&aino, thread).await;
        assert_eq!(opened[1].opened, first_opened[1].opened, "the first who opens it counts");
        assert!(opened[0].opened.as_ref().unwrap().at > opened[1].opened.as_ref().unwrap().at);
    }

    async fn what_was_not_understood_raises_the_thread(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        let thread = aino.begin(unit.topic, "Hei").await.id;
        let told = tell(&hanna, thread, &["Mittaa verenpaine aamuisin", "Ota lääke ruoan kanssa"]).await;
        assert_eq!(told.instructions.len(), 2);
        let say = |answer| InstructionAnswer { answer };
        aino.answer_instruction(told.id, 0, say(Understanding::Understood)).await.unwrap();
        assert_eq!(aino.get_thread(thread).await.unwrap().state, ThreadState::Answered);
        aino.answer_instruction(told.id, 1, say(Understanding::NotUnderstood)).await.unwrap();
        let raised = waiting(&hanna, unit).await;
        assert!(raised[0].is_raised && raised[0].holder.as_ref().unwrap().id == hanna.id);
        let filtered = InboxQuery { mark: Some(InboxMark::NotUnderstood), ..InboxQuery::default() };
        assert_eq!(hanna.list_inbox(unit.id, &filtered).await.unwrap().items.len(), 1);
        let answers: Vec<_> = messages(&aino, thread).await[0].instructions.iter().map(|one| one.answer).collect();
        assert_eq!(answers, [Some(Understanding::Understood), Some(Understanding::NotUnderstood)]);

        assert_eq!(code(hanna.answer_instruction(told.id, 0, say(Understanding::Understood)).await), ErrorCode::NotAllowed);
        assert_eq!(code(aino.answer_instruction(told.id, 2, say(Understanding::Understood)).await), ErrorCode::NotFound);
        hanna.write(thread, "Ruoan kanssa tarkoittaa aterian aikana").await;
        assert!(!aino.get_thread(thread).await.unwrap().is_raised);
        let own = NewMessage { instructions: vec!["Tee näin".to_owned()], ..NewMessage::of("Hei") };
        assert_eq!(code(aino.send_message(thread, &own, &IdempotencyKey::random()).await), ErrorCode::NotAllowed);
    }

    async fn notes_never_reach_the_citizen(app: TestApp) {
        let (kuhmo, sotkamo) = (app.unit("Kuhmon vastaanotto").await, app.unit("Sotkamon neuvola").await);
        let (aino, hanna) = (app.citizen().await, app.professional(kuhmo.id).await);
        let thread = aino.begin(kuhmo.topic, "Hei").await;
        let secret = "epäily-lääkkeiden-väärinkäytöstä";
        hanna.create_note(thread.id, &NewNote { text: secret.to_owned() }).await.unwrap();
        let note = Some(format!("{secret} vie eteenpäin"));
        hanna.forward_thread(thread.id, &NewForward { note, ..to(sotkamo.id) }).await.unwrap();
        assert_eq!(hanna.list_notes(thread.id).await.unwrap().len(), 2);

        let export = crate::exports::unpacked(&app, &aino).await;
        assert!(!export.is_empty() && export.iter().all(|(_, content)| !content.contains(secret)));
        // Everything that the citizen can ask for without a body.
        let token = app.tokens(aino.person).await.0;
        let document: serde_json::Value = serde_json::from_str(omasote_backend::openapi::document_text()).unwrap();
        let mut asked = 0;
        for (path, operations) in document["paths"].as_object().unwrap() {
            if operations.get("get").is_none() || path.ends_with("/updates") {
                continue;
            }
            let places = [("{citizenId}", aino.id.to_string()), ("{threadId}", thread.id.to_string()), ("{unitId}", kuhmo.id.to_string())];
            let path = places.iter().fold(path.clone(), |path, (name, id)| path.replace(name, id));
            let answer = TestApp::http().get(app.url(&path)).bearer_auth(&token).header("omasote-app", "citizen");
            let text = answer.send().await.unwrap().text().await.unwrap();
            assert!(!text.contains(secret), "{path}");
            asked += 1;
        }
        assert!(asked > 20);
        assert_eq!(code(aino.list_notes(thread.id).await), ErrorCode::NotAllowed);
    }

    async fn many_are_taken_and_ended_at_once_each_by_itself(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let aino = app.citizen().await;
        let (hanna, liisa) = (app.professional(unit.id).await, app.professional(unit.id).await);
        let mut ids = Vec::new();
        for number in 0..3 {
            ids.push(aino.begin(unit.topic, &format!("{number}")).await.id);
        }
        liisa.take_thread(ids[1], Take::default()).await.unwrap();
        let act = |act, ids: &[ThreadId]| Bulk { act, thread_ids: ids.to_vec() };
        let outcomes = hanna.act_on_threads(unit.id, &act(BulkAct::Take, &ids)).await.unwrap();
        let refused: Vec<_> = outcomes.iter().map(|outcome| outcome.refused).collect();
        assert_eq!(refused, [None, Some(ErrorCode::ThreadTaken), None]);
        let mine = InboxQuery { holder: Some(HolderFilter::Mine), ..InboxQuery::default() };
        assert_eq!(hanna.list_inbox(unit.id, &mine).await.unwrap().items.len(), 2);
        let free = InboxQuery { holder: Some(HolderFilter::Free), ..InboxQuery::default() };
        assert!(hanna.list_inbox(unit.id, &free).await.unwrap().items.is_empty());
        hanna.act_on_threads(unit.id, &act(BulkAct::Close, &ids[..1])).await.unwrap();
        assert_eq!(aino.get_thread(ids[0]).await.unwrap().state, ThreadState::Closed);
        assert_eq!(code(hanna.act_on_threads(unit.id, &act(BulkAct::Take, &[])).await), ErrorCode::ValidationFailed);
    }

    async fn a_professional_begins_a_thread_with_whom_the_unit_cares_for(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, onni, hanna) = (app.citizen().await, app.citizen().await, app.professional(unit.id).await);
        aino.begin(unit.topic, "Hei").await;
        let new = NewThread { topic_id: unit.topic, text: "Tulokset ovat valmiit".to_owned(), about_access: None, attachment_ids: Vec::new(), links: Vec::new() };
        let begun = hanna.create_thread(aino.id, &new, &IdempotencyKey::random()).await.unwrap();
        assert!(begun.state == ThreadState::Answered && begun.holder.unwrap().id == hanna.id);
        assert_eq!(aino.get_thread(begun.id).await.unwrap().unread_count, 1);
        assert_eq!(code(hanna.create_thread(onni.id, &new, &IdempotencyKey::random()).await), ErrorCode::NotFound);
        let elsewhere = app.unit("Sotkamon neuvola").await;
        let new = NewThread { topic_id: elsewhere.topic, ..new };
        assert_eq!(code(hanna.create_thread(aino.id, &new, &IdempotencyKey::random()).await), ErrorCode::ValidationFailed);
    }
}
