//! The commands, for `trx` itself and for programs that offer them as their own.

mod deps;
mod draw;
mod past;
mod print;
mod read;
mod repository;
mod write;

use clap::Subcommand;
use oqto_kit::{Ctx, Error, Exit, Result};
use oqto_protocol::error::ErrorKind;
use oqto_store::ledger::LedgerError;

use crate::{IssueError, Store};

pub use read::ReadyArgs;

/// What can be done with issues.
#[derive(Debug, Subcommand)]
pub enum Issues {
    /// Make a store here
    Init(repository::Init),
    /// Make an issue
    Create(write::Create),
    /// Make many issues at once, all or none
    CreateMany(write::CreateMany),
    /// List issues
    List(read::List),
    /// Show issues
    Show(read::Show),
    /// Change fields of an issue
    Update(write::Update),
    /// Close issues
    Close(write::Reasoned),
    /// Open closed or deleted issues again
    Reopen(write::Ids),
    /// Delete issues; `reopen` brings them back
    Delete(write::Reasoned),
    /// List what can be begun now
    Ready(ReadyArgs),
    /// Take an issue for some time, so that nobody else begins it
    Claim(write::ClaimArgs),
    /// Give a claim up
    Release(write::Ids),
    /// Say what waits for what
    #[command(subcommand)]
    Dep(deps::Dep),
    /// Find issues by text
    Search(read::Search),
    /// Add and remove labels
    Label(write::Label),
    /// Say who is to do it
    Assign(write::Assign),
    /// Add a remark
    Comment(write::CommentArgs),
    /// Commit the store, and only the store
    Sync(repository::Sync),
    /// Take in issues of beads or of another store
    Import(repository::Import),
    /// Write all issues as Markdown, JSON, or lines
    Export(repository::Export),
    /// Show what happened to an issue
    History(past::History),
    /// Show what happened
    Log(past::Log),
    /// Count issues
    Stats(past::Stats),
    /// Show and change settings
    #[command(subcommand)]
    Config(repository::Settings),
    /// Join two versions of a file of the store, for git
    MergeDriver(repository::MergeDriver),
    /// Look for damage
    Doctor(repository::Doctor),
}

impl Issues {
    /// Does it.
    ///
    /// # Errors
    /// What failed, for the person.
    pub fn run(self, ctx: &Ctx) -> Result<Exit> {
        match self {
            Self::Init(args) => args.run(ctx),
            Self::Create(args) => args.run(ctx),
            Self::CreateMany(args) => args.run(ctx),
            Self::List(args) => args.run(ctx),
            Self::Show(args) => args.run(ctx),
            Self::Update(args) => args.run(ctx),
            Self::Close(args) => args.close(ctx),
            Self::Reopen(args) => args.reopen(ctx),
            Self::Delete(args) => args.delete(ctx),
            Self::Ready(args) => args.run(ctx),
            Self::Claim(args) => args.run(ctx),
            Self::Release(args) => args.release(ctx),
            Self::Dep(args) => args.run(ctx),
            Self::Search(args) => args.run(ctx),
            Self::Label(args) => args.run(ctx),
            Self::Assign(args) => args.run(ctx),
            Self::Comment(args) => args.run(ctx),
            Self::Sync(args) => args.run(ctx),
            Self::Import(args) => args.run(ctx),
            Self::Export(args) => args.run(ctx),
            Self::History(args) => args.run(ctx),
            Self::Log(args) => args.run(ctx),
            Self::Stats(args) => args.run(ctx),
            Self::Config(args) => args.run(ctx),
            Self::MergeDriver(args) => args.run(ctx),
            Self::Doctor(args) => args.run(ctx),
        }
    }
}

/// The store of this folder; what is damaged in it is said on stderr.
fn open(ctx: &Ctx) -> Result<Store> {
    let store = Store::discover(std::path::Path::new(".")).map_err(failed)?;
    for damage in store.damage().map_err(failed)? {
        ctx.note(&oqto_kit::escape::line(&format!("{damage}")));
    }
    Ok(store)
}

/// An error of the library as one for people.
fn failed(error: IssueError) -> Error {
    let kind = match &error {
        IssueError::NoStore { .. } | IssueError::NotFound { .. } => ErrorKind::NotFound,
        IssueError::StoreExists { .. } => ErrorKind::AlreadyExists,
        IssueError::Ambiguous { .. } | IssueError::Invalid { .. } | IssueError::Cycle { .. } => {
            ErrorKind::InvalidParams
        }
        IssueError::Claimed { .. } => ErrorKind::Unavailable,
        IssueError::Ledger(LedgerError::Busy { .. } | LedgerError::Replaced { .. }) => ErrorKind::Unavailable,
        IssueError::Ledger(LedgerError::Full { .. }) => ErrorKind::DiskFull,
        IssueError::Ledger(_) | IssueError::Index(_) | IssueError::File { .. } | IssueError::Random(_) => {
            ErrorKind::Failed
        }
    };
    let hint = match &error {
        IssueError::NoStore { .. } => Some("trx init"),
        IssueError::NotFound { .. } => Some("trx list --all"),
        IssueError::Ambiguous { .. } => Some("type more letters of the id"),
        IssueError::Cycle { .. } => Some("trx dep tree ID shows what waits for what; trx dep unblock ID --by OTHER"),
        IssueError::Claimed { .. } => Some("trx ready"),
        IssueError::StoreExists { .. }
        | IssueError::Invalid { .. }
        | IssueError::Ledger(_)
        | IssueError::Index(_)
        | IssueError::File { .. }
        | IssueError::Random(_) => None,
    };
    let what = error.to_string();
    let told = Error::new(kind, what).because(error);
    match hint {
        Some(hint) => told.hint(hint),
        None => told,
    }
}

/// The text of an argument, or standard input for `-`.
fn text_or_stdin(text: String) -> Result<String> {
    if text == "-" { stdin() } else { Ok(text) }
}

fn stdin() -> Result<String> {
    use oqto_kit::OrFail as _;
    std::io::read_to_string(std::io::stdin()).or_fail(ErrorKind::Failed, || "cannot read standard input")
}
