//! A system that misbehaves: it is slow, lies, ends in the middle, leads astray. No event is lost or doubled, and nothing of ours goes
//! where it does not belong.

use std::sync::{Arc, Mutex};

use actix_web::web::{self, Data, Path};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer};

use super::*;

#[derive(Default)]
struct Memory {
    way: &'static str,
    code: String,
    appointments: Vec<Value>,
    asked: Vec<String>,
    put: Vec<(String, Value)>,
}

#[derive(Clone)]
struct Hostile {
    base: String,
    memory: Arc<Mutex<Memory>>,
}

type Shared = Data<Mutex<Memory>>;

impl Hostile {
    fn start(code: &str) -> Self {
        let memory = Arc::new(Mutex::new(Memory { code: code.to_owned(), ..Memory::default() }));
        let shared = Data::from(Arc::clone(&memory));
        let server = HttpServer::new(move || {
            App::new()
                .app_data(shared.clone())
                .app_data(web::JsonConfig::default().content_type(|_| true))
                .route("/token", web::post().to(token))
                .route("/fhir/Appointment/_search", web::post().to(search))
                .route("/fhir/Appointment/{id}", web::get().to(get))
                .route("/fhir/Appointment/{id}", web::put().to(put))
                .route("/fhir/page/{number}", web::get().to(page))
                .route("/fhir/Patient/_search", web::post().to(patient))
                .default_service(web::to(elsewhere))
        });
        let server = server.workers(1).disable_signals().bind(("127.0.0.1", 0)).unwrap();
        let base = format!("http://{}", server.addrs()[0]);
        actix_web::rt::spawn(server.run());
        Self { base, memory }
    }

    fn behave(&self, way: &'static str) {
        self.memory.lock().unwrap().way = way;
    }

    fn keep(&self, appointments: Vec<Value>) {
        self.memory.lock().unwrap().appointments = appointments;
    }
}

async fn token() -> HttpResponse {
    HttpResponse::Ok().json(json!({ "access_token": "t", "token_type": "Bearer", "expires_in": 3600 }))
}

async fn elsewhere(shared: Shared, request: HttpRequest) -> HttpResponse {
    shared.lock().unwrap().asked.push(request.uri().to_string());
    HttpResponse::NotFound().finish()
}

async fn patient(shared: Shared) -> HttpResponse {
    let code = shared.lock().unwrap().code.clone();
    let identifier = json!([{ "system": "urn:oid:1.2.246.21", "value": code }]);
    let person = json!({ "resourceType": "Patient", "id": "p1", "identifier": identifier });
    HttpResponse::Ok()
        .json(json!({ "resourceType": "Bundle", "type": "searchset", "entry": [{ "resource": person }] }))
}

async fn search(shared: Shared) -> HttpResponse {
    shared.lock().unwrap().asked.push("search".to_owned());
    pages(&shared, 0)
}

async fn page(shared: Shared, number: Path<usize>) -> HttpResponse {
    shared.lock().unwrap().asked.push(format!("page {number}"));
    pages(&shared, *number)
}

/// One appointment a page.
fn pages(shared: &Shared, number: usize) -> HttpResponse {
    let memory = shared.lock().unwrap();
    let next = number + 1;
    let entry: Vec<Value> =
        memory.appointments.iter().skip(number).take(1).map(|one| json!({ "resource": one })).collect();
    let link = match memory.way {
        "away" => Some("http://127.0.0.1:9/fhir/page/1".to_owned()),
        "up" => Some("/../token".to_owned()),
        "circle" => Some("/page/0".to_owned()),
        "ends-early" if number == 1 => return HttpResponse::InternalServerError().finish(),
        "garbage" if number == 1 => return HttpResponse::Ok().body("<html>"),
        "no-set" => return HttpResponse::Ok().json(json!({ "resourceType": "Bundle", "type": "history" })),
        _ => (next < memory.appointments.len()).then(|| format!("/page/{next}")),
    };
    let link: Vec<Value> = link.map(|url| json!({ "relation": "next", "url": url })).into_iter().collect();
    HttpResponse::Ok()
        .json(json!({ "resourceType": "Bundle", "type": "searchset", "entry": entry, "link": link }))
}

async fn get(shared: Shared, id: Path<String>) -> HttpResponse {
    let memory = shared.lock().unwrap();
    match memory.appointments.iter().find(|one| one["id"] == **id) {
        Some(one) => HttpResponse::Ok().json(one),
        None => HttpResponse::NotFound().finish(),
    }
}

async fn put(shared: Shared, request: HttpRequest, id: Path<String>, body: web::Json<Value>) -> HttpResponse {
    let mut memory = shared.lock().unwrap();
    let version = request.headers().get("if-match").map(|value| value.to_str().unwrap().to_owned());
    memory.put.push((version.unwrap_or_default(), body.0.clone()));
    match memory.way {
        "put-500" => return HttpResponse::InternalServerError().finish(),
        "put-412" => return HttpResponse::PreconditionFailed().finish(),
        "put-403" => return HttpResponse::Forbidden().finish(),
        _ => {}
    }
    let mut stored = body.into_inner();
    stored["meta"] = json!({ "versionId": "9", "lastUpdated": "2026-11-27T10:00:00Z" });
    let place = memory.appointments.iter().position(|one| one["id"] == **id).unwrap();
    memory.appointments[place] = stored;
    match memory.way {
        "put-stored-500" => HttpResponse::InternalServerError().finish(),
        _ => HttpResponse::Ok().finish(),
    }
}

