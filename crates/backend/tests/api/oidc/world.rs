//! What the tests of OpenID sign-in play with: real and lying providers as child processes, and a browser.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use reqwest::header::LOCATION;
use reqwest::{Client, Response, redirect};
use serde_json::Value;

use crate::harness::TestApp;

/// Servers of tests are known by this address, whatever port they got; [`Browser`] knows where they really are.
const PUBLIC: &str = "http://127.0.0.1/";

/// A server in Node.js that ends with its test.
pub(crate) struct Node {
    child: Child,
    /// Stays open: what it says later nobody reads, but it must be able to say it.
    _output: BufReader<ChildStdout>,
    /// What it said in its first line.
    pub(crate) said: Value,
}

impl Node {
    /// Starts a script of `frontend/e2e`.
    pub(crate) fn start(script: &str, settings: &Value) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../frontend");
        assert!(
            root.join("node_modules/oidc-provider").exists(),
            "the tests with real peers need npm's packages: run `npm ci` in frontend/, or bin/test, which does"
        );
        let mut child = Command::new("node")
            .arg(root.join("e2e").join(script))
            .arg(settings.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the tests with real peers need Node.js 20 or newer: `node` could not be started");
        let mut line = String::new();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        output.read_line(&mut line).unwrap();
        let said = serde_json::from_str(&line).expect("the peer must say where it listens");
        Self { child, _output: output, said }
    }

    /// The real provider, for both apps of a server.
    pub(super) fn provider() -> Self {
        let callback = |id: &str| format!("{PUBLIC}api/v1/sessions/oidc/{id}/callback");
        Self::start(
            "oidc/provider.mjs",
            &serde_json::json!({
                "redirectUris": [callback("strong"), callback("directory")],
                "afterSignOut": [PUBLIC, format!("{PUBLIC}pro/")],
            }),
        )
    }

    pub(super) fn issuer(&self) -> &str {
        self.said["issuer"].as_str().unwrap()
    }

    pub(super) async fn control(&self, what: &str, body: &Value) {
        let request = TestApp::http().post(format!("{}/control/{what}", self.issuer()));
        assert!(request.body(body.to_string()).send().await.unwrap().status().is_success());
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A server like `app`, on its database, with the providers that `providers` names: id, app, issuer, claim.
pub(super) async fn with_providers(app: &TestApp, providers: &[(&str, &str, &str)]) -> TestApp {
    let folder = app.database.folder();
    std::fs::write(format!("{folder}/client-secret"), "a-secret-that-only-tests-know-0123456789\n").unwrap();
    let entries: Vec<String> = providers.iter().map(|(id, app, issuer)| entry(id, app, issuer)).collect();
    let file = format!("{folder}/oidc.toml");
    std::fs::write(&file, entries.concat()).unwrap();
    TestApp::start_on(app.database.clone(), &[("demo", "true"), ("oidc_file", &file)]).await
}

fn entry(id: &str, app: &str, issuer: &str) -> String {
    let claim = if app == "citizen" { "identity_code = \"hetu\"" } else { "directory_name = \"account\"" };
    format!(
        "[[provider]]\nid = \"{id}\"\napp = \"{app}\"\nissuer = \"{issuer}\"\nclient_id = \"omasote\"\n\
         client_secret_file = \"client-secret\"\nscopes = [\"profile\"]\n\
         name = {{ fi = \"Vahva\", sv = \"Stark\", en = \"Strong\" }}\nclaims = {{ {claim} }}\n"
    )
}

/// A browser: keeps cookies, and goes where it is sent one step at a time.
pub(super) struct Browser(Client);

impl Browser {
    pub(super) fn new() -> Self {
        Self(Client::builder().cookie_store(true).redirect(redirect::Policy::none()).build().unwrap())
    }

    pub(super) async fn get(&self, address: &str) -> Response {
        self.0.get(address).send().await.unwrap()
    }

    /// Asks for a part of the API as an app does.
    pub(super) async fn ask(&self, app: &TestApp, kind: &str, path: &str) -> Response {
        self.0.get(app.url(path)).header("omasote-app", kind).send().await.unwrap()
    }

    pub(super) async fn sign_out(&self, app: &TestApp, kind: &str) -> Value {
        let request = self.0.delete(app.url("/api/v1/sessions/current")).header("omasote-app", kind);
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), 200);
        serde_json::from_str(&answer.text().await.unwrap()).unwrap()
    }

    /// Begins to sign in; where the server sends the browser.
    pub(super) async fn start(&self, app: &TestApp, provider: &str, return_to: &str) -> String {
        let address = app.url(&format!("/api/v1/sessions/oidc/{provider}/start?returnTo={return_to}"));
        location(&self.get(&address).await)
    }

    /// Goes through the provider's pages as `who`; where the provider sends the browser back to.
    pub(super) async fn identify(&self, at_provider: &str, form: &str) -> String {
        let mut address = at_provider.to_owned();
        let origin = address.split('/').take(3).collect::<Vec<_>>().join("/");
        for _ in 0..10 {
            if address.starts_with(PUBLIC) {
                return address;
            }
            let absolute = if address.starts_with('/') { format!("{origin}{address}") } else { address };
            let answer = if absolute.contains("/interaction/") {
                let request =
                    self.0.post(&absolute).header("content-type", "application/x-www-form-urlencoded");
                request.body(form.to_owned()).send().await.unwrap()
            } else {
                self.get(&absolute).await
            };
            assert!(answer.status().is_redirection(), "{absolute}: {}", answer.text().await.unwrap());
            address = location(&answer);
        }
        panic!("the provider sends the browser around in circles");
    }

    /// Comes back to the server; where it sends the browser.
    pub(super) async fn come_back(&self, app: &TestApp, callback: &str) -> String {
        let answer = self.get(&really(app, callback)).await;
        assert_eq!(answer.status(), 302);
        location(&answer)
    }

    /// The whole way, there and back.
    pub(super) async fn sign_in(&self, app: &TestApp, provider: &str, who: &str) -> String {
        let front = if provider == "directory" { "/pro/" } else { "/viestit" };
        let there = self.start(app, provider, front).await;
        let back = self.identify(&there, &format!("who={who}&do=sign-in")).await;
        self.come_back(app, &back).await
    }

    /// Who is signed in, if anybody is.
    pub(super) async fn me(&self, app: &TestApp, kind: &str) -> Option<Value> {
        let answer = self.ask(app, kind, "/api/v1/me").await;
        let is_signed_in = answer.status() == 200;
        assert!(is_signed_in || answer.status() == 401);
        let body = answer.text().await.unwrap();
        is_signed_in.then(|| serde_json::from_str(&body).unwrap())
    }
}

pub(super) fn location(answer: &Response) -> String {
    answer.headers().get(LOCATION).expect("must lead somewhere").to_str().unwrap().to_owned()
}

/// Where a test's server really listens.
pub(super) fn really(app: &TestApp, address: &str) -> String {
    address.replacen(PUBLIC.trim_end_matches('/'), &app.base, 1)
}

/// The value of a query parameter.
pub(super) fn parameter(address: &str, name: &str) -> String {
    let (_, query) = address.split_once('?').unwrap();
    let found = query.split('&').find_map(|pair| pair.strip_prefix(&format!("{name}=")));
    found.unwrap_or_else(|| panic!("no {name} in {address}")).to_owned()
}
