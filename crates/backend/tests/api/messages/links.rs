//! What messages of professionals lead to.

use omasote_backend::jobs::send_scheduled;
use omasote_client::IdempotencyKey;
use omasote_types::error::{ErrorCode, FieldErrorCode};
use omasote_types::guides::Guide;
use omasote_types::ids::{GuideId, LinkedId, ProfessionalId, ThreadId};
use omasote_types::messages::{Link, LinkKind, Message, NewLink, NewMessage, NewThread};
use omasote_types::page::PageQuery;
use omasote_types::scheduling::{Held, NewScheduledMessage};

use crate::guides::{content, draft_of, of_unit};
use crate::harness::{Person, code, on_both_engines};

fn link(id: GuideId) -> NewLink {
    NewLink { kind: LinkKind::Guide, id: LinkedId::from_uuid(*id.as_uuid()) }
}

fn leading_to(guides: &[GuideId]) -> NewMessage {
    NewMessage { links: guides.iter().copied().map(link).collect(), ..NewMessage::of("Lue tämä ohje.") }
}

async fn send(by: &Person<ProfessionalId>, to: ThreadId, guides: &[GuideId]) -> Message {
    by.send_message(to, &leading_to(guides), &IdempotencyKey::random()).await.unwrap()
}

pub(super) async fn newest<I>(of: ThreadId, by: &Person<I>) -> Message {
    by.list_messages(of, &PageQuery::default()).await.unwrap().items.remove(0)
}

fn to(guide: &Guide) -> Link {
    Link {
        kind: LinkKind::Guide,
        id: link(guide.id).id,
        title: guide.content.title.clone(),
        starts_at: None,
        is_retired: false,
    }
}

/// The field that is refused.
pub(super) fn refused(
    outcome: Result<impl std::fmt::Debug, omasote_client::ClientError>,
) -> (String, FieldErrorCode) {
    let omasote_client::ClientError::Refused(problem) = outcome.unwrap_err() else {
        panic!("must be refused")
    };
    assert_eq!(problem.code, ErrorCode::ValidationFailed);
    let error = problem.errors.into_iter().next().unwrap();
    (error.field, error.code)
}

