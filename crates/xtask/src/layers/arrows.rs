//! Which crate may depend on which, and what the shared crates must never pull in.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::Value;

/// Every crate of the workspace with the workspace crates it may use. A crate that is not here is a violation.
const ARROWS: [(&str, &[&str]); 12] = [
    ("omasote-types", &[]),
    ("omasote-rules", &["omasote-types"]),
    ("omasote-forms", &["omasote-types"]),
    ("omasote-fhir", &["omasote-types"]),
    ("omasote-client", &["omasote-types"]),
    ("omasote-demo", &["omasote-types", "omasote-rules"]),
    ("omasote-ui", &["omasote-types", "omasote-rules", "omasote-client"]),
    ("omasote-citizen", &["omasote-types", "omasote-rules", "omasote-client", "omasote-ui"]),
    ("omasote-professional", &["omasote-types", "omasote-rules", "omasote-client", "omasote-ui"]),
    ("omasote-backend", &["omasote-types", "omasote-rules", "omasote-forms", "omasote-fhir", "omasote-demo"]),
    // It measures the server from outside and inside; nothing depends on it.
    ("omasote-loadgen", &["omasote-types", "omasote-client", "omasote-demo", "omasote-backend"]),
    ("xtask", &[]),
];

/// What only tests may use besides.
const TEST_ARROWS: [(&str, &str); 4] = [
    ("omasote-backend", "omasote-client"),
    ("omasote-forms", "omasote-rules"),
    ("omasote-fhir", "omasote-rules"),
    ("omasote-fhir", "omasote-forms"),
];

/// Crates that run in the browser too, and so must stay free of the server's machinery.
const PORTABLE: [&str; 2] = ["omasote-types", "omasote-rules"];
const NOT_PORTABLE: [&str; 4] = ["actix-web", "diesel", "reqwest", "tokio"];

/// Who uses whom, by package name.
#[derive(Debug, Default)]
pub(crate) struct Graph {
    /// The workspace's own crates.
    members: BTreeSet<String>,
    /// Used when the package is built.
    used: BTreeMap<String, BTreeSet<String>>,
    /// Used by its tests only.
    used_in_tests: BTreeMap<String, BTreeSet<String>>,
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    workspace_members: Vec<String>,
    resolve: Resolve,
}

#[derive(Deserialize)]
struct Package {
    id: String,
    name: String,
}

#[derive(Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}

#[derive(Deserialize)]
struct Node {
    id: String,
    deps: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    pkg: String,
    dep_kinds: Vec<DependencyKind>,
}

#[derive(Deserialize)]
struct DependencyKind {
    kind: Option<String>,
}

impl Graph {
    /// Reads the answer of `cargo metadata`.
    pub(crate) fn read(metadata: &Value) -> Result<Self> {
        let metadata =
            Metadata::deserialize(metadata).context("cargo metadata answers in an unknown form")?;
        let names: BTreeMap<_, _> =
            metadata.packages.into_iter().map(|package| (package.id, package.name)).collect();
        let name = |id: &String| names.get(id).cloned().with_context(|| format!("unknown package {id}"));
        let mut graph = Self {
            members: metadata.workspace_members.iter().map(name).collect::<Result<_>>()?,
            ..Self::default()
        };
        for node in metadata.resolve.nodes {
            for dependency in node.deps {
                let for_tests = dependency.dep_kinds.iter().all(|kind| kind.kind.as_deref() == Some("dev"));
                let table = if for_tests { &mut graph.used_in_tests } else { &mut graph.used };
                table.entry(name(&node.id)?).or_default().insert(name(&dependency.pkg)?);
            }
        }
        Ok(graph)
    }

    fn of<'a>(
        table: &'a BTreeMap<String, BTreeSet<String>>,
        package: &str,
    ) -> impl Iterator<Item = &'a String> {
        table.get(package).into_iter().flatten()
    }

    /// Everything a package is built with, at any depth.
    fn everything_below(&self, package: &str) -> BTreeSet<&str> {
        let mut found = BTreeSet::new();
        let mut ahead: Vec<&str> = Self::of(&self.used, package).map(String::as_str).collect();
        while let Some(next) = ahead.pop() {
            if found.insert(next) {
                ahead.extend(Self::of(&self.used, next).map(String::as_str));
            }
        }
        found
    }
}

