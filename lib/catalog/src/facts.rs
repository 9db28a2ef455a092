//! What a repository's files say about it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use oqto_repo::{Git, GitError};
use serde::{Deserialize, Serialize};

/// Endings of source files, and the language.
const LANGUAGES: [(&str, &str); 28] = [
    ("c", "C"),
    ("cc", "C++"),
    ("cpp", "C++"),
    ("cs", "C#"),
    ("css", "CSS"),
    ("dart", "Dart"),
    ("ex", "Elixir"),
    ("go", "Go"),
    ("hs", "Haskell"),
    ("html", "HTML"),
    ("java", "Java"),
    ("jl", "Julia"),
    ("js", "JavaScript"),
    ("jsx", "JavaScript"),
    ("kt", "Kotlin"),
    ("lua", "Lua"),
    ("nix", "Nix"),
    ("php", "PHP"),
    ("py", "Python"),
    ("rb", "Ruby"),
    ("rs", "Rust"),
    ("scala", "Scala"),
    ("sh", "Shell"),
    ("svelte", "Svelte"),
    ("swift", "Swift"),
    ("ts", "TypeScript"),
    ("tsx", "TypeScript"),
    ("zig", "Zig"),
];

/// What the files say.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// The first sentence of the README.
    pub description: String,
    /// Languages by the size of their tracked files, the largest first.
    pub languages: Vec<String>,
    /// Whether issues are kept in it.
    pub has_trx: bool,
    /// Whether it has a justfile.
    pub has_justfile: bool,
    /// Whether it tells agents how to work in it.
    pub has_agents_md: bool,
    /// Whether a pipeline is set up.
    pub has_ci: bool,
    /// Bytes of its tracked files.
    pub size: u64,
}

impl Facts {
    /// Looks at the repository of `git`, whose work tree is `root`.
    ///
    /// # Errors
    /// git's own.
    pub fn of(git: &Git, root: &Path) -> Result<Self, GitError> {
        let has = |names: &[&str]| names.iter().any(|name| root.join(name).exists());
        let files = git.tracked_files()?;
        let (size, languages) = languages(root, &files);
        Ok(Self {
            description: description(root),
            languages,
            has_trx: has(&[".trx"]),
            has_justfile: has(&["justfile", "Justfile", ".justfile"]),
            has_agents_md: has(&["AGENTS.md"]),
            has_ci: has_ci(root),
            size,
        })
    }
}

/// Whether a pipeline is set up.
#[must_use]
pub fn has_ci(root: &Path) -> bool {
    let files =
        [".gitlab-ci.yml", ".travis.yml", "Jenkinsfile", "azure-pipelines.yml", ".woodpecker.yml", ".drone.yml"];
    let folders = [".github/workflows", ".forgejo/workflows", ".gitea/workflows", ".circleci", ".woodpecker", ".ci"];
    let has_any = |folder: &str| fs::read_dir(root.join(folder)).is_ok_and(|mut listed| listed.next().is_some());
    files.iter().any(|file| root.join(file).is_file()) || folders.into_iter().any(has_any)
}

fn languages(root: &Path, files: &[PathBuf]) -> (u64, Vec<String>) {
    let mut total = 0;
    let mut sizes: BTreeMap<&str, u64> = BTreeMap::new();
    for file in files {
        let size = root.join(file).symlink_metadata().map_or(0, |file| file.len());
        total += size;
        let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        if let Some((_, language)) = LANGUAGES.iter().find(|(known, _)| *known == ending) {
            *sizes.entry(language).or_default() += size;
        }
    }
    let mut languages: Vec<_> = sizes.into_iter().filter(|(_, size)| *size > 0).collect();
    languages.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    (total, languages.into_iter().map(|(language, _)| language.to_owned()).collect())
}

/// The first line of the README that is prose.
fn description(root: &Path) -> String {
    let readme = ["README.md", "Readme.md", "readme.md", "README"];
    let text = readme.iter().find_map(|name| fs::read_to_string(root.join(name)).ok()).unwrap_or_default();
    let prose = |line: &&str| line.chars().next().is_some_and(|first| first.is_alphanumeric());
    text.lines().map(str::trim).find(prose).unwrap_or_default().chars().take(200).collect()
}
