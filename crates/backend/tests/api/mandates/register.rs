//! A stand-in for Suomi.fi Valtuudet: no real one can be had without an agreement. It follows the description of its Web API,
//! checks what the real one checks (the checksum and its time, the client, codes that are good once), and lies when told to.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use actix_web::web::{self, Data, Path, Query};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::json;

pub(super) const CLIENT: &str = "42bbe569";
pub(super) const API_KEY: &str = "3ba56df8-88b8-4805-9b04-2f8e7a61ae8f";
const OAUTH_PASSWORD: &str = "badb-abe4-cafe";
pub(super) const HEALTH: &str = "http://valtuusrekisteri.suomi.fi/terveydenhuollon_asioiden_hoito";
pub(super) const APPOINTMENTS: &str = "http://valtuusrekisteri.suomi.fi/ajanvaraus";
const RETURN_ADDRESS: &str = "http://127.0.0.1/omat-tiedot/toisen-puolesta";

/// Somebody for whom one may act, in the register.
#[derive(Clone)]
pub(super) struct Entry {
    pub(super) code: String,
    pub(super) name: &'static str,
    /// Whether a guardian's role allows it.
    pub(super) by_role: bool,
    /// The themes of mandates.
    pub(super) issues: Vec<&'static str>,
}

#[derive(Default)]
struct Memory {
    entries: Vec<Entry>,
    lie: &'static str,
    /// Who visits, by session; the session's user.
    visits: BTreeMap<String, (String, String)>,
    /// The codes that are good, and of which session.
    codes: BTreeMap<String, String>,
    tokens: BTreeMap<String, String>,
    seen: Vec<String>,
}

/// The running stand-in.
#[derive(Clone)]
pub(super) struct Register {
    pub(super) base: String,
    memory: Arc<Mutex<Memory>>,
}

type Shared = Data<Mutex<Memory>>;

impl Register {
    pub(super) fn start() -> Self {
        let memory = Arc::new(Mutex::new(Memory::default()));
        let shared = Data::from(Arc::clone(&memory));
        let server = HttpServer::new(move || {
            App::new()
                .app_data(shared.clone())
                .route("/service/hpa/user/register/{client}/{hetu}", web::get().to(register))
                .route("/oauth/authorize", web::get().to(authorize))
                .route("/oauth/token", web::post().to(token))
                .route("/service/hpa/api/delegate/{session}", web::get().to(delegate))
                .route("/service/hpa/api/authorization/{session}/{hetu}", web::get().to(authorization))
        });
        let server = server.workers(1).disable_signals().bind(("127.0.0.1", 0)).unwrap();
        let base = format!("http://{}", server.addrs()[0]);
        actix_web::rt::spawn(server.run());
        Self { base, memory }
    }

    /// From now on these can be chosen.
    pub(super) fn hold(&self, entries: &[Entry]) {
        self.memory.lock().unwrap().entries = entries.to_vec();
    }

    /// From now on it lies so.
    pub(super) fn lie(&self, lie: &'static str) {
        self.memory.lock().unwrap().lie = lie;
    }

    /// The addresses that were asked for.
    pub(super) fn seen(&self) -> Vec<String> {
        self.memory.lock().unwrap().seen.clone()
    }

    /// The file that a server's setting names.
    pub(super) fn settings(&self, folder: &str, api_key: &str) -> String {
        std::fs::write(format!("{folder}/valtuudet-api-key"), api_key).unwrap();
        std::fs::write(format!("{folder}/valtuudet-password"), OAUTH_PASSWORD).unwrap();
        let text = format!(
            "base_url = \"{}\"\nclient_id = \"{CLIENT}\"\napi_key_file = \"valtuudet-api-key\"\n\
             oauth_password_file = \"valtuudet-password\"\ntimeout_seconds = 1\nend_user_header = \"X-userId\"\n\
             [[mandate]]\nissue = \"{HEALTH}\"\nscopes = [\"messages\", \"tasks\"]\n\
             [[mandate]]\nissue = \"{APPOINTMENTS}\"\nscopes = [\"appointments\"]\n",
            self.base
        );
        let path = format!("{folder}/valtuudet.toml");
        std::fs::write(&path, text).unwrap();
        path
    }
}

