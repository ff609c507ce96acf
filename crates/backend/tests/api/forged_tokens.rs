//! Tokens that this server did not make, or made for something else.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::pkcs8::EncodePrivateKey;
use ed25519_dalek::pkcs8::spki::der::pem::LineEnding;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde_json::{Value, json};

use crate::harness::{TestApp, on_both_engines};

async fn answer(app: &TestApp, token: &str) -> String {
    let response = TestApp::http().get(app.url("/api/v1/me")).bearer_auth(token).send().await.unwrap();
    assert_eq!(response.headers()["content-type"], "application/problem+json");
    assert_eq!(response.status(), 401, "{token}");
    let body: Value = serde_json::from_str(&response.text().await.unwrap()).unwrap();
    body["code"].as_str().unwrap().to_owned()
}

fn part(token: &str, place: usize) -> Value {
    let part = token.split('.').nth(place).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

fn sign(header: &Header, claims: &Value, seed: u8) -> String {
    let key = ed25519_dalek::SigningKey::from_bytes(&[seed; 32]);
    let pem = key.to_pkcs8_pem(LineEnding::LF).unwrap();
    jsonwebtoken::encode(header, claims, &EncodingKey::from_ed_pem(pem.as_bytes()).unwrap()).unwrap()
}

fn own_key(app: &TestApp) -> EncodingKey {
    let pem = std::fs::read(format!("{}/demo-signing-key.pem", app.database.folder())).unwrap();
    EncodingKey::from_ed_pem(&pem).unwrap()
}

on_both_engines! {
    async fn a_forged_token_is_refused(app: TestApp) {
        let aino = app.citizen().await;
        let (good, _) = app.tokens(aino.person).await;
        let (head, claims) = (part(&good, 0), part(&good, 1));
        let kid = head["kid"].as_str().unwrap().to_owned();
        let with_kid = |kid: &str| Header { kid: Some(kid.to_owned()), ..Header::new(Algorithm::EdDSA) };

        let none = URL_SAFE_NO_PAD.encode(json!({ "alg": "none", "typ": "JWT", "kid": kid }).to_string());
        let body = good.split('.').nth(1).unwrap();
        let keys: Value = serde_json::from_str(
            &TestApp::http().get(app.url("/.well-known/jwks.json")).send().await.unwrap().text().await.unwrap(),
        ).unwrap();
        let public = URL_SAFE_NO_PAD.decode(keys["keys"][0]["x"].as_str().unwrap()).unwrap();
        let hmac_header = Header { kid: Some(kid.clone()), ..Header::new(Algorithm::HS256) };
        let by_public_key = jsonwebtoken::encode(&hmac_header, &claims, &EncodingKey::from_secret(&public)).unwrap();
        let mut other_issuer = claims.clone();
        other_issuer["iss"] = json!("https://toinen.example");
        let mut other_audience = claims.clone();
        other_audience["aud"] = json!("toinen");
        let mut no_expiry = claims.clone();
        no_expiry.as_object_mut().unwrap().remove("exp");
        let own = own_key(&app);
        let own_signed = |claims: &Value| jsonwebtoken::encode(&with_kid(&kid), claims, &own).unwrap();
        let mut changed = good.clone();
        changed.replace_range(good.len() - 4..good.len() - 3, if &good[good.len() - 4..good.len() - 3] == "A" { "B" } else { "A" });

        let forged = [
            ("no signature", format!("{none}.{body}.")),
            ("no signature, some text", format!("{none}.{body}.AAAA")),
            ("the public key as a secret", by_public_key),
            ("another key", sign(&with_kid(&kid), &claims, 9)),
            ("an unknown kid", sign(&with_kid("toinen"), &claims, 9)),
            ("no kid", sign(&Header::new(Algorithm::EdDSA), &claims, 9)),
            ("another issuer", own_signed(&other_issuer)),
            ("another audience", own_signed(&other_audience)),
            ("no expiry", own_signed(&no_expiry)),
            ("a changed signature", changed),
            ("not a token", "aaa.bbb.ccc".to_owned()),
        ];
        for (what, token) in forged {
            assert_eq!(answer(&app, &token).await, "invalid_token", "{what}");
        }
        let same = own_signed(&claims);
        let accepted = TestApp::http().get(app.url("/api/v1/me")).bearer_auth(same).send().await.unwrap();
        assert_eq!(accepted.status(), 200, "signed by the right key, so the refusals above are for their reasons");
    }

    async fn an_expired_token_is_refused_as_expired(app: TestApp) {
        let aino = app.citizen().await;
        let (token, _) = app.tokens(aino.person).await;
        app.advance(std::time::Duration::from_secs(601));
        assert_eq!(answer(&app, &token).await, "expired_token");
    }

    async fn the_published_keys_check_a_token(app: TestApp) {
        let aino = app.citizen().await;
        let (token, _) = app.tokens(aino.person).await;
        let response = TestApp::http().get(app.url("/.well-known/jwks.json")).send().await.unwrap();
        let keys: Value = serde_json::from_str(&response.text().await.unwrap()).unwrap();
        let key = &keys["keys"][0];
        assert_eq!(part(&token, 0)["kid"], key["kid"]);
        let public = DecodingKey::from_ed_components(key["x"].as_str().unwrap()).unwrap();
        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.set_audience(&["omasote"]);
        jsonwebtoken::decode::<Value>(&token, &public, &validation).unwrap();
    }
}
