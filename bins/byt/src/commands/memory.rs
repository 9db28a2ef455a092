//! `byt memory`

use std::io::Read as _;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use jiff::Timestamp;
use oqto_catalog::recall::{self, Question, Recalled, Source};
use oqto_catalog::{CatalogError, Found};
use oqto_kit::{Ctx, Error, Exit, OrFail as _, Page, Report, Result, Table};
use oqto_memory::{Duplicates, Place, Places, Told};
use oqto_protocol::error::{ErrorKind, exit};
use oqto_repo::locate;
use serde::Serialize;

use crate::failure::{failed, warn};
use crate::settings::{Where, Workspace};

/// Bytes of the longest text from standard input.
const LONGEST: u64 = 1 << 20;

/// Search and add memories
#[derive(Subcommand, Debug)]
pub(crate) enum Memory {
    /// Find memories, the best first
    Search(Search),
    /// Remember something in a repository
    Add(Add),
}

/// Arguments of `search`.
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  byt memory search 'which port' --all\n  byt memory search login -c backend --repo api"
)]
pub(crate) struct Search {
    /// What to look for, in your own words
    #[arg(value_name = "QUESTION")]
    question: String,
    /// In all repositories below the roots, and in the stores of the person [default: in the repository one stands in,
    /// or, where --root names folders, in all below them]
    #[arg(long, short, conflicts_with = "repo")]
    all: bool,
    /// In this repository (repeatable)
    #[arg(long, value_name = "NAME")]
    repo: Vec<String>,
    /// Only of this category
    #[arg(long, short)]
    category: Option<String>,
    /// At most so many
    #[arg(long, short, default_value_t = 10, value_name = "N")]
    limit: usize,
}

/// Arguments of `add`.
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  byt memory add 'The API listens on port 7700.' -c api -i 7\n  echo text | byt memory add - --repo web"
)]
pub(crate) struct Add {
    /// What to remember; `-` reads standard input
    content: String,
    /// In this repository [default: the one that one stands in]
    #[arg(long, value_name = "NAME")]
    repo: Option<String>,
    /// What it is about: api, frontend, backend, architecture, patterns, debugging, or any other word
    #[arg(long, short)]
    category: Option<String>,
    /// How important it is, 1 to 10
    #[arg(long, short, value_parser = clap::value_parser!(u8).range(1..=10), value_name = "1-10")]
    importance: Option<u8>,
    /// A word to find it by (repeatable, or several with commas)
    #[arg(long, short, value_delimiter = ',')]
    tag: Vec<String>,
    /// Keep it also when the same is known already
    #[arg(long)]
    duplicate: bool,
}

pub(crate) fn run(ctx: &Ctx, place: &Where, command: Memory) -> Result<Exit> {
    match command {
        Memory::Search(args) => search(ctx, place, args),
        Memory::Add(args) => add(ctx, place, args),
    }
}

#[derive(Serialize)]
#[serde(transparent)]
struct Hits(Vec<Recalled>);

impl Report for Hits {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        let mut table = Table::new(&["STORE", "ID", "CATEGORY", "CONTENT"]);
        for found in &self.0 {
            let memory = &found.hit.memory;
            let category = memory.category.as_deref().unwrap_or("-");
            table.row([found.store.as_str(), memory.short_id(), category, &memory.content]);
        }
        page.table(&table)
    }
}

fn search(ctx: &Ctx, place: &Where, args: Search) -> Result<Exit> {
    let sources = sources(ctx, place, &args)?;
    let limit = args.limit;
    let question = Question { text: args.question, category: args.category, limit, now: Timestamp::now() };
    let bar = ctx.printer().progress(Some(sources.len() as u64), "asking");
    let answers = recall::search(&sources, &question, &|| bar.inc(1));
    bar.finish_and_clear();
    for fault in answers.damaged.iter().chain(&answers.unread) {
        warn(ctx, &fault.name, std::slice::from_ref(&fault.why));
    }
    let found = !answers.hits.is_empty();
    ctx.print(&Hits(answers.hits))?;
    if !answers.unread.is_empty() {
        return Ok(Exit::code(exit::FAILED));
    }
    if answers.stores == 0 {
        ctx.note("no memories are kept here");
    } else if !found {
        ctx.note("nothing was found");
    }
    Ok(if found { Exit::DONE } else { Exit::NOTHING_FOUND })
}