fn numbered(app: &TestApp, unit: UnitId, number: usize) -> Value {
    let mut one = appointment("p1", unit, in_hours(app, 48 + number as i64));
    one["id"] = json!(format!("a{number}"));
    one["meta"] = json!({ "versionId": "1", "lastUpdated": format!("2026-11-27T09:00:{number:02}Z") });
    one
}

async fn world(app: &TestApp) -> (Hostile, TestApp, Citizen, UnitId) {
    let unit = app.unit("Kuhmon vastaanotto").await.id;
    let aino = app.citizen().await;
    let hostile = Hostile::start(&aino.code());
    let connected = connected(app, &hostile.base, unit).await;
    let aino = connected.again(aino).await;
    (hostile, connected, aino, unit)
}

/// A round that fails, however often another is at it.
async fn fails(app: &TestApp) -> bool {
    for _ in 0..200 {
        match fetch(&app.state).await {
            Ok(None) => tokio::time::sleep(Duration::from_millis(25)).await,
            outcome => return outcome.is_err(),
        }
    }
    panic!("somebody else fetches all the time");
}

on_both_engines! {
    async fn what_came_of_a_round_that_broke_is_kept_and_the_rest_comes_later(app: TestApp) {
        let (hostile, app, aino, unit) = world(&app).await;
        hostile.keep((0..4).map(|number| numbered(&app, unit, number)).collect());
        for way in ["ends-early", "garbage"] {
            hostile.behave(way);
            assert!(fails(&app).await, "{way}");
            assert_eq!(events_of(&aino).await.len(), 1, "{way}");
        }
        hostile.behave("");
        when(&app, &aino, |events| events.len() == 4).await;
        // However often it is read, and by however many servers.
        let second = TestApp::start_on(app.database.clone(), &[("demo", "true")]).await;
        drop(second);
        for _ in 0..3 {
            round(&app).await;
        }
        assert_eq!(events_of(&aino).await.len(), 4);
    }

    async fn nothing_leads_to_other_places_or_in_circles(app: TestApp) {
        let (hostile, app, aino, unit) = world(&app).await;
        hostile.keep(vec![numbered(&app, unit, 0)]);
        for way in ["away", "up", "circle", "no-set"] {
            hostile.behave(way);
            assert!(fails(&app).await, "{way}");
        }
        let asked = hostile.memory.lock().unwrap().asked.clone();
        assert!(asked.iter().all(|one| ["search", "page 0"].contains(&one.as_str())), "{asked:?}");
        assert_eq!(events_of(&aino).await.len(), 1);
    }

    async fn calling_off_is_told_until_it_is_taken_and_what_is_not_taken_is_shown(app: TestApp) {
        let (hostile, app, aino, unit) = world(&app).await;
        hostile.keep((0..3).map(|number| numbered(&app, unit, number)).collect());
        let events = when(&app, &aino, |events| events.len() == 3).await;
        let state = |events: &[Event], id: EventId| events.iter().find(|event| event.id == id).unwrap().ehr;
        let pause = Duration::from_secs(16 * 60);

        for way in ["put-500", "put-412"] {
            hostile.behave(way);
            if way == "put-500" {
                aino.cancel_event(events[0].id, &EventCancellation::default()).await.unwrap();
            }
            deliver_due(&app.state).await.unwrap();
            assert_eq!(state(&events_of(&aino).await, events[0].id), Some(EhrState::Waiting), "{way}");
            app.advance(pause);
        }
        // It is not taken for booked again meanwhile.
        hostile.memory.lock().unwrap().appointments[0]["meta"]["versionId"] = json!("2");
        round(&app).await;
        assert_eq!(events_of(&aino).await[0].state, EventState::Cancelled);
        // The answer is lost: it is seen that it is done, and it is not told twice.
        hostile.behave("put-stored-500");
        app.advance(pause);
        deliver_due(&app.state).await.unwrap();
        app.advance(pause);
        let aino = app.again(aino).await;
        when(&app, &aino, |events| state(events, events[0].id) == Some(EhrState::InStep)).await;
        let put = hostile.memory.lock().unwrap().put.clone();
        assert!(put.iter().all(|(_, body)| body["status"] == "cancelled"));
        assert_eq!(put.last().unwrap().0, "W/\"2\"", "of the version that was read");

        // It does not take it: somebody has to, and when they have, all is well.
        hostile.behave("put-403");
        aino.cancel_event(events[1].id, &EventCancellation::default()).await.unwrap();
        when(&app, &aino, |all| state(all, events[1].id) == Some(EhrState::Failed)).await;
        {
            let mut memory = hostile.memory.lock().unwrap();
            memory.appointments[1]["status"] = json!("cancelled");
            memory.appointments[1]["meta"]["versionId"] = json!("2");
        }
        when(&app, &aino, |all| state(all, events[1].id) == Some(EhrState::InStep)).await;

        // It was moved there meanwhile: the new time holds.
        hostile.behave("put-500");
        aino.cancel_event(events[2].id, &EventCancellation::default()).await.unwrap();
        deliver_due(&app.state).await.unwrap();
        let later = in_hours(&app, 120);
        {
            let mut memory = hostile.memory.lock().unwrap();
            memory.appointments[2]["start"] = json!(later.starts_at.to_rfc3339());
            memory.appointments[2]["end"] = json!(later.ends_at.to_rfc3339());
            memory.appointments[2]["meta"]["versionId"] = json!("2");
        }
        let all = when(&app, &aino, |all| all.len() == 4).await;
        assert_eq!(state(&all, events[2].id), Some(EhrState::InStep));
        let again = all.iter().find(|event| event.time == later).unwrap();
        assert_eq!((again.state, again.ehr), (EventState::Booked, Some(EhrState::InStep)));
    }
}
