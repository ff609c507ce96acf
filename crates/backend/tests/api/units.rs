//! Service units and who works in them.

use std::time::Duration;

use chrono::Days;
use chrono_tz::Europe::Helsinki;
use omasote_backend::db::DbConn;
use omasote_backend::repos::units;
use omasote_client::{Client, ClientError, IdempotencyKey};
use omasote_types::error::ErrorCode;
use omasote_types::language::LocalText;
use omasote_types::messages::{NewForward, NewReturn, NewThread};
use omasote_types::page::PageQuery;
use omasote_types::sessions::App;
use omasote_types::units::{OpeningBlock, OpeningException, OpeningSpan, TopicEntry, TopicList, UnitService};

use crate::harness::{TestApp, code, on_both_engines};

fn span(opens_minute: u16, closes_minute: u16) -> OpeningSpan {
    OpeningSpan { opens_minute, closes_minute }
}

on_both_engines! {
    async fn units_are_open_to_all_page_by_page(app: TestApp) {
        let mut made = Vec::new();
        for number in 0..5 {
            made.push(app.unit(&format!("Yksikkö {number}")).await.id);
        }
        let stranger = Client::new(&app.base, App::Citizen).unwrap();
        let (mut seen, mut cursor) = (Vec::new(), None);
        loop {
            let page = stranger.list_units(&PageQuery { cursor, limit: Some(2) }).await.unwrap();
            seen.extend(page.items.iter().map(|unit| unit.id));
            cursor = page.next_cursor;
            if cursor.is_none() { break; }
        }
        assert_eq!(seen, made);
        let unit = stranger.get_unit(made[3]).await.unwrap();
        assert_eq!((unit.name.fi.as_str(), unit.topics.len(), unit.hours.len()), ("Yksikkö 3", 1, 1));
    }

    async fn the_members_of_a_unit_are_known_to_its_members_only(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (hanna, antti, aino) =
            (app.professional(unit.id).await, app.professional(unit.id).await, app.citizen().await);
        let members = hanna.list_unit_members(unit.id, &PageQuery::default()).await.unwrap().items;
        assert_eq!(members.iter().map(|member| member.id).collect::<Vec<_>>(), [hanna.id, antti.id]);
        assert_eq!(code(aino.list_unit_members(unit.id, &PageQuery::default()).await), ErrorCode::NotFound);
    }

    async fn a_lead_sees_which_topics_lead_to_the_wrong_unit(app: TestApp) {
        let (kuhmo, sotkamo) = (app.unit("Kuhmon vastaanotto").await, app.unit("Sotkamon vastaanotto").await);
        let (aino, lead) = (app.citizen().await, app.lead(kuhmo.id).await);
        let (hanna, matti) = (app.professional(kuhmo.id).await, app.professional(sotkamo.id).await);
        assert_eq!(lead.list_topic_routing(kuhmo.id).await.unwrap(), []);
        let threads = [aino.begin(kuhmo.topic, "Yksi").await.id, aino.begin(kuhmo.topic, "Toinen").await.id];
        aino.begin(kuhmo.topic, "Kolmas").await;
        let reason = || "Asia ei kuulu meille".to_owned();
        for thread in threads {
            let to = NewForward { unit_id: sotkamo.id, reason: reason(), note: None, stays_informed: false };
            hanna.forward_thread(thread, &to).await.unwrap();
        }
        matti.return_thread(threads[0], &NewReturn { reason: reason() }).await.unwrap();
        let found = lead.list_topic_routing(kuhmo.id).await.unwrap();
        assert_eq!(found.iter().map(|topic| (topic.topic_id, topic.threads, topic.misrouted)).collect::<Vec<_>>(), [(kuhmo.topic, 3, 1)]);
        assert_eq!(code(lead.list_topic_routing(sotkamo.id).await), ErrorCode::RoleRequired);
        app.advance(Duration::from_secs(91 * 24 * 3600));
        assert_eq!(app.again(lead).await.list_topic_routing(kuhmo.id).await.unwrap(), []);
    }

    async fn a_lead_changes_how_the_unit_is_reached_and_when_it_is_open(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (lead, aino) = (app.lead(unit.id).await, app.citizen().await);
        assert_eq!(lead.get_me().await.unwrap().leads, [unit.id]);
        let before = lead.get_unit_settings(unit.id).await.unwrap();
        let today = app.state.clock.now().with_timezone(&Helsinki).date_naive();
        let (open, noon) = (span(600, 660), span(720, 780));
        let closed = OpeningException { date: today, spans: Vec::new() };
        let other = OpeningException { date: today + Days::new(1), spans: vec![open, noon] };
        let service = UnitService {
            phone: "08 000 0002".to_owned(),
            hours: (1..=7).map(|weekday| OpeningBlock { weekday, opens_minute: 0, closes_minute: 1440 }).collect(),
            exceptions: vec![closed, other],
            opens_on_holidays: true,
            response_minutes: Some(60),
        };
        let after = lead.update_unit_service(unit.id, before.version, &service).await.unwrap();
        assert_eq!((&after.service, after.version), (&service, before.version + 1));
        assert_eq!(lead.get_unit_settings(unit.id).await.unwrap(), after);
        let told = aino.get_unit(unit.id).await.unwrap();
        assert_eq!((told.phone.as_str(), told.today.len(), told.exceptions.len()), ("08 000 0002", 0, 2));
        let promised = told.promised_at.unwrap().with_timezone(&Helsinki).naive_local();
        assert_eq!(promised, (today + Days::new(1)).and_hms_opt(11, 0, 0).unwrap());

        // Tomorrow today is past, and stays.
        app.advance(Duration::from_secs(24 * 3600));
        let lead = app.again(lead).await;
        let shown = lead.get_unit_settings(unit.id).await.unwrap();
        assert_eq!(shown.service.exceptions, service.exceptions[1..]);
        let without = UnitService { exceptions: Vec::new(), ..service };
        lead.update_unit_service(unit.id, shown.version, &without).await.unwrap();
        let kept = move |conn: &mut DbConn| Ok(units::find_opening(conn, unit.id, today)?);
        assert_eq!(app.state.db.read(kept).await.unwrap().unwrap().exceptions.len(), 1);
    }

    async fn two_who_change_the_same_settings_do_not_undo_each_others(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (one, other) = (app.lead(unit.id).await, app.lead(unit.id).await);
        let before = one.get_unit_settings(unit.id).await.unwrap();
        let first = UnitService { phone: "08 000 0003".to_owned(), ..before.service.clone() };
        one.update_unit_service(unit.id, before.version, &first).await.unwrap();
        let second = UnitService { phone: "08 000 0004".to_owned(), ..before.service.clone() };
        assert_eq!(code(other.update_unit_service(unit.id, before.version, &second).await), ErrorCode::PreconditionFailed);
        let topics = TopicList { topics: before.topics };
        assert_eq!(code(other.update_unit_topics(unit.id, before.version, &topics).await), ErrorCode::PreconditionFailed);
        assert_eq!(one.get_unit_settings(unit.id).await.unwrap().service, first);
    }

    async fn a_change_names_the_version_it_was_made_from(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let lead = app.lead(unit.id).await;
        let (token, _) = app.tokens(lead.person).await;
        let address = |part: &str| app.url(&format!("/api/v1/units/{}/{part}", unit.id));
        let read = TestApp::http().get(address("settings")).bearer_auth(&token).send().await.unwrap();
        assert_eq!(read.headers()["etag"], "\"1\"");
        for (tag, status) in [(None, 428), (Some("\"7\""), 412), (Some("1"), 412), (Some("\"1\""), 200), (Some("*"), 200)] {
            let mut request = TestApp::http().put(address("service")).bearer_auth(&token).header("omasote-app", "professional");
            if let Some(tag) = tag { request = request.header("if-match", tag); }
            let body = r#"{ "phone": "08 000 0001", "hours": [] }"#;
            let answer = request.header("content-type", "application/json").body(body).send().await.unwrap();
            assert_eq!(answer.status().as_u16(), status, "{tag:?}");
        }
    }

    async fn topics_are_added_renamed_moved_and_retired(app: TestApp) {
        let unit = app.unit("Kuhmon vastaanotto").await;
        let (lead, aino) = (app.lead(unit.id).await, app.citizen().await);
        let thread = aino.begin(unit.topic, "Hei").await;
        let before = lead.get_unit_settings(unit.id).await.unwrap();
        let named = |name: &str| LocalText { fi: name.to_owned(), sv: name.to_owned(), en: name.to_owned() };
        let new = TopicEntry { id: None, name: named("Rokotukset"), words: named("rokote, influenssa"), is_retired: false };
        let old = TopicEntry { name: named("Reseptit"), ..before.topics[0].clone() };
        let list = TopicList { topics: vec![new, old.clone()] };
        let after = lead.update_unit_topics(unit.id, before.version, &list).await.unwrap();
        let told = aino.get_unit(unit.id).await.unwrap().topics;
        assert_eq!(told.iter().map(|topic| topic.name.fi.as_str()).collect::<Vec<_>>(), ["Rokotukset", "Reseptit"]);
        assert_eq!(told[0].words.fi, "rokote, influenssa");

        let retired = TopicEntry { is_retired: true, ..old };
        let list = TopicList { topics: vec![retired, after.topics[0].clone()] };
        lead.update_unit_topics(unit.id, after.version, &list).await.unwrap();
        assert_eq!(aino.get_unit(unit.id).await.unwrap().topics.len(), 1);
        let late = NewThread { topic_id: unit.topic, text: "Hei".to_owned(), about_access: None, attachment_ids: Vec::new(), links: Vec::new() };
        let refused = aino.create_thread(aino.id, &late, &IdempotencyKey::random()).await;
        assert_eq!(code(refused), ErrorCode::ValidationFailed);
        aino.write(thread.id, "Vanha asia jatkuu").await;
        assert_eq!(aino.get_thread(thread.id).await.unwrap().topic.fi, "Reseptit");
    }

    async fn a_list_of_topics_leaves_none_out_and_takes_none_of_others(app: TestApp) {
        let (unit, elsewhere) = (app.unit("Kuhmon vastaanotto").await, app.unit("Sotkamon neuvola").await);
        let lead = app.lead(unit.id).await;
        let before = lead.get_unit_settings(unit.id).await.unwrap();
        let own = before.topics[0].clone();
        let foreign = TopicEntry { id: Some(elsewhere.topic), ..own.clone() };
        let nameless = TopicEntry { id: None, name: LocalText::default(), ..own.clone() };
        for (topics, field) in [
            (vec![], "topics"),
            (vec![own.clone(), foreign], "topics.1.id"),
            (vec![own.clone(), own.clone()], "topics.1.id"),
            (vec![own, nameless], "topics.1.name.fi"),
        ] {
            let refused = lead.update_unit_topics(unit.id, before.version, &TopicList { topics }).await.unwrap_err();
            let ClientError::Refused(problem) = refused else { panic!("{field}") };
            assert_eq!(problem.errors[0].field, field);
        }
        assert_eq!(lead.get_unit_settings(unit.id).await.unwrap(), before);
    }
}
