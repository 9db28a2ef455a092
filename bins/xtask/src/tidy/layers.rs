//! Which crate may know which: dependencies point down.

use serde_json::Value;

use crate::failure::{Failure, Result, While as _};
use crate::process::Tool;

/// The layers of ARCHITECTURE.md. A crate may depend on lower layers only.
const LAYERS: [(&str, u8); 18] = [
    ("oqto-protocol", 0),
    ("oqto-whole", 0),
    ("oqto-wire", 1),
    ("oqto-kit", 1),
    ("oqto-store", 1),
    ("oqto-process", 2),
    ("oqto-repo", 2),
    ("oqto-scripted", 2),
    ("oqto-history", 3),
    ("oqto-issues", 3),
    ("oqto-memory", 3),
    ("oqto-mail", 3),
    ("oqto-catalog", 4),
    ("oqto-gateway", 3),
    ("oqto-harness", 3),
    ("oqto-runner-core", 4),
    ("oqto-relay", 4),
    ("oqto-testkit", 3),
];

const BINARY: u8 = 5;

/// Edges beside the rule, each with its reason.
const ALSO: [(&str, &str, &str); 1] = [("oqto-repo", "oqto-process", "git is started by the only crate that spawns")];

#[derive(Debug, Clone, PartialEq, Eq)]
struct Edge {
    from: String,
    to: String,
    dev: bool,
}

pub(crate) fn check() -> Result<Vec<String>> {
    let text = Tool::cargo().args(["metadata", "--format-version", "1", "--no-deps", "--offline"]).read()?;
    let metadata: Value = serde_json::from_str(&text).doing(|| "read cargo metadata".into())?;
    let packages = metadata["packages"].as_array().ok_or_else(|| Failure::new("cargo metadata names no packages"))?;
    Ok(edges(packages).iter().filter_map(problem).collect())
}

/// The dependencies between our own crates.
fn edges(packages: &[Value]) -> Vec<Edge> {
    let edge = |package: &Value, dependency: &Value| {
        dependency["path"].as_str()?;
        let (from, to) = (package["name"].as_str()?.to_owned(), dependency["name"].as_str()?.to_owned());
        Some(Edge { from, to, dev: dependency["kind"] == "dev" })
    };
    let dependencies = |package: &Value| package["dependencies"].as_array().cloned().unwrap_or_default();
    packages
        .iter()
        .flat_map(|package| dependencies(package).into_iter().filter_map(move |d| edge(package, &d)))
        .collect()
}

fn layer(name: &str) -> u8 {
    LAYERS.iter().find(|(crate_name, _)| *crate_name == name).map_or(BINARY, |(_, layer)| *layer)
}

fn problem(edge: &Edge) -> Option<String> {
    let Edge { from, to, dev } = edge;
    let (above, below) = (layer(from), layer(to));
    let says = |why: &str| Some(format!("{from} depends on {to}: {why}"));
    if ["oqto-e2e", "oqto-tools-tests", "xtask"].contains(&from.as_str()) {
        return (below == BINARY).then(|| says("nothing depends on a binary")).flatten();
    }
    if ["oqto-testkit", "oqto-e2e"].contains(&to.as_str()) {
        return if *dev { None } else { says("what is for tests is a dev-dependency") };
    }
    if below == BINARY {
        return says("nothing depends on a binary");
    }
    // Tests may bring neighbours together; only upwards is closed to them.
    let points_down = if *dev { below <= above } else { below < above };
    let excepted = ALSO.iter().any(|(a, b, _)| (a, b) == (&from.as_str(), &to.as_str()));
    if points_down || excepted { None } else { says(&format!("layer {above} may not know layer {below}")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn judged(from: &str, to: &str, kind: Option<&str>) -> Option<String> {
        let package = json!({"name": from, "dependencies": [{"name": to, "path": "x", "kind": kind}]});
        edges(&[package]).iter().find_map(problem)
    }

    #[test]
    fn dependencies_point_down() {
        assert_eq!(judged("oqto-runner-core", "oqto-history", None), None);
        assert_eq!(judged("oqto", "oqto-relay", None), None);
        assert_eq!(
            judged("oqto-wire", "oqto-history", None).as_deref(),
            Some("oqto-wire depends on oqto-history: layer 1 may not know layer 3")
        );
        assert_eq!(
            judged("oqto-relay", "oqto-runner-core", None).as_deref(),
            Some("oqto-relay depends on oqto-runner-core: layer 4 may not know layer 4")
        );
    }

    #[test]
    fn tests_may_bring_neighbours_together() {
        assert_eq!(judged("oqto-relay", "oqto-runner-core", Some("dev")), None);
        assert!(judged("oqto-wire", "oqto-relay", Some("dev")).is_some());
    }

    #[test]
    fn binaries_and_the_test_kit_are_ends() {
        assert!(judged("oqto", "oqto-runner", None).is_some_and(|why| why.ends_with("nothing depends on a binary")));
        assert!(judged("oqto-e2e", "oqto", None).is_some());
        assert!(judged("oqto-relay", "oqto-testkit", None).is_some());
        assert_eq!(judged("oqto-relay", "oqto-testkit", Some("dev")), None);
        assert_eq!(judged("oqto-runner-core", "oqto-e2e", Some("dev")), None);
        assert!(judged("oqto-runner-core", "oqto-e2e", None).is_some());
        assert!(judged("oqto", "oqto-testkit", None).is_some());
    }

    #[test]
    fn crates_from_elsewhere_do_not_count() {
        let package = json!({"name": "oqto-protocol", "dependencies": [{"name": "serde", "kind": null}]});
        assert_eq!(edges(&[package]), []);
    }
}
