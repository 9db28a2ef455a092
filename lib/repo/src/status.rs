//! `git status --porcelain=v2 --branch -z`, parsed.

use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt as _;
use std::path::PathBuf;

use crate::error::{GitError, Result};
use crate::git::Git;
use crate::oid::Oid;

/// Which files that git does not know are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Untracked {
    /// None, which is the fastest.
    No,
    /// Files, and folders of which nothing is known as one.
    Normal,
    /// Every file.
    All,
}

/// Where a work tree stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Head {
    /// The commit; `None` before the first one.
    pub oid: Option<Oid>,
    /// The branch; `None` when the head is detached.
    pub branch: Option<String>,
    /// What the branch follows, such as `origin/main`.
    pub upstream: Option<String>,
    /// Commits that upstream lacks, and commits of upstream that are missing here; `None` without an upstream or when it
    /// is gone.
    pub ahead_behind: Option<(u64, u64)>,
}

/// A file that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its path from the root of the work tree.
    pub path: PathBuf,
    /// How.
    pub change: Change,
}

/// How a file differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Between commit, index and work tree: the two letters of `git status`, `.` for the same.
    Tracked {
        /// Index against commit.
        staged: char,
        /// Work tree against index.
        unstaged: char,
    },
    /// Both sides of a merge changed it, and somebody has to say how it goes on.
    Conflicted,
    /// git does not know it.
    Untracked,
}

/// The state of a work tree.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Status {
    /// Where it stands.
    pub head: Head,
    /// What differs, in git's order.
    pub entries: Vec<Entry>,
}

/// How many files differ in which way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Counts {
    /// In the index against the commit.
    pub staged: u64,
    /// In the work tree against the index.
    pub unstaged: u64,
    /// Unknown to git.
    pub untracked: u64,
    /// In conflict.
    pub conflicted: u64,
}

impl Status {
    /// Whether nothing differs.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.entries.is_empty()
    }

    /// How many files differ in which way; a file may be counted as staged and as unstaged.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for entry in &self.entries {
            match entry.change {
                Change::Tracked { staged, unstaged } => {
                    counts.staged += u64::from(staged != '.');
                    counts.unstaged += u64::from(unstaged != '.');
                }
                Change::Conflicted => counts.conflicted += 1,
                Change::Untracked => counts.untracked += 1,
            }
        }
        counts
    }
}

impl Git {
    /// The state of the work tree. Takes no lock and writes nothing.
    ///
    /// # Errors
    /// Not a repository, or bare; git's own.
    pub fn status(&self, untracked: Untracked) -> Result<Status> {
        let untracked = match untracked {
            Untracked::No => "no",
            Untracked::Normal => "normal",
            Untracked::All => "all",
        };
        let arguments = ["--no-optional-locks", "status", "--porcelain=v2", "--branch", "-z"];
        let said = self.call(arguments).arg(format!("--untracked-files={untracked}")).run()?;
        parse(&said)
    }

    /// As [`status`](Self::status) of some paths only.
    ///
    /// # Errors
    /// As [`status`](Self::status).
    pub fn status_of<P: AsRef<std::path::Path>>(&self, paths: impl IntoIterator<Item = P>) -> Result<Status> {
        let arguments = ["--no-optional-locks", "status", "--porcelain=v2", "--branch", "-z", "--untracked-files=all"];
        parse(&self.call(arguments).paths(paths).run()?)
    }
}

/// Reads what git printed.
///
/// # Errors
/// A line that the format does not have.
pub fn parse(said: &[u8]) -> Result<Status> {
    let mut status = Status::default();
    let mut records = said.split(|byte| *byte == 0).filter(|record| !record.is_empty());
    while let Some(record) = records.next() {
        let unexpected =
            || GitError::Unexpected { command: "status".into(), said: String::from_utf8_lossy(record).into_owned() };
        match record[0] {
            b'#' => header(&mut status.head, record).ok_or_else(unexpected)?,
            b'1' => status.entries.push(tracked(record, 8).ok_or_else(unexpected)?),
            b'2' => {
                status.entries.push(tracked(record, 9).ok_or_else(unexpected)?);
                // The path it was renamed from.
                records.next().ok_or_else(unexpected)?;
            }
            b'u' => {
                let path = field_path(record, 10).ok_or_else(unexpected)?;
                status.entries.push(Entry { path, change: Change::Conflicted });
            }
            b'?' => {
                let path = field_path(record, 1).ok_or_else(unexpected)?;
                status.entries.push(Entry { path, change: Change::Untracked });
            }
            b'!' => {}
            _ => return Err(unexpected()),
        }
    }
    Ok(status)
}

