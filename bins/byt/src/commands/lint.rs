//! `byt lint`

use clap::Args;
use jiff::Timestamp;
use oqto_catalog::lint::{Finding, Level, Rule, Rules, lint};
use oqto_kit::{Ctx, Exit, Page, Report, Result, Table};
use oqto_protocol::error::exit;
use oqto_repo::Git;
use serde::Serialize;

use crate::failure::failed;
use crate::settings::{Where, Workspace};

/// Check every repository against the rules of the catalog
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  byt lint                       every repository below the roots
  byt lint --strict --json       warnings fail, too
  byt lint --rules               the rules, and how each counts

Which rules count is said in the configuration:
  [lint.rules]
  ci = \"error\"
  agents-md = \"warning\"
  upstream = \"off\"

Exit codes: 0 every rule is kept, 1 one that counts as an error is not")]
pub(crate) struct Lint {
    /// Only this repository (repeatable)
    #[arg(long, value_name = "NAME")]
    repo: Vec<String>,
    /// Warnings fail, too
    #[arg(long)]
    strict: bool,
    /// Only list the rules
    #[arg(long)]
    rules: bool,
}

#[derive(Serialize)]
struct Findings {
    passed: bool,
    repos_checked: usize,
    issues: Vec<Finding>,
}

impl Report for Findings {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        let mut table = Table::new(&["REPOSITORY", "RULE", "COUNTS AS", "WHAT"]);
        for found in &self.issues {
            table.row([found.repo.as_str(), &found.rule.name(), word(found.severity), &found.message]);
        }
        page.table(&table)
    }
}

#[derive(Serialize)]
struct Listed {
    rule: Rule,
    level: Level,
    asks: &'static str,
}

#[derive(Serialize)]
#[serde(transparent)]
struct RuleList(Vec<Listed>);

impl Report for RuleList {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        let mut table = Table::new(&["RULE", "COUNTS AS", "ASKS THAT"]);
        for listed in &self.0 {
            table.row([listed.rule.name().as_str(), word(listed.level), listed.asks]);
        }
        page.table(&table)
    }
}

fn word(level: Level) -> &'static str {
    match level {
        Level::Off => "off",
        Level::Warning => "warning",
        Level::Error => "error",
    }
}

pub(crate) fn run(ctx: &Ctx, place: &Where, args: &Lint) -> Result<Exit> {
    let workspace = Workspace::open(ctx, place)?;
    let rules = &workspace.settings.lint;
    if args.rules {
        return ctx.print(&list(rules));
    }
    let git = Git::at(".").map_err(|error| failed("cannot ask git", error))?;
    let mut repositories = workspace.named(&args.repo)?;
    repositories.retain(|found| !rules.except.contains(&found.name));
    let bar = ctx.printer().progress(Some(repositories.len() as u64), "checking");
    let now = Timestamp::now().as_second();
    let issues = lint(&git, &repositories, (rules, &workspace.settings.release), now, &|| bar.inc(1));
    bar.finish_and_clear();
    let least = if args.strict { Level::Warning } else { Level::Error };
    let passed = issues.iter().all(|found| found.severity < least);
    let total = issues.len();
    ctx.print(&Findings { passed, repos_checked: repositories.len(), issues })?;
    ctx.note(&format!("{total} findings in {} repositories", repositories.len()));
    Ok(if passed { Exit::DONE } else { Exit::code(exit::FAILED) })
}

fn list(rules: &Rules) -> RuleList {
    let listed = |rule: Rule| Listed { rule, level: rules.level(rule), asks: rule.asks() };
    RuleList(Rule::ALL.into_iter().map(listed).collect())
}
