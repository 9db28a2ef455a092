//! The commands, for `trx` itself and for programs that offer them as their own. One verb is one file.

mod assign;
mod claim;
mod close;
mod comment;
mod config;
mod create;
mod create_many;
mod delete;
mod dep;
mod doctor;
mod done;
mod export;
mod failure;
mod happened;
mod history;
mod import;
mod init;
mod input;
mod label;
mod list;
mod log;
mod merge_driver;
mod ready;
mod release;
mod reopen;
mod rows;
mod search;
mod show;
mod stats;
mod sync;
mod times;
mod update;
mod whole;

use clap::Subcommand;
use oqto_kit::{Ctx, Error, Exit, Result};
use oqto_protocol::error::ErrorKind;

use crate::Store;

pub use ready::ReadyArgs;

/// What can be done with issues.
#[derive(Debug, Subcommand)]
pub enum Issues {
    /// Make a store here
    Init(init::Init),
    /// Make an issue
    Create(create::Create),
    /// Make many issues at once, all or none
    CreateMany(create_many::CreateMany),
    /// List issues
    List(list::List),
    /// Show issues
    Show(show::Show),
    /// Change fields of an issue
    Update(update::Update),
    /// Close issues
    Close(close::Close),
    /// Open closed or deleted issues again
    Reopen(reopen::Reopen),
    /// Delete issues; `reopen` brings them back
    Delete(delete::Delete),
    /// List what can be begun now
    Ready(ReadyArgs),
    /// Take an issue for some time, so that nobody else begins it
    Claim(claim::ClaimArgs),
    /// Give claims up
    Release(release::Release),
    /// Say what waits for what
    #[command(subcommand)]
    Dep(dep::Dep),
    /// Find issues by text
    Search(search::Search),
    /// Add and remove labels
    Label(label::Label),
    /// Say who is to do it
    Assign(assign::Assign),
    /// Add a remark
    Comment(comment::Comment),
    /// Commit the store, and only the store
    Sync(sync::Sync),
    /// Take in issues of beads or of another store
    Import(import::Import),
    /// Write all issues as Markdown, JSON, or lines
    Export(export::Export),
    /// Show what happened to an issue
    History(history::History),
    /// Show what happened
    Log(log::Log),
    /// Count issues
    Stats(stats::Stats),
    /// Show and change settings
    #[command(subcommand)]
    Config(config::Config),
    /// Join two versions of a file of the store, for git
    MergeDriver(merge_driver::MergeDriver),
    /// Look for damage
    Doctor(doctor::Doctor),
}

impl Issues {
    /// Does it.
    ///
    /// # Errors
    /// What failed, for the person.
    pub fn run(self, ctx: &Ctx) -> Result<Exit> {
        let called = self.called();
        let told = |error: Error| {
            let has_advice = error.advice().is_some() || error.kind() != ErrorKind::InvalidParams;
            if has_advice { error } else { error.hint(format!("trx {called} --help")) }
        };
        self.execute(ctx).map_err(told)
    }

    /// The words that call the command.
    fn called(&self) -> &'static str {
        match self {
            Self::Init(_) => "init",
            Self::Create(_) => "create",
            Self::CreateMany(_) => "create-many",
            Self::List(_) => "list",
            Self::Show(_) => "show",
            Self::Update(_) => "update",
            Self::Close(_) => "close",
            Self::Reopen(_) => "reopen",
            Self::Delete(_) => "delete",
            Self::Ready(_) => "ready",
            Self::Claim(_) => "claim",
            Self::Release(_) => "release",
            Self::Dep(_) => "dep",
            Self::Search(_) => "search",
            Self::Label(_) => "label",
            Self::Assign(_) => "assign",
            Self::Comment(_) => "comment",
            Self::Sync(_) => "sync",
            Self::Import(_) => "import",
            Self::Export(_) => "export",
            Self::History(_) => "history",
            Self::Log(_) => "log",
            Self::Stats(_) => "stats",
            Self::Config(_) => "config",
            Self::MergeDriver(_) => "merge-driver",
            Self::Doctor(_) => "doctor",
        }
    }

    fn execute(self, ctx: &Ctx) -> Result<Exit> {
        match self {
            Self::Init(args) => args.run(ctx),
            Self::Create(args) => args.run(ctx),
            Self::CreateMany(args) => args.run(ctx),
            Self::List(args) => args.run(ctx),
            Self::Show(args) => args.run(ctx),
            Self::Update(args) => args.run(ctx),
            Self::Close(args) => args.run(ctx),
            Self::Reopen(args) => args.run(ctx),
            Self::Delete(args) => args.run(ctx),
            Self::Ready(args) => args.run(ctx),
            Self::Claim(args) => args.run(ctx),
            Self::Release(args) => args.run(ctx),
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

/// Bad lines that every command tells of.
const TOLD: usize = 3;

/// The store of this folder; what is damaged in it is said on stderr.
fn open(ctx: &Ctx) -> Result<Store> {
    let store = Store::discover(std::path::Path::new("."))?;
    let damage = store.damage()?;
    for damage in damage.iter().take(TOLD) {
        ctx.note(&oqto_kit::escape::line(&format!("{damage}")));
    }
    if damage.len() > TOLD {
        ctx.note(&format!("and {} more bad lines; `doctor` lists them", damage.len() - TOLD));
    }
    Ok(store)
}
