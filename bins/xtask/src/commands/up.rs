//! `cargo xtask up`: from a checkout to a first chat.

use crate::checkout;
use crate::failure::Result;
use crate::needs::{page, pi};
use crate::process::Tool;
use crate::say;

/// Build what a chat needs and start Oqto: the README's first command
///
/// Installs what is missing inside the checkout (the page's packages, and Pi when there is none on the PATH), builds
/// the page and the programs of the chat, and runs `oqto serve`. Without a provider key the demo model answers.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Build without optimisation: quicker to build, slower to run
    #[arg(long)]
    dev: bool,
    /// Build, but do not start
    #[arg(long)]
    build_only: bool,
    /// Arguments for `oqto serve`
    #[arg(last = true)]
    serve: Vec<String>,
}

pub(crate) fn run(args: &Args) -> Result {
    say::doing("the page");
    page::build()?;
    say::doing("an agent: Pi");
    let pi = pi::for_chat()?;
    say::doing("the programs");
    let (profile, flags): (_, &[&str]) = if args.dev { ("debug", &[]) } else { ("release", &["--release"]) };
    let packages = checkout::CHAT.iter().flat_map(|name| ["--package", name]);
    Tool::cargo().args(["build", "--bins"]).args(flags).args(packages).run()?;
    if args.build_only {
        return Ok(());
    }
    say::doing("oqto serve (Ctrl-C ends it)");
    let dir = checkout::target().join(profile);
    let oqto = Tool::new(dir.join("oqto")).env("OQTO_BIN_DIR", &dir);
    let oqto = match pi.filter(|_| std::env::var_os("OQTO_PI").is_none()) {
        Some(pi) => oqto.env("OQTO_PI", pi),
        None => oqto,
    };
    oqto.args(["serve"]).args(&args.serve).interactive()
}
