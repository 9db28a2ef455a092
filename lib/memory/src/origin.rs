//! The name of a repository: the last part of the address it was cloned from, so that every clone and work tree has the
//! same. The configuration of git is read, not git itself asked: a store must open in a millisecond.

use std::fs;
use std::path::{Path, PathBuf};

/// The name that the remote `origin` gives to the repository at `root`, if it has one.
pub(crate) fn name(root: &Path) -> Option<String> {
    let config = fs::read_to_string(common_folder(root)?.join("config")).ok()?;
    let url = origin(&config)?;
    let last = url.trim_end_matches('/').trim_end_matches(".git").rsplit(['/', ':']).next()?;
    let plain = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.');
    let name: String = last.chars().map(|letter| if plain(letter) { letter } else { '_' }).collect();
    (!name.trim_start_matches('.').is_empty()).then(|| name.trim_start_matches('.').to_owned())
}

/// The folder that all work trees of a repository share.
fn common_folder(root: &Path) -> Option<PathBuf> {
    let git = root.join(".git");
    if git.is_dir() {
        return Some(git);
    }
    let link = fs::read_to_string(&git).ok()?;
    let own = root.join(link.strip_prefix("gitdir:")?.trim());
    match fs::read_to_string(own.join("commondir")) {
        Ok(shared) => Some(own.join(shared.trim())),
        Err(_) => Some(own),
    }
}

/// The address of the remote `origin`.
fn origin(config: &str) -> Option<&str> {
    let mut inside = false;
    for line in config.lines().map(str::trim) {
        if line.starts_with('[') {
            inside = line == "[remote \"origin\"]";
            continue;
        }
        let value =
            line.split_once('=').filter(|(key, _)| inside && key.trim() == "url").map(|(_, value)| value.trim());
        if value.is_some() {
            return value;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_part_of_the_address() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        let named = |url: &str| {
            fs::create_dir_all(root.join(".git")).unwrap();
            let text = format!("[core]\n\turl = no\n[remote \"origin\"]\n\tfetch = x\n\turl = {url}\n");
            fs::write(root.join(".git/config"), text).unwrap();
            name(root)
        };
        assert_eq!(named("git@forge.example:team/ferries.git").as_deref(), Some("ferries"));
        assert_eq!(named("https://forge.example/team/ferries/").as_deref(), Some("ferries"));
        assert_eq!(named("forge:ferries").as_deref(), Some("ferries"));
        assert_eq!(named("/srv/git/été x.git").as_deref(), Some("été_x"));
        assert_eq!(named("https://forge.example/..").as_deref(), None);
        let tree = folder.path().join("tree");
        fs::create_dir_all(root.join(".git/worktrees/tree")).unwrap();
        fs::create_dir(&tree).unwrap();
        named("forge:ferries");
        fs::write(root.join(".git/worktrees/tree/commondir"), "../..\n").unwrap();
        fs::write(tree.join(".git"), format!("gitdir: {}\n", root.join(".git/worktrees/tree").display())).unwrap();
        assert_eq!(name(&tree).as_deref(), Some("ferries"));
        assert_eq!(name(&root.join("nowhere")), None);
    }
}
