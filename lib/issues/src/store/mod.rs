//! The store of one repository.

mod change;
mod foreign;
mod import;
mod interchange;
mod locate;
mod mend;
mod plan;
mod read;
mod wanted;

use std::path::{Path, PathBuf};

use oqto_protocol::agent_context::AgentContext;
use oqto_store::ledger::{Damage, Index, Ledger};
use oqto_store::rusqlite::{Connection, Transaction};

use crate::error::Result;
use crate::shape::Folded;
use crate::source::Source;

pub use import::Imported;
pub use locate::{Config, FOLDER};
pub use read::{Counts, Detail, Entry, Links, Query, Ready, Resolved, Sort, Web};
pub use wanted::{NewIssue, Patch, TEXT};

/// The log.
pub const LOG: &str = "events.jsonl";
/// The interchange form.
pub const INTERCHANGE: &str = "issues.jsonl";

/// The issues of one repository.
#[derive(Debug)]
pub struct Store {
    folder: PathBuf,
    config: Config,
    ledger: Ledger,
    index: Index<Folded>,
    source: Source,
    who: AgentContext,
}

impl Store {
    /// Opens the store in `folder` (a `.trx`), and takes in what others wrote.
    ///
    /// # Errors
    /// `NoStore`, `Invalid` for a configuration that is not understood, and those of files.
    pub fn open(folder: &Path) -> Result<Self> {
        Self::open_with(folder, Source::SYSTEM)
    }

    /// The same with another clock and other randomness.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open_with(folder: &Path, source: Source) -> Result<Self> {
        let config = Config::load(folder)?;
        let ledger = Ledger::open(folder.join(LOG));
        let index = Index::open(&ledger, Folded::default())?;
        let who = AgentContext::read(|name| std::env::var(name).ok());
        let mut store = Self { folder: folder.to_path_buf(), config, ledger, index, source, who };
        store.refresh()?;
        Ok(store)
    }

    /// Opens the store that is nearest to `from`: there or above, up to the root of the git work tree.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn discover(from: &Path) -> Result<Self> {
        Self::open(&locate::nearest(from)?)
    }

    /// Somebody else acts.
    #[must_use]
    pub fn acting(mut self, who: AgentContext) -> Self {
        self.who = who;
        self
    }

    /// Who acts: the agent, its session or its person, else the user's name.
    #[must_use]
    pub fn actor(&self) -> String {
        let user = || std::env::var("USER").ok().filter(|name| !name.is_empty());
        self.who.actor().map(str::to_owned).or_else(user).unwrap_or_else(|| "unknown".into())
    }

    /// The folder `.trx`.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The configuration.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The log.
    #[must_use]
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Takes in what was written since.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn refresh(&mut self) -> Result<()> {
        if !interchange::is_changed(self)? {
            self.index.catch_up()?;
            return Ok(());
        }
        match self.take_in() {
            // Who may only read still reads the log.
            Err(error) if is_denied(&error) => {
                self.index.catch_up()?;
                Ok(())
            }
            done => done,
        }
    }

    /// Lines that do not count, of both files.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn damage(&self) -> Result<Vec<Damage>> {
        let mut damage = self.index.damage()?;
        damage.extend(interchange::damage(self)?);
        Ok(damage)
    }

    fn db(&self) -> &Connection {
        self.index.db()
    }

    /// What is read while this is held is of one moment, and each reading costs less.
    fn moment(&self) -> Result<Option<Transaction<'_>>> {
        let db = self.db();
        Ok(if db.is_autocommit() { Some(db.unchecked_transaction()?) } else { None })
    }
}

fn is_denied(error: &crate::IssueError) -> bool {
    use std::io::ErrorKind::{PermissionDenied, ReadOnlyFilesystem};
    let (crate::IssueError::Ledger(oqto_store::ledger::LedgerError::Io { source, .. })
    | crate::IssueError::File { source, .. }) = error
    else {
        return false;
    };
    matches!(source.kind(), PermissionDenied | ReadOnlyFilesystem)
}
