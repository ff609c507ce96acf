//! The OpenAPI document, made from the routes. The only file that knows how it is put together.

use std::sync::OnceLock;

use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpResponse, get};
use omasote_types::error::ApiError;
use omasote_types::messages::{HolderFilter, InboxMark};
use omasote_types::tasks::{TaskList, UnitTaskList};
use utoipa::OpenApi as _;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{
    ComponentsBuilder, InfoBuilder, LicenseBuilder, OpenApi, PathItem, SecurityRequirement,
};
use utoipa::openapi::{ContactBuilder, ServerBuilder, Tag};

use crate::{routes, routing};

const DESCRIPTION: &str = "\
The API of Omasote, a digital service channel for health and social care. Citizens, professionals and third-party \
programs use one contract; what each may see is decided by who asks. What a caller may not see answers 404.

Browsers hold the session in HttpOnly cookies and name their app in the header `Omasote-App` (`citizen` or \
`professional`). Other programs send the access token as `Authorization: Bearer`.

Every error is an RFC 9457 problem (`application/problem+json`) with a stable `code`. Lists are read page by page \
with `cursor` and `limit`. A POST that makes something takes an `Idempotency-Key`, so that it can be sent again \
after a broken connection without being done twice.";

const TAGS: &[(&str, &str)] = &[
    ("sessions", "Signing in, staying signed in, signing out"),
    ("accounts", "The accounts of professionals"),
    ("people", "Citizens and professionals"),
    ("units", "Service units, their opening hours and topics"),
    ("promises", "By when units answer"),
    ("messages", "Threads between citizens and units"),
    ("attachments", "Files that are sent with messages"),
    ("drafts", "Half-written messages"),
    ("templates", "Reply templates of units and of professionals"),
    ("views", "Saved views of inboxes"),
    ("questionnaires", "What citizens are asked, as forms with versions"),
    ("tasks", "What units ask citizens to do"),
    ("guides", "Guides that everybody may read"),
    ("records", "Saving to the patient record, which is kept in a system outside"),
    ("scheduling", "Messages that are to be sent later"),
    ("events", "Visits and calls with a time, the times that units offer, and calendars outside the apps"),
    ("notifications", "Telling people outside the apps that something waits for them"),
    ("care", "Who cares for whom, and break-glass"),
    ("proxies", "Acting for another"),
    ("clients", "Third-party programs: a unit's systems, and apps that citizens let in"),
    ("mandates", "Fetching from a national register for whom one may act"),
    ("measurements", "What citizens measure at home, their targets, and what is counted of it"),
    ("exports", "A citizen's own data, to take away"),
    ("data_rights", "Restricting the processing of somebody's data, and erasing it"),
    ("audit", "The access log: who saw or changed what"),
    ("updates", "What changes, as it happens"),
];

/// Schemas that are not found through the routes: what every operation may answer with, which they name by `Refusals`, and
/// those that only parameters name.
#[derive(utoipa::OpenApi)]
#[openapi(components(schemas(ApiError, HolderFilter, InboxMark, TaskList, UnitTaskList)))]
struct Shared;

/// Serves the document.
#[get("/api/v1/openapi.json")]
pub(crate) async fn serve_document() -> HttpResponse {
    let mut response = HttpResponse::Ok();
    response.insert_header((CACHE_CONTROL, "no-cache")).content_type("application/json").body(document_text())
}

/// The document as committed in `openapi/omasote.json`.
#[must_use]
pub fn document_text() -> &'static str {
    static TEXT: OnceLock<String> = OnceLock::new();
    TEXT.get_or_init(|| {
        let text = document().to_pretty_json().unwrap_or_default();
        format!("{text}\n")
    })
}

/// The document.
#[must_use]
pub fn document() -> OpenApi {
    let mut document = Shared::openapi();
    routing::describe(&mut document, "/api/v1", routes::configure);
    document.info = InfoBuilder::new()
        .title("Omasote API")
        .version("1.0.0")
        .description(Some(DESCRIPTION))
        .contact(Some(ContactBuilder::new().name(Some("The Omasote project")).build()))
        .license(Some(LicenseBuilder::new().name("EUPL-1.2").identifier(Some("EUPL-1.2")).build()))
        .build();
    document.servers = Some(vec![ServerBuilder::new().url("/").description(Some("This server")).build()]);
    document.tags = Some(TAGS.iter().map(|(name, description)| tag(name, description)).collect());
    document.security = Some(vec![requirement("cookie"), requirement("bearer")]);
    add_security_schemes(&mut document);
    for item in document.paths.paths.values_mut() {
        for operation in operations(item) {
            operation.operation_id = operation.operation_id.as_deref().map(camel_case);
        }
    }
    document
}

