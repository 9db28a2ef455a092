//! Versions of Pi and of what it runs on.

use serde::{Deserialize, Serialize};

/// The first version that says when it has settled. (Later ones write deltas only, and ask before they trust a
/// workspace; both are read from the wire or concern flags that exist by then.)
const FIRST_SETTLING: [u32; 3] = [0, 80, 4];

/// The first version that needs the newer Node.
const FIRST_ON_NEWER_NODE: [u32; 3] = [0, 75, 0];

const OLDER_NODE: [u32; 3] = [20, 6, 0];
const NEWER_NODE: [u32; 3] = [22, 19, 0];

/// How a Pi behaves on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Generation {
    /// Like 0.73: whole messages with every delta, and no word about having settled.
    Full,
    /// Like 0.87: deltas only, and `agent_settled` at the end of all work.
    Delta,
}

impl Generation {
    /// The generation of a version such as `0.87.1`. A version that cannot be read counts as a newer one.
    #[must_use]
    pub fn of_version(version: &str) -> Self {
        match numbers(version) {
            Some(version) if version < FIRST_SETTLING => Self::Full,
            Some(_) | None => Self::Delta,
        }
    }
}

/// The version in what `pi --version` prints, which may come with warnings around it.
#[must_use]
pub fn version_of(output: &str) -> Option<String> {
    let words = output.split_whitespace();
    let mut versions = words.map(|word| word.trim_start_matches('v'));
    versions.find(|word| numbers(word).is_some()).map(str::to_owned)
}

/// Why this version of Pi does not run on this version of Node, if so. Both as they print themselves.
#[must_use]
pub fn interpreter_problem(version: &str, node_version: &str) -> Option<String> {
    let pi = numbers(version)?;
    let wants = if pi < FIRST_ON_NEWER_NODE { OLDER_NODE } else { NEWER_NODE };
    let node = numbers(node_version.trim().trim_start_matches('v'))?;
    (node < wants).then(|| {
        let [major, minor, _] = wants;
        let node_version = node_version.trim();
        format!("Pi {version} needs Node {major}.{minor} or newer, or bun; this is Node {node_version}")
    })
}

/// How to get Pi.
#[must_use]
pub const fn install_hint() -> &'static str {
    "npm install --global @earendil-works/pi-coding-agent@0.87.1   (Node 22.19 or newer, or bun)"
}

/// The three numbers of a version; what follows a `-` or `+` does not count.
fn numbers(version: &str) -> Option<[u32; 3]> {
    let core = version.split(['-', '+']).next()?;
    let mut parts = core.split('.').map(|part| part.parse::<u32>().ok());
    let numbers = [parts.next()??, parts.next()??, parts.next()??];
    parts.next().is_none().then_some(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generation_follows_from_the_version() {
        let cases = [
            ("0.73.1", Generation::Full),
            ("0.80.3", Generation::Full),
            ("0.80.4", Generation::Delta),
            ("0.87.1", Generation::Delta),
            ("1.5.2", Generation::Delta),
            ("next", Generation::Delta),
        ];
        for (version, generation) in cases {
            assert_eq!(Generation::of_version(version), generation, "{version}");
        }
    }

    #[test]
    fn the_version_is_found_among_warnings() {
        let printed = "(node:1) Warning: x\n0.87.1\n";
        assert_eq!(version_of(printed).as_deref(), Some("0.87.1"));
        assert_eq!(version_of("pi v1.2.3-beta.1").as_deref(), Some("1.2.3-beta.1"));
        assert_eq!(version_of("command not found"), None);
    }

    #[test]
    fn an_old_node_is_a_problem_only_for_a_new_pi() {
        assert_eq!(interpreter_problem("0.73.1", "v20.20.2"), None);
        assert_eq!(interpreter_problem("0.87.1", "v22.19.0"), None);
        let problem = interpreter_problem("0.87.1", "v20.20.2\n");
        assert_eq!(problem.as_deref(), Some("Pi 0.87.1 needs Node 22.19 or newer, or bun; this is Node v20.20.2"));
    }
}