/// Whether the checksum is right, and of now.
fn is_signed(request: &HttpRequest) -> bool {
    let header = |name| request.headers().get(name).and_then(|value| value.to_str().ok());
    let Some(value) = header("X-AsiointivaltuudetAuthorization") else { return false };
    let [client, time, checksum] = value.split(' ').collect::<Vec<_>>()[..] else { return false };
    let Ok(at) = DateTime::parse_from_rfc3339(time) else { return false };
    let path = request.uri().path_and_query().unwrap().as_str();
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(API_KEY.as_bytes()).unwrap();
    mac.update(format!("{path} {time}").as_bytes());
    let is_now = (Utc::now() - at.to_utc()).num_minutes().abs() < 5;
    client == CLIENT
        && is_now
        && STANDARD.encode(mac.finalize().into_bytes()) == checksum
        && header("X-userId") == Some("omasote")
        && request.query_string().contains("endUserId=omasote")
}

fn lie_of(shared: &Shared, request: &HttpRequest) -> &'static str {
    let mut memory = shared.lock().unwrap();
    memory.seen.push(request.uri().to_string());
    memory.lie
}

/// What a lie of any step looks like; the step's own lies are not among them.
async fn usual_lie(lie: &'static str, step: &str) -> Option<HttpResponse> {
    match lie.strip_prefix(step)? {
        "-500" => Some(HttpResponse::InternalServerError().body("rikki")),
        "-403" => Some(HttpResponse::Forbidden().finish()),
        "-garbage" => Some(HttpResponse::Ok().content_type("application/json").body("<html>{\"sessionId\"")),
        "-null" => Some(HttpResponse::Ok().json(json!(null))),
        "-elsewhere" => {
            Some(HttpResponse::Found().insert_header(("location", "http://127.0.0.1:9/")).finish())
        }
        "-endless" => Some(HttpResponse::Ok().body("[".repeat(2 * 1024 * 1024))),
        "-hangs" => {
            tokio::time::sleep(Duration::from_secs(3)).await;
            Some(HttpResponse::Ok().json(json!([])))
        }
        _ => None,
    }
}

async fn register(shared: Shared, request: HttpRequest, path: Path<(String, String)>) -> HttpResponse {
    let lie = lie_of(&shared, &request);
    if let Some(answer) = usual_lie(lie, "register").await {
        return answer;
    }
    if !is_signed(&request) || path.0 != CLIENT {
        return HttpResponse::Unauthorized().finish();
    }
    let (session, user) = (uuid::Uuid::new_v4().to_string(), uuid::Uuid::new_v4().to_string());
    shared.lock().unwrap().visits.insert(session.clone(), (path.1.clone(), user.clone()));
    let session = if lie == "register-path" { "../../oauth/token".to_owned() } else { session };
    HttpResponse::Ok().json(json!({ "sessionId": session, "userId": user }))
}

async fn authorize(shared: Shared, query: Query<BTreeMap<String, String>>) -> HttpResponse {
    let mut memory = shared.lock().unwrap();
    let user = query.get("user").map(String::as_str);
    let visit = memory.visits.iter().find(|(_, (_, of))| Some(of.as_str()) == user);
    let is_right = query["client_id"] == CLIENT
        && query["response_type"] == "code"
        && query["redirect_uri"] == RETURN_ADDRESS
        && ["fi", "sv", "en"].contains(&query["lang"].as_str());
    let Some((session, _)) = visit.filter(|_| is_right) else { return HttpResponse::BadRequest().finish() };
    let (session, code) = (session.clone(), uuid::Uuid::new_v4().to_string());
    memory.codes.insert(code.clone(), session);
    let back = format!("{RETURN_ADDRESS}?code={code}&state={}", query["state"]);
    HttpResponse::Found().insert_header(("location", back)).finish()
}

