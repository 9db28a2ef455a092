//! Where stores are: that of the workspace, of the person, those with a name, and those of other repositories.
//!
//! | store | its ledger |
//! |---|---|
//! | of the workspace | `.mmry/mmry.jsonl` at the root of the repository |
//! | `user` (also `general`) | `general/mmry.jsonl` in the data folder |
//! | with a name | `stores/NAME/mmry.jsonl` in the data folder |
//! | of another repository, by its name | its own, or `repos/NAME--ID/mmry.jsonl` in the data folder |
//!
//! The data folder is `$XDG_DATA_HOME/mmry`, where today's users have theirs. What other repositories there are on this
//! machine is known from `known/`, where each that was written to has left its path; it is never synced.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::error::MemoryError;
use crate::similar::fingerprint;

/// The file that holds the truth.
pub const LEDGER: &str = "mmry.jsonl";

/// The folder in a repository.
pub const FOLDER: &str = ".mmry";

/// The name of the person's own store.
pub const USER: &str = "user";

/// Whether a store holds what is true everywhere, or for one repository.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// Everywhere.
    General,
    /// One repository.
    Repo,
}

impl Scope {
    /// As it is written.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::General => "general",
            Self::Repo => "repo",
        }
    }
}

/// A store by its place; it need not be there yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Its name: `user`, that of the repository, or its own.
    pub name: String,
    /// What it holds.
    pub scope: Scope,
    /// The ledger.
    pub ledger: PathBuf,
}

impl Place {
    /// The store of the repository whose root is `root`.
    #[must_use]
    pub fn of_repository(root: &Path) -> Self {
        let name = crate::origin::name(root).or_else(|| folder_name(root)).unwrap_or_else(|| "workspace".into());
        Self { name, scope: Scope::Repo, ledger: root.join(FOLDER).join(LEDGER) }
    }

    /// Whether anything was ever kept in it.
    #[must_use]
    pub fn exists(&self) -> bool {
        self.ledger.exists()
    }

    /// The root of its repository, where it lies in one.
    #[must_use]
    pub fn root(&self) -> Option<&Path> {
        let folder = self.ledger.parent()?;
        if folder.file_name()? == FOLDER { folder.parent() } else { None }
    }
}

/// Where this process looks for stores.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    data: PathBuf,
    here: PathBuf,
    workspace: Option<PathBuf>,
}

impl Places {
    /// Stores of the folder `here` and of the person whose data lies below `data_home` (`$XDG_DATA_HOME`). `workspace` is
    /// the folder that a platform calls the workspace; it counts where `here` is in it and in no repository.
    #[must_use]
    pub fn new(data_home: &Path, here: impl Into<PathBuf>, workspace: Option<&Path>) -> Self {
        Self { data: data_home.join("mmry"), here: here.into(), workspace: workspace.map(Path::to_path_buf) }
    }

    /// The store of the workspace: at the nearest `.mmry` or root of a repository, else in the folder itself.
    #[must_use]
    pub fn workspace(&self) -> Place {
        let is_root = |folder: &&Path| folder.join(FOLDER).is_dir() || folder.join(".git").exists();
        let here = fs::canonicalize(&self.here).unwrap_or_else(|_| self.here.clone());
        let told = self.workspace.as_deref().filter(|workspace| here.starts_with(workspace));
        let root = here.ancestors().find(is_root).or(told).unwrap_or(&here);
        Place::of_repository(root)
    }

    /// The person's own store.
    #[must_use]
    pub fn user(&self) -> Place {
        Place { name: USER.into(), scope: Scope::General, ledger: self.data.join("general").join(LEDGER) }
    }

    /// The store that somebody means by `name`: `user` or `general`, `workspace`, a name, or a path (with a `/`) of a
    /// repository or a ledger. A name that nothing has is that of a store to be made.
    ///
    /// # Errors
    /// `Invalid` for what is no name; `Several` when repositories share it.
    pub fn named(&self, name: &str) -> Result<Place, MemoryError> {
        match name {
            USER | "general" => return Ok(self.user()),
            "workspace" | "repo" => return Ok(self.workspace()),
            path if path.contains('/') || path == "." || path == ".." => return Ok(self.at(path)),
            _ => {}
        }
        let plain = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.');
        if name.is_empty() || name.len() > 200 || name.starts_with(['.', '-']) || !name.chars().all(plain) {
            let why = "a store's name is made of letters, digits, `-`, `_` and `.`; a path has a `/`";
            return Err(MemoryError::Invalid(format!("{name:?} is no name of a store: {why}")));
        }
        let own = self.own(name);
        let mut found: Vec<Place> = self.all().into_iter().filter(|place| place.name == name).collect();
        match (own.exists(), found.len()) {
            (true, _) | (_, 0) => Ok(own),
            (false, 1) => Ok(found.swap_remove(0)),
            (false, _) => Err(MemoryError::Several {
                name: name.into(),
                ledgers: found.into_iter().map(|place| place.ledger).collect(),
            }),
        }
    }

