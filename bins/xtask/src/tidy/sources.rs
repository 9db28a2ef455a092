//! What the tracked files may say, and what they are called.

use std::fs;
use std::path::PathBuf;

use crate::checkout;
use crate::failure::Result;
use crate::process::Tool;

/// A tracked text file.
pub(crate) struct Source {
    /// Relative to the root, with `/`.
    path: String,
    text: String,
}

/// Near this many lines a file probably holds a second concept.
const LONG: usize = 600;

/// Tables, lock files and recordings may be long.
const LONG_BY_NATURE: [&str; 9] = [
    "Cargo.lock",
    "bins/eavs/tests/sdk/package-lock.json",
    "frontend/package-lock.json",
    "tests/fuzz/cargo-fuzz/Cargo.lock",
    "frontend/src/protocol/generated/",
    "proto/schema/",
    "tests/transcripts/",
    "completions/",
    "man/",
];

/// Words that only some places may use, and why.
struct Fence {
    word: &'static str,
    /// Where the rule holds; empty is everywhere.
    within: &'static str,
    allowed: &'static [&'static str],
    why: &'static str,
}

const FENCES: [Fence; 6] = [
    Fence {
        word: "process::Command",
        within: "",
        allowed: &["lib/process/", "bins/oqto-hold/", "bins/xtask/", "tests/", "clippy.toml"],
        why: "only oqto-process spawns",
    },
    Fence {
        word: "Connection::open",
        within: "",
        allowed: &["lib/store/", "bins/xtask/", "clippy.toml"],
        why: "only oqto-store opens SQLite",
    },
    Fence { word: "std::fs", within: "lib/harness/src/", allowed: &[], why: "adapters do no I/O" },
    Fence { word: "std::net", within: "lib/harness/src/", allowed: &[], why: "adapters do no I/O" },
    Fence { word: "tokio::", within: "lib/harness/src/", allowed: &[], why: "adapters do no I/O" },
    Fence { word: "tokio", within: "lib/protocol/src/", allowed: &[], why: "the words have no I/O" },
];

/// Files and folders are named by what they hold.
const NAMES: [&str; 7] = ["utils", "util", "helpers", "common", "misc", "manager", "core"];

/// Hosts of package registries: what is installed is named by package, and the person's own client knows from where.
const HOSTS: [&str; 5] = ["registry.npmjs", "registry.yarnpkg", "deb.debian", "index.crates", "static.crates"];

pub(crate) fn tracked() -> Result<Vec<Source>> {
    let root = checkout::root();
    let list = Tool::new("git").args(["ls-files", "-z"]).read()?;
    let source = |path: &str| {
        let text = fs::read_to_string(root.join(path)).ok()?;
        Some(Source { path: path.into(), text })
    };
    Ok(list.split('\0').filter(|path| !path.is_empty()).filter_map(source).collect())
}

pub(crate) fn check(files: &[Source]) -> Vec<String> {
    let foreign = foreign_words();
    files.iter().flat_map(|file| file_problems(file, &foreign)).collect()
}

/// Paths of this machine and registry hosts, with what is wrong about them.
fn foreign_words() -> Vec<(String, &'static str)> {
    let root = checkout::root();
    let mut paths: Vec<PathBuf> = vec![root.clone()];
    // A folder that holds checkouts is this machine's too, unless it is one that every machine has.
    paths
        .extend(root.parent().filter(|parent| parent.components().count() > 1 && *parent != "/tmp").map(PathBuf::from));
    paths.extend(std::env::var_os("HOME").map(PathBuf::from).filter(|home| home.components().count() > 1));
    let path = |path: PathBuf| (format!("{}/", path.display()), "a path of this machine");
    let host = |host: &str| (host.to_owned(), "a registry host");
    paths.into_iter().map(path).chain(HOSTS.into_iter().map(host)).collect()
}