async fn token(shared: Shared, request: HttpRequest, query: Query<BTreeMap<String, String>>) -> HttpResponse {
    let lie = lie_of(&shared, &request);
    if let Some(answer) = usual_lie(lie, "token").await {
        return answer;
    }
    let basic = format!("Basic {}", STANDARD.encode(format!("{CLIENT}:{OAUTH_PASSWORD}")));
    let is_right = request.headers().get("authorization").is_some_and(|value| *value == basic)
        && query["grant_type"] == "authorization_code"
        && query["redirect_uri"] == RETURN_ADDRESS;
    let mut memory = shared.lock().unwrap();
    let Some(session) = memory.codes.remove(&query["code"]).filter(|_| is_right) else {
        return HttpResponse::BadRequest().json(json!({ "error": "invalid_grant" }));
    };
    let token = uuid::Uuid::new_v4().to_string();
    memory.tokens.insert(token.clone(), session);
    let token = if lie == "token-newline" { "a\r\nX: y".to_owned() } else { token };
    HttpResponse::Ok().json(json!({ "access_token": token, "token_type": "bearer", "expires_in": 599 }))
}

/// The session of the bearer token, which must be the one asked for.
fn session_of(memory: &Memory, request: &HttpRequest, session: &str) -> Option<String> {
    let bearer = request.headers().get("authorization")?.to_str().ok()?.strip_prefix("Bearer ")?;
    let of = memory.tokens.get(bearer).filter(|of| *of == session)?;
    is_signed(request).then(|| memory.visits[of].0.clone())
}

async fn delegate(shared: Shared, request: HttpRequest, session: Path<String>) -> HttpResponse {
    let lie = lie_of(&shared, &request);
    if let Some(answer) = usual_lie(lie, "delegate").await {
        return answer;
    }
    let memory = shared.lock().unwrap();
    let Some(own) = session_of(&memory, &request, &session) else {
        return HttpResponse::Unauthorized().finish();
    };
    let person = |code: &str, name: &str| json!({ "personId": code, "name": name });
    let mut people: Vec<_> = memory.entries.iter().map(|entry| person(&entry.code, entry.name)).collect();
    match lie {
        "delegate-invalid-code" => people.push(person("010190-999K", "Väärä Tunnus")),
        "delegate-own-code" => people.push(person(&own, "Testinen Aino")),
        "delegate-own-code-small" => people.push(person(&own.to_lowercase(), "Testinen Aino")),
        "delegate-nameless" => people.push(person("010594Y9032", "  ")),
        "delegate-twice" => people.extend(people.clone()),
        "delegate-many" => people = vec![person("010594Y9032", "Outo Olli"); 51],
        _ => {}
    }
    HttpResponse::Ok().json(people)
}

async fn authorization(shared: Shared, request: HttpRequest, path: Path<(String, String)>) -> HttpResponse {
    let lie = lie_of(&shared, &request);
    if let Some(answer) = usual_lie(lie, "authorization").await {
        return answer;
    }
    let memory = shared.lock().unwrap();
    if session_of(&memory, &request, &path.0).is_none() {
        return HttpResponse::Unauthorized().finish();
    }
    let issue = Query::<BTreeMap<String, String>>::from_query(request.query_string()).unwrap();
    let issue = issue.get("issues").map(String::as_str);
    let is_allowed = memory.entries.iter().filter(|entry| entry.code == path.1).any(|entry| match issue {
        Some(issue) => entry.issues.contains(&issue),
        None => entry.by_role,
    });
    let result = match (lie, is_allowed) {
        ("authorization-perhaps", _) => "PERHAPS",
        (_, true) => "ALLOWED",
        (_, false) => "DISALLOWED",
    };
    HttpResponse::Ok().json(json!({ "result": result, "reasons": [] }))
}