on_both_engines! {
    async fn a_message_leads_to_guides_in_the_order_they_were_chosen(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        let (first, second) = (of_unit(&app, unit.id, "Verenpaine").await, of_unit(&app, unit.id, "Haava").await);
        let thread = aino.begin(unit.topic, "Hei").await.id;
        let sent = send(&hanna, thread, &[second.id, first.id]).await;
        assert_eq!(sent.links, [to(&second), to(&first)]);
        hanna.write(thread, "Eikä muuta").await;
        send(&hanna, thread, &[first.id]).await;
        let read = aino.list_messages(thread, &PageQuery::default()).await.unwrap().items;
        let links: Vec<Vec<Link>> = read.into_iter().map(|message| message.links).collect();
        assert_eq!(links, [vec![to(&first)], vec![], vec![to(&second), to(&first)], vec![]]);
    }

    async fn a_link_leads_to_the_guide_as_it_is_now(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna, lead) = (app.citizen().await, app.professional(unit.id).await, app.lead(unit.id).await);
        let guide = of_unit(&app, unit.id, "Verenpaine").await;
        let thread = aino.begin(unit.topic, "Hei").await.id;
        send(&hanna, thread, &[guide.id]).await;
        let changed = lead.update_guide(guide.id, guide.version, &content(&app, "Verenpaine kotona")).await.unwrap();
        assert_eq!(newest(thread, &aino).await.links, [to(&changed)]);
        lead.retire_guide(guide.id, changed.version).await.unwrap();
        assert_eq!(newest(thread, &aino).await.links, [Link { is_retired: true, ..to(&changed) }]);
    }

    async fn links_that_lead_nowhere_are_refused_at_their_place_and_nothing_is_sent(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna, lead) = (app.citizen().await, app.professional(unit.id).await, app.lead(unit.id).await);
        let good = of_unit(&app, unit.id, "Verenpaine").await;
        let draft = draft_of(&app, unit.id, "Luonnos").await;
        let retired = of_unit(&app, unit.id, "Vanha").await;
        lead.retire_guide(retired.id, retired.version).await.unwrap();
        let none = GuideId::at(app.state.clock.now());
        let thread = aino.begin(unit.topic, "Hei").await.id;
        for bad in [none, draft.id, retired.id] {
            let new = leading_to(&[good.id, bad]);
            let expected = ("links.1".to_owned(), FieldErrorCode::UnknownReference);
            assert_eq!(refused(hanna.send_message(thread, &new, &IdempotencyKey::random()).await), expected);
        }
        let twice = leading_to(&[good.id, good.id]);
        let expected = ("links".to_owned(), FieldErrorCode::InvalidFormat);
        assert_eq!(refused(hanna.send_message(thread, &twice, &IdempotencyKey::random()).await), expected);
        let mut many = Vec::new();
        for _ in 0..11 {
            many.push(GuideId::at(app.state.clock.now()));
        }
        let expected = ("links".to_owned(), FieldErrorCode::TooLong);
        assert_eq!(refused(hanna.send_message(thread, &leading_to(&many), &IdempotencyKey::random()).await), expected);
        let own = leading_to(&[good.id]);
        assert_eq!(code(aino.send_message(thread, &own, &IdempotencyKey::random()).await), ErrorCode::NotAllowed);
        assert_eq!(aino.get_thread(thread).await.unwrap().message_count, 1);
    }

    async fn a_professionals_first_message_leads_to_guides_and_a_citizens_does_not(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        aino.begin(unit.topic, "Hei").await;
        let guide = of_unit(&app, unit.id, "Verenpaine").await;
        let new = NewThread {
            topic_id: unit.topic,
            text: "Tulokset ovat valmiit".to_owned(),
            about_access: None,
            attachment_ids: Vec::new(),
            links: vec![link(guide.id)],
        };
        let thread = hanna.create_thread(aino.id, &new, &IdempotencyKey::random()).await.unwrap().id;
        assert_eq!(newest(thread, &aino).await.links, [to(&guide)]);
        assert_eq!(code(aino.create_thread(aino.id, &new, &IdempotencyKey::random()).await), ErrorCode::NotAllowed);
        let nowhere = NewThread { links: vec![link(GuideId::at(app.state.clock.now()))], ..new };
        let expected = ("links.0".to_owned(), FieldErrorCode::UnknownReference);
        assert_eq!(refused(hanna.create_thread(aino.id, &nowhere, &IdempotencyKey::random()).await), expected);
    }

    async fn a_scheduled_message_keeps_its_links_and_is_held_when_one_was_retired(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna, lead) = (app.citizen().await, app.professional(unit.id).await, app.lead(unit.id).await);
        let (kept, retired) = (of_unit(&app, unit.id, "Verenpaine").await, of_unit(&app, unit.id, "Vanha").await);
        let hour = std::time::Duration::from_secs(3600);
        let (goes, waits) = (aino.begin(unit.topic, "Yksi").await.id, aino.begin(unit.topic, "Toinen").await.id);
        for (thread, guide) in [(goes, &kept), (waits, &retired)] {
            let new = NewScheduledMessage {
                text: "Lue ohje.".to_owned(),
                instructions: Vec::new(),
                links: vec![link(guide.id)],
                after: newest(thread, &hanna).await.id,
                send_at: app.state.clock.now() + hour,
            };
            let made = hanna.create_scheduled_message(thread, &new, &IdempotencyKey::random()).await.unwrap();
            assert_eq!(made.links, [to(guide)]);
            let nowhere = NewScheduledMessage { links: vec![link(GuideId::at(app.state.clock.now()))], ..new };
            let expected = ("links.0".to_owned(), FieldErrorCode::UnknownReference);
            assert_eq!(refused(hanna.create_scheduled_message(thread, &nowhere, &IdempotencyKey::random()).await), expected);
        }
        lead.retire_guide(retired.id, retired.version).await.unwrap();
        app.advance(2 * hour);
        send_scheduled(&app.state).await.unwrap();
        assert_eq!(newest(goes, &aino).await.links, [to(&kept)]);
        let held = hanna.list_scheduled_messages(waits).await.unwrap().remove(0);
        assert_eq!((held.held, held.links[0].is_retired), (Some(Held::LinkGone), true));
        let back = hanna.take_back_scheduled_message(held.id).await.unwrap();
        assert_eq!(back.links[0].title.fi, "Vanha");
        assert_eq!(aino.get_thread(waits).await.unwrap().message_count, 1);
    }

    async fn the_same_request_is_sent_once_with_its_links(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        let (one, other) = (of_unit(&app, unit.id, "Verenpaine").await, of_unit(&app, unit.id, "Haava").await);
        let thread = aino.begin(unit.topic, "Hei").await.id;
        let key = IdempotencyKey::random();
        let sent = hanna.send_message(thread, &leading_to(&[one.id]), &key).await.unwrap();
        assert_eq!(hanna.send_message(thread, &leading_to(&[one.id]), &key).await.unwrap(), sent);
        let reused = hanna.send_message(thread, &leading_to(&[other.id]), &key).await;
        assert_eq!(code(reused), ErrorCode::IdempotencyKeyReused);
    }

    async fn links_are_in_what_a_citizen_takes_away(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (aino, hanna) = (app.citizen().await, app.professional(unit.id).await);
        let guide = of_unit(&app, unit.id, "Haava & <sidos>").await;
        let thread = aino.begin(unit.topic, "Hei").await.id;
        send(&hanna, thread, &[guide.id]).await;
        let files = crate::exports::unpacked(&app, &aino).await;
        let file = |name: &str| files.iter().find(|(file, _)| file == name).unwrap().1.clone();
        assert!(file("lue-minut.html").contains("<li>Ohje: Haava &amp; &lt;sidos&gt;</li>"));
        let all: serde_json::Value = serde_json::from_str(&file("all.json")).unwrap();
        let written = &all["matters"][0]["messages"][1]["links"][0];
        assert_eq!((written["kind"].as_str(), written["id"].as_str()), (Some("guide"), Some(guide.id.to_string().as_str())));
        let bundle = file("fhir-r4-bundle.json");
        assert!(bundle.contains("contentReference") && bundle.contains("Haava & <sidos>"));
        assert!(crate::exports::kinds_in(&bundle).contains("Communication"));
    }
}
