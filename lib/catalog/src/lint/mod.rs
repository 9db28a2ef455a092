//! Rules that every repository of a catalog keeps.
//!
//! | module | what it holds |
//! |---|---|
//! | [`rules`] | the rules, and how each counts |
//! | `checks` | what each rule looks at |
//!
//! Findings come in the order of repositories, then of rules, so that the same repositories give the same bytes.

mod checks;
pub mod rules;

use serde::Serialize;

use oqto_repo::Git;

use crate::find::Found;
use crate::parallel;
use crate::release::Style;
pub use rules::{Level, Rule, Rules};

/// A rule that a repository does not keep.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The repository.
    pub repo: String,
    /// The rule.
    pub rule: Rule,
    /// How it counts.
    pub severity: Level,
    /// What is wrong, for a person.
    pub message: String,
}

/// Looks at every repository, and tells `each` after every one. `now` is in seconds since 1970.
pub fn lint(
    git: &Git,
    repositories: &[Found],
    (rules, style): (&Rules, &Style),
    now: i64,
    each: &(dyn Fn() + Sync),
) -> Vec<Finding> {
    let look = |found: &Found| checks::look(&git.beside(found.root()), found, (rules, style), now);
    let found = parallel::map(repositories, look, each);
    let findings = repositories.iter().zip(found).flat_map(|(found, said)| {
        let finding =
            |(rule, message)| Finding { repo: found.name.clone(), rule, severity: rules.level(rule), message };
        said.into_iter().map(finding).collect::<Vec<_>>()
    });
    findings.filter(|finding| finding.severity != Level::Off).collect()
}
