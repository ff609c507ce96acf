//! Events in calendars outside the apps, read by a library that is not ours.

use std::io::Write as _;
use std::process::{Command, Stdio};

use omasote_client::IdempotencyKey;
use omasote_types::audit::{AccessAction, AccessGround, AccessQuery};
use omasote_types::data_rights::{ErasedData, KeptData, WrittenReason};
use omasote_types::error::ErrorCode;
use omasote_types::events::{EventKind, EventUpdate, NewCalendarFeed, NewEvent, NewSlots};
use omasote_types::people::Role;
use omasote_types::proxies::{NewProxy, ProxyKind, ProxyScope};
use serde_json::{Value, json};

use super::{because, content, give, in_hours, new, scene};
use crate::harness::{TestApp, code, on_both_engines};

/// What the other library reads.
fn read(calendar: &str) -> Value {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    let mut python = Command::new(format!("{root}/target/python/bin/python"))
        .arg(format!("{root}/bin/lib/read_calendar.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("Python with the packages of bin/lib/requirements.txt must be in target/python; bin/test puts it there");
    python.stdin.take().unwrap().write_all(calendar.as_bytes()).unwrap();
    let output = python.wait_with_output().unwrap();
    assert!(output.status.success(), "{}\n{calendar}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

pub(super) fn secret_of(address: &str) -> &str {
    address.rsplit('/').next().unwrap().strip_suffix(".ics").unwrap()
}

on_both_engines! {
    async fn a_file_says_when_and_only_by_wish_what(app: TestApp) {
        let (unit, hanna, aino) = scene(&app).await;
        let event = give(&app, (&hanna, unit.id), &aino, 72).await;
        let text = aino.get_event_file(event.id, false).await.unwrap();
        for word in ["Verenpaine", "Kuhmo", "kahvia", "Ilmoittaudu"] {
            assert!(!text.contains(word), "{text}");
        }
        let bare = &read(&text)["events"][0];
        assert_eq!(bare["summary"], "Aika: Omasote");
        assert_eq!((&bare["location"], &bare["description"]), (&Value::Null, &Value::Null));
        assert_eq!((&bare["uid"], &bare["status"], &bare["sequence"]), (&json!(event.id), &json!("TENTATIVE"), &json!(0)));
        let iso = |at: chrono::DateTime<chrono::Utc>| json!(at.to_rfc3339());
        assert_eq!((&bare["start"], &bare["end"]), (&iso(event.time.starts_at), &iso(event.time.ends_at)));
        assert_eq!((&bare["class"], &bare["url"]), (&json!("PRIVATE"), &json!("http://127.0.0.1")));

        let whole = &read(&aino.get_event_file(event.id, true).await.unwrap())["events"][0];
        assert_eq!(whole["summary"], event.content.title);
        assert_eq!(whole["location"], event.content.place, "with its comma and its semicolon");
        let described = format!("{}\n\n{}", event.content.directions, event.content.preparation);
        assert_eq!(whole["description"], described);

        let long = "Mitä tuot mukanasi: ääkkösiä, \"lainauksia\"; ja \\vinoja\\ 🩺 viivoja.\n".repeat(20);
        let mut odd = content(EventKind::Video);
        (odd.preparation, odd.directions, odd.place) = (long.trim_end().to_owned(), String::new(), String::new());
        let video = NewEvent { content: odd.clone(), ..new(&app, unit.id, 80) };
        let video = hanna.create_event(aino.id, &video, &IdempotencyKey::random()).await.unwrap();
        let shown = &read(&aino.get_event_file(video.id, true).await.unwrap())["events"][0];
        let link = odd.link.unwrap();
        assert_eq!(shown["description"], format!("{}\n\n{link}", odd.preparation));
        assert_eq!(shown["location"], link);
        assert_eq!(code(app.citizen().await.get_event_file(event.id, false).await), ErrorCode::NotFound);
    }

    async fn a_calendar_fetches_the_events_until_the_address_is_revoked(app: TestApp) {
        let (unit, hanna, aino) = scene(&app).await;
        let event = give(&app, (&hanna, unit.id), &aino, 72).await;
        assert_eq!(aino.get_calendar_feed(aino.id).await.unwrap().feed, None);
        let made = aino.create_calendar_feed(aino.id, NewCalendarFeed::default()).await.unwrap();
        let path = made.address.strip_prefix("http://127.0.0.1").unwrap();
        let response = TestApp::http().get(app.url(path)).send().await.unwrap();
        assert_eq!(response.headers()["content-type"], "text/calendar; charset=utf-8");
        assert_eq!(response.headers()["cache-control"], "no-store");
        let calendar = read(&response.text().await.unwrap());
        assert_eq!((&calendar["name"], &calendar["version"]), (&json!("Omasote"), &json!("2.0")));
        assert_eq!(calendar["events"][0]["summary"], "Aika: Omasote");

        let moved = EventUpdate { content: content(EventKind::Visit), time: in_hours(&app, 90) };
        hanna.update_event(event.id, 1, &moved).await.unwrap();
        aino.confirm_event(event.id).await.unwrap();
        let secret = secret_of(&made.address).to_owned();
        let changed = &read(&aino.get_calendar(&secret).await.unwrap())["events"][0];
        assert_eq!((&changed["uid"], &changed["sequence"], &changed["status"]), (&json!(event.id), &json!(2), &json!("CONFIRMED")));
        hanna.cancel_event(event.id, &because("Sairastuin")).await.unwrap();
        assert_eq!(read(&aino.get_calendar(&secret).await.unwrap())["events"][0]["status"], "CANCELLED");

        let known = aino.get_calendar_feed(aino.id).await.unwrap().feed.unwrap();
        assert!(known.fetched_at.is_some() && !known.shows_details);
        let second = aino.create_calendar_feed(aino.id, NewCalendarFeed { shows_details: true }).await.unwrap();
        assert_eq!(code(aino.get_calendar(&secret).await), ErrorCode::NotFound, "one address at a time");
        let secret = secret_of(&second.address);
        assert_eq!(read(&aino.get_calendar(secret).await.unwrap())["events"][0]["summary"], "Verenpaineen mittaus");
        aino.delete_calendar_feed(aino.id).await.unwrap();
        assert_eq!(code(aino.get_calendar(secret).await), ErrorCode::NotFound);
        assert_eq!(code(aino.delete_calendar_feed(aino.id).await), ErrorCode::NotFound);

        app.seal().await;
        let lines = aino.list_accesses(aino.id, &AccessQuery::default()).await.unwrap().items;
        let fetched: Vec<_> = lines.iter().filter(|line| line.operation == "getCalendar").collect();
        assert_eq!(fetched.len(), 4, "each fetch that was answered");
        assert!(fetched.iter().all(|line| (line.action, line.ground) == (AccessAction::Read, AccessGround::Own)));
    }

    async fn the_secret_of_an_address_is_not_kept_and_nobody_else_makes_one(app: TestApp) {
        let child = app.citizen_of_age(9).await;
        let (parent, registrar) = (app.citizen().await, app.official(Role::Administrator).await);
        let entry = NewProxy {
            citizen_identity_code: child.code(),
            proxy_identity_code: parent.code(),
            kind: ProxyKind::Guardian,
            scopes: ProxyScope::ALL.to_vec(),
            ends_at: None,
            basis: "Väestötietojärjestelmän ote".to_owned(),
        };
        registrar.create_proxy(&entry).await.unwrap();
        let refused = parent.create_calendar_feed(child.id, NewCalendarFeed::default()).await;
        assert_eq!(code(refused), ErrorCode::OutsideMandate);
        let made = child.create_calendar_feed(child.id, NewCalendarFeed::default()).await.unwrap();
        let secret = secret_of(&made.address).to_owned();
        assert_eq!(secret.len(), 43, "256 bits");
        let found = app.state.db.read(move |conn| {
            let hash = omasote_backend::auth::FeedToken::from_text(&secret).hash();
            let by_secret = omasote_backend::repos::events::find_feed_by_hash(conn, secret.as_bytes())?;
            Ok((by_secret, omasote_backend::repos::events::find_feed_by_hash(conn, &hash)?))
        }).await.unwrap();
        assert!(found.0.is_none() && found.1.is_some());
        assert!(!format!("{made:?}").contains("calendar/"));
    }

    async fn events_are_taken_away_with_the_rest_and_stay_when_the_rest_is_erased(app: TestApp) {
        let (unit, hanna, aino) = scene(&app).await;
        give(&app, (&hanna, unit.id), &aino, 72).await;
        let invitation = NewSlots { content: content(EventKind::Phone), times: vec![in_hours(&app, 50)], citizen_id: Some(aino.id) };
        hanna.create_slots(unit.id, &invitation, &IdempotencyKey::random()).await.unwrap();
        let made = aino.create_calendar_feed(aino.id, NewCalendarFeed::default()).await.unwrap();
        let files = crate::exports::unpacked(&app, &aino).await;
        let file = |name: &str| &files.iter().find(|(found, _)| found == name).unwrap().1;
        assert!(file("lue-minut.html").contains("Verenpaineen mittaus"));
        let all: Value = serde_json::from_str(file("all.json")).unwrap();
        assert_eq!(all["events"][0]["content"]["title"], "Verenpaineen mittaus");
        assert_eq!(all["offeredTimes"][0]["content"]["kind"], "phone");
        assert!(all["calendarFeed"]["createdAt"].is_string());
        assert_eq!(crate::exports::kinds_in(file("fhir-r4-bundle.json")), "Appointment Communication Organization Patient");

        let administrator = app.official(Role::Administrator).await;
        let why = WrittenReason { reason: "Asiakas pyytää poistamista".to_owned() };
        let done = administrator.erase_citizen(aino.id, &why).await.unwrap();
        assert!(done.erased.iter().any(|item| item.what == ErasedData::Calendar && item.count == 2), "{done:?}");
        assert!(done.kept.iter().any(|item| item.what == KeptData::Events && item.count == 1), "{done:?}");
        assert_eq!(code(aino.get_calendar(secret_of(&made.address)).await), ErrorCode::NotFound);
        assert_eq!(hanna.list_unit_slots(unit.id, &omasote_types::page::PageQuery::default()).await.unwrap().items, []);
    }
}