    /// Every store that is there: the workspace's first, the person's, those with a name, those of other repositories.
    #[must_use]
    pub fn all(&self) -> Vec<Place> {
        let mut all = vec![self.workspace(), self.user()];
        all.extend(names(&self.data.join("stores")).into_iter().map(|name| self.own(&name)));
        all.extend(self.known().iter().map(|root| Place::of_repository(root)));
        all.extend(names(&self.data.join("repos")).into_iter().map(|folder| Place {
            name: folder.rsplit_once("--").map_or(folder.as_str(), |(name, _)| name).to_owned(),
            scope: Scope::Repo,
            ledger: self.data.join("repos").join(&folder).join(LEDGER),
        }));
        let mut seen = BTreeSet::new();
        all.retain(|place| place.exists() && seen.insert(place.ledger.clone()));
        all
    }

    /// Remembers that this repository has a store, so that [`Places::all`] finds it from elsewhere.
    ///
    /// # Errors
    /// `Prepare`, when the data folder cannot be written.
    pub fn remember(&self, place: &Place) -> Result<(), MemoryError> {
        let Some(root) = place.root().and_then(Path::to_str) else { return Ok(()) };
        let folder = self.data.join("known");
        let file = folder.join(format!("{:016x}", fingerprint(root)));
        if file.exists() {
            return Ok(());
        }
        let write = || fs::create_dir_all(&folder).and_then(|()| fs::write(&file, root));
        write().map_err(|source| MemoryError::Prepare { path: file.clone(), source })
    }

    fn known(&self) -> Vec<PathBuf> {
        let folder = self.data.join("known");
        let read = |name: String| fs::read_to_string(folder.join(name)).ok().map(PathBuf::from);
        let mut known: Vec<PathBuf> = names(&folder).into_iter().filter_map(read).filter(|p| p.is_absolute()).collect();
        known.sort();
        known
    }

    fn own(&self, name: &str) -> Place {
        Place { name: name.into(), scope: Scope::General, ledger: self.data.join("stores").join(name).join(LEDGER) }
    }

    fn at(&self, path: &str) -> Place {
        let path = self.here.join(path);
        if path.extension().is_none_or(|extension| extension != "jsonl") {
            return Place::of_repository(&fs::canonicalize(&path).unwrap_or(path));
        }
        let name = path.parent().and_then(folder_name).unwrap_or_else(|| LEDGER.into());
        Place { name, scope: Scope::Repo, ledger: path }
    }
}

fn folder_name(folder: &Path) -> Option<String> {
    Some(folder.file_name()?.to_string_lossy().into_owned())
}

/// The names in a folder, in order; none where it cannot be read.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.sort();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keep(place: &Place) {
        fs::create_dir_all(place.ledger.parent().unwrap()).unwrap();
        fs::write(&place.ledger, "").unwrap();
    }

    #[test]
    fn the_workspace_is_the_nearest_root_and_else_what_the_platform_says() {
        let folder = tempfile::tempdir().unwrap();
        let root = fs::canonicalize(folder.path()).unwrap();
        let deep = root.join("repo/src/deep");
        fs::create_dir_all(&deep).unwrap();
        let places =
            |here: &Path, workspace: Option<&Path>| Places::new(&root.join("data"), here, workspace).workspace();
        assert_eq!(places(&deep, None).ledger, deep.join(".mmry/mmry.jsonl"));
        assert_eq!(places(&deep, Some(&root.join("repo"))).ledger, root.join("repo/.mmry/mmry.jsonl"));
        assert_eq!(places(&root, Some(&root.join("repo"))).ledger, root.join(".mmry/mmry.jsonl"), "it is not in it");
        fs::create_dir_all(root.join("repo/.git")).unwrap();
        let found = places(&deep, None);
        assert_eq!((found.name.as_str(), found.root()), ("repo", Some(root.join("repo").as_path())));
        fs::create_dir(root.join("repo/src/.mmry")).unwrap();
        assert_eq!(places(&deep, None).root(), Some(root.join("repo/src").as_path()));
    }

    #[test]
    fn names_find_stores_of_every_kind() {
        let folder = tempfile::tempdir().unwrap();
        let root = fs::canonicalize(folder.path()).unwrap();
        let data = root.join("data");
        let places = Places::new(&data, &root, None);
        let other = Place::of_repository(&root.join("elsewhere/other"));
        keep(&other);
        places.remember(&other).unwrap();
        places.remember(&other).unwrap();
        assert_eq!(places.named("other").unwrap(), other);
        let central = Place {
            name: "old".into(),
            scope: Scope::Repo,
            ledger: data.join("mmry/repos/old--0123456789ab/mmry.jsonl"),
        };
        keep(&central);
        assert_eq!(places.named("old").unwrap(), central);
        assert_eq!(places.named("new").unwrap().ledger, data.join("mmry/stores/new/mmry.jsonl"));
        assert_eq!(places.named("general").unwrap(), places.user());
        assert_eq!(places.named("elsewhere/other").unwrap(), other);
        assert_eq!(places.all(), [other, central], "what is not there is not listed");
        for wrong in ["", ".hidden", "-x", "a b", "a\nb"] {
            assert!(matches!(places.named(wrong), Err(MemoryError::Invalid(_))), "{wrong:?}");
        }
        let twin = Place::of_repository(&root.join("second/other"));
        keep(&twin);
        places.remember(&twin).unwrap();
        assert!(matches!(places.named("other"), Err(MemoryError::Several { ledgers, .. }) if ledgers.len() == 2));
    }
}
