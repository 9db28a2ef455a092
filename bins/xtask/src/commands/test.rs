//! `cargo xtask test`: everything that CI checks.

use clap::ValueEnum;

use crate::checkout;
use crate::commands::{codegen, tidy};
use crate::failure::{Failure, Result};
use crate::needs::{chromium, deny, page, pi, sdk};
use crate::process::{Tool, on_path};
use crate::report::{Outcome, Report, count};

/// Run every check and test: the README's second command
///
/// Installs what the tests need inside the checkout (the page's packages, both generations of Pi, official clients of
/// the model APIs, cargo-deny), and Chromium where that can be done without asking. Ends with a line `N passed, N
/// failed`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Run these steps only
    #[arg(long, value_name = "STEP")]
    only: Vec<Step>,
    /// Leave these steps out
    #[arg(long, value_name = "STEP", conflicts_with = "only")]
    skip: Vec<Step>,
}

/// In the order they run. The page comes before the programs, because `oqto` embeds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Step {
    /// Install what the tests need
    Setup,
    /// Formatting
    Fmt,
    /// Layers, words, names
    Tidy,
    /// Build the page
    PageBuild,
    /// Lint and types of the page
    PageLint,
    /// Unit tests of the page
    PageUnit,
    /// Lints of the Rust code
    Clippy,
    /// Licences and advisories
    Deny,
    /// Build the programs
    Build,
    /// Generated files are current
    Codegen,
    /// Tests of the crates
    Unit,
    /// Examples in the documentation
    Doc,
    /// Real processes, with a real Pi
    E2e,
    /// The page in a real browser
    PageE2e,
}

impl Step {
    fn name(self) -> &'static str {
        match self {
            Self::Setup => "setup",
            Self::Fmt => "fmt",
            Self::Tidy => "tidy",
            Self::PageBuild => "page-build",
            Self::PageLint => "page-lint",
            Self::PageUnit => "page-unit",
            Self::Clippy => "clippy",
            Self::Deny => "deny",
            Self::Build => "build",
            Self::Codegen => "codegen",
            Self::Unit => "unit",
            Self::Doc => "doc",
            Self::E2e => "e2e",
            Self::PageE2e => "page-e2e",
        }
    }

    fn run(self) -> Result<Outcome> {
        match self {
            Self::Setup => done(setup()),
            Self::Fmt => done(Tool::cargo().args(["fmt", "--all", "--check"]).hint("cargo fmt --all").run()),
            Self::Tidy => done(tidy::run(&tidy::Args {})),
            Self::PageBuild => done(page::build()),
            Self::PageLint => done(script("lint").and_then(|()| script("typecheck"))),
            Self::PageUnit => page::packages().map(|()| tested(page::npm().args(["run", "test"]))),
            Self::Clippy => done(clippy()),
            Self::Deny => done(deny()),
            Self::Build => done(Tool::cargo().args(["build", "--workspace", "--bins"]).run()),
            Self::Codegen => done(codegen::run(&codegen::Args { check: true })),
            Self::Unit => Ok(tested(runner().args(["--workspace", "--exclude", "oqto-e2e"]))),
            Self::Doc => Ok(tested(Tool::cargo().args(["test", "--workspace", "--doc"]))),
            Self::E2e => Ok(tested(runner().args(["--package", "oqto-e2e"]))),
            Self::PageE2e => page_in_a_browser(),
        }
    }
}

pub(crate) fn run(args: &Args) -> Result {
    let wanted = |step: &&Step| {
        if args.only.is_empty() { !args.skip.contains(step) } else { args.only.contains(step) }
    };
    let mut report = Report::default();
    for step in Step::value_variants().iter().filter(wanted) {
        report.step(step.name(), || step.run());
    }
    report.finish()
}

fn done(result: Result) -> Result<Outcome> {
    result.map(|()| Outcome::Done)
}

fn tested(tool: Tool) -> Outcome {
    let (output, result) = tool.tee();
    Outcome::Tested(count(&output), result)
}

fn setup() -> Result {
    page::packages()?;
    pi::install_both()?;
    sdk::install()?;
    chromium::required().map(drop)
}

/// nextest where it is installed: it runs the tests of all crates side by side.
fn runner() -> Tool {
    match on_path("cargo-nextest") {
        Some(_) => Tool::cargo().args(["nextest", "run", "--no-fail-fast"]),
        None => Tool::cargo().args(["test", "--no-fail-fast", "--all-targets"]),
    }
}

fn script(name: &str) -> Result {
    page::packages()?;
    page::npm().args(["run", name]).run()
}

fn clippy() -> Result {
    let deny = ["--", "--deny", "warnings"];
    Tool::cargo().args(["clippy", "--workspace", "--all-targets"]).args(deny).run()?;
    Tool::cargo()
        .args(["clippy", "--package", "oqto-protocol", "--features", "schema", "--all-targets"])
        .args(deny)
        .run()
}

fn deny() -> Result {
    // Advisories come from the network; what is committed can be checked without it.
    Tool::new(deny::required()?).args(["--locked", "check", "bans", "licenses", "sources"]).run()
}

fn page_in_a_browser() -> Result<Outcome> {
    page::packages()?;
    let chromium = chromium::find().ok_or_else(|| Failure::new("no Chromium").hint("cargo xtask test --only setup"))?;
    let programs = checkout::target().join("debug");
    Ok(tested(page::npm().args(["run", "e2e"]).env("OQTO_TEST_CHROMIUM", chromium).env("OQTO_BIN_DIR", programs)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_called_on_the_command_line_as_in_the_summary() {
        for step in Step::value_variants() {
            let value = step.to_possible_value().map(|value| value.get_name().to_owned());
            assert_eq!(value.as_deref(), Some(step.name()));
        }
    }
}
