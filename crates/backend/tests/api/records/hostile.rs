//! A patient information system that misbehaves when told to: it keeps what it is given as FHIR asks (all of a transaction or
//! nothing, nothing twice of one identifier), and is slow, refuses, lies, or goes away in the middle.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use actix_web::web::{self, Bytes, Data, Path};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer};
use futures_util::stream;
use serde_json::{Value, json};

use super::HETU;

#[derive(Default)]
struct Memory {
    /// How it misbehaves.
    way: &'static str,
    /// How many people it knows with each identity code.
    people: usize,
    store: Vec<Value>,
    /// The identifiers of the documents it was sent, one for each time.
    sent: Vec<String>,
    tokens: usize,
    addresses: Vec<String>,
}

/// The running system.
#[derive(Clone)]
pub(super) struct Hostile {
    pub(super) base: String,
    memory: Arc<Mutex<Memory>>,
}

type Shared = Data<Mutex<Memory>>;

impl Hostile {
    pub(super) fn start() -> Self {
        let memory = Arc::new(Mutex::new(Memory { people: 1, ..Memory::default() }));
        let shared = Data::from(Arc::clone(&memory));
        let server = HttpServer::new(move || {
            App::new()
                .app_data(shared.clone())
                .app_data(web::JsonConfig::default().content_type(|_| true).limit(8 * 1024 * 1024))
                .route("/token", web::post().to(token))
                .route("/fhir", web::post().to(transaction))
                .route("/fhir/{kind}/_search", web::post().to(search))
        });
        let server = server.workers(1).disable_signals().bind(("127.0.0.1", 0)).unwrap();
        let base = format!("http://{}", server.addrs()[0]);
        actix_web::rt::spawn(server.run());
        Self { base, memory }
    }

    /// From now on it misbehaves so; `""` for not at all.
    pub(super) fn behave(&self, way: &'static str) {
        self.memory.lock().unwrap().way = way;
    }

    /// From now on it knows so many people with each identity code.
    pub(super) fn know(&self, people: usize) {
        self.memory.lock().unwrap().people = people;
    }

    /// What it has stored.
    pub(super) fn store(&self) -> Vec<Value> {
        self.memory.lock().unwrap().store.clone()
    }

    /// The documents it was sent, one for each time.
    pub(super) fn sent(&self) -> Vec<String> {
        self.memory.lock().unwrap().sent.clone()
    }

    /// How many tokens it gave.
    pub(super) fn tokens(&self) -> usize {
        self.memory.lock().unwrap().tokens
    }

    /// The addresses that were asked for.
    pub(super) fn addresses(&self) -> Vec<String> {
        self.memory.lock().unwrap().addresses.clone()
    }
}

fn way_of(shared: &Shared, request: &HttpRequest) -> &'static str {
    let mut memory = shared.lock().unwrap();
    memory.addresses.push(request.uri().to_string());
    memory.way
}

/// The beginning of an answer, and then nothing more.
fn broken() -> HttpResponse {
    let part: Result<Bytes, std::io::Error> = Ok(Bytes::from_static(b"{\"resourceType\": \"Bundle\", \"ty"));
    HttpResponse::Ok().streaming(stream::iter([part, Err(std::io::ErrorKind::ConnectionReset.into())]))
}

/// What any step may do wrong; the step's own ways are not among them.
async fn usual(way: &'static str, step: &str) -> Option<HttpResponse> {
    match way.strip_prefix(step)? {
        "-400" => Some(HttpResponse::BadRequest().json(json!({ "error": "invalid_client" }))),
        "-401" => Some(HttpResponse::Unauthorized().finish()),
        "-403" => Some(HttpResponse::Forbidden().finish()),
        "-422" => {
            Some(HttpResponse::UnprocessableEntity().json(json!({ "resourceType": "OperationOutcome" })))
        }
        "-429" => Some(HttpResponse::TooManyRequests().insert_header(("retry-after", "3600")).finish()),
        "-500" => Some(HttpResponse::InternalServerError().body("rikki")),
        "-garbage" => Some(HttpResponse::Ok().body("<html>{\"resourceType\"")),
        "-null" => Some(HttpResponse::Ok().json(json!(null))),
        "-elsewhere" => {
            Some(HttpResponse::Found().insert_header(("location", "http://127.0.0.1:9/")).finish())
        }
        "-endless" => Some(HttpResponse::Ok().body("[".repeat(2 * 1024 * 1024))),
        "-broken" => Some(broken()),
        "-hangs" => {
            tokio::time::sleep(Duration::from_secs(3)).await;
            Some(HttpResponse::Ok().json(json!({})))
        }
        _ => None,
    }
}

async fn token(shared: Shared, request: HttpRequest) -> HttpResponse {
    let way = way_of(&shared, &request);
    if let Some(answer) = usual(way, "token").await {
        return answer;
    }
    let mut memory = shared.lock().unwrap();
    memory.tokens += 1;
    let token =
        if way == "token-newline" { "a\r\nX: y".to_owned() } else { format!("token-{}", memory.tokens) };
    HttpResponse::Ok().json(json!({ "access_token": token, "token_type": "Bearer", "expires_in": 3600 }))
}

