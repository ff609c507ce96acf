//! The session's cookies. JavaScript never sees them; other sites cannot send them.

use actix_web::HttpRequest;
use actix_web::cookie::time::Duration as CookieAge;
use actix_web::cookie::{Cookie, SameSite};
use omasote_types::sessions::App;

/// Refresh tokens go nowhere else.
const REFRESH_PATH: &str = "/api/v1/sessions";
/// How long a person may take at a provider.
const SIGN_IN_SECONDS: i64 = 600;

/// How cookies are named and marked: with TLS they carry the prefixes that bind them to this host.
#[derive(Clone, Copy, Debug)]
pub struct CookieStyle {
    /// Whether browsers reach the server without TLS (loopback only).
    pub is_plain_http: bool,
}

impl CookieStyle {
    fn access_name(self, app: App) -> &'static str {
        match (self.is_plain_http, app) {
            (false, App::Citizen) => "__Host-omasote-citizen",
            (false, App::Professional) => "__Host-omasote-professional",
            (true, App::Citizen) => "omasote-citizen",
            (true, App::Professional) => "omasote-professional",
        }
    }

    fn refresh_name(self, app: App) -> &'static str {
        match (self.is_plain_http, app) {
            (false, App::Citizen) => "__Secure-omasote-citizen-refresh",
            (false, App::Professional) => "__Secure-omasote-professional-refresh",
            (true, App::Citizen) => "omasote-citizen-refresh",
            (true, App::Professional) => "omasote-professional-refresh",
        }
    }

    fn sign_in_name(self, app: App) -> &'static str {
        match (self.is_plain_http, app) {
            (false, App::Citizen) => "__Host-omasote-citizen-sign-in",
            (false, App::Professional) => "__Host-omasote-professional-sign-in",
            (true, App::Citizen) => "omasote-citizen-sign-in",
            (true, App::Professional) => "omasote-professional-sign-in",
        }
    }

    /// The access token's cookie. It outlives the token, so that the server can tell "expired" from "nobody".
    #[must_use]
    pub fn access(self, app: App, token: String, seconds: i64) -> Cookie<'static> {
        self.cookie(self.access_name(app), token, "/", seconds)
    }

    /// The refresh token's cookie.
    #[must_use]
    pub fn refresh(self, app: App, token: String, seconds: i64) -> Cookie<'static> {
        self.cookie(self.refresh_name(app), token, REFRESH_PATH, seconds)
    }

    /// Binds a sign-in through a provider to the browser in which it began. The way back comes from the provider's site, so
    /// unlike the session's cookies it is sent with a navigation from elsewhere.
    #[must_use]
    pub fn sign_in(self, app: App, secret: String) -> Cookie<'static> {
        let mut cookie = self.cookie(self.sign_in_name(app), secret, "/", SIGN_IN_SECONDS);
        cookie.set_same_site(SameSite::Lax);
        cookie
    }

    /// A cookie that takes the sign-in's away.
    #[must_use]
    pub fn sign_in_removal(self, app: App) -> Cookie<'static> {
        self.cookie(self.sign_in_name(app), String::new(), "/", 0)
    }

    /// What a request shows of the sign-in that began in its browser.
    #[must_use]
    pub fn sign_in_of(self, request: &HttpRequest, app: App) -> Option<String> {
        request.cookie(self.sign_in_name(app)).map(|cookie| cookie.value().to_owned())
    }

    /// Cookies that take the session's away.
    #[must_use]
    pub fn removals(self, app: App) -> [Cookie<'static>; 2] {
        [self.access(app, String::new(), 0), self.refresh(app, String::new(), 0)]
    }

    /// The access token that came with a request.
    #[must_use]
    pub fn access_of(self, request: &HttpRequest, app: App) -> Option<String> {
        request.cookie(self.access_name(app)).map(|cookie| cookie.value().to_owned())
    }

    /// The refresh token that came with a request.
    #[must_use]
    pub fn refresh_of(self, request: &HttpRequest, app: App) -> Option<String> {
        request.cookie(self.refresh_name(app)).map(|cookie| cookie.value().to_owned())
    }

    fn cookie(self, name: &'static str, value: String, path: &'static str, seconds: i64) -> Cookie<'static> {
        Cookie::build(name, value)
            .path(path)
            .http_only(true)
            .secure(!self.is_plain_http)
            .same_site(SameSite::Strict)
            .max_age(CookieAge::seconds(seconds))
            .finish()
    }
}