/// Arrows that point where none may.
pub(crate) fn violations(graph: &Graph) -> Vec<String> {
    let mut found = Vec::new();
    for member in &graph.members {
        let Some((_, allowed)) = ARROWS.iter().find(|(name, _)| name == member) else {
            found.push(format!(
                "{member} has no place in the layers: give it one in crates/xtask/src/layers/arrows.rs"
            ));
            continue;
        };
        let inside = |name: &&String| graph.members.contains(*name);
        for used in Graph::of(&graph.used, member).filter(inside) {
            if !allowed.contains(&used.as_str()) {
                found.push(format!("{member} must not depend on {used}"));
            }
        }
        for used in Graph::of(&graph.used_in_tests, member).filter(inside) {
            if !allowed.contains(&used.as_str()) && !TEST_ARROWS.contains(&(member, used)) {
                found.push(format!("{member} must not depend on {used}, not even in tests"));
            }
        }
    }
    for portable in PORTABLE {
        let below = graph.everything_below(portable);
        let machinery = NOT_PORTABLE.iter().filter(|name| below.contains(**name));
        found.extend(
            machinery.map(|name| format!("{portable} must not depend on {name}, not even through another")),
        );
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// Packages named by their id; `(user, used, kind)`, where no kind is a normal dependency.
    fn graph(members: &[&str], others: &[&str], arrows: &[(&str, &str, Option<&str>)]) -> Graph {
        let all: Vec<_> = members.iter().chain(others).collect();
        let deps = |user: &str| {
            let of_user = arrows.iter().filter(|(from, ..)| *from == user);
            of_user.map(|(_, to, kind)| json!({"pkg": to, "dep_kinds": [{"kind": kind}]})).collect::<Vec<_>>()
        };
        let metadata = json!({
            "packages": all.iter().map(|name| json!({"id": name, "name": name})).collect::<Vec<_>>(),
            "workspace_members": members,
            "resolve": {"nodes": all.iter().map(|name| json!({"id": name, "deps": deps(name)})).collect::<Vec<_>>()},
        });
        Graph::read(&metadata).unwrap()
    }

    #[test]
    fn the_allowed_arrows_are_no_violation() {
        let members = ["omasote-types", "omasote-rules", "omasote-client", "omasote-backend"];
        let arrows = [
            ("omasote-rules", "omasote-types", None),
            ("omasote-backend", "omasote-rules", None),
            ("omasote-backend", "omasote-client", Some("dev")),
            ("omasote-backend", "diesel", None),
        ];
        assert_eq!(violations(&graph(&members, &["diesel"], &arrows)), [""; 0]);
    }

    #[test]
    fn an_arrow_upwards_is_a_violation() {
        let members = ["omasote-types", "omasote-rules"];
        let upwards = graph(&members, &[], &[("omasote-types", "omasote-rules", None)]);
        assert_eq!(violations(&upwards), ["omasote-types must not depend on omasote-rules"]);
        let built = graph(&members, &[], &[("omasote-types", "omasote-rules", Some("build"))]);
        assert_eq!(violations(&built), ["omasote-types must not depend on omasote-rules"]);
        let tested = graph(&members, &[], &[("omasote-types", "omasote-rules", Some("dev"))]);
        assert_eq!(
            violations(&tested),
            ["omasote-types must not depend on omasote-rules, not even in tests"]
        );
    }

    #[test]
    fn the_server_may_use_the_client_in_tests_only() {
        let members = ["omasote-backend", "omasote-client"];
        let used = graph(&members, &[], &[("omasote-backend", "omasote-client", None)]);
        assert_eq!(violations(&used), ["omasote-backend must not depend on omasote-client"]);
    }

    #[test]
    fn machinery_is_found_at_any_depth() {
        let arrows = [("omasote-types", "innocent", None), ("innocent", "tokio", None)];
        let found = violations(&graph(&["omasote-types"], &["innocent", "tokio"], &arrows));
        assert_eq!(found, ["omasote-types must not depend on tokio, not even through another"]);
    }

    #[test]
    fn a_crate_without_a_place_is_a_violation() {
        let found = violations(&graph(&["omasote-helpers"], &[], &[]));
        assert!(found.concat().contains("omasote-helpers has no place"));
    }
}
