//! The issues and memories that a repository keeps in its own files, read without changing them.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use oqto_memory::MemoryError;
use oqto_protocol::agent_context::AgentContext;
use oqto_store::ledger::Damage;
use serde::Serialize;

use crate::error::{CatalogError, Result};
use crate::find::Found;

/// The folder of the issues.
pub const ISSUES: &str = ".trx";
/// The folder of the memories.
pub const MEMORIES: &str = ".mmry";
/// The ledger of the memories, from the root of a repository.
pub const MEMORY_LEDGER: &str = ".mmry/mmry.jsonl";
/// The files that a store of issues consists of.
const ISSUE_FILES: [&str; 3] = [oqto_issues::store::LOG, oqto_issues::store::INTERCHANGE, "config.toml"];

/// How much a repository keeps.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Stores {
    /// Issues that are not closed; nothing where no issues are kept.
    pub open_issues: Option<u64>,
    /// Issues that can be begun.
    pub ready_issues: Option<u64>,
    /// Memories that were not removed; nothing where none are kept.
    pub memories: Option<u64>,
    /// Lines that do not count, as `file:line: why`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub damaged: Vec<String>,
    /// Stores that cannot be read, and why.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unread: Vec<String>,
}

impl Stores {
    /// Looks into the stores of a repository. A bare one has none.
    #[must_use]
    pub fn of(found: &Found) -> Self {
        let mut stores = Self::default();
        let Some(root) = found.place.work_tree.as_deref() else { return stores };
        if let Err(error) = stores.count_issues(root) {
            stores.unread.push(format!("{ISSUES}: {}", chain(&error)));
        }
        if let Err(error) = stores.count_memories(root) {
            stores.unread.push(format!("{MEMORIES}: {}", chain(&error)));
        }
        stores
    }

    fn count_issues(&mut self, root: &Path) -> Result<()> {
        let Some(issues) = Issues::at(root)? else { return Ok(()) };
        let counts = issues.store.counts()?;
        let closed = counts.status.get(oqto_issues::Status::Closed.word()).copied().unwrap_or_default();
        self.open_issues = Some(counts.total - closed);
        self.ready_issues = Some(counts.ready);
        self.damaged.extend(issues.damaged()?);
        Ok(())
    }

    fn count_memories(&mut self, root: &Path) -> Result<()> {
        let Some(store) = memories(&root.join(MEMORY_LEDGER))? else { return Ok(()) };
        self.memories = Some(store.count()? as u64);
        self.damaged.extend(faults(MEMORIES, store.damage()?));
        Ok(())
    }
}

/// An open store of issues.
pub(crate) struct Issues {
    pub(crate) store: oqto_issues::Store,
    /// The files that are read in its place, which last as long as it.
    _copy: Option<tempfile::TempDir>,
}

impl Issues {
    /// The issues of the repository with this root; nothing where it keeps none.
    ///
    /// Opening a store takes in what other programs wrote, which changes its files. Nobody who only looks at many
    /// repositories expects that, so a store that has no index yet is read from a copy.
    pub(crate) fn at(root: &Path) -> Result<Option<Self>> {
        let folder = root.join(ISSUES);
        if !folder.is_dir() {
            return Ok(None);
        }
        if folder.join(".index").is_dir() {
            return Ok(Some(Self { store: oqto_issues::Store::open(&folder)?, _copy: None }));
        }
        let copy = tempfile::Builder::new().prefix("oqto-issues-").tempdir();
        let copy = copy.map_err(CatalogError::io(&std::env::temp_dir()))?;
        for name in ISSUE_FILES {
            let (from, to) = (folder.join(name), copy.path().join(name));
            match fs::copy(&from, &to) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(CatalogError::io(&from)(error));
                }
                _ => {}
            }
        }
        Ok(Some(Self { store: oqto_issues::Store::open(copy.path())?, _copy: Some(copy) }))
    }

    /// The lines that do not count.
    pub(crate) fn damaged(&self) -> Result<Vec<String>> {
        Ok(faults(ISSUES, self.store.damage()?))
    }
}

/// The memories of a ledger; nothing where it is not there.
pub(crate) fn memories(ledger: &Path) -> Result<Option<oqto_memory::Store>> {
    match ledger.metadata() {
        Ok(_) => Ok(Some(open_memories(ledger)?)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(CatalogError::io(ledger)(error)),
    }
}

/// The memories of a ledger, with who acts taken from the environment.
pub(crate) fn open_memories(ledger: &Path) -> Result<oqto_memory::Store, MemoryError> {
    oqto_memory::Store::open(PathBuf::from(ledger), AgentContext::read(|name| std::env::var(name).ok()))
}

/// `folder/file:line: why`, whatever folder was read in its place.
pub(crate) fn faults(folder: &str, damage: Vec<Damage>) -> Vec<String> {
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    damage.into_iter().map(|fault| format!("{folder}/{}:{}: {}", name(&fault.file), fault.line, fault.why)).collect()
}

/// An error and its reasons on one line.
pub(crate) fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(reason) = next {
        let said = reason.to_string();
        if !text.ends_with(&said) {
            text.push_str(": ");
            text.push_str(&said);
        }
        next = reason.source();
    }
    text
}
