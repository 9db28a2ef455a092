//! `sx config`

use std::path::{Path, PathBuf};

use clap::Subcommand;
use oqto_kit::{Ctx, Dirs, Error, Exit, OrFail as _, Page, Report, Result, escape};
use oqto_protocol::error::ErrorKind;
use oqto_whole::Access;
use serde::Serialize;

use crate::import::{self, Left};
use crate::settings::Settings;

const EXAMPLES: &str = "\
Examples:
  sx config show
  sx config path
  sx config import";

/// Show the configuration, or take over that of an earlier sx
#[derive(clap::Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Every value in force, and where it comes from
    #[command(
        after_help = "Examples:\n  sx config show\n  SEARXNG_URL=https://search.example.org sx config show --json"
    )]
    Show,
    /// The files that are read, the later winning
    #[command(after_help = "Examples:\n  sx config path\n  sx config path --json")]
    Path,
    /// Take over the configuration of an earlier sx
    ///
    /// What means the same is written into our own file; keys that have no meaning here are named with the reason.
    #[command(
        after_help = "Examples:\n  sx config import\n  sx config import old.toml --replace\n  sx config import - < old.toml"
    )]
    Import(Import),
}

/// What is taken over.
#[derive(clap::Args, Debug)]
struct Import {
    /// The file to read instead of ~/.config/sx/config.toml; - is stdin
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// Replace our own file if there is one
    #[arg(long)]
    replace: bool,
}

pub(crate) fn run(ctx: &Ctx, args: &Args) -> Result<Exit> {
    match &args.command {
        Command::Show => ctx.print(&ctx.config::<Settings>(Vec::new())?.settings()?),
        Command::Path => ctx.print(&ctx.config_files::<Settings>()?),
        Command::Import(args) => import(ctx, args),
    }
}

/// Where the earlier program keeps its configuration: beside our folder.
pub(crate) fn earlier_file(dirs: &Dirs) -> PathBuf {
    dirs.config.with_file_name("sx").join("config.toml")
}

/// What was taken over.
#[derive(Serialize)]
struct Imported {
    from: PathBuf,
    path: PathBuf,
    taken: Vec<String>,
    left: Vec<Left>,
}

impl Report for Imported {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        let path = escape::line(&self.path.display().to_string()).into_owned();
        let keys = if self.taken.is_empty() { "nothing".to_owned() } else { self.taken.join(", ") };
        page.line(format!("wrote {path}: {}", escape::line(&keys)))?;
        for left in &self.left {
            page.line(format!("left out {}: {}", escape::line(&left.key), escape::line(&left.reason)))?;
        }
        Ok(())
    }
}

fn import(ctx: &Ctx, args: &Import) -> Result<Exit> {
    let from = match &args.file {
        Some(file) => file.clone(),
        None => earlier_file(&ctx.dirs()?),
    };
    let shown = from.display();
    let text = read(&from)?;
    let taken = import::read(&text).map_err(|error| {
        // The parser's own text repeats the line, which may hold a password.
        let line = error.span().map_or(0, |span| text.bytes().take(span.start).filter(|byte| *byte == b'\n').count());
        Error::new(ErrorKind::Config, format!("{shown}:{}: {}", line + 1, error.message()))
    })?;
    let path = ctx.config_files::<Settings>()?.own;
    write(&path, &taken.text, args)?;
    ctx.print(&Imported { from, path, taken: taken.keys, left: taken.left })
}

fn read(from: &Path) -> Result<String> {
    if from == Path::new("-") {
        return std::io::read_to_string(std::io::stdin()).or_fail(ErrorKind::Failed, || "cannot read stdin");
    }
    std::fs::read_to_string(from).map_err(|error| {
        let is_absent = error.kind() == std::io::ErrorKind::NotFound;
        let kind = if is_absent { ErrorKind::NotFound } else { ErrorKind::Failed };
        let failed = Error::new(kind, format!("cannot read {}", from.display())).because(error);
        if is_absent { failed.hint("name the file: sx config import FILE, or begin anew: sx init") } else { failed }
    })
}

/// Only the owner may read it, since it may hold a password.
fn write(path: &Path, text: &str, args: &Import) -> Result<()> {
    let shown = path.display();
    if path.exists() && !args.replace {
        let what = format!("{shown} is already there and stays as it is");
        return Err(Error::new(ErrorKind::AlreadyExists, what).hint("sx config import --replace"));
    }
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).or_fail(ErrorKind::Failed, || format!("cannot create {}", folder.display()))?;
    }
    let written = oqto_whole::write(path, text.as_bytes(), Access::Owner);
    written.or_fail(ErrorKind::Failed, || format!("cannot write {shown}"))
}
