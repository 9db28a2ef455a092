//! Versions of many repositories: whether manifests, changelogs and tags agree, and what comes next.
//!
//! | module | what it holds |
//! |---|---|
//! | [`manifest`] | versions and dependencies of `Cargo.toml`, `package.json` and `pyproject.toml` |
//! | [`changelog`] | the versions that a changelog tells of |
//! | [`state`] | one repository: its version, its tag, what was done since, what does not agree |
//! | [`plan`](mod@plan) | all repositories, those first that others need |
//!
//! It reads and plans. It publishes nothing, and sets no tag.

pub mod changelog;
pub mod manifest;
pub mod plan;
pub mod state;

use serde::{Deserialize, Serialize};

pub use plan::{Plan, plan};

/// The settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Style {
    /// What stands before the version in a tag.
    pub tag_prefix: String,
    /// Manifests beside those at the root that must have the same version, from the root.
    pub manifests: Vec<String>,
    /// The changelog, from the root. Where it is empty there need not be one.
    pub changelog: String,
}

impl Default for Style {
    fn default() -> Self {
        Self { tag_prefix: "v".into(), manifests: Vec::new(), changelog: "CHANGELOG.md".into() }
    }
}
