//! The two web apps and the API's documentation, embedded in the binary: precompressed, hashed, immutable.

use actix_web::http::Method;
use actix_web::http::header::{
    ACCEPT_ENCODING, ALLOW, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, ETAG, IF_NONE_MATCH,
    LOCATION, VARY,
};
use actix_web::{HttpRequest, HttpResponse};
use omasote_types::error::ErrorCode;
use rust_embed::{EmbeddedFile, RustEmbed};

use crate::error::AppError;
use crate::openapi;

/// What `cargo xtask frontend` builds. In debug builds it is read from disk.
#[derive(RustEmbed)]
#[folder = "../../target/dist"]
#[allow_missing = true]
struct Site;

const APP_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
     img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'self'; \
     form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

/// Swagger UI is not ours and writes HTML from the document, which is ours.
const DOCS_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
     img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'self'; form-action 'none'; \
     frame-ancestors 'none'";

/// Answers what no route does: the site's files, or why there is nothing here.
///
/// # Errors
/// `not_found`, `method_not_allowed`.
pub async fn serve(request: HttpRequest) -> Result<HttpResponse, AppError> {
    let path = request.path();
    if path.starts_with("/api/") || !matches!(*request.method(), Method::GET | Method::HEAD) {
        return refuse(&request);
    }
    if matches!(path, "/pro" | "/docs") {
        return Ok(HttpResponse::MovedPermanently().insert_header((LOCATION, format!("{path}/"))).finish());
    }
    file(&request, &file_of(path)).ok_or_else(AppError::not_found)
}

/// Addresses without a file ending belong to an app, which knows its own pages.
fn file_of(path: &str) -> String {
    let bare = path.trim_start_matches('/');
    let is_page = !bare.rsplit('/').next().unwrap_or_default().contains('.');
    match bare.split('/').next().unwrap_or_default() {
        "docs" if is_page => "docs/index.html".to_owned(),
        "pro" if is_page => "professional/index.html".to_owned(),
        _ if is_page => "citizen/index.html".to_owned(),
        _ => bare.to_owned(),
    }
}

fn refuse(request: &HttpRequest) -> Result<HttpResponse, AppError> {
    let allowed = openapi::methods_of(request.path());
    if allowed.is_empty() {
        return Err(AppError::not_found());
    }
    let mut response = actix_web::ResponseError::error_response(&AppError::of(ErrorCode::MethodNotAllowed));
    if let Ok(value) = allowed.join(", ").parse() {
        response.headers_mut().insert(ALLOW, value);
    }
    Ok(response)
}

fn file(request: &HttpRequest, name: &str) -> Option<HttpResponse> {
    let (encoding, file) = best_encoding(request, name)?;
    let tag = format!("\"{}\"", hex(file.metadata.sha256_hash().get(..12)?));
    let is_known =
        request.headers().get(IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes());
    let mut response = if is_known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response.insert_header((ETAG, tag)).insert_header((VARY, "accept-encoding"));
    let is_hashed = name.starts_with("assets/");
    let caching = if is_hashed { "public, max-age=31536000, immutable" } else { "no-cache" };
    response.insert_header((CACHE_CONTROL, caching));
    if name.ends_with(".html") {
        let policy = if name.starts_with("docs/") { DOCS_POLICY } else { APP_POLICY };
        response.insert_header((CONTENT_SECURITY_POLICY, policy));
    }
    if is_known {
        return Some(response.finish());
    }
    if let Some(encoding) = encoding {
        response.insert_header((CONTENT_ENCODING, encoding));
    }
    response.content_type(mime_guess::from_path(name).first_or_octet_stream().to_string());
    Some(match file.data {
        std::borrow::Cow::Borrowed(bytes) => response.body(bytes),
        std::borrow::Cow::Owned(bytes) => response.body(bytes),
    })
}

/// The smallest form of a file that the browser takes.
fn best_encoding(request: &HttpRequest, name: &str) -> Option<(Option<&'static str>, EmbeddedFile)> {
    let accepted =
        request.headers().get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    for (encoding, ending) in [("br", "br"), ("gzip", "gz")] {
        let is_accepted = accepted.split(',').any(|entry| entry.trim().split(';').next() == Some(encoding));
        if let Some(file) = is_accepted.then(|| Site::get(&format!("{name}.{ending}"))).flatten() {
            return Some((Some(encoding), file));
        }
    }
    Site::get(name).map(|file| (None, file))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
