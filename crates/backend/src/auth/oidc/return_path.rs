//! Where the browser goes after signing in: a page of the app that was signed in to, and nowhere else.

use omasote_types::sessions::App;

const MAX_BYTES: usize = 3000;
/// What is not a page of the citizens' app, which has all the rest.
const NOT_CITIZENS: [&str; 7] = ["pro", "api", "docs", "health", "metrics", "assets", ".well-known"];

/// An address within one of the apps: a path, perhaps with a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReturnPath(String);

impl ReturnPath {
    /// Takes a path of `app`; nothing that a browser could read as an address elsewhere.
    #[must_use]
    pub fn parse(text: &str, app: App) -> Option<Self> {
        let is_visible = text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\' && byte != b'#');
        let rest = text.strip_prefix('/')?;
        if text.len() > MAX_BYTES || !is_visible || rest.starts_with('/') {
            return None;
        }
        let path = rest.split('?').next().unwrap_or_default().to_ascii_lowercase();
        // Browsers walk up at `..`, written as `%2e%2e` too.
        let is_dots = |segment: &str| matches!(segment.replace("%2e", ".").as_str(), "." | "..");
        if path.split('/').any(is_dots) || path.contains("//") {
            return None;
        }
        let first = path.split('/').next().unwrap_or_default();
        let is_of_app = match app {
            App::Citizen => !NOT_CITIZENS.contains(&first),
            App::Professional => first == "pro",
        };
        is_of_app.then(|| Self(text.to_owned()))
    }

    /// The front page of an app.
    #[must_use]
    pub fn front(app: App) -> Self {
        let path = match app {
            App::Citizen => "/",
            App::Professional => "/pro/",
        };
        Self(path.to_owned())
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_the_app_are_taken() {
        for path in ["/", "/viestit", "/viestit/0192?sivu=2", "/%C3%A4"] {
            assert_eq!(ReturnPath::parse(path, App::Citizen).unwrap().as_str(), path);
        }
        for path in ["/pro", "/pro/", "/pro/tili"] {
            assert!(ReturnPath::parse(path, App::Professional).is_some());
        }
        for app in [App::Citizen, App::Professional] {
            assert!(ReturnPath::parse(ReturnPath::front(app).as_str(), app).is_some());
        }
    }

    #[test]
    fn whatever_could_lead_elsewhere_is_refused() {
        for path in [
            "",
            "viestit",
            "//evil.example",
            "///evil.example",
            "/\\evil.example",
            "\\/evil.example",
            "/\t/evil.example",
            "/\n/evil.example",
            "https://evil.example",
            "javascript:alert(1)",
            "/x\r\nSet-Cookie: a=b",
            "/ //evil.example",
            "/..//evil.example",
            "/./",
            "/a/../pro",
            "/a/%2E%2e/pro",
            "/pro/",
            "/PRO/",
            "/api/v1/me",
            "/docs",
            "/a//b",
            "/a#b",
            "/ä",
        ] {
            assert_eq!(ReturnPath::parse(path, App::Citizen), None, "{path:?}");
        }
        for path in ["/", "/viestit", "/professional", "/pro/../", "/api/v1/me", "//pro/"] {
            assert_eq!(ReturnPath::parse(path, App::Professional), None, "{path:?}");
        }
        assert_eq!(ReturnPath::parse(&format!("/{}", "a".repeat(MAX_BYTES)), App::Citizen), None);
    }
}
