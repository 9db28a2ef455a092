//! Where somebody works, and what their paths are called there.

use std::path::{Component, Path, PathBuf};

use oqto_protocol::agent_context::AgentContext;

use crate::error::MailError;
use crate::glob::{Glob, plain_beginning};

/// A directory that several agents may share. All worktrees of a repository are one workspace, so that agents who
/// will merge with each other know of each other; a path is relative to the root of the worktree it is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workspace {
    root: PathBuf,
    key: String,
}

impl Workspace {
    /// The workspace of a directory: its git repository, else the workspace that the agent was told, else the nearest
    /// directory upwards with `.trx` or `.mmry`, else the directory itself.
    ///
    /// # Errors
    /// `File` when the directory is not there.
    pub fn of(directory: &Path, context: &AgentContext) -> Result<Self, MailError> {
        let directory = real(directory)?;
        let root_with = |names: &[&str]| {
            directory
                .ancestors()
                .find(|above| names.iter().any(|name| above.join(name).exists()))
                .map(Path::to_path_buf)
        };
        if let Some(root) = root_with(&[".git"]) {
            let key = shared_by_worktrees(&root).unwrap_or_else(|| root.clone());
            return Ok(Self { key: key.to_string_lossy().into_owned(), root });
        }
        let told = context.workspace_path.as_deref().and_then(|path| Path::new(path).canonicalize().ok());
        let root = told
            .filter(|told| directory.starts_with(told))
            .or_else(|| root_with(&[".trx", ".mmry"]))
            .unwrap_or_else(|| directory.clone());
        Ok(Self { key: root.to_string_lossy().into_owned(), root })
    }

    /// Its root, which paths are relative to.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The text that stands for it in the database: the path of the main worktree.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// What somebody in `directory` means by a path or pattern. What is there under exactly this name is that path,
    /// whatever characters it has.
    ///
    /// # Errors
    /// `Invalid` for what lies outside of the workspace or is no pattern.
    pub fn pattern(&self, directory: &Path, text: &str) -> Result<Glob, MailError> {
        let wrong = |why: &str| MailError::Invalid(format!("`{text}` cannot be reserved: {why}"));
        if text.is_empty() {
            return Err(wrong("it is empty"));
        }
        let is_there = directory.join(text).symlink_metadata().is_ok();
        let (plain, wild) = if is_there { (text, "") } else { text.split_at(plain_beginning(text).len()) };
        let inside = self.inside(&directory.join(plain)).ok_or_else(|| wrong("it is outside of the workspace"))?;
        let mut pattern = Glob::literal(&inside).map_err(|why| wrong(&why))?.text().to_owned();
        if !wild.is_empty() {
            let below = if inside.is_empty() { String::new() } else { format!("{pattern}/") };
            pattern = format!("{below}{wild}");
        }
        Glob::parse(&pattern).map_err(|why| wrong(&why))
    }

    /// A path relative to the root, symbolic links in its folders followed; `None` outside of the workspace.
    fn inside(&self, path: &Path) -> Option<String> {
        if path.canonicalize().is_ok_and(|real| real == self.root) {
            return Some(String::new());
        }
        let mut rest = Vec::new();
        let mut at = path.to_path_buf();
        // The last name stands for itself, even if it is a link: the link is what would be changed.
        if let Some(Component::Normal(name)) = path.components().next_back() {
            rest.push(name.to_owned());
            at.pop();
        }
        let (mut up, mut folded) = (0_usize, false);
        let real = loop {
            if let Ok(real) = at.canonicalize() {
                break real;
            }
            match at.components().next_back() {
                // What is not there is no link, so that a `..` after it means the folder that it is named in.
                Some(Component::ParentDir) => (up, folded) = (up + 1, true),
                Some(Component::Normal(_)) if up > 0 => up -= 1,
                Some(Component::Normal(name)) => rest.push(name.to_owned()),
                Some(_) | None => return None,
            }
            at.pop();
        };
        if folded {
            // What came after the `..` may be there.
            let mut plain = real;
            (0..up).for_each(|_| {
                plain.pop();
            });
            plain.extend(rest.into_iter().rev());
            return self.inside(&plain);
        }
        let mut inside = real.strip_prefix(&self.root).ok()?.to_path_buf();
        inside.extend(rest.into_iter().rev());
        Some(inside.to_string_lossy().into_owned())
    }
}

fn real(path: &Path) -> Result<PathBuf, MailError> {
    path.canonicalize().map_err(|source| MailError::File { action: "find", path: path.to_path_buf(), source })
}

