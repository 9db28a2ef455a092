//! The rules, and how each counts.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// How a rule counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// It is not looked at.
    Off,
    /// It is told.
    Warning,
    /// It is told, and the command fails.
    Error,
}

/// What can be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// The repository can be read at all.
    Readable,
    /// There is a README.
    Readme,
    /// There is a licence.
    Licence,
    /// A pipeline is set up.
    Ci,
    /// There is an AGENTS.md.
    AgentsMd,
    /// The files of the setting `required` are there.
    Required,
    /// There is a remote.
    Remote,
    /// The branch follows one of the remote.
    Upstream,
    /// No change waits longer than `dirty_days` to be committed.
    Dirty,
    /// No file is in conflict.
    Conflict,
    /// There was a commit in the last `stale_days`.
    Stale,
    /// Manifests, changelog and tags say the same version.
    Versions,
    /// Every line of the issues and memories counts.
    Stores,
}

impl Rule {
    /// All rules.
    pub const ALL: [Self; 13] = [
        Self::Readable,
        Self::Readme,
        Self::Licence,
        Self::Ci,
        Self::AgentsMd,
        Self::Required,
        Self::Remote,
        Self::Upstream,
        Self::Dirty,
        Self::Conflict,
        Self::Stale,
        Self::Versions,
        Self::Stores,
    ];

    /// How it counts where nobody has said otherwise.
    #[must_use]
    pub fn default_level(self) -> Level {
        match self {
            Self::Readable | Self::Readme | Self::Licence | Self::Required | Self::Conflict => Level::Error,
            Self::Remote | Self::Versions | Self::Stores => Level::Error,
            Self::Ci | Self::Dirty | Self::Upstream => Level::Warning,
            Self::AgentsMd | Self::Stale => Level::Off,
        }
    }

    /// What it asks for, in one line.
    #[must_use]
    pub fn asks(self) -> &'static str {
        match self {
            Self::Readable => "the repository can be read",
            Self::Readme => "there is a README",
            Self::Licence => "there is a licence",
            Self::Ci => "a pipeline is set up",
            Self::AgentsMd => "there is an AGENTS.md",
            Self::Required => "the files of `lint.required` are there",
            Self::Remote => "there is a remote",
            Self::Upstream => "the branch follows one of the remote",
            Self::Dirty => "no change waits longer than `lint.dirty_days` to be committed",
            Self::Conflict => "no file is in conflict",
            Self::Stale => "there was a commit in the last `lint.stale_days`",
            Self::Versions => "manifests, changelog and tags agree on the version",
            Self::Stores => "every line of the issues and memories counts",
        }
    }

    /// Its name in the configuration and in findings.
    #[must_use]
    pub fn name(self) -> String {
        serde_json::to_value(self).ok().and_then(|name| name.as_str().map(ToOwned::to_owned)).unwrap_or_default()
    }
}

/// The settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rules {
    /// How rules count that do not count as usual.
    pub rules: BTreeMap<Rule, Level>,
    /// Files that every repository has, from its root.
    pub required: Vec<String>,
    /// Days that a change may wait to be committed.
    pub dirty_days: i64,
    /// Days without a commit after which a repository is stale.
    pub stale_days: i64,
    /// Repositories that are not looked at, by name.
    pub except: Vec<String>,
}

impl Default for Rules {
    fn default() -> Self {
        Self { rules: BTreeMap::new(), required: Vec::new(), dirty_days: 7, stale_days: 365, except: Vec::new() }
    }
}

impl Rules {
    /// How a rule counts.
    #[must_use]
    pub fn level(&self, rule: Rule) -> Level {
        self.rules.get(&rule).copied().unwrap_or_else(|| rule.default_level())
    }
}
