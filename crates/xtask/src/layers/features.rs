//! One feature word is one file name in every layer.

/// The features. One that no layer has yet is no violation.
const FEATURES: [&str; 28] = [
    "accounts",
    "announcements",
    "attachments",
    "audit",
    "care",
    "clients",
    "data_rights",
    "drafts",
    "evaluation",
    "events",
    "exports",
    "feedback",
    "guides",
    "measurements",
    "messages",
    "notifications",
    "pathways",
    "people",
    "promises",
    "proxies",
    "questionnaires",
    "records",
    "scheduling",
    "sessions",
    "tasks",
    "templates",
    "units",
    "views",
];

/// Where each feature has a file or a folder of its name.
const LAYERS: [&str; 6] = [
    "crates/types/src",
    "crates/client/src",
    "crates/backend/src/routes",
    "crates/backend/src/services",
    "crates/backend/src/repos",
    "crates/backend/tests/api",
];

/// Features that some layers have and others lack.
pub(crate) fn violations(exists: impl Fn(&str) -> bool) -> Vec<String> {
    let has = |layer: &str, feature: &str| {
        exists(&format!("{layer}/{feature}.rs")) || exists(&format!("{layer}/{feature}/mod.rs"))
    };
    let mut found = Vec::new();
    for feature in FEATURES {
        let (with, without): (Vec<_>, Vec<_>) = LAYERS.into_iter().partition(|layer| has(layer, feature));
        if let Some(with) = with.first() {
            found.extend(
                without.iter().map(|layer| format!("{layer}/{feature}.rs is missing, but {with} has it")),
            );
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feature_in_every_layer_is_no_violation() {
        assert_eq!(violations(|path| path.contains("/messages")), [""; 0]);
        assert_eq!(violations(|path| path.ends_with("/messages/mod.rs")), [""; 0]);
        assert_eq!(violations(|_| false), [""; 0]);
    }

    #[test]
    fn a_feature_that_a_layer_lacks_is_a_violation() {
        let found = violations(|path| path.ends_with("/units.rs") && !path.contains("/client/"));
        assert_eq!(found, ["crates/client/src/units.rs is missing, but crates/types/src has it"]);
    }
}