fn tag(name: &str, description: &str) -> Tag {
    let mut tag = Tag::new(name);
    tag.description = Some(description.to_owned());
    tag
}

fn requirement(name: &str) -> SecurityRequirement {
    SecurityRequirement::new(name, Vec::<String>::new())
}

fn add_security_schemes(document: &mut OpenApi) {
    let cookie = ApiKeyValue::with_description("__Host-omasote-citizen", "The session of a browser");
    let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build();
    let components = document.components.take().unwrap_or_else(|| ComponentsBuilder::new().build());
    let mut components = components;
    components.add_security_scheme("cookie", SecurityScheme::ApiKey(ApiKey::Cookie(cookie)));
    components.add_security_scheme("bearer", SecurityScheme::Http(bearer));
    document.components = Some(components);
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut utoipa::openapi::path::Operation> {
    let reading = [&mut item.get, &mut item.head].into_iter();
    let writing = [&mut item.post, &mut item.put, &mut item.patch, &mut item.delete].into_iter();
    reading.chain(writing).filter_map(Option::as_mut)
}

/// `send_message` in Rust is `sendMessage` on the wire.
fn camel_case(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |camel, word| {
        let mut characters = word.chars();
        let head = characters.next().map(|character| character.to_ascii_uppercase());
        camel + &head.into_iter().chain(characters).collect::<String>()
    })
}

/// The methods that an address of the API takes; empty when there is no such address.
#[must_use]
pub fn methods_of(path: &str) -> Vec<&'static str> {
    static ADDRESSES: OnceLock<Vec<(String, Vec<&'static str>)>> = OnceLock::new();
    let addresses = ADDRESSES.get_or_init(|| {
        let paths = document().paths.paths.into_iter();
        paths.map(|(template, item)| (template, methods(&item))).collect()
    });
    let matching = addresses.iter().filter(|(template, _)| matches(template, path));
    matching.flat_map(|(_, methods)| methods.iter().copied()).collect()
}

fn methods(item: &PathItem) -> Vec<&'static str> {
    let known = [
        ("GET", item.get.is_some()),
        ("POST", item.post.is_some()),
        ("PUT", item.put.is_some()),
        ("PATCH", item.patch.is_some()),
        ("DELETE", item.delete.is_some()),
    ];
    known.into_iter().filter(|(_, is_there)| *is_there).map(|(name, _)| name).collect()
}

fn matches(template: &str, path: &str) -> bool {
    let (template, path) = (template.split('/'), path.split('/'));
    let is_same_length = template.clone().count() == path.clone().count();
    is_same_length && template.zip(path).all(|(wanted, given)| wanted.starts_with('{') || wanted == given)
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    fn references<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
        match value {
            Value::Object(members) => {
                found.extend(members.get("$ref").and_then(Value::as_str));
                members.values().for_each(|member| references(member, found));
            }
            Value::Array(items) => items.iter().for_each(|item| references(item, found)),
            _ => {}
        }
    }

    #[test]
    fn names_on_the_wire_are_camel_case() {
        assert_eq!(camel_case("list_sign_in_methods"), "listSignInMethods");
    }

    #[test]
    fn an_address_knows_its_methods() {
        assert_eq!(methods_of("/api/v1/units"), ["GET"]);
        assert_eq!(methods_of("/api/v1/citizens/me/threads"), ["GET", "POST"]);
        assert!(methods_of("/api/v1/nothing").is_empty());
    }

    #[test]
    fn every_operation_says_what_it_is_and_how_it_refuses() {
        for (path, mut item) in document().paths.paths {
            for operation in operations(&mut item) {
                assert!(operation.operation_id.is_some(), "{path}");
                assert!(operation.summary.is_some() || operation.description.is_some(), "{path}");
                assert!(operation.responses.responses.contains_key("4XX"), "{path}");
                assert!(operation.responses.responses.contains_key("5XX"), "{path}");
            }
        }
    }

    #[test]
    fn what_the_document_refers_to_is_in_it() {
        let document: Value = serde_json::from_str(document_text()).unwrap();
        let mut found = Vec::new();
        references(&document, &mut found);
        assert!(found.len() > 100, "only {} references were found", found.len());
        let missing: Vec<_> = found
            .into_iter()
            .filter(|reference| document.pointer(reference.trim_start_matches('#')).is_none())
            .collect();
        assert!(missing.is_empty(), "name these in `Shared`: {missing:?}");
    }
}
