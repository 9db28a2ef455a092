//! Where every work tree stands, asked in parallel.

use std::collections::BTreeMap;
use std::path::PathBuf;

use oqto_repo::history::commit_times;
use oqto_repo::status::{Counts, Head, Untracked};
use oqto_repo::{Git, GitError, Oid, loose};
use serde::Serialize;

use crate::facts::has_ci;
use crate::find::Found;
use crate::parallel;
use crate::stores::Stores;

/// How many repositories one process is asked the ages of.
const TOGETHER: usize = 16;

/// Where one repository stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// Its branch; nothing when the head is detached.
    pub branch: Option<String>,
    /// Its commit; nothing before the first.
    pub commit: Option<String>,
    /// What the branch follows.
    pub upstream: Option<String>,
    /// Commits that upstream lacks.
    pub ahead: Option<u64>,
    /// Commits of upstream that are missing here, as of the last fetch.
    pub behind: Option<u64>,
    /// Files that differ.
    pub files: Counts,
    /// When the commit was made, in seconds since 1970.
    pub last_commit: Option<i64>,
    /// Whether a pipeline is set up.
    pub ci: bool,
    /// Its issues and memories.
    #[serde(flatten)]
    pub stores: Stores,
}

impl Standing {
    /// Whether anything differs from the commit.
    #[must_use]
    pub fn is_dirty(&self) -> bool {
        self.files != Counts::default()
    }
}

/// Asks every repository where it stands, and tells `each` after every one. Answers are in the order of `repositories`.
/// One that cannot be asked has its reason instead.
pub fn survey(git: &Git, repositories: &[Found], each: &(dyn Fn() + Sync)) -> Vec<Result<Standing, GitError>> {
    let seen = parallel::map(repositories, |found| Seen::of(git, found), each);
    // New commits lie in files of their own, which were read above; git is asked for those that are packed.
    let ask = |(found, seen): (&Found, &Result<Seen, GitError>)| {
        let seen = seen.as_ref().ok().filter(|seen| seen.last_commit.is_none())?;
        Some((objects(found), seen.head.oid.clone()?))
    };
    let wanted: Vec<_> = repositories.iter().zip(&seen).filter_map(ask).collect();
    let parts: Vec<_> = wanted.chunks(TOGETHER).collect();
    // An age that cannot be told is no reason to tell nothing.
    let times = parallel::map(&parts, |part| commit_times(git, part).unwrap_or_default(), &|| {});
    let times: BTreeMap<_, _> = times.into_iter().flatten().collect();
    seen.into_iter().map(|seen| seen.map(|seen| seen.standing(&times))).collect()
}

/// What one worker learns about one repository.
struct Seen {
    head: Head,
    files: Counts,
    last_commit: Option<i64>,
    ci: bool,
    stores: Stores,
}

impl Seen {
    fn of(git: &Git, found: &Found) -> Result<Self, GitError> {
        let (head, files) = stand(git, found)?;
        let last_commit = head.oid.as_ref().and_then(|oid| loose::commit_time(&objects(found), oid));
        Ok(Self { head, files, last_commit, ci: has_ci(found.root()), stores: Stores::of(found) })
    }

    fn standing(self, times: &BTreeMap<Oid, i64>) -> Standing {
        let Self { head, files, last_commit, ci, stores } = self;
        Standing {
            last_commit: last_commit.or_else(|| times.get(head.oid.as_ref()?).copied()),
            commit: head.oid.map(|oid| oid.to_string()),
            branch: head.branch,
            upstream: head.upstream,
            ahead: head.ahead_behind.map(|(ahead, _)| ahead),
            behind: head.ahead_behind.map(|(_, behind)| behind),
            files,
            ci,
            stores,
        }
    }
}

fn objects(found: &Found) -> PathBuf {
    found.place.common_dir.join("objects")
}

fn stand(git: &Git, found: &Found) -> Result<(Head, Counts), GitError> {
    let git = git.beside(found.root());
    if found.place.work_tree.is_none() {
        let head = Head { oid: git.commit_named("HEAD")?, branch: git.branch()?, ..Head::default() };
        return Ok((head, Counts::default()));
    }
    let status = git.status(Untracked::Normal)?;
    let counts = status.counts();
    Ok((status.head, counts))
}
