//! One finding, and all of them.

use oqto_kit::{Page, Report, Result, Table, escape};
use serde::Serialize;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Verdict {
    /// As it should be.
    Ok,
    /// It works, but look at it.
    Warn,
    /// It does not work.
    Fail,
}

impl Verdict {
    const fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warn => "warn",
            Self::Fail => "FAIL",
        }
    }
}

/// What was looked at, and what was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Check {
    check: String,
    verdict: Verdict,
    found: String,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    mend: Option<String>,
}

impl Check {
    /// As it should be.
    pub(super) fn ok(check: impl Into<String>, found: impl Into<String>) -> Self {
        Self { check: check.into(), verdict: Verdict::Ok, found: found.into(), mend: None }
    }

    /// Something to look at, and what to do.
    pub(super) fn warn(check: impl Into<String>, found: impl Into<String>, mend: impl Into<String>) -> Self {
        Self { check: check.into(), verdict: Verdict::Warn, found: found.into(), mend: Some(mend.into()) }
    }

    /// Something that does not work, and how to mend it.
    pub(super) fn fail(check: impl Into<String>, found: impl Into<String>, mend: impl Into<String>) -> Self {
        Self { check: check.into(), verdict: Verdict::Fail, found: found.into(), mend: Some(mend.into()) }
    }
}

/// All findings.
#[derive(Debug, Serialize)]
pub(super) struct Findings {
    checks: Vec<Check>,
    /// Names of the variables that agents get; empty while no runner runs.
    agent_environment: Vec<String>,
    #[serde(skip)]
    lists_environment: bool,
}

impl Findings {
    pub(super) fn new(checks: Vec<Check>, agent_environment: Vec<String>, lists_environment: bool) -> Self {
        Self { checks, agent_environment, lists_environment }
    }

    /// Whether anything does not work.
    pub(super) fn has_failure(&self) -> bool {
        self.count(Verdict::Fail) > 0
    }

    fn count(&self, verdict: Verdict) -> usize {
        self.checks.iter().filter(|check| check.verdict == verdict).count()
    }
}

impl Report for Findings {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        let mut table = Table::new(&["", "CHECK", "FOUND", "TO MEND IT"]);
        for Check { check, verdict, found, mend } in &self.checks {
            table.row([verdict.word(), check, found, mend.as_deref().unwrap_or_default()]);
        }
        page.table(&table)?;
        if self.lists_environment {
            for name in &self.agent_environment {
                page.line(format!("agents get\t{}", escape::line(name)))?;
            }
        }
        Ok(())
    }
}