fn header(head: &mut Head, record: &[u8]) -> Option<()> {
    let text = String::from_utf8_lossy(record);
    let mut words = text.strip_prefix("# ")?.splitn(2, ' ');
    match (words.next()?, words.next()?) {
        ("branch.oid", "(initial)") => {}
        ("branch.oid", oid) => head.oid = Some(Oid::parse(oid)?),
        ("branch.head", "(detached)") => {}
        ("branch.head", name) => head.branch = Some(name.to_owned()),
        ("branch.upstream", name) => head.upstream = Some(name.to_owned()),
        ("branch.ab", counts) => {
            let (ahead, behind) = counts.split_once(' ')?;
            let number = |text: &str, sign| text.strip_prefix(sign)?.parse().ok();
            head.ahead_behind = Some((number(ahead, '+')?, number(behind, '-')?));
        }
        // Newer versions of git may say more.
        (_, _) => {}
    }
    Some(())
}

fn tracked(record: &[u8], before_path: usize) -> Option<Entry> {
    let (staged, unstaged) = (*record.get(2)?, *record.get(3)?);
    let change = Change::Tracked { staged: char::from(staged), unstaged: char::from(unstaged) };
    Some(Entry { path: field_path(record, before_path)?, change })
}

/// The path after so many fields.
fn field_path(record: &[u8], before: usize) -> Option<PathBuf> {
    let path = record.splitn(before + 1, |byte| *byte == b' ').nth(before)?;
    Some(PathBuf::from(OsString::from_vec(path.to_vec())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const OID: &str = "1234567890123456789012345678901234567890";

    #[test]
    fn every_kind_of_line_is_read() {
        let lines = [
            format!("# branch.oid {OID}"),
            "# branch.head main".into(),
            "# branch.upstream origin/main".into(),
            "# branch.ab +2 -13".into(),
            format!("1 M. N... 100644 100644 100644 {OID} {OID} a b"),
            format!("1 .D N... 100644 100644 000000 {OID} {OID} gone"),
            format!("2 R. N... 100644 100644 100644 {OID} {OID} R100 new name"),
            "old name".into(),
            format!("u UU N... 100644 100644 100644 100644 {OID} {OID} {OID} both sides"),
            "? ünknown\nfile".into(),
            "! ignored".into(),
        ];
        let status = parse(lines.join("\0").as_bytes()).expect("a status");
        assert_eq!(status.head.branch.as_deref(), Some("main"));
        assert_eq!(status.head.ahead_behind, Some((2, 13)));
        let paths: Vec<_> = status.entries.iter().map(|entry| entry.path.to_str().expect("text")).collect();
        assert_eq!(paths, ["a b", "gone", "new name", "both sides", "ünknown\nfile"]);
        assert_eq!(status.counts(), Counts { staged: 2, unstaged: 1, untracked: 1, conflicted: 1 });
    }

    #[test]
    fn before_the_first_commit_and_off_a_branch() {
        let status = parse(b"# branch.oid (initial)\0# branch.head main\0").expect("a status");
        assert_eq!((status.head.oid, status.head.branch.as_deref()), (None, Some("main")));
        let text = format!("# branch.oid {OID}\0# branch.head (detached)\0");
        let status = parse(text.as_bytes()).expect("a status");
        assert_eq!((status.head.branch, status.entries.len()), (None, 0));
        assert!(parse(b"what is this").is_err());
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = parse(&bytes);
        }
    }
}
