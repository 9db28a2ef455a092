//! The store as files: making, committing, importing, exporting, checking.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::{Args, Subcommand, ValueEnum};
use oqto_kit::{Ctx, Error, Exit, OrFail as _, Result};
use oqto_process::helper::{Bounds, Helper, Output, run};
use oqto_protocol::error::ErrorKind;
use serde::Serialize;

use super::print::Told;
use super::{failed, open, stdin};
use crate::Store;
use crate::store::Query;

/// Arguments of `init`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  trx init --prefix app")]
pub struct Init {
    /// What ids begin with
    #[arg(long, default_value = "trx")]
    prefix: String,
}

impl Init {
    pub(super) fn run(self, ctx: &Ctx) -> Result<Exit> {
        let store = Store::init(Path::new("."), &self.prefix).map_err(failed)?;
        let value = BTreeMap::from([("folder", store.folder().display().to_string()), ("prefix", self.prefix)]);
        ctx.print(&Told { value, text: format!("made {}; git joins its files line by line", store.folder().display()) })
    }
}

/// Arguments of `sync`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  trx sync -m 'issues of today'\n  trx sync --dry-run")]
pub struct Sync {
    /// The message of the commit
    #[arg(long, short, default_value = "trx: issues")]
    message: String,
    /// Only say what would be committed
    #[arg(long)]
    dry_run: bool,
    /// Put the files in order, and do not commit
    #[arg(long)]
    no_commit: bool,
}

#[derive(Serialize)]
struct Synced {
    committed: bool,
    changed: Vec<String>,
}

impl Sync {
    pub(super) fn run(self, ctx: &Ctx) -> Result<Exit> {
        let mut store = open(ctx)?;
        let root = fs::canonicalize(store.folder().parent().unwrap_or(Path::new(".")))
            .or_fail(ErrorKind::Failed, || "cannot find the repository")?;
        if !self.dry_run {
            store.compact().map_err(failed)?;
        }
        if self.no_commit {
            return done(ctx, false, Vec::new(), "the files are in order");
        }
        let status =
            git(ctx, &root, &["status", "--porcelain", "-z", "--untracked-files=all", "--", ".trx", ".gitattributes"])?;
        let changed: Vec<String> = String::from_utf8_lossy(&status.stdout)
            .split('\0')
            .filter_map(|entry| entry.get(3..))
            .filter(|path| path.starts_with(".trx/"))
            .map(str::to_owned)
            .collect();
        if changed.is_empty() {
            return done(ctx, false, changed, "nothing to do");
        }
        if self.dry_run {
            let text = changed.join("\n");
            return done(ctx, false, changed, &text);
        }
        git(ctx, &root, &["add", "--all", "--", ".trx"])?;
        git(ctx, &root, &["commit", "--quiet", "-m", &self.message, "--", ".trx"])?;
        let text = format!("committed {} files", changed.len());
        done(ctx, true, changed, &text)
    }
}

fn done(ctx: &Ctx, committed: bool, changed: Vec<String>, text: &str) -> Result<Exit> {
    ctx.print(&Told { value: Synced { committed, changed }, text: text.to_owned() })
}

/// Runs git, which must succeed.
fn git(ctx: &Ctx, root: &Path, arguments: &[&str]) -> Result<Output> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let program = oqto_process::program::resolve(OsStr::new("git"), &path)
        .or_fail(ErrorKind::Failed, || "git is not installed")?;
    let helper = Helper::new(program).args(arguments.iter().map(OsString::from)).cwd(root);
    let bounds = Bounds { deadline: Duration::from_secs(60), output: 16 << 20 };
    let what = || format!("git {} failed", arguments.first().unwrap_or(&""));
    let output = ctx.block_on(async { run(&helper, b"", bounds).await.or_fail(ErrorKind::Failed, what) })?;
    if output.status.success() {
        return Ok(output);
    }
    let said = [output.stderr, output.stdout].concat();
    Err(Error::new(ErrorKind::Failed, format!("{}: {}", what(), String::from_utf8_lossy(&said).trim())))
}

/// Arguments of `import`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  trx import .beads/issues.jsonl\n  trx import ../other/.trx/issues.jsonl --json")]
pub struct Import {
    /// A file of JSON lines; `-` reads standard input
    path: PathBuf,
    /// What ids that began with `bd-` begin with
    #[arg(long)]
    prefix: Option<String>,
}

impl Import {
    pub(super) fn run(self, ctx: &Ctx) -> Result<Exit> {
        let text = if self.path == Path::new("-") {
            stdin()?.into_bytes()
        } else {
            fs::read(&self.path).or_fail(ErrorKind::NotFound, || format!("cannot read {}", self.path.display()))?
        };
        let mut store = open(ctx)?;
        let name = self.path.display().to_string();
        let report = store.import(&name, &text, self.prefix.as_deref()).map_err(failed)?;
        let mut text = format!("{} imported, {} there already", report.imported, report.skipped);
        for line in report.changed.iter().chain(&report.damage) {
            text.push_str(&format!("\n{line}"));
        }
        let bad = !report.damage.is_empty();
        ctx.print(&Told { value: report, text })?;
        Ok(if bad { Exit::code(1) } else { Exit::DONE })
    }
}

/// Arguments of `export`.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  trx export > ISSUES.md\n  trx export --format jsonl -o issues.jsonl")]
pub struct Export {
    /// How
    #[arg(long, short, value_enum, default_value = "markdown")]
    format: Format,
    /// Into this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Closed issues too (lines have all always)
    #[arg(long, short)]
    all: bool,
}

#[derive(ValueEnum, Clone, Copy, Debug)]
enum Format {
    /// For people.
    Markdown,
    /// An array.
    Json,
    /// The interchange form.
    Jsonl,
}