/// The stores to ask.
fn sources(ctx: &Ctx, place: &Where, args: &Search) -> Result<Vec<Source>> {
    if args.question.trim().is_empty() {
        return Err(Error::new(ErrorKind::InvalidParams, "nothing is asked for: the question is empty")
            .hint("byt memory search WORDS --all"));
    }
    if !args.repo.is_empty() {
        return Ok(Source::of(&Workspace::open(ctx, place)?.named(&args.repo)?));
    }
    if !args.all && place.is_named() {
        return Ok(Source::of(&Workspace::open(ctx, place)?.repositories()?));
    }
    if !args.all {
        return Ok(Source::of(&[here()?]));
    }
    let places = places(ctx)?;
    let mut sources = match Workspace::open(ctx, place)?.repositories() {
        Ok(repositories) => Source::of(&repositories),
        // A person may have memories and no repository.
        Err(error) if error.kind() == ErrorKind::NotFound && !places.all().is_empty() => Vec::new(),
        Err(error) => return Err(error),
    };
    Source::add_known(&mut sources, &places);
    Ok(sources)
}

/// Where the person's own stores are.
fn places(ctx: &Ctx) -> Result<Places> {
    let dirs = ctx.dirs()?;
    let here = std::env::current_dir().or_fail(ErrorKind::Workspace, || "cannot tell the current folder")?;
    Ok(Places::new(dirs.data.parent().unwrap_or(&dirs.data), here, None))
}

#[derive(Serialize)]
struct Added {
    store: PathBuf,
    #[serde(flatten)]
    memory: oqto_memory::Memory,
}

impl Report for Added {
    fn people(&self, page: &mut Page<'_>) -> Result<()> {
        let store = self.store.display().to_string();
        page.line(format!("{} in {}", self.memory.short_id(), oqto_kit::escape::line(&store)))
    }
}

fn add(ctx: &Ctx, place: &Where, args: Add) -> Result<Exit> {
    let found = match &args.repo {
        Some(name) => Workspace::open(ctx, place)?.one(name)?,
        None => here()?,
    };
    let Some(root) = found.place.work_tree.as_deref() else {
        return Err(Error::new(ErrorKind::Unsupported, "a bare repository keeps no memories"));
    };
    let content = if args.content == "-" { stdin()? } else { args.content };
    let told = Told {
        content: Some(content),
        category: args.category,
        importance: args.importance,
        tags: (!args.tag.is_empty()).then_some(args.tag),
        ..Told::default()
    };
    let duplicates = if args.duplicate { Duplicates::Allow } else { Duplicates::Refuse };
    let added = recall::add(root, told, duplicates);
    let (store, memory) = added.map_err(|error: CatalogError| failed("cannot remember that", error))?;
    // So that other programs find it from elsewhere; the memory is kept in any case.
    if let Err(error) = places(ctx)?.remember(&Place::of_repository(root)) {
        ctx.printer().warn(&error.to_string());
    }
    ctx.print(&Added { store, memory })
}

fn stdin() -> Result<String> {
    let mut text = String::new();
    let read = std::io::stdin().take(LONGEST).read_to_string(&mut text);
    read.or_fail(ErrorKind::InvalidParams, || "cannot read standard input as text")?;
    Ok(text.trim().to_owned())
}

/// The repository that one stands in.
pub(crate) fn here() -> Result<Found> {
    let outside = || {
        Error::new(ErrorKind::NotFound, "this folder is not in a git repository")
            .hint("name a repository with -C, or --all for every one below the roots")
    };
    let place = locate(Path::new(".")).ok_or_else(outside)?;
    let name = place.root().file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(Found { name, place })
}