fn file_problems(file: &Source, foreign: &[(String, &'static str)]) -> Vec<String> {
    let mut problems = Vec::new();
    let is_self = file.path == "bins/xtask/src/tidy/sources.rs";
    for (number, line) in file.text.lines().enumerate() {
        let place = format!("{}:{}", file.path, number + 1);
        for fence in FENCES.iter().filter(|fence| fence.forbids(file, line)) {
            problems.push(format!("{place}: `{}`: {}", fence.word, fence.why));
        }
        for (word, what) in foreign.iter().filter(|(word, _)| !is_self && line.contains(word.as_str())) {
            problems.push(format!("{place}: `{word}`: {what}"));
        }
    }
    problems.extend(bad_name(&file.path));
    problems.extend(missing_doc(file));
    problems.extend(own_versions(file));
    problems
}

impl Fence {
    fn forbids(&self, file: &Source, line: &str) -> bool {
        let code = line.split("//").next().unwrap_or_default();
        file.path.ends_with(".rs")
            && file.path.starts_with(self.within)
            && code.contains(self.word)
            && !self.allowed.iter().any(|place| file.path.starts_with(place))
            && !is_test_code(&file.path)
    }
}

/// Tests and benches of a crate may start what they measure.
fn is_test_code(path: &str) -> bool {
    ["/tests/", "/examples/", "/benches/"].iter().any(|folder| path.contains(folder))
}

fn bad_name(path: &str) -> Option<String> {
    let stem = |part: &str| part.split('.').next().unwrap_or_default().to_owned();
    let bad = path.split('/').map(stem).find(|part| NAMES.contains(&part.as_str()))?;
    Some(format!("{path}: nothing is called `{bad}`; name it by what it holds"))
}

/// Every crate says what it is.
fn missing_doc(file: &Source) -> Option<String> {
    let mut parts = file.path.split('/');
    let is_root = matches!(
        (parts.next(), parts.next(), parts.next(), parts.next(), parts.next()),
        (Some("bins" | "lib"), Some(_), Some("src"), Some("lib.rs" | "main.rs"), None)
    );
    let doc: String = file.text.lines().take_while(|line| line.starts_with("//!")).collect();
    let says_something = doc.split_whitespace().count() > 3;
    (is_root && !says_something).then(|| format!("{}: does not say what the crate is", file.path))
}

/// Versions stand once, in the workspace table.
fn own_versions(file: &Source) -> Vec<String> {
    // A workspace beside ours has a table of its own.
    if !file.path.ends_with("/Cargo.toml") || file.text.lines().any(|line| line == "[workspace]") {
        return Vec::new();
    }
    let mut in_dependencies = false;
    let mut problems = Vec::new();
    for (number, line) in file.text.lines().enumerate() {
        if line.starts_with('[') {
            in_dependencies = line.contains("dependencies");
        } else if in_dependencies
            && line.contains('=')
            && !line.trim_start().starts_with('#')
            && !line.contains("workspace = true")
            // A crate of ours by its path, where default features have to be switched off.
            && !line.contains("path = \"../")
        {
            problems.push(format!("{}:{}: the version belongs into the workspace table", file.path, number + 1));
        }
    }
    problems
}

/// Long files, as a reminder: none of them is a failure.
pub(crate) fn long_files(files: &[Source]) -> Vec<String> {
    let long =
        |file: &&Source| file.text.lines().count() > LONG && !LONG_BY_NATURE.iter().any(|p| file.path.starts_with(p));
    let say =
        |file: &Source| format!("{} has {} lines: look for the second concept", file.path, file.text.lines().count());
    files.iter().filter(long).map(say).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NONE: [String; 0] = [];

    fn problems(path: &str, text: &str) -> Vec<String> {
        file_problems(&Source { path: path.into(), text: text.into() }, &[("/here/".into(), "a path of this machine")])
    }

    #[test]
    fn fences_hold_where_they_should() {
        let spawn = "//! A crate that does.\nuse std::process::Command;";
        let denied = ["lib/relay/src/x.rs:2: `process::Command`: only oqto-process spawns"];
        assert_eq!(problems("lib/relay/src/x.rs", spawn), denied);
        assert_eq!(problems("lib/process/src/x.rs", spawn), NONE);
        assert_eq!(problems("lib/relay/tests/x.rs", spawn), NONE);
        assert_eq!(problems("lib/harness/src/x.rs", "use std::fs;").len(), 1);
        assert_eq!(problems("lib/harness/src/x.rs", "// no std::fs here"), NONE);
    }

    #[test]
    fn foreign_words_are_found_in_any_file() {
        assert_eq!(problems("README.md", "run /here/it"), ["README.md:1: `/here/`: a path of this machine"]);
    }

    #[test]
    fn crates_say_what_they_are() {
        assert_eq!(problems("lib/x/src/lib.rs", "//! x.\n"), ["lib/x/src/lib.rs: does not say what the crate is"]);
        assert_eq!(problems("lib/x/src/lib.rs", "//! Keeps what was said.\n"), NONE);
        assert_eq!(problems("lib/x/src/other.rs", ""), NONE);
    }

    #[test]
    fn names_say_what_is_inside() {
        assert_eq!(problems("lib/x/src/utils.rs", "").len(), 1);
        assert_eq!(problems("lib/x/src/helpers/a.rs", "").len(), 1);
        assert_eq!(problems("lib/x/src/utilisation.rs", ""), NONE);
    }

    #[test]
    fn versions_stand_once() {
        let manifest = "[package]\nversion = \"1\"\n[dependencies]\nserde.workspace = true\nclap = { workspace = true }\nx = \"1\"\n";
        assert_eq!(
            problems("lib/x/Cargo.toml", manifest),
            ["lib/x/Cargo.toml:6: the version belongs into the workspace table"]
        );
        let beside = "[workspace]\n[workspace.dependencies]\nx = \"1\"\n";
        assert_eq!(problems("tests/x/beside/Cargo.toml", beside), NONE);
    }
}
