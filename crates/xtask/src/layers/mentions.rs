//! What each layer of the server must not name: routes no tables, services no HTTP, repos no rules.

use super::sources::Line;

/// A part of the server, and words it must not name.
struct Ban {
    /// Paths below `src` it holds for: folders end in `/`, and the empty path is everywhere.
    part: &'static str,
    /// Paths below `src` it does not hold for.
    except: &'static [&'static str],
    words: &'static [&'static str],
    why: &'static str,
}

const BANS: [Ban; 5] = [
    Ban {
        part: "",
        except: &["repos/", "db/"],
        words: &["diesel", "db::schema", "crate::schema"],
        why: "only repos and db speak to the database",
    },
    Ban { part: "routes/", except: &[], words: &["repos"], why: "routes call services, never rows" },
    Ban {
        part: "services/",
        except: &[],
        words: &["actix_web", "actix", "routes"],
        why: "services know no HTTP",
    },
    Ban {
        part: "repos/",
        except: &[],
        words: &["actix_web", "actix", "routes", "services"],
        why: "repos hold queries and nothing else",
    },
    Ban {
        part: "db/",
        except: &[],
        words: &["actix_web", "routes", "services", "repos"],
        why: "db is the bridge below everything",
    },
];

/// Diesel's errors may be converted anywhere: they ask nothing of a table.
const HARMLESS: [&str; 2] = ["diesel::result::", "diesel::ConnectionError"];

/// Lines that name what their layer must not.
pub(crate) fn violations(lines: &[Line]) -> Vec<String> {
    lines.iter().flat_map(|line| BANS.iter().filter_map(|ban| broken(ban, line))).collect()
}

fn broken(ban: &Ban, line: &Line) -> Option<String> {
    let within = |part: &&str| line.file.starts_with(*part);
    if !within(&ban.part) || ban.except.iter().any(within) {
        return None;
    }
    let code = HARMLESS.iter().fold(line.code.clone(), |code, harmless| code.replace(harmless, ""));
    let word = ban.words.iter().find(|word| names(&code, word))?;
    Some(format!("crates/backend/src/{}:{}: names {word}, but {}", line.file, line.number, ban.why))
}

/// Whether a path begins or goes on with this word: `word::`, `{word, …}`, `use word;`, but not inside another
/// name or as a value of that name.
fn names(code: &str, word: &str) -> bool {
    let is_path =
        code.starts_with("use ") || code.starts_with("pub use ") || code.starts_with("pub(crate) use ");
    let alone_in_a_list = code.trim_end_matches(',') == word;
    alone_in_a_list
        || code.match_indices(word).any(|(at, _)| {
            let (before, from) = code.split_at(at);
            let after = from.strip_prefix(word).unwrap_or_default();
            let part_of_name = |letter: char| letter.is_alphanumeric() || letter == '_';
            let whole = !before.ends_with(part_of_name) && !after.starts_with(part_of_name);
            whole && (after.starts_with("::") || is_path)
        })
}

#[cfg(test)]
mod tests {
    use super::super::sources::split;
    use super::*;

    fn found(file: &str, code: &str) -> usize {
        violations(&split(file, code)).len()
    }

    #[test]
    fn a_table_outside_repos_is_a_violation() {
        assert_eq!(found("services/messages.rs", "use diesel::prelude::*;"), 1);
        assert_eq!(found("jobs.rs", "let all = diesel::sql_query(\"SELECT 1\");"), 1);
        assert_eq!(found("app.rs", "use crate::db::schema::threads;"), 1);
        assert_eq!(
            found("error/mod.rs", "use diesel::result::{DatabaseErrorKind, Error as DieselError};"),
            0
        );
        assert_eq!(found("repos/messages.rs", "use crate::db::schema::threads; use diesel::prelude::*;"), 0);
    }

    #[test]
    fn a_route_that_names_a_repo_is_a_violation() {
        assert_eq!(found("routes/messages.rs", "use crate::repos::messages;"), 1);
        assert_eq!(found("routes/messages.rs", "use crate::{repos, services};"), 1);
        assert_eq!(found("routes/messages.rs", "use crate::{\n    repos,\n    services,\n};"), 1);
        assert_eq!(found("routes/messages.rs", "let rows = repos::messages::list(conn)?;"), 1);
        assert_eq!(found("services/messages.rs", "use crate::repos::messages as repo;"), 0);
    }

    #[test]
    fn a_service_that_knows_http_is_a_violation() {
        assert_eq!(found("services/messages.rs", "fn answer() -> actix_web::HttpResponse {"), 1);
        assert_eq!(found("routes/messages.rs", "use actix_web::HttpResponse;"), 0);
    }

    #[test]
    fn a_repo_that_names_a_service_is_a_violation() {
        assert_eq!(found("repos/units.rs", "use crate::services::units;"), 1);
        assert_eq!(found("db/mod.rs", "crate::repos::units::list(conn)"), 1);
    }

    #[test]
    fn other_names_that_contain_the_word_are_not() {
        assert_eq!(found("services/units.rs", "let services = my_repos.len(); // diesel::x"), 0);
        assert_eq!(found("routes/units.rs", "let repos_seen = 1;"), 0);
    }
}