/// Only the newest token is good, and none while there is something wrong with tokens.
fn is_let_in(shared: &Shared, request: &HttpRequest) -> bool {
    let memory = shared.lock().unwrap();
    let newest = format!("Bearer token-{}", memory.tokens);
    let is_newest = request.headers().get("authorization").is_some_and(|value| *value == newest);
    is_newest && !memory.way.starts_with("token")
}

async fn search(
    shared: Shared,
    request: HttpRequest,
    kind: Path<String>,
    form: web::Form<Vec<(String, String)>>,
) -> HttpResponse {
    let way = way_of(&shared, &request);
    let step = if *kind == "Patient" { "patient" } else { "reading" };
    if let Some(answer) = usual(way, step).await {
        return answer;
    }
    if !is_let_in(&shared, &request) {
        return HttpResponse::Unauthorized().finish();
    }
    let wanted = &form.iter().find(|(name, _)| name == "identifier").unwrap().1;
    let memory = shared.lock().unwrap();
    let found: Vec<Value> = if *kind == "Patient" {
        let code = wanted.strip_prefix("urn:oid:1.2.246.21|").unwrap();
        let code = if way == "patient-other" { HETU } else { code };
        (0..memory.people).map(|number| patient(number, code)).collect()
    } else {
        let is_wanted = |resource: &&Value| {
            let held = format!("urn:ietf:rfc:3986|{}", identifier(resource));
            resource["resourceType"] == **kind && wanted.split(',').any(|one| one == held)
        };
        memory.store.iter().filter(is_wanted).cloned().collect()
    };
    let entries: Vec<Value> = found.into_iter().map(|resource| json!({ "resource": resource })).collect();
    HttpResponse::Ok().json(
        json!({ "resourceType": "Bundle", "type": "searchset", "total": entries.len(), "entry": entries }),
    )
}

fn patient(number: usize, code: &str) -> Value {
    let identifier = json!([{ "system": "urn:oid:1.2.246.21", "value": code }]);
    json!({ "resourceType": "Patient", "id": format!("patient-{number}"), "identifier": identifier })
}

/// Our identifier of a resource.
pub(super) fn identifier(resource: &Value) -> &str {
    resource["identifier"][0]["value"].as_str().unwrap()
}

/// Stores what it has not, up to `limit` of it; what it says of each.
fn keep(memory: &mut Memory, bundle: &Value, limit: usize) -> Vec<Value> {
    let mut said = Vec::new();
    for entry in bundle["entry"].as_array().unwrap().iter().take(limit) {
        let resource = &entry["resource"];
        let condition = format!("identifier=urn:ietf:rfc:3986|{}", identifier(resource));
        assert_eq!(entry["request"]["ifNoneExist"], condition);
        let known = memory.store.iter().any(|held| identifier(held) == identifier(resource));
        if !known {
            memory.store.push(resource.clone());
        }
        let status = if known { "200 OK" } else { "201 Created" };
        said.push(json!({ "response": { "status": status, "location": "Communication/1" } }));
    }
    said
}

async fn transaction(shared: Shared, request: HttpRequest, bundle: web::Json<Value>) -> HttpResponse {
    let way = way_of(&shared, &request);
    let document = bundle["entry"].as_array().unwrap().last().unwrap()["resource"].clone();
    assert_eq!(
        (&bundle["type"], &document["resourceType"]),
        (&json!("transaction"), &json!("DocumentReference"))
    );
    shared.lock().unwrap().sent.push(identifier(&document).to_owned());
    if let Some(answer) = usual(way, "entry").await {
        return answer;
    }
    if !is_let_in(&shared, &request) {
        return HttpResponse::Unauthorized().finish();
    }
    let answer = |said: &[Value]| {
        HttpResponse::Ok()
            .json(json!({ "resourceType": "Bundle", "type": "transaction-response", "entry": said }))
    };
    match way {
        // It says that it is done, and it is not.
        "lies-empty" => return answer(&[]),
        "lies-412" => {
            let refused = json!({ "response": { "status": "412 Precondition Failed" } });
            return answer(&vec![refused; bundle["entry"].as_array().unwrap().len()]);
        }
        // It is no server for transactions: it does some of it, and fails.
        "stores-some-500" => {
            keep(&mut shared.lock().unwrap(), &bundle, 2);
            return HttpResponse::InternalServerError().finish();
        }
        "stores-some-broken" => {
            keep(&mut shared.lock().unwrap(), &bundle, 2);
            return broken();
        }
        _ => {}
    }
    let said = keep(&mut shared.lock().unwrap(), &bundle, usize::MAX);
    match way {
        "stored-broken" => broken(),
        "stored-500" => HttpResponse::InternalServerError().finish(),
        "stored-half" => answer(&said[..1]),
        "stored-hangs" => {
            tokio::time::sleep(Duration::from_secs(30)).await;
            answer(&said)
        }
        _ => answer(&said),
    }
}
