//! The catalog file.

use std::collections::BTreeMap;
use std::path::Path;

use oqto_repo::Git;
use oqto_whole::Access;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::error::{CatalogError, Result};
use crate::facts::Facts;
use crate::find::Found;
use crate::parallel;
use crate::stores::Stores;

/// What is known of one repository. Fields that this version does not know are kept.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Entry {
    /// Its root.
    pub path: String,
    /// What its files say.
    #[serde(flatten)]
    pub facts: Facts,
    /// The branch that was checked out.
    pub branch: Option<String>,
    /// Where it is pushed to, without credentials.
    pub remote: Option<String>,
    /// When its last commit was made, as RFC 3339.
    pub last_commit: Option<String>,
    /// Issues that are not closed; nothing where it keeps none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open_issues: Option<u64>,
    /// Memories; nothing where it keeps none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub memories: Option<u64>,
    /// `active`, or what a person has written here.
    pub status: String,
    /// Whatever else the file says.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// The file: repositories by name.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Catalog {
    /// The repositories, by name.
    pub repos: BTreeMap<String, Entry>,
    /// Whatever else the file says.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// A repository that could not be looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unread {
    /// Its name.
    pub name: String,
    /// Why.
    pub why: String,
}

impl Catalog {
    /// Reads a catalog; an empty one where there is no file.
    ///
    /// # Errors
    /// The file cannot be read, or is no catalog.
    pub fn read(path: &Path) -> Result<Option<Self>> {
        let text = match std::fs::read(path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(CatalogError::io(path)(error)),
        };
        let damaged = |source| CatalogError::Damaged { path: path.to_owned(), source };
        serde_json::from_slice(&text).map(Some).map_err(damaged)
    }

    /// Looks at every repository anew. What people wrote into the old catalog (`status`, and fields that are not ours)
    /// stays; repositories that are not there any more go. One that cannot be read keeps what was known of it.
    pub fn refresh(&mut self, git: &Git, repositories: &[Found], each: &(dyn Fn() + Sync)) -> Vec<Unread> {
        let looked = parallel::map(repositories, |found| look(git, found), each);
        let mut old = std::mem::take(&mut self.repos);
        // When it was made says nothing that version control does not, and would change at every run.
        self.other.remove("generated");
        let mut unread = Vec::new();
        for (found, looked) in repositories.iter().zip(looked) {
            let before = old.remove(&found.name);
            match (looked, before) {
                (Ok((mut entry, faults)), before) => {
                    let before = before.unwrap_or_default();
                    unread.extend(faults.into_iter().map(|why| Unread { name: found.name.clone(), why }));
                    entry.status = if before.status.is_empty() { "active".to_owned() } else { before.status };
                    entry.other = before.other;
                    self.repos.insert(found.name.clone(), entry);
                }
                (Err(error), before) => {
                    unread.push(Unread { name: found.name.clone(), why: error.to_string() });
                    self.repos.extend(before.map(|entry| (found.name.clone(), entry)));
                }
            }
        }
        unread
    }

    /// Writes the catalog as a whole: readers see the old one or the new one.
    ///
    /// # Errors
    /// The file cannot be written; the old one is as it was.
    pub fn write(&self, path: &Path) -> Result<()> {
        let folder = oqto_whole::folder(path);
        std::fs::create_dir_all(folder).map_err(CatalogError::io(folder))?;
        let mut text = serde_json::to_vec_pretty(self)
            .map_err(|source| CatalogError::Damaged { path: path.to_owned(), source })?;
        text.push(b'\n');
        Ok(oqto_whole::write(path, &text, Access::KeptOrUsual)?)
    }
}

/// What there is to say, and the stores that cannot be read.
fn look(git: &Git, found: &Found) -> Result<(Entry, Vec<String>)> {
    let git = git.beside(found.root());
    let facts = match found.place.work_tree.as_deref() {
        Some(root) => Facts::of(&git, root)?,
        None => Facts::default(),
    };
    let remote = git.default_remote()?;
    let remotes = git.remotes()?;
    let url = remotes.into_iter().find(|known| Some(&known.name) == remote.as_ref()).map(|known| known.url);
    let time = git.last_commit()?.and_then(|commit| jiff::Timestamp::from_second(commit.time).ok());
    let stores = Stores::of(found);
    let entry = Entry {
        path: found.root().to_string_lossy().into_owned(),
        facts,
        branch: git.branch()?,
        remote: url,
        last_commit: time.map(|time| time.to_string()),
        open_issues: stores.open_issues,
        memories: stores.memories,
        ..Entry::default()
    };
    Ok((entry, stores.unread))
}