/// The main worktree of a linked one, or the repository itself where it has none.
fn shared_by_worktrees(root: &Path) -> Option<PathBuf> {
    let link = std::fs::read_to_string(root.join(".git")).ok()?;
    let own = root.join(link.strip_prefix("gitdir:")?.trim());
    let common = std::fs::read_to_string(own.join("commondir")).ok()?;
    let common = own.join(common.trim()).canonicalize().ok()?;
    if common.file_name()? == ".git" { common.parent().map(Path::to_path_buf) } else { Some(common) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    fn folder() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        for name in ["repo/.git", "repo/src/deep", "repo/app/[id]", "plain/sub"] {
            std::fs::create_dir_all(root.join(name)).unwrap();
        }
        (folder, root)
    }

    #[test]
    fn paths_have_one_name_wherever_they_are_said() {
        let (_folder, root) = folder();
        let repo = root.join("repo");
        symlink("src", repo.join("link")).unwrap();
        std::fs::write(repo.join("app/[id]/page.tsx"), "").unwrap();
        let workspace = Workspace::of(&repo.join("src/deep"), &AgentContext::default()).unwrap();
        assert_eq!((workspace.root(), workspace.key()), (repo.as_path(), repo.to_str().unwrap()));
        let said = |from: &str, text: &str| {
            workspace.pattern(&repo.join(from), text).map(|glob| glob.text().to_owned()).map_err(|e| e.to_string())
        };
        for (from, text, name) in [
            ("src", "a.rs", "src/a.rs"),
            ("src/deep", "../a.rs", "src/a.rs"),
            ("src/deep", "../../*.toml", "*.toml"),
            ("", "link/new.rs", "src/new.rs"),
            ("", "link", "link"),
            ("", "not/yet/there.rs", "not/yet/there.rs"),
            ("app", "[id]/page.tsx", "app/\\[id]/page.tsx"),
            ("app", "[id]/*.tsx", "app/[id]/*.tsx"),
            ("src", ".", "src"),
            ("", ".", "**"),
            ("", "src/", "src"),
            ("src", "**/*.rs", "src/**/*.rs"),
            ("", "none/../src/a.rs", "src/a.rs"),
            ("", "none/of/../../link/new.rs", "src/new.rs"),
            ("src", "none/../../b.rs", "b.rs"),
        ] {
            assert_eq!(said(from, text).as_deref(), Ok(name), "{text} in {from}");
        }
        let absolute = repo.join("src/b.rs");
        assert_eq!(said("", absolute.to_str().unwrap()).as_deref(), Ok("src/b.rs"));
        for outside in ["../plain/a", "/etc/passwd", "../*.rs", "none/../../plain/a"] {
            assert!(said("", outside).unwrap_err().contains("outside of the workspace"), "{outside}");
        }
        assert!(said("", "src/*/../b").unwrap_err().contains("`..`"));
    }

    #[test]
    fn worktrees_share_a_workspace() {
        let (_folder, root) = folder();
        let tree = root.join("tree");
        let own = root.join("repo/.git/worktrees/tree");
        std::fs::create_dir_all(&own).unwrap();
        std::fs::create_dir_all(&tree).unwrap();
        std::fs::write(own.join("commondir"), "../..\n").unwrap();
        std::fs::write(tree.join(".git"), format!("gitdir: {}\n", own.display())).unwrap();
        let workspace = Workspace::of(&tree, &AgentContext::default()).unwrap();
        assert_eq!((workspace.root(), workspace.key()), (tree.as_path(), root.join("repo").to_str().unwrap()));
    }

    #[test]
    fn without_a_repository_the_agents_workspace_counts() {
        let (_folder, root) = folder();
        let told =
            AgentContext { workspace_path: Some(root.join("plain").display().to_string()), ..AgentContext::default() };
        let of = |directory: &str, context: &AgentContext| Workspace::of(&root.join(directory), context).unwrap().root;
        assert_eq!(of("plain/sub", &told), root.join("plain"));
        assert_eq!(of("plain/sub", &AgentContext::default()), root.join("plain/sub"));
        std::fs::create_dir(root.join("plain/.trx")).unwrap();
        assert_eq!(of("plain/sub", &AgentContext::default()), root.join("plain"));
        assert_eq!(of("repo", &told), root.join("repo"));
        assert!(Workspace::of(&root.join("nowhere"), &told).is_err());
    }
}