impl Export {
    pub(super) fn run(self, ctx: &Ctx) -> Result<Exit> {
        let mut store = open(ctx)?;
        let query = Query { all: self.all, ..Query::default() };
        let text = match self.format {
            Format::Markdown => markdown(&store, &query)?,
            Format::Json => {
                let resolved = store.resolved().map_err(failed)?;
                let entries = store.list(&query).map_err(failed)?;
                let issues: Vec<String> = entries.iter().map(|entry| entry.json(resolved.get(&entry.id))).collect();
                format!("[{}]\n", issues.join(",\n"))
            }
            Format::Jsonl => {
                store.compact().map_err(failed)?;
                store.lines().map_err(failed)?.iter().flat_map(|line| [line.as_str(), "\n"]).collect()
            }
        };
        match self.output {
            None => ctx.printer().data(text.as_bytes()).map(|()| Exit::DONE),
            Some(path) => {
                fs::write(&path, text).or_fail(ErrorKind::Failed, || format!("cannot write {}", path.display()))?;
                Ok(Exit::DONE)
            }
        }
    }
}

fn markdown(store: &Store, query: &Query) -> Result<String> {
    let mut text = String::from("# Issues\n");
    for entry in store.list(query).map_err(failed)? {
        let issue = store.show(&entry.id).map_err(failed)?.issue;
        text.push_str(&format!("\n## {} {}\n\n", issue.id, issue.title));
        text.push_str(&format!("{} · {} · P{}", issue.status, issue.kind, issue.priority));
        if !issue.labels.is_empty() {
            text.push_str(&format!(" · {}", issue.labels.join(", ")));
        }
        text.push('\n');
        for part in [&issue.description, &issue.notes].into_iter().flatten() {
            text.push_str(&format!("\n{part}\n"));
        }
        for remark in &issue.comments {
            let quoted = remark.text.replace('\n', "\n> ");
            text.push_str(&format!(
                "\n> {} ({}): {quoted}\n",
                remark.author.as_deref().unwrap_or("?"),
                remark.created_at
            ));
        }
    }
    Ok(text)
}

/// `config …`.
#[derive(Subcommand, Debug)]
pub enum Settings {
    /// Show all settings
    Show,
    /// Show one
    Get {
        /// Its name
        key: String,
    },
    /// Change one
    Set {
        /// Its name
        key: String,
        /// Its value
        value: String,
    },
}

impl Settings {
    pub(super) fn run(self, ctx: &Ctx) -> Result<Exit> {
        let mut store = open(ctx)?;
        let known = |key: &str| {
            if key == "prefix" {
                return Ok(());
            }
            Err(Error::new(ErrorKind::InvalidParams, format!("there is no setting {key:?}"))
                .hint("trx config get prefix"))
        };
        match self {
            Self::Show => {}
            Self::Get { key } => known(&key)?,
            Self::Set { key, value } => {
                known(&key)?;
                store.set_prefix(&value).map_err(failed)?;
            }
        }
        let config = store.config().clone();
        let text = format!("prefix = {:?}", config.prefix);
        ctx.print(&Told { value: config, text })
    }
}

/// Arguments of `merge-driver`.
#[derive(Args, Debug)]
#[command(
    after_help = "For git, in its configuration:\n  git config merge.trx.driver 'trx merge-driver %O %A %B'\nThe union driver that `trx init` asks for needs no configuration and does the same."
)]
pub struct MergeDriver {
    /// The common ancestor
    base: PathBuf,
    /// Ours; the result goes here
    ours: PathBuf,
    /// Theirs
    theirs: PathBuf,
}

impl MergeDriver {
    pub(super) fn run(self, ctx: &Ctx) -> Result<Exit> {
        let read = |path: &Path| {
            fs::read_to_string(path).or_fail(ErrorKind::NotFound, || format!("cannot read {}", path.display()))
        };
        let (ours, theirs) = (read(&self.ours)?, read(&self.theirs)?);
        let mut seen = std::collections::HashSet::new();
        let lines: String = ours
            .lines()
            .chain(theirs.lines())
            .filter(|line| seen.insert(*line))
            .flat_map(|line| [line, "\n"])
            .collect();
        fs::write(&self.ours, lines).or_fail(ErrorKind::Failed, || format!("cannot write {}", self.ours.display()))?;
        ctx.note(&format!("joined {} lines", seen.len()));
        Ok(Exit::DONE)
    }
}

/// Arguments of `doctor`.
#[derive(Args, Debug)]
pub struct Doctor {
    /// Add what is missing in .gitattributes
    #[arg(long)]
    fix: bool,
}

#[derive(Serialize)]
struct Checked {
    damage: Vec<String>,
    cycles: Vec<Vec<String>>,
    missing: Vec<(String, String)>,
}

impl Doctor {
    pub(super) fn run(self, ctx: &Ctx) -> Result<Exit> {
        let store = Store::discover(Path::new(".")).map_err(failed)?;
        if self.fix && store.set_attributes().map_err(failed)? {
            ctx.note("added lines to .gitattributes");
        }
        let ready = store.ready(&store.actor()).map_err(failed)?;
        let damage: Vec<String> = store.damage().map_err(failed)?.iter().map(ToString::to_string).collect();
        let mut text = damage.clone();
        text.extend(ready.cycles.iter().map(|cycle| format!("these wait for each other: {}", cycle.join(" → "))));
        text.extend(ready.missing.iter().map(|(id, blocker)| format!("{id} waits for {blocker}, which is not there")));
        let fine = text.is_empty();
        let text = if fine { "all is well".into() } else { text.join("\n") };
        ctx.print(&Told { value: Checked { damage, cycles: ready.cycles, missing: ready.missing }, text })?;
        Ok(if fine { Exit::DONE } else { Exit::code(1) })
    }
}
