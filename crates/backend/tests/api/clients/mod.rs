//! Third-party programs: a unit's systems, apps that citizens let in, and those who only pretend.

mod apps;
mod documented;
mod systems;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use omasote_client::ClientError;
use omasote_types::clients::{
    AppRequest, Client, ClientAuth, ClientKind, NewClient, PublicKey, Scope, Tokens,
};
use omasote_types::ids::{CitizenId, ClientId, ConsentId, ProfessionalId, UnitId};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::harness::{Person, TestApp};

pub(crate) const REDIRECT: &str = "https://mittari.example/paluu?versio=2";
/// What PKCE's challenge is made from.
pub(crate) const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

pub(crate) fn app_named(name: &str, scopes: &[Scope]) -> NewClient {
    NewClient {
        name: name.to_owned(),
        kind: ClientKind::App,
        unit_id: None,
        auth: ClientAuth::None,
        public_keys: Vec::new(),
        redirect_uris: vec![REDIRECT.to_owned(), "http://127.0.0.1/paluu".to_owned()],
        scopes: scopes.to_vec(),
    }
}

fn system(unit: UnitId, auth: ClientAuth, public_keys: Vec<PublicKey>) -> NewClient {
    NewClient {
        name: "Kuhmon potilastietojärjestelmä".to_owned(),
        kind: ClientKind::System,
        unit_id: Some(unit),
        auth,
        public_keys,
        redirect_uris: Vec::new(),
        scopes: Scope::ALL.to_vec(),
    }
}

/// What an app asks of a citizen, as it must.
pub(crate) fn request(client_id: ClientId, scope: &str) -> AppRequest {
    AppRequest {
        client_id,
        redirect_uri: REDIRECT.to_owned(),
        scope: scope.to_owned(),
        response_type: "code".to_owned(),
        state: Some("xyz &=?#å".to_owned()),
        code_challenge: URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER)),
        code_challenge_method: "S256".to_owned(),
    }
}

/// The same as a query.
pub(crate) fn query_of(request: &AppRequest) -> String {
    let fields = serde_json::to_value(request).unwrap();
    let pairs =
        fields.as_object().unwrap().iter().map(|(name, value)| (name.clone(), value.as_str().unwrap()));
    let mut query = openidconnect::url::form_urlencoded::Serializer::new(String::new());
    format!("?{}", query.extend_pairs(pairs).finish())
}

/// Sends a form; the status and the JSON that came back.
async fn post(app: &TestApp, path: &str, basic: Option<(&str, &str)>, form: &[(&str, &str)]) -> (u16, Value) {
    let mut query = openidconnect::url::form_urlencoded::Serializer::new(String::new());
    let body = query.extend_pairs(form).finish();
    let mut request = TestApp::http().post(app.url(path));
    if let Some((id, secret)) = basic {
        request = request.basic_auth(id, Some(secret));
    }
    let request = request.header("content-type", "application/x-www-form-urlencoded").body(body);
    let response = request.send().await.unwrap();
    let status = response.status().as_u16();
    let text = response.text().await.unwrap();
    (status, serde_json::from_str(&text).unwrap_or_default())
}

async fn ask(app: &TestApp, basic: Option<(&str, &str)>, form: &[(&str, &str)]) -> (u16, Value) {
    post(app, "/api/v1/oauth2/token", basic, form).await
}

fn tokens((status, body): (u16, Value)) -> Tokens {
    assert_eq!(status, 200, "{body}");
    serde_json::from_value(body).unwrap()
}

#[track_caller]
fn assert_problem((status, body): &(u16, Value), error: &str) {
    let expected = if error == "invalid_client" { 401 } else { 400 };
    assert_eq!((*status, body["error"].as_str()), (expected, Some(error)), "{body}");
}

/// The code in the address that the browser goes on to.
fn code_in(address: &str) -> String {
    part_of(address, "code")
}

fn part_of(address: &str, name: &str) -> String {
    let url = openidconnect::url::Url::parse(address).unwrap();
    url.query_pairs().find(|(known, _)| known == name).unwrap().1.into_owned()
}

async fn exchange(app: &TestApp, client: ClientId, code: &str) -> (u16, Value) {
    let id = client.to_string();
    ask(
        app,
        None,
        &[
            ("grant_type", "authorization_code"),
            ("client_id", &id),
            ("code", code),
            ("redirect_uri", REDIRECT),
            ("code_verifier", VERIFIER),
        ],
    )
    .await
}

/// An app that a citizen has let in.
pub(crate) struct App {
    pub(crate) client: ClientId,
    pub(crate) consent: ConsentId,
    pub(crate) access_token: String,
    refresh_token: String,
}

pub(crate) async fn let_in(
    app: &TestApp,
    administrator: &Person<ProfessionalId>,
    citizen: &Person<CitizenId>,
    scope: &str,
) -> App {
    let client = administrator.create_client(&app_named("Mittari", &Scope::ALL)).await.unwrap();
    let let_in = citizen.create_consent(citizen.id, &request(client.id, scope)).await.unwrap();
    let tokens = tokens(exchange(app, client.id, &code_in(&let_in.continue_at)).await);
    let consent = citizen.list_consents(citizen.id).await.unwrap().remove(0);
    App {
        client: client.id,
        consent: consent.id,
        access_token: tokens.access_token,
        refresh_token: tokens.refresh_token.unwrap(),
    }
}

/// Asks with an access token; the status and the JSON.
async fn with_token(
    app: &TestApp,
    token: &str,
    method: &str,
    path: &str,
    body: Option<Value>,
) -> (u16, Value) {
    let mut request = TestApp::http().request(method.parse().unwrap(), app.url(&format!("/api/v1{path}")));
    request = request.bearer_auth(token);
    if let Some(body) = body {
        request = request.header("content-type", "application/json").body(body.to_string());
    }
    let response = request.send().await.unwrap();
    let status = response.status().as_u16();
    let text = response.text().await.unwrap();
    (status, serde_json::from_str(&text).unwrap_or_default())
}

async fn read(app: &TestApp, token: &str, path: &str) -> (u16, Value) {
    with_token(app, token, "GET", path, None).await
}

#[track_caller]
fn fields<T: std::fmt::Debug>(outcome: Result<T, ClientError>) -> Vec<String> {
    match outcome.unwrap_err() {
        ClientError::Refused(problem) => problem.errors.into_iter().map(|error| error.field).collect(),
        other => panic!("{other:?}"),
    }
}

async fn register(administrator: &Person<ProfessionalId>, new: &NewClient) -> (Client, String) {
    let client = administrator.create_client(new).await.unwrap();
    let secret = administrator.create_client_secret(client.id).await.unwrap();
    (client, secret.client_secret)
}
