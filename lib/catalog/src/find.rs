//! The repositories below some folders.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use oqto_repo::{Place, locate};

use crate::error::{CatalogError, Result};

/// Folders that hold nobody's repositories.
const NEVER: [&str; 3] = ["node_modules", "target", ".cache"];

/// A repository that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What it is called: its folder's name, with the folders above where two have the same.
    pub name: String,
    /// Where its parts lie.
    pub place: Place,
}

impl Found {
    /// Its root.
    #[must_use]
    pub fn root(&self) -> &Path {
        self.place.root()
    }
}

/// The repositories at and below `roots`, at most `depth` folders down, sorted by name. Folders called as in `ignored` are
/// passed over, symbolic links are not followed, and nothing is looked for inside a repository.
///
/// # Errors
/// A root cannot be listed. Folders below it that cannot are passed over.
pub fn find(roots: &[PathBuf], ignored: &[String], depth: usize) -> Result<Vec<Found>> {
    let mut places = BTreeMap::new();
    for root in roots {
        let absolute = root.canonicalize().map_err(CatalogError::io(root))?;
        fs::read_dir(&absolute).map_err(CatalogError::io(&absolute))?;
        walk(&absolute, ignored, depth, &mut places);
    }
    Ok(named(places.into_values().collect()))
}

fn walk(folder: &Path, ignored: &[String], depth: usize, places: &mut BTreeMap<PathBuf, Place>) {
    if let Some(place) = locate::at(folder) {
        places.insert(folder.to_owned(), place);
        return;
    }
    let Some(below) = depth.checked_sub(1) else { return };
    let Ok(listed) = fs::read_dir(folder) else { return };
    for entry in listed.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let passed_over = NEVER.contains(&name.as_ref()) || ignored.iter().any(|ignored| *ignored == name);
        if !passed_over && entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            walk(&entry.path(), ignored, below, places);
        }
    }
}

/// Names that differ, each as short as it can be.
fn named(places: Vec<Place>) -> Vec<Found> {
    let mut words = vec![1; places.len()];
    loop {
        let names: Vec<String> = places.iter().zip(&words).map(|(place, words)| tail(place.root(), *words)).collect();
        let mut times: BTreeMap<&str, usize> = BTreeMap::new();
        for name in &names {
            *times.entry(name).or_default() += 1;
        }
        let longest = |at: usize| places[at].root().components().count() <= words[at];
        let again: Vec<usize> = (0..names.len()).filter(|at| times[names[*at].as_str()] > 1 && !longest(*at)).collect();
        if again.is_empty() {
            let mut found: Vec<Found> =
                names.into_iter().zip(places).map(|(name, place)| Found { name, place }).collect();
            found.sort_by(|a, b| a.name.cmp(&b.name).then_with(|| a.root().cmp(b.root())));
            return found;
        }
        for at in again {
            words[at] += 1;
        }
    }
}

/// The last so many parts of a path.
fn tail(path: &Path, words: usize) -> String {
    let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
    let name = parts[parts.len().saturating_sub(words)..].join("/");
    name.strip_suffix(".git").filter(|name| !name.is_empty()).unwrap_or(&name).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repository(path: &Path) {
        fs::create_dir_all(path.join(".git/objects")).expect("a folder");
        fs::write(path.join(".git/HEAD"), "ref: refs/heads/main\n").expect("a head");
    }

    #[test]
    fn same_names_get_the_folder_above_and_links_are_not_followed() {
        let ground = tempfile::tempdir().expect("a folder");
        let at = |name: &str| ground.path().join(name);
        for name in ["one/app", "two/app", "two/other", "node_modules/no", "skipped/no", "two/other/inside"] {
            repository(&at(name));
        }
        std::os::unix::fs::symlink(at("one"), at("link")).expect("a link");
        let names = |depth| -> Vec<String> {
            let found = find(&[ground.path().to_owned()], &["skipped".into()], depth).expect("a list");
            found.into_iter().map(|found| found.name).collect()
        };
        assert_eq!(names(3), ["one/app", "other", "two/app"]);
        assert!(names(1).is_empty(), "they lie deeper");
        let missing = find(&[at("nowhere")], &[], 3).expect_err("no such folder");
        assert_eq!(missing.kind(), oqto_protocol::error::ErrorKind::NotFound);
    }
}
